"""Who may do what in the newsroom. Offices stand in one line only: they may raise a flag; no line lets them change a word (domain/10)."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from kentongan.accounts.models import Person
from kentongan.core.permissions import SELF, Rule
from kentongan.groups.models import appointment_over, membership_of
from kentongan.newsroom.models import Correction, Story
from kentongan.newsroom.workflow.stories import CHECKERS, DESK, EDITORS, WRITERS, Role, group_of, named, named_who_did_not_write

__all__ = ["CHECKERS", "DESK", "EDITORS", "RULES", "WRITERS"]


def holds(*roles: str) -> Callable[[Person, Any], Any]:
    """A member of its group in one of these roles."""
    return lambda person, thing: membership_of(person, group_of(thing), *roles)


def author_or(*roles: str) -> Callable[[Person, Story], Any]:
    """Its author, still a member, or a holder of one of these roles."""
    return lambda person, story: membership_of(person, story.group, *(WRITERS if story.author_id == person.pk else roles))


def its_author_while_begun(*roles: str) -> Callable[[Person, Any], Any]:
    """A member of its group in one of these roles; while it is only begun it is its author's alone."""

    def asked(person: Person, thing: Any) -> Any:
        story: Story = thing if isinstance(thing, Story) else thing.story
        if story.state == Story.State.BEGUN and story.author_id != person.pk:
            return None
        return membership_of(person, story.group, *roles)

    return asked


def author_or_editor_once_gathered(person: Person, story: Story) -> Any:
    """Its author, and an editor once others can see it."""
    begun_by_another = story.state == Story.State.BEGUN and story.author_id != person.pk
    return None if begun_by_another else author_or(*EDITORS)(person, story)


def reader_beside(person: Person, story: Story) -> Any:
    """A member who wrote nothing of it."""
    return None if story.wrote(person) else membership_of(person, story.group)


def checker_who_did_not_write(person: Person, story: Story) -> Any:
    """A checker who neither gathered it nor wrote any version of it."""
    return None if story.wrote(person) else membership_of(person, story.group, *CHECKERS)


def second_on_correction(person: Person, correction: Correction) -> Any:
    """An editor or checker other than who proposed it."""
    return None if correction.proposed_by_id == person.pk else membership_of(person, correction.story.group, *DESK)


def official_over(person: Person, thing: Any) -> Any:
    """An official in whose office's subtree the story's place lies."""
    story: Story = thing if isinstance(thing, Story) else thing.story
    return appointment_over(person, story.region)


def anybody(person: Person, tip: Any) -> Any:
    """A member as such, anyone else for themselves."""
    return membership_of(person, tip.group) or SELF


def operator(person: Person, thing: Any) -> Any:
    """Who runs the installation; belongs to no region."""
    return "operator" if person.operator else None


MEMBERS_ONLY = _("Hanya anggota KIM ini yang bisa. Warga lain bisa mengirim bahan lewat halaman KIM.")
WRITERS_ONLY = _("Hanya anggota KIM ini yang bisa; selama baru dimulai hanya penulisnya.")
AUTHOR_OR_EDITOR = _("Hanya penulisnya atau redaktur KIM ini yang bisa.")
EDITORS_ONLY = _("Hanya redaktur KIM ini yang bisa.")
DESK_ONLY = _("Hanya pemeriksa atau redaktur KIM ini yang bisa.")
OPERATOR_ONLY = _("Hanya pengelola sistem, dan hanya karena perintah hukum. Instansi pemerintah tidak bisa menahan kabar.")

RULES = (
    Rule("newsroom.receive_tip", anybody, MEMBERS_ONLY, public="umum", assisted=True),
    Rule("newsroom.decline_tip", holds(*WRITERS), MEMBERS_ONLY, named(*DESK)),
    Rule("newsroom.mark_tip_duplicate", holds(*WRITERS), MEMBERS_ONLY, named(*DESK)),
    Rule("newsroom.take_up", holds(*WRITERS), MEMBERS_ONLY, named(*DESK)),
    Rule("newsroom.begin", holds(*WRITERS), MEMBERS_ONLY, named(*DESK), assisted=True),
    Rule("newsroom.answer", its_author_while_begun(*WRITERS), WRITERS_ONLY, named(*DESK), assisted=True),
    Rule("newsroom.gather", its_author_while_begun(*WRITERS), MEMBERS_ONLY, named(*DESK), assisted=True),
    Rule("newsroom.write", holds(*WRITERS), _("Hanya anggota KIM ini yang menulis kabarnya; instansi pemerintah tidak."), named(*DESK)),
    Rule("newsroom.add_source", holds(*WRITERS), MEMBERS_ONLY, named(*DESK)),
    Rule("newsroom.name_source", holds(*WRITERS), MEMBERS_ONLY, named(*DESK), assisted=True),
    Rule("newsroom.remove_source", holds(*WRITERS), MEMBERS_ONLY, named(*DESK)),
    Rule("newsroom.illustrate", its_author_while_begun(*WRITERS), WRITERS_ONLY, named(*DESK)),
    Rule("newsroom.describe_photo", its_author_while_begun(*WRITERS), WRITERS_ONLY, named(*DESK)),
    Rule("newsroom.order_photos", its_author_while_begun(*WRITERS), WRITERS_ONLY, named(*DESK)),
    Rule("newsroom.remove_photo", its_author_while_begun(*WRITERS), WRITERS_ONLY, named(*DESK)),
    Rule("newsroom.rework", holds(*WRITERS), MEMBERS_ONLY, named(*DESK)),
    Rule(
        "newsroom.read_along",
        reader_beside,
        _("Yang ikut membaca adalah anggota lain, bukan yang menulis."),
        named_who_did_not_write(*WRITERS),
    ),
    Rule("newsroom.submit", author_or(*EDITORS), AUTHOR_OR_EDITOR, named(*EDITORS)),
    Rule("newsroom.submit_urgent", author_or(*EDITORS), AUTHOR_OR_EDITOR, named(*EDITORS)),
    Rule(
        "newsroom.verify",
        checker_who_did_not_write,
        _("Yang memeriksa adalah pemeriksa KIM ini yang tidak ikut menulis kabar ini."),
        named_who_did_not_write(*CHECKERS),
    ),
    Rule("newsroom.return_story", holds(*DESK), DESK_ONLY, named(*DESK)),
    Rule("newsroom.schedule", holds(*EDITORS), EDITORS_ONLY, named(*EDITORS)),
    Rule("newsroom.unschedule", holds(*EDITORS), EDITORS_ONLY, named(*EDITORS)),
    Rule("newsroom.publish", holds(*EDITORS), _("Hanya redaktur KIM ini yang menerbitkan."), named(*EDITORS), clock="jadwal terbit"),
    Rule("newsroom.propose_correction", holds(*WRITERS), MEMBERS_ONLY, named(*DESK)),
    Rule("newsroom.word_correction", holds(*WRITERS), MEMBERS_ONLY, named(*DESK)),
    Rule(
        "newsroom.confirm_correction",
        second_on_correction,
        _("Ralat dikuatkan oleh pemeriksa atau redaktur lain, bukan yang mengusulkan."),
        named(*DESK),
    ),
    Rule("newsroom.correct", holds(*DESK), DESK_ONLY, named(*DESK)),
    Rule("newsroom.decline_correction", holds(*DESK), DESK_ONLY, named(*DESK)),
    Rule("newsroom.retract", holds(*EDITORS), _("Hanya redaktur KIM ini yang mencabut kabarnya."), named(*EDITORS)),
    Rule("newsroom.withdraw", author_or_editor_once_gathered, AUTHOR_OR_EDITOR, named(*EDITORS)),
    Rule("newsroom.withhold", operator, OPERATOR_ONLY),
    Rule("newsroom.restore", operator, OPERATOR_ONLY),
    Rule("newsroom.raise_flag", official_over, _("Hanya petugas instansi yang wilayahnya mencakup tempat kabar ini.")),
    Rule(
        "newsroom.answer_flag",
        holds(*DESK, Role.KETUA, Role.SEKRETARIS),
        _("Hanya redaktur, pemeriksa, ketua atau sekretaris KIM ini yang menjawab."),
        named(*EDITORS, Role.KETUA),
    ),
)
