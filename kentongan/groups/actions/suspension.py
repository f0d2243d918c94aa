"""Suspending a group and lifting that again: asked by one officer, done by another; the group's appeal and the answer to it."""

from typing import Any

from django.utils import timezone

from kentongan.accounts.models import Person
from kentongan.core.actions import act
from kentongan.groups.actions.inner import told
from kentongan.groups.models import Group
from kentongan.groups.models.suspensions import Appeal, Suspension, open_appeal, suspension_of
from kentongan.media.models import Paper


def ask_suspension(group: Group, *, reason: str, appeal_to: str, by: Person) -> Group:
    """The first officer asks; nothing stops until a second one confirms."""
    with act("groups.ask_suspension", on=group, by=by) as group:
        group.suspensions.create(reason=reason, appeal_to=appeal_to, asked_by=by)
        group.note_step("ask_suspension", by, note=reason)
    return group


def refuse_suspension(group: Group, *, by: Person) -> Group:
    """Any officer of the regency takes the question back."""
    with act("groups.refuse_suspension", on=group, by=by) as group:
        _end(group, Suspension.Course.REFUSED)
        group.note_step("refuse_suspension", by)
    return group


def suspend(group: Group, *, by: Person) -> Group:
    """The second officer confirms: no new publishing. What was published stays readable, with the reason and where to appeal."""
    with act("groups.suspend", on=group, by=by) as group:
        suspension = _of(group)
        suspension.course, suspension.confirmed_by, suspension.confirmed_at = Suspension.Course.IN_FORCE, by, timezone.now()
        suspension.save(update_fields=["course", "confirmed_by", "confirmed_at"])
        group.suspended_reason, group.appeal_to = suspension.reason, suspension.appeal_to
        group.note_step("suspend", by, note=suspension.reason)
        told(group)
    return group


def ask_lifting(group: Group, *, reason: str, by: Person) -> Group:
    """The first officer asks for the end of a suspension."""
    with act("groups.ask_lifting", on=group, by=by) as group:
        _wish_lifted(group, reason, by)
        group.note_step("ask_lifting", by, note=reason)
    return group


def refuse_lifting(group: Group, *, by: Person) -> Group:
    """Any officer of the regency takes that question back: the suspension stays."""
    with act("groups.refuse_lifting", on=group, by=by) as group:
        _wish_lifted(group, "", None)
        group.note_step("refuse_lifting", by)
    return group


def lift(group: Group, *, by: Person) -> Group:
    """The second officer confirms: the group may publish again."""
    with act("groups.lift", on=group, by=by) as group:
        note = _of(group).lift_reason
        _end(group, Suspension.Course.LIFTED)
        group.suspended_reason = group.appeal_to = ""
        group.note_step("lift", by, note=note)
        told(group)
    return group


def appeal(group: Group, *, text: str, evidence: Any = None, by: Person) -> Group:
    """The board says what speaks against the suspension, with a photo or PDF beside it."""
    with act("groups.appeal", on=group, by=by) as group:
        _of(group).appeals.create(text=text, paper=Paper.receive(evidence) if evidence else None, by=by)
        told(group)
    return group


def uphold_suspension(group: Group, *, answer: str, by: Person) -> Group:
    """Answer the appeal: the suspension stays, and why."""
    with act("groups.uphold_suspension", on=group, by=by) as group:
        _answer(group, Appeal.Outcome.UPHELD, answer, by)
        told(group)
    return group


def grant_appeal(group: Group, *, answer: str, by: Person) -> Group:
    """Answer the appeal: the group is right. That is the first of the two words a lifting needs."""
    with act("groups.grant_appeal", on=group, by=by) as group:
        _answer(group, Appeal.Outcome.GRANTED, answer, by)
        _wish_lifted(group, answer, by)
        told(group)
    return group


def _of(group: Group) -> Suspension:
    suspension = suspension_of(group)
    assert suspension is not None  # the moves ask for it
    return suspension


def _end(group: Group, course: str) -> None:
    suspension = _of(group)
    suspension.course, suspension.ended_at = course, timezone.now()
    suspension.save(update_fields=["course", "ended_at"])


def _wish_lifted(group: Group, reason: str, by: Person | None) -> None:
    suspension = _of(group)
    suspension.lift_reason, suspension.lift_asked_by, suspension.lift_asked_at = reason, by, timezone.now() if by else None
    suspension.save(update_fields=["lift_reason", "lift_asked_by", "lift_asked_at"])


def _answer(group: Group, outcome: str, answer: str, by: Person) -> None:
    waiting = open_appeal(group)
    assert waiting is not None
    waiting.outcome, waiting.answer, waiting.answered_by, waiting.answered_at = outcome, answer, by, timezone.now()
    waiting.save(update_fields=["outcome", "answer", "answered_by", "answered_at"])
