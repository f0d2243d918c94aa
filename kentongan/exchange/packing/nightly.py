"""The open data, written to files once a night. Whoever reads gets the old file or the new one, never half of one."""

import gzip
import json
import os
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from kentongan.documents.sheets import Sheet, csv_lines
from kentongan.exchange.reading import datasets
from kentongan.exchange.reading.datasets import Kept
from kentongan.exchange.reading.rows import Names


def write_open_data() -> dict[str, Any]:
    """Write every file, and then what there is. All of one moment: the database is read in one transaction."""
    folder = Path(settings.OPEN_DATA_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    at, names = timezone.localtime(), Names()
    with transaction.atomic():
        made = {file: _write(folder / file, _lines(file, names)) for file in datasets.FILES}
    index = {"at": at.isoformat(timespec="seconds"), "files": made}
    _replace(folder / Kept.INDEX, [json.dumps(index).encode()])
    return index


def _lines(file: str, names: Names) -> Iterator[bytes]:
    if file.endswith(".geojson"):
        return _collection(datasets.features(names))
    return csv_lines(Sheet(file, datasets.head_of(file), datasets.rows_of(file, names)))


def _collection(features: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    """A FeatureCollection, one feature a line."""
    before = b'{"type":"FeatureCollection","features":['
    for feature in features:
        yield before + b"\n" + json.dumps(feature, ensure_ascii=False, separators=(",", ":")).encode()
        before = b","
    yield (b"" if before == b"," else before) + b"\n]}\n"


def _write(file: Path, lines: Iterable[bytes]) -> dict[str, Any]:
    """The file and its compressed double."""
    size, count, seen = 0, -1, sha256()  # the heading is no row; nor is the end of a collection
    draft, pressed = _draft(file), file.with_name(f"{file.name}.gz")
    with draft.open("wb") as plain:
        for line in lines:
            plain.write(line)
            seen.update(line)
            size, count = size + len(line), count + 1
    with draft.open("rb") as plain, _draft(pressed).open("wb") as raw, gzip.GzipFile("", "wb", 6, raw, 0) as out:
        while piece := plain.read(1 << 20):
            out.write(piece)
    _draft(pressed).replace(pressed)
    draft.replace(file)
    return {"rows": count, "bytes": size, "sha256": seen.hexdigest()}


def _replace(file: Path, lines: Iterable[bytes]) -> None:
    draft = _draft(file)
    draft.write_bytes(b"".join(lines))
    draft.replace(file)


def _draft(file: Path) -> Path:
    return file.with_name(f"{file.name}.{os.getpid()}~")
