"""When the office of a place speaks about a group, and when it stands behind a decree. None of it moves the group."""

from django.utils.translation import gettext_lazy as _

from kentongan.core.workflow import Move, Need
from kentongan.groups.models import Decree, Group, officers_of
from kentongan.groups.models.statements import unanswered_objection
from kentongan.groups.workflow.groups import DECREED, LIVING, REGISTERED, SUSPENDED, VERIFIED, board_of, founder_of


def unconfirmed_decrees(group: Group) -> list[Decree]:
    """Decrees that another office, or a register, brought, and that the office which issued them has not confirmed."""
    return [decree for decree in group.all_decrees if not decree.own_word]


def answering(group: Group) -> list[str]:
    """Who speaks for the group: its board, before there is one its founder."""
    return board_of(group) or founder_of(group)


def issuers_of(group: Group) -> list[str]:
    """The offices whose heads signed the group's decrees."""
    return officers_of(group, *sorted({decree.level for decree in group.all_decrees}, reverse=True))


MOVES = (
    Move(
        "groups.endorse",
        LIVING,
        None,
        done=_("Dukungan Anda tercatat dan terbaca semua yang melihat pembentukan ini."),
        past=_("Didukung pemerintah desa/kelurahan"),
    ),
    Move(
        "groups.object",
        LIVING,
        None,
        done=_("Keberatan Anda tercatat. Pembentukan tetap berjalan, dan kelompok wajib menjawab."),
        past=_("Keberatan pemerintah desa/kelurahan disampaikan"),
    ),
    Move(
        "groups.answer_objection",
        LIVING,
        None,
        (Need(unanswered_objection, _("Tidak ada keberatan yang menunggu jawaban.")),),
        done=_("Jawaban Anda tercatat di bawah keberatannya."),
        past=_("Keberatan pemerintah desa/kelurahan dijawab"),
    ),
    Move(
        "groups.confirm_decree",
        (DECREED, REGISTERED, VERIFIED, SUSPENDED),
        None,
        (Need(unconfirmed_decrees, _("Semua SK KIM ini sudah dipastikan penerbitnya.")),),
        done=_("Tercatat: SK ini benar diterbitkan kantor Anda."),
        past=_("SK dipastikan penerbitnya"),
    ),
)
