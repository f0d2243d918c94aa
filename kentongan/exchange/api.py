"""The read API: `/api/v1/`. Anonymous, read only, the same that public pages show. Described by itself at `/api/v1/openapi.json`.

Lists are walked by cursor, at most `MOST` items at once; times are RFC 3339, errors RFC 9457, numbers and codes are stable.
"""

import logging
from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from hashlib import blake2b
from typing import Annotated, Any, Literal

from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags, urlencode
from django.utils.translation import override
from ninja import NinjaAPI, Query, Schema
from ninja.errors import ValidationError
from pydantic import AfterValidator, Field

from kentongan.core.errors import Refused
from kentongan.core.guard import code_to_quote
from kentongan.core.language import HOUSE
from kentongan.exchange.reading import served
from kentongan.exchange.reading.rows import whole
from kentongan.exchange.settings import LICENCE, MOST, USUAL

FRESH = "public, max-age=60"
PROBLEM = "application/problem+json"
OPEN = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "ETag, Link"}
TITLES = {
    400: "Bad request",
    404: "Not found",
    405: "Method not allowed",
    422: "Not a valid request",
    500: "Something broke",
    503: "Busy",
}

logger = logging.getLogger(__name__)


def _plain(text: str) -> str:
    if "\x00" in text:
        raise ValueError("holds a letter that no text has")
    return text


Code = Annotated[str, Field(max_length=20, description="A region's code (Kemendagri), dotted: 33, 33.18, 33.18.17, 33.18.17.2003.")]
Cursor = Annotated[
    str, Field(max_length=40, description="Where the next page begins: taken from `next`, not made up."), AfterValidator(_plain)
]
Limit = Annotated[int, Field(ge=1, le=MOST, description="Items of a page.")]
Number = Annotated[int, Field(ge=1, lt=2**63)]
Text = Annotated[str, AfterValidator(_plain)]
GroupState = Literal["", "decreed", "registered", "verified", "suspended", "dissolved"]
StoryKind = Literal["", "berita", "pengumuman", "potensi", "prestasi", "budaya", "pertanian", "panduan", "serta-merta"]


class Problem(Schema):
    """What went wrong (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = ""
    instance: str = ""
    errors: list[dict[str, Any]] = []


class Place(Schema):
    """Where something lies."""

    code: str
    label: str


class Region(Schema):
    """A province (level 1), regency or city (2), district (3), village (4)."""

    code: str
    name: str
    label: str
    level: int
    parent: str | None
    postal_code: str
    latitude: float | None
    longitude: float | None
    url: str


class DecreeFacts(Schema):
    """What a decree (SK) says."""

    id: int
    number: str
    dated: date
    rank: str = Field(description="Who issued it: kades, lurah, camat, bupati.")
    issuer: str
    starts: date
    ends: date
    holds_today: bool


class Of(Schema):
    """Whose something is."""

    id: int
    name: str
    url: str


class DecreeOut(DecreeFacts):
    """A decree with the group it is of."""

    group: Of


class GroupOut(Schema):
    """A community information group (KIM)."""

    id: int
    name: str
    slug: str
    state: str
    about: str
    secretariat: str
    contact: str
    founded_on: date | None
    stated_digital: bool | None
    fields: list[str]
    region: Place
    decrees: list[DecreeFacts]
    story_count: int
    last_published_at: datetime | None
    public_since: datetime | None
    source_note: str
    demo: bool = Field(description="Invented, on a demonstration site.")
    url: str


class Member(Schema):
    """Somebody in a group who said yes to being named."""

    name: str
    role: str
    starts: date
    ends: date | None


class GroupWhole(GroupOut):
    """A group with its people."""

    members: list[Member]


class StoryOut(Schema):
    """A published story."""

    id: int
    headline: str
    summary: str
    kind: str
    place: str
    published_at: datetime
    verified_at: datetime | None
    verifier: str
    urgent_reason: str
    group: Of
    region: Place
    source_count: int
    correction_count: int
    demo: bool
    url: str


class SourceOut(Schema):
    """Where a story's facts come from; empty where the source asked not to be named."""

    who: str
    how: str
    supports: str
    link: str
    unnamed: bool


class CorrectionOut(Schema):
    """What was wrong."""

    what: str
    why: str
    confirmed_at: datetime | None


class Original(Schema):
    """The story that this one passes on."""

    id: int
    url: str


class StoryWhole(StoryOut):
    """A story with its words (Markdown), which belong to its group: quote it, name it, link it."""

    body: str
    author: str
    origin_label: str
    repost_of: Original | None
    sources: list[SourceOut]
    corrections: list[CorrectionOut]
    version_count: int


class Figure(Schema):
    """What is counted in a place; the code of the nation is empty. What each measure means stands at /angka/."""

    code: str
    label: str
    villages: int = Field(description="Villages in it: what counts of villages are out of.")
    measures: dict[str, int]


class Listed(Schema):
    """A page of a list."""

    next: str | None = Field(description="The address of the next page; null on the last one.")
    licence: str = LICENCE


class Regions(Listed):
    """Regions."""

    items: list[Region]


class Groups(Listed):
    """Groups."""

    items: list[GroupOut]


class Decrees(Listed):
    """Decrees."""

    items: list[DecreeOut]


class Stories(Listed):
    """Stories."""

    items: list[StoryOut]


class Figures(Listed):
    """The places directly below one."""

    items: list[Figure]
    of: Figure


api = NinjaAPI(
    title="Kentongan",
    version="1",
    description="Community information groups (KIM) of Indonesia: what the public site shows, for machines. Read only.",
    docs_url=None,
    openapi_url=None,  # served below, so that it is answered like everything else
    urls_namespace="exchange_api",
    openapi_extra={"info": {"license": {"name": "CC BY 4.0 (facts); words and photos belong to their groups", "url": LICENCE}}},
)
WRONG = {404: Problem, 422: Problem, 500: Problem, 503: Problem}


def _answer(request: HttpRequest, page: served.Page, **more: Any) -> dict[str, Any]:
    given = {name: str(value) for name, value in request.GET.items() if name != "cursor"}
    following = whole(f"{request.path}?{urlencode({**given, 'cursor': page.after})}") if page.after else None
    return {"items": page.items, "next": following, "licence": LICENCE, **more}


@api.get("/regions", response={200: Regions, **WRONG}, summary="Regions by code", operation_id="regions")
def regions(
    request: HttpRequest,
    level: Annotated[int | None, Query(ge=1, le=4)] = None,
    parent: Code = "",
    cursor: Cursor = "",
    limit: Limit = USUAL,
) -> Any:
    """All regions, those of one level, or those directly in one parent."""
    return _answer(request, served.regions(level, parent, cursor, limit))


@api.get("/regions/{code}", response={200: Region, **WRONG}, summary="One region", operation_id="region")
def region(request: HttpRequest, code: Code) -> Any:
    """A region by its code."""
    return served.region(served.named_place(code))


@api.get("/groups", response={200: Groups, **WRONG}, summary="Groups by name", operation_id="groups")
def groups(request: HttpRequest, region: Code = "", state: GroupState = "", cursor: Cursor = "", limit: Limit = USUAL) -> Any:
    """Public groups: everywhere, in one region, in one state."""
    return _answer(request, served.groups(served.place_of(region), state, cursor, limit))


@api.get("/groups/{number}", response={200: GroupWhole, **WRONG}, summary="One group", operation_id="group")
def group(request: HttpRequest, number: Number) -> Any:
    """A group with those of its people who said yes to being named."""
    return served.one_group(number)


@api.get("/decrees", response={200: Decrees, **WRONG}, summary="Decrees by number", operation_id="decrees")
def decrees(
    request: HttpRequest, region: Code = "", group: Annotated[Number | None, Query()] = None, cursor: Cursor = "", limit: Limit = USUAL
) -> Any:
    """Decrees (SK) of public groups, also past ones."""
    return _answer(request, served.decrees(served.place_of(region), group, cursor, limit))


@api.get("/stories", response={200: Stories, **WRONG}, summary="Stories, the newest first", operation_id="stories")
def stories(  # noqa: PLR0917 (each is a word of the address)
    request: HttpRequest,
    region: Code = "",
    group: Annotated[Number | None, Query()] = None,
    kind: StoryKind = "",
    cursor: Cursor = "",
    limit: Limit = USUAL,
) -> Any:
    """Published stories where they first stood; of one group also those it passes on."""
    return _answer(request, served.stories(served.place_of(region), group, kind, cursor, limit))


@api.get("/stories/{number}", response={200: StoryWhole, **WRONG}, summary="One story", operation_id="story")
def story(request: HttpRequest, number: Number) -> Any:
    """A story with its words, sources and corrections."""
    return served.one_story(number)


@api.get("/figures", response={200: Figures, **WRONG}, summary="What is counted in a place and below it", operation_id="figures")
def figures(request: HttpRequest, region: Code = "", cursor: Cursor = "", limit: Limit = USUAL) -> Any:
    """The counts of a place (the nation without `region`), and of the places directly below it."""
    place = served.place_of(region)
    return _answer(request, served.figures(place, cursor, limit), of=served.figure(place))


def problem(status: int, detail: str = "", instance: str = "", errors: list[dict[str, Any]] | None = None) -> JsonResponse:
    """An error for machines (RFC 9457)."""
    said: dict[str, Any] = {"type": "about:blank", "title": TITLES.get(status, "Error"), "status": status, "detail": detail}
    said |= {"instance": instance} if instance else {}
    said |= {"errors": errors} if errors else {}
    return JsonResponse(said, status=status, content_type=PROBLEM, headers={"Cache-Control": "no-store"})


@api.exception_handler(Refused)
def _refused(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(error.status, str(error.sentence), request.path)


@api.exception_handler(Http404)
def _not_there(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(404, str(error), request.path)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: Any) -> HttpResponse:
    wrong = [{"where": ".".join(map(str, one["loc"][1:])) or str(one["loc"][0]), "what": one["msg"]} for one in error.errors]
    return problem(422, "; ".join(f"{one['where']}: {one['what']}" for one in wrong), request.path, wrong)


@api.exception_handler(Exception)
def _broken(request: HttpRequest, error: Exception) -> HttpResponse:
    if isinstance(error, OperationalError | InterfaceError):
        logger.warning("the API: the database is away: %s", error)
        return problem(503, "The database is away. Ask again in a moment.", request.path)
    code = code_to_quote()
    logger.exception("the API failed, code %s", code)
    return problem(500, f"We have noted this error, code {code}.", request.path)


def schema(request: HttpRequest) -> JsonResponse:
    """The API described by itself (OpenAPI 3.1)."""
    said: dict[str, Any] = api.get_openapi_schema(path_prefix="/api/v1/")
    for operation in (one for ways in said["paths"].values() for one in ways.values()):
        for status, answer in operation["responses"].items():
            if int(status) >= 400 and "application/json" in answer.get("content", {}):
                answer["content"] = {PROBLEM: answer["content"].pop("application/json")}
    return JsonResponse(said, json_dumps_params={"ensure_ascii": False})


def nothing(request: HttpRequest, rest: str = "") -> JsonResponse:
    """An address that means nothing."""
    return problem(404, "There is nothing at this address. See /api/.", request.path)


def served_well(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """What every answer of the API has: who may ask, a tag, 304 where nothing changed, and a problem instead of a page when refused.

    In Indonesian, whatever the address: labels are part of the data.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "OPTIONS":
            return _finished(HttpResponse(status=204, headers={"Allow": ALLOW, "Access-Control-Allow-Methods": ALLOW}))
        if request.method not in ("GET", "HEAD"):
            refused = problem(405, f"This API is read only: {ALLOW}.", request.path)
            refused["Allow"] = ALLOW
            return _finished(refused)
        request.method = "GET"  # a HEAD is answered as a GET; the server leaves the body out
        with override(HOUSE):
            return _tagged(request, _finished(view(request, *args, **kwargs)))

    return wrapped


ALLOW = "GET, HEAD, OPTIONS"


def _finished(response: HttpResponse) -> HttpResponse:
    for name, text in OPEN.items():
        response[name] = text
    patch_vary_headers(response, ("Accept-Encoding",))
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _tagged(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Say what this very content is called, and nothing more to whoever has it."""
    if response.status_code != 200:
        return response
    tag = f'W/"{blake2b(response.content, digest_size=12).hexdigest()}"'
    if tag in parse_etags(request.headers.get("If-None-Match", "")):
        return _finished(HttpResponse(status=304, headers={"ETag": tag, "Cache-Control": FRESH}))
    response["ETag"], response["Cache-Control"] = tag, FRESH
    return response


def addresses() -> list[URLPattern]:
    """Every address of the API, under names of this room: `api_regions` …; what is none of them is a problem, not a page."""
    of_ninja: list[Any] = api.urls[0]
    patterns = [one for one in of_ninja if one.name != "api-root"]
    found = [path(f"api/v1/{one.pattern}", served_well(one.callback), name=f"api_{one.name}") for one in patterns]
    found.append(path("api/v1/openapi.json", served_well(schema), name="api_schema"))
    found += [path(f"api/v1/{rest}", served_well(nothing), name="api_nothing") for rest in ("", "<path:rest>")]
    return found
