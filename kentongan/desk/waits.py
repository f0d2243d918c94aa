"""What waits for whom, as one table and one query. A line says: things of this kind wait for holders of these posts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import (
    CharField,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Coalesce, Concat, Left, NullIf
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kentongan.accounts.models import Merger, Person
from kentongan.core.settings import registered
from kentongan.groups.models import (
    CODE_OF_LEVEL,
    VACANT_DAYS,
    Appeal,
    Appointment,
    Decree,
    Deed,
    Group,
    Handover,
    Membership,
    Office,
    Post,
    Statement,
    Suspension,
    Visit,
    appointments_ending,
    boards_ending,
    covered_by,
    decrees_ending,
    newcomers,
    posts_of,
)
from kentongan.groups.settings import CONDUCT_VERSION, CONFIRM_AHEAD, DAYS_A_MONTH
from kentongan.newsroom.models import Alarm, Correction, Flag, Hold, Material, Offer, Story, Tip
from kentongan.newsroom.permissions.stories import CHECKERS, DESK, EDITORS, WRITERS
from kentongan.regions.models import Level, Region, RegionSetting, SettingOrigin
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

    whole: Callable[[Person, Any], QuerySet[Any]] | None = None
    """The same things for the whole office or board, whoever looks: what is handed over. Without it `rows` say so already."""

    echo: str = ""
    """The kind that is the same things as they wait for others: handed over once."""

    oneself: bool = False
    """About the holder of a post, not about what it has to do: not handed over."""

    near: int = 0
    """So many days before its day it is drawn as waiting today."""

    bare: bool = False
    """Its page is one's own and takes no id."""

    tap: str = ""
    """The URL name of the step it asks for, when one tap does it; then `href` is where one goes when it is not so easy (`other`)."""

    other: str | Promise = ""

    note: Any = None
    """An expression for what one must read before tapping."""

    part: str = ""
    """Where on its page it waits, when that is not the first thing there."""

    def is_for(self, post: Post) -> bool:
        """Whether holders of this post are meant."""
        if isinstance(post, Membership):
            return post.role in self.roles
        return post.office.kind in self.offices

    def belongs_to(self, post: Post) -> bool:
        """Whether things of this kind are handed over with the office or the board of this post."""
        body = bool(self.roles) if isinstance(post, Membership) else post.office.kind in self.offices
        return body and not (self.personal or self.oneself or self.echo)


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


def _all_corrections(person: Person, post: Membership) -> QuerySet[Correction]:
    return Correction.objects.filter(story__group=post.group, state="proposed")


def _my_corrections(person: Person, post: Membership) -> QuerySet[Correction]:
    return Correction.objects.filter(story__group=post.group, state="proposed", proposed_by=person)


def _flags(person: Person, post: Membership) -> QuerySet[Flag]:
    return Flag.objects.filter(story__group=post.group, state="raised")


def _my_flags(person: Person, post: Appointment) -> QuerySet[Flag]:
    return Flag.objects.filter(office=post.office, state="raised")


def _tips(person: Person, post: Membership) -> QuerySet[Tip]:
    return Tip.objects.filter(group=post.group, state="received")


def _imports(person: Person, post: Appointment) -> QuerySet[Import]:
    """Registers this office brought in whose columns or rows wait for somebody's choice."""
    return Import.objects.open().filter(office=post.office)


def _groups(*states: str) -> Callable[[Person, Appointment], QuerySet[Group]]:
    def rows(person: Person, post: Appointment) -> QuerySet[Group]:
        region = post.office.region
        within = Group.objects.all() if region is None else Group.objects.within(region)
        return within.filter(state__in=states)

    return rows


def _unspoken(person: Person, post: Appointment) -> QuerySet[Group]:
    """Formations of the head's own village about which its office has said nothing yet."""
    if post.role != Appointment.Role.HEAD or post.office.region is None:
        return Group.objects.none()
    spoken = Statement.objects.filter(office=post.office, living=True)
    return _groups("deliberated", "minuted", "decreed", "registered")(person, post).exclude(pk__in=spoken.values("group"))


def _unconfirmed(person: Person, post: Appointment) -> QuerySet[Decree]:
    """Decrees this office issued, which another one or a register wrote down and nobody here has confirmed."""
    region = post.office.region
    if region is None or region.level == Level.PROVINCE:
        return Decree.objects.none()
    ranks = [rank for rank, level in Decree.LEVEL_OF_RANK.items() if level == region.level]
    rows = Decree.objects.filter(
        **{f"group__{CODE_OF_LEVEL[region.level]}": region.code}, rank__in=ranks, confirmed_at=None, withdrawn=False
    )
    living = rows.filter(group__state__in=(*Group.PUBLISHING, "suspended"))
    return living.filter(Q(entered_in=None) | ~Q(entered_in__region__level=region.level))


def _regency_of(rows: QuerySet[Any], path: str, post: Appointment) -> QuerySet[Any]:
    region = post.office.region
    return rows.filter(**{f"{path}regency_code": region.code}) if region and region.level == Level.REGENCY else rows.none()


def _to_suspend(person: Person, post: Appointment) -> QuerySet[Suspension]:
    """Asked for by another officer: the second word."""
    return _regency_of(Suspension.objects.filter(course="asked").exclude(asked_by=person), "group__", post)


def _to_lift(person: Person, post: Appointment) -> QuerySet[Suspension]:
    rows = Suspension.objects.filter(course="in_force", lift_asked_by__isnull=False).exclude(lift_asked_by=person)
    return _regency_of(rows, "group__", post)


def _appeals(person: Person, post: Appointment) -> QuerySet[Appeal]:
    """Of those who suspended it too: where nobody else serves in the office they answer; the page says who may."""
    return _regency_of(Appeal.objects.filter(outcome=""), "suspension__group__", post)


def _objections(person: Person, post: Membership) -> QuerySet[Statement]:
    return Statement.objects.filter(group=post.group, kind="objection", living=True, answered_at=None)


def _objections_to_founder(person: Person, _post: None) -> QuerySet[Statement]:
    before = ("proposed", "socialised", "deliberated", "minuted")
    return Statement.objects.filter(group__founder=person, group__state__in=before, kind="objection", living=True, answered_at=None)


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


def _mergers(person: Person, post: Appointment) -> QuerySet[Merger]:
    """Two rows that a colleague says are one human; for a second officer of a regency's office."""
    asked = Merger.objects.filter(state=Merger.State.ASKED).exclude(asked_by=person)
    region = post.office.region
    if region is None or region.level != Level.REGENCY:
        return asked.none()
    theirs = Membership.objects.filter(group__regency_code=region.code, person=OuterRef("kept"))
    return asked.filter(Exists(theirs))


def _alarms(person: Person, post: Membership) -> QuerySet[Alarm]:
    return Alarm.objects.open().filter(group=post.group)


def _alarms_below(person: Person, post: Appointment) -> QuerySet[Alarm]:
    return Alarm.objects.open().filter(covered_by(person, "group__"))


def _alarms_within(person: Person, post: Appointment) -> QuerySet[Alarm]:
    region = post.office.region
    here = Alarm.objects.open()
    return here.filter(**{f"group__{CODE_OF_LEVEL[region.level]}": region.code}) if region else here


def _held(person: Person, post: Membership) -> QuerySet[Hold]:
    """Words nobody looked at yet; not for those who wrote them."""
    held = Hold.objects.filter(story__group=post.group, state="open").exclude(story__author=person)
    return held.exclude(correction__proposed_by=person).exclude(story__revisions__author=person)


def _all_held(person: Person, post: Membership) -> QuerySet[Hold]:
    return Hold.objects.filter(story__group=post.group, state="open")


def _offers(person: Person, post: Membership) -> QuerySet[Offer]:
    """What offices sent and nobody answered; due on the last day it holds."""
    return Offer.objects.open().filter(group=post.group).annotate(until=LAST_MOMENT)


def _drafted(person: Person, post: Appointment) -> QuerySet[Material]:
    return Material.objects.filter(office=post.office, state="drafted")


def _rule(person: Person, region: Region | None, key: str) -> Any:
    """What a setting says in a region; all that is set of the two this list needs is read once per instance of the person."""
    rows: list[RegionSetting] | None = getattr(person, "_wait_rules", None)
    if rows is None:
        keys = ("groups.reminder_days", "groups.reconfirm_months")
        rows = list(RegionSetting.objects.current().filter(key__in=keys).select_related("region"))
        person._wait_rules = rows  # type: ignore[attr-defined]
    set_here = [row for row in rows if row.key == key and (row.region is None or (region and row.region.contains(region)))]
    nearest = max(set_here, key=lambda row: row.region.level if row.region else 0, default=None)
    return SettingOrigin.of(registered()[key], nearest).value


def _today(region: Region | None) -> date:
    return timezone.localdate(timezone=region.tz if region else None)


def _until(person: Person, region: Region | None) -> date:
    """The day up to which ends are told about: the first reminder of the region's rule."""
    return _today(region) + timedelta(days=max(int(day) for day in _rule(person, region, "groups.reminder_days")))


def _decrees_ending(person: Person, post: Post) -> QuerySet[Decree]:
    """For the board, for the office that issued it, and for the regency; for offices not longer than VACANT_DAYS after the end."""
    if isinstance(post, Membership):
        rows = decrees_ending(_until(person, post.group.region)).filter(group=post.group)
    elif (region := post.office.region) is None or region.level < Level.REGENCY:
        rows = Decree.objects.none()
    else:
        here = {f"group__{CODE_OF_LEVEL[region.level]}": region.code}
        ranks = [rank for rank, level in Decree.LEVEL_OF_RANK.items() if region.level in (level, Level.REGENCY)]
        since = _today(region) - timedelta(days=VACANT_DAYS)
        rows = decrees_ending(_until(person, region)).filter(**here, rank__in=ranks, ends__gte=since)
    return rows.annotate(until=Cast(F("ends"), DateTimeField()))


def _boards_ending(person: Person, post: Post) -> QuerySet[Any]:
    """For the board itself and for the regency."""
    if isinstance(post, Membership):
        rows = boards_ending(_until(person, post.group.region)).filter(pk=post.group_id)
    elif (region := post.office.region) is None or region.level != Level.REGENCY:
        rows = boards_ending(date.min).none()
    else:
        since = _today(region) - timedelta(days=VACANT_DAYS)
        rows = boards_ending(_until(person, region)).within(region).filter(board_ends__gte=since)  # type: ignore[attr-defined]
    found: QuerySet[Any] = rows.annotate(until=Cast(F("board_ends"), DateTimeField()))
    return found


def _own_appointment_ending(person: Person, post: Appointment) -> QuerySet[Appointment]:
    region = post.office.region
    rows = appointments_ending(_until(person, region), _today(region)).filter(pk=post.pk)
    return rows.annotate(until=Cast(F("ends"), DateTimeField()))


def _appointments_ending(person: Person, post: Appointment) -> QuerySet[Appointment]:
    """For the office that appoints: the next communication office above, or the ministry. Not one's own."""
    region, level = post.office.region, post.office.level
    below = {
        0: Q(office__region__level=Level.PROVINCE),
        Level.PROVINCE: Q(office__region__level=Level.REGENCY),
        Level.REGENCY: Q(office__region__level__gt=Level.REGENCY),
    }.get(level, Q(pk__in=()))
    if region:
        below &= Q(office__region__code__startswith=f"{region.code}.")
    rows = appointments_ending(_until(person, region), _today(region)).filter(below).exclude(person=person)
    return rows.annotate(until=Cast(F("ends"), DateTimeField()))


def _to_confirm(person: Person, post: Membership) -> QuerySet[Group]:
    """Board and contact, asked CONFIRM_AHEAD days before the group would show as stale; due on that day."""
    span = timedelta(days=_rule(person, post.group.region, "groups.reconfirm_months") * DAYS_A_MONTH)
    due = ExpressionWrapper(Coalesce(F("last_confirmed_at"), F("public_since")) + Value(span), DateTimeField())
    rows = Group.objects.filter(pk=post.group_id, state__in=Group.PUBLISHING, asleep_since=None).annotate(confirm_on=due)
    return rows.filter(confirm_on__lt=timezone.now() + timedelta(days=CONFIRM_AHEAD))


def _planned_visits(person: Person, post: Appointment) -> QuerySet[Visit]:
    soon = _today(post.office.region) + timedelta(days=VISIT_AHEAD)
    rows = Visit.objects.planned().filter(office=post.office, next_on__lte=soon)
    return rows.annotate(until=Cast(F("next_on"), DateTimeField()))


def _deeds(person: Person, post: Membership) -> QuerySet[Deed]:
    """Papers another member wrote."""
    return Deed.objects.filter(group=post.group, state="written").exclude(written_by=person)


def _all_deeds(person: Person, post: Membership) -> QuerySet[Deed]:
    return Deed.objects.filter(group=post.group, state="written")


def _handed_over(person: Person, post: Post) -> QuerySet[Handover]:
    body = {"group": post.group} if isinstance(post, Membership) else {"office": post.office}
    given = Handover.objects.filter(**body, state="given").exclude(giver=person)
    return given.annotate(from_whom=Coalesce(NullIf(F("giver__name"), Value("")), F("given_as")))


def _succeeded(person: Person, post: Post) -> QuerySet[Any]:
    """Somebody served here until lately, nobody handed over, and this newcomer has not said that they took over."""
    return newcomers(post).filter(pk=post.pk)


BOARD_NAMES = Concat(
    Coalesce(
        Subquery(
            Membership.objects.current()
            .filter(group=OuterRef("pk"), role__in=Membership.BOARD)
            .order_by()
            .values("group")
            .annotate(names=StringAgg("person__name", ", ", order_by="id"))
            .values("names"),
            output_field=TextField(),
        ),
        Value("—"),
        output_field=TextField(),
    ),
    Value(" · "),
    Coalesce(NullIf(F("contact"), Value("")), Value("—")),
    output_field=TextField(),
)
"""Who sits on the board and how the group is reached: what a tap says is still right."""
VISIT_AHEAD = 7
"""Days before a planned visit from which it waits at the office. Bawaan Kentongan."""


LAST_MOMENT = ExpressionWrapper(F("material__expires_at") - timedelta(seconds=1), DateTimeField())
LOCAL_OFFICES = (Office.Kind.VILLAGE, Office.Kind.DISTRICT, Office.Kind.COMMUNICATION)
STORY, GROUP = "newsroom:story", "groups:group"

WAITS = (
    Wait(
        "merger",
        gettext_lazy("Pastikan apakah “%s” tercatat dua kali"),
        gettext_lazy("Bandingkan"),
        7,
        _mergers,
        "asked_at",
        "kept__name",
        "desk:merger",
        offices=KOMINFO,
    ),
    Wait(
        "handover_office",
        gettext_lazy("Terima serah terima dari %s"),
        gettext_lazy("Lihat dan terima"),
        3,
        _handed_over,
        "given_at",
        "from_whom",
        "desk:office_handover",
        offices=tuple(Office.Kind.values),
        bare=True,
        oneself=True,
    ),
    Wait(
        "handover_board",
        gettext_lazy("Terima serah terima dari %s"),
        gettext_lazy("Lihat dan terima"),
        3,
        _handed_over,
        "given_at",
        "from_whom",
        "desk:board_handover",
        "group_id",
        BOARD,
        oneself=True,
    ),
    Wait(
        "newcomer_office",
        gettext_lazy("Lihat yang ditinggalkan %s"),
        gettext_lazy("Lihat dan terima"),
        7,
        _succeeded,
        "began",
        "predecessor",
        "desk:office_handover",
        offices=tuple(Office.Kind.values),
        bare=True,
        oneself=True,
    ),
    Wait(
        "newcomer_board",
        gettext_lazy("Lihat yang ditinggalkan %s"),
        gettext_lazy("Lihat dan terima"),
        7,
        _succeeded,
        "began",
        "predecessor",
        "desk:board_handover",
        "group_id",
        BOARD,
        oneself=True,
    ),
    Wait(
        "confirm_board",
        gettext_lazy("Masih benar pengurus dan kontak %s?"),
        gettext_lazy("Ya, masih benar"),
        0,
        _to_confirm,
        "confirm_on",
        "name",
        GROUP,
        roles=BOARD,
        near=7,
        tap="groups:confirmation",
        other=gettext_lazy("Ada yang berubah"),
        note=BOARD_NAMES,
        part="orang",
    ),
    Wait(
        "decree_ends",
        gettext_lazy("SK %s berakhir: siapkan yang baru"),
        gettext_lazy("Buka"),
        0,
        _decrees_ending,
        "until",
        "group__name",
        GROUP,
        "group_id",
        BOARD,
        LOCAL_OFFICES,
        near=7,
    ),
    Wait(
        "board_ends",
        gettext_lazy("Masa pengurus %s berakhir: adakan pemilihan"),
        gettext_lazy("Buka"),
        0,
        _boards_ending,
        "until",
        "name",
        GROUP,
        roles=BOARD,
        offices=KOMINFO,
        near=7,
        part="orang",
    ),
    Wait(
        "own_post_ends",
        gettext_lazy("Penugasan Anda berakhir: siapkan serah terima (%s)"),
        gettext_lazy("Siapkan serah terima"),
        0,
        _own_appointment_ending,
        "until",
        "title",
        "desk:office_handover",
        offices=tuple(Office.Kind.values),
        near=7,
        bare=True,
        oneself=True,
    ),
    Wait(
        "post_ends",
        gettext_lazy("Penugasan %s berakhir: tunjuk lagi atau ganti"),
        gettext_lazy("Buka"),
        0,
        _appointments_ending,
        "until",
        Concat(F("person__name"), Value(", "), F("title"), Value(" "), F("office__name")),
        "groups:officer",
        offices=(Office.Kind.COMMUNICATION, Office.Kind.MINISTRY),
        near=7,
    ),
    Wait(
        "visit",
        gettext_lazy("Datangi atau hubungi %s"),
        gettext_lazy("Buka catatannya"),
        0,
        _planned_visits,
        "until",
        "group__name",
        "groups:visits",
        "group_id",
        offices=tuple(Office.Kind.values),
    ),
    Wait(
        "deed",
        gettext_lazy("Kuatkan naskah “%s”"),
        gettext_lazy("Baca dan kuatkan"),
        7,
        _deeds,
        "at",
        "title",
        "groups:deed_waiting",
        roles=WRITERS,
        whole=_all_deeds,
    ),
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
        whole=_all_held,
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
        whole=_all_corrections,
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
    Wait(
        "verify",
        gettext_lazy("Periksa “%s”"),
        gettext_lazy("Periksa"),
        2,
        _to_verify,
        "changed_at",
        HEADLINE,
        STORY,
        roles=CHECKERS,
        whole=_stories("submitted"),
    ),
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
        whole=_stories("returned"),
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
        whole=_stories("gathered", "written"),
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
        "objection",
        gettext_lazy("Jawab keberatan desa atas %s"),
        gettext_lazy("Tulis jawaban"),
        Statement.ANSWER_DAYS,
        _objections,
        "at",
        "group__name",
        GROUP,
        "group_id",
        BOARD,
    ),
    Wait(
        "objection_founder",
        gettext_lazy("Jawab keberatan desa atas %s"),
        gettext_lazy("Tulis jawaban"),
        Statement.ANSWER_DAYS,
        _objections_to_founder,
        "at",
        "group__name",
        GROUP,
        "group_id",
        personal=True,
    ),
    Wait(
        "village_word",
        gettext_lazy("Dukung %s, atau sampaikan keberatan"),
        gettext_lazy("Buka"),
        30,
        _unspoken,
        "waiting_since",
        "name",
        GROUP,
        offices=(Office.Kind.VILLAGE,),
    ),
    Wait(
        "own_decree",
        gettext_lazy("Pastikan SK %s"),
        gettext_lazy("Lihat SK-nya"),
        14,
        _unconfirmed,
        "at",
        "group__name",
        GROUP,
        "group_id",
        offices=LOCAL_OFFICES,
        part="sk",
    ),
    Wait(
        "suspend",
        gettext_lazy("Kuatkan atau batalkan pembekuan %s"),
        gettext_lazy("Baca alasannya"),
        7,
        _to_suspend,
        "asked_at",
        "group__name",
        GROUP,
        "group_id",
        offices=KOMINFO,
    ),
    Wait(
        "lift",
        gettext_lazy("Kuatkan atau batalkan pencabutan pembekuan %s"),
        gettext_lazy("Baca alasannya"),
        7,
        _to_lift,
        "lift_asked_at",
        "group__name",
        GROUP,
        "group_id",
        offices=KOMINFO,
    ),
    Wait(
        "appeal",
        gettext_lazy("Jawab keberatan %s atas pembekuan"),
        gettext_lazy("Baca dan jawab"),
        Appeal.ANSWER_DAYS,
        _appeals,
        "at",
        "suspension__group__name",
        GROUP,
        "suspension__group_id",
        offices=KOMINFO,
    ),
    Wait(
        "group_verify",
        gettext_lazy("Verifikasi %s"),
        gettext_lazy("Buka daftar periksa"),
        10,
        _groups("registered"),
        "waiting_since",
        "name",
        "groups:verification",
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
        "their_check",
        gettext_lazy("“%s” diperiksa"),
        "",
        2,
        _mine("submitted"),
        "changed_at",
        HEADLINE,
        STORY,
        roles=WRITERS,
        theirs=True,
        echo="verify",
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
        echo="publish",
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
        echo="correction",
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
        whole=_alarms_within,
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
    version: int | None = None
    note: str = ""

    @property
    def title(self) -> str:
        return str(self.wait.label) % self.what

    @property
    def href(self) -> str:
        return reverse(self.wait.href, args=[] if self.wait.bare else [self.number]) + (f"#{self.wait.part}" if self.wait.part else "")

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
        return "late" if self.days_left < 0 else "later" if self.days_left > self.wait.near else ""

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
    def meta(self) -> str:
        """What one must read before tapping."""
        return self.note

    @property
    def tap_href(self) -> str:
        """Where one tap does it; empty where it takes more."""
        return reverse(self.wait.tap, args=[self.number]) if self.wait.tap else ""

    @property
    def other_label(self) -> str:
        return str(self.wait.other)

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
    found = {(row[0], row[2], row[1]): Waiting(BY_KIND[row[0]], *row[1:]) for row in rows}
    return sorted(found.values(), key=lambda one: (one.due_on, one.number))


def open_in(post: Post, person: Person) -> dict[Wait, list[Waiting]]:
    """Everything open in the office or the group of this post, whoever of it should do it, by kind in the order of the table. One query.

    LISTED of each kind; `counted` says how many there are.
    """
    kinds = [wait for wait in WAITS if wait.belongs_to(post)]
    arms = [_arm(wait, person, post, whole=True) for wait in kinds]
    rows = arms[0].union(*arms[1:], all=True)
    found: dict[Wait, list[Waiting]] = {wait: [] for wait in kinds}
    for row in rows:
        found[BY_KIND[row[0]]].append(Waiting(BY_KIND[row[0]], *row[1:]))
    return {wait: sorted(some, key=lambda one: (one.due_on, one.number)) for wait, some in found.items()}


def counted(wait: Wait, post: Post, person: Person, found: list[Waiting]) -> int:
    """How many things of a kind are open; asked of the database only where more than were listed."""
    return len(found) if len(found) < LISTED else (wait.whole or wait.rows)(person, post).count()


def _arm(wait: Wait, person: Person, post: Post | None, *, whole: bool = False) -> QuerySet[Any]:
    rows = ((whole and wait.whole) or wait.rows)(person, post).annotate(
        _kind=Value(wait.kind, CharField()),
        _post=Value(post.key if post else "", CharField()),
        _what=Left(Cast(F(wait.title) if isinstance(wait.title, str) else wait.title, CharField()), 90),
        _version=Cast(F("version") if wait.tap else Value(None), IntegerField()),
        _note=Left(Cast(wait.note if wait.note is not None else Value(""), CharField()), 300),
    )
    arm: QuerySet[Any] = rows.order_by(wait.since).values_list("_kind", "_post", wait.key, "_what", wait.since, "_version", "_note")[
        :LISTED
    ]
    return arm
