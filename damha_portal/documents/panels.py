"""What documents contribute to all pages: menu entries, and evidence on every record."""

from django.utils.translation import gettext_lazy as _

from damha_portal.core.context import MenuEntry, frame
from damha_portal.core.pages import detail_extras
from damha_portal.core.services import dependents_of, extra_dependents
from damha_portal.documents.models import Attachment
from damha_portal.documents.selectors import evidence

frame.group("documents", _("Văn bản"), 60)
frame.add(MenuEntry("documents", _("Văn bản"), "documents:document-list", 10))
detail_extras.append(evidence)
extra_dependents.append(lambda record: dependents_of(Attachment.objects.of(record)))
