"""Tourist sites and official visitor figures."""

from tourism.models.figure import MonthlyFigure
from tourism.models.site import TouristSite

__all__ = ["MonthlyFigure", "TouristSite"]
