"""Routes of the documents application."""

from django.urls import path

from damha_portal.core.views import record_urls
from damha_portal.documents.views import (
    AttachmentAdd,
    AttachmentDownload,
    AttachmentRemove,
    OfficialDocumentPages,
)

app_name = "documents"
urlpatterns = [
    path("minh-chung/them/<str:label>/<int:pk>/", AttachmentAdd.as_view(), name="attachment-add"),
    path("minh-chung/<int:pk>/", AttachmentDownload.as_view(), name="attachment"),
    path("minh-chung/<int:pk>/go/", AttachmentRemove.as_view(), name="attachment-remove"),
    *record_urls(OfficialDocumentPages),
]
