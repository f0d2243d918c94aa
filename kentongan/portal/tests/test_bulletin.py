"""A week of a group on two pages."""

from datetime import datetime, timedelta
from io import BytesIO

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from kentongan.documents import typeset
from kentongan.newsroom.models import Correction, Story
from kentongan.newsroom.tests.factories import RETRACTED_BECAUSE, correction_in, story_in
from kentongan.portal.reading import bulletin

from .reading import parse, text_of
from .test_lists import many_stories
from .test_outputs import words

HERE = "/kim/gulangpongge/buletin/"


@pytest.fixture
def place(cast):
    return cast.region.tz


def publish(cast, at, **more):
    """A story published at that moment."""
    story = story_in("published", cast, **more)
    Story.objects.filter(pk=story.pk).update(published_at=at)
    return Story.objects.get(pk=story.pk)


def test_a_week_runs_from_monday_to_sunday_on_the_clock_of_its_place(reader, cast, place):
    publish(cast, datetime(2026, 11, 9, 0, 0, tzinfo=place), words={"headline": "Kabar Senin dini hari"})
    publish(cast, datetime(2026, 11, 15, 23, 59, tzinfo=place), words={"headline": "Kabar Minggu malam"})
    publish(cast, datetime(2026, 11, 16, 0, 1, tzinfo=place), words={"headline": "Kabar minggu berikutnya"})
    text = words(reader.get(f"{HERE}2026-w46.pdf"))
    assert "Kabar Senin dini hari" in text and "Kabar Minggu malam" in text
    assert "Kabar minggu berikutnya" not in text
    assert "9–15 Nov 2026" in text


def test_the_running_week_says_until_when_and_nothing_that_the_next_day_makes_false(reader, cast, place):
    publish(cast, datetime(2026, 11, 11, 14, 5, tzinfo=place))
    answer = reader.get(f"{HERE}2026-w46.pdf")
    assert "Memuat kabar sampai Rab, 11 Nov 2026 · 14.05 WIB" in words(answer)
    assert answer["X-Page-Store"] == "1"
    assert answer.content == reader.get(f"{HERE}2026-w46.pdf").content


@pytest.mark.parametrize("count", [1, 2, 3, 8, 15, 30])
def test_however_much_there_is_it_is_two_tagged_pages_in_indonesian(reader, cast, place, count):
    many_stories(cast, count)
    Story.objects.update(published_at=datetime(2026, 11, 11, tzinfo=place))
    answer = reader.get(f"{HERE}2026-w46.pdf")
    file = PdfReader(BytesIO(answer.content))
    assert len(file.pages) == 2
    assert str(file.trailer["/Root"]["/Lang"]).startswith("id")
    assert "/StructTreeRoot" in file.trailer["/Root"]
    text = words(answer)
    shown = sum(f"Kabar nomor {number}." in text for number in range(count))
    assert shown == count or f"Masih ada {count - shown} kabar lain" in text


def test_what_is_urgent_comes_first_then_what_most_people_talked_over(cast, place):
    at = datetime(2026, 11, 11, tzinfo=place)
    quiet, talked = publish(cast, at), publish(cast, at - timedelta(hours=1))
    urgent = publish(cast, at - timedelta(hours=2), facts={"kind": "serta-merta", "urgent_reason": "Tanggul retak."})
    Story.objects.filter(pk=talked.pk).update(discussants=4)
    assert bulletin.Week(cast.group, 2026, 46).stories() == [urgent, talked, quiet]


def test_the_weeks_corrections_stand_in_it_also_those_of_older_stories(reader, cast, place):
    old = publish(cast, datetime(2026, 10, 1, tzinfo=place), words={"headline": "Kabar lama"})
    publish(cast, datetime(2026, 11, 11, tzinfo=place))
    correction_in("confirmed", old, cast)
    Correction.objects.update(confirmed_at=datetime(2026, 11, 12, tzinfo=place))
    text = words(reader.get(f"{HERE}2026-w46.pdf"))
    assert "Kabar lama, diralat 12 Nov 2026: Jumlah rumah 46, bukan 40." in text


def test_a_retraction_is_told_without_repeating_what_was_retracted(reader, cast, place):
    publish(cast, datetime(2026, 11, 11, tzinfo=place))
    wrong = story_in("retracted", cast, words={"headline": "Judul yang keliru"})
    Story.objects.filter(pk=wrong.pk).update(
        published_at=datetime(2026, 11, 10, tzinfo=place), retracted_at=datetime(2026, 11, 12, tzinfo=place)
    )
    text = words(reader.get(f"{HERE}2026-w46.pdf"))
    assert f"Kabar nomor {wrong.pk}, terbit 10 Nov 2026: {RETRACTED_BECAUSE}" in text
    assert "Judul yang keliru" not in text


def test_the_code_leads_to_the_group(cast, place, settings):
    publish(cast, datetime(2026, 11, 11, tzinfo=place))
    data, pictures = bulletin.bulletin(bulletin.Week(cast.group, 2026, 46))
    assert typeset.pdf("bulletin", data, pictures)
    seen = zxingcpp.read_barcodes(Image.open(BytesIO(typeset.png("poster", POSTER_WITH, {"qr.svg": pictures["qr.svg"]}, width=3000))))
    assert [code.text for code in seen] == [f"{settings.SITE_URL}/kim/gulangpongge/"]


def test_a_week_without_stories_is_not_there_and_says_so(reader, cast):
    answer = reader.get(f"{HERE}2026-w20.pdf")
    assert answer.status_code == 404
    assert "Tidak ada kabar yang terbit pada minggu 11–17 Mei 2026" in text_of(answer)


@pytest.mark.parametrize("name", ["2026-w54", "2026-w00", "0000-w01", "9999-w52", "2026-w7", "besok", "2026-w٤٦"])
def test_what_is_no_week_is_not_there(reader, cast, name):
    assert reader.get(f"{HERE}{name}.pdf").status_code == 404


def test_the_list_has_the_weeks_with_stories_newest_first(reader, cast, place):
    for day in ((2026, 11, 11), (2026, 11, 12), (2026, 10, 1), (2024, 12, 31)):
        publish(cast, datetime(*day, tzinfo=place))
    links = [node.get("href") for node in parse(reader.get(HERE)).iter("a") if str(node.get("href")).endswith(".pdf")]
    assert links == [f"{HERE}2026-w46.pdf", f"{HERE}2026-w40.pdf", f"{HERE}2025-w01.pdf"]
    assert "Buletin 30 Des 2024–5 Jan 2025 (PDF)" in text_of(reader.get(HERE)) and "2 kabar" in text_of(reader.get(HERE))
    assert all(reader.get(link).status_code == 200 for link in links)


def test_a_long_list_is_read_by_key(reader, cast, place):
    many_stories(cast, 60)
    for number, story in enumerate(Story.objects.order_by("id")):
        Story.objects.filter(pk=story.pk).update(published_at=datetime(2026, 11, 11, tzinfo=place) - timedelta(weeks=number))
    seen, address = [], HERE
    while address:
        page = parse(reader.get(address))
        links = [(node.get("href"), node.get("rel")) for node in page.iter("a")]
        seen += [href for href, _rel in links if str(href).endswith(".pdf")]
        address = next((href for href, rel in links if rel == "next"), "")
    assert len(seen) == len(set(seen)) == 60


def test_a_mark_nobody_gave_out_is_not_there(reader, cast):
    assert reader.get(f"{HERE}?sebelum=kemarin").status_code == 404


def test_a_group_that_wrote_nothing_is_told_when_the_first_one_comes(reader, cast):
    assert "Buletin jadi dengan sendirinya" in text_of(reader.get("/kim/bermi/buletin/"))


def test_the_groups_page_leads_to_its_bulletins(reader, cast):
    links = [node.get("href") for node in parse(reader.get("/kim/gulangpongge/")).iter("a")]
    assert HERE in links


POSTER_WITH = {
    **dict.fromkeys(("title", "group", "place", "tagline", "kicker", "headline", "more", "trust", "published", "scan", "link"), "-"),
    **dict.fromkeys(("summary", "corrected", "correction", "corrections-more", "address", "demo"), ""),
    "labels": [], "body": [], "photo": None,
}  # fmt: skip
