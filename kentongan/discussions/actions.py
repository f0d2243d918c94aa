"""What members do in a discussion. Contributing acts on the new contribution, so that two who speak at once never clash."""

from datetime import date

from django.db import models, transaction
from django.utils.translation import gettext as _

from kentongan.accounts.models import Person
from kentongan.core.actions import act
from kentongan.core.errors import BadRequest, NotNow
from kentongan.core.models import Step
from kentongan.discussions.models import Contribution, Summary, Topic
from kentongan.groups.models import Group
from kentongan.pages import store


def open_topic(group: Group, *, subject: str, question: str = "", about: models.Model | None = None, by: Person) -> Topic:
    """Begin to talk something over; the trace remembers what it is about.

    Raises NotAllowed for who is no member, NotNow for a thing of another group.
    """
    topic = Topic(group=group, subject=subject.strip(), question=question.strip(), about=about, opened_by=by)
    with act("discussions.open", on=topic, by=by) as topic:
        if about is not None:
            Step.record(about, topic)
    return topic


def contribute(
    topic: Topic,
    *,
    kind: str,
    text: str,
    reply_to: Contribution | None = None,
    may_be_public: bool = False,
    by: Person,
) -> Contribution:
    """Say something, at most 1,000 characters.

    Raises NotAllowed for who is no member; NotNow when the topic is finished, the text too long or the reply too deep;
    BadRequest for an unknown kind.
    """
    if kind not in Contribution.Kind.values or kind == Contribution.Kind.MINUTES:
        raise BadRequest(_("Pilih dulu jenis ucapannya."))
    said = Contribution(person=by, kind=kind, text=text.strip(), reply_to=reply_to, may_be_public=may_be_public)
    with transaction.atomic():
        said.topic = Topic.objects.held(topic)[topic.pk]
        with act("discussions.contribute", on=said, by=by) as said:
            said.topic.heard(said)
            said.topic.group.practise("diskusi")
            _shown(said)
    return said


def bring_minutes(topic: Topic, *, text: str, met_on: date, present: str, may_be_public: bool = False, by: Person) -> Contribution:
    """Bring in notes of a meeting without telephones: when it was, who was there, what was said (at most 4,000 characters).

    Raises NotAllowed for who is no member; NotNow when the topic is finished or nobody is named.
    """
    notes = Contribution(person=by, kind=Contribution.Kind.MINUTES, text=text.strip(), may_be_public=may_be_public)
    notes.met_on, notes.present = met_on, present.strip()
    with transaction.atomic():
        notes.topic = Topic.objects.held(topic)[topic.pk]
        with act("discussions.bring_minutes", on=notes, by=by) as notes:
            notes.topic.heard(notes)
            notes.topic.group.practise("diskusi")
            _shown(notes)
    return notes


def take_back(contribution: Contribution, *, by: Person) -> Contribution:
    """Its writer takes back what was said: the words are shown to nobody any more. Raises NotAllowed, NotNow."""
    with act("discussions.take_back", on=contribution, by=by) as contribution:
        contribution.topic.count(-1)
        if contribution.may_be_public:
            store.taken_down(*contribution.topic.public_sites())
    return contribution


def summarise(topic: Topic, *, text: str, by: Person) -> Topic:
    """Sign a summary; earlier ones stay readable. Raises NotAllowed, NotNow, Stale when somebody summarised meanwhile."""
    with act("discussions.summarise", on=topic, by=by) as topic:
        topic.summary = text.strip()
        Summary.objects.create(topic=topic, number=topic.summaries.count() + 1, text=topic.summary, signed_by=by)
        topic.group.practise("diskusi")
        store.changed(*topic.public_sites())
    return topic


def close(topic: Topic, *, by: Person) -> Topic:
    """End the talk; everything stays readable. Raises NotAllowed, NotNow while it is not summarised."""
    with act("discussions.close", on=topic, by=by) as topic:
        pass
    return topic


def reopen(topic: Topic, *, by: Person) -> Topic:
    """Talk on. Raises NotAllowed, NotNow."""
    with act("discussions.reopen", on=topic, by=by) as topic:
        pass
    return topic


def merge(topic: Topic, *, into: Topic, by: Person) -> Topic:
    """Go on in another topic of the same group; what was said here stays here and readable.

    Raises NotAllowed; NotNow when `into` is this topic, of another group or finished.
    """
    with transaction.atomic():
        target = Topic.objects.held(topic, into)[into.pk]
        with act("discussions.merge", on=topic, by=by) as topic:
            if target.pk == topic.pk or target.group_id != topic.group_id or not target.speakable:
                raise NotNow(_("Pilih pembahasan lain di KIM ini yang masih berjalan."))
            topic.merged_into = target
            store.changed(*topic.public_sites())
    return topic


def _shown(said: Contribution) -> None:
    if said.may_be_public:
        store.changed(*said.topic.public_sites())
