"""Offices and their people, groups and theirs: posts from which every right comes, lapsing by date."""

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kentongan.accounts.models import Person
from kentongan.core.models import Acted
from kentongan.media.models import Photo
from kentongan.regions.models import Region
from kentongan.vault.models import SealedContact


class DateRange(Func):
    """daterange(starts, ends, '[]'): both days belong to it; no end = open."""

    function = "DATERANGE"
    output_field = DateRangeField()


def _term() -> DateRange:
    return DateRange(F("starts"), F("ends"), Value("[]"))


ENDS_AFTER_START = _("Tanggal berakhir harus sesudah tanggal mulai.")


class Terms(models.QuerySet[Any]):
    """Rows with a term, `starts` to `ends`."""

    def current(self, day: date | None = None) -> Self:
        """Those that give rights on `day` (today): every right lapses by date."""
        day = day or timezone.localdate()
        return self.filter(state="active", starts__lte=day).filter(Q(ends__isnull=True) | Q(ends__gte=day))


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
            models.CheckConstraint(condition=Q(kind="ministry", region__isnull=True) | ~Q(kind="ministry") & Q(region__isnull=False), name="only_ministry_without_region"),
            models.UniqueConstraint(fields=["region", "name"], name="office_name_in_region", nulls_distinct=False, violation_error_message=_("Instansi ini sudah terdaftar.")),
        ]

    def __str__(self) -> str:
        return self.name

    def covers(self, region: Region) -> bool:
        """Whether `region` lies in this office's subtree."""
        return self.region is None or region.code == self.region.code or region.code.startswith(self.region.code + ".")


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
            models.CheckConstraint(condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")), name="appointment_ends_after_start", violation_error_message=ENDS_AFTER_START),
            ExclusionConstraint(
                name="no_double_appointment",
                expressions=[("person", RangeOperators.EQUAL), ("office", RangeOperators.EQUAL), (_term(), RangeOperators.OVERLAPS)],
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


class Groups(models.QuerySet["Group"]):
    """Groups by what the public may see and by place."""

    def public(self) -> Self:
        """Those with a decree behind them: public, and able to publish (domain/00, formation)."""
        return self.filter(state__in=Group.PUBLIC)

    def visible_to(self, person: Person | None) -> Self:
        """Public ones for everyone; those being formed for their people and for the offices above them."""
        if person is None:
            return self.public()
        if person.operator:
            return self
        mine = Q(memberships__person=person) | Q(founder=person)
        return self.filter(Q(state__in=Group.PUBLIC) | mine | covered_by(person)).distinct()

    def within(self, region: Region) -> Self:
        """Those that lie in `region`, at any tier."""
        return self.filter(**{CODE_OF_LEVEL[region.level]: region.code})


CODE_OF_LEVEL = {1: "province_code", 2: "regency_code", 3: "district_code", 4: "village_code"}


def covered_by(person: Person, prefix: str = "") -> Q:
    """Groups (or what points to one by `prefix`) in the subtree of an office this person serves in today."""
    asked = Q(pk__in=[])
    for appointment in Appointment.objects.current().filter(person=person).select_related("office__region"):
        region = appointment.office.region
        asked |= Q() if region is None else Q(**{prefix + CODE_OF_LEVEL[region.level]: region.code})
        if region is None:
            return Q(pk__isnull=False)
    return asked


class Located(models.Model):
    """Lies in a place and carries the codes of all four levels, so that "within" is equality on one of them."""

    province_code = models.CharField(max_length=2, editable=False, default="")
    regency_code = models.CharField(max_length=5, editable=False, default="")
    district_code = models.CharField(max_length=8, editable=False, default="")
    village_code = models.CharField(max_length=13, editable=False, default="")

    class Meta:
        abstract = True

    def lie_in(self, region: Region) -> None:
        """Carry the codes of `region` and of those above it; the lower ones stay empty for a district or regency."""
        parts = region.code.split(".")
        for length, field in enumerate(CODE_OF_LEVEL.values(), start=1):
            setattr(self, field, ".".join(parts[:length]) if length <= len(parts) else "")

    def region_sites(self) -> list[str]:
        """The portals it shows on: its regions' and the nation's."""
        codes = (self.village_code, self.district_code, self.regency_code, self.province_code)
        return [f"wilayah/{code}" for code in codes if code] + ["nasional"]


class Group(Acted, Located):
    """A community information group (KIM) of one village, or a Forum of a district or regency."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("diusulkan")
        SOCIALISED = "socialised", _("sudah disosialisasikan")
        DELIBERATED = "deliberated", _("sudah dimusyawarahkan")
        MINUTED = "minuted", _("berita acara lengkap")
        DECREED = "decreed", _("ber-SK")
        REGISTERED = "registered", _("terdaftar")
        VERIFIED = "verified", _("terverifikasi")
        SUSPENDED = "suspended", _("dibekukan")
        DISSOLVED = "dissolved", _("dibubarkan")

    PUBLIC: ClassVar[tuple[str, ...]] = ("decreed", "registered", "verified", "suspended", "dissolved")
    PUBLISHING: ClassVar[tuple[str, ...]] = ("decreed", "registered", "verified")
    TEXTS: ClassVar[tuple[str, ...]] = ("about", "secretariat", "contact")

    name = models.CharField(_("nama"), max_length=80)
    slug = models.SlugField(max_length=60, unique=True)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="groups")
    founder = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="founded")
    """Who carries the formation; null while the proposal came from someone without an account."""
    proposers = models.CharField(_("nama dua pengusul"), max_length=200)
    proposer_contact = models.ForeignKey(SealedContact, null=True, on_delete=models.SET_NULL, related_name="+")
    about = models.CharField(_("siapa kami, dalam satu kalimat"), max_length=240, blank=True)
    secretariat = models.CharField(_("sekretariat"), max_length=200, blank=True)
    contact = models.CharField(_("kontak untuk umum"), max_length=100, blank=True)
    founded_on = models.DateField(_("tanggal berdiri"), null=True, blank=True)
    fields = ArrayField(models.CharField(max_length=40), verbose_name=_("bidang"), default=list, blank=True)
    stated_digital = models.BooleanField(_("dinyatakan berbasis TIK"), null=True)
    source_note = models.CharField(max_length=200, blank=True)  # where a registered fact comes from, shown publicly
    demo = models.BooleanField(default=False)
    suspended_reason = models.TextField(_("alasan"), blank=True)
    appeal_to = models.CharField(_("keberatan disampaikan kepada"), max_length=120, blank=True)
    dissolution_asked_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    last_published_at = models.DateTimeField(null=True, editable=False)
    last_confirmed_at = models.DateTimeField(null=True, editable=False)
    story_count = models.PositiveIntegerField(default=0, editable=False)  # published ones; kept by actions, re-counted nightly

    objects = Groups.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(state__in=["proposed", "socialised", "deliberated", "minuted", "decreed", "registered", "verified", "suspended", "dissolved"]), name="group_state")]
        indexes = [
            models.Index(fields=["province_code", "name", "id"], name="group_province"),
            models.Index(fields=["regency_code", "name", "id"], name="group_regency"),
            models.Index(fields=["district_code", "name", "id"], name="group_district"),
            models.Index(fields=["village_code", "name", "id"], name="group_village"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def title(self) -> str:
        """Its name, for the public protocol."""
        return self.name

    @property
    def is_public(self) -> bool:
        return self.state in self.PUBLIC

    @property
    def may_publish(self) -> bool:
        """At least decreed and not suspended."""
        return self.state in self.PUBLISHING

    @property
    def unverified(self) -> bool:
        """Until verified every page says so."""
        return self.state in ("decreed", "registered")

    def get_absolute_url(self) -> str:
        return reverse("portal:group", args=[self.slug])

    @property
    def site(self) -> str:
        return f"kim/{self.slug}"

    def sites(self) -> Iterable[str]:
        """Its own site and the portals above it."""
        return [self.site, *self.region_sites()]


class FormationStep(models.Model):
    """One step of a formation as it happened: when, with what evidence. The action that made it stands in the record."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="steps")
    action = models.CharField(max_length=40)  # propose, socialise, deliberate, minute, decree, register, verify, return …
    on = models.DateField(_("tanggal"))
    attendance = models.PositiveIntegerField(_("berapa yang hadir"), null=True, blank=True)
    note = models.TextField(_("catatan"), max_length=4000, blank=True)
    checklist = models.JSONField(default=dict)
    evidence = models.ForeignKey(Photo, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.action} {self.on}"


class Decree(models.Model):
    """A decree (SK) that gives a group its legal standing for a term. No two of a group overlap."""

    class Rank(models.TextChoices):
        VILLAGE_HEAD = "kades", _("Kepala Desa")
        URBAN_VILLAGE_HEAD = "lurah", _("Lurah")
        DISTRICT_HEAD = "camat", _("Camat")
        REGENT = "bupati", _("Bupati/Wali Kota")

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="decrees")
    number = models.CharField(_("nomor SK"), max_length=80)
    dated = models.DateField(_("tanggal SK"))
    rank = models.CharField(_("diterbitkan oleh"), max_length=10, choices=Rank.choices)
    issuer = models.CharField(_("nama pejabat"), max_length=100)
    starts = models.DateField(_("berlaku mulai"))
    ends = models.DateField(_("berlaku sampai"))
    scan = models.ForeignKey(Photo, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    replaces = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="decree_ends_after_start", violation_error_message=ENDS_AFTER_START),
            ExclusionConstraint(
                name="no_overlapping_decrees",
                expressions=[("group", RangeOperators.EQUAL), (_term(), RangeOperators.OVERLAPS)],
                violation_error_message=_("Masa berlaku SK ini bertumpuk dengan SK lain dari KIM yang sama."),
            ),
        ]

    def __str__(self) -> str:
        return f"SK {self.get_rank_display()} {self.number}"


class Membership(Acted):
    """A person's role in a group for a term; the capacity in which members act."""

    class State(models.TextChoices):
        ACTIVE = "active", _("berlaku")
        ENDED = "ended", _("diakhiri")

    class Role(models.TextChoices):
        KETUA = "ketua", _("Ketua")
        SEKRETARIS = "sekretaris", _("Sekretaris")
        BENDAHARA = "bendahara", _("Bendahara")
        REDAKTUR = "redaktur", _("Redaktur")
        PEMERIKSA = "pemeriksa", _("Pemeriksa")
        ANGGOTA = "anggota", _("Anggota")
        PEMBINA = "pembina", _("Pembina")

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(_("peran"), max_length=10, choices=Role.choices)
    has_vote = models.BooleanField(_("punya suara"), default=True)  # a pembina has none by default
    starts = models.DateField(_("mulai"))
    ends = models.DateField(_("sampai"), null=True, blank=True)
    field = models.CharField(_("bidang"), max_length=40, blank=True)
    ended_reason = models.CharField(_("alasan berakhir"), max_length=300, blank=True)

    objects = Terms.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")), name="membership_ends_after_start", violation_error_message=ENDS_AFTER_START),
            ExclusionConstraint(
                name="one_active_ketua",
                expressions=[("group", RangeOperators.EQUAL), (_term(), RangeOperators.OVERLAPS)],
                condition=Q(state="active", role="ketua"),
                violation_error_message=_("KIM ini sudah punya ketua pada masa itu. Akhiri dulu masa ketua yang lama."),
            ),
            ExclusionConstraint(
                name="no_double_membership",
                expressions=[("group", RangeOperators.EQUAL), ("person", RangeOperators.EQUAL), ("role", RangeOperators.EQUAL), (_term(), RangeOperators.OVERLAPS)],
                condition=Q(state="active"),
                violation_error_message=_("Orang ini sudah memegang peran itu pada masa tersebut."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.group}"

    @property
    def key(self) -> str:
        """Names this post in the desk's switch."""
        return f"m{self.pk}"


Post = Membership | Appointment


def posts_of(person: Person) -> list[Post]:
    """Every post this person holds today, read once per instance of the person (one request); the one in use first.

    `person.post_in_use` is the key of the post chosen in the desk's switch.
    """
    known: list[Post] | None = getattr(person, "_posts", None)
    if known is None:
        memberships = Membership.objects.current().filter(person=person).select_related("group__region").order_by("id")
        appointments = Appointment.objects.current().filter(person=person).select_related("office__region").order_by("id")
        known = [*memberships, *appointments]
        person._posts = known  # type: ignore[attr-defined]
    chosen = getattr(person, "post_in_use", "")
    return sorted(known, key=lambda post: post.key != chosen)


def membership_of(person: Person, group: Group, *roles: str) -> Membership | None:
    """The membership that lets this person act in `group` in one of `roles` (any role but pembina when none is named)."""
    wanted = roles or tuple(role for role in Membership.Role.values if role != Membership.Role.PEMBINA)
    return next((post for post in posts_of(person) if isinstance(post, Membership) and post.group_id == group.pk and post.role in wanted), None)


def appointment_over(person: Person, region: Region, *kinds: str) -> Appointment | None:
    """The appointment in an office of one of `kinds` (any) whose subtree holds `region`."""
    posts = (post for post in posts_of(person) if isinstance(post, Appointment))
    return next((post for post in posts if (not kinds or post.office.kind in kinds) and post.office.covers(region)), None)


def names_of(group: Group, *roles: str) -> list[str]:
    """Who in `group` holds one of `roles` today, as "Siti R. (pemeriksa)": who can help."""
    rows = Membership.objects.current().filter(group=group, role__in=roles).select_related("person").order_by("id")
    return [f"{row.person.name} ({row.get_role_display().lower()})" for row in rows[:4]]
