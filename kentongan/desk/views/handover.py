"""Hand-over of an office or of a board: one page with everything open, the same on paper, and two buttons: I give, I take."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kentongan.accounts.guards import signed_in
from kentongan.accounts.models import Person
from kentongan.core.actions import may
from kentongan.core.errors import NotNow, Stale
from kentongan.desk.reading.handover import Heap, further_of, heaps_of, paper
from kentongan.documents import typeset
from kentongan.groups import actions, forms
from kentongan.groups.models import Handover, Membership, Post
from kentongan.groups.permissions import on_board
from kentongan.groups.views.office import post_of
from kentongan.groups.views.page import INVALID, ask, done, inside_crumbs, inside_or_404, person_of, seen


def office_post(request: HttpRequest) -> Post:
    """The appointment in use. Raises NotAllowed for who serves in no office."""
    post = post_of(request)
    ask(person_of(request), "groups.hand_over", Handover(office=post.office if post else None))
    assert post is not None  # who has none was refused
    return post


def board_post(request: HttpRequest, pk: int) -> Post:
    """The membership on the board of this group. Raises NotThere, and NotAllowed for who is not on it."""
    group = inside_or_404(request, pk)
    handover = Handover(group=group)
    ask(person_of(request), "groups.hand_over", handover)
    post = on_board(person_of(request), handover)
    assert post is not None  # who is not on it was refused
    post.group = group
    return post


def body_of(post: Post) -> dict[str, Any]:
    """The office or the group of a post."""
    return {"group": post.group} if isinstance(post, Membership) else {"office": post.office}


def base_of(post: Post) -> str:
    """The address of its page."""
    return reverse("desk:board_handover", args=[post.group_id]) if isinstance(post, Membership) else reverse("desk:office_handover")


def given_in(post: Post) -> Handover | None:
    """The hand-over that waits to be taken."""
    return Handover.objects.filter(**body_of(post), state=Handover.State.GIVEN).select_related("giver", "group__region", "office").first()


def last_in(post: Post) -> Handover | None:
    """The hand-over that was taken last."""
    return Handover.objects.filter(**body_of(post), state=Handover.State.TAKEN).select_related("giver", "taker").order_by("-id").first()


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def office(request: HttpRequest) -> HttpResponse:
    """Of an office."""
    return handed(request, office_post(request))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def board(request: HttpRequest, pk: int) -> HttpResponse:
    """Of the board of a group."""
    return handed(request, board_post(request, pk))


def handed(request: HttpRequest, post: Post) -> HttpResponse:
    """Look at it, or hand it over."""
    if request.method != "POST":
        return page(request, post)
    form = forms.HandoverForm(request.POST)
    if not form.is_valid():
        return page(request, post, form, INVALID)
    body = post.group if isinstance(post, Membership) else post.office
    try:
        actions.hand_over(body, counts=counts_of(heaps_of(post, person_of(request))), **form.cleaned_data, by=person_of(request))
    except NotNow as refused:
        form.add_error(None, refused.sentence)
        return page(request, post, form, refused.status)
    return done(base_of(post), "groups.hand_over")


def counts_of(heaps: list[Heap]) -> dict[str, int]:
    """How many things of each kind are open."""
    return {heap.kind: heap.n for heap in heaps if heap.n}


def page(request: HttpRequest, post: Post, form: forms.HandoverForm | None = None, status: int = 200) -> HttpResponse:
    """Everything open, who handed over, what may be done; `form` was refused."""
    person, given = person_of(request), given_in(post)
    heaps = heaps_of(post, person)
    left = given or Handover.found(post)
    context: dict[str, Any] = {
        "post": post,
        "body": post.group if isinstance(post, Membership) else post.office,
        "base": base_of(post),
        "heaps": [heap for heap in heaps if heap.n],
        "empty": [heap.heading for heap in heaps if not heap.n],
        "total": sum(heap.n for heap in heaps),
        "further": further_of(post),
        "given": given,
        "left": left if may(person, "groups.take_over", left) else None,
        "form": form or forms.HandoverForm(),
        "last": Handover.objects.filter(**body_of(post), state=Handover.State.TAKEN)
        .select_related("giver", "taker")
        .order_by("-id")
        .first(),
        "crumbs": crumbs_of(post),
    }
    return render(request, "desk/handover.html", context, status=status)


def crumbs_of(post: Post) -> list[tuple[Any, str]]:
    """The way here."""
    here = (_("Serah terima"), "")
    return inside_crumbs(post.group, here) if isinstance(post, Membership) else [(_("Wilayah"), reverse("groups:office")), here]


@require_POST
@signed_in
def office_taken(request: HttpRequest) -> HttpResponse:
    """Take over an office."""
    return taken(request, office_post(request))


@require_POST
@signed_in
def board_taken(request: HttpRequest, pk: int) -> HttpResponse:
    """Take over the board of a group."""
    return taken(request, board_post(request, pk))


def taken(request: HttpRequest, post: Post) -> HttpResponse:
    """Say that one has seen what is open."""
    person, given = person_of(request), given_in(post)
    left = seen(request, given) if given else Handover.found(post)
    try:
        actions.take_over(left, counts=counts_of(heaps_of(post, person)), by=person)
    except Stale as stale:  # nothing to compare: it was taken a moment ago
        raise NotNow(_("Serah terima ini baru saja diterima orang lain.")) from stale
    return done(base_of(post), "groups.take_over")


@require_safe
@signed_in
@never_cache
def office_paper(request: HttpRequest) -> HttpResponse:
    """Of an office, to sign."""
    return printed(request, office_post(request))


@require_safe
@signed_in
@never_cache
def board_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Of a board, to sign."""
    return printed(request, board_post(request, pk))


def printed(request: HttpRequest, post: Post) -> HttpResponse:
    """The same as a PDF."""
    person, given = person_of(request), given_in(post)
    address = request.build_absolute_uri(base_of(post)).split("://", 1)[1]
    data = paper(post, heaps_of(post, person), further_of(post), given=given, giver=giver_of(post, person, given), address=address)
    try:
        made = typeset.pdf("handover", data)
    except typeset.NotTypeset as broken:
        raise NotNow(str(broken)) from broken
    return HttpResponse(made, content_type="application/pdf", headers={"Content-Disposition": 'inline; filename="serah-terima.pdf"'})


def giver_of(post: Post, person: Person, given: Handover | None) -> str:
    """Who hands over: who did, else who was there before a newcomer, else who looks."""
    if given and given.giver:
        return given.giver.name
    return Handover.found(post).given_as or person.name
