"""Addresses of this room."""

from django.urls import path

from kentongan.media import views

app_name = "media"

NAME = "<slug:key>-<int:width>.<slug:ending>"
"""How a rendition is called in an address; the rooms that serve private photos use it after theirs."""

urlpatterns = [path(f"foto/{NAME}", views.public_photo, name="photo")]
