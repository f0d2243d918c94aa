"""What the desk's shell shows: who, in which post, the five places, what waits in each."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kentongan.accounts.credentials import owner_word
from kentongan.accounts.models import Person
from kentongan.core.workflow import done_sentence
from kentongan.desk.reading.counts import Counts, counts_for, counts_of
from kentongan.desk.waits import Waiting, waiting_for
from kentongan.groups.models import Appointment, Membership, Post, posts_of

WORDS = ("Nol", "Satu", "Dua", "Tiga", "Empat", "Lima", "Enam", "Tujuh", "Delapan", "Sembilan", "Sepuluh")


def written(count: int) -> str:
    """A small number as a word, as a sentence begins with it."""
    return WORDS[count] if count < len(WORDS) else str(count)


@dataclass(frozen=True)
class PostRow:
    """One line of the post switch."""

    key: str
    role_label: str
    body_label: str
    waiting: int


@dataclass(frozen=True)
class Place:
    """One of the places at the foot of a phone."""

    href: str
    icon: str
    label: str
    current: bool
    waiting: int = 0


@dataclass
class Shell:
    """Everything around a desk page, read on first use."""

    person: Person | None
    path: str
    done: str = ""

    @property
    def device(self) -> str:
        """Whose the phone is while this page shows: a word that says nothing else about them."""
        return owner_word(self.person.pk) if self.person else ""

    @cached_property
    def all_waiting(self) -> list[Waiting]:
        """What waits in all posts of this person."""
        return waiting_for(self.person) if self.person else []

    @cached_property
    def counts(self) -> Counts:
        """How many things wait in each post: on the front page those of the list below."""
        if self.person is None:
            return {}
        return counts_of(self.all_waiting) if self.path == reverse("desk:home") else counts_for(self.person)

    @cached_property
    def current(self) -> Post | None:
        """The post in use: the one chosen in the switch, else the first."""
        return next(iter(posts_of(self.person)), None) if self.person else None

    @cached_property
    def posts(self) -> list[PostRow]:
        """Every post of this person, the one in use first."""
        return [self._row(post) for post in posts_of(self.person)] if self.person else []

    @property
    def post(self) -> PostRow | None:
        """The post in use, as the switch shows it."""
        return self.posts[0] if self.posts else None

    @cached_property
    def waiting(self) -> list[Waiting]:
        """What waits for this person in the post in use, and what waits for them in none (a founder's steps)."""
        here = ("", self.current.key if self.current else "")
        return [row for row in self.all_waiting if row.post in here and not row.wait.theirs]

    @cached_property
    def awaited(self) -> list[Waiting]:
        """What this person waits for, in any post, each thing once."""
        return list({(row.wait.kind, row.number): row for row in self.all_waiting if row.wait.theirs}.values())

    @property
    def sentence(self) -> str:
        """How many things wait, and how many of them are late."""
        late = sum(row.kind == "late" for row in self.waiting)
        count = ngettext("Satu hal.", "%(n)s hal.", len(self.waiting)) % {"n": written(len(self.waiting))}
        if not self.waiting:
            return _("Tidak ada. Semua janji Anda sudah lunas.")
        return f"{count} {_('%(n)s sudah lewat janji.') % {'n': written(late)} if late else ''}".strip()

    @property
    def now(self) -> datetime:
        """The moment this page was made."""
        return timezone.now()

    @cached_property
    def places(self) -> list[Place]:
        """Meja, Kabar, Pembahasan and KIM; officers see Wilayah instead of KIM."""
        if self.person is None:
            return []
        here = {"", self.current.key if self.current else ""}
        waiting = sum(self.counts.get(key, 0) for key in here)
        places = [self._place("desk:home", "desk", _("Meja"), waiting), self._place("newsroom:stories", "news", _("Kabar"))]
        if isinstance(self.current, Membership):
            places.append(self._place("discussions:topics", "talk", _("Pembahasan")))
        official = isinstance(self.current, Appointment) or (self.person.operator and self.current is None)
        places.append(self._place("groups:office", "pin", _("Wilayah")) if official else self._place("groups:mine", "group", _("KIM")))
        return places

    def _place(self, name: str, icon: str, label: str, waiting: int = 0) -> Place:
        href = reverse(name)
        current = self.path == href if name == "desk:home" else self.path.startswith(href)
        return Place(href, icon, label, current, waiting)

    def _row(self, post: Post) -> PostRow:
        role = post.get_role_display() if isinstance(post, Membership) else post.title
        body = post.group.name if isinstance(post, Membership) else post.office.name
        return PostRow(post.key, str(role), body, self.counts.get(post.key, 0))


def shell(request: HttpRequest) -> dict[str, Shell]:
    """The desk's shell, for pages under /meja/ only: a public page knows no one."""
    if not request.path.startswith("/meja/"):
        return {}
    return {"shell": Shell(getattr(request, "person", None), request.path, done_sentence(request.GET.get("selesai", "")))}
