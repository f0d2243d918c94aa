"""What people type about groups, posts and rules, with its wording."""

from collections.abc import Sequence
from datetime import date, timedelta
from secrets import choice
from typing import Any

from django import forms
from django.core import signing
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kentongan.core.errors import BadRequest
from kentongan.core.settings import Setting
from kentongan.groups.models import Appointment, Decree, Group, Membership, Office, Seat
from kentongan.media.models import Paper
from kentongan.regions.models import Level, Region, checked
from kentongan.ui.choices import noted
from kentongan.ui.writing import date_only

ERRORS = {
    "required": _("Bagian ini belum diisi."),
    "invalid": _("Tulisannya belum kami pahami."),
    "invalid_choice": _("Pilih salah satu dari daftarnya."),
}
DATES = ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%d %m %Y"]
SUBMISSION_HOURS = 24
"""How long a public form may lie open before it is sent: bawaan Kentongan."""
SUBMISSION_SALT = "groups.proposal"
GONE = (Group.State.DISSOLVED, Group.State.WITHDRAWN)
READABLE = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
PDF = "application/pdf"
EVIDENCE_HELP = _("Hanya terlihat orang kelompok ini dan kantor di atasnya. PDF paling banyak 20 halaman.")
CREDENTIAL_HELP = _("Nomor HP, ditulis bagaimana pun boleh, atau nama pengguna. Dipakai untuk masuk.")


def words(label: Any, most: int = 120, **more: Any) -> forms.CharField:
    """One line of text."""
    return forms.CharField(label=label, max_length=most, error_messages=ERRORS, **more)


def text(label: Any, most: int = 2000, rows: int = 3, **more: Any) -> forms.CharField:
    """Several lines of text."""
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), error_messages=ERRORS, **more)


def day(label: Any, **more: Any) -> forms.DateField:
    """A date in any usual spelling."""
    messages = ERRORS | {"invalid": _("Tanggal itu belum kami pahami. Contoh: 24-11-2026.")}
    return forms.DateField(
        label=label, input_formats=DATES, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), error_messages=messages, **more
    )


OLDEST, YOUNGEST = 100, 5
"""Between which ages a year of birth is believed."""


def believed(year: int | None) -> int | None:
    """A year somebody alive and able to write may be born in, or nothing. Raises ValidationError for any other."""
    this = timezone.localdate().year
    if year is not None and not this - OLDEST <= year <= this - YOUNGEST:
        raise forms.ValidationError(_("Tahun lahir ditulis empat angka, misalnya 2010."))
    return year


class GroupForm(forms.Form):
    """A form about one group; `cleaned_data` holds the arguments of its action."""

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group = group

    def facts(self) -> dict[str, Any]:
        """The arguments of the action."""
        return self.cleaned_data


class PastDay:
    """A step is written down after it happened."""

    cleaned_data: dict[str, Any]

    def clean_on(self) -> date:
        """Refuse a day that has not come."""
        on: date = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise forms.ValidationError(_("Tanggal itu belum tiba. Catat langkah ini sesudah terjadi."))
        return on


class PaperField(forms.FileField):
    """A photo or a PDF. What cannot be one is said beside its field; the words stay."""

    def __init__(self, label: Any, **more: Any) -> None:
        widget = forms.FileInput(attrs={"accept": f"image/*,{PDF}"})
        super().__init__(label=label, required=False, widget=widget, error_messages=ERRORS, **more)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The upload, looked at before anything is kept."""
        upload = super().clean(data, initial)
        if upload:
            try:
                Paper.vet(upload)
            except BadRequest as refused:
                raise forms.ValidationError(refused.sentence) from refused
        return upload or None


class FounderForm(GroupForm):
    """Who carries the formation on."""

    name = words(_("Nama pengusul"), 80)
    credential = words(_("Nomor HP atau nama pengguna"), 40, help_text=CREDENTIAL_HELP)


class SocialiseForm(PastDay, GroupForm):
    """When residents were told."""

    on = day(_("Tanggal sosialisasi"))
    note = text(_("Catatan"), required=False, help_text=_("Di mana, siapa yang menjelaskan."))
    evidence = PaperField(_("Foto atau PDF buktinya"), help_text=EVIDENCE_HELP)


class DeliberateForm(PastDay, GroupForm):
    """When residents deliberated and how many came."""

    on = day(_("Tanggal musyawarah"))
    attendance = forms.IntegerField(label=_("Berapa yang hadir"), min_value=2, max_value=10000, error_messages=ERRORS)
    place = words(_("Tempat musyawarah"), 120, required=False, help_text=_("Contoh: Balai Desa. Ikut tercetak di berita acara."))
    note = text(_("Catatan"), required=False, help_text=_("Apa yang disepakati."))
    roll = PaperField(_("Foto atau PDF daftar hadir"), help_text=EVIDENCE_HELP)
    evidence = PaperField(_("Foto kegiatannya"), help_text=_("Boleh menyusul."))


class MinuteForm(PastDay, GroupForm):
    """The minutes and the people they name."""

    on = day(_("Tanggal berita acara"))
    minutes = text(_("Isi berita acara"), 4000, 5)
    evidence = PaperField(_("Foto atau PDF berita acara"), help_text=EVIDENCE_HELP)
    ketua = words(_("Ketua"), 80)
    ketua_credential = words(_("Nomor HP ketua"), 40, help_text=CREDENTIAL_HELP)
    sekretaris = words(_("Sekretaris"), 80)
    sekretaris_credential = words(_("Nomor HP sekretaris"), 40, required=False)
    bendahara = words(_("Bendahara"), 80)
    bendahara_credential = words(_("Nomor HP bendahara"), 40, required=False)
    members = text(
        _("Anggota lain"), 6000, 5, required=False, help_text=_("Satu orang satu baris: nama; nomor HP. Tanpa nomor juga boleh.")
    )

    def facts(self) -> dict[str, Any]:
        """The seats, board first."""
        typed = self.cleaned_data
        board = [Seat(typed[role], typed[f"{role}_credential"], role) for role in Membership.BOARD]
        lines = [line.split(";", 1) for line in typed["members"].splitlines() if line.split(";", 1)[0].strip()]
        others = [Seat(line[0].strip()[:80], line[1].strip() if len(line) > 1 else "", Membership.Role.ANGGOTA) for line in lines]
        return {"on": typed["on"], "minutes": typed["minutes"], "seats": (*board, *others), "evidence": typed["evidence"]}


class DecreeForm(GroupForm):
    """A decree as it stands on paper."""

    number = words(_("Nomor SK"), 80)
    dated = day(_("Tanggal SK"))
    rank = forms.ChoiceField(label=_("Diterbitkan oleh"), error_messages=ERRORS)
    issuer = words(_("Nama pejabat"), 100)
    starts = day(_("Berlaku mulai"))
    ends = day(_("Berlaku sampai"))
    scan = PaperField(_("Foto atau PDF SK"), help_text=_("SK yang sudah ditandatangani dan dicap. Boleh menyusul. Hanya terlihat di meja."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        allowed = Decree.ranks_for(self.group, Level.REGENCY)
        self.fields["rank"].choices = [(rank, label) for rank, label in Decree.Rank.choices if rank in allowed]  # type: ignore[attr-defined]
        self.fields["ends"].help_text = _("Masa bakti di wilayah ini paling lama %(n)s tahun.") % {"n": self.group.rules["term_years"]}

    def clean(self) -> dict[str, Any]:
        """A decree ends after it starts, within the term of office of the region."""
        typed = super().clean() or self.cleaned_data
        starts, ends = typed.get("starts"), typed.get("ends")
        if starts and ends and ends < starts:
            self.add_error(
                "ends",
                _("Akhir SK (%(ends)s) lebih awal daripada mulainya (%(starts)s).")
                % {"ends": date_only(ends), "starts": date_only(starts)},
            )
        elif starts and ends and ends > starts + timedelta(days=366 * self.group.rules["term_years"]):
            self.add_error("ends", _("Lebih lama daripada masa bakti di wilayah ini, %(n)s tahun.") % {"n": self.group.rules["term_years"]})
        if typed.get("dated") and typed["dated"] > timezone.localdate():
            self.add_error("dated", _("Tanggal itu belum tiba."))
        return typed

    def facts(self) -> dict[str, Any]:
        """An unsaved decree; it follows the newest one there is."""
        typed = dict(self.cleaned_data)
        scan = typed.pop("scan")
        return {"decree": Decree(**typed, replaces=next(iter(self.group.all_decrees), None)), "scan": scan or None}


class VerifyForm(GroupForm):
    """What the office checked."""

    checked = forms.MultipleChoiceField(label=_("Yang sudah diperiksa"), widget=forms.CheckboxSelectMultiple, error_messages=ERRORS)
    note = text(_("Catatan pemeriksaan"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["checked"].choices = [(point, point) for point in self.group.rules["verify_checklist"]]  # type: ignore[attr-defined]


class ReasonForm(GroupForm):
    """Why."""

    reason = text(_("Alasan"), help_text=_("Terbaca oleh kelompok dan tersimpan di catatan."))


class AppealForm(ReasonForm):
    """Why, and where to object."""

    appeal_to = words(_("Keberatan disampaikan kepada"))


class NoteForm(GroupForm):
    """A remark that may be left out."""

    note = text(_("Catatan"), required=False)


class EmptyForm(GroupForm):
    """Nothing to fill in."""


class ProfileForm(GroupForm):
    """What the group says about itself."""

    about = words(_("Siapa kami, dalam satu kalimat"), 240)
    secretariat = words(_("Sekretariat"), 200)
    contact = words(_("Kontak untuk umum"), 100)
    founded_on = day(_("Tanggal berdiri"), required=False)
    fields_ = forms.MultipleChoiceField(label=_("Bidang"), widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        initial = {name: getattr(group, name) for name in ("about", "secretariat", "contact", "founded_on")} | {"fields_": group.fields}
        super().__init__(*args, group=group, initial=initial, **kwargs)
        choices = dict.fromkeys([*group.rules["fields"], *group.fields])
        self.fields["fields_"].choices = [(field, field.capitalize()) for field in choices]  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """`fields` is a name Django keeps for itself."""
        typed = dict(self.cleaned_data)
        return typed | {"fields": typed.pop("fields_")}


ROLES_HELP = _("Redaktur menerbitkan, pemeriksa memeriksa, pembina menasihati tanpa suara.")


class AdmitForm(GroupForm):
    """A new member."""

    name = words(_("Nama"), 80)
    credential = words(_("Nomor HP atau nama pengguna"), 40, required=False, help_text=CREDENTIAL_HELP)
    role = forms.ChoiceField(
        label=_("Peran"), choices=Membership.Role.choices, initial=Membership.Role.ANGGOTA, help_text=ROLES_HELP, error_messages=ERRORS
    )
    birth_year = forms.IntegerField(
        label=_("Tahun lahir, hanya bila belum 18 tahun"),
        required=False,
        error_messages=ERRORS,
        help_text=_("Ia perlu izin orang tua atau wali sebelum menjadi anggota."),
    )

    def clean_birth_year(self) -> int | None:
        """A year somebody may be born in."""
        return believed(self.cleaned_data["birth_year"])


class RoleForm(GroupForm):
    """Another role."""

    role = forms.ChoiceField(label=_("Peran baru"), choices=Membership.Role.choices, help_text=ROLES_HELP, error_messages=ERRORS)


class EndForm(forms.Form):
    """Why a post ends."""

    reason = words(_("Alasan"), 300)


class AppointForm(forms.Form):
    """A person, an office, and the letter that says so."""

    place = words(_("Wilayah instansi"), 100, help_text=_("Nama desa, kecamatan, kabupaten, atau kode wilayah."))
    kind = forms.ChoiceField(
        label=_("Instansi"), choices=[choice for choice in Office.Kind.choices if choice[0] != Office.Kind.MINISTRY], error_messages=ERRORS
    )
    name = words(_("Nama petugas"), 80)
    credential = words(_("Nomor HP atau nama pengguna"), 40, help_text=CREDENTIAL_HELP)
    role = forms.ChoiceField(label=_("Kedudukan"), choices=Appointment.Role.choices, error_messages=ERRORS)
    title = words(_("Sebutan jabatan"), 60, help_text=_("Contoh: Kepala Desa, Lurah, Petugas KIM."))
    letter = words(_("Nomor surat penugasan"), 80)
    starts = day(_("Mulai"))
    ends = day(_("Sampai"), required=False)

    LEVELS = {Office.Kind.VILLAGE: Level.VILLAGE, Office.Kind.DISTRICT: Level.DISTRICT}

    def clean(self) -> dict[str, Any]:
        """The office's place, of the level such an office has; an end after the start."""
        typed = super().clean() or self.cleaned_data
        if typed.get("place") and typed.get("kind"):
            typed["region"] = chosen_place(self, "place", self.LEVELS.get(typed["kind"]))
        region = typed.get("region")
        if region and typed["kind"] == Office.Kind.COMMUNICATION and region.level > Level.REGENCY:
            self.add_error("place", _("Diskominfo ada di provinsi dan kabupaten/kota."))
        if typed.get("starts") and typed.get("ends") and typed["ends"] < typed["starts"]:
            self.add_error("ends", _("Tanggal berakhir harus sesudah tanggal mulai."))
        return typed

    def facts(self) -> dict[str, Any]:
        """The arguments of the action."""
        typed = dict(self.cleaned_data)
        typed.pop("place")
        typed.pop("code", None)
        return typed


def chosen_place(form: forms.Form, name: str, level: int | None, within: Region | None = None) -> Region | None:
    """The one place somebody means. Several: the form asks which, with the candidates to choose from; none: it says so."""
    code = form.data.get("code", "")
    text_typed = form.cleaned_data[name]
    found = list(Region.objects.search(text_typed, level=level, within=within)[:9])
    same = [region for region in found if region.code == code]
    if same or len(found) == 1:
        return (same or found)[0]
    if not found:
        form.add_error(
            name, _("Tidak ada tempat bernama “%(place)s”. Coba tambah nama kecamatan atau kabupatennya.") % {"place": text_typed}
        )
        return None
    few = found[:8]
    options = [(region.code, noted(region.label, f"{region.lies_in} · {region.code}")) for region in few]
    form.fields["code"] = forms.ChoiceField(label=_("Yang mana?"), choices=options, widget=forms.RadioSelect)
    form.use_required_attribute = False  # whoever types another place instead need not choose
    sentence = (
        _("Ada %(n)s tempat yang cocok dengan “%(place)s”. Pilih di bawah.")
        if len(found) <= 8
        else _("Ada banyak tempat yang cocok dengan “%(place)s”. Pilih di bawah, atau tambah nama kabupatennya.")
    )
    form.add_error(name, sentence % {"n": len(found), "place": text_typed})
    return None


def groups_of(region: Region, submission: str = "") -> tuple[list[Group], int]:
    """The groups everybody may know of in a place, and how many more are being formed there, which nobody else is told by name.

    What this very form brought a moment ago (`submission`) does not count.
    """
    rows = [
        row
        for row in Group.objects.filter(region=region).exclude(state__in=GONE).order_by("name")
        if not submission or row.submission != submission
    ]
    return [row for row in rows if row.is_public], sum(not row.is_public for row in rows)


class ProposalForm(forms.Form):
    """Two neighbours ask for a group. The key is signed and dated; `website` is a trap that people never see."""

    known: Sequence[Group] = ()
    others = 0
    key = forms.CharField(widget=forms.HiddenInput, max_length=200)
    place = words(_("Desa atau kelurahan"), 100, help_text=_("Namanya, atau kode wilayahnya. Kalau ada beberapa, kami tanyakan yang mana."))
    name = words(_("Nama kelompok"), 76, required=False, help_text=_("Kalau belum ada, kami pakai nama desanya."))
    first = words(_("Nama pengusul pertama"), 80)
    second = words(_("Nama pengusul kedua"), 80)
    contact = words(_("Cara menghubungi Anda"), 120, help_text=_("Nomor HP atau alamat. Langsung disegel: tidak tampil di mana pun."))
    still = forms.BooleanField(label=_("Tetap usulkan kelompok lain di desa ini"), required=False)
    """Asked only where the place has groups already; `known` holds them."""
    website = forms.CharField(
        label=_("Kosongkan isian ini"), required=False, widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"})
    )

    def clean_website(self) -> str:
        """Machines fill every field; people do not see this one."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Isian ini harus kosong."))
        return ""

    def clean_key(self) -> str:
        """The code inside the signed key. A key that is too old is made new, with everything typed kept."""
        try:
            return str(signing.loads(self.cleaned_data["key"], salt=SUBMISSION_SALT, max_age=SUBMISSION_HOURS * 3600))
        except signing.BadSignature:
            self.data = {**self.data.dict(), "key": new_key()} if hasattr(self.data, "dict") else {**self.data, "key": new_key()}
            raise forms.ValidationError(_("Formulir ini terlalu lama terbuka. Isian Anda masih ada: kirim sekali lagi.")) from None

    def clean(self) -> dict[str, Any]:
        """One place, and two different people."""
        typed = super().clean() or self.cleaned_data
        if typed.get("place"):
            typed["region"] = chosen_place(self, "place", Level.VILLAGE)
        if typed.get("region"):
            self.known, self.others = groups_of(typed["region"], typed.get("key", ""))
            if (self.known or self.others) and not typed.get("still"):
                self.add_error("still", _("Baca dulu yang sudah ada. Kalau tetap ingin mengusulkan, centang ini lalu kirim lagi."))
        if typed.get("first") and typed["first"].casefold() == typed.get("second", "").casefold():
            self.add_error("second", _("Dua orang yang berbeda, ya: kelompok tidak dimulai sendirian."))
        return typed

    def facts(self) -> dict[str, Any]:
        """The arguments of the action."""
        typed = self.cleaned_data
        name = typed["name"] or typed["region"].name
        name = name if name.upper().startswith("KIM ") else f"KIM {name}"
        return {
            "region": typed["region"],
            "name": name,
            "proposers": f"{typed['first']} dan {typed['second']}",
            "contact": typed["contact"],
            "submission": typed["key"],
        }


def new_key() -> str:
    """A signed, dated submission key: what a public form carries instead of a session. Its code has 50 bits and grants nothing."""
    return signing.dumps("".join(choice(READABLE) for _sign in range(10)), salt=SUBMISSION_SALT)


def typed_value(setting: Setting, spelling: Any) -> Any:
    """A setting's value out of what was typed: a number, yes or no, a list of one thing a line."""
    if setting.kind is tuple:
        lines = spelling if isinstance(spelling, list) else [line.strip() for line in spelling.splitlines()]
        return tuple(line for line in lines if line)
    return setting.kind(spelling)


class SettingForm(forms.Form):
    """A rule for a region: its value in the setting's own kind, and the regulation it follows."""

    source = words(_("Dasar aturannya"), 300, help_text=_("Contoh: Perbup Pati 12/2026 pasal 4."))
    edition = words(_("Versi atau tahun"), 60)
    since = day(_("Berlaku sejak"))

    def __init__(self, *args: Any, setting: Setting, value: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.setting = setting
        self.fields = {"value": self._value(setting, value)} | self.fields
        self.initial.setdefault("since", timezone.localdate())

    def clean(self) -> dict[str, Any]:
        """The value in its own kind, with the setting's own check."""
        typed = super().clean() or self.cleaned_data
        if "value" in typed:
            try:
                checked(self.setting, typed_value(self.setting, typed["value"]))
            except ValueError as wrong:
                self.add_error("value", str(wrong))
        return typed

    @staticmethod
    def _value(setting: Setting, value: Any) -> forms.Field:
        common = {"label": setting.label, "help_text": setting.help or setting.unit, "error_messages": ERRORS}
        if setting.kind is bool:
            return forms.TypedChoiceField(
                choices=[("ya", _("Ya")), ("", _("Tidak"))],
                coerce=bool,
                empty_value=None,
                required=False,
                initial="ya" if value else "",
                **common,
            )
        if setting.kind is int:
            return forms.IntegerField(initial=value, **common)
        if setting.choices:
            kind = forms.MultipleChoiceField if setting.kind is tuple else forms.ChoiceField
            widget = forms.CheckboxSelectMultiple if setting.kind is tuple else forms.RadioSelect
            return kind(choices=setting.choices, widget=widget, initial=list(value) if setting.kind is tuple else value, **common)
        if setting.kind is tuple:
            return forms.CharField(
                initial="\n".join(value), widget=forms.Textarea(attrs={"rows": 6}), **(common | {"help_text": _("Satu hal satu baris.")})
            )
        return forms.CharField(initial=value, **common)

    def facts(self) -> dict[str, Any]:
        """The arguments of the action."""
        typed = dict(self.cleaned_data)
        return typed | {"value": typed_value(self.setting, typed["value"])}


class RecoveryForm(forms.Form):
    """Why somebody needs a way back in."""

    reason = words(_("Mengapa perlu dipulihkan?"), 300, help_text=_("Contoh: HP hilang, lupa frasa sandi. Pemilik akun ikut membacanya."))
