"""Addresses of this room. A region's own page is the portal's."""

from django.urls import path

from kentongan.regions import views

app_name = "regions"
urlpatterns = [
    path("wilayah/<str:code>/aturan/", views.region_settings, name="settings"),
]
