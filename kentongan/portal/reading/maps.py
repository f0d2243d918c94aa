"""The dot map of a place: every region one level (or two) below it a dot, filled when it has a group, ringed when that is ICT-based."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from kentongan.portal.reading import atlas
from kentongan.portal.reading.figures import groups_by, holding
from kentongan.regions.models import Level, Region
from kentongan.ui import drawing

MOST_NUMBERS = 20
NAMES = 6
DOTS_OF: dict[int, int] = {0: Level.REGENCY, 1: Level.DISTRICT, 2: Level.VILLAGE, 3: Level.VILLAGE}
"""Level of the place → level of its dots. A province shows districts: its villages (up to 8,576) would be 30 kB of dots."""


@dataclass(frozen=True, slots=True)
class Label:
    """Words on the drawing."""

    x: int
    y: int
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """Dots that lead somewhere: what it is called, where it is, the path that draws them."""

    label: str
    href: str
    path: str


@dataclass(slots=True)
class DotMap:
    """What the component `map` draws."""

    width: int
    height: int
    title: str
    areas: list[Part]
    """The dots by the region one tier down that they lie in."""
    has: str
    ring: str
    numbers: list[Label] = field(default_factory=list)
    names: list[Label] = field(default_factory=list)
    without_point: int = 0


def dot_map(place: Region | None, numbered: Sequence[str] = (), measure: str = "") -> DotMap | None:
    """Draw a place; None for a village.

    `measure`: a dot is filled where a group holds this, and nothing is ringed.
    `numbered`: codes whose dots carry 1, 2, 3 … as in the table beside it.
    """
    level = DOTS_OF.get(place.level if place else 0)
    if level is None:
        return None
    ground, groups = atlas.ground(place, level), holding(place, level, measure) if measure else groups_by(place, level)
    at = ground.at
    has = [at[code] for code in groups if code in at]
    ring = [at[code] for code, (_groups, _covered, ict) in groups.items() if ict and code in at]
    title = _title(place, level, ground.regions, len(groups), by_measure=bool(measure))
    areas = [Part(area.label, reverse("portal:region", args=[area.code]), area.path) for area in ground.areas]
    drawn = DotMap(ground.plane.width, ground.plane.height, title, areas, drawing.dots(has), drawing.rings(ring))
    drawn.without_point = ground.regions - len(at)
    drawn.numbers = _numbers([at[code] for code in numbered if code in at], [n for n, code in enumerate(numbered, 1) if code in at])
    drawn.names = _names(place, ground.plane, [*has, *((label.x, label.y) for label in drawn.numbers)])
    return drawn


def _title(place: Region | None, level: int, dots: int, filled: int, *, by_measure: bool = False) -> str:
    kind = {Level.REGENCY: _("kabupaten dan kota"), Level.DISTRICT: _("kecamatan"), Level.VILLAGE: _("desa dan kelurahan")}[Level(level)]
    words = {"dots": dots, "kind": kind, "place": place.label if place else _("Indonesia"), "filled": filled}
    if by_measure:
        return _("Peta titik %(dots)s %(kind)s di %(place)s; %(filled)s di antaranya terhitung. Daftarnya ada di tabel.") % words
    return _("Peta titik %(dots)s %(kind)s di %(place)s; %(filled)s di antaranya punya KIM. Daftarnya ada di tabel.") % words


def _numbers(points: list[drawing.Point], numbers: list[int]) -> list[Label]:
    """Numbers beside their dots, to the left where another one stands on the right."""
    labels: list[Label] = []
    for number, (x, y) in zip(numbers, points, strict=True):
        spots = ((x + 14, y + 6), (x - 14 - 10 * len(str(number)), y + 6), (x - 5, y - 14), (x - 5, y + 26))
        free = next((spot for spot in spots if not _crowded(spot, points, labels)), spots[0])
        labels.append(Label(*free, str(number)))
    return labels


def _crowded(spot: drawing.Point, points: Iterable[drawing.Point], labels: Iterable[Label]) -> bool:
    x, y = spot[0] + 8, spot[1] - 6
    return any(abs(px - x) < 15 and abs(py - y) < 13 for px, py in points) or any(
        abs(label.x + 8 - x) < 22 and abs(label.y - 6 - y) < 18 for label in labels
    )


def _names(place: Region | None, plane: drawing.Plane, taken: list[drawing.Point]) -> list[Label]:
    """A few names to find one's way by, none on top of a filled dot or another name."""
    if place is None or place.level not in (Level.PROVINCE, Level.REGENCY):
        return []
    below = Region.objects.at_level(place.level + 1).within(place).exclude(lat=None).values_list("name", "lat", "lon")
    labels: list[Label] = []
    for name, lat, lon in below:
        x, y = plane.at(float(lat or 0), float(lon or 0))
        half = 5 * len(name)
        inside = half <= x <= plane.width - half
        clear = all(abs(tx - x) > half + 22 or abs(ty - y) > 26 for tx, ty in taken)
        alone = all(abs(label.y - y) > 70 or abs(label.x + 5 * len(label.text) - x) > 2 * half + 60 for label in labels)
        if inside and clear and alone and len(labels) < NAMES:
            labels.append(Label(x - half, y + 6, name))
    return labels
