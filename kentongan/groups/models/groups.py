"""Groups (KIM): where they lie, what they say of themselves, how far their formation is."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Max, Q
from django.db.models.functions import Coalesce, Upper
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from kentongan.accounts.models import Person
from kentongan.core.errors import NotNow
from kentongan.core.models import Acted
from kentongan.core.protocol import Wording
from kentongan.core.settings import registered
from kentongan.groups.models.offices import Appointment, covered_by
from kentongan.groups.models.places import CODE_OF_LEVEL, Located
from kentongan.groups.models.terms import BOARD, Role
from kentongan.groups.settings import DAYS_A_MONTH, EARLY, LEAST_QUIET, WARNED_DAYS
from kentongan.pages import store
from kentongan.regions.models import ZONE_OF_PROVINCE, Level, Region, RegionSetting, SettingOrigin
from kentongan.vault.models import SealedContact

if TYPE_CHECKING:
    from kentongan.groups.models.decrees import Decree
    from kentongan.groups.models.formation import FormationStep
    from kentongan.groups.models.members import Membership


FORMING_STATES = ("proposed", "socialised", "deliberated", "minuted", "decreed", "registered")


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
        """Those this person is in today, or founded, or was in the last board of when it was dissolved."""
        mine = person.memberships.current().values("group")
        kept = person.memberships.of_last_board().values("group")
        return self.filter(Q(pk__in=mine) | Q(pk__in=kept) | Q(founder=person))

    def read_inside_by(self, person: Person) -> Self:
        """Those whose own papers this person reads: its people, its founder, the offices above it; of a dissolved one its last board."""
        mine = person.memberships.current().values("group")
        kept = person.memberships.of_last_board().values("group")
        return self.filter(Q(pk__in=mine) | Q(pk__in=kept) | Q(founder=person) | covered_by(person))

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
        WITHDRAWN = "withdrawn", _("ditarik dari register")

    PUBLIC: ClassVar[tuple[str, ...]] = ("decreed", "registered", "verified", "suspended", "dissolved")
    PUBLISHING: ClassVar[tuple[str, ...]] = ("decreed", "registered", "verified")
    FORMING: ClassVar[tuple[str, ...]] = FORMING_STATES
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
    last_confirmed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+", editable=False)
    last_visited_on = models.DateField(null=True, editable=False)  # by any office; kept by the visits
    dissolved_on = models.DateField(null=True, editable=False)
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
                        "withdrawn",
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
            models.Index(fields=["waiting_since", "id"], condition=Q(state__in=FORMING_STATES), name="group_forming"),
            models.Index(
                fields=["province_code", "waiting_since", "id"], condition=Q(state__in=FORMING_STATES), name="group_forming_province"
            ),
            models.Index(F("regency_code"), F("last_visited_on").asc(nulls_first=True), F("id"), name="group_unvisited_regency"),
            models.Index(F("last_visited_on").asc(nulls_first=True), F("id"), name="group_unvisited"),
            models.Index(
                Coalesce("last_published_at", "public_since"),
                F("id"),
                name="group_quiet",
                condition=Q(state__in=["decreed", "registered", "verified"], asleep_since__isnull=True),
            ),
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
        rows = self.memberships.current().select_related("person__account").order_by("id")
        return sorted(rows, key=lambda row: Role.values.index(row.role))

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
        return list(self.decrees.filter(withdrawn=False).select_related("scan", "paper", "entered_in__region").order_by("-starts", "-id"))

    @property
    def today(self) -> date:
        """The day it is where the group lies: what begins or ends by date does so at midnight there."""
        return timezone.localdate(timezone=ZONE_OF_PROVINCE[self.province_code].tz if self.province_code else None)

    @property
    def decree(self) -> "Decree | None":
        """The decree of today; none between two."""
        today = self.today
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
    def quiet_since(self) -> datetime | None:
        """Its last story, or since when it might have written one."""
        return self.last_published_at or self.public_since

    @property
    def falling_silent(self) -> bool:
        """Not dormant yet, but nothing published for EARLY of the days after which its region calls it so."""
        return self.may_publish and not self.dormant and self._since(self.quiet_since) > self.rules["dormant_days"] * EARLY

    @property
    def confirm_by(self) -> datetime | None:
        """Until when board and contact count as confirmed."""
        confirmed = self.last_confirmed_at or self.public_since
        return confirmed + timedelta(days=self.rules["reconfirm_months"] * DAYS_A_MONTH) if confirmed else None

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
        return self.may_publish and self._since(confirmed) > self.rules["reconfirm_months"] * DAYS_A_MONTH

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
        return [str(role.label).lower() for role in BOARD if role not in held]

    def note_step(self, action: str, by: Person | None, *, on: date | None = None, **evidence: Any) -> "FormationStep":
        """Write a step into the formation's history. Raises NotNow for a day that has not come."""
        on = on or timezone.localdate()
        if on > timezone.localdate():
            raise NotNow(str(_("Tanggal itu belum tiba. Catat langkah ini sesudah terjadi.")))
        self.waiting_since = timezone.now()
        return self.steps.create(action=action, by=by if isinstance(by, Person) else None, on=on, **evidence)

    def seat(self, person: Person, role: str, *, field: str = "", starts: date | None = None, ends: date | None = None) -> "Membership":
        """Give somebody a role, inside an `act` on the group."""
        return self.memberships.create(
            person=person,
            role=role,
            state="active",
            field=field,
            has_vote=role != Role.PEMBINA,
            starts=starts or timezone.localdate(),
            ends=ends,
        )

    def unseat_everyone(self, reason: str) -> None:
        """End every current membership: the minutes went back, or the group is dissolved."""
        today = timezone.localdate()
        active = self.memberships.filter(state="active")
        active.filter(starts__gt=today).update(starts=today)
        active.filter(Q(ends__isnull=True) | Q(ends__gt=today)).update(ends=today)  # a term that lapsed before keeps its day
        active.update(state="ended", ended_reason=reason[:300], version=F("version") + 1)

    def lengthen_board(self, ends: date | None) -> None:
        """The board serves as long as the decree holds."""
        self.memberships.filter(state="active", role__in=BOARD).update(ends=ends, version=F("version") + 1)

    def practise(self, step: str, at: datetime | None = None) -> None:
        """Inside `act` of any room: this group took a step of ADINDA (`measures.STEPS`) now, or at that moment."""
        from kentongan.groups.models.reckoning import practise

        practise(self, step, at)

    def moments(self, terms: Iterable[tuple[date, date | None]] | None = None) -> list[datetime]:
        """When its public pages will read differently by time alone: a decree or a term begins or has ended, its last story is too old.

        `terms` of its decrees and memberships, where they were read for many groups at once.
        """
        if terms is None:
            terms = [
                *self.decrees.filter(withdrawn=False).values_list("starts", "ends"),
                *self.memberships.filter(state="active").values_list("starts", "ends"),
            ]
        terms = list(terms)
        days = {starts for starts, _ends in terms} | {ends + timedelta(days=1) for _starts, ends in terms if ends}
        clocks = {timezone.get_default_timezone(), self.region.tz}  # rights lapse by the first, a decree by the second
        moments = {timezone.make_aware(datetime.combine(day, time.min), clock) for day in days for clock in clocks}
        if self.last_published_at:
            moments |= {self.last_published_at + timedelta(days=self.rules[rule]) for rule in self.LAPSES}
        if confirmed := self.last_confirmed_at or self.public_since:
            moments.add(confirmed + timedelta(days=self.rules["reconfirm_months"] * DAYS_A_MONTH))
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


def sites_ruled_by(region: Region | None) -> list[str]:
    """Where a rule of this region shows: on its groups' sites and their regions'; of a regency and below on every place in it."""
    groups = Group.objects.public().within(region).only("slug", "state", *CODE_OF_LEVEL.values())
    sites = [*(region.sites() if region else ["nasional"]), *(site for group in groups for site in group.sites())]
    if region and region.level >= Level.REGENCY:
        sites += [f"wilayah/{code}" for code in Region.objects.within(region).values_list("code", flat=True)]
    return list(dict.fromkeys(sites))


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
