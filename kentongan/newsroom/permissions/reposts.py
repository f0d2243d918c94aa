"""Who may pass on another group's story."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kentongan.accounts.models import Person
from kentongan.core.permissions import Rule
from kentongan.groups.models import membership_of
from kentongan.newsroom.models import Story
from kentongan.newsroom.permissions.stories import MEMBERS_ONLY, WRITERS, holds
from kentongan.newsroom.workflow.reposts import receiving
from kentongan.newsroom.workflow.stories import DESK, named


def passing_on(person: Person, story: Story) -> Any:
    """A member of the group that passes it on; asked of the original, a member of any other group."""
    if story.repost_of_id and story._state.adding:
        return membership_of(person, story.group, *WRITERS)
    return receiving(person, story)


RULES = (
    Rule("newsroom.repost", passing_on, _("Hanya anggota KIM lain yang bisa membagikan ulang kabar ini di KIM-nya.")),
    Rule("newsroom.introduce", holds(*WRITERS), MEMBERS_ONLY, named(*DESK)),
    Rule("newsroom.follow_original", lambda person, story: None, _("Kutipan mengikuti kabar asalnya."), clock="mengikuti kabar asalnya"),
)
