"""The progress application."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class ProgressConfig(AppConfig):
    """Collects metrics and their second paths from the domains; listens for changes."""

    name = "damha_portal.progress"
    label = "progress"
    verbose_name = _("Kế hoạch và chỉ tiêu")

    def ready(self) -> None:
        """Register what the domains declare. Never queries."""
        autodiscover_modules("metrics", "crosscheck")
        autodiscover_modules("staleness", "probes")
