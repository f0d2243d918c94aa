"""Topics that members talk over, and what was said."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Greatest, Length
from django.db.models.lookups import LessThanOrEqual
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from kentongan.accounts.models import Person
from kentongan.core.models import Acted
from kentongan.core.protocol import Public
from kentongan.groups.models import Group, Membership, names_of, posts_of

PAGE = 20
"""Contributions or topics a page (domain/20)."""
TEXT_MAX = 1000
MINUTES_MAX = 4000
SUMMARY_MAX = 2000
CLOSERS = (Membership.Role.KETUA, Membership.Role.SEKRETARIS, Membership.Role.REDAKTUR)
"""Who closes a topic (domain/20)."""
CALLED = {"kabar": ("newsroom.story", "newsroom:story"), "bahan": ("newsroom.tip", "newsroom:tip_at_desk")}
"""What can be talked over: the word in an address → the model and its page at the desk. Names only: this room knows none of them."""


def mentioned(word: str, person: Person | None) -> Any:
    """The thing that "kabar:7" names, if this person may see it; else None."""
    called, _colon, number = word.partition(":")
    if called not in CALLED or not number.isdecimal() or len(number) > 18:
        return None
    return apps.get_model(CALLED[called][0])._default_manager.visible_to(person).filter(pk=int(number)).first()  # type: ignore[attr-defined]


def mention(thing: models.Model) -> str:
    """The word for a thing in an address: "kabar:7"; empty for what cannot be talked over."""
    return next((f"{called}:{thing.pk}" for called, (label, _page) in CALLED.items() if label == thing._meta.label_lower), "")


class Topics(models.QuerySet["Topic"]):
    """Topics by who may read them, and newest first."""

    def visible_to(self, person: Person | None) -> Self:
        """Members of the group only (domain/20): offices do not listen in."""
        if person is None:
            return self.none()
        return self.filter(group__in={post.group_id for post in posts_of(person) if isinstance(post, Membership)})

    def running(self) -> Self:
        """Those one can still speak in."""
        return self.filter(state__in=Topic.SPEAKABLE)

    def finished(self) -> Self:
        """Closed, or merged into another."""
        return self.exclude(state__in=Topic.SPEAKABLE)

    def held(self, *topics: "Topic") -> "dict[int, Topic]":
        """These, as they are now, and nobody changes them until this transaction ends. Always in one order: nobody waits in a circle."""
        rows = self.select_for_update(no_key=True, of=("self",)).select_related("group").filter(pk__in=[topic.pk for topic in topics])
        return {row.pk: row for row in rows.order_by("pk")}

    def newest(self, count: int, before: tuple[datetime, int] | None = None) -> Self:
        """`count` of them, the one spoken in last first, older than the key (last_said_at, id) of the last one seen."""
        rows = self.order_by("-last_said_at", "-id")
        if before is not None:
            at, number = before
            rows = rows.filter(Q(last_said_at__lt=at) | Q(last_said_at=at, pk__lt=number))
        return rows[:count]

    def with_unread(self, person: Person) -> Self:
        """Each with `last_read`, the number of the contribution this person read last, and `unread`, how many of others came after it."""
        mark = LastRead.objects.filter(topic=OuterRef("pk"), person=person).values("contribution_id")
        said = Contribution.objects.filter(topic=OuterRef("pk"), state=Contribution.State.SAID, pk__gt=OuterRef("last_read"))
        count = said.exclude(person=person).order_by().values("topic").annotate(n=Count("pk")).values("n")
        return self.annotate(last_read=Coalesce(Subquery(mark[:1]), Value(0)), unread=Coalesce(Subquery(count), Value(0)))


class Topic(Acted):
    """Something a group talks over [Pembahasan]."""

    TEXTS: ClassVar[tuple[str, ...]] = ("summary",)

    class State(models.TextChoices):
        OPEN = "open", _("dibahas")
        SUMMARISED = "summarised", _("sudah dirangkum")
        CLOSED = "closed", _("ditutup")
        MERGED = "merged", _("digabung")

    SPEAKABLE: ClassVar[tuple[str, ...]] = ("open", "summarised")

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="topics")
    subject = models.CharField(_("yang dibahas"), max_length=140)
    question = models.TextField(_("apa yang perlu dijawab"), max_length=1000, blank=True)
    summary = models.TextField(_("rangkuman"), max_length=SUMMARY_MAX, blank=True)
    """The newest one; all of them, signed, are rows of `Summary`."""
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(auto_now_add=True)
    about_type = models.ForeignKey(ContentType, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    about_id = models.BigIntegerField(null=True, blank=True)
    about = GenericForeignKey("about_type", "about_id")
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged")
    last_said_at = models.DateTimeField(default=timezone.now, editable=False)  # of the opening while nobody spoke
    contribution_count = models.PositiveIntegerField(default=0, editable=False)  # not taken back; kept by actions, re-counted nightly

    objects = Topics.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["open", "summarised", "closed", "merged"]), name="topic_state"),
            models.CheckConstraint(condition=~Q(state="merged") | Q(merged_into__isnull=False), name="merged_says_into_what"),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="not_merged_into_itself",
                violation_error_message=_("Pembahasan tidak bisa digabung dengan dirinya sendiri."),
            ),
        ]
        indexes = [
            models.Index(fields=["group", "-last_said_at", "-id"], name="topic_newest"),
            models.Index(fields=["about_type", "about_id"], name="topic_about"),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def title(self) -> str:
        """Its subject, for what lists things of several rooms."""
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("discussions:topic", args=[self.pk])

    @classmethod
    def about_thing(cls, thing: models.Model) -> Topics:
        """Topics about one thing of any room."""
        return cls.objects.filter(about_type=ContentType.objects.get_for_model(thing), about_id=thing.pk)

    @property
    def speakable(self) -> bool:
        """Whether one can still speak in it."""
        return self.state in self.SPEAKABLE

    @cached_property
    def closers(self) -> list[str]:
        """Who can close it, by name."""
        return names_of(self.group, *CLOSERS)

    def thing_for(self, person: Person | None) -> Any:
        """What it is about, if this person may see that; else None."""
        kind = ContentType.objects.get_for_id(self.about_type_id).model_class() if self.about_type_id else None
        if kind is None or not hasattr(kind._default_manager, "visible_to"):
            return None
        return kind._default_manager.visible_to(person).filter(pk=self.about_id).first()

    @property
    def about_href(self) -> str:
        """The page at the desk of what it is about; empty when there is none."""
        label = ContentType.objects.get_for_id(self.about_type_id).model_class()._meta.label_lower if self.about_type_id else ""  # type: ignore[union-attr]
        page = next((page for known, page in CALLED.values() if known == label), "")
        return reverse(page, args=[self.about_id]) if page else ""

    def others_spoke(self, person: Person | None) -> bool:
        """Whether somebody besides `person` contributed: what makes a thing *discussed* (domain/10)."""
        return self.contributions.filter(state=Contribution.State.SAID).exclude(person=person).exists()

    @cached_property
    def public_thing(self) -> Any:
        """What it is about, if everyone may see that now; else None. Only then parts of the talk are public (domain/20)."""
        return self.thing_for(None)

    def signed_summaries(self) -> "models.QuerySet[Summary]":
        """The newest summaries with who signed them, at most a page."""
        return self.summaries.select_related("signed_by")[:PAGE]

    def public_summary(self) -> "Summary | None":
        """The newest summary, once what it is about is public."""
        return self.summaries.select_related("signed_by").first() if self.public_thing else None

    def public_contributions(self) -> "models.QuerySet[Contribution]":
        """What its writers allowed everyone to read, oldest first, once what it is about is public."""
        allowed = self.contributions.filter(state=Contribution.State.SAID, may_be_public=True)
        return allowed.select_related("person").order_by("id") if self.public_thing else allowed.none()

    def public_sites(self) -> tuple[str, ...]:
        """The sites on which parts of this talk may stand now; none while what it is about is not public."""
        thing = self.public_thing
        return tuple(thing.sites()) if isinstance(thing, Public) else ()

    def mark_read(self, person: Person, up_to: int) -> None:
        """Move the unread divider of `person` behind contribution `up_to`; never back, never past what is there."""
        last = self.contributions.filter(pk__lte=up_to).order_by("-id").values_list("pk", flat=True).first() or 0
        mark, made = LastRead.objects.get_or_create(topic=self, person=person, defaults={"contribution_id": last})
        if not made:
            LastRead.objects.filter(pk=mark.pk).update(contribution_id=Greatest(F("contribution_id"), Value(last)))

    def heard(self, said: "Contribution") -> None:
        """Count what was said; who speaks has read up to there. Its version stays: nobody's form grows stale by it."""
        Topic.objects.filter(pk=self.pk).update(contribution_count=F("contribution_count") + 1, last_said_at=said.at)
        self.mark_read(said.person, said.pk)

    def count(self, change: int) -> None:
        """Count so many contributions more, or less."""
        Topic.objects.filter(pk=self.pk).update(contribution_count=F("contribution_count") + change)


class Contributions(models.QuerySet["Contribution"]):
    """What was said, page by page, newest last."""

    def page(self, before: int | None = None, after: int | None = None) -> "tuple[list[Contribution], bool, bool]":
        """PAGE of them in the order they were said, and whether there are older and newer ones: the last ones, or those around a number."""
        rows: models.QuerySet[Contribution] = self.select_related("person", "reply_to__person")
        if after is not None:
            found = list(rows.filter(pk__gt=after).order_by("id")[: PAGE + 1])
            return found[:PAGE], True, len(found) > PAGE
        found = list((rows if before is None else rows.filter(pk__lt=before)).order_by("-id")[: PAGE + 1])
        return found[:PAGE][::-1], len(found) > PAGE, before is not None


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
    text = models.TextField(_("isi"), max_length=MINUTES_MAX)
    met_on = models.DateField(_("tanggal pertemuan"), null=True, blank=True)  # of minutes
    present = models.CharField(_("siapa yang hadir"), max_length=500, blank=True)  # of minutes, as one would write it on paper
    reply_to = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replies")
    may_be_public = models.BooleanField(_("boleh ditampilkan kepada umum dengan nama saya"), default=False)
    at = models.DateTimeField(auto_now_add=True)

    objects = Contributions.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["said", "taken_back"]), name="contribution_state"),
            models.CheckConstraint(
                condition=Q(kind="minutes") | Q(LessThanOrEqual(Length("text"), Value(TEXT_MAX))),
                name="contribution_is_short",
                violation_error_message=_("Paling banyak 1.000 huruf. Bagi menjadi dua bila perlu."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="minutes") | Q(met_on__isnull=False) & ~Q(present=""),
                name="minutes_say_when_and_who",
                violation_error_message=_("Catatan pertemuan perlu tanggal dan siapa yang hadir."),
            ),
        ]
        indexes = [models.Index(fields=["topic", "id"], name="contribution_newest_last")]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def said(self) -> bool:
        """Whether its words are shown."""
        return self.state == self.State.SAID

    @property
    def can_be_answered(self) -> bool:
        """A reply to a reply would be a second depth (domain/20: at most one)."""
        return self.said and self.reply_to_id is None

    @property
    def minutes(self) -> bool:
        """Whether these are notes of a meeting."""
        return self.kind == self.Kind.MINUTES


class Summary(models.Model):
    """A signed summary of a topic; a newer one replaces it, none is changed."""

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="summaries")
    number = models.PositiveIntegerField()
    text = models.TextField(_("rangkuman"), max_length=SUMMARY_MAX)
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
