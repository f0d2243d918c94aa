"""The demo is loaded once for this module, by the real actions, and asked whether it is what it says."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connections
from django.test import TransactionTestCase
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from kentongan.accounts.models import Account
from kentongan.core.models import Entry
from kentongan.demo.days import dated, since
from kentongan.demo.people import FORMING, GROUPS, MEMBERS, OFFICIALS, PASSPHRASE, made_up
from kentongan.demo.stories import STORIES
from kentongan.discussions.models import Topic
from kentongan.groups.models import FORMED, Group, Membership, Tally, recount
from kentongan.newsroom.models import Correction, Flag, Story, Tip
from kentongan.regions.tests.factories import TWELVE, region_chain, rows

COUNTED = (Account, Entry, Group, Membership, Story, Tip, Topic)


def load() -> str:
    said = StringIO()
    call_command("load_demo", stdout=said, skip_checks=True)
    return said.getvalue()


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The loaded demo, in transactions of its own; everything is taken away again at the end of the module."""
    files: Path = tmp_path_factory.mktemp("demo")
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        from django.conf import settings

        patch.setattr(settings, "MEDIA_ROOT", files)
        region_chain(*TWELVE, *(forming.code for forming in FORMING))
        yield load()
        TransactionTestCase._fixture_teardown(_Everything())  # type: ignore[arg-type]
        connections.close_all()


class _Everything(TransactionTestCase):
    """Django's own way of emptying every table."""

    databases = {"default"}
    serialized_rollback = False

    def runTest(self) -> None:
        """Nothing: only the teardown is wanted."""


@pytest.fixture
def loaded(demo: str, db: None) -> str:
    return demo


def test_every_group_of_the_article_stands_in_its_village(loaded: str) -> None:
    found = dict(Group.objects.filter(region__code__in=TWELVE).values_list("region__code", "region__name"))
    assert found == TWELVE
    assert all("Lingkarjateng.id" in group.source_note for group in Group.objects.filter(region__code__in=TWELVE))


def test_a_village_of_several_of_one_name_is_marked_as_our_reading(loaded: str) -> None:
    names = [row.name for row in rows().values() if re.fullmatch(r"33\.18\.\d\d\.\d{4}", row.code)]
    for group in GROUPS:
        assert group.namesakes == names.count(TWELVE[group.code])
        assert ("bacaan kami" in Group.objects.get(region__code=group.code).source_note) == (group.namesakes > 1)


def test_a_second_load_changes_nothing(loaded: str) -> None:
    before = [model._default_manager.count() for model in COUNTED]
    assert "sudah lengkap" in load()
    assert [model._default_manager.count() for model in COUNTED] == before


def test_a_load_that_was_cut_off_goes_on(loaded: str) -> None:
    Group.objects.filter(slug="jrahi").update(submission=None, slug="jrahi-lama")
    assert "1/1 pembentukan di Jrahi" in load()
    assert Group.objects.filter(slug="jrahi").exists()


def test_every_state_of_a_story_occurs(loaded: str) -> None:
    assert set(Story.objects.values_list("state", flat=True)) == set(Story.State.values)
    assert Story.objects.filter(state="verified", publish_at__gt=timezone.now()).exists()


def test_groups_stand_at_every_step_somebody_waits_at(loaded: str) -> None:
    states = set(Group.objects.values_list("state", flat=True))
    assert states >= {"proposed", "deliberated", "minuted", "decreed", "registered", "verified", "suspended"}


def test_tips_corrections_and_objections_show_every_answer(loaded: str) -> None:
    assert set(Tip.objects.values_list("state", flat=True)) == set(Tip.State.values)
    assert set(Correction.objects.values_list("state", flat=True)) == {"confirmed", "proposed"}
    assert set(Flag.objects.values_list("state", flat=True)) == {"answered", "raised"}
    assert set(Topic.objects.values_list("state", flat=True)) == {"open", "summarised", "closed"}


def test_everything_is_marked_as_demo(loaded: str) -> None:
    assert not Story.objects.filter(demo=False).exists()
    assert not Group.objects.filter(demo=False).exists()


def test_no_telephone_number_stands_anywhere(loaded: str) -> None:
    number = re.compile(r"(\+62|\b0)8\d[\d -]{6,}")
    texts = [str(value) for model in (Group, Story, Tip, Topic) for row in model._default_manager.values_list() for value in row]
    assert not [text for text in texts if number.search(text)]
    assert not Account.objects.exclude(phone=None).exists()


def test_every_story_of_the_record_was_made_by_the_real_actions(loaded: str) -> None:
    for story in Story.objects.published():
        steps = [entry.action for entry in Entry.of(story)]
        assert steps[-1] in ("newsroom.publish", "newsroom.propose_correction", "newsroom.correct"), steps
        assert any(step in steps for step in ("newsroom.submit", "newsroom.submit_urgent"))
        assert story.checks.exists()


def test_a_story_happened_when_it_says_it_did(loaded: str) -> None:
    story = Story.objects.get(headline__startswith="Pipa induk", repost_of=None)
    ago = timezone.now() - story.published_at
    assert timedelta(days=10) < ago < timedelta(days=13)
    assert story.published_at - timedelta(days=1) < story.revisions.first().at < story.published_at < story.corrections.get().confirmed_at
    assert dated("{-12 s}", timezone.localdate()) in story.sources.last().how


def test_nothing_lies_in_the_future(loaded: str) -> None:
    now = timezone.now()
    assert not Entry.objects.filter(at__gt=now).exists()
    assert not Story.objects.filter(changed_at__gt=now).exists()


def test_counts_are_those_of_a_recount(loaded: str) -> None:
    assert Story.objects.recount() == []
    assert recount().differences == []
    assert Tally.objects.of("")["formed"] == Group.objects.filter(state__in=FORMED).count()


def test_pictures_are_ready_and_public_with_their_stories(loaded: str) -> None:
    shown = [story.picture.photo for story in Story.objects.published() if story.picture]
    assert len(shown) > 3
    assert all(photo.ready and photo.public for photo in shown)


def test_a_story_is_begun_one_has_several_photos_and_one_was_told_by_somebody_else(loaded: str) -> None:
    begun = Story.objects.get(state=Story.State.BEGUN)
    assert begun.what and begun.place == "" and begun.demo
    assert max(len(story.gallery()) for story in Story.objects.published()) > 1
    told = Story.objects.published().exclude(teller="").get()
    assert told.teller_consent and told.teller != told.author.name


def test_the_whole_cast_can_sign_in_and_officers_have_a_code(loaded: str) -> None:
    for username in [row[0] for row in (*MEMBERS, *OFFICIALS)] + ["operator", "redaktur.bermi"]:
        account = Account.objects.get(username=username)
        assert account.is_active
        assert account.check_password(PASSPHRASE)
        assert bool(account.totp_confirmed_at) == account.second_factor_required
    assert Account.objects.get(username="dinas").second_factor_required


def test_the_sign_ins_name_people_and_the_passphrase(loaded: str) -> None:
    said = StringIO()
    call_command("demo_signins", stdout=said, skip_checks=True)
    assert PASSPHRASE in said.getvalue()
    assert re.search(r"dinas +\* Ratna Dewi", said.getvalue())
    code = StringIO()
    call_command("totp", "dinas", stdout=code, skip_checks=True)
    assert re.fullmatch(r"\d{6}\n", code.getvalue())


def test_a_real_installation_is_not_filled_with_invented_people(settings: Any, db: None) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError):
        load()


def test_texts_are_dated_from_the_day_of_loading() -> None:
    assert dated("{-12} {-12 h} {-12 s} {+4 h}", date(2026, 11, 24)) == "Kamis, 12 Nov 2026 Kamis 12 Nov 2026 Sabtu"
    assert "{" not in "".join(dated(story.headline + story.summary + story.body, date(2026, 11, 24)) for story in STORIES)


def test_a_clock_in_the_past_never_passes_the_present() -> None:
    real = timezone.now()
    with since(0, 23.9) as clock:
        clock.wait(days=3)
        assert timezone.now() < timezone.now() + timedelta(seconds=1)
        assert clock.now() <= real
    assert timezone.now() >= real


def test_invented_names_do_not_repeat_within_the_demo() -> None:
    names = [made_up(number) for number in range(7 * (len(GROUPS) + len(FORMING)))]
    assert len(set(names)) == len(names)
