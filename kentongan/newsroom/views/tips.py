"""Raw material: the public form of each group, and the tip at the desk."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kentongan.accounts.guards import address_of, signed_in
from kentongan.accounts.models import Attempt
from kentongan.core.actors import PUBLIC
from kentongan.core.errors import NotNow
from kentongan.core.models import Step
from kentongan.groups.models import Group
from kentongan.newsroom import actions, forms
from kentongan.newsroom.models import Tip
from kentongan.newsroom.views.desk import ask_right, done, form_page, person_of, seen, tip_for
from kentongan.newsroom.views.verbs import TIP_VERBS, Verb, bound, doors, tip_address


@never_cache
@form_page
def tip(request: HttpRequest, slug: str) -> HttpResponse:
    """Anyone brings something to a group: no account, no cookie, never stored."""
    group = _open_group(slug)
    form = forms.TipForm(request.POST if request.method == "POST" else None, initial={"key": forms.new_key()})
    if form.is_bound:
        Attempt.spend("tip", group.slug, address_of(request))
        if form.is_valid():
            actions.receive_tip(group, by=PUBLIC, **form.said())
            return redirect("newsroom:tip_thanks", slug=slug)
    return render(
        request, "newsroom/tip.html", {"form": form, "group": group, "crumbs": _crumbs(group)}, status=400 if form.is_bound else 200
    )


@never_cache
@require_safe
def tip_thanks(request: HttpRequest, slug: str) -> HttpResponse:
    """What happens next with what was brought."""
    group = get_object_or_404(Group.objects.public(), slug=slug)
    return render(request, "newsroom/tip_thanks.html", {"group": group, "crumbs": _crumbs(group)})


@require_safe
@signed_in
def tip_at_desk(request: HttpRequest, pk: int) -> HttpResponse:
    """A tip as the group's members read it."""
    return page(request, tip_for(request, pk))


def page(request: HttpRequest, tip: Tip, sent: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    """The tip's page, with forms that came back."""
    crumbs = [(_("Kabar"), reverse("newsroom:stories")), (_("Bahan"), reverse("newsroom:tips"))]
    became = Step.out_of(tip) if tip.state == Tip.State.TAKEN_UP else []
    shown = doors(TIP_VERBS, tip, person_of(request), tip_address(tip), sent or {})
    return render(request, "newsroom/tip_at_desk.html", {"tip": tip, "doors": shown, "became": became, "crumbs": crumbs}, status=status)


def tip_verb(verb: Verb) -> Callable[..., HttpResponseBase]:
    """The view of one verb of a tip. What becomes a story leads on to the story."""

    @require_POST
    @signed_in
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        tip = tip_for(request, pk)
        ask_right(request, verb.action, tip)
        form = bound(verb, tip, request.POST)
        if form is not None and not form.is_valid():
            return page(request, tip, {f"{verb.name}-{tip.pk}": form}, status=400)
        made = verb.do(seen(request, tip), by=person_of(request), **(form.cleaned_data if form else {}))  # type: ignore[misc]
        return done("newsroom:write" if verb.name == "take_up" else "newsroom:tip_at_desk", made.pk, verb.action)

    return view


def _open_group(slug: str) -> Group:
    group = get_object_or_404(Group.objects.public().select_related("region"), slug=slug)
    if group.asleep_since:
        raise NotNow(group.asleep_sentence)
    if not group.may_publish:
        sentence = _(
            "%(group)s sedang tidak bisa menerima bahan: %(state)s. Sampaikan langsung kepada pemerintah desa atau kelurahan Anda."
        )
        raise NotNow(sentence % {"group": group.name, "state": group.state_label})
    return group


def _crumbs(group: Group) -> list[tuple[str, str]]:
    return [(group.name, reverse("portal:group", args=[group.slug])), (_("Kirim bahan"), "")]
