"""The one metric that belongs to no domain: a figure typed by hand, with its source."""

from django.utils.translation import gettext_lazy as _

from damha_portal.progress.models import ManualFigure
from damha_portal.progress.registry import Kind, Rows, Scope, metric


@metric(
    key="progress.manual",
    kind=Kind.MANUAL,
    title=_("Số nhập tay"),
    rule=_("Số mới nhất được nhập, có ghi nguồn, tính đến hết ngày %(as_of)s."),
    noun=_("số"),
    unit_path="admin_unit",
    depends_on=(ManualFigure,),
    stated_for_area=True,
)
def manual(scope: Scope) -> Rows:
    """Typed figures up to the day; `params["target"]` names the target's key."""
    figures = ManualFigure.objects.within(scope.units).filter(as_of__lte=scope.as_of)
    target_id = int(scope.params.get("target") or 0)
    return Rows(scored=figures.filter(target_id=target_id), amount="value")
