"""Background work: a job is a row in the same transaction as what asked for it.

Stands on procrastinate; rooms see only `job` and `enqueue`.
"""

import re
from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from inspect import iscoroutinefunction
from typing import Any, TypeVar

from django.apps import apps
from django.db import connection
from django.utils import timezone
from procrastinate import App, RetryStrategy

from kentongan.core.models import Receipt

Work = TypeVar("Work", bound=Callable[..., Any])

RETRY = RetryStrategy(max_attempts=5, exponential_wait=4)

_jobs: dict[str, Callable[..., Any]] = {}


def job(work: Work) -> Work:
    """Register a function of a room's `jobs` module under "room.name". It takes ids, calls actions, and is safe to run twice."""
    match = re.search(r"(\w+)\.jobs\b", work.__module__)
    if match is None:
        raise ValueError(f"{work.__module__} is not the jobs module of a room")
    _jobs[f"{match[1]}.{work.__name__}"] = work
    return work


def registered() -> dict[str, Callable[..., Any]]:
    """Every job by name."""
    return _jobs


def enqueue(name: str, *, at: datetime | None = None, **ids: Any) -> None:
    """Ask for `name` to be run once this transaction is committed, not before `at`. Raises KeyError for an unknown name."""
    from procrastinate.contrib.django import app

    if name not in _jobs:
        raise KeyError(f"no job named {name}")
    app.configure_task(name, schedule_at=at).defer(**ids)


def on_app_ready(app: App) -> None:
    """Hand the rooms' jobs and schedules to procrastinate. Named in settings as PROCRASTINATE_ON_APP_READY."""
    discover()
    for name, work in _jobs.items():
        app.task(name=name, retry=RETRY)(work)
    for cron, name in schedule():
        app.periodic(cron=cron, periodic_id=name)(app.task(name=f"clock.{name}")(_on_the_clock(name)))


def discover() -> None:
    """Import every room's `jobs` module."""
    for room in apps.get_app_configs():
        if room.name.startswith("kentongan."):
            optional(f"{room.name}.jobs")


def schedule() -> list[tuple[str, str]]:
    """What repeats: (cron line, job name) from every room's `schedule.SCHEDULE`."""
    rooms = [room.name for room in apps.get_app_configs() if room.name.startswith("kentongan.")]
    modules = [optional(f"{name}.schedule") for name in rooms]
    return [line for module in modules if module for line in module.SCHEDULE]


def run_pending(until: datetime | None = None) -> int:
    """Run what is due in this process and connection, for tests and for loading the demo. Returns how many jobs ran."""
    discover()
    ran = 0
    while row := _next_due(until or timezone.now()):
        number, name, arguments = row
        _jobs[name](**arguments)
        with connection.cursor() as cursor:
            cursor.execute("delete from procrastinate_jobs where id = %s", [number])
        ran += 1
    return ran


def _next_due(until: datetime) -> tuple[int, str, dict[str, Any]] | None:
    from procrastinate.contrib.django.models import ProcrastinateJob

    due = ProcrastinateJob.objects.filter(status="todo", task_name__in=_jobs).exclude(scheduled_at__gt=until).order_by("id").first()
    return (due.pk, due.task_name, due.args) if due else None


def _on_the_clock(name: str) -> Callable[[int], Any]:
    work = _jobs[name]

    def run(timestamp: int) -> None:
        work()

    async def wait(timestamp: int) -> None:
        await work()

    return wait if iscoroutinefunction(work) else run


def optional(module: str) -> Any:
    """The module, or None when there is no such file."""
    try:
        return import_module(module)
    except ModuleNotFoundError as missing:
        if missing.name != module:
            raise
        return None


@job
async def return_stalled() -> None:
    """Put back what a killed worker left half done; jobs are safe to run twice."""
    from procrastinate.contrib.django import app

    manager = app.job_manager
    for stalled in await manager.get_stalled_jobs():
        await manager.retry_job(stalled)


@job
def sweep_receipts() -> None:
    """Forget forms that were sent so long ago that nobody sends them again."""
    Receipt.sweep()
