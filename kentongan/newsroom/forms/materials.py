"""What officers type into government material, and what groups answer."""

from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kentongan.core.errors import BadRequest
from kentongan.core.settings import registered
from kentongan.groups.forms import chosen_place
from kentongan.groups.models import Group, Office
from kentongan.media.models import Photo
from kentongan.newsroom.forms.stories import Lines, ReasonForm, TakeUpForm, too_long
from kentongan.newsroom.models import BODY_MAX, SUMMARY_MAX, Material, Offer, Story

PAIRS_MOST, PAIRS_FREE = 10, 3
"""How many questions a material answers at most, and how many empty pairs its form offers."""
TICKS_MOST = 200
"""How many groups are offered to be ticked one by one; of more, a region or field is chosen first."""


def fields_for(office: Office) -> list[tuple[str, str]]:
    """The fields [bidang] groups in the area of this office may work in, as its region's rule names them."""
    key = "groups.fields"
    names = office.region.setting(key) if office.region else registered()[key].default
    return [(name, str(name).capitalize()) for name in names]


class MaterialForm(forms.ModelForm):
    """A package for groups. What it lets them say is their own; what it says itself must be complete."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    field = forms.ChoiceField(label=_("Bidang"), required=False)
    upload = forms.FileField(
        label=_("Foto atau gambar"),
        required=False,
        help_text=_("Satu gambar. Kami bersihkan dulu; lokasi di dalamnya dihapus."),
        widget=forms.FileInput(attrs={"accept": "image/*"}),
        error_messages={"empty": _("Berkas ini kosong. Pilih gambarnya sekali lagi.")},
    )
    without_photo = forms.BooleanField(label=_("Hapus foto yang ada"), required=False)

    class Meta:
        model = Material
        fields = ("title", "summary", "text", "valid_until", "licence", "alt", "credit")
        widgets = {"summary": Lines(3), "text": Lines(12), "valid_until": forms.DateInput({"type": "date"}, "%Y-%m-%d")}
        labels = {
            "title": _("Judul"),
            "summary": _("Ringkasan"),
            "text": _("Isi bahan"),
            "licence": _("Izin pakai"),
            "alt": _("Apa yang terlihat di gambar?"),
            "credit": _("Siapa yang memotret atau membuat?"),
        }
        help_texts = {
            "summary": _("Paling banyak %(n)s huruf, dengan kata yang mudah.") % {"n": SUMMARY_MAX},
            "text": _("Baris kosong memisahkan paragraf. ## di awal baris membuat judul bagian, - membuat daftar."),
            "valid_until": _("Hari terakhir bahan ini benar. Sesudahnya kabar yang memakainya mengatakan bahwa sudah lewat."),
        }
        error_messages = {
            "title": {"required": _("Judulnya belum diisi. Isian lain aman.")},
            "summary": too_long(SUMMARY_MAX) | {"required": _("Ringkasannya belum diisi. Isian lain aman.")},
            "text": too_long(BODY_MAX) | {"required": _("Isinya belum ditulis. Isian lain aman.")},
            "valid_until": {"required": _("Pilih sampai kapan bahan ini berlaku."), "invalid": _("Tulis tanggalnya, misalnya 2026-12-31.")},
        }

    def __init__(self, *args: Any, office: Office, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["field"].choices = [("", gettext("tidak tertentu")), *fields_for(office)]  # type: ignore[attr-defined]
        self.initial.setdefault("version", self.instance.version)
        self.initial.setdefault("field", self.instance.field)
        if not self.instance.photo_id:
            del self.fields["without_photo"]
        known = list(self.instance.answers or [])
        for number in range(min(len(known) + PAIRS_FREE, PAIRS_MOST)):
            said = known[number] if number < len(known) else {}
            self.fields[f"question_{number}"] = forms.CharField(
                label=gettext("Pertanyaan %(n)s") % {"n": number + 1}, max_length=200, required=False, initial=said.get("question", "")
            )
            self.fields[f"answer_{number}"] = forms.CharField(
                label=gettext("Jawaban %(n)s") % {"n": number + 1},
                max_length=1000,
                required=False,
                widget=Lines(2),
                initial=said.get("answer", ""),
                error_messages=too_long(1000),
            )

    def words(self) -> list[forms.BoundField]:
        """The package itself."""
        return [self[name] for name in ("title", "summary", "text", "valid_until", "licence", "field")]

    def picture(self) -> list[forms.BoundField]:
        """Its photo, and what is said about it."""
        return [self[name] for name in ("upload", "without_photo", "alt", "credit") if name in self.fields]

    def pairs(self) -> list[forms.BoundField]:
        """Questions and their answers."""
        return [bound for bound in self.visible_fields() if bound.name.startswith(("question_", "answer_"))]

    def pairs_are_filled(self) -> bool:
        """Whether there is one already, or something is wrong with one."""
        return any(bound.value() or bound.errors for bound in self.pairs())

    def clean_upload(self) -> UploadedFile | None:
        """What cannot be a photo is said beside its field; the words stay."""
        upload: UploadedFile | None = self.cleaned_data["upload"]
        if upload is not None:
            try:
                Photo.vet(upload)
            except BadRequest as refused:
                raise forms.ValidationError(refused.sentence) from refused
        return upload

    def clean_valid_until(self) -> date:
        """A day that has not passed."""
        day: date = self.cleaned_data["valid_until"]
        if day < timezone.localdate():
            raise forms.ValidationError(gettext("Tanggal ini sudah lewat. Pilih hari ini atau sesudahnya."))
        return day

    def clean(self) -> dict[str, Any]:
        """A photo is described; a question has its answer; what groups start their draft with fits."""
        typed = super().clean() or self.cleaned_data
        shown = typed.get("upload") or (self.instance.photo_id and not typed.get("without_photo"))
        for name, sentence in (("alt", gettext("Sebutkan apa yang terlihat.")), ("credit", gettext("Sebutkan siapa yang membuatnya."))):
            if shown and not typed.get(name):
                self.add_error(name, sentence)
        for bound in self.pairs():
            kind, _dash, number = bound.name.partition("_")
            other = f"{'answer' if kind == 'question' else 'question'}_{number}"
            if typed.get(other) and not typed.get(bound.name):
                self.add_error(bound.name, gettext("Pertanyaan dan jawabannya diisi berpasangan."))
        if len(Material(text=typed.get("text", ""), answers=self.answers()).as_body()) > BODY_MAX:
            self.add_error("text", gettext("Isi dan tanya jawabnya bersama terlalu panjang. Pendekkan dulu; tulisan Anda masih utuh."))
        return typed

    def answers(self) -> list[dict[str, str]]:
        """The filled pairs, in their order."""
        numbers = [bound.name.partition("_")[2] for bound in self.pairs() if bound.name.startswith("question_")]
        pairs = [(self.cleaned_data.get(f"question_{number}"), self.cleaned_data.get(f"answer_{number}")) for number in numbers]
        return [{"question": question, "answer": answer} for question, answer in pairs if question and answer]

    def said(self) -> dict[str, Any]:
        """What goes to the action."""
        names = ("title", "summary", "text", "valid_until", "licence", "field", "upload", "alt", "credit", "without_photo")
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data} | {"answers": self.answers()}


class ReceiversForm(forms.Form):
    """Whose groups get it: by place, by field. Both empty is everybody in the office's area."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    place = forms.CharField(
        label=_("Wilayah"),
        max_length=100,
        required=False,
        help_text=_("Nama atau kode kabupaten, kecamatan, atau desa. Kosongkan untuk seluruh wilayah instansi."),
    )
    to_field = forms.ChoiceField(label=_("Bidang KIM"), required=False, help_text=_("Hanya KIM yang menyebut bidang ini di profilnya."))

    def __init__(self, *args: Any, material: Material, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.material = material
        self.fields["to_field"].choices = [("", gettext("semua bidang")), *fields_for(material.office)]  # type: ignore[attr-defined]
        region = material.to_region
        self.initial = {"version": material.version, "place": region.full_label if region else "", "to_field": material.to_field}

    def clean(self) -> dict[str, Any]:
        """The one place somebody means, inside the office's area."""
        typed = super().clean() or self.cleaned_data
        typed["region"] = chosen_place(self, "place", None, within=self.material.office.region) if typed.get("place") else None
        return typed


class GroupsForm(forms.Form):
    """The groups of the choice, one by one. It stands below the form for place and field: its ids are its own."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    groups = forms.ModelMultipleChoiceField(
        Group.objects.none(),
        label=_("KIM yang menerima"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Centang sedikitnya satu KIM.")},
    )

    def __init__(self, *args: Any, material: Material, groups: list[Group], **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "kim_%s"} | kwargs)
        chosen = self.fields["groups"]
        chosen.queryset = Group.objects.filter(pk__in=[group.pk for group in groups])  # type: ignore[attr-defined]
        chosen.choices = [(group.pk, f"{group.name} ({group.region.full_label})") for group in groups]  # type: ignore[attr-defined]
        listed = material.listed
        self.initial = {"version": material.version, "groups": [group.pk for group in groups if not listed or group.pk in listed]}


class WithdrawForm(ReasonForm):
    """Why a material is taken back: groups and readers read it."""

    reason = forms.CharField(
        label=_("Mengapa ditarik?"),
        max_length=300,
        widget=Lines(2),
        help_text=_("KIM dan pembaca kabar yang memakainya membaca alasan ini."),
        error_messages=too_long(300) | {"required": _("Tulis dulu alasannya.")},
    )


class AdoptForm(TakeUpForm):
    """An offer becomes a draft: where it lies and of which kind."""

    @classmethod
    def about(cls, offer: Offer) -> dict[str, Any]:  # type: ignore[override]
        """In the places of the offer's group; most material is a notice."""
        return {"group": offer.group, "initial": {"kind": Story.Kind.NOTICE}}


class DeclineOfferForm(ReasonForm):
    """Why a group does not use it: the office reads it."""

    reason = forms.CharField(
        label=_("Mengapa tidak dipakai?"),
        max_length=300,
        widget=Lines(2),
        help_text=_("Instansi yang mengirim membacanya."),
        error_messages=too_long(300) | {"required": _("Tulis dulu alasannya.")},
    )


class CommentForm(forms.Form):
    """What the group tells the office about it."""

    comment = forms.CharField(
        label=_("Apa yang kurang, keliru, atau belum jelas?"),
        max_length=1000,
        widget=Lines(3),
        error_messages=too_long(1000) | {"required": _("Tulis dulu tanggapannya.")},
    )


class IntroductionForm(forms.Form):
    """Why a group passes another group's story on, in its own words."""

    introduction = forms.CharField(
        label=_("Pengantar dari KIM kita"),
        max_length=2000,
        required=False,
        widget=Lines(3),
        help_text=_("Boleh kosong. Contoh: Jalan ini juga kita lewati ke pasar."),
        error_messages=too_long(2000),
    )

    @classmethod
    def about(cls, story: Story) -> dict[str, Any]:
        """Filled with what it says now, where it passes one on already."""
        return {"initial": {"introduction": story.body if story.repost_of_id else ""}}
