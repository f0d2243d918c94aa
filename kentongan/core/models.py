"""What every room shares: the base of what is acted on, the record of what was done, the trace from one thing to the next."""

from datetime import timedelta
from typing import Any, ClassVar, Self

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone


class Acted(models.Model):
    """Something that changes only through `core.actions.act`. The one base shared across rooms.

    A subclass names its states in an inner `State(models.TextChoices)` and, where people type into it, the fields whose words
    are shown side by side when two people changed it at once, in `TEXTS`.
    """

    TEXTS: ClassVar[tuple[str, ...]] = ()
    ANSWERS: ClassVar[tuple[str, ...]] = ()
    """What else people type into it in forms of their own, compared in the same way."""
    State: ClassVar[type[models.TextChoices]]

    state = models.CharField(max_length=20, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)

    entry: "Entry | None" = None
    """Inside `act`: the line of the record this action wrote, for `Step.record`."""

    class Meta:
        abstract = True

    @property
    def state_label(self) -> str:
        """The state as people call it."""
        return str(self.State(self.state).label) if self.state else "baru"

    def seen(self, version: int | str) -> Self:
        """This row as it was when a form was filled from it; `act` answers Stale when it has changed since."""
        self.version = int(version)
        return self


class Entry(models.Model):
    """One line of the record: who, in which capacity, for whom, did what, on what, from which state to which, when.

    Append-only: triggers refuse UPDATE and DELETE. Kinds and ids only: no names, no contacts, no reasons (those are fields of the thing).
    """

    at = models.DateTimeField(auto_now_add=True)
    action = models.CharField(max_length=60)
    by_kind = models.CharField(max_length=10)  # person, clock, public
    by_id = models.BigIntegerField(null=True)
    for_id = models.BigIntegerField(null=True)  # the person helped, when somebody acted for another
    capacity = models.CharField(max_length=200)  # what gave the right, as it was called that day
    capacity_type = models.ForeignKey(ContentType, null=True, on_delete=models.PROTECT, related_name="+")
    capacity_id = models.BigIntegerField(null=True)
    about_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    about_id = models.BigIntegerField()
    about = GenericForeignKey("about_type", "about_id")
    before = models.CharField(max_length=20)
    after = models.CharField(max_length=20)

    class Meta:
        indexes = [
            models.Index(fields=["about_type", "about_id", "id"], name="entry_about"),
            models.Index(fields=["by_id", "id"], name="entry_by"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.before}→{self.after}"

    @classmethod
    def of(cls, thing: models.Model) -> "models.QuerySet[Entry]":
        """The record of one thing, oldest first."""
        kind = ContentType.objects.get_for_model(thing)
        return Entry.objects.filter(about_type=kind, about_id=thing.pk).order_by("id")


class Step(models.Model):
    """One step of the trace: this came out of that, by this line of the record. From a resident's word to an outcome."""

    origin_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    origin_id = models.BigIntegerField()
    origin = GenericForeignKey("origin_type", "origin_id")
    result_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    result_id = models.BigIntegerField()
    result = GenericForeignKey("result_type", "result_id")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="steps")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["origin_type", "origin_id", "result_type", "result_id"], name="one_step_between"),
        ]
        indexes = [models.Index(fields=["result_type", "result_id"], name="step_result")]

    def __str__(self) -> str:
        return f"{self.origin_type_id}:{self.origin_id} → {self.result_type_id}:{self.result_id}"

    @classmethod
    def record(cls, origin: models.Model, result: Acted) -> "Step":
        """Write down that `result`, inside its `act`, came out of `origin`."""
        if result.entry is None:
            raise ValueError("a step of the trace is recorded inside an act")
        return Step.objects.create(origin=origin, result=result, entry=result.entry)

    @classmethod
    def into(cls, thing: models.Model) -> list[Any]:
        """What `thing` came out of."""
        kind = ContentType.objects.get_for_model(thing)
        return [step.origin for step in cls._default_manager.filter(result_type=kind, result_id=thing.pk).order_by("id")]

    @classmethod
    def out_of(cls, thing: models.Model) -> list[Any]:
        """What came out of `thing`."""
        kind = ContentType.objects.get_for_model(thing)
        return [step.result for step in cls._default_manager.filter(origin_type=kind, origin_id=thing.pk).order_by("id")]


class Receipt(models.Model):
    """A form that was sent and done: its key, by whom, where to, a digest of its words, and where the answer led (`core.once`).

    The row is written in the transaction of what it stands for: either both are there, or neither.
    """

    KEPT = timedelta(days=30)
    """How long a phone may stay without a signal and still be told that its form was done: bawaan Kentongan."""

    key = models.CharField(max_length=64, unique=True)
    by_id = models.BigIntegerField()  # the person
    path = models.CharField(max_length=500)
    sent = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    location = models.TextField(blank=True)
    made_at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return f"{self.path} → {self.location}"

    @classmethod
    def sweep(cls) -> int:
        """Drop what nobody sends again. Returns how many."""
        return cls._default_manager.filter(made_at__lt=timezone.now() - cls.KEPT).delete()[0]
