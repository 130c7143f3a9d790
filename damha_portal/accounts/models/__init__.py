"""People, organisations and administrative units."""

from damha_portal.accounts.models.organisation import Organisation
from damha_portal.accounts.models.unit import AdminUnit
from damha_portal.accounts.models.user import Membership, User

__all__ = ["AdminUnit", "Membership", "Organisation", "User"]
