"""Routes of the home pages."""

urlpatterns: list = []
