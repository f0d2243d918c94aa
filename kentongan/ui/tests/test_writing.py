from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.template import Context, Template

from kentongan.ui import drawing, writing

NOON = datetime(2026, 11, 21, 7, 5, tzinfo=UTC)


def shown(source: str, **context: object) -> str:
    return Template("{% load ui %}" + source).render(Context(context))


def test_a_moment_is_read_on_the_clock_of_western_indonesia_unless_told_otherwise() -> None:
    assert shown("{{ at|when }}", at=NOON) == "Sab, 21 Nov 2026 · 14.05 WIB"
    assert shown("{{ at|when:'WITA' }}", at=NOON) == "Sab, 21 Nov 2026 · 15.05 WITA"
    assert shown("{{ at|when:region }}", at=NOON, region=SimpleNamespace(zone="WIT")) == "Sab, 21 Nov 2026 · 16.05 WIT"


def test_a_day_ends_when_it_ends_at_the_place() -> None:
    late = datetime(2026, 11, 21, 16, 30, tzinfo=UTC)
    assert writing.day(late) == "Sab, 21 Nov 2026"
    assert writing.day(late, "WIT") == "Min, 22 Nov 2026"


def test_dates_have_their_indonesian_names() -> None:
    assert shown("{{ d|day }}", d=date(2026, 8, 17)) == "Sen, 17 Agu 2026"
    assert shown("{{ d|date_only }}", d=date(2026, 5, 2)) == "2 Mei 2026"
    assert shown("{{ d|day }}{{ d|when }}{{ d|clock }}{{ d|number }}{{ d|rupiah }}", d=None) == ""


def test_time_elements_carry_the_moment_with_its_offset() -> None:
    assert shown("{% time at %}", at=NOON) == '<time datetime="2026-11-21T14:05+07:00">Sab, 21 Nov 2026 · 14.05 WIB</time>'
    assert shown("{% time d %}", d=date(2026, 11, 22)) == '<time datetime="2026-11-22">Min, 22 Nov 2026</time>'


@pytest.mark.parametrize(
    ("value", "text"),
    [(1234.5, "1.234,5"), (83763, "83.763"), (Decimal("3.00"), "3"), (0, "0"), (-1200, "-1.200"), (1000.0, "1.000")],
)
def test_numbers_have_dots_between_thousands_and_a_decimal_comma(value: float, text: str) -> None:
    assert writing.number(value) == text


def test_rupiah_stand_without_a_space() -> None:
    assert shown("{{ 1250000|rupiah }}") == "Rp1.250.000"
    assert writing.rupiah(-5000) == "-Rp5.000"
    assert shown("{{ 3.04|number:1 }}") == "3,0"


def test_dots_are_relative_moves_between_neighbours() -> None:
    assert drawing.dots([(10, 10), (40, 40), (12, 8)]) in ("M10 10h0m2-2h0m28 32h0", "M12 8h0m-2 2h0m30 30h0")
    assert drawing.dots([]) == ""


def test_a_plane_holds_every_place_inside_its_margin() -> None:
    places = [(-6.4, 110.9), (-6.9, 111.3), (-6.7, 111.0)]
    plane = drawing.plane(places)
    for place in places:
        x, y = plane.at(*place)
        assert plane.margin <= x <= plane.width - plane.margin
        assert plane.margin <= y <= plane.height - plane.margin
    assert drawing.plane([(-6.4, 110.9)]).at(-6.4, 110.9) == (14, 14)
