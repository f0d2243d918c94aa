"""Terms, from a day to a day: every right lapses by date. The roles people hold in a group."""

from datetime import date, timedelta
from typing import Any, Self

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class DateRange(Func):
    """daterange(starts, ends, '[]'): both days belong to it; no end = open."""

    function = "DATERANGE"
    output_field = DateRangeField()


def term() -> DateRange:
    return DateRange(F("starts"), F("ends"), Value("[]"))


ENDS_AFTER_START = _("Tanggal berakhir harus sesudah tanggal mulai.")


class Terms(models.QuerySet[Any]):
    """Rows with a term, `starts` to `ends`."""

    def current(self, day: date | None = None) -> Self:
        """Those that give rights on `day` (today): every right lapses by date."""
        day = day or timezone.localdate()
        return self.filter(state="active", starts__lte=day).filter(Q(ends__isnull=True) | Q(ends__gte=day))

    def lapsing(self, days: int) -> Self:
        """Those that are current and end within so many days."""
        return self.current().filter(ends__lte=timezone.localdate() + timedelta(days=days))


class Role(models.TextChoices):
    """What somebody is in a group."""

    KETUA = "ketua", _("Ketua")
    SEKRETARIS = "sekretaris", _("Sekretaris")
    BENDAHARA = "bendahara", _("Bendahara")
    REDAKTUR = "redaktur", _("Redaktur")
    PEMERIKSA = "pemeriksa", _("Pemeriksa")
    ANGGOTA = "anggota", _("Anggota")
    PEMBINA = "pembina", _("Pembina")


BOARD = (Role.KETUA, Role.SEKRETARIS, Role.BENDAHARA)
"""The three offices of a board."""
