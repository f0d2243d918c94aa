"""When a group is suspended and let go again: two officers each way, and the group's appeal in between."""

from django.utils.translation import gettext_lazy as _

from kentongan.core.workflow import Move, Need
from kentongan.groups.models import Group
from kentongan.groups.models.suspensions import open_appeal, suspension_of, uninvolved
from kentongan.groups.workflow.groups import SUSPENDED, VERIFIED, board_of, regency_of


def _asked(group: Group) -> bool:
    suspension = suspension_of(group)
    return bool(suspension and not suspension.in_force)


def _lifting_asked(group: Group) -> bool:
    suspension = suspension_of(group)
    return bool(suspension and suspension.lift_asked_by_id)


def deciding(group: Group) -> list[str]:
    """Who answers an appeal."""
    return [f"{post.person.name} ({post.title}, {post.office})" for post in uninvolved(group)[:4]] or regency_of(group)


ASKED = Need(_asked, _("Pembekuan belum diusulkan oleh petugas pertama."), regency_of)
NOT_ASKED = Need(lambda group: not _asked(group), _("Pembekuan sudah diusulkan; tinggal dikuatkan petugas lain."), regency_of)
LIFTING_ASKED = Need(_lifting_asked, _("Pencabutan belum diusulkan oleh petugas pertama."), regency_of)
LIFTING_NOT_ASKED = Need(
    lambda group: not _lifting_asked(group), _("Pencabutan sudah diusulkan; tinggal dikuatkan petugas lain."), regency_of
)
APPEALED = Need(open_appeal, _("Tidak ada keberatan yang menunggu jawaban."), board_of)
NOT_APPEALED = Need(lambda group: not open_appeal(group), _("Keberatan sebelumnya masih menunggu jawaban."), deciding)

MOVES = (
    Move(
        "groups.ask_suspension",
        (VERIFIED,),
        None,
        (NOT_ASKED,),
        done=_("Usulan pembekuan tercatat dan menunggu dikuatkan petugas lain."),
        past=_("Pembekuan diusulkan"),
    ),
    Move(
        "groups.refuse_suspension",
        (VERIFIED,),
        None,
        (ASKED,),
        done=_("Usulan pembekuan dibatalkan."),
        past=_("Usulan pembekuan dibatalkan"),
    ),
    Move(
        "groups.suspend",
        (VERIFIED,),
        SUSPENDED,
        (ASKED,),
        done=_("KIM dibekukan. Kabarnya tetap terbaca, yang baru tidak bisa terbit."),
        past=_("Dibekukan"),
    ),
    Move(
        "groups.ask_lifting",
        (SUSPENDED,),
        None,
        (LIFTING_NOT_ASKED,),
        done=_("Usulan pencabutan tercatat dan menunggu dikuatkan petugas lain."),
        past=_("Pencabutan pembekuan diusulkan"),
    ),
    Move(
        "groups.refuse_lifting",
        (SUSPENDED,),
        None,
        (LIFTING_ASKED,),
        done=_("Usulan pencabutan dibatalkan; pembekuan tetap."),
        past=_("Usulan pencabutan pembekuan dibatalkan"),
    ),
    Move("groups.lift", (SUSPENDED,), VERIFIED, (LIFTING_ASKED,), done=_("Pembekuan dicabut."), past=_("Pembekuan dicabut")),
    Move(
        "groups.appeal",
        (SUSPENDED,),
        None,
        (NOT_APPEALED,),
        done=_("Keberatan Anda sudah sampai di Diskominfo. Jawabannya tampil di halaman ini."),
        past=_("Keberatan atas pembekuan diajukan"),
    ),
    Move(
        "groups.uphold_suspension",
        (SUSPENDED,),
        None,
        (APPEALED,),
        done=_("Jawaban tercatat: pembekuan tetap."),
        past=_("Keberatan ditolak, pembekuan tetap"),
    ),
    Move(
        "groups.grant_appeal",
        (SUSPENDED,),
        None,
        (APPEALED,),
        done=_("Keberatan dikabulkan. Pencabutan tinggal dikuatkan petugas lain."),
        past=_("Keberatan dikabulkan"),
    ),
)
