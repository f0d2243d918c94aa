"""Who serves in an office, and what hangs on a post: slips, recoveries, the rules of a region."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kentongan.accounts.models import Account, Person, Recovery, Slip
from kentongan.core.actions import act
from kentongan.core.errors import BadRequest, NotNow
from kentongan.core.jobs import enqueue
from kentongan.groups.models import (
    RULES,
    Appointment,
    Group,
    Office,
    person_for,
    sites_naming,
    sites_ruled_by,
)
from kentongan.groups.settings import DAYS_A_MONTH
from kentongan.pages import store
from kentongan.regions.models import Region, RegionSetting


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
        if key in RULES:
            enqueue("groups.reckon_region", code=region.code if region else "")
        if key.removeprefix("groups.") in Group.LAPSES:
            for group in Group.objects.public().within(region):
                if group.last_published_at:
                    store.changes_at(group.last_published_at + timedelta(days=value), *group.sites())
        if key == "groups.reconfirm_months":
            for group in Group.objects.public().within(region):
                if confirmed := group.last_confirmed_at or group.public_since:
                    store.changes_at(confirmed + timedelta(days=value * DAYS_A_MONTH), *group.sites())
    return setting
