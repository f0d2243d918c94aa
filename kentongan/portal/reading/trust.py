"""A story's page: why it can be believed, how to pass it on, what it came out of."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kentongan.core.language import as_written
from kentongan.core.models import Step
from kentongan.discussions.models import Contribution, Summary, Topic
from kentongan.media.models import Shown
from kentongan.newsroom import markdown
from kentongan.newsroom.models import Alarm, Check, Correction, Hold, Source, Story, Tip, Trust
from kentongan.portal.reading.addresses import whole
from kentongan.portal.reading.lists import LONG_TEXTS, OF_ORIGINS, Card, story_card
from kentongan.portal.reading.series import Place, place_of
from kentongan.ui import writing

OTHERS = 4
SAID_MOST = 8
"""What members said, shown below a story: more would weigh on every visit."""


@dataclass
class StoryPage:
    """Everything a story's page says besides the story itself. Each part is a bounded number of queries, however much there is of it."""

    story: Story

    @cached_property
    def url(self) -> str:
        """Its one address, with the host."""
        return whole(self.story.get_absolute_url())

    @cached_property
    def short_url(self) -> str:
        """The address that fits in a message."""
        return whole(reverse("portal:story_short", args=[self.story.pk]))

    @cached_property
    def versions_url(self) -> str:
        return f"{self.story.original.get_absolute_url()}versi/"

    @property
    def canonical(self) -> str:
        """Where search engines are sent: to the original, where this passes another group's story on."""
        return whole(self.story.original.get_absolute_url())

    @property
    def label(self) -> str:
        """Whose words these are, where they are not its group's own; stands above the title."""
        return self.story.origin_label()

    @property
    def label_note(self) -> str:
        """Until when its material holds, or since when no more."""
        return self.story.origin_note()

    @cached_property
    def credit_of_original(self) -> str:
        """Who wrote what is passed on, when, and who checked it; empty where the words are its group's own."""
        original = self.story.repost_of
        if original is None:
            return ""
        date = writing.date_only(original.published_at, original.region) if original.published_at else ""
        said = _("Ditulis %(group)s, terbit %(date)s, diperiksa %(checker)s di sana.")
        return said % {"group": original.group.name, "date": date, "checker": original.verifier.public_name if original.verifier else ""}

    @property
    def original_url(self) -> str:
        """Where the original stands."""
        return self.story.original.get_absolute_url()

    @cached_property
    def introduction(self) -> str:
        """What the group that passes it on says itself, as safe HTML."""
        return markdown.html(self.story.body, self.inert) if self.story.repost_of and self.story.body else ""

    @cached_property
    def picture(self) -> Any:
        """Its photo with what is said about it; of the original where it passes one on."""
        return self.story.original.picture

    @cached_property
    def more_photos(self) -> list[dict[str, Any]]:
        """Its photos after the first one, each as it is shown and with who took it."""
        rows = [row for row in self.story.original.gallery()[1:] if row.photo.public]
        return [{"shown": row.photo.shown(), "alt": row.alt, "credit": _("Foto: %(credit)s") % {"credit": row.credit}} for row in rows]

    @property
    def told_by(self) -> str:
        """Who told it and who wrote it down, where that is not the same person; empty otherwise."""
        story = self.story
        names = {"teller": story.teller, "author": story.author.public_name}
        return _("Diceritakan %(teller)s, ditulis %(author)s.") % names if story.teller and story.teller_consent else ""

    @cached_property
    def body(self) -> str:
        """The text as safe HTML."""
        return markdown.html(self.story.original.body, self.inert)

    @cached_property
    def alarms(self) -> list[Alarm]:
        """What is being looked at in its words, or in those it passes on."""
        return list(Alarm.objects.open().filter(story__in=[self.story.pk, self.story.repost_of_id or self.story.pk]))

    @cached_property
    def looks(self) -> list[Hold]:
        """What a second person looked at and let out, and what they said."""
        return list(self.story.holds.released().select_related("decided_by"))

    @property
    def warning(self) -> str:
        """What readers are told while something on the page is being looked at; empty when nothing is."""
        if not self.alarms:
            return ""
        if any(alarm.cause != Alarm.Cause.TEXT for alarm in self.alarms):
            return _(
                "Isi halaman ini mungkin berubah tanpa sepengetahuan KIM. Tautannya tampil, tetapi tidak bisa dibuka sampai KIM melihatnya."
            )
        return _("Ada tautan atau kata di halaman ini yang sedang dilihat KIM. Tautan itu tampil, tetapi belum bisa dibuka.")

    @property
    def inert(self) -> frozenset[str] | None:
        """The links that lead nowhere for now; None is all of them: nobody knows which words are the group's."""
        if any(alarm.cause != Alarm.Cause.TEXT for alarm in self.alarms):
            return None
        return frozenset(finding.around for alarm in self.alarms for finding in alarm.found)

    @cached_property
    def trust(self) -> Trust:
        return self.story.trust()

    @cached_property
    def corrections(self) -> list[Correction]:
        """Confirmed ones, the newest first; of the original where it passes one on."""
        if self.story.repost_of_id is None:
            return self.trust.corrections[::-1]
        rows = Correction.objects.filter(story=self.story.repost_of_id, state=Correction.State.CONFIRMED)
        return list(rows.select_related("proposed_by", "confirmed_by").order_by("-id"))

    @cached_property
    def photo(self) -> Shown | None:
        """Its photo once it is prepared and public."""
        picture = self.picture
        return picture.photo.shown() if picture and picture.photo.public else None

    @property
    def credit(self) -> str:
        """Who took the photo, in words."""
        picture = self.picture
        return _("Foto: %(credit)s") % {"credit": picture.credit} if picture and picture.credit else ""

    @cached_property
    def topic(self) -> Topic | None:
        """Where its group talked it over."""
        return self.story.topic

    @cached_property
    def summary(self) -> Summary | None:
        """The newest signed summary of its discussion."""
        return self.topic.public_summary() if self.topic else None

    @cached_property
    def said(self) -> list[Contribution]:
        """What members said and let everyone read, the first SAID_MOST; the rest stays with them."""
        return list(self.topic.public_contributions()[:SAID_MOST]) if self.topic else []

    @property
    def talked(self) -> str:
        """How many talked it over before it was checked, as the fold over what they said is named."""
        n = self.story.discussants
        return ngettext("Dibahas %(n)s orang", "Dibahas %(n)s orang", n) % {"n": n} if n else _("Pembahasan")

    @cached_property
    def origin(self) -> str:
        """What may be said of the raw material it came out of: that it was brought, and when; never by whom."""
        tip = next((thing for thing in Step.into(self.story) if isinstance(thing, Tip)), None)
        if tip is None:
            return ""
        date = {"date": writing.date_only(tip.received_at, self.story.region)}
        if tip.brought_by_id is None:
            return _("Kabar ini berawal dari bahan yang dikirim seorang warga pada %(date)s.") % date
        return _("Kabar ini berawal dari bahan yang dibawa anggota KIM pada %(date)s.") % date

    @cached_property
    def series(self) -> Place | None:
        """Where it stands among the stories it belongs with."""
        return place_of(self.story)

    @property
    def review(self) -> dict[str, str] | None:
        """Of knowledge: until when it was said to hold, or since when it should be looked at again."""
        story = self.story
        if story.kind != Story.Kind.GUIDE or story.review_by is None:
            return None
        seen = _("Terakhir ditinjau %(name)s, %(date)s.") % {
            "name": getattr(story.reviewed_by or story.verifier, "public_name", story.group.name),
            "date": writing.date_only(story.reviewed_at or story.verified_at or story.published_at, story.region),  # type: ignore[arg-type]
        }
        date = {"date": writing.day(story.review_by)}
        if story.stale:
            title = _("Perlu ditinjau sejak %(date)s") % date
            return {"kind": "", "title": title, "body": seen + " " + _("Isinya mungkin sudah berubah: tanyakan dulu.")}
        return {"kind": "quiet", "title": _("Berlaku, ditinjau lagi paling lambat %(date)s") % date, "body": seen}

    @property
    def title(self) -> str:
        """The end of its address, for the addresses that hang on it."""
        return self.story.get_absolute_url().rstrip("/").rpartition("/")[2].partition("-")[2]

    @cached_property
    def others(self) -> list[Card]:
        """Other new stories of the group."""
        rows = (
            Story.objects.filter(group=self.story.group)
            .newest(OTHERS + 1)
            .labelled()
            .select_related("group", "region", "verifier")
            .defer(*LONG_TEXTS, *OF_ORIGINS)
        )
        return [story_card(row, inside_group=True, summary=False) for row in rows if row.pk != self.story.pk][:OTHERS]

    @property
    def facts(self) -> list[tuple[str, Any]]:
        """What the trust line unfolds into."""
        trust, place = self.trust, self.story.region
        facts: list[tuple[str, Any]] = [(_("Sumber"), [source_words(source, self.inert) for source in trust.sources])]
        facts.append((_("Yang diperiksa"), [*checked_words(trust), _("Penulis dan pemeriksa orang yang berbeda.")]))
        if trust.discussion:
            facts.append((_("Pembahasan"), trust.discussion))
        if self.corrections:
            facts.append((_("Ralat"), [(_told(row, place), f"#ralat-{row.pk}") for row in self.corrections]))
        if told := [_looked(hold) for hold in self.looks]:
            facts.append((_("Dilihat dulu oleh orang kedua"), told))
        count = len(trust.versions)
        words = (_("%(n)s versi. Lihat yang berubah") if count > 1 else _("%(n)s versi")) % {"n": count}
        return [*facts, (_("Versi"), [(words, self.versions_url)])]

    @property
    def changed_at(self) -> Any:
        """When its words last changed in public; None when they never did."""
        return self.corrections[0].confirmed_at if self.corrections else None

    @property
    def whatsapp(self) -> str:
        """The address that opens WhatsApp with the text ready."""
        return f"https://wa.me/?text={quote(self.share_text, safe='')}"

    @property
    def share_text(self) -> str:
        """Headline, summary, who checked it, and the short link."""
        return self.story.share_text(self.short_url)


def source_words(source: Source, inert: frozenset[str] | None = frozenset()) -> tuple[str, str]:
    """A source as the public reads it: words and a link. Of one who asked not to be named nothing else is shown either.

    A link that is being looked at leads nowhere and says so.
    """
    if source.unnamed:
        return _("Seseorang yang dikenal KIM dan minta namanya tidak ditampilkan."), ""
    link = source.link if source.link.startswith(("https://", "http://")) else ""
    words = ", ".join(part for part in (source.who, source.how) if part)
    if source.supports:
        words = _("%(source)s. Mendukung: %(what)s") % {"source": words.rstrip("."), "what": source.supports}
    if link and (inert is None or link in inert):
        return as_written(f"{words} ({_('tautan ini sedang diperiksa')})"), ""
    if link and source.link_is_short:
        words = f"{words} ({markdown.short_link()})"
    return as_written(words), link


def _looked(hold: Hold) -> str:
    """Who looked at what, and what they said."""
    quoted = ", ".join(f"“{finding.found}”" for finding in hold.found[:3])
    return format_html("{}: {}. {}", as_written(quoted), as_written(hold.note), hold.decided_by)


def _told(row: Correction, place: Any) -> str:
    """A correction in a list: what, and when it was confirmed."""
    return format_html("{} ({})", as_written(row.what), writing.date_only(row.confirmed_at, place) if row.confirmed_at else "")


def checked_words(trust: Trust) -> list[str]:
    """What was looked at and what was done; how a source was reached stays out where one asked not to be named."""
    hidden = any(source.unnamed for source in trust.sources)
    notes = [(check.label, "" if hidden and check.item == Check.Item.SOURCE else check.note) for check in trust.checks]
    return [format_html("{}: {}", label, as_written(note)) if note else label for label, note in notes]
