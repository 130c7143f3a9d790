"""People and what they do where."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import Any, ClassVar, Self

from django.contrib.auth.models import AbstractUser, UserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from damha_portal.accounts.access import Grant, MembershipAccess
from damha_portal.accounts.models.organisation import Organisation
from damha_portal.core import clock
from damha_portal.core.access import Role, RowScope, Sector
from damha_portal.core.audit import PortalHistory
from damha_portal.core.modelfields import NameField
from damha_portal.core.models import Record
from damha_portal.core.querysets import RecordQuerySet


class PersonManager(UserManager.from_queryset(RecordQuerySet)):  # type: ignore[misc]
    """Django's user manager over the project's QuerySet."""


class User(AbstractUser):
    """A person who signs in. Rights come from memberships, never from Django's groups."""

    row_scope = RowScope(Sector.SHARED, unit_path=None, administrators_only=True)

    full_name = NameField(_("họ và tên"), max_length=150, blank=True, default="")
    position = NameField(_("chức vụ"), max_length=150, blank=True, default="")
    phone = models.CharField(_("điện thoại"), max_length=30, blank=True, default="")
    is_illustrative = models.BooleanField(_("dữ liệu minh họa"), default=False, editable=False)

    objects: ClassVar = PersonManager()
    history = PortalHistory(excluded_fields=["password", "last_login"])

    class Meta:
        verbose_name = _("người dùng")
        verbose_name_plural = _("người dùng")
        ordering = ["username"]

    def __str__(self) -> str:
        return self.full_name or self.username

    @cached_property
    def access(self) -> MembershipAccess:
        """What the person may read and change today; one query, kept with the instance."""
        return MembershipAccess(self.active_grants(clock.today()), superuser=self.is_superuser)

    def active_grants(self, on: dt.date) -> list[Grant]:
        """The memberships in force on the day `on`, as plain grants."""
        rows = self.memberships.active(on).select_related("organisation__admin_unit")
        return [
            Grant(
                role=Role(row.role),
                sectors=frozenset(Sector(value) for value in row.sectors),
                unit_id=row.organisation.admin_unit_id,
                unit_kind=row.organisation.admin_unit.kind,
                organisation_id=row.organisation_id,
                organisation_name=str(row.organisation),
            )
            for row in rows
        ]


class MembershipQuerySet(RecordQuerySet["Membership"]):
    """Memberships by date."""

    def active(self, on: dt.date) -> Self:
        """Memberships in force on the day `on`, both end days included."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=on),
            Q(valid_to__isnull=True) | Q(valid_to__gte=on),
        )


def all_sectors() -> list[str]:
    """Every sector, the default of a membership."""
    return [Sector.OCOP.value, Sector.TOURISM.value, Sector.MEETINGS.value]


class Membership(Record):
    """A person's role in an organisation, limited to sectors, for some time."""

    row_scope = RowScope(Sector.SHARED, unit_path=None, administrators_only=True)

    user = models.ForeignKey(
        User, verbose_name=_("người"), on_delete=models.CASCADE, related_name="memberships"
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("cơ quan, đơn vị"),
        on_delete=models.PROTECT,
        related_name="memberships",
    )
    role = models.CharField(_("vai trò"), max_length=20, choices=Role.choices)
    sectors = models.JSONField(_("lĩnh vực"), default=all_sectors, blank=True)
    valid_from = models.DateField(_("từ ngày"), null=True, blank=True)
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)

    objects: ClassVar = models.Manager.from_queryset(MembershipQuerySet)()

    class Meta:
        verbose_name = _("vai trò tại đơn vị")
        verbose_name_plural = _("vai trò tại đơn vị")
        ordering = ["user", "organisation", "role", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation", "role"], name="accounts_membership_key"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                name="accounts_membership_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()} · {self.organisation}"

    def clean(self) -> None:
        """Sectors must be known ones."""
        known: set[Any] = set(Sector.values)
        if not isinstance(self.sectors, list) or not set(self.sectors) <= known:
            raise ValidationError({"sectors": _("Chọn lĩnh vực trong danh sách.")})
