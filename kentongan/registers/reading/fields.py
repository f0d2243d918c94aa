"""What a register can say: the fields, how offices write their headings, and what is never taken."""

from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as __

GROUPS, MEMBERS = "groups", "members"
"""What a sheet lists: a group a row, or a person a row."""


@dataclass(frozen=True, slots=True)
class Field:
    """Something a register can say.

    `spellings` as offices head the column, in any case; `sheets` where it may stand; `decree` when it is a part of a decree.
    """

    key: str
    label: Any
    spellings: tuple[str, ...]
    sheets: tuple[str, ...] = (GROUPS,)
    needed: bool = False
    decree: bool = False


def _s(text: str) -> tuple[str, ...]:
    return tuple(spelling.strip() for spelling in text.split("|"))


FIELDS: Final[tuple[Field, ...]] = (
    Field(
        "code",
        __("Kode wilayah desa/kelurahan"),
        _s(
            "kode wilayah|kode desa|kode desa kelurahan|kode kelurahan|kode kelurahan desa|kode kemendagri|"
            "kode wilayah desa kelurahan|kode bps kemendagri|kode|id desa|kode wilayah kemendagri|kd desa|kd wilayah|"
            "kode desa kel"
        ),
        (GROUPS, MEMBERS),
    ),
    Field(
        "village",
        __("Desa/kelurahan"),
        _s(
            "desa|kelurahan|desa kelurahan|kelurahan desa|desa kel|kel desa|nama desa|nama kelurahan|nama desa kelurahan|"
            "nama kelurahan desa|ds kel|nama desa kel|lokasi desa|asal desa|kampung|gampong|nagari|lokasi|"
            "asal desa kelurahan|desa atau kelurahan|wilayah desa|kedudukan"
        ),
        (GROUPS, MEMBERS),
    ),
    Field("district", __("Kecamatan"), _s("kecamatan|kec|nama kecamatan|distrik|nama kec"), (GROUPS, MEMBERS)),
    Field(
        "regency",
        __("Kabupaten/kota"),
        _s("kabupaten|kota|kabupaten kota|kab kota|kab|nama kabupaten|nama kabupaten kota|kota kabupaten|daerah"),
        (GROUPS, MEMBERS),
    ),
    Field(
        "name",
        __("Nama KIM"),
        _s(
            "nama kim|nama kelompok|kim|nama komunitas|nama kelompok informasi masyarakat|"
            "nama komunitas informasi masyarakat|kelompok informasi masyarakat|komunitas informasi masyarakat|"
            "nama kelompok kim|nama kim kelompok|nama kim desa kelurahan|kelompok|nama grup|kim desa|nama kim desa"
        ),
        (GROUPS, MEMBERS),
        needed=True,
    ),
    Field(
        "decree_number",
        __("Nomor SK"),
        _s(
            "nomor sk|no sk|nomor dan tanggal sk|nomor tanggal sk|sk nomor dan tanggal|sk|sk nomor|sk no|"
            "nomor surat keputusan|surat keputusan|no surat keputusan|"
            "nomor sk pembentukan|sk pembentukan|no sk pembentukan|sk kim|nomor sk kim|no sk kim|surat keputusan nomor|"
            "sk pengukuhan|nomor sk pengukuhan|nomor keputusan|dasar pembentukan|sk penetapan|legalitas sk"
        ),
        decree=True,
    ),
    Field(
        "decree_dated",
        __("Tanggal SK"),
        _s(
            "tanggal sk|tgl sk|sk tanggal|sk tgl|tanggal surat keputusan|tanggal penetapan|tgl penetapan|"
            "tanggal terbit sk|surat keputusan tanggal|tanggal sk pembentukan|tanggal penetapan sk|tgl penetapan sk|"
            "tahun sk|sk tahun|tanggal terbit|sk pembentukan tanggal"
        ),
        decree=True,
    ),
    Field(
        "decree_rank",
        __("Pejabat penerbit SK"),
        _s(
            "penerbit sk|pejabat penerbit|pejabat penerbit sk|sk oleh|sk dari|diterbitkan oleh|sk diterbitkan oleh|"
            "yang menerbitkan|penerbit|sk penerbit|ditetapkan oleh|jenis sk|tingkat sk|pejabat|yang menetapkan|"
            "pejabat yang menetapkan|pejabat yang menerbitkan|sk pejabat"
        ),
        decree=True,
    ),
    Field(
        "decree_issuer",
        __("Nama pejabat penerbit SK"),
        _s(
            "nama pejabat|nama pejabat penerbit sk|nama penerbit|ditandatangani oleh|penandatangan|nama penandatangan|"
            "nama pejabat penerbit|sk ditandatangani oleh"
        ),
        decree=True,
    ),
    Field(
        "decree_starts",
        __("SK berlaku mulai"),
        _s(
            "berlaku mulai|mulai berlaku|sk mulai|awal sk|mulai sk|berlaku sejak|tmt|tmt sk|sk berlaku mulai|"
            "tanggal mulai|mulai|awal masa berlaku|masa berlaku mulai|sk mulai berlaku|mulai berlaku sk|awal berlaku|"
            "masa bakti mulai|awal masa bakti|berlaku dari|masa berlaku dari|masa berlaku awal|berlaku tmt"
        ),
        decree=True,
    ),
    Field(
        "decree_ends",
        __("SK berlaku sampai"),
        _s(
            "berlaku sampai|sampai|sk berakhir|akhir sk|berakhir|berlaku hingga|sk berlaku sampai|tanggal berakhir|"
            "masa berlaku sampai|akhir masa berlaku|habis masa berlaku|kedaluwarsa|berlaku s d|s d|sk berlaku s d|"
            "masa berlaku s d|masa berlaku akhir|akhir berlaku|akhir masa bakti|masa bakti sampai|sk sampai|sk s d|"
            "sk habis|tanggal berakhir sk|sk berlaku hingga|berakhir sk|masa berlaku berakhir|masa berlaku hingga|hingga"
        ),
        decree=True,
    ),
    Field(
        "decree_term",
        __("Masa berlaku SK"),
        _s(
            "masa berlaku|masa berlaku sk|periode|masa bakti|periode kepengurusan|masa bakti kepengurusan|periode sk|"
            "sk masa berlaku|berlaku|sk berlaku|masa jabatan|jangka waktu|masa kepengurusan|sk periode|"
            "masa bakti pengurus|masa berlaku tahun|lama berlaku"
        ),
        decree=True,
    ),
    Field("ketua", __("Ketua"), _s("ketua|nama ketua|ketua kim|nama ketua kim|pengurus ketua|ketua kelompok|susunan pengurus ketua")),
    Field(
        "sekretaris",
        __("Sekretaris"),
        _s("sekretaris|nama sekretaris|sekretaris kim|pengurus sekretaris|sekertaris|susunan pengurus sekretaris"),
    ),
    Field("bendahara", __("Bendahara"), _s("bendahara|nama bendahara|bendahara kim|pengurus bendahara|susunan pengurus bendahara")),
    Field(
        "contact",
        __("Kontak"),
        _s(
            "kontak|no hp|nomor hp|hp|telepon|no telepon|nomor telepon|no telp|telp|kontak person|contact person|cp|no wa|"
            "nomor wa|wa|whatsapp|no whatsapp|nomor whatsapp|no kontak|nomor kontak|no hp ketua|nomor hp ketua|"
            "kontak ketua|no hp wa|hp wa|no telp hp|telepon hp|narahubung|email|surel|no hp telepon|no telp ketua"
        ),
    ),
    Field(
        "secretariat",
        __("Sekretariat"),
        _s(
            "sekretariat|alamat|alamat sekretariat|alamat kim|alamat kantor|sekretariat kim|alamat lengkap|kantor|"
            "lokasi sekretariat|alamat sekretariat kim"
        ),
    ),
    Field(
        "founded",
        __("Tanggal atau tahun berdiri"),
        _s(
            "tanggal berdiri|tanggal atau tahun berdiri|tahun berdiri|berdiri|tanggal pembentukan|tahun pembentukan|"
            "tgl berdiri|tgl pembentukan|"
            "dibentuk|tahun terbentuk|terbentuk|berdiri sejak|tanggal dibentuk|tahun dibentuk|tanggal terbentuk|"
            "tahun pendirian|tanggal pendirian"
        ),
    ),
    Field(
        "fields",
        __("Bidang"),
        _s(
            "bidang|bidang kegiatan|bidang usaha|fokus|fokus kegiatan|bidang garapan|kegiatan|kegiatan utama|bidang kim|"
            "potensi|jenis kegiatan"
        ),
    ),
    Field(
        "stated_digital",
        __("Dinyatakan berbasis TIK"),
        _s(
            "berbasis tik|dinyatakan berbasis tik|tik|digital|kim digital|berbasis digital|sudah digital|status digital|basis tik|"
            "berbasis tik ya tidak|kim berbasis tik|digital non digital|berbasis it|sudah berbasis tik|berbasis teknologi|"
            "jenis kim"
        ),
    ),
    Field(
        "members",
        __("Jumlah anggota"),
        _s(
            "jumlah anggota|jml anggota|anggota|banyak anggota|jumlah personil|jumlah pengurus|jml anggota orang|"
            "jumlah anggota orang|total anggota|jumlah pengurus dan anggota"
        ),
    ),
    Field(
        "website",
        __("Situs atau media sosial"),
        _s(
            "website|situs atau media sosial|web|situs|situs web|alamat website|media sosial|medsos|blog|link|tautan|"
            "website blog|alamat web|"
            "akun media sosial|website medsos|url|facebook|instagram"
        ),
    ),
    Field(
        "person",
        __("Nama orang"),
        _s("nama anggota|nama pengurus|nama lengkap|nama orang|nama|nama pengurus anggota|nama anggota kim|nama personil"),
        (MEMBERS,),
        needed=True,
    ),
    Field(
        "role",
        __("Jabatan dalam KIM"),
        _s(
            "jabatan|peran|jabatan dalam kim|kedudukan dalam kim|jabatan di kim|posisi|tugas|jabatan kim|"
            "kedudukan dalam tim|jabatan pengurus|unsur|sebagai"
        ),
        (MEMBERS,),
        needed=True,
    ),
    Field(
        "phone",
        __("Nomor HP orang"),
        _s(
            "nomor hp orang|no hp|nomor hp|hp|telepon|no telepon|nomor telepon|no telp|telp|no wa|nomor wa|wa|whatsapp|kontak|no kontak|"
            "no hp wa|nomor whatsapp|no hp anggota|no whatsapp|hp wa"
        ),
        (MEMBERS,),
    ),
    Field("birth_year", __("Tahun lahir"), _s("tahun lahir|thn lahir|th lahir|lahir tahun|tahun kelahiran"), (MEMBERS,)),
)
FIELD: Final = {one.key: one for one in FIELDS}

NEVER: Final[tuple[tuple[str, Any, str], ...]] = (
    ("nik", __("NIK"), r"\b(nik|no nik|ktp|nomor induk kependudukan|no identitas|nomor identitas|e ktp)\b"),
    ("kk", __("nomor KK"), r"\b(no kk|nomor kk|kartu keluarga|kk)\b"),
    ("religion", __("agama"), r"\b(agama|kepercayaan|religi)\b"),
    ("ethnicity", __("suku"), r"\b(suku(?! dinas)|etnis|etnik|ras|marga)\b"),
    ("politics", __("pilihan politik"), r"\b(partai|parpol|afiliasi politik)\b"),
    ("birthday", __("tanggal lahir"), r"\b(tanggal lahir|tgl lahir|ttl|tempat lahir|tempat tanggal lahir|tempat tgl lahir)\b"),
    ("account", __("nomor rekening"), r"\b(rekening|rek|norek|npwp)\b"),
    ("mother", __("nama ibu kandung"), r"\bibu kandung\b"),
    ("health", __("keadaan kesehatan"), r"\b(disabilitas|golongan darah|gol darah|riwayat penyakit|kesehatan pribadi)\b"),
    ("marriage", __("status perkawinan"), r"\b(status perkawinan|status kawin|status nikah)\b"),
)
"""Columns that are recognised and never taken: key, what people call it, words of the heading. UU 27/2022: no more than is needed."""

SILENT: Final = frozenset(
    (
        "",
        "nomor",
        "nomor urut",
        "urut",
        "nr",
        "ket",
        "keterangan",
        "catatan",
        "foto",
        "ttd",
        "tanda tangan",
        "paraf",
        "jenis kelamin",
        "l p",
    )
)
"""Headings that say nothing a register keeps; left out without being asked about."""
