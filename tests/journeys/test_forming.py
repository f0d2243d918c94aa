"""A KIM from a resident's proposal to its verification with its printed SK, each of its people on a phone without JavaScript."""

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

from django.utils import timezone
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from kentongan.accounts.models import Person
from kentongan.core.jobs import run_pending
from kentongan.core.models import Entry
from kentongan.groups.models import Appointment, Decree, Group, Office
from kentongan.media.models import Leaf
from kentongan.media.tests.paper import scanned
from kentongan.regions.tests.factories import region_chain
from tests.cast import Cast, appoint, person
from tests.journeys.walk import choose_passphrase, closed_door, enter_slip, give_code, open_fold, printed_code, shown_soon

VILLAGE, NAMESAKES = "33.18.14.2003", ("33.18.09.2006", "33.18.04.2009")
KIM = "KIM Tlogorejo"
FOUNDER, NUMBER = "Sumarni", "0813 9000 0001"
REASON = "Nomor SK di foto tidak sama dengan yang ditulis."
UNVERIFIED = "belum diverifikasi"


def test_proposed_named_told_deliberated_minuted_decreed_registered_returned_and_verified(
    visit: Callable[..., Any], transactional_cast: Cast
) -> None:
    cast, head = transactional_cast, the_village_and_its_head()
    with visit() as reader, visit(head) as office, visit() as founder, visit(cast.dinas) as dinas:
        give_code(office)
        give_code(dinas)
        code = a_resident_proposes(reader)
        slip = the_office_names_the_founder(office, code)
        the_office_tells_residents(office)
        the_founder_comes_in(founder, slip)
        it_prints(founder, "Cetak daftar hadir kosong", "DAFTAR HADIR")
        the_founder_records_the_deliberation(founder)
        it_prints(founder, "Cetak berita acara", "31 orang")
        only_the_founder_writes_minutes(office)
        the_founder_records_minutes_and_board(founder)
        it_is_not_public_yet(reader)
        the_office_objects_and_the_founder_answers(office, founder)
        it_prints(office, "Cetak draf SK", "KEPUTUSAN KEPALA DESA TLOGOREJO")
        the_office_enters_the_decree(office)
        it_is_public_and_says_unverified(reader)
        the_chair_completes_the_profile_and_registers(founder, office)
        the_regency_returns_it_with_a_reason(dinas)
        the_chair_reads_it_and_registers_again(founder)
        the_regency_verifies(dinas)
        it_is_public_and_verified(reader)
        the_resident_looks_at_the_proposal(reader, code)
    the_record_names_each_step()


def the_village_and_its_head() -> Person:
    """Tlogorejo of Tlogowungu, which has two namesakes in the regency, and its head."""
    place = region_chain(VILLAGE)
    region_chain(*NAMESAKES)
    office = Office.objects.create(kind=Office.Kind.VILLAGE, name="Pemerintah Desa Tlogorejo", region=place)
    head = person("sutarman", "Sutarman", number=90)
    appoint(office, head, Appointment.Role.HEAD, "Kepala Desa")
    return head


def group() -> Group:
    return Group.objects.get(name=KIM)


def open_group(page: Page) -> None:
    page.goto(f"/meja/kim/{group().pk}/")


def days_ago(days: int) -> str:
    return (timezone.localdate() - timedelta(days=days)).isoformat()


def a_resident_proposes(reader: Page) -> str:
    reader.goto(f"/wilayah/{VILLAGE}/")
    reader.get_by_role("link", name="Mulai dari desa saya").click()
    expect(reader.get_by_label("Desa atau kelurahan")).to_have_value(VILLAGE)
    reader.get_by_label("Desa atau kelurahan").fill("tlogo rejo, pati")
    reader.get_by_label("Nama pengusul pertama").fill(FOUNDER)
    reader.get_by_label("Nama pengusul kedua").fill("Kasmuri")
    reader.get_by_label("Cara menghubungi Anda").fill("0813-9000-0001")
    reader.get_by_role("button", name="Kirim usulan").click()
    expect(reader.get_by_text("Ada 3 tempat yang cocok")).to_be_visible()
    expect(reader.get_by_role("radio")).to_have_count(3)
    expect(reader.get_by_label("Nama pengusul pertama")).to_have_value(FOUNDER)
    reader.get_by_role("radio", name=re.compile("Tlogowungu")).check()
    reader.get_by_role("button", name="Kirim usulan").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Usulan Anda sudah sampai")
    expect(reader.get_by_text("Sutarman (Kepala Desa, Pemerintah Desa Tlogorejo)")).to_be_visible()
    assert reader.context.cookies() == []
    return reader.locator(".ticket").inner_text()


def the_office_names_the_founder(office: Page, code: str) -> str:
    office.goto("/meja/")
    office.get_by_role("link", name=re.compile(KIM)).first.click()
    expect(office.get_by_text(code)).to_be_visible()
    naming = open_fold(office, "Tunjuk pengusul")
    naming.get_by_label("Nama pengusul").fill(FOUNDER)
    naming.get_by_label("Nomor HP atau nama pengguna").fill(NUMBER)
    naming.get_by_role("button", name="Tunjuk pengusul").click()
    expect(office.get_by_text("Pengusul sudah ditunjuk.").first).to_be_visible()
    office.get_by_role("button", name=f"Cetak slip {FOUNDER}").click()
    slip = printed_code(office)
    office.get_by_role("link", name="Sudah dicetak, kembali").click()
    return slip


def the_office_tells_residents(office: Page) -> None:
    telling = open_fold(office, "Catat sosialisasi")
    telling.get_by_label("Tanggal sosialisasi").fill(days_ago(-1))
    telling.get_by_role("button", name="Catat sosialisasi").click()
    expect(office.get_by_text("Tanggal itu belum tiba. Catat langkah ini sesudah terjadi.")).to_be_visible()
    telling.get_by_label("Tanggal sosialisasi").fill(days_ago(0))
    telling.get_by_label("Catatan").fill("Di pengajian dusun, oleh kepala desa.")
    telling.get_by_role("button", name="Catat sosialisasi").click()
    expect(office.get_by_text("Sosialisasi sudah dicatat.").first).to_be_visible()


def the_founder_comes_in(founder: Page, slip: str) -> None:
    enter_slip(founder, "+62 813-9000-0001", slip)
    choose_passphrase(founder)
    founder.goto("/meja/")
    founder.get_by_role("link", name=re.compile(KIM)).first.click()
    expect(founder.get_by_role("heading", level=1)).to_have_text(KIM)


def the_founder_records_the_deliberation(founder: Page) -> None:
    meeting = open_fold(founder, "Catat musyawarah")
    meeting.get_by_label("Tanggal musyawarah").fill(days_ago(0))
    meeting.get_by_label("Berapa yang hadir").fill("31")
    meeting.get_by_label("Catatan").fill("Sepakat membentuk KIM.")
    meeting.get_by_role("button", name="Catat musyawarah").click()
    expect(founder.get_by_text("Musyawarah sudah dicatat.").first).to_be_visible()


def only_the_founder_writes_minutes(office: Page) -> None:
    open_group(office)
    reason = closed_door(office, "Catat berita acara")
    assert "Hanya pengusul" in reason
    assert f"{FOUNDER} (pengusul)" in reason


def the_founder_records_minutes_and_board(founder: Page) -> None:
    minutes = open_fold(founder, "Catat berita acara")
    minutes.get_by_label("Tanggal berita acara").fill(days_ago(0))
    minutes.get_by_label("Isi berita acara").fill("Musyawarah di balai dusun memilih pengurus di bawah ini.")
    minutes.get_by_label("Ketua", exact=True).fill(FOUNDER)
    minutes.get_by_label("Nomor HP ketua").fill("62813 9000 0001")
    minutes.get_by_label("Sekretaris", exact=True).fill("Kasmuri")
    minutes.get_by_label("Nomor HP sekretaris").fill("0813.9000.0002")
    minutes.get_by_label("Bendahara", exact=True).fill("Lestari Ningsih")
    minutes.get_by_label("Anggota lain").fill("Purwanto; 0813 9000 0004\nSulasih")
    minutes.get_by_role("button", name="Catat berita acara").click()
    expect(founder.get_by_text("Berita acara dan pengurus sudah dicatat.").first).to_be_visible()
    for name in (FOUNDER, "Kasmuri", "Lestari Ningsih", "Purwanto", "Sulasih"):
        expect(founder.get_by_role("rowheader", name=name)).to_be_visible()
    reason = closed_door(founder, "Catat SK")
    assert "kantor pejabat yang menerbitkannya" in reason
    assert "Sutarman (Kepala Desa, Pemerintah Desa Tlogorejo)" in reason


def it_is_not_public_yet(reader: Page) -> None:
    answer = reader.goto(group().get_absolute_url())
    assert answer is not None and answer.status == 404


def it_prints(page: Page, button: str, words: str) -> None:
    """The draft opens from the next step and says what is known."""
    open_group(page)
    link = page.get_by_role("link", name=button)
    expect(link).to_be_visible()
    answer = page.request.get(link.get_attribute("href") or "")
    assert answer.headers["content-type"] == "application/pdf"
    assert words in " ".join(" ".join(one.extract_text() for one in PdfReader(BytesIO(answer.body())).pages).split())


def the_office_objects_and_the_founder_answers(office: Page, founder: Page) -> None:
    open_group(office)
    fold = open_fold(office, "Sampaikan keberatan")
    fold.get_by_label("Keberatan Anda").fill("Dusun Krajan belum diajak bicara.")
    fold.get_by_role("button", name="Sampaikan keberatan").click()
    expect(office.get_by_text("Belum dijawab kelompok.")).to_be_visible()
    open_group(founder)
    fold = open_fold(founder, "Jawab keberatan")
    fold.get_by_label("Jawaban").fill("Kami sudah ke sana Minggu lalu.")
    fold.get_by_role("button", name="Jawab keberatan").click()
    expect(founder.get_by_text("Kami sudah ke sana Minggu lalu.")).to_be_visible()


def the_office_enters_the_decree(office: Page) -> None:
    office.goto("/meja/")
    office.get_by_role("link", name=re.compile(f"SK untuk {KIM}")).first.click()
    decree = open_fold(office, "Catat SK")
    decree.get_by_label("Nomor SK").fill("141/09/2026")
    decree.get_by_label("Tanggal SK").fill(days_ago(0))
    decree.get_by_label("Diterbitkan oleh").select_option(label="Kepala Desa")
    decree.get_by_label("Nama pejabat").fill("Sutarman")
    decree.get_by_label("Berlaku mulai").fill(days_ago(0))
    decree.get_by_label("Berlaku sampai").fill(days_ago(30))
    decree.get_by_role("button", name="Catat SK").click()
    expect(office.get_by_text("lebih awal daripada mulainya")).to_be_visible()
    expect(decree.get_by_label("Nomor SK")).to_have_value("141/09/2026")
    expect(decree.get_by_label("Berlaku mulai")).to_have_value(days_ago(0))
    decree.get_by_label("Berlaku sampai").fill(days_ago(-1000))
    paper = {"name": "sk.pdf", "mimeType": "application/pdf", "buffer": scanned(2)}
    decree.get_by_label("Foto atau PDF SK").set_input_files(paper)  # type: ignore[arg-type]
    decree.get_by_role("button", name="Catat SK").click()
    expect(office.get_by_text("KIM ini sekarang tampil untuk umum.").first).to_be_visible()
    reason = closed_door(office, "Daftarkan KIM")
    assert f"{FOUNDER} (ketua)" in reason
    run_pending()
    decree_of = Decree.objects.get(group=group())
    assert Leaf.objects.filter(paper=decree_of.paper_id, photo__state="ready").count() == 2


def it_is_public_and_says_unverified(reader: Page) -> None:
    for address in (group().get_absolute_url(), f"/wilayah/{VILLAGE}/"):
        shown_soon(reader, address, KIM)
        shown_soon(reader, address, UNVERIFIED)


def the_chair_completes_the_profile_and_registers(chair: Page, office: Page) -> None:
    chair.goto("/meja/")
    chair.get_by_role("button", name="Saya setuju").click()
    chair.get_by_role("link", name=re.compile(f"daftarkan {KIM}")).first.click()
    assert "Profil belum lengkap" in closed_door(chair, "Daftarkan KIM")
    profile = open_fold(chair, "Ubah profil")
    profile.get_by_label("Siapa kami").fill("Tetangga Tlogorejo yang saling mengabari.")
    profile.get_by_label("Sekretariat").fill("Balai Desa Tlogorejo")
    profile.get_by_label("Kontak untuk umum").fill("0813-9000-0001")
    profile.get_by_label("Tanggal berdiri").fill(days_ago(0))
    profile.get_by_role("checkbox").first.check()
    profile.get_by_role("button", name="Ubah profil").click()
    expect(chair.get_by_text("Profil sudah disimpan.").first).to_be_visible()
    register(chair)
    reason = closed_door(chair, "Verifikasi KIM")
    assert "Hanya petugas Diskominfo kabupaten/kota." in reason
    assert "Ratna Dewi" in reason
    open_group(office)
    assert "Kantor pemerintah tidak mengubah kata-kata kelompok." in closed_door(office, "Ubah profil")


def register(chair: Page) -> None:
    fold = open_fold(chair, "Daftarkan KIM")
    fold.get_by_role("button", name="Daftarkan KIM").click()
    expect(chair.get_by_text("KIM sudah terdaftar dan menunggu diverifikasi.").first).to_be_visible()


def the_regency_returns_it_with_a_reason(dinas: Page) -> None:
    dinas.goto("/meja/")
    dinas.get_by_role("link", name=re.compile(f"Verifikasi {KIM}")).first.click()
    expect(dinas.get_by_text("Kami sudah ke sana Minggu lalu.")).to_be_visible()
    expect(dinas.get_by_role("img", name="SK dicatat, halaman 2")).to_be_visible()
    back = open_fold(dinas, "Kembalikan ke langkah sebelumnya")
    back.get_by_label("Alasan").fill(REASON)
    back.get_by_role("button", name="Kembalikan ke langkah sebelumnya").click()
    expect(dinas.get_by_text("Dikembalikan ke langkah sebelumnya.").first).to_be_visible()


def the_chair_reads_it_and_registers_again(chair: Page) -> None:
    open_group(chair)
    expect(chair.get_by_role("heading", name="Dikembalikan, perlu diperbaiki")).to_be_visible()
    expect(chair.get_by_text(REASON).first).to_be_visible()
    register(chair)
    expect(chair.get_by_role("heading", name="Dikembalikan, perlu diperbaiki")).to_have_count(0)


def the_regency_verifies(dinas: Page) -> None:
    open_group(dinas)
    dinas.get_by_role("link", name="Buka daftar periksa").click()
    fold = dinas
    points = fold.get_by_role("checkbox")
    points.first.check()
    fold.get_by_role("button", name="Verifikasi KIM").click()
    expect(dinas.get_by_text("Belum semuanya diperiksa")).to_be_visible()
    for point in points.all():
        point.check()
    fold.get_by_role("button", name="Verifikasi KIM").click()
    expect(dinas.get_by_text("KIM sudah terverifikasi.").first).to_be_visible()


def it_is_public_and_verified(reader: Page) -> None:
    for address in (group().get_absolute_url(), f"/wilayah/{VILLAGE}/"):
        shown_soon(reader, address, UNVERIFIED, gone=True)
        assert KIM in reader.content()
    reader.goto(group().get_absolute_url())
    expect(reader.get_by_text("diverifikasi Diskominfo Kab. Pati").first).to_be_visible()


def the_resident_looks_at_the_proposal(reader: Page, code: str) -> None:
    """By the code alone, without an account, and without a name of anybody of the group."""
    reader.goto("/bentuk-kim/usulan-saya/")
    reader.get_by_label("Kode usulan").fill(code.lower())
    reader.get_by_role("button", name="Lihat usulan saya").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Terverifikasi")
    assert FOUNDER not in reader.content()


def the_record_names_each_step() -> None:
    steps = [(entry.action.removeprefix("groups."), entry.capacity) for entry in Entry.of(group())]
    village, chair, regency = "Kepala Desa, Pemerintah Desa Tlogorejo", f"Ketua {KIM}", "Petugas KIM, Diskominfo Kab. Pati"
    assert steps == [
        ("propose", "umum"),
        ("assign_founder", village),
        ("socialise", village),
        ("deliberate", "pengusul"),
        ("minute", "pengusul"),
        ("object", village),
        ("answer_objection", "pengusul"),
        ("decree", village),
        ("update_profile", chair),
        ("register", chair),
        ("return", regency),
        ("register", chair),
        ("verify", regency),
    ]
