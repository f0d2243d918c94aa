"""Saying yes to being a member, and to what members of every group keep to."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kentongan.accounts.guards import signed_in
from kentongan.accounts.models import Person
from kentongan.core.actions import may
from kentongan.core.errors import NotThere
from kentongan.groups import actions
from kentongan.groups.models import Group, Membership, posts_of
from kentongan.groups.settings import CONDUCT_VERSION
from kentongan.groups.views.page import ask, done, group_or_404, person_of
from kentongan.groups.views.people import member_or_404

LATER = "conduct_later"
"""The mark in a session that this version was read and not agreed to: the desk asks again at the next sign-in."""


def owing(person: Person) -> Membership | None:
    """The first membership this person has not said yes to, or whose conduct reads differently now."""
    return next((post for post in posts_of(person) if isinstance(post, Membership) and not post.agreed), None)


def own_or_404(request: HttpRequest, pk: int) -> Membership:
    """This person's own membership in the group. Raises NotThere when there is none."""
    posts = (post for post in posts_of(person_of(request)) if isinstance(post, Membership) and post.group_id == pk)
    own = next(posts, None)
    if own is None:
        raise NotThere(_("Kesepakatan ini untuk anggota KIM itu."))
    return own


@require_safe
@signed_in
def conduct(request: HttpRequest, pk: int) -> HttpResponse:
    """What members keep to, with one button."""
    return page(request, own_or_404(request, pk))


def page(request: HttpRequest, own: Membership, *, refused: bool = False) -> HttpResponse:
    """The text, the region's additions, and what follows from yes and no."""
    group: Group = own.group
    context: dict[str, Any] = {
        "group": group,
        "own": own,
        "refused": refused,
        "may_agree": may(person_of(request), "groups.agree", own),
        "edition": CONDUCT_VERSION,
        "added": group.region.setting_origin("groups.conduct_lines"),
        "crumbs": [(_("KIM"), reverse("groups:mine")), (group.name, reverse("groups:group", args=[group.pk])), (_("Kesepakatan"), "")],
    }
    return render(request, "groups/conduct.html", context)


@require_POST
@signed_in
def agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """Say yes. Pressed twice it is one yes."""
    own = own_or_404(request, pk)
    actions.agree(own.group, by=person_of(request))
    return redirect(f"{reverse('desk:home')}?selesai=groups.agree")


@require_POST
@signed_in
def disagreement(request: HttpRequest, pk: int) -> HttpResponse:
    """Not now: nothing ends and nothing is written down. The page says what then."""
    own = own_or_404(request, pk)
    request.session[LATER] = CONDUCT_VERSION
    return page(request, own, refused=True)


@require_POST
@signed_in
def member_agreement(request: HttpRequest, pk: int, member: int) -> HttpResponse:
    """Write down, beside somebody without an account, that they said yes."""
    group_or_404(request, pk)
    row = member_or_404(request, pk, member)
    ask(person_of(request), "groups.agree_with_help", row)
    actions.agree_with_help(row, by=person_of(request))
    return done(reverse("groups:member", args=[pk, member]), "groups.agree_with_help")
