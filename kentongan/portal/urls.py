"""Addresses of the public sites. Settings of a region are the room `regions`'; the tip form is the newsroom's."""

from django.urls import path

from kentongan.portal import feeds
from kentongan.portal.views import about, groups, home, regions, stories

app_name = "portal"

urlpatterns = [
    path("", home.front, name="home"),
    path("kabar/", home.all_stories, name="stories"),
    path("kabar/<int:number>/", stories.short, name="story_short"),
    path("cari/", home.search, name="search"),
    path("tentang/<slug:page>/", about.page, name="about"),
    path("wilayah/<str:code>/", regions.front, name="region"),
    path("wilayah/<str:code>/kabar/", regions.all_stories, name="region_stories"),
    path("wilayah/<str:code>/kim/", regions.all_groups, name="region_groups"),
    path("wilayah/<str:code>/tanpa-kim/", regions.without_group, name="region_gaps"),
    path("wilayah/<str:code>/atom.xml", feeds.region, name="region_feed"),
    path("kim/", groups.directory, name="groups"),
    path("kim/<slug:slug>/", groups.front, name="group"),
    path("kim/<slug:slug>/kabar/", groups.all_stories, name="group_stories"),
    path("kim/<slug:slug>/tentang/", groups.about, name="group_about"),
    path("kim/<slug:slug>/atom.xml", feeds.group, name="group_feed"),
    path("kim/<slug:slug>/kabar/<int:number>-<str:title>/", stories.story, name="story"),
    path("kim/<slug:slug>/kabar/<int:number>-<str:title>/versi/", stories.versions, name="story_versions"),
    path("atom.xml", feeds.nation, name="feed"),
    path("sitemap.xml", feeds.sitemap, name="sitemap"),
    path("robots.txt", feeds.robots, name="robots"),
]
