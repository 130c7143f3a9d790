"""Routes of the progress application."""

app_name = "progress"
urlpatterns: list = []
