"""What the clock does with figures."""

from django.utils import timezone

from kentongan.core.jobs import job
from kentongan.measurement.models import Snapshot


@job
def take_snapshots() -> None:
    """Keep what is counted today; again on the same day it replaces what was kept."""
    Snapshot.take(timezone.localdate())
