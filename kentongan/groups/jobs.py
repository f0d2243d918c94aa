"""What the clock does for groups. Safe to run twice, also after a worker was killed half-way."""

import logging
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from kentongan.core.jobs import enqueue, job
from kentongan.core.settings import registered
from kentongan.groups import actions
from kentongan.groups.models import (
    Appointment,
    Decree,
    Group,
    Reminder,
    Standing,
    Tally,
    appointments_ending,
    boards_ending,
    decrees_ending,
    reckon_all,
    reckon_due,
    recount,
    stage_reached,
    with_rules,
)
from kentongan.groups.settings import REMIND_MOST, WARNED_DAYS
from kentongan.pages import store
from kentongan.regions.models import Region

BATCH = 200
RECKONED = 500
"""Groups reckoned in one transaction."""

logger = logging.getLogger(__name__)


@job
def look_who_sleeps(after: int = 0) -> None:
    """Warn the boards of groups where nothing happens, close the forms of those that were warned long ago; BATCH groups, then the next."""
    groups = Group.objects.all().quiet(after, BATCH)
    for group in groups:
        _look(group)
    if len(groups) == BATCH:
        enqueue("groups.look_who_sleeps", after=groups[-1].pk)


def _look(group: Any) -> None:
    now, alive = timezone.now(), group.sign_of_life(group.signed_in)
    quiet_days = (now - alive).days if alive else 0
    warned = group.sleep_warned_at
    if warned and (quiet_days < group.rules["asleep_days"] - WARNED_DAYS or (alive and alive > warned)):
        actions.stir(group)
    elif warned and now - warned >= timedelta(days=WARNED_DAYS):
        actions.fall_asleep(group)
    elif not warned and quiet_days >= group.rules["asleep_days"] - WARNED_DAYS:
        actions.warn_of_sleep(group)


@job
def look_what_ends(after: int = 0) -> None:
    """Mark the reminders of decrees and boards whose end came a stage nearer: BATCH groups by id, then the next; appointments at last."""
    until = timezone.localdate() + timedelta(days=REMIND_MOST + 1)
    ending = decrees_ending(until).filter(ends__gte=timezone.localdate() - timedelta(days=1))
    boards = boards_ending(until).filter(board_ends__gte=timezone.localdate() - timedelta(days=1))
    due = Group.objects.filter(Q(pk__in=ending.values("group")) | Q(pk__in=boards.values("pk")), pk__gt=after)
    groups = with_rules(due.select_related("region").order_by("pk")[:BATCH])
    board_of = {group.pk: group.board_ends for group in boards.filter(pk__in=[group.pk for group in groups])}  # type: ignore[attr-defined]
    decree_of = {row.group_id: row for row in ending.filter(group__in=groups)}
    for group in groups:
        _remind_group(group, decree_of.get(group.pk), board_of.get(group.pk))
    if len(groups) == BATCH:
        enqueue("groups.look_what_ends", after=groups[-1].pk)
    else:
        _remind_offices()


def _remind_group(group: Group, decree: Decree | None, board_ends: date | None) -> None:
    """By the days of the group's own region, on the day it is there."""
    stages = [int(day) for day in group.rules["reminder_days"]]
    if decree:
        _mark(decree, decree.ends, group.today, stages)
    if board_ends:
        _mark(group, board_ends, group.today, stages)


def _remind_offices() -> None:
    """Appointments, by the days of the office's region."""
    today = timezone.localdate()
    rows = appointments_ending(today + timedelta(days=REMIND_MOST + 1), today).select_related("office__region")
    for row in rows:
        region = row.office.region
        stages = region.setting("groups.reminder_days") if region else registered()["groups.reminder_days"].default
        assert row.ends is not None  # it ends by `until`
        _mark(row, row.ends, timezone.localdate(timezone=region.tz) if region else today, [int(day) for day in stages])


def _mark(thing: Decree | Group | Appointment, ends: date, today: date, stages: list[int]) -> None:
    """Once a stage: nothing where it was marked already."""
    stage = stage_reached(ends, today, stages)
    name = "board" if isinstance(thing, Group) else type(thing).__name__.lower()
    if stage is not None and not Reminder.objects.filter(**{name: thing}, ends=ends, stage__lte=stage).exists():
        actions.remind(thing, ends=ends, stage=stage)


@job
def reckon_lapsed() -> None:
    """Reckon the groups of which something ceased to be true by time alone, RECKONED of them, then the next."""
    with transaction.atomic():
        rows = reckon_due(RECKONED)
        _shown(rows)
    if len(rows) == RECKONED:
        enqueue("groups.reckon_lapsed")


@job
def reckon_region(code: str, after: int = 0) -> None:
    """A rule changed here (no code: in the nation): reckon the groups it reaches, RECKONED at a time by id."""
    region = Region.objects.filter(code=code).first() if code else None
    groups = list(Group.objects.within(region).filter(pk__gt=after).select_related("region").order_by("pk")[:RECKONED])
    with transaction.atomic():
        _shown(reckon_all(groups))
    if len(groups) == RECKONED:
        enqueue("groups.reckon_region", code=code, after=groups[-1].pk)


@job
def fold_tallies() -> None:
    """Make one row again of the rows of each count."""
    if Tally.fold():
        enqueue("groups.fold_tallies")


@job
def recount_standings() -> None:
    """Count everything again: report and put right."""
    for difference in recount().differences:
        logger.warning("recount: %s", difference)


def _shown(rows: list[Standing]) -> None:
    """The pages of the places these groups lie in show their counts."""
    store.changed(*sorted({site for row in rows for site in row.region_sites()}))
