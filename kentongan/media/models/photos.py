"""Photos: what was uploaded is re-encoded without location or camera data, or refused."""

import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO, Self, TypeVar

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from kentongan.core.errors import BadRequest
from kentongan.core.jobs import enqueue
from kentongan.media import cleaning

PUBLIC_ADDRESS = "/foto/"
DESK_ADDRESS = "/meja/foto/"
"""Where the room that shows a photo serves it while it is not public: it asks who may, then answers with `views.photo_response`."""


Rows = TypeVar("Rows", bound="models.QuerySet[Any]")


@dataclass(frozen=True)
class Shown:
    """What the component `photo` needs: two srcset strings, the smallest fallback, and the size in pixels of the largest."""

    avif: str
    fallback: str
    src: str
    width: int
    height: int


class Photos(models.QuerySet["Photo"]):
    """Photos by where they stand."""

    def overdue(self) -> Self:
        """Received an hour ago and still not prepared: its worker was lost."""
        return self.filter(state=Photo.State.WAITING, received_at__lt=timezone.now() - timedelta(hours=1))

    def forgotten(self) -> Self:
        """Received a day ago, and nothing shows it any more: no row of any room names it."""
        rows = self.exclude(state=Photo.State.WAITING).filter(received_at__lt=timezone.now() - timedelta(days=1))
        return unnamed(rows)


class Photo(models.Model):
    """One cleaned photo. Changes only through the job that renders it; who may see it is asked of what shows it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("sedang disiapkan")
        READY = "ready", _("siap")
        REFUSED = "refused", _("ditolak")

    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    refusal = models.CharField(max_length=200, blank=True)
    key = models.CharField(max_length=32, unique=True)  # unguessable; names the files
    sha256 = models.CharField(max_length=64)  # of what was uploaded
    width = models.PositiveIntegerField(null=True)  # of the largest rendition
    height = models.PositiveIntegerField(null=True)
    widths = models.JSONField(default=list)  # of the renditions there are, narrow to wide
    public = models.BooleanField(default=False)
    """Set by the action that publishes what shows it; until then it is served under /meja/ only."""
    received_at = models.DateTimeField(auto_now_add=True)

    objects = Photos.as_manager()

    def __str__(self) -> str:
        return self.key

    @property
    def ready(self) -> bool:
        return self.state == self.State.READY

    @classmethod
    def receive(cls, upload: UploadedFile) -> Self:
        """Keep what was uploaded until the job has cleaned it; nobody is shown the original.

        Call it inside the action that needs the photo: row and job belong to its transaction.
        Raises BadRequest as `vet` does.
        """
        cls.vet(upload)
        photo = cls(key=secrets.token_hex(16))
        photo.sha256 = keep_original(upload, photo.original)
        photo.save()
        enqueue("media.render", photo=photo.pk)
        return photo

    @classmethod
    def of_file(cls, file: Path) -> Self:
        """A photo of a picture we drew ourselves, which is taken away from where it lies. Cleaned like any other."""
        photo = cls(key=secrets.token_hex(16), sha256=sha256(file.read_bytes()).hexdigest())
        file.chmod(0o600)
        file.replace(photo.original)
        photo.save()
        enqueue("media.render", photo=photo.pk)
        return photo

    @staticmethod
    def vet(upload: UploadedFile) -> None:
        """Look at what was sent before it is received, so that a form can say beside its field what is wrong with it.

        Raises BadRequest with a sentence for what is too large, no photo, broken or a bomb.
        """
        vet_size(upload, _now("Foto ini lebih dari %(mb)d MB. Pilih yang lebih kecil, atau potret lagi dengan ukuran sedang."))
        if not upload.size:
            raise BadRequest(_now("Berkas ini kosong. Pilih fotonya sekali lagi."))
        try:
            cleaning.sniff(upload.file)  # type: ignore[arg-type]
        except cleaning.NotClean as refused:
            raise BadRequest(str(refused)) from refused

    def copied(self) -> "Photo":
        """The same photo under a name of its own, not public, for something else that shows it: taking one away leaves the other.

        Call it inside the action; the files are linked at once. It must be ready.
        """
        copy = Photo(key=secrets.token_hex(16), sha256=self.sha256, state=self.state)
        copy.width, copy.height, copy.widths = self.width, self.height, self.widths
        for width in self.widths:
            for ending in cleaning.SAVES:
                places = (folder(place) / self.name(width, ending) for place in ("private", "public"))
                if source := next((file for file in places if file.exists()), None):
                    os.link(source, folder("private") / copy.name(width, ending))
        copy.save()
        return copy

    def make_public(self) -> None:
        """Show it to everyone. Call it inside the action: the files follow once it is committed."""
        self._say_public(True)
        transaction.on_commit(self.place_files)

    def make_private(self) -> None:
        """Show it at the desk only. The files go at once: a photo must not outlive its story by a crash."""
        self._say_public(False)
        self.place_files()

    def shown(self, private: bool = False, under: str = "") -> Shown | None:
        """Its addresses for the component `photo`, those of the desk when `private`, or below another address; None until it is ready."""
        if not self.ready:
            return None
        start = under or (DESK_ADDRESS if private else PUBLIC_ADDRESS)
        sets = {ending: ", ".join(f"{start}{self.name(width, ending)} {width}w" for width in self.widths) for ending in cleaning.SAVES}
        return Shown(sets["avif"], sets["jpg"], start + self.name(self.widths[0], "jpg"), self.width or 0, self.height or 0)

    def name(self, width: int, ending: str) -> str:
        """The file's name of one rendition."""
        return f"{self.key}-{width}.{ending}"

    def address(self, width: int, ending: str) -> str:
        """Where everyone is shown this rendition of a public photo."""
        return PUBLIC_ADDRESS + self.name(width, ending)

    def drop_files(self) -> None:
        """Take every file of it away; safe to repeat."""
        self.original.unlink(missing_ok=True)
        for place in ("private", "public"):
            for name in (self.name(width, ending) for width in self.widths for ending in cleaning.SAVES):
                (folder(place) / name).unlink(missing_ok=True)

    def size(self, width: int, ending: str) -> int:
        """Bytes of one rendition; 0 when there is none."""
        file = self.open(width, ending)
        if file is None:
            return 0
        with file:
            return os.fstat(file.fileno()).st_size

    def open(self, width: int, ending: str) -> BinaryIO | None:
        """The file of this rendition, or None when there is none of that width and kind."""
        if not self.ready or width not in self.widths or ending not in cleaning.SAVES:
            return None
        for place in ("public", "private", "public"):  # it may be moved meanwhile
            with suppress(FileNotFoundError):
                return (folder(place) / self.name(width, ending)).open("rb")
        return None

    @property
    def original(self) -> Path:
        """What was uploaded; gone once it was cleaned or refused."""
        return folder("incoming") / self.key

    def place_files(self) -> None:
        """Put the renditions where the row says they belong; safe to repeat. The public folder may be served without asking anybody."""
        source, target = folder("private" if self.public else "public"), folder("public" if self.public else "private")
        for name in (self.name(width, ending) for width in self.widths for ending in cleaning.SAVES):
            if (source / name).exists():
                (source / name).replace(target / name)

    def _say_public(self, public: bool) -> None:
        self.public = public
        self.save(update_fields=["public"])


def vet_size(upload: UploadedFile, too_large: str) -> None:
    """Raises BadRequest with the sentence `too_large`, which may name the limit as %(mb)d."""
    if (upload.size or 0) > settings.UPLOAD_MAX_BYTES:
        raise BadRequest(too_large % {"mb": settings.UPLOAD_MAX_BYTES >> 20})


def keep_original(upload: UploadedFile, path: Path) -> str:
    """Write what was uploaded to `path`, for our own eyes only; answers with its hash. Raises BadRequest when the disk is full."""
    seen = sha256()
    upload.seek(0)
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            for chunk in upload.chunks():
                seen.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
    except OSError as full:
        path.unlink(missing_ok=True)
        sentence = _now("Server sedang kehabisan ruang, jadi fotonya belum tersimpan. Coba lagi nanti, atau kirim tanpa foto.")
        raise BadRequest(sentence) from full
    return seen.hexdigest()


def unnamed(rows: Rows, but: Any = None) -> Rows:
    """`rows` (of one model) without those that a row of some room names, those of the model `but` not counted."""
    for relation in rows.model._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete and relation.related_model is not but:
            named = relation.related_model._base_manager.filter(**{f"{relation.field.name}__isnull": False})
            rows = rows.exclude(pk__in=named.values(relation.field.name))
    return rows


def folder(name: str) -> Path:
    """One of `incoming` and `private`, for this user only, and `public`, which nginx may read."""
    path = Path(settings.MEDIA_ROOT) / name
    path.mkdir(mode=0o755 if name == "public" else 0o700, parents=True, exist_ok=True)
    return path
