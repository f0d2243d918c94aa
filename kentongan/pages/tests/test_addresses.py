import pytest

from kentongan.pages.store import file_for, is_site
from kentongan.pages.store.addresses import content_type


@pytest.mark.parametrize(
    ("path", "query", "site", "file"),
    [
        ("/", "", "nasional", "_index.html"),
        ("/kim/", "", "nasional", "kim/_index.html"),
        ("/kabar/", "sebelum=2026-11-24T10.00~81", "nasional", "kabar/_index.sebelum-2026-11-24T10.00~81.html"),
        ("/kim/gulangpongge/", "", "kim/gulangpongge", "_index.html"),
        ("/kim/gulangpongge/kabar/7-panen-raya/", "", "kim/gulangpongge", "kabar/7-panen-raya/_index.html"),
        ("/kim/gulangpongge/atom.xml", "", "kim/gulangpongge", "atom.xml"),
        ("/wilayah/33.18.17.2003/kabar/", "", "wilayah/33.18.17.2003", "kabar/_index.html"),
        ("/wilayah/33/", "", "wilayah/33", "_index.html"),
        ("/sitemap.xml", "", "nasional", "sitemap.xml"),
        ("/kim/gulangpongge/kabar/7-panen-raya/poster.pdf", "", "kim/gulangpongge", "kabar/7-panen-raya/poster.pdf"),
        ("/kim/gulangpongge/kabar/7-panen-raya/bagikan.png", "", "kim/gulangpongge", "kabar/7-panen-raya/bagikan.png"),
        ("/kim/gulangpongge/buletin/2026-w07.pdf", "", "kim/gulangpongge", "buletin/2026-w07.pdf"),
        ("/en/", "", "nasional", "en/_index.html"),
        ("/en/kabar/", "sebelum=x", "nasional", "en/kabar/_index.sebelum-x.html"),
        ("/en/kim/gulangpongge/kabar/7-panen-raya/", "", "kim/gulangpongge", "en/kabar/7-panen-raya/_index.html"),
        ("/en/wilayah/33/rss.xml", "", "wilayah/33", "en/rss.xml"),
        ("/kim/gulangpongge/kabar/panduan/feed.json", "", "kim/gulangpongge", "kabar/panduan/feed.json"),
    ],
)
def test_an_address_alone_says_which_file_answers(path, query, site, file):
    assert file_for(path, query) == (site, file)


@pytest.mark.parametrize(
    "path",
    [
        "/meja/", "/meja/kabar/7/", "/static/a/", "/foto/x/", "/en/meja/", "/en/meja/kabar/7/", "/en/foto/x/", "/en/static/a/", "/en",
        "/kim/a/en/", "/kim/a/en/kabar/", "/wilayah/33/en/", "/en/kim/A/", "/en/wilayah/3/", "/en/kim/a/en/", "/sitemap-kabar.xml",
        "", "kim/", "/kim", "//", "/kim//", "/kim/../", "/../../etc/passwd", "/kim/%2e%2e/", "/kim/a/../../b/", "/./",
        "/_index/", "/_index.html", "/kim/a/_index.html", "/kim/a/current/../keep/", "/kim/A/", "/kim/a b/", "/kim/a\x00/", "/kim/a\n/",
        "/kim/é/", "/wilayah/33.18..17/", "/wilayah/3/", "/wilayah/33.18.17.20/x.y/", "/robots.txt", "/kim/a/b.xml",
        "/" + "a" * 200 + "/", "/" + "a/" * 7, "/" + "a" * 90 + "/" + "x/" * 400,
    ],
)  # fmt: skip
def test_any_other_address_never_touches_the_store(path):
    assert file_for(path, "") is None


@pytest.mark.parametrize(
    "query", ["q=air", "sebelum=", "sebelum=a&x=1", "sebelum=../../x", "sebelum=a%2Fb", "sebelum=" + "a" * 81, "Sebelum=a", "&"]
)
def test_only_one_query_is_on_the_list(query):
    assert file_for("/kabar/", query) is None


def test_no_page_shares_its_file_with_its_english_one():
    """Nor with any other: `/kim/a/en/…` is nobody's, since the file of `/en/kim/a/…` stands there."""
    paths = [
        f"{tongue}{site}{rest}"
        for tongue in ("/", "/en/")
        for site in ("", "kim/a/", "kim/en/")
        for rest in ("", "kabar/", "en/", "atom.xml")
    ]
    found = [named for path in set(paths) if (named := file_for(path, ""))]
    assert len(found) == len(set(found)) > 15


def test_a_feed_has_no_older_pages():
    assert file_for("/atom.xml", "sebelum=a") is None


def test_sites_are_groups_regions_and_the_nation():
    assert all(is_site(name) for name in ("nasional", "kim/gulangpongge", "wilayah/33", "wilayah/33.18.17.2003"))
    assert not any(
        is_site(name) for name in ("kim", "kim/..", "kim/a/b", "wilayah/33.1", "wilayah/../x", "nasional/", "nasional\n", "/etc")
    )


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("kabar/_index.html", "text/html; charset=utf-8"), ("atom.xml", "application/atom+xml; charset=utf-8"),
        ("kabar/7-panen-raya/poster.pdf", "application/pdf"), ("kabar/7-panen-raya/bagikan.png", "image/png"),
        ("buletin/2026-w07.pdf", "application/pdf"),
    ],
)  # fmt: skip
def test_a_file_says_what_it_is(name, kind):
    assert content_type(name) == kind
