"""Routes of the ocop application."""

app_name = "ocop"
urlpatterns: list = []
