"""Django's admin application with the portal's site in it."""

from django.contrib.admin.apps import AdminConfig


class PortalAdminConfig(AdminConfig):
    """Named in INSTALLED_APPS instead of `django.contrib.admin`."""

    default_site = "damha_portal.core.admin_site.PortalAdminSite"
