"""Addresses of this room: the officers' desk. The public pages of figures are the portal's."""

from django.urls import path

from kentongan.measurement import views

app_name = "measurement"

urlpatterns = [
    path("meja/wilayah/angka/", views.numbers, name="numbers"),
    path("meja/wilayah/angka/catatan/", views.notes, name="notes"),
]
