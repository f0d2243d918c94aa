"""What tests ask of a page: that it parses, what it says, what it links to."""

import gzip
import json
import re
from pathlib import Path
from typing import Any

import html5lib
from django.contrib.staticfiles import finders

STYLESHEET = "ui/kentongan.css"


def parse(answer: Any) -> Any:
    """The page as a tree; raises on the first error an HTML parser would have to repair."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parse(answer.content.decode())


def text_of(answer: Any) -> str:
    """The words a person reads, spaces made single."""
    return " ".join("".join(parse(answer).find("body").itertext()).split())


def structured(answer: Any) -> list[dict[str, Any]]:
    """Every thing the page's data block describes."""
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', answer.content.decode(), re.DOTALL)
    return json.loads(found[1])["@graph"] if found else []


def size_with_stylesheet(answer: Any) -> int:
    """Bytes of a first visit besides pictures: the page and the stylesheet, compressed as they are served."""
    stylesheet = Path(str(finders.find(STYLESHEET))).read_bytes()
    return len(gzip.compress(answer.content, 6)) + len(gzip.compress(stylesheet, 9))
