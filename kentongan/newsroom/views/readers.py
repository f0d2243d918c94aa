"""What readers say of a story, without an account, a cookie or a script: two taps below the text, never stored by the page store."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from kentongan.accounts.guards import address_of
from kentongan.accounts.models import Attempt
from kentongan.core.errors import BadRequest
from kentongan.newsroom import actions
from kentongan.newsroom.models import Feedback, Story
from kentongan.newsroom.views.desk import form_page

YES_NO = {"ya": True, "belum": False, "tidak": False}


@never_cache
@form_page
def understood(request: HttpRequest, slug: str, number: int, title: str) -> HttpResponse:
    """ "Sudah paham?", then "Berguna bagi Anda?", then what one can do next. A GET shows the first question again."""
    story = get_object_or_404(Story.objects.published().select_related("group", "region"), pk=number, group__slug=slug)
    said = _said(request, story) if request.method == "POST" else None
    crumbs = [(story.group.name, story.group.get_absolute_url()), (story.title, story.get_absolute_url()), (_("Sudah paham?"), "")]
    return render(request, "newsroom/understood.html", {"story": story, "said": said, "crumbs": crumbs})


def _said(request: HttpRequest, story: Story) -> Feedback:
    """What was answered, kept. Raises BadRequest for an answer that is none, TooMany for a machine."""
    answers: list[Any] = [request.POST.get(name) for name in ("paham", "berguna")]
    if any(answer is not None and answer not in YES_NO for answer in answers) or answers == [None, None]:
        raise BadRequest(_("Jawabannya tidak terbaca. Kembali ke kabarnya, lalu pilih sekali lagi."))
    device = f"{address_of(request)} {request.headers.get('User-Agent', '')[:200]}"
    Attempt.spend("feedback", f"story {story.pk}", address_of(request))
    clear, useful = answers
    feedback = actions.say_understood(story, understood=YES_NO.get(clear, True), device=device)
    return feedback if useful is None else actions.say_useful(feedback, useful=YES_NO[useful])
