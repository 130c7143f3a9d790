"""Tourist sites in the search box."""

from django.utils.translation import gettext_lazy as _

from damha_portal.core.search import Searchable, register
from tourism.models import TouristSite

register(Searchable(TouristSite, _("Điểm du lịch"), related=("admin_unit",)))
