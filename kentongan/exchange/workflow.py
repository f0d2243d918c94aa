"""When it may be done: the moves of a group's export."""

from django.utils.translation import gettext_lazy as _

from kentongan.core.workflow import NEW, Move
from kentongan.exchange.models import Export

ASKED, READY, FAILED, GONE = Export.State

MOVES = (
    Move(
        "exchange.ask",
        (NEW,),
        ASKED,
        done=_("Ekspornya sedang disiapkan. Boleh tutup halaman ini; berkasnya menunggu Anda di sini."),
        past=_("Ekspor diminta"),
    ),
    Move("exchange.finish", (ASKED,), READY, done=_("Ekspornya siap."), past=_("Ekspor siap")),
    Move("exchange.fail", (ASKED,), FAILED, done=_("Ekspornya belum bisa dibuat."), past=_("Ekspor gagal")),
    Move("exchange.drop", (READY,), GONE, done=_("Berkas ekspornya dihapus."), past=_("Berkas ekspor dihapus")),
)
