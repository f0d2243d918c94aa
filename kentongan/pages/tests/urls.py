"""Two pages as a room would write them."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from kentongan.pages.models import Moment
from kentongan.pages.store import stored


@stored
def board(request: HttpRequest) -> HttpResponse:
    """A public page that asks the database."""
    return HttpResponse(" ".join(Moment.objects.order_by("pk").values_list("site", flat=True)) or "kosong")


def form(request: HttpRequest) -> HttpResponse:
    """A public page that is not stored."""
    return HttpResponse(request.headers.get("Cookie", "tanpa kuki"))


urlpatterns = [path("kim/gulangpongge/", board), path("kabar/", board), path("kim/gulangpongge/bahan/", form)]
