"""The meetings application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    """See the package's modules; each is found by its agreed name."""

    name = "meetings"
    verbose_name = _("Hội nghị và chỉ đạo")
