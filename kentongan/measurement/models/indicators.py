"""What is measured: one table, the same at every tier. An indicator names a measure of ONE group; a place's figure is how many hold it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from kentongan.groups.models import RULE_VERSION, SHOWN_STEPS, STEPS

REGISTER = _("Register KIM di Kentongan: dicatat oleh KIM dan kantor pemerintah, diperiksa Diskominfo kabupaten/kota")
VILLAGES, FORMED = "villages", "formed"
"""The two denominators: every village of the place, and every group formed there."""
RECENT_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure as it is published. `key` stands in its address; `rule` is the region's setting on which it depends."""

    key: str
    label: Any
    says: Any
    """What it says, in one sentence."""
    measure: str
    of: str
    formula: Any
    rule: str = ""
    caveat: Any = ""
    lacks: Any = ""
    """What it would take to count it; empty where it is counted."""
    source: Any = REGISTER
    version: str = RULE_VERSION

    @property
    def countable(self) -> bool:
        """Whether the records of this installation can show it."""
        return not self.lacks


NO_ROOM = _("Belum ada ruang kerja yang mencatatnya di Kentongan. Menghitungnya dari hal lain berarti mengarang.")


def _step(step: str) -> Indicator:
    return Indicator(
        f"adinda-{step}",
        STEPS[step],
        _("KIM ber-SK yang melakukan langkah ini dalam masa yang ditetapkan wilayahnya."),
        f"adinda:{step}",
        FORMED,
        HOW[step] if step in SHOWN_STEPS else "",
        "groups.practice_days",
        _("Yang dihitung adalah yang tercatat di Kentongan. Kegiatan yang tidak dicatat di sini tidak ikut."),
        "" if step in SHOWN_STEPS else NO_ROOM,
    )


HOW = {
    "akses": _("KIM yang menerima bahan dari warga atau mengumpulkan sumber kabar ÷ KIM ber-SK"),
    "diskusi": _("KIM yang membahas sesuatu (pendapat, notulen, atau rangkuman) ÷ KIM ber-SK"),
    "networking": _("KIM yang meneruskan kabar KIM lain atau mengolah bahan dari kantor pemerintah ÷ KIM ber-SK"),
    "diseminasi": _("KIM yang menerbitkan kabar ÷ KIM ber-SK"),
}

INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        "cakupan",
        _("Cakupan desa"),
        _("Desa dan kelurahan yang punya KIM ber-SK."),
        "covers",
        VILLAGES,
        _("desa/kelurahan dengan paling sedikit satu KIM ber-SK yang tidak dibubarkan ÷ semua desa/kelurahan"),
        caveat=_("Desa dengan dua KIM dihitung satu kali. Forum KIM kecamatan atau kabupaten tidak menutup desa mana pun."),
        source=_("Register KIM di Kentongan; jumlah desa: Kepmendagri 300.2.2-2430/2025 lewat idn-area-data"),
    ),
    Indicator(
        "sk-berlaku",
        _("SK masih berlaku"),
        _("KIM ber-SK yang SK-nya berlaku pada hari penghitungan."),
        "decree_valid",
        FORMED,
        _("KIM dengan SK yang mulai dan berakhirnya mencakup hari ini ÷ KIM ber-SK"),
        caveat=_("SK yang lewat masanya tidak membubarkan KIM; ia hanya perlu diperbarui."),
    ),
    Indicator(
        "pengurus-lengkap",
        _("Pengurus lengkap"),
        _("KIM ber-SK yang ketua, sekretaris, dan bendaharanya terisi pada hari penghitungan."),
        "board_complete",
        FORMED,
        _("KIM dengan ketiga jabatan terisi hari ini ÷ KIM ber-SK"),
    ),
    Indicator(
        "terverifikasi",
        _("Terverifikasi"),
        _("KIM ber-SK yang sudah diperiksa Diskominfo kabupaten/kota."),
        "verified",
        FORMED,
        _("KIM yang lolos daftar periksa wilayahnya dan tidak sedang dibekukan ÷ KIM ber-SK"),
    ),
    Indicator(
        "tik-dinyatakan",
        _("Berbasis TIK, dinyatakan"),
        _("KIM ber-SK yang menurut register daerah berbasis TIK."),
        "stated_digital",
        FORMED,
        _("KIM yang dinyatakan berbasis TIK dalam register yang diimpor ÷ KIM ber-SK"),
        caveat=_("Ini pernyataan register daerah, bukan hitungan Kentongan. Bandingkan dengan yang terhitung."),
        source=_("Register daerah sebagaimana diimpor; sumbernya tertulis di halaman tiap KIM"),
    ),
    Indicator(
        "tik-terhitung",
        _("Berbasis TIK, terhitung"),
        _("KIM ber-SK yang terverifikasi dan menerbitkan kabar dalam masa yang ditetapkan wilayahnya."),
        "digital",
        FORMED,
        _("KIM terverifikasi yang kabar terakhirnya belum melewati batas hari ÷ KIM ber-SK"),
        "groups.digital_days",
        _("Hanya kabar yang terbit di Kentongan yang terhitung. Bandingkan dengan yang dinyatakan."),
    ),
    Indicator(
        "aktif",
        _("Aktif menulis"),
        _("KIM ber-SK yang menerbitkan kabar dalam masa yang ditetapkan wilayahnya."),
        "active",
        FORMED,
        _("KIM yang boleh terbit dan kabar terakhirnya belum melewati batas hari ÷ KIM ber-SK"),
        "groups.dormant_days",
    ),
    Indicator(
        "diam",
        _("Lama tanpa kabar"),
        _("KIM ber-SK yang boleh terbit, tetapi tidak menerbitkan kabar dalam masa itu."),
        "dormant",
        FORMED,
        _("KIM yang boleh terbit dan kabar terakhirnya (atau tanggal tampilnya) melewati batas hari ÷ KIM ber-SK"),
        "groups.dormant_days",
        _("KIM baru diberi masa yang sama sebelum disebut diam; yang dibekukan tidak ikut dihitung."),
    ),
    Indicator(
        "ditegaskan",
        _("Pengurus dan kontak ditegaskan"),
        _("KIM ber-SK yang pengurus dan kontaknya ditegaskan ulang tepat waktu."),
        "confirmed",
        FORMED,
        _("KIM yang penegasan terakhirnya (atau tanggal tampilnya) belum melewati batas bulan ÷ KIM ber-SK"),
        "groups.reconfirm_months",
    ),
    Indicator(
        "dibentuk",
        _("Dibentuk, 12 bulan terakhir"),
        _("KIM ber-SK yang SK pertamanya bertanggal dalam dua belas bulan terakhir, bulan ini ikut dihitung."),
        "recent",
        FORMED,
        _("KIM menurut bulan SK pertamanya, dijumlahkan dua belas bulan ÷ KIM ber-SK"),
        caveat=_("Dihitung dari tanggal SK, bukan dari tanggal masuk register."),
    ),
    *(_step(step) for step in STEPS),
)
BY_KEY = {indicator.key: indicator for indicator in INDICATORS}
HEADLINES = ("cakupan", "sk-berlaku", "pengurus-lengkap", "terverifikasi", "tik-dinyatakan", "tik-terhitung", "aktif", "diam", "dibentuk")
"""What stands first on the page of a place; digital as stated and as counted side by side."""
LATER = ("ditegaskan", *(f"adinda-{step}" for step in STEPS))
TABLED = ("cakupan", "sk-berlaku", "terverifikasi", "tik-dinyatakan", "tik-terhitung", "aktif")
"""The columns of the table of the places below."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One of the three stages from knowing to using information, and how far the records can show it."""

    label: Any
    asks: Any
    shown_by: tuple[str, ...]
    lacks: Any


STAGES = (
    Stage(
        _("Kesadaran"),
        _("Apakah warga tahu ada KIM dan gunanya?"),
        ("cakupan",),
        _("Yang tercatat hanya apakah KIM-nya ada. Seberapa banyak warga mengenalnya perlu ditanyakan kepada warga."),
    ),
    Stage(
        _("Akses"),
        _("Apakah warga bisa mendapat dan menyampaikan informasi lewat KIM?"),
        ("adinda-akses", "tik-terhitung", "adinda-diseminasi"),
        _("Yang tercatat adalah bahan dari warga dan kabar yang terbit, bukan siapa yang membacanya."),
    ),
    Stage(
        _("Pendayagunaan"),
        _("Apakah informasi itu dipakai untuk memperbaiki sesuatu?"),
        (),
        _("Belum bisa dihitung: keputusan, rencana aksi, dan hasilnya belum dicatat di Kentongan."),
    ),
)
"""R67, "kesadaran, akses, pendayagunaan": bawaan Kentongan, only as far as records can show."""
