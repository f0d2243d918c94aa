"""What was found is put before people: alarms by the clock, holds as part of other verbs (`inner.screen`). People lift both."""

from typing import Any

from django.utils import timezone

from kentongan.accounts.models import Person
from kentongan.core.actions import act
from kentongan.core.actors import CLOCK
from kentongan.groups.models import Group
from kentongan.newsroom.models import Alarm, Hold, Story, fit
from kentongan.newsroom.suspicion import Finding
from kentongan.pages import store


def release_hold(hold: Hold, *, note: str, by: Person) -> Hold:
    """Say what was looked at, and let these words out. By a checker or editor who wrote none of them."""
    return _decide("newsroom.release_hold", hold, note, by)


def uphold_hold(hold: Hold, *, note: str, by: Person) -> Hold:
    """Say that these words must change first, and why."""
    return _decide("newsroom.uphold_hold", hold, note, by)


def _decide(action: str, hold: Hold, note: str, by: Person) -> Hold:
    with act(action, on=hold, by=by) as hold:
        hold.note, hold.decided_by, hold.decided_at = note.strip(), by, timezone.now()
        fit(hold)
    return hold


def raise_alarm(group: Group, story: Story | None, cause: str, found: list[Finding]) -> Alarm | None:
    """By the clock: put something on a public page before its group and the office above. Safe to run twice.

    What was looked at and closed is not raised again; what is found besides joins the alarm that is open.
    """
    rows = Alarm.objects.filter(group=group, story=story, cause=cause)
    closed = {key for alarm in rows.filter(state=Alarm.State.CLOSED) for key in alarm.keys}
    new = [finding for finding in found if finding.key not in closed]
    alarm = rows.open().first() or Alarm(group=group, story=story, cause=cause)
    if not new or {finding.key for finding in new} <= alarm.keys:
        return None
    if alarm._state.adding:
        alarm.keep(new)
    with act("newsroom.raise_alarm", on=alarm, by=CLOCK) as alarm:
        alarm.keep(new)
        store.changed(*alarm.sites())
    return alarm


def close_alarm(alarm: Alarm, *, note: str, by: Any) -> Alarm:
    """Say what was looked at and done; its links open again."""
    with act("newsroom.close_alarm", on=alarm, by=by) as alarm:
        alarm.note, alarm.decided_by, alarm.decided_at = note.strip(), by, timezone.now()
        fit(alarm)
        store.changed(*alarm.sites())
    return alarm
