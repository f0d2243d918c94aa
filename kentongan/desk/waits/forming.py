"""What waits about formations, decrees, suspensions and registers."""

from collections.abc import Callable
from typing import Any

from django.db.models import (
    Q,
    QuerySet,
)
from django.utils.translation import gettext_lazy

from kentongan.accounts.models import Person
from kentongan.desk.waits.wait import BOARD, GROUP, KOMINFO, LOCAL_OFFICES, Wait
from kentongan.groups.models import (
    CODE_OF_LEVEL,
    Appeal,
    Appointment,
    Decree,
    Group,
    Membership,
    Office,
    Statement,
    Suspension,
)
from kentongan.regions.models import Level
from kentongan.registers.models import Import


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


WAITS = (
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
