"""The one page of a story at the desk, and every verb that is sent from it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kentongan.accounts.guards import signed_in
from kentongan.accounts.models import Person
from kentongan.core import workflow
from kentongan.core.actions import took_last
from kentongan.core.errors import NotNow
from kentongan.core.models import Entry
from kentongan.groups.models import Membership, membership_of, posts_of
from kentongan.media.models import Photo
from kentongan.media.views import photo_response
from kentongan.newsroom import markdown
from kentongan.newsroom.models import Check, Correction, Flag, Hold, Material, Revision, Source, Story, StoryPhoto, diff
from kentongan.newsroom.views.desk import ask_right, done, person_of, seen, story_for
from kentongan.newsroom.views.offering import REPOST
from kentongan.newsroom.views.verbs import (
    ANSWER_FLAG,
    CORRECTION_VERBS,
    HOLD_VERBS,
    PHOTO_VERBS,
    REMOVE_SOURCE,
    SOURCE_AND_PHOTO_VERBS,
    STORY_VERBS,
    Door,
    Verb,
    bound,
    doors,
    part_address,
    story_address,
)
from kentongan.ui import writing

RECORD_MAX = 100
"""How many steps of the record the page shows: the newest."""
STATE_TAGS = {"published": "good", "verified": "brand", "submitted": "warn", "returned": "warn", "retracted": "bad", "withheld": "bad"}
WAITS = ((10, 4), (5, 3), (2, 2), (1, 1), (0, 0))
"""Days until the next step, and how long its stroke is drawn (mocks: timeline)."""


@dataclass
class StoryDesk:
    """Everything the page says. Each part is one query, however much there is of it."""

    story: Story
    person: Person
    sent: dict[str, Any] = field(default_factory=dict)
    """Forms that came back with errors, by verb and id."""

    @cached_property
    def doors(self) -> list[Door]:
        """What can be done with the story now, the next step first."""
        found = doors((*STORY_VERBS, REPOST), self.story, self.person, story_address(self.story), self.sent)
        for door in found:
            door.call = door.call and not (self.discuss_first and door.verb.name == "write")
        return found

    @cached_property
    def discuss_first(self) -> bool:
        """Whether talking it over is what its writer has to do next."""
        story = self.story
        return (
            story.state == Story.State.WRITTEN
            and not story.urgent
            and not story.repost_of_id
            and not story.discussed()
            and story.wrote(self.person)
        )

    @property
    def main(self) -> list[Door]:
        return [door for door in self.doors if not door.verb.aside]

    @property
    def main_open(self) -> list[Door]:
        return [door for door in self.main if door.answer.ok]

    @property
    def main_closed(self) -> list[Door]:
        return [door for door in self.main if not door.answer.ok]

    @property
    def aside(self) -> list[Door]:
        """What is seldom done."""
        return [door for door in self.doors if door.verb.aside]

    @cached_property
    def material(self) -> list[Door]:
        """What can be done with its sources and photo."""
        return doors(SOURCE_AND_PHOTO_VERBS, self.story, self.person, story_address(self.story), self.sent)

    @property
    def add_source(self) -> list[Door]:
        return [door for door in self.material if door.verb.name == "add_source"]

    @property
    def photo_doors(self) -> list[Door]:
        return [door for door in self.material if door.verb.name != "add_source"]

    @cached_property
    def photos(self) -> list[dict[str, Any]]:
        """Each photo in its order: as it is shown once it is prepared, why it cannot be used, and what can be done with it."""
        rows = self.story.gallery()
        return [
            {
                "row": row,
                "shown": row.photo.shown(private=True),
                "refused": row.photo.state == Photo.State.REFUSED and (row.photo.refusal or _("Foto ini tidak bisa dipakai.")),
                "doors": self._part_doors(PHOTO_VERBS, row),
            }
            for row in rows
        ]

    @cached_property
    def member(self) -> bool:
        """Whether this person belongs to the group, and so reads what the public does not."""
        return any(isinstance(post, Membership) and post.group_id == self.story.group_id for post in posts_of(self.person))

    @cached_property
    def all_sources(self) -> list[Source]:
        """Every source there ever was."""
        return list(self.story.sources.select_related("added_by"))

    @cached_property
    def sources(self) -> list[tuple[Source, list[Door]]]:
        """Each source named today with what can be done with it. Someone outside the group is not told who asked not to be named."""
        rows = [source for source in self.all_sources if source.state == Source.State.NAMED and (self.member or not source.unnamed)]
        removable = len(rows) > 1 and not self.once_public  # what was published keeps its sources: that door never opens again
        return [(row, self._part_doors((REMOVE_SOURCE,), row) if removable else []) for row in rows]

    @cached_property
    def body(self) -> str:
        return markdown.html(self.story.body)

    @cached_property
    def original_body(self) -> str:
        """The words it passes on, as they are now; empty where they are its group's own."""
        return markdown.html(self.story.original.body) if self.story.repost_of else ""

    @property
    def state_tag(self) -> str:
        return STATE_TAGS.get(self.story.state, "")

    @property
    def facts(self) -> list[tuple[str, str]]:
        """The answers to who, what, where, when, why, how, as they were gathered."""
        story = self.story
        rows = [
            (_("Apa"), story.what),
            (_("Di mana"), story.place),
            (_("Kapan"), story.happened),
            (_("Siapa"), story.who),
            (_("Mengapa"), story.why),
            (_("Bagaimana"), story.how),
            (_("Mendesak karena"), story.urgent_reason),
            (_("Jenis"), story.get_kind_display()),
            (_("Wilayah"), story.region.label),
        ]
        return [(name, text) for name, text in rows if text]

    @property
    def was_checked(self) -> bool:
        return self.story.verifier_id is not None

    @cached_property
    def checks(self) -> list[Check]:
        """What was looked at when it was verified, of the last time."""
        if not self.was_checked:
            return []
        rows = list(self.story.checks.select_related("by").order_by("id"))
        return [row for row in rows if row.entry_id == rows[-1].entry_id]

    @property
    def ticks(self) -> list[dict[str, Any]]:
        """The ticks as the component `checks` shows them. How a source was reached stays in the group where one asked not to be named."""
        hidden = not self.member and any(source.unnamed for source in self.all_sources)
        notes = [("" if hidden and row.item == Check.Item.SOURCE else row.note, row) for row in self.checks]
        return [{"label": row.label, "done": True, "note": note} for note, row in notes]

    @cached_property
    def once_public(self) -> bool:
        return self.story.published_at is not None

    @cached_property
    def corrections(self) -> list[dict[str, Any]]:
        """Corrections, the newest first, each with what it changes and what can be done with it."""
        if not self.once_public or not self.member:
            return []
        rows = self.story.corrections.select_related("proposed_by", "confirmed_by").order_by("-id")
        return [{"row": row, "changes": self._changes(row), "doors": self._part_doors(CORRECTION_VERBS, row)} for row in rows]

    @cached_property
    def flags(self) -> list[dict[str, Any]]:
        """Objections of officials, the newest first: read by the group and by officials over the place."""
        if not self.once_public or not (self.member or any(not isinstance(post, Membership) for post in posts_of(self.person))):
            return []
        rows = self.story.flags.select_related("by", "office__region", "answered_by").order_by("-id")
        seen_by = [row for row in rows if self.member or row.by_id == self.person.pk or self._serves(row)]
        return [{"row": row, "doors": self._part_doors((ANSWER_FLAG,), row) if self.member else []} for row in seen_by]

    @cached_property
    def holds(self) -> list[dict[str, Any]]:
        """What was put before a second person, the newest first, each with what was said to it and what can be done."""
        if not self.member or not self.story.was_held:  # type: ignore[attr-defined]
            return []
        rows = self.story.holds.select_related("correction", "decided_by").order_by("-id")[:10]
        shown = [row for row in rows if row.state != Hold.State.GONE]
        return [{"row": row, "doors": self._part_doors(HOLD_VERBS, row)} for row in shown]

    @cached_property
    def record(self) -> list[dict[str, Any]]:
        """Who did what in which capacity, oldest first; members only, as the making of a story is the group's."""
        if not self.member:
            return []
        names = Person.objects.filter(pk=OuterRef("by_id")).values("name")[:1]
        rows = list(Entry.of(self.story).annotate(name=Subquery(names)).order_by("-id")[:RECORD_MAX])[::-1]
        return [self._step(row, following) for row, following in zip(rows, [*rows[1:], None], strict=True)]

    @property
    def talks(self) -> bool:
        """Whether this person may begin or join a discussion, or there is one to read."""
        return bool(self.story.topic_id or membership_of(self.person, self.story.group))  # type: ignore[attr-defined]

    @property
    def topic_href(self) -> str:
        """Where it is talked over, or where that begins."""
        if self.story.topic_id:  # type: ignore[attr-defined]
            return reverse("discussions:topic", args=[self.story.topic_id])  # type: ignore[attr-defined]
        return f"{reverse('discussions:new')}?tentang=kabar:{self.story.pk}"

    @property
    def discussion(self) -> str:
        """One sentence on how far it was talked over."""
        story = self.story
        if story.repost_of_id:
            return _("Kutipan tidak perlu dibahas lagi: KIM asalnya sudah. Orang lain di KIM kita tetap memeriksanya.")
        if story.second_pair:
            return _("Dibaca bersama %(name)s.") % {"name": story.second_pair.name}
        if people := (story.discussants or story.count_discussants()):
            return _("Sudah dibahas %(n)s orang selain penulis.") % {"n": people}
        if story.urgent:
            return _("Kabar mendesak: boleh diajukan tanpa dibahas, dan itu tampil untuk umum.")
        return _("Belum dibahas. Sebelum diajukan perlu tanggapan satu anggota lain, atau satu pembaca kedua.")

    def _part_doors(self, verbs: tuple[Verb, ...], part: Any) -> list[Door]:
        part.story = self.story
        return doors(verbs, part, self.person, part_address(self.story, part), self.sent)

    def _changes(self, correction: Correction) -> list[tuple[str, list[tuple[str, str]]]]:
        if correction.state != Correction.State.PROPOSED:
            return []
        labels = {"headline": _("Judul"), "summary": _("Ringkasan"), "body": _("Isi")}
        pairs = ((label, getattr(self.story, name), getattr(correction, name)) for name, label in labels.items())
        return [(label, diff(old, new)) for label, old, new in pairs if old != new]

    def _serves(self, flag: Flag) -> bool:
        return any(not isinstance(post, Membership) and post.office_id == flag.office_id for post in posts_of(self.person))

    def _step(self, entry: Any, following: Any) -> dict[str, Any]:
        days = (following.at - entry.at).days if following else 0
        parts = [entry.name, entry.capacity, writing.when(entry.at, self.story.region)]
        return {
            "title": workflow.past(entry.action),
            "note": " · ".join(part for part in parts if part),
            "wait": next(stroke for least, stroke in WAITS if days >= least),
            "wait_label": _("%(n)s hari kemudian") % {"n": days} if days else "",
        }


@require_safe
@signed_in
def story(request: HttpRequest, pk: int) -> HttpResponse:
    """A story at the desk: its words, what they rest on, what was done and what can be done."""
    return page(request, story_for(request, pk))


def page(request: HttpRequest, story: Story, sent: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    """The story's page, with forms that came back."""
    desk = StoryDesk(story, person_of(request), sent or {})
    return render(request, "newsroom/story.html", {"story": story, "desk": desk, "crumbs": crumbs(story)}, status=status)


def crumbs(story: Story, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """The way back from a page of this story."""
    here = (story.title if len(story.title) < 32 else f"{story.title[:30].rstrip()}…", reverse("newsroom:story", args=[story.pk]))
    return [(_("Kabar"), reverse("newsroom:stories")), *((here, *more) if more else ())]


@require_safe
@signed_in
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The story as readers will see it, and as WhatsApp text."""
    story = story_for(request, pk)
    text = story.share_text(f"{settings.SITE_URL}{reverse('portal:story_short', args=[story.pk])}")
    context = {"story": story, "desk": StoryDesk(story, person_of(request)), "text": text, "crumbs": crumbs(story, (_("Pratinjau"), ""))}
    return render(request, "newsroom/preview.html", context)


@require_safe
@signed_in
def versions(request: HttpRequest, pk: int) -> HttpResponse:
    """Every version and what changed in it, the newest first."""
    story = story_for(request, pk)
    rows: list[Revision] = list(story.revisions.select_related("author"))
    changed = [(row, row.since(older)) for row, older in zip(rows, [None, *rows], strict=False)][::-1]
    return render(request, "newsroom/versions.html", {"story": story, "versions": changed, "crumbs": crumbs(story, (_("Versi"), ""))})


@require_safe
@signed_in
def photo(request: HttpRequest, key: str, width: int, ending: str) -> HttpResponseBase:
    """A photo of a story or material this person may see, published or not."""
    stories = Story.objects.visible_to(person_of(request))
    picture = StoryPhoto.objects.select_related("photo").filter(photo__key=key, story__in=stories).first()
    of_material = picture or get_object_or_404(Material.objects.visible_to(person_of(request)).select_related("photo"), photo__key=key)
    shown: Photo = of_material.photo  # type: ignore[assignment]
    return photo_response(shown, width, ending)


def story_verb(verb: Verb) -> Callable[..., HttpResponseBase]:
    """The view of one verb of a story."""

    @require_POST
    @signed_in
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        story = story_for(request, pk)
        return carry_out(request, verb, story, story)

    return view


def part_verb(verb: Verb, kind: type[Any]) -> Callable[..., HttpResponseBase]:
    """The view of one verb of a part of a story: a source, a correction, a flag."""

    @require_POST
    @signed_in
    def view(request: HttpRequest, pk: int, part: int) -> HttpResponse:
        story = story_for(request, pk)
        return carry_out(request, verb, get_object_or_404(kind, pk=part, story=story), story)

    return view


def carry_out(request: HttpRequest, verb: Verb, thing: Any, story: Story) -> HttpResponse:
    """Check what was typed, do it, go back to the story; or the story again with the form as sent. A second tap is no refusal."""
    ask_right(request, verb.action, thing)
    form = bound(verb, thing, request.POST, request.FILES)
    if form is not None and not form.is_valid():
        return page(request, story, {f"{verb.name}-{thing.pk}": form}, status=400)
    action = verb.action_for(thing)
    try:
        verb.do(seen(request, thing), by=person_of(request), **(form.cleaned_data if form else {}))  # type: ignore[misc]
    except NotNow:
        if form is not None or not took_last(action, thing, person_of(request)):
            raise
    return done("newsroom:story", story.pk, action)
