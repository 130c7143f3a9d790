"""How old the figures of a plan are, what they leave out, and whether a second path agrees."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from damha_portal.core.dates import format_date, format_datetime
from damha_portal.progress.models import PendingChange, Plan, Verification

#: The sweep runs each minute; a page says so when it has not for this long.
SWEEP_LATE = dt.timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Freshness:
    """How old the figures are, what they leave out, and whether the second path agrees."""

    computed_at: dt.datetime | None
    pending: int
    verified: str
    disagrees: bool
    alerts: Sequence[str]

    @property
    def age(self) -> str:
        """When the figures were computed: tính đến 14:05 30/09/2023."""
        if self.computed_at is None:
            return _("chưa tính lần nào")
        return _("tính đến %(moment)s") % {"moment": format_datetime(self.computed_at)}


def freshness_of(plan: Plan, *, today: dt.date, now: dt.datetime) -> Freshness:
    """Three queries: the state of the runs, the marks, the newest comparison."""
    state = getattr(plan, "recompute_state", None)
    pending = PendingChange.objects.filter(plan=plan).count()
    newest: Verification | None = plan.verifications.order_by("-checked_at", "-pk").first()
    alerts = []
    swept = state.swept_at if state else None
    if swept is None or now - swept > SWEEP_LATE:
        since = format_datetime(swept) if swept else _("khi cài đặt")
        alerts.append(_("Bộ tính tự động không chạy từ %(since)s.") % {"since": since})
    if state and state.computed_for and state.computed_for < today:
        alerts.append(
            _("Số liệu của ngày %(day)s, chưa cập nhật sang hôm nay.")
            % {"day": format_date(state.computed_for)}
        )
    if newest and not newest.matches:
        alerts.append(
            _("Đối chiếu lúc %(moment)s thấy %(count)s số không khớp; đang chờ sửa.")
            % {"moment": format_datetime(newest.checked_at), "count": len(newest.differences)}
        )
    return Freshness(
        computed_at=state.finished_at if state else None,
        pending=pending,
        verified=_verified(newest),
        disagrees=bool(newest and not newest.matches),
        alerts=alerts,
    )


def _verified(newest: Verification | None) -> str:
    if newest is None:
        return _("chưa đối chiếu lần nào")
    words = {"moment": format_datetime(newest.checked_at)}
    if newest.matches:
        return _("đã đối chiếu %(moment)s, khớp") % words
    return _("đối chiếu %(moment)s, không khớp") % words
