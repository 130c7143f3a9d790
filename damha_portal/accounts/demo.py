"""One illustrative account a role, marked as such."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db.models import ProtectedError

from damha_portal.accounts.models import Membership, Organisation, User
from damha_portal.core.access import Role, Sector
from damha_portal.core.seeds import register_demo, register_demo_removal
from damha_portal.core.services import record_save

BOTH = (Sector.OCOP, Sector.TOURISM)


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """Who signs in, as what, where."""

    username: str
    full_name: str
    role: Role
    organisation: str
    unit_code: str
    sectors: tuple[Sector, ...]
    is_staff: bool = False


ACCOUNTS = (
    DemoAccount(
        "canbo.xa",
        "Cán bộ xã (minh họa)",
        Role.OFFICER,
        "Ủy ban nhân dân xã Quảng Tân",
        "06913",
        BOTH,
    ),
    DemoAccount(
        "canbo.ocop",
        "Cán bộ OCOP huyện (minh họa)",
        Role.OFFICER,
        "Phòng Nông nghiệp và Phát triển nông thôn huyện Đầm Hà",
        "200",
        (Sector.OCOP,),
    ),
    DemoAccount(
        "duyet.dulich",
        "Người duyệt du lịch (minh họa)",
        Role.APPROVER,
        "Phòng Văn hóa và Thông tin huyện Đầm Hà",
        "200",
        (Sector.TOURISM,),
    ),
    DemoAccount(
        "vanphong",
        "Văn phòng (minh họa)",
        Role.OFFICE,
        "Văn phòng Huyện ủy Đầm Hà",
        "200",
        (Sector.MEETINGS,),
    ),
    DemoAccount(
        "lanhdao", "Lãnh đạo (minh họa)", Role.LEADER, "Thường trực Huyện ủy Đầm Hà", "200", ()
    ),
    DemoAccount(
        "quantri",
        "Quản trị (minh họa)",
        Role.ADMINISTRATOR,
        "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân huyện Đầm Hà",
        "200",
        (),
        is_staff=True,
    ),
)


def demo_password() -> str:
    """`DEMO_PASSWORD`, else one made for this data folder and kept there, readable by its owner."""
    if settings.DEMO_PASSWORD:
        return str(settings.DEMO_PASSWORD)
    file = Path(settings.DATA_DIR) / "demo_password"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(9))
    return file.read_text().strip()


@register_demo(order=30)
def demo_accounts() -> str:
    """Create what is missing; the password is set again where it no longer fits."""
    password = demo_password()
    for account in ACCOUNTS:
        user = User.objects.filter(username=account.username).first()
        if user is not None and not user.is_illustrative:
            continue  # somebody real took the name
        _membership(account, _person(account, user, password))
    return f"Illustrative accounts: {', '.join(account.username for account in ACCOUNTS)}"


def _person(account: DemoAccount, user: User | None, password: str) -> User:
    if user is None:
        user = User(
            username=account.username,
            full_name=account.full_name,
            is_staff=account.is_staff,
            is_illustrative=True,
        )
    if not user.has_usable_password() or not user.check_password(password):
        user.set_password(password)
        record_save(actor=None, record=user, reason="Tài khoản minh họa")
    return user


def _membership(account: DemoAccount, user: User) -> None:
    if user.memberships.exists():
        return
    body = Organisation.objects.get(
        name=account.organisation,
        admin_unit__code=account.unit_code,
        admin_unit__valid_to__isnull=False,
    )
    membership = Membership(
        user=user,
        organisation=body,
        role=account.role,
        sectors=[sector.value for sector in account.sectors],
        is_illustrative=True,
    )
    record_save(actor=None, record=membership, reason="Tài khoản minh họa")


@register_demo_removal(order=90)
def remove_demo_accounts() -> str:
    """Delete the illustrative accounts; one that left its name on real rows is closed instead."""
    deleted = closed = 0
    for user in User.objects.filter(is_illustrative=True):
        user.memberships.all().delete()
        try:
            user.delete()
            deleted += 1
        except ProtectedError:
            user.is_active = False
            user.set_unusable_password()
            user.save()
            closed += 1
    return f"Illustrative accounts: {deleted} deleted, {closed} closed"
