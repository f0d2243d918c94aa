"""What the desk's pages of this room share: who is here, which story, in which group, and the way back after a verb."""

from typing import Any

from django.db.models import Exists, OuterRef, Subquery
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kentongan.accounts.models import Person
from kentongan.core import permissions, workflow
from kentongan.core.errors import NotAllowed
from kentongan.core.models import Step
from kentongan.discussions.models import Topic
from kentongan.groups.models import Group, Membership, Post, posts_of
from kentongan.newsroom.models import Hold, Story, Tip

form_page = require_http_methods(["GET", "HEAD", "POST"])
"""A page with a form: shown by GET, sent by POST."""


def person_of(request: HttpRequest) -> Person:
    """Who is signed in; `signed_in` has made sure."""
    person: Person = request.person  # type: ignore[attr-defined]
    return person


def post_of(request: HttpRequest) -> Post | None:
    """The post in use: what this person works as right now."""
    return next(iter(posts_of(person_of(request))), None)


def group_of(request: HttpRequest, *, reads: bool = False) -> Group:
    """The group of the post in which this person writes (or only `reads`, as a pembina may). Raises NotAllowed when there is none."""
    posts = (post for post in posts_of(person_of(request)) if isinstance(post, Membership))
    post = next((post for post in posts if reads or post.role != Membership.Role.PEMBINA), None)
    if post is None:
        raise NotAllowed(_("Menulis kabar hanya untuk anggota KIM. Anda bisa mengirim bahan lewat halaman KIM desa Anda."))
    return post.group


def story_for(request: HttpRequest, pk: int) -> Story:
    """The story with everybody its page names, the topic where it is talked over, the tip it came from and whether it was ever put before
    a second person, when this person may see it.

    Raises Http404.
    """
    tip = _tips()
    rows = Story.objects.visible_to(person_of(request)).whole()
    rows = rows.annotate(
        topic_id=Subquery(_topics().values("pk")[:1]),
        tip_id=Subquery(tip.values("pk")[:1]),
        tip_received_at=Subquery(tip.values("received_at")[:1]),
        was_held=Exists(Hold.objects.filter(story=OuterRef("pk"))),
    )
    return get_object_or_404(rows, pk=pk)


def tip_for(request: HttpRequest, pk: int) -> Tip:
    """The tip, when this person may see it. Raises Http404."""
    rows = Tip.objects.visible_to(person_of(request)).select_related("group__region", "brought_by")
    return get_object_or_404(rows, pk=pk)


def ask_right(request: HttpRequest, action: str, thing: Any) -> None:
    """May this person at all? Asked before anything typed is looked at, so that a wrong form shows nobody a page that is not theirs."""
    permissions.capacity(person_of(request), action, thing)


def ask(request: HttpRequest, action: str, thing: Any) -> None:
    """Ask both tables before a form is shown, as the action will when it is sent. Raises NotAllowed, NotNow."""
    ask_right(request, action, thing)
    workflow.check(action, thing)


def seen(request: HttpRequest, thing: Any) -> Any:
    """The thing as it was when the page was made, where the form says so."""
    version = request.POST.get("version", "")
    return thing.seen(version) if version.isdecimal() and len(version) < 10 else thing


def done(page: str, number: int, action: str) -> HttpResponseRedirect:
    """Back to the thing's page, which says what was done."""
    return HttpResponseRedirect(f"{reverse(page, args=[number])}?selesai={action}")


def _topics() -> Any:
    from django.contrib.contenttypes.models import ContentType

    about = Topic.objects.filter(about_type=ContentType.objects.get_for_model(Story), about_id=OuterRef("pk"))
    return about.exclude(state=Topic.State.MERGED).order_by("id")


def _tips() -> Any:
    from django.contrib.contenttypes.models import ContentType

    kinds = {"origin_type": ContentType.objects.get_for_model(Tip), "result_type": ContentType.objects.get_for_model(Story)}
    steps = Step.objects.filter(**kinds, result_id=OuterRef(OuterRef("pk")))
    return Tip.objects.filter(pk__in=steps.values("origin_id")).order_by("pk")
