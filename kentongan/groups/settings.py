"""The rules about groups that differ by region. Where no rule gives a number the value is this project's own and says so."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kentongan.core.settings import PROJECT, Setting

LEAST_QUIET = 180
"""Days without a sign of life that no region may shorten: a site is not closed by a rule."""
WARNED_DAYS = 30
"""How long the board has been told before the forms of a quiet site close. Bawaan Kentongan."""
DAYS_A_MONTH = 30.5
"""How many days a month of the rule `reconfirm_months` has."""
EARLY = 2 / 3
"""The part of the days before dormancy after which an office is warned. Bawaan Kentongan."""
MEETING_DAYS = 365
"""How long ago a group's last confirmed minutes may be for it to count as meeting. Bawaan Kentongan."""
CONFIRM_AHEAD = 30
"""Days before it becomes stale that the board is asked to confirm board and contact. Bawaan Kentongan."""
REMIND_MOST = 365
"""Days before an end that no reminder comes earlier than."""


def _positive(value: Any) -> None:
    if value < 1:
        raise ValueError(_("Nilainya paling sedikit 1."))


def _a_long_time(value: Any) -> None:
    if value < LEAST_QUIET:
        raise ValueError(_("Paling sedikit %(days)s hari: tidak ada yang menutup situs dengan cepat.") % {"days": LEAST_QUIET})


def _falling_days(value: tuple[str, ...]) -> None:
    """Whole numbers of days, the longest first."""
    days = [int(one) if one.isdecimal() else 0 for one in value]
    if not days or len(days) > 5 or not all(1 <= one <= REMIND_MOST for one in days) or days != sorted(set(days), reverse=True):
        raise ValueError(_("Tulis satu sampai lima angka hari, dari yang terbesar, paling banyak %(most)s.") % {"most": REMIND_MOST})


def _short_words(value: tuple[str, ...]) -> None:
    """Few enough to choose from, short enough for their column."""
    if not value or len(value) > 20 or any(len(line) > 60 for line in value) or len(set(value)) < len(value):
        raise ValueError(_("Tulis 1 sampai 20 hal yang berbeda, masing-masing paling banyak 60 huruf."))


def _some(value: Any) -> None:
    if not value:
        raise ValueError(_("Pilih paling sedikit satu."))


CONDUCT_VERSION = "2026-11"
"""The version of `groups/_conduct.html` that members agree to now. A changed wording gets a new version, and everybody is asked again.

Only this project's own wording is agreed to: lines a region adds are shown beside it and ask nothing of anybody, so that no office can
stop a group's words by changing them every week.
"""


def _lines_of_sense(value: tuple[str, ...]) -> None:
    """Few enough to be read."""
    if len(value) > 10 or any(len(line) > 200 for line in value):
        raise ValueError(_("Paling banyak 10 kalimat, masing-masing paling banyak 200 huruf."))


RANKS = (("kades", _("Kepala Desa")), ("lurah", _("Lurah")), ("camat", _("Camat")), ("bupati", _("Bupati/Wali Kota")))

SETTINGS = (
    Setting(
        "groups.label",
        str,
        "kelompok",
        PROJECT,
        _("Sebutan KIM"),
        choices=(("kelompok", _("Kelompok")), ("komunitas", _("Komunitas"))),
        help=_("Kepanjangan huruf K pada nama."),
    ),
    Setting(
        "groups.min_members",
        int,
        3,
        PROJECT,
        _("Anggota paling sedikit"),
        unit=_("orang"),
        check=_positive,
        help=_("Saat berita acara dicatat, pengurus ikut dihitung."),
    ),
    Setting("groups.max_members", int, 60, PROJECT, _("Anggota paling banyak"), unit=_("orang"), check=_positive),
    Setting(
        "groups.term_years",
        int,
        3,
        PROJECT,
        _("Masa bakti pengurus"),
        unit=_("tahun"),
        check=_positive,
        help=_("Masa berlaku SK paling lama."),
    ),
    Setting(
        "groups.decree_ranks",
        tuple,
        ("kades", "lurah", "camat", "bupati"),
        PROJECT,
        _("Pejabat yang boleh menerbitkan SK"),
        choices=RANKS,
        check=_some,
    ),
    Setting(
        "groups.fields",
        tuple,
        ("pertanian", "kesehatan", "pendidikan", "usaha warga", "budaya", "lingkungan", "pelayanan desa"),
        PROJECT,
        _("Pilihan bidang"),
        check=_some,
    ),
    Setting(
        "groups.verify_checklist",
        tuple,
        (
            "SK dilihat dan nomornya cocok",
            "Pengurus dihubungi",
            "Sekretariat ada di desa/kelurahan itu",
            "Bukan media partisan atau milik pribadi",
        ),
        PROJECT,
        _("Yang diperiksa sebelum memverifikasi"),
        check=_some,
    ),
    Setting(
        "groups.digital_days",
        int,
        180,
        PROJECT,
        _("Berbasis TIK: kabar terakhir paling lama"),
        unit=_("hari lalu"),
        check=_positive,
        help=_("Terverifikasi dan menerbitkan kabar dalam sekian hari."),
    ),
    Setting("groups.dormant_days", int, 180, PROJECT, _("Disebut diam setelah tanpa kabar"), unit=_("hari"), check=_positive),
    Setting(
        "groups.asleep_days",
        int,
        365,
        PROJECT,
        _("Situs KIM hanya bisa dibaca setelah tanpa kegiatan"),
        unit=_("hari"),
        check=_a_long_time,
        help=_(
            "Tanpa kabar terbit dan tanpa anggota yang masuk. Pengurus diingatkan 30 hari sebelumnya; satu tombol membukanya lagi. "
            "Kabar lama tetap terbaca."
        ),
    ),
    Setting(
        "groups.practice_days",
        int,
        180,
        PROJECT,
        _("Langkah ADINDA dihitung bila dilakukan dalam"),
        unit=_("hari terakhir"),
        check=_positive,
        help=_("Akses, diskusi, networking, diseminasi, dan seterusnya: dihitung ada bila KIM melakukannya dalam masa ini."),
    ),
    Setting("groups.reconfirm_months", int, 6, PROJECT, _("Pengurus dan kontak ditegaskan setiap"), unit=_("bulan"), check=_positive),
    Setting(
        "groups.conduct_lines",
        tuple,
        (),
        PROJECT,
        _("Tambahan pada kesepakatan anggota"),
        help=_(
            "Ditampilkan di bawah kesepakatan bawaan sebagai anjuran wilayah. "
            "Tidak perlu disetujui dan tidak menghalangi siapa pun menulis."
        ),
        check=_lines_of_sense,
    ),
    Setting(
        "groups.reminder_days",
        tuple,
        ("90", "30", "7"),
        PROJECT,
        _("Diingatkan sebelum SK, masa pengurus, atau penugasan berakhir"),
        unit=_("hari sebelumnya"),
        check=_falling_days,
    ),
    Setting(
        "groups.visit_kinds",
        tuple,
        ("kunjungan", "telepon", "rapat bersama"),
        PROJECT,
        _("Bentuk pembinaan"),
        check=_short_words,
    ),
    Setting(
        "groups.books",
        tuple,
        ("buku anggota", "buku kegiatan", "buku kas", "buku tamu", "buku surat masuk dan keluar"),
        PROJECT,
        _("Buku dan kelengkapan lain yang diperiksa"),
        help=_("Selain SK, AD/ART, pengurus, dan sekretariat, yang dihitung dari catatan."),
        check=_short_words,
    ),
    Setting("groups.stuck_days", int, 30, PROJECT, _("Pembentukan disebut macet setelah"), unit=_("hari"), check=_positive),
)
