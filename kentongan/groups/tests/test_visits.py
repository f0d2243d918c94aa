"""Guidance: an office's log about a group, what the group says of it, and who is visited next."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kentongan.core.errors import NotAllowed, NotNow
from kentongan.core.models import Entry
from kentongan.desk.waits import waiting_for
from kentongan.groups import actions
from kentongan.groups.models import Appointment, Group, Membership, Visit
from kentongan.groups.tests.factories import fresh, today
from tests.cast import Cast, appoint, group_in, person

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Any], Client]


def visit(cast: Cast, *, ago: int = 3, by: str = "dinas", **more: Any) -> Visit:
    facts = {"on": today() - timedelta(days=ago), "kind": "kunjungan", "found": "Buku kas rapi.", "agreed": "Rapat bulan depan."}
    return actions.note_visit(fresh(cast.group), **(facts | more), by=cast.people[by])


def waits(somebody: Any) -> list[str]:
    for read in ("_memberships", "_appointments", "_wait_rules"):  # a new request
        somebody.__dict__.pop(read, None)
    return [row.wait.kind for row in waiting_for(somebody)]


@pytest.mark.parametrize("who", ["kades", "camat", "dinas", "provinsi", "kementerian"])
def test_every_office_above_a_group_notes_what_it_found(cast: Cast, who: str) -> None:
    row = visit(cast, by=who)
    assert row.office == cast.offices[who] and row.post.endswith(str(cast.offices[who]))
    assert fresh(cast.group).last_visited_on == row.on


@pytest.mark.parametrize("who", ["ketua", "anggota", "tetangga", "warga", "operator"])
def test_nobody_else_writes_an_offices_log(cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowed):
        visit(cast, by=who)
    assert not Visit.objects.exists()


def test_the_record_of_a_visit_is_read_inside_only(cast: Cast, client_of: ClientOf) -> None:
    visit(cast)
    address = f"/meja/kim/{cast.group.pk}/pembinaan/"
    for who in ("anggota", "pembina", "ketua", "kades", "provinsi"):
        assert "Buku kas rapi." in client_of(cast.people[who]).get(address).text, who
    for who in ("tetangga", "warga", "operator"):
        assert client_of(cast.people[who]).get(address).status_code == 404, who


def test_an_officer_writes_it_down_by_the_form(cast: Cast, client_of: ClientOf) -> None:
    address = f"/meja/kim/{cast.group.pk}/pembinaan/"
    typed = {"on": str(today()), "kind": "telepon", "found": "Ketua sakit.", "agreed": "", "next_on": str(today() + timedelta(days=5))}
    sent = client_of(cast.dinas).post(address, typed)
    assert (sent.status_code, sent["Location"]) == (302, f"{address}?selesai=groups.note_visit")
    page = client_of(cast.ketua).get(address).text
    assert "Ketua sakit." in page and "Petugas KIM, Diskominfo Kab. Pati" in page and "Ratna Dewi" not in page.split("<main")[1]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"on": str(today() + timedelta(days=2))}, "belum tiba"),
        ({"next_on": str(today() - timedelta(days=9))}, "harus sesudah tanggal kunjungan"),
        ({"kind": "ngopi"}, "Pilih salah satu"),
        ({"found": ""}, "belum diisi"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(cast: Cast, client_of: ClientOf, wrong: dict[str, str], sentence: str) -> None:
    typed = {"on": str(today()), "kind": "telepon", "found": "Ketua sakit.", "agreed": "Kirim surat.", "next_on": ""} | wrong
    page = client_of(cast.dinas).post(f"/meja/kim/{cast.group.pk}/pembinaan/", typed)
    assert page.status_code == 422 and sentence in page.text and "Kirim surat." in page.text
    assert not Visit.objects.exists()


def test_the_group_adds_its_own_remark_and_changes_no_word_of_the_office(cast: Cast, client_of: ClientOf) -> None:
    row = visit(cast)
    address = f"/meja/kim/{cast.group.pk}/pembinaan/{row.pk}/catatan/"
    assert client_of(cast.dinas).post(address, {"version": row.version, "remark": "Saya juga"}).status_code == 403
    client_of(cast.sekretaris).post(address, {"version": row.version, "remark": "Buku tamu juga ada."})
    again = Visit.objects.get()
    assert (again.remark, again.remark_by, again.found) == ("Buku tamu juga ada.", cast.sekretaris, "Buku kas rapi.")
    assert client_of(cast.ketua).post(address, {"version": row.version, "remark": "Lain"}).status_code == 409  # filled from an older one


@pytest.mark.parametrize(("ahead", "waiting"), [(8, False), (7, True), (0, True), (-30, True)])
def test_the_next_visit_waits_at_the_office_when_it_comes_near(cast: Cast, ahead: int, waiting: bool) -> None:
    visit(cast, ago=60, next_on=today() + timedelta(days=ahead))
    assert ("visit" in waits(cast.dinas)) is waiting
    assert ("visit" in waits(cast.dinas2)) is waiting  # the office's, not the person's
    for other in (cast.kades, cast.provinsi, cast.ketua):
        assert "visit" not in waits(other)


def test_a_later_visit_keeps_the_plan_and_an_older_one_written_late_does_not(cast: Cast) -> None:
    first = visit(cast, ago=40, next_on=today() - timedelta(days=2))
    visit(cast, ago=50)
    assert "visit" in waits(cast.dinas)
    visit(cast, ago=1, by="camat")
    assert "visit" in waits(cast.dinas)  # another office came, not this one
    visit(cast, ago=0, by="dinas2")
    assert "visit" not in waits(cast.dinas)
    assert Visit.objects.get(pk=first.pk).settled
    assert fresh(cast.group).last_visited_on == today()


def test_the_office_moves_its_plan_and_nobody_else_does(cast: Cast, client_of: ClientOf) -> None:
    row = visit(cast, next_on=today())
    address = f"/meja/kim/{cast.group.pk}/pembinaan/{row.pk}/rencana/"
    for who in ("kades", "provinsi", "ketua"):
        assert client_of(cast.people[who]).post(address, {"version": row.version, "next_on": ""}).status_code == 403
    client_of(cast.dinas2).post(address, {"version": row.version, "next_on": ""})
    assert Visit.objects.get().next_on is None and "visit" not in waits(cast.dinas)


def test_the_log_survives_a_change_of_staff(cast: Cast, client_of: ClientOf) -> None:
    visit(cast, next_on=today())
    for part in ("dinas", "dinas2"):
        Appointment.objects.filter(person=cast.people[part]).update(ends=today() - timedelta(days=1))
    newcomer = person("baru", "Petugas Baru", number=77)
    appoint(cast.offices["dinas"], newcomer, Appointment.Role.OFFICER, "Petugas KIM", starts=today())
    assert "visit" in waits(newcomer)
    assert "Buku kas rapi." in client_of(newcomer).get(f"/meja/kim/{cast.group.pk}/pembinaan/").text


def test_a_dissolved_group_is_visited_no_more(cast: Cast) -> None:
    visit(cast, next_on=today())
    actions.dissolve(actions.ask_dissolution(fresh(cast.group), reason="Bubar", appeal_to="Bupati", by=cast.dinas), by=cast.dinas2)
    assert "visit" not in waits(cast.dinas)
    with pytest.raises(NotNow, match="dibubarkan"):
        visit(cast)


# ------------------------------------------------------------ the office's lists


def listed(client: Client, name: str) -> str:
    return client.get(f"/meja/wilayah/pembinaan/?daftar={name}").text


def test_the_regency_reads_whom_nobody_visited_longest(cast: Cast, client_of: ClientOf) -> None:
    visit(cast)
    page = listed(client_of(cast.dinas), "lama")
    assert page.index("KIM Bermi") < page.index("KIM Gulangpongge")
    assert "belum pernah didatangi" in page and "terakhir didatangi" in page and "hubungi Sugeng Riyadi" in page


def test_plans_stand_with_the_most_overdue_first(cast: Cast, client_of: ClientOf) -> None:
    visit(cast, ago=60, next_on=today() + timedelta(days=3))
    actions.note_visit(
        cast.other_group,
        on=today() - timedelta(days=90),
        kind="telepon",
        found="Sepi.",
        next_on=today() - timedelta(days=20),
        by=cast.dinas,
    )
    page = client_of(cast.dinas).get("/meja/wilayah/pembinaan/").text
    assert page.index("KIM Bermi") < page.index("KIM Gulangpongge") and "Lewat 20 hari" in page
    assert "KIM Bermi" not in client_of(cast.camat).get("/meja/wilayah/pembinaan/").text.split("<main")[1]


@pytest.mark.parametrize(("days", "where"), [(119, ""), (121, "mulai-diam"), (179, "mulai-diam"), (181, "diam")])
def test_two_thirds_of_the_days_are_told_early(cast: Cast, client_of: ClientOf, days: int, where: str) -> None:
    long_ago, now = timezone.now() - timedelta(days=days), timezone.now()
    Group.objects.update(last_published_at=now)
    Group.objects.filter(pk=cast.group.pk).update(last_published_at=long_ago, public_since=long_ago)
    group = fresh(cast.group)
    assert (group.falling_silent, group.dormant) == (where == "mulai-diam", where == "diam")
    for name in ("mulai-diam", "diam"):
        assert ("KIM Gulangpongge" in listed(client_of(cast.dinas), name).split("<main")[1]) is (name == where)


def test_the_lists_ask_no_more_for_twenty_than_for_one(cast: Cast, client_of: ClientOf) -> None:
    browser = client_of(cast.dinas)
    counts: dict[str, list[int]] = {}
    listed(browser, "rencana")  # what waits for this officer is known from now on
    for many in (1, 25):
        for number in range(many):
            group_in(cast.region, f"KIM {many}.{number}", f"kim-{many}-{number}", public_since=timezone.now() - timedelta(days=150))
        for name in ("rencana", "lama", "mulai-diam", "diam"):
            with CaptureQueriesContext(connection) as asked:
                listed(browser, name)
            counts.setdefault(name, []).append(len(asked))
    assert all(few == more <= 12 for few, more in counts.values()), counts


def test_a_list_goes_on_where_it_ended_and_shows_each_group_once(cast: Cast, client_of: ClientOf) -> None:
    for number in range(25):
        group_in(
            cast.region,
            f"KIM Nomor {number:02}.",
            f"kim-{number}",
            last_visited_on=today() - timedelta(days=number // 2) if number % 3 else None,
        )
    browser, seen, address = client_of(cast.dinas), [], "/meja/wilayah/pembinaan/?daftar=lama"
    for _page in range(3):
        text = browser.get(address).text
        seen += [number for number in range(25) if f"KIM Nomor {number:02}." in text]
        if 'rel="next"' not in text:
            break
        address = "/meja/wilayah/pembinaan/" + text.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    assert sorted(seen) == list(range(25))


def test_the_group_page_of_visits_is_cheap(cast: Cast, client_of: ClientOf) -> None:
    for _each in range(5):
        visit(cast)
    browser = client_of(cast.dinas)
    with CaptureQueriesContext(connection) as asked:
        browser.get(f"/meja/kim/{cast.group.pk}/pembinaan/")
    assert len(asked) <= 12, "\n".join(row["sql"][:160] for row in asked)


def test_each_visit_has_its_line_of_the_record(cast: Cast) -> None:
    row = visit(cast)
    assert list(Entry.of(row).values_list("action", flat=True)) == ["groups.note_visit"]
    assert Membership.objects.filter(group=cast.group).exists()
