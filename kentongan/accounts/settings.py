"""The rules about persons that differ by region."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kentongan.core.settings import PROJECT, Setting

ERASURE_DAYS = 14
"""How long a wish to be forgotten waits where no region says otherwise: bawaan Kentongan."""


def _a_while(value: Any) -> None:
    if not 3 <= value <= 30:
        raise ValueError(_("Antara 3 dan 30 hari: cukup lama untuk berubah pikiran, tidak sampai menghalangi."))


SETTINGS = (
    Setting(
        "accounts.erasure_days",
        int,
        ERASURE_DAYS,
        PROJECT,
        _("Penghapusan data menunggu"),
        unit=_("hari"),
        check=_a_while,
        help=_("Selama itu permintaan bisa dibatalkan. Dasar haknya: UU 27/2022."),
    ),
)
