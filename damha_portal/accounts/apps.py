"""The accounts application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """People, organisations, administrative units."""

    name = "damha_portal.accounts"
    label = "accounts"
    verbose_name = _("Người dùng và đơn vị")
