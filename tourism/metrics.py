"""T10 and T11: visitor arrivals, from the official monthly figure and nothing else."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from damha_portal.progress.registry import (
    Kind,
    Part,
    RecordColumn,
    Rows,
    Scope,
    metric,
)
from tourism.enums import FigureStage
from tourism.models import MonthlyFigure
from tourism.models.figure import FigureQuerySet

ESTIMATED = Q(stage=FigureStage.ESTIMATE)
LABELS = {
    Part.BASE: _("Số liệu năm trước"),
    Part.SCORED: _("Số liệu đã duyệt"),
    Part.MISSING: _("Còn thiếu"),
}


def _official(scope: Scope, *, years_back: int) -> FigureQuerySet:
    figures = MonthlyFigure.objects.within(scope.units).official().with_arrivals()
    if years_back:
        return figures.months_in(scope.period.year_before())
    return figures.months_in(scope.window)


@metric(
    key="tourism.arrivals",
    kind=Kind.SUM,
    title=_("Lượt khách du lịch"),
    rule=_(
        "Cộng số lượt khách chính thức đã duyệt của %(area)s theo tháng, từ %(from)s đến hết "
        "%(as_of)s; tháng chưa có số thực hiện thì dùng số ước và ghi rõ. Không cộng số của các "
        "xã, điểm du lịch hay lễ hội."
    ),
    noun=_("lượt khách"),
    unit_path="admin_unit",
    depends_on=(MonthlyFigure,),
    labels=LABELS,
    columns=(RecordColumn(_("Lượt khách"), "arrivals", is_number=True),),
    stated_for_area=True,
)
def arrivals(scope: Scope) -> Rows:
    """T10. The base is last year's months: it gives the season, not the figure."""
    return Rows(
        scored=_official(scope, years_back=0),
        base=_official(scope, years_back=1),
        amount="arrivals",
        month="month",
        provisional=ESTIMATED,
    )


@metric(
    key="tourism.arrivals_growth",
    kind=Kind.GROWTH,
    title=_("Mức tăng lượt khách so với cùng kỳ"),
    rule=_(
        "So tổng lượt khách chính thức các tháng đã duyệt của %(year)s, đến hết %(as_of)s, với "
        "đúng các tháng ấy của %(previous_year)s. Thiếu số cùng kỳ thì chưa tính; đủ cả năm thì có "
        "thể so với gốc ghi trong chỉ tiêu."
    ),
    noun=_("lượt khách"),
    unit_path="admin_unit",
    depends_on=(MonthlyFigure,),
    labels=LABELS,
    columns=(RecordColumn(_("Lượt khách"), "arrivals", is_number=True),),
    stated_for_area=True,
    reversible=True,
)
def arrivals_growth(scope: Scope) -> Rows:
    """T11. The same months of both years; never a part year against a whole one."""
    return Rows(
        scored=_official(scope, years_back=0),
        base=_official(scope, years_back=1),
        amount="arrivals",
        month="month",
        provisional=ESTIMATED,
    )
