"""Tourist sites and official monthly figures."""

import datetime as dt

import factory

from tests.factories.accounts import AdminUnitFactory
from tests.factories.base import RecordFactory
from tourism.enums import FigureStage, FigureStatus, SiteKind
from tourism.models import MonthlyFigure, TouristSite


class TouristSiteFactory(RecordFactory):
    """A site that nobody listed or recognised."""

    class Meta:
        model = TouristSite

    name = factory.Sequence(lambda n: f"Điểm du lịch số {n}")
    kind = SiteKind.NATURE
    admin_unit = factory.SubFactory(AdminUnitFactory)


class MonthlyFigureFactory(RecordFactory):
    """An approved actual figure of January 2023; `arrivals=` puts all in one kind of arrival."""

    class Meta:
        model = MonthlyFigure

    class Params:
        arrivals = 1000

    admin_unit = factory.SubFactory(AdminUnitFactory)
    month = dt.date(2023, 1, 1)
    stage = FigureStage.ACTUAL
    status = FigureStatus.APPROVED
    international_overnight = 0
    international_same_day = 0
    domestic_overnight = 0
    domestic_same_day = factory.SelfAttribute("arrivals")
