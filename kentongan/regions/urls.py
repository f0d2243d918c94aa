"""Addresses of this room."""


app_name = "regions"
urlpatterns: list = []
