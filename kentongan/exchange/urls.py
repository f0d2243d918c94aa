"""Addresses of this room. What has an ending stands once, without a language in front (`core.language.ONCE`)."""

import re

from django.urls import path, register_converter

from kentongan.exchange import api
from kentongan.exchange.reading.datasets import FILES
from kentongan.exchange.views import exports, opendata, register

app_name = "exchange"


class DataFile:
    """The names of the files of the open data."""

    regex = "|".join(map(re.escape, FILES))
    to_python = to_url = str


class SheetKind:
    """The formats a public list comes in."""

    regex = "csv|xlsx"
    to_python = to_url = str


register_converter(DataFile, "datafile")
register_converter(SheetKind, "sheetkind")

_group = "meja/kim/<int:pk>/ekspor/"

urlpatterns = [
    path("data/", opendata.page, name="data"),
    path("api/", opendata.api_page, name="api"),
    *api.addresses(),
    path("data.json", opendata.catalogue_file, name="catalogue"),
    path("data/<datafile:name>", opendata.file, name="file"),
    path("wilayah/<str:code>/kim.<sheetkind:kind>", opendata.groups_of_region, name="region_groups"),
    path("wilayah/<str:code>/kabar.<sheetkind:kind>", opendata.stories_of_region, name="region_stories"),
    path("kim/<slug:slug>/kabar.<sheetkind:kind>", opendata.stories_of_group, name="group_stories"),
    path("meja/wilayah/ekspor/", register.register, name="register"),
    path(_group, exports.exports, name="exports"),
    path(f"{_group}<int:export>/", exports.fetch, name="export"),
    path(f"{_group}<int:export>/penghapusan/", exports.removal, name="removal"),
]
