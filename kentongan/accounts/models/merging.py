"""One human written down twice: what is kept, what moves, and who stood for it."""

from typing import Any

from django.apps import apps
from django.db import connection, models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kentongan.accounts.models.accounts import Account, Person
from kentongan.core.models import Acted


class Merger(Acted):
    """Two rows of one human become one: asked by an officer with a reason, confirmed by a second one, never undone."""

    class State(models.TextChoices):
        ASKED = "asked", _("menunggu petugas kedua")
        DONE = "done", _("sudah digabung")
        REFUSED = "refused", _("ditolak: bukan orang yang sama")

    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    lost = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("alasan"), max_length=300)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    kept_agreed_at = models.DateTimeField(null=True)
    lost_agreed_at = models.DateTimeField(null=True)
    """When the owners themselves said, from their accounts, that both are theirs: asked where both accounts were used."""
    moved = models.JSONField(default=list)
    """Which columns named the lost row and name the kept one now, with how many rows."""

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["asked", "done", "refused"]), name="merger_state"),
            models.CheckConstraint(condition=~Q(kept=F("lost")), name="merger_of_two"),
            models.CheckConstraint(
                condition=~Q(state="done") | ~Q(decided_by=F("asked_by")) & Q(decided_by__isnull=False),
                name="merger_needs_two",
                violation_error_message=_("Penggabungan dikuatkan petugas lain, bukan yang memintanya."),
            ),
            models.UniqueConstraint(
                fields=["lost"],
                condition=Q(state="asked"),
                name="one_merger_at_a_time",
                violation_error_message=_("Penggabungan orang ini sudah diminta dan menunggu petugas kedua."),
            ),
        ]

    def __str__(self) -> str:
        return f"penggabungan {self.pk}"

    @classmethod
    def about(cls, person: Person) -> models.QuerySet["Merger"]:
        """Those of this person that wait, one's own say included."""
        rows = cls._default_manager.select_related("kept", "lost", "asked_by")
        return rows.filter(Q(kept=person) | Q(lost=person), state=cls.State.ASKED).order_by("id")

    @property
    def owners_to_ask(self) -> list[Person]:
        """Who still has to say, from their own account, that both are theirs: both of them where both accounts were used."""
        rows = Account.objects.select_related("person").filter(person__in=[self.kept_id, self.lost_id], state=Account.State.ACTIVE)
        used = [row.person for row in rows]
        said = {self.kept_id: self.kept_agreed_at, self.lost_id: self.lost_agreed_at}
        return [person for person in used if not said[person.pk]] if len(used) == 2 else []

    def agree(self, person: Person) -> None:
        """Inside `act`: one of the two says that both are theirs."""
        name = "kept_agreed_at" if person.pk == self.kept_id else "lost_agreed_at"
        setattr(self, name, timezone.now())

    def decide(self, person: Person) -> None:
        """Inside `act`: this person says yes or no to it, now."""
        self.decided_by, self.decided_at = person, timezone.now()

    def move(self) -> None:
        """Inside the `act` that merges: whatever names the lost row names the kept one from here on, except what must stay as it was.

        Every foreign key of every room is found in the models themselves, so that none can be forgotten. Tables whose rows a trigger keeps
        go on naming the lost row and are read through `Person.merged_into`. Raises IntegrityError where a rule of two people would break.
        """
        fixed, moved = append_only_tables(), []
        for model, field in pointing_to(Person):
            if model._meta.db_table not in fixed and f"{model._meta.label}.{field.name}" not in STAYS:
                _drop_doubles(model, field, self)
                if rows := model._base_manager.filter(**{field.name: self.lost}).update(**{field.name: self.kept}):
                    moved.append([f"{model._meta.label}.{field.name}", rows])
        self.lost.merged.update(merged_into=self.kept)
        self.moved = moved


STAYS: frozenset[str] = frozenset(
    {
        "accounts.Account.person",  # one a person: kept, handed over or closed by the action
        "accounts.Person.merged_into",
        "accounts.Merger.kept",
        "accounts.Merger.lost",
    }
)
"""What a merger does not move by itself, besides tables whose rows never change."""


def pointing_to(target: type[models.Model]) -> list[tuple[type[models.Model], Any]]:
    """Every foreign key of every room that points to `target`, with its model, in a steady order."""
    every = ((model, field) for model in apps.get_models() for field in model._meta.concrete_fields if field.is_relation)
    found = ((model, field) for model, field in every if field.related_model is target)
    return sorted(found, key=lambda pair: (pair[0]._meta.label, pair[1].name))


def append_only_tables() -> set[str]:
    """The tables whose rows a trigger of the database keeps as they are."""
    with connection.cursor() as cursor:
        cursor.execute("select tgrelid::regclass::text from pg_trigger where tgfoid = 'core_refuse_change'::regproc")
        return {name for (name,) in cursor.fetchall()}


def _drop_doubles(model: type[models.Model], field: Any, merger: Merger) -> None:
    """Drop by-products of the lost row (what would go with it anyway) that could not stand beside those of the kept one."""
    if field.remote_field.on_delete is not models.CASCADE:
        return
    for rule in model._meta.constraints:
        if isinstance(rule, models.UniqueConstraint) and field.name in rule.fields:
            same = {name: models.OuterRef(name) for name in rule.fields if name != field.name}
            twins = model._base_manager.filter(**{field.name: merger.kept}, **same)
            model._base_manager.filter(models.Exists(twins), **{field.name: merger.lost}).delete()
