"""When it may be done: the moves of accounts, slips and recoveries.

Asking for a recovery, confirming it and printing slips are moves of `groups`, whose posts give the right.
"""

from django.utils.translation import gettext_lazy as _

from kentongan.accounts.models import Account, Merger, Person, Recovery, Slip
from kentongan.core.workflow import Move, Need

INVITED, ACTIVE, _CLOSED = Account.State
ISSUED, USED, _REVOKED = Slip.State

WAITED = Need(lambda slip: not slip.is_early, _("Slip ini belum berlaku; waktu tunggunya masih berjalan."))
IN_TIME = Need(lambda slip: not slip.is_late, _("Slip ini sudah lewat waktunya. Minta slip baru kepada yang memberinya."))

IS_VOLUNTARY = Need(
    lambda account: not account.second_factor_required,
    _("Tugas Anda menyangkut banyak KIM, jadi kode masuk wajib. Kode bisa dipindah ke ponsel lain, tidak bisa dilepas."),
)
HAS_ONE = Need(lambda account: account.totp_confirmed_at, _("Kode masuk memang belum terpasang."))
IS_YOUNG = Need(lambda person: person.young, _("Nama Anda memang sudah tampil."))
GROWN = Need(lambda person: not person.is_minor, _("Menurut tahun lahir yang tercatat Anda belum 18 tahun; nama Anda belum ditampilkan."))

MOVES = (
    Move("accounts.use_slip", (ISSUED,), USED, needs=(WAITED, IN_TIME), past=_("Slip dipakai")),
    Move(
        "accounts.activate",
        (INVITED,),
        ACTIVE,
        done=_("Akun Anda sudah terbuka. Lain kali masuk dengan frasa sandi Anda."),
        past=_("Akun dibuka"),
    ),
    Move(
        "accounts.recover", (ACTIVE,), None, done=_("Akun Anda kembali. Semua perangkat lain sudah dikeluarkan."), past=_("Akun dipulihkan")
    ),
    Move("accounts.complete_recovery", (Recovery.State.CONFIRMED,), Recovery.State.USED, past=_("Akun dipulihkan")),
    Move(
        "accounts.cancel_recovery",
        Recovery.RUNNING,
        Recovery.State.CANCELLED,
        done=_("Pemulihan dibatalkan; slipnya tidak berlaku lagi."),
        past=_("Pemulihan akun dibatalkan"),
    ),
    Move(
        "accounts.change_passphrase",
        (ACTIVE,),
        None,
        done=_("Frasa sandi sudah diganti. Perangkat lain sudah dikeluarkan."),
        past=_("Frasa sandi diganti"),
    ),
    Move("accounts.enrol_second_factor", (ACTIVE,), None, done=_("Kode masuk sudah terpasang."), past=_("Kode masuk dipasang")),
    Move(
        "accounts.drop_second_factor",
        (ACTIVE,),
        None,
        (IS_VOLUNTARY, HAS_ONE),
        done=_("Kode masuk dilepas. Sekarang cukup frasa sandi."),
        past=_("Kode masuk dilepas"),
    ),
    Move(
        "accounts.change_phone",
        (ACTIVE,),
        None,
        done=_("Nomor telepon sudah diganti. Nomor lama tidak bisa dipakai masuk lagi."),
        past=_("Nomor telepon diganti"),
    ),
    Move(
        "accounts.show_name",
        (Person.State.ACTIVE,),
        None,
        (IS_YOUNG, GROWN),
        done=_("Nama Anda sekarang tampil untuk umum."),
        past=_("Nama ditampilkan untuk umum"),
    ),
    Move(
        "accounts.agree_to_merger",
        (Merger.State.ASKED,),
        None,
        done=_("Terima kasih. Kalau petugas kedua menguatkan, keduanya menjadi satu."),
        past=_("Pemilik akun menyetujui penggabungan"),
    ),
    Move(
        "accounts.deny_merger",
        (Merger.State.ASKED,),
        Merger.State.REFUSED,
        done=_("Penggabungan dibatalkan. Tidak ada yang berubah."),
        past=_("Pemilik akun menolak penggabungan"),
    ),
    Move("accounts.end_session", (ACTIVE,), None, done=_("Perangkat itu sudah dikeluarkan."), past=_("Perangkat dikeluarkan")),
    Move(
        "accounts.end_other_sessions",
        (ACTIVE,),
        None,
        done=_("Semua perangkat lain sudah dikeluarkan."),
        past=_("Perangkat lain dikeluarkan"),
    ),
)
