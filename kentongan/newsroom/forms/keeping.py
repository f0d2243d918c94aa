"""Forms for knowledge that ages and for series."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kentongan.newsroom.models import Series, Story

HALF_A_YEAR = timedelta(days=182)
"""When a guide is proposed to be looked at again: bawaan Kentongan."""


def a_day_ahead(day: date | None) -> date | None:
    """The day when it lies ahead; a sentence when it does not."""
    if day is not None and day <= timezone.localdate():
        raise forms.ValidationError(_("Pilih tanggal di depan: kapan panduan ini perlu dilihat lagi?"))
    return day


class ReviewForm(forms.Form):
    """A guide was looked at and still holds."""

    review_by = forms.DateField(label=_("Tinjau lagi paling lambat"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    @staticmethod
    def about(story: Story) -> dict[str, Any]:
        """Half a year from now, unless the reader knows better."""
        return {"initial": {"review_by": timezone.localdate() + HALF_A_YEAR}}

    def clean_review_by(self) -> date | None:
        return a_day_ahead(self.cleaned_data["review_by"])


class SeriesForm(forms.Form):
    """The name of a series; those the group has are offered."""

    title = forms.CharField(label=_("Nama seri"), max_length=100, help_text=_("Contoh: Pipa Krajan dari rusak sampai mengalir."))

    def __init__(self, *args: Any, story: Story, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = Series.objects.filter(group=story.group).exclude(stories=story)

    @staticmethod
    def about(story: Story) -> dict[str, Any]:
        """The story's group knows its series."""
        return {"story": story}
