"""Real places for tests: single chains out of the data file, without loading the whole tree."""

from functools import cache

from kentongan.regions.data.places import Row, places, read
from kentongan.regions.models import Region, chain

GULANGPONGGE = "33.18.17.2003"
TWELVE = {  # the villages of the Pati article (standards.md); names that repeat in the regency are this project's reading
    "33.18.17.2003": "Gulangpongge",
    "33.18.13.2001": "Bermi",
    "33.18.13.2002": "Kedungbulus",
    "33.18.12.2007": "Margorejo",
    "33.18.12.2008": "Penambuhan",
    "33.18.14.2003": "Tlogorejo",
    "33.18.11.2013": "Sambirejo",
    "33.18.16.2012": "Kajen",
    "33.18.16.2017": "Waturoyo",
    "33.18.15.2001": "Bumiayu",
    "33.18.15.2004": "Ngurensiti",
    "33.18.10.1005": "Pati Wetan",
}


@cache
def rows() -> dict[str, Row]:
    """The data file by code, read once in a test run (a fraction of a second)."""
    return {row.code: row for row in read()}


def region_chain(*codes: str) -> Region:
    """Make the places of `codes` (Gulangpongge without any) and all they lie in, where not there yet; returns that of the first code."""
    codes = codes or (GULANGPONGGE,)
    wanted = sorted({above for code in codes for above in chain(code)})
    found = {region.code: region for region in Region.objects.filter(code__in=wanted)}
    for place in places(rows()[code] for code in wanted):
        if place.code not in found:
            fields = place._asdict()
            parent = found.get(fields.pop("parent_code"))
            found[place.code] = Region.objects.create(parent=parent, **fields)
    return found[codes[0]]


def twelve_villages() -> list[Region]:
    """The twelve villages of the Pati article with all they lie in."""
    region_chain(*TWELVE)
    return list(Region.objects.filter(code__in=TWELVE))
