"""When something found is put before a person, and what they can say."""

from django.utils.translation import gettext_lazy as _

from kentongan.core.workflow import NEW, Move
from kentongan.newsroom.models import Alarm, Hold

H = Hold.State

MOVES = (
    Move("newsroom.hold", (NEW,), H.OPEN, past=_("Ditahan untuk dilihat orang kedua")),
    Move("newsroom.hold_again", (H.OPEN, H.UPHELD), H.OPEN, past=_("Ditahan untuk dilihat lagi")),
    Move(
        "newsroom.release_hold",
        (H.OPEN, H.UPHELD),
        H.RELEASED,
        done=_("Tercatat: sudah Anda lihat, boleh terbit."),
        past=_("Dilihat, boleh terbit"),
    ),
    Move(
        "newsroom.uphold_hold",
        (H.OPEN,),
        H.UPHELD,
        done=_("Tercatat: kata-kata itu harus diubah dulu. Penulis membaca alasan Anda."),
        past=_("Dilihat, harus diubah dulu"),
    ),
    Move("newsroom.let_go", (H.OPEN, H.UPHELD), H.GONE, past=_("Yang ditahan sudah tidak ada")),
    Move("newsroom.raise_alarm", (NEW,), Alarm.State.OPEN, past=_("Tanda bahaya dibunyikan")),
    Move("newsroom.raise_alarm", (Alarm.State.OPEN,), None),
    Move(
        "newsroom.close_alarm",
        (Alarm.State.OPEN,),
        Alarm.State.CLOSED,
        done=_("Tanda bahaya ditutup dengan catatan Anda. Tautannya bisa dibuka lagi."),
        past=_("Tanda bahaya ditutup"),
    ),
)
