"""A region's register as a workbook: in the columns the import of registers reads, so that what goes out comes in again as the same.

The sheet for kim.id is this project's own choice of columns: kim.id publishes no format for files.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.db.models import Count, Max, Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from kentongan.documents.sheets import Cell, Sheet
from kentongan.exchange.reading.rows import CHUNK, Names, Row, decree_of, whole
from kentongan.groups.models import Decree, Group, Membership
from kentongan.registers.reading.fields import FIELD

DECREES_MOST = 5
"""Decrees of one group that get columns of their own, the newest: bawaan Kentongan."""
BOARD = ("ketua", "sekretaris", "bendahara")
PLACE = ("code", "village", "district", "regency")
DECREE = ("decree_number", "decree_dated", "decree_rank", "decree_issuer", "decree_starts", "decree_ends")
SAID = ("contact", "secretariat", "founded", "fields", "stated_digital")
PERSON = ("person", "role")


def register(groups: Any, *, members: bool) -> list[Sheet]:
    """These groups, and on a second sheet their people, where whoever asks may see them. Never a person's number, never a year of birth."""
    many = min(_most_decrees(groups), DECREES_MOST)
    head = [*map(_label, (*PLACE, "name")), *_decree_head(many), *(map(_label, BOARD) if members else ()), *map(_label, SAID)]
    sheets = [Sheet(_("KIM"), head, _group_rows(groups, many, members))]
    if members:
        sheets.append(Sheet(_("Anggota"), [*map(_label, (*PLACE, "name", *PERSON))], _member_rows(groups)))
    return sheets


def _label(key: str) -> str:
    return str(FIELD[key].label)


def _decree_head(many: int) -> Iterator[str]:
    for number in range(1, many + 1):
        yield from (_label(key) if number == 1 else f"{_label(key)} {number}" for key in DECREE)


def _most_decrees(groups: Any) -> int:
    counted = groups.order_by().annotate(n=Count("decrees", filter=Q(decrees__withdrawn=False))).aggregate(most=Max("n"))
    return max(counted["most"] or 0, 1)


def _group_rows(groups: Any, many: int, members: bool) -> Iterator[Row]:
    names = Names()
    for group in _read(groups, members):
        decrees = sorted(group.counting, key=lambda one: (one.starts, one.pk))[-many:]
        written: list[Cell] = [cell for decree in decrees for cell in _decree_cells(decree)]
        written += [None] * (len(DECREE) * (many - len(decrees)))
        board = [_holder(group, role) for role in BOARD] if members else []
        said: Row = (group.contact, group.secretariat, group.founded_on, ", ".join(group.fields), group.stated_digital)
        yield (*_place(group, names), group.name, *written, *board, *said)


def _read(groups: Any, members: bool) -> Iterator[Any]:
    decrees = Prefetch("decrees", queryset=Decree.objects.filter(withdrawn=False).order_by("-starts", "-id"), to_attr="counting")
    people = Membership.objects.current().filter(role__in=BOARD).select_related("person").order_by("id")
    board = [Prefetch("memberships", queryset=people, to_attr="board")] if members else []
    rows = groups.select_related("region").prefetch_related(decrees, *board).order_by("pk")
    yield from rows.iterator(chunk_size=CHUNK)


def _place(group: Group, names: Names) -> tuple[str, str, str, str]:
    code, village, district, regency, _province = names.place(group.region)
    return code, village, district, regency


def _decree_cells(decree: Decree) -> Row:
    return (decree.number, decree.dated, str(decree.get_rank_display()), decree.issuer, decree.starts, decree.ends)


def _holder(group: Any, role: str) -> str:
    return next((row.person.name for row in group.board if row.role == role), "")


def _member_rows(groups: Any) -> Iterator[Row]:
    names = Names()
    people = Membership.objects.current().filter(group__in=groups.order_by().values("pk")).select_related("person", "group__region")
    for row in people.order_by("group", "id").iterator(chunk_size=CHUNK):
        yield (*_place(row.group, names), row.group.name, row.person.name, str(row.get_role_display()))


KIMID: tuple[tuple[Any, Callable[[Any, Names], Cell]], ...] = (
    ("Provinsi", lambda group, names: names.place(group.region)[4]),
    ("Kabupaten/Kota", lambda group, names: names.place(group.region)[3]),
    ("Kecamatan", lambda group, names: names.place(group.region)[2]),
    ("Desa/Kelurahan", lambda group, names: names.place(group.region)[1]),
    ("Kode wilayah (Kemendagri)", lambda group, names: group.region.code),
    ("Nama KIM", lambda group, names: group.name),
    ("Nomor SK", lambda group, names: _of_decree(group, "number")),
    ("Tanggal SK", lambda group, names: _of_decree(group, "dated")),
    ("Penerbit SK", lambda group, names: _of_decree(group, "get_rank_display")),
    ("SK berlaku sampai", lambda group, names: _of_decree(group, "ends")),
    ("Sekretariat", lambda group, names: group.secretariat),
    ("Dinyatakan berbasis TIK", lambda group, names: group.stated_digital),
    ("Keadaan di Kentongan", lambda group, names: group.state_label),
    ("Kabar terbit", lambda group, names: group.story_count),
    ("Kabar terakhir", lambda group, names: timezone.localdate(group.last_published_at) if group.last_published_at else None),
    ("Alamat situs", lambda group, names: whole(group.get_absolute_url())),
)
"""The columns for kim.id: bawaan Kentongan."""


def _of_decree(group: Any, name: str) -> Cell:
    decree = decree_of(group)
    value = getattr(decree, name) if decree else None
    return str(value()) if callable(value) else value


def for_kimid(groups: Any) -> Sheet:
    """Public groups as one table to copy from into kim.id. Says in its first lines that the choice of columns is ours."""
    notes: Sequence[str] = (
        _("Bahan salinan untuk kim.id. kim.id tidak menerbitkan format berkas; urutan dan nama kolom di sini pilihan Kentongan."),
        _("Periksa lagi dengan isian di kim.id sebelum disalin. Tanpa nama dan kontak orang."),
    )
    names = Names()
    rows = (tuple(cell(group, names) for _title, cell in KIMID) for group in _read(groups, members=False))
    return Sheet(_("Untuk kim.id"), [str(title) for title, _cell in KIMID], rows, notes)
