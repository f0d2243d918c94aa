"""`deploy/nginx.conf` reads the same files under the same addresses with the same headers."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from kentongan.pages.store import file_for
from kentongan.pages.wsgi import SORRY, said

CONFIGURATION = (Path(settings.BASE) / "deploy/nginx.conf").read_text()


def by_nginx(request: str) -> str:
    """What the table `$page` answers, read as nginx reads it: the first expression that matches."""
    table = re.search(r"\$page \{(.+?)\n\}", CONFIGURATION, re.S)[1]
    for expression, value in re.findall(r'"~(.+?)" "(.*?)";', table):
        if found := re.search(expression.replace("(?<", "(?P<"), request):
            return re.sub(r"\$\{?(\w+)\}?", lambda name: found[name[1]] or "", value)
    return ""


@pytest.mark.parametrize(
    "address",
    [
        "/", "/kim/", "/kabar/?sebelum=2026-11-24T10.00~81", "/kim/gulangpongge/", "/kim/gulangpongge/kabar/7-panen-raya/versi/",
        "/kim/gulangpongge/kabar/?sebelum=x", "/kim/gulangpongge/atom.xml", "/wilayah/33.18.17.2003/kabar/", "/wilayah/33/", "/sitemap.xml",
        "/meja/", "/meja/kabar/7/", "/en/", "/static/a/", "/foto/a/", "/cari/?q=air", "/atom.xml?sebelum=a", "/kabar/?sebelum=",
        "/en/kim/", "/en/kim/gulangpongge/kabar/?sebelum=x", "/en/wilayah/33/atom.xml", "/en/kabar/?sebelum=x", "/en/rss.xml", "/rss.xml",
        "/kim/gulangpongge/kabar/panduan/feed.json", "/kim/gulangpongge/en/", "/en/wilayah/3/", "/en/kim/A/", "/en/meja/", "/en/foto/a/",
        "/en/static/a/", "/en/en/", "/en", "/en/kim/gulangpongge/en/", "/wilayah/33/rss.xml", "/sitemap-kabar.xml", "/en/rss.xml?sebelum=a",
        "/kim/gulangpongge/kabar/7-panen-raya/poster.pdf", "/en/kim/gulangpongge/kabar/7-panen-raya/bagikan.png",
        "/kim/a/buletin/2026-w07.pdf", "/kim/a/buletin/2026-w7.pdf", "/kim/a/buletin/2026-w07.pdf?sebelum=x",
        "/kim/a/x.pdf", "/poster.pdf/", "/k/7/", "/wilayah/33/kim.csv", "/en/wilayah/33.18/kabar.xlsx", "/kim/a/kabar.csv?sebelum=x",
        "/data/", "/data/kim.csv", "/en/data/", "/data.json", "/api/", "/wilayah/33/angka/cakupan.csv", "/kim/a/.csv", "/angka.csv",
        "/wilayah/3/", "/kim/A/", "/kim/../", "/_index.html", "/_pages/nasional/current/_index.html", "/kim", "/robots.txt", "/" + "a/" * 6,
        "/a" * 500 + "/", "/kim/" + "a" * 102 + "/",
    ],
)  # fmt: skip
def test_nginx_and_the_store_name_the_same_file(address):
    path, _mark, query = address.partition("?")
    named = file_for(path, query)
    assert by_nginx(f"GET {address}") == (f"{named[0]}/current/{named[1]}" if named else "")
    assert by_nginx(f"POST {address}") == ""


def test_nginx_says_the_same_headers():
    inside = re.search(r"location \^~ /_pages/ \{(.+?)\n  \}", CONFIGURATION, re.S)[1]
    said = {name.lower(): text for name, text in re.findall(r'add_header (\S+) "(.+?)";', inside)}
    assert said == dict(settings.PAGES_HEADERS)


@pytest.mark.parametrize(("name", "sorry"), [("away", SORRY[0]), ("too_large", SORRY[1])])
def test_nginx_says_the_same_sentences_in_both_languages(name, sorry):
    table = re.search(rf"map \$request_uri \${name} \{{(.+?)\n\}}", CONFIGURATION, re.S)[1]
    assert re.findall(r"'(.+)';", table) == [b"".join(said(sorry, language).body).decode().strip() for language in ("id", "en")]
