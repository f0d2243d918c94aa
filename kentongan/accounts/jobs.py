"""Background work of this room."""

from kentongan.accounts.models import Attempt, Session
from kentongan.core.jobs import job


@job
def sweep() -> None:
    """Drop tries older than a day and sessions that are over: nobody needs to know about them any more."""
    Attempt.sweep()
    Session.sweep()
