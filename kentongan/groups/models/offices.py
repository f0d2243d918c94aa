"""Government offices and who serves in them, from a day to a day, by a letter."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kentongan.accounts.models import Person
from kentongan.core.models import Acted
from kentongan.groups.models.places import CODE_OF_LEVEL
from kentongan.groups.models.terms import ENDS_AFTER_START, Terms, term
from kentongan.regions.models import Level, Region

Held = TypeVar("Held", bound=Any)


class Office(models.Model):
    """A government body at a region. A ministry has no region: the nation is not one."""

    class Kind(models.TextChoices):
        MINISTRY = "ministry", _("Kementerian")
        COMMUNICATION = "communication", _("Diskominfo")
        DISTRICT = "district", _("Kecamatan")
        VILLAGE = "village", _("Pemerintah desa/kelurahan")
        OTHER = "other", _("Perangkat daerah lain")

    kind = models.CharField(max_length=15, choices=Kind.choices)
    name = models.CharField(_("nama"), max_length=120)
    region = models.ForeignKey(Region, null=True, blank=True, on_delete=models.PROTECT, related_name="offices")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="ministry", region__isnull=True) | ~Q(kind="ministry") & Q(region__isnull=False),
                name="only_ministry_without_region",
            ),
            models.UniqueConstraint(
                fields=["region", "name"],
                name="office_name_in_region",
                nulls_distinct=False,
                violation_error_message=_("Instansi ini sudah terdaftar."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def covers(self, region: Region) -> bool:
        """Whether `region` lies in this office's subtree."""
        return self.region is None or self.region.contains(region)

    @property
    def level(self) -> int:
        """The level of its region; 0 for a ministry."""
        return self.region.level if self.region else 0

    @classmethod
    def at(cls, region: Region | None, kind: str, name: str = "") -> "Office":
        """The office of this kind at a place, made when it is named for the first time."""
        usual = {
            "ministry": _("Kementerian Komunikasi dan Digital"),
            "communication": _("Diskominfo"),
            "district": "",
            "village": _("Pemerintah"),
            "other": "",
        }
        name = (
            name.strip()
            or f"{usual[kind]} {region.short_label if region and region.level < Level.VILLAGE else region.label if region else ''}".strip()
        )
        return cls._default_manager.get_or_create(region=region, name=name, defaults={"kind": kind})[0]


GOVERNING = (Office.Kind.VILLAGE, Office.Kind.DISTRICT, Office.Kind.COMMUNICATION)


class Appointment(Acted):
    """A person in an office, from a day to a day, by a letter. Lapses by date, and every right with it."""

    class State(models.TextChoices):
        ACTIVE = "active", _("berlaku")
        ENDED = "ended", _("diakhiri")

    class Role(models.TextChoices):
        HEAD = "head", _("Kepala")
        OFFICER = "officer", _("Petugas")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="appointments")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="appointments")
    role = models.CharField(max_length=10, choices=Role.choices)
    title = models.CharField(_("sebutan jabatan"), max_length=60)  # "Kepala Desa", "Lurah", "Kabid IKP"
    letter = models.CharField(_("nomor surat penugasan"), max_length=80)
    starts = models.DateField(_("mulai"))
    ends = models.DateField(_("berakhir"), null=True, blank=True)
    ended_reason = models.CharField(_("alasan diakhiri"), max_length=300, blank=True)

    objects = Terms.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")),
                name="appointment_ends_after_start",
                violation_error_message=ENDS_AFTER_START,
            ),
            ExclusionConstraint(
                name="no_double_appointment",
                expressions=[("person", RangeOperators.EQUAL), ("office", RangeOperators.EQUAL), (term(), RangeOperators.OVERLAPS)],
                condition=Q(state="active"),
                violation_error_message=_("Orang ini sudah bertugas di instansi itu pada masa tersebut."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.office}"

    @property
    def key(self) -> str:
        """Names this post in the desk's switch."""
        return f"a{self.pk}"


def appointments_of(person: Person) -> list[Appointment]:
    """The offices this person serves in today, read once per instance of the person (one request)."""
    known: list[Appointment] | None = getattr(person, "_appointments", None)
    if known is None:
        known = list(Appointment.objects.current().filter(person=person).select_related("office__region").order_by("id"))
        person._appointments = known  # type: ignore[attr-defined]
    return known


def chosen_first(person: Person, posts: "Iterable[Held]") -> "list[Held]":
    """The post in use before the others: `person.post_in_use` is the key of the one chosen in the desk's switch."""
    chosen = getattr(person, "post_in_use", "")
    return sorted(posts, key=lambda post: post.key != chosen)


def appointment_over(person: Person, region: Region, *kinds: str) -> Appointment | None:
    """The appointment in an office of one of `kinds` (any) whose subtree holds `region`."""
    posts = chosen_first(person, appointments_of(person))
    return next((post for post in posts if (not kinds or post.office.kind in kinds) and post.office.covers(region)), None)


def office_over(person: Person, region: Region, *levels: int) -> Appointment | None:
    """The appointment in a governing office (village, district, communication) of one of these levels whose subtree holds `region`."""
    posts = chosen_first(person, appointments_of(person))
    return next(
        (post for post in posts if post.office.kind in GOVERNING and post.office.level in levels and post.office.covers(region)), None
    )


def covered_by(person: Person, prefix: str = "") -> Q:
    """Groups (or what points to one by `prefix`) in the subtree of an office this person serves in today."""
    asked = Q(pk__in=[])
    for post in appointments_of(person):
        region = post.office.region
        if region is None:
            return Q(pk__isnull=False)
        asked |= Q(**{prefix + CODE_OF_LEVEL[region.level]: region.code})
    return asked
