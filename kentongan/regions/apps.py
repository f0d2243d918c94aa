"""Regions: the tree of places, and the settings that hold in them."""

from django.apps import AppConfig


class RegionsConfig(AppConfig):
    name = "kentongan.regions"
    label = "regions"
    default_auto_field = "django.db.models.BigAutoField"
