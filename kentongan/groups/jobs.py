"""What the clock does for groups. Safe to run twice, also after a worker was killed half-way."""

import logging
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from kentongan.core.jobs import enqueue, job
from kentongan.groups import actions
from kentongan.groups.models import Group, Standing, Tally, reckon_all, reckon_due, recount
from kentongan.groups.settings import WARNED_DAYS
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
