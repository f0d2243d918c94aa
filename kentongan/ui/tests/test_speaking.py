"""Nothing is read aloud as it is written on paper."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kentongan.ui import speaking


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Rp1.250.000", "Satu juta dua ratus lima puluh ribu rupiah"),
        ("iuran Rp 5.000,00", "iuran lima ribu rupiah"),
        ("Rp1,5 juta", "Satu koma lima juta rupiah"),
        ("pukul 14.05 WIB", "pukul empat belas lewat lima Waktu Indonesia Barat"),
        ("jam 07.00–09.30", "pukul tujuh sampai pukul sembilan lewat tiga puluh"),
        ("Sab, 21 Nov 2026", "Sabtu, dua puluh satu November dua ribu dua puluh enam"),
        ("23–29 November 2026", "Dua puluh tiga sampai dua puluh sembilan November dua ribu dua puluh enam"),
        ("21/11/2026", "Dua puluh satu November dua ribu dua puluh enam"),
        ("2026-11-21", "Dua puluh satu November dua ribu dua puluh enam"),
        ("di RT 02/RW 05 Kec. Gunungwungkal", "di er te nol dua er we nol lima Kecamatan Gunungwungkal"),
        ("RT 2 dan RW 11", "Er te dua dan er we sebelas"),
        ("Kab. Pati", "Kabupaten Pati"),
        ("naik 48,5%", "naik empat puluh delapan koma lima persen"),
        ("1.234 rumah", "Seribu dua ratus tiga puluh empat rumah"),
        ("10–15 orang", "Sepuluh sampai lima belas orang"),
        ("0812-3456-7890", "Nol delapan satu dua tiga empat lima enam tujuh delapan sembilan nol"),
        ("2,5 km dan 300 m2", "Dua koma lima kilometer dan tiga ratus meter persegi"),
        ("HUT RI ke-81", "Ha u te er i kedelapan puluh satu"),
        ("juara ke-1", "juara pertama"),
        ("KTP dan KK", "Ka te pe dan ka ka"),
        ("KIM dan BPBD", "KIM dan be pe be de"),
        ("SK nomor 141/07/2024", "Es ka nomor seratus empat puluh satu garis miring nol tujuh garis miring dua ribu dua puluh empat"),
        ("H. Sutrisno dan dr. Ani", "Haji Sutrisno dan dokter Ani"),
        ("lihat https://contoh.id/a?b=1 ya", "lihat alamat yang tertulis di halaman kabar ya"),
        ("kode 33.18.17.2003", "kode tiga puluh tiga titik delapan belas titik tujuh belas titik dua ribu tiga"),
        ("bapak & ibu", "bapak dan ibu"),
    ],
)
def test_figures_dates_and_short_forms_are_read_as_people_say_them(written, read):
    assert speaking.said(written) == read


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "nol"), (10, "sepuluh"), (11, "sebelas"), (19, "sembilan belas"), (21, "dua puluh satu"), (100, "seratus"),
        (111, "seratus sebelas"),
        (1000, "seribu"), (1100, "seribu seratus"), (2026, "dua ribu dua puluh enam"), (11_000, "sebelas ribu"), (100_000, "seratus ribu"),
        (1_000_000, "satu juta"), (1_001_000, "satu juta seribu"), (10**9, "satu miliar"), (10**12, "satu triliun"), (-5, "minus lima"),
    ],
)  # fmt: skip
def test_whole_numbers_in_words(value, words):
    assert speaking.number(value) == words


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="0123456789.,/-: RpWIBTabc%°²", max_size=60))
def test_no_digit_is_left_to_stumble_over(text):
    assert not any(letter in "0123456789" for letter in speaking.said(text))


@pytest.mark.parametrize("text", ["1" * 20_000, "1.000." * 4_000, "a/" * 9_000, "0-" * 9_000, "A." * 9_000, "Rp" * 9_000, "RT 1/" * 4_000])
def test_no_text_keeps_the_reader_waiting(text):
    assert speaking.said(text)


def test_a_point_after_an_abbreviation_ends_no_sentence():
    text = 'Warga Kec. Gunungwungkal, Kab. Pati bekerja. "Airnya deras," kata H. Sutrisno. Mulai pukul 07.00! Selesai.'
    assert speaking.sentences(text) == [
        "Warga Kec. Gunungwungkal, Kab. Pati bekerja.",
        '"Airnya deras," kata H. Sutrisno.',
        "Mulai pukul 07.00!",
        "Selesai.",
    ]


def test_how_long_reading_takes_is_rounded_up_to_ten_seconds():
    assert speaking.minutes(speaking.WORDS_A_MINUTE) == (1, 0)
    assert speaking.minutes(speaking.WORDS_A_MINUTE + 1) == (1, 10)
