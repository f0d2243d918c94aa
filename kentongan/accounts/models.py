"""Persons, their accounts and what proves who they are. Knows no posts: rights by post live in `groups` and above."""

from datetime import timedelta
from importlib import import_module
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kentongan.core.actors import Helping
from kentongan.core.models import Acted

SLIP_DAYS = 14
"""How long a printed slip works: bawaan Kentongan."""
RECOVERY_HOURS = 24
"""How long a recovery waits after it was confirmed (domain/00, accounts)."""


class Person(Acted):
    """Someone who takes part, with or without an account. One of the few tables with personal data."""

    class State(models.TextChoices):
        ACTIVE = "active", _("aktif")
        ERASED = "erased", _("dihapus atas permintaan")

    actor_kind: ClassVar[str] = "person"

    name = models.CharField(_("nama"), max_length=80)
    birth_year = models.PositiveSmallIntegerField(_("tahun lahir"), null=True, blank=True)  # a year only: PP 17/2025
    operator = models.BooleanField(default=False)
    """Runs the installation: appoints the first officers, withholds by legal order, belongs to no region."""

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(state__in=["active", "erased"]), name="person_state")]

    def __str__(self) -> str:
        return self.name

    def helping(self, other: "Person") -> Helping:
        """Act for `other`: two names on the record."""
        return Helping(self, other)


class Accounts(BaseUserManager["Account"]):
    """Accounts by the credential somebody typed."""

    def by_credential(self, typed: str) -> "Account | None":
        """The account whose phone number (any spelling, E.164 stored) or user name this is."""
        from kentongan.accounts.credentials import phone_of

        phone = phone_of(typed)
        match = Q(phone=phone) if phone else Q(username__iexact=typed.strip())
        return self.select_related("person").filter(match).first()


class Account(AbstractBaseUser, Acted):
    """How a person signs in: phone number or user name, and a passphrase. No e-mail anywhere."""

    class State(models.TextChoices):
        INVITED = "invited", _("belum masuk pertama kali")
        ACTIVE = "active", _("aktif")
        CLOSED = "closed", _("ditutup")

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="account")
    phone = models.CharField(_("nomor telepon"), max_length=16, null=True, blank=True, unique=True)  # E.164
    username = models.CharField(_("nama pengguna"), max_length=40, null=True, blank=True, unique=True)
    second_factor_required = models.BooleanField(default=False)
    """Set by appointments: officers and whoever can act on many groups."""
    totp_secret = models.CharField(max_length=64, blank=True, editable=False)
    totp_confirmed_at = models.DateTimeField(null=True, editable=False)
    totp_last_step = models.BigIntegerField(default=0, editable=False)  # a code works once

    objects = Accounts()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(phone__isnull=False) | Q(username__isnull=False), name="account_has_a_credential"),
            models.CheckConstraint(condition=Q(state__in=["invited", "active", "closed"]), name="account_state"),
        ]

    def __str__(self) -> str:
        return self.username or self.phone or f"akun {self.pk}"

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """Django's question: may this account hold a session?"""
        return self.state == self.State.ACTIVE


class Slip(Acted):
    """A printed one-time code for a first sign-in or a recovery. Only its hash is kept."""

    class State(models.TextChoices):
        ISSUED = "issued", _("berlaku")
        USED = "used", _("sudah dipakai")
        REVOKED = "revoked", _("dibatalkan")

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="slips")
    code_hash = models.CharField(max_length=64, unique=True)  # keyed hash; the code itself has 60 bits or more
    issued_at = models.DateTimeField(auto_now_add=True)
    works_from = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"slip {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A slip without an end ends after SLIP_DAYS."""
        self.expires_at = self.expires_at or self.works_from + timedelta(days=SLIP_DAYS)
        super().save(*args, **kwargs)


class Recovery(Acted):
    """Getting back into an account that already has rights: asked by one, confirmed by a second, waits 24 hours, is told and logged."""

    class State(models.TextChoices):
        REQUESTED = "requested", _("menunggu orang kedua")
        CONFIRMED = "confirmed", _("menunggu 24 jam")
        USED = "used", _("selesai")
        CANCELLED = "cancelled", _("dibatalkan")

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="recoveries")
    requested_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(auto_now_add=True)
    reason = models.CharField(_("alasan"), max_length=300)
    confirmed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    slip = models.OneToOneField(Slip, null=True, on_delete=models.SET_NULL, related_name="recovery")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=models.F("requested_by")),
                name="recovery_needs_two",
                violation_error_message=_("Pemulihan harus dikuatkan oleh orang lain, bukan yang memintanya."),
            ),
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(state__in=["requested", "confirmed"]),
                name="one_recovery_at_a_time",
                violation_error_message=_("Pemulihan akun ini sudah berjalan."),
            ),
        ]

    def __str__(self) -> str:
        return f"pemulihan {self.pk}"


class Session(AbstractBaseSession):
    """One signed-in device; deleting the row signs it out."""

    account = models.ForeignKey(Account, null=True, on_delete=models.CASCADE, related_name="sessions")
    device = models.CharField(max_length=120, blank=True)
    started_at = models.DateTimeField(auto_now_add=True)

    @classmethod
    def get_session_store_class(cls) -> type:
        """Django's question: who reads and writes these rows."""
        store: type = import_module(settings.SESSION_ENGINE).SessionStore
        return store


class Consent(models.Model):
    """What a person agreed to, with the wording's version. Append-only."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    kind = models.CharField(max_length=40)
    wording_version = models.CharField(max_length=20)
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.wording_version}"


class Attempt(models.Model):
    """A try at a credential, for rate limits; only a keyed hash of what was tried. Rows older than a day are dropped."""

    key = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["key", "at"], name="attempt_key")]

    def __str__(self) -> str:
        return self.key

    @classmethod
    def count_since(cls, key: str, since: Any) -> int:
        """How many tries of this kind since then."""
        return cls._default_manager.filter(key=key, at__gte=since).count()
