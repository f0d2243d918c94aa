"""The demo's calendar: its stories are dated from the day it is loaded, and what it tells happened when it says it did."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from kentongan.ui import writing

WIB = ZoneInfo("Asia/Jakarta")
WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")


def dated(text: str, today: date) -> str:
    """`{-12}` → "Kamis, 12 Nov 2026", `{-12 s}` → "12 Nov 2026", `{-12 h}` → "Kamis": days counted from `today`."""
    return re.sub(r"\{([+-]?\d+)(?: ([sh]))?\}", lambda mark: _written(today + timedelta(days=int(mark[1])), mark[2]), text)


def _written(day: date, how: str | None) -> str:
    weekday = WEEKDAYS[day.weekday()]
    return {"s": writing.date_only(day), "h": weekday, None: f"{weekday}, {writing.date_only(day)}"}[how]


class Past:
    """A clock in the past that stands still until something waits; it never passes the real time."""

    def __init__(self, begin: datetime) -> None:
        self.real = timezone.now
        self.moment = min(begin, self.real() - timedelta(hours=1))

    def now(self) -> datetime:
        """What Django takes for the present."""
        return self.moment

    def wait(self, **span: float) -> None:
        """Let time pass, in the words of `timedelta`."""
        self.moment = min(self.moment + timedelta(**span), self.real() - timedelta(minutes=1))


@contextmanager
def since(days: int, hour: float = 16) -> Iterator[Past]:
    """What is done inside happens `days` ago from `hour` o'clock (WIB) on.

    Only the demo does this: a story "of twelve days ago" whose versions, checks and record all say today would teach nobody how to
    read them, and those rows can be changed by nobody afterwards. So the real actions run under an earlier clock, in a command that
    does nothing else in its process.
    """
    day = timezone.localdate() - timedelta(days=days)
    past = Past(datetime.combine(day, time(), WIB) + timedelta(hours=hour))
    timezone.now = past.now  # type: ignore[assignment]
    try:
        yield past
    finally:
        timezone.now = past.real  # type: ignore[assignment]
