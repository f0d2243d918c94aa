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

GAMBLING_AND_ADULT = (
    "gacor",
    "slot88",
    "slotonline",
    "situsslot",
    "rtpslot",
    "maxwin",
    "togel",
    "judionline",
    "sbobet",
    "bandarq",
    "pokerqq",
    "dominoqq",
    "casino",
    "kasino",
    "bokep",
    "xnxx",
    "pornhub",
)


def _only_known(value: tuple[str, ...]) -> None:
    """An office may take a word off the list, never put one on: with a word of its own it could hold up a group's links."""
    unknown = sorted(set(value) - set(GAMBLING_AND_ADULT))
    if unknown:
        raise ValueError(_("Daftar ini hanya bisa dikurangi, tidak ditambah: %s.") % ", ".join(unknown))


SETTINGS = (
    Setting(
        "newsroom.suspect_words",
        tuple,
        GAMBLING_AND_ADULT,
        PROJECT,
        _("Kata dalam tautan yang menahan penerbitan"),
        help=_("Tautan yang memuat kata ini (judi, pornografi) disebut satu per satu sebelum kabar diajukan dan diterbitkan."),
        check=_only_known,
    ),
)
