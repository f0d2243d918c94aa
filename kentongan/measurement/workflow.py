"""A note is written once and stays."""

from django.utils.translation import gettext_lazy as _

from kentongan.core.workflow import NEW, Move
from kentongan.measurement.models import Note

MOVES = (
    Move(
        "measurement.write_note",
        (NEW,),
        Note.State.SHOWN,
        done=_("Catatan sudah tampil di halaman angka."),
        past=_("Catatan ditulis di samping angka"),
    ),
)
