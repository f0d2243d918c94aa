"""Topics that members talk over, and what was said."""

from typing import ClassVar, Self

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kentongan.accounts.models import Person
from kentongan.core.models import Acted
from kentongan.groups.models import Group, posts_of


class Topics(models.QuerySet["Topic"]):
    """Topics by who may read them."""

    def visible_to(self, person: Person | None) -> Self:
        """Members of the group only (domain/20): offices do not listen in."""
        if person is None:
            return self.none()
        groups = {post.group_id for post in posts_of(person) if hasattr(post, "group_id")}
        return self.filter(group__in=groups)


class Topic(Acted):
    """Something a group talks over [Pembahasan]."""

    TEXTS: ClassVar[tuple[str, ...]] = ("question",)

    class State(models.TextChoices):
        OPEN = "open", _("dibahas")
        SUMMARISED = "summarised", _("sudah dirangkum")
        CLOSED = "closed", _("ditutup")
        MERGED = "merged", _("digabung")

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="topics")
    subject = models.CharField(_("yang dibahas"), max_length=140)
    question = models.TextField(_("apa yang perlu dijawab"), max_length=1000, blank=True)
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(auto_now_add=True)
    about_type = models.ForeignKey(ContentType, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    about_id = models.BigIntegerField(null=True, blank=True)
    about = GenericForeignKey("about_type", "about_id")
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged")
    last_said_at = models.DateTimeField(null=True, editable=False)
    contribution_count = models.PositiveIntegerField(default=0, editable=False)

    objects = Topics.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["open", "summarised", "closed", "merged"]), name="topic_state"),
            models.CheckConstraint(condition=Q(state="merged", merged_into__isnull=False) | ~Q(state="merged"), name="merged_says_into_what"),
        ]
        indexes = [
            models.Index(fields=["group", "-last_said_at", "-id"], name="topic_newest"),
            models.Index(fields=["about_type", "about_id"], name="topic_about"),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def title(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("discussions:topic", args=[self.pk])

    @classmethod
    def about_thing(cls, thing: models.Model) -> "models.QuerySet[Topic]":
        """Topics about one thing of any room."""
        return cls.objects.filter(about_type=ContentType.objects.get_for_model(thing), about_id=thing.pk)

    def others_spoke(self, person: Person | None) -> bool:
        """Whether somebody besides `person` contributed: what makes a thing *discussed* (domain/10)."""
        return self.contributions.exclude(person=person).exists()


class Contribution(Acted):
    """What one member said. It stays as it was said; its writer may take it back, which leaves a trace."""

    class State(models.TextChoices):
        SAID = "said", _("disampaikan")
        TAKEN_BACK = "taken_back", _("ditarik penulisnya")

    class Kind(models.TextChoices):
        OPINION = "opinion", _("Pendapat")
        QUESTION = "question", _("Pertanyaan")
        INFORMATION = "information", _("Keterangan")
        SUGGESTION = "suggestion", _("Usul")
        MINUTES = "minutes", _("Catatan pertemuan")

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="contributions")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("jenis"), max_length=12, choices=Kind.choices, default=Kind.OPINION)
    text = models.TextField(_("isi"), max_length=1000)
    reply_to = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replies")
    may_be_public = models.BooleanField(_("boleh ditampilkan kepada umum dengan nama saya"), default=False)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(state__in=["said", "taken_back"]), name="contribution_state")]
        indexes = [models.Index(fields=["topic", "id"], name="contribution_newest_last")]

    def __str__(self) -> str:
        return self.text[:60]


class Summary(models.Model):
    """A signed summary of a topic; a newer one replaces it, none is changed."""

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="summaries")
    number = models.PositiveIntegerField()
    text = models.TextField(_("rangkuman"), max_length=2000)
    signed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["topic", "number"], name="summary_number")]
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"rangkuman {self.number}"


class LastRead(models.Model):
    """Up to which contribution a person has read a topic: the unread divider."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    contribution_id = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["topic", "person"], name="one_mark_a_reader")]

    def __str__(self) -> str:
        return f"{self.topic_id}/{self.person_id}: {self.contribution_id}"
