"""One line of the table of what waits: what, for whom, since when, until when."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import (
    QuerySet,
)
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from kentongan.accounts.models import Person
from kentongan.groups.models import (
    Membership,
    Office,
    Post,
)
from kentongan.ui.writing import day

BOARD = (Membership.Role.KETUA, Membership.Role.SEKRETARIS)


KOMINFO = (Office.Kind.COMMUNICATION,)


LISTED = 50
"""How many things of one kind the list shows for one post."""


LOCAL_OFFICES = (Office.Kind.VILLAGE, Office.Kind.DISTRICT, Office.Kind.COMMUNICATION)


STORY, GROUP = "newsroom:story", "groups:group"


@dataclass(frozen=True)
class Wait:
    """One kind of thing that waits.

    `days` is the promise, in calendar days since the thing came to wait (bawaan Kentongan: no public rule gives these numbers).
    `roles` (of memberships) or `offices` (kinds, of appointments) say for whose posts; `rows(person, post)` answers the things;
    `since` names the field that says since when; `title` the field shown; `href` the URL name that takes the id `key`.
    """

    kind: str
    label: str | Promise
    button: str | Promise
    days: int
    rows: Callable[[Person, Any], QuerySet[Any]]
    since: str
    title: Any
    href: str
    key: str = "pk"
    roles: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    theirs: bool = False
    """What this person waits for, owed by others; shown below, never counted."""
    personal: bool = False
    """Waits for the person themselves, in whatever post they are, or in none: a founder has no post yet. `rows` gets no post."""

    whole: Callable[[Person, Any], QuerySet[Any]] | None = None
    """The same things for the whole office or board, whoever looks: what is handed over. Without it `rows` say so already."""

    echo: str = ""
    """The kind that is the same things as they wait for others: handed over once."""

    oneself: bool = False
    """About the holder of a post, not about what it has to do: not handed over."""

    near: int = 0
    """So many days before its day it is drawn as waiting today."""

    bare: bool = False
    """Its page is one's own and takes no id."""

    tap: str = ""
    """The URL name of the step it asks for, when one tap does it; then `href` is where one goes when it is not so easy (`other`)."""

    other: str | Promise = ""

    note: Any = None
    """An expression for what one must read before tapping."""

    part: str = ""
    """Where on its page it waits, when that is not the first thing there."""

    def is_for(self, post: Post) -> bool:
        """Whether holders of this post are meant."""
        if isinstance(post, Membership):
            return post.role in self.roles
        return post.office.kind in self.offices

    def belongs_to(self, post: Post) -> bool:
        """Whether things of this kind are handed over with the office or the board of this post."""
        body = bool(self.roles) if isinstance(post, Membership) else post.office.kind in self.offices
        return body and not (self.personal or self.oneself or self.echo)


@dataclass(frozen=True)
class Waiting:
    """One thing that waits, ready to be shown by the component `waiting`."""

    wait: Wait
    post: str
    number: int
    what: str
    since: datetime | None
    version: int | None = None
    note: str = ""

    @property
    def title(self) -> str:
        return str(self.wait.label) % self.what

    @property
    def href(self) -> str:
        return reverse(self.wait.href, args=[] if self.wait.bare else [self.number]) + (f"#{self.wait.part}" if self.wait.part else "")

    @property
    def due_on(self) -> date:
        """The day by which it was promised."""
        return timezone.localdate(self.since or timezone.now()) + timedelta(days=self.wait.days)

    @property
    def days_left(self) -> int:
        return (self.due_on - timezone.localdate()).days

    @property
    def kind(self) -> str:
        """How its stroke is drawn: "" waits today, later, late, theirs (mocks: waiting)."""
        if self.wait.theirs:
            return "theirs"
        return "late" if self.days_left < 0 else "later" if self.days_left > self.wait.near else ""

    @property
    def due(self) -> str:
        """How long until the promised day, as one says it."""
        left = self.days_left
        if left < 0:
            return _("Lewat %(n)s hari") % {"n": -left}
        return _("%(n)s hari lagi") % {"n": left} if left else _("Hari ini")

    @property
    def due_note(self) -> str:
        """The promised day."""
        return day(self.due_on)

    @property
    def meta(self) -> str:
        """What one must read before tapping."""
        return self.note

    @property
    def tap_href(self) -> str:
        """Where one tap does it; empty where it takes more."""
        return reverse(self.wait.tap, args=[self.number]) if self.wait.tap else ""

    @property
    def other_label(self) -> str:
        return str(self.wait.other)

    @property
    def action_label(self) -> str:
        return str(self.wait.button)

    @property
    def action_href(self) -> str:
        return "" if self.wait.theirs else self.href
