"""When what may happen to a group, a post, a slip and a setting. The formation table of the paper (domain/00), line by line."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kentongan.accounts.models import Account, Recovery
from kentongan.core.workflow import NEW, Move, Need
from kentongan.groups.models import Appointment, Group, Membership, names_of, officers_of
from kentongan.regions.models import Level, RegionSetting

PROPOSED, SOCIALISED, DELIBERATED = Group.State.PROPOSED, Group.State.SOCIALISED, Group.State.DELIBERATED
MINUTED, DECREED, REGISTERED = Group.State.MINUTED, Group.State.DECREED, Group.State.REGISTERED
VERIFIED, SUSPENDED, DISSOLVED = Group.State.VERIFIED, Group.State.SUSPENDED, Group.State.DISSOLVED
WITHDRAWN = Group.State.WITHDRAWN
PUBLISHING = (DECREED, REGISTERED, VERIFIED)
LIVING = tuple(state for state in Group.State if state not in (DISSOLVED, WITHDRAWN))


def founder_of(group: Group) -> list[str]:
    """Who carries the formation; while nobody does, the office that can name somebody."""
    return [f"{group.founder.name} ({_('pengusul')})"] if group.founder else officers_of(group, Level.VILLAGE, Level.REGENCY)


def board_of(group: Group) -> list[str]:
    """Who writes the group's profile and register."""
    return names_of(group, Membership.Role.KETUA, Membership.Role.SEKRETARIS)


def regency_of(group: Group) -> list[str]:
    """The regency's communication office."""
    return officers_of(group, Level.REGENCY)


def step_before(group: Group) -> str:
    """Deliberated came out of proposed, or of socialised where that step was taken."""
    return SOCIALISED if group.steps.filter(action="socialise").exists() else PROPOSED


def _gaps(group: Group) -> str:
    return _("Profil belum lengkap: %(gaps)s.") % {"gaps": ", ".join(group.profile_gaps)}


def _vacant(group: Group) -> str:
    return _("Pengurus belum lengkap: belum ada %(roles)s.") % {"roles": ", ".join(group.lacks_officers)}


def _has_room(membership: Membership) -> bool:
    people = {row.person_id for row in membership.group.people}
    return membership.person_id in people or len(people) < membership.group.rules["max_members"]


def _full(membership: Membership) -> str:
    return _("KIM ini sudah beranggota %(n)s orang, sebanyak yang dibolehkan aturan wilayah.") % {
        "n": membership.group.rules["max_members"]
    }


NAMED_FOUNDER = Need(
    lambda group: group.founder_id, _("Belum ada yang memikul pembentukan ini. Tunjuk dulu pengusul yang punya akun."), founder_of
)
WHOLE_PROFILE = Need(lambda group: not group.profile_gaps, _gaps, board_of, "groups.update_profile")
WHOLE_BOARD = Need(lambda group: not group.lacks_officers, _vacant, board_of)
DECREE_HOLDS = Need(
    lambda group: group.decree,
    _("Belum ada SK yang berlaku hari ini."),
    lambda group: officers_of(group, Level.VILLAGE, Level.DISTRICT, Level.REGENCY),
)
NO_FOUNDER = Need(lambda group: not group.founder_id, _("Pembentukan ini sudah dipikul seseorang."), founder_of)
REASONED = Need(
    lambda group: group.dissolution_reason and group.dissolution_asked_by_id,
    _("Pembubaran belum diusulkan oleh petugas pertama."),
    regency_of,
)
NOTHING_OUT = Need(
    lambda group: not group.story_count,
    _("KIM ini sudah menerbitkan kabar. Mengembalikan SK-nya akan menghilangkan kabar itu dari umum, jadi tidak bisa."),
)
NOT_ASKED = Need(
    lambda group: not group.dissolution_asked_by_id, _("Pembubaran sudah diusulkan; tinggal dikuatkan petugas lain."), regency_of
)


def _alive(post: Any) -> bool:
    return bool(post.group.state in (*Group.PUBLISHING, SUSPENDED))


def _has_no_used_account(membership: Membership) -> bool:
    account = Account.objects.filter(person=membership.person_id).first()
    return account is None or account.state == Account.State.INVITED


GUARDED = Need(
    lambda membership: not membership.person.is_minor or membership.person.guarded,
    _("Tercatat belum 18 tahun. Izin orang tua atau wali dicatat dahulu oleh ketua, sekretaris, atau petugas."),
    lambda membership: board_of(membership.group),
)
LIVING_GROUP = Need(_alive, _("Anggota baru bisa dicatat sesudah KIM punya SK, selama belum dibubarkan."))
FIRST_TIME = Need(
    lambda account: account.state == Account.State.INVITED,
    _("Akun ini sudah pernah dipakai. Slip baru hanya lewat pemulihan: dua orang dan menunggu 24 jam."),
)
USED_BEFORE = Need(
    lambda recovery: recovery.account.state == Account.State.ACTIVE,
    _("Akun ini belum pernah dipakai. Cukup cetak slip masuk yang baru."),
)

MOVES = (
    # The formation: domain/00, groups.
    Move("groups.propose", (NEW,), PROPOSED, done=_("Usulan KIM sudah tercatat."), past=_("Diusulkan")),
    Move(
        "groups.assign_founder",
        (PROPOSED, SOCIALISED, DELIBERATED),
        None,
        (NO_FOUNDER,),
        done=_("Pengusul sudah ditunjuk. Cetak slipnya supaya ia bisa masuk."),
        past=_("Pengusul ditunjuk"),
    ),
    Move("groups.socialise", (PROPOSED,), SOCIALISED, done=_("Sosialisasi sudah dicatat."), past=_("Disosialisasikan")),
    Move("groups.deliberate", (PROPOSED, SOCIALISED), DELIBERATED, done=_("Musyawarah sudah dicatat."), past=_("Dimusyawarahkan")),
    Move(
        "groups.minute",
        (DELIBERATED,),
        MINUTED,
        (NAMED_FOUNDER,),
        done=_("Berita acara dan pengurus sudah dicatat."),
        past=_("Berita acara dan pengurus dicatat"),
    ),
    Move(
        "groups.decree",
        (MINUTED,),
        DECREED,
        (WHOLE_BOARD,),
        done=_("SK sudah dicatat. KIM ini sekarang tampil untuk umum."),
        past=_("SK dicatat"),
    ),
    Move(
        "groups.register",
        (DECREED,),
        REGISTERED,
        (WHOLE_PROFILE, WHOLE_BOARD, DECREE_HOLDS),
        done=_("KIM sudah terdaftar dan menunggu diverifikasi."),
        past=_("Didaftarkan"),
    ),
    Move("groups.verify", (REGISTERED,), VERIFIED, (DECREE_HOLDS,), done=_("KIM sudah terverifikasi."), past=_("Diverifikasi Diskominfo")),
    Move(
        "groups.return",
        (DELIBERATED,),
        step_before,
        done=_("Dikembalikan ke langkah sebelumnya."),
        past=_("Dikembalikan ke langkah sebelumnya"),
    ),
    Move("groups.return", (MINUTED,), DELIBERATED, done=_("Dikembalikan ke langkah sebelumnya.")),
    Move("groups.return", (DECREED,), MINUTED, (NOTHING_OUT,), done=_("Dikembalikan ke langkah sebelumnya.")),
    Move("groups.return", (REGISTERED,), DECREED, done=_("Dikembalikan ke langkah sebelumnya.")),
    Move(
        "groups.ask_dissolution",
        LIVING,
        None,
        (NOT_ASKED,),
        done=_("Usulan pembubaran tercatat dan menunggu dikuatkan petugas lain."),
        past=_("Pembubaran diusulkan"),
    ),
    Move(
        "groups.refuse_dissolution",
        LIVING,
        None,
        (REASONED,),
        done=_("Usulan pembubaran dibatalkan."),
        past=_("Usulan pembubaran dibatalkan"),
    ),
    Move("groups.dissolve", LIVING, DISSOLVED, (REASONED,), done=_("KIM sudah dibubarkan."), past=_("Dibubarkan")),
    # Between the steps.
    Move(
        "groups.renew_decree", (DECREED, REGISTERED, VERIFIED, SUSPENDED), None, done=_("SK baru sudah dicatat."), past=_("SK baru dicatat")
    ),
    Move(
        "groups.update_profile",
        (MINUTED, DECREED, REGISTERED, VERIFIED, SUSPENDED),
        None,
        done=_("Profil sudah disimpan."),
        past=_("Profil diubah"),
    ),
    Move(
        "groups.confirm_board",
        (DECREED, REGISTERED, VERIFIED, SUSPENDED),
        None,
        (WHOLE_BOARD,),
        done=_("Pengurus dan kontak sudah ditegaskan."),
        past=_("Pengurus dan kontak ditegaskan"),
    ),
    Move("groups.warn_of_sleep", PUBLISHING, None, past=_("Pengurus diingatkan: lama tidak ada kegiatan")),
    Move("groups.stir", PUBLISHING, None, past=_("Ada kegiatan lagi")),
    Move("groups.fall_asleep", PUBLISHING, None, past=_("Situs hanya bisa dibaca: lama tidak ada kegiatan")),
    Move(
        "groups.wake",
        PUBLISHING,
        None,
        (Need(lambda group: group.asleep_since or group.sleep_warned_at, _("KIM ini memang sedang aktif.")),),
        done=_("Selamat datang lagi. Situs KIM terbuka seperti semula."),
        past=_("Dinyatakan masih aktif"),
    ),
    # Posts.
    Move(
        "groups.admit",
        (NEW,),
        Membership.State.ACTIVE,
        (LIVING_GROUP, Need(_has_room, _full)),
        done=_("Anggota sudah dicatat."),
        past=_("Anggota dicatat"),
    ),
    Move(
        "groups.agree",
        (Membership.State.ACTIVE,),
        None,
        (GUARDED,),
        done=_("Terima kasih. Anda sekarang bisa menulis dan bekerja di KIM ini."),
        past=_("Keanggotaan dan kesepakatan disetujui"),
    ),
    Move(
        "groups.agree_with_help",
        (Membership.State.ACTIVE,),
        None,
        (Need(_has_no_used_account, _("Orang ini punya akun yang sudah dipakai: ia sendiri yang menyetujui, dari akunnya.")), GUARDED),
        done=_("Persetujuannya tercatat, dengan dua nama: ia dan Anda."),
        past=_("Keanggotaan dan kesepakatan disetujui, dengan bantuan"),
    ),
    Move(
        "groups.change_role",
        (Membership.State.ACTIVE,),
        Membership.State.ENDED,
        (LIVING_GROUP,),
        done=_("Peran sudah diganti."),
        past=_("Peran diganti"),
    ),
    Move(
        "groups.end_membership",
        (Membership.State.ACTIVE,),
        Membership.State.ENDED,
        done=_("Keanggotaan sudah diakhiri."),
        past=_("Keanggotaan diakhiri"),
    ),
    Move(
        "groups.appoint",
        (NEW,),
        Appointment.State.ACTIVE,
        done=_("Petugas sudah ditunjuk. Cetak slipnya supaya ia bisa masuk."),
        past=_("Petugas ditunjuk"),
    ),
    Move(
        "groups.end_appointment",
        (Appointment.State.ACTIVE,),
        Appointment.State.ENDED,
        done=_("Penugasan sudah diakhiri."),
        past=_("Penugasan diakhiri"),
    ),
    # What a post allows with rooms below that know no posts (house.md).
    Move("groups.print_slip", tuple(Account.State), None, (FIRST_TIME,), done=_("Slip siap dicetak."), past=_("Slip dicetak")),
    Move(
        "groups.request_recovery",
        (NEW,),
        Recovery.State.REQUESTED,
        (USED_BEFORE,),
        done=_("Pemulihan diminta. Orang kedua perlu menguatkannya."),
        past=_("Pemulihan akun diminta"),
    ),
    Move(
        "groups.confirm_recovery",
        (Recovery.State.REQUESTED,),
        Recovery.State.CONFIRMED,
        done=_("Pemulihan dikuatkan. Slipnya berlaku 24 jam lagi."),
        past=_("Pemulihan akun dikuatkan"),
    ),
    Move(
        "groups.set_region_setting",
        (NEW,),
        RegionSetting.State.CURRENT,
        done=_("Aturan wilayah sudah diganti."),
        past=_("Aturan wilayah diganti"),
    ),
)

FORWARD: dict[str, tuple[str, ...]] = {
    PROPOSED: ("groups.socialise", "groups.deliberate"),
    SOCIALISED: ("groups.deliberate",),
    DELIBERATED: ("groups.minute",),
    MINUTED: ("groups.decree",),
    DECREED: ("groups.register",),
    REGISTERED: ("groups.verify",),
}
"""What carries a formation on from each state, in the order it is offered."""
