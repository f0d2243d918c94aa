"""How a group comes to be, step by step, up to its verification."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from kentongan.accounts.models import Person
from kentongan.core.actions import act
from kentongan.core.actors import PUBLIC
from kentongan.core.errors import BadRequest, NotNow
from kentongan.groups.actions.inner import told
from kentongan.groups.models import (
    Decree,
    Group,
    Seat,
    check_seats,
    office_over,
    person_for,
    reckon,
)
from kentongan.media.models import Paper
from kentongan.pages import store
from kentongan.regions.models import Level, Region
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
            reckon(group)
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


def socialise(group: Group, *, on: date, note: str = "", evidence: Any = None, by: Person) -> Group:
    """Record that the idea was explained to residents on that day; `evidence` is a photo or a PDF as it was uploaded."""
    with act("groups.socialise", on=group, by=by) as group:
        group.note_step("socialise", by, on=on, note=note, paper=_kept(evidence))
    return group


def deliberate(
    group: Group, *, on: date, attendance: int, place: str = "", note: str = "", evidence: Any = None, roll: Any = None, by: Person
) -> Group:
    """Record the residents' deliberation, where it was and how many came; `roll` is the attendance list as they signed it."""
    with act("groups.deliberate", on=group, by=by) as group:
        facts = {"attendance": attendance, "place": place, "note": note}
        group.note_step("deliberate", by, on=on, **facts, paper=_kept(evidence), roll=_kept(roll))
    return group


def minute(group: Group, *, on: date, minutes: str, seats: Sequence[Seat], evidence: Any = None, by: Person) -> Group:
    """Record the minutes, and seat the board and members they name; `evidence` are the minutes as they were signed."""
    with act("groups.minute", on=group, by=by) as group:
        check_seats(group, seats)
        group.note_step("minute", by, on=on, note=minutes, paper=_kept(evidence))
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


def _kept(upload: Any) -> Paper | None:
    return Paper.receive(upload) if upload else None


def _enter(group: Group, decree: Decree, scan: Any, by: Person) -> None:
    post = office_over(by, group.region, Level.VILLAGE, Level.DISTRICT, Level.REGENCY)
    if post is None or decree.rank not in Decree.ranks_for(group, post.office.level):
        raise NotNow(_("Aturan wilayah ini tidak membolehkan SK dari pejabat itu dicatat oleh kantor Anda."))
    if decree.ends < decree.starts:
        raise NotNow(_("Tanggal berakhir SK lebih awal daripada tanggal mulainya."))
    if decree.replaces_id and decree.replaces_id not in {known.pk for known in group.all_decrees}:
        raise BadRequest(_("SK yang diganti bukan milik KIM ini."))
    decree.group, decree.entered_in, decree.paper = group, post.office, _kept(scan)
    decree.save()
    group.lengthen_board(decree.ends)
    group.note_step("decree", by, on=decree.dated, note=str(decree), paper=decree.paper)
    told(group)


def register(group: Group, *, by: Person) -> Group:
    """Put a group with a decree and a whole profile into the regency's register."""
    with act("groups.register", on=group, by=by) as group:
        group.last_confirmed_at, group.last_confirmed_by = timezone.now(), by
        group.note_step("register", by)
        told(group)
    return group


def verify(group: Group, *, checked: Sequence[str], note: str = "", by: Person) -> Group:
    """Confirm what the regency's office checked; every point of its list has to be ticked."""
    with act("groups.verify", on=group, by=by) as group:
        missing = [point for point in group.rules["verify_checklist"] if point not in checked]
        if missing:
            raise NotNow(_("Belum semuanya diperiksa: %(points)s.") % {"points": "; ".join(missing)})
        group.note_step("verify", by, note=note, checklist=dict.fromkeys(group.rules["verify_checklist"], True))
        told(group)
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
        told(group)
    return group
