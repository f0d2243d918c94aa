"""What guards a person's data: a guardian's word for a minor, and the wish to be forgotten."""

import re
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kentongan.accounts.credentials import new_code
from kentongan.accounts.models.accounts import GUARDIAN, GUARDIAN_WORDING, Consent, Person, Recovery, Session
from kentongan.core.models import Acted, Receipt


class Guardian(models.Model):
    """Who said yes for a minor. Beside the consent, whose row never changes, so that this name can be forgotten."""

    class Relation(models.TextChoices):
        PARENT = "parent", _("ayah atau ibu")
        GUARDIAN = "guardian", _("wali")

    consent = models.OneToOneField(Consent, on_delete=models.PROTECT, related_name="guardian")
    name = models.CharField(_("nama orang tua atau wali"), max_length=80)
    relation = models.CharField(_("hubungannya"), max_length=10, choices=Relation.choices)
    said_on = models.DateField(_("tanggal izin"))

    def __str__(self) -> str:
        return f"izin {self.consent_id}"

    @classmethod
    def record(cls, person: Person, *, name: str, relation: str, said_on: date, given: bool, how: str, by: Person) -> "Guardian":
        """Inside `act`: a parent or guardian said yes, or takes it back, with somebody of the board or an office beside them."""
        consent = person.agree(GUARDIAN, GUARDIAN_WORDING, given=given, how=how, helped_by=by)
        return cls._default_manager.create(consent=consent, name=name, relation=relation, said_on=said_on)


class Erasure(Acted):
    """A person asks to be forgotten (UU 27/2022): it waits some days in which it can be taken back, then the clock does it."""

    class State(models.TextChoices):
        ASKED = "asked", _("menunggu harinya")
        TAKEN_BACK = "taken_back", _("tidak jadi")
        DONE = "done", _("sudah dihapus")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="erasures")
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    due_on = models.DateField(_("dihapus pada"))
    pseudonym = models.CharField(_("nama samaran"), max_length=40)
    """What stands for the name afterwards, told beforehand."""

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["asked", "taken_back", "done"]), name="erasure_state"),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(state="asked"),
                name="one_erasure_at_a_time",
                violation_error_message=_("Permintaan ini sudah tercatat dan sedang menunggu harinya."),
            ),
        ]
        indexes = [models.Index(fields=["due_on"], condition=Q(state="asked"), name="erasure_due")]

    def __str__(self) -> str:
        return f"permintaan hapus {self.pk}"

    @classmethod
    def ask(cls, person: Person, by: Person, *, days: int, word: str) -> "Erasure":
        """A wish to be handed, unsaved, to the `act` of the room that knows who may ask for whom. `word` begins the pseudonym."""
        pseudonym = f"{word} {new_code()[:4]}"
        return cls(person=person, asked_by=by, due_on=timezone.localdate() + timedelta(days=days), pseudonym=pseudonym)

    @classmethod
    def running(cls, person: Person) -> "Erasure | None":
        """The wish of this person that still waits for its day."""
        return cls._default_manager.select_related("asked_by").filter(person=person, state=cls.State.ASKED).first()

    @property
    def is_due(self) -> bool:
        """Whether its waiting time is over."""
        return timezone.localdate() >= self.due_on


def drop_traces(person: Person) -> None:
    """Inside the `act` that erases: what devices and forms left behind, and who spoke for them as a child."""
    Guardian.objects.filter(consent__person__in=person.selves).delete()
    Recovery.objects.filter(account__person__in=person.selves).update(reason="")
    Session.objects.filter(account__person__in=person.selves).delete()
    Receipt.objects.filter(by_id__in=person.selves).delete()


HONORIFICS = frozenset(["Pak", "Bapak", "Bu", "Ibu", "Mas", "Mbak", "Mbah", "Bang", "Kak", "H.", "Hj.", "Sdr.", "Sdri."])


def renamed(text: str, name: str, pseudonym: str) -> str:
    """Text in which this very name reads as the pseudonym; a longer name that holds it is somebody else's and stays."""

    def either(found: re.Match[str]) -> str:
        before = text[: found.start()].split(" ")[-2:-1] or [""]
        part_of_another = " " not in name and before[0][:1].isupper() and before[0][-1:].isalpha() and before[0] not in HONORIFICS
        return found.group() if part_of_another else pseudonym

    return re.sub(rf"(?<!\w){re.escape(name)}(?!\w)(?! [A-Z])", either, text)


def rename_in(rows: "models.QuerySet[Any]", field: str, name: str, pseudonym: str) -> None:
    """Inside the `act` that erases: the same in one text column of those rows; cut where the column ends."""
    most = rows.model._meta.get_field(field).max_length
    for row in rows.filter(**{f"{field}__contains": name}).only("pk", field):
        rows.model._base_manager.filter(pk=row.pk).update(**{field: renamed(getattr(row, field), name, pseudonym)[:most]})
