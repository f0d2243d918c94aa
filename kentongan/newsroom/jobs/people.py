"""When somebody's name changes on public pages, or is forgotten at their wish. Safe to run twice."""

from django.db import transaction
from django.utils import timezone

from kentongan.accounts.models import Erasure, Person
from kentongan.core.jobs import enqueue, job
from kentongan.groups.actions import privacy
from kentongan.newsroom.actions import people
from kentongan.newsroom.models.names import sites_naming
from kentongan.pages import store


@job
def tell_pages(person: int) -> None:
    """The pages that name this person are to be rendered anew, and nothing older shown."""
    store.taken_down(*sites_naming(Person.objects.get(pk=person)))


@job
def forget_due() -> None:
    """Everybody who asked to be forgotten and whose waiting time is over; one job each, so that one that fails holds up nobody."""
    due = Erasure.objects.filter(state=Erasure.State.ASKED, due_on__lte=timezone.localdate())
    for number in due.order_by("id").values_list("pk", flat=True):
        enqueue("newsroom.forget", erasure=number)


@job
def forget(erasure: int) -> None:
    """One of them, in one transaction. Taken back or done meanwhile: nothing."""
    with transaction.atomic():
        wish = Erasure.objects.select_related("person").select_for_update(of=("self",)).get(pk=erasure)
        if wish.state == Erasure.State.ASKED and wish.is_due:
            people.forget_words(wish)
            privacy.erase(Erasure.objects.get(pk=erasure))
