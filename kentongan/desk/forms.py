"""What is typed on pages of this room."""

from django import forms
from django.utils.translation import gettext_lazy as _


class Understood(forms.Form):
    """Before something that is not undone."""

    understood = forms.BooleanField(
        label=_("Saya mengerti apa yang terjadi."),
        error_messages={"required": _("Baca dahulu apa yang terjadi, lalu centang.")},
    )


class MergerReason(Understood):
    """Why two rows are one human."""

    reason = forms.CharField(
        label=_("Bagaimana Anda tahu mereka orang yang sama?"),
        help_text=_("Contoh: ditanyakan langsung kepada ketua, orangnya hanya satu. Petugas kedua dan orangnya ikut membaca."),
        max_length=300,
        min_length=10,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Bagian ini belum diisi."), "min_length": _("Terlalu pendek: tulis dari mana Anda tahu.")},
    )
    field_order = ("reason", "understood")
