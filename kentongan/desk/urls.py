"""Addresses of this room."""

from django.urls import path

from kentongan.desk import views

app_name = "desk"

urlpatterns = [
    path("meja/", views.home, name="home"),
    path("meja/pos/", views.switch, name="switch"),
]
