"""Pages of sites and monthly figures."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from damha_portal.core import clock
from damha_portal.core.access import Sector, access_of
from damha_portal.core.errors import DomainError
from damha_portal.core.forms import RecordForm
from damha_portal.core.pages import Crumb, Fact, RecordPages, fact_text, register_pages
from damha_portal.core.periods import add_months, month_start
from damha_portal.core.views import (
    RecordCreate,
    RecordView,
    add_domain_error,
    see_other,
)
from tourism.filters import MonthlyFigureFilter, TouristSiteFilter
from tourism.forms import FigureActForm, MonthlyFigureForm, TouristSiteForm
from tourism.models import MonthlyFigure, TouristSite
from tourism.models.figure import ARRIVAL_FIELDS, FigureQuerySet
from tourism.selectors import figure_facts, figure_info, site_info, why_not_act
from tourism.services import (
    monthly_figure_approve,
    monthly_figure_return,
    monthly_figure_save,
    monthly_figure_submit,
)
from tourism.tables import MonthlyFigureTable, TouristSiteTable
from tourism.transitions import APPROVE, RETURN, TRANSITIONS, Transition


@register_pages
class TouristSitePages(RecordPages):
    """Tourist sites."""

    model = TouristSite
    path, name = "diem-du-lich", "site"
    table, filterset, form = TouristSiteTable, TouristSiteFilter, TouristSiteForm
    list_related = ("admin_unit",)
    facts = (
        "alias",
        "kind",
        "admin_unit",
        "description",
        "is_listed_by_district",
        "heritage_level",
        "heritage_ref",
        "latitude",
        "longitude",
        "source",
    )
    details = staticmethod(site_info)
    empty_text = gettext_lazy(
        "Chưa có điểm du lịch nào trong phạm vi của bạn. Bấm «Thêm mới» để ghi điểm đầu tiên."
    )


def _with_sums(rows: FigureQuerySet, _today: dt.date) -> FigureQuerySet:
    return rows.with_arrivals().with_parts()


def _save_figure(*, actor: Any, form: RecordForm) -> MonthlyFigure:  # noqa: ANN401
    return monthly_figure_save(actor=actor, figure=form.instance)


@register_pages
class MonthlyFigurePages(RecordPages):
    """Official monthly figures."""

    model = MonthlyFigure
    path, name = "luot-khach", "monthly"
    table, filterset, form = MonthlyFigureTable, MonthlyFigureFilter, MonthlyFigureForm
    form_template = "tourism/figure_form.html"
    list_related = ("admin_unit", "approved_by")
    facts = (
        "admin_unit",
        "month",
        "stage",
        *ARRIVAL_FIELDS,
        "guest_nights",
        "turnover",
        "method",
    )
    details = staticmethod(figure_info)
    save = staticmethod(_save_figure)
    annotate = staticmethod(_with_sums)
    empty_text = gettext_lazy(
        "Chưa có số liệu khách nào trong phạm vi của bạn. Bấm «Thêm mới» để nhập tháng đầu tiên."
    )


class FigureCreate(RecordCreate):
    """A new figure, prefilled with last month and with the only area the person may enter for."""

    pages = MonthlyFigurePages

    def make_form(self, record: Any, **kwargs: Any) -> RecordForm:  # noqa: ANN401
        """The form; what the address names wins over the defaults."""
        if "initial" in kwargs:
            kwargs["initial"] = {**self.defaults(), **kwargs["initial"]}
        return super().make_form(record, **kwargs)

    def defaults(self) -> dict[str, Any]:
        """Last month; the area where there is one choice."""
        found: dict[str, Any] = {"month": add_months(month_start(clock.today()), -1)}
        access = access_of(self.request.user)
        units = None if access is None else access.editable_units(Sector.TOURISM)
        keys = [] if units is None else [row["pk"] for row in units[:2]]
        if len(keys) == 1:
            found["admin_unit"] = keys[0]
        return found


class FigureAct(RecordView):
    """Submit, approve or return a figure: a page of its own that shows what is decided on."""

    pages = MonthlyFigurePages
    changes = True

    def get(self, request: HttpRequest, pk: int, act: str) -> HttpResponse:
        """The question."""
        move, figure = self.asked(pk, act)
        return self.page(move, figure, FigureActForm(move=move, figure=figure))

    def post(self, request: HttpRequest, pk: int, act: str) -> HttpResponse:
        """Do it, or say why not."""
        move, figure = self.asked(pk, act)
        form = FigureActForm(request.POST, move=move, figure=figure)
        if not form.is_valid():
            return self.page(move, figure, form, status=422)
        try:
            self.perform(move, figure, form.cleaned_data)
        except DomainError as error:
            add_domain_error(form, error)
            return self.page(move, figure, form, status=422)
        messages.success(request, str(move.done) % figure)
        return see_other(self.pages.reverse("detail", figure))

    def asked(self, pk: int, act: str) -> tuple[Transition, MonthlyFigure]:
        """The act and the row in scope; 403 naming the right the act needs."""
        move = TRANSITIONS.get(act)
        if move is None:
            raise Http404
        figure = self.get_record(pk)
        if reason := why_not_act(move, figure, self.request.user):
            raise PermissionDenied(reason)
        return move, figure

    def perform(self, move: Transition, figure: MonthlyFigure, data: dict[str, Any]) -> None:
        """Call the service of the act."""
        actor, seen = self.request.user, data["seen"]
        if move is APPROVE:
            monthly_figure_approve(actor=actor, figure=figure, now=clock.now(), seen=seen)
        elif move is RETURN:
            monthly_figure_return(actor=actor, figure=figure, reason=data["reason"], seen=seen)
        else:
            monthly_figure_submit(actor=actor, figure=figure, seen=seen)

    def page(
        self, move: Transition, figure: MonthlyFigure, form: BaseForm, status: int = 200
    ) -> HttpResponse:
        """The form page."""
        title = _("%(act)s: %(figure)s") % {"act": move.button, "figure": figure}
        back = self.pages.reverse("detail", figure)
        return self.show(
            "tourism/figure_act.html",
            {
                "form": form,
                "title": title,
                "object": figure,
                "definitions": [*_content(figure), *figure_facts(figure)],
                "submit_text": str(move.button),
                "cancel_url": back,
                "conflict": None,
                "breadcrumbs": self.crumbs(Crumb(str(figure), back), Crumb(str(move.button))),
            },
            status=status,
        )


def _content(figure: MonthlyFigure) -> list[Fact]:
    """What is decided on, column by column."""
    found = []
    for name in MonthlyFigurePages.facts:
        column: Any = MonthlyFigure._meta.get_field(name)
        found.append(Fact(str(capfirst(column.verbose_name)), fact_text(figure, name)))
    return found
