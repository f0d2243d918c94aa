"""What the public sees of a story tells the page store when it changes."""

import pytest

from kentongan.newsroom import actions
from kentongan.newsroom.tests.factories import RETRACTED_BECAUSE, correction_in, story_in
from kentongan.pages.models import Change

VERBS = {
    "publish": ("verified", lambda story, cast: actions.publish(story, by=cast.redaktur)),
    "retract": ("published", lambda story, cast: actions.retract(story, reason=RETRACTED_BECAUSE, by=cast.redaktur)),
    "withhold": ("published", lambda story, cast: actions.withhold(story, order="Penetapan 12/2026", by=cast.operator)),
    "restore": ("withheld", lambda story, cast: actions.restore(story, by=cast.operator)),
    "confirm_correction": ("published", lambda story, cast: correction_in("confirmed", story, cast)),
}


@pytest.mark.parametrize("verb", VERBS)
def test_a_change_that_the_public_sees_tells_all_six_sites(cast, verb):
    state, change = VERBS[verb]
    story = story_in(state, cast)
    Change.objects.all().delete()
    change(story, cast)
    assert sorted(Change.objects.values_list("site", flat=True)) == sorted(story.sites())


@pytest.mark.parametrize("verb", ["retract", "withhold"])
def test_what_is_taken_down_is_not_shown_again_from_a_kept_copy(cast, verb):
    state, change = VERBS[verb]
    story = story_in(state, cast)
    change(story, cast)
    assert Change.objects.filter(hard=True).count() == 6


@pytest.mark.parametrize("state", ["gathered", "written", "submitted", "returned", "verified", "withdrawn"])
def test_a_story_in_the_making_tells_it_nothing(cast, state):
    story_in(state, cast)
    assert not Change.objects.exists()
