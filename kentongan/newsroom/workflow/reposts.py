"""When another group's story may be passed on, and how a repost follows what becomes of the original."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kentongan.accounts.models import Person
from kentongan.core.workflow import NEW, Move, Need
from kentongan.groups.models import Membership, posts_of
from kentongan.newsroom.models import Story
from kentongan.newsroom.workflow.stories import IN_THE_MAKING, INSIDE, OPEN_GROUP, ORIGINAL_IS_OUT, REWORKABLE, WRITERS, S


def receiving(person: Person, original: Story) -> Any:
    """The membership in whose group this person would pass it on, the post in use first: never the group whose story it is."""
    own = {original.group_id, original.original.group_id}
    posts = (post for post in posts_of(person) if isinstance(post, Membership) and post.role in WRITERS)
    return next((post for post in posts if post.group_id not in own), None)


def _follows(story: Story) -> bool:
    """Whether the original has gone where the repost has not. A legal order against the repost itself stays, whatever the original does."""
    original = story.repost_of
    if original is None or original.state == story.state:
        return False
    return story.state == S.PUBLISHED or story.order_reference == original.order_reference


FOLLOWS = Need(_follows, _("Kutipan ini sudah sama dengan kabar asalnya."))

MOVES = (
    Move(  # asked of the original by its button, of the new story by the door: the other group's row is not touched
        "newsroom.repost",
        (S.PUBLISHED,),
        None,
        (ORIGINAL_IS_OUT,),
        _("Kutipan menjadi draf di KIM Anda. Setelah diperiksa orang lain, terbitkan."),
        _("Dibagikan ulang"),
    ),
    Move("newsroom.repost", (NEW,), S.WRITTEN, (ORIGINAL_IS_OUT, OPEN_GROUP, INSIDE)),
    Move("newsroom.introduce", IN_THE_MAKING, S.WRITTEN, done=_("Pengantar tersimpan."), past=_("Pengantar ditulis")),
    Move("newsroom.introduce", REWORKABLE, S.WRITTEN, done=_("Pengantar tersimpan.")),
    Move(
        "newsroom.follow_original",
        (S.PUBLISHED, S.WITHHELD),
        lambda story: story.repost_of.state,
        (FOLLOWS,),
        past=_("Mengikuti kabar asalnya"),
    ),
)
