"""Raw material [Bahan]: what a member, or a resident without an account, brought."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kentongan.accounts.models import Person
from kentongan.core.models import Acted
from kentongan.groups.models import Group, Membership, posts_of
from kentongan.vault.models import SealedContact


class Tips(models.QuerySet["Tip"]):
    """Tips by who may read them."""

    def visible_to(self, person: Person | None) -> Self:
        """Members of the group only."""
        if person is None:
            return self.none()
        return self.filter(group__in={post.group_id for post in posts_of(person) if isinstance(post, Membership)})


class Tip(Acted):
    """Raw material [Bahan]: what a member, or a resident without an account, brought."""

    class State(models.TextChoices):
        RECEIVED = "received", _("diterima")
        TAKEN_UP = "taken_up", _("diangkat jadi kabar")
        DECLINED = "declined", _("tidak diangkat")
        DUPLICATE = "duplicate", _("sudah ada yang sama")

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="tips")
    text = models.TextField(_("apa yang terjadi"), max_length=2000)
    place = models.CharField(_("di mana"), max_length=160, blank=True)
    happened = models.CharField(_("kapan"), max_length=80, blank=True)
    name = models.CharField(_("nama"), max_length=80, blank=True)
    contact = models.ForeignKey(SealedContact, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    brought_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField(auto_now_add=True)
    submission_key = models.CharField(max_length=64, unique=True, null=True)  # a form sent twice is one tip
    reason = models.CharField(_("alasan"), max_length=300, blank=True)

    objects = Tips.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["received", "taken_up", "declined", "duplicate"]), name="tip_state"),
            models.CheckConstraint(
                condition=~Q(text=""), name="tip_says_something", violation_error_message=_("Ceritakan dulu apa yang terjadi.")
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(reason=""),
                name="declined_tip_says_why",
                violation_error_message=_("Sebutkan alasannya, supaya yang mengirim bisa diberi tahu."),
            ),
        ]
        indexes = [models.Index(fields=["group", "-id"], name="tip_newest")]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def title(self) -> str:
        return self.text[:80]
