"""Writing on a phone: one question a screen, as one table. One form takes one screen, or all at once from a phone without signal."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kentongan.accounts.models import Person
from kentongan.core.errors import BadRequest
from kentongan.groups.models import Group, Membership
from kentongan.media.models import Photo
from kentongan.newsroom import drafting
from kentongan.newsroom.forms.stories import CONTACT_SEALED, SUPPORTS, Lines, places_of, too_long
from kentongan.newsroom.models import BODY_MAX, SUMMARY_MAX, Story, StoryPhoto

SOURCE_FIELDS = ("source_who", "source_how", "source_supports", "source_contact", "source_link", "source_unnamed")
TOLD_FIELDS = ("helped", "teller", "teller_consent")


@dataclass(frozen=True)
class Screen:
    """One question. `folded` are fields that few need; `needed` is asked before one goes on, everything else may be left for later."""

    key: str
    label: Any
    heading: Any
    lead: Any
    fields: tuple[str, ...]
    folded: tuple[str, ...] = ()
    fold: Any = ""
    needed: tuple[str, ...] = ()

    @property
    def all_fields(self) -> tuple[str, ...]:
        return (*self.fields, *self.folded)


SCREENS = (
    Screen(
        "foto",
        _("Foto"),
        _("Ada fotonya?"),
        _("Yang menunjukkan kejadiannya. Boleh beberapa. Lokasi di dalam foto kami hapus."),
        ("upload", "mine", "credit"),
    ),
    Screen(
        "apa",
        _("Apa"),
        _("Apa yang terjadi?"),
        _("Ceritakan seperti kepada tetangga. Satu atau dua kalimat cukup."),
        ("what",),
        ("kind", "urgent_reason"),
        _("Bukan berita biasa?"),
        ("what",),
    ),
    Screen("di-mana", _("Di mana"), _("Di mana kejadiannya?"), _("Sebut nama yang dipakai warga."), ("region", "place"), needed=("place",)),
    Screen("kapan", _("Kapan"), _("Kapan terjadinya?"), _("Hari dan tanggalnya; jam bila tahu."), ("happened",)),
    Screen(
        "siapa", _("Siapa"), _("Siapa yang terlibat?"), _("Nama, peran, atau berapa orang. Jangan sebut nama anak atau korban."), ("who",)
    ),
    Screen("mengapa", _("Mengapa"), _("Mengapa, dan bagaimana?"), _("Bila tahu. Yang belum jelas boleh ditanyakan dulu."), ("why", "how")),
    Screen(
        "sumber",
        _("Sumber"),
        _("Dari mana Anda tahu?"),
        _("Orang yang Anda tanya, atau apa yang Anda lihat sendiri. Tanpa sumber, kabar tidak bisa diperiksa."),
        ("source_who", "source_how", "source_contact", "source_unnamed"),
        (*TOLD_FIELDS, "source_supports", "source_link"),
        _("Saya menuliskan untuk orang lain, atau ada rincian sumbernya"),
        ("source_who",),
    ),
)
"""The questions, in their order. Headline, what the photos show and the look of it come after them, on pages of their own."""
KEYS = tuple(screen.key for screen in SCREENS)


def screen_called(key: str) -> Screen | None:
    """The screen of this name."""
    return next((screen for screen in SCREENS if screen.key == key), None)


class SeveralFiles(forms.FileInput):
    """A file field that takes several."""

    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Several photos. What cannot be one is left out and said; the others are kept."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """Every file that was chosen."""
        files = data if isinstance(data, (list, tuple)) else [data] if data else []
        return [super(PhotosField, self).clean(one, initial) for one in files]


class AnswersForm(forms.ModelForm):
    """The questions of `screens`. Not `strict`: what is needed may be missing, because one goes back or stops for today."""

    use_required_attribute = False

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    upload = PhotosField(
        label=_("Ambil atau pilih foto"),
        required=False,
        help_text=_("Paling banyak delapan. Foto HEIC (iPhone): pilih “Paling kompatibel” di pengaturan kamera."),
        widget=SeveralFiles(attrs={"accept": "image/*"}),
        error_messages={"empty": _("Satu berkas kosong. Pilih fotonya sekali lagi.")},
    )
    mine = forms.BooleanField(label=_("Saya sendiri yang memotret"), required=False)
    credit = forms.CharField(label=_("Bukan Anda? Siapa yang memotret?"), max_length=80, required=False)
    source_who = forms.CharField(
        label=_("Siapa atau apa sumbernya?"),
        max_length=160,
        required=False,
        help_text=_("Contoh: Sutrisno, ketua kelompok air. Atau: saya lihat sendiri."),
    )
    source_how = forms.CharField(
        label=_("Bagaimana dan kapan didapat?"), max_length=160, required=False, help_text=_("Contoh: ditemui di lokasi, 12 Nov.")
    )
    source_supports = forms.CharField(label=_("Apa yang didukung sumber ini?"), max_length=160, required=False, help_text=SUPPORTS)
    source_contact = forms.CharField(label=_("Nomor sumber"), max_length=60, required=False, help_text=CONTACT_SEALED)
    source_link = forms.URLField(label=_("Tautan sumber"), max_length=500, required=False, assume_scheme="https")
    source_unnamed = forms.BooleanField(label=_("Jangan tampilkan namanya kepada umum"), required=False)
    helped = forms.ModelChoiceField(
        Person.objects.none(),
        label=_("Yang bercerita anggota KIM ini"),
        required=False,
        empty_label=_("Bukan anggota"),
    )

    class Meta:
        model = Story
        fields = (*("what", "kind", "urgent_reason", "region", "place", "happened"), *("who", "why", "how", "teller", "teller_consent"))
        widgets: ClassVar[dict[str, Any]] = {"what": Lines(5), "why": Lines(3), "how": Lines(3)}
        labels: ClassVar[dict[str, Any]] = {
            "what": _("Kejadiannya"),
            "kind": _("Jenis kabar"),
            "urgent_reason": _("Mendesak? Sebutkan alasannya"),
            "region": _("Desa atau wilayah"),
            "place": _("Tempatnya"),
            "happened": _("Waktunya"),
            "who": _("Yang terlibat"),
            "why": _("Mengapa?"),
            "how": _("Bagaimana?"),
            "teller": _("Nama yang bercerita"),
            "teller_consent": _("Ia mengizinkan namanya disebut"),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "what": _("Contoh: Air di Dukuh Krajan mengalir lagi setelah pipa disambung."),
            "urgent_reason": _("Hanya untuk peringatan resmi yang tidak bisa menunggu dibahas. Alasan ini ditampilkan kepada umum."),
            "place": _("Contoh: tikungan bawah, RT 02."),
            "happened": _("Contoh: Kamis, 12 November 2026, pagi."),
            "who": _("Contoh: 18 warga RT 02 dan Sutrisno, ketua kelompok air."),
            "why": _("Contoh: sambungan lama lepas sesudah hujan."),
            "how": _("Contoh: kerja bakti sejak pagi; pipa dibeli dari kas dukuh."),
            "teller": _("Untuk yang tidak menulis sendiri. Di halaman kabar: “Diceritakan Mbah Karto, ditulis Anda”."),
        }
        error_messages: ClassVar[dict[str, Any]] = {"what": too_long(2000), "why": too_long(1000), "how": too_long(1000)}

    def __init__(self, *args: Any, group: Group, screens: Sequence[Screen], strict: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.screens, self.strict = screens, strict
        self.refused: list[str] = []
        places = places_of(group)
        wanted = {name for screen in screens for name in screen.all_fields} | {"version"}
        if len(places[:2]) < 2:
            wanted.discard("region")
        for name in set(self.fields) - wanted:
            del self.fields[name]
        for name in ("happened", "place", "kind", "region"):
            if name in self.fields:
                self.fields[name].required = False
        if "region" in self.fields:
            self.fields["region"].queryset, self.fields["region"].empty_label = places, None  # type: ignore[attr-defined]
        if "helped" in self.fields:
            members = group.memberships.filter(state=Membership.State.ACTIVE).values("person")
            self.fields["helped"].queryset = Person.objects.filter(pk__in=members).order_by("name")  # type: ignore[attr-defined]
        self.initial.setdefault("mine", True)
        self.initial.setdefault("version", self.instance.version)

    def clean_upload(self) -> list[UploadedFile]:
        """The photos among the files; for every other one a sentence, kept in `refused`."""
        good = []
        for file in self.cleaned_data["upload"]:
            try:
                Photo.vet(file)
            except BadRequest as why:
                self.refused.append(f"{file.name}: {why.sentence}")
            else:
                good.append(file)
        return good

    def clean_region(self) -> Any:
        """What was not chosen stays as it was."""
        return self.cleaned_data["region"] or self.instance.region

    def clean_kind(self) -> str:
        """What was not chosen stays as it was."""
        return str(self.cleaned_data["kind"] or self.instance.kind)

    def clean(self) -> dict[str, Any]:
        """Who is helped is who tells; who tells was asked; what is needed is there."""
        given = self.cleaned_data
        if given.get("helped"):
            given["teller"] = given["helped"].name
        if given.get("teller") and not given.get("teller_consent"):
            self.add_error("teller_consent", gettext("Tanyakan dulu: boleh namanya disebut sebagai yang bercerita? Isian lain aman."))
        if given.get("teller") and not given.get("source_who"):
            given["source_who"] = given["teller"]
        for screen in self.screens if self.strict else ():
            for name in screen.needed:
                if not given.get(name) and name not in self.errors and not (name == "source_who" and self.instance.source_count):
                    self.add_error(name, NEEDED[name])
        return given

    def answers(self) -> dict[str, Any]:
        """What goes to `begin` and `answer`."""
        return {name: self.cleaned_data[name] for name in (*Story.ANSWERS, "region") if name in self.cleaned_data}

    def photos(self, author: str) -> dict[str, Any]:
        """The photos with who took them; `author` is the name of whoever writes."""
        given = self.cleaned_data
        return {"uploads": given.get("upload", []), "credit": given.get("credit") or (author if given.get("mine") else "")}

    def source(self) -> dict[str, Any]:
        """What goes to `gather_begun`; empty when no source is named."""
        return {name: self.cleaned_data[name] for name in SOURCE_FIELDS} if self.cleaned_data.get("source_who") else {}

    def said_nothing(self) -> bool:
        """Whether nobody would miss it."""
        ticks = ("mine", "version", "kind", "region")
        return not any(given for name, given in self.cleaned_data.items() if name not in ticks)

    def shown(self) -> list[dict[str, Any]]:
        """Each screen with its fields; what is needed does not say that it may stay empty."""
        for name in (name for screen in self.screens for name in screen.needed):
            self.fields[name].required = not (name == "source_who" and self.instance.source_count)
        return [
            {
                "screen": screen,
                "fields": [self[name] for name in screen.fields if name in self.fields],
                "folded": [self[name] for name in screen.folded if name in self.fields],
                "open": any(self[name].errors or (name != "kind" and self[name].value()) for name in screen.folded if name in self.fields),
            }
            for screen in self.screens
        ]


NEEDED = {
    "what": _("Ceritakan dulu apa yang terjadi. Isian lain aman."),
    "place": _("Tempat belum diisi. Tulis misalnya “tikungan bawah, RT 02”. Isian lain aman."),
    "source_who": _("Sebutkan dari siapa atau dari mana Anda tahu. Isian lain aman."),
}


class HeadlineForm(forms.ModelForm):
    """The words readers see first, with a draft made of the answers."""

    use_required_attribute = False
    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Story
        fields = Story.TEXTS
        widgets: ClassVar[dict[str, Any]] = {
            "summary": Lines(4),
            "body": Lines(10),
        }
        labels: ClassVar[dict[str, Any]] = {"headline": _("Judul"), "summary": _("Ringkasan"), "body": _("Isi kabar")}
        help_texts: ClassVar[dict[str, Any]] = {
            "headline": _("Satu kalimat yang sudah mengabarkan. Contoh: Air Dukuh Krajan mengalir lagi."),
            "summary": _("Paling banyak %(n)s huruf, dengan kata yang mudah. Ini juga yang dibagikan lewat WhatsApp.") % {"n": SUMMARY_MAX},
            "body": _("Disusun dari jawaban Anda; boleh diubah. Baris kosong memisahkan paragraf."),
        }
        error_messages: ClassVar[dict[str, Any]] = {"summary": too_long(SUMMARY_MAX), "body": too_long(BODY_MAX)}

    def __init__(self, *args: Any, strict: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("summary", "body"):
            self.fields[name].required = strict
        self.fields["headline"].required = True
        self.fields["headline"].error_messages["required"] = gettext("Judulnya belum diisi. Isian lain aman.")
        self.fields["summary"].widget.attrs["data-most"] = SUMMARY_MAX
        self.initial["version"] = self.instance.version

    @classmethod
    def drafted(cls, story: Story) -> dict[str, str]:
        """What is written already, and where nothing is, a draft made of the answers."""
        answers = {name: str(getattr(story, name)) for name in Story.ANSWERS}
        drafts = {"headline": drafting.headline(answers), "summary": drafting.summary(answers, SUMMARY_MAX), "body": drafting.body(answers)}
        return {name: getattr(story, name) or draft for name, draft in drafts.items()}

    def words(self) -> dict[str, Any]:
        """What goes to `write`: these words, and the rest of the story as it is."""
        kept = (*("kind", "what", "place", "happened", "who", "why", "how"), *("urgent_reason", "interest_note", "review_by"))
        return {name: self.cleaned_data[name] for name in Story.TEXTS} | {name: getattr(self.instance, name) for name in kept}


class ShownForm(forms.ModelForm):
    """What one photo shows, who took it, and whether those seen agreed."""

    mine = forms.BooleanField(label=_("Saya sendiri yang memotret"), required=False)

    class Meta:
        model = StoryPhoto
        fields = ("alt", "credit", "shows_vulnerable", "consent")
        labels: ClassVar[dict[str, Any]] = {"alt": _("Apa yang terlihat?"), "credit": _("Siapa yang memotret?")}
        help_texts: ClassVar[dict[str, Any]] = {
            "alt": _("Untuk yang tidak melihat gambar: siapa atau apa, sedang apa, di mana. Contoh: air keluar dari pipa ke ember.")
        }

    def said(self, author: str) -> dict[str, Any]:
        """What goes to `describe_photo`; a photo of one's own is credited without typing."""
        given = {name: self.cleaned_data[name] for name in ("alt", "credit", "shows_vulnerable", "consent")}
        return given | {"credit": given["credit"] or (author if self.cleaned_data["mine"] else "")}


def shown_forms(pictures: Iterable[StoryPhoto], data: Any = None, strict: bool = True) -> list[ShownForm]:
    """One form a photo, told apart by the photo's number. Not `strict`: what it shows may be said later."""
    asked = [ShownForm(data, instance=picture, prefix=f"foto-{picture.pk}", use_required_attribute=False) for picture in pictures]
    for form in asked:
        form.fields["alt"].required = strict
        form.fields["alt"].error_messages["required"] = gettext("Tulis satu kalimat tentang foto ini. Isian lain aman.")
    return asked


def beside_each_other(asked: Sequence[ShownForm]) -> list[tuple[str, str, str, str]]:
    """What was typed about each photo and what is stored, for `Stale.compared`; a tick is read, not typed."""
    yes, no = gettext("ya"), gettext("tidak")
    rows = []
    for number, form in enumerate(asked, 1):
        for name in form._meta.fields or ():
            mine, theirs = form[name].data, form.initial[name]
            label = gettext("Foto %(n)s: %(what)s") % {"n": number, "what": form[name].label}
            if isinstance(theirs, bool):
                rows.append(("", label, yes if mine else no, yes if theirs else no))
            else:
                rows.append((form.add_prefix(name), label, mine or "", theirs))
    return rows
