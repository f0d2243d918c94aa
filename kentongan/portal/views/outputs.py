"""What a story and a group's week become outside the screen: poster, picture to share, notice-board text, radio script, bulletin.

Each stands under the story's address and follows it: moved with its title, gone with its reason.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kentongan.documents import framing, typeset
from kentongan.newsroom.models import Story
from kentongan.pages.store import stored
from kentongan.portal.reading import bulletin, printed, spoken
from kentongan.portal.reading.trust import StoryPage
from kentongan.portal.views.groups import crumbs_of, group_of
from kentongan.portal.views.stories import absent, story_of
from kentongan.ui.speaking import WORDS_A_MINUTE

PageView = Callable[[HttpRequest, StoryPage], HttpResponse]
SHARE_WIDTH = 1200


def under_story(name: str) -> Callable[[PageView], Any]:
    """Hand the view the page of its story; what is no longer public answers as the story does, an old title leads to the present one."""

    def decorate(view: PageView) -> Any:
        @wraps(view)
        def wrapped(request: HttpRequest, slug: str, number: int, title: str) -> HttpResponse:
            story = story_of(number)
            if (answer := absent(request, story)) is not None:
                return answer
            address = f"{story.get_absolute_url()}{name}"
            if request.path != address:
                return redirect(address, permanent=True)
            try:
                return view(request, StoryPage(story))
            except typeset.NotTypeset as broken:
                return not_made(request, story.group, str(broken))

        return require_safe(stored(wrapped))

    return decorate


@under_story("poster.pdf")
def poster(request: HttpRequest, page: StoryPage) -> HttpResponse:
    """The A4 poster for a notice board."""
    return HttpResponse(typeset.pdf("poster", *printed.poster(page)), content_type="application/pdf")


@under_story("bagikan.png")
def share_image(request: HttpRequest, page: StoryPage) -> HttpResponse:
    """The picture that stands for the story where it is passed on (Open Graph, 1200 × 630)."""
    words, photo = printed.share_image(page)
    drawing = typeset.png("share", words, width=SHARE_WIDTH)
    return HttpResponse(framing.framed(drawing, photo, printed.SHARE_PHOTO), content_type="image/png")


@under_story("papan/")
def board(request: HttpRequest, page: StoryPage) -> HttpResponse:
    """The words for a notice board: to print as they stand, or to copy."""
    context = {"story": page.story, "crumbs": crumbs_under(page.story, _("Teks papan")), "sheet": printed.board(page)}
    return render(request, "portal/board.html", context)


@under_story("radio/")
def radio(request: HttpRequest, page: StoryPage) -> HttpResponse:
    """The script for a radio or a loudspeaker."""
    context = {"story": page.story, "crumbs": crumbs_under(page.story, _("Naskah radio")), "script": spoken.script(page)}
    return render(request, "portal/radio.html", context | {"pace": WORDS_A_MINUTE})


def crumbs_under(story: Story, name: str) -> list[tuple[str, str]]:
    """The way to a page that hangs below a story."""
    stories = (_("Kabar"), reverse("portal:group_stories", args=[story.group.slug]))
    return crumbs_of(story.group, stories, (story.title, story.get_absolute_url()), (name, ""))


def not_made(request: HttpRequest, group: Any, sentence: str) -> HttpResponse:
    """A file that could not be set: a sentence and the way on. Never stored."""
    context = {"title": _("Berkas ini belum jadi"), "sentence": sentence, "group": group}
    return render(request, "portal/gone.html", context, status=500)


@require_safe
@stored
def bulletins(request: HttpRequest, slug: str) -> HttpResponse:
    """The weeks in which a group published, each with its bulletin."""
    group = group_of(slug)
    page = bulletin.weeks(group, request.GET.get("sebelum", ""))
    context = {"group": group, "page": page, "first": reverse("portal:bulletins", args=[slug]), "continued": "sebelum" in request.GET}
    return render(request, "portal/bulletins.html", context | {"crumbs": crumbs_of(group, (_("Buletin"), ""))})


@require_safe
@stored
def week(request: HttpRequest, slug: str, week: str) -> HttpResponse:
    """The bulletin of one week: two A4 pages."""
    group = group_of(slug)
    try:
        made = typeset.pdf("bulletin", *bulletin.bulletin(bulletin.week_named(group, week)))
    except typeset.NotTypeset as broken:
        return not_made(request, group, str(broken))
    return HttpResponse(made, content_type="application/pdf")
