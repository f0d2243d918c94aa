"""The page of one story, its versions, and what stands there when it was taken away."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kentongan.core.errors import NotThere
from kentongan.newsroom.models import Story
from kentongan.pages.store import stored
from kentongan.portal.reading import structured
from kentongan.portal.reading.addresses import feeds_at
from kentongan.portal.reading.trust import StoryPage
from kentongan.portal.reading.versions import versions_of
from kentongan.portal.views.groups import crumbs_of
from kentongan.ui import writing

ONCE_PUBLIC = (Story.State.PUBLISHED, Story.State.RETRACTED, Story.State.WITHHELD)


@require_safe
def short(request: HttpRequest, number: int) -> HttpResponse:
    """The short address that fits in a message."""
    story = story_of(number)
    return absent(request, story) or redirect(story, permanent=True)


@require_safe
@stored
def story(request: HttpRequest, slug: str, number: int, title: str) -> HttpResponse:
    """A story with everything that lets one judge it."""
    story = story_of(number)
    if (answer := absent(request, story)) is not None:
        return answer
    if request.path != story.get_absolute_url():
        return redirect(story, permanent=True)
    page = StoryPage(story)
    crumbs = crumbs_of(story.group, (_("Kabar"), reverse("portal:group_stories", args=[story.group.slug])))
    data = structured.block(structured.article(page), structured.organization(story.group), structured.breadcrumbs(crumbs))
    context = {
        "story": story,
        "page": page,
        "crumbs": crumbs,
        "canonical": page.canonical,
        "data": data,
        "feeds": feeds_at(story.group.get_absolute_url())[:1],
    }
    return render(request, "portal/story.html", context)


@require_safe
@stored
def versions(request: HttpRequest, slug: str, number: int, title: str) -> HttpResponse:
    """What changed from version to version."""
    story = story_of(number)
    if (answer := absent(request, story)) is not None:
        return answer
    page = StoryPage(story)
    if request.path != page.versions_url:
        return redirect(page.versions_url, permanent=True)
    crumbs = crumbs_of(story.group, (_("Kabar"), story.get_absolute_url()), (_("Versi"), ""))
    return render(request, "portal/versions.html", {"story": story, "versions": versions_of(story), "crumbs": crumbs})


def story_of(number: int) -> Any:
    """A story that is or was public, with its group and places; None for anything else."""
    if number >= 2**63:
        return None
    return Story.objects.filter(state__in=ONCE_PUBLIC, pk=number).whole().first()


def gone(request: HttpRequest, title: str, sentence: str, **more: Any) -> HttpResponse:
    """410: it was public, and this is why it no longer is."""
    return render(request, "portal/gone.html", {"title": title, "sentence": sentence, **more}, status=410)


def gone_with_original(request: HttpRequest, story: Any) -> HttpResponse:
    """410: what it passed on is no longer public. Not a word of it is shown; the reason is."""
    original = story.repost_of
    if original.state == Story.State.RETRACTED:
        said = _("%(group)s mencabut kabar asalnya, jadi kutipan di %(here)s juga tidak tampil lagi.")
    else:
        said = _("Kabar asalnya ditahan karena perintah hukum nomor %(order)s, jadi kutipan di %(here)s juga tidak tampil.")
    sentence = said % {"group": original.group.name, "here": story.group.name, "order": original.order_reference}
    reason = original.retraction_reason if original.state == Story.State.RETRACTED else ""
    return gone(request, _("Kabar asalnya tidak tampil lagi"), sentence, reason=reason, group=story.group)


def absent(request: HttpRequest, story: Any) -> HttpResponse | None:
    """410 with its reason for what is no longer public; None for what is there to read. Raises NotThere for what never was public."""
    if story is None or not story.group.is_public:
        raise NotThere(_("Kabar ini tidak ada, atau belum terbit."))
    if story.repost_of is not None and story.repost_of.state != Story.State.PUBLISHED:
        return gone_with_original(request, story)
    if story.state == Story.State.RETRACTED:
        date = writing.date_only(story.retracted_at, story.region) if story.retracted_at else ""
        sentence = _("%(group)s mencabut kabar ini pada %(date)s.") if date else _("%(group)s mencabut kabar ini.")
        return gone(
            request,
            _("Kabar ini dicabut"),
            sentence % {"group": story.group.name, "date": date},
            reason=story.retraction_reason,
            group=story.group,
        )
    if story.state == Story.State.WITHHELD:
        sentence = _("Pengelola sistem menahan kabar ini karena perintah hukum nomor %(order)s. %(group)s tidak mencabutnya.")
        return gone(
            request, _("Kabar ini ditahan"), sentence % {"order": story.order_reference, "group": story.group.name}, group=story.group
        )
    return None
