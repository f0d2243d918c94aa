"""What the clock does for groups. Safe to run twice, also after a worker was killed half-way."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from kentongan.core.jobs import enqueue, job
from kentongan.groups import actions
from kentongan.groups.models import Group
from kentongan.groups.settings import WARNED_DAYS

BATCH = 200


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
