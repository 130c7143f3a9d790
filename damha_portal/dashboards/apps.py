"""The dashboards application."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class DashboardsConfig(AppConfig):
    """Leadership and officers' home pages, from what the domains contribute in `panels`."""

    name = "damha_portal.dashboards"
    label = "dashboards"
    verbose_name = _("Tổng quan")

    def ready(self) -> None:
        """Collect the panels. Never queries."""
        autodiscover_modules("panels")
