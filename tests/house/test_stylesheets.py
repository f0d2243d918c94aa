"""Two stylesheets: every page loads the first, only the desk the second. A public page asks for nothing of the desk's."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

PUBLIC_LIMIT = 8_000  # bytes compressed: what is left of one round trip (14,000) after a story of 6,000
ROOMS = Path(__file__).resolve().parents[2] / "kentongan"
TEMPLATES = {str(path.relative_to(path.parents[1])): path.read_text() for path in ROOMS.glob("*/templates/*/*.html")} | {
    f"ui/components/{path.name}": path.read_text() for path in ROOMS.glob("ui/templates/ui/components/*.html")
}
BOTH = ("ui/stale.html", "ui/refused.html", "ui/gallery.html")
"""Pages of either side, which load what they need."""


def sheet(name: str) -> str:
    return re.sub(r"/\*.*?\*/", "", Path(str(finders.find(f"ui/{name}.css"))).read_text(), flags=re.DOTALL)


def classes(css: str) -> set[str]:
    selectors = re.findall(r"([^{}]+)\{", css)
    return {name for selector in selectors if not selector.strip().startswith("@") for name in re.findall(r"\.([a-z][a-z-]*)", selector)}


def reached(name: str) -> Iterator[str]:
    """The template itself, what it extends and what it includes."""
    waiting, seen = [name], set()
    while waiting:
        current = waiting.pop()
        if current in seen or current not in TEMPLATES:
            continue
        seen.add(current)
        yield current
        waiting += re.findall(r'\{% (?:extends|include) "([^"]+)"', TEMPLATES[current])


PUBLIC = sorted(name for name in TEMPLATES if name not in BOTH and "ui/public.html" in set(reached(name)) - {name})


def test_the_public_stylesheet_leaves_a_story_its_round_trip() -> None:
    assert len(gzip.compress(Path(str(finders.find("ui/kentongan.css"))).read_bytes(), 9)) <= PUBLIC_LIMIT


def test_public_templates_are_found() -> None:
    assert {"portal/story.html", "newsroom/tip.html"} <= set(PUBLIC)


SHARED = ("ui/components/field.html",)
"""One component for every field; a public form has no file to choose."""


@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_page_uses_no_class_that_only_the_desk_has(name: str) -> None:
    desk_only = classes(sheet("meja")) - classes(sheet("kentongan"))
    for part in set(reached(name)) - set(SHARED):
        values = re.findall(r'class="([^"]*)"', TEMPLATES[part])
        assert not desk_only & set(re.sub(r"\{%.*?%\}|\{\{.*?\}\}", " ", " ".join(values)).split()), part
