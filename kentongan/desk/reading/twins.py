"""People who may be written down twice: names nearly alike in one village, ranked. Nothing is decided here."""

import re
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from django.db.models import Q
from rapidfuzz.distance import JaroWinkler

from kentongan.accounts.models import Merger, Person
from kentongan.groups.models import CODE_OF_LEVEL, Membership
from kentongan.regions.models import Region

SCANNED: Final = 3000
"""How many roles one page looks through, village by village."""
SHOWN: Final = 20
ALIKE: Final = 0.93
"""Jaro-Winkler from here on counts as perhaps the same name: bawaan Kentongan."""
TITLES = re.compile(
    r"\b(pak|bapak|bu|ibu|h|hj|haji|hajjah|drs|dra|ir|dr|prof|kh|ust|ustadz|s\.?\s?(pd|sos|kom|e|h|ip|ag|pt|ked|t)\.?(i|d)?|m\.?\s?(pd|si|kom|m|h|ag)|amd|a\.?md|se|sh|st)\b\.?"
)


def bare(name: str) -> str:
    """A name without titles, degrees, signs and double letters of old spelling: "H. Moch. Soekarno, S.Pd." → "moch sukarno"."""
    words = TITLES.sub(" ", name.casefold())
    words = words.replace("oe", "u").replace("dj", "j").replace("tj", "c")
    words = re.sub(r"\b(moch|mochamad|mohamad|mohammad|muhamad|muh|moh|md)\b", "muhammad", re.sub(r"[^\w\s]", " ", words))
    return " ".join(sorted(words.split()))


@dataclass(frozen=True)
class Pair:
    """Two people of one village whose names are alike, from 0 to 1."""

    first: Person
    second: Person
    alike: float
    place: str


def pairs(region: Region | None, after: str = "") -> tuple[list[Pair], str]:
    """The next pairs in `region`, village by village by code, and the code to go on after; empty when that was all. One query."""
    here = Q(**{f"group__{CODE_OF_LEVEL[region.level]}": region.code}) if region else Q()
    rows = Membership.objects.filter(here, person__state=Person.State.ACTIVE, group__region__code__gt=after)
    rows = rows.select_related("person__account", "group__region").order_by("group__region__code", "person_id")
    read = list(rows[: SCANNED + 1])
    whole = len(read) <= SCANNED
    found: list[Pair] = []
    last = ""
    for code, members in groupby(read, key=lambda row: row.group.region.code):
        people = {row.person_id: row for row in members}
        if not whole and code == read[-1].group.region.code and last:
            return found, last  # half a village: the next page begins with it
        found += _alike_in([row.person for row in people.values()], next(iter(people.values())).group.region.label)
        last = code
        if len(found) >= SHOWN:
            return found, last if code != read[-1].group.region.code or not whole else ""
    return found, "" if whole else last


def waiting_in(region: Region | None) -> list[Merger]:
    """Mergers that wait for a second officer, of people with a role in `region`."""
    here = Q(**{f"group__{CODE_OF_LEVEL[region.level]}": region.code}) if region else Q()
    theirs = Membership.objects.filter(here).values("person")
    rows = Merger.objects.filter(state=Merger.State.ASKED, kept__in=theirs).select_related("kept", "lost", "asked_by")
    return list(rows.order_by("id")[:50])


def _alike_in(people: list[Person], place: str) -> list[Pair]:
    names = [bare(person.name) for person in people]
    found = [
        Pair(one, other, round(score, 2), place)
        for position, one in enumerate(people)
        for place_of, other in enumerate(people[position + 1 :], position + 1)
        if (score := JaroWinkler.similarity(names[position], names[place_of], score_cutoff=ALIKE))
    ]
    return sorted(found, key=lambda pair: -pair.alike)
