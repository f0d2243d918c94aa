"""From raw material to a public page, and back: tips, stories, sources, checks, corrections, flags."""

from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from kentongan.accounts.models import Person
from kentongan.core.models import Acted
from kentongan.discussions.models import Topic
from kentongan.groups.models import Group, Located, Office, Membership, posts_of
from kentongan.media.models import Photo
from kentongan.regions.models import Region
from kentongan.vault.models import SealedContact

BODY_MAX = 20_000
SUMMARY_MAX = 280


class Tips(models.QuerySet["Tip"]):
    """Tips by who may read them."""

    def visible_to(self, person: Person | None) -> Self:
        """Members of the group only."""
        if person is None:
            return self.none()
        return self.filter(group__in={post.group_id for post in posts_of(person) if isinstance(post, Membership)})


class Tip(Acted):
    """Raw material [Bahan]: what a member, or a resident without an account, brought."""

    class State(models.TextChoices):
        RECEIVED = "received", _("diterima")
        TAKEN_UP = "taken_up", _("diangkat jadi kabar")
        DECLINED = "declined", _("tidak diangkat")
        DUPLICATE = "duplicate", _("sudah ada yang sama")

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="tips")
    text = models.TextField(_("apa yang terjadi"), max_length=2000)
    place = models.CharField(_("di mana"), max_length=160, blank=True)
    happened = models.CharField(_("kapan"), max_length=80, blank=True)
    name = models.CharField(_("nama"), max_length=80, blank=True)
    contact = models.ForeignKey(SealedContact, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    brought_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField(auto_now_add=True)
    submission_key = models.CharField(max_length=64, unique=True, null=True)  # a form sent twice is one tip
    reason = models.CharField(_("alasan"), max_length=300, blank=True)

    objects = Tips.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(state__in=["received", "taken_up", "declined", "duplicate"]), name="tip_state")]
        indexes = [models.Index(fields=["group", "-id"], name="tip_newest")]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def title(self) -> str:
        return self.text[:80]


class Stories(models.QuerySet["Story"]):
    """Stories by what the public sees, by place, and newest first."""

    def published(self) -> Self:
        return self.filter(state=Story.State.PUBLISHED)

    def visible_to(self, person: Person | None) -> Self:
        """What is published, for everyone; what is being made, for members of its group. Offices see what the public sees."""
        public = Q(state=Story.State.PUBLISHED)
        if person is None:
            return self.filter(public)
        if person.operator:
            public |= Q(state=Story.State.WITHHELD)
        return self.filter(public | Q(group__in={post.group_id for post in posts_of(person) if isinstance(post, Membership)}))

    def within(self, region: Region) -> Self:
        """Those that lie in `region`, at any tier: equality on one code column."""
        from kentongan.groups.models import CODE_OF_LEVEL

        return self.filter(**{CODE_OF_LEVEL[region.level]: region.code})

    def newest(self, count: int, before: tuple[Any, int] | None = None) -> Self:
        """`count` published ones, newest first, older than the key (published_at, id) of the last one seen."""
        rows = self.published().order_by("-published_at", "-id")
        if before is not None:
            rows = rows.extra(where=["(newsroom_story.published_at, newsroom_story.id) < (%s, %s)"], params=list(before))
        return rows[:count]


class Story(Acted, Located):
    """A piece of news [Kabar] on its way from raw material to a public page."""

    TEXTS: ClassVar[tuple[str, ...]] = ("headline", "summary", "body")

    class State(models.TextChoices):
        GATHERED = "gathered", _("bahan terkumpul")
        WRITTEN = "written", _("sedang ditulis")
        SUBMITTED = "submitted", _("menunggu diperiksa")
        VERIFIED = "verified", _("sudah diperiksa")
        RETURNED = "returned", _("dikembalikan")
        PUBLISHED = "published", _("terbit")
        RETRACTED = "retracted", _("dicabut")
        WITHDRAWN = "withdrawn", _("dibatalkan")
        WITHHELD = "withheld", _("ditahan karena perintah hukum")

    class Kind(models.TextChoices):
        NEWS = "berita", _("Berita")
        NOTICE = "pengumuman", _("Pengumuman")
        POTENTIAL = "potensi", _("Potensi")
        ACHIEVEMENT = "prestasi", _("Prestasi")
        CULTURE = "budaya", _("Budaya")
        FARMING = "pertanian", _("Pertanian dan perikanan")
        GUIDE = "panduan", _("Panduan")
        URGENT = "serta-merta", _("Serta-merta (mendesak)")

    BEFORE_PUBLISHED: ClassVar[tuple[str, ...]] = ("gathered", "written", "submitted", "verified", "returned")

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="stories")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    """Where it happened: in the group's region; a Forum's story may lie in the district or regency itself."""
    kind = models.CharField(_("jenis"), max_length=12, choices=Kind.choices, default=Kind.NEWS)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    headline = models.CharField(_("judul"), max_length=140, blank=True)
    summary = models.CharField(_("ringkasan"), max_length=SUMMARY_MAX, blank=True)
    body = models.TextField(_("isi"), max_length=BODY_MAX, blank=True)
    what = models.TextField(_("apa yang terjadi"), max_length=1000, blank=True)
    place = models.CharField(_("di mana"), max_length=160)
    happened = models.CharField(_("kapan"), max_length=80, blank=True)
    who = models.CharField(_("siapa"), max_length=300, blank=True)
    why = models.TextField(_("mengapa"), max_length=1000, blank=True)
    how = models.TextField(_("bagaimana"), max_length=1000, blank=True)
    urgent_reason = models.CharField(_("mengapa mendesak"), max_length=200, blank=True)
    """Said publicly: an urgent story may go out without having been discussed."""
    second_pair = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    """Who read it with the author where there was no discussion: a second pair of eyes on record."""
    verifier = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    verified_at = models.DateTimeField(null=True, editable=False)
    return_reason = models.CharField(_("alasan dikembalikan"), max_length=500, blank=True)
    returned_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    publish_at = models.DateTimeField(_("terbit pada"), null=True, blank=True)  # scheduled
    publisher = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True, editable=False)
    changed_at = models.DateTimeField(auto_now=True)
    retraction_reason = models.CharField(_("alasan dicabut"), max_length=500, blank=True)
    retracted_at = models.DateTimeField(null=True, editable=False)
    order_reference = models.CharField(_("nomor perintah hukum"), max_length=160, blank=True)
    correction_count = models.PositiveIntegerField(default=0, editable=False)
    source_count = models.PositiveIntegerField(default=0, editable=False)
    demo = models.BooleanField(default=False)

    objects = Stories.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["gathered", "written", "submitted", "verified", "returned", "published", "retracted", "withdrawn", "withheld"]),
                name="story_state",
            ),
            models.CheckConstraint(
                condition=Q(verifier__isnull=True) | ~Q(verifier=F("author")),
                name="verifier_is_not_the_author",
                violation_error_message=_("Yang memeriksa bukan yang menulis."),
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False, verifier__isnull=False, source_count__gte=1) & ~Q(summary=""),
                name="published_is_complete",
                violation_error_message=_("Kabar terbit harus punya tanggal, ringkasan, pemeriksa dan sumber."),
            ),
        ]
        indexes = [
            *(
                models.Index(F(column), F("published_at").desc(), F("id").desc(), name=f"story_newest_{column[:8]}", condition=Q(state="published"))
                for column in ("province_code", "regency_code", "district_code", "village_code", "group_id")
            ),
            models.Index(F("published_at").desc(), F("id").desc(), name="story_newest", condition=Q(state="published")),
            models.Index(fields=["group", "state", "-changed_at"], name="story_desk"),
            models.Index(fields=["publish_at"], name="story_due", condition=Q(state="verified", publish_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The headline, or the beginning of what happened while there is none."""
        return self.headline or self.what[:80] or str(_("Kabar tanpa judul"))

    @property
    def urgent(self) -> bool:
        return bool(self.urgent_reason)

    def get_absolute_url(self) -> str:
        return reverse("portal:story", args=[self.group.slug, self.pk, slugify(self.headline)[:60].strip("-") or "kabar"])

    def sites(self) -> Iterable[str]:
        """The six sites it shows on: its group's, four portals, the nation's."""
        return [self.group.site, *self.region_sites()]

    def wrote(self, person: Person) -> bool:
        """Whether this person wrote any revision (or gathered it): such a person may not verify it."""
        return self.author_id == person.pk or self.revisions.filter(author=person).exists()

    @property
    def topic(self) -> Topic | None:
        """Where it is talked over."""
        return Topic.about_thing(self).exclude(state=Topic.State.MERGED).order_by("id").first()

    def discussed(self) -> bool:
        """A fact, not a state: somebody other than the author contributed to its topic, or a second pair of eyes is on record."""
        if self.second_pair_id and self.second_pair_id != self.author_id:
            return True
        return any(topic.others_spoke(self.author) for topic in Topic.about_thing(self))


class Revision(models.Model):
    """One version of a story's words; append-only (a trigger refuses changes)."""

    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    headline = models.CharField(max_length=140)
    summary = models.CharField(max_length=SUMMARY_MAX, blank=True)
    body = models.TextField(blank=True)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["story", "number"], name="revision_number")]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"versi {self.number}"


class Source(Acted):
    """Where a story's facts come from; the contact is sealed and never leaves the room."""

    class State(models.TextChoices):
        NAMED = "named", _("disebut")
        REMOVED = "removed", _("dihapus dari kabar")

    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="sources")
    who = models.CharField(_("siapa atau apa sumbernya"), max_length=160)
    how = models.CharField(_("bagaimana didapat, dan kapan"), max_length=160)  # "ditemui di lokasi 12 Nov"
    link = models.URLField(_("tautan"), max_length=500, blank=True)
    contact = models.ForeignKey(SealedContact, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    unnamed = models.BooleanField(_("jangan tampilkan namanya kepada umum"), default=False)
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(state__in=["named", "removed"]), name="source_state")]
        ordering = ["id"]

    def __str__(self) -> str:
        return self.who


class StoryPhoto(models.Model):
    """The photo of a story, with what must be said about it. One a story in this version."""

    story = models.OneToOneField(Story, on_delete=models.PROTECT, related_name="illustration")
    photo = models.ForeignKey(Photo, on_delete=models.PROTECT, related_name="+")
    alt = models.CharField(_("apa yang terlihat"), max_length=200, blank=True)
    credit = models.CharField(_("siapa yang memotret"), max_length=80, blank=True)
    shows_vulnerable = models.BooleanField(_("tampak anak atau korban"), default=False)
    consent = models.BooleanField(_("orang tua, wali, atau yang bersangkutan mengizinkan"), default=False)

    def __str__(self) -> str:
        return self.alt

    @property
    def complete(self) -> bool:
        """Alt text and credit given; consent where children or victims are seen (domain/10, write)."""
        return bool(self.alt and self.credit and (self.consent or not self.shows_vulnerable))


class Check(models.Model):
    """One tick of the checklist as it was given when the story was verified: what was done, by whom. Append-only."""

    class Item(models.TextChoices):
        SOURCE = "source", _("Sumber dihubungi")
        DATE_PLACE = "date_place", _("Tanggal dan tempat")
        NUMBERS = "numbers", _("Angka")
        NAMES = "names", _("Nama dan jabatan")
        PICTURE = "picture", _("Foto dari kejadian ini")
        OTHER_SIDE = "other_side", _("Pihak lain didengar")

    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="checks")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="checks")
    item = models.CharField(max_length=12, choices=Item.choices)
    note = models.CharField(_("apa yang dilakukan"), max_length=200)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["revision", "item", "by"], name="one_tick_an_item")]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.item}: {self.note}"


class Correction(Acted):
    """What was wrong, what is right, and why: proposed by one, confirmed by another; never silent."""

    TEXTS: ClassVar[tuple[str, ...]] = ("headline", "summary", "body")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("diusulkan")
        CONFIRMED = "confirmed", _("dikuatkan")
        DECLINED = "declined", _("tidak dikuatkan")

    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="corrections")
    what = models.CharField(_("apa yang diralat"), max_length=300)  # read by the public
    why = models.CharField(_("mengapa"), max_length=300)
    headline = models.CharField(_("judul"), max_length=140)
    summary = models.CharField(_("ringkasan"), max_length=SUMMARY_MAX)
    body = models.TextField(_("isi"), max_length=BODY_MAX)
    base_number = models.PositiveIntegerField()  # of the revision it was written against
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(auto_now_add=True)
    confirmed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    revision = models.OneToOneField(Revision, null=True, on_delete=models.PROTECT, related_name="correction")
    decline_reason = models.CharField(_("alasan tidak dikuatkan"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("proposed_by")),
                name="correction_needs_two",
                violation_error_message=_("Ralat dikuatkan oleh orang lain, bukan yang mengusulkan."),
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(revision__isnull=False, confirmed_by__isnull=False),
                name="confirmed_correction_has_a_revision",
            ),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return self.what


class Flag(Acted):
    """An official's objection to a published story: seen by the group, answered by it; it changes no word."""

    class State(models.TextChoices):
        RAISED = "raised", _("menunggu jawaban KIM")
        ANSWERED = "answered", _("dijawab")

    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="flags")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    concern = models.TextField(_("apa yang dipersoalkan"), max_length=1000)
    at = models.DateTimeField(auto_now_add=True)
    answer = models.TextField(_("jawaban"), max_length=1000, blank=True)
    answered_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.concern[:60]
