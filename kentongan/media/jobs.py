"""Background work: cleaning what was uploaded."""

import time
from contextlib import suppress

from django.db import transaction

from kentongan.core.jobs import enqueue, job
from kentongan.media import cleaning
from kentongan.media.models import Photo, folder

DAY = 24 * 60 * 60


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
def sweep() -> None:
    """Ask again for photos whose worker was lost; drop originals whose upload never became a row."""
    for photo in Photo.objects.overdue():
        enqueue("media.render", photo=photo.pk)
    waiting = set(Photo.objects.filter(state=Photo.State.WAITING).values_list("key", flat=True))
    for path in folder("incoming").iterdir():
        with suppress(FileNotFoundError):
            if path.name not in waiting and time.time() - path.stat().st_mtime > DAY:
                path.unlink()


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
