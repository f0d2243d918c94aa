"""Background work: cleaning what was uploaded."""

import logging
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from django.db import transaction
from django.db.models import ProtectedError

from kentongan.core.jobs import enqueue, job
from kentongan.media import cleaning
from kentongan.media.models import Paper, Photo, folder

DAY = 24 * 60 * 60
FEW = 20
"""So many stray files are dropped without asking how many others there are."""

logger = logging.getLogger(__name__)


@job
def render(photo: int) -> None:
    """Make the clean renditions, or refuse with a reason; then the original is deleted. A second run, or a photo gone, changes nothing."""
    with transaction.atomic():
        row = Photo.objects.select_for_update().filter(pk=photo).first()
        if row is None:
            return
        if row.state == Photo.State.WAITING:
            _clean(row)
            row.save()
            row.place_files()
    row.original.unlink(missing_ok=True)


@job
def draw(paper: int) -> None:
    """Make a photo of each page of a PDF, or refuse with a reason; then the PDF is deleted. A second run changes nothing."""
    with transaction.atomic():
        row = Paper.objects.select_for_update().filter(pk=paper).first()
        if row is None:
            return
        if row.state == Paper.State.WAITING:
            row.draw()
            row.save()
    row.original.unlink(missing_ok=True)


@job
def sweep() -> None:
    """Ask again for what lost its worker; drop originals whose upload never became a row, what nothing shows, files of no row."""
    for photo in Photo.objects.overdue():
        enqueue("media.render", photo=photo.pk)
    for paper in Paper.objects.overdue():
        enqueue("media.draw", paper=paper.pk)
    waiting = {key for kind in (Photo, Paper) for key in kind._default_manager.filter(state="waiting").values_list("key", flat=True)}
    for path in folder("incoming").iterdir():
        with suppress(FileNotFoundError):
            if path.name not in waiting and time.time() - path.stat().st_mtime > DAY:
                shutil.rmtree(path) if path.is_dir() else path.unlink()
    for paper in Paper.objects.forgotten():
        with suppress(ProtectedError):
            paper.delete()  # its photos are forgotten next
    for photo in Photo.objects.forgotten():
        _forget(photo)
    for place in ("private", "public"):
        _drop_strays(folder(place))


def _forget(photo: Photo) -> None:
    """Drop the row first: where something began to show it meanwhile, the database says so and everything stays."""
    with suppress(ProtectedError), transaction.atomic():
        photo.delete()
        transaction.on_commit(photo.drop_files)


def _drop_strays(place: Path) -> None:
    """Files a day old that belong to no photo: a worker was killed between the files and the row.

    Where most files would go, none goes: then it is the database that lacks rows, perhaps because it is still being restored.
    """
    files = list(place.iterdir())
    strays = [path for some in batched(files) for path in _unknown(some) if time.time() - path.stat().st_mtime > DAY]
    if len(strays) > max(FEW, len(files) // 2):
        logger.error(
            "%s of %s files in %s belong to no photo; none was dropped: is the database whole?", len(strays), len(files), place.name
        )
        return
    for path in strays:
        path.unlink(missing_ok=True)


def _unknown(paths: list[Path]) -> list[Path]:
    keys = {key_of(path) for path in paths}
    known = set(Photo.objects.filter(key__in=keys).values_list("key", flat=True))
    return [path for path in paths if key_of(path) not in known]


def key_of(path: Path) -> str:
    """The photo a rendition belongs to, by its name; also of one half written."""
    return path.name.removeprefix(".").partition("-")[0]


def batched(paths: list[Path]) -> Iterator[list[Path]]:
    """A thousand at a time, so that no question to the database grows with the folder."""
    return (paths[start : start + 1000] for start in range(0, len(paths), 1000))


def _clean(photo: Photo) -> None:
    made: list[tuple[int, int]] = []
    try:
        for width, height, picture in cleaning.renditions(photo.original):
            made.append((width, height))
            for ending in cleaning.SAVES:
                cleaning.write(picture, ending, folder("private") / photo.name(width, ending))
    except (cleaning.NotClean, FileNotFoundError) as reason:
        photo.state, photo.refusal = Photo.State.REFUSED, _sentence(reason)
        for width, _height in made:
            for ending in cleaning.SAVES:
                (folder("private") / photo.name(width, ending)).unlink(missing_ok=True)
        return
    photo.state, (photo.width, photo.height) = Photo.State.READY, made[0]
    photo.widths = sorted(width for width, _height in made)


def _sentence(reason: Exception) -> str:
    from django.utils.translation import gettext as _

    return str(reason) if isinstance(reason, cleaning.NotClean) else _("Foto ini hilang sebelum sempat disiapkan. Kirim sekali lagi.")
