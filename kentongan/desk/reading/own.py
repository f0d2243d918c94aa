"""Everything kept about one person, in plain words and as a file of their own (UU 27/2022). Nothing of others, no secrets."""

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from kentongan.accounts.models import Account, Consent, Erasure, Guardian, Person, Recovery, Session, wording
from kentongan.core import workflow
from kentongan.core.models import Entry, Receipt
from kentongan.desk.reading.ties import LISTED, TIES, Tie, rows_of, said
from kentongan.groups.models import Agreement, Group, Membership
from kentongan.groups.settings import CONDUCT_VERSION
from kentongan.newsroom.models import Tip
from kentongan.ui.writing import date_only, when

PLAIN = frozenset({"accounts.Account.person", "accounts.Consent.person", "accounts.Person.merged_into", "accounts.Erasure.person"})
"""Lines that have a part of their own above."""


@dataclass
class Part:
    """One part of what is kept: its name, why it is kept, and the rows, each a table of words."""

    title: str
    why: str
    rows: list[dict[str, str]] = field(default_factory=list)
    count: int = 0
    """How many there are, where not all are shown; 0: as many as rows."""

    @property
    def shown(self) -> int:
        return self.count or len(self.rows)


def moment(at: Any) -> str:
    """A moment as people read it; empty for none."""
    return when(at) if at else ""


def kept_about(person: Person, *, all_of_it: bool = False) -> list[Part]:
    """Every part, in the order a person asks: who am I here, how do I sign in, what did I agree to, what did I do."""
    account = Account.objects.filter(person=person).first()
    parts = [_who(person), *([_access(account), _devices(account), _recoveries(account)] if account else [])]
    parts += [_consents(person), _wishes(person), _sealed(person)]
    parts += [*_ties(person, all_of_it), _record(person, all_of_it), _forms(person)]
    return [part for part in parts if part.rows or part.count]


def _who(person: Person) -> Part:
    row = {
        _("Nama"): person.name,
        _("Tampil untuk umum sebagai"): person.public_name,
        _("Tahun lahir"): str(person.birth_year or _("tidak dicatat")),
    }
    return Part(_("Saya"), _("Supaya jelas siapa yang menulis, memeriksa, dan menandatangani."), [row])


def _access(account: Account) -> Part:
    row = {
        _("Nomor telepon"): account.phone_as_read or _("tidak ada"),
        _("Nama pengguna"): account.username or _("tidak ada"),
        _("Frasa sandi"): _("tersimpan sebagai sidik yang tidak bisa dibaca kembali"),
        _("Kode masuk"): _("terpasang %(at)s; rahasianya tersegel") % {"at": moment(account.totp_confirmed_at)}
        if account.totp_confirmed_at
        else _("belum dipasang"),
        _("Terakhir masuk"): moment(account.last_login) or _("belum pernah"),
    }
    return Part(_("Akun"), _("Supaya hanya Anda yang masuk sebagai Anda."), [row])


def _devices(account: Account) -> Part:
    rows = Session.running(account)
    shown = [{_("Perangkat"): row.device or _("tak dikenal"), _("Masuk sejak"): moment(row.started_at)} for row in rows]
    return Part(_("Perangkat yang masuk"), _("Supaya Anda bisa mengeluarkan yang tidak Anda kenal. Habis sendiri dalam 30 hari."), shown)


def _recoveries(account: Account) -> Part:
    rows = Recovery.objects.filter(account=account).order_by("-id")
    shown = [{_("Diminta"): moment(row.requested_at), _("Alasan"): row.reason, _("Keadaan"): row.state_label} for row in rows]
    return Part(_("Pemulihan akun saya"), _("Supaya tidak ada yang diam-diam masuk sebagai Anda."), shown)


@dataclass(frozen=True)
class Yes:
    """One line of the consent log: what was asked, in which words, when, how it was said, and how it is taken back."""

    label: str
    about: str
    version: str
    words: str
    at: Any
    how: str
    given: bool
    now: str
    """Whether it holds today, in a few words."""
    back: str
    """How it is taken back and what follows; empty where that is not possible."""
    href: str = ""


def consents_of(person: Person) -> list[Yes]:
    """Everything this person agreed to, or no longer does, the newest first. Two tables, joined here and nowhere copied."""
    kept = Consent.objects.filter(person__in=person.selves).select_related("helped_by").order_by("-id")
    latest: dict[str, int] = {}
    for row in kept:
        latest.setdefault(row.kind, row.pk)
    yes = [_consent(row, latest[row.kind] == row.pk) for row in kept]
    agreed = Agreement.objects.filter(membership__person__in=person.selves).select_related("membership__group", "by")
    yes += [_agreement(row) for row in agreed.order_by("-id")]
    return sorted(yes, key=lambda one: one.at, reverse=True)


def _consent(row: Consent, latest: bool) -> Yes:
    helped = _(" (didampingi %(name)s)") % {"name": row.helped_by.name} if row.helped_by else ""
    now = (_("berlaku") if row.given else _("ditarik")) if latest else _("diganti yang lebih baru")
    back = BACK.get(row.kind, "") if latest and row.given else ""
    how = f"{row.get_how_display()}{helped}"
    return Yes(row.label, "", row.wording_version, row.words, row.at, how, row.given, str(now), str(back), WHERE.get(row.kind, ""))


def _agreement(row: Agreement) -> Yes:
    member = row.membership
    how = _("lisan, di hadapan %(name)s") % {"name": row.by.name} if row.helped else _("sendiri, lewat akunnya")
    holds = member.state == Membership.State.ACTIVE and member.agreed_version == row.version == CONDUCT_VERSION
    now = _("berlaku") if holds else _("tidak berlaku lagi")
    back = _("Ditarik dengan mengakhiri keanggotaan: Anda berhenti menulis sebagai anggota, yang sudah terbit tetap.") if holds else ""
    return Yes(
        str(_("Keanggotaan dan kesepakatan anggota")), str(member), row.version, wording("conduct", row.version), row.at, str(how), True,
        str(now), str(back), f"/meja/kim/{member.group_id}/anggota/{member.pk}/" if holds else "",
    )  # fmt: skip


BACK = {
    "privacy": _("Ditarik dengan meminta data dihapus: akun ditutup, nama menjadi samaran."),
    "guardian": _("Ditarik orang tua atau wali lewat pengurus KIM atau petugas; sesudah itu Anda tidak menulis sebagai anggota."),
    "name": "",
}
WHERE = {"privacy": "/meja/saya/data/hapus/"}


def _consents(person: Person) -> Part:
    rows = [
        {
            _("Apa"): f"{one.label} {one.about}".strip(),
            _("Versi kata-katanya"): one.version,
            _("Jawaban"): _("ya") if one.given else _("tidak lagi"),
            _("Kapan"): moment(one.at),
            _("Caranya"): one.how,
        }
        for one in consents_of(person)
    ]
    for row in Guardian.objects.filter(consent__person__in=person.selves).order_by("id"):
        rows.append({_("Izin dari"): f"{row.name}, {row.get_relation_display()}", _("Kapan"): date_only(row.said_on)})
    return Part(_("Persetujuan"), _("Sebagai bukti apa yang Anda setujui, dengan kata-kata yang mana."), rows)


def _wishes(person: Person) -> Part:
    rows = Erasure.objects.filter(person__in=person.selves).order_by("-id")
    shown = [{_("Diminta"): moment(row.asked_at), _("Harinya"): date_only(row.due_on), _("Keadaan"): row.state_label} for row in rows]
    return Part(_("Permintaan menghapus data"), _("Supaya tercatat kapan diminta dan kapan dikerjakan."), shown)


def _sealed(person: Person) -> Part:
    selves = person.selves
    tips = Tip.objects.filter(brought_by__in=selves, contact__isnull=False).order_by("id")
    groups = Group.objects.filter(founder__in=selves, proposer_contact__isnull=False).order_by("id")
    rows = [{_("Ditinggalkan pada"): _("bahan, %(at)s") % {"at": moment(tip.received_at)}, _("Isinya"): _("tersegel")} for tip in tips]
    rows += [{_("Ditinggalkan pada"): _("usulan %(group)s") % {"group": group.name}, _("Isinya"): _("tersegel")} for group in groups]
    return Part(_("Kontak yang saya tinggalkan"), _("Hanya untuk menghubungi Anda. Kami sendiri tidak bisa membacanya di sini."), rows)


def _ties(person: Person, all_of_it: bool) -> Iterator[Part]:
    own = {id(TIES[name]) for name in PLAIN}
    for tie, rows in rows_of(person):
        if id(tie) in own:
            continue
        count = rows.count()
        listed = rows if all_of_it else rows[:LISTED]
        yield Part(str(tie.label), "", [_line(tie, row) for row in listed.iterator()] if tie.title and count else [], count)


def _line(tie: Tie, row: Any) -> dict[str, str]:
    words = said(tie, row)
    return {_("Kapan"): words["pada"], _("Apa"): words["apa"], _("Alamat"): words["alamat"]}


def _record(person: Person, all_of_it: bool) -> Part:
    """The lines of the record by this person, for them, or about their row, account and posts. The record holds ids, no names."""
    selves = person.selves
    about = _about(person)
    mine = Q(by_kind="person", by_id__in=selves) | Q(for_id__in=selves) | about
    lines = Entry.objects.filter(mine).select_related("about_type").order_by("-id")
    shown = lines if all_of_it else lines[:LISTED]
    rows = [
        {
            _("Kapan"): moment(line.at),
            _("Langkah"): workflow.past(line.action),
            _("Oleh"): _("saya") if line.by_kind == "person" and line.by_id in selves else _("orang lain atau sistem, tentang saya"),
            _("Sebagai"): line.capacity if line.by_id in selves else "",
            _("Atas"): f"{line.about_type.model} {line.about_id}",
        }
        for line in shown
    ]
    why = _("Siapa melakukan apa, sebagai apa, kapan. Tidak bisa diubah siapa pun, dan hanya menyimpan nomor, bukan nama.")
    return Part(_("Catatan langkah"), why, rows, lines.count())


def _about(person: Person) -> Q:
    from django.contrib.contenttypes.models import ContentType

    kinds = ContentType.objects.get_for_models(Person, Account, Membership)
    selves = person.selves
    about = Q(about_type=kinds[Person], about_id__in=selves)
    about |= Q(about_type=kinds[Account], about_id__in=list(Account.objects.filter(person__in=selves).values_list("pk", flat=True)))
    posts = list(Membership.objects.filter(person__in=selves).values_list("pk", flat=True))
    return about | Q(about_type=kinds[Membership], about_id__in=posts)


def _forms(person: Person) -> Part:
    count = Receipt.objects.filter(by_id__in=person.selves).count()
    return Part(
        _("Tanda terima formulir"), _("Supaya formulir yang terkirim dua kali dikerjakan sekali. Hilang sesudah 30 hari."), [], count
    )


def as_zip(person: Person) -> bytes:
    """Both faces of the same: `data-saya.html` to read, `data-saya.json` for programs. Opens without this site."""
    parts = kept_about(person, all_of_it=True)
    data = {part.title: {"sebab": part.why, "jumlah": part.shown, "isi": part.rows} for part in parts}
    page = render_to_string("desk/own_data_file.html", {"person": person, "parts": parts})
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("data-saya.html", page)
        file.writestr("data-saya.json", json.dumps(data, ensure_ascii=False, indent=2))
    return box.getvalue()
