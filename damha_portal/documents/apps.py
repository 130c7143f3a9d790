"""The documents application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    """Official documents and attached evidence."""

    name = "damha_portal.documents"
    label = "documents"
    verbose_name = _("Văn bản và minh chứng")
