"""Routes of the tourism application."""

from django.urls import path

from damha_portal.core.views import record_urls
from tourism.views import FigureAct, FigureCreate, MonthlyFigurePages, TouristSitePages

app_name = "tourism"
urlpatterns = [
    *record_urls(TouristSitePages),
    path("luot-khach/them/", FigureCreate.as_view(), name="monthly-create"),
    *[route for route in record_urls(MonthlyFigurePages) if route.name != "monthly-create"],
    path("luot-khach/<int:pk>/<slug:act>/", FigureAct.as_view(), name="monthly-act"),
]
