"""What an office's register brings in: groups nobody knew, facts about those we know, and both taken back again.

Each verb acts on many groups at once, all or none (`act_all`), and answers what it wrote, by the group's id: that is what `touched` and
the verbs that take it back are given. It is JSON.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import DateField, F
from django.utils import timezone
from django.utils.text import slugify

from kentongan.accounts.models import Person
from kentongan.core.actions import BATCH, act_all
from kentongan.groups.actions.inner import told_all
from kentongan.groups.models import Decree, FormationStep, Group, Membership
from kentongan.groups.models.stated import OFFICES_MAY_NAME, Known, Plan, Stated, StatedDecree, StatedSeat, known_of, named_elsewhere, plan
from kentongan.groups.models.terms import BOARD, Role
from kentongan.pages import store
from kentongan.ui.unseen import one_line

Made = dict[str, Any]
"""What was written of one group: "entered", its "version" afterwards, "seats" [[id, version]], and what was there before."""


def enter(entries: Sequence[Stated], *, source: str, by: Person) -> dict[int, Made]:
    """Write down groups from a register: at most decreed, else proposed. Answers in the order of `entries`. Raises NotAllowed.

    Those named are persons without an account who said yes to nothing yet: no public page names them. `source` is shown publicly.
    """
    slugs = _free_slugs(entries)
    with act_all("groups.enter", on=[_new(stated, slug, source) for stated, slug in zip(entries, slugs, strict=True)], by=by) as groups:
        pairs = list(zip(groups, entries, strict=True))
        _write_decrees([(group, decree) for group, stated in pairs for decree in stated.decrees])
        seats = _seat([(group, seat, _term(stated.decrees, seat)) for group, stated in pairs for seat in _once(stated.seats)])
        _note(groups, "enter", source, by)
        told_all(groups)
    return {group.pk: {"entered": True, "version": group.version, "seats": seats.get(group.pk, [])} for group in groups}


def amend(known: Sequence[tuple[Group, Stated]], *, source: str, by: Person) -> dict[int, Made]:
    """Write down what a register says about known groups, as `plan` allows. Raises NotAllowed, NotNow, Stale.

    One that had only been proposed, by no resident, and now has its decree becomes decreed.
    """
    stated = {group.pk: says for group, says in known}
    rising = [group for group, says in known if group.state == Group.State.PROPOSED and not group.founder_id and says.decrees]
    rest = [group for group, _says in known if group not in set(rising)]
    made: dict[int, Made] = {}
    for action, chosen in (("groups.amend_decreed", rising), ("groups.amend", rest)):
        before = {group.pk: group.state for group in chosen}
        with act_all(action, on=chosen, by=by) as groups:
            for group in groups:
                group.public_since = group.public_since or (timezone.now() if group.is_public else None)
            made |= _amended(groups, stated, source, by)
            told_all(groups)
        made.update({pk: made[pk] | {"state": state, "version": made[pk]["version"] + 1} for pk, state in before.items()})
    return made


def withdraw_entry(groups: Sequence[Group], made: Mapping[int, Made], *, by: Person) -> list[Group]:
    """Take back groups a register entered and nobody touched since: they go out of sight, with their decrees and the names they brought."""
    with act_all("groups.withdraw_entry", on=groups, by=by) as groups:
        _take_down(groups)
        for group in groups:
            group.slug = f"ditarik-{group.pk}"
        Decree.objects.filter(group__in=groups).update(withdrawn=True)
        _unseat(seat for group in groups for seat, _version in made[group.pk]["seats"])
        _note(groups, "withdraw_entry", "", by)
        told_all(groups)
    return groups


def take_back(groups: Sequence[Group], made: Mapping[int, Made], *, by: Person) -> list[Group]:
    """Give known groups back what a register changed of them, where nobody touched them since."""
    back = []
    sinking = [group for group in groups if group.state != made[group.pk]["state"]]
    rest = [group for group in groups if group.state == made[group.pk]["state"]]
    for action, chosen in (("groups.take_back_decree", sinking), ("groups.take_back", rest)):
        with act_all(action, on=chosen, by=by) as locked:
            _take_down([group for group in locked if not group.is_public])
            for group in locked:
                _give_back(group, made[group.pk])
            _unseat(seat for group in locked for seat, _version in made[group.pk]["seats"])
            _note(locked, "take_back", "", by)
            told_all(locked)
        back += locked
    return back


def _new(stated: Stated, slug: str, source: str) -> Group:
    group = Group(name=one_line(stated.name)[:80], region=stated.region, slug=slug, source_note=source[:200], stated_digital=stated.digital)
    group.secretariat, group.contact, group.founded_on = stated.secretariat[:200], stated.contact[:100], stated.founded_on
    group.public_since = timezone.now() if stated.decrees else None
    group.lie_in(stated.region)
    return group


def _free_slugs(entries: Sequence[Stated]) -> list[str]:
    """An address for each that no group has and no other of them: the name, the name with its place, then with the code (one query)."""
    tried = [_slugs_of(stated) for stated in entries]
    taken = set(Group._base_manager.filter(slug__in={slug for slugs in tried for slug in slugs}).values_list("slug", flat=True))
    chosen: list[str] = []
    for stated, slugs in zip(entries, tried, strict=True):
        slug = next((slug for slug in slugs if slug not in taken), None) or Group.free_slug(
            f"{stated.name} {stated.region.code}", stated.region
        )
        while slug in taken:
            slug = f"{slug[:54]}-{len(chosen)}"
        taken.add(slug)
        chosen.append(slug)
    return chosen


def _slugs_of(stated: Stated) -> list[str]:
    base = slugify(stated.name.lower().removeprefix("kim "))[:40].strip("-") or "kim"
    coded = f"{base}-{stated.region.code.replace('.', '')}"
    return [base, f"{base}-{slugify(stated.region.name)}"[:60].strip("-"), coded, *(f"{coded}-{number}" for number in range(2, 6))]


def _write_decrees(pairs: Sequence[tuple[Group, StatedDecree]]) -> list[Decree]:
    rows = [
        Decree(
            group=group,
            number=decree.number[:80],
            dated=decree.dated,
            rank=decree.rank,
            issuer=decree.issuer[:100],
            starts=decree.starts,
            ends=decree.ends,
        )
        for group, decree in pairs
    ]
    return Decree.objects.bulk_create(rows, batch_size=BATCH)


def _once(seats: Iterable[StatedSeat]) -> list[StatedSeat]:
    """Each office of the board once, each name once in a role; whom a register calls otherwise is a member."""
    kept: dict[tuple[str, str], StatedSeat] = {}
    for seat in seats:
        role = seat.role if seat.role in OFFICES_MAY_NAME else Role.ANGGOTA
        key = (role, "") if role in BOARD else (role, " ".join(seat.name.casefold().split()))
        kept.setdefault(key, StatedSeat(seat.name, role))
    return list(kept.values())


def _term(decrees: Iterable[StatedDecree | Decree], seat: StatedSeat) -> tuple[date, date | None]:
    """The board serves as long as the newest decree holds, also when that begins later; the others from today on."""
    newest, today = max(decrees, key=lambda decree: decree.starts, default=None), timezone.localdate()
    return (min(newest.starts, today), newest.ends) if newest and seat.role in BOARD else (today, None)


def _seat(wanted: Sequence[tuple[Group, StatedSeat, tuple[date, date | None]]]) -> dict[int, list[list[int]]]:
    """Seat people without an account, one person a name and group. Answers, by group, [[membership, its version]]."""
    people: dict[tuple[int, str], Person] = {}
    for group, seat, _span in wanted:
        name = one_line(seat.name)[:80]
        people.setdefault((group.pk, name.casefold()), Person(name=name, state=Person.State.ACTIVE))
    Person.objects.bulk_create(people.values(), batch_size=BATCH)
    rows = [
        Membership(
            group=group,
            person=people[group.pk, one_line(seat.name)[:80].casefold()],
            role=seat.role,
            state=Membership.State.ACTIVE,
            has_vote=seat.role != Role.PEMBINA,
            starts=starts,
            ends=ends,
        )
        for group, seat, (starts, ends) in wanted
    ]
    made: dict[int, list[list[int]]] = {}
    for row in Membership.objects.bulk_create(rows, batch_size=BATCH):
        made.setdefault(row.group_id, []).append([row.pk, row.version])
    return made


def _unseat(memberships: Iterable[int]) -> None:
    """Forget memberships a register brought, and the people who stand nowhere else: nobody asked them yet."""
    rows = Membership.objects.filter(pk__in=list(memberships))
    people = set(rows.values_list("person", flat=True))
    rows._raw_delete(rows.db)  # nothing hangs on them: the database says so, and what they are is not read once more
    gone = Person.objects.filter(pk__in=people - named_elsewhere(Person, people))
    gone._raw_delete(gone.db)


def _note(groups: Iterable[Group], action: str, note: str, by: Person) -> None:
    """A line in each group's own history."""
    today = timezone.localdate()
    rows = [FormationStep(group=group, action=action, on=today, note=note, by=by) for group in groups]
    FormationStep.objects.bulk_create(rows, batch_size=BATCH)


def _amended(groups: Sequence[Group], stated: Mapping[int, Stated], source: str, by: Person) -> dict[int, Made]:
    known = known_of(groups)
    plans = {group.pk: plan(known[group.pk], stated[group.pk]) for group in groups}
    made: dict[int, Made] = {}
    for group in groups:
        planned = plans[group.pk]
        made[group.pk] = {
            "entered": False,
            "version": group.version,
            "seats": [],
            "decrees": [],
            "fields": {name: _plain(getattr(group, name)) for name in planned.fields},
            "terms": [[decree.pk, *_facts(decree)] for decree, _says in planned.moved_decrees],
            "left": [[row.pk, _plain(row.ends)] for row in planned.leaving],
        }
        _settle(group, planned)
    decrees = _write_decrees([(group, decree) for group in groups for decree in plans[group.pk].new_decrees])
    for decree in decrees:
        made[decree.group_id]["decrees"].append(decree.pk)
        known[decree.group_id].decrees.append(decree)
    for pk, planned in plans.items():
        made[pk]["longer"] = _lengthen(known[pk], planned) if planned.new_decrees or planned.moved_decrees else []
    wanted = [(group, seat, _term(known[group.pk].decrees, seat)) for group in groups for seat in _once(plans[group.pk].seats)]
    for pk, seats in _seat(wanted).items():
        made[pk]["seats"] = seats
    _note([group for group in groups if plans[group.pk]], "amend", source, by)
    return made


def _settle(group: Group, planned: Plan) -> None:
    for name, value in planned.fields.items():
        setattr(group, name, value)
    _aside(decree.pk for decree, _says in planned.moved_decrees)
    for decree, says in planned.moved_decrees:
        decree.starts, decree.ends, decree.dated = says.starts, says.ends, says.dated
        decree.save()
    today = timezone.localdate()
    for row in planned.leaving:
        left = Membership.objects.filter(pk=row.pk)
        left.update(state=Membership.State.ENDED, ends=max(today, row.starts), version=F("version") + 1)


def _lengthen(known: Known, planned: Plan) -> list[list[Any]]:
    """The board that stays serves as long as the newest decree holds. Answers [[membership, its end before, its version afterwards]]."""
    newest = max(known.decrees, key=lambda decree: decree.starts)
    staying = [row for row in known.seats if row.role in BOARD and row not in planned.leaving and row.ends != newest.ends]
    Membership.objects.filter(pk__in=[row.pk for row in staying]).update(ends=newest.ends, version=F("version") + 1)
    return [[row.pk, _plain(row.ends), row.version + 1] for row in staying]


def _give_back(group: Group, made: Made) -> None:
    for name, value in made["fields"].items():
        setattr(group, name, _typed(name, value))
    Decree.objects.filter(pk__in=made["decrees"]).update(withdrawn=True)
    _aside(pk for pk, *_facts in made["terms"])
    for pk, starts, ends, dated in made["terms"]:
        Decree.objects.filter(pk=pk).update(starts=starts, ends=ends, dated=dated, withdrawn=False)
    for pk, ends, _version in made["longer"]:
        Membership.objects.filter(pk=pk).update(ends=ends, version=F("version") + 1)
    for pk, ends in made["left"]:
        Membership.objects.filter(pk=pk).update(state=Membership.State.ACTIVE, ends=ends, version=F("version") + 1)
    if not group.is_public:
        group.public_since = None


def _aside(decrees: Iterable[int]) -> None:
    """Several decrees of a group move at once: none of them counts until each has its new term, so that none stands in another's way."""
    Decree.objects.filter(pk__in=list(decrees)).update(withdrawn=True)


def _take_down(groups: Sequence[Group]) -> None:
    """Nothing older of their public pages may be shown again."""
    if groups:
        store.taken_down(*dict.fromkeys(group.site for group in groups))


def _facts(decree: Decree) -> list[Any]:
    return [_plain(decree.starts), _plain(decree.ends), _plain(decree.dated)]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _typed(name: str, value: Any) -> Any:
    return date.fromisoformat(value) if value and isinstance(Group._meta.get_field(name), DateField) else value
