"""Why a story can be believed: its sources, its checks, and what the public is told about both."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from kentongan.accounts.models import Person
from kentongan.core.models import Acted, Entry
from kentongan.newsroom.models.versions import Revision
from kentongan.newsroom.settings import POINT_MAX, parted
from kentongan.newsroom.suspicion import is_short
from kentongan.regions.models import RegionSetting, SettingOrigin
from kentongan.ui.writing import date_only
from kentongan.vault.models import SealedContact

if TYPE_CHECKING:
    from kentongan.newsroom.models.corrections import Correction
    from kentongan.newsroom.models.stories import Story


class Source(Acted):
    """Where a story's facts come from; the contact is sealed and never leaves the room."""

    class State(models.TextChoices):
        NAMED = "named", _("disebut")
        REMOVED = "removed", _("dihapus dari kabar")

    story = models.ForeignKey("newsroom.Story", on_delete=models.PROTECT, related_name="sources")
    who = models.CharField(_("siapa atau apa sumbernya"), max_length=160)
    how = models.CharField(_("bagaimana didapat, dan kapan"), max_length=160)  # "ditemui di lokasi 12 Nov"
    supports = models.CharField(_("apa yang didukung sumber ini"), max_length=160, blank=True, default="", db_default="")
    link = models.URLField(_("tautan"), max_length=500, blank=True)
    contact = models.ForeignKey(SealedContact, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    unnamed = models.BooleanField(_("jangan tampilkan namanya kepada umum"), default=False)
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["named", "removed"]), name="source_state"),
            models.CheckConstraint(
                condition=~Q(who=""), name="source_says_who", violation_error_message=_("Sebutkan siapa atau apa sumbernya.")
            ),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return self.who

    @property
    def link_is_short(self) -> bool:
        """Whether its link hides where it leads."""
        return is_short(self.link)


class Check(models.Model):
    """One tick of the checklist as it was given when the story was verified: what was done, by whom. Append-only."""

    class Item(models.TextChoices):
        SOURCE = "source", _("Sumber dihubungi")
        DATE_PLACE = "date_place", _("Tanggal dan tempat")
        NUMBERS = "numbers", _("Angka")
        NAMES = "names", _("Nama dan jabatan")
        PICTURE = "picture", _("Foto dari kejadian ini")
        OTHER_SIDE = "other_side", _("Pihak lain didengar")
        REGION = "region", _("Butir tambahan wilayah")

    story = models.ForeignKey("newsroom.Story", on_delete=models.PROTECT, related_name="checks")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="checks")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")  # the line of the record: ticks given together
    item = models.CharField(max_length=12, choices=Item.choices)
    words = models.CharField(max_length=POINT_MAX, blank=True, default="")
    """What a region asks besides, as it was worded that day; `rule` says by which of its rules."""
    rule = models.ForeignKey(RegionSetting, null=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(_("apa yang dilakukan"), max_length=200)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "item", "words"], name="one_tick_an_item"),
            models.CheckConstraint(condition=Q(item="region") ^ Q(words=""), name="a_regions_point_has_words"),
            models.CheckConstraint(
                condition=~Q(note=""),
                name="check_says_what_was_done",
                violation_error_message=_("Sebutkan apa yang dilakukan pada tiap butir."),
            ),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.item}: {self.note}"

    @property
    def label(self) -> str:
        """What was asked, for people."""
        return self.words or str(self.get_item_display())


@dataclass(frozen=True)
class Point:
    """One thing a checker answers for: `name` in the form and the notes, `label` for people; of a region also its words and its rule."""

    name: str
    label: str
    item: str
    words: str = ""
    origin: SettingOrigin | None = None

    @property
    def asked_by(self) -> str:
        """Who asks, by which rule, and that "not here" is an answer; empty for this project's own."""
        if self.origin is None:
            return ""
        said = gettext("Diminta %(place)s: %(source)s. Tidak berlaku? Tulis mengapa.")
        return said % {"place": self.origin.place, "source": self.origin.source}

    @classmethod
    def of(cls, item: str) -> "Point":
        """One of this project's own items."""
        return cls(item, str(Check.Item(item).label), item)


def points_of(items: list[str], kind: str, origin: SettingOrigin) -> list[Point]:
    """These items and what the region asks besides for this kind of story: its own words, or one of ours by its name. Never fewer."""
    named = {str(item.label).casefold(): item.value for item in Check.Item}
    points = {item: Point.of(item) for item in items}
    for number, line in enumerate(origin.value):
        only, text = parted(line)
        if only in ("", kind):
            item = named.get(text.casefold(), "")
            point = Point.of(item) if item else Point(f"wilayah_{number}", text, Check.Item.REGION, text, origin)
            points.setdefault(point.name, point)
    return list(points.values())


@dataclass(frozen=True)
class Trust:
    """What the public is told about how a story came to be, as facts of the record.

    `checks` are the ticks of the check that led to publication, `sources` those named today, `versions` every revision, oldest first.
    """

    story: "Story"
    checks: tuple["Check", ...]
    sources: tuple["Source", ...]
    versions: tuple["Revision", ...]

    @property
    def checker(self) -> Person | None:
        return self.story.verifier

    @property
    def date(self) -> datetime | None:
        """When it was checked."""
        return self.story.verified_at

    @property
    def source_count(self) -> int:
        return len(self.sources)

    @property
    def corrections(self) -> list["Correction"]:
        """Confirmed ones, oldest first."""
        return [version.correction for version in self.versions if hasattr(version, "correction")]

    @property
    def urgent(self) -> str:
        """Why it went out undiscussed; empty when it was discussed."""
        story = self.story
        return "" if story.discussants or story.second_pair_id else story.urgent_reason

    @property
    def discussion(self) -> str:
        """One sentence on how it was talked over."""
        story = self.story
        if story.discussants:
            n = story.discussants
            return ngettext("Dibahas %(n)s orang lain sebelum diperiksa.", "Dibahas %(n)s orang lain sebelum diperiksa.", n) % {"n": n}
        if story.second_pair:
            return gettext("Dibaca bersama %(name)s sebelum diperiksa.") % {"name": story.second_pair.name}
        if story.urgent_reason:
            return gettext("Kabar mendesak: terbit tanpa dibahas dulu. %(reason)s") % {"reason": story.urgent_reason}
        return ""

    @property
    def line(self) -> str:
        """The trust line: "Diperiksa Siti R. 12 Nov 2026 · 2 sumber · 1 ralat"."""
        parts = []
        if self.checker and self.date:
            when = date_only(self.date, self.story.region)
            parts.append(gettext("Diperiksa %(name)s %(date)s") % {"name": self.checker.public_name, "date": when})
        parts.append(ngettext("%(n)s sumber", "%(n)s sumber", self.source_count) % {"n": self.source_count})
        if self.corrections:
            parts.append(ngettext("%(n)s ralat", "%(n)s ralat", len(self.corrections)) % {"n": len(self.corrections)})
        return " · ".join(parts)
