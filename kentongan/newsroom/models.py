"""From raw material to a public page, and back: tips, stories, sources, checks, corrections, flags."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from functools import wraps
from typing import Any, ClassVar, Self, TypeVar
from urllib.parse import unquote

from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kentongan.accounts.models import Person
from kentongan.core.errors import NotNow
from kentongan.core.models import Acted, Entry
from kentongan.discussions.models import Contribution, Topic
from kentongan.groups.models import Group, Located, Membership, Office, posts_of
from kentongan.media.models import Photo
from kentongan.newsroom import markdown
from kentongan.newsroom.settings import CHECKLISTS
from kentongan.regions.models import Region
from kentongan.ui.writing import date_only, number
from kentongan.vault.models import SealedContact

BODY_MAX = 20_000
SUMMARY_MAX = 280
BARE_ADDRESS = re.compile(r"(?<![\w@./-])(?:[\w-]{1,63}\.){1,4}[a-z]{2,24}\b", re.IGNORECASE)
"""An address without https://, which WhatsApp and browsers turn into a link all the same."""
SHARE_MAX = 500
DIFF_PAIRS = 100_000
"""How many pairs of equal words two texts may have to be compared word by word: some three times those of 3,000 ordinary words."""


def too_long(thing: models.Model) -> str:
    """The sentence about the first text of `thing` that is longer than its field allows; empty when all fit. Says that nothing is lost."""
    for field in thing._meta.get_fields():
        most = getattr(field, "max_length", None)
        text = getattr(thing, field.name) if most else ""
        if isinstance(text, str) and most and len(text) > most:
            said = gettext(
                "“%(field)s” terlalu panjang: %(length)s huruf, paling banyak %(most)s. Pendekkan dulu; yang Anda tulis tidak hilang."
            )
            label = str(getattr(field, "verbose_name", field.name)).capitalize()
            return said % {"field": label, "length": number(len(text)), "most": number(most)}
    return ""


Answer = TypeVar("Answer")


def asked_once(question: Callable[[Any], Answer]) -> Callable[[Any], Answer]:
    """Keep the answer until the row's version changes: a page of buttons asks the same of one story many times."""

    @wraps(question)
    def ask(thing: Any) -> Answer:
        kept: dict[tuple[str, int], Answer] = thing.__dict__.setdefault("_answers", {})
        key = (question.__name__, thing.version)
        if key not in kept:
            kept[key] = question(thing)
        return kept[key]

    return ask


class Tips(models.QuerySet["Tip"]):
    """Tips by who may read them."""

    def visible_to(self, person: Person | None) -> Self:
        """Members of the group only."""
        if person is None:
            return self.none()
        return self.filter(group__in={post.group_id for post in posts_of(person) if isinstance(post, Membership)})


class Tip(Acted):
    """Raw material [Bahan]: what a member, or a resident without an account, brought."""

    class State(models.TextChoices):
        RECEIVED = "received", _("diterima")
        TAKEN_UP = "taken_up", _("diangkat jadi kabar")
        DECLINED = "declined", _("tidak diangkat")
        DUPLICATE = "duplicate", _("sudah ada yang sama")

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="tips")
    text = models.TextField(_("apa yang terjadi"), max_length=2000)
    place = models.CharField(_("di mana"), max_length=160, blank=True)
    happened = models.CharField(_("kapan"), max_length=80, blank=True)
    name = models.CharField(_("nama"), max_length=80, blank=True)
    contact = models.ForeignKey(SealedContact, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    brought_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField(auto_now_add=True)
    submission_key = models.CharField(max_length=64, unique=True, null=True)  # a form sent twice is one tip
    reason = models.CharField(_("alasan"), max_length=300, blank=True)

    objects = Tips.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["received", "taken_up", "declined", "duplicate"]), name="tip_state"),
            models.CheckConstraint(
                condition=~Q(text=""), name="tip_says_something", violation_error_message=_("Ceritakan dulu apa yang terjadi.")
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(reason=""),
                name="declined_tip_says_why",
                violation_error_message=_("Sebutkan alasannya, supaya yang mengirim bisa diberi tahu."),
            ),
        ]
        indexes = [models.Index(fields=["group", "-id"], name="tip_newest")]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def title(self) -> str:
        return self.text[:80]


class Stories(models.QuerySet["Story"]):
    """Stories by what the public sees, by place, and newest first."""

    def published(self) -> Self:
        return self.filter(state=Story.State.PUBLISHED)

    def due(self) -> Self:
        """Verified ones of groups that may publish whose scheduled time has come, the earliest first."""
        verified = self.filter(state=Story.State.VERIFIED, group__state__in=Group.PUBLISHING)
        return verified.filter(publish_at__lte=timezone.now()).order_by("publish_at", "id")

    def whole(self) -> Self:
        """With everybody and everything a story's page names, so that reading it costs one query."""
        return self.select_related("group__region", "region", "author", "verifier", "publisher", "second_pair", "illustration__photo")

    def recount(self) -> list[str]:
        """Put right every count kept by actions, of these stories and their groups, and say what differed."""
        own = [*_recount(self, _named_sources(), "source_count"), *_recount(self, _confirmed_corrections(), "correction_count")]
        return [*own, *_recount_groups()]

    def visible_to(self, person: Person | None) -> Self:
        """What is published, for everyone; what is being made, for members of its group. Offices see what the public sees."""
        public = Q(state=Story.State.PUBLISHED)
        if person is None:
            return self.filter(public)
        if person.operator:
            public |= Q(state=Story.State.WITHHELD)
        return self.filter(public | Q(group__in={post.group_id for post in posts_of(person) if isinstance(post, Membership)}))

    def within(self, region: Region) -> Self:
        """Those that lie in `region`, at any tier: equality on one code column."""
        from kentongan.groups.models import CODE_OF_LEVEL

        return self.filter(**{CODE_OF_LEVEL[region.level]: region.code})

    def newest(self, count: int, before: tuple[Any, int] | None = None) -> Self:
        """`count` published ones, newest first, older than the key (published_at, id) of the last one seen."""
        rows: Any = self.published().order_by("-published_at", "-id")
        if before is not None:
            rows = rows.extra(where=["(newsroom_story.published_at, newsroom_story.id) < (%s, %s)"], params=list(before))
        newest: Self = rows[:count]
        return newest


def _counted(rows: models.QuerySet[Any], by: str) -> Any:
    """How many of `rows` hang on each outer row by the key `by`, as an expression."""
    counts = rows.filter(**{by: OuterRef("pk")}).order_by().values(by).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counts), 0)


def _named_sources() -> Any:
    return _counted(Source.objects.filter(state=Source.State.NAMED), "story")


def _confirmed_corrections() -> Any:
    return _counted(Correction.objects.filter(state=Correction.State.CONFIRMED), "story")


def _recount(rows: models.QuerySet[Any], counted: Any, column: str) -> Iterable[str]:
    for row in rows.annotate(counted=counted).exclude(**{column: F("counted")}):
        yield f"{row._meta.model_name} {row.pk}: {column} {getattr(row, column)} → {row.counted}"
        type(row)._default_manager.filter(pk=row.pk).update(**{column: counted})


def _recount_groups() -> Iterable[str]:
    return _recount(Group.objects.all(), _counted(Story.objects.published(), "group"), "story_count")


class Story(Acted, Located):
    """A piece of news [Kabar] on its way from raw material to a public page."""

    TEXTS: ClassVar[tuple[str, ...]] = ("headline", "summary", "body")

    class State(models.TextChoices):
        GATHERED = "gathered", _("bahan terkumpul")
        WRITTEN = "written", _("sedang ditulis")
        SUBMITTED = "submitted", _("menunggu diperiksa")
        VERIFIED = "verified", _("sudah diperiksa")
        RETURNED = "returned", _("dikembalikan")
        PUBLISHED = "published", _("terbit")
        RETRACTED = "retracted", _("dicabut")
        WITHDRAWN = "withdrawn", _("dibatalkan")
        WITHHELD = "withheld", _("ditahan karena perintah hukum")

    class Kind(models.TextChoices):
        NEWS = "berita", _("Berita")
        NOTICE = "pengumuman", _("Pengumuman")
        POTENTIAL = "potensi", _("Potensi")
        ACHIEVEMENT = "prestasi", _("Prestasi")
        CULTURE = "budaya", _("Budaya")
        FARMING = "pertanian", _("Pertanian dan perikanan")
        GUIDE = "panduan", _("Panduan")
        URGENT = "serta-merta", _("Serta-merta (mendesak)")

    BEFORE_PUBLISHED: ClassVar[tuple[str, ...]] = ("gathered", "written", "submitted", "verified", "returned")

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="stories")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    """Where it happened: in the group's region; a Forum's story may lie in the district or regency itself."""
    kind = models.CharField(_("jenis"), max_length=12, choices=Kind.choices, default=Kind.NEWS)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    headline = models.CharField(_("judul"), max_length=140, blank=True)
    summary = models.CharField(_("ringkasan"), max_length=SUMMARY_MAX, blank=True)
    body = models.TextField(_("isi"), max_length=BODY_MAX, blank=True)
    what = models.TextField(_("apa yang terjadi"), max_length=2000, blank=True)
    place = models.CharField(_("di mana"), max_length=160)
    happened = models.CharField(_("kapan"), max_length=80, blank=True)
    who = models.CharField(_("siapa"), max_length=300, blank=True)
    why = models.TextField(_("mengapa"), max_length=1000, blank=True)
    how = models.TextField(_("bagaimana"), max_length=1000, blank=True)
    urgent_reason = models.CharField(_("mengapa mendesak"), max_length=200, blank=True)
    """Said publicly: an urgent story may go out without having been discussed."""
    second_pair = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    """Who read it with the author where there was no discussion: a second pair of eyes on record."""
    discussants = models.PositiveIntegerField(default=0, editable=False)
    """How many others had talked it over when it was submitted; 0 and no second pair: an urgent story that went undiscussed."""
    verifier = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    verified_at = models.DateTimeField(null=True, editable=False)
    return_reason = models.CharField(_("alasan dikembalikan"), max_length=500, blank=True)
    returned_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    publish_at = models.DateTimeField(_("terbit pada"), null=True, blank=True)  # scheduled
    publisher = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True, editable=False)
    changed_at = models.DateTimeField(auto_now=True)
    retraction_reason = models.CharField(_("alasan dicabut"), max_length=500, blank=True)
    retracted_at = models.DateTimeField(null=True, editable=False)
    order_reference = models.CharField(_("nomor perintah hukum"), max_length=160, blank=True)
    correction_count = models.PositiveIntegerField(default=0, editable=False)
    source_count = models.PositiveIntegerField(default=0, editable=False)
    submission_key = models.CharField(max_length=64, unique=True, null=True, editable=False)  # a form sent twice is one story
    demo = models.BooleanField(default=False)

    objects = Stories.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state__in=[
                        "gathered",
                        "written",
                        "submitted",
                        "verified",
                        "returned",
                        "published",
                        "retracted",
                        "withdrawn",
                        "withheld",
                    ]
                ),
                name="story_state",
            ),
            models.CheckConstraint(
                condition=~Q(place=""), name="story_says_where", violation_error_message=_("Sebutkan di mana kejadiannya.")
            ),
            models.CheckConstraint(
                condition=Q(verifier__isnull=True) | ~Q(verifier=F("author")),
                name="verifier_is_not_the_author",
                violation_error_message=_("Yang memeriksa bukan yang menulis."),
            ),
            models.CheckConstraint(
                condition=~Q(state="published")
                | Q(published_at__isnull=False, verifier__isnull=False, source_count__gte=1) & ~Q(summary=""),
                name="published_is_complete",
                violation_error_message=_("Kabar terbit harus punya tanggal, ringkasan, pemeriksa dan sumber."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["written", "submitted", "verified", "published"]) | ~Q(headline=""),
                name="written_has_a_headline",
                violation_error_message=_("Judulnya belum diisi."),
            ),
            models.CheckConstraint(
                condition=~Q(state="verified") | Q(verifier__isnull=False, verified_at__isnull=False),
                name="verified_says_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(return_reason=""),
                name="returned_says_why",
                violation_error_message=_("Sebutkan apa yang perlu diperbaiki."),
            ),
            models.CheckConstraint(
                condition=~Q(state="retracted") | ~Q(retraction_reason="") & Q(retracted_at__isnull=False),
                name="retracted_says_why",
                violation_error_message=_("Sebutkan mengapa dicabut: pembaca yang datang ke alamatnya membaca alasan itu."),
            ),
            models.CheckConstraint(
                condition=~Q(state="withheld") | ~Q(order_reference=""),
                name="withheld_names_the_order",
                violation_error_message=_("Sebutkan nomor perintah hukumnya: itu tampil untuk umum."),
            ),
            models.CheckConstraint(
                condition=Q(publish_at__isnull=True) | Q(state__in=["verified", "published", "retracted", "withheld", "withdrawn"]),
                name="only_verified_is_scheduled",
            ),
        ]
        indexes = [
            *(
                models.Index(
                    F(column), F("published_at").desc(), F("id").desc(), name=f"story_newest_{column[:8]}", condition=Q(state="published")
                )
                for column in ("province_code", "regency_code", "district_code", "village_code", "group_id")
            ),
            models.Index(F("published_at").desc(), F("id").desc(), name="story_newest", condition=Q(state="published")),
            models.Index(fields=["group", "state", "-changed_at"], name="story_desk"),
            models.Index(fields=["publish_at"], name="story_due", condition=Q(state="verified", publish_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The headline, or the beginning of what happened while there is none."""
        return self.headline or self.what[:80] or str(_("Kabar tanpa judul"))

    def share_text(self, address: str) -> str:
        """What is passed on by WhatsApp: headline, summary, who checked it, `address`; at most SHARE_MAX characters (domain/10)."""
        checker = gettext("Diperiksa %s, ") % self.verifier.name if self.verifier else ""
        end = f"\n\n{checker}{self.group.name}\n{address}"
        words = f"*{self.title}*\n\n{self.summary}"
        room = SHARE_MAX - len(end)
        return (words if len(words) <= room else words[: room - 1].rstrip() + "…") + end

    @property
    def urgent(self) -> bool:
        return bool(self.urgent_reason)

    def get_absolute_url(self) -> str:
        return reverse("portal:story", args=[self.group.slug, self.pk, slugify(self.headline)[:60].strip("-") or "kabar"])

    def sites(self) -> Iterable[str]:
        """The six sites it shows on: its group's, four portals, the nation's."""
        return [self.group.site, *self.region_sites()]

    @asked_once
    def writers(self) -> set[int]:
        """The ids of those who gathered it or wrote any revision: none of them may verify it."""
        return {self.author_id, *self.revisions.values_list("author_id", flat=True)}

    def wrote(self, person: Person) -> bool:
        """Whether this person wrote any revision (or gathered it): such a person may not verify it."""
        return person.pk in self.writers()

    @property
    def topic(self) -> Topic | None:
        """Where it is talked over."""
        return Topic.about_thing(self).exclude(state=Topic.State.MERGED).order_by("id").first()

    def discussed(self) -> bool:
        """A fact, not a state: somebody other than the author contributed to its topic, or a second pair of eyes is on record."""
        return bool(self.second_pair_id and self.second_pair_id != self.author_id) or self.count_discussants() > 0

    @asked_once
    def count_discussants(self) -> int:
        """How many people besides the author talked it over; what was taken back does not count."""
        said = Contribution.objects.filter(topic__in=Topic.about_thing(self), state=Contribution.State.SAID).exclude(person=self.author_id)
        return said.aggregate(people=Count("person", distinct=True))["people"] or 0

    @property
    def scheduled(self) -> bool:
        return self.state == self.State.VERIFIED and self.publish_at is not None

    @property
    def is_due(self) -> bool:
        """Whether the clock may publish it now."""
        return self.publish_at is not None and self.publish_at <= timezone.now()

    @property
    def picture(self) -> "StoryPhoto | None":
        """Its photo with what is said about it, or None."""
        return getattr(self, "illustration", None)

    def checklist(self) -> list[str]:
        """The items of `Check.Item` that its checker answers for: those of its kind, and its photo where it has one."""
        items = CHECKLISTS.get(self.kind, CHECKLISTS[self.Kind.NEWS])
        return [item for item in Check.Item.values if item in items or (item == Check.Item.PICTURE and self.picture)]

    def named_sources(self) -> "models.QuerySet[Source]":
        return self.sources.filter(state=Source.State.NAMED)

    @asked_once
    def suspect_words(self) -> list[str]:
        """The words that hold up a link in its region (gambling, adult), as they are compared."""
        return [_letters(word) for word in self.region.setting("newsroom.suspect_words")]

    @asked_once
    def suspect_links(self) -> list[str]:
        """Its links that carry a word of the region's list: what an injected text looks like. Text and sources."""
        links = self.named_sources().exclude(link="").values_list("link", flat=True)
        return self.suspects_in(f"{self.headline}\n\n{self.summary}\n\n{self.body}", links)

    def suspects_in(self, text: str, links: Iterable[str] = ()) -> list[str]:
        """The addresses in `text`, written out or bare ("nama.com"), and of `links`, that carry a word of the list, or stand under one."""
        found = [*markdown.links(text), *((address, "") for address in (*links, *BARE_ADDRESS.findall(text)))]
        suspect = (address for address, said in found if any(word in _letters(f"{address} {said}") for word in self.suspect_words()))
        return list(dict.fromkeys(suspect))

    def latest(self) -> "Revision | None":
        """The newest version of its words."""
        return self.revisions.order_by("-number").first()

    @asked_once
    def count_versions(self) -> int:
        """How many versions of its words there are."""
        return self.revisions.count()

    def revise(self, by: Person) -> "Revision":
        """Keep its words as they are now as a new version written by `by`; the newest version when nothing differs."""
        last = self.latest()
        if last and last.words == (self.headline, self.summary, self.body):
            return last
        following = last.number + 1 if last else 1
        return self.revisions.create(number=following, headline=self.headline, summary=self.summary, body=self.body, author=by)

    def uncheck(self) -> None:
        """Forget that it was verified and scheduled: what was checked is no longer what would be published."""
        self.verifier = self.verified_at = self.publish_at = None

    def count_in_group(self, change: int, at: datetime | None = None) -> None:
        """Keep its group's figures: one published story more or fewer, the last one published at that moment.

        Raises NotNow when the group may publish no longer: it may have been suspended since that was asked, and is held from here on.
        """
        newest = {"last_published_at": at} if at else {}
        group = Group.objects.filter(pk=self.group_id, **({"state__in": Group.PUBLISHING} if at else {}))
        if not group.update(story_count=F("story_count") + change, **newest):
            raise NotNow(gettext("KIM ini baru saja dibekukan atau belum ber-SK, jadi tidak bisa menerbitkan."))
        if at:
            self.group.last_published_at = at
            self.group.foretell()

    def show_photo(self) -> None:
        """Let its photo be served to everybody."""
        if self.picture:
            self.picture.photo.make_public()

    def hide_photo(self) -> None:
        """Let its photo be served to its group only."""
        if self.picture:
            self.picture.photo.make_private()

    def trust(self) -> "Trust":
        """Why it can be believed, for the page (3 queries; none for people when read with `whole()`)."""
        checks = list(self.checks.select_related("by"))
        last = checks[-1].entry_id if checks else None
        revisions = self.revisions.select_related("author", "correction__proposed_by", "correction__confirmed_by").defer("body")
        return Trust(
            story=self,
            checks=tuple(check for check in checks if check.entry_id == last),
            sources=tuple(self.named_sources()),
            versions=tuple(revisions),
        )


def _letters(text: str) -> str:
    """What is left of a text that was dressed up: wide or decorated letters, signs between them, per cent codes in an address."""
    return re.sub(r"[^a-z0-9]", "", unicodedata.normalize("NFKD", unquote(text)).lower())


@dataclass(frozen=True)
class Trust:
    """What the public is told about how a story came to be, as facts of the record.

    `checks` are the ticks of the check that led to publication, `sources` those named today, `versions` every revision, oldest first.
    """

    story: Story
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
            return gettext("Dibahas %(n)s orang lain sebelum diperiksa.") % {"n": story.discussants}
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
            parts.append(gettext("Diperiksa %(name)s %(date)s") % {"name": self.checker.name, "date": when})
        parts.append(gettext("%(n)s sumber") % {"n": self.source_count})
        if self.corrections:
            parts.append(gettext("%(n)s ralat") % {"n": len(self.corrections)})
        return " · ".join(parts)


class Revision(models.Model):
    """One version of a story's words; append-only (a trigger refuses changes)."""

    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    headline = models.CharField(max_length=140)
    summary = models.CharField(max_length=SUMMARY_MAX, blank=True)
    body = models.TextField(blank=True)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["story", "number"], name="revision_number")]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"versi {self.number}"

    @property
    def words(self) -> tuple[str, str, str]:
        return self.headline, self.summary, self.body

    def since(self, older: "Revision | None") -> list[tuple[str, list[tuple[str, str]]]]:
        """What differs from `older` (None: from nothing), as (label, diff) for each text that differs. See `diff`."""
        labels = (_("Judul"), _("Ringkasan"), _("Isi"))
        before = older.words if older else ("", "", "")
        return [(str(label), diff(old, new)) for label, old, new in zip(labels, before, self.words, strict=True) if old != new]


def diff(before: str, after: str) -> list[tuple[str, str]]:
    """What changed between two texts, word by word: (op, text) with op "same", "del" or "ins", for <del> and <ins>.

    Line breaks are kept, so that the pieces put together read like the text. A word that merely moved counts as deleted and inserted.
    Texts made to be slow to compare are compared line by line, or not at all: this is done while a reader waits.
    """
    for piece in (r"\S+|\s+", r".+|\n+"):
        old, new = re.findall(piece, before), re.findall(piece, after)
        if _pairs(old, new) <= DIFF_PAIRS:
            break
    else:
        return [(op, text) for op, text in (("del", before), ("ins", after)) if text]
    pieces: list[tuple[str, str]] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(str.isspace, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(("same", "".join(old[i1:i2])))
            continue
        pieces += [(op, text) for op, text in (("del", "".join(old[i1:i2])), ("ins", "".join(new[j1:j2]))) if text]
    return pieces


def _pairs(old: list[str], new: list[str]) -> int:
    """How often a piece of one text stands in the other, blanks left out: what comparing them costs."""
    times = Counter(piece for piece in new if not piece.isspace())
    return sum(times[piece] for piece in old)


class Source(Acted):
    """Where a story's facts come from; the contact is sealed and never leaves the room."""

    class State(models.TextChoices):
        NAMED = "named", _("disebut")
        REMOVED = "removed", _("dihapus dari kabar")

    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="sources")
    who = models.CharField(_("siapa atau apa sumbernya"), max_length=160)
    how = models.CharField(_("bagaimana didapat, dan kapan"), max_length=160)  # "ditemui di lokasi 12 Nov"
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


class StoryPhoto(models.Model):
    """The photo of a story, with what must be said about it. One a story in this version."""

    story = models.OneToOneField(Story, on_delete=models.PROTECT, related_name="illustration")
    photo = models.ForeignKey(Photo, on_delete=models.PROTECT, related_name="+")
    alt = models.CharField(_("apa yang terlihat"), max_length=200, blank=True)
    credit = models.CharField(_("siapa yang memotret"), max_length=80, blank=True)
    shows_vulnerable = models.BooleanField(_("tampak anak atau korban"), default=False)
    consent = models.BooleanField(_("orang tua, wali, atau yang bersangkutan mengizinkan"), default=False)

    def __str__(self) -> str:
        return self.alt

    @property
    def complete(self) -> bool:
        """Alt text and credit given; consent where children or victims are seen (domain/10, write)."""
        return bool(self.alt and self.credit and (self.consent or not self.shows_vulnerable))


class Check(models.Model):
    """One tick of the checklist as it was given when the story was verified: what was done, by whom. Append-only."""

    class Item(models.TextChoices):
        SOURCE = "source", _("Sumber dihubungi")
        DATE_PLACE = "date_place", _("Tanggal dan tempat")
        NUMBERS = "numbers", _("Angka")
        NAMES = "names", _("Nama dan jabatan")
        PICTURE = "picture", _("Foto dari kejadian ini")
        OTHER_SIDE = "other_side", _("Pihak lain didengar")

    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="checks")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="checks")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")  # the line of the record: ticks given together
    item = models.CharField(max_length=12, choices=Item.choices)
    note = models.CharField(_("apa yang dilakukan"), max_length=200)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "item"], name="one_tick_an_item"),
            models.CheckConstraint(
                condition=~Q(note=""),
                name="check_says_what_was_done",
                violation_error_message=_("Sebutkan apa yang dilakukan pada tiap butir."),
            ),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.item}: {self.note}"


class Correction(Acted):
    """What was wrong, what is right, and why: proposed by one, confirmed by another; never silent."""

    TEXTS: ClassVar[tuple[str, ...]] = ("headline", "summary", "body")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("diusulkan")
        CONFIRMED = "confirmed", _("dikuatkan")
        DECLINED = "declined", _("tidak dikuatkan")

    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="corrections")
    what = models.CharField(_("apa yang diralat"), max_length=300)  # read by the public
    why = models.CharField(_("mengapa"), max_length=300)
    headline = models.CharField(_("judul"), max_length=140)
    summary = models.CharField(_("ringkasan"), max_length=SUMMARY_MAX)
    body = models.TextField(_("isi"), max_length=BODY_MAX)
    base_number = models.PositiveIntegerField()  # of the revision it was written against
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(auto_now_add=True)
    confirmed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    revision = models.OneToOneField(Revision, null=True, on_delete=models.PROTECT, related_name="correction")
    decline_reason = models.CharField(_("alasan tidak dikuatkan"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("proposed_by")),
                name="correction_needs_two",
                violation_error_message=_("Ralat dikuatkan oleh orang lain, bukan yang mengusulkan."),
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(revision__isnull=False, confirmed_by__isnull=False),
                name="confirmed_correction_has_a_revision",
            ),
            models.CheckConstraint(
                condition=~Q(what="") & ~Q(why=""),
                name="correction_says_what_and_why",
                violation_error_message=_("Sebutkan apa yang diralat dan mengapa: pembaca membacanya."),
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(decline_reason=""),
                name="declined_correction_says_why",
                violation_error_message=_("Sebutkan mengapa ralat ini tidak dikuatkan."),
            ),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return self.what

    @asked_once
    def suspect_links(self) -> list[str]:
        """Links in its words that would hold up a story: a correction is no way around that."""
        return self.story.suspects_in(f"{self.headline}\n\n{self.summary}\n\n{self.body}")


class Flag(Acted):
    """An official's objection to a published story: seen by the group, answered by it; it changes no word."""

    class State(models.TextChoices):
        RAISED = "raised", _("menunggu jawaban KIM")
        ANSWERED = "answered", _("dijawab")

    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="flags")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    concern = models.TextField(_("apa yang dipersoalkan"), max_length=1000)
    at = models.DateTimeField(auto_now_add=True)
    answer = models.TextField(_("jawaban"), max_length=1000, blank=True)
    answered_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(concern=""), name="flag_says_what", violation_error_message=_("Sebutkan apa yang dipersoalkan.")
            ),
            models.CheckConstraint(
                condition=~Q(state="answered") | ~Q(answer=""),
                name="answered_flag_says_what",
                violation_error_message=_("Tuliskan dulu jawabannya."),
            ),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return self.concern[:60]
