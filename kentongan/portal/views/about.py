"""What this system is, how stories are checked, on which rules it stands, what it keeps of people."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kentongan.core.errors import NotThere
from kentongan.groups.settings import CONDUCT_VERSION
from kentongan.pages.store import stored
from kentongan.portal.reading.abouts import PAGES


@require_safe
@stored
def page(request: HttpRequest, page: str) -> HttpResponse:
    """One of PAGES."""
    if page not in PAGES:
        raise NotThere(_("Halaman ini tidak ada."))
    crumbs = [(_("Indonesia"), reverse("portal:home")), (PAGES[page], "")]
    others = [(title, name) for name, title in PAGES.items() if name != page]
    return render(
        request, f"portal/about/{page}.html", {"title": PAGES[page], "crumbs": crumbs, "others": others, "edition": CONDUCT_VERSION}
    )
