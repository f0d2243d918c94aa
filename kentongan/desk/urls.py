"""Addresses of this room."""

from django.urls import path

from kentongan.desk import views
from kentongan.desk.views import device

app_name = "desk"

urlpatterns = [
    path("meja/", views.home, name="home"),
    path("meja/pos/", views.switch, name="switch"),
    path("meja/hp/", device.device, name="device"),
    path("meja/hp/tanda/", device.token, name="token"),
    path("meja/hp/bagi/", device.share, name="share"),
    path("meja/tanpa-sinyal/", device.offline, name="offline"),
    path("meja/manifest.webmanifest", device.manifest, name="manifest"),
    path("meja/sw.js", device.worker, name="worker"),
]
