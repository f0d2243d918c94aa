"""The places of a region by code and by name, read once for a whole sheet: which one a row means, or which it may mean."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from kentongan.regions.models import FIRST_CITY, Level, Region, RegionSuccession
from kentongan.regions.search import words_of

MOST_CANDIDATES: Final = 12
ALIKE: Final = 75
"""Spellings at least so alike (of 100) are offered; none is taken by itself."""
SAME_PLACE: Final = 80
"""A name beside a code this unlike it contradicts the code."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something a doubtful row may mean: `code` is the answer to give, `label` what the officer reads.

    A village's code; or, where the place is clear and the group is not, that code, a stroke and the number of a known group or "baru".
    """

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row lies (`region`), or what it may mean (`candidates`), or why it lies nowhere (`refused`)."""

    region: Region | None = None
    candidates: list[Candidate] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    refused: bool = False


_KINDS: Final = {"desa": "23", "ds": "23", "kelurahan": "1", "kel": "1"}
"""What people write before a village's name, and what its code begins with then."""
_WITH_DISTRICT: Final = re.compile(r"^(.+?)[\s,(]+(?:kecamatan|kec\b\.?|distrik)\s*:?\s*([^,)]+)\)?.*$", re.IGNORECASE)


class Places:
    """Everything in `region`, in one query; what `records` name outside of it, in two more."""

    def __init__(self, region: Region, records: Iterable[dict[str, Any]]) -> None:
        self.region = region
        fields = ("id", "code", "name", "level", "lies_in")
        self.by_code = {place.code: place for place in Region.objects.within(region).only(*fields)}
        self.villages: dict[str, list[Region]] = defaultdict(list)
        self.above: dict[int, dict[str, list[Region]]] = {Level.DISTRICT: defaultdict(list), Level.REGENCY: defaultdict(list)}
        for place in self.by_code.values():
            if place.level == Level.VILLAGE:
                for key in {place_key(place.name), _key(words_of(place.name))}:
                    self.villages[key].append(place)
            elif place.level in self.above:
                self.above[place.level][_key(words_of(place.name))].append(place)
        strangers = {record["code"] for record in records if "code" in record} - set(self.by_code)
        self.elsewhere = {place.code: place for place in Region.objects.filter(code__in=strangers).only(*fields)} if strangers else {}
        self.successors: dict[str, list[RegionSuccession]] = defaultdict(list)
        unknown = strangers - set(self.elsewhere)
        if unknown:
            for row in RegionSuccession.objects.filter(old_code__in=unknown).select_related("region").order_by("region__code"):
                self.successors[row.old_code].append(row)
        self._alike: dict[str, list[str]] = {}

    @property
    def named(self) -> str:
        return self.region.short_label

    def of(self, record: dict[str, Any]) -> Place:
        """The place a record means."""
        if wrong := self._other_regency(record):
            return wrong
        if "code" in record:
            return self._by_code(record)
        if "village" in record:
            return self._by_name(record)
        if self._is_forum(record) and "district" in record:
            return self._forum(record)
        return Place(reasons=[_("Desa atau kodenya kosong.")], refused=True)

    def _other_regency(self, record: dict[str, Any]) -> Place | None:
        """A row that names another regency than the one chosen."""
        if self.region.level < Level.REGENCY or "regency" not in record:
            return None
        key, city = _regency_key(record["regency"])
        chosen = self.region if self.region.level == Level.REGENCY else None
        if chosen is None or (key == _key(words_of(chosen.name)) and city in (None, _is_city(chosen))):
            return None
        said = _("Baris ini menyebut “%(named)s”, bukan %(region)s.") % {"named": record["regency"], "region": self.named}
        return Place(reasons=[said], refused=True)

    def _by_code(self, record: dict[str, Any]) -> Place:
        code = record["code"]
        place, notes = self.by_code.get(code), []
        if place is None and (rows := [row for row in self.successors.get(code, []) if row.region.code in self.by_code]):
            said = [_("Kode lama %(old)s: %(decree)s.") % {"old": code, "decree": row.decree} for row in rows]
            if len(rows) > 1:
                return Place(candidates=_offered(row.region for row in rows), reasons=[said[0], _("Wilayah itu dipecah. Yang mana?")])
            place, notes = rows[0].region, [said[0] + " " + _("Kode sekarang %(code)s.") % {"code": rows[0].region.code}]
        if place is None:
            return self._strange_code(record)
        if place.level != Level.VILLAGE:
            return self._larger(place, record)
        return self._agreed(place, record, notes)

    def _strange_code(self, record: dict[str, Any]) -> Place:
        code = record["code"]
        if code in self.elsewhere:
            words = {"code": code, "place": self.elsewhere[code].full_label, "region": self.named}
            return Place(reasons=[_("Kode %(code)s adalah %(place)s: bukan di %(region)s.") % words], refused=True)
        unknown = _("Kode %(code)s tidak ada di daftar wilayah.") % {"code": code}
        if "village" not in record:
            return Place(reasons=[unknown], refused=True)
        by_name = self._by_name(record)
        found = [_candidate(by_name.region)] if by_name.region else by_name.candidates
        return Place(candidates=found, reasons=[unknown, *by_name.reasons], refused=not found)

    def _larger(self, place: Region, record: dict[str, Any]) -> Place:
        """A code of a district or regency: of a forum, or the village stands beside it by name."""
        if self._is_forum(record):
            return Place(place)
        if "village" in record:
            return self._by_name(record | ({"district": place.name} if place.level == Level.DISTRICT else {}))
        said = _("Kode %(code)s adalah %(place)s, bukan desa atau kelurahan.") % {"code": place.code, "place": place.label}
        return Place(reasons=[said], refused=True)

    def _agreed(self, place: Region, record: dict[str, Any], notes: list[str]) -> Place:
        """The place of a code, unless the name beside it says another one."""
        key = place_key(record.get("village", ""))
        if not key or key == place_key(place.name) or fuzz.ratio(key, place_key(place.name)) >= SAME_PLACE:
            return Place(place, reasons=notes)
        words = {"code": place.code, "place": place.label, "named": record["village"]}
        said = _("Kode %(code)s adalah %(place)s, tetapi namanya ditulis “%(named)s”. Yang mana?") % words
        by_name = self._by_name(record)
        others = [_candidate(by_name.region)] if by_name.region else by_name.candidates
        return Place(candidates=_distinct([_candidate(place), *others]), reasons=[*notes, said])

    def _by_name(self, record: dict[str, Any]) -> Place:
        named = record["village"]
        if "district" not in record and (parted := _WITH_DISTRICT.match(named)):
            record = record | {"village": parted[1].strip(" ,("), "district": parted[2].strip()}
            named = record["village"]
        pool = self._of_kind(self.villages.get(place_key(named)) or self.villages.get(_key(words_of(named)), []), named)
        pool, said = self._narrowed(pool, record)
        if not pool:
            return self._similar(named, record, said)
        needs_regency = self.region.level == Level.PROVINCE and "regency" not in record
        if len(pool) == 1 and not said and not needs_regency:
            return Place(pool[0])
        if "district_above" in record and "district" not in record:
            near = self._districts(record["district_above"])
            pool = sorted(pool, key=lambda place: place.district_code not in near)
        asked = {"n": len(pool), "name": pool[0].name, "region": self.named}
        if len(pool) > 1 and not said:
            said = [_("Ada %(n)s %(name)s di %(region)s. Yang mana?") % asked]
        if needs_regency:
            said = [*said, _("Kolom kabupaten/kota belum ada atau kosong.")]
        if len(pool) > MOST_CANDIDATES:
            said = [*said, _("Kalau tidak ada di antaranya, tulis kecamatan atau kode wilayahnya di Excel.")]
        return Place(candidates=_offered(pool), reasons=said)

    def _of_kind(self, pool: list[Region], named: str) -> list[Region]:
        """Where "Desa" or "Kelurahan" was written before the name, those of that kind, if there are any."""
        first = next(iter(words_of(named)), "")
        fitting = [place for place in pool if place.code[9:10] in _KINDS[first]] if first in _KINDS else []
        return fitting or pool

    def _narrowed(self, pool: list[Region], record: dict[str, Any]) -> tuple[list[Region], list[str]]:
        """Those in the regency and the district the row names; and what to ask when none is there though the name exists."""
        if self.region.level == Level.PROVINCE and "regency" in record:
            key, city = _regency_key(record["regency"])
            within = {one.code for one in self.above[Level.REGENCY].get(key, []) if city in (None, _is_city(one))}
            inside = [place for place in pool if place.regency_code in within]
            if not inside and pool:
                words = {"name": pool[0].name, "regency": record["regency"]}
                return pool, [_("Tidak ada %(name)s di “%(regency)s”. Yang mana?") % words]
            pool = inside
        if not pool or "district" not in record:
            return pool, []
        inside = [place for place in pool if place.district_code in self._districts(record["district"])]
        if inside:
            return inside, []
        words = {"name": pool[0].name, "district": record["district"]}
        return pool, [_("Tidak ada %(name)s di Kecamatan “%(district)s”. Yang mana?") % words]

    def _districts(self, named: str) -> set[str]:
        """The codes of the districts of that name, or of the nearest spelling of it."""
        key, known = _key(word for word in words_of(named) if word not in ("kecamatan", "kec", "distrik")), self.above[Level.DISTRICT]
        found = known.get(key)
        if found is None and (near := process.extractOne(key, known.keys(), scorer=fuzz.ratio, score_cutoff=85)):
            found = known[near[0]]
        return {place.code for place in found or []}

    def _similar(self, named: str, record: dict[str, Any], said: list[str]) -> Place:
        """Places that are spelled nearly so: offered, never taken."""
        key = place_key(named)
        near = [place for spelling in self._near(key) for place in self.villages[spelling]]
        near, _asked = self._narrowed(near, {key: value for key, value in record.items() if key in ("district", "regency")})
        words = {"name": named, "region": self.named}
        if not near:
            return Place(reasons=[*said, _("Tidak ada desa atau kelurahan “%(name)s” di %(region)s.") % words], refused=True)
        asked = _("Tidak ada desa atau kelurahan “%(name)s” di %(region)s. Yang ejaannya dekat:") % words
        return Place(candidates=_offered(near), reasons=[asked])

    def _near(self, key: str) -> list[str]:
        if key not in self._alike:
            found = process.extract(key, self.villages.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE, limit=MOST_CANDIDATES)
            self._alike[key] = [spelling for spelling, _score, _at in found]
        return self._alike[key]

    @staticmethod
    def _is_forum(record: dict[str, Any]) -> bool:
        return "forum" in words_of(record.get("name", ""))

    def _forum(self, record: dict[str, Any]) -> Place:
        """A forum of a district, by the district's name."""
        found = [self.by_code[code] for code in sorted(self._districts(record["district"]))]
        if len(found) == 1:
            return Place(found[0])
        said = _("Kecamatan “%(name)s” tidak ditemukan di %(region)s.") % {"name": record["district"], "region": self.named}
        return Place(candidates=_offered(found), reasons=[said], refused=not found)


def place_key(name: str) -> str:
    """One spelling of a village's name: "Desa Gulang Pongge" and "GULANGPONGGE" are the same."""
    words = words_of(name)
    return _key(words[1:] if len(words) > 1 and words[0] in _KINDS else words)


def _key(words: Iterable[str]) -> str:
    return "".join(words)


def _regency_key(named: str) -> tuple[str, bool | None]:
    """A regency's name as it is compared, and whether a city was said (None: neither)."""
    words = [word for word in words_of(named) if word not in ("administrasi", "adm")]
    said = {"kota": True, "kotamadya": True, "kabupaten": False, "kab": False}
    city = said.get(words[0]) if words else None
    return _key(words if city is None else words[1:]), city


def _is_city(region: Region) -> bool:
    return region.code.split(".")[1] >= FIRST_CITY


def _candidate(place: Region) -> Candidate:
    return Candidate(place.code, place.full_label)


def _offered(places: Iterable[Region]) -> list[Candidate]:
    """These places to choose from; two that read alike are told apart by their codes."""
    found = _distinct([_candidate(place) for place in places])[:MOST_CANDIDATES]
    labels = Counter(candidate.label for candidate in found)
    return [Candidate(one.code, f"{one.label} ({one.code})" if labels[one.label] > 1 else one.label) for one in found]


def _distinct(candidates: list[Candidate]) -> list[Candidate]:
    return list({candidate.code: candidate for candidate in candidates}.values())
