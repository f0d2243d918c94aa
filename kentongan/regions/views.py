"""Which rules hold in a place."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kentongan.core.errors import NotThere
from kentongan.regions.models import Region


@require_safe
def region_settings(request: HttpRequest, code: str) -> HttpResponse:
    """Every setting that holds in a region, and where it comes from.

    Not kept by the page store: a rule set for a province changes this page of every village below it, and few read it. Three queries.
    """
    region = _region_or_404(code)
    if region.code != code:
        return redirect("regions:settings", region.code, permanent=True)
    origins = region.setting_origins()
    own = [origin for origin in origins if not origin.is_default]
    context = {"region": region, "crumbs": _crumbs(region), "origins": origins, "own": own}
    return render(request, "regions/settings.html", context)


def _region_or_404(code: str) -> Region:
    try:
        return Region.objects.by_code(code)
    except Region.DoesNotExist as missing:
        raise NotThere(_("Tidak ada wilayah dengan kode %(code)s.") % {"code": code}) from missing


def _crumbs(region: Region) -> list[tuple[str, str]]:
    above = [(place.short_label, place.get_absolute_url()) for place in (*region.ancestors, region)]
    return [(_("Indonesia"), reverse("portal:home")), *above, (_("Aturan"), "")]
