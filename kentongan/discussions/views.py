"""Pages of the discussions. Whoever may not see a topic gets 404; what members do is a POST to a resource of the topic."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kentongan.accounts.guards import signed_in
from kentongan.accounts.models import Person
from kentongan.core.actions import may
from kentongan.core.errors import NotAllowed
from kentongan.discussions import actions
from kentongan.discussions.forms import ContributionForm, MergeForm, MinutesForm, SummaryForm, TopicForm
from kentongan.discussions.models import PAGE, Contribution, Topic, mentioned
from kentongan.documents.downloads import downloadable
from kentongan.documents.sheets import Cell, Sheet
from kentongan.groups.models import Group, Membership, posts_of
from kentongan.ui import writing

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def topics_sheet(request: HttpRequest) -> Sheet:
    """The list that is open, as rows; what was said stays in the topics."""
    seen = Topic.objects.visible_to(_person(request)).select_related("group", "opened_by")
    found = (seen.finished() if request.GET.get("lihat") == "selesai" else seen.running()).order_by("-last_said_at", "-id")
    head = (_("Nomor"), _("Yang dibahas"), _("Pertanyaan"), _("KIM"), _("Keadaan"), _("Dibuka"), _("Oleh"))
    more = (_("Terakhir bicara"), _("Pendapat"), _("Rangkuman"))
    return Sheet(_("Pembahasan"), (*head, *more), (_topic_cells(topic) for topic in found.iterator(chunk_size=500)))


def _topic_cells(topic: Topic) -> tuple[Cell, ...]:
    said = (topic.last_said_at, topic.contribution_count, topic.summary)
    begun = (topic.state_label, topic.opened_at, topic.opened_by.name)
    return (topic.pk, topic.subject, topic.question, topic.group.name, *begun, *said)


@require_safe
@signed_in
@downloadable(topics_sheet)
def topics(request: HttpRequest) -> HttpResponse:
    """What is being talked over, the one spoken in last first; `?lihat=selesai` for those that ended."""
    person, finished = _person(request), request.GET.get("lihat") == "selesai"
    seen = Topic.objects.visible_to(person).with_unread(person).select_related("group__region")
    found = list((seen.finished() if finished else seen.running()).newest(PAGE + 1, _cursor(request.GET.get("sebelum", ""))))
    context = {
        "rows": [TopicRow(topic, several=len(_groups(person)) > 1) for topic in found[:PAGE]],
        "older": _older(found, finished),
        "tabs": _tabs(finished),
        "finished": finished,
        "speaks": bool(_groups(person)),
    }
    return render(request, "discussions/topics.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def new(request: HttpRequest) -> HttpResponse:
    """Open a topic, about something (`?tentang=kabar:7`) or about nothing yet."""
    person = _person(request)
    word = request.POST.get("tentang") or request.GET.get("tentang", "")
    thing = _mentioned(word, person)
    form = TopicForm(_groups_for(person, thing), request.POST or None, initial=_beginning(word, thing))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        topic = actions.open_topic(given["group"], subject=given["subject"], question=given["question"], about=thing, by=person)
        return _done(topic, "open")
    known = Topic.about_thing(thing).running().first() if thing else None
    return render(request, "discussions/new.html", {"form": form, "thing": thing, "known": known}, status=_status(form))


@require_safe
@signed_in
def topic(request: HttpRequest, pk: int) -> HttpResponse:
    """One topic: its question, its summary, what was said; newest last."""
    topic = _visible(request, pk)
    answered = _answered(topic, request.GET.get("tanggapi"))
    return _talk(request, topic, ContributionForm(initial={"tanggapi": answered.pk if answered else None}), answered)


@require_POST
@signed_in
def contributions(request: HttpRequest, pk: int) -> HttpResponse:
    """Say something."""
    topic, form = _visible(request, pk), ContributionForm(request.POST)
    answered = _answered(topic, request.POST.get("tanggapi"))
    if not form.is_valid():
        return _talk(request, topic, form, answered, status=400)
    given = form.cleaned_data
    said = actions.contribute(
        topic,
        kind=given["kind"],
        text=given["text"],
        reply_to=answered,
        may_be_public=given["may_be_public"],
        by=_person(request),
    )
    return _done(topic, "contribute", f"#suara-{said.pk}")


@require_POST
@signed_in
def taking_back(request: HttpRequest, pk: int, said: int) -> HttpResponse:
    """Take back what one said."""
    topic = _visible(request, pk)
    contribution = get_object_or_404(topic.contributions, pk=said)
    actions.take_back(contribution.seen(_version(request, contribution)), by=_person(request))
    return _done(topic, "take_back", f"#suara-{said}")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring in notes of a meeting."""
    topic = _visible(request, pk)
    form = MinutesForm(topic, request.POST or None)
    if request.method == "POST" and form.is_valid():
        notes = actions.bring_minutes(topic, **form.cleaned_data, by=_person(request))
        return _done(topic, "bring_minutes", f"#suara-{notes.pk}")
    answer = may(_person(request), "discussions.bring_minutes", Contribution(topic=topic))
    return _focus(request, topic, "minutes", form, answer)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def summaries(request: HttpRequest, pk: int) -> HttpResponse:
    """All signed summaries, and the form for the next one."""
    topic = _visible(request, pk)
    form = SummaryForm(request.POST or None, initial={"summary": topic.summary, "version": topic.version})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        actions.summarise(topic.seen(given["version"]), text=given["summary"], by=_person(request))
        return _done(topic, "summarise")
    return _focus(request, topic, "summary", form, may(_person(request), "discussions.summarise", topic))


@require_POST
@signed_in
def closure(request: HttpRequest, pk: int) -> HttpResponse:
    """End the talk."""
    topic = _visible(request, pk)
    actions.close(topic.seen(_version(request, topic)), by=_person(request))
    return _done(topic, "close")


@require_POST
@signed_in
def reopening(request: HttpRequest, pk: int) -> HttpResponse:
    """Talk on."""
    topic = _visible(request, pk)
    actions.reopen(topic.seen(_version(request, topic)), by=_person(request))
    return _done(topic, "reopen")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def merger(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on in another topic."""
    topic = _visible(request, pk)
    form = MergeForm(topic, request.POST or None, initial={"version": topic.version})
    if request.method == "POST" and form.is_valid():
        actions.merge(topic.seen(form.cleaned_data["version"]), into=form.cleaned_data["into"], by=_person(request))
        return _done(topic, "merge")
    return _focus(request, topic, "merge", form, may(_person(request), "discussions.merge", topic))


@require_POST
@signed_in
def reading(request: HttpRequest, pk: int) -> HttpResponse:
    """Remember up to where one has read."""
    topic = _visible(request, pk)
    topic.mark_read(_person(request), _number(request.POST.get("sampai")) or 0)
    return redirect("discussions:topics")


@dataclass(frozen=True)
class TopicRow:
    """One topic in the list, as the component `waiting` shows it: a warm stroke while something in it is unread."""

    topic: Topic
    several: bool

    @property
    def title(self) -> str:
        return self.topic.subject

    @property
    def href(self) -> str:
        return self.topic.get_absolute_url()

    @property
    def kind(self) -> str:
        return "" if self.unread else "theirs"

    @property
    def unread(self) -> int:
        """How many contributions of others came since this person read last."""
        return getattr(self.topic, "unread", 0)

    @property
    def due(self) -> str:
        return ngettext("%(n)s belum dibaca", "%(n)s belum dibaca", self.unread) % {"n": self.unread} if self.unread else ""

    @property
    def meta(self) -> str:
        """Where, how it stands, how much was said, and when last."""
        count = self.topic.contribution_count
        said = _("%(n)s suara") % {"n": writing.number(count)} if count else _("belum ada suara")
        last = writing.day(self.topic.last_said_at, self.topic.group.region)
        parts = (self.topic.group.name if self.several else "", self.topic.state_label, said, last)
        return " · ".join(part for part in parts if part)


def _talk(request: HttpRequest, topic: Topic, form: ContributionForm, answered: Contribution | None, status: int = 200) -> HttpResponse:
    """The page of a topic, with the form as it was filled."""
    person = _person(request)
    shown, older, newer = topic.contributions.page(_number(request.GET.get("sebelum")), _number(request.GET.get("sesudah")))
    read = [said for said in shown if said.pk <= topic.last_read]  # type: ignore[attr-defined]
    context = {
        "topic": topic,
        "thing": topic.thing_for(person),
        "signed": topic.summaries.select_related("signed_by").first() if topic.summary else None,
        "read": read,
        "unread": shown[len(read) :],
        "last": shown[-1].pk if shown else 0,
        "older": f"?sebelum={shown[0].pk}#suara" if older and shown else "",
        "newer": f"?sesudah={shown[-1].pk}#suara" if newer and shown else "",
        "speak": form,
        "answered": answered,
        "speaking": may(person, "discussions.contribute", Contribution(topic=topic, person=person)),
        "may_merge": may(person, "discussions.merge", topic).ok,
        "me": person,
        "crumbs": [(_("Pembahasan"), reverse("discussions:topics")), (topic.subject, "")],
    }
    return render(request, "discussions/topic.html", context, status=status)


def _focus(request: HttpRequest, topic: Topic, task: str, form: Any, answer: Any) -> HttpResponse:
    """One task about a topic, alone on its page."""
    crumbs = [(_("Pembahasan"), reverse("discussions:topics")), (topic.subject, topic.get_absolute_url())]
    context = {"topic": topic, "form": form, "answer": answer, "crumbs": crumbs}
    return render(request, f"discussions/{task}.html", context, status=_status(form))


def _status(form: Any) -> int:
    return 400 if form.is_bound and form.errors else 200


def _visible(request: HttpRequest, pk: int) -> Topic:
    """This topic, if this person may see it, with how far they have read. Raises Http404."""
    seen = Topic.objects.visible_to(_person(request)).with_unread(_person(request))
    return get_object_or_404(seen.select_related("group__region", "opened_by", "merged_into"), pk=pk)


def _person(request: HttpRequest) -> Person:
    person: Person = request.person  # type: ignore[attr-defined]
    return person


def _groups(person: Person) -> list[Group]:
    """The groups in which this person may speak."""
    posts = [post for post in posts_of(person) if isinstance(post, Membership) and post.role != Membership.Role.PEMBINA]
    return list({post.group_id: post.group for post in posts}.values())


def _groups_for(person: Person, thing: Any) -> list[Group]:
    """The groups in which this person may talk this over. Raises NotAllowed when there is none."""
    groups = [group for group in _groups(person) if getattr(thing, "group_id", group.pk) == group.pk]
    if not groups:
        raise NotAllowed(_("Pembahasan dibuka oleh anggota KIM. Anda belum menjadi anggota di KIM ini."))
    return groups


def _mentioned(word: str, person: Person) -> Any:
    """What "kabar:7" names; None when nothing is named. Raises Http404 for what this person may not see."""
    thing = mentioned(word, person)
    if word and thing is None:
        raise Http404
    return thing


def _beginning(word: str, thing: Any) -> dict[str, Any]:
    """What the form starts with: the title of what is talked over."""
    return {"tentang": word, "subject": str(thing.title)[:140]} if thing else {}


def _answered(topic: Topic, number: str | None) -> Contribution | None:
    """What is being answered, if it was said in this topic."""
    pk = _number(number)
    return topic.contributions.select_related("person").filter(pk=pk).first() if pk else None


def _done(topic: Topic, verb: str, place: str = "") -> HttpResponse:
    return redirect(f"{topic.get_absolute_url()}?selesai=discussions.{verb}{place}")


def _version(request: HttpRequest, thing: Topic | Contribution) -> int:
    return _number(request.POST.get("version")) or 0 if "version" in request.POST else thing.version


def _number(typed: str | None) -> int | None:
    """A number from an address, or None for anything else."""
    return int(typed) if typed and typed.isascii() and typed.isdecimal() and len(typed) < 19 else None


def _cursor(typed: str) -> tuple[datetime, int] | None:
    """The key of the last topic of the page before: microseconds and number."""
    at, _dash, pk = typed.partition("-")
    moment, number = _number(at), _number(pk)
    if moment is None or number is None or moment > 10**16:
        return None
    return EPOCH + timedelta(microseconds=moment), number


def _older(found: list[Topic], finished: bool) -> str:
    """The address of the next page; empty when this is the last."""
    if len(found) <= PAGE:
        return ""
    last = found[PAGE - 1]
    return f"?{'lihat=selesai&' if finished else ''}sebelum={(last.last_said_at - EPOCH) // timedelta(microseconds=1)}-{last.pk}"


def _tabs(finished: bool) -> list[dict[str, Any]]:
    here = reverse("discussions:topics")
    return [
        {"label": _("Berjalan"), "href": here, "current": not finished},
        {"label": _("Selesai"), "href": f"{here}?lihat=selesai", "current": finished},
    ]
