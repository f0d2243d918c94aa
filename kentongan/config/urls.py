"""Every address. Rooms whose pages live under one prefix bring their own list."""

from django.urls import include, path

urlpatterns = [
    path("", include("kentongan.ui.urls")),
    path("", include("kentongan.media.urls")),
    path("", include("kentongan.regions.urls")),
    path("", include("kentongan.accounts.urls")),
    path("", include("kentongan.groups.urls")),
    path("", include("kentongan.discussions.urls")),
    path("", include("kentongan.newsroom.urls")),
    path("", include("kentongan.desk.urls")),
    path("", include("kentongan.portal.urls")),
]

handler404 = "kentongan.core.guard.not_found"
