"""What a person has to look at: a hold on words that are not out yet, an alarm about words that are."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kentongan.accounts.models import Person
from kentongan.core.models import Acted
from kentongan.groups.models import Group, Membership, covered_by, posts_of
from kentongan.newsroom import suspicion
from kentongan.newsroom.suspicion import Finding

if TYPE_CHECKING:
    from kentongan.newsroom.models.stories import Story

CAUSES = {
    suspicion.LINK: _("tautan yang namanya judi atau pornografi, atau yang menyamar"),
    suspicion.VOCABULARY: _("kata-kata iklan judi atau pornografi"),
    suspicion.HIDDEN: _("tulisan yang disamarkan atau tidak terlihat"),
    suspicion.FLOOD: _("terlalu banyak tautan"),
    suspicion.WORDS: _("kata yang diminta wilayah untuk dilihat dulu"),
    "changed": _("isi halaman tidak sama dengan versi terakhir yang tercatat"),
    "page": _("tautan di halaman yang tidak ada dalam kabarnya"),
}
PARTS = {
    "headline": _("judul"),
    "summary": _("ringkasan"),
    "body": _("isi"),
    "place": _("tempat"),
    "interest_note": _("kepentingan penulis"),
    "urgent_reason": _("alasan mendesak"),
    "source": _("tautan sumber"),
    "about": _("perkenalan"),
    "secretariat": _("sekretariat"),
    "contact": _("kontak"),
    "name": _("nama"),
    "page": _("halaman umum"),
}


class Looked(Acted):
    """Findings put before a person, who says what they looked at. Kept for good: who looked, at what, and what they said."""

    findings = models.JSONField(default=list)
    note = models.CharField(_("apa yang Anda lihat"), max_length=300, blank=True)
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    raised_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True
        ordering = ["id"]

    def keep(self, found: Iterable[Finding]) -> None:
        """Put these findings down. Does not save."""
        self.findings = [asdict(finding) for finding in found]

    @property
    def found(self) -> list[Finding]:
        """What was found, as it was found."""
        return [Finding(**row) for row in self.findings]

    @property
    def keys(self) -> set[str]:
        return {finding.key for finding in self.found}

    @property
    def told(self) -> list[dict[str, str]]:
        """Each finding for people: the words, where they stand, why."""
        return [
            {"found": one.found, "part": str(PARTS.get(one.part, "")), "cause": str(CAUSES.get(one.cause, one.cause))} for one in self.found
        ]


class Holds(models.QuerySet["Hold"]):
    """Holds by whether they stand."""

    def standing(self) -> Self:
        return self.filter(state__in=Hold.STANDING)

    def released(self) -> Self:
        return self.filter(state=Hold.State.RELEASED)


class Hold(Looked):
    """Words of a story, or of a correction, that are not let out before a second person of the group has looked at them.

    The machine only puts them there; it never refuses a story, and no office can lift or lay one.
    """

    class State(models.TextChoices):
        OPEN = "open", _("menunggu dilihat")
        RELEASED = "released", _("sudah dilihat, boleh terbit")
        UPHELD = "upheld", _("harus diubah dulu")
        GONE = "gone", _("kata-katanya sudah diubah")

    STANDING: ClassVar[tuple[str, ...]] = ("open", "upheld")

    story = models.ForeignKey("newsroom.Story", on_delete=models.PROTECT, related_name="holds")
    correction = models.ForeignKey("newsroom.Correction", null=True, on_delete=models.PROTECT, related_name="holds")

    objects = Holds.as_manager()

    class Meta(Looked.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["story", "correction"], condition=Q(state__in=["open", "upheld"]), name="one_hold_at_a_time", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["released", "upheld"]) | ~Q(note="") & Q(decided_by__isnull=False, decided_at__isnull=False),
                name="decided_hold_says_what_was_seen",
                violation_error_message=_("Tulis apa yang Anda lihat: alasannya tercatat."),
            ),
        ]
        indexes = [models.Index(fields=["story"], name="hold_standing", condition=Q(state__in=["open", "upheld"]))]

    def __str__(self) -> str:
        return ", ".join(finding.found for finding in self.found)[:80]

    @property
    def words(self) -> Any:
        """What is held: the correction where it is one, else the story."""
        return self.correction or self.story

    def wrote(self, person: Person) -> bool:
        """Whether these are this person's own words: nobody lifts a hold on them."""
        proposed = self.correction is not None and self.correction.proposed_by_id == person.pk
        return proposed or self.story.wrote(person)


class Alarms(models.QuerySet["Alarm"]):
    """Alarms by who may read them."""

    def open(self) -> Self:
        return self.filter(state=Alarm.State.OPEN)

    def visible_to(self, person: Person | None) -> Self:
        """The group's members, and the offices above it, who read the answer and cannot change it."""
        if person is None:
            return self.none()
        if person.operator:
            return self
        groups = [post.group_id for post in posts_of(person) if isinstance(post, Membership)]
        return self.filter(Q(group__in=groups) | covered_by(person, "group__"))


class Alarm(Looked):
    """Something on a public page that nobody of the group may have put there: its links do not open until somebody has looked.

    Nothing is deleted and nothing taken down. The regency's office sees it and the answer; the group closes it.
    """

    class State(models.TextChoices):
        OPEN = "open", _("sedang diperiksa")
        CLOSED = "closed", _("sudah dilihat")

    class Cause(models.TextChoices):
        TEXT = "text", _("Kata atau tautan yang mencurigakan")
        CHANGED = "changed", _("Isi berubah tanpa tercatat")
        PAGE = "page", _("Tautan yang disisipkan di halaman")

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="alarms")
    story = models.ForeignKey("newsroom.Story", null=True, on_delete=models.PROTECT, related_name="alarms")
    cause = models.CharField(max_length=10, choices=Cause.choices)

    objects = Alarms.as_manager()

    class Meta(Looked.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["group", "story", "cause"], condition=Q(state="open"), name="one_alarm_at_a_time", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | ~Q(note="") & Q(decided_by__isnull=False, decided_at__isnull=False),
                name="closed_alarm_says_what_was_seen",
                violation_error_message=_("Tulis apa yang Anda lihat dan lakukan."),
            ),
        ]
        indexes = [
            models.Index(fields=["group"], name="alarm_open", condition=Q(state="open")),
            models.Index(fields=["story"], name="alarm_of_story"),
        ]

    def __str__(self) -> str:
        return f"{self.get_cause_display()}: {self.about}"

    @property
    def about(self) -> str:
        """What it is about, in words."""
        return self.story.title if self.story else self.group.name

    @property
    def advice(self) -> str:
        """What to do, in the order in which it helps."""
        if self.cause == self.Cause.CHANGED:
            return gettext(
                "Bandingkan halaman itu dengan versi terakhir. Bila bukan anggota KIM yang mengubah, usulkan ralat dengan kata-kata semula "
                "dan beri tahu pengelola sistem: mungkin ada yang masuk lewat pintu belakang."
            )
        if self.cause == self.Cause.PAGE:
            return gettext(
                "Tautan ini tidak ditulis siapa pun di KIM. Beri tahu pengelola sistem: halaman yang tersimpan perlu dibuat ulang dan "
                "servernya diperiksa."
            )
        return gettext(
            "Baca kalimatnya. Bila memang tulisan KIM dan wajar, tutup dengan catatan. Bila disisipkan orang, usulkan ralat, lalu ganti "
            "frasa sandi anggota yang akunnya dipakai."
        )

    def sites(self) -> list[str]:
        """Where it shows."""
        return list(self.story.sites() if self.story else self.group.sites())


def unlooked(story: "Story", parts: Iterable[tuple[str, str]], links: Iterable[tuple[str, str]] = ()) -> list[Finding]:
    """What is found in these words of a story that nobody has looked at yet (one query; two more when something is found)."""
    found = suspicion.look(parts, links, story.watched_words())
    if not found:
        return []
    known = {key for hold in Hold.objects.released().filter(story=story) for key in hold.keys}
    known |= {key for alarm in Alarm.objects.filter(story=story, state=Alarm.State.CLOSED) for key in alarm.keys}
    return [finding for finding in found if finding.key not in known]
