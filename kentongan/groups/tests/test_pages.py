"""Every page and address of the room: who sees it, what it says, what it costs."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kentongan.accounts.models import Account, Person, Recovery, Slip
from kentongan.groups import actions, forms
from kentongan.groups.models import Decree, Group, Membership, reckon
from kentongan.groups.tests.factories import FOUR, carried_to, fresh, ketua_of, proposed, today
from kentongan.groups.views.office import numbers_of
from kentongan.portal.reading.figures import figures
from kentongan.regions.models import RegionSetting
from kentongan.regions.tests.factories import region_chain
from tests.cast import Cast, everybody_agrees, group_in, person

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person | None], Client]


def text_of(response: Any) -> str:
    return response.content.decode()


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


# ------------------------------------------------------------ the public proposal


def proposal(**more: str) -> dict[str, str]:
    return {
        "key": forms.new_key(),
        "place": "gulangpongge",
        "name": "",
        "first": "Warsini",
        "second": "Parno",
        "contact": "0812",
        "website": "",
        "still": "on",  # the cast's village has a group
    } | more


def test_anybody_proposes_without_account_cookie_or_session(cast: Cast, client: Client) -> None:
    page = client.get("/bentuk-kim/")
    assert not page.cookies
    assert "no-store" in page["Cache-Control"]
    sent = client.post("/bentuk-kim/", proposal())
    thanks = client.get(sent["Location"])
    group = Group.objects.get(state="proposed")
    assert not thanks.cookies
    assert group.submission in text_of(thanks)
    assert "Karjono" in text_of(thanks)


def test_a_proposal_sent_twice_is_one(cast: Cast, client: Client) -> None:
    sent = proposal()
    assert client.post("/bentuk-kim/", sent)["Location"] == client.post("/bentuk-kim/", sent)["Location"]
    assert Group.objects.filter(state="proposed").count() == 1


def test_an_ambiguous_village_is_asked_about_and_nothing_typed_is_lost(cast: Cast, client: Client) -> None:
    three = [region_chain(code) for code in ("33.18.14.2003", "33.18.04.2009", "33.18.09.2006")]
    page = client.post("/bentuk-kim/", proposal(place="tlogorejo pati", first="Bu Warsini Lestari"))
    assert page.status_code == 422
    assert all(region.code in text_of(page) for region in three)
    assert "Bu Warsini Lestari" in text_of(page)
    assert client.post("/bentuk-kim/", proposal(place="tlogorejo pati", code="33.18.04.2009")).status_code == 302
    assert Group.objects.get(state="proposed").village_code == "33.18.04.2009"


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"place": "negeri dongeng"}, "Tidak ada tempat bernama"),
        ({"second": "warsini"}, "Dua orang yang berbeda"),
        ({"contact": ""}, "Bagian ini belum diisi"),
        ({"key": "bukan-kunci"}, "kirim sekali lagi"),
        ({"website": "http://iklan.example"}, "harus kosong"),
        ({"first": "x" * 50_000}, "Warsini" * 0 + "80"),
    ],
)
def test_a_wrong_proposal_comes_back_with_a_sentence(cast: Cast, client: Client, more: dict[str, str], sentence: str) -> None:
    page = client.post("/bentuk-kim/", proposal(**more))
    assert page.status_code == 422
    assert sentence in text_of(page)
    assert not Group.objects.filter(state="proposed").exists()


def test_who_proposes_again_and_again_waits(cast: Cast, client: Client) -> None:
    answers = [client.post("/bentuk-kim/", proposal(name=f"KIM {number}")).status_code for number in range(11)]
    assert answers == [302] * 10 + [429]


def test_what_a_script_types_is_only_words(cast: Cast, client_of: ClientOf, client: Client) -> None:
    client.post("/bentuk-kim/", proposal(name="<script>alert(1)</script>", first="<b>Warsini</b>"))
    group = Group.objects.get(state="proposed")
    page = text_of(client_of(cast.kades).get(f"/meja/kim/{group.pk}/"))
    assert "<script>alert" not in page
    assert "&lt;b&gt;Warsini" in page


def test_a_group_that_is_there_is_shown_first_and_blocks_nobody(cast: Cast, client: Client) -> None:
    page = client.post("/bentuk-kim/", proposal(still=""))
    assert page.status_code == 422
    assert "Desa ini sudah punya KIM" in text_of(page) and cast.group.get_absolute_url() in text_of(page)
    assert cast.group.get_absolute_url() in text_of(client.get(f"/bentuk-kim/?desa={cast.region.code}"))
    assert client.post("/bentuk-kim/", proposal()).status_code == 302


def test_what_is_no_code_of_a_place_is_no_fault(client: Client, db: None) -> None:
    assert client.get("/bentuk-kim/?desa=%00").status_code == 200


def test_a_proposal_that_is_not_public_yet_is_counted_and_not_named(cast: Cast, client: Client) -> None:
    proposed(cast, name="KIM Masih Rahasia")
    page = text_of(client.post("/bentuk-kim/", proposal(still="")))
    assert "Ada 1 usulan lain" in page and "Masih Rahasia" not in page


def test_who_proposed_looks_at_it_by_its_code_and_reads_no_name_of_a_person(cast: Cast, client: Client) -> None:
    sent = client.post("/bentuk-kim/", proposal())
    code = Group.objects.get(state="proposed").submission or ""
    group = actions.socialise(Group.objects.get(submission=code), on=today(), note="Rahasia rapat", by=cast.kades)
    found = client.post("/bentuk-kim/usulan-saya/", {"code": f" {code[:5].lower()}-{code[5:]} "})
    assert found["Location"] == sent["Location"]
    page = text_of(client.get(found["Location"]))
    assert "Disosialisasikan" in page and "no-referrer" in page
    assert not [word for word in ("Warsini", "Parno", "Rahasia rapat", "0812") if word in page]
    assert "tidak kami kenal" in text_of(client.post("/bentuk-kim/usulan-saya/", {"code": "SALAH"}))
    assert group.state == "socialised"


def test_an_unknown_code_leads_back_to_the_form(client: Client) -> None:
    assert client.get("/bentuk-kim/TIDAKADA/")["Location"] == "/bentuk-kim/"


# ------------------------------------------------------------ a formation by its screens


def test_a_formation_is_carried_by_its_screens(cast: Cast, client_of: ClientOf) -> None:
    kades, dinas, warga = (client_of(somebody) for somebody in (cast.kades, cast.dinas, cast.warga))
    sent = warga.post("/meja/kim/usulan/", proposal(name="KIM Sumber Waras"))
    page = sent["Location"].split("?")[0]
    group = Group.objects.get(state="proposed")

    def step(client: Client, address: str, prefix: str, **typed: Any) -> None:
        filled = {f"{prefix}-{name}": value for name, value in typed.items()} | {"version": str(fresh(group).version)}
        answer = client.post(page + address, filled)
        assert answer.status_code == 302, text_of(answer)
        assert client.get(answer["Location"]).status_code == 200

    day = today().isoformat()
    step(kades, "sosialisasi/", "socialise", on=day, note="Di balai desa")
    step(warga, "musyawarah/", "deliberate", on=day, attendance="31")
    seats = {
        "ketua": "Tini Wulandari",
        "ketua_credential": "081200009901",
        "sekretaris": "Parno",
        "bendahara": "Lastri",
        "members": "Karso; 081200009904\nHarno",
    }
    step(warga, "berita-acara/", "minute", on=day, minutes="Disepakati.", **seats)
    assert fresh(group).memberships.count() == 5
    step(
        kades,
        "sk/",
        "decree",
        number="141/09",
        dated=day,
        rank="kades",
        issuer="Karjono",
        starts=day,
        ends=(today() + timedelta(days=900)).isoformat(),
    )
    ketua = ketua_of(fresh(group))
    Account.objects.filter(person=ketua).update(state="active")
    everybody_agrees(group)
    chair = client_of(Person.objects.get(pk=ketua.pk))
    version = str(fresh(group).version)
    profile = {
        "about": "Kami",
        "secretariat": "Balai",
        "contact": "0812",
        "founded_on": "01/07/2026",
        "fields_": ["budaya"],
        "version": version,
    }
    assert chair.post(page + "profil/", profile).status_code == 302
    step(chair, "pendaftaran/", "register")
    step(dinas, "verifikasi/", "verify", checked=list(group.rules["verify_checklist"]))
    assert fresh(group).state == "verified"


def test_a_decree_that_ends_before_it_starts_keeps_the_form(cast: Cast, client_of: ClientOf) -> None:
    group = carried_to(cast, "minuted")
    typed = {"number": "141/XYZ", "dated": "2026-01-02", "rank": "kades", "issuer": "Karjono", "starts": "2026-01-02", "ends": "2024-01-02"}
    page = client_of(cast.kades).post(
        f"/meja/kim/{group.pk}/sk/", {f"decree-{k}": v for k, v in typed.items()} | {"version": group.version}
    )
    assert page.status_code == 422
    assert "Akhir SK (2 Jan 2024) lebih awal daripada mulainya (2 Jan 2026)" in text_of(page)
    assert "141/XYZ" in text_of(page)


def test_an_overlapping_decree_keeps_the_form(cast: Cast, client_of: ClientOf) -> None:
    day = today()
    typed = {"number": "141/XYZ", "dated": day, "rank": "kades", "issuer": "Karjono", "starts": day, "ends": day + timedelta(days=30)}
    page = client_of(cast.kades).post(
        f"/meja/kim/{cast.group.pk}/sk-baru/", {f"renew_decree-{k}": v for k, v in typed.items()} | {"version": cast.group.version}
    )
    assert page.status_code == 409
    assert "bertumpuk" in text_of(page)
    assert "141/XYZ" in text_of(page)


def test_a_decree_photo_that_is_none_is_refused_with_the_form(cast: Cast, client_of: ClientOf) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    group, day = carried_to(cast, "minuted"), today()
    typed = {"number": "141/XYZ", "dated": day, "rank": "kades", "issuer": "Karjono", "starts": day, "ends": day + timedelta(days=30)}
    scan = SimpleUploadedFile("sk.jpg", b"bukan foto")
    page = client_of(cast.kades).post(
        f"/meja/kim/{group.pk}/sk/", {f"decree-{k}": v for k, v in typed.items()} | {"version": group.version, "decree-scan": scan}
    )
    assert page.status_code == 422
    assert "141/XYZ" in text_of(page) and "bukan foto yang kami kenal" in text_of(page)
    assert fresh(group).state == "minuted"


def test_a_second_ketua_keeps_the_form(cast: Cast, client_of: ClientOf) -> None:
    page = client_of(cast.sekretaris).post(f"/meja/kim/{cast.group.pk}/anggota/", {"admit-name": "Harno Wibisono", "admit-role": "ketua"})
    assert page.status_code == 409
    assert "sudah punya ketua" in text_of(page)
    assert "Harno Wibisono" in text_of(page)


def test_a_stale_profile_shows_both_texts(cast: Cast, client_of: ClientOf) -> None:
    typed = {"about": "Tulisan sekretaris", "secretariat": "Balai", "contact": "0812", "version": "0"}
    facts = {"secretariat": "Balai", "contact": "0812", "founded_on": None, "fields": []}
    actions.update_profile(cast.group, about="Tulisan ketua", **facts, by=cast.ketua)
    page = client_of(cast.sekretaris).post(f"/meja/kim/{cast.group.pk}/profil/", typed)
    assert page.status_code == 409
    assert "Tulisan sekretaris" in text_of(page)
    assert "Tulisan ketua" in text_of(page)


def test_a_form_without_its_version_is_no_form(cast: Cast, client_of: ClientOf) -> None:
    page = client_of(cast.ketua).post(f"/meja/kim/{cast.group.pk}/penegasan/")
    assert "tidak lengkap" in text_of(page)


VERBS = (
    "pengusul sosialisasi musyawarah berita-acara sk sk-baru pendaftaran pengembalian pembekuan "
    "usulan-pembekuan usulan-pembekuan/pembatalan usulan-pencabutan usulan-pencabutan/pembatalan pembekuan/keberatan "
    "pembekuan/keberatan/penolakan pembekuan/keberatan/pengabulan dukungan keberatan keberatan/jawaban sk/kepastian "
    "pencabutan-pembekuan usulan-pembubaran usulan-pembubaran/pembatalan pembubaran profil penegasan anggota"
)


@pytest.mark.parametrize("verb", VERBS.split())
def test_every_verb_answers_404_then_403_and_never_to_a_get(cast: Cast, client_of: ClientOf, verb: str) -> None:
    hidden = proposed(cast)
    assert client_of(cast.tetangga).post(f"/meja/kim/{hidden.pk}/{verb}/").status_code == 404
    refused = client_of(cast.warga).post(f"/meja/kim/{cast.group.pk}/{verb}/")
    assert refused.status_code == 403
    assert client_of(cast.ketua).get(f"/meja/kim/{cast.group.pk}/{verb}/").status_code == 405
    assert client_of(None).post(f"/meja/kim/{cast.group.pk}/{verb}/").status_code in (302, 403)


def test_an_officer_who_edits_a_groups_words_is_told_why_not(cast: Cast, client_of: ClientOf) -> None:
    page = client_of(cast.dinas).post(f"/meja/kim/{cast.group.pk}/profil/", {"about": "Milik Dinas", "version": cast.group.version})
    assert page.status_code == 403
    assert "Kantor pemerintah tidak mengubah kata-kata kelompok" in text_of(page)
    assert "Sugeng Riyadi" in text_of(page)
    assert fresh(cast.group).about != "Milik Dinas"


def test_a_step_out_of_its_time_says_so(cast: Cast, client_of: ClientOf) -> None:
    page = client_of(cast.kades).post(f"/meja/kim/{cast.group.pk}/sosialisasi/")
    assert page.status_code == 409
    assert "terverifikasi" in text_of(page)


@pytest.mark.parametrize("state", ["proposed", "socialised", "deliberated", "minuted", "decreed", "registered", "verified"])
def test_the_page_of_a_group_says_who_is_waited_for_and_shows_its_record(cast: Cast, client_of: ClientOf, state: str) -> None:
    group = carried_to(cast, state)
    for somebody in (cast.warga, cast.kades, cast.dinas, cast.operator):
        page = text_of(client_of(somebody).get(f"/meja/kim/{group.pk}/"))
        assert "Diusulkan" in page and "Usulan KIM sudah tercatat" not in page
        assert state == "verified" or "Menunggu" in page


def test_a_finished_formation_folds_and_what_is_due_stands_first(cast: Cast, client_of: ClientOf) -> None:
    Group.objects.filter(pk=cast.group.pk).update(last_confirmed_at=timezone.now() - timedelta(days=900))
    page = text_of(client_of(cast.ketua).get(f"/meja/kim/{cast.group.pk}/"))
    places = [page.index(f'id="{part}"') for part in ("langkah", "orang", "sk", "profil", "pembentukan", "catatan")]
    assert places == sorted(places)
    assert page.index("Tegaskan pengurus dan kontak") < page.index('id="orang"')


def test_a_suspension_and_a_dissolution_by_their_screens(cast: Cast, client_of: ClientOf) -> None:
    page, first, second = f"/meja/kim/{cast.group.pk}/", client_of(cast.dinas), client_of(cast.dinas2)

    def send(client: Client, address: str, **typed: str) -> int:
        return client.post(page + address, typed | {"version": str(fresh(cast.group).version)}).status_code

    assert send(first, "usulan-pembekuan/", **{"ask_suspension-reason": "Sengketa", "ask_suspension-appeal_to": "Bupati"}) == 302
    assert "Baru berlaku sesudah dikuatkan petugas kedua" in text_of(second.get(page))
    assert send(first, "pembekuan/") == 403
    assert send(second, "pembekuan/") == 302
    assert "Keberatan disampaikan kepada Bupati" in text_of(first.get(page))
    assert send(client_of(cast.ketua), "pembekuan/keberatan/", **{"appeal-text": "Pengurus sudah lengkap."}) == 302
    assert "Pengurus sudah lengkap." in text_of(second.get(page))
    assert send(second, "pembekuan/keberatan/pengabulan/", **{"grant_appeal-answer": "Benar, sudah kami lihat."}) == 302
    assert send(second, "pencabutan-pembekuan/") == 403
    assert send(first, "pencabutan-pembekuan/") == 302
    asked = {"ask_dissolution-reason": "Bubar", "ask_dissolution-appeal_to": "Bupati"}
    assert send(first, "usulan-pembubaran/", **asked) == 302
    assert send(first, "pembubaran/") == 403
    assert send(second, "usulan-pembubaran/pembatalan/") == 302
    assert send(first, "usulan-pembubaran/", **asked) == 302
    assert send(second, "pembubaran/") == 302
    assert fresh(cast.group).state == "dissolved"


# ------------------------------------------------------------ people and slips


def test_a_slip_is_shown_once_and_kept_nowhere(cast: Cast, client_of: ClientOf) -> None:
    row = actions.admit(cast.group, name="Harno", credential="081200009950", role="anggota", by=cast.ketua)
    page = client_of(cast.ketua).post(f"/meja/kim/{cast.group.pk}/anggota/{row.pk}/slip/")
    slip = Slip.objects.get(account=row.person.account)
    assert "no-store" in page["Cache-Control"]
    code = page.context["code"]
    assert code in text_of(page)
    assert code not in slip.code_hash


def test_a_founders_slip_is_printed_by_the_office(cast: Cast, client_of: ClientOf) -> None:
    from kentongan.core.actors import PUBLIC

    group, kades = proposed(cast, by=PUBLIC), client_of(cast.kades)
    typed = {"assign_founder-name": "Parno", "assign_founder-credential": "081200009902", "version": group.version}
    assert kades.post(f"/meja/kim/{group.pk}/pengusul/", typed).status_code == 302
    assert "Cetak slip Parno" in text_of(kades.get(f"/meja/kim/{group.pk}/"))
    assert "Slip untuk Parno" in text_of(kades.post(f"/meja/kim/{group.pk}/pengusul/slip/"))


def test_roles_and_endings_by_their_screens(cast: Cast, client_of: ClientOf) -> None:
    row, ketua = cast.group.memberships.get(person=cast.anggota), client_of(cast.ketua)
    page = f"/meja/kim/{cast.group.pk}/anggota/{row.pk}/"
    assert "Ganti peran" in text_of(ketua.get(page))
    moved = ketua.post(page + "peran/", {"role": "redaktur", "version": "0"})
    following = Membership.objects.get(person=cast.anggota, state="active")
    assert moved["Location"].startswith(f"/meja/kim/{cast.group.pk}/anggota/{following.pk}/")
    page = f"/meja/kim/{cast.group.pk}/anggota/{following.pk}/"
    assert ketua.post(page + "pengakhiran/", {"reason": "", "version": "1"}).status_code == 422
    assert ketua.post(page + "pengakhiran/", {"reason": "Pindah", "version": str(following.version)}).status_code == 302
    assert client_of(cast.dinas).post(page + "peran/", {"role": "ketua", "version": "0"}).status_code == 403


def test_a_member_of_another_group_is_not_found_under_this_one(cast: Cast, client_of: ClientOf) -> None:
    row = cast.other_group.memberships.get(person=cast.tetangga)
    for address in ("", "peran/", "pengakhiran/", "slip/", "pemulihan/", "pemulihan/penguatan/"):
        client = client_of(cast.ketua)
        answer = (
            client.post(f"/meja/kim/{cast.group.pk}/anggota/{row.pk}/{address}")
            if address
            else client.get(f"/meja/kim/{cast.group.pk}/anggota/{row.pk}/")
        )
        assert answer.status_code == 404


def test_a_recovery_by_its_screens(cast: Cast, client_of: ClientOf) -> None:
    page = f"/meja/kim/{cast.group.pk}/anggota/{cast.group.memberships.get(person=cast.anggota).pk}/"
    assert client_of(cast.ketua).post(page + "pemulihan/", {"reason": "HP hilang"}).status_code == 302
    assert "Menunggu orang kedua" in text_of(client_of(cast.sekretaris).get(page))
    assert client_of(cast.ketua).post(page + "pemulihan/penguatan/").status_code == 403
    shown = client_of(cast.sekretaris).post(page + "pemulihan/penguatan/")
    assert "Baru berlaku 24 jam lagi" in text_of(shown)
    assert "Pemulihan akun dikuatkan" in text_of(client_of(cast.anggota2).get(f"/meja/kim/{cast.group.pk}/"))
    assert "emulihan" in text_of(client_of(None).get(f"/kim/{cast.group.slug}/tentang/"))  # seen by everyone


# ------------------------------------------------------------ offices


def test_the_office_sees_what_waits_and_coverage_with_its_denominator(cast: Cast, client_of: ClientOf) -> None:
    stuck = proposed(cast)
    Group.objects.filter(pk=stuck.pk).update(waiting_since=timezone.now() - timedelta(days=40))
    Decree.objects.filter(group=cast.other_group).update(ends=today() + timedelta(days=30))
    page = text_of(client_of(cast.dinas).get("/meja/wilayah/"))
    assert "KIM Sumber Waras" in page
    assert "30 hari lagi" in page
    assert "<small> / 2</small>" in page


def test_the_office_counts_what_the_public_page_counts_and_each_number_opens_to_its_list(cast: Cast, client_of: ClientOf) -> None:
    Group.objects.filter(pk=cast.other_group.pk).update(state=Group.State.SUSPENDED)
    for group in Group.objects.all():
        reckon(group)
    villages, verified, _forming = numbers_of(cast.region)
    public = figures(cast.region)
    assert (villages["figure"], verified["figure"], verified["of"]) == (public.covered, public.verified, public.groups)
    listed = text_of(client_of(cast.dinas).get(villages["href"]))
    for group in Group.objects.exclude(state__in=("proposed", "socialised", "deliberated", "minuted", "dissolved")):
        assert group.name in listed


@pytest.mark.parametrize("address", ["", "petugas/", "aturan/", "aturan/groups.min_members/"])
def test_the_office_pages_are_for_officers_and_the_operator(cast: Cast, client_of: ClientOf, address: str) -> None:
    for somebody in (cast.kades, cast.camat, cast.dinas, cast.provinsi, cast.kementerian, cast.operator):
        assert client_of(somebody).get(f"/meja/wilayah/{address}").status_code == 200
    for somebody in (cast.ketua, cast.warga):
        assert client_of(somebody).get(f"/meja/wilayah/{address}").status_code == 403
    assert client_of(None).get(f"/meja/wilayah/{address}").status_code == 302


def appointing(**more: str) -> dict[str, str]:
    facts = {
        "place": "bermi gembong",
        "kind": "village",
        "name": "Budi Santoso",
        "credential": "081200009960",
        "role": "head",
        "title": "Kepala Desa",
        "letter": "1/2026",
    }
    return facts | {"starts": today().isoformat(), "ends": ""} | more


def test_an_officer_is_appointed_and_gets_a_slip_by_the_screens(cast: Cast, client_of: ClientOf) -> None:
    dinas = client_of(cast.dinas)
    sent = dinas.post("/meja/wilayah/petugas/", appointing())
    page = sent["Location"].split("?")[0]
    assert "Budi Santoso" in text_of(dinas.get(page))
    assert "Slip untuk Budi Santoso" in text_of(dinas.post(page + "slip/"))
    assert dinas.post(page + "pengakhiran/", {"reason": "Keliru", "version": "1"}).status_code == 302


@pytest.mark.parametrize(
    ("more", "status", "sentence"),
    [
        ({"place": "negeri dongeng"}, 422, "Tidak ada tempat"),
        ({"ends": "2020-01-01"}, 422, "sesudah tanggal mulai"),
        ({"credential": "ketua"}, 409, "nama lain"),
    ],
)
def test_a_wrong_appointment_keeps_the_form(cast: Cast, client_of: ClientOf, more: dict[str, str], status: int, sentence: str) -> None:
    page = client_of(cast.dinas).post("/meja/wilayah/petugas/", appointing(**more))
    assert page.status_code == status
    assert sentence in text_of(page)
    assert "Budi Santoso" in text_of(page)


def test_an_officer_outside_the_region_is_not_found(cast: Cast, client_of: ClientOf) -> None:
    row = cast.dinas.appointments.get()
    for address in ("slip/", "pengakhiran/", "pemulihan/", "pemulihan/penguatan/"):
        assert client_of(cast.kades).post(f"/meja/wilayah/petugas/{row.pk}/{address}").status_code == 404
    assert client_of(cast.kades).get(f"/meja/wilayah/petugas/{row.pk}/").status_code == 404


def test_an_officers_recovery_by_its_screens(cast: Cast, client_of: ClientOf) -> None:
    page = f"/meja/wilayah/petugas/{cast.dinas.appointments.get().pk}/"
    assert client_of(cast.provinsi).post(page + "pemulihan/", {"reason": "HP hilang"}).status_code == 302
    assert client_of(cast.dinas2).post(page + "pemulihan/penguatan/").status_code == 200
    assert Recovery.objects.get().confirmed_by == cast.dinas2


def test_a_rule_is_set_by_its_screen(cast: Cast, client_of: ClientOf) -> None:
    dinas, typed = client_of(cast.dinas), {"value": "7", "source": "Perbup 12/2026", "edition": "2026", "since": today().isoformat()}
    assert dinas.post("/meja/wilayah/aturan/groups.min_members/", typed).status_code == 302
    assert (
        dinas.post("/meja/wilayah/aturan/groups.verify_checklist/", typed | {"value": "SK asli dilihat\nKetua dihubungi"}).status_code
        == 302
    )
    assert dinas.post("/meja/wilayah/aturan/groups.decree_ranks/?kode=33.18.17.2003", typed | {"value": ["camat"]}).status_code == 302
    assert cast.region.setting("groups.min_members") == 7
    assert cast.region.setting("groups.verify_checklist") == ("SK asli dilihat", "Ketua dihubungi")
    assert cast.region.setting("groups.decree_ranks") == ("camat",)
    assert RegionSetting.objects.get(key="groups.decree_ranks").region == cast.region


@pytest.mark.parametrize(
    ("key", "more", "status"),
    [("groups.min_members", {"value": "0"}, 422), ("groups.min_members", {"source": ""}, 422), ("groups.no_such", {}, 404)],
)
def test_a_wrong_rule_is_refused(cast: Cast, client_of: ClientOf, key: str, more: dict[str, str], status: int) -> None:
    typed = {"value": "7", "source": "Perbup", "edition": "1", "since": today().isoformat()} | more
    assert client_of(cast.dinas).post(f"/meja/wilayah/aturan/{key}/", typed).status_code == status
    assert client_of(cast.kades).post(f"/meja/wilayah/aturan/{key}/", typed).status_code in (403, 404)


def test_one_member_is_shown_to_their_own_and_to_those_above(cast: Cast, client_of: ClientOf) -> None:
    page = f"/meja/kim/{cast.group.pk}/anggota/{cast.group.memberships.get(person=cast.anggota).pk}/"
    assert {client_of(somebody).get(page).status_code for somebody in (cast.redaktur, cast.pembina, cast.kades, cast.provinsi)} == {200}
    assert {client_of(somebody).get(page).status_code for somebody in (cast.tetangga, cast.warga)} == {404}
    assert page not in text_of(client_of(cast.warga).get(f"/meja/kim/{cast.group.pk}/"))


# ------------------------------------------------------------ lists and cost


def many(cast: Cast, count: int) -> None:
    for number in range(count):
        somebody = person(f"orang{number}", f"Orang {number}", number=5000 + number)
        group = group_in(cast.region, f"KIM Nomor {number}", f"nomor-{number}", state="registered" if number % 2 else "minuted")
        Membership.objects.create(group=group, person=cast.anggota, role="anggota", state="active", starts=today())
        Membership.objects.create(group=cast.group, person=somebody, role="anggota", state="active", starts=today())
        Decree.objects.filter(group=group).update(ends=today() + timedelta(days=number))
    Group.objects.filter(name__startswith="KIM Nomor").update(waiting_since=timezone.now() - timedelta(days=90))


def test_pages_of_groups_follow_one_another_without_a_gap(cast: Cast, client_of: ClientOf) -> None:
    many(cast, 45)
    dinas, address, found = client_of(cast.dinas), "?", []
    while address:
        page = dinas.get(f"/meja/kim/{address}")
        found += [row["title"] for row in page.context["rows"]]
        address = page.context["older"]
    assert len(found) == len(set(found)) == 45


PAGES = (
    ("dinas", "/meja/kim/"),
    ("anggota", "/meja/kim/"),
    ("operator", "/meja/kim/"),
    ("dinas", "/meja/kim/{group}/"),
    ("ketua", "/meja/kim/{group}/"),
    ("warga", "/meja/kim/{group}/"),
    ("ketua", "/meja/kim/{group}/anggota/{member}/"),
    ("dinas", "/meja/wilayah/"),
    ("operator", "/meja/wilayah/"),
    ("dinas", "/meja/wilayah/petugas/"),
    ("provinsi", "/meja/wilayah/petugas/{officer}/"),
    ("dinas", "/meja/wilayah/aturan/"),
    ("dinas", "/meja/wilayah/aturan/groups.label/"),
    ("warga", "/meja/kim/usulan/"),
)


@pytest.mark.parametrize(("part", "address"), PAGES)
def test_a_desk_page_asks_at_most_twelve_queries_however_much_there_is(cast: Cast, client_of: ClientOf, part: str, address: str) -> None:
    address = address.format(
        group=cast.group.pk, member=cast.group.memberships.get(person=cast.anggota).pk, officer=cast.dinas.appointments.get().pk
    )
    client = client_of(getattr(cast, part))
    many(cast, 1)
    few = queries(client, address)
    Group.objects.filter(slug="nomor-0").update(slug="lain")
    for account in Account.objects.filter(username="orang0"):
        Account.objects.filter(pk=account.pk).update(username="lain", phone=None)
    many(cast, 20)
    assert queries(client, address) <= 12
    assert abs(queries(client, address) - few) == 0


def test_every_form_of_the_formation_shows_where_it_may_be_filled(cast: Cast, client_of: ClientOf) -> None:
    group = carried_to(cast, "deliberated")
    page = text_of(client_of(cast.warga).get(f"/meja/kim/{group.pk}/"))
    assert 'name="minute-ketua"' in page
    other = text_of(client_of(cast.kades).get(f"/meja/kim/{group.pk}/"))
    assert 'name="minute-ketua"' not in other
    assert "Warsini (pengusul)" in other


def test_the_seats_of_the_minutes_are_read_line_by_line(cast: Cast) -> None:
    group = carried_to(cast, "deliberated")
    typed = {
        "on": today(),
        "minutes": "…",
        "ketua": "A",
        "ketua_credential": "a",
        "sekretaris": "B",
        "bendahara": "C",
        "members": "D; 0812\n\nE\n ; 1",
    }
    form = forms.MinuteForm(typed, group=group)
    assert form.is_valid(), form.errors
    assert [(seat.name, seat.credential, seat.role) for seat in form.facts()["seats"]][3:] == [
        ("D", "0812", "anggota"),
        ("E", "", "anggota"),
    ]
    assert FOUR


def test_only_its_people_and_those_above_read_a_groups_record(cast: Cast, client_of: ClientOf) -> None:
    address = f"/meja/kim/{cast.group.pk}/"
    for insider in (cast.anggota, cast.dinas):
        assert 'id="catatan"' in client_of(insider).get(address).text
    for outsider in (cast.tetangga, cast.warga):
        assert 'id="catatan"' not in client_of(outsider).get(address).text
