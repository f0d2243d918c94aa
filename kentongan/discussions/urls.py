"""Addresses of this room."""

from django.urls.resolvers import URLPattern

app_name = "discussions"

urlpatterns: list[URLPattern] = []
