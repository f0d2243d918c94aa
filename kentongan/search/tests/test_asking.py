"""What somebody typed is read: every text means something, if only nothing."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kentongan.search.asking import MOST_CHARACTERS, MOST_WORDS, TooLong, legible, parse, words_of

ANYTHING = st.text(max_size=MOST_CHARACTERS)


@given(ANYTHING)
def test_every_text_is_read_as_small_words_each_once(text):
    asked = parse(text)
    assert len(set(asked.words)) == len(asked.words) <= MOST_WORDS
    assert all(word == words_of(word)[0] and word.isalnum() for word in asked.words)
    assert asked.last in ("", *asked.words)
    assert all(set(phrase) <= set(asked.words) and len(phrase) > 1 for phrase in asked.phrases)


@given(ANYTHING)
def test_what_is_shown_again_hides_nothing(text):
    assert not {unicodedata.category(sign) for sign in legible(text)} & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


@given(ANYTHING)
def test_what_is_shown_again_means_the_same(text):
    asked = parse(text)
    assert (parse(asked.text).words, parse(asked.text).phrases) == (asked.words, asked.phrases)


@given(st.text(min_size=MOST_CHARACTERS + 1, max_size=MOST_CHARACTERS + 200))
def test_what_nobody_can_mean_is_refused(text):
    with pytest.raises(TooLong):
        parse(text)


@pytest.mark.parametrize("text", ["", "   ", "%", "'", "-- ;", "…!?", "\0", "\u202e", "👍🏽", '""', '"', "___", "\u200b\u200d"])
def test_signs_alone_ask_for_nothing(text):
    assert not parse(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Pasar PAGI pasar", ("pasar", "pagi")),
        ("jalan\0rusak", ("jalan", "rusak")),
        ("Café, naïve", ("cafe", "naive")),
        ("e-KTP", ("e", "ktp")),
        ("'; drop table warga; --", ("drop", "table", "warga")),
        ("ban\u200bjir", ("banjir",)),
    ],
)
def test_words_are_compared_small_and_without_accents(text, words):
    assert parse(text).words == words


def test_words_in_quotes_stand_together():
    assert parse('"air bersih" desa').phrases == (("air", "bersih"),)
    assert parse("“air bersih” desa").phrases == (("air", "bersih"),)


def test_one_word_in_quotes_is_a_word():
    asked = parse('"air"')
    assert (asked.words, asked.phrases) == (("air",), ())


def test_the_last_word_may_be_unfinished_unless_it_is_short_or_quoted():
    assert parse("panen jag").last == "jag"
    assert parse("panen ja").last == ""
    assert parse('"panen jag"').last == ""


def test_of_a_thousand_words_the_first_count():
    asked = parse(" ".join(f"k{n}" for n in range(100)))
    assert asked.cut
    assert asked.words == tuple(f"k{n}" for n in range(MOST_WORDS))


def test_a_word_is_corrected_where_it_stands():
    assert parse('"air bresih" desa').replaced("bresih", "bersih") == '"air bersih" desa'
    assert parse("air bersih").replaced("air", "") == "bersih"
