"""Routes of the tourism application."""

app_name = "tourism"
urlpatterns: list = []
