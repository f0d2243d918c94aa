"""What somebody types into the search, besides the words themselves."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kentongan.groups.models import Group
from kentongan.newsroom.models import Story

NEWEST = "baru"
SPELLINGS = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%d %m %Y")
KINDS = (*Story.Kind.choices, (Group.KIND, _("KIM")))
WRONG_DATE = _("Tanggal ini tidak kami kenal. Tulis misalnya 17-8-2026.")


class DateField(forms.DateField):
    """A day in any spelling people use."""

    def __init__(self, label: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(label=label, required=False, input_formats=SPELLINGS, error_messages={"invalid": WRONG_DATE}, widget=widget)

    def clean(self, value: Any) -> date | None:
        """A day one can have written on."""
        day: date | None = super().clean(value)
        if day is not None and not 1900 < day.year < 2200:
            raise ValidationError(str(WRONG_DATE))
        return day


class Filters(forms.Form):
    """Which of what was found."""

    di = forms.CharField(label=_("Di wilayah"), required=False, max_length=100, help_text=_("Nama atau kode, di tingkat apa pun."))
    jenis = forms.ChoiceField(label=_("Jenis"), required=False, choices=(("", _("Semua jenis")), *KINDS))
    dari = DateField(_("Sejak tanggal"))
    sampai = DateField(_("Sampai tanggal"))
    urut = forms.ChoiceField(label=_("Urutan"), required=False, choices=(("", _("Paling cocok dulu")), (NEWEST, _("Terbaru dulu"))))

    def clean(self) -> dict[str, Any]:
        """The end does not come before the beginning."""
        cleaned: dict[str, Any] = super().clean() or {}
        since, until = cleaned.get("dari"), cleaned.get("sampai")
        if since and until and until < since:
            self.add_error("sampai", _("Tanggal ini sebelum tanggal mulainya."))
        return cleaned
