"""What people type in the newsroom: checked, cleaned, and given back when something is missing."""

import secrets
from datetime import datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django import forms
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from kentongan.core.errors import BadRequest
from kentongan.groups.models import Group
from kentongan.media.models import Photo
from kentongan.newsroom.forms.keeping import a_day_ahead
from kentongan.newsroom.models import BODY_MAX, SUMMARY_MAX, Check, Correction, Flag, Source, Story, StoryPhoto, Tip
from kentongan.regions.models import Level, Region
from kentongan.ui.writing import number

SUBMISSION_HOURS = 24
"""How long a public form may lie open before it must be loaded again: bawaan Kentongan."""
SUBMISSION_SALT = "newsroom.tip"


class Lines(forms.Textarea):
    """A text of several lines. The browser is not told a limit: it would cut off what somebody pastes without a word."""

    def __init__(self, rows: int = 4) -> None:
        super().__init__({"rows": rows})

    def build_attrs(self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None) -> dict[str, Any]:
        """Everything but the limit."""
        attrs = super().build_attrs(base_attrs, extra_attrs)
        attrs.pop("maxlength", None)
        return attrs

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Line ends as everywhere else, so that a text counts the letters its writer sees."""
        text = super().value_from_datadict(data, files, name)
        return text.replace("\r\n", "\n") if isinstance(text, str) else text


def too_long(most: int) -> dict[str, Any]:
    """What is said about a text that is too long."""
    sentence = gettext_lazy(
        "Terlalu panjang: paling banyak %(most)s huruf. Ringkas, atau bagi menjadi dua kabar. Tulisan Anda masih utuh di bawah ini."
    )
    return {"max_length": sentence % {"most": number(most)}}


def places_of(group: Group) -> QuerySet[Region]:
    """Where a story of this group may lie: its own region and, for a Forum, what lies in it down to the districts."""
    region = group.region
    if region.level == Level.VILLAGE:
        return Region.objects.filter(pk=region.pk)
    return Region.objects.within(region).filter(level__lte=Level.DISTRICT).order_by("level", "name")


QUESTIONS = {
    "what": _("Apa yang terjadi?"),
    "place": _("Di mana tempatnya?"),
    "region": _("Wilayah"),
    "happened": _("Kapan?"),
    "who": _("Siapa yang terlibat?"),
    "why": _("Mengapa?"),
    "how": _("Bagaimana?"),
    "kind": _("Jenis kabar"),
    "urgent_reason": _("Mendesak? Sebutkan alasannya"),
    "interest_note": _("Kepentingan Anda dalam hal ini"),
}
EXAMPLES = {
    "what": _("Ceritakan seperti kepada tetangga. Satu atau dua kalimat cukup."),
    "place": _("Sebut nama yang dipakai warga. Contoh: tikungan bawah, RT 02."),
    "happened": _("Contoh: Kamis pagi, 12 Nov."),
    "interest_note": _("Boleh kosong. Pembaca membacanya. Contoh: penulis adalah pengurus BUMDes yang diberitakan."),
    "urgent_reason": _("Hanya untuk peringatan resmi yang tidak bisa menunggu dibahas. Alasan ini ditampilkan kepada umum."),
}
ANSWERS = {"what": Lines(), "why": Lines(2), "how": Lines(2)}
SUPPORTS = _("Boleh kosong. Pembaca ikut membacanya. Contoh: jumlah rumah dan tanggal kerja bakti.")
CONTACT_SEALED = _("Disegel begitu tersimpan: tidak tampil di mana pun.")


class WriteForm(forms.ModelForm):
    """The words of a story. Field names are those of the model, so that two texts can be shown side by side."""

    TEXTS: ClassVar[tuple[str, ...]] = Story.TEXTS

    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Story
        fields = (
            "headline",
            "summary",
            "body",
            "kind",
            "what",
            "place",
            "happened",
            "who",
            "why",
            "how",
            "urgent_reason",
            "review_by",
            "interest_note",
        )
        widgets = ANSWERS | {"summary": Lines(3), "body": Lines(14), "review_by": forms.DateInput({"type": "date"}, "%Y-%m-%d")}
        labels = QUESTIONS | {"headline": _("Judul"), "summary": _("Ringkasan"), "body": _("Isi kabar")}
        help_texts = EXAMPLES | {
            "headline": _("Satu kalimat yang sudah mengabarkan. Contoh: Air Dukuh Krajan mengalir lagi."),
            "summary": _("Paling banyak %(n)s huruf, dengan kata yang mudah. Ini juga yang dibagikan lewat WhatsApp.") % {"n": SUMMARY_MAX},
            "review_by": _("Hanya untuk panduan: kapan isinya perlu dilihat lagi? Sesudah hari itu pembaca diberi tahu."),
            "body": _("Tulis biasa saja; baris kosong memisahkan paragraf. ## di awal baris membuat judul bagian, - membuat daftar."),
        }
        error_messages = {
            "what": too_long(2000),
            "why": too_long(1000),
            "how": too_long(1000),
            "summary": too_long(SUMMARY_MAX),
            "body": too_long(BODY_MAX),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["headline"].required = self.fields["place"].required = True
        self.fields["headline"].error_messages["required"] = gettext("Judulnya belum diisi. Isian lain aman.")
        self.initial.setdefault("version", self.instance.version)

    def clean_review_by(self) -> Any:
        return a_day_ahead(self.cleaned_data["review_by"]) if "review_by" in self.changed_data else self.cleaned_data["review_by"]

    def texts(self) -> list[forms.BoundField]:
        """The words themselves."""
        return [self[name] for name in self.TEXTS]

    def rest(self) -> list[forms.BoundField]:
        """What was gathered."""
        return [bound for bound in self.visible_fields() if bound.name not in self.TEXTS]

    def rest_is_wrong(self) -> bool:
        """Whether an error hides in what is folded away."""
        return any(bound.errors for bound in self.rest())

    def words(self) -> dict[str, Any]:
        """What goes to the action: everything but the version."""
        return {name: text for name, text in self.cleaned_data.items() if name != "version"}


def beginning(story: Story) -> dict[str, str]:
    """What a first draft begins with: what was gathered."""
    return {} if story.body else {"body": "\n\n".join(text for text in (story.what, story.why, story.how) if text)}


class CorrectionForm(forms.ModelForm):
    """A correction: the words as they should be, what is wrong, and why. Readers read both."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Correction
        fields = ("what", "why", "headline", "summary", "body")
        widgets = {"what": Lines(2), "why": Lines(2), "summary": Lines(3), "body": Lines(14)}
        labels = {
            "what": _("Apa yang diralat?"),
            "why": _("Mengapa?"),
            "headline": _("Judul yang benar"),
            "summary": _("Ringkasan yang benar"),
            "body": _("Isi yang benar"),
        }
        help_texts = {
            "what": _("Pembaca membacanya. Contoh: jumlah rumah yang mendapat air 46, bukan 40."),
            "why": _("Pembaca membacanya. Contoh: buku RT mencatat 46 rumah."),
        }
        error_messages = {"what": too_long(300), "why": too_long(300), "summary": too_long(SUMMARY_MAX), "body": too_long(BODY_MAX)}

    def __init__(self, *args: Any, story: Story, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.update({name: getattr(story, name) for name in (*Story.TEXTS, "version")})

    def words(self) -> dict[str, Any]:
        """What goes to the action: everything but the version."""
        return {name: text for name, text in self.cleaned_data.items() if name != "version"}


class SourceForm(forms.ModelForm):
    """One source; its contact is sealed on arrival."""

    contact = forms.CharField(label=_("Nomor atau alamat sumber"), max_length=60, required=False, help_text=CONTACT_SEALED)
    link = forms.URLField(label=_("Tautan"), max_length=500, required=False, assume_scheme="https")

    class Meta:
        model = Source
        fields = ("who", "how", "supports", "link", "unnamed")
        labels = {
            "who": _("Siapa atau apa sumbernya?"),
            "how": _("Bagaimana dan kapan didapat?"),
            "supports": _("Apa yang didukung sumber ini?"),
        }
        help_texts = {"supports": SUPPORTS}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["how"].required = False


class PhotoWordsForm(forms.ModelForm):
    """What is said about a photo."""

    class Meta:
        model = StoryPhoto
        fields = ("alt", "credit", "shows_vulnerable", "consent")
        labels = {"alt": _("Apa yang terlihat?"), "credit": _("Siapa yang memotret?")}
        help_texts = {"alt": _("Untuk pembaca yang tidak melihat gambar. Contoh: air keluar dari pipa ke ember.")}

    @classmethod
    def about(cls, picture: StoryPhoto) -> dict[str, Any]:
        """Filled with what is said now."""
        return {"instance": picture}


class PhotoForm(PhotoWordsForm):
    """A photo with what must be said about it."""

    upload = forms.FileField(
        label=_("Foto"),
        help_text=_("Satu foto yang menunjukkan kejadiannya. Lokasi di dalam foto kami hapus."),
        widget=forms.FileInput(attrs={"accept": "image/*"}),
        error_messages={"required": _("Pilih dulu fotonya."), "empty": _("Berkas ini kosong. Pilih fotonya sekali lagi.")},
    )
    field_order = ("upload", "alt", "credit", "shows_vulnerable", "consent")

    @classmethod
    def about(cls, thing: Any) -> dict[str, Any]:
        """Empty: every photo is one more."""
        return {}

    def clean_upload(self) -> UploadedFile:
        """What cannot be a photo is said beside its field; the words stay."""
        upload: UploadedFile = self.cleaned_data["upload"]
        try:
            Photo.vet(upload)
        except BadRequest as refused:
            raise forms.ValidationError(refused.sentence) from refused
        return upload


class NothingForm(forms.Form):
    """Nothing to fill in: a step worth a second look before it is taken."""


class ReasonForm(forms.Form):
    """A reason, said to those it concerns."""

    reason = forms.CharField(
        label=_("Alasan"), max_length=500, widget=Lines(2), error_messages=too_long(500) | {"required": _("Tulis dulu alasannya.")}
    )


class ReturnForm(ReasonForm):
    """What its writer has to put right."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = gettext("Apa yang perlu diperbaiki?")
        self.fields["reason"].help_text = gettext("Contoh: buku RT mencatat 46 rumah, bukan 40.")


class RetractForm(ReasonForm):
    """Why a story is taken back: whoever comes to its address reads it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = gettext("Mengapa dicabut?")
        self.fields["reason"].help_text = gettext("Pembaca yang datang ke alamatnya membaca alasan ini.")


class DeclineForm(ReasonForm):
    """Why a correction does not stand."""

    reason = forms.CharField(label=_("Mengapa tidak dikuatkan?"), max_length=300, widget=Lines(2), error_messages=too_long(300))


class LookForm(forms.Form):
    """What somebody looked at before they said yes or no to words that were found."""

    note = forms.CharField(
        label=_("Apa yang Anda lihat?"),
        max_length=300,
        widget=Lines(2),
        help_text=_("Contoh: tautannya saya buka, itu berita koran tentang penolakan judi. Pembaca bisa membaca catatan ini."),
        error_messages=too_long(300) | {"required": _("Tulis dulu apa yang Anda lihat.")},
    )


class TipReasonForm(ReasonForm):
    """Why a tip is not taken up."""

    reason = forms.CharField(label=_("Mengapa tidak diangkat?"), max_length=300, widget=Lines(2), error_messages=too_long(300))


class ScheduleForm(forms.Form):
    """When it goes out, on the clock of the group's region."""

    at = forms.DateTimeField(
        label=_("Terbit pada"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=("%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d-%m-%Y %H:%M", "%d/%m/%Y %H:%M", "%d-%m-%Y %H.%M", "%d/%m/%Y %H.%M"),
        error_messages={"invalid": _("Tulis tanggal dan jamnya, misalnya 25-11-2026 06.30."), "required": _("Pilih tanggal dan jamnya.")},
    )

    def __init__(self, *args: Any, zone: ZoneInfo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone

    @classmethod
    def about(cls, story: Story) -> dict[str, Any]:
        """On the clock of the place."""
        return {"zone": story.group.region.tz}

    def clean_at(self) -> datetime:
        """The moment meant, read on the region's clock."""
        at: datetime = timezone.make_naive(self.cleaned_data["at"]).replace(tzinfo=self.zone)
        if at <= timezone.now():
            raise forms.ValidationError(_("Waktu ini sudah lewat. Pilih waktu yang akan datang, atau terbitkan sekarang."))
        return at


HOW_CHECKED = {
    Check.Item.SOURCE: _("Contoh: Sutrisno ditelepon 15.30, membenarkan."),
    Check.Item.DATE_PLACE: _("Contoh: cocok dengan buku kerja bakti RT 02."),
    Check.Item.NUMBERS: _("Cocokkan satu per satu yang disorot. Contoh: 46 rumah menurut buku RT."),
    Check.Item.NAMES: _("Contoh: ejaan sesuai daftar pengurus air."),
    Check.Item.PICTURE: _("Contoh: dibandingkan dengan foto lain di hari yang sama."),
    Check.Item.OTHER_SIDE: _("Siapa yang ditanya; atau mengapa tidak ada pihak yang dirugikan."),
}


class CheckForm(forms.Form):
    """The checklist of one story: for each item what was done. Every item must have been done."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, story: Story, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = story.version
        for point in story.points():
            said = {"required": gettext("Tulis apa yang Anda lakukan."), **too_long(200)}
            how = point.asked_by or HOW_CHECKED[Check.Item(point.item)]
            self.fields[point.name] = forms.CharField(label=point.label, max_length=200, help_text=how, error_messages=said)

    def notes(self) -> dict[str, str]:
        """What was done, by item."""
        return {name: text for name, text in self.cleaned_data.items() if name != "version"}

    def done(self) -> int:
        """How many items were answered."""
        return sum(1 for bound in self.visible_fields() if bound.value())

    def left(self) -> int:
        """How many are still open."""
        return len(self.visible_fields()) - self.done()


class OrderForm(forms.Form):
    """The legal order that a withholding stands on; shown publicly."""

    order = forms.CharField(label=_("Nomor dan penerbit perintah hukum"), max_length=160)


class FlagForm(forms.ModelForm):
    """What an official objects to. It changes no word."""

    class Meta:
        model = Flag
        fields = ("concern",)
        widgets = {"concern": Lines(3)}
        labels = {"concern": _("Apa yang Anda persoalkan?")}
        error_messages = {"concern": too_long(1000)}


class AnswerForm(forms.Form):
    """The group's answer to an objection."""

    answer = forms.CharField(label=_("Jawaban"), max_length=1000, widget=Lines(3), error_messages=too_long(1000))


class TakeUpForm(forms.ModelForm):
    """A tip becomes a story: where it lies and of which kind."""

    class Meta:
        model = Story
        fields = ("region", "kind")
        labels = {"region": _("Wilayah"), "kind": _("Jenis kabar")}

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].queryset = places_of(group)  # type: ignore[attr-defined]
        self.initial["region"] = group.region_id
        if group.region.level == Level.VILLAGE:
            self.fields["region"].widget = forms.HiddenInput()

    @classmethod
    def about(cls, tip: Tip) -> dict[str, Any]:
        """In the places of the tip's group."""
        return {"group": tip.group}


class TipForm(forms.ModelForm):
    """What a resident brings, without an account. The key is signed and dated; `website` is a trap that people never see."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=200)
    contact = forms.CharField(
        label=_("Nomor Anda"), max_length=60, required=False, help_text=_("Disegel begitu sampai, hanya untuk menanyakan lagi kepada Anda.")
    )
    website = forms.CharField(
        label=_("Kosongkan isian ini"), required=False, widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"})
    )

    class Meta:
        model = Tip
        fields = ("text", "place", "happened", "name")
        widgets = {"text": Lines(5)}
        labels = {"text": _("Apa yang terjadi?"), "place": _("Di mana?"), "happened": _("Kapan?"), "name": _("Nama Anda")}
        help_texts = {
            "text": _("Ceritakan seperti kepada tetangga."),
            "place": _("Contoh: dekat jembatan, RT 03."),
            "happened": _("Contoh: tadi pagi."),
            "name": _("Tidak ditampilkan kepada umum."),
        }
        error_messages = {"text": too_long(2000) | {"required": _("Ceritakan dulu apa yang terjadi.")}}

    def asked(self) -> list[forms.BoundField]:
        """What people see."""
        return [bound for bound in self.visible_fields() if bound.name != "website"]

    def clean_website(self) -> str:
        """Machines fill every field; people do not see this one."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Isian ini harus kosong. Kosongkan, lalu kirim lagi."))
        return ""

    def clean_key(self) -> str:
        """The nonce inside the signed key. A key that is too old makes the form new, with everything typed kept."""
        try:
            return str(signing.loads(self.cleaned_data["key"], salt=SUBMISSION_SALT, max_age=SUBMISSION_HOURS * 3600))
        except signing.BadSignature:
            self.data = {**{name: self.data[name] for name in self.data}, "key": new_key()}
            raise forms.ValidationError(_("Formulir ini terlalu lama terbuka. Isian Anda masih ada: kirim sekali lagi.")) from None

    def clean(self) -> dict[str, Any]:
        """What is wrong with the unseen fields is said above the form."""
        for name in ("key", "website"):
            for error in self.errors.get(name, []):
                self.add_error(None, error)
        return self.cleaned_data

    def said(self) -> dict[str, Any]:
        """What goes to the action."""
        return {name: text for name, text in self.cleaned_data.items() if name != "website"}


def new_key() -> str:
    """A signed, dated submission key: what a public form carries instead of a session."""
    return signing.dumps(secrets.token_urlsafe(16), salt=SUBMISSION_SALT)
