"""The pages of figures: what each says, how it came to be, and the rows it opens to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from kentongan.core.language import as_written
from kentongan.documents.sheets import Cell, Sheet
from kentongan.groups.models import Standing
from kentongan.measurement.models import (
    BY_KEY,
    HEADLINES,
    INDICATORS,
    LATER,
    STAGES,
    TABLED,
    Below,
    Figure,
    Indicator,
    Note,
    Place,
    after,
    formed_by_month,
    trend,
)
from kentongan.portal.reading.lists import PAGE, Card, Slice, UnknownCursor, group_card
from kentongan.portal.reading.maps import DotMap, dot_map
from kentongan.portal.reading.places import Table, crumbs
from kentongan.regions.models import Level, Region
from kentongan.ui import writing

NOTES_SHOWN = 10
LISTED_MOST = 10_000
"""Groups listed in the workbook of one figure; of more the places below are listed, and the open data have them all."""


def address(region: Region | None, key: str = "", *, lacking: bool = False, file: str = "") -> str:
    """Where the figures of a place stand, or one of them, or a file of it."""
    arguments = [*([region.code] if region else []), *([key] if key else [])]
    name = ("number" if key else "numbers") + ("_of" if region else "") + ("_lacking" if lacking else "")
    return reverse(f"portal:{name}", args=arguments) + file


def way(region: Region | None, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """The crumbs of a page of figures."""
    here = (_("Angka"), address(region) if more else "")
    return crumbs(region, here, *more) if region else [(_("Indonesia"), reverse("portal:home")), here, *more]


@dataclass(frozen=True)
class Drawing:
    """A line of strokes, one a month: a taller stroke is a larger number. The table beside it says the same."""

    width: int
    height: int
    path: str
    title: str


class PlaceNumbers:
    """All figures of a place on one page."""

    def __init__(self, region: Region | None) -> None:
        self.region, self.place = region, Place(region)

    @property
    def name(self) -> str:
        return self.region.label if self.region else _("Indonesia")

    @property
    def day(self) -> str:
        return writing.date_only(self.place.at, self.region)

    @cached_property
    def headlines(self) -> list[dict[str, Any]]:
        """The figures that stand first, as the component `number` takes them."""
        return [self._number(figure) for figure in self.place.figures(HEADLINES)]

    @cached_property
    def later(self) -> Table:
        """The others, those that cannot be counted yet among them."""
        rows = [self._later(BY_KEY[key]) for key in LATER]
        return {"head": [_("Angka"), _("Dihitung %(day)s") % {"day": self.day}], "rows": rows}

    def _later(self, indicator: Indicator) -> list[Any]:
        words = self.place.figure(indicator.key).written if indicator.countable else _("belum bisa dihitung")
        return [(str(indicator.label), address(self.region, indicator.key)), words]

    def _number(self, figure: Figure) -> dict[str, Any]:
        words = {"label": figure.indicator.label, "share": figure.share, "day": self.day}
        meaning = _("%(label)s: %(share)s. Dihitung %(day)s") % words
        return {"figure": figure.n, "of": figure.of, "meaning": meaning, "href": address(self.region, figure.indicator.key)}

    @cached_property
    def stages(self) -> list[dict[str, Any]]:
        """Knowing, getting, using: what the records show of each, and what they lack."""
        return [
            {
                "label": stage.label,
                "asks": stage.asks,
                "figures": [
                    (f"{BY_KEY[key].label}: {self.place.figure(key).written}", address(self.region, key)) for key in stage.shown_by
                ],
                "lacks": stage.lacks,
            }
            for stage in STAGES
        ]

    @cached_property
    def target(self) -> dict[str, Any] | None:
        """What the place aims at, how far it is, and how many a month are left to do."""
        target = self.place.target
        if target is None:
            return None
        numbers = {name: writing.number(getattr(target, name)) for name in ("percent", "covered", "wanted", "missing", "villages")}
        deadline = writing.date_only(target.deadline) if target.deadline else ""
        monthly = writing.number(target.a_month) if target.a_month is not None else ""
        words = numbers | {"deadline": deadline, "monthly": monthly, "day": self.day}
        return words | {
            "met": not target.missing,
            "facts": target.origin.facts,
            "sentence": _target_sentence(words, met=not target.missing),
        }

    @cached_property
    def table(self) -> Table | None:
        """The places below, by code."""
        if not self.place.below:
            return None
        head = [str(Level(self.place.level_below).label), _("KIM"), *(str(BY_KEY[key].label) for key in TABLED)]
        return {"head": head, "rows": [_below_row(one) for one in self.place.below]}

    @cached_property
    def groups(self) -> list[Card]:
        """A village's own groups."""
        if self.region is None or self.region.level < Level.VILLAGE:
            return []
        return [_decreed_card(row) for row in after(_formed(self.place), None, PAGE)]

    @cached_property
    def notes(self) -> list[Note]:
        """What offices say beside the figures."""
        return list(Note.objects.beside(self.region)[:NOTES_SHOWN])

    @cached_property
    def files(self) -> list[tuple[str, str]]:
        """The same as files."""
        kinds = ((_("Unduh CSV"), "tabel.csv"), (_("Unduh Excel"), "tabel.xlsx"), (_("Rekap PDF"), "rekap.pdf"))
        return [(label, address(self.region, file=file)) for label, file in kinds]

    def sheets(self) -> list[Sheet]:
        """Every figure of the place, and the places below."""
        notes = [f"{_('Angka')} {self.name}, {_('dihitung %(day)s') % {'day': self.day}}"]
        figures = Sheet(_("Angka"), _figure_head(), [_figure_cells(self.place, one, self.place.today) for one in INDICATORS], notes)
        return [_below_sheet(self.place, notes), figures] if self.place.below else [figures]

    def recap(self) -> dict[str, Any]:
        """What the printed recap says: strings only."""
        figures = [
            [str(one.label), self.place.figure(one.key).written if one.countable else _("belum bisa dihitung")] for one in INDICATORS
        ]
        below = [[one.region.short_label, *(one.figure(key).written for key in TABLED)] for one in self.place.below]
        return {
            "title": _("Rekap angka %(place)s") % {"place": self.name},
            "group": self.name,
            "counted": _("Dihitung %(day)s dari register KIM. Setiap angka terbuka sampai barisnya di halaman ini:") % {"day": self.day},
            "figures_title": _("Angka"),
            "figures": figures,
            "below_title": str(Level(self.place.level_below).label) if below else "",
            "below_head": [str(Level(self.place.level_below).label), *(str(BY_KEY[key].label) for key in TABLED)] if below else [],
            "below": below,
            "target": (self.target or {}).get("sentence", ""),
            "notes_title": _("Catatan kantor"),
            "notes": [[f"{note.label}, {note.period}", note.text, f"{note.office}, {writing.date_only(note.at)}"] for note in self.notes],
        }


def _formed(place: Place) -> Any:
    return Standing.objects.within(place.region).holding("formed")


def _target_sentence(words: dict[str, Any], *, met: bool) -> str:
    if met:
        return _("Target %(percent)s%% (%(wanted)s dari %(villages)s desa dan kelurahan) sudah tercapai: %(covered)s, %(day)s.") % words
    said = _(
        "Target %(percent)s%%: %(wanted)s dari %(villages)s desa dan kelurahan. Sampai %(day)s tercapai %(covered)s, kurang %(missing)s."
    )
    if words["monthly"]:
        said += " " + _("Supaya tercapai pada %(deadline)s perlu %(monthly)s desa sebulan sejak hari itu.")
    elif words["deadline"]:
        said += " " + _("Batas waktunya %(deadline)s.")
    return said % words


def _below_row(one: Below) -> list[Any]:
    name = (one.region.short_label, address(one.region))
    return [name, writing.number(one.counts.get("formed", 0)), *(one.figure(key).written for key in TABLED)]


def _figure_head() -> list[str]:
    return [_("Angka"), _("Jumlah"), _("Dari"), _("Persen"), _("Dihitung pada"), _("Rumus"), _("Versi rumus"), _("Sumber"), _("Keterangan")]


def _figure_cells(place: Place, indicator: Indicator, day: date) -> list[Cell]:
    figure = place.figure(indicator.key) if indicator.countable else None
    percent = round(figure.percent, 2) if figure and figure.percent is not None else None
    said = indicator.caveat if indicator.countable else f"{_('belum bisa dihitung')}: {indicator.lacks}"
    counted: list[Cell] = [figure.n, figure.of] if figure else [None, None]
    return [str(indicator.label), *counted, percent, day, str(indicator.formula), indicator.version, str(indicator.source), str(said)]


def _below_sheet(place: Place, notes: Sequence[str]) -> Sheet:
    shown = [indicator for indicator in INDICATORS if indicator.countable]
    head = [_("Kode"), _("Wilayah"), _("Tingkat"), _("Dihitung pada"), _("Desa/kelurahan"), _("KIM ber-SK")]
    rows = ([*_place_cells(one), *(one.figure(indicator.key).n for indicator in shown)] for one in place.below)
    return Sheet(_("Wilayah"), [*head, *(str(indicator.label) for indicator in shown)], rows, notes)


def _place_cells(one: Below) -> list[Cell]:
    return [one.region.code, one.region.label, str(one.region.get_level_display()), one.today, one.villages, one.counts.get("formed", 0)]


@dataclass
class OneNumber:
    """One figure of a place: its formula, its rule, its trend, where it is high and low, and the groups behind it."""

    region: Region | None
    indicator: Indicator
    lacking: bool = False
    mark: str = ""

    @cached_property
    def place(self) -> Place:
        return Place(self.region)

    @property
    def name(self) -> str:
        return self.region.label if self.region else _("Indonesia")

    @property
    def day(self) -> str:
        return writing.date_only(self.place.at, self.region)

    @cached_property
    def figure(self) -> Figure:
        return self.place.figure(self.indicator.key)

    @property
    def missing(self) -> int:
        """How many are not among it."""
        return (self.figure.of or 0) - self.figure.n

    @cached_property
    def facts(self) -> list[tuple[str, Any]]:
        """How the figure comes to be, as pairs of name and words."""
        of = _("Semua desa/kelurahan") if self.indicator.of == "villages" else _("KIM ber-SK")
        facts: list[tuple[str, Any]] = [(_("Rumus"), str(self.indicator.formula)), (_("Versi rumus"), self._version)]
        facts += [(_("Jumlah"), writing.number(self.figure.n)), (of, writing.number(self.figure.of or 0)), (_("Persen"), self.figure.share)]
        facts += [(_("Dihitung"), self.day), *self._rule, (_("Sumber"), str(self.indicator.source))]
        return facts + ([(_("Perlu diketahui"), str(self.indicator.caveat))] if self.indicator.caveat else [])

    @property
    def _version(self) -> str:
        return f"{self.indicator.version}, {_('bawaan Kentongan')}"

    @property
    def _rule(self) -> list[tuple[str, Any]]:
        """Which setting of the place it depends on, with its value and where that comes from."""
        if not self.indicator.rule:
            return []
        origin = self.place.origins[self.indicator.rule]
        value = f"{origin.setting.label}: {origin.shown} ({origin.place}; {as_written(origin.source)})"
        settings = reverse("regions:settings", args=[self.region.code]) if self.region else ""
        below = _("Wilayah di dalamnya bisa menetapkan lain; tiap KIM dihitung menurut aturan wilayahnya sendiri.")
        return [(_("Aturan"), [(value, settings), below] if settings else [value, below])]

    @cached_property
    def points(self) -> list[tuple[str, int, str]]:
        """The months of the trend: when, the number, how it is written."""
        if self.indicator.measure == "recent":
            return [(_month(month), n, writing.number(n)) for month, n in formed_by_month(self.place)]
        return [(writing.date_only(day), figure.n, figure.written) for day, figure in trend(self.place, self.indicator)]

    @cached_property
    def drawing(self) -> Drawing | None:
        """The trend as strokes; None for a single month, which is no trend."""
        if len(self.points) < 2:
            return None
        most = max(n for _when, n, _words in self.points) or 1
        high, step = 120, 468 // max(len(self.points), 12)
        strokes = "".join(f"M{10 + place * step} {high + 8}v-{round(high * n / most)}" for place, (_when, n, _w) in enumerate(self.points))
        first, last = self.points[0], self.points[-1]
        title = _("%(label)s di %(place)s: %(first)s pada %(since)s, %(last)s pada %(until)s. Semua bulan ada di tabel.") % {
            "label": self.indicator.label,
            "place": self.name,
            "first": first[2],
            "since": first[0],
            "last": last[2],
            "until": last[0],
        }
        return Drawing(468, high + 16, strokes, title)

    @cached_property
    def trend_table(self) -> Table:
        """The same as a table, the newest first."""
        return {"head": [_("Bulan"), str(self.indicator.label)], "rows": [[when, words] for when, _n, words in reversed(self.points)]}

    @cached_property
    def map(self) -> DotMap | None:
        """Where there is one of which it is true."""
        return dot_map(self.region, measure=self.indicator.measure) if self.indicator.measure != "recent" else None

    @cached_property
    def table(self) -> Table | None:
        """The places below, by code; each opens to the same figure there."""
        if not self.place.below:
            return None
        rows = [self._below(one) for one in self.place.below]
        return {"head": [str(Level(self.place.level_below).label), _("Jumlah"), _("Dari"), _("Persen")], "rows": rows}

    def _below(self, one: Below) -> list[Any]:
        figure = one.figure(self.indicator.key)
        link = (one.region.short_label, address(one.region, self.indicator.key))
        return [link, writing.number(figure.n), writing.number(figure.of or 0), figure.share]

    @cached_property
    def rows(self) -> Slice:
        """The groups behind the figure, or those that are not among it, by name. Raises UnknownCursor."""
        try:
            mark = int(self.mark) if self.mark else None
            if mark is not None and not 0 < mark < 2**63:
                raise UnknownCursor
            found = after(self.place.rows(self.indicator, lacking=self.lacking), mark, PAGE + 1)
        except (ValueError, Standing.DoesNotExist) as wrong:
            raise UnknownCursor from wrong
        cards = [_decreed_card(row) for row in found[:PAGE]]
        return Slice(cards, str(found[PAGE - 1].pk) if len(found) > PAGE else "")

    @cached_property
    def notes(self) -> list[Note]:
        """What offices say beside this figure."""
        return list(Note.objects.beside(self.region, self.indicator.key)[:NOTES_SHOWN])

    @property
    def files(self) -> list[tuple[str, str]]:
        """The same as files."""
        return [
            (_("Unduh CSV"), address(self.region, self.indicator.key, file="tabel.csv")),
            (_("Unduh Excel"), address(self.region, self.indicator.key, file="tabel.xlsx")),
        ]

    def sheets(self) -> list[Sheet]:
        """The places below with numerator and denominator; where there are not too many, the groups behind the figure."""
        notes = [f"{self.indicator.label}, {self.name}, {_('dihitung %(day)s') % {'day': self.day}}", str(self.indicator.formula)]
        listed = Sheet(_("KIM"), [_("KIM"), _("Kode desa/kelurahan"), _("Wilayah"), _("SK pertama"), _("Halaman")], self._listed(), notes)
        head = [_("Kode"), _("Wilayah"), _("Jumlah"), _("Dari"), _("Persen"), _("Dihitung pada")]
        places = Sheet(_("Wilayah"), head, (self._cells(one) for one in self.place.below), notes)
        if not self.place.below:
            return [listed]
        return [places, listed] if self.figure.n <= LISTED_MOST else [places]

    def _cells(self, one: Below) -> list[Cell]:
        figure = one.figure(self.indicator.key)
        percent = round(figure.percent, 2) if figure.percent is not None else None
        return [one.region.code, one.region.label, figure.n, figure.of, percent, one.today]

    def _listed(self) -> Iterator[list[Cell]]:
        rows = self.place.rows(self.indicator).order_by("name", "group_id").select_related("group__region")
        for row in rows[:LISTED_MOST].iterator(chunk_size=1000):
            group = row.group
            yield [row.name, row.village_code, group.region.full_label, row.formed_on, group.get_absolute_url()]


def _month(month: str) -> str:
    year, number = month.split("-")
    return writing.date_only(date(int(year), int(number), 1)).partition(" ")[2]


def _decreed_card(row: Standing) -> Card:
    """A group behind a figure: it opens to the page where its decree stands."""
    card = group_card(row.group)
    return Card(card.title, reverse("portal:group_about", args=[row.group.slug]), "", card.meta, card.demo)
