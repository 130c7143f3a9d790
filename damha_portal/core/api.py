"""The API's base: the same scope, the same validation, the same services as the pages."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import models, transaction
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions, serializers, viewsets
from rest_framework.permissions import SAFE_METHODS
from rest_framework.response import Response
from rest_framework.views import exception_handler

from damha_portal.core.access import Right, Sector, missing_right
from damha_portal.core.api_defaults import MemberPermission
from damha_portal.core.errors import DomainError, PermissionRefusedError
from damha_portal.core.modelfields import WholeNumberField
from damha_portal.core.numbers import NumberFormatError, parse_integer
from damha_portal.core.querysets import RecordQuerySet
from damha_portal.core.services import record_delete, record_save


class StrictIntegerField(serializers.IntegerField):
    """A whole number; text is read as forms read it (DRF would take "40.000" for 40)."""

    def to_internal_value(self, data: Any) -> int:  # noqa: ANN401  (any JSON value)
        """The number, or the question a form would ask."""
        if isinstance(data, int) and not isinstance(data, bool):
            return data
        try:
            return parse_integer(str(data), label=str(self.label or ""), allow_negative=True)
        except NumberFormatError as error:
            raise serializers.ValidationError(str(error)) from error


class RecordSerializer(serializers.ModelSerializer[Any]):
    """Fields by the model, choices by scope, writes through `record_save`."""

    serializer_field_mapping: ClassVar[Any] = {
        **serializers.ModelSerializer.serializer_field_mapping,
        WholeNumberField: StrictIntegerField,
    }

    def get_extra_kwargs(self) -> dict[str, Any]:
        """Uniqueness and rules are the model's own (`full_clean`), with its own sentences."""
        extra: dict[str, Any] = super().get_extra_kwargs()
        return extra

    def get_validators(self) -> list[Any]:
        """None of DRF's: the model validates, once."""
        return []

    def build_relational_field(self, field_name: str, relation_info: Any) -> Any:  # noqa: ANN401
        """Related rows must be ones the person may read."""
        field_class, kwargs = super().build_relational_field(field_name, relation_info)
        queryset = kwargs.get("queryset")
        request = self.context.get("request")
        if queryset is not None and request is not None:
            rows = queryset.all()
            if isinstance(rows, RecordQuerySet):
                kwargs["queryset"] = rows.visible_to(request.user)
        return field_class, kwargs

    def create(self, validated_data: dict[str, Any]) -> Any:  # noqa: ANN401
        """A new row through the service."""
        meta: Any = self.Meta
        return self._save(meta.model(), validated_data)

    def update(self, instance: Any, validated_data: dict[str, Any]) -> Any:  # noqa: ANN401
        """A changed row through the service."""
        return self._save(instance, validated_data)

    def _save(self, record: models.Model, data: dict[str, Any]) -> models.Model:
        many_names = {field.name for field in record._meta.many_to_many}
        many = {name: data.pop(name) for name in many_names & set(data)}
        for name, value in data.items():
            setattr(record, name, value)
        return record_save(actor=self.context["request"].user, record=record, many=many)


class RecordViewSet(viewsets.ModelViewSet[Any]):
    """List, read, create, change and delete one kind of record, inside the person's scope."""

    required_right: ClassVar[Right] = Right.MEMBER
    writing_right: ClassVar[Right] = Right.EDIT
    permission_classes = (MemberPermission,)
    model: ClassVar[Any]
    related: ClassVar[tuple[str, ...]] = ()
    prefetch: ClassVar[tuple[str, ...]] = ()
    lookup_value_regex = "[0-9]+"

    @property
    def required_sector(self) -> Sector | None:
        """The model's sector, for writing; reading needs membership only."""
        if self.request is not None and self.request.method in SAFE_METHODS:
            return None
        sector: Sector = self.model.row_scope.sector
        return sector

    def get_queryset(self) -> models.QuerySet[Any]:
        """Rows in scope; 404 for the others."""
        if getattr(self, "swagger_fake_view", False):
            return self.model.objects.none()
        rows = self.model.objects.visible_to(self.request.user)
        return rows.select_related(*self.related).prefetch_related(*self.prefetch)

    def get_object(self) -> Any:  # noqa: ANN401
        """The row; 403 naming the right where it may be read but not changed."""
        record = super().get_object()
        if self.request.method not in SAFE_METHODS:
            editable = self.model.objects.editable_by(self.request.user)
            if not editable.filter(pk=record.pk).exists():
                raise exceptions.PermissionDenied(missing_right(Right.EDIT, self.required_sector))
        return record

    def perform_create(self, serializer: Any) -> None:  # noqa: ANN401
        """All or nothing."""
        with transaction.atomic():
            serializer.save()

    perform_update = perform_create

    def perform_destroy(self, instance: models.Model) -> None:
        """Through the service that names what depends on the row."""
        record_delete(actor=self.request.user, record=instance)


def problem_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """Errors as RFC 9457 problem documents, in sentences."""
    if isinstance(error, DjangoValidationError):
        detail = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        return _problem(HTTPStatus.UNPROCESSABLE_ENTITY, _("Dữ liệu chưa đúng."), detail)
    error = _as_api_error(error)
    if isinstance(error, DomainError):
        fields = {name: [text] for name, text in error.fields.items()}
        return _problem(HTTPStatus.UNPROCESSABLE_ENTITY, error.message, fields)
    response = exception_handler(error, context)
    if response is None:
        return None
    status = HTTPStatus(response.status_code)
    if isinstance(error, exceptions.ValidationError):
        problem = _problem(status, _("Dữ liệu chưa đúng."), response.data)
    else:
        problem = _problem(status, str(getattr(error, "detail", status.phrase)), {})
    for name, value in response.headers.items():
        if name.lower() in {"www-authenticate", "retry-after"}:
            problem[name] = value
    return problem


def _as_api_error(error: Exception) -> Exception:
    """What is not there, and what is refused, as DRF's own errors with our sentences."""
    if isinstance(error, Http404):
        return exceptions.NotFound(_("Không có bản ghi này trong phạm vi của bạn."))
    if isinstance(error, PermissionRefusedError):
        return exceptions.PermissionDenied(error.message)
    if isinstance(error, PermissionDenied):
        return exceptions.PermissionDenied(str(error))
    return error


def _problem(status: HTTPStatus, title: str, errors: Any) -> Response:  # noqa: ANN401
    body = {"type": "about:blank", "title": title, "status": int(status)}
    if errors:
        body["errors"] = errors
    return Response(body, status=int(status), content_type="application/problem+json")
