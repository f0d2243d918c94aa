"""What people do with groups, posts and what hangs on a post. Each raises NotAllowed or NotNow and then changes nothing."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kentongan.accounts.models import Account, Person, Recovery, Slip
from kentongan.core.actions import act
from kentongan.core.actors import CLOCK, PUBLIC
from kentongan.core.errors import BadRequest, NotAllowed, NotNow
from kentongan.groups.models import (
    Appointment,
    Decree,
    Group,
    Membership,
    Office,
    Seat,
    check_seats,
    office_over,
    person_for,
    sites_naming,
    sites_ruled_by,
)
from kentongan.groups.permissions import ANOTHERS_ROLE
from kentongan.groups.settings import CONDUCT_VERSION
from kentongan.media.models import Photo
from kentongan.pages import store
from kentongan.regions.models import Level, Region, RegionSetting
from kentongan.search import index
from kentongan.ui.unseen import one_line
from kentongan.vault.sealing import seal


def propose(region: Region, *, name: str, proposers: str, contact: str, by: Any = PUBLIC, submission: str | None = None) -> Group:
    """Ask for a group in a place. The contact is sealed; a form sent twice (the same `submission`) is one proposal.

    A resident who is signed in carries the formation; an officer or someone without an account waits for a founder to be named.
    """
    if submission and (known := Group.objects.filter(submission=submission).first()):
        return known
    group = Group(name=one_line(name), region=region, slug=Group.free_slug(name, region), proposers=proposers, submission=submission)
    group.lie_in(region)
    try:
        with act("groups.propose", on=group, by=by) as group:
            group.proposer_contact = seal(contact)
            resident = isinstance(by, Person) and not office_over(by, region, Level.VILLAGE, Level.DISTRICT, Level.REGENCY)
            group.founder = by if resident else None
            group.note_step("propose", by)
    except (IntegrityError, NotNow):  # the same form, sent a moment ago by an impatient thumb
        if submission and (known := Group.objects.filter(submission=submission).first()):
            return known
        raise
    return group


def assign_founder(group: Group, *, name: str, credential: str, by: Person) -> Group:
    """Name who carries a proposal that came without an account; they get an account that waits for its slip."""
    with act("groups.assign_founder", on=group, by=by) as group:
        group.founder = person_for(name, credential)
        group.note_step("assign_founder", by)
    return group


def socialise(group: Group, *, on: date, note: str = "", by: Person) -> Group:
    """Record that the idea was explained to residents on that day."""
    with act("groups.socialise", on=group, by=by) as group:
        group.note_step("socialise", by, on=on, note=note)
    return group


def deliberate(group: Group, *, on: date, attendance: int, note: str = "", by: Person) -> Group:
    """Record the residents' deliberation and how many came."""
    with act("groups.deliberate", on=group, by=by) as group:
        group.note_step("deliberate", by, on=on, attendance=attendance, note=note)
    return group


def minute(group: Group, *, on: date, minutes: str, seats: Sequence[Seat], by: Person) -> Group:
    """Record the minutes, and seat the board and members they name."""
    with act("groups.minute", on=group, by=by) as group:
        check_seats(group, seats)
        group.note_step("minute", by, on=on, note=minutes)
        for seat in seats:
            group.seat(person_for(seat.name, seat.credential), seat.role)
    return group


def decree(group: Group, decree: Decree, *, scan: Any = None, by: Person) -> Group:
    """Enter the decree that gives the group its standing: from now on it is public and may publish."""
    with act("groups.decree", on=group, by=by) as group:
        group.public_since = group.public_since or timezone.now()
        _enter(group, decree, scan, by)
    return group


def renew_decree(group: Group, decree: Decree, *, scan: Any = None, by: Person) -> Group:
    """Enter the decree that follows; the board serves as long as it holds."""
    with act("groups.renew_decree", on=group, by=by) as group:
        _enter(group, decree, scan, by)
    return group


def _enter(group: Group, decree: Decree, scan: Any, by: Person) -> None:
    post = office_over(by, group.region, Level.VILLAGE, Level.DISTRICT, Level.REGENCY)
    if post is None or decree.rank not in Decree.ranks_for(group, post.office.level):
        raise NotNow(_("Aturan wilayah ini tidak membolehkan SK dari pejabat itu dicatat oleh kantor Anda."))
    if decree.ends < decree.starts:
        raise NotNow(_("Tanggal berakhir SK lebih awal daripada tanggal mulainya."))
    if decree.replaces_id and decree.replaces_id not in {known.pk for known in group.all_decrees}:
        raise BadRequest(_("SK yang diganti bukan milik KIM ini."))
    decree.group, decree.scan = group, Photo.receive(scan) if scan else None
    decree.save()
    group.lengthen_board(decree.ends)
    group.note_step("decree", by, on=decree.dated, note=str(decree), evidence=decree.scan)
    _told(group)


def register(group: Group, *, by: Person) -> Group:
    """Put a group with a decree and a whole profile into the regency's register."""
    with act("groups.register", on=group, by=by) as group:
        group.last_confirmed_at = timezone.now()
        group.note_step("register", by)
        _told(group)
    return group


def verify(group: Group, *, checked: Sequence[str], note: str = "", by: Person) -> Group:
    """Confirm what the regency's office checked; every point of its list has to be ticked."""
    with act("groups.verify", on=group, by=by) as group:
        missing = [point for point in group.rules["verify_checklist"] if point not in checked]
        if missing:
            raise NotNow(_("Belum semuanya diperiksa: %(points)s.") % {"points": "; ".join(missing)})
        group.note_step("verify", by, note=note, checklist=dict.fromkeys(group.rules["verify_checklist"], True))
        _told(group)
    return group


def send_back(group: Group, *, reason: str, by: Person) -> Group:
    """Return a formation to the step before, with the reason. What that step had brought stays on the record but counts no more."""
    was = group.state
    with act("groups.return", on=group, by=by) as group:
        if was == Group.State.MINUTED:
            group.unseat_everyone(_("Berita acara dikembalikan"))
        if was == Group.State.DECREED:
            group.decrees.update(withdrawn=True)
            group.lengthen_board(None)
            store.taken_down(*group.sites())
        group.note_step("return", by, note=reason)
        _told(group)
    return group


def suspend(group: Group, *, reason: str, appeal_to: str, by: Person) -> Group:
    """Stop new publishing; what was published stays readable, with the reason and where to appeal."""
    with act("groups.suspend", on=group, by=by) as group:
        group.suspended_reason, group.appeal_to = reason, appeal_to
        group.note_step("suspend", by, note=reason)
        _told(group)
    return group


def lift(group: Group, *, note: str = "", by: Person) -> Group:
    """End a suspension."""
    with act("groups.lift", on=group, by=by) as group:
        group.suspended_reason = group.appeal_to = ""
        group.note_step("lift", by, note=note)
        _told(group)
    return group


def ask_dissolution(group: Group, *, reason: str, appeal_to: str, by: Person) -> Group:
    """The first officer asks; nothing ends until a second one confirms."""
    with act("groups.ask_dissolution", on=group, by=by) as group:
        group.dissolution_reason, group.appeal_to, group.dissolution_asked_by = reason, appeal_to, by
        group.note_step("ask_dissolution", by, note=reason)
        _told(group)
    return group


def refuse_dissolution(group: Group, *, by: Person) -> Group:
    """Any officer of the regency takes the question back."""
    with act("groups.refuse_dissolution", on=group, by=by) as group:
        group.dissolution_reason, group.dissolution_asked_by = "", None
        group.note_step("refuse_dissolution", by)
    return group


def dissolve(group: Group, *, by: Person) -> Group:
    """The second officer confirms. Posts end; what was published stays."""
    with act("groups.dissolve", on=group, by=by) as group:
        group.unseat_everyone(_("KIM dibubarkan"))
        group.note_step("dissolve", by, note=group.dissolution_reason)
        _told(group)
    return group


def update_profile(
    group: Group, *, about: str, secretariat: str, contact: str, founded_on: date | None, fields: Sequence[str], by: Person
) -> Group:
    """Change what the group says about itself."""
    with act("groups.update_profile", on=group, by=by) as group:
        group.about, group.secretariat, group.contact = about, secretariat, contact
        group.founded_on, group.fields = founded_on, list(fields)
        _told(group)
    return group


def confirm_board(group: Group, *, by: Person) -> Group:
    """Say that board and contact are still right; asked every half-year."""
    with act("groups.confirm_board", on=group, by=by) as group:
        group.last_confirmed_at = timezone.now()
        _told(group)
    return group


def warn_of_sleep(group: Group) -> Group:
    """By the clock: nothing has happened here for so long that the site will be read only."""
    with act("groups.warn_of_sleep", on=group, by=CLOCK) as group:
        group.sleep_warned_at = timezone.now()
    return group


def stir(group: Group) -> Group:
    """By the clock: something happened since the warning."""
    with act("groups.stir", on=group, by=CLOCK) as group:
        group.sleep_warned_at = None
    return group


def fall_asleep(group: Group) -> Group:
    """By the clock: the site is read only until somebody of the board wakes it. Nothing is taken away."""
    with act("groups.fall_asleep", on=group, by=CLOCK) as group:
        group.asleep_since = timezone.now()
        _told(group)
    return group


def wake(group: Group, *, by: Person) -> Group:
    """Say "kami masih aktif": everything is open again."""
    with act("groups.wake", on=group, by=by) as group:
        group.last_awake_at, group.sleep_warned_at, group.asleep_since = timezone.now(), None, None
        _told(group)
    return group


def admit(group: Group, *, name: str, credential: str, role: str, field: str = "", ends: date | None = None, by: Person) -> Membership:
    """Take somebody else in; with a phone number or user name they can be given a slip."""
    with transaction.atomic():
        membership = Membership(
            group=group, person=person_for(name, credential), role=role, field=field, starts=timezone.localdate(), ends=ends
        )
        membership.has_vote = role != Membership.Role.PEMBINA
        if membership.person == by:
            raise NotAllowed(str(ANOTHERS_ROLE))
        with act("groups.admit", on=membership, by=by) as membership:
            _told(group)
    return membership


def agree(group: Group, *, by: Person) -> None:
    """Say yes to being a member of this group and to the conduct, in every role held there."""
    with transaction.atomic():
        for membership in Membership.objects.current().filter(group=group, person=by).exclude(agreed_version=CONDUCT_VERSION):
            with act("groups.agree", on=membership, by=by) as row:
                row.agree(by)
        _told(group)


def agree_with_help(membership: Membership, *, by: Person) -> Membership:
    """Write down that somebody without an account said yes, with the one beside them: two names."""
    with act("groups.agree_with_help", on=membership, by=by.helping(membership.person)) as membership:
        membership.agree(by, helped=True)
        _told(membership.group)
    return membership


def change_role(membership: Membership, *, role: str, by: Person) -> Membership:
    """End a role and give the same person another one from today; answers with the new membership."""
    with act("groups.change_role", on=membership, by=by) as membership:
        membership.end(_("Berganti peran"))
        following = membership.group.seat(membership.person, role, field=membership.field)
        following.carry_on(membership)
        _told(membership.group)
    return following


def end_membership(membership: Membership, *, reason: str, by: Person) -> Membership:
    """End a membership today; every right it gave ends with it."""
    with act("groups.end_membership", on=membership, by=by) as membership:
        membership.end(reason)
        _told(membership.group)
    return membership


def appoint(
    region: Region | None,
    kind: str,
    *,
    name: str,
    credential: str,
    role: str,
    title: str,
    letter: str,
    starts: date,
    ends: date | None,
    office_name: str = "",
    by: Person,
) -> Appointment:
    """Put somebody in an office by a letter. Their account asks for a second factor from now on."""
    with transaction.atomic():
        office = Office.at(region, kind, office_name)
        appointment = Appointment(
            person=person_for(name, credential), office=office, role=role, title=title, letter=letter, starts=starts, ends=ends
        )
        with act("groups.appoint", on=appointment, by=by) as appointment:
            account = Account.objects.filter(person=appointment.person).first()
            if account is None:
                raise NotNow(_("Petugas perlu nomor telepon atau nama pengguna supaya bisa masuk."))
            account.second_factor_required = True
            account.save(update_fields=["second_factor_required"])
    return appointment


def end_appointment(appointment: Appointment, *, reason: str, by: Person) -> Appointment:
    """End an appointment today; every right it gave ends with it."""
    with act("groups.end_appointment", on=appointment, by=by) as appointment:
        appointment.ends, appointment.ended_reason = max(timezone.localdate(), appointment.starts), reason
    return appointment


def print_slip(account: Account, *, by: Person) -> str:
    """A code for a first sign-in, to be printed now: it is kept nowhere. Slips printed before end."""
    with act("groups.print_slip", on=account, by=by) as account:
        _slip, code = Slip.issue(account)
    return code


def request_recovery(account: Account, *, reason: str, by: Person) -> Recovery:
    """Ask for a way back into an account that was used before; somebody else has to confirm."""
    with act("groups.request_recovery", on=Recovery.ask(account, by, reason), by=by) as recovery:
        store.changed(*sites_naming(account.person))
    return recovery


def confirm_recovery(recovery: Recovery, *, by: Person) -> str:
    """A second person stands for it. The code of the slip, shown now only, works 24 hours later."""
    with act("groups.confirm_recovery", on=recovery, by=by) as recovery:
        store.changed(*sites_naming(recovery.account.person))
        return recovery.confirm(by)


def set_region_setting(region: Region | None, key: str, value: Any, *, source: str, edition: str, since: date, by: Person) -> RegionSetting:
    """Set a rule for a region and all below it; what was set before stays on record."""
    try:
        setting = RegionSetting.drawn_up(region, key, value, source=source, edition=edition, since=since)
    except (KeyError, ValueError) as wrong:
        raise BadRequest(str(wrong.args[0])) from wrong
    with act("groups.set_region_setting", on=setting, by=by) as setting:
        store.changed(*sites_ruled_by(region))
        if key.removeprefix("groups.") in Group.LAPSES:
            for group in Group.objects.public().within(region):
                if group.last_published_at:
                    store.changes_at(group.last_published_at + timedelta(days=value), *group.sites())
    return setting


def _told(group: Group) -> None:
    """The page store must know: the group's public pages changed, and when time alone will change them."""
    store.changed(*group.sites())
    group.foretell()
    index.put(group)
