"""The desk begins with what waits for me."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from kentongan.accounts.guards import signed_in
from kentongan.groups.models import Membership, posts_of
from kentongan.groups.settings import CONDUCT_VERSION
from kentongan.groups.views.conduct import LATER, owing


@require_safe
@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """What waits for me: what this person can move on, oldest promise first; below it what others owe."""
    if (owed := owing(request.person)) and request.session.get(LATER) != CONDUCT_VERSION:  # type: ignore[attr-defined]
        said = urlencode({"selesai": request.GET.get("selesai", "")[:60]})
        return redirect(f"{reverse('groups:conduct', args=[owed.group_id])}?{said}")
    post = next(iter(posts_of(request.person)), None)  # type: ignore[attr-defined]
    writes = isinstance(post, Membership) and post.role != Membership.Role.PEMBINA
    told = request.person.account.notices()  # type: ignore[attr-defined]
    return render(request, "desk/home.html", {"writes": writes, "notices": told})


@require_POST
@signed_in
def switch(request: HttpRequest) -> HttpResponse:
    """Act in another post from now on. The choice lies in the session; it gives no right that the posts do not give."""
    chosen = request.POST.get("post", "")
    if any(post.key == chosen for post in posts_of(request.person)):  # type: ignore[attr-defined]
        request.session["post"] = chosen
    return redirect("desk:home")
