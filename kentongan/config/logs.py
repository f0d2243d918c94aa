"""What is written about the running: one line a request and one a trouble, as JSON, with nothing of a person in it.

No path (it may hold a code), no query, no address, no name: the route's name, the status, how long it took, and the code that stands on the
error page. An exception is told by its type and its place; its words are left out, because a database's words hold what somebody typed.
"""

import json
import logging
import re
import socket
import time
import traceback
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse

from kentongan.core.guard import code_to_quote

CODE: ContextVar[str] = ContextVar("code", default="")
NODE = socket.gethostname()
FRAMES = 8
ROOT = Path(__file__).resolve().parents[2]
PERSONAL = re.compile(r"""\?[^\s"']+|[^\s"'<>]+@[^\s"'<>]+|\+?\d(?:[ .-]?\d){6,}""")
"""A query, an address with @, a number as long as a telephone's: left out even where nobody should have written one."""

logger = logging.getLogger("kentongan.request")


class RequestLog:
    """The outermost layer: gives each request its code and writes its line."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.monotonic()
        request.code = code_to_quote()  # type: ignore[attr-defined]
        token = CODE.set(request.code)  # type: ignore[attr-defined]
        try:
            response = self.get_response(request)
        finally:
            CODE.reset(token)
        said = {
            "code": request.code,  # type: ignore[attr-defined]
            "route": getattr(request.resolver_match, "view_name", None) or "-",
            "method": request.method if request.method in ("GET", "HEAD", "POST") else "other",
            "status": response.status_code,
            "ms": round((time.monotonic() - began) * 1000),
        }
        failed = getattr(request, "failed", None)
        logger.log(
            logging.ERROR if response.status_code >= 500 else logging.INFO,
            "request",
            extra={"said": said},
            exc_info=(type(failed), failed, failed.__traceback__) if failed else None,
        )
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> None:
        """Remember what a view raised: the line is written once, at the end."""
        request.failed = error  # type: ignore[attr-defined]


class Line(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Time, level, node, logger, words, and of an exception its type and where it was."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "node": NODE,
            "from": record.name,
        }
        said = getattr(record, "said", None)
        line |= said if said else {"message": words(record), **({"code": CODE.get()} if CODE.get() else {})}
        if record.exc_info and record.exc_info[1]:
            line |= told(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)


class Plain(Line):
    """The same for a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        """Level, logger, words, exception."""
        line = json.loads(super().format(record))
        rest = line.pop("message", "") or json.dumps({name: line[name] for name in line if name not in ("time", "level", "node", "from")})
        failed = f" {line.get('error', '')} {' < '.join(reversed(line.get('at', [])))}" if "error" in line else ""
        return f"{record.levelname:<7} {record.name}: {rest}{failed}"


def words(record: logging.LogRecord) -> str:
    """What our own code says; of others' only the sentence without what they put into it."""
    said = record.getMessage() if record.name.startswith("kentongan") else str(record.msg)
    return PERSONAL.sub("…", said)[:500]


def told(error: BaseException) -> dict[str, Any]:
    """An exception and what caused it, by type and place."""
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    found: dict[str, Any] = {"error": _name(error), "at": [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]}
    if error.__cause__:
        found["cause"] = _name(error.__cause__)
    return found


def _name(error: BaseException) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}"


def _short(filename: str) -> str:
    path = Path(filename)
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else "/".join(path.parts[-3:])
