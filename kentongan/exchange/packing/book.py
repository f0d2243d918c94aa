"""A group's whole export: one zip that opens from a folder, without a network. Memory does not grow with it.

    kim-<slug>/index.html  README.txt  gaya.css  register.xlsx  kelompok.json  kelompok.html
               kabar/<number>-<title>.html and .json    kabar/index.html
               pembahasan/<number>-<subject>.html and .json    pembahasan/index.html
               bahan.json  bahan.html    foto/<key>-<width>.jpg and .avif

Names are made of numbers and of the letters a to z: nothing anybody wrote can lead out of the folder or be a name a system reserves.
"""

import json
import shutil
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import override

from kentongan.core.language import HOUSE
from kentongan.documents.sheets import write_xlsx
from kentongan.exchange.reading import book, sheets
from kentongan.groups.models import Group
from kentongan.media.cleaning import SAVES
from kentongan.media.models import Photo
from kentongan.newsroom import markdown
from kentongan.newsroom.models import Story

STYLE = Path(__file__).resolve().parent / "gaya.css"
TITLE_MOST = 50
"""Letters of a title in the name of a file."""


@dataclass(frozen=True)
class Line:
    """One thing in a list of the book."""

    href: str
    title: str
    meta: str


@dataclass
class Book:
    """The zip while it grows."""

    zip: ZipFile
    folder: str
    at: datetime
    counts: dict[str, int] = field(default_factory=dict)
    photos: set[str] = field(default_factory=set)

    def text(self, name: str, words: str) -> None:
        """A file of words, compressed."""
        self.zip.writestr(self._info(name, ZIP_DEFLATED), words)

    def data(self, name: str, value: Any) -> None:
        """A file for machines."""
        self.text(name, json.dumps(value, ensure_ascii=False, indent=1))

    def page(self, name: str, template: str, **context: Any) -> None:
        """A file for people."""
        up = "../" * name.count("/")
        self.text(name, render_to_string(f"exchange/book/{template}.html", {"up": up, "at": self.at, **context}))

    def picture(self, photo: Photo) -> list[str]:
        """Every clean rendition of a photo, a piece at a time; answers with the names of those for people, narrow to wide."""
        if not photo.ready:
            return []
        names = [(f"foto/{photo.name(width, ending)}", width, ending) for width in photo.widths for ending in SAVES]
        for name, width, ending in names if photo.key not in self.photos else ():
            self._copy(name, photo.open(width, ending))
        self.photos.add(photo.key)
        return [name for name, _width, ending in names if ending == "jpg"]

    def _copy(self, name: str, source: Any) -> None:
        if source is None:
            return
        with source, self.zip.open(self._info(name, ZIP_STORED), "w", force_zip64=True) as target:
            shutil.copyfileobj(source, target, 1 << 16)

    def _info(self, name: str, how: int) -> ZipInfo:
        info = ZipInfo(f"{self.folder}/{name}", self.at.timetuple()[:6])
        info.compress_type, info.external_attr = how, 0o644 << 16
        return info

    def count(self, what: str) -> None:
        """One more of these is in it."""
        self.counts[what] = self.counts.get(what, 0) + 1


@dataclass(frozen=True)
class Packed:
    """What came of it."""

    size: int
    sha256: str
    contents: dict[str, int]


def pack(group: Group, to: Path) -> Packed:
    """Write everything `group` has here to the file `to`. Raises OSError when there is no room."""
    to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with override(HOUSE), ZipFile(to, "w", ZIP_DEFLATED, allowZip64=True) as zip:
        made = Book(zip, f"kim-{slugify(group.slug)[:TITLE_MOST] or group.pk}", timezone.localtime(timezone=group.region.tz))
        _write(made, group)
    return Packed(to.stat().st_size, _digest(to), made.counts)


def _write(made: Book, group: Group) -> None:
    made.text("gaya.css", STYLE.read_text())
    told = _stories(made, group)
    talked = _topics(made, group)
    _tips(made, group)
    _group(made, group)
    _register(made, group)
    made.counts["foto"] = len(made.photos)
    facts = book.group_data(group)
    made.page("kabar/index.html", "list", title="Kabar", lines=told, group=facts)
    made.page("pembahasan/index.html", "list", title="Pembahasan", lines=talked, group=facts)
    made.page("index.html", "index", group=facts, stories=told[-10:][::-1], counts=made.counts)
    made.text("README.txt", render_to_string("exchange/book/README.txt", _about(made, facts)))


def _about(made: Book, group: dict[str, Any]) -> dict[str, Any]:
    return {"group": group, "at": made.at, "counts": made.counts, "site": settings.SITE_URL, "name": settings.SITE_NAME}


def _stories(made: Book, group: Group) -> list[Line]:
    lines: list[Line] = []
    for story in book.stories(group):
        name = f"kabar/{story.pk}-{slugify(story.title)[:TITLE_MOST].strip('-') or 'kabar'}"
        data = book.story_data(story) | {"photos": [_picture(made, row) for row in story.pictures.all()]}
        made.data(f"{name}.json", data)
        made.page(f"{name}.html", "story", story=data, body=markdown.html(story.body), title=story.title, place=story.region)
        when = story.published_at or story.changed_at
        lines.append(Line(f"{name}.html", story.title, f"{_date(when, story)} · {story.state_label}"))
        made.count("kabar")
    return lines


def _picture(made: Book, row: Any) -> dict[str, Any]:
    """A photo of a story with what is said about it and the names of its files."""
    files = made.picture(row.photo)
    return {"files": files, "alt": row.alt, "credit": row.credit, "shows_vulnerable": row.shows_vulnerable, "consent": row.consent}


def _date(moment: datetime, story: Story) -> str:
    return f"{moment.astimezone(story.region.tz):%Y-%m-%d}"


def _topics(made: Book, group: Group) -> list[Line]:
    lines: list[Line] = []
    for topic in book.topics(group):
        name = f"pembahasan/{topic.pk}-{slugify(topic.subject)[:TITLE_MOST].strip('-') or 'pembahasan'}"
        data = book.topic_data(topic)
        made.data(f"{name}.json", data)
        made.page(f"{name}.html", "topic", topic=data, title=topic.subject)
        lines.append(Line(f"{name}.html", topic.subject, f"{data['opened_at'][:10]} · {data['state']}"))
        made.count("pembahasan")
    return lines


def _tips(made: Book, group: Group) -> None:
    rows = list(book.tips(group))
    made.data("bahan.json", rows)
    made.page("bahan.html", "tips", rows=rows, title="Bahan dari warga")
    made.counts["bahan"] = len(rows)


def _group(made: Book, group: Group) -> None:
    people = list(book.members(group))
    steps = [book.step_data(step) | {"photos": _pages(made, step)} for step in book.steps(group)]
    decrees = [book.decree_data(decree) | {"photos": _pages(made, decree)} for decree in book.decrees(group)]
    facts = book.group_data(group) | {"members": people, "steps": steps, "decrees": decrees} | _papers(made, group)
    made.data("kelompok.json", facts)
    made.page("kelompok.html", "group", group=facts, title=group.name)
    made.counts |= {"orang": len(people), "sk": len(decrees), "langkah": len(steps)}


def _papers(made: Book, group: Group) -> dict[str, Any]:
    """Its own papers and what it says it has, each with its pictures."""
    deeds = book.deeds(group)
    files = {deed.pk: [photo for one in deed.files.all() for photo in one.paper.pages] for deed in deeds}  # type: ignore[attr-defined]
    made.counts["naskah"] = len(deeds)
    return {
        "deeds": [book.deed_data(deed) | {"photos": [made.picture(photo) for photo in files[deed.pk] if photo.ready]} for deed in deeds],
        "items": [book.item_data(item) | {"photos": _pages(made, item)} for item in book.items(group)],
    }


def _pages(made: Book, row: Any) -> list[list[str]]:
    """The files of every picture that hangs on a row."""
    return [files for photo in book.pictures_of(row) if (files := made.picture(photo))]


def _register(made: Book, group: Group) -> None:
    with TemporaryDirectory(prefix="sheet-") as folder:
        file = BytesIO()
        write_xlsx(sheets.register(Group.objects.filter(pk=group.pk), members=True), file, folder)
    made.zip.writestr(made._info("register.xlsx", ZIP_STORED), file.getvalue())


def _digest(file: Path) -> str:
    seen = sha256()
    with file.open("rb") as read:
        for piece in iter(lambda: read.read(1 << 20), b""):
            seen.update(piece)
    return seen.hexdigest()
