"""Where a person's name stands in what a group publishes, and how it is taken out of what was typed as text."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

from kentongan.accounts.models import Person, rename_in
from kentongan.discussions.models import Contribution, Topic
from kentongan.groups.models import CODE_OF_LEVEL, Membership
from kentongan.newsroom.models.photos import StoryPhoto
from kentongan.newsroom.models.stories import Story
from kentongan.newsroom.models.tips import Tip
from kentongan.vault.models import SealedContact

NAMED_IN = (
    "author",
    "verifier",
    "reviewed_by",
    "publisher",
    "second_pair",
    "revisions__author",
    "corrections__proposed_by",
    "corrections__confirmed_by",
    "checks__by",
)
"""The ways from a story to the people its public pages may name."""


def sites_naming(person: Person) -> list[str]:
    """Every public site on which a story, or one that passes it on, names this human."""
    selves = person.selves
    found: set[int] = set()
    for way in NAMED_IN:
        found.update(Story.objects.filter(**{f"{way}__in": selves}).values_list("pk", flat=True))
    spoke = Q(opened_by__in=selves) | Q(contributions__person__in=selves) | Q(summaries__signed_by__in=selves)
    about = Topic.objects.filter(spoke, about_type=ContentType.objects.get_for_model(Story))
    found.update(number for number in about.values_list("about_id", flat=True) if number)
    stories = Story.objects.filter(Q(pk__in=found) | Q(repost_of__in=found), published_at__isnull=False)
    codes = stories.values_list("group__slug", *CODE_OF_LEVEL.values()).distinct()
    sites = {f"kim/{slug}" for slug, *_codes in codes} | {f"wilayah/{code}" for _slug, *places in codes for code in places if code}
    return sorted(sites | {"nasional"}) if sites else []


def forget(person: Person, name: str, pseudonym: str) -> None:
    """Inside the `act` that erases: the name as it was typed for this person, beside their own work, and the contacts they left.

    What others wrote about somebody of that name in a story is the group's word, and stays until the group corrects it.
    """
    selves = person.selves
    own = Story.objects.filter(author__in=selves)
    rename_in(StoryPhoto.objects.filter(story__in=own), "credit", name, pseudonym)
    groups = set(Membership.objects.filter(person__in=selves).values_list("group_id", flat=True))
    Story.objects.filter(group__in=groups, teller=name).update(teller=pseudonym)
    rename_in(Contribution.objects.filter(topic__group__in=groups), "present", name, pseudonym)
    tips = Tip.objects.filter(brought_by__in=selves)
    contacts = list(tips.filter(contact__isnull=False).values_list("contact", flat=True))
    tips.update(name="")
    SealedContact.objects.filter(pk__in=contacts).delete()
