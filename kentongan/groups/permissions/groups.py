"""Who may do what about groups, offices and posts. Every right comes from a post and lapses with it."""

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kentongan.accounts.models import Account, Person
from kentongan.core.permissions import SELF, Rule
from kentongan.groups.models import (
    GOVERNING,
    Appointment,
    Decree,
    Group,
    Membership,
    Office,
    appointment_over,
    membership_of,
    office_over,
    officers_of,
    posts_of,
)
from kentongan.groups.settings import CONDUCT_VERSION
from kentongan.groups.workflow import board_of, founder_of, regency_of
from kentongan.regions.models import Level, Region, RegionSetting

VILLAGE, DISTRICT, REGENCY, PROVINCE = Level.VILLAGE, Level.DISTRICT, Level.REGENCY, Level.PROVINCE
OPERATOR = "pengelola sistem"
FOUNDER = "pengusul"
Capacity = Callable[[Person, Any], Any]
Answer = TypeVar("Answer")


def _anyone(person: Person, group: Group) -> Any:
    """An officer of the place proposes as such, everybody else as themselves."""
    return office_over(person, group.region, VILLAGE, DISTRICT, REGENCY) or SELF


def _founder(person: Person, group: Group) -> Any:
    return FOUNDER if group.founder_id == person.pk else None


def _office(*levels: int) -> Capacity:
    return lambda person, group: office_over(person, group.region, *levels)


def _founder_or_place(person: Person, group: Group) -> Any:
    """The founder, or the office of the very place: the village's for a KIM, the district's or regency's for a Forum."""
    return _founder(person, group) or office_over(person, group.region, group.region.level)


def _decreeing(person: Person, group: Group) -> Any:
    """An office that may enter a decree of a rank the region allows: its own head's, or one from below."""
    post = office_over(person, group.region, VILLAGE, DISTRICT, REGENCY)
    return post if post and Decree.ranks_for(group, post.office.level) else None


def decreeing_offices(group: Group) -> list[str]:
    """Who can enter the decree."""
    levels = {Decree.LEVEL_OF_RANK[rank] for rank in Decree.ranks_for(group, REGENCY)}
    return officers_of(group, *sorted(levels, reverse=True))


def _asked_office(person: Person, group: Group) -> Any:
    """The office a step was put before may send it back."""
    if group.state == Group.State.DELIBERATED:
        return office_over(person, group.region, group.region.level, REGENCY)
    return _decreeing(person, group) if group.state == Group.State.MINUTED else office_over(person, group.region, REGENCY)


def asked_offices(group: Group) -> list[str]:
    """Who can send the latest step back."""
    return (
        decreeing_offices(group)
        if group.state == Group.State.MINUTED
        else officers_of(group, *({group.region.level, REGENCY} if group.state == Group.State.DELIBERATED else {REGENCY}))
    )


def _board(person: Person, group: Group) -> Any:
    return membership_of(person, group, Membership.Role.KETUA, Membership.Role.SEKRETARIS)


def _ketua_or_regency(person: Person, group: Group) -> Any:
    return membership_of(person, group, Membership.Role.KETUA) or office_over(person, group.region, REGENCY)


def _second_officer(person: Person, group: Group) -> Any:
    """Two officers dissolve: the one who asked cannot confirm."""
    return office_over(person, group.region, REGENCY) if group.dissolution_asked_by_id != person.pk else None


def _board_of_member(person: Person, membership: Membership) -> Any:
    return _board(person, membership.group)


def _board_of_another(person: Person, membership: Membership) -> Any:
    """Nobody gives themselves a role."""
    return _board(person, membership.group) if membership.person_id != person.pk else None


def _nobody(person: Person, thing: Any) -> Any:
    """Time alone decides."""
    return None


def _oneself(person: Person, membership: Membership) -> Any:
    return SELF if membership.person_id == person.pk else None


def _board_or_oneself(person: Person, membership: Membership) -> Any:
    return SELF if membership.person_id == person.pk else _board(person, membership.group)


def board_of_member(membership: Membership) -> list[str]:
    """Ketua and sekretaris of the group a membership is in."""
    return board_of(membership.group)


def _above(person: Person, office: Office) -> Any:
    """The appointment that lets somebody fill posts in `office`: in a communication office or ministry above, or as head of the same."""
    for post in posts_of(person):
        if not isinstance(post, Appointment) or post.office.kind not in (Office.Kind.COMMUNICATION, Office.Kind.MINISTRY):
            continue
        below = office.region is not None and post.office.level < office.level and post.office.covers(office.region)
        if below or (post.office_id == office.pk and post.role == Appointment.Role.HEAD):
            return post
    return None


def _appointing(person: Person, appointment: Appointment) -> Any:
    """Nobody appoints themselves. The operator fills an office that has nobody; after that those above do."""
    if appointment.person_id == person.pk:
        return None
    first = person.operator and not Appointment.objects.current().filter(office=appointment.office_id).exists()
    return OPERATOR if first else _above(person, appointment.office)


def _ending_appointment(person: Person, appointment: Appointment) -> Any:
    if appointment.person_id == person.pk:
        return SELF
    return OPERATOR if person.operator else _above(person, appointment.office)


def home_of(other: Person) -> Group | None:
    """The group that knows somebody: of those they are in, the one they came to first; else the first one they founded.

    Being taken in by another group, or named its founder, gives nobody there a way into their account: once an account was used, only a
    membership its person said yes to counts.
    """
    return _kept(other, "_home", _home_of)


def _home_of(other: Person) -> Group | None:
    said_yes = Membership.objects.exclude(agreed_at=None, person__account__state=Account.State.ACTIVE).filter(person=other)
    now = said_yes.current().values("group")
    first = said_yes.filter(group__in=now).select_related("group__region").order_by("id").first()
    return first.group if first else Group.objects.filter(founder=other).select_related("region").order_by("id").first()


def offices_of(other: Person) -> list[Office]:
    """The offices somebody serves in today."""
    return _kept(other, "_offices", _offices_of)


def _offices_of(other: Person) -> list[Office]:
    return [row.office for row in Appointment.objects.current().filter(person=other).select_related("office__region")]


def _kept(other: Person, name: str, question: Callable[[Person], Answer]) -> Answer:
    """The answer, asked once per instance of the person as `posts_of` is: the buttons of a page ask it again and again."""
    if name not in other.__dict__:
        other.__dict__[name] = question(other)
    answer: Answer = other.__dict__[name]
    return answer


def standing_behind(person: Person, other: Person) -> Any:
    """The post that answers for who `other` is: for an official those above, never a group they are also in; for a member the ketua or
    sekretaris of their `home_of`, once it has a decree, or an officer above it; for the operator another operator.
    """
    if other.operator:
        return OPERATOR if person.operator else None
    if offices := offices_of(other):
        return next((post for office in offices if (post := _above(person, office))), None) or (OPERATOR if person.operator else None)
    home = home_of(other)
    if home is None:
        return None
    board = _board(person, home) if home.is_public else None  # before the decree a board is only what a founder wrote down
    return board or appointment_over(person, home.region, *GOVERNING, Office.Kind.MINISTRY)


def _slip(person: Person, account: Account) -> Any:
    return standing_behind(person, account.person) if account.person_id != person.pk else None


def _recovering(person: Person, recovery: Any) -> Any:
    return standing_behind(person, recovery.account.person) if recovery.account.person_id != person.pk else None


def _second_person(person: Person, recovery: Any) -> Any:
    """A second one who knows them: of the same office, else of the same `home_of`, or who stands behind them; not who asked."""
    other = recovery.account.person
    if person.pk in (other.pk, recovery.requested_by_id):
        return None
    offices = {office.pk for office in offices_of(other)}
    beside = next((post for post in posts_of(person) if isinstance(post, Appointment) and post.office_id in offices), None)
    home = None if offices or other.operator else home_of(other)
    return beside or (home and next(_posts_in(person, home), None)) or standing_behind(person, other)


def _posts_in(person: Person, group: Group) -> Iterator[Membership]:
    return (post for post in posts_of(person) if isinstance(post, Membership) and post.group_id == group.pk and post.agreed)


def people_behind(thing: Any) -> list[str]:
    """Who answers for the person an account or a recovery is about: neither they nor, for a recovery, the one who asked."""
    person = (thing if isinstance(thing, Account) else thing.account).person
    home = None if person.operator or offices_of(person) else home_of(person)
    asked_by = getattr(thing, "requested_by", None)
    themselves = tuple(f"{one.name} (" for one in (person, asked_by) if one)
    return [name for name in (board_of(home) + regency_of(home)) if not name.startswith(themselves)] if home else [OPERATOR]


def _setting(person: Person, setting: RegionSetting) -> Any:
    """A region's own communication office; its regency's for a district or village; the ministry for the nation."""
    for post in posts_of(person):
        if isinstance(post, Appointment) and sets_rules_for(post, setting.region):
            return post
    return None


def sets_rules_for(post: Appointment, region: Region | None) -> bool:
    """Whether this appointment may set the rules of a region (None: the nation)."""
    if region is None:
        return post.office.kind == Office.Kind.MINISTRY
    if post.office.kind != Office.Kind.COMMUNICATION or post.office.region is None:
        return False
    return post.office.region.code == region.code or (region.level > REGENCY and post.office.region.code == region.regency_code)


CLOCK_CAPACITY = "pengingat kegiatan"
CLOCK_ONLY = _("Ini dihitung sistem dari hari tanpa kegiatan, bukan diputuskan orang.")
ANOTHERS_ROLE = _("Hanya ketua atau sekretaris KIM ini. Peran diri sendiri dicatat pengurus yang lain.")
REGENCY_ONLY = _("Hanya petugas Diskominfo kabupaten/kota.")
BOARD_ONLY = _("Hanya ketua atau sekretaris KIM ini.")
BEHIND = _("Hanya ketua atau sekretaris kelompoknya, petugas di atasnya, atau pengelola sistem untuk petugas pertama.")
OFFICES = _("Hanya petugas desa/kelurahan, kecamatan, atau Diskominfo kabupaten/kota setempat.")
APPOINTERS = _(
    "Petugas ditunjuk oleh Diskominfo di atasnya atau kepala instansinya; yang pertama oleh pengelola sistem. "
    "Tidak ada yang menunjuk diri sendiri."
)


def three_offices(group: Group) -> list[str]:
    """Village, district and regency offices."""
    return officers_of(group, VILLAGE, DISTRICT, REGENCY)


def owes_agreement(person: Any, rule: Rule, thing: Any) -> str:
    """Why somebody is refused who would have the right, had they agreed to the conduct; empty for everybody else."""
    owed = [post for post in posts_of(person) if isinstance(post, Membership) and not post.agreed] if isinstance(person, Person) else []
    kept = [(post, post.agreed_version) for post in owed]
    try:
        for post in owed:
            post.agreed_version = CONDUCT_VERSION
        would = owed and rule.capacity(person, thing)
    finally:
        for post, version in kept:
            post.agreed_version = version
    if not would:
        return ""
    said = gettext("Anda belum menyetujui keanggotaan dan kesepakatan %(group)s. Buka Meja, baca, lalu setujui; sesudah itu Anda bisa.")
    return said % {"group": owed[0].group.name}


REASONS = (owes_agreement,)
"""Why somebody is refused, where a truer sentence than the rule's own is known."""

RULES = (
    Rule("groups.propose", _anyone, _("Siapa pun boleh mengusulkan."), public="umum"),
    Rule("groups.assign_founder", _office(VILLAGE, DISTRICT, REGENCY), OFFICES, three_offices),
    Rule("groups.socialise", _office(VILLAGE, DISTRICT, REGENCY), OFFICES, three_offices),
    Rule("groups.deliberate", _founder_or_place, _("Hanya pengusul atau pemerintah desa/kelurahan setempat."), founder_of),
    Rule("groups.minute", _founder, _("Hanya pengusul yang mencatat berita acara."), founder_of),
    Rule(
        "groups.decree", _decreeing, _("SK dicatat oleh kantor pejabat yang menerbitkannya, menurut aturan wilayah ini."), decreeing_offices
    ),
    Rule(
        "groups.renew_decree",
        _decreeing,
        _("SK dicatat oleh kantor pejabat yang menerbitkannya, menurut aturan wilayah ini."),
        decreeing_offices,
    ),
    Rule("groups.register", _ketua_or_regency, _("Hanya ketua, atau Diskominfo kabupaten/kota untuknya."), board_of),
    Rule("groups.verify", _office(REGENCY), REGENCY_ONLY, regency_of),
    Rule("groups.return", _asked_office, _("Hanya kantor yang dimintai langkah ini."), asked_offices),
    Rule("groups.ask_dissolution", _office(REGENCY), REGENCY_ONLY, regency_of),
    Rule("groups.refuse_dissolution", _office(REGENCY), REGENCY_ONLY, regency_of),
    Rule("groups.dissolve", _second_officer, _("Hanya petugas kedua di Diskominfo kabupaten/kota, bukan yang mengusulkan."), regency_of),
    Rule("groups.update_profile", _board, _("Hanya ketua atau sekretaris. Kantor pemerintah tidak mengubah kata-kata kelompok."), board_of),
    Rule("groups.confirm_board", _board, BOARD_ONLY, board_of),
    Rule("groups.warn_of_sleep", _nobody, CLOCK_ONLY, clock=CLOCK_CAPACITY),
    Rule("groups.stir", _nobody, CLOCK_ONLY, clock=CLOCK_CAPACITY),
    Rule("groups.fall_asleep", _nobody, CLOCK_ONLY, clock=CLOCK_CAPACITY),
    Rule("groups.wake", _board, BOARD_ONLY, board_of),
    Rule("groups.admit", _board_of_member, BOARD_ONLY, board_of_member),
    Rule("groups.agree", _oneself, _("Kesepakatan disetujui sendiri oleh anggotanya, dengan akunnya sendiri.")),
    Rule("groups.agree_with_help", _board_of_another, ANOTHERS_ROLE, board_of_member, assisted=True),
    Rule("groups.change_role", _board_of_another, ANOTHERS_ROLE, board_of_member),
    Rule("groups.end_membership", _board_or_oneself, _("Hanya ketua atau sekretaris, atau yang bersangkutan sendiri."), board_of_member),
    Rule("groups.appoint", _appointing, APPOINTERS),
    Rule("groups.end_appointment", _ending_appointment, APPOINTERS),
    Rule("groups.print_slip", _slip, BEHIND, people_behind),
    Rule("groups.request_recovery", _recovering, BEHIND, people_behind),
    Rule(
        "groups.confirm_recovery",
        _second_person,
        _("Pemulihan dikuatkan orang kedua dari kelompok atau kantor yang sama, bukan yang memintanya."),
        people_behind,
    ),
    Rule("groups.set_region_setting", _setting, _("Aturan wilayah diganti oleh Diskominfo wilayah itu, aturan nasional oleh kementerian.")),
)
