"""What waits about stories, tips, material and what was found suspicious."""

from collections.abc import Callable
from datetime import timedelta

from django.db.models import (
    DateTimeField,
    ExpressionWrapper,
    F,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast, Coalesce, Left, NullIf
from django.utils.translation import gettext_lazy

from kentongan.accounts.models import Person
from kentongan.desk.waits.wait import BOARD, KOMINFO, LOCAL_OFFICES, STORY, Wait
from kentongan.groups.models import (
    CODE_OF_LEVEL,
    Appointment,
    Membership,
    Office,
    covered_by,
)
from kentongan.newsroom.models import Alarm, Correction, Flag, Hold, Material, Offer, Story, Tip
from kentongan.newsroom.permissions.stories import CHECKERS, DESK, EDITORS, WRITERS

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


LAST_MOMENT = ExpressionWrapper(F("material__expires_at") - timedelta(seconds=1), DateTimeField())


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
        whole=_all_held,
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
)
