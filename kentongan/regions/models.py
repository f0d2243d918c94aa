"""The region tree, the settings that hold in it, and which file it was loaded from.

Codes are those of Kemendagri (Kepmendagri 300.2.2-2430/2025), stored with dots: `PP.KK.CC.DDDD`. The code *is* the tree.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, ClassVar, Self
from zoneinfo import ZoneInfo

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import TrigramSimilarity, TrigramStrictWordSimilarity
from django.db import models, transaction
from django.db.models import Case, F, IntegerField, Q, Value, When
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from kentongan.core.language import HOUSE, as_written
from kentongan.core.models import Acted
from kentongan.core.settings import Setting, registered
from kentongan.regions.search import Sought, joinings, readings, written
from kentongan.ui.writing import date_only

FIRST_CITY = "71"  # regencies are 01–69, cities 71–99
CAPITAL = "31"  # its regency and cities are administrative: UU 29/2007, UU 2/2024
VILLAGE_KINDS = {"1": _("Kelurahan"), "2": _("Desa"), "3": _("Desa adat")}


class Level(models.IntegerChoices):
    """The four levels below the nation; a smaller number is a larger place."""

    PROVINCE = 1, _("Provinsi")
    REGENCY = 2, _("Kabupaten/kota")
    DISTRICT = 3, _("Kecamatan")
    VILLAGE = 4, _("Desa/kelurahan")


class Zone(models.TextChoices):
    """The three time zones of Indonesia: UTC+7, UTC+8, UTC+9."""

    WIB = "WIB", _("Waktu Indonesia Barat")
    WITA = "WITA", _("Waktu Indonesia Tengah")
    WIT = "WIT", _("Waktu Indonesia Timur")

    @property
    def tz(self) -> ZoneInfo:
        return ZoneInfo({"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}[self.value])


# Keppres 41/1987: WIB is Sumatra, Java with Madura, West and Central Kalimantan; WITA is South and East Kalimantan, Bali, Nusa Tenggara and
# Sulawesi; WIT is Maluku and Irian Jaya. Provinces made since keep the zone of the one they came from: 65 from 64, 82 from 81, 91–96.
PROVINCES_OF_ZONE = {
    Zone.WIB: "11 12 13 14 15 16 17 18 19 21 31 32 33 34 35 36 61 62",
    Zone.WITA: "51 52 53 63 64 65 71 72 73 74 75 76",
    Zone.WIT: "81 82 91 92 93 94 95 96",
}
ZONE_OF_PROVINCE = {code: zone for zone, codes in PROVINCES_OF_ZONE.items() for code in codes.split()}


def dotted(spelling: str) -> str:
    """A region's code in its stored spelling: `3318172003`, `33-18-17-2003` → `33.18.17.2003`.

    Raises ValueError when it is no code: 2, 4, 6 or 10 digits, and nothing else but dots, dashes and spaces.
    """
    digits = re.sub(r"[\s.\-]", "", spelling)
    if not re.fullmatch(r"[0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{10}", digits):
        raise ValueError(f"not a region's code: {spelling!r}")
    return ".".join(part for part in (digits[:2], digits[2:4], digits[4:6], digits[6:]) if part)


def chain(code: str) -> list[str]:
    """The codes from the province down to `code` itself: `33`, `33.18`, `33.18.17`, `33.18.17.2003`."""
    parts = code.split(".")
    return [".".join(parts[:length]) for length in range(1, len(parts) + 1)]


class RegionQuerySet(models.QuerySet["Region"]):
    def at_level(self, level: int) -> Self:
        return self.filter(level=level)

    def within(self, region: "Region") -> Self:
        """The region itself and everything below it."""
        return self.filter(Q(code=region.code) | Q(code__startswith=f"{region.code}."))

    def by_code(self, spelling: str) -> "Region":
        """The region of a code in any spelling. Raises Region.DoesNotExist, also for what is no code."""
        try:
            return self.get(code=dotted(spelling))
        except ValueError as wrong:
            raise Region.DoesNotExist(str(wrong)) from wrong

    def search(self, text: str, level: int | None = None, within: "Region | None" = None) -> Self:
        """The places `text` may mean, the likeliest first: a code (also a former one), a postal code, or names in nearly any spelling.

        Names come in any order; one of them has to be the place's own, the others may be those it lies in. Looks for whole words,
        then for beginnings and parts of words, then for similar ones, and answers with the first way that finds anything (one query each).
        """
        places = self if level is None else self.at_level(level)
        places = places if within is None else places.within(within)
        try:
            code = dotted(text)
            return places.filter(Q(code=code) | Q(pk__in=RegionSuccession.objects.filter(old_code=code).values("region"))).order_by("code")
        except ValueError:
            pass
        if re.fullmatch(r"\s*[0-9]{5}\s*", text):
            return places.filter(postal_code=text.strip()).order_by("code")
        for sought in _matches(text):
            if places.filter(sought.found).exists():
                return places.filter(sought.found).order_by(*sought.order)
        return places.none()


@dataclass(frozen=True, slots=True)
class _Match:
    """One way of looking: which places are found, and their order."""

    found: Q
    order: tuple[Any, ...]


def _matches(text: str) -> Iterable[_Match]:
    asked = readings(text)
    yield from (_Match(_whole_words(sought), _nearest(sought)) for sought in asked)
    yield from (_Match(_every_word(sought, " {}"), _nearest(sought)) for sought in asked)
    yield from (_Match(_every_word(sought, "{}"), _nearest(sought)) for sought in asked if min(map(len, sought.words)) > 2)
    yield from (_Match(_similar(sought), _most_similar(sought)) for sought in asked)


def _whole_words(sought: Sought) -> Q:
    """Every word, two neighbours perhaps written as one; or a name that begins with the kind of a place, as it was said."""
    found = Q(name_text__startswith=f" {' '.join(sought.said)} ") if sought.pattern else Q()
    for joined in (sought, *joinings(sought)):
        found |= _every_word(joined, " {} ")
    return found


def _every_word(sought: Sought, shape: str) -> Q:
    """Every word in the place's names, one of them in its own."""
    found, own = _of_kind(sought), Q()
    for word in sought.words:
        found &= Q(search_text__contains=shape.format(word))
        own |= Q(name_text__contains=shape.format(word))
    return found & own


def _of_kind(sought: Sought) -> Q:
    return Q(code__regex=sought.pattern) if sought.pattern else Q()


def _similar(sought: Sought) -> Q:
    """Every word like one in the place's names, one of them like one in its own (strict word similarity of pg_trgm, from 0.5)."""
    found, own = _of_kind(sought), Q()
    for word in sought.words:
        found &= Q(search_text__trigram_strict_word_similar=word)
        own |= Q(name_text__trigram_strict_word_similar=word)
    return found & own


def _nearest(sought: Sought) -> tuple[Any, ...]:
    """The whole name, then a name that is some of the words, then one that holds the first word; larger places first."""
    words = sought.words
    parts = [f" {word} " for word in words]
    parts += [f" {a} {b} {a}{b} " for a, b in pairwise(words)]
    rank = Case(
        When(name_text__in=written(sought.said), then=0),
        When(name_text__in=written(words) + (written(sought.said[1:]) if sought.pattern else []), then=1),
        When(name_text__in=parts, then=2),
        When(name_text__contains=f" {words[0]} ", then=3),
        default=4,
        output_field=IntegerField(),
    )
    return (rank, "level", "name", "code")


def _most_similar(sought: Sought) -> tuple[Any, ...]:
    likeness: Any = Value(0.0)
    for word in sought.words:
        likeness = likeness + TrigramStrictWordSimilarity(word, "name_text")
    likeness = likeness + TrigramSimilarity("name", " ".join(sought.words))
    return (likeness.desc(), "level", "name", "code")


class Region(models.Model):
    """A place [Wilayah]: a province, regency or city, district, or village, under its official code and name."""

    code = models.CharField(max_length=13, unique=True)
    name = models.CharField(max_length=80)  # without its kind: "Pati"
    level = models.PositiveSmallIntegerField(choices=Level.choices)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    lies_in = models.CharField(max_length=200, blank=True)  # "Kec. Gunungwungkal, Kab. Pati", so that a list needs no joins
    lat = models.FloatField(null=True)  # degrees; of a village where known, else the mean of the villages below
    lon = models.FloatField(null=True)
    postal_code = models.CharField(max_length=5, blank=True)
    name_text = models.CharField(max_length=170, editable=False)
    search_text = models.TextField(editable=False)

    objects = RegionQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="region_code_of_its_level",
                condition=Q(level=Level.PROVINCE, code__regex=r"^[1-9][0-9]$")
                | Q(level=Level.REGENCY, code__regex=r"^[1-9][0-9]\.(0[1-9]|[1-6][0-9]|7[1-9]|[89][0-9])$")
                | Q(level=Level.DISTRICT, code__regex=r"^[1-9][0-9]\.[0-9]{2}\.[0-9]{2}$")
                | Q(level=Level.VILLAGE, code__regex=r"^[1-9][0-9]\.[0-9]{2}\.[0-9]{2}\.[123][0-9]{3}$"),
                violation_error_message=_("Kode wilayah tidak cocok dengan tingkatnya."),
            ),
            models.CheckConstraint(
                name="region_parent_of_all_but_provinces",
                condition=Q(level=Level.PROVINCE, parent=None) | Q(level__gt=Level.PROVINCE, parent__isnull=False),
                violation_error_message=_("Setiap wilayah di bawah provinsi perlu induk."),
            ),
            models.CheckConstraint(
                name="region_point_in_indonesia",
                condition=Q(lat=None, lon=None) | Q(lat__isnull=False, lat__range=(-12, 7), lon__isnull=False, lon__range=(94, 142)),
                violation_error_message=_("Titik itu di luar Indonesia."),
            ),
        ]
        indexes = [
            GinIndex(name="region_search_text", fields=["search_text"], opclasses=["gin_trgm_ops"], fastupdate=False),
            GinIndex(name="region_name_text", fields=["name_text"], opclasses=["gin_trgm_ops"], fastupdate=False),
            models.Index(name="region_postal_code", fields=["postal_code"], condition=~Q(postal_code="")),
            models.Index(name="region_village_point", fields=["lat", "lon"], condition=Q(level=Level.VILLAGE, lat__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.full_label

    def get_absolute_url(self) -> str:
        return reverse("portal:region", args=[self.code])

    @property
    def kind(self) -> str:
        """What such a place is called, by its code: "Kabupaten", "Kota", "Kelurahan", …; in Indonesian on every page, as in its address."""
        parts = self.code.split(".")
        if self.level == Level.REGENCY:
            city = parts[1] >= FIRST_CITY
            if parts[0] == CAPITAL:
                return str(_("Kota Administrasi") if city else _("Kabupaten Administrasi"))
            return str(_("Kota") if city else _("Kabupaten"))
        if self.level == Level.VILLAGE:
            return str(VILLAGE_KINDS[parts[3][0]])
        with override(HOUSE):  # part of its name, not a word of the page
            return str(Level(self.level).label)

    @property
    def label(self) -> str:
        """ "Desa Gulangpongge", "Kota Salatiga"; a name that already says what it is stays as it is ("Desa Adat Ayapo")."""
        kind = self.kind
        return self.name if " " in kind and self.name.lower().startswith(f"{kind.lower()} ") else f"{kind} {self.name}"

    @property
    def short_label(self) -> str:
        """ "Kec. Gunungwungkal", "Kab. Pati"; a province and a village without their kind."""
        if self.level == Level.DISTRICT:
            return f"{_('Kec.')} {self.name}"
        if self.level == Level.REGENCY:
            return f"{self.kind.replace(str(_('Kabupaten')), str(_('Kab.')))} {self.name}"
        return self.name

    @property
    def full_label(self) -> str:
        """ "Desa Gulangpongge, Kec. Gunungwungkal, Kab. Pati"."""
        return f"{self.label}, {self.lies_in}" if self.lies_in else self.label

    @property
    def title(self) -> str:
        return self.label

    def _code_at(self, level: int) -> str:
        return chain(self.code)[level - 1] if level <= self.level else ""

    @property
    def province_code(self) -> str:
        return self._code_at(Level.PROVINCE)

    @property
    def regency_code(self) -> str:
        """The code of the regency it is or lies in; empty for a province."""
        return self._code_at(Level.REGENCY)

    @property
    def district_code(self) -> str:
        """The code of the district it is or lies in; empty above."""
        return self._code_at(Level.DISTRICT)

    @property
    def village_code(self) -> str:
        """Its own code when it is a village; else empty."""
        return self._code_at(Level.VILLAGE)

    @property
    def codes(self) -> list[str]:
        """Its code and those above it, the province first."""
        return chain(self.code)

    @cached_property
    def ancestors(self) -> list["Region"]:
        """The regions it lies in, the province first (one query)."""
        return list(Region.objects.filter(code__in=self.codes[:-1]).order_by("level")) if self.parent_id else []

    def contains(self, other: "Region") -> bool:
        """Whether `other` is this region or lies in it."""
        return self.code in other.codes

    @property
    def zone(self) -> Zone:
        """Its time zone: Keppres 41/1987."""
        return ZONE_OF_PROVINCE[self.province_code]

    @property
    def tz(self) -> ZoneInfo:
        return self.zone.tz

    @property
    def site(self) -> str:
        """The public site its pages are stored under."""
        return f"wilayah/{self.code}"

    def sites(self) -> list[str]:
        """The sites a thing that lies here shows on, besides its group's: its regions and the nation."""
        return [*(f"wilayah/{code}" for code in reversed(self.codes)), "nasional"]

    def setting(self, key: str) -> Any:
        """The value of a setting that holds here, typed. Raises KeyError for a setting no room has declared."""
        return self.setting_origin(key).value

    def setting_origin(self, key: str) -> "SettingOrigin":
        """Which value holds here and why (one query). Raises KeyError for a setting no room has declared."""
        return self._origins([registered()[key]])[0]

    def setting_origins(self) -> list["SettingOrigin"]:
        """Every declared setting as it holds here, in the order of their keys (one query)."""
        return self._origins([setting for _key, setting in sorted(registered().items())])

    def _origins(self, settings: list[Setting]) -> list["SettingOrigin"]:
        rows = RegionSetting.objects.holding_in(self).filter(key__in=[setting.key for setting in settings])
        nearest = {row.key: row for row in rows}  # the nation first, this region last
        return [SettingOrigin.of(setting, nearest.get(setting.key)) for setting in settings]


class RegionSuccession(models.Model):
    """A code that became another: a split, a merger, a new decree. The old code stays findable."""

    old_code = models.CharField(max_length=13, db_index=True)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="predecessors")
    decree = models.CharField(max_length=200)
    since = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(name="one_succession_a_pair", fields=["old_code", "region"])]

    def __str__(self) -> str:
        return f"{self.old_code} → {self.region.code}"


class RegionSettingQuerySet(models.QuerySet["RegionSetting"]):
    def current(self) -> Self:
        return self.filter(state=RegionSetting.State.CURRENT)

    def holding_in(self, region: Region) -> Self:
        """What is set for the region or anything it lies in: the nation first, the region itself last."""
        return (
            self.current()
            .filter(Q(region=None) | Q(region__code__in=region.codes))
            .select_related("region")
            .order_by(F("region__level").asc(nulls_first=True))
        )


class RegionSetting(Acted):
    """A rule that holds in a region and everything below it, unless set again further down [Pengaturan wilayah]. No region: the nation."""

    class State(models.TextChoices):
        CURRENT = "current", _("berlaku")
        REPLACED = "replaced", _("diganti")

    TEXTS: ClassVar[tuple[str, ...]] = ("source", "edition")

    region = models.ForeignKey(Region, null=True, on_delete=models.PROTECT, related_name="settings")
    key = models.CharField(max_length=60)
    value = models.JSONField()
    source = models.CharField(max_length=300)  # the rule it follows, as it is cited
    edition = models.CharField(max_length=60)  # the rule text's version
    since = models.DateField()

    objects = RegionSettingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_current_setting_a_region",
                fields=["region", "key"],
                condition=Q(state="current"),
                nulls_distinct=False,
                violation_error_message=_("Aturan ini baru saja diubah orang lain."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} = {self.value} ({self.region or _('Indonesia')})"

    @classmethod
    def drawn_up(cls, region: Region | None, key: str, value: Any, *, source: str, edition: str, since: date) -> Self:
        """A new, unsaved setting, its value checked: what an upper room hands to `act`.

        Raises KeyError for a setting no room has declared, ValueError with a sentence for a value that makes no sense.
        """
        value = checked(registered()[key], value)
        value = list(value) if isinstance(value, tuple) else value
        return cls(region=region, key=key, value=value, source=source, edition=edition, since=since)

    @classmethod
    def replace(cls, region: Region | None, key: str, value: Any, *, source: str, edition: str, since: date) -> Self:
        """Put a value in place of the current one, inside an `act` of an upper room on something else (or in a loaded demo)."""
        setting = cls.drawn_up(region, key, value, source=source, edition=edition, since=since)
        setting.state = cls.State.CURRENT
        setting.save()
        return setting

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A new setting retires the one it replaces as it is saved: there is one at any moment."""
        with transaction.atomic():
            if self._state.adding:
                self.siblings().current().update(state=self.State.REPLACED, version=F("version") + 1)
            super().save(*args, **kwargs)

    def siblings(self) -> RegionSettingQuerySet:
        """What was and is set for the same region and key."""
        return RegionSetting.objects.filter(region=self.region, key=self.key)


@dataclass(frozen=True, slots=True)
class SettingOrigin:
    """A setting as it holds somewhere: its value, and where that comes from. `row` is None where the default holds."""

    setting: Setting
    value: Any
    source: str
    row: RegionSetting | None = None

    @classmethod
    def of(cls, setting: Setting, row: RegionSetting | None) -> Self:
        if row is None:
            return cls(setting, setting.default, setting.source)
        return cls(setting, tuple(row.value) if setting.kind is tuple else row.value, row.source, row)

    @property
    def is_default(self) -> bool:
        return self.row is None

    @property
    def region(self) -> Region | None:
        """Where the value was set; None for the nation and for a default."""
        return self.row.region if self.row else None

    @property
    def since(self) -> date | None:
        return self.row.since if self.row else None

    @property
    def edition(self) -> str:
        return self.row.edition if self.row else ""

    @property
    def place(self) -> str:
        """Who set it, for people: "Kabupaten Pati", "Indonesia", "bawaan"."""
        if self.row is None:
            return str(_("bawaan"))
        return self.row.region.label if self.row.region else str(_("Indonesia"))

    @property
    def anchor(self) -> str:
        """The name of its place on a page."""
        return self.setting.key.replace(".", "-")

    @property
    def facts(self) -> list[tuple[str, Any]]:
        """Where the value comes from, as pairs of name and words (or a list of words with links)."""
        if self.row is None:
            return [(str(_("Dasar")), str(_(self.source)))]
        source: tuple[str, Any] = (str(_("Dasar")), as_written(self.source))
        where = [(self.place, reverse("regions:settings", args=[self.region.code]))] if self.region else self.place
        edition, since = (str(_("Versi")), self.row.edition), (str(_("Sejak")), date_only(self.row.since))
        return [(str(_("Ditetapkan untuk")), where), source, edition, since]

    @property
    def shown(self) -> str:
        """The value for people: a choice's label, yes or no, a list of words, a number with its unit."""
        names = dict(self.setting.choices)
        if isinstance(self.value, bool):
            return str(_("ya") if self.value else _("tidak"))
        if isinstance(self.value, tuple):
            words = ", ".join(str(names.get(word, word)) for word in self.value)
            return words if names else as_written(words)
        return f"{names.get(self.value, self.value)} {self.setting.unit}".strip()


def checked(setting: Setting, value: Any) -> Any:
    """`value` in the setting's type. Raises ValueError with a sentence for people when it makes no sense."""
    if setting.kind is tuple and isinstance(value, list | tuple):
        value = tuple(value)
    if type(value) is not setting.kind:
        raise ValueError(_("Nilai untuk “%(label)s” salah jenisnya.") % {"label": setting.label})
    chosen = value if isinstance(value, tuple) else (value,)
    if setting.choices and not set(chosen) <= {choice for choice, _label in setting.choices}:
        raise ValueError(_("Nilai untuk “%(label)s” tidak ada di daftar pilihan.") % {"label": setting.label})
    if setting.check:
        setting.check(value)
    return value


class RegionData(models.Model):
    """Which data file the tree was loaded from: a second load of the same file has nothing to do."""

    sha256 = models.CharField(max_length=64, unique=True)
    counts = models.JSONField()
    loaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        get_latest_by = "loaded_at"

    def __str__(self) -> str:
        return f"{self.sha256[:12]} {self.loaded_at:%Y-%m-%d %H:%M}"
