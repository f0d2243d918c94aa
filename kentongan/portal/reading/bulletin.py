"""The weekly bulletin of a group, on two A4 pages: what was published, corrected and retracted in one week of its place.

Nothing in it depends on the hour it is asked for: of the running week it holds what was published, and says until when.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from kentongan.core.errors import NotThere
from kentongan.core.language import HOUSE
from kentongan.documents import qr
from kentongan.groups.models import Group
from kentongan.newsroom.models import Correction, Story
from kentongan.portal.reading import printed
from kentongan.portal.reading.addresses import whole
from kentongan.portal.reading.lists import UnknownCursor, published
from kentongan.portal.reading.trust import StoryPage
from kentongan.ui import writing

NAME = re.compile(r"([0-9]{4})-w([0-9]{2})", re.ASCII)
PAGE = 26
"""Weeks a page of the list has: half a year."""
SHORTS_MOST = 14
LEAD_MOST = 3200
TOLD_MOST = 5
"""Corrections, and retractions, that are told in full."""
STORIES_MOST = 200
"""Stories of one week that are weighed; nobody writes more."""


@dataclass(frozen=True)
class Week:
    """An ISO week (Monday to Sunday) on the clock of a group's place."""

    group: Group
    year: int
    number: int

    @property
    def name(self) -> str:
        """As it stands in an address: `2026-w48`."""
        return f"{self.year:04}-w{self.number:02}"

    @property
    def monday(self) -> date:
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def starts(self) -> datetime:
        return datetime.combine(self.monday, time(), self.group.region.tz)

    @property
    def ends(self) -> datetime:
        """The first moment of the next week."""
        return datetime.combine(self.monday + timedelta(days=7), time(), self.group.region.tz)

    @property
    def label(self) -> str:
        """ "23–29 Nov 2026", "30 Nov–6 Des 2026", "28 Des 2026–3 Jan 2027"."""
        first, last = self.monday, self.monday + timedelta(days=6)
        ending = writing.date_only(last)
        if first.year != last.year:
            return f"{writing.date_only(first)}–{ending}"
        return f"{first.day if first.month == last.month else writing.date_only(first).rpartition(' ')[0]}–{ending}"

    @property
    def address(self) -> str:
        return reverse("portal:bulletin", args=[self.group.slug, self.name])

    def stories(self) -> list[Story]:
        """What was published in it and still stands, the most important first: urgent ones, then what most people talked over, then those
        with a photo, then the newest."""
        rows = Story.objects.published().filter(group=self.group, published_at__gte=self.starts, published_at__lt=self.ends)
        found = list(rows.whole().order_by("-published_at", "-id")[:STORIES_MOST])
        return sorted(found, key=lambda story: (story.urgent, story.discussants, story.picture is not None, published(story)), reverse=True)

    def corrections(self) -> list[Correction]:
        """What was corrected in it, of stories that still stand, the newest first; also of stories of earlier weeks."""
        rows = Correction.objects.filter(story__group=self.group, story__state=Story.State.PUBLISHED, state=Correction.State.CONFIRMED)
        within = rows.filter(confirmed_at__gte=self.starts, confirmed_at__lt=self.ends)
        return list(within.select_related("story__region").order_by("-confirmed_at", "-id")[: TOLD_MOST + 1])

    def retracted(self) -> list[Story]:
        """What the group retracted in it, the newest first."""
        rows = Story.objects.filter(group=self.group, state=Story.State.RETRACTED)
        return list(rows.filter(retracted_at__gte=self.starts, retracted_at__lt=self.ends).order_by("-retracted_at", "-id")[:TOLD_MOST])


def week_named(group: Group, name: str) -> Week:
    """The week of an address. Raises NotThere for what is no week."""
    found = NAME.fullmatch(name)
    try:
        week = Week(group, int(found[1]), int(found[2])) if found else None
        if week is None or not 2000 <= week.monday.year < 2200:
            raise ValueError(name)
    except ValueError as wrong:
        raise NotThere(_("Tidak ada minggu dengan nama ini. Pilih dari daftar buletin.")) from wrong
    return week


@dataclass(frozen=True)
class Weeks:
    """One page of the list; `older` is the mark the next begins at, empty on the last one."""

    rows: list[tuple[Week, str]]
    """Each week with how many stories it has, in words."""
    older: str


def weeks(group: Group, mark: str = "") -> Weeks:
    """The weeks in which the group published, the newest first: one walk from week to week on its index. Raises UnknownCursor."""
    before = "infinity"
    if mark:
        try:
            before = week_named(group, mark).starts.isoformat()
        except NotThere as wrong:
            raise UnknownCursor from wrong
    found = [(Week(group, *monday.isocalendar()[:2]), count) for monday, count in _walk(group, before)]
    rows = [(week, ngettext("%(n)s kabar", "%(n)s kabar", count) % {"n": count}) for week, count in found[:PAGE]]
    return Weeks(rows, rows[-1][0].name if len(found) > PAGE else "")


def _walk(group: Group, before: str) -> list[tuple[date, int]]:
    """Mondays and their numbers of stories. Each step asks the index for the newest story before the Monday of the last one."""
    hours = group.region.tz.utcoffset(datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)) or timedelta()
    newest = (
        "select date_trunc('week', (published_at + %(shift)s) at time zone 'UTC') as monday from newsroom_story "
        "where group_id = %(group)s and state = 'published' and published_at < {before} order by published_at desc, id desc limit 1"
    )
    beginning = "(week.monday at time zone 'UTC') - %(shift)s"
    sql = f"""
        with recursive week as (
            ({newest.format(before="%(before)s::timestamptz")})
            union all
            select older.monday from week cross join lateral ({newest.format(before=beginning)}) as older
        )
        select monday::date, (
            select count(*) from newsroom_story where group_id = %(group)s and state = 'published'
            and published_at >= {beginning} and published_at < {beginning} + interval '7 days'
        ) from week limit {PAGE + 1}
    """  # noqa: S608 (nothing in it comes from outside)
    with connection.cursor() as cursor:
        values: dict[str, Any] = {"group": group.pk, "shift": hours, "before": before}
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def bulletin(week: Week) -> tuple[dict[str, Any], dict[str, bytes]]:
    """What the layout "bulletin" sets, and its pictures. Raises NotThere for a week without stories."""
    stories = week.stories()
    if not stories:
        raise NotThere(_("Tidak ada kabar yang terbit pada minggu %(week)s, jadi tidak ada buletinnya.") % {"week": week.label})
    group = week.group
    with override(HOUSE):
        photo, pictures = printed.photo_of(stories[0])
        corrections = week.corrections()
        page = whole(group.get_absolute_url())
        words = {
            "title": _("Buletin %(group)s, %(week)s") % {"group": group.name, "week": week.label},
            "kind": _("Buletin mingguan"),
            "group": group.name,
            "place": group.region.full_label,
            "week": week.label,
            "until": until(stories, corrections, group),
            "lead": lead(stories[0], photo),
            "shorts-title": _("Kabar pendek"),
            "shorts": [short(story) for story in stories[1 : SHORTS_MOST + 1]],
            "others": max(0, len(stories) - SHORTS_MOST - 1),
            "others-text": _("Masih ada {n} kabar lain minggu ini: baca di halaman kami."),
            "corrections-title": _("Ralat minggu ini"),
            "corrections": [corrected(row) for row in corrections[:TOLD_MOST]],
            "withdrawn-title": _("Kabar yang dicabut minggu ini"),
            "withdrawn": [withdrawn(story) for story in week.retracted()],
            "contact-title": _("Hubungi kami"),
            "contact": list(contact(group)),
            "slip-title": _("Ada kabar dari lingkungan Anda?"),
            "slip": _("Tulis apa, di mana, kapan, dan siapa yang bisa ditanya. Gunting, lalu titipkan kepada anggota kami."),
            "scan": _("Pindai kode ini untuk membuka halaman kami:"),
            "link": printed.shown(page),
            "demo": printed.demo(group),
        }
        return words, pictures | {printed.QR: qr.svg(page)}


def until(stories: Iterable[Story], corrections: Iterable[Correction], group: Group) -> str:
    """Up to which moment it holds what happened: the last publication or correction in it. True in the running week and for ever after."""
    moments = [*(published(story) for story in stories), *(row.confirmed_at for row in corrections if row.confirmed_at)]
    return _("Memuat kabar sampai %(at)s") % {"at": writing.when(max(moments), group.region)}


def lead(story: Story, photo: dict[str, Any] | None) -> dict[str, Any]:
    """The first story, with the beginning of its text."""
    page = StoryPage(story)
    label = " ".join(f"{row['title']} {row['text']}".strip() for row in printed.labels(page))
    words = {**printed.about(page), "kicker": printed.kicker(story), "label": label, "photo": photo}
    words["body"] = printed.pieces(printed.text_of(story), LEAD_MOST)
    return words | {"more": _("Lanjutannya di %(link)s") % {"link": words["link"]}}


def short(story: Story) -> dict[str, str]:
    """A short piece: headline, summary, who checked it, where to read on."""
    facts = [writing.date_only(published(story), story.region)]
    facts += [_("diperiksa %(name)s") % {"name": story.verifier.public_name}] if story.verifier else []
    facts += (
        [ngettext("%(n)s ralat", "%(n)s ralat", story.correction_count) % {"n": story.correction_count}] if story.correction_count else []
    )
    return {
        "kicker": printed.kicker(story),
        "headline": story.title,
        "label": story.origin_label(),
        "summary": story.summary,
        "trust": " · ".join(facts),
        "link": printed.shown(StoryPage(story).short_url),
    }


def corrected(row: Correction) -> dict[str, str]:
    """A correction: of which story, what is right."""
    assert row.confirmed_at is not None  # only confirmed ones are asked for
    title = _("%(title)s, diralat %(date)s:") % {"title": row.story.title, "date": writing.date_only(row.confirmed_at, row.story.region)}
    return {"title": title, "text": row.what}


def withdrawn(story: Story) -> dict[str, str]:
    """A retraction, without repeating what was retracted."""
    at = story.published_at
    of = _("Kabar nomor %(n)s, terbit %(date)s:") % {"n": story.pk, "date": writing.date_only(at, story.region)} if at else ""
    return {"title": of or _("Kabar nomor %(n)s:") % {"n": story.pk}, "text": story.retraction_reason}


def contact(group: Group) -> Iterable[str]:
    """How to reach the group and to bring it news."""
    if place := printed.where(group):
        yield place
    yield _("Ada yang perlu dikabarkan, keliru, atau kurang? Beri tahu anggota kami, atau kirim lewat halaman kami. Tidak perlu akun.")
