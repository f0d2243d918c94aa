"""What waits for whom, as one table and one query. A line says: things of this kind wait for holders of these posts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import CharField, DateTimeField, ExpressionWrapper, F, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Left, NullIf
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kentongan.accounts.models import Person
from kentongan.groups.models import Appointment, Group, Membership, Office, Post, covered_by, posts_of
from kentongan.groups.settings import CONDUCT_VERSION
from kentongan.newsroom.models import Alarm, Correction, Flag, Hold, Material, Offer, Story, Tip
from kentongan.newsroom.permissions.stories import CHECKERS, DESK, EDITORS, WRITERS
from kentongan.registers.models import Import
from kentongan.ui.writing import day

BOARD = (Membership.Role.KETUA, Membership.Role.SEKRETARIS)
KOMINFO = (Office.Kind.COMMUNICATION,)
LISTED = 50
"""How many things of one kind the list shows for one post."""


@dataclass(frozen=True)
class Wait:
    """One kind of thing that waits.

    `days` is the promise, in calendar days since the thing came to wait (bawaan Kentongan: no public rule gives these numbers).
    `roles` (of memberships) or `offices` (kinds, of appointments) say for whose posts; `rows(person, post)` answers the things;
    `since` names the field that says since when; `title` the field shown; `href` the URL name that takes the id `key`.
    """

    kind: str
    label: str | Promise
    button: str | Promise
    days: int
    rows: Callable[[Person, Any], QuerySet[Any]]
    since: str
    title: Any
    href: str
    key: str = "pk"
    roles: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    theirs: bool = False
    """What this person waits for, owed by others; shown below, never counted."""
    personal: bool = False
    """Waits for the person themselves, in whatever post they are, or in none: a founder has no post yet. `rows` gets no post."""

    part: str = ""
    """Where on its page it waits, when that is not the first thing there."""

    def is_for(self, post: Post) -> bool:
        """Whether holders of this post are meant."""
        if isinstance(post, Membership):
            return post.role in self.roles
        return post.office.kind in self.offices


HEADLINE = Coalesce(NullIf(F("headline"), Value("")), F("place"))

BEGUN_WITH = Coalesce(NullIf(F("headline"), Value("")), NullIf(Left("what", 60), Value("")), NullIf(F("place"), Value("")), Value("…"))


def _stories(*states: str) -> Callable[[Person, Membership], QuerySet[Story]]:
    return lambda person, post: Story.objects.filter(group=post.group, state__in=states)


def _mine(*states: str) -> Callable[[Person, Membership], QuerySet[Story]]:
    return lambda person, post: Story.objects.filter(group=post.group, state__in=states, author=person)


def _to_verify(person: Person, post: Membership) -> QuerySet[Story]:
    """Nobody who wrote any revision may verify (domain/10), so it does not wait for them."""
    return Story.objects.filter(group=post.group, state="submitted").exclude(author=person).exclude(revisions__author=person)


def _to_publish(person: Person, post: Membership) -> QuerySet[Story]:
    return Story.objects.filter(group=post.group, state="verified", publish_at__isnull=True)


def _to_review(person: Person, post: Membership) -> QuerySet[Story]:
    """Knowledge whose day to be looked at again has come."""
    return Story.objects.filter(group=post.group).to_review().annotate(stale_since=Cast(F("review_by"), DateTimeField()))


def _corrections(person: Person, post: Membership) -> QuerySet[Correction]:
    return Correction.objects.filter(story__group=post.group, state="proposed").exclude(proposed_by=person)


def _my_corrections(person: Person, post: Membership) -> QuerySet[Correction]:
    return Correction.objects.filter(story__group=post.group, state="proposed", proposed_by=person)


def _flags(person: Person, post: Membership) -> QuerySet[Flag]:
    return Flag.objects.filter(story__group=post.group, state="raised")


def _my_flags(person: Person, post: Appointment) -> QuerySet[Flag]:
    return Flag.objects.filter(office=post.office, state="raised")


def _tips(person: Person, post: Membership) -> QuerySet[Tip]:
    return Tip.objects.filter(group=post.group, state="received")


def _groups(*states: str) -> Callable[[Person, Appointment], QuerySet[Group]]:
    def rows(person: Person, post: Appointment) -> QuerySet[Group]:
        region = post.office.region
        within = Group.objects.all() if region is None else Group.objects.within(region)
        return within.filter(state__in=states)

    return rows


def _without_founder(*states: str) -> Callable[[Person, Appointment], QuerySet[Group]]:
    return lambda person, post: _groups(*states)(person, post).filter(founder__isnull=True)


def _founded(*states: str) -> Callable[[Person, None], QuerySet[Group]]:
    return lambda person, _post: Group.objects.filter(founder=person, state__in=states)


def _own_group(*states: str) -> Callable[[Person, Membership], QuerySet[Group]]:
    return lambda person, post: Group.objects.filter(pk=post.group_id, state__in=states)


def _quiet_group(person: Person, post: Membership) -> QuerySet[Group]:
    return Group.objects.filter(pk=post.group_id, sleep_warned_at__isnull=False)


def _not_agreed(person: Person, _post: None) -> QuerySet[Membership]:
    return Membership.objects.current().filter(person=person).exclude(agreed_version=CONDUCT_VERSION)


def _alarms(person: Person, post: Membership) -> QuerySet[Alarm]:
    return Alarm.objects.open().filter(group=post.group)


def _alarms_below(person: Person, post: Appointment) -> QuerySet[Alarm]:
    return Alarm.objects.open().filter(covered_by(person, "group__"))


def _held(person: Person, post: Membership) -> QuerySet[Hold]:
    """Words nobody looked at yet; not for those who wrote them."""
    held = Hold.objects.filter(story__group=post.group, state="open").exclude(story__author=person)
    return held.exclude(correction__proposed_by=person).exclude(story__revisions__author=person)


def _offers(person: Person, post: Membership) -> QuerySet[Offer]:
    """What offices sent and nobody answered; due on the last day it holds."""
    return Offer.objects.open().filter(group=post.group).annotate(until=LAST_MOMENT)


def _drafted(person: Person, post: Appointment) -> QuerySet[Material]:
    return Material.objects.filter(office=post.office, state="drafted")


def _imports(person: Person, post: Appointment) -> QuerySet[Import]:
    """Registers this office brought in whose columns or rows wait for somebody's choice."""
    return Import.objects.open().filter(office=post.office)


LAST_MOMENT = ExpressionWrapper(F("material__expires_at") - timedelta(seconds=1), DateTimeField())
LOCAL_OFFICES = (Office.Kind.VILLAGE, Office.Kind.DISTRICT, Office.Kind.COMMUNICATION)
STORY, GROUP = "newsroom:story", "groups:group"

WAITS = (
    Wait(
        "flag",
        gettext_lazy("Jawab keberatan atas “%s”"),
        gettext_lazy("Tulis jawaban"),
        3,
        _flags,
        "at",
        "story__headline",
        STORY,
        "story_id",
        (*DESK, *BOARD),
        part="keberatan",
    ),
    Wait(
        "alarm",
        gettext_lazy("Lihat tanda bahaya di halaman “%s”"),
        gettext_lazy("Lihat"),
        1,
        _alarms,
        "raised_at",
        Coalesce(F("story__headline"), F("group__name")),
        "newsroom:alarm",
        roles=(*DESK, *BOARD),
    ),
    Wait(
        "held",
        gettext_lazy("Lihat yang ditemukan dalam “%s”"),
        gettext_lazy("Lihat"),
        1,
        _held,
        "raised_at",
        "story__headline",
        STORY,
        "story_id",
        DESK,
        part="tahanan",
    ),
    Wait(
        "agree",
        gettext_lazy("Baca kesepakatan %s"),
        gettext_lazy("Baca dan setujui"),
        3,
        _not_agreed,
        "group__public_since",
        "group__name",
        "groups:conduct",
        "group_id",
        personal=True,
    ),
    Wait(
        "quiet",
        gettext_lazy("Katakan bahwa %s masih aktif"),
        gettext_lazy("Buka"),
        30,
        _quiet_group,
        "sleep_warned_at",
        "name",
        GROUP,
        roles=BOARD,
    ),
    Wait(
        "correction",
        gettext_lazy("Kuatkan ralat “%s”"),
        gettext_lazy("Baca ralatnya"),
        1,
        _corrections,
        "proposed_at",
        "story__headline",
        STORY,
        "story_id",
        DESK,
        part="ralat",
    ),
    Wait(
        "publish",
        gettext_lazy("Terbitkan “%s”"),
        gettext_lazy("Baca dan terbitkan"),
        1,
        _to_publish,
        "changed_at",
        HEADLINE,
        STORY,
        roles=EDITORS,
    ),
    Wait("verify", gettext_lazy("Periksa “%s”"), gettext_lazy("Periksa"), 2, _to_verify, "changed_at", HEADLINE, STORY, roles=CHECKERS),
    Wait(
        "returned",
        gettext_lazy("Perbaiki “%s”"),
        gettext_lazy("Baca alasannya"),
        3,
        _mine("returned"),
        "changed_at",
        HEADLINE,
        STORY,
        roles=WRITERS,
    ),
    Wait(
        "begun",
        gettext_lazy("Lanjutkan “%s”"),
        gettext_lazy("Lanjutkan menulis"),
        7,
        _mine("begun"),
        "changed_at",
        BEGUN_WITH,
        "newsroom:go_on",
        roles=WRITERS,
    ),
    Wait(
        "draft",
        gettext_lazy("Lanjutkan “%s”"),
        gettext_lazy("Lanjut menulis"),
        7,
        _mine("gathered", "written"),
        "changed_at",
        HEADLINE,
        STORY,
        roles=WRITERS,
    ),
    Wait(
        "review",
        gettext_lazy("Tinjau panduan “%s”"),
        gettext_lazy("Baca dan tinjau"),
        14,
        _to_review,
        "stale_since",
        "headline",
        STORY,
        roles=DESK,
        part="langkah",
    ),
    Wait(
        "tip",
        gettext_lazy("Lihat bahan “%s”"),
        gettext_lazy("Buka bahan"),
        3,
        _tips,
        "received_at",
        "text",
        "newsroom:tip_at_desk",
        roles=WRITERS,
    ),
    Wait(
        "offer",
        gettext_lazy("Bahan dari instansi: “%s”"),
        gettext_lazy("Baca dan jawab"),
        0,
        _offers,
        "until",
        "material__title",
        "newsroom:material",
        "material_id",
        roles=WRITERS,
    ),
    Wait(
        "material",
        gettext_lazy("Kirim bahan “%s”"),
        gettext_lazy("Pilih penerima"),
        7,
        _drafted,
        "made_at",
        "title",
        "newsroom:material",
        offices=tuple(Office.Kind.values),
    ),
    Wait(
        "import",
        gettext_lazy("Selesaikan impor register %s"),
        gettext_lazy("Lanjutkan"),
        7,
        _imports,
        "at",
        "name",
        "registers:import",
        offices=(Office.Kind.COMMUNICATION, Office.Kind.MINISTRY),
    ),
    Wait(
        "deliberate",
        gettext_lazy("Kumpulkan warga untuk musyawarah %s"),
        gettext_lazy("Buka"),
        14,
        _founded("proposed", "socialised"),
        "waiting_since",
        "name",
        GROUP,
        personal=True,
    ),
    Wait(
        "minutes",
        gettext_lazy("Catat berita acara dan pengurus %s"),
        gettext_lazy("Buka"),
        14,
        _founded("deliberated"),
        "waiting_since",
        "name",
        GROUP,
        personal=True,
    ),
    Wait(
        "register",
        gettext_lazy("Lengkapi profil dan daftarkan %s"),
        gettext_lazy("Buka"),
        14,
        _own_group("decreed"),
        "waiting_since",
        "name",
        GROUP,
        roles=BOARD,
    ),
    Wait(
        "group_verify",
        gettext_lazy("Verifikasi %s"),
        gettext_lazy("Buka daftar periksa"),
        10,
        _groups("registered"),
        "waiting_since",
        "name",
        GROUP,
        offices=KOMINFO,
    ),
    Wait(
        "group_decree",
        gettext_lazy("Terbitkan SK untuk %s"),
        gettext_lazy("Buka"),
        14,
        _groups("minuted"),
        "waiting_since",
        "name",
        GROUP,
        offices=LOCAL_OFFICES,
    ),
    Wait(
        "group_proposed",
        gettext_lazy("Sosialisasikan %s"),
        gettext_lazy("Buka"),
        14,
        _groups("proposed"),
        "waiting_since",
        "name",
        GROUP,
        offices=LOCAL_OFFICES,
    ),
    Wait(
        "group_founder",
        gettext_lazy("Tunjuk pengusul %s"),
        gettext_lazy("Buka"),
        14,
        _without_founder("socialised", "deliberated"),
        "waiting_since",
        "name",
        GROUP,
        offices=LOCAL_OFFICES,
    ),
    Wait(
        "their_check", gettext_lazy("“%s” diperiksa"), "", 2, _mine("submitted"), "changed_at", HEADLINE, STORY, roles=WRITERS, theirs=True
    ),
    Wait(
        "their_publication",
        gettext_lazy("“%s” diterbitkan redaktur"),
        "",
        1,
        _mine("verified"),
        "changed_at",
        HEADLINE,
        STORY,
        roles=WRITERS,
        theirs=True,
    ),
    Wait(
        "their_word",
        gettext_lazy("Ralat “%s” dikuatkan"),
        "",
        1,
        _my_corrections,
        "proposed_at",
        "story__headline",
        STORY,
        "story_id",
        WRITERS,
        theirs=True,
        part="ralat",
    ),
    Wait(
        "their_answer",
        gettext_lazy("KIM menjawab keberatan atas “%s”"),
        "",
        3,
        _my_flags,
        "at",
        "story__headline",
        STORY,
        "story_id",
        offices=LOCAL_OFFICES,
        theirs=True,
        part="keberatan",
    ),
    Wait(
        "their_alarm",
        gettext_lazy("Tanda bahaya di halaman “%s” dilihat KIM"),
        "",
        1,
        _alarms_below,
        "raised_at",
        Coalesce(F("story__headline"), F("group__name")),
        "newsroom:alarm",
        offices=KOMINFO,
        theirs=True,
    ),
    Wait(
        "their_decree",
        gettext_lazy("SK untuk %s diterbitkan"),
        "",
        14,
        _own_group("minuted"),
        "waiting_since",
        "name",
        GROUP,
        roles=BOARD,
        theirs=True,
    ),
    Wait(
        "their_verification",
        gettext_lazy("%s diverifikasi dinas"),
        "",
        10,
        _own_group("registered"),
        "waiting_since",
        "name",
        GROUP,
        roles=BOARD,
        theirs=True,
    ),
)
BY_KIND = {wait.kind: wait for wait in WAITS}


@dataclass(frozen=True)
class Waiting:
    """One thing that waits, ready to be shown by the component `waiting`."""

    wait: Wait
    post: str
    number: int
    what: str
    since: datetime | None

    @property
    def title(self) -> str:
        return str(self.wait.label) % self.what

    @property
    def href(self) -> str:
        return reverse(self.wait.href, args=[self.number]) + (f"#{self.wait.part}" if self.wait.part else "")

    @property
    def due_on(self) -> date:
        """The day by which it was promised."""
        return timezone.localdate(self.since or timezone.now()) + timedelta(days=self.wait.days)

    @property
    def days_left(self) -> int:
        return (self.due_on - timezone.localdate()).days

    @property
    def kind(self) -> str:
        """How its stroke is drawn: "" waits today, later, late, theirs (mocks: waiting)."""
        if self.wait.theirs:
            return "theirs"
        return "late" if self.days_left < 0 else "later" if self.days_left > 0 else ""

    @property
    def due(self) -> str:
        """How long until the promised day, as one says it."""
        left = self.days_left
        if left < 0:
            return _("Lewat %(n)s hari") % {"n": -left}
        return _("%(n)s hari lagi") % {"n": left} if left else _("Hari ini")

    @property
    def due_note(self) -> str:
        """The promised day."""
        return day(self.due_on)

    @property
    def action_label(self) -> str:
        return str(self.wait.button)

    @property
    def action_href(self) -> str:
        return "" if self.wait.theirs else self.href


def waiting_for(person: Person) -> list[Waiting]:
    """Everything that waits for this person in all their posts, and what they wait for, oldest promise first. One query."""
    arms = [_arm(wait, person, None) for wait in WAITS if wait.personal]
    arms += [_arm(wait, person, post) for post in posts_of(person) for wait in WAITS if wait.is_for(post)]
    rows = arms[0].union(*arms[1:], all=True) if len(arms) > 1 else arms[0]
    found = {(row[0], row[2], row[1]): Waiting(BY_KIND[row[0]], row[1], row[2], row[3], row[4]) for row in rows}
    return sorted(found.values(), key=lambda one: (one.due_on, one.number))


def _arm(wait: Wait, person: Person, post: Post | None) -> QuerySet[Any]:
    rows = wait.rows(person, post).annotate(
        _kind=Value(wait.kind, CharField()),
        _post=Value(post.key if post else "", CharField()),
        _what=Left(Cast(F(wait.title) if isinstance(wait.title, str) else wait.title, CharField()), 90),
    )
    arm: QuerySet[Any] = rows.order_by(wait.since).values_list("_kind", "_post", wait.key, "_what", wait.since)[:LISTED]
    return arm
