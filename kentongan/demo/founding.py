"""The demo's operator, officials and groups, brought into being by the actions real ones pass through."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from functools import cache
from itertools import count
from typing import Any

import pyotp
from django.contrib.auth import base_user
from django.utils import timezone

from kentongan.accounts import actions as accounts
from kentongan.accounts.models import Account, Person, Slip
from kentongan.core.actors import PUBLIC
from kentongan.demo.days import since
from kentongan.demo.people import (
    FORMING,
    GROUPS,
    MAIN,
    MEMBERS,
    OFFICIALS,
    OPERATOR,
    PASSPHRASE,
    ROLES,
    SIGNED_IN,
    SUSPENDED,
    DemoGroup,
    Forming,
    made_up,
    username_of,
)
from kentongan.groups import actions as groups
from kentongan.groups.models import Decree, Group, Membership, Seat
from kentongan.regions.models import Region

FIRST_DAY = 1500
"""How many days ago the operator began; before the first group."""
WAY = ("proposed", "socialised", "deliberated", "minuted", "decreed", "registered", "verified", "suspended")
CONTACT = "Titip pesan di balai desa"
"""No telephone number: any that looks real may be somebody's."""


def person(username: str) -> Person:
    """Whoever signs in with this name, freshly read: the posts are those of now."""
    return Account.objects.select_related("person").get(username=username).person


def loaded() -> bool:
    """Whether operator and officials are there."""
    return Account.objects.filter(username=OPERATOR[0]).exists()


def known() -> set[str | None]:
    """The marks of the groups that are there; see `mark`."""
    return set(Group.objects.filter(demo=True).values_list("submission", flat=True))


def mark(code: str) -> str:
    """By what a group of the demo is known: the name of the form it was proposed with."""
    return f"demo-{code}"


@contextmanager
def one_hash() -> Iterator[None]:
    """Everybody in the demo has one passphrase: it is hashed once, not sixty times a quarter of a second."""
    real = base_user.make_password  # type: ignore[attr-defined]
    base_user.make_password = cache(real)  # type: ignore[attr-defined]
    try:
        yield
    finally:
        base_user.make_password = real  # type: ignore[attr-defined]


def found_offices() -> None:
    """The operator, then the officials: the first of an office by the operator, the next by the office above."""
    with since(FIRST_DAY):
        username, name = OPERATOR
        operator = Account.invite(Person.enter(name, operator=True), username=username)
        Account.objects.filter(pk=operator.pk).update(second_factor_required=True)
        _slip, code = Slip.issue(operator)
        _sign_in(username, code)
        filled: set[str] = set()
        for username, name, kind, region_code, office, role, title in OFFICIALS:
            region = Region.objects.by_code(region_code) if region_code else None
            above = "provinsi" if office in filled else OPERATOR[0]
            who = Seat(name, username, role)
            appoint(region, kind, office, who, title, by=above)
            filled.add(office)


def found(demo: DemoGroup, number: int) -> Group:
    """A group of the article, carried by its people and offices to its state. `number` makes its people's names differ from others'."""
    region = Region.objects.by_code(demo.code)
    far = WAY.index(demo.state)
    with since(demo.began, 10) as clock:
        seats = _seats(demo.key, number)
        group = _propose(region, demo.name, seats[0], proposers=f"{seats[0].name} dan {seats[1].name}", note=demo.source_note)
        ketua, office, dinas = seats[0].credential, "kades" if demo.key == MAIN else "dinas", "dinas"
        clock.wait(days=6)
        note = "Dijelaskan kepada warga sesudah pengajian dan arisan."
        group = groups.socialise(group, on=timezone.localdate(), note=note, by=person(office))
        clock.wait(days=8)
        group = _deliberate(group, 24 + number % 19, by=ketua)
        clock.wait(days=2)
        minutes = f"Warga sepakat membentuk {demo.name}, memilih pengurus secara mufakat, dan bertemu tiap malam Selasa."
        group = groups.minute(group, on=timezone.localdate(), minutes=minutes, seats=seats, by=person(ketua))
        groups.agree(group, by=person(ketua))
        group = _profile(group, demo, region, by=ketua)
        clock.wait(days=10)
        group = groups.decree(group, _decree(region, number), by=person(office))
        _let_everybody_in(demo.key)
        _agree(group)
        if far >= WAY.index("registered"):
            clock.wait(days=5)
            group = groups.register(group, by=person(ketua))
        if far >= WAY.index("verified"):
            clock.wait(days=9)
            checked = group.rules["verify_checklist"]
            group = groups.verify(group, checked=checked, note="Pengurus ditemui di sekretariat.", by=person(dinas))
    if demo.confirmed:
        with since(demo.confirmed, 19):
            group = groups.confirm_board(group, by=person(ketua))
    return group


def suspend(group: Group) -> None:
    """Stop a group, six days ago: what it published before stays."""
    with since(6, 11):
        reason, appeal_to = SUSPENDED
        group = groups.ask_suspension(Group.objects.get(pk=group.pk), reason=reason, appeal_to=appeal_to, by=person("dinas"))
        groups.suspend(group, by=person("dinas2"))


def form(forming: Forming, number: int) -> Group:
    """A group on its way, as far as it has come."""
    region = Region.objects.by_code(forming.code)
    far = WAY.index(forming.state)
    founder = Seat(forming.founder, forming.username, "ketua")
    note = "Rekaan untuk demo: di desa ini tidak ada KIM yang kami ketahui."
    with since(forming.began, 10) as clock:
        group = _propose(region, f"KIM {forming.village}", founder, proposers=forming.proposers, note=note)
        if far >= WAY.index("deliberated"):
            clock.wait(days=9)
            group = _deliberate(group, 31, by=forming.username)
        if far >= WAY.index("minuted"):
            clock.wait(days=3)
            others = [Seat(made_up(number + place), "", role) for place, role in enumerate(ROLES[1:])]
            minutes = f"Warga {forming.village} sepakat membentuk KIM dan memilih pengurus."
            groups.minute(group, on=timezone.localdate(), minutes=minutes, seats=[founder, *others], by=person(forming.username))
    return group


def everybody() -> list[tuple[DemoGroup | Forming, int]]:
    """Every group of the demo, each with the number its people's names begin at."""
    return list(zip((*GROUPS, *FORMING), count(0, len(ROLES) + 1), strict=False))


def appoint(region: Region | None, kind: str, office: str, who: Seat, title: str, *, by: str) -> None:
    groups.appoint(
        region,
        kind,
        name=who.name,
        credential=who.credential,
        role=who.role,
        title=title,
        letter="800/01/2022 (contoh)",
        starts=timezone.localdate(),
        ends=None,
        office_name=office,
        by=person(by),
    )
    _let_in(who.credential, by=person(by))


def _propose(region: Region, name: str, founder: Seat, *, proposers: str, note: str) -> Group:
    """By the founder as a signed-in resident, or by somebody without an account."""
    by: Any = PUBLIC
    if founder.credential:
        Account.invite(Person.enter(founder.name), username=founder.credential)
        by = person(founder.credential)
    group = groups.propose(region, name=name, proposers=proposers, contact=CONTACT, submission=mark(region.code), by=by)
    Group.objects.filter(pk=group.pk).update(demo=True, source_note=note)
    if founder.credential:
        _let_in(founder.credential, by=person("dinas"))
    return group


def _deliberate(group: Group, attendance: int, *, by: str) -> Group:
    note = "Musyawarah di balai desa, sampai mufakat."
    return groups.deliberate(group, on=timezone.localdate(), attendance=attendance, note=note, by=person(by))


def _seats(key: str, number: int) -> list[Seat]:
    if key == MAIN:
        return [Seat(name, username, role) for username, name, role in MEMBERS]
    return [Seat(made_up(number + place), username_of(key, role), role) for place, role in enumerate(ROLES)]


def _let_everybody_in(key: str) -> None:
    names = [username for username, _name, _role in MEMBERS] if key == MAIN else [username_of(key, role) for role in SIGNED_IN]
    for username in names[1:]:
        _let_in(username, by=person(names[0]))


def _agree(group: Group) -> None:
    """Everybody reads the conduct at their first sign-in and says yes; whoever has no account says it beside the ketua."""
    rows = list(group.memberships.select_related("person__account").order_by("id"))
    ketua = next(row.person for row in rows if row.role == Membership.Role.KETUA)
    groups.agree(group, by=ketua)
    for row in rows:
        if row.person_id == ketua.pk:
            continue
        if getattr(row.person, "account", None) and row.person.account.state == Account.State.ACTIVE:
            groups.agree(group, by=row.person)
        else:
            groups.agree_with_help(row, by=person_again(ketua))


def person_again(somebody: Person) -> Person:
    """The same person, asked anew for their posts."""
    return Person.objects.get(pk=somebody.pk)


def _let_in(username: str, *, by: Person) -> None:
    """Print the slip and use it."""
    _sign_in(username, groups.print_slip(Account.objects.get(username=username), by=by))


def _sign_in(username: str, code: str) -> None:
    slip = Slip.of(username, code)
    assert slip is not None
    account = accounts.activate(slip, PASSPHRASE)
    if account.second_factor_required:
        accounts.enrol_second_factor(Account.objects.get(pk=account.pk), pyotp.random_base32(), 0, by=person(username))


def _profile(group: Group, demo: DemoGroup, region: Region, *, by: str) -> Group:
    hall = "Kantor kelurahan" if region.kind == "Kelurahan" else "Balai desa"
    words = {"about": demo.about, "secretariat": f"{hall} {region.name}", "contact": f"Titip pesan di {hall.lower()}"}
    return groups.update_profile(group, **words, founded_on=timezone.localdate(), fields=demo.fields, by=person(by))


def _decree(region: Region, number: int) -> Decree:
    """A decree for three years less a day, dated on the day of the clock."""
    dated = timezone.localdate()
    head = Decree.Rank.URBAN_VILLAGE_HEAD if region.code[9] == "1" else Decree.Rank.VILLAGE_HEAD
    decree = Decree(number=f"141/{number + 7:02}/{dated.year} (contoh)", dated=dated, rank=head)
    decree.starts, decree.ends = dated, _three_years_after(dated)
    decree.issuer = "Karjono" if region.code == GROUPS[0].code else made_up(number + len(ROLES))
    return decree


def _three_years_after(day: date) -> date:
    return date(day.year + 3, day.month, min(day.day, 28)) - timedelta(days=1)
