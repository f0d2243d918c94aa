"""What the page of a member says about their age, their guardian, and being forgotten."""

from typing import Any

from kentongan.accounts.models import GUARDIAN_WORDING, Account, Erasure, Guardian, Person, wording
from kentongan.core.actions import may
from kentongan.groups.forms.privacy import BirthYearForm, GuardianForm
from kentongan.groups.models import Membership
from kentongan.groups.permissions.privacy import waiting_days


def private_parts(by: Person, row: Membership, account: Account | None, bound: dict[str, Any]) -> dict[str, Any]:
    """The parts and their forms; nothing for those who may do none of it. `bound` holds forms that were refused."""
    if not may(by, "groups.note_birth_year", row):
        return {}
    person, running = row.person, Erasure.running(row.person)
    parts: dict[str, Any] = {"year_form": bound.get("year") or BirthYearForm(initial={"year": person.birth_year}, auto_id="year-%s")}
    if person.is_minor:
        said = Guardian.objects.filter(consent__person=person).select_related("consent").order_by("-id").first()
        parts |= {"guardian": said, "guardian_form": bound.get("guardian") or GuardianForm(auto_id="guardian-%s")}
        parts["guardian_words"] = wording("guardian", GUARDIAN_WORDING)
    if account is None or account.state == Account.State.INVITED:
        wish = running or Erasure(person=person, asked_by=by)
        asks = not running and bool(may(by, "groups.ask_erasure_for", wish))
        takes_back = bool(running) and bool(may(by, "groups.take_back_erasure", wish))
        parts |= {"erasure": running, "may_erase": asks, "may_keep": takes_back, "erasure_days": waiting_days(person) if asks else 0}
    return parts
