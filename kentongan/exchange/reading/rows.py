"""Groups, stories and places as rows of open data. No person, no contact, no address of anybody's house stands in them."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Prefetch
from django.utils import timezone

from kentongan.documents.sheets import Cell
from kentongan.exchange.settings import STORY_DAYS
from kentongan.groups.models import Decree, Group
from kentongan.newsroom.models import Story
from kentongan.regions.models import Level, Region

Row = tuple[Cell, ...]
CHUNK = 1000
NO_TEXTS = ("body", "what", "why", "how")

GROUP_HEAD = (
    *("id", "nama", "kode_wilayah", "desa_kelurahan", "kecamatan", "kabupaten_kota", "provinsi", "keadaan"),
    *("sk_nomor", "sk_tanggal", "sk_penerbit", "sk_mulai", "sk_sampai", "berdiri", "bidang", "dinyatakan_tik"),
    *("kabar_terbit", "kabar_terakhir", "lintang", "bujur", "alamat", "contoh"),
)
STORY_HEAD = (
    *("id", "judul", "ringkasan", "jenis", "terbit", "kim_id", "kim", "kode_wilayah", "desa_kelurahan", "kecamatan"),
    *("kabupaten_kota", "provinsi", "sumber", "ralat", "alamat", "contoh"),
)
GAP_HEAD = ("kode_wilayah", "desa_kelurahan", "kecamatan", "kabupaten_kota", "provinsi", "lintang", "bujur")


class Names:
    """The names of provinces, regencies and districts by code, read once (7,800 rows): a row then needs no joins."""

    def __init__(self) -> None:
        upper = Region.objects.filter(level__lt=Level.VILLAGE).values_list("code", "name", "level")
        self._names = {code: name for code, name, _level in upper}

    def above(self, code: str) -> tuple[str, str, str]:
        """District, regency and province of a code; empty where it is one of them itself and lies in none."""
        parts = code.split(".")
        named = [self._names.get(".".join(parts[:length]), "") if length <= len(parts) else "" for length in (3, 2, 1)]
        return named[0], named[1], named[2]

    def place(self, region: Region) -> tuple[str, str, str, str, str]:
        """Code, village, district, regency, province."""
        village = region.name if region.level == Level.VILLAGE else ""
        return region.code, village, *self.above(region.code)


def public_groups() -> Any:
    """Every group with a public page."""
    return Group.objects.visible_to(None).select_related("region")


def group_rows(groups: Any, names: Names, most: int | None = None) -> Iterator[Row]:
    """Groups in the order of their numbers, at most `most`, as GROUP_HEAD names the columns."""
    for group in _with_decrees(groups.order_by("pk")[:most]):
        yield group_row(group, names)


def _with_decrees(groups: Any) -> Iterable[Group]:
    counting = Decree.objects.filter(withdrawn=False).order_by("-starts", "-id")
    rows: Iterable[Group] = groups.prefetch_related(Prefetch("decrees", queryset=counting, to_attr="counting")).iterator(chunk_size=CHUNK)
    return rows


def group_row(group: Group, names: Names) -> Row:
    """One group; its decrees that count were read along as `counting`."""
    decree = decree_of(group)
    decreed: Row = (decree.number, decree.dated, decree.rank, decree.starts, decree.ends) if decree else (None,) * 5
    written = timezone.localdate(group.last_published_at) if group.last_published_at else None
    said: Row = (group.founded_on, "; ".join(group.fields), group.stated_digital)
    point: Row = (group.region.lat, group.region.lon)
    told: Row = (group.story_count, written)
    address = whole(group.get_absolute_url())
    return (group.pk, group.name, *names.place(group.region), group.state, *decreed, *said, *told, *point, address, group.demo)


def decree_of(group: Any) -> Decree | None:
    """The decree of today, else the newest one."""
    today = timezone.localdate()
    decrees: list[Decree] = group.counting
    return next((one for one in decrees if one.starts <= today <= one.ends), next(iter(decrees), None))


def recent_stories() -> Any:
    """What was published in the last twelve months, each where it first stood."""
    since = timezone.now() - timedelta(days=STORY_DAYS)
    return Story.objects.published().filter(group__state__in=Group.PUBLIC, repost_of=None, published_at__gte=since)


def story_rows(stories: Any, names: Names, most: int | None = None) -> Iterator[Row]:
    """Published stories, the newest first, at most `most`, as STORY_HEAD names the columns.

    Who wrote and checked them stands on their pages only.
    """
    rows = stories.select_related("group", "region").defer(*NO_TEXTS).order_by("-published_at", "-id")[:most]
    for story in rows.iterator(chunk_size=CHUNK):
        yield story_row(story, names)


def story_row(story: Story, names: Names) -> Row:
    """One published story."""
    told: Row = (story.headline, story.summary, story.kind, story.published_at)
    by: Row = (story.group_id, story.group.name)
    counts: Row = (story.source_count, story.correction_count)
    return (story.pk, *told, *by, *names.place(story.region), *counts, whole(story.get_absolute_url()), story.demo)


def gap_rows(names: Names) -> Iterator[Row]:
    """Every village in which no group is formed, by code."""
    formed = (*Group.PUBLISHING, Group.State.SUSPENDED)
    covered = set(Group.objects.filter(state__in=formed).exclude(village_code="").values_list("village_code", flat=True))
    villages = Region.objects.at_level(Level.VILLAGE).order_by("code").values_list("code", "name", "lat", "lon")
    for code, name, lat, lon in villages.iterator(chunk_size=CHUNK):
        if code not in covered:
            yield (code, name, *names.above(code), lat, lon)


def whole(path: str) -> str:
    """The address with its host."""
    return f"{settings.SITE_URL}{path}"


def written(value: object) -> object:
    """A value as JSON holds it: days and moments as RFC 3339."""
    if isinstance(value, datetime):
        return value.astimezone(timezone.get_default_timezone()).isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, date) else value
