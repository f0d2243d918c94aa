"""What a person types at the door, checked and cleaned, with its wording."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kentongan.accounts.credentials import phone_of
from kentongan.accounts.models import Account

ERRORS = {"required": _("Bagian ini belum diisi.")}

TOO_WEAK = {
    "password_too_short": _(
        "Terlalu pendek: paling sedikit 10 huruf. Beberapa kata lebih mudah diingat, misalnya empat kata pilihan Anda sendiri."
    ),
    "password_too_common": _("Terlalu mudah ditebak, banyak orang memakainya. Pilih kata-kata lain."),
    "password_entirely_numeric": _("Angka saja mudah ditebak. Tambahkan kata."),
}


class _Secret(forms.CharField):
    """A passphrase: hidden while typed, kept exactly as typed."""

    def __init__(self, label: Any, autocomplete: str, **kwargs: Any) -> None:
        widget = forms.PasswordInput(attrs={"autocomplete": autocomplete, "maxlength": 200})
        super().__init__(label=label, widget=widget, strip=False, max_length=200, error_messages=ERRORS, **kwargs)


class Credential(forms.Form):
    """Who somebody says they are."""

    credential = forms.CharField(
        label=_("Nomor telepon atau nama pengguna"),
        help_text=_("Misalnya 0812-3456-789. Ditulis bagaimana pun boleh."),
        max_length=60,
        error_messages=ERRORS,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )


class SignIn(Credential):
    """Number or name, and passphrase."""

    passphrase = _Secret(_("Frasa sandi"), "current-password")


class SlipCode(Credential):
    """Number or name, and the code of a printed slip."""

    code = forms.CharField(
        label=_("Kode di slip"),
        help_text=_("Tiga kelompok empat tanda, misalnya K7QM-X2WD-9RTB. Besar kecilnya huruf dan garisnya tidak jadi soal."),
        max_length=40,
        error_messages=ERRORS,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class Passphrase(forms.Form):
    """A new passphrase, typed twice."""

    passphrase = _Secret(
        _("Frasa sandi baru"),
        "new-password",
        help_text=_("Paling sedikit 10 huruf. Empat kata pilihan Anda sendiri lebih kuat dan lebih mudah diingat."),
    )
    again = _Secret(_("Sekali lagi"), "new-password")

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        self.account = account
        super().__init__(*args, **kwargs)

    def clean_passphrase(self) -> str:
        """Strong enough, by the rules of the settings, each with a sentence of our own."""
        typed: str = self.cleaned_data["passphrase"]
        try:
            validate_password(typed, self.account)
        except ValidationError as weak:
            raise ValidationError([TOO_WEAK.get(error.code or "", error.message) for error in weak.error_list]) from weak
        if self.account.is_named_in(typed):
            raise ValidationError(_("Jangan memakai nama pengguna atau nomor telepon Anda."))
        return typed

    def clean(self) -> dict[str, Any]:
        """Both the same."""
        typed = super().clean() or {}
        if "passphrase" in typed and "again" in typed and typed["passphrase"] != typed["again"]:
            self.add_error("again", _("Tidak sama dengan yang di atas. Tulis lagi."))
        return typed


class FirstPassphrase(Passphrase):
    """A new passphrase, and consent to the privacy wording shown beside it."""

    agreed = forms.BooleanField(
        label=_("Saya sudah membaca dan menyetujui cara Kentongan memakai data saya."),
        error_messages={"required": _("Tanpa persetujuan ini akun tidak bisa dibuka. Baca dahulu penjelasannya di atas.")},
    )


class ChangePassphrase(Passphrase):
    """Another passphrase; the old one proves who asks."""

    old = _Secret(_("Frasa sandi sekarang"), "current-password")
    field_order = ("old", "passphrase", "again")


class Proof(forms.Form):
    """The passphrase again, before something that a stranger at an open phone must not do."""

    old = _Secret(_("Frasa sandi sekarang"), "current-password")


class ChangePhone(Proof):
    """Another number to sign in with."""

    phone = forms.CharField(
        label=_("Nomor telepon baru"),
        help_text=_("Ditulis bagaimana pun boleh. Kosongkan kalau Anda masuk dengan nama pengguna saja."),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    field_order = ("phone", "old")

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        self.account = account
        super().__init__(*args, **kwargs)

    def clean_phone(self) -> str:
        """A number, or nothing where a user name remains."""
        typed = self.cleaned_data["phone"].strip()
        phone = phone_of(typed)
        if typed and not phone:
            raise ValidationError(_("Nomor ini belum kami pahami. Contoh: 0812-3456-789."))
        if not typed and not self.account.username:
            raise ValidationError(_("Akun Anda tidak punya nama pengguna. Tanpa nomor, Anda tidak bisa masuk."))
        if phone and phone == self.account.phone:
            raise ValidationError(_("Nomor ini sudah nomor Anda sekarang."))
        return phone


class Code(forms.Form):
    """Six digits of an authenticator."""

    code = forms.CharField(
        label=_("Kode enam angka"),
        max_length=12,
        error_messages=ERRORS,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )
