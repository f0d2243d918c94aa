"""How an action tells the page store: rows in its own transaction, so that what is rolled back was never told."""

from datetime import datetime

from django.db import connection, transaction

from kentongan.pages.models import Change, Moment

from .addresses import is_site

CHANNEL = "kentongan_pages"


def changed(*sites: str) -> None:
    """Every page of these sites may read differently once this transaction commits. Raises ValueError for what is no site."""
    _tell(sites, hard=False)


def taken_down(*sites: str) -> None:
    """As `changed`, and nothing older may be shown again, not even while the database is down. Raises ValueError for what is no site."""
    _tell(sites, hard=True)


def changes_at(at: datetime, *sites: str) -> None:
    """A page of these sites says something that is true only until `at`. Naming a moment twice does no harm."""
    _known(sites)
    Moment.objects.bulk_create([Moment(site=site, at=at) for site in sites], ignore_conflicts=True)


def _tell(sites: tuple[str, ...], *, hard: bool) -> None:
    _known(sites)
    if not sites:
        return
    with transaction.atomic():
        Change.objects.bulk_create([Change(site=site, hard=hard) for site in dict.fromkeys(sites)])
        with connection.cursor() as cursor:
            cursor.execute("select pg_notify(%s, '')", [CHANNEL])


def _known(sites: tuple[str, ...]) -> None:
    for site in sites:
        if not is_site(site):
            raise ValueError(f"{site!r} is no public site")
