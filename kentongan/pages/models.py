"""What the page store must be told: which public sites changed, and when a page will have ceased to be true."""

from datetime import timedelta
from typing import Self

from django.db import models
from django.db.models.functions import Cast, Now

ROWS_KEPT = timedelta(hours=1)
"""How long a web node may be away and still catch up from the rows alone; after that it starts a new root."""

_TRANSACTION = models.Func(function="pg_current_xact_id", output_field=models.TextField())


class Changes(models.QuerySet["Change"]):
    """Rows of `Change`."""

    def outlived(self) -> Self:
        """What every node has followed or has been away too long for. Ten minutes more than the promise, for a slow transaction."""
        return self.filter(at__lt=Now() - ROWS_KEPT - timedelta(minutes=10))


class Change(models.Model):
    """One public site changed in the transaction `within`. Inserted by the action that changed it, followed by every web node."""

    site = models.CharField(max_length=140)
    hard = models.BooleanField(default=False)
    """A take-down: kept copies go as well."""
    at = models.DateTimeField(db_default=Now())
    within = models.BigIntegerField(db_default=Cast(Cast(_TRANSACTION, models.TextField()), models.BigIntegerField()))
    """The transaction's number: ids come out of order when transactions overlap, a snapshot's lower bound does not."""

    objects = Changes.as_manager()

    class Meta:
        indexes = [models.Index(fields=["within"], name="change_within"), models.Index(fields=["at"], name="change_at")]

    def __str__(self) -> str:
        return f"{self.site}{' (hard)' if self.hard else ''}"


class Moments(models.QuerySet["Moment"]):
    """Rows of `Moment`."""

    def passed(self) -> Self:
        """Whose time has come."""
        return self.filter(at__lte=Now())


class Moment(models.Model):
    """A page of `site` says something that ceases to be true at `at`; the clock then tells the store."""

    site = models.CharField(max_length=140)
    at = models.DateTimeField()

    objects = Moments.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["at", "site"], name="one_moment_per_site")]

    def __str__(self) -> str:
        return f"{self.site} {self.at:%Y-%m-%d %H:%M}"
