"""What is typed about a minor and their guardian."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kentongan.accounts.models import Consent, Guardian
from kentongan.groups.forms.groups import ERRORS, PastDay, believed, day, words


class BirthYearForm(forms.Form):
    """The year somebody was born, or nothing where it is not needed."""

    year = forms.IntegerField(
        label=_("Tahun lahir"),
        required=False,
        error_messages=ERRORS,
        help_text=_("Tahunnya saja. Hanya perlu bila ia mungkin belum 18 tahun; kosongkan bila tidak perlu lagi."),
    )

    def clean_year(self) -> int | None:
        """Checked as everywhere."""
        return believed(self.cleaned_data["year"])


class GuardianForm(PastDay, forms.Form):
    """What a parent or guardian said, when, and how."""

    name = words(_("Nama orang tua atau wali"), 80)
    relation = forms.ChoiceField(label=_("Hubungannya"), choices=Guardian.Relation.choices, error_messages=ERRORS)
    how = forms.ChoiceField(
        label=_("Caranya"), choices=[choice for choice in Consent.How.choices if choice[0] != Consent.How.ACCOUNT], error_messages=ERRORS
    )
    on = day(_("Tanggal"))
    answer = forms.ChoiceField(
        label=_("Jawabannya"),
        choices=(("ya", _("Mengizinkan")), ("tidak", _("Tidak mengizinkan, atau menarik izinnya"))),
        widget=forms.RadioSelect,
        error_messages=ERRORS,
    )

    def facts(self) -> dict[str, Any]:
        """The arguments of the action."""
        typed = self.cleaned_data
        return {key: typed[key] for key in ("name", "relation", "how")} | {"said_on": typed["on"], "given": typed["answer"] == "ya"}
