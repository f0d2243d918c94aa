from django.apps import AppConfig


class UiConfig(AppConfig):
    """What every page is made of: base pages, components, template tags, the stylesheet and its gallery."""

    name = "kentongan.ui"
    label = "ui"
