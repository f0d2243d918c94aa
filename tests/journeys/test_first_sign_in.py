"""A member comes in with a slip of paper, and nobody else comes in with another one."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from kentongan.accounts.models import Recovery
from kentongan.core.models import Entry
from tests.cast import Cast
from tests.journeys.walk import NEW_PASSPHRASE, choose_passphrase, closed_door, enter_slip, open_fold, printed_code, sign_in_as

NAME, NUMBER = "Rumiyati", "0812 3456 7890"


def test_a_slip_opens_once_and_a_recovery_waits_a_day_and_can_be_cancelled(visit: Callable[..., Any], transactional_cast: Cast) -> None:
    cast = transactional_cast
    with visit(cast.sekretaris) as secretary, visit() as member, visit() as stranger, visit(cast.anggota) as neighbour:
        slip = the_secretary_admits_her_and_prints_a_slip(secretary)
        she_comes_in(member, slip)
        the_slip_opens_no_second_time(stranger, slip)
        the_secretary_cannot_print_another(secretary)
        her_other_phone_is_listed_and_ended(member, stranger)
        the_secretary_asks_for_a_recovery(secretary)
        one_person_is_not_enough(secretary)
        recovery_slip = another_member_confirms(neighbour, secretary)
        it_does_not_open_before_a_day(stranger, recovery_slip)
        she_is_told_and_says_not_me(member)
        the_cancelled_slip_is_dead(stranger, recovery_slip)
    the_record_names_who_asked_and_who_confirmed(cast)


def the_secretary_admits_her_and_prints_a_slip(secretary: Page) -> str:
    secretary.get_by_role("link", name="KIM", exact=True).click()
    secretary.get_by_role("link", name=re.compile("KIM Gulangpongge")).first.click()
    fold = open_fold(secretary, "Catat anggota baru")
    fold.get_by_label("Nama", exact=True).fill(NAME)
    fold.get_by_label("Nomor HP atau nama pengguna").fill(NUMBER)
    fold.get_by_role("button", name="Catat anggota").click()
    expect(secretary.get_by_text("Anggota sudah dicatat.").first).to_be_visible()
    secretary.get_by_role("button", name="Cetak slip masuk").click()
    expect(secretary.get_by_text("0812-3456-7890")).to_be_visible()
    slip = printed_code(secretary)
    secretary.get_by_role("link", name="Sudah dicetak, kembali").click()
    return slip


def she_comes_in(member: Page, slip: str) -> None:
    enter_slip(member, "+62 (812) 3456-7890", slip.lower().replace("-", " "))
    expect(member.get_by_role("heading", level=1)).to_have_text(f"Selamat datang, {NAME}")
    choose_passphrase(member, "1234567890")
    expect(member.get_by_text("Angka saja mudah ditebak.")).to_be_visible()
    choose_passphrase(member)
    expect(member.get_by_text("Akun Anda sudah terbuka.")).to_be_visible()
    expect(member.get_by_text("tanpa membedakan suku, agama, ras")).to_be_visible()
    member.get_by_role("button", name="Saya setuju").click()
    expect(member.get_by_role("heading", name="Yang menunggu Anda", exact=True)).to_be_visible()


def the_slip_opens_no_second_time(stranger: Page, slip: str) -> None:
    with stranger.expect_response(lambda answer: answer.request.method == "POST") as sent:
        enter_slip(stranger, NUMBER, slip)
    assert sent.value.status == 410
    expect(stranger.get_by_text("Slip ini sudah dipakai.")).to_be_visible()


def the_secretary_cannot_print_another(secretary: Page) -> None:
    secretary.reload()
    expect(secretary.get_by_role("button", name="Cetak slip masuk")).to_have_count(0)
    expect(secretary.get_by_text("Akunnya sudah dipakai.")).to_be_visible()


def her_other_phone_is_listed_and_ended(member: Page, other: Page) -> None:
    sign_in_as(other, "62 812.3456.7890", NEW_PASSPHRASE)
    expect(other.get_by_role("heading", level=1)).to_have_text("Yang menunggu Anda")
    member.goto("/meja/saya/")
    devices = member.get_by_role("region", name="Perangkat yang masuk")
    expect(devices.get_by_role("listitem")).to_have_count(2)
    devices.get_by_role("button", name="Keluarkan", exact=True).click()
    expect(devices.get_by_role("listitem")).to_have_count(1)
    other.goto("/meja/")
    expect(other.get_by_role("heading", level=1)).to_have_text("Masuk ke meja")


def the_secretary_asks_for_a_recovery(secretary: Page) -> None:
    fold = open_fold(secretary, "Minta pemulihan akun")
    fold.get_by_label("Mengapa perlu dipulihkan?").fill("Katanya lupa frasa sandi.")
    fold.get_by_role("button", name="Minta pemulihan").click()
    expect(secretary.get_by_text("Orang kedua perlu menguatkannya.").first).to_be_visible()


def one_person_is_not_enough(secretary: Page) -> None:
    reason = closed_door(secretary, "Kuatkan pemulihan")
    assert "bukan yang memintanya" in reason
    assert "Sugeng Riyadi (ketua)" in reason
    assert "Endang Lestari" not in reason


def another_member_confirms(neighbour: Page, secretary: Page) -> str:
    neighbour.get_by_role("link", name="KIM", exact=True).click()
    neighbour.get_by_role("link", name=re.compile("KIM Gulangpongge")).first.click()
    neighbour.get_by_role("link", name=NAME).click()
    expect(neighbour.get_by_text("Katanya lupa frasa sandi.")).to_be_visible()
    open_fold(neighbour, "Kuatkan pemulihan").get_by_role("button", name="Ya, kuatkan dan cetak slip").click()
    expect(neighbour.get_by_text("Baru berlaku 24 jam lagi")).to_be_visible()
    return printed_code(neighbour)


def it_does_not_open_before_a_day(stranger: Page, slip: str) -> None:
    with stranger.expect_response(lambda answer: answer.request.method == "POST") as sent:
        enter_slip(stranger, NUMBER, slip)
    assert sent.value.status == 409
    expect(stranger.get_by_text("Slip ini baru berlaku mulai")).to_be_visible()


def she_is_told_and_says_not_me(member: Page) -> None:
    member.goto("/meja/")
    member.get_by_role("link", name="Lihat dan batalkan").click()
    notice = member.get_by_role("alert")
    expect(notice).to_contain_text("Endang Lestari")
    expect(notice).to_contain_text("Joko Prasetyo")
    notice.get_by_role("button", name="Bukan saya: batalkan").click()
    expect(member.get_by_role("button", name="Bukan saya: batalkan")).to_have_count(0)
    assert Recovery.objects.get().state == Recovery.State.CANCELLED


def the_cancelled_slip_is_dead(stranger: Page, slip: str) -> None:
    with stranger.expect_response(lambda answer: answer.request.method == "POST") as sent:
        enter_slip(stranger, NUMBER, slip)
    assert sent.value.status == 410
    expect(stranger.get_by_text("Slip ini sudah dibatalkan")).to_be_visible()


def the_record_names_who_asked_and_who_confirmed(cast: Cast) -> None:
    recovery = Recovery.objects.get()
    steps = [(entry.action, entry.by_id) for entry in Entry.of(recovery)]
    assert steps == [
        ("groups.request_recovery", cast.sekretaris.pk),
        ("groups.confirm_recovery", cast.anggota.pk),
        ("accounts.cancel_recovery", recovery.account.person_id),
    ]
