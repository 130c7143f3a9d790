"""Routes of the documents application."""

app_name = "documents"
urlpatterns: list = []
