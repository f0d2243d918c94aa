"""Every verb of a story and of a tip as one table: its address, the action behind it, the form it needs, the words on its button.

A verb is a resource to POST to. What stands on a page is a `Door`: the verb asked of the same two tables as its action.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms as django_forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kentongan.accounts.models import Person
from kentongan.core import permissions, workflow
from kentongan.core.actions import Answer, may
from kentongan.newsroom import actions, forms
from kentongan.newsroom.models import Correction, Flag, Hold, Source, Story, StoryPhoto, Tip


def always(thing: Any) -> bool:
    """The verb makes sense for every thing of its kind."""
    return True


@dataclass(frozen=True)
class Verb:
    """One verb.

    `address` is the end of its URL; `do` the action (None: the verb has a page of its own, and the button leads there). `says` is what
    will happen, said before a form. `quiet`: whoever has no right to it does not see it; all others see why it is closed.
    `fits` says for which things it makes sense at all. `place` is the id of the part of the page where its button stands.
    """

    name: str
    address: str
    action: str
    label: Any
    do: Callable[..., Any] | None = None
    form: type[django_forms.BaseForm] | None = None
    says: Any = ""
    button: Any = ""
    kind: str = "plain"
    icon: str = ""
    quiet: bool = False
    aside: bool = False
    fits: Callable[[Any], Any] = always
    place: str = ""

    def label_for(self, thing: Any) -> Any:
        """The words on its button. What is written already is not written but changed."""
        return _("Ubah tulisan") if self.name == "write" and thing.headline else self.label

    def action_for(self, thing: Any) -> str:
        """The action's name. An urgent story that nobody talked over is submitted under a name of its own."""
        if self.name == "submit" and thing.urgent and not thing.discussed():
            return "newsroom.submit_urgent"
        return self.action


def has_one_before_it(picture: StoryPhoto) -> bool:
    return picture.pk != picture.story.cover_id


def own_words(story: Story) -> bool:
    return story.repost_of_id is None


def passes_on(story: Story) -> bool:
    return story.repost_of_id is not None


def is_scheduled(story: Story) -> bool:
    return story.publish_at is not None


def is_unread(story: Story) -> bool:
    return not story.discussed() and own_words(story)


def is_knowledge(story: Story) -> bool:
    return story.kind == Story.Kind.GUIDE


def is_in_a_series(story: Story) -> bool:
    return story.series_id is not None


def may_lose_it(source: Source) -> bool:
    """What a published story rests on is corrected, never taken away."""
    return source.story.state in Story.BEFORE_PUBLISHED


def may_stand_again(correction: Correction) -> bool:
    """A retracted story never comes back."""
    return correction.story.state != Story.State.RETRACTED


STORY_VERBS = (
    Verb("submit", "penyerahan", "newsroom.submit", _("Ajukan untuk diperiksa"), actions.submit, icon="send"),
    Verb(
        "check",
        "pemeriksaan",
        "newsroom.verify",
        _("Periksa"),
        icon="check",
    ),
    Verb("publish", "penerbitan", "newsroom.publish", _("Terbitkan"), actions.publish, icon="share"),
    Verb("write", "tulis", "newsroom.write", _("Tulis"), icon="edit", fits=own_words),
    Verb("correct", "ralat", "newsroom.propose_correction", _("Usulkan ralat"), icon="edit", fits=own_words),
    Verb(
        "introduce",
        "pengantar",
        "newsroom.introduce",
        _("Tulis pengantar"),
        actions.introduce,
        forms.IntroductionForm,
        _("Kata-kata KIM kita di atas kabar aslinya. Bila sudah diajukan, ia diperiksa lagi."),
        _("Simpan pengantar"),
        icon="edit",
        fits=passes_on,
    ),
    Verb(
        "read_along",
        "pembacaan",
        "newsroom.read_along",
        _("Saya sudah ikut membaca"),
        actions.read_along,
        icon="person",
        fits=is_unread,
        quiet=True,
        place="langkah",
    ),
    Verb(
        "return",
        "pengembalian",
        "newsroom.return_story",
        _("Kembalikan dengan alasan"),
        actions.return_story,
        forms.ReturnForm,
        _("Penulis membaca alasan Anda dan memperbaikinya."),
        _("Kembalikan"),
        icon="back",
        quiet=True,
    ),
    Verb(
        "schedule",
        "jadwal",
        "newsroom.schedule",
        _("Jadwalkan"),
        actions.schedule,
        forms.ScheduleForm,
        _("Kabar terbit sendiri pada waktunya."),
        icon="clock",
        quiet=True,
        aside=True,
    ),
    Verb(
        "unschedule",
        "pembatalan-jadwal",
        "newsroom.unschedule",
        _("Batalkan jadwal"),
        actions.unschedule,
        icon="cross",
        fits=is_scheduled,
        quiet=True,
    ),
    Verb(
        "flag",
        "keberatan",
        "newsroom.raise_flag",
        _("Sampaikan keberatan"),
        actions.raise_flag,
        forms.FlagForm,
        _("KIM membaca dan menjawabnya. Isi kabar tidak berubah."),
        _("Kirim keberatan"),
        icon="ask",
        quiet=True,
    ),
    Verb(
        "retract",
        "pencabutan",
        "newsroom.retract",
        _("Cabut kabar"),
        actions.retract,
        forms.RetractForm,
        _("Kabar hilang dari semua halaman. Alamatnya menampilkan alasan ini, dan tidak bisa diterbitkan lagi."),
        kind="danger",
        quiet=True,
        aside=True,
    ),
    Verb(
        "withdraw",
        "pembatalan",
        "newsroom.withdraw",
        _("Batalkan kabar"),
        actions.withdraw,
        forms.NothingForm,
        _("Kabar tidak jadi terbit. Isinya tetap bisa dibaca di meja."),
        _("Ya, batalkan"),
        kind="danger",
        quiet=True,
        aside=True,
    ),
    Verb(
        "withhold",
        "penahanan",
        "newsroom.withhold",
        _("Tahan karena perintah hukum"),
        actions.withhold,
        forms.OrderForm,
        _("Kabar disembunyikan. Nomor perintahnya tampil untuk umum."),
        _("Tahan"),
        kind="danger",
        quiet=True,
        aside=True,
    ),
    Verb(
        "confirm_current",
        "tinjauan",
        "newsroom.confirm_current",
        _("Sudah ditinjau, masih berlaku"),
        actions.confirm_current,
        forms.ReviewForm,
        _("Pembaca melihat siapa yang meninjau dan kapan. Bila ada yang berubah, usulkan ralat lebih dulu."),
        _("Masih berlaku"),
        icon="check",
        fits=is_knowledge,
        quiet=True,
        place="langkah",
    ),
    Verb("series", "seri", "newsroom.put_in_series", _("Masukkan ke seri"), icon="plus", quiet=True, aside=True),
    Verb(
        "take_from_series",
        "pengeluaran-dari-seri",
        "newsroom.take_from_series",
        _("Keluarkan dari seri"),
        actions.take_from_series,
        fits=is_in_a_series,
        quiet=True,
        aside=True,
    ),
    Verb("restore", "pemulihan", "newsroom.restore", _("Tampilkan lagi"), actions.restore, quiet=True),
)
SOURCE_AND_PHOTO_VERBS = (
    Verb(
        "add_source",
        "sumber",
        "newsroom.add_source",
        _("Tambah sumber"),
        actions.add_source,
        forms.SourceForm,
        button=_("Simpan sumber"),
        icon="plus",
        quiet=True,
        place="sumber",
    ),
    Verb(
        "illustrate",
        "foto",
        "newsroom.illustrate",
        _("Tambah foto"),
        actions.illustrate,
        forms.PhotoForm,
        button=_("Kirim foto"),
        icon="camera",
        quiet=True,
        fits=own_words,
    ),
)
PHOTO_VERBS = (
    Verb(
        "describe_photo",
        "keterangan",
        "newsroom.describe_photo",
        _("Ubah keterangan foto"),
        actions.describe_photo,
        forms.PhotoWordsForm,
        button=_("Simpan keterangan"),
        icon="edit",
        quiet=True,
        place="foto",
    ),
    Verb("put_first", "sampul", "newsroom.order_photos", _("Jadikan sampul"), actions.put_first, quiet=True, fits=has_one_before_it),
    Verb("move_up", "kenaikan", "newsroom.order_photos", _("Naikkan"), actions.move_up, quiet=True, fits=has_one_before_it),
    Verb(
        "remove_photo",
        "penghapusan",
        "newsroom.remove_photo",
        _("Hapus foto"),
        actions.remove_photo,
        forms.NothingForm,
        _("Foto dihapus dari kabar ini."),
        _("Ya, hapus"),
        kind="danger",
        quiet=True,
        place="foto",
    ),
)
REMOVE_SOURCE = Verb(
    "remove_source",
    "penghapusan",
    "newsroom.remove_source",
    _("Hapus sumber"),
    actions.remove_source,
    forms.NothingForm,
    _("Sumber ini tidak lagi disebut. Kabar yang sudah diajukan harus diperiksa ulang."),
    _("Ya, hapus"),
    quiet=True,
    fits=may_lose_it,
)
CORRECTION_VERBS = (
    Verb(
        "confirm_correction",
        "penguatan",
        "newsroom.confirm_correction",
        _("Kuatkan ralat"),
        actions.confirm_correction,
        icon="check",
        fits=may_stand_again,
    ),
    Verb(
        "decline_correction",
        "penolakan",
        "newsroom.decline_correction",
        _("Jangan dikuatkan"),
        actions.decline_correction,
        forms.DeclineForm,
        _("Kabarnya tetap seperti sekarang."),
        _("Simpan alasan"),
        quiet=True,
    ),
)
ANSWER_FLAG = Verb(
    "answer_flag",
    "jawaban",
    "newsroom.answer_flag",
    _("Jawab keberatan"),
    actions.answer_flag,
    forms.AnswerForm,
    button=_("Kirim jawaban"),
    icon="talk",
)
HOLD_VERBS = (
    Verb(
        "release_hold",
        "pelepasan",
        "newsroom.release_hold",
        _("Sudah saya lihat, boleh terbit"),
        actions.release_hold,
        forms.LookForm,
        _("Kata-katanya tetap seperti sekarang. Nama dan catatan Anda tampil di halaman kabar."),
        _("Boleh terbit"),
        icon="check",
    ),
    Verb(
        "uphold_hold",
        "permintaan-ubah",
        "newsroom.uphold_hold",
        _("Harus diubah dulu"),
        actions.uphold_hold,
        forms.LookForm,
        _("Penulis membaca catatan Anda dan mengubah kata-katanya."),
        _("Minta diubah"),
        quiet=True,
    ),
)
PART_VERBS: tuple[tuple[str, type[Any], tuple[Verb, ...]], ...] = (
    ("sumber", Source, (REMOVE_SOURCE,)),
    ("foto", StoryPhoto, PHOTO_VERBS),
    ("ralat", Correction, CORRECTION_VERBS),
    ("keberatan", Flag, (ANSWER_FLAG,)),
    ("tahanan", Hold, HOLD_VERBS),
)
TIP_VERBS = (
    Verb(
        "take_up",
        "pengangkatan",
        "newsroom.take_up",
        _("Angkat jadi kabar"),
        actions.take_up,
        forms.TakeUpForm,
        _("Anda menjadi pengumpulnya. Yang mengirim menjadi sumber pertama; namanya tidak ditampilkan."),
        icon="edit",
    ),
    Verb(
        "decline",
        "penolakan",
        "newsroom.decline_tip",
        _("Jangan diangkat"),
        actions.decline_tip,
        forms.TipReasonForm,
        _("Alasan Anda tercatat, supaya bisa disampaikan bila ditanya."),
        _("Simpan alasan"),
        quiet=True,
    ),
    Verb("duplicate", "ganda", "newsroom.mark_tip_duplicate", _("Sudah ada yang sama"), actions.mark_tip_duplicate, quiet=True),
)
NEXT = {
    "gathered": ("write",),
    "written": ("submit", "read_along", "write"),
    "returned": ("write",),
    "submitted": ("check",),
    "verified": ("publish",),
    "received": ("take_up",),
    "drafted": ("receivers", "send_material"),
    "sent": ("adopt",),
    "read": ("adopt",),
    "commented": ("adopt",),
    "proposed": ("confirm_correction",),
    "raised": ("answer_flag",),
}
"""Which verb is the next step in a state: the first of them that is open is the one warm button."""


@dataclass
class Door:
    """A verb as it stands on a page: open, or closed with its reason and who can help."""

    verb: Verb
    thing: Any
    answer: Answer
    href: str
    form: Any = None
    call: bool = False

    @property
    def page(self) -> bool:
        """Whether the button leads to a page of its own."""
        return self.verb.do is None

    @property
    def kind(self) -> str:
        return "call" if self.call else self.verb.kind

    @property
    def label(self) -> Any:
        return self.verb.label_for(self.thing)

    @property
    def button(self) -> Any:
        return self.verb.button or self.label

    @property
    def yours(self) -> list[tuple[Any, str]]:
        """What this person can do themselves about what is missing: the words on that button, and where it is."""
        supplying = [verb for verb in (*STORY_VERBS, *SOURCE_AND_PHOTO_VERBS, *PHOTO_VERBS) if verb.action in self.answer.yours]
        return [(verb.label_for(self.thing), f"#{verb.place}" if verb.place else story_address(self.thing)(verb)) for verb in supplying]

    @property
    def id(self) -> str:
        return f"mengapa-{self.verb.name}-{self.thing.pk}"


def doors(verbs: Iterable[Verb], thing: Any, person: Person, address: Callable[[Verb], str], sent: dict[str, Any]) -> list[Door]:
    """The verbs that belong to the thing's state, each asked of the tables; `sent` are forms that came back with errors, by verb."""
    timely = [verb for verb in verbs if _timely(verb, thing) and verb.fits(thing) and _seen_by(person, verb, thing)]
    shown = [_door(verb, thing, person, address(verb), sent) for verb in timely]
    order = NEXT.get(thing.state, ())
    first = next((door for name in order for door in shown if door.verb.name == name and door.answer.ok), None)
    if first:
        first.call = True
    return sorted(shown, key=lambda door: (not door.call, door.verb.name not in order))


def story_address(story: Story) -> Callable[[Verb], str]:
    """Where the verbs of a story are sent."""
    return lambda verb: reverse(f"newsroom:{verb.name}", args=[story.pk])


def part_address(story: Story, part: Any) -> Callable[[Verb], str]:
    """Where the verbs of a part of a story are sent."""
    return lambda verb: reverse(f"newsroom:{verb.name}", args=[story.pk, part.pk])


def tip_address(tip: Tip) -> Callable[[Verb], str]:
    """Where the verbs of a tip are sent."""
    return lambda verb: reverse(f"newsroom:{verb.name}", args=[tip.pk])


def bound(verb: Verb, thing: Any, data: Any = None, files: Any = None) -> Any:
    """The verb's form for this thing, filled with what was sent, or empty. Its ids do not meet those of other forms of the page."""
    more = verb.form.about(thing) if verb.form and hasattr(verb.form, "about") else {}
    return verb.form(data, files, auto_id=f"{verb.name}-{thing.pk}-%s", **more) if verb.form else None  # type: ignore[call-arg]


def _door(verb: Verb, thing: Any, person: Person, href: str, sent: dict[str, Any]) -> Door:
    answer = may(person, verb.action_for(thing), thing)
    form = sent.get(f"{verb.name}-{thing.pk}") or (bound(verb, thing) if answer.ok else None)
    return Door(verb, thing, answer, href, form)


def _seen_by(person: Person, verb: Verb, thing: Any) -> bool:
    return not verb.quiet or permissions.has_right(person, verb.action_for(thing), thing)


def _timely(verb: Verb, thing: Any) -> bool:
    return thing.state in workflow.moves()[verb.action]
