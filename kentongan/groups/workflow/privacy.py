"""When a minor is guarded, a wish to be forgotten is kept or carried out, and two rows of one human may become one."""

from django.utils.translation import gettext_lazy as _

from kentongan.accounts.models import Account, Erasure, Merger, Person, Recovery
from kentongan.core.workflow import NEW, Move, Need
from kentongan.groups.models import Membership
from kentongan.groups.models.leaving import serves


def _used(person: Person) -> bool:
    return Account.objects.filter(person=person, state=Account.State.ACTIVE).exists()


def _ordinary(merger: Merger) -> bool:
    return not (merger.kept.operator or merger.lost.operator or serves(merger.lost))


def _quiet(merger: Merger) -> bool:
    both = (merger.kept_id, merger.lost_id)
    erasing = Erasure.objects.filter(person__in=both, state=Erasure.State.ASKED).exists()
    return not erasing and not Recovery.objects.filter(account__person__in=both, state__in=Recovery.RUNNING).exists()


def _still_two(merger: Merger) -> bool:
    return {merger.kept.state, merger.lost.state} == {Person.State.ACTIVE}


def _owes(merger: Merger) -> str:
    return _("Kedua akunnya sudah dipakai, jadi pemiliknya sendiri harus setuju dari akun masing-masing: %(names)s belum.") % {
        "names": ", ".join(person.name for person in merger.owners_to_ask)
    }


IS_MINOR = Need(
    lambda membership: membership.person.is_minor,
    _("Menurut tahun lahir yang tercatat ia bukan anak di bawah 18 tahun. Catat dahulu tahun lahirnya."),
)
HAS_NO_ACCOUNT = Need(
    lambda erasure: not _used(erasure.person), _("Orang ini punya akun yang sudah dipakai: ia sendiri yang meminta, dari halaman akunnya.")
)
NO_OPERATOR = Need(
    lambda erasure: not erasure.person.operator,
    _("Pengelola sistem tidak bisa menghapus dirinya. Serahkan dahulu tugas itu kepada orang lain."),
)
DUE = Need(lambda erasure: erasure.is_due, _("Waktu tunggunya belum habis."))
STILL_TWO = Need(_still_two, _("Salah satu catatan ini sudah digabung atau dihapus."))
USED_STAYS = Need(
    lambda merger: _used(merger.kept) or not _used(merger.lost),
    _("Pertahankan catatan yang akunnya sudah dipakai, supaya pemiliknya tetap bisa masuk. Tukar keduanya."),
)
ORDINARY = Need(_ordinary, _("Yang dihapus masih bertugas di instansi, atau salah satunya pengelola sistem. Akhiri dahulu penugasannya."))
QUIET = Need(_quiet, _("Salah satunya sedang menunggu penghapusan data atau pemulihan akun. Tunggu sampai selesai."))
OWNERS_SAID_YES = Need(lambda merger: not merger.owners_to_ask, _owes)

ACTIVE = Membership.State.ACTIVE
BEFORE_MERGING = (STILL_TWO, USED_STAYS, ORDINARY, QUIET)


MOVES = (
    Move("groups.note_birth_year", (ACTIVE,), None, done=_("Tahun lahirnya sudah dicatat."), past=_("Tahun lahir dicatat")),
    Move(
        "groups.record_guardian",
        (ACTIVE,),
        None,
        (IS_MINOR,),
        done=_("Kata orang tua atau wali sudah dicatat."),
        past=_("Kata wali dicatat"),
    ),
    Move(
        "groups.ask_erasure",
        (NEW,),
        Erasure.State.ASKED,
        (NO_OPERATOR,),
        done=_("Permintaan Anda tercatat. Sampai harinya tiba, Anda bisa membatalkannya di sini."),
        past=_("Penghapusan data diminta"),
    ),
    Move(
        "groups.ask_erasure_for",
        (NEW,),
        Erasure.State.ASKED,
        (HAS_NO_ACCOUNT,),
        done=_("Permintaannya tercatat, dengan dua nama: ia dan Anda. Sampai harinya tiba bisa dibatalkan."),
        past=_("Penghapusan data diminta, dengan bantuan"),
    ),
    Move(
        "groups.take_back_erasure",
        (Erasure.State.ASKED,),
        Erasure.State.TAKEN_BACK,
        done=_("Penghapusan dibatalkan. Tidak ada yang berubah."),
        past=_("Penghapusan data tidak jadi"),
    ),
    Move("groups.erase", (Erasure.State.ASKED,), Erasure.State.DONE, (DUE,), past=_("Data dihapus atas permintaan")),
    Move("groups.forget_person", (Person.State.ACTIVE,), Person.State.ERASED, past=_("Nama diganti samaran")),
    Move("groups.forget_account", tuple(Account.State), Account.State.CLOSED, past=_("Akun ditutup dan dikosongkan")),
    Move(
        "groups.ask_merger",
        (NEW,),
        Merger.State.ASKED,
        BEFORE_MERGING,
        done=_("Penggabungan diminta. Petugas kedua perlu menguatkannya."),
        past=_("Penggabungan diminta"),
    ),
    Move(
        "groups.confirm_merger",
        (Merger.State.ASKED,),
        Merger.State.DONE,
        (*BEFORE_MERGING, OWNERS_SAID_YES),
        done=_("Keduanya sudah menjadi satu."),
        past=_("Penggabungan dikuatkan"),
    ),
    Move(
        "groups.refuse_merger",
        (Merger.State.ASKED,),
        Merger.State.REFUSED,
        done=_("Penggabungan ditolak. Keduanya tetap dua orang."),
        past=_("Penggabungan ditolak"),
    ),
    Move("groups.merge_person", (Person.State.ACTIVE,), Person.State.MERGED, past=_("Digabung dengan catatan lain")),
    Move("groups.close_account", tuple(Account.State), Account.State.CLOSED, past=_("Akun ditutup karena digabung")),
    Move("groups.hand_over_account", tuple(Account.State), None, past=_("Akun dipindah karena digabung")),
)
