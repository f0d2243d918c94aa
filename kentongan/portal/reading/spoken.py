"""A story as it is read aloud on the radio: whole sentences, figures and dates in words, who says so and who checked it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import override

from kentongan.core.language import HOUSE
from kentongan.portal.reading.lists import published
from kentongan.portal.reading.printed import labels, pieces, text_of
from kentongan.portal.reading.trust import StoryPage
from kentongan.ui import speaking, writing

TEXT_MOST = 1500
"""Letters of the story's text that are read: with opening and closing about two minutes."""
SOURCES_MOST = 3


@dataclass(frozen=True)
class Script:
    """What is read, in parts (heading, paragraphs), and how long that takes."""

    parts: list[tuple[str, list[str]]]
    shortened: bool
    """Whether the story's text goes on after what is read."""

    @property
    def words(self) -> int:
        return sum(len(paragraph.split()) for _heading, paragraphs in self.parts for paragraph in paragraphs)

    @property
    def length(self) -> str:
        """How long it takes, in words: an estimate."""
        minutes, seconds = speaking.minutes(self.words)
        named = ((minutes, _("%(n)s menit")), (seconds, _("%(n)s detik")))
        return " ".join(words % {"n": count} for count, words in named if count)


def script(page: StoryPage) -> Script:
    """The radio script of a story, in Indonesian."""
    with override(HOUSE):
        story = page.story
        blocks = pieces(text_of(story), TEXT_MOST)
        read = [" ".join(_ended(sentence) for sentence in block["sentences"]) for block in blocks]
        parts = [
            (_("Pembuka"), opening(page)),
            (_("Isi"), [_ended(story.title), story.summary, *corrected(page), *read]),
            (_("Sumber dan pemeriksa"), sources(page)),
            (_("Penutup"), closing(page)),
        ]
        spoken = [(heading, [speaking.said(words) for words in paragraphs if words]) for heading, paragraphs in parts]
        return Script(spoken, len(" ".join(read)) < len(" ".join(whole_text(page))) - len(read))


def whole_text(page: StoryPage) -> list[str]:
    """Everything the story says, to see whether something was left out."""
    return [" ".join(block["sentences"]) for block in pieces(text_of(page.story), 10**6)]


def opening(page: StoryPage) -> list[str]:
    """Who speaks, what kind of news it is, when it was published."""
    story = page.story
    who = _("Saudara pendengar, kabar dari %(group)s, %(place)s.") % {"group": story.group.name, "place": story.group.region.full_label}
    day = writing.date_only(published(story), story.region)
    when = _("Kabar ini terbit pada %(date)s.") % {"date": day}
    told = [_ended(" ".join(part.rstrip(".") + "." for part in (row["title"], row["text"]) if part)) for row in labels(page)]
    return [f"{who} {when}", *told]


def corrected(page: StoryPage) -> list[str]:
    """Every correction's words, the newest first: who heard the old ones must hear the new ones."""
    rows = [row for row in page.corrections if row.confirmed_at]
    told = _("Ralat pada %(date)s. %(what)s")
    return [told % {"date": writing.date_only(row.confirmed_at, page.story.region), "what": _ended(row.what)} for row in rows]  # type: ignore[arg-type]


def sources(page: StoryPage) -> list[str]:
    """From whom it is known, without those who asked not to be named, and who checked it."""
    trust = page.trust
    known = [source.who for source in trust.sources if not source.unnamed][:SOURCES_MOST]
    named = _("Sumber kabar ini: %(who)s.") % {"who": "; ".join(known)} if known else ""
    hidden = any(source.unnamed for source in trust.sources)
    also = _("Ada sumber yang dikenal KIM dan minta namanya tidak disebutkan.") if hidden else ""
    checked = ""
    if trust.checker and trust.date:
        date = writing.date_only(trust.date, page.story.region)
        checked = _("Kabar ini diperiksa oleh %(name)s pada %(date)s.") % {"name": trust.checker.public_name, "date": date}
    return [" ".join(part for part in (named, also) if part), checked]


def closing(page: StoryPage) -> list[str]:
    """Where to read on, and farewell."""
    group = page.story.group
    more = _("Selengkapnya ada di halaman %(group)s, kabar nomor %(n)s.") % {"group": group.name, "n": page.story.pk}
    wrong = _("Jika ada yang keliru, sampaikan kepada %(group)s.") % {"group": group.name}
    return [f"{more} {wrong}", _("Sekian, terima kasih sudah mendengarkan.")]


def _ended(sentence: str) -> str:
    """With a point at its end, where a voice comes to rest."""
    return sentence if not sentence or sentence[-1] in '.!?…:"”’)' else f"{sentence}."
