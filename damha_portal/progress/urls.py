"""Routes of the progress application."""

from django.urls import path

from damha_portal.progress.views import PendingPage, TargetPage, TargetRecords

app_name = "progress"
urlpatterns = [
    path("<int:plan_id>/thay-doi/", PendingPage.as_view(), name="pending"),
    path("<int:plan_id>/<slug:code>/", TargetPage.as_view(), name="target"),
    path("<int:plan_id>/<slug:code>/<slug:part>/", TargetRecords.as_view(), name="records"),
]
