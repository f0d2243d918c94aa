"""Who may do what in a discussion: members only; who may see it at all is `Topic.objects.visible_to`."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from kentongan.accounts.models import Person
from kentongan.core.permissions import SELF, Rule
from kentongan.discussions.models import CLOSERS, Contribution, Topic
from kentongan.groups.models import Membership, membership_of


def topic_of(thing: Topic | Contribution) -> Topic:
    """The topic this is, or was said in."""
    return thing if isinstance(thing, Topic) else thing.topic


def member(person: Person, thing: Topic | Contribution) -> Membership | None:
    """Any membership but a pembina's, who reads along."""
    return membership_of(person, topic_of(thing).group)


def closer(person: Person, topic: Topic) -> Membership | None:
    """Ketua, sekretaris or redaktur of its group (domain/20)."""
    return membership_of(person, topic.group, *CLOSERS)


def writer(person: Person, contribution: Contribution) -> Any:
    """SELF, when this person said it."""
    return SELF if contribution.person_id == person.pk else None


def closers(topic: Topic) -> Iterable[str]:
    """Who can close it, by name."""
    return topic.closers


MEMBERS_ONLY = _("Hanya anggota KIM ini yang ikut berbicara di sini.")
CLOSERS_ONLY = _("Hanya ketua, sekretaris, atau redaktur yang bisa.")

RULES = (
    Rule("discussions.open", member, _("Hanya anggota KIM ini yang bisa membuka pembahasan.")),
    Rule("discussions.contribute", member, MEMBERS_ONLY),
    Rule("discussions.bring_minutes", member, MEMBERS_ONLY),
    Rule("discussions.take_back", writer, _("Hanya penulisnya yang bisa menarik ucapannya.")),
    Rule("discussions.summarise", member, _("Hanya anggota KIM ini yang bisa menulis rangkuman.")),
    Rule("discussions.close", closer, CLOSERS_ONLY, closers),
    Rule("discussions.reopen", closer, CLOSERS_ONLY, closers),
    Rule("discussions.merge", closer, CLOSERS_ONLY, closers),
)
