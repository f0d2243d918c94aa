"""What a story becomes outside the screen: every print says what its page says, and follows it."""

from io import BytesIO

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from kentongan.documents import typeset
from kentongan.media.models import folder
from kentongan.newsroom.models import Source, Story
from kentongan.newsroom.tests.factories import correction_in, story_in
from kentongan.pages.store import file_for
from kentongan.portal.reading import printed
from kentongan.portal.reading.trust import StoryPage
from tests.pictures import photo_file

from .reading import parse, structured, text_of

BELOW = ("poster.pdf", "bagikan.png", "papan/", "radio/")


def below(story, name):
    return f"{story.get_absolute_url()}{name}"


def words(answer):
    """The words of a PDF as a person reads them."""
    pages = PdfReader(BytesIO(answer.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).replace("\u200b", "").replace("\xa0", " ").split())


def test_the_poster_says_who_checked_what_was_found_and_where_to_read_on(reader, story):
    answer = reader.get(below(story, "poster.pdf"))
    assert answer["Content-Type"] == "application/pdf"
    text = words(answer)
    for said in (
        story.headline, story.summary, "Sambungan yang lepas ada di tikungan bawah.", "KIM Gulangpongge", "Desa Gulangpongge",
        "Diperiksa Siti Rahayu", "1 sumber", "Balai desa, 0812-0000-0000", f"localhost:8000/k/{story.pk}",
    ):  # fmt: skip
        assert said in text
    assert len(PdfReader(BytesIO(answer.content)).pages) == 1


def test_the_code_on_the_poster_leads_to_the_story(reader, story, settings):
    data, pictures = printed.poster(StoryPage(Story.objects.whole().get(pk=story.pk)))
    seen = zxingcpp.read_barcodes(Image.open(BytesIO(typeset.png("poster", data, pictures, width=3000))))
    assert [code.text for code in seen] == [f"{settings.SITE_URL}/k/{story.pk}/"]
    assert reader.get(f"/k/{story.pk}/")["Location"] == story.get_absolute_url()


@pytest.mark.parametrize("name", BELOW)
def test_the_same_record_gives_the_same_bytes_and_the_page_store_keeps_them(reader, story, name):
    first, second = reader.get(below(story, name)), reader.get(below(story, name))
    assert first.content == second.content
    assert first["X-Page-Store"] == "1"
    site, _file = file_for(below(story, name), "")
    assert site in story.sites()


def test_the_photo_stands_on_poster_and_picture_once_it_is_public(reader, cast):
    story = story_in("published", cast, upload=photo_file(1600, 1000))
    images = PdfReader(BytesIO(reader.get(below(story, "poster.pdf")).content)).pages[0].images
    assert [image.image.width for image in images] == [960]
    assert "Foto: Joko Prasetyo" in words(reader.get(below(story, "poster.pdf")))
    with_photo = len(reader.get(below(story, "bagikan.png")).content)
    story.cover.photo.make_private()
    assert not PdfReader(BytesIO(reader.get(below(story, "poster.pdf")).content)).pages[0].images
    assert len(reader.get(below(story, "bagikan.png")).content) != with_photo


def test_the_picture_to_share_has_the_size_that_is_promised_and_the_page_names_it(reader, story, settings):
    answer = reader.get(below(story, "bagikan.png"))
    assert answer["Content-Type"] == "image/png"
    assert Image.open(BytesIO(answer.content)).size == (1200, 630)
    page = parse(reader.get(story.get_absolute_url()))
    said = {node.get("property"): node.get("content") for node in page.iter("meta")}
    assert said["og:image"] == settings.SITE_URL + below(story, "bagikan.png")
    assert (said["og:image:width"], said["og:image:height"]) == ("1200", "630")


def test_every_print_of_a_corrected_story_says_so(reader, cast, story):
    correction_in("confirmed", story, cast)
    assert "Diralat" in words(reader.get(below(story, "poster.pdf")))
    assert "Jumlah rumah 46, bukan 40." in words(reader.get(below(story, "poster.pdf")))
    assert "Jumlah rumah 46, bukan 40." in text_of(reader.get(below(story, "papan/")))
    assert "Jumlah rumah empat puluh enam, bukan empat puluh." in text_of(reader.get(below(story, "radio/")))


def test_a_proposed_correction_is_on_no_print(reader, cast, story):
    correction_in("proposed", story, cast)
    assert "Diralat" not in words(reader.get(below(story, "poster.pdf")))


def test_an_urgent_story_says_on_every_print_that_it_was_not_discussed(reader, cast):
    story = story_in("published", cast, facts={"kind": "serta-merta", "urgent_reason": "Tanggul retak, warga harus segera tahu."})
    for text in (
        words(reader.get(below(story, "poster.pdf"))),
        *(text_of(reader.get(below(story, name))) for name in ("papan/", "radio/")),
    ):
        assert "terbit tanpa dibahas dulu" in text
        assert "Tanggul retak, warga harus segera tahu." in text


def test_a_group_under_verification_says_so_on_paper(reader, cast, story):
    type(cast.group).objects.filter(pk=cast.group.pk).update(state="decreed")
    assert "KIM Gulangpongge belum diverifikasi" in words(reader.get(below(story, "poster.pdf")))


def test_the_radio_script_has_no_figure_to_stumble_over_and_says_who_checked(reader, cast):
    told = {
        "headline": "Iuran air Rp1.250.000 terkumpul di RT 02",
        "summary": "Rapat dimulai pukul 14.05 WIB di Kec. Gunungwungkal.",
        "body": "- 46 rumah ikut\n\n| Nama | Jumlah |\n|---|---|\n| Kas | Rp50 ribu |",
    }
    story = story_in("published", cast, words=told)
    page = parse(reader.get(below(story, "radio/")))
    script = " ".join("".join(node.itertext()) for node in page.iter("div") if node.get("class") == "body")
    for said in (
        "satu juta dua ratus lima puluh ribu rupiah", "er te nol dua", "pukul empat belas lewat lima", "Kecamatan Gunungwungkal",
        "Empat puluh enam rumah ikut.", "lima puluh ribu rupiah", "Sutrisno", "diperiksa oleh Siti Rahayu", "Sekian, terima kasih",
    ):  # fmt: skip
        assert said in script
    assert not any(letter.isdigit() for letter in script)
    assert "Perkiraan lama baca" in text_of(reader.get(below(story, "radio/")))


def test_a_source_who_asked_not_to_be_named_is_not_named_on_the_radio(reader, story):
    Source.objects.filter(story=story).update(unnamed=True)
    text = text_of(reader.get(below(story, "radio/")))
    assert "Sutrisno" not in text
    assert "minta namanya tidak disebutkan" in text


def test_a_long_story_is_read_in_part_and_says_so(reader, cast):
    story = story_in("published", cast, words={"body": "Warga bekerja sejak pagi di tikungan bawah. " * 60})
    assert "bagian pertama kabarnya" in text_of(reader.get(below(story, "radio/")))
    assert "bagian pertama kabarnya" not in text_of(reader.get(below(story_in("published", cast), "radio/")))


def test_the_board_text_can_be_copied_whole(reader, story):
    (box,) = parse(reader.get(below(story, "papan/"))).iter("textarea")
    for said in (story.headline.upper(), story.summary, "Diperiksa Siti Rahayu", f"/k/{story.pk}/"):
        assert said in box.text


def test_markup_in_words_stays_words_on_every_print(reader, cast):
    told = {
        "headline": "#import $x$ @ref <b>",
        "summary": "#panic() \\ <img src=x>",
        "body": '#read("/etc/passwd") *tebal*\n\n<script>alert(1)</script>',
    }
    story = story_in("published", cast, words=told)
    assert "#import $x$ @ref <b>" in words(reader.get(below(story, "poster.pdf")))
    assert "#import $x$ @ref <b>" in text_of(reader.get(below(story, "papan/")))
    assert structured(reader.get(story.get_absolute_url()))


@pytest.mark.parametrize("name", BELOW)
def test_an_old_title_leads_to_the_present_print(reader, story, name):
    answer = reader.get(f"/kim/bermi/kabar/{story.pk}-judul-lama/{name}")
    assert (answer.status_code, answer["Location"]) == (301, below(story, name))


def test_prints_are_indonesian_under_the_english_address_too(reader, story):
    english = reader.get(f"/en{below(story, 'poster.pdf')}")
    assert "Diperiksa Siti Rahayu" in words(english)


@pytest.mark.parametrize("name", ["poster.pdf", "bagikan.png"])
def test_a_file_that_cannot_be_set_is_a_page_with_a_sentence_and_never_kept(reader, cast, name):
    story = story_in("published", cast, upload=photo_file(1600, 1000))
    (folder("public") / story.cover.photo.name(printed.PHOTO_WIDTH, "jpg")).write_bytes(b"rusak")
    answer = reader.get(below(story, name))
    assert answer.status_code == 500
    assert "Berkas ini belum bisa dibuat" in text_of(answer)
    assert "X-Page-Store" not in answer.headers


def test_the_story_page_offers_whatsapp_first_then_paper(reader, story):
    (section,) = [node for node in parse(reader.get(story.get_absolute_url())).iter("section") if node.findtext("h2") == "Bagikan / Cetak"]
    assert [link.get("href").partition("?")[0] for link in section.iter("a")] == ["https://wa.me/", "poster.pdf", "papan/", "radio/"]
