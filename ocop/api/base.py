"""What the viewsets share: computed states of today, and acts that answer with the record."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from django.db import models
from rest_framework import serializers
from rest_framework.response import Response

from damha_portal.core import clock
from damha_portal.core.api import RecordViewSet


class OcopViewSet(RecordViewSet):
    """Rows with the states of today; a saved row is read again, so that its answer has them too."""

    def get_queryset(self) -> models.QuerySet[Any]:
        """Rows in scope with their computed states."""
        return self.with_states(super().get_queryset(), clock.today())

    def with_states(self, rows: Any, _today: dt.date) -> models.QuerySet[Any]:  # noqa: ANN401
        """Add annotations; none unless a viewset says so."""
        return cast("models.QuerySet[Any]", rows)

    def perform_create(self, serializer: Any) -> None:  # noqa: ANN401
        """Save, then show the row as a later GET would."""
        super().perform_create(serializer)
        serializer.instance = self.get_queryset().get(pk=serializer.instance.pk)

    perform_update = perform_create

    def asked(self, serializer_class: type[serializers.Serializer[Any]]) -> dict[str, Any]:
        """The validated body of an act."""
        serializer = serializer_class(data=self.request.data)
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)

    def shown(self, record: models.Model) -> Response:
        """The record after an act."""
        return Response(self.get_serializer(self.get_queryset().get(pk=record.pk)).data)
