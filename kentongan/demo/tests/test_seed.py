"""The large seed obeys every rule of the database and counts right."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from kentongan.accounts.models import Account
from kentongan.core.models import Entry
from kentongan.demo import multitude
from kentongan.groups.models import FORMED, Decree, Group, Membership, Tally, recount
from kentongan.newsroom.models import Story
from kentongan.pages.models import Change
from kentongan.regions.tests.factories import region_chain
from kentongan.search import index
from kentongan.search.models import Item

VILLAGES = ("11.01.01.2001", "33.18.17.2003", "33.18.13.2001", "33.18.10.1005", "53.01.04.2008", "91.03.01.1001")


@pytest.fixture
def seeded(db: None) -> str:
    """Two hundred stories over a handful of villages."""
    region_chain(*VILLAGES)
    return seed(200)


def seed(size: int) -> str:
    said = StringIO()
    call_command("seed", size, stdout=said, skip_checks=True)
    return said.getvalue()


def test_it_makes_as_many_stories_as_asked_for(seeded: str) -> None:
    assert Story.objects.published().count() == 200
    assert "Ditambah 200 kabar" in seeded


def test_a_second_run_adds_nothing_and_a_larger_one_what_is_missing(seeded: str) -> None:
    assert "tidak ada yang ditambah" in seed(200)
    assert "Ditambah 30 kabar" in seed(230)
    assert Story.objects.published().count() == 230


def test_everything_of_it_can_be_found(seeded: str) -> None:
    assert Item.objects.filter(kind="kim").count() == Group.objects.count()
    assert Item.objects.count() == 200 + Group.objects.count()
    assert index.repair() == []


def test_counts_are_those_of_a_recount(seeded: str) -> None:
    assert Story.objects.recount() == []
    assert recount().differences == []
    assert Tally.objects.of("")["formed"] == Group.objects.filter(state__in=FORMED).count()
    for group in Group.objects.all():
        newest = group.stories.order_by("-published_at").first()
        assert group.last_published_at == (newest.published_at if newest else None)


def test_every_story_has_what_a_published_one_must_have(seeded: str) -> None:
    for story in Story.objects.whole():
        assert story.latest().words == (story.headline, story.summary, story.body)
        assert not story.wrote(story.verifier)
        assert story.village_code == story.region.code == story.group.region.code
        assert story.published_at < timezone.now()
        assert story.title and story.trust().line
    assert not Story.objects.filter(verifier=F("author")).exists()


def test_rows_are_valid_as_if_people_had_typed_them(seeded: str) -> None:
    for model in (Group, Decree, Membership, Story):
        for row in model._default_manager.all()[:40]:
            absent = {field.name for field in model._meta.fields if field.null and getattr(row, field.attname) is None}
            row.full_clean(exclude=absent)


def test_stories_are_varied_and_spread_over_three_years(seeded: str) -> None:
    assert len({story.body for story in Story.objects.all()}) == 200
    assert len(set(Story.objects.values_list("kind", flat=True))) > 4
    assert len({story.published_at.year for story in Story.objects.all()}) >= 3


def test_groups_are_public_with_their_people_and_a_decree(seeded: str) -> None:
    for group in Group.objects.all():
        assert group.is_public
        assert group.demo
        assert not group.lacks_officers
        assert group.decree


def test_it_is_repeatable(db: None) -> None:
    region_chain(*VILLAGES)
    first = _made_and_forgotten(60)
    assert _made_and_forgotten(60) == first


def _made_and_forgotten(size: int) -> list[tuple[Any, ...]]:
    with transaction.atomic():
        seed(size)
        made = list(Story.objects.order_by("id").values_list("headline", "body", "group__slug", "author__name", "source_count"))
        transaction.set_rollback(True)
    return made


def test_the_page_store_is_told_and_the_record_is_not(seeded: str) -> None:
    assert Change.objects.filter(site="nasional").exists()
    assert not Entry.objects.exists()
    assert not Account.objects.exists()


def test_it_refuses_where_people_s_own_words_are(settings: Any, db: None) -> None:
    settings.PRODUCTION = True
    with pytest.raises(CommandError):
        seed(10)


def test_a_larger_seed_begins_with_the_villages_of_a_smaller_one(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    region_chain(*VILLAGES)
    monkeypatch.setattr(multitude, "FEWEST", 2)
    multitude.grow(20, str)
    few = [group.code for group in multitude.seeded_groups()]
    monkeypatch.setattr(multitude, "FEWEST", 5)
    multitude.grow(40, str)
    assert [group.code for group in multitude.seeded_groups()][: len(few)] == few


def test_nobody_is_named_where_there_is_no_demo(db: None) -> None:
    said = StringIO()
    call_command("demo_signins", stdout=said, skip_checks=True)
    assert said.getvalue() == ""
