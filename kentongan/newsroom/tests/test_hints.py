"""Hints and first drafts: pure functions, tried with anything people may type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kentongan.newsroom import drafting, hints

PIECES = "air pipa RT 02. Rp 1,2 jt 46 % dari 12 Nov kemarin H. Karto menindaklanjuti 1,500".split()  # noqa: SIM905
TYPED = st.text(max_size=400) | st.lists(st.sampled_from(PIECES), max_size=80).map(" ".join)
ANSWERS = st.fixed_dictionaries(dict.fromkeys(("what", "place", "happened", "who", "why", "how"), TYPED))


@given(ANSWERS)
def test_a_draft_invents_no_word(answers: dict[str, str]) -> None:
    own = {"tempat", "waktu", "yang", "terlibat"}
    said = {word.lower() for text in answers.values() for word in hints.WORD.findall(text)}
    drafted = {word.lower() for word in hints.WORD.findall(drafting.body(answers))}
    assert drafted <= said | own


@given(ANSWERS)
def test_a_draft_fits_its_field(answers: dict[str, str]) -> None:
    assert len(drafting.headline(answers)) <= drafting.HEADLINE_MAX
    assert len(drafting.summary(answers, 280)) <= 280


@given(TYPED)
def test_sentences_lose_nothing(text: str) -> None:
    assert " ".join(drafting.sentences(text)) == " ".join(text.split())


@given(TYPED)
def test_no_text_breaks_a_hint(text: str) -> None:
    read = hints.reading(text)
    assert read.longest_words <= read.words
    assert all(hint.said for hint in [*hints.plain(text), *hints.figures(text)])
    assert len(hints.figures(text)) <= hints.MOST_SHOWN


def test_a_draft_reads_like_a_notice_on_the_board() -> None:
    answers = {
        "what": "pipa induk di tikungan bawah selesai disambung. Air mengalir lagi ke 46 rumah",
        "place": "tikungan bawah, RT 02",
        "happened": "Kamis, 12 November 2026",
        "who": "18 warga",
        "why": "sambungan lama lepas",
    }
    assert drafting.headline(answers) == "Pipa induk di tikungan bawah selesai disambung"
    assert drafting.summary(answers, 280) == (
        "Pipa induk di tikungan bawah selesai disambung. Tikungan bawah, RT 02, Kamis, 12 November 2026. Air mengalir lagi ke 46 rumah."
    )
    assert drafting.body(answers) == (
        "Pipa induk di tikungan bawah selesai disambung. Air mengalir lagi ke 46 rumah.\n\n"
        "Tempat: tikungan bawah, RT 02. Waktu: Kamis, 12 November 2026. Yang terlibat: 18 warga.\n\nSambungan lama lepas."
    )


@pytest.mark.parametrize("text", ["H. Karto datang.", "Rumah di Jl. Melati rusak.", "Lapor ke Bpk. Sugeng."])
def test_a_short_form_before_a_name_ends_no_sentence(text: str) -> None:
    assert drafting.sentences(text) == [text]


def test_what_is_unanswered_is_asked() -> None:
    assert hints.unanswered({"what": "Air mati", "place": "RT 02", "who": " "}) == [
        "Kapan?",
        "Siapa yang terlibat?",
        "Mengapa?",
        "Bagaimana?",
    ]


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("Biayanya Rp 1,2 jt.", "Rp1.200.000"),
        ("Biayanya Rp500 ribu.", "Rp500.000"),
        ("Anggaran Rp2,35 miliar", "Rp2.350.000.000"),
        ("Kas Rp 1.250 juta", "Rp1.250.000.000"),
        ("Panen 1,500 kg", "1.500"),
        ("Panen 12,500.75 kg", "12.500,75"),
    ],
)
def test_a_sum_in_short_is_written_out(text: str, instead: str) -> None:
    assert instead in [hint.instead for hint in hints.figures(text)]


@pytest.mark.parametrize("text", ["Biayanya Rp1.200.000.", "Panen 1.500 kg dan 2,5 ton.", "Kami berlima.", "RT 02 dan RT 03"])
def test_figures_that_are_whole_are_left_alone(text: str) -> None:
    assert hints.figures(text) == []


@pytest.mark.parametrize(
    ("text", "asked"), [("Sebanyak 40 persen sudah.", True), ("Naik 12%.", True), ("46 dari 120 rumah, 38 persen.", False)]
)
def test_per_cent_of_nothing_is_asked_about(text: str, asked: bool) -> None:
    assert any("Persen dari berapa" in hint.said for hint in hints.figures(text)) is asked


@pytest.mark.parametrize(("text", "asked"), [("Rapat 12 Nov sore.", True), ("Rapat 12 November 2026.", False), ("Lewat kemarin.", False)])
def test_a_day_without_a_year_is_asked_about(text: str, asked: bool) -> None:
    assert any("tahunnya" in hint.said for hint in hints.figures(text)) is asked


@pytest.mark.parametrize("word", ["kemarin", "besok", "tadi pagi", "minggu depan"])
def test_words_true_today_only_are_pointed_at(word: str) -> None:
    assert hints.figures(f"Rapat {word} di balai.") == [hints.Hint("Sebut tanggalnya: besok kata ini sudah tidak benar.", word)]


def test_the_longest_sentence_is_pointed_at_when_it_is_too_long() -> None:
    long = " ".join(["air"] * 30) + "."
    (hint,) = hints.plain(f"Pendek saja. {long}")
    assert hint.about == long and "30 kata" in hint.said
    assert hints.plain("Pendek saja. Ini juga.") == []


def test_many_long_words_are_pointed_at() -> None:
    text = "Penyelenggaraan pemberdayaan kemasyarakatan menindaklanjuti musyawarah. " * 8
    assert any("kata sehari-hari" in hint.said and "Penyelenggaraan" in hint.about for hint in hints.plain(text))
