"""Papers: a photo or a PDF as evidence of something. A PDF becomes a photo for each of its pages; the file itself is given to nobody."""

import secrets
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Self

from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from kentongan.core.errors import BadRequest
from kentongan.core.jobs import enqueue
from kentongan.media import papers
from kentongan.media.cleaning import NotClean
from kentongan.media.models.photos import Photo, folder, keep_original, unnamed, vet_size


class Papers(models.QuerySet["Paper"]):
    """Papers by where they stand."""

    def overdue(self) -> Self:
        """Received an hour ago and still not drawn: its worker was lost."""
        return self.filter(state=Paper.State.WAITING, received_at__lt=timezone.now() - timedelta(hours=1))

    def forgotten(self) -> Self:
        """Received a day ago, and no row of any room names it."""
        rows = self.exclude(state=Paper.State.WAITING).filter(received_at__lt=timezone.now() - timedelta(days=1))
        return unnamed(rows, but=Leaf)

    def with_pages(self) -> Self:
        """With their photos, two queries for all."""
        return self.prefetch_related("leaves__photo")


class Paper(models.Model):
    """A photo or a PDF that was handed in, as its pages. Who may see it is asked of what shows it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("sedang disiapkan")
        READY = "ready", _("siap")
        REFUSED = "refused", _("ditolak")

    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    refusal = models.CharField(max_length=200, blank=True)
    key = models.CharField(max_length=32, unique=True)  # names the file while it waits
    sha256 = models.CharField(max_length=64)  # of what was uploaded
    pdf = models.BooleanField(default=False)
    received_at = models.DateTimeField(auto_now_add=True)

    objects = Papers.as_manager()

    def __str__(self) -> str:
        return self.key

    @classmethod
    def receive(cls, upload: UploadedFile) -> Self:
        """Keep what was uploaded until its pages are drawn and cleaned.

        Call it inside the action that needs the paper: rows and jobs belong to its transaction. Raises BadRequest as `vet` does.
        """
        if not papers.is_pdf(upload.file):  # type: ignore[arg-type]
            photo = Photo.receive(upload)
            paper = cls.objects.create(key=secrets.token_hex(16), sha256=photo.sha256, state=cls.State.READY)
            paper.leaves.create(photo=photo, number=1)
            return paper
        vet_size(upload, _now("PDF ini lebih dari %(mb)d MB. Kirim halaman yang perlu saja."))
        paper = cls(key=secrets.token_hex(16), pdf=True)
        paper.sha256 = keep_original(upload, paper.original)
        try:
            papers.looked_at(paper.original)
        except NotClean as refused:
            paper.original.unlink(missing_ok=True)
            raise BadRequest(str(refused)) from refused
        paper.save()
        enqueue("media.draw", paper=paper.pk)
        return paper

    @staticmethod
    def vet(upload: UploadedFile) -> None:
        """Look at what was sent, so that a form can say beside its field what is wrong. Raises BadRequest with a sentence."""
        if not papers.is_pdf(upload.file):  # type: ignore[arg-type]
            Photo.vet(upload)
            return
        vet_size(upload, _now("PDF ini lebih dari %(mb)d MB. Kirim halaman yang perlu saja."))
        with tempfile.NamedTemporaryFile(dir=folder("incoming"), prefix=".look-") as copy:
            for chunk in upload.chunks():
                copy.write(chunk)
            copy.flush()
            upload.seek(0)
            try:
                papers.looked_at(Path(copy.name))
            except NotClean as refused:
                raise BadRequest(str(refused)) from refused

    @property
    def original(self) -> Path:
        """What was uploaded; gone once its pages were drawn, or it was refused."""
        return folder("incoming") / self.key

    @cached_property
    def pages(self) -> list[Photo]:
        """Its pages in order; of a PDF none until they are drawn. Each may still be in preparation."""
        return [leaf.photo for leaf in self.leaves.all()]

    @property
    def ready_pages(self) -> list[Photo]:
        """Those of its pages that can be shown."""
        return [photo for photo in self.pages if photo.ready]

    @property
    def in_preparation(self) -> bool:
        """Whether something of it is still to come."""
        return self.state == self.State.WAITING or any(photo.state == Photo.State.WAITING for photo in self.pages)

    @property
    def refused_because(self) -> str:
        """Why it, or a page of it, could not be kept; empty when all is well."""
        return self.refusal or next((photo.refusal for photo in self.pages if photo.refusal), "")

    def draw(self) -> None:
        """Make a photo of each page, or refuse with a reason. Call it in a transaction with the row locked; for the job."""
        with tempfile.TemporaryDirectory(dir=folder("incoming"), prefix=".draw-") as place:
            try:
                files = papers.drawn(self.original, Path(place)) if self.original.exists() else []
                if not files:
                    raise NotClean(_now("Berkas ini hilang sebelum sempat disiapkan. Kirim sekali lagi."))
            except NotClean as refused:
                self.state, self.refusal = self.State.REFUSED, str(refused)[:200]
                return
            for number, file in enumerate(files, start=1):
                self.leaves.create(photo=Photo.of_file(file), number=number)
            self.state = self.State.READY


class Leaf(models.Model):
    """One page of a paper."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="leaves")
    photo = models.OneToOneField(Photo, on_delete=models.PROTECT, related_name="leaf")
    number = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["paper", "number"], name="one_leaf_a_number")]

    def __str__(self) -> str:
        return f"{self.paper_id}/{self.number}"
