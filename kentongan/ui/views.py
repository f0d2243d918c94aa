from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kentongan.ui import gallery as examples


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state. The page is made of the components themselves."""
    return render(request, "ui/gallery.html", examples.context())
