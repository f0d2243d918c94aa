"""Addresses of this room."""

from django.urls import path

from kentongan.health import views

app_name = "health"

urlpatterns = [
    path("meja/kesehatan/", views.page, name="page"),
    path("sehat", views.machine, name="machine"),
]
