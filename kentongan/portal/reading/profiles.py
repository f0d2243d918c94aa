"""A group as the public sees it: its standing, its people, how it came to be."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kentongan.accounts.models import Recovery
from kentongan.core import workflow
from kentongan.core.language import as_written
from kentongan.core.models import Entry
from kentongan.groups.models import Appeal, Decree, FormationStep, Group, Membership, appeals_of, statements_on
from kentongan.portal.reading.lists import last_date
from kentongan.ui import writing

WAITS = (0, 1, 5, 10)
"""Days up to which a wait is drawn as 0, 1, 2, 3 strokes long; longer ones are 4."""


@dataclass
class Profile:
    """What a group's pages say about the group. Each part is one query."""

    group: Group

    @cached_property
    def decree(self) -> Decree | None:
        """The one that holds, else the last one."""
        return self.group.decree or next(iter(self.group.all_decrees), None)

    @property
    def board(self) -> list[Membership]:
        """Everyone with a role today who said yes to it, in the order of the board."""
        return [row for row in self.group.people if row.agreed_at]

    @property
    def unconfirmed(self) -> str:
        """How many more are on the decree or the list and have not said yes themselves; empty when there are none."""
        count = len({row.person_id for row in self.group.people} - {row.person_id for row in self.board})
        said = ngettext("%(n)s orang lagi belum menyetujui keanggotaannya.", "%(n)s orang lagi belum menyetujui keanggotaannya.", count)
        return said % {"n": count} if count else ""

    @cached_property
    def steps(self) -> list[FormationStep]:
        return list(self.group.steps.order_by("id"))

    @cached_property
    def verified(self) -> FormationStep | None:
        """The step by which it was verified."""
        if self.group.state not in (Group.State.VERIFIED, Group.State.SUSPENDED):
            return None
        return next((step for step in reversed(self.steps) if step.action == "verify"), None)

    @cached_property
    def verifier(self) -> str:
        """In which office: the capacity on the record, never a name."""
        entry = Entry.of(self.group).filter(action="groups.verify").last() if self.verified else None
        return entry.capacity.rpartition(", ")[2] if entry else ""

    @property
    def summary(self) -> str:
        """Decree and verification in one line."""
        return " · ".join(part for part in (self._decree_words(), self._verified_words()) if part)

    def _decree_words(self) -> str:
        if self.decree is None:
            return str(_("SK belum tercatat"))
        words = {"decree": self.decree, "ends": writing.date_only(self.decree.ends)}
        return _("%(decree)s, berakhir %(ends)s") % words if self.decree_over else _("%(decree)s, berlaku s.d. %(ends)s") % words

    @property
    def decree_over(self) -> bool:
        """Whether the last decree has ended: from the day after, by the clock of the place; `Group.moments` makes the page anew then."""
        return self.decree is not None and self.decree.ends < self.group.today

    def _verified_words(self) -> str:
        if self.group.unverified:
            return str(_("belum diverifikasi"))
        if self.verified is None:
            return str(self.group.state_label)
        words = {"office": self.verifier, "date": writing.date_only(self.verified.on)}
        return _("diverifikasi %(office)s, %(date)s") % words if self.verifier else _("diverifikasi %(date)s") % words

    @cached_property
    def facts(self) -> list[tuple[str, Any]]:
        """What the line unfolds into on the group's front."""
        ketua = next((row for row in self.board if row.role == Membership.Role.KETUA), None)
        facts: list[tuple[str, Any]] = []
        if ketua:
            facts.append((_("Ketua"), self._until(ketua)))
        confirmed = self.group.last_confirmed_at
        n = len({row.person_id for row in self.board})
        people = ngettext("%(n)s orang", "%(n)s orang", n) % {"n": n}
        words = {"date": writing.date_only(confirmed, self.group.region), "name": self._confirmed_by} if confirmed else {}
        told = (
            (_(", terakhir ditegaskan %(name)s, %(date)s") if words.get("name") else _(", terakhir ditegaskan %(date)s")) % words
            if words
            else ""
        )
        late = _("; sudah waktunya ditegaskan lagi") if self.group.unconfirmed else ""
        facts.append((_("Pengurus dan anggota"), f"{people}{told}{late}"))
        facts.append((_("Kabar terbit"), writing.number(self.group.story_count)))
        facts.append((_("Berbasis TIK"), self.digital_words))
        return facts

    @property
    def _confirmed_by(self) -> str:
        """Who confirmed board and contact, by name while they serve and said yes to being named; else nobody."""
        return next((row.person.public_name for row in self.board if row.person_id == self.group.last_confirmed_by_id), "")

    def _until(self, row: Membership) -> str:
        name = row.person.public_name
        return _("%(name)s, sampai %(date)s") % {"name": name, "date": writing.date_only(row.ends)} if row.ends else name

    @cached_property
    def digital_words(self) -> str:
        """Computed and stated, each labelled; with the day of the last story, so that it stays true."""
        days = {"days": self.group.rules["digital_days"]}
        last = self.group.last_published_at
        if self.group.state != Group.State.VERIFIED:
            words = _("terhitung tidak: belum terverifikasi")
        elif last is None:
            words = _("terhitung tidak: belum ada kabar")
        else:
            days |= {"until": writing.date_only(last + timedelta(days=days["days"]), self.group.region)}
            words = _("terhitung ya sampai %(until)s: terverifikasi dan menulis dalam %(days)s hari") % days
        if self.group.stated_digital is not None:
            stated = _("ya") if self.group.stated_digital else _("tidak")
            words = f"{words}; {_('dinyatakan %(stated)s') % {'stated': stated}}"
        return str(words)

    @property
    def last_date(self) -> str:
        """The day of its last story, as a date; empty when there is none."""
        return last_date(self.group)

    @cached_property
    def timeline(self) -> list[dict[str, Any]]:
        """The formation as the component `timeline` takes it: the longer the stroke, the longer the wait before the next step."""
        following = [step.on for step in self.steps[1:]]
        rows: list[dict[str, Any]] = []
        for position, step in enumerate(self.steps):
            days = (following[position] - step.on).days if position < len(following) else 0
            wait = sum(days > limit for limit in WAITS)
            rows.append({"title": workflow.past(f"groups.{step.action}"), "note": self._note(step), "wait": wait, "kind": ""})
        return rows

    def _note(self, step: FormationStep) -> str:
        came = _("%(n)s orang hadir") % {"n": step.attendance} if step.attendance else ""
        return " · ".join(part for part in (writing.day(step.on), came) if part)

    @cached_property
    def appeal(self) -> str:
        """What came of the group's appeal against its suspension, in a sentence; empty when it made none. Its words stay at the desk."""
        row = next(iter(appeals_of(self.group)), None) if self.group.state == Group.State.SUSPENDED else None
        if row is None:
            return ""
        words = {"day": writing.date_only(row.at, self.group.region)}
        said = {
            Appeal.Outcome.OPEN: _("Kelompok ini mengajukan keberatan pada %(day)s; belum dijawab."),
            Appeal.Outcome.UPHELD: _("Kelompok ini mengajukan keberatan pada %(day)s; ditolak pada %(answered)s."),
            Appeal.Outcome.GRANTED: _(
                "Kelompok ini mengajukan keberatan pada %(day)s; dikabulkan pada %(answered)s, pencabutan sedang diurus."
            ),
        }[Appeal.Outcome(row.outcome)]
        return said % (words | {"answered": writing.date_only(row.answered_at, self.group.region) if row.answered_at else ""})

    @cached_property
    def statements(self) -> list[dict[str, Any]]:
        """What the village says today, and what the group answered: words of people, as they wrote them."""
        rows = [row for row in statements_on(self.group) if row.living]
        return [
            {
                "head": (_("%(who)s menyampaikan keberatan") if row.objects_to_it else _("%(who)s mendukung")) % {"who": row.office},
                "on": writing.date_only(row.at, self.group.region),
                "reason": row.reason,
                "answer": row.answer,
                "waits": row.unanswered,
            }
            for row in rows
        ]

    @cached_property
    def recoveries(self) -> list[str]:
        """The visible log: accounts of members that were recovered, newest first, so that nobody quietly becomes someone else.

        Also those their owner stopped: what happened stays in the log.
        """
        people = [row.person_id for row in self.board]
        rows = Recovery.objects.filter(account__person__in=people).select_related("account__person", "requested_by", "confirmed_by")
        return [self._recovery(row) for row in rows.order_by("-requested_at")[:10]]

    def _recovery(self, row: Recovery) -> str:
        words = {
            "name": row.account.person.public_name,
            "by": row.requested_by.public_name,
            "date": writing.date_only(row.requested_at, self.group.region),
        }
        asked = _("Akun %(name)s: diminta %(by)s, %(date)s") % words
        confirmed = _("dikuatkan %(name)s") % {"name": row.confirmed_by.public_name} if row.confirmed_by else _("belum dikuatkan")
        return f"{asked}; {confirmed}."

    @property
    def board_table(self) -> dict[str, Any]:
        """Roles, names and terms as the tag `table` takes them."""
        rows = [[row.person.public_name, self._role(row), self._term(row)] for row in self.board]
        return {"head": [_("Nama"), _("Peran"), _("Masa")], "rows": rows}

    def _role(self, row: Membership) -> str:
        return f"{row.get_role_display()}, {row.field}" if row.field else str(row.get_role_display())

    def _term(self, row: Membership) -> str:
        ends = writing.date_only(row.ends) if row.ends else _("seterusnya")
        return f"{writing.date_only(row.starts)} – {ends}"

    @cached_property
    def about_facts(self) -> list[tuple[str, Any]]:
        """Decree, secretariat, contact, fields: the group's own page about itself."""
        group, decree = self.group, self.decree
        facts: list[tuple[str, Any]] = [
            (_("Wilayah"), [(group.region.full_label, group.region.get_absolute_url())]),
            (_("Kode wilayah"), group.region.code),
        ]
        if decree:
            term = {"starts": writing.date_only(decree.starts), "ends": writing.date_only(decree.ends)}
            signed = {"issuer": decree.issuer, "date": writing.date_only(decree.dated)}
            held = _("berlaku %(starts)s–%(ends)s, sudah berakhir") if self.decree_over else _("berlaku %(starts)s–%(ends)s")
            facts.append((_("SK"), [str(decree), _("ditandatangani %(issuer)s, %(date)s") % signed, held % term]))
        optional = (
            (_("Berdiri"), writing.date_only(group.founded_on) if group.founded_on else ""),
            (_("Sekretariat"), as_written(group.secretariat)),
            (_("Kontak"), group.contact),
            (_("Bidang"), as_written(", ".join(group.fields))),
            (_("Asal data"), as_written(group.source_note)),
        )
        return facts + [(name, words) for name, words in optional if words]


def public_groups() -> Any:
    """Groups with a public page, with their place."""
    return Group.objects.visible_to(None).select_related("region")
