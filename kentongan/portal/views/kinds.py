"""A list of stories, whole or of one kind: the same page for the nation, a place and a group."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from kentongan.newsroom.models import Story
from kentongan.portal.reading.addresses import whole
from kentongan.portal.reading.lists import kinds_in, of_kind, story_slice, titled


def kind_page(
    request: HttpRequest, title: str, stories: Any, all_of_them: str, kind: str = "", *, inside_group: bool = False
) -> dict[str, Any]:
    """One page of a list whose whole stands at `all_of_them`; of a kind, at its name below. Raises UnknownCursor."""
    here = f"{all_of_them}{kind}/" if kind else all_of_them
    mark = request.GET.get("sebelum", "")
    kinds = kinds_in(stories)
    return {
        "title": titled(title, kind),
        "page": story_slice(of_kind(stories, kind), mark, inside_group=inside_group),
        "first": here,
        "canonical": "" if mark else whole(here),
        "continued": bool(mark),
        "kind": kind,
        "kinds": [{"label": name, "href": f"{all_of_them}{one}/", "current": one == kind} for one, name in kinds],
        "all_kinds": all_of_them,
    }


def kind_crumbs(all_of_them: str, kind: str) -> list[tuple[str, str]]:
    """The end of the way to a list: the whole list, and the kind below it."""
    return [(_("Kabar"), all_of_them), (str(Story.Kind(kind).label), "")] if kind else [(_("Kabar"), "")]
