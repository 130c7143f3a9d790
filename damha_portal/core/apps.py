"""The kernel application: system checks and the modules that domains contribute."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    """Registers the checks; collects `search` and `facts` modules. Never queries."""

    name = "damha_portal.core"
    label = "core"
    verbose_name = _("Nhân hệ thống")

    def ready(self) -> None:
        """Load what the applications contribute."""
        autodiscover_modules("checks", "search", "facts", "demo")
