"""The answers that are not yes. Each carries a sentence a person can act on, and who can help."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.http import Http404

if TYPE_CHECKING:
    from kentongan.core.models import Acted


class NotThere(Http404):
    """Nothing stands here for this reader. Its sentence is for people; what Django's own Http404 carries is for developers."""


class Refused(Exception):
    """What was asked is not done; nothing changed. `status` is the HTTP answer, `helpers` are names of those who can."""

    status = 400

    def __init__(self, sentence: str, helpers: Iterable[str] = ()) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.helpers = tuple(helpers)


class BadRequest(Refused):
    """What was sent makes no sense here."""


class NotAllowed(Refused):
    """This person may not do this."""

    status = 403


class NotNow(Refused):
    """The thing is in the wrong state, or something is missing (`missing`: the needs of the table), or a rule of it forbids it."""

    status = 409

    def __init__(self, sentence: str, helpers: Iterable[str] = (), missing: Iterable[Any] = ()) -> None:
        super().__init__(sentence, helpers)
        self.missing = tuple(missing)


class Stale(NotNow):
    """Somebody changed the thing after the form was filled. `thing` is what is stored now; nothing typed is lost.

    `compared` is for a view whose fields are not those of the thing: (field, label, what was typed, what is stored), in their order. A
    field "" is shown and sent again as it is.
    """

    def __init__(self, sentence: str, thing: "Acted") -> None:
        super().__init__(sentence)
        self.thing = thing
        self.compared: list[tuple[str, str, str, str]] = []


class TooLarge(Refused):
    """More was sent than is taken; the sentence says how much is."""

    status = 413


class TooMany(Refused):
    """Asked too often; the sentence says when to try again."""

    status = 429
