"""Offices and their people, groups and theirs: posts from which every right comes, lapsing by date."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Func, Max, Q, Value
from django.db.models.functions import Upper
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from kentongan.accounts.credentials import phone_of
from kentongan.accounts.models import Account, Person
from kentongan.core.errors import NotNow
from kentongan.core.models import Acted
from kentongan.core.protocol import Wording
from kentongan.core.settings import registered
from kentongan.groups.settings import CONDUCT_VERSION, LEAST_QUIET, WARNED_DAYS
from kentongan.media.models import Photo
from kentongan.pages import store
from kentongan.regions.models import Level, Region, RegionSetting, SettingOrigin
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

    def lapsing(self, days: int) -> Self:
        """Those that are current and end within so many days."""
        return self.current().filter(ends__lte=timezone.localdate() + timedelta(days=days))


class Memberships(Terms):
    """Memberships by who may look at them one by one."""

    def visible_to(self, person: Person) -> Self:
        """Those of one's own groups, of groups one founds, and of those in the subtree of an office one serves in."""
        own = [post.group_id for post in posts_of(person) if isinstance(post, Membership)]
        return self.filter(Q(group__in=own) | Q(group__founder=person) | Q(person=person) | covered_by(person, "group__"))


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

    def within(self, region: Region | None) -> Self:
        """Those that lie in `region`, at any tier; no region is the nation."""
        return self.filter(**{CODE_OF_LEVEL[region.level]: region.code}) if region else self

    def of(self, person: Person) -> Self:
        """Those this person is in today, or founded."""
        mine = Membership.objects.current().filter(person=person).values("group")
        return self.filter(Q(pk__in=mine) | Q(founder=person))

    def forming(self) -> Self:
        """Those on their way to being verified."""
        return self.filter(state__in=Group.FORMING)

    def dormant(self, days: int) -> Self:
        """Public ones, not dissolved, that published nothing for so many days."""
        since = timezone.now() - timedelta(days=days)
        return self.filter(state__in=Group.PUBLISHING).filter(
            Q(last_published_at__lt=since)
            | Q(last_published_at=None, public_since__lt=since)
            | Q(last_published_at=None, public_since=None)
        )

    def quiet(self, after: int, most: int) -> list["Group"]:
        """The next `most` publishing groups by id that nobody heard of for LEAST_QUIET less WARNED_DAYS days, or that were warned.

        Each has `signed_in`, when one of its people last signed in, and its region's rules.
        """
        long_ago = timezone.now() - timedelta(days=LEAST_QUIET - WARNED_DAYS)
        quiet = Q(last_published_at__lt=long_ago) | Q(last_published_at=None)
        rows = self.filter(quiet | Q(sleep_warned_at__isnull=False), state__in=Group.PUBLISHING, asleep_since=None, pk__gt=after)
        signed_in = Max("memberships__person__account__last_login", filter=Q(memberships__state="active"))
        return with_rules(rows.annotate(signed_in=signed_in).select_related("region").order_by("pk")[:most])

    def longest_waiting(self) -> Self:
        """The one that stands still longest first."""
        return self.order_by("waiting_since", "id")


CODE_OF_LEVEL = {1: "province_code", 2: "regency_code", 3: "district_code", 4: "village_code"}


def covered_by(person: Person, prefix: str = "") -> Q:
    """Groups (or what points to one by `prefix`) in the subtree of an office this person serves in today."""
    asked = Q(pk__in=[])
    for post in posts_of(person):
        if isinstance(post, Appointment):
            region = post.office.region
            if region is None:
                return Q(pk__isnull=False)
            asked |= Q(**{prefix + CODE_OF_LEVEL[region.level]: region.code})
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
    FORMING: ClassVar[tuple[str, ...]] = ("proposed", "socialised", "deliberated", "minuted", "decreed", "registered")
    TEXTS: ClassVar[tuple[str, ...]] = ("about", "secretariat", "contact")
    KIND: ClassVar[str] = "kim"
    """What search calls such a thing."""
    LAPSES: ClassVar[tuple[str, ...]] = ("digital_days", "dormant_days")
    """The rules by which its last story counts no more after so many days."""

    name = models.CharField(_("nama"), max_length=80)
    slug = models.SlugField(max_length=60, db_index=False)
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
    dissolution_reason = models.TextField(_("alasan pembubaran"), blank=True)
    dissolution_asked_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    submission = models.CharField(max_length=32, null=True, unique=True, editable=False)
    """Names the form a public proposal came from, so that a form sent twice is one proposal; quoted at the village office."""
    waiting_since = models.DateTimeField(default=timezone.now, editable=False)  # when it took the last step
    public_since = models.DateTimeField(null=True, editable=False)
    last_published_at = models.DateTimeField(null=True, editable=False)
    last_confirmed_at = models.DateTimeField(null=True, editable=False)
    last_awake_at = models.DateTimeField(null=True, editable=False)  # when the board said "kami masih aktif"
    sleep_warned_at = models.DateTimeField(null=True, editable=False)
    """Since when its board is told that nothing happens here; WARNED_DAYS later its forms close."""
    asleep_since = models.DateTimeField(null=True, editable=False)
    """From then on it is read only: nothing is published, no tips are taken, until somebody of the board wakes it."""
    story_count = models.PositiveIntegerField(default=0, editable=False)  # published ones; kept by actions, re-counted nightly

    objects = Groups.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state__in=[
                        "proposed",
                        "socialised",
                        "deliberated",
                        "minuted",
                        "decreed",
                        "registered",
                        "verified",
                        "suspended",
                        "dissolved",
                    ]
                ),
                name="group_state",
            ),
            models.UniqueConstraint(
                fields=["slug"],
                name="one_group_per_address",
                violation_error_message=_("Nama ini baru saja dipakai usulan lain. Kirim sekali lagi."),
            ),
        ]
        indexes = [
            models.Index(fields=["name", "id"], name="group_name"),
            GinIndex(OpClass(Upper("name"), "gin_trgm_ops"), name="group_name_part"),  # for name__icontains
            models.Index(fields=["province_code", "name", "id"], name="group_province"),
            models.Index(fields=["regency_code", "name", "id"], name="group_regency"),
            models.Index(fields=["district_code", "name", "id"], name="group_district"),
            models.Index(fields=["village_code", "name", "id"], name="group_village"),
            models.Index(fields=["regency_code", "waiting_since", "id"], name="group_waiting"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("portal:group", args=[self.slug])

    @cached_property
    def rules(self) -> dict[str, Any]:
        """What this room's settings say in the group's region, by key without the room's name (one query; see `with_rules`)."""
        return {
            origin.setting.key.removeprefix("groups."): origin.value
            for origin in self.region.setting_origins()
            if origin.setting.key.startswith("groups.")
        }

    @cached_property
    def people(self) -> list["Membership"]:
        """Current memberships with their persons, by role (one query)."""
        rows = Membership.objects.current().filter(group=self).select_related("person__account").order_by("id")
        return sorted(rows, key=lambda row: Membership.Role.values.index(row.role))

    @property
    def agreed_count(self) -> tuple[int, int]:
        """How many of its people agreed to the conduct as it reads now, of how many."""
        people = {row.person_id for row in self.people}
        return len({row.person_id for row in self.people if row.agreed}), len(people)

    @cached_property
    def officers(self) -> list["Appointment"]:
        """Current appointments in the offices above the group, the nearest first (one query)."""
        here = Q(office__region__code__in=self.region.codes)
        rows = Appointment.objects.current().filter(here).select_related("person", "office__region")
        return sorted(rows, key=lambda row: (-row.office.level, row.pk))

    @cached_property
    def all_decrees(self) -> list["Decree"]:
        """Every decree that counts, the newest first (one query)."""
        return list(self.decrees.filter(withdrawn=False).select_related("scan").order_by("-starts", "-id"))

    @property
    def decree(self) -> "Decree | None":
        """The decree of today; none between two."""
        today = timezone.localdate()
        return next((decree for decree in self.all_decrees if decree.starts <= today <= decree.ends), None)

    @property
    def label(self) -> str:
        """What such a group is called in its region: "Kelompok" or "Komunitas Informasi Masyarakat"."""
        return str(_("Komunitas Informasi Masyarakat") if self.rules["label"] == "komunitas" else _("Kelompok Informasi Masyarakat"))

    @property
    def display_name(self) -> str:
        """The whole name with the region's own label: "Kelompok Informasi Masyarakat Gulangpongge"."""
        return f"{self.label} {self.name.removeprefix('KIM ')}"

    @property
    def is_digital(self) -> bool:
        """Berbasis TIK as counted: verified, and a story within the days the region's rule names. Never typed."""
        return self.state == self.State.VERIFIED and self._since(self.last_published_at) <= self.rules["digital_days"]

    @property
    def dormant(self) -> bool:
        """Public, but nothing published within the days the region's rule names."""
        return self.may_publish and self._since(self.last_published_at or self.public_since) > self.rules["dormant_days"]

    @property
    def sleeps_on(self) -> date | None:
        """The day its forms close unless something happens; None while nobody was warned."""
        return timezone.localdate(self.sleep_warned_at) + timedelta(days=WARNED_DAYS) if self.sleep_warned_at else None

    @property
    def asleep_sentence(self) -> str:
        """Why it takes nothing while it sleeps, and whom to ask instead."""
        said = _("%(group)s sedang tidak aktif, jadi tidak ada yang membaca kiriman Anda. Sampaikan langsung kepada pemerintah %(place)s.")
        return str(said) % {"group": self.name, "place": self.region.label}

    def sign_of_life(self, signed_in: datetime | None) -> datetime | None:
        """The last time anything happened: a story, a word of its board, or (`signed_in`) one of its people at the desk."""
        moments = (self.last_published_at, self.last_confirmed_at, self.last_awake_at, self.public_since, signed_in)
        return max((moment for moment in moments if moment), default=None)

    @property
    def unconfirmed(self) -> bool:
        """Board and contact were not confirmed within the months the region's rule names."""
        confirmed = self.last_confirmed_at or self.public_since
        return self.may_publish and self._since(confirmed) > self.rules["reconfirm_months"] * 30.5

    @property
    def waiting_days(self) -> int:
        """How many days the formation has stood where it stands."""
        return int(self._since(self.waiting_since))

    @property
    def stuck(self) -> bool:
        """A formation that stands still longer than the region's rule allows."""
        return self.state in self.FORMING and self.waiting_days > self.rules["stuck_days"]

    @staticmethod
    def _since(moment: datetime | None) -> float:
        return (timezone.now() - moment).total_seconds() / 86400 if moment else float("inf")

    @property
    def profile_gaps(self) -> list[str]:
        """What the public profile still lacks, as people call it."""
        missing = [name for name in ("about", "secretariat", "contact", "founded_on", "fields") if not getattr(self, name)]
        return [str(getattr(self._meta.get_field(name), "verbose_name", name)) for name in missing]

    @property
    def lacks_officers(self) -> list[str]:
        """Which of the three offices of a board nobody holds."""
        held = {row.role for row in self.people}
        return [str(role.label).lower() for role in Membership.BOARD if role not in held]

    def note_step(self, action: str, by: Person | None, *, on: date | None = None, **evidence: Any) -> "FormationStep":
        """Write a step into the formation's history. Raises NotNow for a day that has not come."""
        on = on or timezone.localdate()
        if on > timezone.localdate():
            raise NotNow(str(_("Tanggal itu belum tiba. Catat langkah ini sesudah terjadi.")))
        self.waiting_since = timezone.now()
        return FormationStep.objects.create(group=self, action=action, by=by if isinstance(by, Person) else None, on=on, **evidence)

    def seat(self, person: Person, role: str, *, field: str = "", starts: date | None = None, ends: date | None = None) -> "Membership":
        """Give somebody a role, inside an `act` on the group."""
        return Membership.objects.create(
            group=self,
            person=person,
            role=role,
            state=Membership.State.ACTIVE,
            field=field,
            has_vote=role != Membership.Role.PEMBINA,
            starts=starts or timezone.localdate(),
            ends=ends,
        )

    def unseat_everyone(self, reason: str) -> None:
        """End every current membership: the minutes went back, or the group is dissolved."""
        today = timezone.localdate()
        active = self.memberships.filter(state=Membership.State.ACTIVE)
        active.filter(starts__gt=today).update(starts=today)
        active.update(state=Membership.State.ENDED, ends=today, ended_reason=reason[:300], version=F("version") + 1)

    def lengthen_board(self, ends: date | None) -> None:
        """The board serves as long as the decree holds."""
        self.memberships.filter(state=Membership.State.ACTIVE, role__in=Membership.BOARD).update(ends=ends, version=F("version") + 1)

    def moments(self) -> list[datetime]:
        """When its public pages will read differently by time alone: a decree or a term begins or has ended, its last story is too old."""
        terms = [
            *self.decrees.filter(withdrawn=False).values_list("starts", "ends"),
            *self.memberships.filter(state=Membership.State.ACTIVE).values_list("starts", "ends"),
        ]
        days = {starts for starts, _ends in terms} | {ends + timedelta(days=1) for _starts, ends in terms if ends}
        moments = {timezone.make_aware(datetime.combine(day, time.min)) for day in days}
        if self.last_published_at:
            moments |= {self.last_published_at + timedelta(days=self.rules[rule]) for rule in self.LAPSES}
        return sorted(moment for moment in moments if moment > timezone.now())

    def foretell(self) -> None:
        """Inside `act`: tell the page store when its public pages cease to be true by time alone."""
        for moment in self.moments():
            store.changes_at(moment, *self.sites())

    @classmethod
    def free_slug(cls, name: str, region: Region) -> str:
        """An address nobody has: the name, then with what it lies in, then with the code."""
        base = slugify(name.lower().removeprefix("kim "))[:40].strip("-") or "kim"
        above = region.ancestors[-1].name if region.ancestors else ""
        coded = f"{base}-{region.code.replace('.', '')}"
        tried = (base, f"{base}-{slugify(above)}"[:60], coded, *(f"{coded}-{number}" for number in range(2, 1000)))
        taken = set(cls._default_manager.filter(slug__startswith=base).values_list("slug", flat=True))
        return next(slug for slug in tried if slug not in taken)

    @property
    def title(self) -> str:
        """Its name, for the public protocol."""
        return self.name

    @property
    def is_public(self) -> bool:
        return self.state in self.PUBLIC

    @property
    def may_publish(self) -> bool:
        """At least decreed, not suspended, and not asleep."""
        return self.state in self.PUBLISHING and self.asleep_since is None

    @property
    def unverified(self) -> bool:
        """Until verified every page says so."""
        return self.state in ("decreed", "registered")

    @property
    def site(self) -> str:
        return f"kim/{self.slug}"

    def sites(self) -> Iterable[str]:
        """Its own site and the portals above it."""
        return [self.site, *self.region_sites()]

    @classmethod
    def findable(cls) -> Groups:
        """What search may find: those with a page."""
        return cls.objects.public().select_related("region")

    @property
    def is_findable(self) -> bool:
        """Whether search may find it now."""
        return self.is_public

    def wording(self) -> Wording:
        """What search keeps of it: its name, what it says of itself, where it is."""
        codes = (self.province_code, self.regency_code, self.district_code, self.village_code)
        more = " ".join([*self.fields, self.secretariat])
        at = self.public_since or self.waiting_since
        return Wording(self.KIND, at, codes, self.name, self.about, more, self.region.full_label)


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
    withdrawn = models.BooleanField(default=False)
    """Sent back before the group was registered: kept for the record, counts no more."""
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gte=F("starts")), name="decree_ends_after_start", violation_error_message=ENDS_AFTER_START
            ),
            ExclusionConstraint(
                name="no_overlapping_decrees",
                expressions=[("group", RangeOperators.EQUAL), (_term(), RangeOperators.OVERLAPS)],
                condition=Q(withdrawn=False),
                violation_error_message=_("Masa berlaku SK ini bertumpuk dengan SK lain dari KIM yang sama."),
            ),
        ]

    LEVEL_OF_RANK: ClassVar[dict[str, int]] = {
        "kades": Level.VILLAGE,
        "lurah": Level.VILLAGE,
        "camat": Level.DISTRICT,
        "bupati": Level.REGENCY,
    }

    def __str__(self) -> str:
        return str(_("SK %(rank)s %(number)s") % {"rank": self.get_rank_display(), "number": self.number})

    @classmethod
    def ranks_for(cls, group: Group, level: int) -> list[str]:
        """The ranks the region allows for this group whose decrees an office of this level may enter: its own and those below.

        A kelurahan is headed by a lurah, a desa by a kepala desa.
        """
        head = cls.Rank.URBAN_VILLAGE_HEAD if group.region.code[9:10] == "1" else cls.Rank.VILLAGE_HEAD
        fits = {head, cls.Rank.DISTRICT_HEAD, cls.Rank.REGENT}
        allowed = [rank for rank in group.rules["decree_ranks"] if rank in fits]
        return [rank for rank in allowed if level <= cls.LEVEL_OF_RANK[rank] <= group.region.level]


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

    BOARD: ClassVar[tuple[Role, ...]] = (Role.KETUA, Role.SEKRETARIS, Role.BENDAHARA)

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(_("peran"), max_length=10, choices=Role.choices)
    has_vote = models.BooleanField(_("punya suara"), default=True)  # a pembina has none by default
    starts = models.DateField(_("mulai"))
    ends = models.DateField(_("sampai"), null=True, blank=True)
    field = models.CharField(_("bidang"), max_length=40, blank=True)
    ended_reason = models.CharField(_("alasan berakhir"), max_length=300, blank=True)
    agreed_version = models.CharField(max_length=20, blank=True, default="", editable=False)
    agreed_at = models.DateTimeField(null=True, editable=False)
    """When this person said yes to being a member, and to which wording of the conduct. Until then nobody answers for them in this group's
    name, and no public page names them."""

    objects = Memberships.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")),
                name="membership_ends_after_start",
                violation_error_message=ENDS_AFTER_START,
            ),
            ExclusionConstraint(
                name="one_active_ketua",
                expressions=[("group", RangeOperators.EQUAL), (_term(), RangeOperators.OVERLAPS)],
                condition=Q(state="active", role="ketua"),
                violation_error_message=_("KIM ini sudah punya ketua pada masa itu. Akhiri dulu masa ketua yang lama."),
            ),
            ExclusionConstraint(
                name="no_double_membership",
                expressions=[
                    ("group", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (_term(), RangeOperators.OVERLAPS),
                ],
                condition=Q(state="active"),
                violation_error_message=_("Orang ini sudah memegang peran itu pada masa tersebut."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.group}"

    @property
    def agreed(self) -> bool:
        """Whether this person agreed to the conduct as it reads now: without that they read, and change nothing."""
        return self.agreed_version == CONDUCT_VERSION

    def agree(self, by: Person, *, helped: bool = False) -> None:
        """Inside `act`: this person said yes, today, to the wording of today."""
        self.agreed_version, self.agreed_at = CONDUCT_VERSION, timezone.now()
        Agreement.objects.create(membership=self, version=CONDUCT_VERSION, by=by, helped=helped)

    def carry_on(self, before: "Membership") -> None:
        """Inside `act`: the same person in the same group under another role; what they agreed to holds on."""
        self.agreed_version, self.agreed_at = before.agreed_version, before.agreed_at
        self.save(update_fields=["agreed_version", "agreed_at"])

    def end(self, reason: str) -> None:
        """Inside `act`, which moved its state: today was its last day."""
        self.ends, self.ended_reason = max(timezone.localdate(), self.starts), reason
        self.save()

    @property
    def key(self) -> str:
        """Names this post in the desk's switch."""
        return f"m{self.pk}"


class Agreement(models.Model):
    """That a member said yes to a version of the conduct: themselves, or with somebody of the board beside them. Append-only."""

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="agreements")
    version = models.CharField(max_length=20)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    helped = models.BooleanField(default=False)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["membership", "version"], name="one_yes_a_version")]

    def __str__(self) -> str:
        return f"{self.membership_id} {self.version}"


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
    """The membership that lets this person act in `group` in one of `roles` (any role but pembina when none is named).

    Somebody who has not agreed to the conduct acts in none; `groups.permissions.owes_agreement` tells them so.
    """
    wanted = roles or tuple(role for role in Membership.Role.values if role != Membership.Role.PEMBINA)
    posts = (post for post in posts_of(person) if isinstance(post, Membership) and post.group_id == group.pk and post.agreed)
    return next((post for post in posts if post.role in wanted), None)


def appointment_over(person: Person, region: Region, *kinds: str) -> Appointment | None:
    """The appointment in an office of one of `kinds` (any) whose subtree holds `region`."""
    posts = (post for post in posts_of(person) if isinstance(post, Appointment))
    return next((post for post in posts if (not kinds or post.office.kind in kinds) and post.office.covers(region)), None)


def office_over(person: Person, region: Region, *levels: int) -> Appointment | None:
    """The appointment in a governing office (village, district, communication) of one of these levels whose subtree holds `region`."""
    posts = (post for post in posts_of(person) if isinstance(post, Appointment))
    return next(
        (post for post in posts if post.office.kind in GOVERNING and post.office.level in levels and post.office.covers(region)), None
    )


GOVERNING = (Office.Kind.VILLAGE, Office.Kind.DISTRICT, Office.Kind.COMMUNICATION)


def sites_naming(person: Person) -> list[str]:
    """The sites of the groups this person has a role in today: there their name and the recoveries of their account are shown."""
    current = Membership.objects.current().filter(person=person, group__state__in=Group.PUBLIC)
    return [f"kim/{slug}" for slug in current.values_list("group__slug", flat=True).order_by("group__slug").distinct()]


def sites_ruled_by(region: Region | None) -> list[str]:
    """Where a rule of this region shows: on its groups' sites and their regions'; of a regency and below on every place in it."""
    groups = Group.objects.public().within(region).only("slug", "state", *CODE_OF_LEVEL.values())
    sites = [*(region.sites() if region else ["nasional"]), *(site for group in groups for site in group.sites())]
    if region and region.level >= Level.REGENCY:
        sites += [f"wilayah/{code}" for code in Region.objects.within(region).values_list("code", flat=True)]
    return list(dict.fromkeys(sites))


def names_of(group: Group, *roles: str) -> list[str]:
    """Who in `group` holds one of `roles` today, as "Siti R. (pemeriksa)": who can help."""
    return [f"{row.person.name} ({row.get_role_display().lower()})" for row in group.people if row.role in roles][:4]


OFFICE_OF_LEVEL = {
    Level.VILLAGE: _("pemerintah %(place)s"),
    Level.DISTRICT: _("kantor %(place)s"),
    Level.REGENCY: _("Diskominfo %(place)s"),
}


def officers_of(group: Group, *levels: int) -> list[str]:
    """Who in the offices of these levels above `group` can help, as "Budi S. (Lurah, Kelurahan …)"; where nobody serves just the office, as
    "kantor Kecamatan …".
    """
    named: list[str] = []
    for level in (level for level in levels if level <= group.region.level):
        rows = [row for row in group.officers if row.office.kind in GOVERNING and row.office.level == level]
        named += [f"{row.person.name} ({row.title}, {row.office})" for row in rows[:2]] or [_office_at(group.region, level)]
    return named


def _office_at(region: Region, level: int) -> str:
    """The office of this level over a region, by the name of its place."""
    place = region if level == region.level else region.ancestors[level - 1]
    return str(OFFICE_OF_LEVEL[Level(level)]) % {"place": place.label}


def with_rules(groups: Iterable[Group]) -> list[Group]:
    """These groups with their regions' settings read in one query for all of them."""
    groups = list(groups)
    codes = {code for group in groups for code in group.region.codes}
    rows = (
        RegionSetting.objects.current()
        .filter(Q(region=None) | Q(region__code__in=codes), key__startswith="groups.")
        .select_related("region")
    )
    by_level = sorted(rows, key=lambda row: row.region.level if row.region else 0)
    ours = {key: setting for key, setting in registered().items() if key.startswith("groups.")}
    for group in groups:
        nearest = {row.key: row for row in by_level if row.region is None or row.region.contains(group.region)}
        group.rules = {key.removeprefix("groups."): SettingOrigin.of(setting, nearest.get(key)).value for key, setting in ours.items()}
    return groups


def person_for(name: str, credential: str = "") -> Person:
    """The person of this phone number or user name, or a new one; with a credential, also an account that waits for its first sign-in.

    Raises NotNow when the credential belongs to somebody of another name.
    """
    credential = credential.strip()
    account = Account.objects.by_credential(credential) if credential else None
    if account is None:
        person = Person.enter(name)
        if credential:
            phone = phone_of(credential)
            Account.invite(person, phone=phone, username="" if phone else credential)
        return person
    if account.person.name.casefold().split() != name.casefold().split():
        raise NotNow(
            _("Nomor atau nama pengguna “%(typed)s” sudah dipakai orang dengan nama lain. Periksa lagi keduanya.") % {"typed": credential}
        )
    return account.person


@dataclass(frozen=True)
class Seat:
    """Somebody to be given a role: their name, the phone number or user name they will sign in with (may be empty), the role."""

    name: str
    credential: str
    role: str


def check_seats(group: Group, seats: Sequence[Seat]) -> None:
    """Whether these people make a board within the region's limits. Raises NotNow with everything that is wrong."""
    roles = [seat.role for seat in seats]
    twice = [str(role.label).lower() for role in Membership.BOARD if roles.count(role) > 1]
    missing = [str(role.label).lower() for role in Membership.BOARD if role not in roles]
    people = len({seat.name.casefold() for seat in seats})
    least, most = group.rules["min_members"], group.rules["max_members"]
    wrong = [
        _("Baru boleh satu orang sebagai %(roles)s.") % {"roles": ", ".join(twice)} if twice else "",
        _("Pengurus belum lengkap: belum ada %(roles)s.") % {"roles": ", ".join(missing)} if missing else "",
        ""
        if least <= people <= most
        else _("Anggotanya %(n)s orang. Aturan wilayah ini: %(least)s sampai %(most)s orang.")
        % {"n": people, "least": least, "most": most},
    ]
    if any(wrong):
        raise NotNow(" ".join(str(sentence) for sentence in wrong if sentence))
