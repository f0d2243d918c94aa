"""From a file to rows with what would happen to each, and from settled rows to what the verbs of `groups` take.

Everything is judged anew whenever it matters: when columns are chosen, when a doubtful row is settled, and once more when all is saved.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from kentongan.accounts.models import Person
from kentongan.core.errors import NotNow
from kentongan.groups import actions as groups
from kentongan.groups.models import Group
from kentongan.groups.models.stated import Known, Stated, StatedDecree, StatedSeat, known_of, plan, touched
from kentongan.groups.models.terms import BOARD, Role
from kentongan.regions.models import Region
from kentongan.registers.models import SKIP, Heading, Import, ImportRow
from kentongan.registers.reading import files, headings, matching, rows
from kentongan.registers.reading.book import Book, Sheet
from kentongan.registers.reading.fields import FIELD, FIELDS, GROUPS, MEMBERS
from kentongan.registers.reading.headings import Headings
from kentongan.registers.reading.matching import Judged
from kentongan.registers.reading.rows import Parsed
from kentongan.registers.reading.values import text

NOT_TAKEN = frozenset(("fields", "members", "website", "phone", "birth_year"))
"""What reading understands and a register does not bring in: the group's own words, and what only the persons themselves may give."""
SAMPLES = 3
MOST_LEFT = 200
"""Lines that are no records, kept to be shown."""
NIK = re.compile(r"(?<!\d)\d{16}(?!\d)")
"""Never shown, never kept, wherever somebody wrote it."""
Verdict, Outcome = ImportRow.Verdict, ImportRow.Outcome


def offered(kind: str) -> list[tuple[str, str]]:
    """What a column of this kind of sheet may be taken for."""
    return [(one.key, str(one.label)) for one in FIELDS if kind in one.sheets and one.key not in NOT_TAKEN]


def sheets_of(importing: Import, book: Book) -> list[dict[str, Any]]:
    """What the sheets of a file seem to mean, with what this office chose before."""
    return [_sheet(sheet, _guess(sheet, importing)) for sheet in book.sheets]


def _guess(sheet: Sheet, importing: Import) -> Headings:
    """The headings of a sheet; which kind it is decides whose memory counts."""
    return headings.guess(sheet, Heading.objects.of(importing.office, headings.guess(sheet, {}).kind))


def _sheet(sheet: Sheet, guessed: Headings) -> dict[str, Any]:
    below = [row for row in sheet.rows if row.number > guessed.row]
    columns = []
    for column in guessed.columns:  # under the headings some number their columns: no sample of anything
        values = (NIK.sub("…", text(row.cell(column.index), 40)) for row in below[:60] if not column.never)
        columns.append(
            {
                "index": column.index,
                "title": column.title,
                "key": column.key,
                "field": "" if column.field in NOT_TAKEN else column.field,
                "sure": column.sure,
                "never": str(column.never),
                "samples": list(dict.fromkeys(value for value in values if value and value != str(column.index + 1)))[:SAMPLES],
            }
        )
    about = {"name": sheet.name, "kind": guessed.kind, "count": len(below), "notes": guessed.notes}
    return about | {"columns": columns, "rank": "", "left": [], "skip": guessed.row == 0}


def with_choices(sheets: list[dict[str, Any]], chosen: Sequence[Mapping[str, str]], ranks: Sequence[str]) -> list[dict[str, Any]]:
    """These sheets with what was chosen for each column, whether or not it makes sense."""
    return [
        sheet | {"rank": rank, "columns": [column | {"field": picked.get(column["key"], "")} for column in sheet["columns"]]}
        for sheet, picked, rank in zip(sheets, chosen, ranks, strict=True)
    ]


def mapped(sheets: list[dict[str, Any]], chosen: Sequence[Mapping[str, str]], ranks: Sequence[str]) -> list[dict[str, Any]]:
    """These sheets with what was chosen for each column. Raises NotNow when a needed field has no column, or one has two."""
    sheets = with_choices(sheets, chosen, ranks)
    groups_sheets = [sheet for sheet in sheets if sheet["kind"] == GROUPS and not sheet["skip"]]
    if not groups_sheets:
        raise NotNow(_("Tidak ada lembar yang berisi daftar KIM: judul kolomnya tidak ditemukan. Tulis judul di atas tiap kolom."))
    wrong = [sentence for sheet in sheets if not sheet["skip"] for sentence in problems_of(sheet)]
    if wrong:
        raise NotNow(" ".join(wrong))
    return sheets


def problems_of(sheet: Mapping[str, Any]) -> list[str]:
    """What keeps these columns from being read: a needed one is missing, or two mean the same."""
    taken = [column["field"] for column in sheet["columns"] if column["field"]]
    unknown = [key for key in taken if key not in dict(offered(sheet["kind"]))]
    if unknown:
        return [_("Pilihan kolom tidak dikenal. Muat ulang halamannya.")]
    lacking = [one.label for one in FIELDS if one.needed and sheet["kind"] in one.sheets and one.key not in taken]
    if sheet["kind"] == GROUPS and not {"code", "village"} & set(taken):
        lacking.append(_("Desa/kelurahan atau kodenya"))
    said = [_("Lembar “%(sheet)s”: belum ada kolom untuk %(field)s.") % {"sheet": sheet["name"], "field": one} for one in lacking]
    twice = {key for key in taken if taken.count(key) > 1 and not FIELD[key].decree}
    said += [_("Dua kolom dipilih sebagai “%(field)s”. Pilih satu saja.") % {"field": FIELD[key].label} for key in sorted(twice)]
    return said


def judged(importing: Import) -> tuple[list[ImportRow], list[dict[str, Any]]]:
    """Read the file again by the chosen columns, and judge every row. Answers the rows, unsaved, and the sheets with what was left out."""
    book = files.read(importing.file, importing.name)
    known = {sheet["name"]: sheet for sheet in importing.sheets}
    found: list[ImportRow] = []
    for sheet in book.sheets:
        about = known.get(sheet.name)
        if about is None or about["skip"]:
            continue
        guessed = headings.guess(sheet, {column["key"]: column["field"] for column in about["columns"]})
        records, left = rows.sort_out(sheet, guessed, rank=about["rank"])
        about["left"] = [[one.number, one.reason] for one in left[:MOST_LEFT]]
        found += [_row(importing, sheet.name, guessed.kind, record) for record in records]
    settle(importing, found)
    for row in found:
        row.place = ImportRow.ORDER.index(row.verdict)
    return found, importing.sheets


def _row(importing: Import, sheet: str, kind: str, record: Parsed) -> ImportRow:
    fields = record.fields
    where = ", ".join(str(fields[key]) for key in ("village", "district") if key in fields) or fields.get("code", "")
    name = fields.get("person" if kind == MEMBERS else "name", "")
    row = ImportRow(importing=importing, sheet=sheet, kind=kind, number=record.number, name=str(name)[:200], where=str(where)[:200])
    row.fields = {"fields": fields, "problems": record.problems, "notes": record.notes}
    return row


@dataclass
class Settled:
    """All rows of an import judged together: what each says (`judged`, by row), and the known groups they mean."""

    judged: dict[int, Judged] = field(default_factory=dict)
    known: dict[int, Known] = field(default_factory=dict)


def settle(importing: Import, found: Sequence[ImportRow]) -> Settled:
    """Judge these rows (all of the import) against the register as it is, with what was chosen; say on each row what would happen."""
    settled = Settled()
    sheets = [sheet["name"] for sheet in importing.sheets]
    found = sorted(found, key=lambda row: (sheets.index(row.sheet), row.number))  # the first row of a group counts, wherever it is shown
    lists = [row for row in found if row.kind == GROUPS]
    for sheet in dict.fromkeys(row.sheet for row in lists):
        mine = [row for row in lists if row.sheet == sheet]
        told = matching.judge([_parsed(row) for row in mine], importing.region, _choices(mine))
        settled.judged |= {id(row): _left_out(row, one) for row, one in zip(mine, told, strict=True)}
    _once_in_the_file(lists, settled)
    for sheet in dict.fromkeys(row.sheet for row in found if row.kind == MEMBERS):
        mine = [row for row in found if row.kind == MEMBERS and row.sheet == sheet]
        homes = [settled.judged[id(row)] for row in lists]
        told = matching.judge_members([_parsed(row) for row in mine], importing.region, homes, _choices(mine))
        settled.judged |= {id(row): _left_out(row, one) for row, one in zip(mine, told, strict=True)}
    ids = {one.group_id for one in settled.judged.values() if one.group_id}
    settled.known = known_of(Group.objects.filter(pk__in=ids).select_related("region"))
    regions = _regions(one.region_code for one in settled.judged.values())
    for row in found:
        _say(row, settled.judged[id(row)], settled.known, regions)
    return settled


def _parsed(row: ImportRow) -> Parsed:
    return Parsed(row.number, dict(row.fields["fields"]), list(row.fields["problems"]), [], list(row.fields["notes"]))


def _choices(mine: Iterable[ImportRow]) -> dict[int, str]:
    return {row.number: row.choice for row in mine if row.choice and row.choice != SKIP}


def _left_out(row: ImportRow, one: Judged) -> Judged:
    """A row the officer leaves out is, for those that hang on it, as good as refused."""
    return replace(one, verdict=matching.REFUSED) if row.choice == SKIP else one


def _once_in_the_file(lists: Sequence[ImportRow], settled: Settled) -> None:
    """A group named on two sheets is taken from the first one."""
    seen: dict[tuple[str, str], ImportRow] = {}
    for row in lists:
        one = settled.judged[id(row)]
        if one.verdict not in (matching.NEW, matching.CHANGED, matching.SAME):
            continue
        key = (one.region_code, str(one.group_id) if one.group_id else matching.group_key(one.parsed.fields["name"]))
        first = seen.setdefault(key, row)
        if first.sheet != row.sheet:
            said = _("KIM ini sudah ada di lembar “%(sheet)s” baris %(n)s.") % {"sheet": first.sheet, "n": first.number}
            settled.judged[id(row)] = replace(one, verdict=matching.REFUSED, reasons=[said])


def _regions(codes: Iterable[str]) -> dict[str, Region]:
    return {region.code: region for region in Region.objects.filter(code__in=set(codes) - {""})}


def _say(row: ImportRow, one: Judged, known: Mapping[int, Known], regions: Mapping[str, Region]) -> None:
    """What would happen to a row, on the row itself."""
    row.verdict, row.region_code, row.group_id = one.verdict, one.region_code, one.group_id
    if row.verdict == Verdict.ASK and row.choice != SKIP:
        row.asked, row.place = True, ImportRow.ORDER.index(Verdict.ASK)
    row.reasons, row.changes, row.kept = list(one.reasons), [], []
    if one.candidates:
        row.candidates = [{"value": candidate.code, "label": str(candidate.label)} for candidate in one.candidates]
    if row.choice == SKIP:
        row.verdict, row.reasons = Verdict.SKIPPED, [_("Anda memilih melewati baris ini.")]
        return
    if one.region_code in regions:
        row.where = regions[one.region_code].full_label[:200]
    if one.group_id and one.verdict in (matching.NEW, matching.CHANGED, matching.SAME):
        planned = plan(known[one.group_id], _stated(one, regions[one.region_code], row.kind))
        row.changes = [list(change) for change in planned.changes]
        row.kept = [[kept.label, kept.ours, kept.theirs, kept.why] for kept in planned.kept]
        row.verdict = Verdict.CHANGED if planned else Verdict.SAME
    elif one.verdict == matching.NEW and row.kind == GROUPS and not one.parsed.fields.get("decrees"):
        row.reasons.append(_("Belum ada SK: dicatat “belum terbentuk” dan belum tampil untuk umum."))


def _stated(one: Judged, region: Region, kind: str) -> Stated:
    """What a row states, as the verbs of `groups` take it."""
    said = one.parsed.fields
    if kind == MEMBERS:
        return Stated(said.get("name", ""), region, seats=(StatedSeat(said["person"], said.get("role", Role.ANGGOTA)),))
    founded = date.fromisoformat(said["founded_on"]) if "founded_on" in said else None
    return Stated(
        name=said["name"],
        region=region,
        decrees=tuple(_decree(decree) for decree in said.get("decrees", [])),
        seats=tuple(StatedSeat(said[role], role) for role in BOARD if role in said),
        digital=said.get("stated_digital"),
        founded_on=founded,
        secretariat=said.get("secretariat", ""),
        contact=said.get("contact", ""),
    )


def _decree(said: Mapping[str, str]) -> StatedDecree:
    dated, starts, ends = (date.fromisoformat(said[key]) for key in ("dated", "starts", "ends"))
    return StatedDecree(said["number"], dated, said["rank"], said.get("issuer", ""), starts, ends)


def outlook(row: ImportRow) -> tuple[Any, ...]:
    """What an officer saw of a row, to be compared with what is there when it is saved."""
    return row.verdict, row.region_code, row.group_id, [list(change) for change in row.changes]


def take_in(importing: Import, found: Sequence[ImportRow], settled: Settled, by: Person) -> None:
    """Inside `act`: enter what is new and amend what is known; say on each row what became of it."""
    regions = _regions(row.region_code for row in found)
    lists = [row for row in found if row.kind == GROUPS and row.verdict in (Verdict.NEW, Verdict.CHANGED)]
    joining = [row for row in found if row.kind == MEMBERS and row.verdict in (Verdict.NEW, Verdict.CHANGED)]
    stated = {id(row): _stated(settled.judged[id(row)], regions[row.region_code], GROUPS) for row in lists}
    new = {(row.region_code, row.number): row for row in lists if row.verdict == Verdict.NEW}
    guests: dict[int, list[ImportRow]] = defaultdict(list)
    for row in joining:
        told = settled.judged[id(row)]
        host = None if row.group_id else new.get((row.region_code, told.group_row or 0))
        if host is not None:
            stated[id(host)] = _with_seat(stated[id(host)], told)
            guests[id(host)].append(row)
    entered = [row for row in lists if row.verdict == Verdict.NEW]
    made = groups.enter([stated[id(row)] for row in entered], source=importing.source, by=by)
    for row, (pk, one) in zip(entered, made.items(), strict=True):
        _saved(row, pk, one, Outcome.ENTERED)
        for guest in guests[id(row)]:
            _saved(guest, pk, {}, Outcome.ENTERED)
    _amend(importing, found, settled, regions, by)
    for row in found:
        if not row.outcome:
            row.outcome = Outcome.NONE if row.verdict == Verdict.SAME else Outcome.LEFT


def _amend(importing: Import, found: Sequence[ImportRow], settled: Settled, regions: Mapping[str, Region], by: Person) -> None:
    mine: dict[int, list[ImportRow]] = defaultdict(list)
    for row in found:
        if row.group_id and row.verdict == Verdict.CHANGED:
            mine[row.group_id].append(row)
    known = []
    for pk, said in mine.items():
        first = next((row for row in said if row.kind == GROUPS), said[0])
        stated = _stated(settled.judged[id(first)], regions[first.region_code], first.kind)
        for row in said:
            if row.kind == MEMBERS and row is not first:
                stated = _with_seat(stated, settled.judged[id(row)])
        known.append((settled.known[pk].group, stated))
    for pk, one in groups.amend(known, source=importing.source, by=by).items():
        for at, row in enumerate(mine[pk]):
            _saved(row, pk, one if at == 0 else {}, Outcome.AMENDED)


def _with_seat(stated: Stated, told: Judged) -> Stated:
    seat = StatedSeat(told.parsed.fields["person"], told.parsed.fields.get("role", Role.ANGGOTA))
    return replace(stated, seats=(*stated.seats, seat))


def _saved(row: ImportRow, pk: int, made: Mapping[str, Any], outcome: str) -> None:
    row.group_id, row.made, row.outcome = pk, dict(made), outcome
    row.applied_version = made.get("version")


def take_back(found: Sequence[ImportRow], by: Person) -> None:
    """Inside `act`: what nobody touched since goes back; the rest stays and says why. Rows of persons follow their group."""
    made = {row.group_id: row.made for row in found if row.made and row.group_id}
    why = touched(made, besides=(ImportRow,))
    free = [pk for pk in made if pk not in why]
    chosen = list(Group.objects.filter(pk__in=free).select_related("region").order_by("pk"))
    groups.withdraw_entry([group for group in chosen if made[group.pk]["entered"]], made, by=by)
    groups.take_back([group for group in chosen if not made[group.pk]["entered"]], made, by=by)
    for row in found:
        if row.outcome in (Outcome.ENTERED, Outcome.AMENDED):
            said = why.get(row.group_id or 0, "")
            gone = Outcome.WITHDRAWN if row.outcome == Outcome.ENTERED else Outcome.RESTORED
            row.outcome, row.said = (Outcome.STAYED, said) if said else (gone, "")
