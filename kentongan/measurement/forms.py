"""What an officer types beside a figure."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kentongan.measurement.models import INDICATORS, Note


class NoteForm(forms.Form):
    """A few sentences beside one figure, for a period."""

    angka = forms.ChoiceField(label=_("Di samping angka"), choices=[(one.key, one.label) for one in INDICATORS])
    masa = forms.CharField(label=_("Masa"), max_length=40, help_text=_("Misalnya: November 2026, atau semester 2 tahun 2026."))
    catatan = forms.CharField(
        label=_("Catatan"),
        max_length=Note.MOST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Yang perlu diketahui pembaca angka itu. Jangan menyebut nama warga."),
    )
    membetulkan = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """The period is this month's until another one is typed."""
        super().__init__(*args, **kwargs)
        self.fields["masa"].initial = f"{timezone.localdate():%m-%Y}"
