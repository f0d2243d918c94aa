"""Addresses of the public sites. Settings of a region are the room `regions`'; the tip form is the newsroom's."""

import re

from django.urls import path, register_converter

from kentongan.portal.feeds import sitemaps
from kentongan.portal.feeds import views as feeds
from kentongan.portal.reading.addresses import FEED_TYPES
from kentongan.portal.views import about, groups, home, knowledge, numbers, outputs, regions, search, series, stories

app_name = "portal"


class FeedFile:
    """The file names of the formats a feed comes in."""

    regex = "|".join(re.escape(file) for file in FEED_TYPES)
    to_python = to_url = str


class SheetFile:
    """The file names of the figures as tables."""

    regex = "|".join(re.escape(file) for file in numbers.SHEETS)
    to_python = to_url = str


register_converter(FeedFile, "feed")
register_converter(SheetFile, "sheet")

urlpatterns = [
    path("", home.front, name="home"),
    path("kabar/", home.all_stories, name="stories"),
    path("kabar/<int:number>/", stories.short, name="story_number"),
    path("kabar/<slug:kind>/", home.all_stories, name="stories_of_kind"),
    path("kabar/<slug:kind>/<feed:file>", feeds.nation, name="kind_feed"),
    path("cari/", search.everything, name="search"),
    path("cari-kim/", search.my_group, name="my_group"),
    path("pengetahuan/", knowledge.everywhere, name="knowledge"),
    path("tentang/<slug:page>/", about.page, name="about"),
    path("wilayah/<str:code>/", regions.front, name="region"),
    path("wilayah/<str:code>/kabar/", regions.all_stories, name="region_stories"),
    path("wilayah/<str:code>/kabar/<slug:kind>/", regions.all_stories, name="region_stories_of_kind"),
    path("wilayah/<str:code>/kabar/<slug:kind>/<feed:file>", feeds.region, name="region_kind_feed"),
    path("wilayah/<str:code>/kim/", regions.all_groups, name="region_groups"),
    path("wilayah/<str:code>/pengetahuan/", knowledge.of_region, name="region_knowledge"),
    path("wilayah/<str:code>/tanpa-kim/", regions.without_group, name="region_gaps"),
    path("angka/", numbers.nation, name="numbers"),
    path("angka/rekap.pdf", numbers.recap, name="recap"),
    path("angka/<sheet:file>", numbers.sheet, name="numbers_file"),
    path("angka/<slug:key>/", numbers.nation_number, name="number"),
    path("angka/<slug:key>/belum/", numbers.nation_number, {"lacking": True}, name="number_lacking"),
    path("angka/<slug:key>/<sheet:file>", numbers.sheet, name="number_file"),
    path("wilayah/<str:code>/angka/", numbers.place, name="numbers_of"),
    path("wilayah/<str:code>/angka/rekap.pdf", numbers.recap, name="recap_of"),
    path("wilayah/<str:code>/angka/<sheet:file>", numbers.sheet, name="numbers_of_file"),
    path("wilayah/<str:code>/angka/<slug:key>/", numbers.place_number, name="number_of"),
    path("wilayah/<str:code>/angka/<slug:key>/belum/", numbers.place_number, {"lacking": True}, name="number_of_lacking"),
    path("wilayah/<str:code>/angka/<slug:key>/<sheet:file>", numbers.sheet, name="number_of_file"),
    path("wilayah/<str:code>/<feed:file>", feeds.region, name="region_feed"),
    path("kim/", groups.directory, name="groups"),
    path("kim/<slug:slug>/", groups.front, name="group"),
    path("kim/<slug:slug>/kabar/", groups.all_stories, name="group_stories"),
    path("kim/<slug:slug>/pengetahuan/", knowledge.of_group, name="group_knowledge"),
    path("kim/<slug:slug>/tentang/", groups.about, name="group_about"),
    path("kim/<slug:slug>/<feed:file>", feeds.group, name="group_feed"),
    path("kim/<slug:slug>/kabar/<int:number>-<str:title>/", stories.story, name="story"),
    path("kim/<slug:slug>/kabar/<int:number>-<str:title>/versi/", stories.versions, name="story_versions"),
    path("k/<int:number>/", stories.short, name="story_short"),
    path("kim/<slug:slug>/kabar/<int:number>-<str:title>/poster.pdf", outputs.poster, name="story_poster"),
    path("kim/<slug:slug>/kabar/<int:number>-<str:title>/bagikan.png", outputs.share_image, name="story_image"),
    path("kim/<slug:slug>/kabar/<int:number>-<str:title>/papan/", outputs.board, name="story_board"),
    path("kim/<slug:slug>/kabar/<int:number>-<str:title>/radio/", outputs.radio, name="story_radio"),
    path("kim/<slug:slug>/buletin/", outputs.bulletins, name="bulletins"),
    path("kim/<slug:slug>/buletin/<str:week>.pdf", outputs.week, name="bulletin"),
    path("kim/<slug:slug>/kabar/<slug:kind>/", groups.all_stories, name="group_stories_of_kind"),
    path("kim/<slug:slug>/kabar/<slug:kind>/<feed:file>", feeds.group, name="group_kind_feed"),
    path("kim/<slug:slug>/seri/<int:number>-<str:title>/", series.series, name="series"),
    path("<feed:file>", feeds.nation, name="feed"),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("sitemap-kabar.xml", sitemaps.news, name="news_sitemap"),
    path("robots.txt", sitemaps.robots, name="robots"),
]
