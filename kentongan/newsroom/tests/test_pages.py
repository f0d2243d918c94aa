"""Every page of the newsroom with the people who open it."""

import re
from datetime import timedelta
from html import unescape
from io import BytesIO
from typing import Any
from unittest.mock import patch

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from kentongan.core.models import Entry
from kentongan.groups.models import Group
from kentongan.newsroom import actions, forms
from kentongan.newsroom.models import Correction, Flag, Source, Story, Tip
from kentongan.newsroom.tests.factories import FACTS, NOTES, WORDS, correction_in, flag_in, story_in, tip_in
from kentongan.regions.models import Region
from kentongan.regions.tests.factories import region_chain
from tests.cast import appoint, member

SCRIPT = '<script>alert("x")</script>'
GATHER = {"what": "Pipa disambung.", "place": "RT 02", "kind": "berita", "source_who": "Sutrisno"}
MOST_QUERIES = 12


def url(name: str, *args: Any) -> str:
    return reverse(f"newsroom:{name}", args=args)


def text(answer: Any) -> str:
    return unescape(answer.content.decode())


def jpeg(width: int = 700) -> SimpleUploadedFile:
    file = BytesIO()
    Image.new("RGB", (width, width // 2), "teal").save(file, "JPEG")
    return SimpleUploadedFile("pipa.jpg", file.getvalue(), "image/jpeg")


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


class TestTheStoryPage:
    @pytest.mark.parametrize(
        "state",
        ["gathered", "written", "submitted", "returned", "verified", "scheduled", "published", "withdrawn", "retracted", "withheld"],
    )
    def test_members_read_it_in_every_state_within_twelve_queries(self, cast: Any, client_of: Any, state: str) -> None:
        story = story_in(state, cast, upload=jpeg() if state in ("verified", "published") else None)
        for somebody in (cast.anggota, cast.redaktur, cast.pemeriksa, cast.pembina):
            assert queries(client_of(somebody), url("story", story.pk)) <= MOST_QUERIES

    def test_asks_as_many_questions_for_one_source_as_for_twenty(self, cast: Any, client_of: Any) -> None:
        one, twenty = story_in("published", cast), story_in("written", cast)
        for number in range(19):
            actions.add_source(Story.objects.get(pk=twenty.pk), who=f"Warga {number}", how="ditemui", by=cast.anggota)
        few = story_in("written", cast)
        client = client_of(cast.redaktur)
        assert queries(client, url("story", few.pk)) == queries(client, url("story", twenty.pk)) <= MOST_QUERIES
        flag_in("raised", one, cast)
        correction_in("proposed", one, cast)
        before = queries(client, url("story", one.pk))
        for _n in range(5):
            flag_in("raised", one, cast)
            correction_in("proposed", Story.objects.get(pk=one.pk), cast)
        assert queries(client, url("story", one.pk)) == before <= MOST_QUERIES

    def test_strangers_do_not_learn_that_there_is_a_draft(self, cast: Any, client_of: Any) -> None:
        story = story_in("written", cast)
        for somebody in (cast.dinas, cast.kades, cast.tetangga, cast.warga, cast.operator):
            assert client_of(somebody).get(url("story", story.pk)).status_code == 404
        assert client_of(None).get(url("story", story.pk)).status_code == 302

    def test_the_author_sees_why_they_cannot_check_and_who_can(self, cast: Any, client_of: Any) -> None:
        page = text(client_of(cast.anggota).get(url("story", story_in("submitted", cast).pk)))
        assert "Yang memeriksa adalah pemeriksa KIM ini yang tidak ikut menulis" in page
        assert "Siti Rahayu (pemeriksa)" in page

    def test_who_can_supply_what_is_missing_is_told_so_and_nobody_else_is_named(self, cast: Any, client_of: Any) -> None:
        story = story_in("written", cast, words={"summary": ""})
        Story.objects.filter(pk=story.pk).update(second_pair=cast.anggota2.pk)
        page = text(client_of(cast.anggota).get(url("story", story.pk)))
        assert "Ringkasan belum diisi. Anda bisa melengkapinya:" in page
        assert f'<a href="{url("write", story.pk)}">Ubah tulisan</a>.' in page
        assert "Yang bisa membantu" not in page

    def test_who_cannot_supply_it_is_named_who_can(self, cast: Any, client_of: Any) -> None:
        page = text(client_of(cast.anggota).get(url("story", story_in("written", cast, reader=cast.anggota2).pk)))
        assert "Belum dibahas" in page and "Yang bisa membantu" in page

    def test_what_can_never_be_done_again_has_no_closed_door(self, cast: Any, client_of: Any) -> None:
        story = story_in("published", cast)
        Source.objects.create(story=story, who="Buku RT 02", added_by=cast.anggota, state=Source.State.NAMED)
        page = text(client_of(cast.anggota).get(url("story", story.pk)))
        assert "Buku RT 02" in page and "Hapus sumber" not in page

    def test_a_story_leads_back_to_the_tip_it_came_from(self, cast: Any, client_of: Any) -> None:
        tip = tip_in("taken_up", cast)
        story = Story.objects.latest("pk")
        page = text(client_of(cast.anggota).get(url("story", story.pk)))
        assert "Berasal dari bahan yang diterima" in page and url("tip_at_desk", tip.pk) in page
        assert queries(client_of(cast.anggota), url("story", story.pk)) <= MOST_QUERIES

    def test_the_next_step_is_the_one_warm_button(self, cast: Any, client_of: Any) -> None:
        for state, somebody, label in (
            ("gathered", cast.anggota, "Tulis"),
            ("submitted", cast.pemeriksa, "Periksa"),
            ("verified", cast.redaktur, "Terbitkan"),
            ("returned", cast.anggota, "Ubah tulisan"),
            ("written", cast.anggota, "Bahas dengan anggota lain"),
            ("written", cast.anggota2, "Saya sudah ikut membaca"),
        ):
            page = text(client_of(somebody).get(url("story", story_in(state, cast).pk)))
            warm = re.findall(r'class="button call"[^>]*>(?:<svg.*?</svg>)?([^<]*)<', page)
            assert warm == [label]

    def test_the_record_names_who_in_which_capacity(self, cast: Any, client_of: Any) -> None:
        page = text(client_of(cast.anggota).get(url("story", story_in("published", cast).pk)))
        assert "Catatan langkah" in page
        for step, who in (
            ("Bahan dikumpulkan", "Joko Prasetyo · Anggota KIM Gulangpongge"),
            ("Terbit", "Dwi Astuti · Redaktur KIM Gulangpongge"),
        ):
            assert re.search(rf"{step}</h3>\s*<p class=\"meta\">{who}", page)

    def test_an_officer_reads_what_is_published_and_is_told_why_not_more(self, cast: Any, client_of: Any) -> None:
        story = story_in("published", cast)
        client = client_of(cast.dinas)
        page = text(client.get(url("story", story.pk)))
        assert "Hanya anggota KIM ini yang bisa." in page
        assert "Sampaikan keberatan" in page
        assert "Catatan langkah" not in page
        refused = client.get(url("write", story.pk))
        assert refused.status_code == 403
        assert "instansi pemerintah tidak" in text(refused)
        assert queries(client, url("story", story.pk)) <= MOST_QUERIES

    def test_script_in_every_field_is_only_text(self, cast: Any, client_of: Any) -> None:
        words = {"headline": SCRIPT, "summary": SCRIPT, "body": SCRIPT}
        facts = dict.fromkeys(("what", "place", "happened", "who", "why", "how"), SCRIPT)
        story = story_in("published", cast, words=words, facts=facts, notes=dict.fromkeys(NOTES, SCRIPT))
        actions.propose_correction(
            Story.objects.get(pk=story.pk), what=SCRIPT, why=SCRIPT, headline="b", summary=SCRIPT, body=SCRIPT, by=cast.anggota
        )
        actions.raise_flag(story, concern=SCRIPT, by=cast.dinas)
        draft = story_in("submitted", cast, words=words, facts=facts)
        pages = [(cast.anggota, name, story) for name in ("story", "preview", "versions", "correct")]
        pages += [(cast.pemeriksa, "check", draft), (cast.anggota, "write", draft), (cast.dinas, "story", story)]
        for somebody, name, thing in pages:
            page = client_of(somebody).get(url(name, thing.pk)).content.decode()
            assert "<script>alert" not in page, name

    def test_a_missing_story_is_not_found(self, cast: Any, client_of: Any) -> None:
        for name in ("story", "write", "check", "correct", "preview", "versions"):
            assert client_of(cast.anggota).get(url(name, 999_999)).status_code == 404


class TestTheList:
    def test_each_tab_holds_its_stories_and_says_how_many(self, cast: Any, client_of: Any) -> None:
        for state in ("gathered", "written", "returned", "submitted", "verified", "published", "withdrawn"):
            story_in(state, cast)
        client = client_of(cast.redaktur)
        for tab, number in (("draf", 3), ("perlu-diperiksa", 1), ("siap-terbit", 1), ("terbit", 1), ("lainnya", 1)):
            page = text(client.get(f"{url('stories')}?bagian={tab}"))
            assert len(re.findall(r'<div class="item">', page)) == number
        assert "Draf (3)" in page

    def test_asks_the_same_of_one_story_and_of_twenty_and_pages_on(self, cast: Any, client_of: Any) -> None:
        for tab, state in (("draf", "gathered"), ("terbit", "published")):
            client, address = client_of(cast.anggota), f"{url('stories')}?bagian={tab}"
            story_in(state, cast)
            one = queries(client, address)
            for _n in range(21):
                story_in(state, cast)
            assert queries(client, address) == one <= MOST_QUERIES
            older = re.search(r'href="(\?[^"]*sebelum=[^"]*)" rel="next"', text(client.get(address)))
            assert older
            rest = text(client.get(url("stories") + older[1]))
            assert len(re.findall(r'<div class="item">', rest)) == 2

    def test_an_officer_sees_what_is_published_in_the_region_and_the_offices_flags(self, cast: Any, client_of: Any) -> None:
        story = story_in("published", cast)
        story_in("written", cast)
        flag_in("raised", story, cast)
        client = client_of(cast.dinas2)
        page = text(client.get(url("stories")))
        assert len(re.findall(r'<div class="item">', page)) == 1
        assert "Angka rumah berbeda" in text(client.get(f"{url('stories')}?bagian=keberatan"))
        assert len(re.findall(r'<div class="item">', text(client_of(cast.kementerian).get(url("stories"))))) == 1
        assert queries(client, url("stories")) <= MOST_QUERIES

    @pytest.mark.parametrize("cursor", ["x", "1-", "-1", "9" * 30 + "-1", "1-" + "9" * 30, "²-1"])
    def test_a_broken_cursor_is_the_first_page(self, cast: Any, client_of: Any, cursor: str) -> None:
        story_in("written", cast)
        answer = client_of(cast.anggota).get(f"{url('stories')}?sebelum={cursor}")
        assert answer.status_code == 200


class TestGathering:
    def test_what_where_and_source_are_enough(self, cast: Any, client_of: Any) -> None:
        client = client_of(cast.anggota)
        key = re.search(r'name="kunci" value="([^"]+)"', text(client.get(url("gather"))))[1]  # type: ignore[index]
        answer = client.post(url("gather"), GATHER | {"region": cast.region.pk, "kunci": key})
        story = Story.objects.get()
        assert answer.headers["Location"] == url("words", story.pk)
        assert (story.state, story.author, story.group, story.place) == ("gathered", cast.anggota, cast.group, "RT 02")
        assert "Pipa disambung." in text(client.get(answer.headers["Location"]))

    def test_a_form_sent_twice_is_one_story(self, cast: Any, client_of: Any) -> None:
        client, sent = client_of(cast.anggota), GATHER | {"region": cast.region.pk, "kunci": "kunci-yang-sama-dua-kali"}
        first, second = client.post(url("gather"), sent), client.post(url("gather"), sent)
        assert first.headers["Location"] == second.headers["Location"]
        assert Story.objects.count() == 1

    def test_what_is_missing_is_said_and_nothing_typed_is_lost(self, cast: Any, client_of: Any) -> None:
        answer = client_of(cast.anggota).post(url("gather"), {"what": "Air mengalir lagi."})
        assert answer.status_code == 400
        page = text(answer)
        assert "Tempat belum diisi" in page
        assert "Air mengalir lagi." in page

    def test_a_village_group_is_not_asked_where_and_writes_of_its_own_village(self, cast: Any, client_of: Any) -> None:
        client = client_of(cast.anggota)
        assert 'name="region"' not in text(client.get(f"{url('gather')}?layar=di-mana"))
        client.post(url("gather"), GATHER | {"region": cast.other_group.region.pk})
        assert Story.objects.get().region == cast.region

    def test_a_forum_is_asked_where_and_a_place_elsewhere_is_refused(self, cast: Any, client_of: Any) -> None:
        district = region_chain("33.18.17")
        Group.objects.filter(pk=cast.group.pk).update(region=Region.objects.get(code="33.18"))
        client = client_of(cast.anggota)
        assert 'name="region"' in text(client.get(f"{url('gather')}?layar=di-mana"))
        assert client.post(url("gather"), GATHER | {"region": cast.other_group.region.pk}).status_code == 400
        assert not Story.objects.exists()
        assert client.post(url("gather"), GATHER | {"region": district.pk}).status_code == 302
        assert Story.objects.get().region == district

    def test_officials_guests_and_a_pembina_are_told_what_they_can_do(self, cast: Any, client_of: Any) -> None:
        for somebody in (cast.dinas, cast.warga, cast.pembina):
            answer = client_of(somebody).get(url("gather"))
            assert answer.status_code == 403
            assert "hanya untuk anggota KIM" in text(answer)

    def test_the_post_in_use_decides_the_group(self, cast: Any, client_of: Any) -> None:
        second = member(cast.other_group, cast.anggota, "anggota")
        client = client_of(cast.anggota)
        client.post("/meja/pos/", {"post": second.key})
        client.post(url("gather"), GATHER | {"region": cast.other_group.region.pk})
        assert Story.objects.get().group == cast.other_group


class TestWriting:
    def sent(self, story: Story, **more: Any) -> dict[str, Any]:
        return WORDS | FACTS | {"version": story.version} | more

    def test_words_are_saved_and_the_story_says_so(self, cast: Any, client_of: Any) -> None:
        story = story_in("gathered", cast)
        client = client_of(cast.anggota)
        assert "Pipa induk yang lepas disambung lagi." in text(client.get(url("write", story.pk)))
        answer = client.post(url("write", story.pk), self.sent(story), follow=True)
        assert "Tulisan tersimpan." in text(answer)
        assert WORDS["headline"] in text(answer)

    def test_fifty_thousand_characters_are_refused_with_a_sentence_and_kept(self, cast: Any, client_of: Any) -> None:
        story = story_in("gathered", cast)
        answer = client_of(cast.anggota).post(url("write", story.pk), self.sent(story, body="a" * 50_000))
        assert answer.status_code == 400
        assert "paling banyak 20.000 huruf" in text(answer)
        assert "a" * 50_000 in text(answer)

    def test_two_texts_side_by_side_when_somebody_was_faster(self, cast: Any, client_of: Any) -> None:
        story = story_in("gathered", cast)
        opened = self.sent(story, body="Tulisan saya yang panjang sekali.")
        actions.write(Story.objects.get(pk=story.pk), **WORDS, **FACTS, by=cast.anggota2)
        client = client_of(cast.anggota)
        answer = client.post(url("write", story.pk), opened)
        assert answer.status_code == 409
        page = text(answer)
        assert "Tulisan saya yang panjang sekali." in page
        assert WORDS["body"][:30] in page
        again = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page))
        again |= dict(re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>([^<]*)</textarea>', page))
        assert client.post(url("write", story.pk), again).status_code == 302
        assert Story.objects.get().body == "Tulisan saya yang panjang sekali."

    def test_line_ends_of_a_browser_do_not_count(self, cast: Any, client_of: Any) -> None:
        story = story_in("gathered", cast)
        client_of(cast.anggota).post(url("write", story.pk), self.sent(story, body="satu\r\n\r\ndua"))
        assert Story.objects.get().body == "satu\n\ndua"

    def test_a_published_story_is_corrected_not_rewritten(self, cast: Any, client_of: Any) -> None:
        assert client_of(cast.anggota).get(url("write", story_in("published", cast).pk)).status_code == 409


class TestChecking:
    def test_the_checker_reads_what_each_source_supports_and_who_added_it(self, cast: Any, client_of: Any) -> None:
        story = story_in("written", cast)
        actions.add_source(story, who="Buku RT 02", how="difoto", supports="46 rumah", link="https://s.id/buku", by=cast.anggota2)
        for verb, by in ((actions.read_along, cast.ketua), (actions.submit, cast.anggota)):
            verb(Story.objects.get(pk=story.pk), by=by)
        page = text(client_of(cast.pemeriksa).get(url("check", story.pk)))
        assert "Mendukung: 46 rumah" in page
        assert f"Ditambahkan {cast.anggota2.name} · " in page and f"Ditambahkan {cast.anggota.name} · " in page
        assert "(s.id, tautan pendek: tujuannya baru terlihat setelah dibuka)" in page

    def test_who_added_a_source_is_read_by_the_group_only(self, cast: Any, client_of: Any) -> None:
        page = text(client_of(cast.dinas).get(url("story", story_in("published", cast).pk)))
        assert "Sutrisno" in page and "Ditambahkan" not in page

    def test_the_story_stands_beside_its_checklist_with_numbers_marked(self, cast: Any, client_of: Any) -> None:
        page = text(client_of(cast.pemeriksa).get(url("check", story_in("submitted", cast).pk)))
        assert "<mark>40 rumah</mark>" in page
        assert "<mark>Delapan belas orang</mark>" in page
        assert "Nama dan jabatan" in page

    def test_an_empty_item_sends_the_form_back_with_the_others_kept(self, cast: Any, client_of: Any) -> None:
        story = story_in("submitted", cast)
        answer = client_of(cast.pemeriksa).post(url("check", story.pk), {"version": story.version, "source": "Ditelepon dan membenarkan."})
        assert answer.status_code == 400
        assert "Ditelepon dan membenarkan." in text(answer)
        assert Story.objects.get().state == Story.State.SUBMITTED

    def test_a_whole_checklist_verifies(self, cast: Any, client_of: Any) -> None:
        story = story_in("submitted", cast)
        notes = {item: NOTES[item] for item in story.checklist()}
        answer = client_of(cast.pemeriksa).post(url("check", story.pk), notes | {"version": story.version}, follow=True)
        assert "Redaktur bisa menerbitkannya." in text(answer)
        assert "membenarkan" in text(answer)

    def test_the_author_and_the_dinas_do_not_get_in(self, cast: Any, client_of: Any) -> None:
        story = story_in("submitted", cast)
        assert client_of(cast.anggota).get(url("check", story.pk)).status_code == 403
        assert client_of(cast.dinas).get(url("check", story.pk)).status_code == 404

    def test_returned_with_a_reason_in_place(self, cast: Any, client_of: Any) -> None:
        story = story_in("submitted", cast)
        client = client_of(cast.pemeriksa)
        assert client.post(url("return", story.pk), {"reason": "", "version": story.version}).status_code == 400
        client.post(url("return", story.pk), {"reason": "Buku RT mencatat 46.", "version": story.version})
        assert "Buku RT mencatat 46." in text(client_of(cast.anggota).get(url("write", story.pk)))


class TestVerbs:
    """Each verb once from its button: the address, the form, the way back. Who may and when is asked in the room's other tests."""

    def post(self, client: Client, name: str, thing: Any, **sent: Any) -> Any:
        keys = (thing.pk,) if isinstance(thing, Story) else (thing.story_id, thing.pk)
        answer = client.post(url(name, *keys), {"version": thing.version, **sent})
        assert answer.status_code == 302, text(answer)
        return answer.headers["Location"]

    def test_read_along_submit_publish_and_retract(self, cast: Any, client_of: Any) -> None:
        story = story_in("written", cast)
        assert self.post(client_of(cast.anggota2), "read_along", story).endswith("?selesai=newsroom.read_along")
        self.post(client_of(cast.anggota), "submit", Story.objects.get())
        assert Story.objects.get().state == Story.State.SUBMITTED
        story = story_in("verified", cast)
        self.post(client_of(cast.redaktur), "publish", story)
        self.post(client_of(cast.redaktur), "retract", Story.objects.get(pk=story.pk), reason="Keliru.")
        assert Story.objects.get(pk=story.pk).state == Story.State.RETRACTED

    def test_an_urgent_story_goes_out_undiscussed_under_its_own_name(self, cast: Any, client_of: Any) -> None:
        story = story_in("written", cast, facts={"urgent_reason": "Sungai meluap."})
        assert self.post(client_of(cast.anggota), "submit", story).endswith("?selesai=newsroom.submit_urgent")

    def test_schedule_on_the_regions_clock_and_unschedule(self, cast: Any, client_of: Any) -> None:
        story, client = story_in("verified", cast), client_of(cast.redaktur)
        at = (timezone.now() + timedelta(days=1)).astimezone(story.group.region.tz).replace(second=0, microsecond=0)
        self.post(client, "schedule", story, at=at.strftime("%Y-%m-%dT%H:%M"))
        assert Story.objects.get().publish_at == at
        self.post(client, "unschedule", Story.objects.get())
        assert Story.objects.get().publish_at is None
        assert client.post(url("schedule", story.pk), {"at": "2020-01-01T06:00"}).status_code == 400

    def test_withdraw_withhold_and_restore(self, cast: Any, client_of: Any) -> None:
        self.post(client_of(cast.anggota), "withdraw", story_in("written", cast))
        story = story_in("published", cast)
        self.post(client_of(cast.operator), "withhold", story, order="PN Pati 1/2026")
        self.post(client_of(cast.operator), "restore", Story.objects.get(pk=story.pk))
        assert Story.objects.get(pk=story.pk).state == Story.State.PUBLISHED

    def test_sources_are_named_and_struck(self, cast: Any, client_of: Any) -> None:
        story, client = story_in("written", cast), client_of(cast.anggota)
        self.post(client, "add_source", story, who="Buku RT 02", how="difoto", supports=" jumlah rumah", contact="0812-3456-7890")
        source = story.sources.get(who="Buku RT 02")
        page = text(client.get(url("story", story.pk)))
        assert "tersimpan tersegel" in page
        assert "3456" not in page
        assert "Mendukung: jumlah rumah" in page
        assert f"Ditambahkan {cast.anggota.name} · " in page
        self.post(client, "remove_source", source)
        source.refresh_from_db()
        assert (source.state, source.supports) == ("removed", "jumlah rumah")
        assert "Buku RT 02" not in text(client.get(url("story", story.pk)))

    def test_a_photo_is_sent_described_shown_to_the_group_only_and_removed(self, cast: Any, client_of: Any) -> None:
        from kentongan.media.jobs import render

        story, client = story_in("written", cast), client_of(cast.anggota)
        self.post(client, "illustrate", story, upload=jpeg(), alt="Pipa", credit="Joko")
        assert "sedang disiapkan" in text(client.get(url("story", story.pk)))
        photo = Story.objects.get().cover.photo
        render(photo=photo.pk)
        photo.refresh_from_db()
        address = url("photo", photo.key, photo.widths[0], "jpg")
        assert address in text(client.get(url("story", story.pk)))
        assert client.get(address).status_code == 200
        for stranger in (cast.dinas, cast.tetangga, cast.warga):
            assert client_of(stranger).get(address).status_code == 404
        self.post(client, "describe_photo", Story.objects.get().cover, alt="Air keluar dari pipa", credit="Joko P.")
        assert Story.objects.get().cover.alt == "Air keluar dari pipa"
        self.post(client, "remove_photo", Story.objects.get().cover)
        assert Story.objects.get().picture is None

    def test_what_is_no_photo_is_refused_with_a_sentence(self, cast: Any, client_of: Any) -> None:
        story = story_in("written", cast)
        bad = SimpleUploadedFile("foto.jpg", b"bukan foto", "image/jpeg")
        answer = client_of(cast.anggota).post(
            url("illustrate", story.pk), {"upload": bad, "alt": "Air keluar dari pipa ke ember", "credit": "J"}
        )
        assert answer.status_code == 400
        assert "Air keluar dari pipa ke ember" in text(answer)

    def test_a_correction_is_proposed_shown_word_by_word_and_confirmed_by_another(self, cast: Any, client_of: Any) -> None:
        story, client = story_in("published", cast), client_of(cast.anggota)
        sent = {name: getattr(story, name) for name in Story.TEXTS} | {
            "summary": story.summary.replace("40", "46"),
            "what": "46 rumah",
            "why": "Buku RT",
        }
        self.post(client, "correct", story, **sent)
        correction = Correction.objects.get()
        page = text(client.get(url("story", story.pk)))
        assert "<del>40</del><ins>46</ins>" in page
        assert client.post(url("confirm_correction", story.pk, correction.pk), {"version": correction.version}).status_code == 403
        self.post(client_of(cast.pemeriksa), "confirm_correction", correction)
        assert "<del>40</del><ins>46</ins>" in text(client.get(url("versions", story.pk)))

    def test_a_correction_without_a_reason_comes_back_as_typed(self, cast: Any, client_of: Any) -> None:
        story = story_in("published", cast)
        answer = client_of(cast.anggota).post(url("correct", story.pk), {"version": story.version, "body": "Isi yang sudah dibetulkan."})
        assert answer.status_code == 400
        assert "Isi yang sudah dibetulkan." in text(answer)

    def test_a_correction_is_declined_with_a_reason(self, cast: Any, client_of: Any) -> None:
        correction = correction_in("proposed", story_in("published", cast), cast)
        self.post(client_of(cast.pemeriksa), "decline_correction", correction, reason="Buku RT keliru.")
        assert Correction.objects.get().state == Correction.State.DECLINED

    def test_an_objection_is_raised_and_answered_and_no_word_changes(self, cast: Any, client_of: Any) -> None:
        story, client = story_in("published", cast), client_of(cast.dinas)
        self.post(client, "flag", story, concern="Angkanya berbeda.")
        self.post(client_of(cast.redaktur), "answer_flag", Flag.objects.get(), answer="Kami memakai buku RT.")
        assert "Kami memakai buku RT." in text(client.get(url("story", story.pk)))
        assert "Kami memakai buku RT." not in text(client_of(cast.warga).get(url("story", story.pk)))
        assert Story.objects.get().body == story.body

    def test_a_part_of_another_story_is_not_found(self, cast: Any, client_of: Any) -> None:
        one, other = story_in("written", cast), story_in("written", cast)
        source = other.sources.first()
        assert client_of(cast.anggota).post(url("remove_source", one.pk, source.pk)).status_code == 404

    def test_a_second_tap_of_a_button_is_no_refusal_but_only_for_who_tapped_it_last(self, cast: Any, client_of: Any) -> None:
        story, redaktur = story_in("verified", cast), client_of(cast.redaktur)
        for _tap in range(2):
            assert self.post(redaktur, "publish", story).endswith("?selesai=newsroom.publish")
        assert Entry.of(story).filter(action="newsroom.publish").count() == 1
        member(cast.group, cast.warga, "redaktur")
        assert client_of(cast.warga).post(url("publish", story.pk)).status_code == 409
        self.post(redaktur, "retract", Story.objects.get(), reason="Kabarnya keliru sejak awal.")
        assert redaktur.post(url("publish", story.pk)).status_code == 409

    def test_a_published_story_shows_no_door_that_never_opens_again(self, cast: Any, client_of: Any) -> None:
        story = story_in("written", cast)
        actions.add_source(story, who="Buku RT", how="dibaca", by=cast.anggota)
        assert "Hapus sumber" in text(client_of(cast.anggota).get(url("story", story.pk)))
        Story.objects.filter(pk=story.pk).update(state="published", published_at=timezone.now(), verifier=cast.pemeriksa)
        assert "Hapus sumber" not in text(client_of(cast.anggota).get(url("story", story.pk)))

    def test_a_verb_is_never_a_get(self, cast: Any, client_of: Any) -> None:
        story = story_in("verified", cast)
        assert client_of(cast.redaktur).get(url("publish", story.pk)).status_code == 405

    def test_an_expired_appointment_raises_nothing(self, cast: Any, client_of: Any) -> None:
        story = story_in("published", cast)
        yesterday = timezone.localdate() - timedelta(days=1)
        appoint(cast.offices["dinas"], cast.warga, "officer", "Petugas", ends=yesterday)
        assert client_of(cast.warga).post(url("flag", story.pk), {"concern": "Hmm."}).status_code == 403


class TestTips:
    SENT = {
        "text": "Air di RT 02 mati sejak pagi.",
        "place": "RT 02",
        "happened": "",
        "name": "",
        "contact": "0812-1111-2222",
        "website": "",
    }

    def test_anyone_brings_something_without_a_cookie_and_sent_twice_it_is_one(self, cast: Any) -> None:
        client, address = Client(), url("tip", "gulangpongge")
        page = client.get(address)
        assert page["Cache-Control"].find("no-store") >= 0
        key = re.search(r'name="key" value="([^"]+)"', text(page))[1]  # type: ignore[index]
        for _twice in range(2):
            answer = client.post(address, self.SENT | {"key": key}, follow=True)
            assert "Bahan Anda sudah sampai" in text(answer)
        assert not client.cookies
        assert Tip.objects.get().contact is not None

    def test_an_old_form_comes_back_with_everything_typed(self, cast: Any) -> None:
        with patch("time.time", return_value=timezone.now().timestamp() - 25 * 3600):
            old = forms.new_key()
        answer = Client().post(url("tip", "gulangpongge"), self.SENT | {"key": old})
        assert answer.status_code == 400
        page = text(answer)
        assert "terlalu lama terbuka" in page
        assert self.SENT["text"] in page
        key = re.search(r'name="key" value="([^"]+)"', page)[1]  # type: ignore[index]
        assert Client().post(url("tip", "gulangpongge"), self.SENT | {"key": key}).status_code == 302

    def test_a_forged_key_and_a_filled_trap_bring_nothing(self, cast: Any) -> None:
        forged = signing.dumps("x", salt="something else")
        for sent in (
            {"key": forged},
            {"key": ""},
            {"key": forms.new_key(), "website": "http://judi.example"},
            {"key": forms.new_key(), "text": ""},
        ):
            assert Client().post(url("tip", "gulangpongge"), self.SENT | sent).status_code == 400
        assert not Tip.objects.exists()

    def test_a_group_that_may_not_publish_says_so(self, cast: Any) -> None:
        cast.group.state = "suspended"
        cast.group.save()
        answer = Client().get(url("tip", "gulangpongge"))
        assert answer.status_code == 409
        assert "sedang tidak bisa menerima bahan" in text(answer)
        assert Client().get(url("tip", "tidak-ada")).status_code == 404

    def test_one_address_cannot_flood_a_group(self, cast: Any) -> None:
        codes = {Client().post(url("tip", "gulangpongge"), self.SENT | {"key": forms.new_key()}).status_code for _n in range(30)}
        assert codes == {302, 429}

    def test_members_read_it_and_others_do_not(self, cast: Any, client_of: Any) -> None:
        tip = tip_in("received", cast)
        page = text(client_of(cast.anggota).get(url("tip_at_desk", tip.pk)))
        assert tip.text in page
        assert "Angkat jadi kabar" in page
        for somebody in (cast.dinas, cast.tetangga, cast.warga):
            assert client_of(somebody).get(url("tip_at_desk", tip.pk)).status_code == 404
        assert queries(client_of(cast.anggota), url("tip_at_desk", tip.pk)) <= MOST_QUERIES

    def test_the_list_asks_the_same_of_one_tip_and_of_twenty(self, cast: Any, client_of: Any) -> None:
        tip_in("received", cast)
        client = client_of(cast.anggota)
        one = queries(client, url("tips"))
        for _n in range(21):
            tip_in("received", cast)
        assert queries(client, url("tips")) == one <= MOST_QUERIES
        page = text(client.get(url("tips")))
        assert 'rel="next"' in page
        older = re.search(r'href="(\?[^"]*sebelum=[^"]*)"', page)[1]  # type: ignore[index]
        assert len(re.findall(r'<div class="item">', text(client.get(url("tips") + older)))) == 2
        tip_in("declined", cast)
        assert "tidak diangkat" in text(client.get(f"{url('tips')}?bagian=semua&sebelum=999999999"))

    def test_taken_up_it_becomes_a_story_to_write(self, cast: Any, client_of: Any) -> None:
        tip = tip_in("received", cast)
        answer = client_of(cast.anggota).post(url("take_up", tip.pk), {"region": cast.region.pk, "kind": "berita", "version": tip.version})
        story = Story.objects.get()
        assert answer.headers["Location"] == f"{url('write', story.pk)}?selesai=newsroom.take_up"
        assert f"Menjadi kabar: {story.title}" in text(client_of(cast.anggota).get(url("tip_at_desk", tip.pk)))

    def test_declined_with_a_reason_or_marked_as_the_same(self, cast: Any, client_of: Any) -> None:
        client, tip, same = client_of(cast.anggota), tip_in("received", cast), tip_in("received", cast)
        assert client.post(url("decline", tip.pk), {"reason": "", "version": tip.version}).status_code == 400
        assert client.post(url("decline", tip.pk), {"reason": "Sudah ditangani.", "version": tip.version}).status_code == 302
        assert client.post(url("duplicate", same.pk), {"version": same.version}).status_code == 302
        assert set(Tip.objects.values_list("state", flat=True)) == {"declined", "duplicate"}


def test_talking_a_draft_over_begins_from_its_page(cast: Any, client_of: Any) -> None:
    story, client = story_in("written", cast), client_of(cast.anggota)
    opened = f"{reverse('discussions:new')}?tentang=kabar:{story.pk}"
    assert opened in text(client.get(url("story", story.pk)))
    assert story.title in text(client.get(opened))


def test_who_asked_not_to_be_named_stays_within_the_group(cast: Any, client_of: Any) -> None:
    story = story_in("submitted", cast)
    actions.add_source(story, who="Bu Karti", how="ditemui di rumahnya", unnamed=True, by=cast.anggota)
    actions.submit(Story.objects.get(), by=cast.anggota)
    actions.verify(Story.objects.get(), notes=NOTES | {"source": "Bu Karti ditelepon."}, by=cast.pemeriksa)
    actions.publish(Story.objects.get(), by=cast.redaktur)
    assert "Bu Karti ditelepon." in text(client_of(cast.anggota).get(url("story", story.pk)))
    for outside in (cast.dinas, cast.tetangga, cast.warga):
        assert "Bu Karti" not in text(client_of(outside).get(url("story", story.pk)))


def test_who_may_not_speak_is_offered_no_new_discussion(cast: Any, client_of: Any) -> None:
    address = f"/meja/kabar/{story_in('gathered', cast).pk}/"
    assert "/meja/pembahasan/baru/" in client_of(cast.anggota).get(address).text
    assert "/meja/pembahasan/baru/" not in client_of(cast.pembina).get(address).text
