"""Papers to sign are set from the record, and come back as evidence for those who may read it."""

from collections.abc import Callable
from io import BytesIO

import pytest
from django.test import Client
from pypdf import PdfReader

from kentongan.core.jobs import run_pending
from kentongan.groups import actions
from kentongan.groups.models import Group
from kentongan.groups.reading import papers
from kentongan.groups.tests.factories import a_decree, carried_to, fresh, proposed, today
from kentongan.media.models import Leaf
from kentongan.media.tests import paper
from kentongan.media.tests.pictures import jpeg, upload
from kentongan.regions.models import RegionSetting
from tests.cast import Cast

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., Client]


def words_of(pdf: bytes) -> str:
    pages = PdfReader(BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).replace("\u200b", "").split())


def deliberated(cast: Cast) -> Group:
    return actions.deliberate(proposed(cast), on=today(), attendance=31, place="Balai Desa", note="Sepakat.", by=cast.warga)


@pytest.mark.parametrize("state", ["proposed", "minuted"])
@pytest.mark.parametrize("name", list(papers.BY_NAME))
def test_every_paper_is_tagged_indonesian_and_the_same_bytes_for_the_same_record(cast: Cast, state: str, name: str) -> None:
    group = carried_to(cast, state)
    made = papers.printed(fresh(group), name)
    root = PdfReader(BytesIO(made)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"].startswith("id") and "/StructTreeRoot" in root  # type: ignore[index]
    assert papers.printed(fresh(group), name) == made


def test_the_minutes_name_the_day_the_place_who_came_and_the_board(cast: Cast) -> None:
    before = words_of(papers.printed(fresh(deliberated(cast)), "berita-acara"))
    assert "Balai Desa" in before and "31 orang" in before and "Tini Wulandari" not in before
    group = carried_to(cast, "minuted")
    after = words_of(papers.printed(fresh(group), "berita-acara"))
    assert "Tini Wulandari" in after and "Karjono" in after and "KEPALA DESA GULANGPONGGE" in after


def test_the_drafted_decree_is_of_the_rank_the_region_allows_and_for_its_term(cast: Cast) -> None:
    group = carried_to(cast, "minuted")
    assert "KEPUTUSAN KEPALA DESA GULANGPONGGE" in words_of(papers.printed(fresh(group), "draf-sk"))
    regency = cast.region.ancestors[1]
    RegionSetting.replace(regency, "groups.decree_ranks", ("camat",), source="Perbup", edition="1", since=today())
    RegionSetting.replace(regency, "groups.term_years", 5, source="Perbup", edition="1", since=today())
    draft = words_of(papers.printed(fresh(group), "draf-sk"))
    assert "KEPUTUSAN CAMAT GUNUNGWUNGKAL" in draft and "Masa bakti pengurus 5 tahun" in draft and "Tri Wibowo" in draft


def test_a_kelurahan_is_headed_by_a_lurah_and_a_city_by_its_mayor(cast: Cast) -> None:
    from kentongan.regions.tests.factories import region_chain

    ward = region_chain("33.73.01.1001")
    assert papers.head_title("lurah", ward).startswith("LURAH ")
    assert papers.head_title("bupati", ward.ancestors[1]).startswith("WALI KOTA ")


def test_every_regulation_in_a_draft_carries_its_warning_and_no_article(cast: Cast) -> None:
    draft = words_of(papers.printed(fresh(carried_to(cast, "minuted")), "draf-sk"))
    assert draft.count("(periksa)") == len(papers.RULES) + 1
    assert "Pasal" not in draft and "pasal" not in draft
    assert "NOMOR: ...." in draft


def test_the_statutes_say_that_they_are_a_sample(cast: Cast) -> None:
    words = words_of(papers.printed(fresh(carried_to(cast, "deliberated")), "ad-art"))
    assert "CONTOH. Sesuaikan dengan musyawarah" in words and "{" not in words


def test_the_attendance_list_asks_for_nothing_it_may_not(cast: Cast) -> None:
    words = words_of(papers.printed(fresh(proposed(cast)), "daftar-hadir"))
    assert "Jangan menulis NIK" in words and "46" in words


def test_names_written_to_do_harm_are_only_words(cast: Cast) -> None:
    group = proposed(cast, name='KIM #import "x" $y$')
    assert '#import "x" $y$' in words_of(papers.printed(fresh(group), "draf-sk"))


def test_papers_are_for_the_people_of_the_formation_and_the_offices_above(cast: Cast, client_of: ClientOf) -> None:
    address = f"/meja/kim/{cast.group.pk}/berkas/draf-sk.pdf"
    assert client_of(cast.kades).get(address)["Content-Type"] == "application/pdf"
    assert client_of(cast.anggota).get(address).status_code == 200
    assert client_of(cast.warga).get(address).status_code == 404
    assert client_of(cast.tetangga).get(address).status_code == 404
    assert client_of(cast.kades).get(f"/meja/kim/{cast.group.pk}/berkas/ijazah.pdf").status_code == 404


def evidence(cast: Cast) -> Group:
    """A formation with a photo, a list and a decree of two pages."""
    group = actions.socialise(proposed(cast), on=today(), evidence=upload(jpeg()), by=cast.kades)
    group = actions.deliberate(group, on=today(), attendance=31, roll=upload(paper.scanned(1), "hadir.pdf"), by=cast.warga)
    run_pending()
    return group


def test_evidence_is_shown_to_those_who_may_read_it_and_to_nobody_else(cast: Cast, client_of: ClientOf) -> None:
    group = evidence(cast)
    page = client_of(cast.warga).get(f"/meja/kim/{group.pk}/").text
    leaves = list(Leaf.objects.order_by("pk"))
    assert len(leaves) == 2 and "Daftar hadir, halaman 1" in page
    address = f"/meja/kim/{group.pk}/lembar/{leaves[1].pk}/{leaves[1].photo.widths[0]}.jpg"
    assert address in page
    assert client_of(cast.kades).get(address)["Content-Type"] == "image/jpeg"
    assert client_of(cast.tetangga).get(address).status_code == 404
    assert client_of(cast.ketua).get(address).status_code == 404


def test_a_page_of_one_group_is_not_served_under_another(cast: Cast, client_of: ClientOf) -> None:
    evidence(cast)
    leaf = Leaf.objects.select_related("photo").first()
    assert leaf is not None
    address = f"/meja/kim/{cast.group.pk}/lembar/{leaf.pk}/{leaf.photo.widths[0]}.jpg"
    assert client_of(cast.kades).get(address).status_code == 404


def test_a_decree_comes_as_a_pdf_of_several_pages(cast: Cast) -> None:
    group = actions.decree(carried_to(cast, "minuted"), a_decree(), scan=upload(paper.scanned(2), "sk.pdf"), by=cast.kades)
    run_pending()
    decree = fresh(group).all_decrees[0]
    assert [photo.ready for photo in decree.pages] == [True, True]


def test_a_pdf_that_is_more_than_paper_is_said_beside_its_field_and_nothing_is_recorded(cast: Cast, client_of: ClientOf) -> None:
    group = proposed(cast)
    typed = {"socialise-on": today().isoformat(), "socialise-evidence": upload(paper.with_script(), "a.pdf"), "version": str(group.version)}
    page = client_of(cast.kades).post(f"/meja/kim/{group.pk}/sosialisasi/", typed)
    assert page.status_code == 422 and "memuat program" in page.text
    assert fresh(group).state == "proposed"


def test_the_founders_page_says_what_comes_next_who_does_it_and_which_paper_it_needs(cast: Cast, client_of: ClientOf) -> None:
    group = carried_to(cast, "minuted")
    page = client_of(cast.warga).get(f"/meja/kim/{group.pk}/").text
    assert "Surat keputusan (SK)" in page and "Karjono (Kepala Desa" in page and "Cetak draf SK" in page


def test_the_regency_examines_beside_the_evidence_the_village_and_the_record(cast: Cast, client_of: ClientOf) -> None:
    group = actions.object_to(carried_to(cast, "registered"), reason="Belum diajak bicara.", by=cast.kades)
    client, address = client_of(cast.dinas), f"/meja/kim/{group.pk}/verifikasi/"
    page = client.get(address).text
    for words in ("Belum diajak bicara.", "Belum dijawab kelompok.", "SK dilihat dan nomornya cocok", "Dicatat kantor penerbitnya sendiri"):
        assert words in page
    typed = {"verify-checked": group.rules["verify_checklist"], "version": str(group.version)}
    assert "Belum semuanya diperiksa" in client.post(address, typed | {"verify-checked": typed["verify-checked"][:1]}).text
    assert client.post(address, typed)["Location"].startswith(f"/meja/kim/{group.pk}/?selesai=groups.verify")
    assert client_of(cast.kades).get(address)["Location"] == f"/meja/kim/{group.pk}/"


def test_formations_of_an_office_stand_by_step_with_who_is_waited_for(cast: Cast, client_of: ClientOf) -> None:
    group = carried_to(cast, "minuted")
    Group.objects.filter(pk=group.pk).update(waiting_since="2026-01-01T00:00Z")
    client = client_of(cast.dinas)
    page = client.get("/meja/wilayah/pembentukan/").text
    assert "KIM Sumber Waras" in page and "yang ditunggu: Karjono (Kepala Desa" in page and "macet" in page
    assert "KIM Sumber Waras" not in client.get("/meja/wilayah/pembentukan/?langkah=proposed").text
    assert "KIM Sumber Waras" in client.get("/meja/wilayah/pembentukan/?langkah=minuted&wilayah=33.18.17").text
    assert client_of(cast.ketua).get("/meja/wilayah/pembentukan/").status_code == 403


def test_the_page_of_formations_asks_the_same_for_one_and_for_twenty(
    cast: Cast, client_of: ClientOf, django_assert_max_num_queries: object
) -> None:
    for number in range(25):
        proposed(cast, name=f"KIM Nomor {number}")
    client = client_of(cast.dinas)
    client.get("/meja/wilayah/pembentukan/")
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        page = client.get("/meja/wilayah/pembentukan/").text
    assert page.count("yang ditunggu:") == 20 and 'rel="next"' in page
