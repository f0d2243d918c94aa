"""When what may happen to an import: nothing is saved before it is confirmed, and what was saved can be taken back for a day."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kentongan.core.workflow import NEW, Move, Need
from kentongan.registers.models import UNDO_HOURS, Import

UPLOADED, READ, UNREADABLE, JUDGING = Import.State.UPLOADED, Import.State.READ, Import.State.UNREADABLE, Import.State.JUDGING
PREVIEWED, SAME, SAVING, CONFIRMED = Import.State.PREVIEWED, Import.State.SAME, Import.State.SAVING, Import.State.CONFIRMED
UNDOING, UNDONE, DROPPED = Import.State.UNDOING, Import.State.UNDONE, Import.State.DROPPED


def _still_open(importing: Import) -> Any:
    return _("%(n)s baris belum dipilih. Pilih dulu, atau lewati.") % {"n": importing.tally["ask"]}


def _too_late(importing: Import) -> Any:
    said = _("Sudah lewat %(hours)s jam sejak disimpan. Perbaiki KIM-nya satu per satu, atau impor lembar yang sudah dibetulkan.")
    return said % {"hours": UNDO_HOURS}


NONE_OPEN = Need(lambda importing: not importing.tally["ask"], _still_open)
SOMETHING = Need(lambda importing: importing.to_save, _("Tidak ada baris yang akan disimpan: yang lain sama, ditolak, atau dilewati."))
IN_TIME = Need(lambda importing: importing.may_still_be_undone, _too_late)

MOVES = (
    Move("registers.upload", (NEW,), UPLOADED, done=_("Berkas diterima. Belum ada yang tersimpan."), past=_("Berkas diunggah")),
    Move("registers.read", (UPLOADED,), READ, past=_("Berkas dibaca")),
    Move("registers.refuse", (UPLOADED,), UNREADABLE, past=_("Berkas tidak terbaca")),
    Move("registers.map", (READ, PREVIEWED, SAME), JUDGING, done=_("Kolom dipilih dan diingat."), past=_("Kolom dipilih")),
    Move("registers.preview", (JUDGING,), PREVIEWED, past=_("Baris dicocokkan")),
    Move("registers.find_same", (JUDGING,), SAME, past=_("Semua baris sama dengan register")),
    Move("registers.choose", (PREVIEWED,), None, done=_("Pilihan tersimpan."), past=_("Baris yang meragukan dipilih")),
    Move("registers.confirm", (PREVIEWED,), SAVING, (NONE_OPEN, SOMETHING), done=_("Sedang disimpan."), past=_("Disetujui untuk disimpan")),
    Move("registers.save", (SAVING,), CONFIRMED, past=_("Disimpan ke register")),
    Move("registers.look_again", (SAVING,), PREVIEWED, past=_("Belum disimpan: perlu dilihat lagi")),
    Move("registers.undo", (CONFIRMED,), UNDOING, (IN_TIME,), done=_("Sedang dibatalkan."), past=_("Pembatalan diminta")),
    Move("registers.take_back", (UNDOING,), UNDONE, past=_("Dibatalkan")),
    Move("registers.stumble", (UPLOADED,), UNREADABLE, past=_("Berkas gagal dibaca")),
    Move("registers.stumble", (JUDGING,), READ),
    Move("registers.stumble", (SAVING,), PREVIEWED),
    Move("registers.stumble", (UNDOING,), CONFIRMED),
    Move(
        "registers.drop",
        (UPLOADED, READ, UNREADABLE, PREVIEWED),
        DROPPED,
        done=_("Berkas dibuang. Tidak ada yang tersimpan."),
        past=_("Dibuang"),
    ),
    Move("registers.forget", (UNREADABLE, READ, PREVIEWED), DROPPED, past=_("Berkas dan isinya dihapus setelah masa simpannya")),
    Move("registers.forget", (SAME, CONFIRMED, UNDONE, DROPPED), None),
)
