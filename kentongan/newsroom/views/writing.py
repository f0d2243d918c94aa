"""Gathering, writing, checking and correcting: pages that are one form."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import conditional_escape
from django.utils.translation import gettext as _

from kentongan.accounts.guards import signed_in
from kentongan.newsroom import actions, forms, hints, markdown
from kentongan.newsroom.models import Story
from kentongan.newsroom.views.desk import ask, ask_right, done, form_page, person_of, seen, story_for
from kentongan.newsroom.views.numbers import count_numbers, numbers_marked
from kentongan.newsroom.views.story import StoryDesk, crumbs
from kentongan.newsroom.views.verbs import STORY_VERBS, bound


@form_page
@signed_in
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a story into words."""
    story = story_for(request, pk)
    ask_right(request, "newsroom.write", story)
    if request.method == "POST":
        form = forms.WriteForm(request.POST, instance=story)
        if form.is_valid():
            actions.write(seen(request, story), by=person_of(request), **form.words())
            return done("newsroom:story", story.pk, "newsroom.write")
        return _writing(request, story, form, 400)
    ask(request, "newsroom.write", story)
    return _writing(request, story, forms.WriteForm(instance=story, initial=forms.beginning(story)))


@form_page
@signed_in
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """The story beside its checklist; each tick says what was done."""
    story = story_for(request, pk)
    sent = request.method == "POST"
    ask_right(request, "newsroom.verify", story)
    form = forms.CheckForm(request.POST if sent else None, story=story)
    if not sent:
        ask(request, "newsroom.verify", story)
    elif form.is_valid():
        actions.verify(seen(request, story), notes=form.notes(), by=person_of(request))
        return done("newsroom:story", story.pk, "newsroom.verify")
    return render(request, "newsroom/check.html", _checking(request, story, form), status=400 if sent else 200)


@form_page
@signed_in
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose a correction: the words as they are beside the words as they should be."""
    story = story_for(request, pk)
    sent = request.method == "POST"
    ask_right(request, "newsroom.propose_correction", story)
    form = forms.CorrectionForm(request.POST if sent else None, story=story)
    if not sent:
        ask(request, "newsroom.propose_correction", story)
    elif form.is_valid():
        actions.propose_correction(seen(request, story), by=person_of(request), **form.words())
        return done("newsroom:story", story.pk, "newsroom.propose_correction")
    context = {"story": story, "form": form, "crumbs": crumbs(story, (_("Usulkan ralat"), ""))}
    return render(request, "newsroom/correct.html", context, status=400 if sent else 200)


def _writing(request: HttpRequest, story: Story, form: Any, status: int = 200) -> HttpResponse:
    desk = StoryDesk(story, person_of(request))
    context = {"story": story, "desk": desk, "form": form, "crumbs": crumbs(story, (_("Tulis"), ""))} | hints_about(story)
    return render(request, "newsroom/write.html", context, status=status)


def hints_about(story: Story) -> dict[str, Any]:
    """What could be asked or said more plainly, of the words as they are saved."""
    text = f"{story.summary}\n{story.body}"
    unanswered = hints.unanswered({name: str(getattr(story, name)) for name in Story.ANSWERS})
    found = dict.fromkeys([*hints.plain(text), *hints.figures(text)])  # summary and text often say the same
    return {"unanswered": unanswered, "hints": list(found), "reading": hints.reading(text)}


def _checking(request: HttpRequest, story: Story, form: Any) -> dict[str, Any]:
    """What the checker reads: the story with its numbers marked, and the way to hand it back."""
    body = markdown.html("\n\n".join(dict.fromkeys((story.body, story.original.body))))
    summary = conditional_escape(story.summary)
    give_back = next(verb for verb in STORY_VERBS if verb.name == "return")
    return {
        "story": story,
        "desk": StoryDesk(story, person_of(request)),
        "form": form,
        "body": numbers_marked(body),
        "summary": numbers_marked(summary),
        "headline": numbers_marked(conditional_escape(story.headline)),
        "numbers": count_numbers(body) + count_numbers(summary),
        "return_form": bound(give_back, story),
        "crumbs": crumbs(story, (_("Periksa"), "")),
    }
