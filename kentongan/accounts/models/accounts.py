"""Persons, their accounts and what proves who they are. Knows no posts: rights by post live in `groups` and above."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any, ClassVar, Self

import pyotp
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kentongan.accounts import credentials
from kentongan.accounts.models.wordings import KINDS, wording
from kentongan.core.actors import Helping
from kentongan.core.errors import TooMany
from kentongan.core.models import Acted
from kentongan.ui.unseen import one_line
from kentongan.ui.writing import when

SLIP_DAYS = 14
"""How long a printed slip works: bawaan Kentongan."""
RECOVERY_HOURS = 24
"""How long a recovery waits after it was confirmed (domain/00, accounts)."""
TOLD_DAYS = 30
"""How long the desk keeps telling that an account was recovered: bawaan Kentongan."""
PRIVACY_WORDING = "2026-11"
"""The version of `accounts/privacy.html` that people agree to now. A changed wording gets a new version."""
NAME_WORDING = "2026-11"
"""The version of `accounts/wordings/name-….txt`: a grown-up's yes to their name on public pages."""
GUARDIAN_WORDING = "2026-11"
"""The version of `accounts/wordings/guardian-….txt` that parents and guardians agree to."""
GUARDIAN = "guardian"
"""The kind of a parent's or guardian's consent."""
ADULT = 18
"""Until the year of this birthday is over somebody counts as a minor (PP 17/2025); by the year alone: bawaan Kentongan."""
SECOND_FACTOR = "second_factor"
"""The mark in a session that the code was given."""
TOTP_SECONDS = 30


class Person(Acted):
    """Someone who takes part, with or without an account. One of the few tables with personal data."""

    class State(models.TextChoices):
        ACTIVE = "active", _("aktif")
        ERASED = "erased", _("dihapus atas permintaan")
        MERGED = "merged", _("digabung dengan catatan lain")

    actor_kind: ClassVar[str] = "person"
    post_in_use: str = ""
    """The key of the post chosen at the desk for this request; rooms with posts read it."""

    name = models.CharField(_("nama"), max_length=80)
    birth_year = models.PositiveSmallIntegerField(_("tahun lahir"), null=True, blank=True)  # a year only: PP 17/2025
    young = models.BooleanField(default=False, db_default=False, editable=False)
    """Entered as a minor: public pages say YOUNG instead of the name, until this person, grown up, says yes to their name."""
    merged_into = models.ForeignKey("self", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="merged")
    """The row that stands for the same human now; what cannot be changed (the record, signatures) goes on naming this one."""
    operator = models.BooleanField(default=False)
    """Runs the installation: appoints the first officers, withholds by legal order, belongs to no region."""

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["active", "erased", "merged"]), name="person_state"),
            models.CheckConstraint(
                condition=Q(state="active", merged_into__isnull=True) | Q(state="merged", merged_into__isnull=False) | Q(state="erased"),
                name="merged_says_into_whom",
            ),
        ]

    def __str__(self) -> str:
        return self.public_name  # what is shown without asking is safe to show

    @classmethod
    def enter(cls, name: str, birth_year: int | None = None, *, operator: bool = False) -> Self:
        """Write down somebody who takes part, without an account yet."""
        person = cls(name=one_line(name), birth_year=birth_year, operator=operator, state=cls.State.ACTIVE)
        person.young = person.is_minor
        person.save()
        return person

    def note_year(self, birth_year: int | None) -> None:
        """Inside `act`: a year told of somebody whose year was not known; nothing else changes it here."""
        if birth_year and self.birth_year is None:
            self.birth_year = birth_year
            self.young = self.is_minor
            self.save(update_fields=["birth_year", "young"])

    @property
    def is_minor(self) -> bool:
        """Whether this person may still be under ADULT years old: by the year alone, so the year of that birthday counts as a minor's."""
        return self.birth_year is not None and timezone.localdate().year - self.birth_year <= ADULT

    @property
    def guarded(self) -> bool:
        """Whether a parent or guardian said yes last."""
        last = self.consents.filter(kind=GUARDIAN).order_by("-id").first()
        return last is not None and last.given

    @property
    def public_name(self) -> str:
        """What public pages call this person: never the name of a minor (PP 17/2025; the wording is bawaan Kentongan)."""
        return young_name() if self.young else self.name

    @property
    def selves(self) -> list[int]:
        """The ids of the rows that stand for this human: its own, and those merged into it."""
        return [self.pk, *self.merged.values_list("pk", flat=True)]

    def helping(self, other: "Person") -> Helping:
        """Act for `other`: two names on the record."""
        return Helping(self, other)

    def agree(self, kind: str, version: str, **how: Any) -> "Consent":
        """Keep that this person agreed to a wording, now; `how` are further fields of the consent."""
        return Consent._default_manager.create(person=self, kind=kind, wording_version=version, **how)

    def forget(self, pseudonym: str) -> None:
        """Inside the `act` that erases: a pseudonym for the name ("Warga 7K3M"), nothing else that tells who it was. Does not save."""
        self.name = pseudonym
        self.birth_year, self.young, self.operator = None, False, False
        self.merged.update(name=self.name, birth_year=None, young=False, version=models.F("version") + 1)

    def absorb(self, other: "Person") -> None:
        """Inside the `act` that merges: what is known of the lost row alone is known here now; a minor stays guarded."""
        self.birth_year = self.birth_year or other.birth_year
        self.young = self.young or other.young or self.is_minor
        self.save(update_fields=["birth_year", "young"])


def young_name() -> str:
    """What stands for a minor's name on public pages: bawaan Kentongan, after PP 17/2025."""
    return gettext("Anggota muda")


class Accounts(BaseUserManager["Account"]):
    """Accounts by the credential somebody typed."""

    def by_credential(self, typed: str) -> "Account | None":
        """The account whose phone number (any spelling, E.164 stored) or user name this is."""
        phone = credentials.phone_of(typed)
        match = Q(phone=phone) if phone else Q(username=credentials.credential_of(typed))
        return self.select_related("person").filter(match).first()

    def active(self, number: int) -> "Account | None":
        """The account of a session, unless it was closed since."""
        return self.select_related("person").filter(pk=number, state=Account.State.ACTIVE).first()


class Account(AbstractBaseUser, Acted):
    """How a person signs in: phone number or user name, and a passphrase. No e-mail anywhere."""

    class State(models.TextChoices):
        INVITED = "invited", _("belum masuk pertama kali")
        ACTIVE = "active", _("aktif")
        CLOSED = "closed", _("ditutup")

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="account")
    phone = models.CharField(_("nomor telepon"), max_length=16, null=True, blank=True)  # E.164
    username = models.CharField(_("nama pengguna"), max_length=40, null=True, blank=True)
    second_factor_required = models.BooleanField(default=False)
    """Set by appointments: officers and whoever can act on many groups."""
    totp_secret = models.CharField(max_length=120, blank=True, editable=False)  # sealed: see credentials.seal
    totp_confirmed_at = models.DateTimeField(null=True, editable=False)
    totp_last_step = models.BigIntegerField(default=0, editable=False)  # a code works once
    phone_was = models.CharField(
        max_length=8, blank=True, default="", db_default="", editable=False
    )  # the last digits of the number before
    phone_changed_at = models.DateTimeField(null=True, editable=False)

    objects = Accounts()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["phone"],
                name="one_account_per_phone",
                violation_error_message=_("Nomor telepon ini sudah dipakai akun lain."),
            ),
            models.UniqueConstraint(
                fields=["username"],
                name="one_account_per_username",
                violation_error_message=_("Nama pengguna ini sudah dipakai orang lain."),
            ),
            models.CheckConstraint(
                condition=Q(phone__isnull=False) | Q(username__isnull=False),
                name="account_has_a_credential",
                violation_error_message=_("Akun perlu nomor telepon atau nama pengguna."),
            ),
            models.CheckConstraint(
                condition=Q(username__isnull=True) | Q(username__regex=r"^[a-z][a-z0-9._-]{2,}$"),
                name="username_is_no_number",
                violation_error_message=_(
                    "Nomor telepon itu belum lengkap; nama pengguna dimulai dengan huruf, tanpa spasi, paling sedikit tiga tanda."
                ),
            ),
            models.CheckConstraint(condition=Q(state__in=["invited", "active", "closed"]), name="account_state"),
        ]

    def __str__(self) -> str:
        return self.username or self.phone or f"akun {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Phone numbers and user names are kept in one spelling."""
        self.phone = credentials.phone_of(self.phone or "") or self.phone or None
        self.username = (self.username or "").strip().casefold() or None
        super().save(*args, **kwargs)

    @classmethod
    def invite(cls, person: Person, phone: str = "", username: str = "") -> Self:
        """Give a person an account they enter with a slip. A broken constraint (taken number or name) is the caller's `act` to say."""
        account = cls(person=person, phone=phone, username=username, state=cls.State.INVITED)
        account.set_unusable_password()
        account.save()
        return account

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """Django's question: may this account hold a session?"""
        return self.state == self.State.ACTIVE

    @property
    def phone_as_read(self) -> str:
        """The number as people here write it."""
        return credentials.phone_as_read(self.phone) if self.phone else ""

    def is_named_in(self, words: str) -> bool:
        """Whether the user name or the phone number stands in these words."""
        digits = "".join(sign for sign in words if sign.isdecimal())
        by_phone = bool(self.phone) and str(self.phone)[3:] in digits
        return by_phone or (bool(self.username) and str(self.username) in words.casefold())

    @property
    def credential(self) -> str:
        """What this person types to sign in."""
        return self.username or self.phone_as_read

    def owes(self, session: Mapping[str, Any]) -> str:
        """What this session still has to give: "enrol" (no authenticator yet), "code", or nothing."""
        if not self.totp_confirmed_at:
            return "enrol" if self.second_factor_required else ""
        return "" if session.get(SECOND_FACTOR) else "code"

    def keep_totp(self, secret: str, step: int = 0) -> None:
        """Remember, sealed, the secret of a confirmed authenticator and the step of the code that confirmed it. Does not save."""
        self.totp_secret, self.totp_confirmed_at, self.totp_last_step = credentials.seal(secret), timezone.now(), step

    def forget_totp(self) -> None:
        """A recovered account starts over with its authenticator. Does not save."""
        self.totp_secret, self.totp_confirmed_at, self.totp_last_step = "", None, 0

    def spend_code(self, typed: str) -> bool:
        """Whether this is a code of the authenticator not used before; it is used from now on."""
        step = step_of(credentials.unseal(self.totp_secret), typed)
        if step is None:
            return False
        return bool(Account.objects.filter(pk=self.pk, totp_last_step__lt=step).update(totp_last_step=step))

    def change_phone(self, phone: str) -> None:
        """Another number to sign in with; of the one before only its end is kept, to be told to the owner. Does not save."""
        self.phone_was, self.phone_changed_at = (self.phone or "")[-4:], timezone.now()
        self.phone = phone

    def shut(self, word: str) -> None:
        """Inside the `act` that closes it: nothing opens it any more, nothing in it tells whose it was. Does not save.

        `word` begins the name that stands for its credential: "dihapus-7".
        """
        self.phone, self.username, self.phone_was, self.last_login = None, f"{word}-{self.pk}", "", None
        self.set_unusable_password()
        self.forget_totp()
        Session.end(self)
        self.slips.all().delete()

    def notices(self) -> list["Notice"]:
        """What this person must be told about their account: recoveries under way, or done of late."""
        since = timezone.now() - timedelta(days=TOLD_DAYS)
        told = self.recoveries.select_related("requested_by", "confirmed_by", "slip").filter(
            Q(state__in=Recovery.RUNNING) | Q(state=Recovery.State.USED, requested_at__gte=since)
        )
        return [*self._phone_notice(), *(recovery.notice() for recovery in told)]

    def _phone_notice(self) -> list["Notice"]:
        changed = self.phone_changed_at
        if changed is None or timezone.now() - changed > timedelta(days=TOLD_DAYS):
            return []
        before = _("Nomor lama yang berakhir …%(end)s tidak bisa dipakai masuk lagi.") % {"end": self.phone_was} if self.phone_was else ""
        body = _("Kalau bukan Anda yang menggantinya, ganti frasa sandi dan keluarkan perangkat lain.")
        return [Notice(str(_("Nomor telepon akun ini diganti")), f"{before} {body}".strip(), changed)]


def step_of(secret: str, typed: str, at: datetime | None = None) -> int | None:
    """The 30-second step (since 1970) whose code this is, one step early or late allowed; None when it is no code of this secret."""
    digits = "".join(sign for sign in typed if sign.isdecimal())
    now = int((at or timezone.now()).timestamp()) // TOTP_SECONDS
    steps = (now, now - 1, now + 1) if secret else ()
    return next((step for step in steps if constant_time_compare(pyotp.TOTP(secret).at(step * TOTP_SECONDS), digits)), None)


@dataclass(frozen=True)
class Notice:
    """Something the desk says to a person about their account, until it is over. `cancel` is the recovery "Bukan saya" would end."""

    title: str
    body: str
    at: datetime
    cancel: "Recovery | None" = None


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

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(state__in=["issued", "used", "revoked"]), name="slip_state")]

    def __str__(self) -> str:
        return f"slip {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A slip without an end ends after SLIP_DAYS."""
        self.expires_at = self.expires_at or self.works_from + timedelta(days=SLIP_DAYS)
        super().save(*args, **kwargs)

    @classmethod
    def issue(cls, account: Account, works_from: datetime | None = None) -> tuple[Self, str]:
        """A new slip and its code, which is nowhere kept and can be shown only now. Slips issued before end with it."""
        cls.revoke_all(account)
        code = credentials.new_code()
        slip = cls(account=account, code_hash=credentials.code_hash(code), works_from=works_from or timezone.now(), state=cls.State.ISSUED)
        slip.save()
        return slip, code

    @classmethod
    def revoke_all(cls, account: Account) -> int:
        """End every slip of this account that could still be used."""
        return cls._default_manager.filter(account=account, state=cls.State.ISSUED).update(state=cls.State.REVOKED)

    @classmethod
    def of(cls, credential: str, code: str) -> "Slip | None":
        """The slip with this code, if it belongs to the account with this phone number or user name."""
        slip = cls._default_manager.select_related("account__person").filter(code_hash=credentials.code_hash(code)).first()
        owner = Account.objects.by_credential(credential)
        return slip if slip and owner and slip.account_id == owner.pk else None

    @property
    def is_early(self) -> bool:
        """Whether its waiting time still runs."""
        return timezone.now() < self.works_from

    @property
    def is_late(self) -> bool:
        """Whether its time is over."""
        return timezone.now() >= self.expires_at

    @property
    def recovers(self) -> bool:
        """Whether it leads back into an account that was used before."""
        return self.account.state == Account.State.ACTIVE


class Recovery(Acted):
    """Getting back into an account that already has rights: asked by one, confirmed by a second, waits 24 hours, is told and logged."""

    class State(models.TextChoices):
        REQUESTED = "requested", _("menunggu orang kedua")
        CONFIRMED = "confirmed", _("menunggu 24 jam")
        USED = "used", _("selesai")
        CANCELLED = "cancelled", _("dibatalkan")

    RUNNING: ClassVar[tuple[str, ...]] = (State.REQUESTED, State.CONFIRMED)

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

    @classmethod
    def ask(cls, account: Account, by: Person, reason: str) -> Self:
        """A recovery to be handed, unsaved, to the `act` of the room that knows who may ask for it."""
        return cls(account=account, requested_by=by, reason=reason)

    def confirm(self, by: Person) -> str:
        """Inside `act`: a second person stands for it. Returns the code of a slip that works 24 hours from now."""
        self.confirmed_by, self.confirmed_at = by, timezone.now()
        self.slip, code = Slip.issue(self.account, works_from=self.works_from)
        return code

    def stop(self) -> None:
        """Inside `act`: its slip leads nowhere any more."""
        if self.slip:
            Slip._default_manager.filter(pk=self.slip.pk, state=Slip.State.ISSUED).update(state=Slip.State.REVOKED)

    @property
    def works_from(self) -> datetime | None:
        """When its slip begins to work; None before it was confirmed."""
        return self.confirmed_at + timedelta(hours=RECOVERY_HOURS) if self.confirmed_at else None

    def notice(self) -> Notice:
        """What the person whose account it is must know."""
        if self.state == self.State.USED:
            body = _("Akun Anda dipulihkan dengan slip atas permintaan %(name)s. Kalau bukan Anda, segera beri tahu pengurus lain.")
            return Notice(str(_("Akun ini baru dipulihkan")), str(body % {"name": self.requested_by.name}), self.requested_at)
        body = _("%(name)s meminta slip untuk masuk ke akun Anda. Alasannya: “%(reason)s”. %(next)s Kalau bukan kehendak Anda, batalkan.")
        following = (
            _("Dikuatkan oleh %(name)s; slipnya berlaku mulai %(when)s.") % {"name": self.confirmed_by.name, "when": when(self.works_from)}
            if self.confirmed_by and self.works_from
            else _("Masih menunggu orang kedua.")
        )
        words = {"name": self.requested_by.name, "reason": self.reason.rstrip("."), "next": following}
        return Notice(str(_("Ada yang meminta pemulihan akun Anda")), str(body % words), self.requested_at, cancel=self)


class Session(AbstractBaseSession):
    """One signed-in device; deleting the row signs it out."""

    account = models.ForeignKey(Account, null=True, on_delete=models.CASCADE, related_name="sessions")
    device = models.CharField(max_length=120, blank=True)
    started_at = models.DateTimeField(default=timezone.now)

    @property
    def handle(self) -> str:
        """What a page calls this session: the key itself would open it."""
        return credentials.keyed_hash("session", self.session_key)[:20]

    @classmethod
    def running(cls, account: Account) -> models.QuerySet["Session"]:
        """Where this account is signed in now, newest first."""
        return cls._default_manager.filter(account=account, expire_date__gt=timezone.now()).order_by("-started_at")

    @classmethod
    def end(cls, account: Account, *, only: str = "", keep: str = "") -> int:
        """Sign out: the one with the handle `only`, or all except the key `keep`. Returns how many ended."""
        rows = cls._default_manager.filter(account=account).exclude(session_key=keep)
        keys = [row.session_key for row in rows if only in ("", row.handle)]
        return cls._default_manager.filter(session_key__in=keys).delete()[0]

    @classmethod
    def sweep(cls) -> int:
        """Drop the rows nobody can use any more."""
        return cls._default_manager.filter(expire_date__lte=timezone.now()).delete()[0]

    @classmethod
    def get_session_store_class(cls) -> type:
        """Django's question: who reads and writes these rows."""
        store: type = import_module(settings.SESSION_ENGINE).SessionStore
        return store


class Consent(models.Model):
    """What a person agreed to, or no longer does, with the wording's version and how it was said. Append-only."""

    class How(models.TextChoices):
        ACCOUNT = "account", _("sendiri, lewat akunnya")
        BESIDE = "beside", _("lisan, di hadapan pengurus atau petugas")
        PAPER = "paper", _("surat bertanda tangan")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    kind = models.CharField(max_length=40)
    wording_version = models.CharField(max_length=20)
    given = models.BooleanField(default=True, db_default=True)
    """False takes an earlier yes back."""
    how = models.CharField(max_length=10, choices=How.choices, default=How.ACCOUNT, db_default="account")
    helped_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.wording_version}"

    @property
    def label(self) -> str:
        """What was asked, as people call it."""
        return str(KINDS.get(self.kind, self.kind))

    @property
    def words(self) -> str:
        """The wording as it was."""
        return wording(self.kind, self.wording_version)


@dataclass(frozen=True)
class Limit:
    """So many tries in so many minutes, counted per account and per client address."""

    account: int
    address: int
    minutes: int


LIMITS: dict[str, tuple[Limit, ...]] = {
    "sign_in": (Limit(10, 60, 15), Limit(60, 600, 24 * 60)),
    "slip": (Limit(8, 30, 15), Limit(40, 300, 24 * 60)),
    "code": (Limit(6, 60, 15), Limit(40, 600, 24 * 60)),
    "passphrase": (Limit(6, 60, 15),),
    "tip": (Limit(300, 20, 60), Limit(1000, 60, 24 * 60)),  # the "account" of a tip is the group it is brought to
    "feedback": (Limit(600, 60, 60), Limit(3000, 300, 24 * 60)),  # and of a reader's answer the story
    "proposal": (Limit(10, 10, 60), Limit(30, 30, 24 * 60)),  # and of a proposal the village
}
"""Every credential and its limits. Many phones share one address of their network, so addresses have more room. Bawaan Kentongan."""


class Attempt(models.Model):
    """A try at a credential, for rate limits; only a keyed hash of what was tried. Rows older than a day are dropped."""

    key = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["key", "at"], name="attempt_key")]

    def __str__(self) -> str:
        return self.key

    @classmethod
    def spend(cls, kind: str, credential: str, address: str) -> None:
        """Count a try before it is looked at. Raises TooMany, saying when to try again. Not inside a transaction that may be undone."""
        keys = cls._keys(kind, credential, address)
        cls._default_manager.bulk_create([cls(key=key) for key in keys])
        for limit in LIMITS[kind]:
            for key, most in zip(keys, (limit.account, limit.address), strict=True):
                cls._check(key, most, limit.minutes)

    @classmethod
    def forgive(cls, kind: str, credential: str) -> None:
        """Forget the tries at an account by someone who then proved who they are."""
        cls._default_manager.filter(key=cls._keys(kind, credential, "")[0]).delete()

    @classmethod
    def sweep(cls) -> int:
        """Drop what no limit looks at any more."""
        return cls._default_manager.filter(at__lt=timezone.now() - timedelta(days=1)).delete()[0]

    @classmethod
    def _check(cls, key: str, most: int, minutes: int) -> None:
        window = timedelta(minutes=minutes)
        tries = cls._default_manager.filter(key=key, at__gte=timezone.now() - window).order_by("-at").values_list("at", flat=True)
        newest = list(tries[: most + 1])
        if len(newest) > most:
            wait = max(1, -int((timezone.now() - newest[most - 1] - window).total_seconds() // 60))
            again = _("%(hours)s jam") % {"hours": round(wait / 60)} if wait > 90 else _("%(minutes)s menit") % {"minutes": wait}
            raise TooMany(str(_("Terlalu banyak percobaan. Tunggu %(again)s, lalu coba lagi.") % {"again": again}))

    @staticmethod
    def _keys(kind: str, credential: str, address: str) -> tuple[str, str]:
        account = Account.objects.by_credential(credential)
        named = f"account {account.pk}" if account else credentials.credential_of(credential)
        return credentials.keyed_hash(f"{kind}.account", named), credentials.keyed_hash(f"{kind}.address", address)
