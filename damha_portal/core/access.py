"""Who may do what, said once: roles, sectors, the right a route asks for, the scope of a row.

`damha_portal.accounts` builds a person's `Access` from memberships; this module only says what it
must be able to answer, so that the kernel knows nothing of organisations.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

V = TypeVar("V")


class Role(models.TextChoices):
    """The five roles of a membership."""

    OFFICER = "officer", _("Cán bộ nhập liệu")
    APPROVER = "approver", _("Người duyệt số liệu")
    OFFICE = "office", _("Văn phòng")
    LEADER = "leader", _("Lãnh đạo")
    ADMINISTRATOR = "administrator", _("Quản trị")


class Sector(models.TextChoices):
    """The fields of work that a membership may be limited to."""

    OCOP = "ocop", _("OCOP")
    TOURISM = "tourism", _("Du lịch")
    MEETINGS = "meetings", _("Hội nghị và chỉ đạo")
    SHARED = "shared", _("Dùng chung")


class Right(models.TextChoices):
    """What a route asks of the person who opens it."""

    PUBLIC = "public", _("không cần đăng nhập")
    MEMBER = "member", _("là thành viên của một cơ quan, đơn vị")
    EDIT = "edit", _("nhập và sửa dữ liệu")
    APPROVE = "approve", _("duyệt số liệu")
    FOLLOW_UP = "follow_up", _("theo dõi, đôn đốc của văn phòng")
    ADMINISTER = "administer", _("quản trị hệ thống")


class Access(Protocol):
    """What a signed-in person may read and change; built once a request."""

    is_administrator: bool

    def holds_any(self) -> bool:
        """Whether the person has any active membership at all."""

    def holds(self, right: Right, sector: Sector | None = None) -> bool:
        """Whether the person has `right`, in `sector` where one is named."""

    def readable_units(self) -> models.QuerySet[Any] | None:
        """Primary keys of the administrative units whose rows may be read; None: every unit."""

    def editable_units(self, sector: Sector) -> models.QuerySet[Any] | None:
        """Primary keys of the units whose rows of `sector` may be changed; None: every unit."""

    def units_with(self, right: Right, sector: Sector) -> models.QuerySet[Any] | None:
        """Primary keys of the units in which the person has `right`; None: every unit."""

    def edits_reference(self, sector: Sector) -> bool:
        """Whether tables shared by all units (platforms, chains, groups) may be changed."""


@dataclass(frozen=True, slots=True)
class RowScope:
    """How the rows of a model belong to someone.

    `unit_path` leads from the row to its administrative unit ("" where the row is one, None for
    tables shared by all units). `also_readable` are further paths that let a row be read, never
    changed. `public` selects what everybody may see; nothing, unless the model says otherwise.
    """

    sector: Sector
    unit_path: str | None = None
    also_readable: tuple[str, ...] = ()
    public: models.Q | None = None
    administrators_only: bool = False


def access_of(user: Any) -> Access | None:  # noqa: ANN401  (User, AnonymousUser or None)
    """The person's access, or None for someone who is not signed in or not active."""
    if user is None or not getattr(user, "is_authenticated", False) or not user.is_active:
        return None
    access: Access = user.access
    return access


def may_create(user: Any, model: Any) -> bool:  # noqa: ANN401  (User; a record model)
    """Whether to offer a form for a new row of `model`; the saved row is checked again."""
    access = access_of(user)
    if access is None:
        return False
    scope: RowScope = model.row_scope
    if scope.administrators_only:
        return access.is_administrator
    if scope.unit_path is None:
        return access.edits_reference(scope.sector)
    return access.holds(Right.EDIT, scope.sector)


def stays_editable(user: Any, record: Any) -> bool:  # noqa: ANN401  (User; a record, saved or not)
    """Whether `record`, as it is now in memory, would lie in what `user` may change once saved."""
    access = access_of(user)
    if access is None:
        return False
    scope: RowScope = record.row_scope
    if scope.unit_path is None or scope.administrators_only:
        return may_create(user, type(record))
    units = access.editable_units(scope.sector)
    if units is None:
        return True
    if not scope.unit_path:
        return units.filter(pk=record.pk).exists()
    first, _dunder, rest = scope.unit_path.partition("__")
    field = record._meta.get_field(first)
    key = getattr(record, field.attname)
    if not rest:
        return units.filter(pk=key).exists()
    rows = field.related_model._base_manager.filter(pk=key, **{f"{rest}__in": units})
    return bool(rows.exists())


def requires(right: Right, sector: Sector | None = None) -> Callable[[V], V]:
    """Declare what a function view asks; class views set the two attributes themselves."""

    def mark(view: V) -> V:
        view.required_right = right  # type: ignore[attr-defined]
        view.required_sector = sector  # type: ignore[attr-defined]
        return view

    return mark


@dataclass(frozen=True, slots=True)
class Requirement:
    """What one route asks for."""

    right: Right
    sector: Sector | None = None
    enforced_by_view: bool = False


#: Views of packages declare nothing; their right follows from the module they come from.
PACKAGE_RIGHTS: tuple[tuple[str, Requirement], ...] = (
    ("allauth.account.views", Requirement(Right.PUBLIC)),
    ("django.contrib.admin", Requirement(Right.PUBLIC, enforced_by_view=True)),
    ("django.contrib.auth.admin", Requirement(Right.PUBLIC, enforced_by_view=True)),
    ("import_export.admin", Requirement(Right.PUBLIC, enforced_by_view=True)),
    ("drf_spectacular.views", Requirement(Right.MEMBER, enforced_by_view=True)),
    ("rest_framework.routers", Requirement(Right.MEMBER, enforced_by_view=True)),
)


def requirement_of(view: Any) -> Requirement | None:  # noqa: ANN401  (any callable view)
    """The requirement a resolved view declares, or None where it declares nothing."""
    target = getattr(view, "view_class", None) or getattr(view, "cls", None) or view
    right = getattr(target, "required_right", None)
    if right is not None:
        from_api = hasattr(view, "cls")
        return Requirement(right, getattr(target, "required_sector", None), from_api)
    names = [getattr(target, "__module__", "")]
    if model_admin := getattr(view, "model_admin", None) or getattr(view, "admin_site", None):
        names.append("django.contrib.admin" if model_admin else "")
    for name in names:
        for prefix, requirement in PACKAGE_RIGHTS:
            if name.startswith(prefix):
                return requirement
    return None


def missing_right(right: Right, sector: Sector | None = None) -> str:
    """The sentence that names the right somebody lacks."""
    if sector is None:
        return str(_("Bạn cần quyền «%(right)s».") % {"right": right.label})
    return str(
        _("Bạn cần quyền «%(right)s» trong lĩnh vực %(sector)s.")
        % {"right": right.label, "sector": sector.label}
    )
