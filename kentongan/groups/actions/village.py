"""What the office of a place says about a group and its decree, and what the group answers."""

from django.utils import timezone
from django.utils.translation import gettext as _

from kentongan.accounts.models import Person
from kentongan.core.actions import act
from kentongan.core.errors import NotNow
from kentongan.groups.actions.inner import told
from kentongan.groups.models import Group, office_over
from kentongan.groups.models.statements import Statement, unanswered_objection
from kentongan.groups.workflow.village import unconfirmed_decrees
from kentongan.regions.models import Level


def endorse(group: Group, *, reason: str = "", by: Person) -> Group:
    """Say that the village stands behind this group. What its office said before stays readable."""
    with act("groups.endorse", on=group, by=by) as group:
        _say(group, Statement.Kind.SUPPORT, reason, by)
    return group


def object_to(group: Group, *, reason: str, by: Person) -> Group:
    """Object, with a reason. Nothing stops: the group answers, and whoever verifies reads both."""
    with act("groups.object", on=group, by=by) as group:
        if not reason.strip():
            raise NotNow(_("Keberatan perlu alasan, supaya kelompok bisa menjawab."))
        _say(group, Statement.Kind.OBJECTION, reason, by)
    return group


def _say(group: Group, kind: str, reason: str, by: Person) -> None:
    post = office_over(by, group.region, Level.VILLAGE)
    group.statements.filter(office=post.office, living=True).update(living=False)  # type: ignore[union-attr]
    group.statements.create(kind=kind, office=post.office, title=post.title, reason=reason, by=by)  # type: ignore[union-attr]
    if group.is_public:
        told(group)


def answer_objection(group: Group, *, answer: str, by: Person) -> Group:
    """Answer the objection that has waited longest."""
    with act("groups.answer_objection", on=group, by=by) as group:
        objection = unanswered_objection(group)
        objection.answer, objection.answered_by, objection.answered_at = answer, by, timezone.now()  # type: ignore[union-attr]
        objection.save(update_fields=["answer", "answered_by", "answered_at"])  # type: ignore[union-attr]
        if group.is_public:
            told(group)
    return group


def confirm_decree(group: Group, *, by: Person) -> Group:
    """Say of every decree that another office or a register brought: this one was really issued here."""
    with act("groups.confirm_decree", on=group, by=by) as group:
        ours = [decree for decree in unconfirmed_decrees(group) if office_over(by, group.region, decree.level)]
        if not ours:
            raise NotNow(_("SK yang belum dipastikan diterbitkan kantor lain."))
        for decree in ours:
            decree.confirmed_by, decree.confirmed_at = by, timezone.now()
            decree.save(update_fields=["confirmed_by", "confirmed_at"])
        told(group)
    return group
