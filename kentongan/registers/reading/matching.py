"""What is to be done with each record: enter a new group, complete a known one, ask, or refuse. Reads the register, writes nothing.

Queries do not grow with the sheet: the places of the region (1 to 3), its rules (1), its groups with decrees and people (3).
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from typing import Any, Final

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from kentongan.groups.models import Decree, Group, Membership
from kentongan.regions.models import Level, Region
from kentongan.regions.search import words_of
from kentongan.registers.reading.places import Candidate, Place, Places
from kentongan.registers.reading.rows import Parsed
from kentongan.registers.reading.values import same_number, years_after
from kentongan.ui.writing import date_only

NEW, SAME, CHANGED, ASK, REFUSED = "new", "same", "changed", "ask", "refused"
FRESH: Final = "baru"
"""The answer that a group is none of the known ones."""
ALIKE_GROUPS: Final = 82
"""Names of two groups of one village at least so alike (of 100) are asked about."""
ADULT: Final = 18  # PP 17/2025

__all__ = ["ASK", "CHANGED", "FRESH", "NEW", "REFUSED", "SAME", "Candidate", "Judged", "group_key", "judge", "judge_members"]


@dataclass(frozen=True, slots=True)
class Judged:
    """A record and what is to be done with it.

    `parsed.fields["decrees"]` holds only whole decrees (number, dated, rank, starts, ends; ISO days), completed by the region's rule
    where `reasons` say so. `changes`: field → [before, after] as people read it, "decrees" for all of them. `group_id` is the known
    group; `group_row` the row of the group in the same file a member belongs to.
    """

    parsed: Parsed
    verdict: str
    region_code: str = ""
    candidates: list[Candidate] = field(default_factory=list)
    group_id: int | None = None
    changes: dict[str, list[str]] = field(default_factory=dict)
    reasons: list[str] = field(default_factory=list)
    group_row: int | None = None


def judge(parsed: Sequence[Parsed], region: Region, choices: Mapping[int, str] | None = None) -> list[Judged]:
    """Judge the records of a sheet of groups against the register of `region`, in their order.

    `choices`: row number → `Candidate.code` the officer took.
    """
    register = _Register(region, [record.fields for record in parsed])
    sheet = _SheetSoFar(register, parsed, choices or {})
    return [sheet.judged(record) for record in parsed]


def judge_members(
    parsed: Sequence[Parsed], region: Region, groups: Sequence[Judged], choices: Mapping[int, str] | None = None
) -> list[Judged]:
    """Judge the records of a sheet of members against the groups of the same file and those of the register."""
    register = _Register(region, [record.fields for record in parsed])
    sheet = _MembersSoFar(register, groups, choices or {})
    return [sheet.judged(record) for record in parsed]


_GENERAL: Final = frozenset(["kim", "kelompok", "komunitas", "informasi", "masyarakat", "desa", "kelurahan", "kel", "ds"])


def group_key(name: str) -> str:
    """One spelling of a group's name: "KIM Gulang Pongge" and "Kelompok Informasi Masyarakat Gulangpongge" are the same."""
    words = words_of(name)
    return "".join(word for word in words if word not in _GENERAL) or "".join(words)


class _Register:
    """The places, rules and known groups of a region."""

    def __init__(self, region: Region, records: list[dict[str, Any]]) -> None:
        self.region = region
        self.places = Places(region, records)
        self.rules = {origin.setting.key: origin.value for origin in region.setting_origins()}
        decrees = Decree.objects.filter(withdrawn=False).order_by("starts")
        people = Membership.objects.current().select_related("person").order_by("id")
        known = Group.objects.within(region).exclude(state=Group.State.WITHDRAWN).order_by("id")
        known = known.prefetch_related(Prefetch("decrees", decrees, to_attr="kept"), Prefetch("memberships", people, to_attr="serving"))
        self.groups: dict[str, list[Group]] = defaultdict(list)
        self.numbers: dict[str, list[tuple[Group, Decree]]] = defaultdict(list)
        self.by_id: dict[int, Group] = {}
        for group in known:
            self.by_id[group.pk] = group
            self.groups[_place_of(group)].append(group)
            for decree in group.kept:  # type: ignore[attr-defined]
                self.numbers[same_number(decree.number)].append((group, decree))


def _place_of(group: Group) -> str:
    return group.village_code or group.district_code or group.regency_code


@dataclass(frozen=True, slots=True)
class _Match:
    """The known group a record means, or what it may mean."""

    group: Group | None = None
    candidates: list[Candidate] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)


class _SheetSoFar:
    """A sheet of groups as it is judged: what earlier rows already named."""

    def __init__(self, register: _Register, parsed: Sequence[Parsed], choices: Mapping[int, str]) -> None:
        self.register, self.choices = register, choices
        self.seen: dict[str, dict[str, int]] = defaultdict(dict)  # place → name → row
        self.taken: dict[int, int] = {}  # known group → row
        self.numbers: dict[str, list[tuple[Parsed, dict[str, str]]]] = defaultdict(list)
        for record in parsed:
            for decree in record.fields.get("decrees", []):
                self.numbers[same_number(decree["number"])].append((record, decree))

    def judged(self, record: Parsed) -> Judged:
        """One record, in the order of the sheet."""
        village, _stroke, group = self.choices.get(record.number, "").partition("/")
        place = self._place(record, village)
        reasons = [*record.problems, *place.reasons]
        if record.problems or place.refused:
            return Judged(record, REFUSED, place.region.code if place.region else "", reasons=[*reasons, *record.notes])
        if place.region is None:
            return Judged(record, ASK, candidates=place.candidates, reasons=[*reasons, *record.notes])
        record, wrong, notes = self._with_whole_decrees(record, place.region)
        reasons += [*wrong, *notes, *record.notes]
        if wrong:
            return Judged(record, REFUSED, place.region.code, reasons=reasons)
        return self._in_place(record, place.region, group, reasons)

    def _place(self, record: Parsed, chosen: str) -> Place:
        if chosen and chosen in self.register.places.by_code:
            return Place(self.register.places.by_code[chosen])
        return self.register.places.of(record.fields)

    def _in_place(self, record: Parsed, region: Region, chosen: str, reasons: list[str]) -> Judged:
        match = self._group(record, region, chosen)
        reasons = [*match.reasons, *reasons]
        twice = self._twice(record, region, match.group, chosen)
        if match.candidates or twice.candidates:
            candidates = match.candidates or twice.candidates
            return Judged(record, ASK, region.code, candidates, reasons=[*twice.reasons, *reasons])
        if twice.reasons:
            return Judged(record, REFUSED, region.code, group_id=match.group.pk if match.group else None, reasons=twice.reasons)
        self.seen[region.code].setdefault(group_key(record.fields["name"]), record.number)
        reasons += self._reused(record, region, match.group)
        if match.group is None:
            return Judged(record, NEW, region.code, reasons=reasons)
        self.taken[match.group.pk] = record.number
        return self._known(record, region, match.group, reasons)

    def _known(self, record: Parsed, region: Region, group: Group, reasons: list[str]) -> Judged:
        if group.state == Group.State.DISSOLVED:
            return Judged(record, REFUSED, region.code, group_id=group.pk, reasons=[_("KIM ini sudah dibubarkan."), *reasons])
        crossed = _crossing(record, group)
        if crossed:
            return Judged(record, REFUSED, region.code, group_id=group.pk, reasons=[*crossed, *reasons])
        changes = dict(_changes(record, group))
        return Judged(record, CHANGED if changes else SAME, region.code, group_id=group.pk, changes=changes, reasons=reasons)

    def _group(self, record: Parsed, region: Region, chosen: str) -> _Match:
        """The known group of this name in this place, or the one that holds this decree; one of a similar name is asked about."""
        known, key = self.register.groups.get(region.code, []), group_key(record.fields["name"])
        picked = [group for group in known if str(group.pk) == chosen]
        if picked or chosen == FRESH:
            return _Match(picked[0] if picked else None)
        if named := [group for group in known if group_key(group.name) == key]:
            return _Match(named[0])
        numbers = {same_number(decree["number"]) for decree in record.fields.get("decrees", [])}
        for group in known:
            if numbers & {same_number(decree.number) for decree in group.kept}:  # type: ignore[attr-defined]
                return _Match(group, reasons=[_("Dikenali dari nomor SK-nya.")])
        if alike := [group for group in known if _alike(group_key(group.name), key)]:
            said = _("Namanya mirip KIM yang sudah tercatat di %(place)s.") % {"place": region.label}
            return _Match(candidates=_which(region, alike), reasons=[said])
        if known := [group for group in known if group.state != Group.State.DISSOLVED]:
            words = {"place": region.label, "groups": ", ".join(group.name for group in known[:3])}
            said = _("%(place)s sudah punya %(groups)s. Apakah ini KIM yang sama dengan nama lain?") % words
            return _Match(candidates=_which(region, known[:5]), reasons=[said])
        return _Match()

    def _twice(self, record: Parsed, region: Region, group: Group | None, chosen: str) -> _Match:
        """Whether an earlier row already named this group: exactly (reasons), or nearly (candidates as well)."""
        earlier, key = self.seen[region.code], group_key(record.fields["name"])
        row = earlier.get(key) or (self.taken.get(group.pk) if group else None)
        if row:
            return _Match(reasons=[_("KIM ini sudah ada di baris %(n)s. Gabungkan kedua barisnya di Excel.") % {"n": row}])
        near = [] if chosen else [earlier[name] for name in earlier if _alike(name, key)]
        if not near:
            return _Match()
        said = _("Mirip baris %(n)s dengan ejaan lain. Kalau sama, lewati baris ini.") % {"n": near[0]}
        answer = f"{region.code}/{group.pk if group else FRESH}"
        return _Match(candidates=[Candidate(answer, _("Bukan: ini KIM lain, catat juga"))], reasons=[said])

    def _reused(self, record: Parsed, region: Region, group: Group | None) -> list[str]:
        """Numbers of decrees that other groups carry too. One decree of a regent or district head may name many groups."""
        said = []
        for decree in record.fields.get("decrees", []):
            number = same_number(decree["number"])
            known = [
                other.name
                for other, held in self.register.numbers.get(number, [])
                if (group is None or other.pk != group.pk) and not _collective(decree, held.rank, held.dated.isoformat())
            ]
            rows = [
                _("baris %(n)s") % {"n": other.number}
                for other, held in self.numbers[number]
                if other.number != record.number and not _collective(decree, held.get("rank", ""), held["dated"])
            ]
            if known or rows:
                words = {"number": decree["number"], "others": ", ".join([*known, *rows][:3])}
                said.append(_("Nomor SK %(number)s juga dipakai %(others)s. Periksa nomornya.") % words)
        return said

    def _with_whole_decrees(self, record: Parsed, region: Region) -> tuple[Parsed, list[str], list[str]]:
        """The record with decrees completed by the region's rules; what refuses it; what was assumed or left out."""
        whole, wrong, notes = [], [], []
        for decree in record.fields.get("decrees", []):
            rank, said = self._rank(decree, region)
            notes += said
            if not rank:
                continue
            if rank not in self.register.rules["groups.decree_ranks"]:
                wrong.append(_("Aturan wilayah ini tidak mengenal SK dari %(rank)s.") % {"rank": Decree.Rank(rank).label})
            if decree["dated"] > timezone.localdate().isoformat():
                wrong.append(_("Tanggal SK %(number)s belum tiba.") % {"number": decree["number"]})
            if "ends" not in decree:
                notes.append(self._lasting(decree))
            whole.append({"ends": self._end(decree).isoformat(), **decree, "rank": str(rank)})
        if "decrees" in record.fields:
            record = replace(record, fields=record.fields | {"decrees": whole})
            wrong += _crossed(whole)
        return record, wrong, notes

    def _end(self, decree: dict[str, str]) -> date:
        """Its last day by the region's rule, for one that names none."""
        return years_after(date.fromisoformat(decree["starts"]), self.register.rules["groups.term_years"])

    def _lasting(self, decree: dict[str, str]) -> str:
        words = {"years": self.register.rules["groups.term_years"], "ends": date_only(self._end(decree))}
        return _("Akhir SK tidak tertulis: dihitung %(years)s tahun menurut aturan wilayah, sampai %(ends)s.") % words

    def _rank(self, decree: dict[str, str], region: Region) -> tuple[str, list[str]]:
        """Who issued a decree, as it fits the place: a kelurahan is headed by a lurah, a desa by a kepala desa."""
        head = Decree.Rank.URBAN_VILLAGE_HEAD if region.code[9:10] == "1" else Decree.Rank.VILLAGE_HEAD
        other = Decree.Rank.VILLAGE_HEAD if head == Decree.Rank.URBAN_VILLAGE_HEAD else Decree.Rank.URBAN_VILLAGE_HEAD
        rank = decree.get("rank", "")
        if rank == other and region.level == Level.VILLAGE:
            return head, [_("%(place)s dipimpin %(head)s: SK-nya dicatat begitu.") % {"place": region.label, "head": head.label}]
        if rank:
            return rank, []
        fits = [one for one in self.register.rules["groups.decree_ranks"] if one != other]
        if len(fits) == 1:
            return fits[0], []
        return "", [_("SK %(number)s belum dicatat: pejabat yang menerbitkan tidak tertulis.") % {"number": decree["number"]}]


def _alike(one: str, other: str) -> bool:
    """Whether two names can be one name misspelt: "KIM Bermi 1" and "KIM Bermi 2" are two groups."""
    near = fuzz.ratio(one, other, score_cutoff=ALIKE_GROUPS) > 0
    return near and re.findall(r"\d+", one) == re.findall(r"\d+", other)


def _which(region: Region, known: list[Group]) -> list[Candidate]:
    """The known groups a row may mean, and that it is none of them."""
    found = [Candidate(f"{region.code}/{group.pk}", _("Sama dengan %(group)s") % {"group": group.name}) for group in known]
    return [*found, Candidate(f"{region.code}/{FRESH}", _("KIM lain: catat sebagai KIM baru"))]


def _collective(decree: dict[str, str], rank: str, dated: str) -> bool:
    """Whether two decrees of one number can be the same paper, naming many groups: issued above the village, on one day."""
    above = (Decree.Rank.DISTRICT_HEAD, Decree.Rank.REGENT)
    return decree.get("rank") in above and rank in above and decree["dated"] == dated


def _crossed(decrees: list[dict[str, str]]) -> list[str]:
    terms = sorted((decree["starts"], decree["ends"], decree["number"]) for decree in decrees)
    said = _("Masa berlaku SK %(one)s dan SK %(other)s bertumpuk.")
    return [said % {"one": one[2], "other": other[2]} for one, other in pairwise(terms) if other[0] <= one[1] and one[2] != other[2]]


def _crossing(record: Parsed, group: Group) -> list[str]:
    """New decrees that hold at the same time as one the register has and the sheet says nothing of."""
    said, decrees = [], record.fields.get("decrees", [])
    stated = {same_number(decree["number"]) for decree in decrees}
    others = [held for held in group.kept if same_number(held.number) not in stated]  # type: ignore[attr-defined]
    for decree in decrees:
        for held in others:
            if decree["starts"] <= held.ends.isoformat() and held.starts.isoformat() <= decree["ends"]:
                words = {"new": decree["number"], "old": held.number, "ends": date_only(held.ends)}
                said.append(_("Masa berlaku SK %(new)s bertumpuk dengan SK %(old)s yang tercatat sampai %(ends)s.") % words)
    return said


def _changes(record: Parsed, group: Group) -> Iterator[tuple[str, list[str]]]:
    """What the sheet says otherwise than the register. What it does not say changes nothing."""
    said = record.fields
    if group_key(said["name"]) != group_key(group.name):
        yield "name", [group.name, said["name"]]
    for key in ("secretariat", "contact"):
        if key in said and _plain(said[key]) != _plain(getattr(group, key)):
            yield key, [getattr(group, key), said[key]]
    if "founded_on" in said and (group.founded_on is None or said["founded_on"] != group.founded_on.isoformat()):
        yield "founded_on", [_day(group.founded_on), _day(date.fromisoformat(said["founded_on"]))]
    if "fields" in said and {_plain(one) for one in said["fields"]} != {_plain(one) for one in group.fields}:
        yield "fields", [", ".join(group.fields), ", ".join(said["fields"])]
    if "stated_digital" in said and said["stated_digital"] != group.stated_digital:
        yield "stated_digital", [_truth(group.stated_digital), _truth(said["stated_digital"])]
    for role in Membership.BOARD:
        holder = next((row.person.name for row in group.serving if row.role == role), "")  # type: ignore[attr-defined]
        if role in said and words_of(said[role]) != words_of(holder):
            yield str(role), [holder, said[role]]
    yield from _decree_changes(said.get("decrees", []), group)


def _decree_changes(decrees: list[dict[str, str]], group: Group) -> Iterator[tuple[str, list[str]]]:
    held = {same_number(decree.number): decree for decree in group.kept}  # type: ignore[attr-defined]
    before, after = [], []
    for decree in decrees:
        old = held.get(same_number(decree["number"]))
        now = _decree_line(decree["number"], *(date.fromisoformat(decree[key]) for key in ("dated", "starts", "ends")))
        then = _decree_line(old.number, old.dated, old.starts, old.ends) if old else ""
        kept = old and (old.dated, old.starts, old.ends, old.rank) == (
            *(date.fromisoformat(decree[key]) for key in ("dated", "starts", "ends")),
            decree["rank"],
        )
        if not kept:
            before += [then] if then else []
            after.append(now)
    if after:
        yield "decrees", ["; ".join(before), "; ".join(after)]


def _decree_line(number: str, dated: date, starts: date, ends: date) -> str:
    words = {"number": number, "dated": date_only(dated), "starts": date_only(starts), "ends": date_only(ends)}
    return _("%(number)s, %(dated)s, berlaku %(starts)s–%(ends)s") % words


def _plain(text: str) -> str:
    digits = "".join(sign for sign in text if sign.isdigit())
    return digits.removeprefix("62").removeprefix("0") if len(digits) > 8 and len(digits) * 2 > len(text) else "".join(words_of(text))


def _day(value: date | None) -> str:
    return date_only(value) if value else ""


def _truth(value: bool | None) -> str:
    return "" if value is None else _("ya") if value else _("belum")


@dataclass(frozen=True, slots=True)
class _Home:
    """A group a member may belong to: of the register (`known`), or of this file (`row`)."""

    code: str
    name: str
    known: Group | None
    row: int | None

    @property
    def answer(self) -> str:
        return f"{self.code}/{self.known.pk if self.known else f'b{self.row}'}"


class _MembersSoFar:
    """A sheet of members as it is judged."""

    def __init__(self, register: _Register, groups: Sequence[Judged], choices: Mapping[int, str]) -> None:
        self.register, self.choices = register, choices
        self.homes: dict[str, list[_Home]] = defaultdict(list)
        self.doubtful: dict[str, int] = {}
        rows = {one.group_id: one.parsed.number for one in groups if one.group_id}
        for code, known in register.groups.items():
            for group in known:
                self.homes[group_key(group.name)].append(_Home(code, group.name, group, rows.get(group.pk)))
        for one in groups:
            name = one.parsed.fields.get("name", "")
            if one.verdict == NEW:
                self.homes[group_key(name)].append(_Home(one.region_code, name, None, one.parsed.number))
            elif one.verdict in (ASK, REFUSED):
                self.doubtful.setdefault(group_key(name), one.parsed.number)
        self.seen: dict[tuple[str, str, str], int] = {}
        self.heads: dict[tuple[str, str], int] = {}

    def judged(self, record: Parsed) -> Judged:
        """One person's row."""
        if record.problems:
            return Judged(record, REFUSED, reasons=[*record.problems, *record.notes])
        homes = self._homes(record)
        if len(homes) != 1:
            return self._homeless(record, homes)
        return self._at_home(record, homes[0])

    def _homes(self, record: Parsed) -> list[_Home]:
        """The groups of this name; the place the row names narrows them."""
        chosen, fields = self.choices.get(record.number, ""), record.fields
        if chosen:
            return [home for homes in self.homes.values() for home in homes if home.answer == chosen]
        if "name" in fields:
            homes = self.homes.get(group_key(fields["name"]), [])
        else:
            homes = [home for homes in self.homes.values() for home in homes]
        if "code" not in fields and "village" not in fields:
            return homes if "name" in fields else []
        place = self.register.places.of(fields)
        codes = {place.region.code} if place.region else {candidate.code for candidate in place.candidates}
        return [home for home in homes if home.code in codes]

    def _homeless(self, record: Parsed, homes: list[_Home]) -> Judged:
        """No group, or several, that this row may mean."""
        name = record.fields.get("name", "")
        if homes:
            labels = {home.answer: f"{home.name}, {self.register.places.by_code[home.code].full_label}" for home in homes[:8]}
            candidates = [Candidate(answer, label) for answer, label in labels.items()]
            said = _("Ada %(n)s KIM bernama “%(name)s”. Yang mana?") % {"n": len(homes), "name": name}
            return Judged(record, ASK, candidates=candidates, reasons=[said, *record.notes])
        if row := self.doubtful.get(group_key(name)):
            said = _("KIM-nya (baris %(n)s di lembar KIM) belum beres. Selesaikan dulu baris itu.") % {"n": row}
        elif name:
            said = _("KIM “%(name)s” tidak ada di lembar KIM maupun di register.") % {"name": name}
        else:
            said = _("Nama KIM-nya kosong.")
        return Judged(record, REFUSED, reasons=[said, *record.notes])

    def _at_home(self, record: Parsed, home: _Home) -> Judged:
        person, role = " ".join(words_of(record.fields["person"])), record.fields.get("role", Membership.Role.ANGGOTA)
        record = replace(record, fields=record.fields | {"role": str(role)})
        known = home.known.pk if home.known else None
        told = Judged(record, NEW, home.code, group_id=known, group_row=home.row, reasons=[*_young(record), *record.notes])
        first = self.seen.setdefault((home.answer, person, role), record.number)
        if first != record.number:
            return replace(told, verdict=REFUSED, reasons=[_("Orang ini sudah ada di baris %(n)s.") % {"n": first}])
        if role in Membership.BOARD:
            first = self.heads.setdefault((home.answer, role), record.number)
            if first != record.number:
                words = {"role": Membership.Role(role).label.lower(), "n": first}
                return replace(told, verdict=REFUSED, reasons=[_("KIM ini sudah punya %(role)s di baris %(n)s.") % words])
        return self._compared(told, person, role, home)

    @staticmethod
    def _compared(told: Judged, person: str, role: str, home: _Home) -> Judged:
        """Against who serves there now."""
        serving = home.known.serving if home.known else []  # type: ignore[attr-defined]
        own = [row for row in serving if " ".join(words_of(row.person.name)) == person]
        if any(row.role == role for row in own):
            return replace(told, verdict=SAME)
        if own:
            before = ", ".join(row.get_role_display() for row in own)
            return replace(told, verdict=CHANGED, changes={"role": [before, str(Membership.Role(role).label)]})
        holder = next((row.person.name for row in serving if row.role == role and role in Membership.BOARD), "")
        if holder:
            return replace(told, verdict=CHANGED, changes={role: [holder, told.parsed.fields["person"]]})
        return told


def _young(record: Parsed) -> list[str]:
    """Somebody under 18 needs a guardian's yes: PP 17/2025."""
    born = record.fields.get("birth_year")
    if not born or timezone.localdate().year - born >= ADULT:
        return []
    return [_("Lahir %(year)s: di bawah 18 tahun. Perlu persetujuan wali sebelum menjadi anggota.") % {"year": born}]
