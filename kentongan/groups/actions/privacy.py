"""Guarding minors, being forgotten, and one human written down twice."""

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from kentongan.accounts.models import Account, Erasure, Guardian, Merger, Person, drop_traces, rename_in
from kentongan.core.actions import act
from kentongan.core.actors import CLOCK
from kentongan.core.errors import NotNow
from kentongan.core.jobs import enqueue
from kentongan.groups.actions.inner import told
from kentongan.groups.models import Appointment, FormationStep, Group, Membership
from kentongan.groups.models.leaving import groups_of, leave_every_post, settle_roles
from kentongan.groups.permissions.privacy import waiting_days
from kentongan.pages import store
from kentongan.vault.models import SealedContact


def note_birth_year(membership: Membership, year: int | None, *, by: Person) -> Membership:
    """Write down the year somebody was born, or that none is needed. A minor without a guardian's word stops acting until there is one."""
    with act("groups.note_birth_year", on=membership, by=by.helping(membership.person)) as membership:
        person = membership.person
        person.birth_year = year
        person.young = person.is_minor or (person.young and year is not None)
        person.save(update_fields=["birth_year", "young"])
        if person.is_minor and not person.guarded:
            _ask_again(membership)
        _names_change(person)
    return membership


def record_guardian(membership: Membership, *, name: str, relation: str, how: str, said_on: date, given: bool, by: Person) -> Membership:
    """Write down what a parent or guardian said. After a no the minor acts in no group until there is a yes."""
    with act("groups.record_guardian", on=membership, by=by.helping(membership.person)) as membership:
        Guardian.record(membership.person, name=name, relation=relation, how=how, said_on=said_on, given=given, by=by)
        if not given:
            _ask_again(membership)
        _names_change(membership.person)
    return membership


def _ask_again(membership: Membership) -> None:
    """What this person agreed to as a member, here and elsewhere, holds no more until they are asked again."""
    membership.agreed_version = ""
    others = Membership.objects.current().filter(person=membership.person_id).exclude(pk=membership.pk)
    others.update(agreed_version="", version=F("version") + 1)


def _names_change(person: Person) -> None:
    """Public pages call this person otherwise from now on, or no longer."""
    for group in groups_of(person):
        told(group)
    enqueue("newsroom.tell_pages", person=person.pk)


def ask_erasure(person: Person, *, by: Person) -> Erasure:
    """Ask to be forgotten: it waits some days in which it can be taken back."""
    with act("groups.ask_erasure", on=_wish(person, by), by=by) as erasure:
        pass
    return erasure


def ask_erasure_for(person: Person, *, by: Person) -> Erasure:
    """Write down the wish of somebody without an account, with the one beside them: two names."""
    with act("groups.ask_erasure_for", on=_wish(person, by), by=by.helping(person)) as erasure:
        pass
    return erasure


def _wish(person: Person, by: Person) -> Erasure:
    if Appointment.objects.filter(person=person).exists():
        word = _("Petugas")
    else:
        word = _("Anggota KIM") if Membership.objects.filter(person=person).exists() else _("Warga")
    return Erasure.ask(person, by, days=waiting_days(person), word=word)


def take_back_erasure(erasure: Erasure, *, by: Person) -> Erasure:
    """Stay: nothing was changed."""
    with act("groups.take_back_erasure", on=erasure, by=by) as erasure:
        pass
    return erasure


def erase(erasure: Erasure) -> Erasure:
    """By the clock: the name becomes a pseudonym everywhere it stands for this person; what tells who it was is gone.

    What is public stays: stories, minutes, decrees, the record, whose lines hold ids only. Posts end.
    """
    with act("groups.erase", on=erasure, by=CLOCK) as erasure:
        person = Person.objects.get(pk=erasure.person_id)
        groups, name = groups_of(person), person.name
        leave_every_post(person, _("Data dihapus atas permintaan"))
        with act("groups.forget_person", on=person, by=CLOCK) as person:
            person.forget(erasure.pseudonym)
        for known in Account.objects.filter(person__in=person.selves):
            with act("groups.forget_account", on=known, by=CLOCK) as account:
                account.shut("dihapus")
        drop_traces(person)
        _forget_in_papers(groups, person, name)
        for group in Group.objects.filter(pk__in=[group.pk for group in groups]).select_related("region"):
            told(group)
            store.taken_down(*group.sites())
    return erasure


def _forget_in_papers(groups: list[Group], person: Person, name: str) -> None:
    """The name as it was typed into the papers of the person's own groups: proposers, steps of the formation. Their sealed contact goes."""
    ids = [group.pk for group in groups]
    rename_in(Group.objects.filter(pk__in=ids), "proposers", name, person.name)
    rename_in(FormationStep.objects.filter(group__in=ids), "note", name, person.name)
    own = Group.objects.filter(founder__in=person.selves, proposer_contact__isnull=False)
    SealedContact.objects.filter(pk__in=list(own.values_list("proposer_contact", flat=True))).delete()


def ask_merger(kept: Person, lost: Person, *, reason: str, by: Person) -> Merger:
    """Say, with a reason, that two rows are one human. Tried at once and undone, so that what stands in the way is said now."""
    merger = Merger(kept=kept, lost=lost, reason=reason, asked_by=by)
    with act("groups.ask_merger", on=merger, by=by) as merger:
        savepoint = transaction.savepoint()
        _move(merger)
        transaction.savepoint_rollback(savepoint)
        merger.moved = []
    return merger


def confirm_merger(merger: Merger, *, by: Person) -> Merger:
    """The second officer stands for it: everything that named the lost row names the kept one. Never undone; the record keeps both ids."""
    with act("groups.confirm_merger", on=merger, by=by) as merger:
        merger.decide(by)
        groups = {group.pk: group for person in (merger.kept, merger.lost) for group in groups_of(person)}
        account = Account.objects.filter(person=merger.lost).first()
        if account and not Account.objects.filter(person=merger.kept).exists():
            with act("groups.hand_over_account", on=account, by=by) as account:
                account.person = merger.kept
        elif account:
            with act("groups.close_account", on=account, by=by) as account:
                account.shut("digabung")
        with act("groups.merge_person", on=merger.lost, by=by) as lost:
            lost.merged_into = merger.kept
        _move(merger)
        merger.kept.absorb(merger.lost)
        for group in groups.values():
            told(group)
        enqueue("newsroom.tell_pages", person=merger.kept_id)
    return merger


def _move(merger: Merger) -> None:
    """Move everything, roles first. Raises NotNow where the two stood for each other as two people."""
    try:
        with transaction.atomic():
            settle_roles(merger, _("Tercatat dua kali, digabung"))
            merger.move()
    except IntegrityError as broken:
        raise NotNow(
            _(
                "Keduanya pernah bertindak sebagai dua orang yang berbeda: yang satu memeriksa atau menguatkan pekerjaan yang lain. "
                "Kalau memang satu orang, aturan dua orang itu terlanggar; luruskan dahulu, baru digabung."
            )
        ) from broken


def refuse_merger(merger: Merger, *, by: Person) -> Merger:
    """They are two people; nothing changes."""
    with act("groups.refuse_merger", on=merger, by=by) as merger:
        merger.decide(by)
    return merger
