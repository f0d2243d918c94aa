"""By the clock: an end comes nearer. The stage is marked once, so that what delivers reminders sends it once."""

from datetime import date

from kentongan.core.actions import act
from kentongan.core.actors import CLOCK
from kentongan.groups.models import Appointment, Decree, Group, Reminder


def remind(thing: Decree | Group | Appointment, *, ends: date, stage: int) -> Reminder:
    """Mark that a decree, the board of a group, or an appointment has come so near to its end. A new end begins anew."""
    name = {Decree: "decree", Group: "board", Appointment: "appointment"}[type(thing)]
    reminder = Reminder.objects.filter(**{name: thing}).first() or Reminder(**{name: thing}, ends=ends, stage=stage)
    with act("groups.remind", on=reminder, by=CLOCK) as reminder:
        reminder.ends, reminder.stage = ends, stage
    return reminder
