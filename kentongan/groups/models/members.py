"""Who is what in a group, for a term, and what they agreed to; the posts a person holds today."""

from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kentongan.accounts.credentials import phone_of
from kentongan.accounts.models import Account, Person
from kentongan.core.errors import NotNow
from kentongan.core.models import Acted
from kentongan.groups.models.groups import Group
from kentongan.groups.models.offices import Appointment, appointments_of, chosen_first, covered_by
from kentongan.groups.models.terms import BOARD, ENDS_AFTER_START, Role, Terms, term
from kentongan.groups.settings import CONDUCT_VERSION


class Memberships(Terms):
    """Memberships by who may look at them one by one."""

    def visible_to(self, person: Person) -> Self:
        """Those of one's own groups, of groups one founds, and of those in the subtree of an office one serves in."""
        own = [post.group_id for post in posts_of(person) if isinstance(post, Membership)]
        return self.filter(Q(group__in=own) | Q(group__founder=person) | Q(person=person) | covered_by(person, "group__"))

    def of_last_board(self) -> Self:
        """The last holders of the three offices of dissolved groups: they keep reading what their group leaves behind."""
        later = Membership.objects.filter(group=OuterRef("group"), role=OuterRef("role"), ends__gt=OuterRef("ends"))
        return self.filter(role__in=BOARD, state="ended", group__state=Group.State.DISSOLVED).exclude(Exists(later))


class Membership(Acted):
    """A person's role in a group for a term; the capacity in which members act."""

    class State(models.TextChoices):
        ACTIVE = "active", _("berlaku")
        ENDED = "ended", _("diakhiri")

    Role = Role
    BOARD = BOARD

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(_("peran"), max_length=10, choices=Role.choices)
    has_vote = models.BooleanField(_("punya suara"), default=True)  # a pembina has none by default
    starts = models.DateField(_("mulai"))
    ends = models.DateField(_("sampai"), null=True, blank=True)
    field = models.CharField(_("bidang"), max_length=40, blank=True)
    ended_reason = models.CharField(_("alasan berakhir"), max_length=300, blank=True)
    agreed_version = models.CharField(max_length=20, blank=True, default="", editable=False)
    agreed_at = models.DateTimeField(null=True, editable=False)
    """When this person said yes to being a member, and to which wording of the conduct. Until then nobody answers for them in this group's
    name, and no public page names them."""

    objects = Memberships.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")),
                name="membership_ends_after_start",
                violation_error_message=ENDS_AFTER_START,
            ),
            ExclusionConstraint(
                name="one_active_ketua",
                expressions=[("group", RangeOperators.EQUAL), (term(), RangeOperators.OVERLAPS)],
                condition=Q(state="active", role="ketua"),
                violation_error_message=_("KIM ini sudah punya ketua pada masa itu. Akhiri dulu masa ketua yang lama."),
            ),
            ExclusionConstraint(
                name="no_double_membership",
                expressions=[
                    ("group", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (term(), RangeOperators.OVERLAPS),
                ],
                condition=Q(state="active"),
                violation_error_message=_("Orang ini sudah memegang peran itu pada masa tersebut."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.group}"

    @property
    def agreed(self) -> bool:
        """Whether this person agreed to the conduct as it reads now: without that they read, and change nothing."""
        return self.agreed_version == CONDUCT_VERSION

    def agree(self, by: Person, *, helped: bool = False) -> None:
        """Inside `act`: this person said yes, today, to the wording of today."""
        self.agreed_version, self.agreed_at = CONDUCT_VERSION, timezone.now()
        Agreement.objects.get_or_create(membership=self, version=CONDUCT_VERSION, defaults={"by": by, "helped": helped})

    def carry_on(self, before: "Membership") -> None:
        """Inside `act`: the same person in the same group under another role; what they agreed to holds on."""
        self.agreed_version, self.agreed_at = before.agreed_version, before.agreed_at
        self.save(update_fields=["agreed_version", "agreed_at"])

    def end(self, reason: str) -> None:
        """Inside `act`, which moved its state: today was its last day."""
        self.ends, self.ended_reason = max(timezone.localdate(), self.starts), reason
        self.save()

    @property
    def key(self) -> str:
        """Names this post in the desk's switch."""
        return f"m{self.pk}"


class Agreement(models.Model):
    """That a member said yes to a version of the conduct: themselves, or with somebody of the board beside them. Append-only."""

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="agreements")
    version = models.CharField(max_length=20)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    helped = models.BooleanField(default=False)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["membership", "version"], name="one_yes_a_version")]

    def __str__(self) -> str:
        return f"{self.membership_id} {self.version}"


Post = Membership | Appointment


def posts_of(person: Person) -> list[Post]:
    """Every post this person holds today, read once per instance of the person (one request); the one in use first."""
    known: list[Membership] | None = getattr(person, "_memberships", None)
    if known is None:
        known = list(Membership.objects.current().filter(person=person).select_related("group__region").order_by("id"))
        person._memberships = known  # type: ignore[attr-defined]
    return chosen_first(person, [*known, *appointments_of(person)])


def membership_of(person: Person, group: Group, *roles: str) -> Membership | None:
    """The membership that lets this person act in `group` in one of `roles` (any role but pembina when none is named).

    Somebody who has not agreed to the conduct acts in none; `groups.permissions.owes_agreement` tells them so.
    """
    wanted = roles or tuple(role for role in Membership.Role.values if role != Membership.Role.PEMBINA)
    posts = (post for post in posts_of(person) if isinstance(post, Membership) and post.group_id == group.pk and post.agreed)
    return next((post for post in posts if post.role in wanted), None)


def sites_naming(person: Person) -> list[str]:
    """The sites of the groups this person has a role in today: there their name and the recoveries of their account are shown."""
    current = Membership.objects.current().filter(person=person, group__state__in=Group.PUBLIC)
    return [f"kim/{slug}" for slug in current.values_list("group__slug", flat=True).order_by("group__slug").distinct()]


def person_for(name: str, credential: str = "") -> Person:
    """The person of this phone number or user name, or a new one; with a credential, also an account that waits for its first sign-in.

    Raises NotNow when the credential belongs to somebody of another name.
    """
    credential = credential.strip()
    account = Account.objects.by_credential(credential) if credential else None
    if account is None:
        person = Person.enter(name)
        if credential:
            phone = phone_of(credential)
            Account.invite(person, phone=phone, username="" if phone else credential)
        return person
    if account.person.name.casefold().split() != name.casefold().split():
        raise NotNow(
            _("Nomor atau nama pengguna “%(typed)s” sudah dipakai orang dengan nama lain. Periksa lagi keduanya.") % {"typed": credential}
        )
    return account.person
