"""What waits about groups that stand, their boards, papers and visits, and about hand-overs and persons."""

from datetime import date, timedelta
from typing import Any

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import (
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Coalesce, Concat, NullIf
from django.utils import timezone
from django.utils.translation import gettext_lazy

from kentongan.accounts.models import Merger, Person
from kentongan.core.settings import registered
from kentongan.desk.waits.wait import BOARD, GROUP, KOMINFO, LOCAL_OFFICES, Wait
from kentongan.groups.models import (
    CODE_OF_LEVEL,
    VACANT_DAYS,
    Appointment,
    Decree,
    Deed,
    Group,
    Handover,
    Membership,
    Office,
    Post,
    Visit,
    appointments_ending,
    boards_ending,
    decrees_ending,
    newcomers,
)
from kentongan.groups.settings import CONDUCT_VERSION, CONFIRM_AHEAD, DAYS_A_MONTH
from kentongan.newsroom.permissions.stories import WRITERS
from kentongan.regions.models import Level, Region, RegionSetting, SettingOrigin


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
)
