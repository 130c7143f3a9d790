"""The API of official documents."""

from __future__ import annotations

from typing import Any, ClassVar

from rest_framework import exceptions

from damha_portal.core.access import Right, access_of, missing_right
from damha_portal.core.api import RecordSerializer, RecordViewSet
from damha_portal.documents.filters import OfficialDocumentFilter
from damha_portal.documents.models import OfficialDocument
from damha_portal.documents.models.document import keeps_documents


class OfficialDocumentSerializer(RecordSerializer):
    """A document as printed."""

    class Meta:
        model = OfficialDocument
        fields = (
            "id",
            "kind",
            "raw_ref",
            "number",
            "symbol",
            "issued_on",
            "date_raw",
            "date_suggested",
            "issuer",
            "issuer_text",
            "abstract",
            "visibility",
            "source",
            "is_illustrative",
        )


class OfficialDocumentViewSet(RecordViewSet):
    """Official documents; restricted ones only for the offices, leaders and administrators."""

    #: Offices keep documents without the right to edit figures; `perform_create` asks for more.
    writing_right: ClassVar[Right] = Right.MEMBER
    model = OfficialDocument
    serializer_class = OfficialDocumentSerializer
    filterset_class = OfficialDocumentFilter
    related = ("issuer",)

    def perform_create(self, serializer: Any) -> None:  # noqa: ANN401
        """For those who keep documents."""
        access = access_of(self.request.user)
        if access is None or not keeps_documents(access):
            raise exceptions.PermissionDenied(missing_right(Right.EDIT, self.required_sector))
        super().perform_create(serializer)


routes: list[tuple[str, type]] = [("documents", OfficialDocumentViewSet)]
