"""Passing on another group's story, from the desk."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from kentongan.accounts.guards import signed_in
from kentongan.newsroom import actions, forms
from kentongan.newsroom.views.desk import ask_right, done, person_of, story_for
from kentongan.newsroom.views.offering import REPOST
from kentongan.newsroom.views.story import page
from kentongan.newsroom.workflow.reposts import receiving


@require_POST
@signed_in
def repost(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin to pass it on in the group in use; leads on to the new draft."""
    original = story_for(request, pk)
    ask_right(request, "newsroom.repost", original)
    form = forms.IntroductionForm(request.POST, auto_id=f"repost-{original.pk}-%s")
    if not form.is_valid():
        return page(request, original, {f"{REPOST.name}-{original.pk}": form}, status=400)
    group = receiving(person_of(request), original).group
    made = actions.repost(original, group=group, by=person_of(request), **form.cleaned_data)
    return done("newsroom:story", made.pk, "newsroom.repost")
