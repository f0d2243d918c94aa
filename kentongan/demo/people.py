# ruff: noqa: S105  (the passphrase of a demo is no secret)
"""The demo's people and groups. The twelve villages are those the Pati article names; every person here is invented."""

from dataclasses import dataclass

ARTICLE = "Lingkarjateng.id, “Tingkatkan Pemberdayaan Masyarakat, Diskominfo Pati Bentuk Kelompok KIM”"
"""Where the names of the twelve villages come from. Which of several villages of one name is meant is our reading."""

INVENTED = "Pengurus, tanggal, dan kabarnya rekaan."
READING = "Kode desa: bacaan kami (ada {count} desa {name} di Pati)."

PASSPHRASE = "kentongan di gardu ronda"
"""Every demo account's passphrase; the demo runs on the machine of whoever tries it."""


@dataclass(frozen=True)
class DemoGroup:
    """A group of the article: the code and name of its village, a line about it, how far it has come, when it was begun (days ago)."""

    code: str
    key: str
    name: str
    about: str
    fields: tuple[str, ...]
    began: int
    state: str = "verified"
    namesakes: int = 1
    """How many villages of the regency bear the name; the code is our reading where it is more than one."""
    confirmed: int = 30
    """How many days ago board and contact were confirmed; 0: not since it was registered."""

    @property
    def source_note(self) -> str:
        """Where its name comes from and what is invented, shown publicly."""
        reading = [READING.format(count=self.namesakes, name=self.name.removeprefix("KIM "))] if self.namesakes > 1 else []
        return " ".join([f"Nama: {ARTICLE}.", *reading, INVENTED])


GROUPS = (
    DemoGroup(
        "33.18.17.2003",
        "gulangpongge",
        "KIM Gulangpongge",
        "Sembilan tetangga yang mencari tahu, menanyakan, dan menempelkan kabar desa di lereng Muria.",
        ("pertanian", "kesehatan", "pelayanan desa"),
        410,
    ),
    DemoGroup(
        "33.18.13.2001",
        "bermi",
        "KIM Bermi",
        "Pemuda dan ibu kader yang menulis kabar kebun dan pasar Bermi.",
        ("pertanian", "usaha warga"),
        390,
    ),
    DemoGroup(
        "33.18.13.2002",
        "kedungbulus",
        "KIM Kedungbulus",
        "Kabar dusun, sekolah, dan air bersih dari Kedungbulus.",
        ("pendidikan", "lingkungan"),
        1080,
        confirmed=0,
    ),
    DemoGroup(
        "33.18.12.2007",
        "margorejo",
        "KIM Margorejo",
        "Warga di tepi jalan raya yang memeriksa kabar sebelum meneruskannya.",
        ("pelayanan desa", "usaha warga"),
        75,
        "registered",
        namesakes=2,
        confirmed=0,
    ),
    DemoGroup(
        "33.18.12.2008",
        "penambuhan",
        "KIM Penambuhan",
        "Kelompok kecil yang rajin mencatat musyawarah dusun.",
        ("pelayanan desa", "budaya"),
        350,
    ),
    DemoGroup(
        "33.18.14.2003",
        "tlogorejo",
        "KIM Tlogorejo",
        "Kabar kopi, jalan kebun, dan kegiatan karang taruna Tlogorejo.",
        ("pertanian", "budaya"),
        330,
        namesakes=3,
    ),
    DemoGroup(
        "33.18.11.2013",
        "sambirejo",
        "KIM Sambirejo",
        "Petani dan guru yang menuliskan kabar musim tanam.",
        ("pertanian", "pendidikan"),
        60,
        "decreed",
        namesakes=2,
        confirmed=0,
    ),
    DemoGroup(
        "33.18.16.2012", "kajen", "KIM Kajen", "Kabar kampung santri dan usaha rumahan di Kajen.", ("pendidikan", "usaha warga"), 370
    ),
    DemoGroup(
        "33.18.16.2017", "waturoyo", "KIM Waturoyo", "Kabar tambak, gotong royong, dan posyandu Waturoyo.", ("pertanian", "kesehatan"), 310
    ),
    DemoGroup(
        "33.18.15.2001",
        "bumiayu",
        "KIM Bumiayu",
        "Warga Bumiayu yang belajar menulis kabar bersama.",
        ("budaya", "pendidikan"),
        290,
        confirmed=0,
    ),
    DemoGroup(
        "33.18.15.2004", "ngurensiti", "KIM Ngurensiti", "Kabar sawah, pasar pagi, dan UMKM Ngurensiti.", ("pertanian", "usaha warga"), 270
    ),
    DemoGroup(
        "33.18.10.1005",
        "pati-wetan",
        "KIM Pati Wetan",
        "Kabar kelurahan di kota: pasar, sungai, dan ruang terbuka.",
        ("lingkungan", "usaha warga"),
        380,
        "suspended",
        confirmed=0,
    ),
)

MAIN = "gulangpongge"

SUSPENDED = (
    "Rekaan untuk demo: pengurus belum menjawab keberatan warga selama dua bulan dan sekretariatnya kosong.",
    "Bupati Pati melalui Bagian Hukum Setda",
)
"""Why KIM Pati Wetan is shown suspended, and where it could appeal."""

MEMBERS = (
    ("ketua", "Sugeng Riyadi", "ketua"),
    ("sekretaris", "Endang Lestari", "sekretaris"),
    ("bendahara", "Slamet Widodo", "bendahara"),
    ("redaktur", "Dwi Astuti", "redaktur"),
    ("pemeriksa", "Siti Rahayu", "pemeriksa"),
    ("pemeriksa2", "Wahyu Santoso", "pemeriksa"),
    ("anggota", "Joko Prasetyo", "anggota"),
    ("anggota2", "Nanik Sulastri", "anggota"),
    ("pembina", "Sri Hartati", "pembina"),
)
"""User name, name, role in KIM Gulangpongge; its founder first."""

ROLES = ("ketua", "sekretaris", "bendahara", "redaktur", "pemeriksa", "anggota")
"""The six people made up for every other group; the user name of one is "redaktur.bermi"."""
SIGNED_IN = ("ketua", "redaktur", "pemeriksa", "anggota")
"""Those of them who have used their slip; the others are still invited."""

OPERATOR = ("operator", "Yusuf Maulana")

OFFICIALS = (
    ("provinsi", "Lukman Hakim", "communication", "33", "Diskominfo Prov. Jawa Tengah", "officer", "Petugas KIM"),
    ("dinas", "Ratna Dewi", "communication", "33.18", "Diskominfo Kab. Pati", "officer", "Petugas KIM"),
    ("dinas2", "Agus Salim", "communication", "33.18", "Diskominfo Kab. Pati", "officer", "Petugas KIM"),
    ("camat", "Tri Wibowo", "district", "33.18.17", "Kecamatan Gunungwungkal", "head", "Camat"),
    ("kades", "Karjono", "village", "33.18.17.2003", "Pemerintah Desa Gulangpongge", "head", "Kepala Desa"),
    ("kementerian", "Maria Tamba", "ministry", "", "Kementerian Komunikasi dan Digital", "officer", "Petugas KIM"),
)
"""User name, name, kind of office, code of its region, its name, role, title. The second one of an office is appointed from above."""


@dataclass(frozen=True)
class Forming:
    """A village where a group is being formed, invented: its code and name, how far it has come, when it was begun (days ago)."""

    code: str
    village: str
    state: str
    began: int
    founder: str
    proposers: str
    username: str = ""
    """Empty: proposed by somebody without an account; nobody carries it yet."""


FORMING = (
    Forming("33.18.17.2001", "Jrahi", "proposed", 44, "Tarno Widagdo", "Tarno Widagdo dan Rini Maryani"),
    Forming("33.18.17.2005", "Sidomulyo", "deliberated", 21, "Umi Kulsum", "Umi Kulsum dan Yanto Mulyadi", "pengusul"),
    Forming("33.18.13.2004", "Wonosekar", "minuted", 35, "Edi Mulyono", "Edi Mulyono dan Darmi Astutik", "pengusul2"),
)

MEN = ("Ahmad", "Bambang", "Budi", "Eko", "Hadi", "Karsono", "Lilik", "Parno", "Sarwo", "Tarno", "Yanto", "Muhadi", "Rohmat")
MEN_LAST = ("Setiawan", "Pranoto", "Saputra", "Hartono", "Kusuma", "Purwanto", "Utomo")
WOMEN = ("Ani", "Citra", "Darmi", "Fitri", "Indah", "Murni", "Nur", "Rini", "Suparti", "Umi", "Wati", "Yuli", "Kasmi")
WOMEN_LAST = ("Wulandari", "Handayani", "Ningsih", "Susanti", "Rahmawati", "Lestari")


def made_up(number: int) -> str:
    """The name of an invented person; 78 women and 91 men before one comes again."""
    first, last = ((WOMEN, WOMEN_LAST), (MEN, MEN_LAST))[number % 2]
    turn = number // 2 * 41 % (len(first) * len(last))  # neighbours by number share no name
    return f"{first[turn % len(first)]} {last[turn // len(first)]}"


def username_of(key: str, role: str) -> str:
    """What the holder of a role signs in with: "redaktur" in the village of the demo, "redaktur.bermi" elsewhere."""
    return role if key == MAIN else f"{role}.{key}"
