"""Structured data for search engines (schema.org), as a data block that no browser runs."""

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from kentongan.groups.models import Group
from kentongan.portal.reading.addresses import whole
from kentongan.portal.reading.lists import published
from kentongan.portal.reading.trust import StoryPage

_ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def block(*things: dict[str, Any]) -> SafeString:
    """One `<script type="application/ld+json">`; nothing inside can end it."""
    graph = {"@context": "https://schema.org", "@graph": list(things)}
    text = json.dumps(graph, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 (escaped just above)


def breadcrumbs(crumbs: list[tuple[str, str]]) -> dict[str, Any]:
    """The tiers above a page; the page itself needs no address."""
    steps = [
        {"@type": "ListItem", "position": position, "name": str(label)} | ({"item": whole(href)} if href else {})
        for position, (label, href) in enumerate(crumbs, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": steps}


def organization(group: Group) -> dict[str, Any]:
    """A group as an organisation of its village."""
    facts = {"@type": "Organization", "@id": whole(group.get_absolute_url()), "name": group.name, "url": whole(group.get_absolute_url())}
    optional = {"description": group.about, "foundingDate": group.founded_on.isoformat() if group.founded_on else ""}
    return facts | {name: words for name, words in optional.items() if words} | {"areaServed": group.region.full_label}


def article(page: StoryPage) -> dict[str, Any]:
    """A story: who publishes it, when it appeared and last changed, what was corrected."""
    story = page.story
    facts: dict[str, Any] = {
        "@type": "NewsArticle",
        "@id": page.url,
        "mainEntityOfPage": page.url,
        "headline": story.headline[:110],
        "description": story.summary,
        "datePublished": published(story).isoformat(),
        "dateModified": (page.changed_at or published(story)).isoformat(),
        "inLanguage": "id",
        "isAccessibleForFree": True,
        "author": {"@id": whole(story.group.get_absolute_url())},
        "publisher": {"@id": whole(story.group.get_absolute_url())},
        "contentLocation": {"@type": "Place", "name": ", ".join(filter(None, (story.place, story.region.full_label)))},
    }
    if page.photo:
        facts["image"] = whole(page.photo.src)
    if page.corrections:
        facts["correction"] = [_("%(what)s. Sebab: %(why)s") % {"what": row.what, "why": row.why} for row in page.corrections]
    return facts
