"""The ocop application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OcopConfig(AppConfig):
    """See the package's modules; each is found by its agreed name."""

    name = "ocop"
    verbose_name = _("Sản phẩm và chủ thể OCOP")
