"""A resident brings something without account or cookie; the group takes it up or says why not."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from kentongan.core.models import Entry, Step
from kentongan.newsroom.models import Story, Tip
from tests.cast import Cast
from tests.journeys.walk import open_fold

WATER = "Pipa di tikungan bawah bocor, air menggenang sejak subuh."
RUMOUR = "Katanya ada pembagian beras di balai desa besok."
REASON = "Sudah ditanyakan ke balai desa: tidak ada pembagian."
NAME, NUMBER = "Bu Wiji", "0812-7777-8888"


def test_a_resident_brings_one_is_taken_up_another_declined_with_a_reason(visit: Callable[..., Any], transactional_cast: Cast) -> None:
    cast = transactional_cast
    with visit() as resident:
        an_empty_one_is_asked_for_again(resident)
        she_brings_it_and_presses_twice(resident)
        another_comes_without_a_name(resident)
        assert resident.context.cookies() == []
    with visit(cast.anggota) as member:
        a_member_takes_it_up(member)
        the_draft_has_an_unnamed_first_source(member)
    with visit(cast.anggota2) as other:
        another_declines_the_rumour(other)
        nothing_waits_any_more(other)
    with visit(cast.tetangga) as neighbour:
        another_group_does_not_read_it(neighbour)
    the_record_says_who_did_what(cast)


def an_empty_one_is_asked_for_again(resident: Page) -> None:
    resident.goto("/kim/gulangpongge/")
    resident.get_by_role("link", name="Kirim bahan").first.click()
    resident.get_by_label("Nama Anda").fill(NAME)
    resident.get_by_label("Apa yang terjadi?").fill("   ")
    resident.get_by_role("button", name="Kirim bahan").click()
    expect(resident.get_by_text("Ceritakan dulu apa yang terjadi.")).to_be_visible()
    expect(resident.get_by_label("Nama Anda")).to_have_value(NAME)


def she_brings_it_and_presses_twice(resident: Page) -> None:
    resident.get_by_label("Apa yang terjadi?").fill(WATER)
    resident.get_by_label("Di mana?").fill("tikungan bawah, RT 02")
    resident.get_by_label("Kapan?").fill("tadi subuh")
    resident.get_by_label("Nomor Anda").fill(NUMBER)
    form = resident.locator("main form")
    same = {field.get_attribute("name") or "": field.input_value() for field in form.locator("[name]").all()}
    resident.get_by_role("button", name="Kirim bahan").click()
    expect(resident.get_by_role("heading", name="Terima kasih. Bahan Anda sudah sampai.")).to_be_visible()
    again = resident.request.post("/kim/gulangpongge/bahan/", form=same)
    assert "Terima kasih" in again.text()
    assert Tip.objects.count() == 1


def another_comes_without_a_name(resident: Page) -> None:
    resident.get_by_role("link", name="Kirim bahan lain").click()
    resident.get_by_label("Apa yang terjadi?").fill(RUMOUR)
    resident.get_by_role("button", name="Kirim bahan").click()
    expect(resident.get_by_text("Terima kasih.").first).to_be_visible()
    assert Tip.objects.count() == 2


def a_member_takes_it_up(member: Page) -> None:
    member.get_by_role("link", name=re.compile("Lihat bahan “Pipa di tikungan")).click()
    expect(member.get_by_text(WATER)).to_be_visible()
    expect(member.get_by_text("tersimpan tersegel")).to_be_visible()
    assert NUMBER not in member.content()
    open_fold(member, "Angkat jadi kabar").get_by_role("button", name="Angkat jadi kabar").click()


def the_draft_has_an_unnamed_first_source(member: Page) -> None:
    expect(member.get_by_label("Isi kabar")).to_have_value(re.compile(re.escape(WATER)))
    member.get_by_label("Judul").fill("Pipa bocor di tikungan bawah")
    member.get_by_role("button", name="Simpan tulisan").click()
    expect(member.get_by_role("heading", level=1)).to_have_text("Pipa bocor di tikungan bawah")
    expect(member.get_by_text("Namanya tidak ditampilkan kepada umum.")).to_be_visible()
    assert NUMBER not in member.content()
    story = Story.objects.get()
    source = story.sources.get()
    assert (source.who, source.unnamed, source.contact_id is not None) == (NAME, True, True)
    assert Step.into(story) == [Tip.objects.get(text=WATER)]


def another_declines_the_rumour(other: Page) -> None:
    other.get_by_role("link", name=re.compile("Lihat bahan “Katanya ada")).click()
    fold = open_fold(other, "Jangan diangkat")
    fold.get_by_label("Mengapa tidak diangkat?").fill(REASON)
    fold.get_by_role("button", name="Simpan alasan").click()
    expect(other.get_by_text(REASON).first).to_be_visible()
    expect(other.get_by_text("tanpa nama")).to_be_visible()


def nothing_waits_any_more(other: Page) -> None:
    other.goto("/meja/")
    expect(other.get_by_text("Lihat bahan")).to_have_count(0)
    other.goto("/meja/bahan/")
    expect(other.get_by_text("Tidak ada bahan yang menunggu")).to_be_visible()


def another_group_does_not_read_it(neighbour: Page) -> None:
    answer = neighbour.goto(f"/meja/bahan/{Tip.objects.get(text=WATER).pk}/")
    assert answer is not None and answer.status == 404


def the_record_says_who_did_what(cast: Cast) -> None:
    def lines(text: str) -> list[tuple[str, str]]:
        return [(entry.action, entry.capacity) for entry in Entry.of(Tip.objects.get(text=text))]

    assert lines(WATER) == [("newsroom.receive_tip", "umum"), ("newsroom.take_up", "Anggota KIM Gulangpongge")]
    assert lines(RUMOUR) == [("newsroom.receive_tip", "umum"), ("newsroom.decline_tip", "Anggota KIM Gulangpongge")]
    assert Entry.of(Tip.objects.get(text=RUMOUR)).last().by_id == cast.anggota2.pk  # type: ignore[union-attr]
