"""Stories in any state, made by the real actions: what is true of them is true of what people make."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from kentongan.newsroom import actions
from kentongan.newsroom.models import Correction, Flag, Story, Tip

WORDS = {
    "headline": "Pipa induk selesai disambung, air Dukuh Krajan mengalir lagi",
    "summary": "Setelah enam hari mati, air bersih kembali sampai ke 40 rumah sejak Kamis sore.",
    "body": "Sambungan yang lepas ada di tikungan bawah.\n\nDelapan belas orang bekerja sejak pagi. Pipa baru dibeli dari kas dukuh.",
}
FACTS = {
    "kind": "berita",
    "what": "Pipa induk yang lepas disambung lagi.",
    "place": "Tikungan bawah, Dukuh Krajan",
    "happened": "Kamis, 12 November 2026, siang",
    "who": "18 warga Dukuh Krajan",
    "why": "Sambungan lama lepas sesudah hujan.",
    "how": "Kerja bakti.",
    "urgent_reason": "",
}
SOURCE = {"source_who": "Sutrisno, ketua kelompok air", "source_how": "ditemui di lokasi 12 November 2026"}
NOTES = {
    "source": "Sutrisno ditelepon 15.30, membenarkan.",
    "date_place": "Cocok dengan buku kerja bakti.",
    "names": "Ejaan sesuai daftar pengurus air.",
    "numbers": "Buku kerja bakti mencatat 40 rumah, 18 orang.",
    "other_side": "Tidak ada pihak yang dirugikan.",
    "picture": "Dibandingkan dengan foto lain di hari yang sama.",
}
RETRACTED_BECAUSE = "Nomor rumah yang disebut ternyata keliru dan merugikan pemiliknya."


def tip_in(state: str, cast: Any, **told: Any) -> Tip:
    """A tip of the cast's group, walked to `state` by the anggota."""
    told = {"text": "Air di RT 02 mati sejak pagi.", "place": "RT 02", "name": "Bu Warsini"} | told
    tip = actions.receive_tip(cast.group, **told)
    if state == Tip.State.DECLINED:
        actions.decline_tip(tip, reason="Sudah ditangani kelompok air.", by=cast.anggota)
    elif state == Tip.State.DUPLICATE:
        actions.mark_tip_duplicate(tip, by=cast.anggota)
    elif state == Tip.State.TAKEN_UP:
        actions.take_up(tip, region=cast.region, kind="berita", by=cast.anggota)
    return Tip.objects.get(pk=tip.pk)


def story_in(
    state: str,
    cast: Any,
    *,
    group: Any = None,
    region: Any = None,
    author: Any = None,
    reader: Any = None,
    checker: Any = None,
    editor: Any = None,
    words: dict[str, str] | None = None,
    facts: dict[str, str] | None = None,
    notes: dict[str, str] | None = None,
    upload: Any = None,
    publish_at: datetime | None = None,
) -> Story:
    """A story walked by the real actions to `state`, or to "scheduled" (verified, with a time `publish_at`, an hour ahead).

    By the cast's anggota, read along by anggota2, verified by pemeriksa, published by redaktur, in the cast's group, unless others are
    named.
    With `upload` it has a photo, cleaned before the story is submitted. Answers with a fresh row.
    """
    group, region = group or cast.group, region or cast.region
    author, reader = author or cast.anggota, reader or cast.anggota2
    checker, editor = checker or cast.pemeriksa, editor or cast.redaktur
    facts = FACTS | (facts or {})
    story = actions.gather(group, region=region, **facts, **SOURCE, by=author)

    def fresh() -> Story:
        return Story.objects.get(pk=story.pk)

    def to_written() -> None:
        actions.write(fresh(), **(WORDS | (words or {})), **facts, by=author)

    def to_submitted() -> None:
        if upload:
            said = {"alt": "Air keluar dari pipa ke ember", "credit": author.name, "shows_vulnerable": False, "consent": False}
            actions.illustrate(fresh(), upload=upload, **said, by=author)
            _cleaned(fresh())
        if not facts["urgent_reason"]:
            actions.read_along(fresh(), by=reader)
        actions.submit(fresh(), by=author)

    def to_published() -> None:
        actions.publish(fresh(), by=editor)

    def scheduled() -> None:
        actions.schedule(fresh(), at=publish_at or timezone.now() + timedelta(hours=1), by=editor)

    way = {
        "gathered": (),
        "withdrawn": (lambda: actions.withdraw(fresh(), by=author),),
        "written": (to_written,),
        "submitted": (to_written, to_submitted),
        "returned": (
            to_written,
            to_submitted,
            lambda: actions.return_story(fresh(), reason="Buku RT mencatat 46 rumah, bukan 40.", by=checker),
        ),
        "verified": (to_written, to_submitted, lambda: actions.verify(fresh(), notes=NOTES | (notes or {}), by=checker)),
    }
    way["scheduled"] = (*way["verified"], scheduled)
    way["published"] = (*way["verified"], to_published)
    way["retracted"] = (*way["published"], lambda: actions.retract(fresh(), reason=RETRACTED_BECAUSE, by=editor))
    way["withheld"] = (*way["published"], lambda: actions.withhold(fresh(), order="Penetapan PN Pati 12/Pid/2026", by=cast.operator))
    for step in way[str(state)]:
        step()
    return fresh()


def correction_in(state: str, story: Story, cast: Any, *, by: Any = None, **words: str) -> Correction:
    """A correction of a published story, proposed by the anggota, then confirmed or declined by the pemeriksa."""
    told = {
        "headline": story.headline,
        "summary": story.summary.replace("40", "46"),
        "body": story.body + "\n\nYang benar 46 rumah.",
    } | words
    correction = actions.propose_correction(
        story, what="Jumlah rumah 46, bukan 40.", why="Buku RT 02 mencatat 46 rumah.", **told, by=by or cast.anggota
    )
    if state == Correction.State.CONFIRMED:
        actions.confirm_correction(correction, by=cast.pemeriksa)
    elif state == Correction.State.DECLINED:
        actions.decline_correction(correction, reason="Buku RT sendiri yang keliru.", by=cast.pemeriksa)
    return Correction.objects.get(pk=correction.pk)


def flag_in(state: str, story: Story, cast: Any) -> Flag:
    """An objection of the Dinas to a published story, perhaps answered by the redaktur."""
    flag = actions.raise_flag(story, concern="Angka rumah berbeda dengan data desa.", by=cast.dinas)
    if state == Flag.State.ANSWERED:
        actions.answer_flag(flag, answer="Kami memakai buku RT; ralatnya sudah tampil.", by=cast.redaktur)
    return Flag.objects.get(pk=flag.pk)


def _cleaned(story: Story) -> None:
    from kentongan.media.jobs import render

    render(photo=story.cover.photo_id)
