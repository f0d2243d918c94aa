"""The search over everything public: found, narrowed, mistyped, refused."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kentongan.groups.models import Group
from kentongan.newsroom.models import Story
from kentongan.newsroom.tests.factories import story_in
from kentongan.portal.reading import searching
from kentongan.search import finding, index
from kentongan.search.models import Item

from .reading import parse, text_of

ADDRESS = "/cari/"


def put(story, **said):
    """The story with other words, day or state, indexed as an action would."""
    Story.objects.filter(pk=story.pk).update(**said)
    story = Story.objects.get(pk=story.pk)
    index.put(story)
    return story


@pytest.fixture
def many(cast):
    """Forty-five stories: nine guides, each about a lamp, a minute apart."""
    first = story_in("published", cast)
    stories = []
    for number in range(45):
        copy = Story.objects.get(pk=first.pk)
        copy.pk, copy._state.adding = None, True
        copy.headline, copy.body = f"Lampu nomor {number} menyala", "Warga memasang lampu jalan."
        copy.kind = "panduan" if number % 5 == 0 else "berita"
        copy.published_at = timezone.now() - timedelta(minutes=number)
        copy.save()
        stories.append(copy)
    index.fill(Story.findable())
    return stories


def hrefs(answer):
    """Where the results lead."""
    lists = [node for node in parse(answer).iter("section") if node.get("aria-labelledby") == "hasil"]
    return [link.get("href") for node in lists for head in node.iter("h3") for link in head.iter("a")]


def test_words_in_any_order_find_a_story_and_are_marked(reader, story):
    put(story, headline="Panen jagung di lereng Muria", summary="Hasilnya naik.", body="Petani menjemur jagung di lapangan.")
    answer = reader.get(ADDRESS, {"q": "muria JAGUNG"})
    assert hrefs(answer) == [Story.objects.get(pk=story.pk).get_absolute_url()]
    assert {node.text for node in parse(answer).iter("mark")} == {"jagung", "Muria"}
    assert "1 yang cocok" in text_of(answer)


def test_a_word_finds_its_other_forms(reader, story):
    put(story, headline="Warga memperbaiki jembatan", summary="Selesai.", body="")
    assert hrefs(reader.get(ADDRESS, {"q": "perbaiki"}))
    assert hrefs(reader.get(ADDRESS, {"q": "perbaikan"}))


def test_the_beginning_of_the_last_word_is_enough(reader, story):
    put(story, headline="Jembatan bambu", summary="Selesai.", body="")
    assert hrefs(reader.get(ADDRESS, {"q": "bambu jemb"}))
    assert "“bamb jembatan” tidak ditemukan" in text_of(reader.get(ADDRESS, {"q": "bamb jembatan"}))


def test_words_in_quotes_have_to_stand_together(reader, story):
    put(story, headline="Air bersih sampai", summary="Selesai.", body="Bersih sekali air itu.")
    assert hrefs(reader.get(ADDRESS, {"q": '"air bersih"'}))
    assert not hrefs(reader.get(ADDRESS, {"q": '"bersih air"'}))
    assert hrefs(reader.get(ADDRESS, {"q": "bersih air"}))


def test_a_mistyped_word_shows_what_was_meant_at_once(reader, story):
    put(story, headline="Jembatan bambu diperkuat", summary="Selesai.", body="")
    answer = reader.get(ADDRESS, {"q": "jembatam bambu"})
    assert "“jembatam bambu” tidak ditemukan" in text_of(answer)
    assert hrefs(answer)
    assert "/cari/?q=jembatan+bambu" in [node.get("href") for node in parse(answer).iter("a")]


def test_a_word_that_exists_is_never_corrected(reader, story):
    put(story, headline="Panen padi dan pada", summary="Selesai.", body="")
    assert "Mungkin maksud Anda" not in text_of(reader.get(ADDRESS, {"q": "padi"}))


def test_only_what_stands_around_the_words_is_shown_of_a_long_text(reader, story):
    filler = "Pengurus mencatat hal lain yang panjang. " * 40
    put(story, headline="Rapat", summary="Selesai.", body=f"{filler}Irigasi Kalisuwuk bocor di hulu. {filler}")
    text = text_of(reader.get(ADDRESS, {"q": "kalisuwuk"}))
    assert "Kalisuwuk bocor" in text
    assert text.count("Pengurus mencatat") < 10


def test_what_people_wrote_is_shown_as_text(reader, story):
    put(story, headline="<script>alert(1)</script> & jagung", summary="<b>jagung</b>", body="\ue000jagung\ue001 <img src=x>")
    answer = reader.get(ADDRESS, {"q": "jagung <script>alert(1)</script>"})
    page = parse(answer)
    assert not list(page.iter("script")) + list(page.iter("img"))
    assert "jagung" in {node.text for node in page.iter("mark")}


def test_a_retracted_story_is_never_shown_even_by_a_stale_index(reader, story):
    word = story.headline.split()[0]
    Story.objects.filter(pk=story.pk).update(state="retracted", retraction_reason="x", retracted_at=timezone.now())
    assert Item.objects.filter(object_id=story.pk, kind="berita").exists()
    assert story.headline not in text_of(reader.get(ADDRESS, {"q": word}))


def test_groups_and_places_are_found_beside_stories(reader, cast, story):
    index.fill(Group.findable())
    answer = reader.get(ADDRESS, {"q": "gulangpongge"})
    assert "/kim/gulangpongge/" in hrefs(answer)
    assert "Desa Gulangpongge, Kec. Gunungwungkal, Kab. Pati" in text_of(answer).partition("Yang ditemukan")[0]
    assert "ada KIM Gulangpongge" in text_of(answer)


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({"jenis": "panduan"}, 9),
        ({"jenis": "kim"}, 0),
        ({"wilayah": "33.18"}, 45),
        ({"wilayah": "33.18.13"}, 0),
        ({"di": "gunungwungkal"}, 45),
        ({"di": "3318172003", "jenis": "panduan"}, 9),
        ({"kim": "gulangpongge"}, 45),
        ({"kim": "bermi"}, 0),
        ({"dari": "2100-01-01"}, 0),
        ({"sampai": "1-1-2001"}, 0),
        ({"dari": "01/01/2001", "sampai": "2100-01-01"}, 45),
    ],
)
def test_filters_narrow_what_is_found(reader, many, filters, count):
    text = text_of(reader.get(ADDRESS, {"q": "lampu", **filters}))
    assert (f"{count} yang cocok" in text) if count else ("Tidak ada yang cocok" in text or "tidak ditemukan" in text)


@pytest.mark.parametrize("order", ["", "baru"])
def test_pages_follow_each_other_without_losing_or_repeating_anything(reader, many, order):
    seen, address = [], f"{ADDRESS}?q=lampu&urut={order}"
    for _page in range(3):
        answer = reader.get(address)
        seen += hrefs(answer)
        Story.objects.filter(pk=many[-1].pk).update(understood_count=1)
        put(story=many[0], published_at=many[0].published_at)
        following = [node.get("href") for node in parse(answer).iter("a") if node.get("rel") == "next"]
        address = following[0] if following else ""
    assert not address
    assert len(seen) == len(set(seen)) == 45


def test_what_is_published_meanwhile_does_not_shift_the_pages(reader, cast, many):
    first = reader.get(ADDRESS, {"q": "lampu"})
    copy = Story.objects.get(pk=many[0].pk)
    copy.pk, copy._state.adding, copy.published_at = None, True, timezone.now()
    copy.save()
    index.put(copy)
    second = next(node.get("href") for node in parse(first).iter("a") if node.get("rel") == "next")
    assert not set(hrefs(first)) & set(hrefs(reader.get(second)))


def test_the_newest_come_first_when_asked(reader, many):
    assert hrefs(reader.get(ADDRESS, {"q": "lampu", "urut": "baru"})) == [story.get_absolute_url() for story in many[:20]]


def test_kinds_and_places_are_counted_and_lead_on(reader, many):
    answer = reader.get(ADDRESS, {"q": "lampu"})
    links = {"".join(node.itertext()): node.get("href") for node in parse(answer).iter("a")}
    assert links["Panduan (9)"] == "/cari/?q=lampu&jenis=panduan"
    assert "Berita (36)" in links


def test_above_the_most_we_count_the_answer_says_more_than(reader, many, monkeypatch):
    monkeypatch.setattr(finding, "MOST", 10)
    monkeypatch.setattr(finding, "RANKED", 10)
    answer = reader.get(ADDRESS, {"q": "lampu"})
    text = text_of(answer)
    assert "Lebih dari 3.000 yang cocok" in text
    assert "dipilih dari 1.000 yang terbaru" in text
    assert len(hrefs(answer)) == 10


def test_of_several_places_of_one_name_the_reader_chooses(reader, cast, many):
    from kentongan.regions.tests.factories import region_chain

    from .test_my_group import tlogorejo

    codes = tlogorejo()
    region_chain(*codes)
    answer = reader.get(ADDRESS, {"q": "lampu", "di": "tlogorejo"})
    assert "Di wilayah yang mana?" in text_of(answer)
    links = [node.get("href") for node in parse(answer).iter("a")]
    assert all(f"/cari/?q=lampu&wilayah={code}" in links for code in codes)


def test_nothing_found_says_what_else_can_be_done(reader, story):
    answer = reader.get(ADDRESS, {"q": "qqzzx wwvvk"})
    text = text_of(answer)
    assert "Tidak ada yang cocok dengan “qqzzx wwvvk”" in text
    assert "/cari/?q=wwvvk" in [node.get("href") for node in parse(answer).iter("a")]
    assert "tanyakan langsung" in text


SENTENCES = ("Tulis apa yang Anda cari", "bukan kata yang bisa dicari", "Tidak ada yang cocok", "yang cocok.", "Belum ada kabar atau KIM")
ODD = [
    "%",
    "'",
    "🙂👍🏽",
    "\0",
    "-- ;",
    "\u202e",
    "...",
    "\\",
    "a'b",
    "'; drop table x;--",
    ":*",
    "!",
    "& |",
    "<->",
    '"""',
    "(",
    "½",
    "ʼ",
    "ʼʼ",
    "=berita",
    "@33",
]


@pytest.mark.parametrize("asked", ODD)
def test_odd_signs_are_answered_with_a_sentence(reader, story, asked):
    answer = reader.get(ADDRESS, {"q": asked})
    assert answer.status_code == 200
    assert any(said in text_of(answer) for said in SENTENCES)


@pytest.mark.parametrize("asked", ["panjang " * 1250, "x" * 10_000, "kata " * 1000])
def test_ten_thousand_signs_are_refused_with_a_sentence(reader, story, asked):
    answer = reader.get(ADDRESS, {"q": asked})
    assert answer.status_code == 400
    assert "terlalu panjang untuk dicari" in text_of(answer)


@pytest.mark.parametrize(
    "wrong", [{"dari": "kemarin"}, {"sampai": "\0"}, {"jenis": "entah"}, {"urut": "x"}, {"dari": "2026-02-02", "sampai": "2026-01-01"}]
)
def test_a_filter_that_makes_no_sense_is_named_and_the_words_stay(reader, story, wrong):
    answer = reader.get(ADDRESS, {"q": "jagung", **wrong})
    assert answer.status_code == (200 if wrong.get("sampai") == "\0" else 400)
    assert next(node for node in parse(answer).iter("input") if node.get("name") == "q").get("value") == "jagung"


@pytest.mark.parametrize("mark", ["x", "1", "1-2-3-4", "9" * 40, "-1-2-3", "99999999999-1-1", "1-1-99999999999999999", "\0"])
def test_a_mark_we_never_gave_is_not_there(reader, story, mark):
    assert reader.get(ADDRESS, {"q": "air", "sebelum": mark}).status_code == 404


def test_a_search_that_takes_too_long_is_a_sentence(reader, story, monkeypatch):
    monkeypatch.setattr(finding, "count", lambda *_given: finding._rows("select pg_sleep(5)", []))
    monkeypatch.setattr(finding, "PATIENCE", 20)
    answer = reader.get(ADDRESS, {"q": "air"})
    assert answer.status_code == 503
    assert "terlalu berat" in text_of(answer)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(asked=st.text(max_size=60))
def test_whatever_is_typed_is_answered(reader, story, asked):
    assert reader.get(ADDRESS, {"q": asked}).status_code == 200


def test_what_people_look_for_is_never_kept(reader, story):
    answer = reader.get(ADDRESS, {"q": "air"})
    assert "X-Page-Store" not in answer
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies


def test_a_page_of_twenty_asks_as_much_as_a_page_of_one(reader, many, django_assert_max_num_queries):
    with django_assert_max_num_queries(24):
        reader.get(ADDRESS, {"q": "lampu"})
    with django_assert_max_num_queries(16):
        reader.get(ADDRESS, {"q": "lampu", "wilayah": "33.18"})


def test_every_kind_of_thing_the_index_knows_can_be_shown(db):
    assert set(index.kinds()) == {Story, Group}
    assert set(searching.KIND_LABELS) == {*Story.Kind.values, Group.KIND}
