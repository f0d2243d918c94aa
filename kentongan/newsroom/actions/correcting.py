"""What is said against a published story: corrections by two people, objections by officials."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kentongan.accounts.models import Person
from kentongan.core.actions import act
from kentongan.core.errors import NotNow
from kentongan.groups.models import appointment_over
from kentongan.newsroom.actions.inner import screen
from kentongan.newsroom.models import Correction, Flag, Story, fit
from kentongan.pages import store
from kentongan.search import index
from kentongan.ui.unseen import one_line


def propose_correction(story: Story, *, what: str, why: str, headline: str, summary: str, body: str, by: Any) -> Correction:
    """Say what is wrong in a published story and write it right. Nothing shows before another one confirms it."""
    with act("newsroom.propose_correction", on=story, by=by) as story:
        correction = Correction(story=story, what=what.strip(), why=why.strip(), proposed_by=by, base_number=story.revisions.count())
        correction.headline, correction.summary, correction.body = one_line(headline), summary.strip(), body.strip()
        if (correction.headline, correction.summary, correction.body) == (story.headline, story.summary, story.body):
            raise NotNow(_("Teksnya belum berubah. Tuliskan kalimat yang benar di tempatnya."))
        fit(correction)
        with act("newsroom.word_correction", on=correction, by=by):
            screen(correction)
    return correction


def confirm_correction(correction: Correction, *, by: Any) -> Correction:
    """Let a correction stand: its row, the new version and the changed page appear together. By another one than its proposer."""
    with (
        act("newsroom.confirm_correction", on=correction, by=by) as correction,
        act("newsroom.correct", on=correction.story, by=by) as story,
    ):
        story.headline, story.summary, story.body = correction.headline, correction.summary, correction.body
        correction.revision = story.revise(correction.proposed_by)
        correction.confirmed_by, correction.confirmed_at = by, timezone.now()
        story.correction_count += 1
        story.correct_reposts()
        store.changed(*story.sites())
        index.put(story)
    return correction


def decline_correction(correction: Correction, *, reason: str, by: Any) -> Correction:
    """Leave the story as it is, and say why."""
    with act("newsroom.decline_correction", on=correction, by=by) as correction:
        correction.decline_reason = reason.strip()
        fit(correction)
    return correction


def raise_flag(story: Story, *, concern: str, by: Person) -> Flag:
    """An official objects to a published story: its group sees it and answers. No word changes, and the story's row is not touched."""
    post = appointment_over(by, story.region) if isinstance(by, Person) else None
    flag = Flag(story=story, by=by if post else None, concern=concern.strip(), office=post.office if post else None)
    fit(flag)
    with act("newsroom.raise_flag", on=flag, by=by) as flag:
        return flag


def answer_flag(flag: Flag, *, answer: str, by: Any) -> Flag:
    """Answer an official's objection."""
    with act("newsroom.answer_flag", on=flag, by=by) as flag:
        flag.answer, flag.answered_by, flag.answered_at = answer.strip(), by, timezone.now()
        fit(flag)
    return flag
