"""Every public page in English, under `/en/`: whole, marked, and reachable from its Indonesian one and back."""

import subprocess
import sys
from collections.abc import Iterator
from gettext import NullTranslations
from pathlib import Path
from typing import Any

import html5lib
import pytest
from django.conf import settings
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils.translation import override, trans_real

from kentongan.core.language import ONCE, in_both
from kentongan.core.models import Entry
from kentongan.groups.models import Group
from kentongan.groups.tests.factories import carried_to
from kentongan.newsroom.models import Story, Tip
from kentongan.newsroom.tests.factories import correction_in, story_in
from kentongan.pages.store import file_for
from tests.cast import Cast
from tests.house.addresses import ADDRESSES, EVERYONE, Things

ROOT = Path(settings.BASE)


class Lacking(NullTranslations):
    """What Django asks when the catalogue has no answer: remembers each question."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[str] = set()

    def gettext(self, message: str) -> str:
        self.asked.add(message)
        return message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        self.asked.add(msgid1)
        return msgid1 if n == 1 else msgid2

    def untranslated(self) -> list[str]:
        """Ours, once: Django's own strings are English already, and have their Indonesian."""
        own, english = trans_real.translation("id")._catalog, {said for _asked, said in trans_real.translation("en")._catalog.items()}
        return sorted(one for one in self.asked if one.strip() and one not in own and (one, 0) not in own and one not in english)


@pytest.fixture
def lacking() -> Iterator[Lacking]:
    """Everything that is asked for in English during a test and has none."""
    assert get_resolver().url_patterns  # what is said while modules are read is said in the house's language
    english, listener = trans_real.translation("en"), Lacking()
    before, english._fallback = english._fallback, listener
    yield listener
    english._fallback = before


def public_pages(things: Things) -> Iterator[tuple[str, str]]:
    """Name and English address of every address everybody may see and that has two languages."""
    with override("en"):
        for address in ADDRESSES:
            path = reverse(address.name, kwargs=address.where(things))
            if address.sees == EVERYONE and path.startswith("/en/"):
                yield address.name, path


def in_every_state(cast: Cast) -> Iterator[str]:
    """Addresses of public things in states that change what their pages say."""
    for state in ("retracted", "withheld"):
        yield story_in(state, cast).get_absolute_url()
    told = story_in("published", cast)
    correction_in("confirmed", told, cast)
    yield told.get_absolute_url()
    yield f"{told.get_absolute_url()}versi/"
    for kind in Story.Kind.values:
        one = story_in("published", cast)
        Story.objects.filter(pk=one.pk).update(kind=kind, urgent_reason="Banjir" if kind == Story.Kind.URGENT else "", discussants=0)
        yield one.get_absolute_url()
    for state in ("decreed", "registered", "suspended", "dissolved"):
        group = carried_to(cast, state) if state in ("decreed", "registered") else cast.other_group
        if state in ("suspended", "dissolved"):
            Group.objects.filter(pk=group.pk).update(state=state)
        yield group.get_absolute_url()
        yield f"{group.get_absolute_url()}tentang/"
        yield f"{group.get_absolute_url()}bahan/"
    yield from ("/wilayah/33.18/tanpa-kim/", "/wilayah/33.18.17/", "/wilayah/33/", "/wilayah/99/", "/wilayah/33.18.17.2003/kim/", "/entah/")
    yield from ("/cari/?q=gulangpongge", "/cari/?q=kim", "/cari/?q=negeri+dongeng", "/cari/?q=pati", "/cari/", "/kabar/?sebelum=rusak")
    yield from (f"/tentang/{page}/" for page in ("tentang-kim", "memeriksa", "dasar-hukum", "data-pribadi", "entah"))
    yield from ("/kabar/?sebelum=1-1", "/kim/?sebelum=999999", "/kabar/gosip/", "/kim/tidak-ada/", "/bentuk-kim/?desa=33.18.17.2003")


def tree(answer: Any) -> Any:
    return html5lib.HTMLParser(namespaceHTMLElements=False).parse(answer.content.decode())


def test_no_interface_text_of_a_public_page_is_untranslated(things: Things, cast: Cast, lacking: Lacking) -> None:
    reader = Client()
    for name, path in public_pages(things):
        answer = reader.get(path)
        assert answer.status_code in (200, 301, 302, 405), f"{name}: {answer.status_code}"
    for path in in_every_state(cast):
        assert reader.get(f"/en{path}").status_code in (200, 404, 409, 410), path
    for path, sent in (
        ("/en/kim/gulangpongge/bahan/", {"text": "", "key": "rusak"}),
        ("/en/kim/gulangpongge/bahan/", {"text": "x" * 5000, "place": "y" * 500, "website": "ya"}),
        ("/en/bentuk-kim/", {}),
        ("/en/bentuk-kim/", {"place": "tlogorejo", "name": "x", "first": "A", "second": "A", "contact": "bukan nomor"}),
        ("/en/kabar/", {}),
    ):
        assert reader.post(path, sent).status_code in range(400, 500), path
    assert not lacking.untranslated(), "\n".join(lacking.untranslated())


def test_the_catalogue_is_complete_sure_and_compiled() -> None:
    run = subprocess.run([sys.executable, ROOT / "scripts/translations", "--check"], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_every_public_page_says_its_language_and_where_the_other_one_is(things: Things) -> None:
    reader = Client()
    for name, path in public_pages(things):
        for here, language in ((path, "en"), (path.removeprefix("/en"), "id")):
            answer = reader.get(here)
            if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
                continue
            page = tree(answer)
            assert page.get("lang") == language, here
            links = {node.get("hreflang"): node.get("href") for node in page.iter("link") if node.get("hreflang")}
            plain = path.removeprefix("/en")
            assert links == {
                "id": settings.SITE_URL + plain,
                "en": settings.SITE_URL + path,
                "x-default": settings.SITE_URL + plain,
            }, name
            canonical = [node.get("href") for node in page.iter("link") if node.get("rel") == "canonical"]
            assert canonical in ([], [settings.SITE_URL + here]), name
            other = [node for node in page.iter("a") if node.get("hreflang")]
            assert [(node.get("lang"), node.get("href")) for node in other] == [("id", plain) if language == "en" else ("en", path)], name
            assert other[0].text == ("Bahasa Indonesia" if language == "en" else "English")


def test_an_english_page_leads_on_in_english_and_to_nothing_that_is_not_there(things: Things) -> None:
    """What has two languages is linked in the page's own; the desk, photos and static files have one."""
    reader = Client()
    for name, path in public_pages(things):
        answer = reader.get(path)
        if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
            continue
        page = tree(answer)
        found = [node.get(key) for node in page.iter() for key in ("href", "src", "action") if node.get(key) and not node.get("hreflang")]
        for link in (one.removeprefix(settings.SITE_URL) for one in found):
            if link.startswith("/") and not link.startswith("/static/"):
                assert link.startswith("/en/") == in_both(link.removeprefix("/en")), f"{name}: {link}"


@pytest.mark.parametrize(
    "path", ["/en/meja/", "/en/meja/masuk/", "/en/foto/x-320.jpg", "/en/gaya/", "/en/sitemap.xml", "/en/robots.txt", "/en/en/"]
)
def test_what_has_one_language_is_nothing_under_the_prefix(db: None, path: str) -> None:
    assert Client().get(path).status_code == 404


def test_what_people_wrote_keeps_its_language(things: Things) -> None:
    page = tree(Client().get(f"/en{things['story'].get_absolute_url()}"))
    article = page.find(".//article")
    assert article.find("h1").get("lang") == "id"
    told = {name: node.get("lang") for node in article.iter() for name in (node.get("class") or "").split() if name in ("lead", "body")}
    assert told == {"lead": "id", "body": "id"}
    here = tree(Client().get(things["story"].get_absolute_url()))
    assert [node for node in here.find("body").iter() if node.get("lang")] == [node for node in here.iter("a") if node.get("hreflang")]


def test_nothing_is_negotiated_and_no_cookie_is_asked(things: Things) -> None:
    answer = Client().get("/", headers={"accept-language": "en", "cookie": "django_language=en"})
    assert answer.content == Client().get("/").content
    assert not Client().get("/en/").cookies
    assert "Accept-Language" not in answer.get("Vary", "") and "Cookie" not in answer.get("Vary", "")


def test_every_page_that_is_kept_is_kept_in_both_languages_under_one_site(things: Things) -> None:
    reader = Client()
    for name, path in public_pages(things):
        plain = path.removeprefix("/en")
        if reader.get(plain).get("X-Page-Store") == "1":
            assert reader.get(path).get("X-Page-Store") == "1", name
            here, there = file_for(plain, ""), file_for(path, "")
            assert here and there and there == (here[0], f"en/{here[1]}"), name


def test_dates_and_numbers_of_the_interface_speak_english(things: Things) -> None:
    page = " ".join("".join(tree(Client().get("/en/wilayah/33.18.17.2003/aturan/")).find("body").itertext()).split())
    assert "Rules in Desa Gulangpongge" in page
    story = Client().get(f"/en{things['story'].get_absolute_url()}").content.decode()
    assert "Checked by <strong>Siti Rahayu</strong>" in story and " · 1 source<" in story


def test_a_form_under_the_prefix_is_answered_in_english_and_recorded_as_any_other(cast: Cast) -> None:
    from kentongan.newsroom.forms import new_key

    for prefix in ("", "/en"):
        answer = Client().post(f"{prefix}/kim/gulangpongge/bahan/", {"text": "Pipa bocor di RT 02.", "key": new_key()})
        assert answer["Location"] == f"{prefix}/kim/gulangpongge/bahan/terima-kasih/"
    here, there = Tip.objects.order_by("pk")
    assert here.text == there.text
    one, other = (Entry.of(tip).get() for tip in (here, there))
    assert (one.action, one.capacity, one.before, one.after) == (other.action, other.capacity, other.before, other.after)


def test_a_refusal_is_told_in_the_language_of_its_address(cast: Cast) -> None:
    assert "This page does not exist" in Client().get("/en/entah/").content.decode()
    gone = Client().get(f"/en{story_in('retracted', cast).get_absolute_url()}")
    assert gone.status_code == 410
    assert "retracted this story on" in gone.content.decode() and '<span lang="id">' in gone.content.decode()
    Group.objects.filter(pk=cast.group.pk).update(state="suspended")
    assert "cannot take tips now" in Client().get("/en/kim/gulangpongge/bahan/").content.decode()


def test_an_address_without_its_slash_is_led_to_its_own_language(cast: Cast) -> None:
    assert Client().get("/en/kim/gulangpongge")["Location"] == "/en/kim/gulangpongge/"
    assert Client().get("/en")["Location"] == "/en/"
    assert Client().get("/en/wilayah/3318/")["Location"] == "/en/wilayah/33.18/"


def test_only_what_is_meant_to_stands_in_one_language() -> None:
    assert ONCE.match("meja/kabar/") and not ONCE.match("kabar/") and not ONCE.match("mejabundar/")
