"""The site looks at its own public pages: are the words those that were checked, and is there nothing on a page that nobody wrote?"""

import gzip
import re
import zlib
from collections.abc import Iterable
from hashlib import sha256
from html import unescape
from pathlib import Path

from django.conf import settings

from kentongan.core.jobs import enqueue, job
from kentongan.groups.models import Group
from kentongan.newsroom import markdown, suspicion
from kentongan.newsroom.actions import raise_alarm
from kentongan.newsroom.actions.inner import screen
from kentongan.newsroom.models import Alarm, Story
from kentongan.newsroom.suspicion import Finding
from kentongan.pages import store
from kentongan.ui.writing import outside

HREF = re.compile(
    r"""<(?:a|script|iframe|form|embed|object)\b[^<>]{0,400}?\s(?:href|src|action|data)\s?=\s?["']?(https?://[^"'\s>]{1,500})""", re.I
)
"""Whatever leads out of a page, as a browser would follow it."""
OURS = ("wa.me", "schema.org")
"""Hosts our own pages lead to besides what is written in them."""
SCANNED = 100
"""How many things one job looks at: a few seconds of work."""
GROUP_TEXTS = ("name", "about", "secretariat", "contact")


@job
def scan(after: int = 0) -> None:
    """Look at the published stories, SCANNED at a time by id, then at the next ones; with the first, at what groups say of themselves."""
    if not after:
        enqueue("newsroom.scan_groups")
    stories = list(Story.objects.published().filter(pk__gt=after).whole().order_by("pk")[:SCANNED])
    for story in stories:
        scan_story(story)
    if len(stories) == SCANNED:
        enqueue("newsroom.scan", after=stories[-1].pk)


@job
def scan_groups(after: int = 0) -> None:
    """Look at what public groups say about themselves, SCANNED at a time."""
    groups = list(Group.objects.public().filter(pk__gt=after).select_related("region").order_by("pk")[:SCANNED])
    for group in groups:
        scan_group(group)
    if len(groups) == SCANNED:
        enqueue("newsroom.scan_groups", after=groups[-1].pk)


@job
def scan_unpublished() -> None:
    """Lay the holds that were not laid when stories were handed in; the SCANNED that changed last."""
    waiting = Story.objects.filter(state__in=(Story.State.SUBMITTED, Story.State.VERIFIED)).whole().order_by("-changed_at")
    for story in waiting[:SCANNED]:
        if story.unlooked():
            screen(story)


def scan_story(story: Story) -> list[Alarm]:
    """Look at a published story: its words, whether they are those of its last version, and its page as it lies in the store."""
    found = {
        Alarm.Cause.TEXT: story.find(),
        Alarm.Cause.CHANGED: _changed(story),
        Alarm.Cause.PAGE: _slipped_in(story, written_page(story.get_absolute_url())),
    }
    raised = (raise_alarm(story.group, story, cause, findings) for cause, findings in found.items() if findings)
    return [alarm for alarm in raised if alarm]


def scan_group(group: Group) -> Alarm | None:
    """Look at what a group says about itself in public."""
    found = suspicion.look([(name, getattr(group, name)) for name in GROUP_TEXTS])
    return raise_alarm(group, None, Alarm.Cause.TEXT, found) if found else None


def _changed(story: Story) -> list[Finding]:
    last = story.latest()
    words = (story.headline, story.summary, story.body)
    if last is None or last.words == words:
        return []
    mark = sha256("\0".join(words).encode()).hexdigest()[:16]
    part = next(name for name, now, then in zip(Story.TEXTS, words, last.words, strict=True) if now != then)
    return [Finding("changed", _difference(last.words, words), part, mark)]


def _difference(then: Iterable[str], now: Iterable[str]) -> str:
    """The beginning of what stands there now and did not."""
    before = {line for text in then for line in text.splitlines()}
    lines = [line for text in now for line in text.splitlines() if line.strip() and line not in before]
    return (lines[0] if lines else "…")[: suspicion.QUOTE]


def _slipped_in(story: Story, page: str) -> list[Finding]:
    """Addresses on the stored page that lead where nothing in the story leads."""
    original = story.original
    texts = "\n\n".join(getattr(one, name) for one in (story, original) for name in (*Story.TEXTS, "interest_note"))
    written = [address for address, _words in markdown.links(texts)] + suspicion.addresses_in(texts)
    written += [link for one in (story, original) for link in one.named_sources().values_list("link", flat=True) if link]
    known = {suspicion.host_of(address) for address in written} | {*OURS}
    strange = [address for address in map(unescape, HREF.findall(page)) if outside(address) and suspicion.host_of(address) not in known]
    return [Finding("page", address[: suspicion.QUOTE], "page", address) for address in dict.fromkeys(strange)][: suspicion.MOST]


def written_page(path: str) -> str:
    """The page of an address as it lies in the store of this machine; empty where none does."""
    place = store.file_for(path, "")
    if place is None:
        return ""
    site, name = place
    for root in Path(settings.PAGES_ROOT).glob("*"):  # a directory a release; old ones are swept
        try:
            return gzip.decompress((root / site / "current" / f"{name}.gz").read_bytes()).decode(errors="replace")
        except (OSError, EOFError, zlib.error):
            continue
    return ""
