"""The tourism application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TourismConfig(AppConfig):
    """See the package's modules; each is found by its agreed name."""

    name = "tourism"
    verbose_name = _("Du lịch")
