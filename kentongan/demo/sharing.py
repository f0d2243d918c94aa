"""What goes between the demo's groups and offices: material of the Dinas with the groups' answers, and one story passed on."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from kentongan.demo.days import Past, dated, since
from kentongan.demo.founding import person
from kentongan.demo.people import GROUPS, MAIN, username_of
from kentongan.demo.telling import USUAL
from kentongan.groups.models import Group
from kentongan.newsroom import actions as newsroom
from kentongan.newsroom.models import Material, Offer, Story

OFFICER = "dinas"


@dataclass(frozen=True)
class DemoMaterial:
    """A package of the Dinas, sent `days` ago (None: still a draft), good for `holds` days from then."""

    days: int | None
    holds: int
    title: str
    summary: str
    text: str
    answers: tuple[tuple[str, str], ...] = ()
    field: str = ""
    licence: str = "publik"


FIGHTING_HOAXES = DemoMaterial(
    9,
    60,
    "Tiga langkah sebelum meneruskan kabar",
    "Berhenti sebentar, cari sumbernya, tanyakan kepada KIM desa. Tiga langkah ini cukup untuk sebagian besar kabar yang beredar di grup.",
    "Banyak kabar diteruskan tanpa dibaca sampai habis.\n\n"
    "1. Berhenti sebentar. Kabar yang membuat marah atau takut paling sering keliru.\n"
    "2. Cari sumbernya. Siapa yang mengatakan, kapan, di mana?\n"
    "3. Tanyakan. KIM desa bisa memeriksa dan menjawab.",
    (("Ke mana warga bertanya bila belum ada KIM?", "Ke kantor desa, atau ke Diskominfo pada jam kerja."),),
    "pelayanan desa",
)
RAINY_SEASON = DemoMaterial(
    3,
    45,
    "Siaga hujan lebat: periksa selokan dan talang",
    "Hujan lebat mungkin turun sampai akhir bulan depan. Bersihkan selokan depan rumah dan catat tempat air biasa naik.",
    "Yang bisa dilakukan minggu ini:\n\n"
    "- bersihkan selokan dan talang;\n"
    "- catat titik air biasa naik;\n"
    "- sepakati siapa mengetuk pintu siapa.",
    (("Apakah ini peringatan resmi?", "Bukan. Ini ajakan bersiap; peringatan resmi datang dari BMKG dan BPBD."),),
    licence="cc-by",
)
CATTLE = DemoMaterial(
    40,
    30,
    "Jadwal contoh vaksinasi sapi",
    "Petugas keliling tiga kecamatan. Ikat sapi sebelum pukul tujuh pagi dan siapkan kartu ternaknya.",
    "Petugas datang menurut urutan dusun. Pemilik menunggu di kandang.\n\nVaksinasi tidak dipungut biaya.",
    (("Apakah sapi bunting ikut?", "Ikut, kecuali petugas menyarankan lain."),),
    "pertanian",
    "izin",
)
CONTEST = DemoMaterial(
    None, 90, "Lomba menulis kabar desa", "Ajakan ikut lomba; syaratnya masih disusun.", "Syarat dan jadwal menyusul.", field="pendidikan"
)
OWN_WORDS = "\n\n## Di desa kita\n\nTempel tiga langkah ini di gardu dan di papan balai desa. Yang ragu bisa bertanya kepada pengurus KIM."
CATTLE_WORDS = "\n\n## Di desa kita\n\nKumpul di lapangan bawah bila kandang sulit dilewati petugas."
INTRODUCTION = "Kabar dari tetangga kita. Kami bagikan karena airnya satu gunung dengan kita."


def share_all() -> None:
    """Everything that needs several groups; does nothing when it is there."""
    if Material.objects.filter(demo=True).exists():
        return
    cattle, hoaxes, rain = _sent(CATTLE), _sent(FIGHTING_HOAXES), _sent(RAINY_SEASON)
    _sent(CONTEST)
    with since(37, 19) as clock:
        _published(_offer(cattle, "gulangpongge"), CATTLE_WORDS, clock)
    newsroom.expire_material(Material.objects.get(pk=cattle.pk))
    with since(7, 19) as clock:
        _published(_offer(hoaxes, MAIN), OWN_WORDS, clock)
    with since(6, 20):
        reason = "Papan kami sedang dipakai untuk jadwal panen; kami tulis sendiri bulan depan."
        newsroom.decline_offer(_offer(hoaxes, "bermi"), reason=reason, by=_by("bermi", "redaktur"))
    with since(2, 18):
        comment = "Di desa kami air naik di dua tempat yang tidak disebut. Boleh kami tambahkan petanya?"
        newsroom.comment_on_offer(_offer(rain, "bermi"), comment=comment, by=_by("bermi", "redaktur"))
        newsroom.read_offer(_offer(rain, "kedungbulus"), by=_by("kedungbulus", "anggota"))
    _pass_on("bermi")


def _sent(told: DemoMaterial) -> Material:
    officer = person(OFFICER)
    with since(told.days if told.days is not None else 1, 9) as clock:
        until = timezone.localdate() + timedelta(days=told.holds)
        answers = [{"question": question, "answer": answer} for question, answer in told.answers]
        material = newsroom.draft_material(
            officer.appointments.get().office,
            title=told.title,
            summary=told.summary,
            text=dated(told.text, timezone.localdate()),
            answers=answers,
            licence=told.licence,
            valid_until=until,
            field=told.field,
            by=officer,
        )
        Material.objects.filter(pk=material.pk).update(demo=True)
        material = Material.objects.get(pk=material.pk)
        if told.days is None:
            return material
        clock.wait(minutes=20)
        material = newsroom.send_material(material, by=officer)
        while newsroom.deliver_material(Material.objects.get(pk=material.pk)):
            clock.wait(minutes=1)
    return Material.objects.get(pk=material.pk)


def _published(offer: Offer, own_words: str, clock: Past) -> None:
    """Adopted with words of the group's own, read along, checked by another one, published."""
    key = next(demo.key for demo in GROUPS if demo.code == offer.group.region.code)
    author = _by(key, "anggota")
    story = newsroom.adopt(offer, region=offer.group.region, kind="pengumuman", by=author)
    clock.wait(minutes=40)
    newsroom.write(
        _again(story),
        headline=story.headline,
        summary=story.summary,
        body=f"{story.body}{own_words}",
        kind=story.kind,
        what=story.what,
        place=story.place,
        happened="",
        who="",
        why="",
        how="",
        urgent_reason="",
        by=author,
    )
    _checked(story, key, clock)


def _pass_on(key: str) -> None:
    """A corrected story of the main village's group, in another group's hands."""
    original = (
        Story.objects.published().filter(group=_group(MAIN), correction_count__gt=0, repost_of=None).order_by("-published_at").first()
    )
    if original is None:
        return
    with since(2, 20) as clock:
        repost = newsroom.repost(original, group=_group(key), introduction=INTRODUCTION, by=_by(key, "anggota"))
        _checked(repost, key, clock)


def _checked(story: Story, key: str, clock: Past) -> None:
    clock.wait(minutes=30)
    if not story.repost_of_id:
        newsroom.read_along(_again(story), by=_by(key, "anggota2" if key == MAIN else "ketua"))
    newsroom.submit(_again(story), by=_by(key, "anggota"))
    clock.wait(hours=1)
    notes = {item: USUAL[item] for item in _again(story).checklist()}
    newsroom.verify(_again(story), notes=notes, by=_by(key, "pemeriksa"))
    clock.wait(minutes=25)
    newsroom.publish(_again(story), by=_by(key, "redaktur"))


def _again(story: Story) -> Story:
    return Story.objects.get(pk=story.pk)


def _by(key: str, role: str) -> Any:
    return person(username_of(key, role))


def _group(key: str) -> Group:
    return Group.objects.get(region__code=next(demo.code for demo in GROUPS if demo.key == key))


def _offer(material: Material, key: str) -> Offer:
    return Offer.objects.get(material=material, group=_group(key))
