"""The photos of a story, with what must be said about each."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from kentongan.media.models import Photo


class StoryPhoto(models.Model):
    """A photo of a story, with what must be said about it. The first one is the story's cover."""

    story = models.ForeignKey("newsroom.Story", on_delete=models.PROTECT, related_name="pictures")
    position = models.PositiveSmallIntegerField(default=0)
    photo = models.ForeignKey(Photo, on_delete=models.PROTECT, related_name="+")
    alt = models.CharField(_("apa yang terlihat"), max_length=200, blank=True)
    credit = models.CharField(_("siapa yang memotret"), max_length=80, blank=True)
    shows_vulnerable = models.BooleanField(_("tampak anak atau korban"), default=False)
    consent = models.BooleanField(_("orang tua, wali, atau yang bersangkutan mengizinkan"), default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["story", "position"], name="photo_position")]
        ordering = ["position"]

    def __str__(self) -> str:
        return self.alt

    @property
    def state(self) -> str:
        """A photo stands where its story stands."""
        return self.story.state

    @property
    def state_label(self) -> str:
        return self.story.state_label

    @property
    def version(self) -> int:
        return self.story.version

    def seen(self, version: int | str) -> Self:
        """This photo of the story as it was when a form was filled from it."""
        self.story.seen(version)
        return self

    @property
    def complete(self) -> bool:
        """Alt text and credit given; consent where children or victims are seen (domain/10, write)."""
        return bool(self.alt and self.credit and (self.consent or not self.shows_vulnerable))
