"""What a member types in a discussion."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from kentongan.discussions.models import MINUTES_MAX, SUMMARY_MAX, TEXT_MAX, Contribution, Topic
from kentongan.groups.models import Group
from kentongan.ui import writing

DATES = ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%d %m %Y"]
SPOKEN = [choice for choice in Contribution.Kind.choices if choice[0] != Contribution.Kind.MINUTES]


class Words(forms.CharField):
    """A field for several lines; a line break counts as one character, as the browser counts it."""

    def __init__(self, *, rows: int, **more: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **more)

    def to_python(self, value: Any) -> str:
        """What was typed, with one kind of line break."""
        return str(super().to_python(value)).replace("\r\n", "\n").replace("\r", "\n")


class TopicForm(forms.Form):
    """Opening a topic, in one of the groups where this person may."""

    group = forms.ModelChoiceField(Group.objects.none(), label=_("Di KIM mana?"), empty_label=None)
    subject = forms.CharField(label=_("Apa yang dibahas?"), max_length=140, help_text=_("Satu kalimat pendek."))
    question = Words(
        label=_("Apa yang perlu dijawab bersama?"),
        max_length=1000,
        required=False,
        rows=4,
        help_text=_("Misalnya: siapa yang tahu tanggal pastinya? Sudah cukup sumbernya?"),
    )
    tentang = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)

    def __init__(self, groups: list[Group], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: forms.ModelChoiceField = self.fields["group"]  # type: ignore[assignment]
        choice.queryset = Group.objects.filter(pk__in=[group.pk for group in groups]).order_by("name")
        if len(groups) == 1:
            choice.widget, choice.initial = forms.HiddenInput(), groups[0].pk


class ContributionForm(forms.Form):
    """Saying something."""

    kind = forms.ChoiceField(label=_("Ini apa?"), choices=SPOKEN, initial=Contribution.Kind.OPINION, widget=forms.RadioSelect)
    text = Words(label=_("Ucapan Anda"), max_length=TEXT_MAX, rows=5, help_text=_("Paling banyak 1.000 huruf."))
    may_be_public = forms.BooleanField(
        label=_("Umum boleh membaca ini dengan nama saya"),
        required=False,
        help_text=_("Hanya bila yang dibahas sudah terbit. Tanpa centang, hanya anggota yang membaca."),
    )
    tanggapi = forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput)


class MinutesForm(forms.Form):
    """Notes of a meeting, typed afterwards."""

    met_on = forms.DateField(
        label=_("Kapan bertemu?"),
        input_formats=DATES,
        widget=forms.DateInput(attrs={"type": "date", "class": "brief"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Tanggal ini belum kami mengerti. Tulis misalnya 21-11-2026.")},
    )
    present = Words(label=_("Siapa yang hadir?"), max_length=500, rows=2, help_text=_("Sebut nama, pisahkan dengan koma."))
    text = Words(label=_("Apa yang dibicarakan?"), max_length=MINUTES_MAX, rows=10, help_text=_("Paling banyak 4.000 huruf."))
    may_be_public = forms.BooleanField(
        label=_("Umum boleh membaca catatan ini"),
        required=False,
        help_text=_("Nama yang hadir ikut terbaca. Tanyakan dulu kepada mereka."),
    )

    def __init__(self, topic: Topic, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place = topic.group.region

    def clean_met_on(self) -> Any:
        """A meeting that still lies ahead, on the calendar of the place, has no minutes."""
        day = self.cleaned_data["met_on"]
        if day > writing.local(timezone.now(), self.place).date():
            raise ValidationError(_now("Pertemuan itu belum terjadi. Isi tanggal hari ini atau sebelumnya."))
        return day


class SummaryForm(forms.Form):
    """A summary that its writer signs."""

    summary = Words(
        label=_("Rangkuman"),
        max_length=SUMMARY_MAX,
        rows=8,
        help_text=_("Apa yang disepakati, apa yang belum, siapa mencari tahu apa. Tersimpan atas nama Anda."),
    )
    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)


class MergeForm(forms.Form):
    """Into which other running topic of the same group."""

    into = forms.ModelChoiceField(
        Topic.objects.none(),
        label=_("Gabung ke pembahasan mana?"),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Pilih dulu pembahasan tujuannya."),
            "invalid_choice": _("Pembahasan itu sudah selesai. Pilih yang lain."),
        },
    )
    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(self, topic: Topic, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Topic.objects.running().filter(group=topic.group_id).exclude(pk=topic.pk).order_by("-last_said_at")
        choice: forms.ModelChoiceField = self.fields["into"]  # type: ignore[assignment]
        choice.queryset = others[:20] if not self.is_bound else others
