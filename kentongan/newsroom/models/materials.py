"""Government material [Bahan informasi]: what an office offers to groups, and what each group made of it. A group may always say no."""

from datetime import date, datetime, time, timedelta
from typing import ClassVar, Self
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kentongan.accounts.models import Person
from kentongan.core.models import Acted
from kentongan.groups.models import Appointment, Group, Membership, Office, posts_of
from kentongan.media.models import Photo
from kentongan.newsroom.models.wording import BODY_MAX, SUMMARY_MAX
from kentongan.regions.models import Region
from kentongan.ui.writing import date_only


class Materials(models.QuerySet["Material"]):
    """Materials by who may read them."""

    def visible_to(self, person: Person | None) -> Self:
        """Its office's people; once sent, the people of the groups it was sent to. Nobody else: it is an offer, not a publication."""
        if person is None:
            return self.none()
        offices = [post.office_id for post in posts_of(person) if isinstance(post, Appointment)]
        groups = [post.group_id for post in posts_of(person) if isinstance(post, Membership)]
        return self.filter(Q(office__in=offices) | Q(pk__in=Offer.objects.filter(group__in=groups).values("material")))

    def outlived(self) -> Self:
        """Sent ones whose time is over, and which the clock has not marked yet."""
        return self.filter(state=Material.State.SENT, expires_at__lte=timezone.now())


class Material(Acted):
    """A package an office offers to groups: text, picture, licence, questions answered, and until when it holds."""

    TEXTS: ClassVar[tuple[str, ...]] = ("title", "summary", "text")

    class State(models.TextChoices):
        DRAFTED = "drafted", _("sedang disiapkan")
        SENT = "sent", _("terkirim")
        WITHDRAWN = "withdrawn", _("ditarik")
        EXPIRED = "expired", _("lewat masa berlaku")

    class Licence(models.TextChoices):
        PUBLIC = "publik", _("Milik publik: bebas dipakai dan diubah")
        ATTRIBUTION = "cc-by", _("CC BY 4.0: bebas dipakai dan diubah, sebutkan instansinya")
        PERMITTED = "izin", _("Izin instansi: bebas dipakai KIM penerima, sebutkan instansinya")

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="materials")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("judul"), max_length=140)
    summary = models.CharField(_("ringkasan"), max_length=SUMMARY_MAX)
    text = models.TextField(_("isi"), max_length=BODY_MAX)
    answers = models.JSONField(_("tanya jawab"), default=list, blank=True)
    """What people will ask, answered: [{"question": …, "answer": …}, …]."""
    photo = models.ForeignKey(Photo, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    alt = models.CharField(_("apa yang terlihat"), max_length=200, blank=True)
    credit = models.CharField(_("siapa yang memotret"), max_length=80, blank=True)
    licence = models.CharField(_("izin pakai"), max_length=10, choices=Licence.choices, default=Licence.PUBLIC)
    field = models.CharField(_("bidang"), max_length=40, blank=True)
    valid_until = models.DateField(_("berlaku sampai"))
    """The last day on which it holds, on the clock of its office."""
    to_region = models.ForeignKey(Region, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    """Whose groups receive it; none: the whole area of the office. `to_field` and `to_groups` narrow that."""
    to_field = models.CharField(_("bidang penerima"), max_length=40, blank=True)
    to_groups = models.ManyToManyField(Group, related_name="+", blank=True)
    sent_at = models.DateTimeField(null=True, editable=False)
    expires_at = models.DateTimeField(null=True, editable=False)
    """The first moment at which it holds no more: midnight after `valid_until`."""
    delivered_at = models.DateTimeField(null=True, editable=False)
    """When every receiver had its offer."""
    withdrawal_reason = models.CharField(_("alasan ditarik"), max_length=300, blank=True)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)
    demo = models.BooleanField(default=False)

    objects = Materials.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["drafted", "sent", "withdrawn", "expired"]), name="material_state"),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(summary="") & ~Q(text=""),
                name="material_says_something",
                violation_error_message=_("Judul, ringkasan, dan isinya perlu diisi."),
            ),
            models.CheckConstraint(
                condition=Q(state="drafted") | Q(sent_at__isnull=False, expires_at__isnull=False, expires_at__gt=F("sent_at")),
                name="sent_material_still_holds",
                violation_error_message=_("Masa berlakunya sudah lewat. Pilih tanggal yang akan datang, lalu kirim."),
            ),
            models.CheckConstraint(
                condition=Q(photo__isnull=True) | ~Q(alt="") & ~Q(credit=""),
                name="material_photo_is_described",
                violation_error_message=_("Sebutkan apa yang terlihat di foto dan siapa yang memotret."),
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | ~Q(withdrawal_reason="") & Q(withdrawn_at__isnull=False),
                name="withdrawn_material_says_why",
                violation_error_message=_("Sebutkan mengapa ditarik: KIM dan pembaca membacanya."),
            ),
        ]
        indexes = [
            models.Index(fields=["office", "-id"], name="material_newest"),
            models.Index(fields=["expires_at"], name="material_due", condition=Q(state="sent")),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("newsroom:material", args=[self.pk])

    @property
    def tz(self) -> ZoneInfo:
        """The clock of its office; WIB for the nation."""
        return self.office.region.tz if self.office.region else ZoneInfo(settings.TIME_ZONE)

    def end_of(self, day: date) -> datetime:
        """The first moment after `day` on its office's clock."""
        return datetime.combine(day + timedelta(days=1), time.min, self.tz)

    @property
    def over(self) -> bool:
        """Whether it holds no more: by the clock, not by whether the clock has marked it already."""
        return self.expires_at is not None and self.expires_at <= timezone.now()

    @property
    def offered(self) -> bool:
        """Whether a group may still adopt it."""
        return self.state == self.State.SENT and not self.over

    def receivers(self) -> "models.QuerySet[Group]":
        """The groups that get it: able to publish, in the office's area, and in what was chosen."""
        return self.chosen().filter(state__in=Group.PUBLISHING)

    def left_out(self) -> "models.QuerySet[Group]":
        """Those chosen that cannot take it up: suspended or dissolved."""
        return self.chosen().filter(state__in=[Group.State.SUSPENDED, Group.State.DISSOLVED])

    def chosen(self) -> "models.QuerySet[Group]":
        """Public groups by region, field or list, never outside the office's area."""
        groups = Group.objects.public().within(self.office.region).within(self.to_region)
        if self.to_field:
            groups = groups.filter(fields__contains=[self.to_field])
        if self.listed:
            groups = groups.filter(pk__in=self.listed)
        return groups.order_by("pk")

    @cached_property
    def listed(self) -> frozenset[int]:
        """The groups ticked one by one; empty where a place and a field say it all (one query a row)."""
        return frozenset(self.to_groups.values_list("pk", flat=True)) if self.pk else frozenset()

    def validity(self) -> str:
        """Until when it holds, as readers are told. True until `expires_at`, or until it is withdrawn."""
        if self.state == self.State.WITHDRAWN and self.withdrawn_at:
            said = gettext("Bahan ini ditarik %(office)s pada %(date)s: %(reason)s")
            date = date_only(self.withdrawn_at, self.office.region)
            return said % {"office": self.office.name, "date": date, "reason": self.withdrawal_reason}
        if self.over and self.expires_at:
            return gettext("Sudah lewat masa berlaku sejak %s.") % date_only(self.expires_at.astimezone(self.tz).date())
        return gettext("Bahan ini berlaku sampai %s.") % date_only(self.valid_until)

    def as_body(self) -> str:
        """Its words as a story's draft begins with them: the text, then the questions answered."""
        asked = [f"**{row['question']}**\n\n{row['answer']}" for row in self.answers]
        return "\n\n".join([self.text, *([f"## {gettext('Tanya jawab')}", *asked] if asked else [])])

    def sites_using(self) -> list[str]:
        """Where published stories made of it show, and those that pass one of them on."""
        made = Q(material=self) | Q(repost_of__material=self)
        used = (
            self.stories.model._default_manager.filter(made, state="published").select_related("group").defer("body", "what", "why", "how")
        )
        return list(dict.fromkeys(site for story in used for site in story.sites()))

    def counts(self) -> dict[str, int]:
        """How many of its offers stand where (one query)."""
        return dict(self.offers.order_by().values_list("state").annotate(n=Count("pk")))


class Offers(models.QuerySet["Offer"]):
    """Offers by who may read them."""

    def visible_to(self, person: Person | None) -> Self:
        """The group's people, and those of the office that sent it."""
        if person is None:
            return self.none()
        offices = [post.office_id for post in posts_of(person) if isinstance(post, Appointment)]
        groups = [post.group_id for post in posts_of(person) if isinstance(post, Membership)]
        return self.filter(Q(group__in=groups) | Q(material__office__in=offices))

    def open(self) -> Self:
        """Those that still wait for a group's word."""
        return self.filter(state__in=Offer.OPEN, material__state=Material.State.SENT, material__expires_at__gt=timezone.now())


class Offer(Acted):
    """One material at one group: the receipt, and the group's answer."""

    class State(models.TextChoices):
        SENT = "sent", _("belum dibaca")
        READ = "read", _("sudah dibaca")
        COMMENTED = "commented", _("ditanggapi")
        ADOPTED = "adopted", _("dipakai")
        DECLINED = "declined", _("tidak dipakai")

    OPEN: ClassVar[tuple[str, ...]] = ("sent", "read", "commented")

    material = models.ForeignKey(Material, on_delete=models.PROTECT, related_name="offers")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="offers")
    at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, editable=False)
    answered_at = models.DateTimeField(null=True, editable=False)
    answered_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False)
    """Who adopted or declined it for the group."""
    decline_reason = models.CharField(_("mengapa tidak dipakai"), max_length=300, blank=True)
    comment = models.TextField(_("tanggapan"), max_length=1000, blank=True)
    commented_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False)
    commented_at = models.DateTimeField(null=True, editable=False)
    story = models.OneToOneField("newsroom.Story", null=True, blank=True, on_delete=models.PROTECT, related_name="offer", editable=False)
    """What the group made of it."""

    objects = Offers.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["material", "group"], name="one_offer_a_group"),
            models.CheckConstraint(condition=Q(state__in=["sent", "read", "commented", "adopted", "declined"]), name="offer_state"),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(decline_reason=""),
                name="declined_offer_says_why",
                violation_error_message=_("Sebutkan mengapa tidak dipakai: instansi yang mengirim membacanya."),
            ),
            models.CheckConstraint(
                condition=~Q(state="adopted") | Q(story__isnull=False, answered_by__isnull=False), name="adopted_offer_has_a_story"
            ),
            models.CheckConstraint(condition=Q(state="sent") | Q(read_at__isnull=False), name="answered_offer_was_read"),
            models.CheckConstraint(
                condition=~Q(state="commented") | ~Q(comment=""),
                name="comment_says_something",
                violation_error_message=_("Tuliskan dulu tanggapannya."),
            ),
        ]
        indexes = [
            models.Index(fields=["group", "-id"], name="offer_newest"),
            models.Index(fields=["material", "state", "id"], name="offer_receipts"),
        ]

    def __str__(self) -> str:
        return f"{self.material} → {self.group}"

    @property
    def title(self) -> str:
        return self.material.title

    def mark_read(self) -> None:
        """Inside `act`: whoever answers has read it."""
        self.read_at = self.read_at or timezone.now()
