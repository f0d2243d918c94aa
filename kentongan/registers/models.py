"""An office's register on its way in: the file, its rows with what will happen to each, and which headings that office uses."""

import hashlib
import os
import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any, Self

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import connection, models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kentongan.accounts.models import Person
from kentongan.core.errors import BadRequest
from kentongan.core.models import Acted
from kentongan.groups.models import Appointment, Group, Office, posts_of
from kentongan.groups.permissions import keeps_registers
from kentongan.regions.models import Region
from kentongan.ui.unseen import one_line
from kentongan.ui.writing import date_only

MOST_BYTES = 10 << 20
"""Of a file: bawaan Kentongan."""
KEPT_DAYS = 30
"""How long the file and what it says of people are kept: bawaan Kentongan."""
STATES = ["uploaded", "read", "unreadable", "judging", "previewed", "same", "saving", "confirmed", "undoing", "undone", "dropped"]
UNDO_HOURS = 24
"""domain/00, import."""
SKIP = "lewati"
"""The choice to leave a row out."""


class Imports(models.QuerySet["Import"]):
    """Imports by who may look at them."""

    def visible_to(self, person: Person) -> Self:
        """Those for a region in the subtree of an office this person keeps a register in."""
        asked = Q(pk__in=[])
        for post in posts_of(person):
            if isinstance(post, Appointment) and keeps_registers(post):
                region = post.office.region
                if region is None:
                    return self
                asked |= Q(region__code=region.code) | Q(region__code__startswith=f"{region.code}.")
        return self.filter(asked)

    def open(self) -> Self:
        """Those that wait for somebody's choices."""
        return self.filter(state__in=(Import.State.READ, Import.State.PREVIEWED))

    def to_forget(self) -> Self:
        """Those whose file, or what it said of people, is older than is kept."""
        return self.filter(forgotten_at=None, at__lt=timezone.now() - timedelta(days=KEPT_DAYS)).exclude(state__in=Import.WORKING)


class Import(Acted):
    """One file an office brought: read by a job, settled by an officer, taken in all at once, taken back within a day."""

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("sedang dibaca")
        READ = "read", _("kolomnya menunggu diperiksa")
        UNREADABLE = "unreadable", _("tidak terbaca")
        JUDGING = "judging", _("sedang dicocokkan")
        PREVIEWED = "previewed", _("menunggu disimpan")
        SAME = "same", _("sama dengan register")
        SAVING = "saving", _("sedang disimpan")
        CONFIRMED = "confirmed", _("tersimpan")
        UNDOING = "undoing", _("sedang dibatalkan")
        UNDONE = "undone", _("dibatalkan")
        DROPPED = "dropped", _("dibuang")

    WORKING = ("uploaded", "judging", "saving", "undoing")
    """A job is at it; the page reloads itself."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    """Who pressed the button a job is working on, and in whose name it asks the tables again."""
    name = models.CharField(_("nama berkas"), max_length=120)
    key = models.CharField(max_length=32, unique=True)  # unguessable; names the file
    digest = models.CharField(max_length=64)
    sheets = models.JSONField(default=list)
    """What was read of each sheet: name, kind, columns with three values each, notes, rank (who issued decrees that do not say)."""
    notes = models.JSONField(default=list)  # sentences about the whole file
    sentence = models.TextField(blank=True)  # why it is unreadable, or what went otherwise at the last step
    reason = models.TextField(_("alasan"), max_length=300, blank=True)  # of the undoing
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    judged_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    forgotten_at = models.DateTimeField(null=True)

    objects = Imports.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=STATES), name="import_state"),
            models.CheckConstraint(
                condition=~Q(state__in=["confirmed", "undoing", "undone"]) | Q(confirmed_at__isnull=False), name="import_confirmed_at"
            ),
            models.CheckConstraint(condition=~Q(state="undone") | Q(undone_at__isnull=False), name="import_undone_at"),
        ]
        indexes = [
            models.Index(fields=["office", "digest"], name="import_same_file"),
            models.Index(fields=["-id", "region"], name="import_newest"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("registers:import", args=[self.pk])

    @classmethod
    def drawn_up(cls, upload: UploadedFile, *, office: Office, region: Region, by: Person) -> Self:
        """A new, unsaved import of what was sent, its digest taken. Nothing is kept yet."""
        digest = hashlib.sha256()
        upload.seek(0)
        for chunk in upload.chunks():
            digest.update(chunk)
        name = one_line(upload.name or "")[-120:] or str(_("berkas"))
        return cls(office=office, region=region, by=by, name=name, key=secrets.token_hex(16), digest=digest.hexdigest())

    def keep(self, upload: UploadedFile) -> None:
        """Keep the file for our own eyes only. Raises BadRequest when there is no room."""
        upload.seek(0)
        try:
            with os.fdopen(os.open(self.file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                for chunk in upload.chunks():
                    file.write(chunk)
        except OSError as full:
            self.file.unlink(missing_ok=True)
            raise BadRequest(str(_("Server sedang kehabisan ruang, jadi berkasnya belum tersimpan. Coba lagi nanti."))) from full

    @property
    def file(self) -> Path:
        """Where the file is kept; served to nobody."""
        folder = Path(settings.MEDIA_ROOT) / "registers"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder / self.key

    @property
    def source(self) -> str:
        """What the groups it brings say about where they come from."""
        return f"Register {self.office}, diimpor {date_only(timezone.localdate())}"[:200]

    @property
    def earlier(self) -> "Import | None":
        """The last import of the very same file by the same office that still stands."""
        same = Import.objects.filter(office=self.office_id, digest=self.digest, state=self.State.CONFIRMED)
        return same.exclude(pk=self.pk).order_by("-id").first()

    @property
    def decider(self) -> Person:
        """In whose name a job goes on: who pressed the button, else who brought the file."""
        return self.decided_by or self.by

    @property
    def working(self) -> bool:
        return self.state in self.WORKING

    @property
    def undo_until(self) -> Any:
        """Until when it can be taken back; None before it was saved."""
        return self.confirmed_at + timedelta(hours=UNDO_HOURS) if self.confirmed_at else None

    @property
    def may_still_be_undone(self) -> bool:
        return self.undo_until is not None and timezone.now() < self.undo_until

    @property
    def tally(self) -> dict[str, int]:
        """How many rows there are of each verdict, and how many were doubtful (one query)."""
        known: dict[str, int] | None = self.__dict__.get("_tally")
        if known is None:
            known = {"asked": 0, "all": 0} | dict.fromkeys(ImportRow.Verdict.values, 0)
            doubtful = Count("id", filter=Q(asked=True))
            for verdict, n, asked in self.rows.values_list("verdict").annotate(n=Count("id"), doubtful=doubtful).order_by():
                known[verdict] = n
                known["all"] += n
                known["asked"] += asked
            self.__dict__["_tally"] = known
        return known

    @property
    def to_save(self) -> int:
        """How many rows the button will save."""
        return self.tally["new"] + self.tally["changed"]

    def hold_registers(self) -> None:
        """Inside a transaction: one import at a time is taken in or back within a province."""
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(hashtext('registers'), %s)", [int(self.region.province_code)])

    def forget(self) -> None:
        """Inside `act`: the file goes, and what it says of people; what happened to each row stays."""
        self.file.unlink(missing_ok=True)
        self.rows.update(fields={}, changes=[], made={})
        self.sheets = []
        self.forgotten_at = timezone.now()


class ImportRow(models.Model):
    """One row of the register, what is thought of it, what the officer chose, and what became of it."""

    class Verdict(models.TextChoices):
        ASK = "ask", _("Pilih")
        REFUSED = "refused", _("Ditolak")
        CHANGED = "changed", _("Berubah")
        NEW = "new", _("Baru")
        SAME = "same", _("Sama")
        SKIPPED = "skipped", _("Dilewati")

    ORDER = ("ask", "refused", "changed", "new", "same", "skipped")

    class Outcome(models.TextChoices):
        NONE = "", ""
        ENTERED = "entered", _("dicatat baru")
        AMENDED = "amended", _("dilengkapi")
        LEFT = "left", _("tidak disimpan")
        WITHDRAWN = "withdrawn", _("ditarik lagi")
        RESTORED = "restored", _("dikembalikan")
        STAYED = "stayed", _("dibiarkan: sudah berubah sesudah impor")

    importing = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="rows")
    sheet = models.CharField(max_length=100)
    kind = models.CharField(max_length=10)  # of sheet: a group a row, or a person a row
    number = models.PositiveIntegerField()  # as Excel shows it
    place = (
        models.PositiveSmallIntegerField()
    )  # in the order of ORDER when it was judged first; doubtful ones stay on top when they are settled
    name = models.CharField(max_length=200, blank=True)
    where = models.CharField(max_length=200, blank=True)  # as the register writes it
    region_code = models.CharField(max_length=13, blank=True)
    fields = models.JSONField(default=dict)  # the record as it was read: its fields, problems, notes
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    asked = models.BooleanField(default=False)
    """It was doubtful: the officer decides it, and may decide otherwise until it is saved."""
    candidates = models.JSONField(default=list)  # [{"value", "label"}]
    choice = models.CharField(max_length=40, blank=True)
    reasons = models.JSONField(default=list)
    changes = models.JSONField(default=list)  # [[what, before, after]]
    kept = models.JSONField(default=list)  # [[what, ours, theirs, why]]
    moved = models.BooleanField(default=False)
    """Judged otherwise than the officer had seen it: the register changed meanwhile."""
    group = models.ForeignKey(Group, null=True, on_delete=models.PROTECT, related_name="+")
    made = models.JSONField(default=dict)  # what `groups.actions.enter` or `amend` answered
    applied_version = models.PositiveIntegerField(null=True)  # of the group, when it was saved
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    said = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["importing", "sheet", "number"], name="one_row_a_line"),
            models.CheckConstraint(condition=Q(verdict__in=["ask", "refused", "changed", "new", "same", "skipped"]), name="row_verdict"),
            models.CheckConstraint(condition=Q(choice="") | Q(asked=True), name="row_choice_where_asked"),
            models.CheckConstraint(condition=~Q(outcome__in=["entered", "amended"]) | Q(group__isnull=False), name="row_saved_has_group"),
        ]
        indexes = [
            models.Index(fields=["importing", "place", "number", "id"], name="row_in_order"),
            models.Index(fields=["importing", "verdict", "number", "id"], name="row_of_verdict"),
        ]

    def __str__(self) -> str:
        return f"{self.sheet} {self.number}"

    @property
    def open(self) -> bool:
        """Doubtful still."""
        return self.verdict == self.Verdict.ASK


class Headings(models.QuerySet["Heading"]):
    """What offices call their columns."""

    def of(self, office: Office, kind: str) -> dict[str, str]:
        """The choices of an office for one kind of sheet: heading → field, "" to leave it out."""
        return dict(self.filter(office=office, kind=kind).values_list("heading", "field"))


class Heading(models.Model):
    """What one office means by a heading, remembered from its last import."""

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10)  # of sheet: groups or members
    heading = models.CharField(max_length=200)  # `reading.headings.normal`
    field = models.CharField(max_length=40, blank=True)

    objects = Headings.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "kind", "heading"], name="one_meaning_a_heading")]

    def __str__(self) -> str:
        return f"{self.heading} → {self.field}"

    @classmethod
    def remember(cls, office: Office, kind: str, chosen: dict[str, str]) -> None:
        """Keep what an office chose; the last word counts."""
        rows = [cls(office=office, kind=kind, heading=heading[:200], field=field) for heading, field in chosen.items()]
        cls._default_manager.bulk_create(rows, update_conflicts=True, unique_fields=["office", "kind", "heading"], update_fields=["field"])
