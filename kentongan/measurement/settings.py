"""What a region aims at. No target holds where none was set: there is no default one."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from kentongan.core.settings import PROJECT, Setting


def _percent(value: Any) -> None:
    if not 0 <= value <= 100:
        raise ValueError(_("Isi 0 sampai 100; 0 berarti belum ada target."))


def _a_day(value: Any) -> None:
    try:
        if value:
            date.fromisoformat(value)
    except ValueError as wrong:
        raise ValueError(_("Tulis tanggal sebagai tahun-bulan-hari, misalnya 2027-12-31, atau kosongkan.")) from wrong


COVERAGE, DEADLINE = "measurement.coverage_target", "measurement.coverage_deadline"

SETTINGS = (
    Setting(
        COVERAGE,
        int,
        0,
        PROJECT,
        _("Target desa dan kelurahan yang punya KIM"),
        unit=_("persen"),
        check=_percent,
        help=_("0 berarti belum ada target."),
    ),
    Setting(DEADLINE, str, "", PROJECT, _("Target itu tercapai paling lambat"), check=_a_day, help=_("Tahun-bulan-hari.")),
)
