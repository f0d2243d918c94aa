"""One village and its people, used by every test. Places are real; people are invented."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from kentongan.accounts.models import SECOND_FACTOR, Account, Person
from kentongan.groups.models import Appointment, Decree, Group, Membership, Office
from kentongan.groups.settings import CONDUCT_VERSION
from kentongan.regions.models import Region
from kentongan.regions.tests.factories import region_chain

PASSPHRASE = "kentongan di gardu ronda"
TOTP_SECRET = "KENTONGANKENTONGANKENTONGANKENTO"
VILLAGE = "33.18.17.2003"
OTHER_VILLAGE = "33.18.13.2001"


@dataclass
class Cast:
    """The people of one village, of the offices above it, and one neighbour village. See `village`."""

    region: Region
    group: Group
    other_group: Group
    offices: dict[str, Office] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        """`cast.redaktur`: the person who plays that part."""
        try:
            return self.__dict__["people"][name]
        except KeyError:
            raise AttributeError(name) from None


MEMBERS = {
    "anggota": ("Joko Prasetyo", Membership.Role.ANGGOTA),
    "anggota2": ("Nanik Sulastri", Membership.Role.ANGGOTA),
    "redaktur": ("Dwi Astuti", Membership.Role.REDAKTUR),
    "redaktur2": ("Wahyu Santoso", Membership.Role.REDAKTUR),
    "pemeriksa": ("Siti Rahayu", Membership.Role.PEMERIKSA),
    "ketua": ("Sugeng Riyadi", Membership.Role.KETUA),
    "sekretaris": ("Endang Lestari", Membership.Role.SEKRETARIS),
    "bendahara": ("Slamet Widodo", Membership.Role.BENDAHARA),
    "pembina": ("Sri Hartati", Membership.Role.PEMBINA),
}

OFFICES = {
    "kades": ("Karjono", Office.Kind.VILLAGE, VILLAGE, "Pemerintah Desa Gulangpongge", Appointment.Role.HEAD, "Kepala Desa"),
    "camat": ("Tri Wibowo", Office.Kind.DISTRICT, "33.18.17", "Kecamatan Gunungwungkal", Appointment.Role.HEAD, "Camat"),
    "dinas": ("Ratna Dewi", Office.Kind.COMMUNICATION, "33.18", "Diskominfo Kab. Pati", Appointment.Role.OFFICER, "Petugas KIM"),
    "dinas2": ("Agus Salim", Office.Kind.COMMUNICATION, "33.18", "Diskominfo Kab. Pati", Appointment.Role.OFFICER, "Petugas KIM"),
    "provinsi": ("Lukman Hakim", Office.Kind.COMMUNICATION, "33", "Diskominfo Prov. Jawa Tengah", Appointment.Role.OFFICER, "Petugas KIM"),
    "kementerian": ("Maria Tamba", Office.Kind.MINISTRY, "", "Kementerian Komunikasi", Appointment.Role.OFFICER, "Petugas KIM"),
}


def person(username: str, name: str, *, number: int = 0, operator: bool = False) -> Person:
    """A person with an active account whose passphrase is PASSPHRASE."""
    somebody = Person.objects.create(name=name, operator=operator, state=Person.State.ACTIVE)
    account = Account(person=somebody, username=username, phone=f"+62812000{number:05d}", state=Account.State.ACTIVE)
    account.set_password(PASSPHRASE)
    account.save()
    return somebody


def group_in(region: Region, name: str, slug: str, state: str = Group.State.VERIFIED, **more: Any) -> Group:
    """A group as it stands after its formation, with a decree for three years around today."""
    group = Group(name=name, slug=slug, region=region, state=state, proposers="Sugeng Riyadi dan Endang Lestari", **more)
    group.about = "Tetangga yang mencari tahu, menanyakan, dan menempelkan kabar desa."
    group.secretariat, group.contact, group.founded_on = "Balai desa", "0812-0000-0000", date(2024, 7, 1)
    group.lie_in(region)
    group.save()
    today = timezone.localdate()
    Decree.objects.create(
        group=group,
        number="141/07/2024",
        dated=today - timedelta(days=400),
        rank=Decree.Rank.VILLAGE_HEAD,
        issuer="Karjono",
        starts=today - timedelta(days=400),
        ends=today + timedelta(days=600),
    )
    return group


def agreed() -> dict[str, Any]:
    """What a membership carries whose person said yes to it and to the conduct."""
    return {"agreed_version": CONDUCT_VERSION, "agreed_at": timezone.now()}


def everybody_agrees(group: Group) -> None:
    """Everybody with a role in this group said yes to it and to the conduct."""
    Membership.objects.filter(group=group).update(**agreed())


def member(group: Group, somebody: Person, role: str, **more: Any) -> Membership:
    """A membership that began a year ago."""
    more = {"starts": timezone.localdate() - timedelta(days=365), "has_vote": role != Membership.Role.PEMBINA} | agreed() | more
    return Membership.objects.create(group=group, person=somebody, role=role, state=Membership.State.ACTIVE, **more)


def appoint(office: Office, somebody: Person, role: str, title: str, **more: Any) -> Appointment:
    """An appointment that began a year ago; officers give a second factor, whose secret is TOTP_SECRET."""
    more = {"starts": timezone.localdate() - timedelta(days=365)} | more
    somebody.account.second_factor_required = True
    somebody.account.keep_totp(TOTP_SECRET)
    somebody.account.save()
    return Appointment.objects.create(
        office=office, person=somebody, role=role, title=title, letter="800/01/2025", state=Appointment.State.ACTIVE, **more
    )


def village() -> Cast:
    """Everybody: nine members, six officials, an operator, a guest without any post, and the editor of the neighbour village."""
    region, other_region = region_chain(VILLAGE), region_chain(OTHER_VILLAGE)
    cast = Cast(region, group_in(region, "KIM Gulangpongge", "gulangpongge"), group_in(other_region, "KIM Bermi", "bermi"))
    number = 0
    for part, (name, role) in MEMBERS.items():
        cast.people[part] = person(part, name, number=(number := number + 1))
        member(cast.group, cast.people[part], role)
    for part, (name, kind, code, title, role, called) in OFFICES.items():
        where = Region.objects.get(code=code) if code else None
        office, _made = Office.objects.get_or_create(kind=kind, name=title, region=where)
        cast.offices[part] = office
        cast.people[part] = person(part, name, number=(number := number + 1))
        appoint(office, cast.people[part], role, called)
    cast.group.decrees.update(entered_in=cast.offices["kades"])
    cast.people["tetangga"] = person("tetangga", "Bambang Irawan", number=number + 1)
    member(cast.other_group, cast.people["tetangga"], Membership.Role.REDAKTUR)
    cast.people["operator"] = person("operator", "Yusuf Maulana", number=number + 2, operator=True)
    cast.people["warga"] = person("warga", "Warsini", number=number + 3)
    return cast


def browser_for(somebody: Person | None) -> Client:
    """A browser in which this person is signed in, second factor given; nobody when None."""
    client = Client(headers={"host": "testserver"})
    if somebody is not None:
        client.force_login(somebody.account)
        session = client.session
        session[SECOND_FACTOR] = True
        session.save()
    return client
