"""A story as it leaves the screen: on the notice board, as a picture that is passed on, as text to copy.

Paper is Indonesian whatever the language of the page it was asked from. Nothing here changes with the hour, only with the record.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from kentongan.core.language import HOUSE
from kentongan.documents import qr
from kentongan.newsroom import markdown
from kentongan.newsroom.models import Story, StoryPhoto
from kentongan.portal.reading.lists import published
from kentongan.portal.reading.trust import StoryPage
from kentongan.ui import speaking, writing

POSTER_MOST = 2400
"""Letters of a story's text that may get on its poster; more never fits in a size that is read standing."""
BOARD_MOST = 1600
SENTENCE_MOST = 400
"""A longer sentence is set in parts, each ending with a word."""
PHOTO_WIDTH = 960
"""Pixels: 140 to the inch across a poster."""
PHOTO = "photo.jpg"
SHARE_PHOTO = (770, 0, 1200, 526)
"""The box the layout "share" leaves free."""
QR = "qr.svg"

Pictures = dict[str, bytes]


def poster(page: StoryPage) -> tuple[dict[str, Any], Pictures]:
    """What the layout "poster" sets, and its pictures."""
    story = page.story
    with override(HOUSE):
        photo, pictures = photo_of(story)
        words = {
            **about(page),
            "tagline": _("Kabar warga, diperiksa warga"),
            "kicker": kicker(story),
            "labels": list(labels(page)),
            **correction(page),
            "body": pieces(text_of(story), POSTER_MOST),
            "more": _("Lanjutannya di halaman kabar: pindai kode QR."),
            "photo": photo,
            "published": _("Terbit %(at)s") % {"at": writing.when(published(story), story.region)},
            "address": where(story.group),
            "scan": _("Pindai kode ini atau buka alamat di bawah untuk membaca selengkapnya dan menanggapi:"),
            "demo": demo(story),
        }
        return words, pictures | {QR: qr.svg(page.short_url)}


def share_image(page: StoryPage) -> tuple[dict[str, Any], bytes | None]:
    """What the layout "share" draws, and the photo for the box it leaves free."""
    with override(HOUSE):
        photo, pictures = photo_of(page.story)
        said = " · ".join(row["title"] for row in labels(page))
        words = {**about(page), "kicker": kicker(page.story), "label": said, "photo": photo, **correction(page)}
        words |= {"demo": demo(page.story), "demo-short": _("contoh")}
        return words, pictures.get(PHOTO)


def about(page: StoryPage) -> dict[str, Any]:
    """What every print of a story says."""
    story = page.story
    return {
        "title": story.title,
        "group": story.group.name,
        "place": story.group.region.full_label,
        "headline": story.title,
        "summary": story.summary,
        "trust": together(page.trust.line),
        "link": shown(page.short_url),
    }


def board(page: StoryPage) -> dict[str, Any]:
    """The words for a notice board, to print (`labels`, `body` …) and as one text to copy (`text`)."""
    story = page.story
    with override(HOUSE):
        words = {**about(page), **correction(page), "labels": list(labels(page)), "link": page.short_url, "trust": page.trust.line}
        words["body"] = [{"kind": block["kind"], "words": " ".join(block["sentences"])} for block in pieces(text_of(story), BOARD_MOST)]
        words["published"] = _("Terbit %(at)s") % {"at": writing.when(published(story), story.region)}
        return words | {"text": "\n\n".join(part for part in _board_lines(story, words) if part)}


def _board_lines(story: Story, words: dict[str, Any]) -> Iterator[str]:
    yield f"{words['group']} · {words['place']}\n{kicker(story)}"
    yield from (f"{row['title']} {row['text']}".strip() for row in words["labels"])
    yield from (story.title.upper(), story.summary)
    if words["correction"]:
        yield f"{words['corrected']} {words['correction']} {words['corrections-more']}".strip()
    yield from (("- " if block["kind"] == "li" else "") + block["words"] for block in words["body"])
    yield f"{words['trust']}\n{words['published']}"
    yield _("Selengkapnya: %(link)s") % {"link": words["link"]}


def kicker(story: Story) -> str:
    """Kind and place in one line."""
    return " · ".join(part for part in (str(story.get_kind_display()), story.place) if part)


def labels(page: StoryPage) -> Iterator[dict[str, str]]:
    """What must be said before the words: whose they are, that it is urgent, that the group is not yet verified."""
    story = page.story
    if origin := story.origin_label():
        yield {"kind": "", "title": origin, "text": story.origin_note()}
    if page.trust.urgent:
        yield {"kind": "bad", "title": _("Kabar mendesak, terbit tanpa dibahas dulu."), "text": page.trust.urgent}
    if story.interest_note:
        yield {"kind": "", "title": _("Kepentingan penulis:"), "text": story.interest_note}
    if story.group.unverified:
        yield {"kind": "", "title": _("%(name)s belum diverifikasi Diskominfo.") % {"name": story.group.name}, "text": ""}


def correction(page: StoryPage) -> dict[str, str]:
    """The newest correction, and how many there are besides; empty without one."""
    rows = page.corrections
    if not rows or rows[0].confirmed_at is None:
        return {"corrected": "", "correction": "", "corrections-more": ""}
    more = _("(%(n)s ralat lain ada di halaman kabar.)") % {"n": len(rows) - 1} if len(rows) > 1 else ""
    date = writing.date_only(rows[0].confirmed_at, page.story.region)
    return {"corrected": _("Diralat %(date)s:") % {"date": date}, "correction": rows[0].what, "corrections-more": more}


def text_of(story: Story) -> str:
    """The words under the summary; of a story passed on, the group's own words first, then the original's."""
    return "\n\n".join(dict.fromkeys(text for text in (story.body, story.original.body) if text))


def pieces(text: str, most: int) -> list[dict[str, Any]]:
    """The first `most` letters of a text in whole sentences, as blocks (kind, sentences)."""
    found: list[dict[str, Any]] = []
    left = most
    for kind, words in markdown.blocks(text):
        sentences: list[str] = []
        for sentence in (part for whole in speaking.sentences(words) for part in shortened(whole)):
            left -= len(sentence)
            if left < 0:
                break
            sentences.append(sentence)
        found += [{"kind": kind, "sentences": sentences}] if sentences else []
        if left < 0:
            break
    while found and found[-1]["kind"] == "h":
        found.pop()
    return found


def shortened(sentence: str) -> list[str]:
    """A sentence in parts of at most about SENTENCE_MOST letters, each ending with a word."""
    parts = [""]
    for word in sentence.split():
        if parts[-1] and len(parts[-1]) + len(word) > SENTENCE_MOST:
            parts.append("")
        parts[-1] = f"{parts[-1]} {word}".strip()
    return [part for part in parts if part]


def photo_of(story: Story) -> tuple[dict[str, Any] | None, Pictures]:
    """The story's photo as a layout takes it, and its file; none while it is not public."""
    picture = story.picture
    file = photo_file(picture) if picture else None
    if picture is None or file is None:
        return None, {}
    credit = _("Foto: %(credit)s") % {"credit": picture.credit} if picture.credit else ""
    ratio = (picture.photo.height or 1) / (picture.photo.width or 1)
    return {"file": PHOTO, "alt": picture.alt or _("Foto kabar ini"), "credit": credit, "ratio": ratio}, {PHOTO: file}


def photo_file(picture: StoryPhoto) -> bytes | None:
    """The bytes of a public photo in about PHOTO_WIDTH."""
    photo = picture.photo
    if not (photo.public and photo.widths):
        return None
    width = max((width for width in photo.widths if width <= PHOTO_WIDTH), default=photo.widths[0])
    file = photo.open(width, "jpg")
    if file is None:
        return None
    with file:
        return file.read()


def where(group: Any) -> str:
    """Where one finds the group."""
    found = ", ".join(part for part in (group.secretariat, group.contact) if part)
    return _("Sekretariat: %(where)s") % {"where": found} if found else ""


def demo(story: Any) -> str:
    """What an invented story says of itself, on paper too."""
    return _("Contoh: orang dan peristiwa dalam kabar ini karangan.") if story.demo else ""


def shown(address: str) -> str:
    """An address as one types it."""
    return address.removeprefix(f"{urlsplit(settings.SITE_URL).scheme}://").rstrip("/")


def together(line: str) -> str:
    """A line of facts that breaks only between them."""
    return " · ".join(part.replace(" ", "\u00a0") for part in line.split(" · "))
