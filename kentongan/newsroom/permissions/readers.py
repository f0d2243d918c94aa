"""Who may answer as a reader, and who keeps knowledge and series in order."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kentongan.accounts.models import Person
from kentongan.core.permissions import SELF, Rule
from kentongan.groups.models import membership_of
from kentongan.newsroom.permissions.stories import DESK_ONLY, MEMBERS_ONLY, holds
from kentongan.newsroom.workflow.stories import DESK, WRITERS, named


def reader(person: Person, feedback: Any) -> Any:
    """Anybody who reads."""
    return SELF


def writer(person: Person, series: Any) -> Any:
    """A member of the group whose series it is."""
    return membership_of(person, series.group, *WRITERS)


RULES = (
    Rule("newsroom.say_understood", reader, _("Siapa pun yang membaca boleh menjawab."), public="pembaca"),
    Rule("newsroom.say_useful", reader, _("Siapa pun yang membaca boleh menjawab."), public="pembaca"),
    Rule("newsroom.confirm_current", holds(*DESK), DESK_ONLY, named(*DESK)),
    Rule("newsroom.start_series", writer, MEMBERS_ONLY, named(*DESK)),
    Rule("newsroom.put_in_series", holds(*WRITERS), MEMBERS_ONLY, named(*DESK)),
    Rule("newsroom.take_from_series", holds(*WRITERS), MEMBERS_ONLY, named(*DESK)),
)
