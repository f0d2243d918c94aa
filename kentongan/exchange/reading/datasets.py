"""The open data there is: what each file holds, and the catalogue of them (Project Open Data 1.1, now called DCAT-US 1.1)."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from kentongan.exchange.reading import rows
from kentongan.exchange.reading.rows import Names, Row, whole
from kentongan.exchange.settings import LICENCE

CSV, GEOJSON = "text/csv", "application/geo+json"
SCHEMA = "https://project-open-data.cio.gov/v1.1/schema"
CONTEXT = f"{SCHEMA}/catalog.jsonld"


@dataclass(frozen=True)
class Dataset:
    """Something that is counted or listed, in one or two formats. `name` is the beginning of its files' names."""

    name: str
    title: Any
    description: Any
    keywords: tuple[str, ...]
    files: tuple[str, ...]
    head: tuple[str, ...]


DATASETS = (
    Dataset(
        "kim",
        _("Daftar KIM"),
        _("Setiap KIM yang tampil untuk umum: di mana, keadaannya, SK-nya, dan kapan terakhir menulis. Tanpa nama dan kontak orang."),
        ("KIM", "kelompok informasi masyarakat", "desa", "SK"),
        ("kim.csv", "kim.geojson"),
        rows.GROUP_HEAD,
    ),
    Dataset(
        "kabar",
        _("Kabar terbit 12 bulan terakhir"),
        _("Setiap kabar yang terbit: judul, ringkasan, jenis, tempat, jumlah sumber dan ralat. Isinya dibaca di alamatnya."),
        ("kabar", "KIM", "desa", "informasi publik"),
        ("kabar.csv",),
        rows.STORY_HEAD,
    ),
    Dataset(
        "wilayah-tanpa-kim",
        _("Desa dan kelurahan yang belum punya KIM"),
        _("Setiap desa dan kelurahan tanpa KIM ber-SK, menurut kode wilayah Kemendagri."),
        ("KIM", "desa", "kelurahan", "cakupan"),
        ("wilayah-tanpa-kim.csv",),
        rows.GAP_HEAD,
    ),
)
FILES = tuple(file for dataset in DATASETS for file in dataset.files)
TYPES = {".csv": CSV, ".geojson": GEOJSON}


def kind_of(file: str) -> str:
    """The media type of a file of the open data."""
    return TYPES[Path(file).suffix]


def rows_of(file: str, names: Names) -> Iterable[Row]:
    """What a CSV file holds below its heading."""
    if file == "kabar.csv":
        return rows.story_rows(rows.recent_stories(), names)
    return rows.gap_rows(names) if file == "wilayah-tanpa-kim.csv" else rows.group_rows(rows.public_groups(), names)


def head_of(file: str) -> tuple[str, ...]:
    """The heading of a CSV file."""
    return next(dataset.head for dataset in DATASETS if file in dataset.files)


def features(names: Names) -> Iterator[dict[str, Any]]:
    """Groups as features of GeoJSON (RFC 7946: longitude first); where nobody knows the point, the geometry is null (section 3.2)."""
    for row in rows.group_rows(rows.public_groups(), names):
        said = {name: rows.written(value) for name, value in zip(rows.GROUP_HEAD, row, strict=True)}
        lat, lon = said.pop("lintang"), said.pop("bujur")
        point = None if lat is None or lon is None else {"type": "Point", "coordinates": [lon, lat]}
        yield {"type": "Feature", "id": said["id"], "geometry": point, "properties": said}


class Kept:
    """What the last night wrote: files, their rows and bytes, and when."""

    INDEX = "isi.json"

    @cached_property
    def folder(self) -> Path:
        return Path(settings.OPEN_DATA_ROOT)

    @cached_property
    def _index(self) -> dict[str, Any]:
        try:
            found: dict[str, Any] = json.loads((self.folder / self.INDEX).read_text())
        except (OSError, ValueError):
            return {}
        return found

    @property
    def at(self) -> Any:
        """When; None before the first night."""
        return parse_datetime(self._index["at"]) if "at" in self._index else None

    def file(self, name: str) -> dict[str, Any] | None:
        """`rows`, `bytes` and `sha256` of a file there is."""
        found: dict[str, Any] | None = self._index.get("files", {}).get(name)
        return found if found and (self.folder / name).exists() else None


def catalogue(kept: Kept) -> dict[str, Any]:
    """The catalogue of what really is there: a dataset without a file is not named."""
    return {
        "@context": CONTEXT,
        "@id": whole(reverse("exchange:catalogue")),
        "@type": "dcat:Catalog",
        "conformsTo": SCHEMA,
        "describedBy": f"{SCHEMA}/catalog.json",
        "dataset": [_entry(dataset, kept) for dataset in DATASETS if any(map(kept.file, dataset.files))],
    }


def _entry(dataset: Dataset, kept: Kept) -> dict[str, Any]:
    page = whole(reverse("exchange:data"))
    return {
        "@type": "dcat:Dataset",
        "identifier": f"{page}#{dataset.name}",
        "title": str(dataset.title),
        "description": str(dataset.description),
        "keyword": list(dataset.keywords),
        "modified": kept.at.isoformat(timespec="seconds"),
        "accrualPeriodicity": "R/P1D",
        "accessLevel": "public",
        "license": LICENCE,
        "language": ["id"],
        "spatial": "Indonesia",
        "landingPage": page,
        "publisher": {"@type": "org:Organization", "name": settings.SITE_NAME},
        "contactPoint": {"@type": "vcard:Contact", "fn": settings.SITE_NAME},
        "distribution": [_distribution(file) for file in dataset.files if kept.file(file)],
    }


def _distribution(file: str) -> dict[str, Any]:
    address = whole(reverse("exchange:file", args=[file]))
    said = {"@type": "dcat:Distribution", "downloadURL": address, "mediaType": kind_of(file), "format": Path(file).suffix[1:].upper()}
    return said | ({"conformsTo": "https://www.rfc-editor.org/rfc/rfc7946"} if file.endswith(".geojson") else {})
