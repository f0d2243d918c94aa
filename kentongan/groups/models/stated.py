"""What a register says of a group, and what of it an office may write down: facts of the register, never the group's own words.

`plan` is asked twice: for the preview, and again inside the verb. It reads what `known_of` has read, and changes nothing.
"""

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Model, QuerySet
from django.db.models.fields.reverse_related import ForeignObjectRel
from django.utils.translation import gettext as _

from kentongan.accounts.models import Account
from kentongan.groups.models.decrees import Decree
from kentongan.groups.models.formation import FormationStep
from kentongan.groups.models.groups import Group, with_rules
from kentongan.groups.models.members import Agreement, Membership
from kentongan.groups.models.reminders import Reminder
from kentongan.groups.models.standing import Standing
from kentongan.groups.models.terms import BOARD, Role
from kentongan.pages import store
from kentongan.regions.models import Region
from kentongan.ui.writing import date_only

OFFICES_MAY_NAME = (*BOARD, Role.ANGGOTA, Role.PEMBINA)
"""Roles a register gives. Who edits and who checks is the group's own choice: a register makes nobody redaktur or pemeriksa."""
BY_ITSELF = (Decree, Membership, Agreement, FormationStep, Standing, Reminder)
"""What a register itself, the counting or the clock hangs on a group; everything else on it was brought by somebody."""


@dataclass(frozen=True)
class StatedDecree:
    """A decree as a register states it."""

    number: str
    dated: date
    rank: str
    issuer: str
    starts: date
    ends: date

    def __str__(self) -> str:
        return f"{self.number} ({date_only(self.starts)}–{date_only(self.ends)})"


@dataclass(frozen=True)
class StatedSeat:
    """Somebody a register names in a role."""

    name: str
    role: str


@dataclass(frozen=True)
class Stated:
    """One group as a register states it. Empty is "does not say"."""

    name: str
    region: Region
    decrees: tuple[StatedDecree, ...] = ()
    seats: tuple[StatedSeat, ...] = ()
    digital: bool | None = None
    founded_on: date | None = None
    secretariat: str = ""
    contact: str = ""


@dataclass(frozen=True)
class Kept:
    """Something a register says otherwise, that is not changed, and why."""

    label: str
    ours: str
    theirs: str
    why: str


@dataclass
class Plan:
    """What a register changes of one known group. `changes` are (what, before, after) as people read them."""

    changes: list[tuple[str, str, str]] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    fields: dict[str, Any] = field(default_factory=dict)
    new_decrees: list[StatedDecree] = field(default_factory=list)
    moved_decrees: list[tuple[Decree, StatedDecree]] = field(default_factory=list)
    seats: list[StatedSeat] = field(default_factory=list)
    leaving: list[Membership] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.changes)


@dataclass
class Known:
    """A group with what is compared: its decrees that count, who serves today, and who of them has an account."""

    group: Group
    decrees: list[Decree] = field(default_factory=list)
    seats: list[Membership] = field(default_factory=list)
    with_account: set[int] = field(default_factory=set)


def known_of(groups: Iterable[Group]) -> dict[int, Known]:
    """What is known of these groups, by id (five queries for all of them)."""
    known = {group.pk: Known(group) for group in with_rules(groups)}
    for decree in Decree.objects.filter(group__in=known, withdrawn=False).select_related("entered_in__region").order_by("starts", "id"):
        known[decree.group_id].decrees.append(decree)
    seats = Membership.objects.current().filter(group__in=known).select_related("person").order_by("id")
    people = defaultdict(list)
    for seat in seats:
        known[seat.group_id].seats.append(seat)
        people[seat.person_id].append(seat.group_id)
    for person in Account.objects.filter(person__in=people).values_list("person", flat=True):
        for group in people[person]:
            known[group].with_account.add(person)
    return known


def same_words(one: str, other: str) -> bool:
    """Whether two names are the same to a reader: capitals, dots and spaces aside."""
    return _words(one) == _words(other)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def plan(known: Known, stated: Stated) -> Plan:
    """What this register changes of the group, and what it says otherwise and is not changed."""
    made = Plan()
    _digital(known, stated, made)
    if known.group.founder_id and not known.group.is_public:
        if stated.decrees or stated.seats:
            why = _("KIM ini sedang dibentuk warganya sendiri. SK dan pengurusnya dicatat pada langkah pembentukannya.")
            made.kept.append(Kept(_("SK dan pengurus"), known.group.state_label, "", why))
        return made
    _decrees(known, stated, made)
    _board(known, stated, made)
    _members(known, stated, made)
    _words_of_its_own(known, stated, made)
    return made


def _digital(known: Known, stated: Stated, made: Plan) -> None:
    before = known.group.stated_digital
    if stated.digital is not None and stated.digital != before:
        made.fields["stated_digital"] = stated.digital
        made.changes.append((_("Dinyatakan berbasis TIK"), _yes(before), _yes(stated.digital)))


def _yes(value: bool | None) -> str:
    return "" if value is None else str(_("ya") if value else _("tidak"))


def _decrees(known: Known, stated: Stated, made: Plan) -> None:
    said = {_number(decree.number): decree for decree in stated.decrees}
    movable = {row.pk for row in known.decrees if _number(row.number) in said and not _vouched_for(row)}
    taken = [(row.starts, row.ends) for row in known.decrees if row.pk not in movable]
    for decree in said.values():
        ours = next((row for row in known.decrees if _number(row.number) == _number(decree.number)), None)
        if ours is not None and (ours.starts, ours.ends) == (decree.starts, decree.ends):
            taken.append((ours.starts, ours.ends))
            continue
        clash = next((term for term in taken if decree.starts <= term[1] and term[0] <= decree.ends), None)
        if ours is not None and ours.pk not in movable:
            why = _("SK ini sudah dilihat salinannya atau dikuatkan kepala desanya. Kalau salah, betulkan di halaman KIM.")
            made.kept.append(Kept(_("SK %(number)s") % {"number": ours.number}, _span(ours.starts, ours.ends), str(decree), why))
        elif clash:
            why = _("Masa berlakunya bertumpuk dengan SK lain dari KIM ini.")
            made.kept.append(Kept(_("SK"), _span(*clash), str(decree), why))
            taken += [(ours.starts, ours.ends)] if ours else []
        else:
            _take(decree, ours, made)
            taken.append((decree.starts, decree.ends))


def _vouched_for(decree: Decree) -> bool:
    """Somebody saw its copy, or the office that issued it stands behind it."""
    return bool(decree.scan_id or decree.paper_id or decree.own_word)


def _take(decree: StatedDecree, ours: Decree | None, made: Plan) -> None:
    """A decree nobody knew, or another term of one we know."""
    if ours is None:
        made.new_decrees.append(decree)
        made.changes.append((_("SK"), "", str(decree)))
        return
    made.moved_decrees.append((ours, decree))
    label = _("Masa SK %(number)s") % {"number": ours.number}
    made.changes.append((label, _span(ours.starts, ours.ends), _span(decree.starts, decree.ends)))


def _number(text: str) -> str:
    return re.sub(r"\W", "", text.casefold())


def _span(starts: date, ends: date) -> str:
    return f"{date_only(starts)}–{date_only(ends)}"


def _board(known: Known, stated: Stated, made: Plan) -> None:
    for role in BOARD:
        seat = next((seat for seat in stated.seats if seat.role == role), None)
        holders = [row for row in known.seats if row.role == role]
        if seat is None or any(same_words(row.person.name, seat.name) for row in holders):
            continue
        label, ours = str(role.label), ", ".join(row.person.name for row in holders)
        if any(row.person_id in known.with_account for row in holders):
            why = _("Yang memegang jabatan ini punya akun. Kelompok sendiri yang mengganti pengurusnya.")
            made.kept.append(Kept(label, ours, seat.name, why))
            continue
        made.leaving += holders
        made.seats.append(seat)
        made.changes.append((label, ours, seat.name))


def _members(known: Known, stated: Stated, made: Plan) -> None:
    here = [row.person.name for row in known.seats] + [seat.name for seat in made.seats]
    room = known.group.rules["max_members"] - len({row.person_id for row in known.seats})
    for seat in (seat for seat in stated.seats if seat.role not in BOARD):
        if any(same_words(name, seat.name) for name in here):
            continue
        here.append(seat.name)
        if (room := room - 1) < 0:
            why = _("Sudah sebanyak yang dibolehkan aturan wilayah: %(n)s orang.") % {"n": known.group.rules["max_members"]}
            made.kept.append(Kept(str(Role(seat.role).label), "", seat.name, why))
            continue
        made.seats.append(seat)
        made.changes.append((str(Role(seat.role).label), "", seat.name))


def _words_of_its_own(known: Known, stated: Stated, made: Plan) -> None:
    """Filled where the group says nothing; what it says stands."""
    group = known.group
    if not same_words(group.name, stated.name) and not same_words(group.name.removeprefix("KIM "), stated.name.removeprefix("KIM ")):
        made.kept.append(Kept(_("Nama"), group.name, stated.name, _("Nama KIM tidak diganti oleh impor.")))
    for name in ("secretariat", "contact", "founded_on"):
        ours, theirs = getattr(group, name), getattr(stated, name)
        label = str(getattr(group._meta.get_field(name), "verbose_name", name)).capitalize()
        if not theirs or ours == theirs or (isinstance(ours, str) and same_words(ours, theirs)):
            continue
        if ours:
            made.kept.append(Kept(label, _shown(ours), _shown(theirs), _("Ini kata-kata kelompok sendiri; kantor tidak mengubahnya.")))
        else:
            made.fields[name] = theirs
            made.changes.append((label, "", _shown(theirs)))


def _shown(value: Any) -> str:
    return date_only(value) if isinstance(value, date) else str(value)


def foretell_all(groups: Sequence[Group]) -> None:
    """Inside `act_all`: tell the page store when the public pages of these groups cease to be true by time alone.

    Two queries, and one for each day on which something ends.
    """
    terms = defaultdict(list)
    for rows in (Decree.objects.filter(group__in=groups, withdrawn=False), Membership.objects.filter(group__in=groups, state="active")):
        for group, starts, ends in rows.values_list("group", "starts", "ends"):
            terms[group].append((starts, ends))
    sites: dict[datetime, set[str]] = defaultdict(set)
    for group in with_rules(groups):
        for moment in group.moments(terms[group.pk]):
            sites[moment].update(group.sites())
    for moment in sorted(sites):
        store.changes_at(moment, *sorted(sites[moment]))


def touched(made: Mapping[int, Mapping[str, Any]], besides: tuple[type[Model], ...] = ()) -> dict[int, str]:
    """Which of these groups somebody touched since a register wrote them, and how; `made` is what `enter` or `amend` answered, by id.

    `besides` are the tables in which the import itself points at groups.
    """
    why: dict[int, str] = {}
    for pk, version in Group.objects.filter(pk__in=made).values_list("pk", "version"):
        if version != made[pk]["version"]:
            why[pk] = _("Ada yang mengubah KIM ini sesudah impor.")
    ours = {seat: (pk, version) for pk, one in made.items() for seat, version in one["seats"]}
    longer = {seat: (pk, version) for pk, one in made.items() for seat, _ends, version in one.get("longer", [])}
    written_as = ours | longer
    rows = Membership.objects.filter(pk__in=written_as)
    for seat, version, agreed, account in rows.values_list("pk", "version", "agreed_at", "person__account"):
        pk, written = written_as[seat]
        if version != written or (seat in ours and (agreed or account)):
            why.setdefault(pk, _("Pengurus atau anggotanya sudah berubah sesudah impor."))
    fresh = [pk for pk, one in made.items() if one["entered"]]
    for pk in Membership.objects.filter(group__in=fresh).exclude(pk__in=ours).values_list("group", flat=True):
        why.setdefault(pk, _("Sudah ada anggota lain sesudah impor."))
    for pk in named_elsewhere(Group, fresh, besides=(*BY_ITSELF, *besides)):
        why.setdefault(pk, _("Kelompoknya sudah bekerja di sini sesudah impor."))
    return why


def named_elsewhere(model: type[Model], pks: Iterable[int], besides: Container[type[Model]] = ()) -> set[int]:
    """Which of these rows any table of any room names, `besides` left out (one query a table)."""
    pks, named = list(pks), set()
    for relation in model._meta.get_fields(include_hidden=True):
        if isinstance(relation, ForeignObjectRel) and not relation.many_to_many and relation.related_model not in besides:
            rows: QuerySet[Any] = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": pks})
            named |= set(rows.values_list(relation.field.name, flat=True))
    return named
