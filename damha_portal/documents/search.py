"""Documents in the search box."""

from django.utils.translation import gettext_lazy as _

from damha_portal.core.search import Searchable, register
from damha_portal.documents.models import OfficialDocument

register(Searchable(OfficialDocument, _("Văn bản")))
