"""Condense two published packages into `regions.csv.xz`, the one file that fills the region tree.

    python condense.py IDN_AREA_DATA GEOGRAFIS

The arguments are the unpacked npm packages `idn-area-data` (codes and names) and `geografis` (points and postal codes).
Same packages in, same bytes out. Needs nothing but Python. What was matched how is printed and stands in README.md.

A village takes its point from the first of these that holds, and from none otherwise:

1. same code, same name;
2. same name, once on both sides, in the same district (codes inside it were shifted);
3. same code, other name (renamed, or spelled differently);
4. same district name and name, once on both sides, in the same regency;
5. same name, once on both sides, in the same regency.

"The same regency" is the one of the same kind and name: the provinces of Papua made in 2022 gave every regency a new code.
"""

import csv
import io
import json
import lzma
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from pathlib import Path

TARGET = Path(__file__).with_name("regions.csv.xz")
HEADER = ("code", "name", "lat", "lon", "postal_code")
DECIMALS = 4  # about 11 m, finer than a village's middle is known
SMALL_WORDS = {"Dan": "dan"}
WHOLE_NAMES = {"DKI JAKARTA": "DKI Jakarta"}
KINDS = re.compile(r"^(?:KABUPATEN|KOTA)(?: ADMINISTRASI)? ")
RENAMED_REGENCIES = {  # today's name → the name under the codes of 2020, where only the spelling differs
    "kabupatentoba": "kabupatentobasamosir",
    "kotapadangsidempuan": "kotapadangsidimpuan",
    "kabupatenpangkajenedankepulauan": "kabupatenpangkajenekepulauan",
    "kabupatenpohuwato": "kabupatenpahuwato",
}


@dataclass(frozen=True, slots=True)
class Village:
    """A village of either package, with the words it is compared by."""

    code: str
    name: str
    district: str
    regency: str

    @property
    def district_code(self) -> str:
        return self.code[:8]


@dataclass(frozen=True, slots=True)
class Point:
    """Where a village lies, and its postal code where one is known."""

    lat: float
    lon: float
    postal_code: str


Key = Callable[[Village], Hashable]
RULES: tuple[tuple[str, Key], ...] = (
    ("same code and name", lambda v: (v.code, v.name)),
    ("same name in the district", lambda v: (v.district_code, v.name)),
    ("same code, other name", lambda v: v.code),
    ("same district and name in the regency", lambda v: (v.regency, v.district, v.name)),
    ("same name in the regency", lambda v: (v.regency, v.name)),
)


def plain(name: str) -> str:
    """A name as it is compared: small letters and digits only."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def regency_key(name: str) -> str:
    return RENAMED_REGENCIES.get(plain(name), plain(name))


def upper_name(name: str) -> str:
    """A province's or regency's name, published in capitals, as it is written: `JAWA TENGAH` → `Jawa Tengah`."""
    if name in WHOLE_NAMES:
        return WHOLE_NAMES[name]
    words = KINDS.sub("", name).title().split(" ")
    return " ".join(SMALL_WORDS.get(word, word) for word in words)


def lower_name(name: str) -> str:
    """A district's or village's name; `"` and `’` stand for the apostrophe, `*` is a footnote's mark."""
    return " ".join(name.replace('"', "'").replace("’", "'").replace("*", "").split())


def table(package: Path, name: str) -> list[dict[str, str]]:
    with (package / "data" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def points_of(package: Path) -> dict[Village, Point]:
    found = {}
    for row in json.loads((package / "data" / "json" / "data.json").read_text(encoding="utf-8")):
        village = Village(row["code"], plain(row["village"]), plain(row["district"]), regency_key(row["city"]))
        postal = str(row["postal"]) if 10000 <= row["postal"] <= 99999 else ""
        found[village] = Point(round(row["latitude"], DECIMALS), round(row["longitude"], DECIMALS), postal)
    return found


def once(villages: Iterable[Village], key: Key) -> dict[Hashable, Village]:
    """The villages whose key nobody else has."""
    groups = defaultdict(list)
    for village in villages:
        groups[key(village)].append(village)
    return {value: group[0] for value, group in groups.items() if len(group) == 1}


def match(ours: list[Village], points: dict[Village, Point]) -> tuple[dict[str, Point], Counter[str]]:
    """Each of our village codes with its point, and how many were found by which rule. No point is given twice."""
    left, free = dict.fromkeys(ours), dict(points)
    found: dict[str, Point] = {}
    counts: Counter[str] = Counter()
    for title, key in RULES:
        theirs = once(free, key)
        for value, village in once(left, key).items():
            if value in theirs:
                found[village.code] = free.pop(theirs[value])
                del left[village]
                counts[title] += 1
    counts["without a point"] = len(left)
    return found, counts


def rows(names: Path, points: Path) -> tuple[list[tuple[str, ...]], Counter[str]]:
    """All rows in the order of their codes, and the counts."""
    tables = {name: table(names, name) for name in ("provinces", "regencies", "districts", "villages")}
    regency = {row["code"]: regency_key(row["name"]) for row in tables["regencies"]}
    district = {row["code"]: plain(row["name"]) for row in tables["districts"]}
    ours = [Village(row["code"], plain(row["name"]), district[row["code"][:8]], regency[row["code"][:5]]) for row in tables["villages"]]
    found, counts = match(ours, points_of(points))
    counts["with a postal code"] = sum(1 for point in found.values() if point.postal_code)
    result: list[tuple[str, ...]] = []
    for name, spelled in (("provinces", upper_name), ("regencies", upper_name), ("districts", lower_name)):
        result += [(row["code"], spelled(row["name"]), "", "", "") for row in tables[name]]
    for row in tables["villages"]:
        point = found.get(row["code"])
        place = (str(point.lat), str(point.lon), point.postal_code) if point else ("", "", "")
        result.append((row["code"], lower_name(row["name"]), *place))
    counts.update({name: len(content) for name, content in tables.items()})
    return sorted(result), counts


def write(content: list[tuple[str, ...]], target: Path) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows(content)
    target.write_bytes(lzma.compress(text.getvalue().encode(), preset=9 | lzma.PRESET_EXTREME))


def main(names: str, points: str) -> None:
    content, counts = rows(Path(names), Path(points))
    write(content, TARGET)
    for title, count in counts.items():
        print(f"{count:>7,}  {title}")
    print(f"{TARGET.stat().st_size:>7,}  bytes in {TARGET.name}")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
