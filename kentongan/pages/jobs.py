"""What the clock does for the page store."""

from django.db import transaction

from kentongan.core.jobs import job

from .models import Change, Moment
from .store import changed


@job
def forget_changes() -> None:
    """Delete the rows every web node has followed."""
    Change.objects.all().outlived().delete()


@job
def moments_passed() -> None:
    """Tell the store of every site where something has just ceased to be true."""
    with transaction.atomic():
        passed = list(Moment.objects.all().passed().select_for_update(skip_locked=True))
        Moment.objects.filter(pk__in=[moment.pk for moment in passed]).delete()
        changed(*dict.fromkeys(moment.site for moment in passed))
