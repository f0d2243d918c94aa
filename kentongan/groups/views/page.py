"""What the pages of this room share: finding a thing, asking the tables, performing one verb, and the page of one group."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from itertools import zip_longest
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kentongan.accounts.models import Account, Person, Recovery
from kentongan.core import permissions, workflow
from kentongan.core.actions import Answer, may
from kentongan.core.errors import BadRequest, NotNow, Stale
from kentongan.core.models import Acted, Entry
from kentongan.groups import forms
from kentongan.groups.models import (
    GOVERNING,
    FormationStep,
    Group,
    Membership,
    Office,
    Statement,
    Suspension,
    appointment_over,
    membership_of,
)
from kentongan.groups.permissions import decreeing_offices, three_offices
from kentongan.groups.views.exhibits import course_of, exhibits_of, next_step, prints_of, said_of
from kentongan.groups.workflow import FORWARD, board_of, founder_of, regency_of
from kentongan.ui.writing import date_only, day

BEFORE_BOARD = ("proposed", "socialised", "deliberated")
"""Nobody holds a post yet: a founder may still be named, nobody may write a profile."""
INVALID = 422
"""The answer to a form that has to be filled again."""


def person_of(request: HttpRequest) -> Person:
    """Who is at the desk; views stand behind `signed_in`."""
    person: Person = request.person  # type: ignore[attr-defined]
    return person


def group_or_404(request: HttpRequest, pk: int) -> Group:
    """The group, when this person may see it."""
    groups = Group.objects.visible_to(person_of(request)).select_related("region", "founder__account", "dissolution_asked_by")
    groups = groups.annotate(has_statements=Exists(Statement.of_this()), has_suspension=Exists(Suspension.of_this()))
    return get_object_or_404(groups, pk=pk)


def inside_or_404(request: HttpRequest, pk: int) -> Group:
    """The group, when this person may read its own papers: its people, the offices above it, its last board."""
    return get_object_or_404(Group.objects.read_inside_by(person_of(request)).select_related("region"), pk=pk)


def inside_crumbs(group: Group, *more: tuple[Any, str]) -> list[tuple[Any, str]]:
    """The way to a page that hangs below a group."""
    return [(_("KIM"), reverse("groups:mine")), (group.name, reverse("groups:group", args=[group.pk])), *more]


def ask(person: Person, action: str, thing: Acted) -> None:
    """Raise NotAllowed or NotNow before anything typed is looked at."""
    permissions.capacity(person, action, thing)
    workflow.check(action, thing)


def seen(request: HttpRequest, thing: Any) -> Any:
    """The thing as it was when the form was filled."""
    version = request.POST.get("version", "")
    if not version.isdecimal():
        raise BadRequest(_("Formulir ini tidak lengkap. Buka lagi halamannya, lalu kirim sekali lagi."))
    return thing.seen(version[:9])


def done(href: str, action: str) -> HttpResponse:
    """On to the page that shows the result, with one sentence."""
    return redirect(f"{href}?selesai={action}")


def perform(request: HttpRequest, pk: int, action: str, form_class: type[forms.GroupForm], verb: Callable[..., Any]) -> HttpResponse:
    """One verb on a group: may they, is it the time, is the form right, do it. A form that was refused is shown again as it was typed."""
    group = group_or_404(request, pk)
    ask(person_of(request), action, group)
    form = form_class(request.POST, request.FILES, group=group, prefix=prefix_of(action))
    if not form.is_valid():
        return group_page(request, group, {action: form}, INVALID)
    try:
        verb(seen(request, group), **form.facts(), by=person_of(request))
    except Stale:
        raise
    except (NotNow, BadRequest) as refused:
        form.add_error(None, refused.sentence)
        return group_page(request, group_or_404(request, pk), {action: form}, refused.status)
    return done(reverse("groups:group", args=[pk]), action)


def prefix_of(action: str) -> str | None:
    """Several forms share a page; the profile keeps its bare names so that two texts can be compared when it is stale."""
    return None if action == "groups.update_profile" else action.removeprefix("groups.")


@dataclass(frozen=True)
class Verb:
    """How a verb on a group is offered: its button, where it posts, what is filled in, and what it brings about."""

    label: Any
    route: str
    form: type[forms.GroupForm] = forms.EmptyForm
    kind: str = "plain"
    title: Any = ""
    consequence: Any = ""


VERBS: dict[str, Verb] = {
    "groups.assign_founder": Verb(
        gettext_lazy("Tunjuk pengusul"),
        "founder",
        forms.FounderForm,
        consequence=gettext_lazy("Ia mendapat akun dan masuk dengan slip yang Anda cetak."),
    ),
    "groups.socialise": Verb(gettext_lazy("Catat sosialisasi"), "socialisation", forms.SocialiseForm),
    "groups.deliberate": Verb(gettext_lazy("Catat musyawarah"), "deliberation", forms.DeliberateForm),
    "groups.minute": Verb(
        gettext_lazy("Catat berita acara"),
        "minutes",
        forms.MinuteForm,
        consequence=gettext_lazy("Pengurus dan anggota yang ditulis di sini langsung mendapat perannya."),
    ),
    "groups.decree": Verb(
        gettext_lazy("Catat SK"),
        "decree",
        forms.DecreeForm,
        consequence=gettext_lazy("Sesudah ini KIM tampil untuk umum dan boleh menerbitkan kabar."),
    ),
    "groups.register": Verb(
        gettext_lazy("Daftarkan KIM"),
        "registration",
        consequence=gettext_lazy("KIM masuk daftar Diskominfo dan menunggu diverifikasi. Selama menunggu, kabar tetap bisa terbit."),
    ),
    "groups.verify": Verb(
        gettext_lazy("Verifikasi KIM"),
        "verification",
        forms.VerifyForm,
        consequence=gettext_lazy("Tanda “belum diverifikasi” hilang dari semua halamannya."),
    ),
    "groups.return": Verb(gettext_lazy("Kembalikan ke langkah sebelumnya"), "return", forms.ReasonForm),
    "groups.renew_decree": Verb(
        gettext_lazy("Catat SK baru"),
        "decree_renewal",
        forms.DecreeForm,
        consequence=gettext_lazy("Masa pengurus ikut sampai akhir SK baru."),
    ),
    "groups.update_profile": Verb(gettext_lazy("Ubah profil"), "profile", forms.ProfileForm),
    "groups.confirm_board": Verb(
        gettext_lazy("Tegaskan pengurus dan kontak"),
        "confirmation",
        consequence=gettext_lazy("Anda menyatakan pengurus dan kontak di halaman ini masih benar."),
    ),
    "groups.wake": Verb(
        gettext_lazy("Kami masih aktif"),
        "waking",
        consequence=gettext_lazy("Situs KIM terbuka seperti semula: bisa menerbitkan dan menerima bahan."),
    ),
    "groups.endorse": Verb(
        gettext_lazy("Dukung KIM ini"),
        "support",
        forms.EndorseForm,
        consequence=gettext_lazy("Atas nama kantor Anda. Menggantikan dukungan atau keberatan sebelumnya; yang lama tetap terbaca."),
    ),
    "groups.object": Verb(
        gettext_lazy("Sampaikan keberatan"),
        "objection",
        forms.ObjectForm,
        consequence=gettext_lazy("Pembentukan tetap berjalan. Kelompok menjawab, dan Diskominfo membaca keduanya sebelum memverifikasi."),
    ),
    "groups.answer_objection": Verb(gettext_lazy("Jawab keberatan"), "objection_answer", forms.AnswerForm),
    "groups.confirm_decree": Verb(
        gettext_lazy("Pastikan SK"),
        "decree_confirmation",
        forms.ConfirmDecreeForm,
        consequence=gettext_lazy(
            "SK ini dicatat kantor lain. Cocokkan nomor dan tanggalnya dengan arsip Anda. Kalau tidak benar, sampaikan keberatan."
        ),
    ),
    "groups.ask_suspension": Verb(
        gettext_lazy("Usulkan pembekuan"),
        "suspension_request",
        forms.AppealForm,
        "danger",
        consequence=gettext_lazy("Baru berlaku sesudah dikuatkan petugas kedua."),
    ),
    "groups.suspend": Verb(
        gettext_lazy("Kuatkan pembekuan"),
        "suspension",
        forms.EmptyForm,
        "danger",
        consequence=gettext_lazy("Kabar lama tetap terbaca, kabar baru tidak bisa terbit. Kelompok bisa mengajukan keberatan."),
    ),
    "groups.refuse_suspension": Verb(gettext_lazy("Batalkan usulan pembekuan"), "suspension_refusal"),
    "groups.appeal": Verb(
        gettext_lazy("Ajukan keberatan atas pembekuan"),
        "appeal",
        forms.SuspensionAppealForm,
        consequence=gettext_lazy("Dijawab petugas Diskominfo yang tidak ikut membekukan, selama ada."),
    ),
    "groups.grant_appeal": Verb(
        gettext_lazy("Kabulkan keberatan"),
        "granting",
        forms.AnswerForm,
        consequence=gettext_lazy("Sekaligus mengusulkan pencabutan; petugas lain menguatkannya."),
    ),
    "groups.uphold_suspension": Verb(gettext_lazy("Tolak keberatan"), "upholding", forms.AnswerForm),
    "groups.ask_lifting": Verb(
        gettext_lazy("Usulkan pencabutan pembekuan"),
        "lifting_request",
        forms.LiftForm,
        consequence=gettext_lazy("Baru berlaku sesudah dikuatkan petugas kedua."),
    ),
    "groups.lift": Verb(gettext_lazy("Kuatkan pencabutan pembekuan"), "lifting"),
    "groups.refuse_lifting": Verb(gettext_lazy("Batalkan usulan pencabutan"), "lifting_refusal"),
    "groups.ask_dissolution": Verb(
        gettext_lazy("Usulkan pembubaran"),
        "dissolution_request",
        forms.AppealForm,
        "danger",
        consequence=gettext_lazy("Baru berlaku sesudah dikuatkan petugas kedua."),
    ),
    "groups.dissolve": Verb(
        gettext_lazy("Kuatkan pembubaran"),
        "dissolution",
        forms.EmptyForm,
        "danger",
        consequence=gettext_lazy("Semua peran di KIM ini berakhir. Kabarnya tetap terbaca. Tidak bisa dibatalkan."),
    ),
    "groups.refuse_dissolution": Verb(gettext_lazy("Batalkan usulan pembubaran"), "dissolution_refusal"),
}


@dataclass(frozen=True)
class Offer:
    """One verb as this person meets it on the page of a group."""

    action: str
    verb: Verb
    href: str
    form: forms.GroupForm
    answer: Answer

    @property
    def id(self) -> str:
        return f"mengapa-{self.action.replace('.', '-')}"


def offer(person: Person, action: str, group: Group, bound: dict[str, Any]) -> Offer:
    """The verb with its form, filled as it was when it was refused, and whether it may be done."""
    verb = VERBS[action]
    form = bound.get(action) or verb.form(group=group, prefix=prefix_of(action))
    return Offer(action, verb, reverse(f"groups:{verb.route}", args=[group.pk]), form, may(person, action, group))


AHEAD = ("deliberate", "minute", "decree", "register", "verify")
NEXT_STEP: dict[str, str] = {
    "proposed": "deliberate",
    "socialised": "deliberate",
    "deliberated": "minute",
    "minuted": "decree",
    "decreed": "register",
    "registered": "verify",
}
WAITED_FOR: dict[str, tuple[Any, Callable[[Group], list[str]]]] = {
    "proposed": (gettext_lazy("Menunggu sosialisasi atau musyawarah"), three_offices),
    "socialised": (gettext_lazy("Menunggu musyawarah warga"), founder_of),
    "deliberated": (gettext_lazy("Menunggu berita acara dan susunan pengurus"), founder_of),
    "minuted": (gettext_lazy("Menunggu SK"), decreeing_offices),
    "decreed": (gettext_lazy("Menunggu profil lengkap dan pendaftaran"), board_of),
    "registered": (gettext_lazy("Menunggu diverifikasi"), regency_of),
}


def waited_for(group: Group) -> str:
    """What a formation waits for, in three words; empty when it waits for nothing."""
    return str(WAITED_FOR[group.state][0]) if group.state in WAITED_FOR else ""


def waited_by(group: Group) -> tuple[list[str], str]:
    """Who is waited for, and how long by now."""
    names = WAITED_FOR[group.state][1](group) if group.state in WAITED_FOR else []
    return names, days_ago(group.waiting_days)


def days_ago(days: int) -> str:
    """ "hari ini", "3 hari"."""
    return ngettext("%(n)s hari", "%(n)s hari", days) % {"n": days} if days else _("hari ini")


@dataclass(frozen=True)
class Stroke:
    """One step of the timeline as the component draws it."""

    title: str
    note: str = ""
    wait: int = 0
    kind: str = ""
    wait_label: str = ""


def timeline(group: Group, steps: list[FormationStep], *, mine: bool) -> list[Stroke]:
    """What happened, how long each step waited, what it waits for now (warm when it waits for this person), what is still to come."""
    strokes = [_stroke(step, after) for step, after in zip_longest(steps, [step.on for step in steps[1:]])]
    if group.state in WAITED_FOR:
        sentence, helpers = WAITED_FOR[group.state]
        strokes.append(
            Stroke(
                str(sentence),
                ", ".join(helpers(group)),
                kind="late" if group.stuck else "now" if mine else "todo",
                wait_label=_("sudah %(days)s") % {"days": days_ago(group.waiting_days)} if group.waiting_days else "",
            )
        )
        ahead = AHEAD[AHEAD.index(NEXT_STEP[group.state]) + 1 :]
        strokes += [Stroke(workflow.past(f"groups.{name}"), kind="todo") for name in ahead]
    return strokes


def _stroke(step: Any, after: Any) -> Stroke:
    waited = max(0, (after - step.on).days) if after else 0
    parts = [
        day(step.on),
        step.by.name if step.by else _("umum"),
        _("%(n)s orang hadir") % {"n": step.attendance} if step.attendance else "",
        step.note,
    ]
    length = next(size for size, most in enumerate((0, 1, 5, 10, 10**6)) if waited <= most)
    return Stroke(
        workflow.past(f"groups.{step.action}"),
        " · ".join(part for part in parts if part),
        length,
        wait_label=_("%(days)s sampai langkah berikutnya") % {"days": days_ago(waited)} if waited else "",
    )


def log_of(group: Group, rows: list[Membership]) -> list[tuple[Entry, str, str]]:
    """The newest lines of the record about a group, its members, their slips and recoveries: line, what happened, about whom."""
    names = {row.pk: row.person.name for row in rows}
    accounts = {row.person.account.pk: row.person.name for row in rows if hasattr(row.person, "account")}
    kinds = {model: ContentType.objects.get_for_model(model).pk for model in (Group, Membership, Account, Recovery)}
    theirs = Recovery.objects.filter(account__in=accounts).values("pk")
    about = Q(about_type=kinds[Group], about_id=group.pk) | Q(about_type=kinds[Membership], about_id__in=names)
    about |= Q(about_type=kinds[Account], about_id__in=accounts, action="groups.print_slip") | Q(
        about_type=kinds[Recovery], about_id__in=theirs
    )
    name = Subquery(Person.objects.filter(pk=OuterRef("by_id")).values("name")[:1])
    owner = Subquery(Recovery.objects.filter(pk=OuterRef("about_id")).values("account__person__name")[:1])
    lines = Entry.objects.filter(about).annotate(by_name=name, owner=owner).order_by("-id")[:30]
    whom = {kinds[Membership]: names, kinds[Account]: accounts}
    told = {
        line.pk: line.owner if line.about_type_id == kinds[Recovery] else whom.get(line.about_type_id, {}).get(line.about_id, "")
        for line in lines
    }
    return [(line, workflow.past(line.action), told[line.pk] or "") for line in lines]


MORE = (
    "groups.wake",
    "groups.renew_decree",
    "groups.confirm_board",
    "groups.return",
    "groups.confirm_decree",
    "groups.answer_objection",
    "groups.endorse",
    "groups.object",
    "groups.appeal",
    "groups.grant_appeal",
    "groups.uphold_suspension",
    "groups.suspend",
    "groups.refuse_suspension",
    "groups.ask_suspension",
    "groups.lift",
    "groups.refuse_lifting",
    "groups.ask_lifting",
    "groups.dissolve",
    "groups.refuse_dissolution",
    "groups.ask_dissolution",
)


def group_page(request: HttpRequest, group: Group, bound: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    """The page of one group; `bound` holds forms that were refused, by action."""
    person, bound = person_of(request), bound or {}
    steps = list(group.steps.select_related("by", "paper", "roll"))
    rows = list(group.memberships.select_related("person__account").order_by("id"))
    group.people = seated(group, rows)
    profile = offer(person, "groups.update_profile", group, bound)
    forward = steps_ahead(person, group, profile, bound)
    more = [one for action in MORE if (one := offer(person, action, group, bound)).answer or action in bound]
    mine = any(one.answer for one in forward)
    lapses, over = lapsing(group)
    due = due_in(group, lapses or bool(over))
    forward += [one for one in more if one.action in due]
    context = {
        "group": group,
        "crumbs": [(_("KIM"), reverse("groups:mine")), (group.name, "")],
        "steps": timeline(group, steps, mine=mine),
        "forward": forward,
        "more": [one for one in more if one.action not in due],
        "profile": None if profile in forward or group.state in BEFORE_BOARD else profile,
        "admit": bound.get("groups.admit") or forms.AdmitForm(group=group, prefix="admit"),
        "may_admit": may(person, "groups.admit", Membership(group=group, person=person)),
        "log": log_of(group, rows),
        "stands_behind": bool(stands_behind(person, group)),
        "insider": bool(
            stands_behind(person, group)
            or person.pk == group.founder_id
            or any(row.person_id == person.pk for row in group.people)
            or keeps_archive(person, group)
        ),
        "takes_all": keeps_archive(person, group)
        or any(row.person_id == person.pk and row.role in Membership.BOARD for row in group.people),
        "decree_lapses": lapses,
        "decree_over": over,
        "on_board": bool(membership_of(person, group, Membership.Role.KETUA, Membership.Role.SEKRETARIS)),
        "facts": facts_of(group),
        "returned": steps[-1] if steps and steps[-1].action == "return" else None,
        "step": next_step(group, *waited_by(group)),
        "may_examine": group.state == Group.State.REGISTERED and bool(may(person, "groups.verify", group)),
    }
    context |= inside_of(group, steps) if context["insider"] else {}
    return render(request, "groups/group.html", context | course_of(group) | said_of(group), status=status)


def inside_of(group: Group, steps: list[FormationStep]) -> dict[str, Any]:
    """What only the people of the formation and the offices above see: its evidence and the papers to print."""
    needed, others = prints_of(group)
    return {"exhibits": exhibits_of(group, steps), "needed_prints": needed, "other_prints": others}


def lapsing(group: Group) -> tuple[bool, Any]:
    """Whether the decree of today ends within the first reminder of the region's rule; the last decree when none holds any more."""
    if group.state not in (*Group.PUBLISHING, Group.State.SUSPENDED):
        return False, None
    first = timedelta(days=max(int(days) for days in group.rules["reminder_days"]))
    last = next(iter(group.all_decrees), None)
    over = last if last and last.ends < group.today else None
    return bool(group.decree and group.decree == last and last.ends <= group.today + first), over


def keeps_archive(person: Person, group: Group) -> bool:
    """Whether somebody sat on the last board of a dissolved group: its record and its papers stay open to them."""
    return group.state == Group.State.DISSOLVED and person.memberships.of_last_board().filter(group=group).exists()


def due_in(group: Group, lapses: bool) -> list[str]:
    """What is to be done now in a group that is formed: it stands first on the page of whoever may do it."""
    asked = {
        "groups.wake": group.asleep_since or group.sleep_warned_at,
        "groups.confirm_board": group.unconfirmed,
        "groups.renew_decree": lapses,
        "groups.confirm_decree": True,  # where it may be done it waits
        "groups.answer_objection": True,
        "groups.appeal": True,
        "groups.grant_appeal": True,
        "groups.uphold_suspension": True,
        "groups.suspend": True,
        "groups.refuse_suspension": True,
        "groups.lift": True,
        "groups.refuse_lifting": True,
        "groups.dissolve": group.dissolution_asked_by_id,
        "groups.refuse_dissolution": group.dissolution_asked_by_id,
    }
    return [action for action, now in asked.items() if now]


def seated(group: Group, rows: list[Membership]) -> list[Membership]:
    """Who serves today, in the order of their roles."""
    people = sorted((row for row in rows if current(row)), key=lambda row: Membership.Role.values.index(row.role))
    for row in people:
        row.group = group
    return people


def steps_ahead(person: Person, group: Group, profile: Any, bound: dict[str, Any]) -> list[Any]:
    """What leads on from here: what is missing first."""
    forward = [offer(person, action, group, bound) for action in FORWARD.get(group.state, ())]
    forward = [one for one in forward if one.action != "groups.verify" or not one.answer]  # it has a page of its own
    if not group.founder_id and group.state in BEFORE_BOARD:
        forward.insert(0, offer(person, "groups.assign_founder", group, bound))
    if group.state == Group.State.DECREED and group.profile_gaps:
        forward.insert(0, profile)
    return forward


def current(row: Membership) -> bool:
    """Whether a membership gives rights today."""
    today = timezone.localdate()
    return row.state == Membership.State.ACTIVE and row.starts <= today and (row.ends is None or row.ends >= today)


def stands_behind(person: Person, group: Group) -> Any:
    """The post in which somebody may print slips for this group's people."""
    board = membership_of(person, group, Membership.Role.KETUA, Membership.Role.SEKRETARIS)
    return board or appointment_over(person, group.region, *GOVERNING, Office.Kind.MINISTRY)


def facts_of(group: Group) -> list[tuple[str, Any]]:
    """The profile as pairs."""
    confirmed = date_only(group.last_confirmed_at) if group.last_confirmed_at else _("belum pernah")
    facts = [
        (_("Wilayah"), group.region.full_label),
        (
            _("Pengusul"),
            group.proposers
            if group.founder_id or group.is_public or not group.proposers
            else _("%(names)s (tanpa akun)") % {"names": group.proposers},
        ),
        (_("Asal data"), group.source_note),
        (_("Sekretariat"), group.secretariat),
        (_("Kontak umum"), group.contact),
        (_("Berdiri"), date_only(group.founded_on) if group.founded_on else ""),
        (_("Bidang"), ", ".join(group.fields)),
    ]
    if group.is_public:
        facts += [(_("Pengurus ditegaskan"), confirmed), (_("Berbasis TIK, terhitung"), _("ya") if group.is_digital else _("tidak"))]
    if group.submission and not group.founder_id:
        facts.append((_("Kode usulan"), group.submission))
    return [(name, value) for name, value in facts if value]
