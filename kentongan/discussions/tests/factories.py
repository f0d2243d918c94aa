"""Topics as members make them, through the same actions."""

from typing import Any

from kentongan.discussions import actions
from kentongan.discussions.models import Contribution, Topic
from kentongan.newsroom.models import Story
from tests.cast import Cast

OPINION, QUESTION = Contribution.Kind.OPINION, Contribution.Kind.QUESTION


def topic_in(cast: Cast, **more: Any) -> Topic:
    """A topic that anggota opened in the cast's group."""
    given = {"subject": "Gorong-gorong RT 03 mampet", "question": "Siapa yang tahu sejak kapan?", "by": cast.anggota} | more
    return actions.open_topic(cast.group, **given)


def say(topic: Topic, by: Any, text: str = "Sejak hujan Senin malam.", **more: Any) -> Contribution:
    """Something said in it."""
    return actions.contribute(topic, **({"kind": OPINION, "text": text, "by": by} | more))


def story_in(cast: Cast, **more: Any) -> Story:
    """A story being made in the cast's group."""
    story = Story(group=cast.group, region=cast.region, author=cast.anggota, place="RT 03", state="written")
    story.headline = "Gorong-gorong dibersihkan"
    story.lie_in(cast.region)
    for name, value in more.items():
        setattr(story, name, value)
    story.save()
    return story


def publish(story: Story, cast: Cast) -> None:
    """The story as it stands once it is public."""
    told = {"summary": "Warga membersihkan gorong-gorong.", "verifier": cast.pemeriksa, "source_count": 1}
    Story.objects.filter(pk=story.pk).update(state="published", published_at=story.changed_at, **told)


def fresh(thing: Any) -> Any:
    """The row as it is now."""
    return type(thing).objects.get(pk=thing.pk)
