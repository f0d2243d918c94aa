"""The search over everything public: what was found, in which words, and the next step where nothing was.

The index says where something stands; what is shown is read from the thing itself, and only if it is still public.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from kentongan.groups.models import Group
from kentongan.newsroom import markdown
from kentongan.newsroom.models import Story
from kentongan.portal.reading.filters import KINDS, NEWEST, Filters
from kentongan.portal.reading.found import place_cards
from kentongan.portal.reading.lists import Card, UnknownCursor, group_card, story_card
from kentongan.regions.models import Region
from kentongan.search import finding
from kentongan.search.asking import Asked, legible, parse

SIGNS = ("\ue000", "\ue001")
"""Put around what was found until the text is escaped; taken out of every text before."""
MOST_PLACES = 5
MOST_FACETS = 8
LONGEST_SNIPPET = 8000
"""Characters of a text looked through for the words to show."""
KIND_LABELS = {str(kind): label for kind, label in KINDS}


@dataclass(frozen=True, slots=True)
class Result:
    """One thing found: safe HTML with the words marked, and the kind it is."""

    title: SafeString
    snippet: SafeString
    href: str
    kind: str
    meta: str
    demo: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """A link to the same search, narrower or wider; `count` is empty where it is not known."""

    label: str
    href: str
    count: int | None = None
    current: bool = False


@dataclass
class Search:
    """One search as it was asked: the words read, the filters cleaned, the place meant."""

    asked: Asked
    form: Filters
    place: Region | None = None
    places_meant: list[Region] = field(default_factory=list)
    """Several places carry the name somebody filters by: the reader chooses."""
    place_unknown: bool = False
    group: Group | None = None

    @property
    def newest_first(self) -> bool:
        return bool(self.value("urut") == NEWEST)

    def value(self, name: str) -> Any:
        """A filter, where it makes sense."""
        return getattr(self.form, "cleaned_data", {}).get(name) or ""

    @property
    def narrowed(self) -> bool:
        """Whether any filter is set."""
        typed = any(self.form.data.get(name) for name in ("jenis", "dari", "sampai", "di"))
        return bool(typed or self.place or self.group or self.places_meant)

    def filter(self) -> finding.Filter:
        """What the index must answer besides the words."""
        zone = self.place.zone.tz if self.place else timezone.get_default_timezone()
        since, until = self.value("dari"), self.value("sampai")
        return finding.Filter(
            kind=self.value("jenis"),
            code=self.place.code if self.place else "",
            site=self.group.site if self.group else "",
            since=datetime.combine(since, time.min, zone) if since else None,
            until=datetime.combine(until + timedelta(days=1), time.min, zone) if until else None,
        )

    def address(self, **changed: str) -> str:
        """The same search with something changed, from its beginning."""
        asked = {
            "q": self.asked.text,
            "wilayah": self.place.code if self.place else "",
            "kim": self.group.slug if self.group else "",
            "jenis": self.value("jenis"),
            "dari": _iso(self.value("dari")),
            "sampai": _iso(self.value("sampai")),
            "urut": self.value("urut"),
        } | changed
        query = urlencode({name: value for name, value in asked.items() if value})
        return f"{reverse('portal:search')}?{query}" if query else reverse("portal:search")


def _iso(day: date | str) -> str:
    return day.isoformat() if isinstance(day, date) else ""


def search_for(asked: Asked, given: Mapping[str, str]) -> Search:
    """Read the filters of a search; a place by its code (`wilayah`) or by what somebody calls it (`di`)."""
    given = {name: legible(text)[:100] for name, text in given.items()}
    form = Filters(given)
    form.is_valid()
    search = Search(asked, form)
    name = search.value("di") or _clean_code(given.get("wilayah", ""))
    if name:
        meant = list(Region.objects.search(name)[: MOST_PLACES + 1])
        same = [place for place in meant if place.name.lower() == name.strip().lower()]
        search.place = meant[0] if len(meant) == 1 else same[0] if len(same) == 1 else None
        search.places_meant = [] if search.place else meant[:MOST_PLACES]
        search.place_unknown = not meant
    if slug := given.get("kim"):
        search.group = Group.objects.public().filter(slug=slug).first()
    return search


def _clean_code(code: str) -> str:
    return code if len(code) <= 20 and code.replace(".", "").isdecimal() else ""


@dataclass
class Answer:
    """What a search found, for the page."""

    search: Search
    mark: str = ""
    shown: Search | None = None
    """The corrected search whose results are shown, where what was typed is found nowhere."""
    counted: finding.Counted | None = None
    results: list[Result] = field(default_factory=list)
    older: str = ""
    places: list[Card] = field(default_factory=list)
    named: bool = False
    """What was asked for is the very name of a place: it stands before everything else."""
    meant: Choice | None = None
    """Perhaps you meant: the corrected search."""

    @property
    def nothing(self) -> bool:
        return self.counted is not None and not self.results and not self.places and not self.mark

    @property
    def count_words(self) -> str:
        """How many were found, honestly."""
        if self.counted is None:
            return ""
        if self.counted.capped:
            return _("Lebih dari 3.000 yang cocok.")
        return _("%(n)s yang cocok.") % {"n": f"{self.counted.total:,}".replace(",", ".")} if self.counted.total else ""

    @property
    def first(self) -> str:
        """The first page of this search."""
        return (self.shown or self.search).address()

    @property
    def wider(self) -> str:
        """The same words without any filter."""
        return self.search.address(**dict.fromkeys(("wilayah", "kim", "jenis", "dari", "sampai"), ""))

    @property
    def only_newest_ranked(self) -> bool:
        return bool(self.counted and self.counted.capped and not self.search.newest_first)

    @property
    def orders(self) -> list[Choice]:
        """Most fitting or newest first."""
        here = self.shown or self.search
        return [
            Choice(_("Paling cocok"), here.address(urut=""), current=not here.newest_first),
            Choice(_("Terbaru"), here.address(urut=NEWEST), current=here.newest_first),
        ]

    @property
    def kinds(self) -> list[Choice]:
        """The kinds found; all of them, without numbers, where there are too many to count."""
        here = self.shown or self.search
        if here.value("jenis"):
            return []
        known = self.counted.kinds if self.counted else {}
        kinds = sorted(known, key=lambda kind: -known[kind]) or list(KIND_LABELS)
        return [Choice(str(KIND_LABELS[kind]), here.address(jenis=kind), known.get(kind)) for kind in kinds if kind in KIND_LABELS]

    @property
    def narrower_places(self) -> list[Choice]:
        """The places one level down in which most was found (one query)."""
        here = self.shown or self.search
        counts = self.counted.places if self.counted else {}
        most = sorted(counts, key=lambda code: (-counts[code], code))[:MOST_FACETS]
        names = {place.code: place.short_label for place in Region.objects.filter(code__in=most)}
        return [Choice(names[code], here.address(wilayah=code), counts[code]) for code in most if code in names]

    @property
    def kept(self) -> list[Choice]:
        """The filters that are set, each a link that takes it off."""
        here = self.shown or self.search
        kept = []
        if here.place:
            kept.append(Choice(here.place.full_label, here.address(wilayah="")))
        if here.group:
            kept.append(Choice(here.group.name, here.address(kim="")))
        if kind := here.value("jenis"):
            kept.append(Choice(str(KIND_LABELS[kind]), here.address(jenis="")))
        if since := here.value("dari"):
            kept.append(Choice(_("sejak %(day)s") % {"day": f"{since:%d-%m-%Y}"}, here.address(dari="")))
        if until := here.value("sampai"):
            kept.append(Choice(_("sampai %(day)s") % {"day": f"{until:%d-%m-%Y}"}, here.address(sampai="")))
        return kept

    @property
    def fewer(self) -> list[Choice]:
        """The same search without one of its words."""
        words = self.search.asked.words
        if not 1 < len(words) <= 6:
            return []
        return [
            Choice(_("tanpa “%(word)s”") % {"word": word}, self.search.address(q=self.search.asked.replaced(word, ""))) for word in words
        ]

    @property
    def place_choices(self) -> list[Choice]:
        """Which of several places of one name is meant."""
        return [Choice(place.full_label, self.search.address(wilayah=place.code)) for place in self.search.places_meant]


def answer(search: Search, mark: str = "") -> Answer:
    """Ask the index, show what it knows, and where it knows nothing look for what may have been meant.

    Raises UnknownCursor, and TooHeavy where the database would need too long.
    """
    found = Answer(search, mark)
    if not search.asked or search.places_meant or search.place_unknown or not search.form.is_valid():
        return found
    with finding.patiently():
        _fill(found, search, mark)
        if not mark:
            found.places, found.named = place_cards(search.asked.text, MOST_PLACES) if not search.narrowed else ([], False)
            _correct(found)
    return found


def _fill(found: Answer, search: Search, mark: str) -> None:
    wanted = search.filter()
    query = finding.reading(search.asked, wanted)
    found.counted = finding.count(query, wanted.code)
    if not found.counted.total:
        return
    if search.newest_first:
        hits = finding.newest(query, found.counted, _newest_key(mark))
    else:
        anchor, after = _best_key(mark)
        hits = finding.best(query, found.counted, anchor, after)
    found.results = results(query, hits[: finding.PAGE])
    if len(hits) > finding.PAGE:
        found.older = search.address(sebelum=hits[finding.PAGE - 1].mark)


def _correct(found: Answer) -> None:
    """A word that stands nowhere: name what may have been meant, and show it at once where nothing else was found."""
    asked = found.search.asked
    corrected = asked
    for word, other in finding.corrections(asked).items():
        if not (word == asked.last and found.results):  # the beginning of a word that was found is no mistake
            corrected = replace(corrected, text=corrected.replaced(word, other))
    if corrected is asked:
        return
    found.meant = Choice(corrected.text, found.search.address(q=corrected.text))
    if not found.results and not found.named:
        instead = replace(found.search, asked=parse(corrected.text))
        _fill(found, instead, "")
        found.shown = instead if found.results else None


def results(query: finding.Query, hits: Iterable[finding.Hit]) -> list[Result]:
    """What stands behind the marks of the index, as far as it is still public (one query a kind of thing, two for the words)."""
    things = _things(list(hits))
    titles = finding.marked(query, [_bare(card.title) for card, _kind, _text in things], signs=SIGNS, whole=True)
    texts = finding.marked(query, [_bare(text) for _card, _kind, text in things], signs=SIGNS)
    return [
        Result(_html(title), _html(_cut(text, whole)), card.href, kind, card.meta, card.demo)
        for (card, kind, whole), title, text in zip(things, titles, texts, strict=True)
    ]


def _cut(part: str, whole: str) -> str:
    """What was taken out of the middle of a text says so at its ends."""
    bare, whole = _bare(part).strip(), _bare(whole).strip()
    return f"{'' if whole.startswith(bare) else '… '}{part}{'' if whole.endswith(bare) else ' …'}"


def _things(hits: list[finding.Hit]) -> list[tuple[Card, str, str]]:
    """Each thing as a card, with the name of its kind and all its text, in the order of the hits."""
    read: dict[tuple[int, int], tuple[Card, str, str]] = {}
    for model, show in ((Story, _story), (Group, _group)):
        kind = ContentType.objects.get_for_model(model).pk
        wanted = [hit.object_id for hit in hits if hit.content_type_id == kind]
        if wanted:
            read |= {(kind, thing.pk): show(thing) for thing in _shown(model).filter(pk__in=wanted)}
    return [read[key] for hit in hits if (key := (hit.content_type_id, hit.object_id)) in read]


def _shown(model: Any) -> Any:
    return model.findable().select_related("group", "region", "verifier") if model is Story else model.findable()


def _story(story: Story) -> tuple[Card, str, str]:
    return story_card(story), str(story.get_kind_display()), f"{story.summary} {markdown.plain(story.body)}"[:LONGEST_SNIPPET]


def _group(group: Group) -> tuple[Card, str, str]:
    return group_card(group), str(KIND_LABELS[Group.KIND]), group.about


def _bare(text: str) -> str:
    return text.replace("\0", "").replace(SIGNS[0], "").replace(SIGNS[1], "")


def _html(text: str) -> SafeString:
    """Escaped first; only then do our two signs become the element."""
    return mark_safe(escape(text).replace(SIGNS[0], "<mark>").replace(SIGNS[1], "</mark>"))  # noqa: S308


def _newest_key(mark: str) -> tuple[datetime, int] | None:
    if not mark:
        return None
    moment, number = _whole_numbers(mark, 2)
    return _moment(moment), number


def _best_key(mark: str) -> tuple[datetime, tuple[int, int] | None]:
    """As of when the list is read, and the key of the last one seen."""
    if not mark:
        return timezone.now(), None
    score, number, moment = _whole_numbers(mark, 3)
    if score >= 2**31:
        raise UnknownCursor
    return _moment(moment), (score, number)


def _moment(micros: int) -> datetime:
    if micros > 4102444800 * 1_000_000:  # the year 2100
        raise UnknownCursor
    return datetime.fromtimestamp(0, UTC) + timedelta(microseconds=micros)


def _whole_numbers(mark: str, count: int) -> list[int]:
    parts = mark.split("-")
    if len(parts) != count or not all(part.isascii() and part.isdigit() and len(part) < 19 for part in parts):
        raise UnknownCursor
    return [int(part) for part in parts]
