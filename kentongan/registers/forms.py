"""What an officer gives: a file and the region it is for; what each column means; why something is taken back."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from kentongan.groups.models import Office
from kentongan.regions.models import Level, Region
from kentongan.registers.models import MOST_BYTES
from kentongan.ui.writing import number

ACCEPTED = ".xlsx,.xlsm,.csv,.tsv,.txt,.ods"


class RegionField(forms.ModelChoiceField):
    """A place by its whole name."""

    def label_from_instance(self, obj: Any) -> str:
        """What the choice says."""
        return str(obj.full_label)


class UploadForm(forms.Form):
    """A register, for the officer's own region or one within it."""

    region = RegionField(Region.objects.none(), label=_("Register ini untuk wilayah mana?"), to_field_name="code", empty_label=None)
    file = forms.FileField(
        label=_("Pilih berkas register"),
        help_text=_("Excel (.xlsx), CSV, atau ODS; paling besar %(mb)s MB. Belum ada yang tersimpan sebelum Anda menyetujuinya.")
        % {"mb": MOST_BYTES >> 20},
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        allow_empty_file=True,
        error_messages={"required": _("Pilih dulu berkasnya."), "missing": _("Pilih dulu berkasnya.")},
    )

    def __init__(self, office: Office, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: forms.ModelChoiceField = self.fields["region"]  # type: ignore[assignment]
        choice.queryset = regions_of(office)
        if office.level == Level.REGENCY:
            choice.widget, choice.initial = forms.HiddenInput(), office.region.code if office.region else ""


def regions_of(office: Office) -> Any:
    """The regions an office brings registers in for: its own, and the regencies below it; of a ministry every province and regency."""
    regions = Region.objects.within(office.region) if office.region else Region.objects.all()
    return regions.filter(level__in=(Level.PROVINCE, Level.REGENCY)).order_by("code")


class UndoForm(forms.Form):
    """Why an import is taken back."""

    reason = forms.CharField(
        label=_("Mengapa dibatalkan?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Tersimpan di catatan impor ini. Paling banyak %(n)s huruf.") % {"n": number(300)},
        error_messages={"required": _("Tulis alasannya, satu kalimat cukup.")},
    )


def chosen_columns(sent: QueryDict, sheets: Sequence[Mapping[str, Any]]) -> tuple[list[dict[str, str]], list[str]]:
    """What was chosen for each column of each sheet, and who issued decrees that do not say; what was not sent stays as it was guessed."""
    chosen = [
        {column["key"]: sent.get(f"k{at}-{column['index']}", column["field"]) for column in sheet["columns"] if not column["never"]}
        for at, sheet in enumerate(sheets)
    ]
    return chosen, [sent.get(f"penerbit{at}", sheet.get("rank", "")) for at, sheet in enumerate(sheets)]


def said_twice(field: str) -> str:
    """Two columns were given the same meaning."""
    return _now("Dua kolom dipilih sebagai “%(field)s”. Pilih satu saja.") % {"field": field}
