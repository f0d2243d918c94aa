"""The page on which a story is put into a series."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from kentongan.accounts.guards import signed_in
from kentongan.newsroom import actions, forms
from kentongan.newsroom.views.desk import ask, ask_right, done, form_page, person_of, seen, story_for
from kentongan.newsroom.views.story import crumbs


@form_page
@signed_in
def series(request: HttpRequest, pk: int) -> HttpResponse:
    """One of the group's series, or a new one."""
    story = story_for(request, pk)
    sent = request.method == "POST"
    ask_right(request, "newsroom.put_in_series", story)
    form = forms.SeriesForm(request.POST if sent else None, story=story)
    if not sent:
        ask(request, "newsroom.put_in_series", story)
    elif form.is_valid():
        actions.put_in_series(seen(request, story), title=form.cleaned_data["title"], by=person_of(request))
        return done("newsroom:story", story.pk, "newsroom.put_in_series")
    context = {"story": story, "form": form, "crumbs": crumbs(story, (_("Seri"), ""))}
    return render(request, "newsroom/series.html", context, status=400 if sent else 200)
