"""How dates, numbers and money are written: in Indonesian, and in English on the pages under `/en/`.

The names come from tables and the page's address, not from the locale of a request: a stored page reads the same for everybody.
"""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from urllib.parse import urlsplit

from django.conf import settings

from kentongan.core.language import abroad

DAYS = ("Sen", "Sel", "Rab", "Kam", "Jum", "Sab", "Min"), ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = (
    ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"),
    ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)
"""In Indonesian and in English."""
ZONES = {
    "WIB": timezone(timedelta(hours=7), "WIB"),
    "WITA": timezone(timedelta(hours=8), "WITA"),
    "WIT": timezone(timedelta(hours=9), "WIT"),
}


def zone_of(place: object) -> str:
    """The name of a time zone, from `"WITA"` or from something with a `.zone` (a region); WIB when unknown."""
    name = place if isinstance(place, str) else getattr(place, "zone", None)
    return name if name in ZONES else "WIB"


def local(moment: datetime, place: object = None) -> datetime:
    """A moment on the clock of a place. A naive moment is taken for UTC."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(ZONES[zone_of(place)])


def _local_day(value: date, place: object) -> date:
    return local(value, place).date() if isinstance(value, datetime) else value


def day(value: date, place: object = None) -> str:
    """`Sab, 21 Nov 2026` or `Sat, 21 Nov 2026`; a moment is first read on the clock of the place."""
    d = _local_day(value, place)
    return f"{DAYS[abroad()][d.weekday()]}, {_date(d)}"


def date_only(value: date, place: object = None) -> str:
    """`21 Nov 2026`, for sentences and tables."""
    return _date(_local_day(value, place))


def _date(d: date) -> str:
    return f"{d.day} {MONTHS[abroad()][d.month - 1]} {d.year}"


def clock(moment: datetime, place: object = None) -> str:
    """`14.05 WIB`."""
    at = local(moment, place)
    return f"{at:%H.%M} {zone_of(place)}"


def when(moment: datetime, place: object = None) -> str:
    """`Sab, 21 Nov 2026 · 14.05 WIB`."""
    return f"{day(moment, place)} · {clock(moment, place)}"


def number(value: int | float | Decimal, decimals: int | None = None) -> str:
    """`1.234,5`, in English `1,234.5`; with `decimals` rounded to that many places, else as given, without trailing zeros."""
    text = f"{value:,.{decimals}f}" if decimals is not None else f"{value:,}"
    if decimals is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    return text if abroad() else text.translate(str.maketrans(",.", ".,"))


def outside(address: str) -> str:
    """The host an address leads to when that is another one than ours, as it is read; empty for an address of this site."""
    host = urlsplit(address).netloc.rpartition("@")[2].lower() if address.lower().startswith(("http://", "https://")) else ""
    return "" if host == urlsplit(settings.SITE_URL).netloc.lower() else host.removeprefix("www.")


def rupiah(value: int) -> str:
    """`Rp1.250.000`, a debt as `-Rp1.250.000`."""
    return f"{'-' if value < 0 else ''}Rp{number(abs(value), 0)}"
