"""What people type about guidance, a group's papers, what it has, and what is handed over."""

from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from kentongan.core.errors import BadRequest
from kentongan.groups.forms.groups import ERRORS, GroupForm, PastDay, day, words
from kentongan.groups.forms.groups import text as lines
from kentongan.groups.models import Deed, Group, Visit
from kentongan.media.models import Paper

FILES_MOST = 10
ACCEPTED = "image/*,application/pdf"


class VisitForm(PastDay, GroupForm):
    """What an office found and agreed with a group."""

    on = day(_("Tanggal"))
    kind = forms.ChoiceField(label=_("Bentuknya"), error_messages=ERRORS)
    found = lines(_("Apa yang ditemukan"), 4000, 4, help_text=_("KIM ini ikut membacanya."))
    agreed = lines(_("Apa yang disepakati"), 4000, 3, required=False, help_text=_("Siapa melakukan apa, sampai kapan."))
    next_on = day(_("Kunjungan berikutnya"), required=False, help_text=_("Muncul di Meja kantor ini bila waktunya tiba."))
    seen = forms.MultipleChoiceField(
        label=_("Yang Anda lihat sendiri"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("KIM menyatakan punya ini. Centang hanya yang Anda lihat."),
    )

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        super().__init__(*args, group=group, **kwargs)
        self.initial.setdefault("on", group.today)
        self.fields["kind"].choices = [(kind, kind.capitalize()) for kind in group.rules["visit_kinds"]]  # type: ignore[attr-defined]
        held = [item.name for item in group.items.all() if item.state in item.HELD]
        if held:
            self.fields["seen"].choices = [(name, name.capitalize()) for name in held]  # type: ignore[attr-defined]
        else:
            del self.fields["seen"]

    def clean(self) -> dict[str, Any]:
        """The next visit comes after this one."""
        typed = super().clean() or self.cleaned_data
        if typed.get("on") and typed.get("next_on") and typed["next_on"] <= typed["on"]:
            self.add_error("next_on", _("Kunjungan berikutnya harus sesudah tanggal kunjungan ini."))
        return typed


class PlanForm(forms.Form):
    """Another day for the next visit."""

    next_on = day(_("Kunjungan berikutnya"), required=False, help_text=_("Kosongkan bila tidak jadi."))

    def __init__(self, *args: Any, visit: Visit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.visit, self.initial = visit, {"next_on": visit.next_on}

    def clean_next_on(self) -> date | None:
        """After the visit that names it."""
        on: date | None = self.cleaned_data["next_on"]
        if on and on <= self.visit.on:
            raise forms.ValidationError(_("Kunjungan berikutnya harus sesudah tanggal kunjungan ini."))
        return on


class RemarkForm(forms.Form):
    """What the group says of a visit."""

    remark = lines(_("Catatan KIM"), 2000, 3, help_text=_("Terbaca oleh anggota KIM dan kantor di atasnya, di samping catatan petugas."))


class SeveralFiles(forms.FileInput):
    """A file field that takes several."""

    allow_multiple_selected = True


class PapersField(forms.FileField):
    """Photos or PDFs, at most FILES_MOST; each is looked at before anything is kept."""

    widget = SeveralFiles(attrs={"accept": ACCEPTED})

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """Every file that was chosen."""
        files = data if isinstance(data, (list, tuple)) else [data] if data else []
        if len(files) > FILES_MOST:
            raise forms.ValidationError(_("Paling banyak %(n)s berkas. Kirim sisanya sebagai naskah lanjutan.") % {"n": FILES_MOST})
        return [vetted(super(PapersField, self).clean(one, initial)) for one in files]


def vetted(upload: UploadedFile) -> UploadedFile:
    """The file, when it is a photo or a PDF. Raises ValidationError with the sentence of what is wrong."""
    try:
        Paper.vet(upload)
    except BadRequest as refused:
        raise forms.ValidationError(f"{upload.name}: {refused.sentence}") from refused
    return upload


class DeedForm(PastDay, GroupForm):
    """A paper of the group, typed or photographed."""

    kind = forms.ChoiceField(label=_("Jenis"), choices=Deed.Kind.choices, widget=forms.RadioSelect, error_messages=ERRORS)
    title = words(_("Judul"), 120, help_text=_("Contoh: Rapat bulanan November, AD/ART 2026."))
    on = day(_("Tanggal"), help_text=_("Hari rapatnya, atau hari AD/ART disahkan anggota."))
    attendance = forms.IntegerField(label=_("Berapa yang hadir"), min_value=1, max_value=10000, required=False, error_messages=ERRORS)
    text = lines(
        _("Isi"),
        40_000,
        8,
        required=False,
        help_text=_("Boleh diketik, boleh difoto, boleh keduanya. Judul bagian diawali ##, butir diawali -."),
    )
    decisions = lines(_("Yang diputuskan"), 4000, 3, required=False)
    files = PapersField(label=_("Foto atau PDF naskahnya"), required=False, help_text=_("Paling banyak sepuluh berkas, urut halamannya."))  # type: ignore[assignment]

    def clean(self) -> dict[str, Any]:
        """Something to read."""
        typed = super().clean() or self.cleaned_data
        if not self.errors and not (typed["text"] or typed["decisions"] or typed["files"]):
            self.add_error("text", _("Naskahnya masih kosong. Tulis isinya, atau lampirkan foto atau PDF-nya."))
        return typed


class TakeBackForm(forms.Form):
    """Why a paper is withdrawn."""

    reason = words(_("Alasan"), 300, help_text=_("Tetap terbaca bersama naskahnya."))


class ItemForm(PastDay, GroupForm):
    """That the group has one thing of the list."""

    name = forms.CharField(widget=forms.HiddenInput, max_length=60)
    on = day(_("Ada dan dipakai sejak"))
    note = words(_("Keterangan"), 200, required=False, help_text=_("Contoh: dipegang bendahara, disimpan di balai desa."))
    evidence = forms.FileField(
        label=_("Foto atau PDF"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        help_text=_("Sampul atau satu halaman. Jangan memotret halaman yang berisi data pribadi."),
    )

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        super().__init__(*args, group=group, **kwargs)
        self.initial.setdefault("on", group.today)

    def clean_evidence(self) -> UploadedFile | None:
        """A photo or a PDF, or nothing."""
        upload: UploadedFile | None = self.cleaned_data["evidence"]
        return vetted(upload) if upload else None


class HandoverForm(forms.Form):
    """A word to the successor."""

    note = lines(
        _("Pesan untuk penerus"),
        2000,
        4,
        required=False,
        help_text=_("Yang tidak terlihat dari daftar: kebiasaan, janji lisan, siapa yang enak diajak bicara."),
    )
