"""Official documents and attached evidence."""

from damha_portal.documents.models.attachment import Attachment
from damha_portal.documents.models.document import OfficialDocument

__all__ = ["Attachment", "OfficialDocument"]
