"""Writing on a phone, one question a screen. Every button saves; going back or stopping for today loses nothing.

A page carries the screens that follow as a template: with a script and without a signal the phone goes on by itself and sends all the
answers at once, to the same address, under one key.
"""

from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kentongan.accounts.guards import signed_in
from kentongan.accounts.models import Person
from kentongan.core.actions import may
from kentongan.core.errors import NotThere, Stale
from kentongan.groups.models import Group
from kentongan.newsroom import actions, forms, markdown
from kentongan.newsroom.models import SHARE_MAX, Story
from kentongan.newsroom.views.desk import ask, ask_right, form_page, group_of, person_of, seen, story_for
from kentongan.newsroom.views.story import StoryDesk
from kentongan.newsroom.views.verbs import STORY_VERBS, doors, story_address
from kentongan.newsroom.views.writing import hints_about

DESK, LATER = "meja", "nanti"
REFUSED = "newsroom.refused-photos"
PICTURES, WORDS, LOOK = "keterangan", "judul", "siap"
"""What comes after the questions: what the photos show, headline and summary, the look of it."""


@form_page
@signed_in
def begin(request: HttpRequest) -> HttpResponse:
    """The first question; or everything at once, from a phone that had no signal."""
    group = group_of(request)
    ask(request, "newsroom.begin", Story(group=group, region=group.region))
    if request.method == "POST":
        return _answered(request, group, None)
    key = request.GET.get("layar", "")
    return _page(request, group, None, key if key in forms.KEYS else forms.KEYS[0])


@form_page
@signed_in
def go_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Where one stopped; or the answers of one screen or of several."""
    story = story_for(request, pk)
    ask_right(request, "newsroom.answer", story)
    if request.method == "POST":
        return _answered(request, story.group, story)
    ask(request, "newsroom.answer", story)
    return _to(story, _first_open(story))


@require_safe
@signed_in
def screen(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """One question of a story that was begun."""
    story = story_for(request, pk)
    ask(request, "newsroom.answer", story)
    if key not in forms.KEYS:
        raise NotThere(_("Pertanyaan ini tidak ada."))
    return _page(request, story.group, story, key)


@form_page
@signed_in
def pictures(request: HttpRequest, pk: int) -> HttpResponse:
    """What each photo shows, who took it, and whether those seen agreed."""
    story = story_for(request, pk)
    ask(request, "newsroom.describe_photo", story)
    shown = StoryDesk(story, person_of(request)).photos
    asked = forms.shown_forms((one["row"] for one in shown), request.POST or None, strict="ke" not in request.POST)
    if request.method == "POST" and all(form.is_valid() for form in asked):
        _describe(seen(request, story), asked, person_of(request))
        return _to(story, request.POST.get("ke") or WORDS)
    context = {"story": story, "rows": list(zip(shown, asked, strict=True)), "progress": _progress(story, PICTURES), "back": forms.KEYS[-1]}
    context["version"] = request.POST.get("version", story.version)  # of a form that comes back: as it was when it was filled
    return render(request, "newsroom/wizard_pictures.html", context, status=400 if request.method == "POST" else 200)


@form_page
@signed_in
def words(request: HttpRequest, pk: int) -> HttpResponse:
    """Headline, summary and text: a draft made of the answers, to be changed freely."""
    story = story_for(request, pk)
    ask_right(request, "newsroom.write", story)
    if request.method == "POST":
        form = forms.HeadlineForm(request.POST, instance=story, strict="ke" not in request.POST)
        if form.is_valid():
            actions.write(seen(request, story), by=person_of(request), **form.words())
            return _to(story, request.POST.get("ke") or LOOK)
    else:
        ask(request, "newsroom.write", story)
        form = forms.HeadlineForm(instance=story, initial=forms.HeadlineForm.drafted(story))
    back = PICTURES if story.cover_id else forms.KEYS[-1]
    context = {"story": story, "form": form, "progress": _progress(story, WORDS), "back": back, "address": _short_address(story)}
    return render(request, "newsroom/wizard_words.html", context, status=400 if form.is_bound else 200)


@require_safe
@signed_in
def look(request: HttpRequest, pk: int) -> HttpResponse:
    """As readers will see it, and as WhatsApp text; what is still missing before it can be handed in, and who can help."""
    story = story_for(request, pk)
    ask_right(request, "newsroom.write", story)
    desk = StoryDesk(story, person_of(request))
    text = story.share_text(_short_address(story))
    hand_in = doors(STORY_VERBS[:1], story, desk.person, story_address(story), {})
    context = {"story": story, "desk": desk, "text": text, "most": SHARE_MAX, "hand_in": hand_in, "progress": _progress(story, LOOK)}
    return render(
        request,
        "newsroom/wizard_look.html",
        context | {"body": markdown.html(story.body), "lacks": _photos_lack(story)} | hints_about(story),
    )


def _answered(request: HttpRequest, group: Group, story: Story | None) -> HttpResponse:
    """Save the answers of every screen that was sent, then go where the button says."""
    sent = [screen for screen in forms.SCREENS if screen.key in request.POST.getlist("layar")] or list(forms.SCREENS)
    to = request.POST.get("ke", "")
    about: dict[str, Any] = {"instance": story or Story(group=group, region=group.region), "group": group, "screens": sent}
    form = forms.AnswersForm(request.POST, request.FILES, strict=not to, **about)
    if not form.is_valid():
        return _page(request, group, story, sent[-1].key, form)
    saved = _save(request, group, story, form)
    if saved is None:  # nothing was said yet: no story is begun for it
        return redirect("desk:home") if to in (DESK, LATER) else redirect(f"{request.path}?layar={to or _after(sent[-1].key)}")
    if form.refused and not to:
        return _to(saved, "foto", f"?tolak={signing.dumps(form.refused, salt=REFUSED, compress=True)}")
    return _to(saved, to or _next(saved, sent[-1].key))


def _save(request: HttpRequest, group: Group, story: Story | None, form: Any) -> Story | None:
    person, helped = person_of(request), form.cleaned_data.get("helped")
    by = person.helping(helped) if helped and helped != person else person
    if story is None:
        if form.said_nothing() and not form.refused:
            return None
        story = actions.begin(group, by=by, **form.photos(person.name), **form.answers())
    elif form.answers() or form.photos("")["uploads"]:
        story = actions.answer(seen(request, story), by=by, **form.photos(person.name), **form.answers())
    if source := form.source():
        if story.state != Story.State.BEGUN:
            actions.add_source(story, by=person, **{name.removeprefix("source_"): given for name, given in source.items()})
        elif may(person, "newsroom.gather", story):
            actions.gather_begun(story, by=by, **source)
    return story_for(request, story.pk)


def _describe(story: Story, asked: list[forms.ShownForm], person: Person) -> None:
    """Keep what was said about the photos, where it is other than before. Raises Stale with both wordings of each."""
    said = [(form.instance, form.said(person.name)) for form in asked if form.has_changed()]
    try:
        if said:
            actions.describe_photos(story, said, by=person)
    except Stale as stale:
        stale.compared = forms.beside_each_other(asked)
        raise


def _page(request: HttpRequest, group: Group, story: Story | None, key: str, form: Any = None) -> HttpResponse:
    """One screen, or those that were sent with an error; the ones after it ride along for a phone without a signal."""
    here = forms.KEYS.index(key)
    given: dict[str, Any] = {"instance": story or Story(group=group, region=group.region), "group": group}
    form = form or forms.AnswersForm(screens=forms.SCREENS[here : here + 1], **given)
    rest = forms.AnswersForm(screens=forms.SCREENS[here + 1 :], **given)
    last = forms.KEYS.index(form.screens[-1].key)
    context = {
        "group": group,
        "story": story,
        "form": form,
        "screens": [one | {"progress": _progress(story, one["screen"].key)} for one in form.shown()],
        "rest": [one | {"progress": _progress(story, one["screen"].key)} for one in rest.shown()],
        "action": reverse("newsroom:go_on", args=[story.pk]) if story else reverse("newsroom:gather"),
        "draft": f"kabar-{story.pk}-{key}" if story else "",
        "back": forms.KEYS[here - 1] if here else "",
        "skip": _after(key) if not form.screens[-1].needed and last + 1 < len(forms.SCREENS) else "",
        "photos": StoryDesk(story, person_of(request)).photos if story and key == "foto" else [],
        "sources": story.named_sources() if story and key == "sumber" and story.source_count else [],
        "refused": _told(request),
        "begun": Story.objects.begun_by(person_of(request), group)[:3] if story is None else (),
    }
    return render(request, "newsroom/wizard.html", context, status=400 if form.is_bound else 200)


def _to(story: Story, key: str, query: str = "") -> HttpResponse:
    """The page of the wizard that is called so; the desk for whoever stops for today."""
    if key in (DESK, LATER):
        return HttpResponseRedirect(f"{reverse('desk:home')}?selesai=newsroom.begin")
    page = {PICTURES: "pictures", WORDS: "words", LOOK: "look"}.get(key)
    if page:
        return redirect(f"newsroom:{page}", story.pk)
    return HttpResponseRedirect(reverse("newsroom:screen", args=[story.pk, key if key in forms.KEYS else forms.KEYS[0]]) + query)


def _after(key: str) -> str:
    """The question after this one."""
    return forms.KEYS[min(forms.KEYS.index(key) + 1, len(forms.KEYS) - 1)]


def _next(story: Story, key: str) -> str:
    """After the questions: what lacks an answer that is needed, then the photos, then the words."""
    if key != forms.KEYS[-1]:
        return _after(key)
    if story.state == Story.State.BEGUN:
        return _first_open(story)
    return PICTURES if _photos_lack(story) else WORDS


def _first_open(story: Story) -> str:
    """Where one goes on: the first question that has to be answered and is not; then photos, words, the look of it."""
    needed = [screen for screen in forms.SCREENS if screen.needed]
    lacking = (screen.key for screen in needed if not all(_has(story, name) for name in screen.needed))
    return next(lacking, PICTURES if _photos_lack(story) else LOOK if story.headline else WORDS)


def _has(story: Story, name: str) -> Any:
    return story.source_count if name == "source_who" else getattr(story, name)


def _photos_lack(story: Story) -> bool:
    return any(not picture.complete for picture in story.gallery())


def _progress(story: Story | None, key: str) -> dict[str, Any]:
    """Strokes and their sentence: how far one is."""
    steps = (*forms.KEYS, WORDS)
    if key == LOOK:
        return {"done": len(steps), "now": 0, "todo": 0, "label": _("Semua pertanyaan terjawab")}
    at = steps.index(WORDS if key == PICTURES else key)
    said = {"n": at + 1, "of": len(steps)}
    return {"done": at, "now": 1, "todo": len(steps) - at - 1, "label": _("Pertanyaan %(n)s dari %(of)s") % said}


def _told(request: HttpRequest) -> list[str]:
    """What was said about photos that could not be kept."""
    try:
        return list(signing.loads(request.GET.get("tolak", ""), salt=REFUSED, max_age=3600))
    except signing.BadSignature:
        return []


def _short_address(story: Story) -> str:
    return f"{settings.SITE_URL}{reverse('portal:story_short', args=[story.pk])}"
