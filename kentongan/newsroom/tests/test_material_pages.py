"""Government material at the desk, both sides, and another group's story passed on from there."""

from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kentongan.core.jobs import run_pending
from kentongan.groups.models import Group
from kentongan.media.jobs import render
from kentongan.newsroom import actions
from kentongan.newsroom.models import Material, Offer, Story
from kentongan.newsroom.tests.factories import story_in
from kentongan.newsroom.tests.material import SAID, again, later, material_in, neighbours, offer_in, published_from, repost_in
from kentongan.newsroom.tests.test_pages import jpeg
from tests.cast import group_in, member

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12
FORM = {
    "title": SAID["title"],
    "summary": SAID["summary"],
    "text": SAID["text"],
    "licence": "cc-by",
    "field": "kesehatan",
    "question_0": "Apakah harus ber-BPJS?",
    "answer_0": "Tidak.",
}


def url(name: str, *args: Any) -> str:
    return reverse(f"newsroom:{name}", args=args)


def text(answer: Any) -> str:
    return unescape(answer.content.decode())


def at(offer: Offer, verb: str) -> str:
    return url(verb, offer.material_id, offer.pk)


# The office


def test_an_officer_prepares_chooses_sees_and_sends(cast, client_of):
    browser = client_of(cast.dinas)
    answer = browser.post(url("draft_material"), FORM | {"valid_until": str(later())}, follow=True)
    material = Material.objects.get()
    assert answer.redirect_chain and "2 KIM akan menerima" in text(answer) and "KIM Bermi" in text(answer)
    assert (material.state, material.answers, material.field) == (
        "drafted",
        [{"question": "Apakah harus ber-BPJS?", "answer": "Tidak."}],
        "kesehatan",
    )
    answer = browser.post(
        url("receivers", material.pk), {"version": material.version, "place": "Gunungwungkal", "to_field": ""}, follow=True
    )
    assert "1 KIM akan menerima" in text(answer) and "KIM Bermi" not in text(answer)
    browser.post(url("send_material", material.pk), {"version": again(material).version})
    run_pending()
    assert [offer.group for offer in again(material).offers.all()] == [cast.group]


def test_receivers_are_ticked_one_by_one(cast, client_of):
    material = material_in("drafted", cast)
    browser = client_of(cast.dinas)
    answer = browser.post(url("receivers_listed", material.pk), {"version": material.version, "groups": [cast.other_group.pk]}, follow=True)
    assert "1 KIM akan menerima" in text(answer)
    assert [group.slug for group in again(material).receivers()] == ["bermi"]
    answer = browser.post(url("receivers_listed", material.pk), {"version": again(material).version})
    assert answer.status_code == 400 and "Centang sedikitnya satu KIM" in text(answer)
    everybody = [cast.group.pk, cast.other_group.pk]
    browser.post(url("receivers_listed", material.pk), {"version": again(material).version, "groups": everybody})
    assert not again(material).to_groups.exists() and again(material).receivers().count() == 2


def test_a_place_outside_the_office_or_unknown_is_said_beside_its_field(cast, client_of):
    material = material_in("drafted", cast)
    answer = client_of(cast.dinas).post(url("receivers", material.pk), {"version": material.version, "place": "Antah Berantah"})
    assert answer.status_code == 400 and "Tidak ada tempat bernama" in text(answer)


def test_who_is_left_out_is_said_before_sending(cast, client_of):
    Group.objects.filter(slug="bermi").update(state="suspended")
    page = text(client_of(cast.dinas).get(url("receivers", material_in("drafted", cast).pk)))
    assert "1 KIM dilewati: dibekukan atau dibubarkan" in page and "KIM Bermi" in page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title": ""}, "Judulnya belum diisi"),
        ({"valid_until": "2020-01-01"}, "Tanggal ini sudah lewat"),
        ({"valid_until": "besok"}, "Tulis tanggalnya"),
        ({"answer_0": ""}, "diisi berpasangan"),
        ({"text": "x" * 20001}, "Terlalu panjang"),
        ({"summary": "x" * 281}, "Terlalu panjang"),
        ({"licence": "semua"}, "Belum tersimpan"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(cast, client_of, wrong, said):
    answer = client_of(cast.dinas).post(url("draft_material"), FORM | {"valid_until": str(later())} | wrong)
    assert answer.status_code == 400 and said in text(answer)
    assert wrong.get("text", SAID["text"])[:20] in text(answer)
    assert not Material.objects.exists()


def test_a_photo_is_described_and_shown_to_whom_it_was_offered(cast, client_of):
    browser = client_of(cast.dinas)
    told = FORM | {"valid_until": str(later()), "upload": jpeg()}
    assert "Sebutkan apa yang terlihat." in text(browser.post(url("draft_material"), told))
    browser.post(url("draft_material"), told | {"upload": jpeg(), "alt": "Antre", "credit": "Dinas"})
    material = Material.objects.get()
    render(photo=material.photo_id)
    actions.send_material(again(material), by=cast.dinas)
    run_pending()
    photo = again(material).photo
    address = f"/meja/foto/{photo.name(photo.widths[0], 'jpg')}"
    assert client_of(cast.anggota).get(address).status_code == client_of(cast.dinas).get(address).status_code == 200
    assert client_of(cast.warga).get(address).status_code == client_of(cast.kades).get(address).status_code == 404
    assert address in text(client_of(cast.anggota).get(url("material", material.pk)))


def test_receipts_say_who_read_adopted_declined_and_commented_and_invent_no_readers(cast, client_of):
    offer = offer_in("declined", cast)
    page = text(client_of(cast.dinas).get(url("material", offer.material_id)))
    assert "Desa kami punya jadwal sendiri." in page and "Dwi Astuti" in page and "belum dihitung" in page
    assert "KIM Bermi" not in text(client_of(cast.dinas).get(url("material", offer.material_id) + "?tanda=tidak"))
    assert (
        "KIM Gulangpongge"
        not in text(client_of(cast.dinas).get(url("material", offer.material_id) + "?tanda=belum")).partition("tanda-terima")[2]
    )
    commented = offer_in("commented", cast)
    assert "Jam berapa sampai jam berapa?" in text(client_of(cast.dinas2).get(url("material", commented.material_id)))


def test_withdrawing_says_why_to_the_group(cast, client_of):
    offer = offer_in("sent", cast)
    browser = client_of(cast.dinas)
    version = offer.material.version
    assert browser.post(url("withdraw_material", offer.material_id), {"version": version, "reason": ""}).status_code == 400
    browser.post(url("withdraw_material", offer.material_id), {"version": version, "reason": "Jadwalnya berubah."})
    page = text(client_of(cast.anggota).get(url("material", offer.material_id)))
    assert "Bahan ini tidak bisa dipakai lagi" in page and "Jadwalnya berubah." in page


# The group


def test_a_group_finds_it_reads_it_and_makes_a_draft_of_it(cast, client_of):
    offer = offer_in("sent", cast)
    browser = client_of(cast.anggota)
    assert SAID["title"] in text(browser.get(url("materials")))
    assert f"Bahan dari instansi: “{SAID['title']}”" in text(browser.get("/meja/"))
    browser.get(url("material", offer.material_id))
    assert again(offer).state == "sent"
    browser.post(at(offer, "read_offer"), {"version": offer.version})
    assert again(offer).state == "read"
    answer = browser.post(
        at(offer, "adopt"), {"version": again(offer).version, "region": cast.region.pk, "kind": "pengumuman"}, follow=True
    )
    story = Story.objects.get(material=offer.material)
    assert answer.redirect_chain[0][0].startswith(url("story", story.pk))
    assert "Bahan dari Diskominfo Kab. Pati" in text(answer) and "Bahan menjadi draf kabar" in text(answer)
    assert f"Bahan dari instansi: “{SAID['title']}”" not in text(browser.get("/meja/"))


def test_a_group_says_no_with_a_reason_and_answers_the_office(cast, client_of):
    offer = offer_in("sent", cast)
    browser = client_of(cast.redaktur)
    assert "Tulis dulu alasannya." in text(browser.post(at(offer, "decline_offer"), {"version": offer.version, "reason": ""}))
    browser.post(at(offer, "comment_on_offer"), {"version": offer.version, "comment": "Jam berapa?"})
    browser.post(at(offer, "decline_offer"), {"version": again(offer).version, "reason": "Sudah kami tulis sendiri."})
    assert (again(offer).state, again(offer).comment, again(offer).decline_reason) == (
        "declined",
        "Jam berapa?",
        "Sudah kami tulis sendiri.",
    )


def test_an_answer_to_another_offices_path_is_not_found(cast, client_of):
    offer, other = offer_in("sent", cast), material_in("sent", cast, by=cast.camat)
    assert client_of(cast.anggota).post(url("adopt", other.pk, offer.pk), {}).status_code == 404


def test_who_has_no_part_in_it_is_told_so(cast, client_of):
    offer = offer_in("sent", cast)
    assert client_of(cast.kades).get(url("material", offer.material_id)).status_code == 404
    assert client_of(cast.warga).get(url("materials")).status_code == 403
    assert client_of(cast.dinas).post(at(offer, "adopt"), {"region": cast.region.pk, "kind": "berita"}).status_code == 403
    assert client_of(cast.anggota).get(url("draft_material")).status_code == 403


# Passing on


def test_a_member_finds_another_groups_story_and_passes_it_on(cast, client_of):
    original = story_in("published", cast)
    browser = client_of(neighbours(cast)["writer"])
    assert original.title in text(browser.get(url("stories") + "?bagian=kim-lain"))
    assert "Bagikan ulang di KIM kita" in text(browser.get(url("story", original.pk)))
    answer = browser.post(url("repost", original.pk), {"introduction": "Jalan ini juga kita lewati."}, follow=True)
    repost = Story.objects.get(repost_of=original)
    assert answer.redirect_chain[0][0].startswith(url("story", repost.pk))
    page = text(answer)
    assert "Dikutip dari KIM Gulangpongge" in page and "Jalan ini juga kita lewati." in page and "Delapan belas orang" in page
    assert "Usulkan ralat" not in page and "Tambah foto" not in page
    browser.post(url("introduce", repost.pk), {"introduction": "Diganti.", "version": repost.version})
    assert again(repost).body == "Diganti."


def test_ones_own_story_offers_no_repost(cast, client_of):
    assert "Bagikan ulang di KIM kita" not in text(client_of(cast.redaktur).get(url("story", story_in("published", cast).pk)))


def test_the_checker_of_a_repost_reads_the_original(cast, client_of):
    repost = repost_in("submitted", cast, story_in("published", cast), introduction="Jalan ini juga kita lewati.")
    page = text(client_of(cast.tetangga3).get(url("check", repost.pk)))
    assert "Jalan ini juga kita lewati." in page and "belas orang" in page and page.count('type="text"') == 1


# What it costs


def questions(browser: Any, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(address).status_code == 200
    return len(queries)


def test_no_page_asks_more_questions_for_more_groups(cast, client_of):
    offer = offer_in("adopted", cast)
    published_from(offer, cast)
    drafted = material_in("drafted", cast)
    pages = [
        (cast.dinas, url("materials")),
        (cast.dinas, url("material", offer.material_id)),
        (cast.dinas, url("receivers", drafted.pk)),
        (cast.anggota, url("materials")),
        (cast.anggota, url("material", offer.material_id)),
        (cast.anggota, url("stories") + "?bagian=kim-lain"),
        (cast.dinas, "/meja/"),
        (cast.anggota, "/meja/"),
    ]
    browsers = {who.pk: client_of(who) for who, _address in pages}
    for who, address in pages:
        browsers[who.pk].get(address)
    few = [questions(browsers[who.pk], address) for who, address in pages]
    for number in range(30):
        group = group_in(cast.region, f"KIM Contoh {number}", f"contoh-{number}")
        Offer.objects.create(material=offer.material, group=group, state="sent")
        material = material_in("sent", cast)
        if number % 2:
            actions.decline_offer(material.offers.get(group=cast.group), reason="Tidak.", by=cast.redaktur)
    for who, address in pages:
        browsers[who.pk].get(address)  # how much waits is known again
    assert [questions(browsers[who.pk], address) for who, address in pages] == few
    assert max(few) <= MOST_QUERIES, few


def test_an_officer_who_is_also_a_member_sees_both_sides(cast, client_of):
    member(cast.group, cast.dinas, "anggota")
    page = text(client_of(cast.dinas).get(url("material", offer_in("sent", cast).material_id)))
    assert "Tanda terima" in page and "Pakai jadi kabar" in page
