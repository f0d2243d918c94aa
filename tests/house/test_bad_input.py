"""What people should not type, as it meets them on the pages: a sentence, the right status, and nothing lost.

Each line of the list of bad input is held once. Here stands what goes through every form and every address at once; the rest stands in
its room: an ambiguous or unknown village, a decree that ends before it starts, a second ketua, a photo of a decree that is none and a
stale profile in `groups/tests/test_pages.py`; two texts side by side, a form sent twice and 50,000 characters of a story in
`newsroom/tests/test_pages.py`, of a talk in `discussions/tests/test_pages.py`; a used, expired or revoked slip in
`accounts/tests/test_slips.py`; a worker killed half-way in `newsroom/tests/test_checking.py` and `media/tests/test_render.py`; someone
else's id under every address in `test_sweep.py`; the database stopped while readers read in `pages/tests/test_whole.py`, on the real stack.
"""

import struct
import xml.etree.ElementTree as ET
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape, unescape
from typing import Any

import html5lib
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kentongan.accounts.models import Person
from kentongan.core.errors import NotNow
from kentongan.core.models import Entry
from kentongan.media.models import Photo
from kentongan.newsroom import actions as newsroom
from kentongan.newsroom.models import Story
from kentongan.newsroom.tests.factories import FACTS, WORDS, story_in
from kentongan.newsroom.urls import urlpatterns
from tests.cast import Cast
from tests.house.addresses import ADDRESSES, Address, Things
from tests.pictures import photo_file

SCRIPT = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
LONG = "panjang " * 6250
TYPED_INTO = {"text", "search", "tel", "url", "email", "textarea", "password"}


@dataclass(frozen=True)
class Sheet:
    """A form as it stands on a page: where it goes, and what it sends when nobody touches it."""

    action: str
    fields: dict[str, str]
    typed: tuple[str, ...]

    def filled(self, words: str) -> dict[str, str]:
        """With these words in every field somebody can type into."""
        return self.fields | dict.fromkeys(self.typed, words)


def sheets(page: str, here: str) -> Iterator[Sheet]:
    """The forms of a page that send words."""
    for form in html5lib.parse(page, namespaceHTMLElements=False).iter("form"):
        if form.get("method", "get") == "post":
            fields: dict[str, str] = {}
            typed: list[str] = []
            for field in form.iter():
                _read(field, fields, typed)
            if typed:
                yield Sheet(form.get("action") or here, fields, tuple(typed))


def _read(field: Any, fields: dict[str, str], typed: list[str]) -> None:
    name, kind = field.get("name"), field.get("type", "text" if field.tag == "input" else field.tag)
    if not name or field.tag not in ("input", "textarea", "select") or kind == "file":
        return
    if kind in TYPED_INTO and name != "website":
        typed.append(name)
    elif kind == "select":
        fields.setdefault(name, next((one.get("value", "") for one in field.iter("option") if one.get("value")), ""))
    elif kind in ("date", "datetime-local"):
        fields[name] = field.get("value") or timezone.localdate().isoformat() + ("T10:00" if kind != "date" else "")
    elif kind in ("radio", "checkbox"):
        fields.setdefault(name, field.get("value", "on"))
    elif kind != "submit":
        fields[name] = field.get("value") or ("" if kind != "number" else "3")


def readers(address: Address) -> list[str]:
    """A guest where everybody sees the same; else one of each kind of post, or whoever is let in."""
    few = ("tamu",) if "tamu" in address.sees else ("anggota", "redaktur", "ketua", "kades", "dinas", "warga")
    return [role for role in few if role in address.sees] or sorted(address.sees)[:1]


def whose_sheets(things: Things, browsers: dict[str, Client]) -> Iterator[tuple[str, Client, Sheet]]:
    """Every form of every page once, with somebody who is shown it."""
    known: set[str] = set()
    for address in (address for address in ADDRESSES if address.sees):
        for role in readers(address):
            here = reverse(address.name, kwargs=address.where(things))
            answer = browsers[role].get(here)
            if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
                for sheet in sheets(answer.text, here):
                    if sheet.action not in known:
                        known.add(sheet.action)
                        yield role, browsers[role], sheet


def test_fifty_thousand_characters_in_every_field_of_every_form(things: Things, browsers: dict[str, Client]) -> None:
    """Refused with a sentence; what was typed comes back (secrets do not); no line of the record is written."""
    wrong, tried = [], 0
    for role, client, sheet in list(whose_sheets(things, browsers)):
        lines = Entry.objects.count()
        with transaction.atomic():
            answer = client.post(sheet.action, sheet.filled(LONG))
            written = Entry.objects.count() != lines
            transaction.set_rollback(True)
        tried += 1
        secret = sheet.action.startswith(("/meja/masuk", "/meja/slip", "/meja/kode", "/meja/saya", "/meja/pemulihan"))
        kept = secret or "panjang panjang panjang" in answer.text
        if answer.status_code not in range(400, 500) or not kept or written:
            wrong.append(f"{role} {sheet.action}: {answer.status_code}{'' if kept else ', and the words are gone'}")
    assert tried > 15
    assert not wrong, "\n".join(wrong)


def read(answer: Any) -> str:
    """What a browser would read in an answer as a page or a feed; of a picture, a PDF, a workbook or JSON nothing runs."""
    kind = answer.get("Content-Type", "")
    marked = any(one in kind for one in ("html", "xml", "svg")) and "openxmlformats" not in kind
    return answer.content.decode() if marked and not answer.streaming else ""


def test_script_in_every_field_is_only_words_wherever_it_shows(cast: Cast, things: Things, browsers: dict[str, Client]) -> None:
    """Sent through every form; a story made of nothing else is published; then every page, feed and desk is read by everybody."""
    facts = FACTS | dict.fromkeys(("what", "place", "happened", "who", "why", "how"), SCRIPT)
    story = story_in("published", cast, words=dict.fromkeys(WORDS, SCRIPT), facts=facts)
    for _role, client, sheet in list(whose_sheets(things, browsers)):
        answer = client.post(sheet.action, sheet.filled(SCRIPT))
        assert answer.status_code < 500, sheet.action
        assert "<script>alert" not in answer.text and "<img src=x" not in answer.text, sheet.action
    things["story"] = story
    shown = 0
    for address in (address for address in ADDRESSES if address.sees):
        for role in readers(address):
            answer = browsers[role].get(reverse(address.name, kwargs=address.where(things)))
            page = read(answer)
            assert "<script>alert" not in page and "<img src=x" not in page, f"{role} {address.name}"
            shown += escape("<script>alert(1)</script>") in page
            if "xml" in answer.get("Content-Type", "") and page:
                ET.fromstring(answer.content)
    assert shown > 20


def test_what_no_address_ever_carried_is_nobodys_fault(things: Things, browsers: dict[str, Client]) -> None:
    """Queries of nonsense are a page or a sentence, never a trace; so are numbers no database holds."""
    wrong = []
    for address in (address for address in ADDRESSES if address.sees):
        role = next(iter(sorted(address.sees)))
        for odd in ("\x00", SCRIPT, "9" * 40, LONG[:4000]):
            answer = browsers[role].get(
                reverse(address.name, kwargs=address.where(things)),
                dict.fromkeys(
                    ("q", "sebelum", "sesudah", "keadaan", "tanggapi", "tentang", "selesai", "ke", "lanjut", "tab", "kode", "level"), odd
                ),
            )
            unwell = address.name == "health:machine" and answer.status_code == 503  # its answer to a monitor
            if (answer.status_code >= 500 and not unwell) or "<script>alert" in read(answer):
                wrong.append(f"{role} {address.name}?{odd[:10]!r}: {answer.status_code}")
        where = address.where(things)
        if numbers := [name for name, value in where.items() if isinstance(value, int)]:
            far = reverse(address.name, kwargs=where | dict.fromkeys(numbers, 10**30))
            if (status := browsers[role].get(far).status_code) not in (302, 404, 422):  # 422: the read API names what it cannot read
                wrong.append(f"{role} {far}: {status}")
    assert not wrong, "\n".join(wrong)


def test_an_id_of_somebody_else_changes_nothing(cast: Cast, browsers: dict[str, Client]) -> None:
    """The neighbour's editor, who holds the same post elsewhere, sends every verb of a draft: it is not there for her."""
    draft, lines = story_in("written", cast), Entry.objects.count()
    for address in (address for address in ADDRESSES if address.name.startswith("newsroom:") and "pk" in _words(address)):
        answer = browsers["tetangga"].post(
            reverse(address.name, kwargs=dict.fromkeys(_words(address), draft.pk)), WORDS | {"version": draft.version}
        )
        assert answer.status_code in (404, 405), address.name
        assert answer.status_code == 405 or "tidak ada, atau bukan untuk Anda" in unescape(answer.text)
    assert Entry.objects.count() == lines


def _words(address: Address) -> tuple[str, ...]:
    """The arguments of an address that names a story first; none for the rest."""
    if address.name in NOT_BY_STORY:
        return ()
    patterns = {pattern.name: pattern.pattern.converters for pattern in urlpatterns}
    return tuple(patterns[address.name.removeprefix("newsroom:")])


NOT_BY_STORY = (
    "newsroom:tip", "newsroom:tip_thanks", "newsroom:understood", "newsroom:stories", "newsroom:gather", "newsroom:photo", "newsroom:tips",
    "newsroom:tip_at_desk", "newsroom:alarm", "newsroom:close_alarm", "newsroom:take_up", "newsroom:decline", "newsroom:duplicate",
)  # fmt: skip


def bomb() -> SimpleUploadedFile:
    """A PNG of a few bytes that says it is 30,000 pixels wide and high."""

    def part(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = part(b"IHDR", struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0))
    return SimpleUploadedFile(
        "bom.png", b"\x89PNG\r\n\x1a\n" + head + part(b"IDAT", zlib.compress(b"\x00" * 1000)) + part(b"IEND", b""), "image/png"
    )


@pytest.mark.parametrize("kind", ["none", "large", "bomb"])
def test_a_photo_that_cannot_be_used_is_refused_with_the_form(cast: Cast, browsers: dict[str, Client], settings: Any, kind: str) -> None:
    draft = story_in("written", cast)
    if kind == "large":
        settings.UPLOAD_MAX_BYTES = 1000
    sent = {"none": SimpleUploadedFile("foto.jpg", b"bukan foto" * 50, "image/jpeg"), "large": photo_file(), "bomb": bomb()}[kind]
    answer = browsers["anggota"].post(
        reverse("newsroom:illustrate", kwargs={"pk": draft.pk}),
        {"upload": sent, "alt": "Pipa yang disambung", "credit": "Joko Prasetyo, warga", "version": draft.version},
    )
    page = unescape(answer.text)
    assert answer.status_code in (400, 409, 413, 422)
    assert "Pipa yang disambung" in page and "Joko Prasetyo, warga" in page
    assert {"none": "Ini bukan foto yang kami kenal", "large": "Pilih yang lebih kecil", "bomb": "terlalu besar"}[kind] in page
    assert not Photo.objects.exists()


def test_a_button_pressed_twice_publishes_once_and_says_so(cast: Cast, browsers: dict[str, Client]) -> None:
    story = story_in("verified", cast)
    address, sent = reverse("newsroom:publish", kwargs={"pk": story.pk}), {"version": story.version}
    assert browsers["redaktur"].post(address, sent).status_code == 302
    again = browsers["redaktur"].post(address, sent)
    assert again.status_code == 302 and again["Location"].endswith("?selesai=newsroom.publish")  # a second tap is no refusal
    other = browsers["pemeriksa"].post(address.replace("penerbitan", "pengembalian"), {"reason": "Angkanya keliru.", "version": 0})
    assert other.status_code == 409 and "terbit" in unescape(other.text).lower()
    assert Entry.of(story).filter(action="newsroom.publish").count() == 1


def test_a_button_from_a_page_that_is_out_of_date_does_nothing(cast: Cast, browsers: dict[str, Client]) -> None:
    story = story_in("verified", cast)
    answer = browsers["redaktur"].post(reverse("newsroom:publish", kwargs={"pk": story.pk}), {"version": story.version - 1})
    assert answer.status_code == 409
    assert "Ada yang mengubah ini sesudah Anda membukanya" in unescape(answer.text)
    assert Story.objects.get(pk=story.pk).state == "verified"


RIGHT_TO_LEFT, NO_WIDTH, BLANK = "\u202e", "\u200b", "\u3164"


def test_signs_nobody_sees_stand_in_no_headline_and_no_name(cast: Cast, browsers: dict[str, Client]) -> None:
    """A headline that reads backwards, a name with holes in it: taken out, and what is left is what people see."""
    draft = story_in("written", cast, words={"headline": f"Air {RIGHT_TO_LEFT}mengalir{NO_WIDTH} lagi{BLANK}"})
    assert draft.headline == "Air mengalir lagi"
    assert Person.enter(f"Siti{NO_WIDTH} {RIGHT_TO_LEFT}Rahayu").name == "Siti Rahayu"
    page = browsers["anggota"].get(reverse("newsroom:story", kwargs={"pk": draft.pk})).text
    assert not {RIGHT_TO_LEFT, NO_WIDTH, BLANK} & set(page)


def test_a_text_that_shows_other_words_than_it_holds_is_put_before_a_second_person(cast: Cast) -> None:
    story = story_in("verified", cast, words={"body": f"Kirim ke rekening {RIGHT_TO_LEFT}1234 5678 milik bendahara."})
    assert story.holds.get().found[0].cause == "hidden"
    with pytest.raises(NotNow, match="orang kedua"):
        newsroom.publish(story, by=cast.redaktur)


def test_ten_thousand_links_are_a_sentence_and_a_hundred_are_looked_at(cast: Cast, browsers: dict[str, Client]) -> None:
    draft = story_in("written", cast)
    fields = FACTS | WORDS | {"version": draft.version}
    flood = " ".join(f"https://desa.id/{number}" for number in range(10_000))
    answer = browsers["anggota"].post(reverse("newsroom:write", kwargs={"pk": draft.pk}), fields | {"body": flood})
    assert answer.status_code == 400 and "Terlalu panjang" in unescape(answer.text) and "https://desa.id/9999" in answer.text
    hundred = story_in("submitted", cast, words={"body": " ".join(f"https://desa.id/{number}" for number in range(100))})
    assert [found.cause for found in hundred.holds.get().found] == ["flood"]
