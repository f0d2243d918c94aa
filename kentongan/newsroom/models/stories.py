"""A piece of news [Kabar] on its way from raw material to a public page."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kentongan.accounts.models import Person
from kentongan.core.errors import NotNow
from kentongan.core.models import Acted
from kentongan.core.protocol import Wording
from kentongan.discussions.models import Contribution, Topic
from kentongan.groups.models import CODE_OF_LEVEL, Group, Located, Membership, Practice, posts_of, reckon
from kentongan.newsroom.models.corrections import Correction
from kentongan.newsroom.models.materials import Material
from kentongan.newsroom.models.photos import StoryPhoto
from kentongan.newsroom.models.readers import ENOUGH, Feedback
from kentongan.newsroom.models.safety import unlooked
from kentongan.newsroom.models.series import Series
from kentongan.newsroom.models.trust import Check, Point, Source, Trust, points_of
from kentongan.newsroom.models.versions import Revision
from kentongan.newsroom.models.wording import BODY_MAX, SHARE_MAX, SUMMARY_MAX, asked_once, fit
from kentongan.newsroom.settings import CHECKLIST_OF_REPOST, CHECKLISTS
from kentongan.newsroom.suspicion import Finding
from kentongan.pages import store
from kentongan.regions.models import Level, Region
from kentongan.search import index

ASIDE = 1000
"""Where photos stand for a moment while they change places."""


class Stories(models.QuerySet["Story"]):
    """Stories by what the public sees, by place, and newest first."""

    def published(self) -> Self:
        return self.filter(state=Story.State.PUBLISHED)

    def due(self) -> Self:
        """Verified ones of groups that may publish whose scheduled time has come, the earliest first."""
        verified = self.filter(state=Story.State.VERIFIED, group__state__in=Group.PUBLISHING, group__asleep_since=None)
        return verified.filter(publish_at__lte=timezone.now()).order_by("publish_at", "id")

    def whole(self) -> Self:
        """With everybody and everything a story's page names, so that reading it costs one query."""
        people = ("author", "verifier", "publisher", "second_pair")
        return self.labelled().select_related("group__region", "region", "cover__photo", "series", "reviewed_by", *people)

    def labelled(self) -> Self:
        """With what `origin_label` and `origin_note` name: whose material, or whose story, it is."""
        return self.select_related("material__office__region", "repost_of__group", "repost_of__material__office__region")

    def count_feedback(self) -> list["Story"]:
        """Put what readers said beside each story, and answer the published ones of which that shows something new."""
        tally = Feedback.objects.tally()
        shown: list[Story] = []
        for story in self.filter(pk__in=tally).select_related("group"):
            new = tally[story.pk]
            if any(getattr(story, name) != count for name, count in new.items()):
                Story.objects.filter(pk=story.pk).update(**new)
                shown += [story] if story.state == Story.State.PUBLISHED and new["useful_count"] != story.useful_count else []
        return shown

    def most_useful(self, count: int, since: datetime) -> Self:
        """The `count` published since `since` that most readers found useful, where at least `ENOUGH` did."""
        useful = self.published().filter(useful_count__gte=ENOUGH, published_at__gte=since)
        return useful.order_by("-useful_count", "-published_at")[:count]

    def to_review(self) -> Self:
        """Published knowledge whose day to be looked at again has come."""
        return self.published().filter(review_by__lte=timezone.localdate())

    def recount(self) -> list[str]:
        """Put right every count kept by actions, of these stories and their groups, and say what differed."""
        own = [*_recount(self, _named_sources(), "source_count"), *_recount(self, _confirmed_corrections(), "correction_count")]
        return [*own, *_recount_groups()]

    def visible_to(self, person: Person | None) -> Self:
        """What is published, for everyone; what is made, for its group; what is begun, for its author. Offices see what is public."""
        public = Q(state=Story.State.PUBLISHED)
        if person is None:
            return self.filter(public)
        if person.operator:
            public |= Q(state=Story.State.WITHHELD)
        groups = {post.group_id for post in posts_of(person) if isinstance(post, Membership)}
        return self.filter(public | Q(group__in=groups) & (~Q(state=Story.State.BEGUN) | Q(author=person)))

    def begun_by(self, person: Person, group: Group) -> Self:
        """What this person began for this group and has not come to the end of, the last one first."""
        return self.filter(group=group, state=Story.State.BEGUN, author=person).order_by("-changed_at", "-id")

    def within(self, region: Region) -> Self:
        """Those that lie in `region`, at any tier: equality on one code column."""
        return self.filter(**{CODE_OF_LEVEL[region.level]: region.code})

    def of_place(self, region: Region | None) -> Self:
        """What a place shows (None: the nation): in a village everything; above it no reposts, since the original stands there too."""
        rows = self.within(region) if region else self
        return rows if region and region.level == Level.VILLAGE else rows.filter(repost_of=None)

    def newest(self, count: int, before: tuple[Any, int] | None = None) -> Self:
        """`count` published ones, newest first, older than the key (published_at, id) of the last one seen."""
        rows: Any = self.published().order_by("-published_at", "-id")
        if before is not None:
            rows = rows.extra(where=["(newsroom_story.published_at, newsroom_story.id) < (%s, %s)"], params=list(before))
        newest: Self = rows[:count]
        return newest


def _counted(rows: models.QuerySet[Any], by: str) -> Any:
    """How many of `rows` hang on each outer row by the key `by`, as an expression."""
    counts = rows.filter(**{by: OuterRef("pk")}).order_by().values(by).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counts), 0)


def _named_sources() -> Any:
    return _counted(Source.objects.filter(state=Source.State.NAMED), "story")


def _confirmed_corrections() -> Any:
    return _counted(Correction.objects.filter(state=Correction.State.CONFIRMED), "story")


def _recount(rows: models.QuerySet[Any], counted: Any, column: str) -> Iterable[str]:
    for row in rows.annotate(counted=counted).exclude(**{column: F("counted")}):
        yield f"{row._meta.model_name} {row.pk}: {column} {getattr(row, column)} → {row.counted}"
        type(row)._default_manager.filter(pk=row.pk).update(**{column: counted})


def _recount_groups() -> Iterable[str]:
    return _recount(Group.objects.all(), _counted(Story.objects.published(), "group"), "story_count")


class Story(Acted, Located):
    """A piece of news [Kabar] on its way from raw material to a public page."""

    TEXTS: ClassVar[tuple[str, ...]] = ("headline", "summary", "body")
    ANSWERS: ClassVar[tuple[str, ...]] = (
        *("what", "place", "happened", "who", "why", "how"),
        *("kind", "urgent_reason", "teller", "teller_consent"),
    )
    """What is asked of whoever gathers it, a question or two at a time."""

    class State(models.TextChoices):
        BEGUN = "begun", _("baru dimulai")
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

    BEFORE_PUBLISHED: ClassVar[tuple[str, ...]] = ("begun", "gathered", "written", "submitted", "verified", "returned")

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="stories")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    """Where it happened: in the group's region; a Forum's story may lie in the district or regency itself."""
    kind = models.CharField(_("jenis"), max_length=12, choices=Kind.choices, default=Kind.NEWS)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    headline = models.CharField(_("judul"), max_length=140, blank=True)
    summary = models.CharField(_("ringkasan"), max_length=SUMMARY_MAX, blank=True)
    body = models.TextField(_("isi"), max_length=BODY_MAX, blank=True)
    what = models.TextField(_("apa yang terjadi"), max_length=2000, blank=True)
    place = models.CharField(_("di mana"), max_length=160, blank=True)
    happened = models.CharField(_("kapan"), max_length=80, blank=True)
    who = models.CharField(_("siapa"), max_length=300, blank=True)
    why = models.TextField(_("mengapa"), max_length=1000, blank=True)
    how = models.TextField(_("bagaimana"), max_length=1000, blank=True)
    teller = models.CharField(_("diceritakan oleh"), max_length=80, blank=True)
    """Who told it to its author, who wrote it down for them: both names stand on the record and on the page."""
    teller_consent = models.BooleanField(_("yang bercerita mengizinkan namanya disebut"), default=False)
    interest_note = models.CharField(_("kepentingan penulis"), max_length=200, blank=True)
    """What the writer has to do with the matter, said publicly (R09)."""
    review_by = models.DateField(_("tinjau lagi paling lambat"), null=True, blank=True)
    """Knowledge ages: from this day on the page says that it should be looked at again."""
    reviewed_at = models.DateTimeField(null=True, editable=False)
    reviewed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False)
    """Who last looked whether it still holds, after it was published."""
    series = models.ForeignKey(Series, null=True, blank=True, on_delete=models.PROTECT, related_name="stories", verbose_name=_("seri"))
    understood_count = models.PositiveIntegerField(default=0, editable=False)
    puzzled_count = models.PositiveIntegerField(default=0, editable=False)
    useful_count = models.PositiveIntegerField(default=0, editable=False)
    """What readers said, as of the last night's count."""
    cover = models.ForeignKey(StoryPhoto, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False)
    """The first of its `pictures`."""
    material = models.ForeignKey(Material, null=True, blank=True, on_delete=models.PROTECT, related_name="stories", editable=False)
    """The government material it was made from; its page says so for good."""
    repost_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="reposts", editable=False)
    """Whose story it passes on: always the original, never a repost. Headline and summary follow the original; the body is the group's
    own introduction."""
    urgent_reason = models.CharField(_("mengapa mendesak"), max_length=200, blank=True)
    """Said publicly: an urgent story may go out without having been discussed."""
    second_pair = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    """Who read it with the author where there was no discussion: a second pair of eyes on record."""
    discussants = models.PositiveIntegerField(default=0, editable=False)
    """How many others had talked it over when it was submitted; 0 and no second pair: an urgent story that went undiscussed."""
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
                condition=Q(
                    state__in=[
                        "begun",
                        "gathered",
                        "written",
                        "submitted",
                        "verified",
                        "returned",
                        "published",
                        "retracted",
                        "withdrawn",
                        "withheld",
                    ]
                ),
                name="story_state",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["begun", "withdrawn"]) | ~Q(place=""),
                name="story_says_where",
                violation_error_message=_("Sebutkan di mana kejadiannya."),
            ),
            models.CheckConstraint(
                condition=Q(teller="") | Q(teller_consent=True),
                name="who_tells_agrees",
                violation_error_message=_("Tanyakan dulu: boleh namanya disebut sebagai yang bercerita?"),
            ),
            models.CheckConstraint(
                condition=Q(verifier__isnull=True) | ~Q(verifier=F("author")),
                name="verifier_is_not_the_author",
                violation_error_message=_("Yang memeriksa bukan yang menulis."),
            ),
            models.CheckConstraint(
                condition=~Q(state="published")
                | Q(published_at__isnull=False, verifier__isnull=False, source_count__gte=1) & ~Q(summary=""),
                name="published_is_complete",
                violation_error_message=_("Kabar terbit harus punya tanggal, ringkasan, pemeriksa dan sumber."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["written", "submitted", "verified", "published"]) | ~Q(headline=""),
                name="written_has_a_headline",
                violation_error_message=_("Judulnya belum diisi."),
            ),
            models.CheckConstraint(
                condition=~Q(state="verified") | Q(verifier__isnull=False, verified_at__isnull=False),
                name="verified_says_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(return_reason=""),
                name="returned_says_why",
                violation_error_message=_("Sebutkan apa yang perlu diperbaiki."),
            ),
            models.CheckConstraint(
                condition=~Q(state="retracted") | ~Q(retraction_reason="") & Q(retracted_at__isnull=False),
                name="retracted_says_why",
                violation_error_message=_("Sebutkan mengapa dicabut: pembaca yang datang ke alamatnya membaca alasan itu."),
            ),
            models.CheckConstraint(
                condition=~Q(state="withheld") | ~Q(order_reference=""),
                name="withheld_names_the_order",
                violation_error_message=_("Sebutkan nomor perintah hukumnya: itu tampil untuk umum."),
            ),
            models.CheckConstraint(
                condition=Q(material__isnull=True) | Q(repost_of__isnull=True),
                name="story_has_one_origin",
                violation_error_message=_("Kabar dari bahan instansi tidak sekaligus kutipan kabar KIM lain."),
            ),
            models.CheckConstraint(
                condition=Q(repost_of__isnull=True) | ~Q(repost_of=F("id")),
                name="repost_names_the_original",
                violation_error_message=_("Yang dikutip adalah kabar asli KIM lain, bukan kutipan dan bukan kabar sendiri."),
            ),
            models.UniqueConstraint(
                fields=["group", "repost_of"],
                condition=~Q(state__in=["withdrawn", "retracted"]),
                name="one_repost_a_group",
                violation_error_message=_("KIM ini sudah mengutip kabar itu."),
            ),
            models.CheckConstraint(
                condition=Q(publish_at__isnull=True) | Q(state__in=["verified", "published", "retracted", "withheld", "withdrawn"]),
                name="only_verified_is_scheduled",
            ),
        ]
        indexes = [
            *(
                models.Index(
                    F(column), F("published_at").desc(), F("id").desc(), name=f"story_newest_{column[:8]}", condition=Q(state="published")
                )
                for column in ("province_code", "regency_code", "district_code", "village_code", "group_id")
            ),
            models.Index(F("published_at").desc(), F("id").desc(), name="story_newest", condition=Q(state="published")),
            *(
                models.Index(
                    *map(F, (*column, "kind")),
                    F("published_at").desc(),
                    F("id").desc(),
                    name=f"story_kind_{column[0][:8] if column else 'nation'}",
                    condition=Q(state="published"),
                )
                for column in ((), ("province_code",), ("regency_code",), ("district_code",), ("village_code",), ("group_id",))
            ),
            models.Index(
                F("useful_count").desc(),
                F("published_at").desc(),
                name="story_useful",
                condition=Q(state="published", useful_count__gt=0),
            ),
            models.Index(F("review_by"), name="story_review", condition=Q(state="published", review_by__isnull=False)),
            models.Index(fields=["group", "state", "-changed_at"], name="story_desk"),
            models.Index(fields=["publish_at"], name="story_due", condition=Q(state="verified", publish_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The headline, or the beginning of what happened while there is none."""
        return self.headline or self.what[:80] or str(_("Kabar tanpa judul"))

    def share_text(self, address: str) -> str:
        """What is passed on by WhatsApp: headline, summary, who checked it, `address`; at most SHARE_MAX characters (domain/10)."""
        checker = gettext("Diperiksa %s, ") % self.verifier.public_name if self.verifier else ""
        end = f"\n\n{checker}{self.group.name}\n{address}"
        words = f"*{self.title}*\n\n{self.summary}"
        room = SHARE_MAX - len(end)
        return (words if len(words) <= room else words[: room - 1].rstrip() + "…") + end

    def origin_label(self) -> str:
        """What its page, lists, feeds and prints say of where its words come from; empty when they are its group's own."""
        if self.material_id and self.material:
            return gettext("Bahan dari %s") % self.material.office.name
        if self.repost_of_id and self.repost_of:
            return gettext("Dikutip dari %s") % self.repost_of.group.name
        return ""

    def origin_note(self) -> str:
        """Until when its material holds, or since when no more; empty without one. True until `Material.expires_at`.

        What it passes on may have been made from material too: then it says whose.
        """
        material = self.original.material
        if material is None:
            return ""
        return f"{self.original.origin_label()}. {material.validity()}" if self.repost_of_id else material.validity()

    @property
    def original(self) -> "Story":
        """The story whose words stand on its page: the one it passes on, else itself."""
        return self.repost_of or self

    @property
    def urgent(self) -> bool:
        return bool(self.urgent_reason)

    def get_absolute_url(self) -> str:
        return reverse("portal:story", args=[self.group.slug, self.pk, slugify(self.headline)[:60].strip("-") or "kabar"])

    def sites(self) -> Iterable[str]:
        """The six sites it shows on: its group's, four portals, the nation's."""
        return [self.group.site, *self.region_sites()]

    @classmethod
    def findable(cls) -> Stories:
        """What search may find: what is published, of groups that have a page; not what only passes another story on."""
        return cls.objects.published().filter(group__state__in=Group.PUBLIC, repost_of=None).select_related("group", "region")

    @property
    def is_findable(self) -> bool:
        """Whether search may find it now."""
        return self.state == self.State.PUBLISHED and self.group.is_public and self.repost_of_id is None

    def wording(self) -> Wording:
        """What search keeps of it: its words, and where it happened."""
        codes = (self.province_code, self.regency_code, self.district_code, self.village_code)
        places = f"{self.place} {self.region.full_label}"
        assert self.published_at is not None  # of every published story: `published_is_complete`
        return Wording(self.kind, self.published_at, codes, self.headline, self.summary, self.body, places)

    @asked_once
    def writers(self) -> set[int]:
        """The ids of those who gathered it or wrote any revision: none of them may verify it."""
        known = self.revisions.values_list("author_id", "author__merged_into")  # a row merged into another writes on as that one
        return {self.author_id, *(number for pair in known for number in pair if number)}

    def wrote(self, person: Person) -> bool:
        """Whether this person wrote any revision (or gathered it): such a person may not verify it."""
        return person.pk in self.writers()

    @property
    def topic(self) -> Topic | None:
        """Where it is talked over."""
        return Topic.about_thing(self).exclude(state=Topic.State.MERGED).order_by("id").first()

    def discussed(self) -> bool:
        """A fact, not a state: somebody other than the author contributed to its topic, or a second pair of eyes is on record."""
        return bool(self.second_pair_id and self.second_pair_id != self.author_id) or self.count_discussants() > 0

    @asked_once
    def count_discussants(self) -> int:
        """How many people besides the author talked it over; what was taken back does not count."""
        said = Contribution.objects.filter(topic__in=Topic.about_thing(self), state=Contribution.State.SAID).exclude(person=self.author_id)
        return said.aggregate(people=Count("person", distinct=True))["people"] or 0

    @property
    def scheduled(self) -> bool:
        return self.state == self.State.VERIFIED and self.publish_at is not None

    @property
    def is_due(self) -> bool:
        """Whether the clock may publish it now."""
        return self.publish_at is not None and self.publish_at <= timezone.now()

    @property
    def picture(self) -> StoryPhoto | None:
        """Its first photo with what is said about it, or None."""
        return self.cover

    @asked_once
    def gallery(self) -> list[StoryPhoto]:
        """All its photos in their order; no query where there is none."""
        return list(self.pictures.select_related("photo")) if self.cover_id else []

    def take(self, answers: dict[str, Any]) -> None:
        """Keep some of its `ANSWERS` and where it lies. Raises BadRequest for a text that is too long."""
        for name, given in answers.items():
            setattr(self, name, given.strip() if isinstance(given, str) else given)
        self.lie_in(self.region)
        fit(self)

    def hang(self, picture: StoryPhoto) -> None:
        """Inside `act`: add a photo after the others. Raises NotNow when there are as many as a story may have here."""
        most = self.region.setting("newsroom.most_photos")
        if self.pictures.count() >= most:
            raise NotNow(gettext("Satu kabar paling banyak berisi %(n)s foto. Hapus satu dulu.") % {"n": most})
        last = self.pictures.order_by("position").last()
        picture.position = last.position + 1 if last else 0
        picture.save()
        self.cover = self.cover or picture

    def arrange(self, pictures: "list[StoryPhoto]") -> None:
        """Inside `act`: let its photos stand in this order; the first one is the cover."""
        self.pictures.update(position=F("position") + ASIDE)
        for position, picture in enumerate(pictures):
            self.pictures.filter(pk=picture.pk).update(position=position)
        self.cover = pictures[0] if pictures else None

    def checklist(self) -> list[str]:
        """The items of `Check.Item` that its checker answers for: those of its kind, and its photo where it has one."""
        if self.repost_of_id:
            return list(CHECKLIST_OF_REPOST)
        items = CHECKLISTS.get(self.kind, CHECKLISTS[self.Kind.NEWS])
        return [item for item in Check.Item.values if item in items or (item == Check.Item.PICTURE and self.picture)]

    def points(self) -> list[Point]:
        """Everything its checker answers for: its checklist and what its region asks besides; of a repost the source alone."""
        items = self.checklist()
        if self.repost_of_id:
            return [Point.of(item) for item in items]
        return points_of(items, self.kind, self.region.setting_origin("newsroom.checklist"))

    def named_sources(self) -> "models.QuerySet[Source]":
        return self.sources.filter(state=Source.State.NAMED)

    def parts(self) -> list[tuple[str, str]]:
        """Every text of it that the public reads, by name."""
        return [(name, getattr(self, name)) for name in (*self.TEXTS, "place", "interest_note", "urgent_reason")]

    @asked_once
    def watched_words(self) -> tuple[str, ...]:
        """The words its region asks to be looked at."""
        words: tuple[str, ...] = self.region.setting("newsroom.watched_words")
        return words

    @asked_once
    def unlooked(self) -> list[Finding]:
        """What a second person has to look at before it may be out, and nobody has yet; asked once a version."""
        return self.find()

    def find(self) -> list[Finding]:
        """What a second person has to look at, as its words and sources are now."""
        links = self.named_sources().exclude(link="").values_list("link", flat=True) if self.pk else ()
        return unlooked(self, self.parts(), [("source", link) for link in links])

    def latest(self) -> "Revision | None":
        """The newest version of its words."""
        return self.revisions.order_by("-number").first()

    @asked_once
    def count_versions(self) -> int:
        """How many versions of its words there are."""
        return self.revisions.count()

    def revise(self, by: Person) -> "Revision":
        """Keep its words as they are now as a new version written by `by`; the newest version when nothing differs."""
        last = self.latest()
        if last and last.words == (self.headline, self.summary, self.body):
            return last
        following = last.number + 1 if last else 1
        return self.revisions.create(number=following, headline=self.headline, summary=self.summary, body=self.body, author=by)

    def uncheck(self) -> None:
        """Forget that it was verified and scheduled: what was checked is no longer what would be published."""
        self.verifier = self.verified_at = self.publish_at = None

    def count_in_group(self, change: int, at: datetime | None = None) -> None:
        """Keep its group's figures: one published story more or fewer, the last one published at that moment.

        Raises NotNow when the group may publish no longer: it may have been suspended since that was asked, and is held from here on.
        """
        newest = {"last_published_at": at} if at else {}
        group = Group.objects.filter(pk=self.group_id, **({"state__in": Group.PUBLISHING, "asleep_since": None} if at else {}))
        if not group.update(story_count=F("story_count") + change, **newest):
            raise NotNow(gettext("KIM ini baru saja dibekukan atau belum ber-SK, jadi tidak bisa menerbitkan."))
        if at:
            self.group.last_published_at = at
            self.group.foretell()
            Practice.note(self.group, "diseminasi", at)
        reckon(self.group)

    def show_photos(self) -> None:
        """Let its photos be served to everybody."""
        for picture in self.gallery():
            picture.photo.make_public()

    def hide_photos(self) -> None:
        """Let its photos be served to its group only."""
        for picture in self.gallery():
            picture.photo.make_private()

    @property
    def stale_at(self) -> datetime | None:
        """The moment from which its page says that it should be looked at again: the beginning of that day where it lies."""
        return datetime.combine(self.review_by, time.min, self.region.tz) if self.review_by else None

    @property
    def stale(self) -> bool:
        return self.stale_at is not None and self.stale_at <= timezone.now()

    def foretell(self) -> None:
        """Inside `act`: tell the page store when its page ceases to be true by time alone."""
        if self.stale_at and not self.stale:
            store.changes_at(self.stale_at, *self.sites())

    def take_down(self) -> None:
        """Let it be seen by its group only from now on."""
        self.count_in_group(-1)
        self.hide_photos()
        store.taken_down(*self.sites())
        index.drop(self)

    def follow_words(self) -> None:
        """Carry the original's headline and summary, where it passes one on: its page shows the rest of the original as it is now."""
        if self.repost_of:
            self.headline, self.summary = self.repost_of.headline, self.repost_of.summary

    def correct_reposts(self) -> None:
        """Inside `act`: let what passes it on carry its words as they are now, and show its corrections."""
        self.reposts.exclude(state=self.State.WITHDRAWN).update(headline=self.headline, summary=self.summary)
        store.changed(*self.repost_sites())

    def repost_sites(self) -> list[str]:
        """Where published reposts of it show."""
        rows = self.reposts.filter(state=self.State.PUBLISHED).select_related("group").defer("body", "what", "why", "how")
        return list(dict.fromkeys(site for repost in rows for site in repost.sites()))

    def foretell_expiry(self) -> None:
        """Inside `act`: tell the page store when the material it was made from holds no more."""
        material = self.original.material
        if material and material.expires_at and not material.over:
            store.changes_at(material.expires_at, *self.sites())

    def trust(self) -> "Trust":
        """Why it can be believed, for the page (3 queries; none for people when read with `whole()`)."""
        checks = list(self.checks.select_related("by"))
        last = checks[-1].entry_id if checks else None
        revisions = self.revisions.select_related("author", "correction__proposed_by", "correction__confirmed_by").defer("body")
        return Trust(
            story=self,
            checks=tuple(check for check in checks if check.entry_id == last),
            sources=tuple(self.named_sources()),
            versions=tuple(revisions),
        )
