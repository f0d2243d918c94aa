"""What ties a person to the things of every room: one line a column that names somebody. A house test finds a column without a line."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kentongan.accounts.models import Person, pointing_to
from kentongan.ui.writing import date_only, when

LISTED: Final = 500
"""How many things of one kind the page shows; the file has all of them."""


@dataclass(frozen=True)
class Tie:
    """What a column says about the person it names.

    `label` as people call it; `title` the field or property that tells one thing from the next (empty: only how many, because the words
    are about somebody else); `at` when.
    """

    label: str | Promise
    title: str = ""
    at: str = ""


TIES: Final[dict[str, Tie]] = {
    "accounts.Account.person": Tie(_("Akun")),
    "accounts.Consent.helped_by": Tie(_("Persetujuan orang lain yang saya dampingi"), at="at"),
    "accounts.Consent.person": Tie(_("Persetujuan"), "label", "at"),
    "accounts.Erasure.asked_by": Tie(_("Penghapusan data yang saya minta atau catat"), at="asked_at"),
    "accounts.Erasure.person": Tie(_("Permintaan penghapusan data saya"), "state_label", "asked_at"),
    "accounts.Merger.asked_by": Tie(_("Penggabungan catatan yang saya minta"), at="asked_at"),
    "accounts.Merger.decided_by": Tie(_("Penggabungan catatan yang saya putuskan"), at="decided_at"),
    "accounts.Merger.kept": Tie(_("Penggabungan dengan catatan saya"), "state_label", "asked_at"),
    "accounts.Merger.lost": Tie(_("Penggabungan catatan saya dengan yang lain"), "state_label", "asked_at"),
    "accounts.Person.merged_into": Tie(_("Catatan lain tentang saya yang sudah digabung")),
    "accounts.Recovery.confirmed_by": Tie(_("Pemulihan akun orang lain yang saya kuatkan"), at="confirmed_at"),
    "accounts.Recovery.requested_by": Tie(_("Pemulihan akun orang lain yang saya minta"), at="requested_at"),
    "discussions.Contribution.person": Tie(_("Yang saya katakan dalam pembahasan"), "text", "at"),
    "discussions.LastRead.person": Tie(_("Sampai mana saya membaca pembahasan")),
    "discussions.Summary.signed_by": Tie(_("Rangkuman yang saya tandatangani"), "text", "at"),
    "discussions.Topic.opened_by": Tie(_("Pembahasan yang saya buka"), "subject", "opened_at"),
    "groups.Agreement.by": Tie(_("Kesepakatan yang saya setujui atau saya dampingi"), "membership", "at"),
    "groups.Appointment.person": Tie(_("Penugasan di instansi"), "__str__", "starts"),
    "exchange.Export.asked_by": Tie(_("Ekspor lengkap KIM yang saya minta"), "group", "asked_at"),
    "groups.Appeal.answered_by": Tie(_("Keberatan atas pembekuan yang saya jawab"), at="answered_at"),
    "groups.Appeal.by": Tie(_("Keberatan atas pembekuan yang saya sampaikan"), at="at"),
    "groups.Decree.confirmed_by": Tie(_("SK yang saya kuatkan"), "number", "dated"),
    "groups.Deed.confirmed_by": Tie(_("Naskah dan notula yang saya kuatkan"), "title", "confirmed_at"),
    "groups.Deed.written_by": Tie(_("Naskah dan notula yang saya tulis"), "title", "at"),
    "groups.FormationStep.by": Tie(_("Langkah pembentukan yang saya catat"), "group", "on"),
    "groups.Group.dissolution_asked_by": Tie(_("Pembubaran KIM yang saya usulkan"), "name"),
    "groups.Group.founder": Tie(_("KIM yang saya usulkan"), "name"),
    "groups.Group.last_confirmed_by": Tie(_("KIM yang pengurusnya saya tegaskan"), "name", "last_confirmed_at"),
    "groups.Handover.giver": Tie(_("Serah terima dari saya"), "note", "given_at"),
    "groups.Handover.taker": Tie(_("Serah terima kepada saya"), at="taken_at"),
    "groups.Item.stated_by": Tie(_("Kelengkapan KIM yang saya nyatakan"), "name", "stated_on"),
    "groups.Membership.person": Tie(_("Keanggotaan di KIM"), "__str__", "starts"),
    "groups.Statement.answered_by": Tie(_("Tanggapan kepala desa yang saya jawab"), at="answered_at"),
    "groups.Statement.by": Tie(_("Dukungan atau keberatan yang saya sampaikan"), at="at"),
    "groups.Suspension.asked_by": Tie(_("Pembekuan yang saya usulkan"), at="asked_at"),
    "groups.Suspension.confirmed_by": Tie(_("Pembekuan yang saya kuatkan"), at="confirmed_at"),
    "groups.Suspension.lift_asked_by": Tie(_("Pencabutan pembekuan yang saya usulkan")),
    "groups.Visit.remark_by": Tie(_("Kunjungan pembinaan yang saya tanggapi"), "remark", "remark_at"),
    "measurement.Note.by": Tie(_("Catatan angka yang saya tulis"), "text", "at"),
    "newsroom.Alarm.decided_by": Tie(_("Tanda bahaya yang saya tutup"), "note", "decided_at"),
    "newsroom.Check.by": Tie(_("Centang daftar periksa"), "note", "at"),
    "newsroom.Correction.confirmed_by": Tie(_("Ralat yang saya kuatkan atau tolak"), "what", "confirmed_at"),
    "newsroom.Correction.proposed_by": Tie(_("Ralat yang saya usulkan"), "what", "proposed_at"),
    "newsroom.Flag.answered_by": Tie(_("Keberatan yang saya jawab"), "answer", "answered_at"),
    "newsroom.Flag.by": Tie(_("Keberatan yang saya sampaikan"), "concern", "at"),
    "newsroom.Hold.decided_by": Tie(_("Kabar tertahan yang saya lihat"), "note", "decided_at"),
    "newsroom.Material.by": Tie(_("Bahan instansi yang saya tulis"), "title", "made_at"),
    "newsroom.Offer.answered_by": Tie(_("Bahan instansi yang saya jawab"), "decline_reason", "answered_at"),
    "newsroom.Offer.commented_by": Tie(_("Bahan instansi yang saya tanggapi"), "comment", "commented_at"),
    "newsroom.Revision.author": Tie(_("Versi kabar yang saya tulis"), "headline", "at"),
    "newsroom.Source.added_by": Tie(_("Sumber yang saya tambahkan"), at="at"),
    "newsroom.Story.author": Tie(_("Kabar yang saya kumpulkan"), "title", "changed_at"),
    "newsroom.Story.publisher": Tie(_("Kabar yang saya terbitkan"), "title", "published_at"),
    "newsroom.Story.returned_by": Tie(_("Kabar yang saya kembalikan"), "title", "changed_at"),
    "newsroom.Story.reviewed_by": Tie(_("Panduan yang saya tinjau"), "title", "changed_at"),
    "newsroom.Story.second_pair": Tie(_("Kabar yang ikut saya baca"), "title", "changed_at"),
    "newsroom.Story.verifier": Tie(_("Kabar yang saya periksa"), "title", "verified_at"),
    "newsroom.Tip.brought_by": Tie(_("Bahan yang saya bawa"), "text", "received_at"),
    "registers.Import.by": Tie(_("Berkas register yang saya unggah"), at="at"),
    "registers.Import.decided_by": Tie(_("Impor register yang saya putuskan"), at="decided_at"),
}


def name_of(model: type[Model], field: Any) -> str:
    """A column as the table calls it."""
    return f"{model._meta.label}.{field.name}"


def rows_of(person: Person) -> Iterator[tuple[Tie, QuerySet[Any]]]:
    """Each line of the table with the rows that name this human, the newest first; also those merged into this row."""
    selves = person.selves
    for model, field in pointing_to(Person):
        tie = TIES.get(name_of(model, field)) or Tie(str(model._meta.verbose_name).capitalize())
        yield tie, model._base_manager.filter(**{f"{field.name}__in": selves}).order_by("-pk")


def counted(person: Person) -> list[tuple[str, int]]:
    """How much of each kind names this person: what an officer sees before two rows become one."""
    return [(str(tie.label), n) for tie, rows in rows_of(person) if (n := rows.count())]


def said(tie: Tie, thing: Any) -> dict[str, str]:
    """One thing: when, what, and where it is read."""
    at = getattr(thing, tie.at, None) if tie.at else None
    value = str(thing) if tie.title == "__str__" else getattr(thing, tie.title, "") if tie.title else ""
    words = str(value() if callable(value) else value)
    address = getattr(thing, "get_absolute_url", None) if tie.title else None
    return {
        "pada": when(at) if isinstance(at, datetime) else date_only(at) if isinstance(at, date) else "",
        "apa": words if len(words) <= 300 else f"{words[:299]}…",
        "alamat": str(address()) if address else "",
    }
