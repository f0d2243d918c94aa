"""What is said against a published story: corrections by its group, objections by officials."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kentongan.accounts.models import Person
from kentongan.core.models import Acted
from kentongan.groups.models import Office
from kentongan.newsroom.models.safety import unlooked
from kentongan.newsroom.models.versions import Revision
from kentongan.newsroom.models.wording import BODY_MAX, SUMMARY_MAX, asked_once
from kentongan.newsroom.suspicion import Finding


class Correction(Acted):
    """What was wrong, what is right, and why: proposed by one, confirmed by another; never silent."""

    TEXTS: ClassVar[tuple[str, ...]] = ("headline", "summary", "body")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("diusulkan")
        CONFIRMED = "confirmed", _("dikuatkan")
        DECLINED = "declined", _("tidak dikuatkan")

    story = models.ForeignKey("newsroom.Story", on_delete=models.PROTECT, related_name="corrections")
    what = models.CharField(_("apa yang diralat"), max_length=300)  # read by the public
    why = models.CharField(_("mengapa"), max_length=300)
    headline = models.CharField(_("judul"), max_length=140)
    summary = models.CharField(_("ringkasan"), max_length=SUMMARY_MAX)
    body = models.TextField(_("isi"), max_length=BODY_MAX)
    base_number = models.PositiveIntegerField()  # of the revision it was written against
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(auto_now_add=True)
    confirmed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    revision = models.OneToOneField(Revision, null=True, on_delete=models.PROTECT, related_name="correction")
    decline_reason = models.CharField(_("alasan tidak dikuatkan"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("proposed_by")),
                name="correction_needs_two",
                violation_error_message=_("Ralat dikuatkan oleh orang lain, bukan yang mengusulkan."),
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(revision__isnull=False, confirmed_by__isnull=False),
                name="confirmed_correction_has_a_revision",
            ),
            models.CheckConstraint(
                condition=~Q(what="") & ~Q(why=""),
                name="correction_says_what_and_why",
                violation_error_message=_("Sebutkan apa yang diralat dan mengapa: pembaca membacanya."),
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(decline_reason=""),
                name="declined_correction_says_why",
                violation_error_message=_("Sebutkan mengapa ralat ini tidak dikuatkan."),
            ),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return self.what

    @asked_once
    def unlooked(self) -> list[Finding]:
        """What a second person has to look at in its words: a correction is no way around that."""
        return self.find()

    def find(self) -> list[Finding]:
        """The same, as its words are now."""
        return unlooked(self.story, [(name, getattr(self, name)) for name in self.TEXTS])


class Flag(Acted):
    """An official's objection to a published story: seen by the group, answered by it; it changes no word."""

    class State(models.TextChoices):
        RAISED = "raised", _("menunggu jawaban KIM")
        ANSWERED = "answered", _("dijawab")

    story = models.ForeignKey("newsroom.Story", on_delete=models.PROTECT, related_name="flags")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    concern = models.TextField(_("apa yang dipersoalkan"), max_length=1000)
    at = models.DateTimeField(auto_now_add=True)
    answer = models.TextField(_("jawaban"), max_length=1000, blank=True)
    answered_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(concern=""), name="flag_says_what", violation_error_message=_("Sebutkan apa yang dipersoalkan.")
            ),
            models.CheckConstraint(
                condition=~Q(state="answered") | ~Q(answer=""),
                name="answered_flag_says_what",
                violation_error_message=_("Tuliskan dulu jawabannya."),
            ),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return self.concern[:60]
