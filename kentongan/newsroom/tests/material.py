"""Government material and reposts in any state, made by the real actions."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from kentongan.core.actors import CLOCK
from kentongan.newsroom import actions
from kentongan.newsroom.models import Material, Offer, Story
from kentongan.newsroom.tests.factories import story_in

SAID = {
    "title": "Posyandu lansia pindah ke balai desa",
    "summary": "Mulai Desember, posyandu lansia dibuka di balai desa setiap Selasa pekan kedua, pukul 8 pagi.",
    "text": "Bawa buku KIA atau KTP.\n\nPemeriksaan gula darah gratis.",
    "answers": [{"question": "Apakah harus ber-BPJS?", "answer": "Tidak. Semua warga 60 tahun ke atas dilayani."}],
    "licence": "publik",
}
REPOST_NOTES = {"source": "Kabar asalnya dibaca; KIM asalnya ditelepon, masih berlaku."}


def later(days: int = 30) -> date:
    """A day ahead."""
    return timezone.localdate() + timedelta(days=days)


def material_in(state: str, cast: Any, *, by: Any = None, deliver: bool = True, **said: Any) -> Material:
    """A material of the Dinas (or of the office of `by`), walked to `state`; `deliver` gives the groups their offers."""
    by = by or cast.dinas
    office = by.appointments.get().office
    material = actions.draft_material(office, **{**SAID, "valid_until": later(), **said}, by=by)
    if state != Material.State.DRAFTED:
        actions.send_material(again(material), by=by)
        while deliver and actions.deliver_material(again(material), by=CLOCK):
            pass
    if state == Material.State.WITHDRAWN:
        actions.withdraw_material(again(material), reason="Jadwalnya berubah.", by=by)
    return again(material)


def offer_in(state: str, cast: Any, *, group: Any = None, **said: Any) -> Offer:
    """The offer of a sent material at the cast's group, answered to `state` by its people."""
    offer = material_in("sent", cast, **said).offers.get(group=group or cast.group)
    answers = {
        "read": lambda: actions.read_offer(offer, by=cast.anggota),
        "commented": lambda: actions.comment_on_offer(offer, comment="Jam berapa sampai jam berapa?", by=cast.redaktur),
        "declined": lambda: actions.decline_offer(offer, reason="Desa kami punya jadwal sendiri.", by=cast.redaktur),
        "adopted": lambda: actions.adopt(offer, region=cast.region, kind="pengumuman", by=cast.anggota),
    }
    if state in answers:
        answers[state]()
    return Offer.objects.get(pk=offer.pk)


def published_from(offer: Offer, cast: Any) -> Story:
    """The adopted story with the group's own words, checked by another one and published."""
    story = offer.story
    assert story is not None
    words = {"headline": story.headline, "summary": story.summary, "body": f"{story.body}\n\nDi desa kita: tanya Bu Nanik."}
    facts = {"kind": story.kind, "what": story.what, "place": story.place, "urgent_reason": ""}
    actions.write(again(story), **words, **facts, happened="", who="", why="", how="", by=cast.anggota)
    actions.read_along(again(story), by=cast.anggota2)
    actions.submit(again(story), by=cast.anggota)
    notes = dict.fromkeys(again(story).checklist(), "Diperiksa.")
    actions.verify(again(story), notes=notes, by=cast.pemeriksa)
    actions.publish(again(story), by=cast.redaktur)
    return again(story)


def original_in(state: str, cast: Any) -> Story:
    """A story of the cast's group, walked to `state`."""
    return story_in(state, cast)


def repost_in(state: str, cast: Any, original: Story, *, group: Any = None, people: Any = None, introduction: str = "") -> Story:
    """A repost by the neighbour's people (see `neighbours`), walked to `state`."""
    people = people or neighbours(cast)
    story = actions.repost(original, group=group or cast.other_group, introduction=introduction, by=people["writer"])
    if state in ("submitted", "verified", "published"):
        actions.submit(again(story), by=people["writer"])
    if state in ("verified", "published"):
        actions.verify(again(story), notes=REPOST_NOTES, by=people["checker"])
    if state == "published":
        actions.publish(again(story), by=people["editor"])
    return again(story)


def neighbours(cast: Any) -> dict[str, Any]:
    """A writer and a checker of the neighbour's group, beside its editor of the cast."""
    from tests.cast import member, person

    if "tetangga2" not in cast.people:
        cast.people["tetangga2"] = person("tetangga2", "Sulis Setyowati", number=81)
        member(cast.other_group, cast.people["tetangga2"], "anggota")
        cast.people["tetangga3"] = person("tetangga3", "Hadi Purnomo", number=82)
        member(cast.other_group, cast.people["tetangga3"], "pemeriksa")
    return {"writer": cast.tetangga2, "checker": cast.tetangga3, "editor": cast.tetangga}


def again(row: Any) -> Any:
    """The row as it is now."""
    return type(row)._default_manager.get(pk=row.pk)
