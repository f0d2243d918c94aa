"""One address for each verb on a group."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kentongan.accounts.guards import signed_in
from kentongan.documents.downloads import downloadable
from kentongan.documents.sheets import Sheet
from kentongan.groups import actions, forms
from kentongan.groups.views.page import group_or_404, group_page, perform


def people_sheet(request: HttpRequest, pk: int) -> Sheet:
    """The people of the page's table. No numbers of telephones."""
    group = group_or_404(request, pk)
    head = (_("Nama"), _("Peran"), _("Bidang"), _("Punya suara"), _("Mulai"), _("Sampai"))
    rows = ((row.person.name, str(row.get_role_display()), row.field, row.has_vote, row.starts, row.ends) for row in group.people)
    return Sheet(_("Anggota %(group)s") % {"group": group.name}, head, rows)


@require_safe
@signed_in
@downloadable(people_sheet)
def group(request: HttpRequest, pk: int) -> HttpResponse:
    """One group: its formation, what comes next, its people, its decrees, its record."""
    return group_page(request, group_or_404(request, pk))


@require_POST
@signed_in
def founder(request: HttpRequest, pk: int) -> HttpResponse:
    """Name who carries a proposal that came without an account."""
    return perform(request, pk, "groups.assign_founder", forms.FounderForm, actions.assign_founder)


@require_POST
@signed_in
def socialisation(request: HttpRequest, pk: int) -> HttpResponse:
    """Record the socialisation."""
    return perform(request, pk, "groups.socialise", forms.SocialiseForm, actions.socialise)


@require_POST
@signed_in
def deliberation(request: HttpRequest, pk: int) -> HttpResponse:
    """Record the deliberation."""
    return perform(request, pk, "groups.deliberate", forms.DeliberateForm, actions.deliberate)


@require_POST
@signed_in
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """Record minutes, board and members."""
    return perform(request, pk, "groups.minute", forms.MinuteForm, actions.minute)


@require_POST
@signed_in
def decree(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter the first decree."""
    return perform(request, pk, "groups.decree", forms.DecreeForm, actions.decree)


@require_POST
@signed_in
def decree_renewal(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter the decree that follows."""
    return perform(request, pk, "groups.renew_decree", forms.DecreeForm, actions.renew_decree)


@require_POST
@signed_in
def registration(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the group into the register."""
    return perform(request, pk, "groups.register", forms.EmptyForm, actions.register)


@require_POST
@signed_in
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Return to the step before."""
    return perform(request, pk, "groups.return", forms.ReasonForm, actions.send_back)


@require_POST
@signed_in
def dissolution_request(request: HttpRequest, pk: int) -> HttpResponse:
    """The first officer asks."""
    return perform(request, pk, "groups.ask_dissolution", forms.AppealForm, actions.ask_dissolution)


@require_POST
@signed_in
def dissolution_refusal(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the question back."""
    return perform(request, pk, "groups.refuse_dissolution", forms.EmptyForm, actions.refuse_dissolution)


@require_POST
@signed_in
def dissolution(request: HttpRequest, pk: int) -> HttpResponse:
    """The second officer confirms."""
    return perform(request, pk, "groups.dissolve", forms.EmptyForm, actions.dissolve)


@require_POST
@signed_in
def profile(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what the group says about itself."""
    return perform(request, pk, "groups.update_profile", forms.ProfileForm, actions.update_profile)


@require_POST
@signed_in
def confirmation(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that board and contact are still right."""
    return perform(request, pk, "groups.confirm_board", forms.EmptyForm, actions.confirm_board)


@require_POST
@signed_in
def waking(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that the group is still there: its site opens again."""
    return perform(request, pk, "groups.wake", forms.EmptyForm, actions.wake)
