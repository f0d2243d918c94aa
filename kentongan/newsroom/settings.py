"""What differs by kind of story, as a table, and what a region may set."""

from django.utils.translation import gettext_lazy as _

from kentongan.core.settings import PROJECT, Setting

ALWAYS = ("source", "date_place", "names")
WITH_FIGURES = (*ALWAYS, "numbers")

CHECKLISTS: dict[str, tuple[str, ...]] = {
    "berita": (*WITH_FIGURES, "other_side"),
    "pengumuman": WITH_FIGURES,
    "potensi": WITH_FIGURES,
    "prestasi": WITH_FIGURES,
    "budaya": ALWAYS,
    "pertanian": WITH_FIGURES,
    "panduan": WITH_FIGURES,
    "serta-merta": WITH_FIGURES,
}
"""What the checker answers for, by kind of story; "picture" is asked besides where there is a photo. Bawaan Kentongan, after domain/10."""

CHECKLIST_OF_REPOST = ("source",)
"""What a checker answers for where another group's story is passed on: its own group checked the rest."""

WATCHED_MOST = 200
POINTS_MOST, POINT_MAX = 8, 120


def parted(line: str) -> tuple[str, str]:
    """A line of a region's checklist: the kind of story it is for (empty: every kind), and what is asked."""
    kind, colon, text = line.partition(":")
    return (kind.strip(), text.strip()) if colon and kind.strip() in CHECKLISTS else ("", line.strip())


def _points_of_sense(value: tuple[str, ...]) -> None:
    """Few, short, each once."""
    texts = [parted(line)[1] for line in value]
    if len(value) > POINTS_MOST or any(not 5 <= len(text) <= POINT_MAX for text in texts) or len(set(value)) < len(value):
        limits = {"most": POINTS_MOST, "long": POINT_MAX}
        raise ValueError(_("Paling banyak %(most)s butir yang berbeda, masing-masing 5 sampai %(long)s huruf.") % limits)


def _words_of_sense(value: tuple[str, ...]) -> None:
    """Whole words, few enough to be read."""
    short = [word for word in value if len(word.strip()) < 3]
    if short or len(value) > WATCHED_MOST:
        raise ValueError(_("Tulis kata utuh, paling sedikit tiga huruf, paling banyak %(most)s kata.") % {"most": WATCHED_MOST})


def _some(value: int) -> None:
    """A few."""
    if not 1 <= value <= 20:
        raise ValueError(_("Pilih antara 1 dan 20 foto."))


SETTINGS = (
    Setting(
        "newsroom.checklist",
        tuple,
        (),
        PROJECT,
        _("Tambahan daftar periksa"),
        help=_(
            "Satu butir satu baris; awali dengan jenis kabar bila hanya untuk jenis itu, misalnya “panduan: Dibaca bidan atau petugas "
            "puskesmas”. Butir bawaan tidak bisa dikurangi. Pemeriksa menjawab dengan kata-katanya sendiri, juga bila tidak berlaku."
        ),
        check=_points_of_sense,
    ),
    Setting(
        "newsroom.most_photos",
        int,
        8,
        PROJECT,
        _("Foto paling banyak dalam satu kabar"),
        help=_("Tiap foto menambah waktu buka bagi pembaca dengan sinyal lemah. Bawaan Kentongan: 8."),
        check=_some,
    ),
    Setting(
        "newsroom.watched_words",
        tuple,
        (),
        PROJECT,
        _("Kata yang dilihat dulu oleh orang kedua (SARA)"),
        help=_(
            "Kabar yang memuat kata ini dilihat pemeriksa atau redaktur lain di KIM itu sendiri sebelum terbit. Menambah kata "
            "tidak menahan kabar siapa pun: yang melepas selalu orang KIM, bukan instansi, dan alasannya tercatat. "
            "Bawaan Kentongan: kosong."
        ),
        check=_words_of_sense,
    ),
)
