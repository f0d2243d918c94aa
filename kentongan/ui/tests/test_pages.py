import re
from types import SimpleNamespace

from django import forms
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from kentongan.core.guard import next_attempt
from kentongan.ui import context, gallery
from kentongan.ui.templatetags.ui import field

SHELL = SimpleNamespace(
    person="Dwi Astuti",
    post=SimpleNamespace(key="1", role_label="Sekretaris", body_label="KIM Kajen", waiting=4),
    posts=[],
    places=[SimpleNamespace(href="/meja/", icon="desk", label="Meja", current=True, waiting=2)],
)


def test_the_gallery_shows_every_component() -> None:
    html = render_to_string("ui/gallery.html", gallery.context())
    for name in (
        "button",
        "blocked",
        "tag",
        "material",
        "count",
        "notice",
        "trust",
        "fold",
        "items",
        "photo",
        "titir",
        "timeline",
        "waiting",
    ):
        assert re.search(rf'class="[^"]*\b{name}\b', html), name
    for name in (
        "numbers",
        "map",
        "legend",
        "table",
        "field",
        "choice",
        "drop",
        "search",
        "saved",
        "confirm",
        "ask",
        "tabs",
        "pager",
        "voice",
    ):
        assert re.search(rf'class="[^"]*\b{name}\b', html), name


def test_no_id_of_the_gallery_stands_twice() -> None:
    ids = re.findall(r'\sid="([^"]+)"', render_to_string("ui/gallery.html", gallery.context()))
    assert sorted(ids) == sorted(set(ids))


def test_pages_carry_no_inline_style_or_script() -> None:
    for html in (
        render_to_string("ui/gallery.html", gallery.context()),
        render_to_string("ui/desk.html", {"shell": SHELL}),
        render_to_string("ui/focus.html"),
    ):
        assert " style=" not in html
        assert not re.search(r"<script(?![^>]* src=)", html)


def test_the_demo_sentence_stands_on_a_page_only_where_people_are_invented() -> None:
    assert "dikarang" in render_to_string("ui/public.html", {"DEMO": True})
    assert "dikarang" not in render_to_string("ui/public.html", {"DEMO": False})


def test_the_site_context_reads_nothing_of_the_request() -> None:
    assert set(context.site(None)) == {"DEMO", "OFFLINE", "desk_url", "site_name", "language"}  # type: ignore[arg-type]


def test_the_desk_says_as_whom_one_acts() -> None:
    html = render_to_string("ui/desk.html", {"shell": SHELL}, request=None)
    assert "Sebagai <strong>Sekretaris</strong>, KIM Kajen" in html
    assert 'aria-current="page"' in html


def test_only_the_desk_loads_the_stylesheet_of_the_desk() -> None:
    assert "ui/meja.css" in render_to_string("ui/desk.html", {"shell": SHELL})
    assert "ui/meja.css" in render_to_string("ui/focus.html")
    assert "ui/meja.css" not in render_to_string("ui/public.html")


def test_a_desk_page_without_a_person_has_neither_places_nor_posts() -> None:
    html = render_to_string("ui/desk.html", {"shell": SimpleNamespace(person=None, post=None, posts=[], places=[])})
    assert 'class="places"' not in html
    assert 'class="post"' not in html


def test_a_refusal_says_why_who_can_and_gives_the_words_back_escaped() -> None:
    html = render_to_string(
        "ui/refused.html",
        {
            "status": 403,
            "sentence": "<b>Hanya</b> redaktur.",
            "helpers": ("Nanik S.",),
            "code": "K8F2M2",
            "typed": [("body", "<script>x</script>")],
        },
    )
    assert "&lt;b&gt;Hanya&lt;/b&gt; redaktur." in html
    assert "<strong>Nanik S.</strong>" in html
    assert "K8F2M2" in html
    assert "&lt;script&gt;x&lt;/script&gt;" in html


def test_a_stale_form_shows_both_texts_and_sends_mine_again_on_top_of_the_newer_version() -> None:
    html = render_to_string(
        "ui/stale.html",
        {
            "rows": [("Judul", "<i>46</i>", "40 & rumah")],
            "texts": [("title", "Judul", "<i>46</i>")],
            "fields": [("place", "RT 02")],
            "action": "/meja/kabar/7/",
            "version": 5,
        },
    )
    assert html.count("&lt;i&gt;46&lt;/i&gt;") == 2
    assert "40 &amp; rumah" in html
    assert '<input type="hidden" name="version" value="5">' in html
    assert '<input type="hidden" name="place" value="RT 02">' in html
    assert 'action="/meja/kabar/7/"' in html


def test_error_pages_render_without_anything() -> None:
    for name in ("404.html", "403.html", "500.html"):
        assert '<html lang="id">' in render_to_string(name)


def test_the_gallery_is_a_public_page_that_sets_no_cookie(client: Client) -> None:
    answer = client.get("/gaya/")
    assert answer.status_code == 200
    assert not answer.cookies


def test_a_form_is_sent_to_another_address_than_the_page_it_stands_on_each_time(rf: RequestFactory) -> None:
    first = next_attempt(rf.get("/meja/kabar/7/tulis/?tentang=kabar:7"))
    assert first == "/meja/kabar/7/tulis/?tentang=kabar%3A7&kirim=1"
    second = next_attempt(rf.post(first))
    assert second != first
    assert next_attempt(rf.post(second)) == first


def test_the_page_opens_at_the_first_wrong_answer() -> None:
    class Two(forms.Form):
        where = forms.CharField()
        what = forms.CharField()
        why = forms.CharField()

    form = Two({"where": "RT 02"})
    shown = [field(form[name]) for name in form.fields]
    assert [" autofocus" in html for html in shown] == [False, True, False]
