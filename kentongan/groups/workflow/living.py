"""When guidance is noted, what a group has is stated and seen, its papers are confirmed, and an office or a board changes hands."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kentongan.core.workflow import NEW, Move, Need
from kentongan.groups.models import Deed, Group, Handover, Item, Reminder, Visit
from kentongan.groups.workflow.groups import board_of

GONE = (Group.State.DISSOLVED, Group.State.WITHDRAWN)
SEATED = (Group.State.MINUTED, *Group.PUBLISHING, Group.State.SUSPENDED)
"""States in which a group has people with roles."""


def _lives(thing: Any) -> bool:
    return thing.group is None or thing.group.state not in GONE


def _has_words(deed: Deed) -> bool:
    return bool(deed.text.strip() or deed.decisions.strip() or deed.brings_files)


LIVES = Need(_lives, _("KIM ini sudah dibubarkan: catatannya tetap terbaca, tidak bisa ditambah."))
SEATED_GROUP = Need(
    lambda thing: thing.group.state in SEATED, _("Naskah dan kelengkapan dicatat sejak pengurus terbentuk, selama KIM belum dibubarkan.")
)
TO_COME = Need(lambda visit: not visit.settled, _("Sesudah itu kantor ini sudah datang lagi; rencananya ada di catatan yang terbaru."))
WORDS = Need(_has_words, _("Naskahnya masih kosong. Tulis isinya, atau lampirkan foto atau PDF-nya."))
FOLLOWS = Need(
    lambda handover: handover.giver_id or handover.given_as, _("Tidak ada yang diserahterimakan di sini: belum ada yang menyerahkan.")
)

MOVES = (
    Move("groups.note_visit", (NEW,), Visit.State.NOTED, (LIVES,), done=_("Pembinaan sudah dicatat."), past=_("Pembinaan dicatat")),
    Move(
        "groups.replan_visit",
        (Visit.State.NOTED,),
        None,
        (LIVES, TO_COME),
        done=_("Rencana berikutnya sudah diganti."),
        past=_("Rencana pembinaan diganti"),
    ),
    Move(
        "groups.remark_on_visit",
        (Visit.State.NOTED,),
        None,
        (LIVES,),
        done=_("Catatan KIM sudah disimpan."),
        past=_("KIM memberi catatan atas pembinaan"),
    ),
    Move(
        "groups.state_item",
        (NEW, Item.State.GONE),
        Item.State.STATED,
        (SEATED_GROUP,),
        done=_("Sudah dicatat. Petugas melihatnya saat pembinaan."),
        past=_("Kelengkapan dinyatakan ada"),
    ),
    Move("groups.state_item", (Item.State.STATED, Item.State.SEEN), None, (SEATED_GROUP,)),
    Move(
        "groups.withdraw_item",
        (Item.State.STATED, Item.State.SEEN),
        Item.State.GONE,
        (SEATED_GROUP,),
        done=_("Sudah dicatat: tidak ada lagi."),
        past=_("Kelengkapan dinyatakan tidak ada lagi"),
    ),
    Move(
        "groups.see_item",
        (Item.State.STATED, Item.State.SEEN),
        Item.State.SEEN,
        (LIVES,),
        past=_("Kelengkapan dilihat petugas"),
    ),
    Move(
        "groups.write_deed",
        (NEW,),
        Deed.State.WRITTEN,
        (SEATED_GROUP, WORDS),
        done=_("Naskah sudah disimpan. Satu anggota lain perlu menguatkannya."),
        past=_("Naskah ditulis"),
    ),
    Move(
        "groups.confirm_deed",
        (Deed.State.WRITTEN,),
        Deed.State.CONFIRMED,
        (SEATED_GROUP,),
        done=_("Naskah sudah Anda kuatkan."),
        past=_("Naskah dikuatkan"),
    ),
    Move(
        "groups.take_back_deed",
        (Deed.State.WRITTEN,),
        Deed.State.TAKEN_BACK,
        (SEATED_GROUP,),
        done=_("Naskah ditarik; alasannya tetap terbaca."),
        past=_("Naskah ditarik"),
    ),
    Move("groups.remind", (NEW,), Reminder.State.DUE, past=_("Sudah waktunya diingatkan")),
    Move("groups.remind", (Reminder.State.DUE,), None),
    Move(
        "groups.hand_over",
        (NEW,),
        Handover.State.GIVEN,
        (LIVES,),
        done=_("Sudah diserahkan. Penerus Anda melihatnya di Meja sampai ia menerimanya."),
        past=_("Diserahterimakan"),
    ),
    Move(
        "groups.take_over",
        (NEW, Handover.State.GIVEN),
        Handover.State.TAKEN,
        (LIVES, FOLLOWS),
        done=_("Serah terima sudah Anda terima."),
        past=_("Serah terima diterima"),
    ),
)


def board_of_thing(thing: Any) -> list[str]:
    """Ketua and sekretaris of the group a thing belongs to."""
    return board_of(thing.group)
