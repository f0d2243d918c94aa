"""What the pages of an import show, in the shapes their components want; and its files: a sheet to fill, a receipt."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kentongan.accounts.models import Person
from kentongan.core.actions import may
from kentongan.documents.sheets import Cell, Sheet
from kentongan.groups.models import Decree
from kentongan.registers.models import KEPT_DAYS, SKIP, Import, ImportRow
from kentongan.registers.reading.fields import FIELD, MEMBERS
from kentongan.registers.settling import offered, problems_of
from kentongan.ui.writing import number, when

PAGE = 20
Verdict, State = ImportRow.Verdict, Import.State
TAGS = {"ask": "you", "refused": "bad", "changed": "warn", "new": "good", "same": "", "skipped": ""}
SAVED_TAGS = {"entered": "good", "amended": "good", "left": "bad", "withdrawn": "", "restored": "", "stayed": "warn", "": ""}
TABS: tuple[tuple[str, Any, Q], ...] = (
    ("", gettext_lazy("Semua"), ~Q(verdict=Verdict.SAME)),
    ("pilih", gettext_lazy("Perlu Anda"), Q(asked=True)),
    ("ditolak", gettext_lazy("Ditolak"), Q(verdict=Verdict.REFUSED)),
    ("berubah", gettext_lazy("Berubah"), Q(verdict=Verdict.CHANGED)),
    ("baru", gettext_lazy("Baru"), Q(verdict=Verdict.NEW)),
    ("sama", gettext_lazy("Sama"), Q(verdict=Verdict.SAME)),
)
TEMPLATES = {
    State.UPLOADED: "working",
    State.JUDGING: "working",
    State.SAVING: "working",
    State.UNDOING: "working",
    State.UNREADABLE: "unreadable",
    State.DROPPED: "dropped",
    State.PREVIEWED: "preview",
}


def template_of(importing: Import) -> str:
    """The page of its state; whatever was decided shows its receipt."""
    return TEMPLATES.get(State(importing.state), "receipt")


def crumbs(last: str = "") -> list[tuple[str, str]]:
    """From the region down to an import."""
    here = [(_("Wilayah"), reverse("groups:office")), (_("Impor register"), reverse("registers:imports") if last else "")]
    return [*here, (last, "")] if last else here


def past_imports(rows: QuerySet[Import], before: str) -> dict[str, Any]:
    """One page of imports, the newest first."""
    known = rows.filter(pk__lt=int(before)) if before.isdecimal() and len(before) < 18 else rows
    found = list(known.order_by("-pk")[: PAGE + 1])
    older = f"?{urlencode({'sebelum': found[PAGE - 1].pk})}" if len(found) > PAGE else ""
    return {"rows": [_past(row) for row in found[:PAGE]], "older": older}


def _past(row: Import) -> dict[str, Any]:
    warm = row.state in (State.READ, State.PREVIEWED)
    return {
        "title": row.name,
        "href": row.get_absolute_url(),
        "meta": f"{row.region.full_label} · {row.by.name}, {when(row.at, row.region)}",
        "kind": "" if warm else "theirs",
        "due": row.state_label.capitalize(),
        "due_note": _("bisa dibatalkan sampai %(at)s") % {"at": when(row.undo_until, row.region)}
        if row.state == State.CONFIRMED and row.may_still_be_undone
        else "",
    }


def page_of(importing: Import, person: Person, asked: QueryDict) -> dict[str, Any]:
    """What the page of this import shows, whatever its state."""
    context: dict[str, Any] = {
        "importing": importing,
        "crumbs": crumbs(importing.name),
        "step": _step(importing),
        "may_drop": may(person, "registers.drop", importing),
    }
    if importing.working or importing.state in (State.UNREADABLE, State.DROPPED):
        return context | {"doing": DOING.get(State(importing.state), "")}
    context |= _rows(importing, asked) | {"counts": sentence_of(importing), "left": left_of(importing), "earlier": importing.earlier}
    if importing.state == State.PREVIEWED:
        return context | _confirming(importing, person)
    return context | {"may_undo": may(person, "registers.undo", importing), "facts": _facts(importing), "numbers": _numbers(importing)}


DOING = {
    State.UPLOADED: gettext_lazy("Berkas sedang dibaca"),
    State.JUDGING: gettext_lazy("Baris sedang dicocokkan dengan register"),
    State.SAVING: gettext_lazy("Register sedang disimpan"),
    State.UNDOING: gettext_lazy("Impor sedang dibatalkan"),
}


def _step(importing: Import) -> dict[str, Any]:
    """How far along it is, in three."""
    at = 1 if importing.state in (State.UPLOADED, State.READ, State.UNREADABLE, State.JUDGING) else 2
    at = 2 if importing.state in (State.PREVIEWED, State.SAVING) else 3 if importing.confirmed_at or importing.state == State.SAME else at
    said = {1: _("kolom"), 2: _("periksa"), 3: _("selesai")}[at]
    done = at == 3 and not importing.working
    label = _("Langkah %(n)s dari 3: %(what)s") % {"n": at, "what": said}
    return {"at": at, "done": 3 if done else at - 1, "now": 0 if done else 1, "todo": 3 - at, "label": label}


@dataclass(frozen=True)
class Shown:
    """One row as its page shows it."""

    row: ImportRow
    where: str
    tag: str
    tag_kind: str
    options: list[tuple[str, str, bool]]
    """(value, label, chosen) of a doubtful row."""

    @property
    def legend(self) -> str:
        """What is asked."""
        return self.row.reasons[0] if self.row.reasons else _("Yang mana?")

    @property
    def reasons(self) -> list[str]:
        """What is said besides what is asked."""
        return list(self.row.reasons[1:] if self.row.asked and self.row.verdict == Verdict.ASK else self.row.reasons)


def _rows(importing: Import, asked: QueryDict) -> dict[str, Any]:
    """One page of rows: those that need somebody first, keyset by (place, number, id)."""
    tab = next((tab for tab in TABS if tab[0] == asked.get("lihat", "")), TABS[0])
    several = len({sheet["name"] for sheet in importing.sheets if not sheet.get("skip")}) > 1
    found = list(importing.rows.filter(tab[2] & _beyond(asked.get("sesudah", ""))).order_by("place", "number", "id")[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    mark = {"lihat": tab[0], "sesudah": f"{last.place}.{last.number}.{last.pk}"} if last else {}
    shown = [_shown(row, importing, several) for row in found[:PAGE]]
    return {
        "rows": shown,
        "older": f"?{urlencode({name: value for name, value in mark.items() if value})}" if last else "",
        "tabs": _tabs(importing, tab[0]),
        "tab": tab[0],
        "page_mark": asked.get("sesudah", ""),
        "asks": importing.state == State.PREVIEWED and any(one.options for one in shown),
        "same_href": "?lihat=sama" if not tab[0] and importing.tally["same"] else "",
    }


def _beyond(mark: str) -> Q:
    """Rows after the mark "<place>.<number>.<id>"; everything when it is none."""
    parts = mark.split(".")
    if len(parts) != 3 or not all(part.isdecimal() and len(part) < 18 for part in parts):
        return Q()
    place, at, pk = map(int, parts)
    return Q(place__gt=place) | Q(place=place, number__gt=at) | Q(place=place, number=at, pk__gt=pk)


def _shown(row: ImportRow, importing: Import, several: bool) -> Shown:
    where = _("%(sheet)s, baris %(n)s") % {"sheet": row.sheet, "n": row.number} if several else str(row.number)
    saved = importing.confirmed_at is not None
    tag, kind = row.get_verdict_display(), TAGS[row.verdict]
    if saved:
        tag, kind = row.get_outcome_display() or _("sama"), SAVED_TAGS[row.outcome]
    if row.moved and not saved:
        tag = _("%(tag)s, baru berubah") % {"tag": tag}
    options = []
    if row.asked and importing.state == State.PREVIEWED:
        options = [(one["value"], one["label"], row.choice == one["value"]) for one in row.candidates]
        options.append((SKIP, _("Lewati baris ini"), row.choice == SKIP))
        options += [("", _("Pilih lagi dari awal"), False)] if row.choice else []
    return Shown(row, where, str(tag).capitalize(), kind, options)


def _tabs(importing: Import, here: str) -> list[dict[str, Any]]:
    tally = importing.tally
    counts = {"": tally["all"], "pilih": tally["asked"], "ditolak": tally["refused"]}
    counts |= {"berubah": tally["changed"], "baru": tally["new"], "sama": tally["same"]}
    return [
        {"label": f"{label} {number(counts[key])}", "href": f"?lihat={key}" if key else "?", "current": key == here, "waiting": 0}
        for key, label, _which in TABS
        if counts[key] or key in ("", here)
    ]


def sentence_of(importing: Import) -> str:
    """What will be saved, what will not."""
    tally = importing.tally
    saved = [_("%(n)s baru") % {"n": number(tally["new"])}, _("%(n)s berubah") % {"n": number(tally["changed"])}]
    out = [
        said % {"n": number(tally[verdict])}
        for verdict, said in (("same", _("%(n)s sama")), ("refused", _("%(n)s ditolak")), ("skipped", _("%(n)s dilewati")))
        if tally[verdict]
    ]
    said = _("%(saved)s akan disimpan.") % {"saved": ", ".join(saved)}
    said += _(" Tidak disimpan: %(out)s.") % {"out": ", ".join(out)} if out else ""
    return said + (_(" %(n)s belum dipilih.") % {"n": number(tally["ask"])} if tally["ask"] else "")


def _confirming(importing: Import, person: Person) -> dict[str, Any]:
    label = _("Simpan %(n)s baris") % {"n": number(importing.to_save)}
    may_confirm, may_map = (may(person, f"registers.{verb}", importing) for verb in ("confirm", "map"))
    return {"confirm_label": label, "may_confirm": may_confirm, "may_map": may_map}


def left_of(importing: Import) -> list[str]:
    """Lines of the sheets that are no records, and why."""
    return [
        _("%(sheet)s baris %(n)s: %(why)s") % {"sheet": sheet["name"], "n": at, "why": why}
        for sheet in importing.sheets
        for at, why in sheet.get("left", [])
    ]


def _facts(importing: Import) -> list[tuple[str, Any]]:
    facts = [
        (_("Berkas"), importing.name),
        (_("Untuk wilayah"), importing.region.full_label),
        (_("Diunggah"), f"{importing.by.name}, {when(importing.at, importing.region)}"),
    ]
    if importing.confirmed_at and importing.decided_by:
        facts.append((_("Disimpan"), when(importing.confirmed_at, importing.region)))
    if importing.undone_at and importing.decided_by:
        facts.append((_("Dibatalkan"), f"{importing.decided_by.name}, {when(importing.undone_at, importing.region)}"))
    if importing.reason:
        facts.append((_("Alasan"), importing.reason))
    said = _("dihapus %(at)s") % {"at": when(importing.forgotten_at, importing.region)} if importing.forgotten_at else ""
    facts.append((_("Berkas disimpan"), said or _("%(n)s hari, lalu dihapus") % {"n": KEPT_DAYS}))
    return facts


def _numbers(importing: Import) -> list[dict[str, Any]]:
    """What became of the rows, each with how many there were."""
    done: dict[str, int] = {}
    for outcome in importing.rows.values_list("outcome", flat=True):
        done[outcome] = done.get(outcome, 0) + 1
    meanings = (
        ("entered", _("baris dicatat baru")),
        ("amended", _("baris melengkapi yang sudah ada")),
        ("withdrawn", _("baris ditarik lagi")),
        ("restored", _("baris dikembalikan seperti semula")),
        ("stayed", _("baris dibiarkan: sudah berubah sesudah impor")),
        ("left", _("baris tidak disimpan")),
        ("", _("baris sama dengan register")),
    )
    return [{"figure": done[key], "of": importing.tally["all"], "meaning": meaning} for key, meaning in meanings if done.get(key)]


def columns_of(importing: Import) -> dict[str, Any]:
    """The page of the columns."""
    sheets = [_columns(at, sheet) for at, sheet in enumerate(importing.sheets)]
    return {
        "importing": importing,
        "crumbs": crumbs(importing.name),
        "step": _step(importing) | {"at": 1},
        "sheets": sheets,
        "earlier": importing.earlier,
        "unsure": sum(sheet["unsure"] for sheet in sheets),
    }


def _columns(at: int, sheet: Mapping[str, Any]) -> dict[str, Any]:
    choices = [("", _("Jangan diambil")), *offered(sheet["kind"])]
    columns = [
        column | {"name": f"k{at}-{column['index']}", "choices": [(key, label, key == column["field"]) for key, label in choices]}
        for column in sheet["columns"]
    ]
    taken = {column["field"] for column in sheet["columns"]}
    asks_rank = "decree_number" in taken
    ranks = [
        ("", _("Tidak tahu: SK tanpa penerbit tidak dicatat")),
        *((key, str(label)) for key, label in Decree.Rank.choices if key != "lurah"),
    ]
    head = {"kades": _("Kepala desa atau lurah, menurut desanya")}
    return {
        "name": sheet["name"],
        "count": sheet["count"],
        "kind": _("daftar orang") if sheet["kind"] == MEMBERS else _("daftar KIM"),
        "skip": sheet["skip"],
        "columns": columns,
        "notes": sheet["notes"],
        "lacking": [] if sheet["skip"] else problems_of(sheet),
        "unsure": sum(not column["sure"] for column in sheet["columns"]),
        "public_contact": "contact" in taken,
        "rank_name": f"penerbit{at}" if asks_rank else "",
        "ranks": [(key, head.get(key, label), key == sheet["rank"]) for key, label in ranks],
    }


def back_to(sent: QueryDict, action: str) -> str:
    """The query of the page of rows somebody chose on."""
    kept = {name: sent.get(name, "") for name in ("lihat", "sesudah")}
    return urlencode({name: value[:60] for name, value in kept.items() if value} | {"selesai": action})


def sample_sheets() -> list[Sheet]:
    """A workbook to fill: the headings we know best, one made-up line that says so, and what they mean."""
    keys = ("code", "village", "district", "name", "decree_number", "decree_dated", "decree_rank", "decree_issuer", "decree_starts")
    more = ("decree_ends", "ketua", "sekretaris", "bendahara", "contact", "secretariat", "founded", "stated_digital")
    people = ("name", "village", "person", "role")
    return [
        Sheet(_("KIM"), [str(FIELD[key].label) for key in (*keys, *more)], []),
        Sheet(_("Anggota"), [str(FIELD[key].label) for key in people], []),
        Sheet(_("Cara mengisi"), (_("Kolom"), _("Isinya")), list(_guide())),
    ]


def _guide() -> Iterator[Sequence[Cell]]:
    yield (
        _("Kode wilayah desa/kelurahan"),
        _("Sepuluh angka kode Kemendagri, dengan atau tanpa titik. Boleh kosong kalau desa dan kecamatannya ditulis."),
    )
    yield _("Nama KIM"), _("Wajib. Satu KIM satu baris; SK yang lain dari KIM yang sama di baris berikutnya.")
    yield _("Nomor SK"), _("Kosongkan bila belum ada: KIM dicatat “belum terbentuk”.")
    yield _("Tanggal SK"), _("Misalnya 12-01-2024.")
    yield _("Pejabat penerbit SK"), _("Kepala Desa, Lurah, Camat, atau Bupati/Wali Kota.")
    yield _("Kontak"), _("Tampil untuk umum di halaman KIM. Jangan menulis nomor pribadi tanpa izin orangnya.")
    yield _("Dinyatakan berbasis TIK"), _("ya atau belum.")
    yield _("Lembar Anggota"), _("Boleh kosong. Satu orang satu baris, dengan nama KIM-nya. Nama baru tampil sesudah orangnya menyetujui.")
    yield _("Yang tidak perlu ditulis"), _("NIK, agama, suku, dan tanggal lahir tidak diambil dan tidak disimpan.")


def receipt_sheets(importing: Import) -> list[Sheet]:
    """Every row with what became of it, and about the import."""
    head = (_("Lembar"), _("Baris"), _("Nama"), _("Tempat"), _("Kode wilayah"), _("Akibat"))
    more = (_("Yang berubah"), _("Tidak diubah"), _("Alasan"), _("Nomor KIM"))
    about = [(name, str(value)) for name, value in _facts(importing)]
    return [
        Sheet(_("Tanda terima"), (*head, *more), _receipt_rows(importing)),
        Sheet(_("Tentang impor ini"), (_("Tentang"), _("Isi")), about),
    ]


def _receipt_rows(importing: Import) -> Iterator[Sequence[Cell]]:
    for row in importing.rows.order_by("sheet", "number", "id").iterator(chunk_size=1000):
        changed = "; ".join(f"{what}: {before or _('kosong')} → {after}" for what, before, after in row.changes)
        kept = "; ".join(f"{what}: {theirs} ({why})" for what, _ours, theirs, why in row.kept)
        became = row.get_outcome_display() or _("sama dengan register")
        reasons = " ".join([*row.reasons, row.said]).strip()
        yield row.sheet, row.number, row.name, row.where, row.region_code, str(became), changed, kept, reasons, row.group_id
