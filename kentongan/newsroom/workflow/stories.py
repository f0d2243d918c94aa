"""When it may be done: the table of moves of domain/10. Nothing else sets a state.

Four lines are the inner half of another action and are never asked for by a button: `name_source` (add_source), `word_correction`
(propose_correction), `correct` (confirm_correction) and `rework` (remove_source: what was checked must be what is published, so a change of
sources or photo takes a submitted or verified story back to *written*, as editing does).

What is only known while it is being done (place and source of what is gathered, a headline, a reason, the ticks) is held by the
constraints of `models` and by `actions`, with a sentence of its own: a button cannot know it yet.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kentongan.core.workflow import NEW, Move, Need
from kentongan.groups.models import Group, Membership, names_of
from kentongan.media.models import Photo
from kentongan.newsroom.models import Correction, Flag, Source, Story, Tip

Role = Membership.Role
EDITORS = (Role.REDAKTUR,)
CHECKERS = (Role.PEMERIKSA,)
DESK = (Role.PEMERIKSA, Role.REDAKTUR)
WRITERS = tuple(role for role in Role.values if role != Role.PEMBINA)
"""Every member but a pembina: advice comes from there, words do not."""


def group_of(thing: Any) -> Group:
    """The group whose thing this is: a tip, a story, or what hangs on a story."""
    group: Group = thing.group if hasattr(thing, "group") else thing.story.group
    return group


def named(*roles: str) -> Callable[[Any], Iterable[str]]:
    """Who in its group holds one of these roles."""
    return lambda thing: names_of(group_of(thing), *roles)


def named_who_did_not_write(*roles: str) -> Callable[[Story], Iterable[str]]:
    """Who in its group holds one of these roles and wrote nothing of it."""

    def names(story: Story) -> list[str]:
        rows = [row for row in story.group.people if row.role in roles and row.person_id not in story.writers()]
        return [f"{row.person.name} ({row.get_role_display().lower()})" for row in rows[:4]]

    return names


S = Story.State
REWORKABLE = (S.SUBMITTED, S.VERIFIED)
IN_THE_MAKING = (S.GATHERED, S.WRITTEN, S.RETURNED)
UNSUBMITTED = (S.BEGUN, *IN_THE_MAKING)


def _photos_are_ready(story: Story) -> bool:
    return all(picture.photo.state == Photo.State.READY for picture in story.gallery())


def _no_photo_was_refused(story: Story) -> bool:
    return not any(picture.photo.state == Photo.State.REFUSED for picture in story.gallery())


def _what_was_found(thing: Story | Correction) -> str:
    said = gettext("Ada yang perlu dilihat orang kedua dulu: %(words)s. Pemeriksa atau redaktur lain melihatnya, atau ubah kata-katanya.")
    return said % {"words": ", ".join(f"“{finding.found}”" for finding in thing.unlooked()[:3])}


def _desk_beside(thing: Story | Correction) -> list[str]:
    """Checkers and editors who wrote none of it: one of them can look."""
    story = thing if isinstance(thing, Story) else thing.story
    writers = story.writers() | ({thing.proposed_by_id} if isinstance(thing, Correction) else set())
    rows = [row for row in story.group.people if row.role in DESK and row.person_id not in writers]
    return [f"{row.person.name} ({row.get_role_display().lower()})" for row in rows[:4]]


def _inside(story: Story) -> bool:
    return story.region_id is None or story.group.region.contains(story.region)


def _out_there(thing: Any) -> bool:
    return bool(thing.story.state == S.PUBLISHED)


def _why_not_now(story: Story) -> str:
    if story.group.asleep_since:
        return gettext("KIM ini lama tidak aktif, jadi situsnya hanya bisa dibaca. Ketua atau sekretaris menekan “Kami masih aktif” dulu.")
    return gettext("KIM ini belum ber-SK atau sedang dibekukan, jadi belum bisa menerbitkan.")


AWAKE = Need(lambda thing: thing.group.asleep_since is None, lambda thing: thing.group.asleep_sentence)
OPEN_GROUP = Need(lambda thing: thing.group.state != "dissolved", _("KIM ini sudah dibubarkan."))
INSIDE = Need(_inside, _("Tempatnya harus di wilayah KIM ini."))
WHAT = Need(lambda story: story.what.strip(), _("Belum diceritakan apa yang terjadi."), supplied_by="newsroom.answer")
PLACE = Need(lambda story: story.place.strip(), _("Tempatnya belum disebut."), supplied_by="newsroom.answer")
SOURCE = Need(
    lambda story: story.source_count,
    _("Belum ada sumber: siapa yang ditanya, atau apa yang dilihat?"),
    named(*WRITERS),
    "newsroom.add_source",
)
SUMMARY = Need(lambda story: story.summary.strip(), _("Ringkasan belum diisi."), supplied_by="newsroom.write")
BODY = Need(lambda story: story.body.strip() or story.repost_of_id, _("Isinya belum ditulis."), supplied_by="newsroom.write")
DISCUSSED = Need(
    lambda story: story.urgent or story.repost_of_id or story.discussed(),
    _("Belum dibahas: perlu tanggapan atau pembaca kedua, yaitu anggota lain."),
    named_who_did_not_write(*WRITERS),
    "newsroom.read_along",
)
URGENT = Need(lambda story: story.urgent, _("Sebutkan mengapa mendesak: alasannya tampil untuk umum."))
DESCRIBED = Need(
    lambda story: all(picture.complete for picture in story.gallery()),
    _("Keterangan foto belum lengkap: apa yang terlihat, siapa yang memotret, dan izin bila tampak anak atau korban."),
    supplied_by="newsroom.describe_photo",
)
PHOTO_KEPT = Need(_no_photo_was_refused, _("Fotonya tidak bisa dipakai. Ganti atau hapus dulu."), supplied_by="newsroom.remove_photo")
PHOTO_READY = Need(_photos_are_ready, _("Fotonya masih disiapkan. Coba lagi sebentar lagi."))
UNHELD = Need(lambda thing: not thing.unlooked(), _what_was_found, _desk_beside)
OWN_WORDS = Need(
    lambda story: not story.repost_of_id,
    _("Ini kutipan: kata-kata dan fotonya milik KIM asalnya, ralatnya pun di sana. Anda hanya menulis pengantarnya."),
)
ORIGINAL_IS_OUT = Need(
    lambda story: story.repost_of is None or story.repost_of.state == S.PUBLISHED,
    _("Kabar asalnya sudah tidak terbit, jadi tidak bisa dibagikan ulang."),
)
MAY_PUBLISH = Need(
    lambda story: story.group.may_publish,
    _why_not_now,
    named(Role.KETUA, Role.SEKRETARIS),
)
STILL_CHECKED = Need(lambda story: story.verifier_id, _("Kabar ini belum diperiksa."), named_who_did_not_write(*CHECKERS))
SCHEDULED = Need(lambda story: story.publish_at, _("Kabar ini tidak dijadwalkan."))
STORY_PUBLISHED = Need(_out_there, _("Kabarnya sudah tidak terbit."))
STORY_IN_THE_MAKING = Need(lambda source: source.story.state in Story.BEFORE_PUBLISHED, _("Kabarnya sudah terbit: usulkan ralat."))
ON_TOP = Need(
    lambda correction: correction.base_number == correction.story.count_versions(),
    _("Kabarnya sudah diralat lagi sesudah ralat ini diusulkan. Usulkan lagi di atas versi terbaru."),
    named(*DESK),
)

REVIEWED_LATER = Need(
    lambda story: story.kind != Story.Kind.GUIDE or story.review_by or story.repost_of_id,
    _("Panduan perlu tanggal tinjau: kapan isinya harus dilihat lagi?"),
    supplied_by="newsroom.write",
)

TO_SUBMIT = (SUMMARY, BODY, REVIEWED_LATER, SOURCE, DESCRIBED, PHOTO_KEPT)

MOVES = (
    Move(
        "newsroom.receive_tip",
        (NEW,),
        Tip.State.RECEIVED,
        (OPEN_GROUP, AWAKE),
        _("Terima kasih. Bahan sudah sampai di meja KIM."),
        past=_("Bahan diterima"),
    ),
    Move(
        "newsroom.decline_tip",
        (Tip.State.RECEIVED,),
        Tip.State.DECLINED,
        done=_("Bahan tidak diangkat; alasannya tercatat."),
        past=_("Bahan tidak diangkat"),
    ),
    Move(
        "newsroom.mark_tip_duplicate",
        (Tip.State.RECEIVED,),
        Tip.State.DUPLICATE,
        done=_("Ditandai sama dengan bahan lain."),
        past=_("Bahan ditandai sudah ada yang sama"),
    ),
    Move(
        "newsroom.take_up",
        (Tip.State.RECEIVED,),
        Tip.State.TAKEN_UP,
        done=_("Bahan diangkat jadi kabar. Anda yang mengumpulkan."),
        past=_("Bahan diangkat jadi kabar"),
    ),
    Move(
        "newsroom.gather",
        (NEW,),
        S.GATHERED,
        (OPEN_GROUP, INSIDE),
        _("Bahan tersimpan. Sekarang tuliskan kabarnya."),
        past=_("Bahan dikumpulkan"),
    ),
    Move(
        "newsroom.gather",
        (S.BEGUN,),
        S.GATHERED,
        (OPEN_GROUP, INSIDE, WHAT, PLACE),
        _("Bahan tersimpan. Sekarang tuliskan kabarnya."),
    ),
    Move("newsroom.begin", (NEW,), S.BEGUN, (OPEN_GROUP, INSIDE), _("Tersimpan. Hanya Anda yang melihatnya."), past=_("Mulai ditulis")),
    Move("newsroom.answer", UNSUBMITTED, None, (INSIDE,), _("Tersimpan."), past=_("Jawaban disimpan")),
    Move("newsroom.write", (*IN_THE_MAKING, *REWORKABLE), S.WRITTEN, (OWN_WORDS,), _("Tulisan tersimpan."), past=_("Ditulis")),
    Move("newsroom.add_source", IN_THE_MAKING, None, done=_("Sumber ditambahkan."), past=_("Sumber ditambahkan")),
    Move("newsroom.add_source", REWORKABLE, S.WRITTEN, done=_("Sumber ditambahkan.")),
    Move("newsroom.name_source", (NEW,), Source.State.NAMED, past=_("Sumber disebut")),
    Move(
        "newsroom.remove_source",
        (Source.State.NAMED,),
        Source.State.REMOVED,
        (STORY_IN_THE_MAKING,),
        _("Sumber dihapus dari kabar."),
        past=_("Sumber dihapus"),
    ),
    Move("newsroom.illustrate", UNSUBMITTED, None, (OWN_WORDS,), _("Foto diterima dan sedang disiapkan."), past=_("Foto dipasang")),
    Move("newsroom.illustrate", REWORKABLE, S.WRITTEN, (OWN_WORDS,), _("Foto diterima dan sedang disiapkan.")),
    Move("newsroom.describe_photo", UNSUBMITTED, None, done=_("Keterangan foto tersimpan."), past=_("Keterangan foto diubah")),
    Move("newsroom.describe_photo", REWORKABLE, S.WRITTEN, done=_("Keterangan foto tersimpan.")),
    Move("newsroom.order_photos", UNSUBMITTED, None, done=_("Urutan foto tersimpan."), past=_("Urutan foto diubah")),
    Move("newsroom.order_photos", REWORKABLE, S.WRITTEN, done=_("Urutan foto tersimpan.")),
    Move("newsroom.remove_photo", UNSUBMITTED, None, done=_("Foto dihapus dari kabar."), past=_("Foto dihapus")),
    Move("newsroom.remove_photo", REWORKABLE, S.WRITTEN, done=_("Foto dihapus dari kabar.")),
    Move("newsroom.rework", IN_THE_MAKING, None, past=_("Sumber dihapus")),
    Move("newsroom.rework", REWORKABLE, S.WRITTEN),
    Move("newsroom.read_along", (S.WRITTEN, S.RETURNED), None, (BODY,), _("Tercatat: Anda ikut membaca."), past=_("Dibaca bersama")),
    Move(
        "newsroom.submit",
        (S.WRITTEN,),
        S.SUBMITTED,
        (DISCUSSED, *TO_SUBMIT),
        _("Diajukan. Sekarang pemeriksa membacanya."),
        past=_("Diajukan untuk diperiksa"),
    ),
    Move(
        "newsroom.submit_urgent",
        (S.WRITTEN,),
        S.SUBMITTED,
        (URGENT, *TO_SUBMIT),
        _("Diajukan sebagai kabar mendesak."),
        past=_("Diajukan sebagai kabar mendesak, tanpa dibahas"),
    ),
    Move(
        "newsroom.verify",
        (S.SUBMITTED,),
        S.VERIFIED,
        (SOURCE, PHOTO_READY),
        _("Dinyatakan sudah diperiksa. Redaktur bisa menerbitkannya."),
        past=_("Dinyatakan sudah diperiksa"),
    ),
    Move(
        "newsroom.return_story",
        REWORKABLE,
        S.RETURNED,
        done=_("Dikembalikan kepada penulis dengan alasan Anda."),
        past=_("Dikembalikan kepada penulis"),
    ),
    Move(
        "newsroom.schedule",
        (S.VERIFIED,),
        None,
        (ORIGINAL_IS_OUT, MAY_PUBLISH, UNHELD),
        _("Dijadwalkan. Kabar terbit sendiri pada waktunya."),
        past=_("Dijadwalkan terbit"),
    ),
    Move(
        "newsroom.unschedule",
        (S.VERIFIED,),
        None,
        (SCHEDULED,),
        _("Jadwal dibatalkan. Kabarnya tetap siap terbit."),
        past=_("Jadwal dibatalkan"),
    ),
    Move(
        "newsroom.publish",
        (S.VERIFIED,),
        S.PUBLISHED,
        (ORIGINAL_IS_OUT, STILL_CHECKED, MAY_PUBLISH, SOURCE, SUMMARY, PHOTO_READY, UNHELD),
        _("Terbit. Sekarang tampil di semua wilayahnya."),
        past=_("Terbit"),
    ),
    Move(
        "newsroom.propose_correction",
        (S.PUBLISHED,),
        None,
        (OWN_WORDS,),
        _("Ralat diusulkan. Orang lain perlu menguatkannya."),
        past=_("Ralat diusulkan"),
    ),
    Move("newsroom.word_correction", (NEW,), Correction.State.PROPOSED, past=_("Ralat ditulis")),
    Move(
        "newsroom.confirm_correction",
        (Correction.State.PROPOSED,),
        Correction.State.CONFIRMED,
        (STORY_PUBLISHED, ON_TOP, UNHELD),
        _("Ralat dikuatkan dan tampil di halaman kabar."),
        past=_("Ralat dikuatkan"),
    ),
    Move("newsroom.correct", (S.PUBLISHED,), None, past=_("Ralat dikuatkan")),
    Move(
        "newsroom.decline_correction",
        (Correction.State.PROPOSED,),
        Correction.State.DECLINED,
        done=_("Ralat tidak dikuatkan; alasannya tercatat."),
        past=_("Ralat tidak dikuatkan"),
    ),
    Move("newsroom.retract", (S.PUBLISHED,), S.RETRACTED, done=_("Kabar dicabut. Alamatnya menampilkan alasannya."), past=_("Dicabut")),
    Move(
        "newsroom.withdraw",
        Story.BEFORE_PUBLISHED,
        S.WITHDRAWN,
        done=_("Kabar dibatalkan. Isinya tetap bisa dibaca di meja."),
        past=_("Dibatalkan"),
    ),
    Move(
        "newsroom.withhold",
        (S.PUBLISHED,),
        S.WITHHELD,
        done=_("Ditahan. Nomor perintahnya tampil untuk umum."),
        past=_("Ditahan karena perintah hukum"),
    ),
    Move("newsroom.restore", (S.WITHHELD,), S.PUBLISHED, done=_("Tampil lagi."), past=_("Ditampilkan lagi")),
    # Asked of the story by its button, of the new flag by the door: an office's doing never touches the story's row.
    Move(
        "newsroom.raise_flag",
        (S.PUBLISHED,),
        None,
        done=_("Keberatan sampai di meja KIM. Isi kabar tidak berubah."),
        past=_("Keberatan disampaikan"),
    ),
    Move("newsroom.raise_flag", (NEW,), Flag.State.RAISED, (STORY_PUBLISHED,), _("Keberatan sampai di meja KIM. Isi kabar tidak berubah.")),
    Move("newsroom.answer_flag", (Flag.State.RAISED,), Flag.State.ANSWERED, done=_("Jawaban tersimpan."), past=_("Keberatan dijawab")),
)
