"""Papers of a formation, ready to be printed and signed: from rows to the strings `documents` sets. Printing changes nothing.

What is known is printed, what is not is a line to write on. Every regulation stands in the table `RULES` under the name the project found
for it, and carries "(periksa)" until somebody compared it with the text. No coat of arms, no number, no date of signing: those come with
the pen.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from kentongan.documents import typeset
from kentongan.groups.models import Decree, FormationStep, Group, Membership, Role
from kentongan.regions.models import Level, Region

Block = dict[str, Any]
CHECK = "(periksa)"
RULES = (
    f"Undang-Undang Nomor 14 Tahun 2008, keterbukaan informasi publik {CHECK};",
    f"Peraturan Menteri Komunikasi dan Informatika Nomor 08/PER/M.KOMINFO/6/2010, kelompok informasi masyarakat {CHECK};",
    f"Peraturan Menteri Komunikasi dan Informatika Nomor 4 Tahun 2024, kemitraan komunikasi publik daerah {CHECK};",
)
VILLAGE_RULE = f"Peraturan Menteri Desa, Pembangunan Daerah Tertinggal, dan Transmigrasi Nomor 16 Tahun 2019, musyawarah desa {CHECK};"
"""Of a desa only: a kelurahan holds no musyawarah desa."""
OWN_RULE = "Peraturan daerah, peraturan bupati/wali kota, atau peraturan desa yang berlaku di wilayah ini: ..............................."
MONTHS = ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember")
DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
DRAFT = (
    "DRAF dari Kentongan. Periksa isinya, beri nomor, tanda tangan, dan cap; baru sesudah itu berlaku. Baris ini dibuang dari naskah akhir."
)
SAMPLE = "CONTOH. Sesuaikan dengan musyawarah: setiap pasal boleh diubah, ditambah, atau dibuang sebelum disahkan."
ROLL_ROWS, ROLL_MOST = 46, 200
"""Rows of an empty attendance list when nobody said how many come, and the most that are printed."""
BLANK_SEATS = 3
DOTS = "." * 48
"""Empty rows for members in a paper that is printed before the board is known."""
ROLES = (Role.KETUA, Role.SEKRETARIS, Role.BENDAHARA)
HEAD_OF_RANK = {"kades": "KEPALA DESA", "lurah": "LURAH", "camat": "CAMAT", "bupati": "BUPATI"}


@dataclass(frozen=True)
class Printing:
    """A paper that can be printed: the name in its address, what the button says, what it is for, and who makes it of what is known."""

    name: str
    label: Any
    purpose: Any
    made: Callable[["Facts"], dict[str, Any]]


class Facts:
    """What is known of a group's formation, read once for one paper."""

    def __init__(self, group: Group) -> None:
        self.group = group
        self.place: Region = group.region
        self.above: list[Region] = group.region.ancestors
        self.steps: list[FormationStep] = list(group.steps.all())
        self.people: list[Membership] = group.people

    def step(self, action: str) -> FormationStep | None:
        """The last time this step was taken; none that was sent back."""
        return next((step for step in reversed(self.steps) if step.action == action), None)

    def at(self, level: int) -> Region | None:
        """The region of this level it lies in."""
        return next((region for region in (*self.above, self.place) if region.level == level), None)

    def in_role(self, role: str) -> str:
        """Who holds a role today; empty while nobody does."""
        return next((row.person.name for row in self.people if row.role == role), "")

    def head_of(self, level: int) -> str:
        """Who heads the office of this level today; empty where nobody is appointed here."""
        posts = (post for post in self.group.officers if post.office.level == level and post.role == post.Role.HEAD)
        return next((post.person.name for post in posts if post.office.kind != post.office.Kind.OTHER), "")

    @property
    def deliberation(self) -> FormationStep | None:
        return self.step("deliberate")

    @property
    def head_title(self) -> str:
        """ "KEPALA DESA GULANGPONGGE", "LURAH PATI WETAN": who heads the place."""
        return head_title("lurah" if self.place.code[9:10] == "1" else "kades", self.place)


def head_title(rank: str, place: Region) -> str:
    """Who signs a decree of this rank, as it stands above the signature."""
    if rank == "bupati":
        return f"{'WALI KOTA' if place.kind.startswith('Kota') else 'BUPATI'} {place.name}".upper()
    return f"{HEAD_OF_RANK[rank]} {place.name}".upper()


def whole_day(on: date | None) -> str:
    """ "Rabu, 25 November 2026"; empty for no day."""
    return f"{DAYS[on.weekday()]}, {on.day} {MONTHS[on.month - 1]} {on.year}" if on else ""


def kop_of(facts: Facts, level: int) -> list[str]:
    """The letterhead of the office of a level: what it lies in above its own name."""
    lines = []
    if regency := facts.at(Level.REGENCY):
        lines.append(f"Pemerintah {regency.label}".upper())
    if level >= Level.DISTRICT and (district := facts.at(Level.DISTRICT)):
        lines.append(district.label.upper())
    if level >= Level.VILLAGE and (village := facts.at(Level.VILLAGE)):
        lines.append((f"Pemerintah {village.label}" if village.kind != "Kelurahan" else village.label).upper())
    return lines


def issuing_rank(group: Group) -> str:
    """The rank whose decree is drafted: the nearest to the group that its region allows."""
    allowed = Decree.ranks_for(group, Level.REGENCY)
    return max(allowed, key=lambda rank: Decree.LEVEL_OF_RANK[rank]) if allowed else "bupati"


def page_of(
    facts: Facts, title: str, blocks: list[Block], *, kop: list[str] | None = None, below: str = "", size: float = 10.6
) -> dict[str, Any]:
    """The data of the layout `official`; `size` in points."""
    foot = f"{facts.group.name} · {facts.place.full_label} · disiapkan dengan Kentongan"
    return {
        "title": f"{title} {facts.group.name}",
        "group": facts.group.name,
        "kop": kop or [],
        "kop-below": below,
        "foot": foot,
        "size": size,
        "blocks": blocks,
    }


def board_table(facts: Facts) -> Block:
    """The board and members as they stand today; lines to write on before there are any."""
    known = [(row.person.name, str(row.get_role_display())) for row in facts.people]
    rows = known or [("", str(role.label)) for role in ROLES] + [("", str(Role.ANGGOTA.label))] * BLANK_SEATS
    numbered = [[str(number), name, role] for number, (name, role) in enumerate(rows, start=1)]
    return {"kind": "table", "widths": [12, 0, 52], "centred": [0], "tall": 3.6, "head": ["No.", "Nama", "Jabatan"], "rows": numbered}


def minutes(facts: Facts) -> dict[str, Any]:
    """The minutes of the founding deliberation, with room for signatures."""
    held, written, group = facts.deliberation, facts.step("minute"), facts.group
    rank = issuing_rank(group)
    signs = head_title(rank, facts.at(Decree.LEVEL_OF_RANK[rank]) or facts.place).title()
    came = f"{held.attendance} orang" if held and held.attendance else ""
    blocks: list[Block] = [
        {"kind": "title", "title": "BERITA ACARA MUSYAWARAH PEMBENTUKAN", "under": [group.display_name, facts.place.full_label]},
        {
            "kind": "par",
            "text": f"Dalam rangka pembentukan {group.display_name} di {facts.place.label}, telah diadakan musyawarah warga pada:",
        },
        {
            "kind": "pairs",
            "rows": [
                ["Hari dan tanggal", whole_day(held.on if held else None)],
                ["Pukul", ""],
                ["Tempat", held.place if held else ""],
                ["Yang hadir", came],
                ["Pemimpin musyawarah", ""],
                ["Pencatat", ""],
            ],
        },
        {"kind": "par", "text": "Daftar hadir yang ditandatangani peserta terlampir. Musyawarah membahas dan menyepakati:"},
        {
            "kind": "counted",
            "items": [
                f"Membentuk {group.display_name} sebagai kelompok warga yang mandiri, terbuka bagi semua, dan tidak berpihak pada partai.",
                "Memilih pengurus dan anggota seperti tertulis di bawah ini.",
                f"Masa bakti pengurus {group.rules['term_years']} tahun, atau sesuai surat keputusan.",
                f"Meminta surat keputusan kepada {signs}.",
            ],
        },
    ]
    notes = " ".join(part for part in (held.note if held else "", written.note if written else "") if part)
    blocks += [{"kind": "section", "text": "Catatan musyawarah"}]
    blocks += [{"kind": "par", "text": notes}] if notes else [{"kind": "lines", "count": 2}]
    blocks += [
        {"kind": "section", "text": "Susunan pengurus dan anggota"},
        board_table(facts),
        {"kind": "par", "text": "Demikian berita acara ini dibuat dengan sebenarnya untuk dipakai sebagaimana mestinya."},
        {
            "kind": "signatures",
            "columns": 4,
            "people": [
                {"above": ["Pemimpin rapat,"], "as": "", "name": ""},
                {"above": ["Pencatat,"], "as": "", "name": ""},
                {"above": ["Ketua terpilih,"], "as": "", "name": facts.in_role(Role.KETUA)},
                {"above": ["Sekretaris terpilih,"], "as": "", "name": facts.in_role(Role.SEKRETARIS)},
            ],
        },
        {
            "kind": "signatures",
            "columns": 1,
            "title": "Mengetahui,",
            "people": [{"above": [], "as": facts.head_title, "name": facts.head_of(Level.VILLAGE), "stamp": True}],
        },
    ]
    return page_of(facts, "Berita acara pembentukan", blocks)


def roll(facts: Facts) -> dict[str, Any]:
    """An empty attendance list for the deliberation."""
    held = facts.deliberation
    expected = held.attendance if held and held.attendance else ROLL_ROWS
    rows = [[str(number), "", "", ""] for number in range(1, min(max(expected, ROLL_ROWS), ROLL_MOST) + 1)]
    blocks: list[Block] = [
        {"kind": "title", "title": "DAFTAR HADIR", "under": [f"Musyawarah pembentukan {facts.group.display_name}"]},
        {
            "kind": "pairs",
            "rows": [["Hari dan tanggal", whole_day(held.on if held else None)], ["Tempat", held.place if held else ""]],
        },
        {
            "kind": "note",
            "text": "Daftar ini hanya untuk membuktikan musyawarah. Jangan menulis NIK, agama, atau suku; nomor HP tidak perlu.",
        },
        {
            "kind": "table",
            "widths": [12, 0, 44, 44],
            "centred": [0],
            "tall": 5,
            "head": ["No.", "Nama", "Dusun, RT/RW", "Tanda tangan"],
            "rows": rows,
        },
    ]
    return page_of(facts, "Daftar hadir musyawarah", blocks)


def decree_draft(facts: Facts) -> dict[str, Any]:
    """The draft of the decree, for the rank the region allows and its term; the board is its annex."""
    group, rank = facts.group, issuing_rank(facts.group)
    place = facts.at(Decree.LEVEL_OF_RANK[rank]) or facts.place
    head, held = head_title(rank, place), facts.deliberation
    years = group.rules["term_years"]
    village_rule = [VILLAGE_RULE] if facts.place.code[9:10] != "1" and facts.place.level == Level.VILLAGE else []
    met = f"pada {whole_day(held.on)}" if held else "pada ..............................."
    subject = f"Pembentukan dan Susunan Pengurus {group.display_name} {facts.place.label}".upper()
    blocks: list[Block] = [
        {"kind": "banner", "text": DRAFT},
        {"kind": "title", "title": f"KEPUTUSAN {head}", "under": ["NOMOR: ..............................", "TENTANG", subject]},
        {"kind": "lead", "text": f"{head},"},
        {
            "kind": "clauses",
            "title": "Menimbang",
            "items": [
                ["a.", f"bahwa warga {facts.place.label} telah bermusyawarah {met} dan sepakat membentuk {group.display_name};"],
                ["b.", "bahwa kelompok itu dibentuk dari, oleh, dan untuk warga, supaya kabar dan keluhan warga tersampaikan dua arah;"],
                ["c.", "bahwa karena itu perlu ditetapkan pembentukan dan susunan pengurusnya dengan keputusan;"],
            ],
        },
        {
            "kind": "clauses",
            "title": "Mengingat",
            "items": [[f"{number}.", rule] for number, rule in enumerate((*RULES, *village_rule, OWN_RULE), start=1)],
        },
        {
            "kind": "clauses",
            "title": "Memperhatikan",
            "items": [["", f"Berita acara musyawarah pembentukan {group.name} {met}."]],
        },
        {"kind": "lead", "text": "MEMUTUSKAN"},
        {
            "kind": "rulings",
            "items": [
                ["KESATU", f"Membentuk {group.display_name} di {facts.place.full_label}."],
                ["KEDUA", "Menetapkan susunan pengurus dan anggotanya seperti tercantum dalam lampiran keputusan ini."],
                [
                    "KETIGA",
                    "Kelompok mencari, memeriksa, dan menyebarkan kabar yang berguna bagi warga, menampung pertanyaan dan usul warga, "
                    "serta bekerja mandiri, terbuka, dan tidak memihak.",
                ],
                ["KEEMPAT", f"Masa bakti pengurus {years} tahun sejak keputusan ini ditetapkan, dan dapat dipilih kembali oleh anggota."],
                [
                    "KELIMA",
                    "Keputusan ini berlaku sejak tanggal ditetapkan; bila kelak ada kekeliruan akan diperbaiki sebagaimana mestinya.",
                ],
            ],
        },
        {
            "kind": "signatures",
            "columns": 2,
            "right": True,
            "people": [signing(head, facts.head_of(Decree.LEVEL_OF_RANK[rank]), place.name)],
        },
        {"kind": "newpage"},
        {
            "kind": "title",
            "title": "LAMPIRAN",
            "under": [
                f"Keputusan {head.title()}",
                "Nomor ..............................  tanggal ..............................",
                f"Susunan pengurus dan anggota {group.display_name}",
            ],
        },
        board_table(facts),
        {
            "kind": "signatures",
            "columns": 2,
            "right": True,
            "people": [{"above": [], "as": head, "name": facts.head_of(Decree.LEVEL_OF_RANK[rank]), "stamp": True}],
        },
    ]
    return page_of(facts, "Draf SK", blocks, kop=kop_of(facts, Decree.LEVEL_OF_RANK[rank]), below=f"Alamat: {DOTS}", size=9.7)


def signing(head: str, name: str, place: str) -> dict[str, Any]:
    """Where and when it is decided, and by whom."""
    return {"above": [f"Ditetapkan di {place}", "pada tanggal ........................"], "as": head, "name": name, "stamp": True}


def request_letter(facts: Facts) -> dict[str, Any]:
    """The group's letter that asks the regency to verify it."""
    group, decree = facts.group, facts.group.decree
    regency = facts.at(Level.REGENCY)
    standing = f"{decree}, berlaku {written(decree.starts)} sampai {written(decree.ends)}" if decree else ""
    blocks: list[Block] = [
        {
            "kind": "pairs",
            "rows": [["Nomor", ""], ["Tanggal", ""], ["Lampiran", "1 berkas"]],
        },
        {"kind": "subject", "text": f"Perihal: permohonan verifikasi {group.name}"},
        {"kind": "par", "text": f"Kepada Yth. Kepala Dinas Komunikasi dan Informatika {regency.label if regency else ''}".strip()},
        {"kind": "par", "text": "Dengan hormat,"},
        {
            "kind": "par",
            "text": f"Bersama surat ini kami, {group.display_name} di {facts.place.full_label} (kode wilayah {facts.place.code}), memohon "
            "diverifikasi sebagai kelompok yang terdaftar. Keterangan kami:",
        },
        {
            "kind": "pairs",
            "rows": [
                ["Surat keputusan", standing],
                ["Ketua", facts.in_role(Role.KETUA)],
                ["Sekretaris", facts.in_role(Role.SEKRETARIS)],
                ["Bendahara", facts.in_role(Role.BENDAHARA)],
                ["Anggota", f"{len({row.person_id for row in facts.people})} orang" if facts.people else ""],
                ["Sekretariat", group.secretariat],
                ["Kontak", group.contact],
            ],
        },
        {"kind": "par", "text": "Yang diperiksa Diskominfo di wilayah kami, menurut aturan yang berlaku di Kentongan:"},
        {"kind": "counted", "items": [str(point) for point in group.rules["verify_checklist"]]},
        {
            "kind": "par",
            "text": "Kami menyatakan keterangan di atas benar, bekerja terbuka dan tidak berpihak, dan bersedia dikunjungi. "
            "Atas perhatiannya kami ucapkan terima kasih.",
        },
        {
            "kind": "signatures",
            "columns": 2,
            "people": [
                {"above": ["Hormat kami,"], "as": "Ketua", "name": facts.in_role(Role.KETUA)},
                {"above": [""], "as": "Sekretaris", "name": facts.in_role(Role.SEKRETARIS)},
            ],
        },
        {"kind": "section", "text": "Lampiran"},
        {
            "kind": "counted",
            "items": [
                "Salinan surat keputusan.",
                "Berita acara musyawarah dan daftar hadir.",
                "Anggaran dasar dan anggaran rumah tangga, bila sudah ada.",
            ],
        },
    ]
    return page_of(
        facts,
        "Permohonan verifikasi",
        blocks,
        kop=[group.label.upper(), group.name.upper()],
        below=f"{facts.place.full_label} · Sekretariat: {group.secretariat or DOTS}",
    )


def written(on: date) -> str:
    """ "25 November 2026"."""
    return f"{on.day} {MONTHS[on.month - 1]} {on.year}"


def statutes(facts: Facts) -> dict[str, Any]:
    """A template of statutes and by-laws: this project's own text."""
    from kentongan.groups.reading.statutes import BYLAWS, STATUTES

    group, rules = facts.group, facts.group.rules
    words = {
        "name": group.display_name,
        "short": group.name,
        "place": facts.place.full_label,
        "village": facts.place.label,
        "least": rules["min_members"],
        "most": rules["max_members"],
        "years": rules["term_years"],
        "months": rules["reconfirm_months"],
        "fields": ", ".join(group.fields or rules["fields"]),
        "secretariat": group.secretariat or "..............................",
    }
    blocks: list[Block] = [
        {"kind": "banner", "text": SAMPLE},
        {"kind": "title", "title": "ANGGARAN DASAR", "under": [group.display_name, facts.place.full_label]},
        *_chapters(STATUTES, words),
        {"kind": "newpage"},
        {"kind": "title", "title": "ANGGARAN RUMAH TANGGA", "under": [group.display_name, facts.place.full_label]},
        *_chapters(BYLAWS, words),
        {
            "kind": "signatures",
            "columns": 2,
            "title": "Disahkan dalam musyawarah anggota pada tanggal ..............................",
            "people": [
                {"above": [], "as": "Ketua", "name": facts.in_role(Role.KETUA)},
                {"above": [], "as": "Sekretaris", "name": facts.in_role(Role.SEKRETARIS)},
            ],
        },
    ]
    return page_of(facts, "Contoh AD/ART", blocks)


def _chapters(chapters: Any, words: dict[str, Any]) -> list[Block]:
    blocks: list[Block] = []
    article = 0
    for number, (title, articles) in enumerate(chapters, start=1):
        blocks.append({"kind": "chapter", "number": f"BAB {ROMAN[number]}", "title": title.upper()})
        for name, items in articles:
            article += 1
            blocks.append({"kind": "article", "title": f"Pasal {article} · {name}", "items": [item.format(**words) for item in items]})
    return blocks


ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")

PRINTINGS = (
    Printing("daftar-hadir", _("Cetak daftar hadir kosong"), _("Dibawa ke musyawarah, ditandatangani yang datang, lalu dipotret."), roll),
    Printing("berita-acara", _("Cetak berita acara"), _("Ditandatangani sesudah musyawarah, lalu dipotret dan dicatat."), minutes),
    Printing("ad-art", _("Cetak contoh AD/ART"), _("Contoh buatan Kentongan. Bahas dalam musyawarah, ubah seperlunya."), statutes),
    Printing(
        "draf-sk", _("Cetak draf SK"), _("Kantor penerbit memeriksa, memberi nomor, menandatangani, lalu mencatat SK-nya."), decree_draft
    ),
    Printing(
        "permohonan-verifikasi",
        _("Cetak surat permohonan verifikasi"),
        _("Dikirim pengurus ke Diskominfo bersama lampirannya."),
        request_letter,
    ),
)
BY_NAME = {printing.name: printing for printing in PRINTINGS}
NEEDED: dict[str, tuple[str, ...]] = {
    "proposed": ("daftar-hadir",),
    "socialised": ("daftar-hadir",),
    "deliberated": ("berita-acara", "ad-art"),
    "minuted": ("draf-sk",),
    "decreed": ("permohonan-verifikasi", "ad-art"),
    "registered": (),
}
"""Which papers the next step of a formation needs, by its state."""


def printed(group: Group, name: str) -> bytes:
    """The paper as a tagged PDF in Indonesian, the same bytes for the same record. Raises KeyError for an unknown name, NotTypeset."""
    with translation.override("id"):
        return typeset.pdf("official", BY_NAME[name].made(Facts(group)))
