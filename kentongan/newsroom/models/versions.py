"""The versions of a story's words: append-only, each readable and comparable by everyone."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kentongan.accounts.models import Person
from kentongan.newsroom.models.wording import SUMMARY_MAX, diff


class Revision(models.Model):
    """One version of a story's words; append-only (a trigger refuses changes)."""

    story = models.ForeignKey("newsroom.Story", on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    headline = models.CharField(max_length=140)
    summary = models.CharField(max_length=SUMMARY_MAX, blank=True)
    body = models.TextField(blank=True)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["story", "number"], name="revision_number")]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"versi {self.number}"

    @property
    def words(self) -> tuple[str, str, str]:
        return self.headline, self.summary, self.body

    def since(self, older: "Revision | None") -> list[tuple[str, list[tuple[str, str]]]]:
        """What differs from `older` (None: from nothing), as (label, diff) for each text that differs. See `diff`."""
        labels = (_("Judul"), _("Ringkasan"), _("Isi"))
        before = older.words if older else ("", "", "")
        return [(str(label), diff(old, new)) for label, old, new in zip(labels, before, self.words, strict=True) if old != new]
