"""Lists are read by key, twenty at a time, each thing once."""

import re
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from kentongan.groups.models import Group
from kentongan.newsroom.models import Story
from kentongan.portal.reading.lists import PAGE, UnknownCursor, groups_after, story_key
from kentongan.portal.reading.profiles import public_groups
from kentongan.regions.models import Region

from .reading import text_of

LISTS = ["/kabar/", "/wilayah/33.18/kabar/", "/kim/gulangpongge/kabar/"]
GROUP_LISTS = ["/kim/", "/wilayah/33.18/kim/"]


def many_stories(cast, count):
    """Published rows as they stand, two of them always at the same moment."""
    now = timezone.now()
    for number in range(count):
        story = Story(group=cast.group, region=cast.region, author=cast.anggota, verifier=cast.pemeriksa, state="published", source_count=1)
        story.headline, story.summary, story.place = f"Kabar nomor {number}.", "Ringkasan.", "Balai desa"
        story.published_at = story.verified_at = now - timedelta(minutes=number // 2)
        story.lie_in(cast.region)
        story.save()


def many_groups(cast, count):
    for number in range(count):
        group = Group(name=f"KIM Contoh {number % 9}", slug=f"contoh-{number}", region=cast.region, state="verified", proposers="A dan B")
        group.lie_in(cast.region)
        group.save()


def walk(reader, address):
    """Every page of a list, following "Lebih lama" or "Nama berikutnya"."""
    start, pages = address, []
    while address:
        answer = reader.get(address)
        assert answer.status_code == 200
        pages.append(text_of(answer))
        older = re.search(r'href="([^"]+)" rel="next"', answer.content.decode())
        address = older[1] if older else ""
        assert not address or address.startswith(start)
    return pages


@pytest.mark.parametrize("address", LISTS)
def test_every_story_stands_on_one_page_of_the_list(reader, cast, address):
    many_stories(cast, 2 * PAGE + 3)
    pages = walk(reader, address)
    assert len(pages) == 3
    assert sorted(int(n) for n in re.findall(r"Kabar nomor (\d+)\.", " ".join(pages))) == list(range(2 * PAGE + 3))


@pytest.mark.parametrize("address", GROUP_LISTS)
def test_every_group_stands_on_one_page_of_the_directory(reader, cast, address):
    many_groups(cast, 2 * PAGE + 1)
    pages = walk(reader, address)
    assert len(pages) == 3
    assert len(re.findall(r"KIM Contoh \d", " ".join(pages))) == 2 * PAGE + 1


@pytest.mark.parametrize("address", [*LISTS, *GROUP_LISTS])
@pytest.mark.parametrize("mark", ["x", "1-", "-1", "9" * 60, "9999999999999999999-1", "1-99999999999999999999", "999999"])
def test_a_mark_we_never_gave_out_is_answered_with_a_sentence(reader, cast, address, mark):
    answer = reader.get(address, {"sebelum": mark})
    assert answer.status_code == 404
    assert "tidak mengenal penanda" in text_of(answer)


@pytest.mark.parametrize("address", LISTS)
def test_the_end_of_a_list_says_that_it_is_the_end(reader, cast, story, address):
    assert "Sudah sampai kabar pertama" in text_of(reader.get(address, {"sebelum": "1000-1"}))


@pytest.mark.parametrize("mark", ["１-２", "1.5-2", "1-2-3"])
def test_only_plain_numbers_are_marks(mark):
    with pytest.raises(UnknownCursor):
        story_key(mark)


@pytest.mark.parametrize("code", ["", "33", "33.18", "33.18.17", "33.18.17.2003"])
def test_the_newest_of_every_tier_are_one_index_walk_without_sorting(cast, code):
    many_stories(cast, 3)
    stories = Story.objects.within(Region.objects.get(code=code)) if code else Story.objects.all()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off; set local enable_bitmapscan = off; set local enable_sort = off")
        plan = stories.newest(PAGE, (timezone.now(), 9)).explain()
    assert "Index Scan using story_newest" in plan
    assert "Index Cond" in plan
    assert "Sort" not in plan


def test_the_directory_of_groups_is_one_index_walk_without_sorting(cast):
    many_groups(cast, 3)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off; set local enable_bitmapscan = off; set local enable_sort = off")
        plan = groups_after(public_groups(), str(cast.group.pk)).explain()
    assert "Index Scan using group_name on" in plan
    assert "Index Cond" in plan
    assert "Sort" not in plan


def test_a_part_of_a_groups_name_is_found_by_index(cast):
    many_groups(cast, 3)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off; set local enable_indexscan = off")
        plan = Group.objects.filter(name__icontains="gulang").explain()
    assert "Bitmap Index Scan on group_name_part" in plan
