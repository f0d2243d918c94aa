"""Every page of the house, as validators, screen readers, small screens, and other programs read it.

The pages are rendered once, by whoever may see them; then one validator and one browser go over all of them.
"""

import json
import mimetypes
import re
import subprocess
import threading
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse
from playwright.sync_api import Browser, Page, ViewportSize

from kentongan.groups.tests.factories import carried_to
from kentongan.newsroom.tests.factories import story_in
from tests.cast import Cast, village
from tests.feeds import TYPES, complaints, read
from tests.house.addresses import ADDRESSES, EVERYONE, Address, Things
from tests.house.things import browser_of_each, one_of_everything
from tests.tools import AXE, VNU, need

SPOKEN_FOR = ("tamu", "redaktur", "pemeriksa", "ketua", "dinas", "warga", "operator")
"""Who shows a page: the first of these who may see it. A guest comes first, since a public page is the same for all."""
MANY_EYES = ("desk:home", "groups:group", "groups:mine", "newsroom:story", "newsroom:stories", "groups:member", "discussions:topic")
"""Pages on which each part finds other things to do."""
EYES = ("anggota", "redaktur", "pemeriksa", "ketua", "pembina", "kades", "dinas", "operator")
PHONE: ViewportSize = {"width": 360, "height": 9000}  # so tall that the bar at its foot covers nothing
IN_THE_DARK = 4
"""Every fourth page is also looked at in dark: all of them stand on one stylesheet."""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
pytestmark = pytest.mark.django_db  # has the test database made before the module's own fixtures


@dataclass(frozen=True)
class Seen:
    """A page as somebody was shown it."""

    name: str
    status: int
    kind: str
    body: bytes

    @property
    def is_html(self) -> bool:
        return self.kind.startswith("text/html")


def seen(name: str, answer: Any) -> Seen:
    return Seen(name, answer.status_code, answer.get("Content-Type", ""), b"".join(answer) if answer.streaming else answer.content)


def from_the_table(things: Things, browsers: dict[str, Client]) -> Iterator[Seen]:
    """Every address of the table, by everybody it differs for."""
    for address in (address for address in ADDRESSES if address.sees):
        for role in whose_eyes(address):
            answer = browsers[role].get(reverse(address.name, kwargs=address.where(things)))
            if answer.status_code == 200:
                yield seen(f"{address.name}-{role}", answer)


def whose_eyes(address: Address) -> list[str]:
    if address.name in MANY_EYES:
        return [role for role in EYES if role in address.sees]
    return [role for role in (*SPOKEN_FOR, *sorted(address.sees)) if role in address.sees][:1]


def in_every_state(cast: Cast, browsers: dict[str, Client]) -> Iterator[Seen]:
    """Stories and groups on their way, for those who carry them."""
    for state in ("gathered", "returned", "verified", "scheduled", "withdrawn", "retracted", "withheld"):
        story = story_in(state, cast)
        yield seen(f"story-{state}", browsers["redaktur"].get(reverse("newsroom:story", kwargs={"pk": story.pk})))
        if state in ("retracted", "withheld"):
            yield seen(f"public-story-{state}", browsers["tamu"].get(story.get_absolute_url()))
    for state in ("proposed", "socialised", "deliberated", "minuted", "decreed", "registered"):
        group = carried_to(cast, state)
        for role in ("warga", "kades", "dinas"):
            answer = browsers[role].get(reverse("groups:group", kwargs={"pk": group.pk}))
            if answer.status_code == 200:
                yield seen(f"group-{state}-{role}", answer)


def answered(cast: Cast, things: Things, browsers: dict[str, Client]) -> Iterator[Seen]:
    """What is not a plain page: forms that come back, refusals, texts side by side, searches, nothing there."""
    tamu, anggota, redaktur, kades = (browsers[role] for role in ("tamu", "anggota", "redaktur", "kades"))
    draft, submitted, story = (reverse("newsroom:story", kwargs={"pk": things[key].pk}) for key in ("draft", "submitted", "story"))
    group = reverse("groups:group", kwargs={"pk": things["group"].pk})
    words = {"headline": "Judul", "summary": "Ringkas", "body": "Isi", "what": "Pipa", "place": "RT 02", "kind": "berita"}
    nobody = {"credential": "tidak-ada", "passphrase": "salah salah salah"}
    yield seen("search-found", tamu.get("/cari/?q=gulangpongge"))
    yield seen("search-nothing", tamu.get("/cari/?q=negeri+dongeng"))
    yield seen("not-there", tamu.get("/kim/tidak-ada/"))
    yield seen("desk-not-there", redaktur.get("/meja/kabar/999999/"))
    yield seen("done", redaktur.get(f"{story}?selesai=newsroom.publish"))
    for name, client, address, sent in (
        ("propose", tamu, "/bentuk-kim/", {"place": "tlogorejo"}),
        ("tip", tamu, "/kim/gulangpongge/bahan/", {"text": ""}),
        ("sign-in", tamu, "/meja/masuk/", nobody),
        ("slip", tamu, "/meja/slip/", {"code": "AAAA-AAAA-AAAA"}),
        ("gather", anggota, "/meja/kabar/tulis/", {"layar": "di-mana", "place": ""}),
        ("write", anggota, f"{draft}tulis/", words | {"headline": "", "body": "x" * 50_000, "version": "0"}),
        ("stale", anggota, f"{draft}tulis/", words | {"version": "0"}),
        ("check", browsers["pemeriksa"], f"{submitted}pemeriksaan/", {"version": things["submitted"].version}),
        ("correct", anggota, f"{story}ralat/", {"what": ""}),
        ("return", browsers["pemeriksa"], f"{submitted}pengembalian/", {"version": things["submitted"].version}),
        ("publish-too-early", redaktur, f"{draft}penerbitan/", {"version": things["draft"].version}),
        ("not-mine", browsers["dinas"], f"{story}pencabutan/", {"version": things["story"].version, "reason": "Karena kami tidak suka."}),
        ("topic", anggota, "/meja/pembahasan/baru/", {"subject": ""}),
        ("say", anggota, reverse("discussions:contributions", kwargs={"pk": things["topic"].pk}), {"text": "x" * 2000, "kind": "opinion"}),
        ("decree", kades, f"{group}sk-baru/", {"version": things["group"].version}),
        ("profile", browsers["ketua"], f"{group}profil/", {"version": things["group"].version}),
        ("admission", browsers["ketua"], f"{group}anggota/", {"version": things["group"].version}),
        ("officer", browsers["dinas"], "/meja/wilayah/petugas/", {}),
        ("passphrase", anggota, "/meja/saya/frasa-sandi/", {"old": "salah"}),
    ):
        answer = client.post(address, sent)
        assert answer.status_code in range(400, 500) or name in ("sign-in", "slip"), f"{name}: {answer.status_code}"
        yield seen(f"answer-{name}", answer)


@pytest.fixture(scope="module")
def pages(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> list[Seen]:
    """All pages, rendered once; the database forgets them."""
    files = tmp_path_factory.mktemp("markup")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=files / "media", PAGES_ROOT=files / "pages"), transaction.atomic():
        cast = village()
        browsers, things = browser_of_each(cast), one_of_everything(cast)
        found = [*from_the_table(things, browsers), *in_every_state(cast, browsers), *answered(cast, things, browsers)]
        transaction.set_rollback(True)
    return found


@pytest.fixture(scope="module")
def html(pages: list[Seen]) -> list[Seen]:
    """The pages people look at, each shape once."""
    return [page for page in pages if page.is_html and page.body]


def test_every_page_of_the_table_was_looked_at(pages: list[Seen]) -> None:
    looked_at = {page.name.rsplit("-", 1)[0] for page in pages}
    lead_on = {"accounts:choose", "accounts:code", "accounts:enrol", "accounts:recovery", "newsroom:photo"}
    assert {address.name for address in ADDRESSES if 200 in address.answers and address.sees} - looked_at <= {*lead_on, "health:machine"}
    assert not [page.name for page in pages if page.status >= 500]


def test_the_validator_has_nothing_to_say(html: list[Seen], tmp_path: Path) -> None:
    need("vnu", "java")
    for page in html:
        (tmp_path / f"{page.name.replace(':', '.')}.html").write_bytes(page.body)
    run = subprocess.run(
        ["java", "-Xss16m", "-XX:TieredStopAtLevel=1", "-jar", VNU, "--format", "json", "--stdout", "--skip-non-html", tmp_path],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    said = [message for message in json.loads(run.stdout)["messages"] if message["type"] == "error" or message.get("subType") == "warning"]
    wrong = {f"{Path(urlsplit(one['url']).path).name}: {one['message']} {one.get('extract', '')!r}" for one in said}
    assert not wrong, "\n".join(sorted(wrong))


@contextmanager
def on_paper(html: list[Seen]) -> Iterator[str]:
    """The address under which page number n stands at /n, beside the real stylesheet and scripts, which a browser keeps as it should."""

    class Paper(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = urlsplit(self.path).path
            file = finders.find(path.removeprefix(settings.STATIC_URL)) if path.startswith(settings.STATIC_URL) else None
            page = html[int(path[1:])].body if path[1:].isdecimal() else None
            body = Path(str(file)).read_bytes() if file else page or b""
            kind = mimetypes.guess_type(path)[0] if file else "text/html; charset=utf-8"
            self.send_response(200 if file or page else 404)
            self.send_header("Content-Type", str(kind))
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "max-age=900" if file else "no-store")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *words: Any) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Paper) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


CHECK = """async rules => (await axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})).violations
  .map(one => one.id + ': ' + one.help + ' ' + one.nodes.slice(0, 3).map(node => node.html.slice(0, 160)).join(' | '))"""
TOO_WIDE = """() => { const width = document.documentElement.clientWidth
  if (document.documentElement.scrollWidth <= width) return ''
  return [...document.querySelectorAll('body *')].filter(one => one.getBoundingClientRect().right > width + 1).slice(0, 3)
    .map(one => one.outerHTML.slice(0, 120)).join(' | ') || 'the page itself' }"""


@pytest.fixture(scope="module")
def looked_at(browser: Browser, html: list[Seen]) -> dict[str, list[str]]:
    """Each page on a phone of 360 px with its folds opened, looked at once: what axe says, and what stands out of the screen."""
    need("axe")
    said: dict[str, list[str]] = {"axe": [], "wide": []}
    with on_paper(html) as address:
        context = browser.new_context(viewport=PHONE, reduced_motion="reduce", bypass_csp=True, base_url=address)
        context.add_init_script(path=AXE)
        phone = context.new_page()
        for number, page in enumerate(html):
            phone.goto(f"/{number}")
            phone.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
            said["axe"] += [f"{page.name}: {one}" for one in phone.evaluate(CHECK, RULES)]
            if number % IN_THE_DARK == 0:
                phone.emulate_media(color_scheme="dark")
                said["axe"] += [f"{page.name} (dark): {one}" for one in phone.evaluate(CHECK, RULES)]
                phone.emulate_media(color_scheme="light")
            said["wide"] += [f"{page.name} {how}: {who}" for how, who in too_wide(phone)]
        context.close()
    return said


def too_wide(phone: Page) -> Iterator[tuple[str, str]]:
    """What stands out at 200 % text on this phone, and at 320 px; leaves the phone as it was."""
    phone.evaluate("document.documentElement.style.fontSize = '200%'")
    if who := phone.evaluate(TOO_WIDE):
        yield "at 200 %", who
    phone.evaluate("document.documentElement.style.fontSize = ''")
    phone.set_viewport_size({"width": 320, "height": PHONE["height"]})
    if who := phone.evaluate(TOO_WIDE):
        yield "at 320 px", who
    phone.set_viewport_size(PHONE)


def test_no_page_shuts_anybody_out(looked_at: dict[str, list[str]]) -> None:
    """axe-core: WCAG 2.0 to 2.2, A and AA, and its best practice; in light, and a share of the pages in dark."""
    assert not looked_at["axe"], "\n".join(looked_at["axe"])


def test_no_page_is_wider_than_its_reader(looked_at: dict[str, list[str]]) -> None:
    """At 320 px (WCAG 1.4.10), and on a phone of 360 px whose owner doubled the text (WCAG 1.4.4)."""
    assert not looked_at["wide"], "\n".join(looked_at["wide"])


def test_every_feed_is_what_the_rule_of_its_format_says(pages: list[Seen]) -> None:
    """RFC 4287, RSS 2.0, JSON Feed 1.1 (tests/feeds.py); and none is empty."""
    kinds = {f"{kind}; charset=utf-8": file for file, kind in TYPES.items()}
    feeds = [page for page in pages if page.kind in kinds]
    assert len(feeds) == len([address for address in ADDRESSES if address.name.endswith("feed")]) > 15
    wrong = [f"{page.name}: {one}" for page in feeds for one in complaints(kinds[page.kind], page.body)]
    assert not wrong, "\n".join(wrong)
    assert all(read(kinds[page.kind], page.body) for page in feeds)


def test_the_sitemap_is_one(pages: list[Seen]) -> None:
    (sitemap,) = (page for page in pages if page.name.startswith("portal:sitemap-"))
    places = [node.text or "" for node in ET.fromstring(sitemap.body).iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert places and all(place.startswith(settings.SITE_URL) for place in places)


def test_what_pages_tell_machines_can_be_read(html: list[Seen]) -> None:
    """JSON-LD parses, says which vocabulary it speaks, and every thing in it has a kind."""
    told = {
        page.name: json.loads(block)
        for page in html
        for block in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page.body.decode(), re.DOTALL)
    }
    assert {"portal:story-tamu", "portal:group-tamu"} <= set(told)
    for name, block in told.items():
        assert block["@context"].startswith("https://schema.org"), name
        assert all(thing["@type"] for thing in block.get("@graph", [block])), name


def test_the_same_public_page_is_shown_to_all() -> None:
    """So that looking once, as a guest, is looking for everybody."""
    assert all(address.sees == EVERYONE for address in ADDRESSES if address.name.startswith(("portal:", "ui:", "regions:")))
