"""What is set is what was written: never markup, never cut, the same bytes, nothing from the disk or the network."""

import re
from io import BytesIO
from pathlib import Path

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from kentongan.documents import framing, lettering, qr, typeset

ADDRESS = "https://kentongan.contoh.id/k/7/"
POSTER = {
    "title": "Air mengalir lagi",
    "group": "KIM Gulangpongge",
    "place": "Desa Gulangpongge",
    "tagline": "Kabar warga",
    "kicker": "Berita",
    "labels": [],
    "headline": "Air mengalir lagi",
    "summary": "Warga menyambung pipa yang patah.",
    "corrected": "",
    "correction": "",
    "corrections-more": "",
    "body": [],
    "more": "Lanjutannya di halaman kabar.",
    "photo": None,
    "trust": "Diperiksa Siti Rahayu 21 Nov 2026 · 2 sumber",
    "published": "Terbit 21 Nov 2026",
    "address": "Balai desa",
    "scan": "Pindai kode ini:",
    "link": "kentongan.contoh.id/k/7",
    "demo": "",
}
HOSTILE = [
    '#import "@preview/x:1.0.0"', "$x^2$ @ref <label> *tebal* _miring_ `kode`", "\\u{1F600} \\ \\\\ #read(\"/etc/passwd\")", "#{panic()}",
    "]]] ((( {{{ }}} \" ' ``` // /* */", "السلام عليكم ورحمة الله", "\u202eterbalik\u2066\u200b\u200f", "😀🏽‍👩 senang", "中文 ꦲꦤꦕꦫꦏ",
    "\x00\x07\ud800\uffff", "z" * 300, "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!",
]  # fmt: skip


def poster(**over):
    return typeset.pdf("poster", {**POSTER, **over}, {"qr.svg": qr.svg(ADDRESS)})


def read(pdf):
    """The words of a PDF, blanks made single, places to break taken out."""
    pages = PdfReader(BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).replace("\u200b", "").split()), len(pages)


def test_a_poster_is_one_tagged_page_in_indonesian_with_its_title():
    file = PdfReader(BytesIO(poster()))
    assert len(file.pages) == 1
    assert file.pages[0].mediabox.width == pytest.approx(595.28, abs=0.1)
    assert file.trailer["/Root"]["/MarkInfo"]["/Marked"] is True or bool(file.trailer["/Root"]["/MarkInfo"]["/Marked"])
    assert str(file.trailer["/Root"]["/Lang"]).startswith("id")
    assert file.metadata.title == "Air mengalir lagi"
    assert b"pdfuaid" in poster()


def test_the_same_data_gives_the_same_bytes():
    assert poster() == poster()
    assert poster() != poster(headline="Lain")


@pytest.mark.parametrize("words", HOSTILE)
def test_no_text_is_ever_read_as_markup(words):
    pdf = poster(title=words, group=words, headline=words, summary=words, trust=words, body=[{"kind": "p", "sentences": [words]}])
    text, pages = read(pdf)
    assert pages == 1
    for word in re.findall(r"[A-Za-z]{3,12}", lettering.drawable(words).replace("\u200b", ""))[:3]:
        assert word in text.replace(" ", "")


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=200), st.text(max_size=400))
def test_whatever_is_written_can_be_set(headline, words):
    assert poster(headline=headline or "-", summary=words, body=[{"kind": "li", "sentences": [words]}])[:5] == b"%PDF-"


def test_a_long_headline_is_set_whole():
    headline = "Musyawarah desa menyepakati pembangunan dinding penahan tanah di tikungan bawah setelah longsor, dikerjakan bersama warga"
    text, pages = read(poster(headline=headline, summary="Ringkasan " * 27))
    assert pages == 1
    assert headline in text
    assert "Ringkasan Ringkasan" in text


def test_a_long_story_is_shown_as_far_as_it_fits_in_whole_sentences_and_says_where_it_goes_on():
    sentences = [f"Kalimat nomor {number} tentang pipa air di dusun kami selesai." for number in range(60)]
    text, pages = read(poster(body=[{"kind": "p", "sentences": sentences}]))
    assert pages == 1
    assert "Lanjutannya di halaman kabar." in text
    shown = [sentence for sentence in sentences if sentence in text]
    assert shown == sentences[: len(shown)] and 3 < len(shown) < 60
    assert f"Kalimat nomor {len(shown)} tentang" not in text


def test_a_short_story_is_shown_whole():
    text, _pages = read(poster(body=[{"kind": "p", "sentences": ["Satu.", "Dua."]}]))
    assert "Satu. Dua." in text
    assert "Lanjutannya" not in text


def test_a_word_of_three_hundred_letters_stays_on_the_page():
    text, _pages = read(poster(headline="y" * 300))
    assert text.replace(" ", "").count("y") >= 300


def test_what_is_too_long_is_a_sentence():
    with pytest.raises(typeset.NotTypeset, match="terlalu panjang"):
        poster(summary="a" * 130_000)
    with pytest.raises(typeset.NotTypeset, match="terlalu panjang"):
        typeset.pdf("poster", POSTER, {"qr.svg": b"x" * (4 << 20)})


def test_what_cannot_be_set_is_a_sentence_and_no_trace():
    with pytest.raises(typeset.NotTypeset, match="belum bisa dibuat"):
        typeset.pdf("poster", POSTER, {})
    with pytest.raises(typeset.NotTypeset, match="belum bisa dibuat"):
        typeset.pdf("poster", POSTER | {"photo": {"file": "photo.jpg", "alt": "a", "credit": "", "ratio": 1}}, {"photo.jpg": b"rusak"})


def test_no_layout_reads_a_file_or_an_address():
    for layout in Path(typeset.LAYOUTS).glob("*.typ"):
        assert not re.search(r"@preview|@local|\bread\(|https?:|plugin\(", layout.read_text()), layout.name
        assert set(re.findall(r'#import "(.+?)"', layout.read_text())) <= {"/common.typ"}


def test_a_code_is_read_back_from_the_drawing():
    picture = Image.open(BytesIO(typeset.png("poster", POSTER, {"qr.svg": qr.svg(ADDRESS)}, width=3000)))
    assert [found.text for found in zxingcpp.read_barcodes(picture)] == [ADDRESS]


def test_letters_without_a_font_say_that_something_is_missing_and_signs_do_not():
    assert lettering.drawable("Aksara ꦲꦤ di gapura") == "Aksara […] di gapura"
    assert lettering.drawable("Senang \U0001f9ff sekali") == "Senang sekali"


def test_nothing_invisible_and_nothing_that_turns_the_line_is_set():
    assert lettering.drawable("a\u202eb\u200bc\u2066d\ufeff\x00e") == "abcde"


def test_a_blank_that_holds_words_together_still_does():
    assert lettering.drawable("2\u00a0sumber  ·\n1 ralat") == "2\u00a0sumber · 1 ralat"


def test_only_words_longer_than_a_line_get_places_to_break():
    assert "\u200b" not in lettering.drawable("mempertanggungjawabkan pemerintahan")
    assert lettering.drawable("x" * 40).count("\u200b") == 3


def test_a_photo_fills_its_box_and_the_picture_stays_light():
    ground, photo = BytesIO(), BytesIO()
    Image.new("RGB", (1200, 630), "white").save(ground, "PNG")
    Image.effect_noise((960, 720), 90).convert("RGB").save(photo, "JPEG")
    made = framing.framed(ground.getvalue(), photo.getvalue(), (770, 0, 1200, 526))
    picture = Image.open(BytesIO(made)).convert("RGB")
    assert picture.size == (1200, 630)
    assert min(*picture.getpixel((700, 300)), *picture.getpixel((1000, 600))) > 250
    assert len(picture.crop((770, 0, 1200, 526)).getcolors()) > 10
    assert len(made) < 300_000
    assert made == framing.framed(ground.getvalue(), photo.getvalue(), (770, 0, 1200, 526))


def test_a_broken_photo_is_a_sentence():
    ground = BytesIO()
    Image.new("RGB", (1200, 630), "white").save(ground, "PNG")
    with pytest.raises(typeset.NotTypeset, match="belum bisa dibuat"):
        framing.framed(ground.getvalue(), b"rusak", (770, 0, 1200, 526))
