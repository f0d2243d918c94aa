"""What was found makes a second person look; it never refuses a story, and no office can lay or lift a hold."""

import pytest
from django.utils import timezone

from kentongan.core.actions import may
from kentongan.core.actors import CLOCK
from kentongan.core.errors import NotAllowed, NotNow
from kentongan.core.models import Entry
from kentongan.newsroom import actions
from kentongan.newsroom.models import Alarm, Hold
from kentongan.newsroom.tests.factories import FACTS, NOTES, WORDS, correction_in, story_in
from kentongan.regions.models import RegionSetting
from tests.cast import browser_for, village

pytestmark = pytest.mark.django_db

INJECTED = WORDS["body"] + "\n\nMain di https://situs.id/slot-gacor-77 sekarang."
LOOKED = "Tautannya saya buka: halaman contoh di berita penolakan."


@pytest.fixture
def cast():
    return village()


def again(row):
    return type(row)._default_manager.get(pk=row.pk)


def held(cast, state="submitted", **words):
    """A story in which something was found."""
    return story_in(state, cast, words={"body": INJECTED} | words)


def watch(region, *words):
    """The region asks for these words to be looked at."""
    RegionSetting.replace(region, "newsroom.watched_words", list(words), source="SE 5/2026", edition="1", since=timezone.localdate())


def test_a_story_in_which_something_was_found_is_handed_in_and_held(cast):
    story = held(cast)
    hold = story.holds.get()
    assert (story.state, hold.state) == ("submitted", "open")
    assert [(one.cause, one.found, one.part) for one in hold.found] == [("link", "https://situs.id/slot-gacor-77", "body")]
    line = Entry.of(hold).get()
    assert (line.by_kind, line.capacity) == ("clock", "pemeriksaan otomatis")


def test_while_it_is_held_it_is_not_published_and_who_can_look_is_named(cast):
    story = held(cast, "verified")
    with pytest.raises(NotNow, match=r"perlu dilihat orang kedua dulu: “https://situs\.id/slot-gacor-77”") as refused:
        actions.publish(story, by=cast.redaktur)
    assert "Siti Rahayu (pemeriksa)" in refused.value.helpers
    with pytest.raises(NotNow):
        actions.schedule(again(story), at=timezone.now() + timezone.timedelta(hours=1), by=cast.redaktur)
    assert again(story).state == "verified"


@pytest.mark.parametrize("person", ["pemeriksa", "redaktur", "redaktur2"])
def test_a_checker_or_editor_who_did_not_write_it_lets_it_out(cast, person):
    story = held(cast, "verified")
    hold = actions.release_hold(story.holds.get(), note=LOOKED, by=cast.people[person])
    assert (hold.state, hold.note, hold.decided_by) == ("released", LOOKED, cast.people[person])
    assert actions.publish(again(story), by=cast.redaktur).state == "published"


@pytest.mark.parametrize(
    "person", ["anggota", "anggota2", "ketua", "kades", "camat", "dinas", "provinsi", "kementerian", "operator", "warga", "tetangga"]
)
def test_nobody_else_lets_it_out_no_office_and_not_the_operator(cast, person):
    hold = held(cast).holds.get()
    for action in (actions.release_hold, actions.uphold_hold):
        with pytest.raises(NotAllowed):
            action(hold, note=LOOKED, by=cast.people[person])


def test_nobody_looks_at_their_own_words(cast):
    hold = story_in("submitted", cast, author=cast.redaktur, words={"body": INJECTED}).holds.get()
    with pytest.raises(NotAllowed, match="tidak ikut menulisnya") as refused:
        actions.release_hold(hold, note=LOOKED, by=cast.redaktur)
    assert "Dwi Astuti (redaktur)" not in refused.value.helpers and "Siti Rahayu (pemeriksa)" in refused.value.helpers


@pytest.mark.parametrize("person", ["redaktur", "dinas", "operator", "kementerian"])
def test_no_person_lays_a_hold(cast, person):
    story = story_in("submitted", cast)
    assert not may(cast.people[person], "newsroom.hold", Hold(story=story))
    assert not may(cast.people[person], "newsroom.raise_alarm", Alarm(group=cast.group))
    assert may(CLOCK, "newsroom.hold", Hold(story=story))


def test_whoever_looked_says_what_they_saw(cast):
    with pytest.raises(NotNow, match="Tulis apa yang Anda lihat"):
        actions.release_hold(held(cast).holds.get(), note=" ", by=cast.pemeriksa)


def test_what_must_change_stays_held_until_it_is_changed(cast):
    story = held(cast, "verified")
    hold = actions.uphold_hold(story.holds.get(), note="Ini iklan judi, bukan bagian kabar.", by=cast.pemeriksa)
    with pytest.raises(NotNow):
        actions.publish(again(story), by=cast.redaktur)
    actions.write(again(story), **WORDS, **FACTS, by=cast.anggota)
    assert again(hold).state == "gone"
    actions.submit(again(story), by=cast.anggota)
    actions.verify(again(story), notes=NOTES, by=cast.pemeriksa)
    assert actions.publish(again(story), by=cast.redaktur).state == "published"


def test_an_upheld_hold_may_still_be_let_out_by_another_look(cast):
    hold = actions.uphold_hold(held(cast).holds.get(), note="Iklan.", by=cast.pemeriksa)
    assert actions.release_hold(hold, note=LOOKED, by=cast.redaktur).state == "released"


def test_words_that_were_looked_at_are_not_held_again_the_same_words_elsewhere_are(cast):
    story = held(cast)
    actions.release_hold(story.holds.get(), note=LOOKED, by=cast.pemeriksa)
    body = INJECTED.replace("RT 02", "RT 03") + "\n\nWarga setuju."
    actions.write(again(story), **WORDS | {"body": body}, **FACTS, by=cast.anggota)
    actions.submit(again(story), by=cast.anggota)
    assert not story.holds.standing().exists()
    actions.write(again(story), **WORDS | {"body": body + "\n\nSlot gacor hari ini!"}, **FACTS, by=cast.anggota)
    actions.submit(again(story), by=cast.anggota)
    assert [one.found for one in story.holds.standing().get().found] == ["Slot gacor", "gacor hari ini"][:1]


def test_other_words_are_put_before_people_again(cast):
    story = held(cast)
    actions.uphold_hold(story.holds.get(), note="Iklan.", by=cast.pemeriksa)
    actions.write(again(story), **WORDS | {"body": "t0gel hari ini"}, **FACTS, by=cast.anggota)
    hold = story.holds.get()
    assert (hold.state, hold.note, hold.decided_by) == ("open", "", None) and "t0gel" in hold.told[0]["found"]


def test_a_draft_is_not_held_while_it_is_written(cast):
    assert not held(cast, "written").holds.exists()


def test_a_suspicious_source_holds_it_too(cast):
    story = story_in("written", cast)
    actions.add_source(story, who="Situs", how="dibaca", link="https://togel.id/a", by=cast.anggota)
    actions.read_along(again(story), by=cast.anggota2)
    actions.submit(again(story), by=cast.anggota)
    assert story.holds.get().found[0].part == "source"


def test_a_correction_is_no_way_around_it(cast):
    story = story_in("published", cast)
    correction = correction_in("proposed", story, cast, body=INJECTED)
    hold = correction.holds.get()
    with pytest.raises(NotNow, match="perlu dilihat"):
        actions.confirm_correction(correction, by=cast.pemeriksa)
    with pytest.raises(NotAllowed):
        actions.release_hold(hold, note=LOOKED, by=cast.anggota)
    actions.release_hold(hold, note=LOOKED, by=cast.pemeriksa)
    assert actions.confirm_correction(again(correction), by=cast.redaktur).state == "confirmed"


def test_a_word_its_region_watches_is_looked_at_and_never_refused(cast):
    watch(cast.region, "bupati korupsi", "kafir")
    story = story_in("verified", cast, words={"body": "Kata kafir ada di prasasti itu."})
    hold = story.holds.get()
    assert (hold.found[0].cause, story.state) == ("words", "verified")
    actions.release_hold(hold, note="Kutipan prasasti, wajar.", by=cast.pemeriksa)
    assert actions.publish(again(story), by=cast.redaktur).state == "published"


def test_an_office_that_adds_words_cannot_stop_a_group_its_own_people_let_it_out(cast):
    watch(cast.region, "warga", "desa", "air")
    story = story_in("verified", cast)
    for office in ("dinas", "kades", "kementerian"):
        assert not may(cast.people[office], "newsroom.release_hold", story.holds.get())
    actions.release_hold(story.holds.get(), note="Kata sehari-hari.", by=cast.pemeriksa)
    assert actions.publish(again(story), by=cast.redaktur).state == "published"


def test_a_list_of_words_has_whole_words(cast):
    with pytest.raises(ValueError, match="kata utuh"):
        watch(cast.region, "a")


def test_a_story_against_gambling_goes_out_like_any_other(cast):
    body = "Warga menolak judi online. Bandar togel ditangkap; slot imunisasi tetap Senin."
    story = story_in("published", cast, words={"headline": "Warga menolak judi online", "body": body})
    assert not story.holds.exists()


# On the pages


def test_the_story_at_the_desk_says_what_was_found_and_how_it_goes_on(cast):
    story = held(cast)
    page = browser_for(cast.pemeriksa).get(f"/meja/kabar/{story.pk}/").text
    assert "Perlu dilihat orang kedua" in page and "https://situs.id/slot-gacor-77" in page and "Sudah saya lihat, boleh terbit" in page
    theirs = browser_for(cast.anggota).get(f"/meja/kabar/{story.pk}/").text
    assert "Perlu dilihat orang kedua" in theirs and "Siti Rahayu (pemeriksa)" in theirs


def test_a_checker_lets_it_out_from_the_page(cast):
    story = held(cast)
    hold = story.holds.get()
    address = f"/meja/kabar/{story.pk}/tahanan/{hold.pk}/pelepasan/"
    browser = browser_for(cast.pemeriksa)
    assert browser.post(address, {"note": "", "version": hold.version}).status_code == 400
    assert browser.post(address, {"note": LOOKED, "version": hold.version}).status_code == 302
    assert again(hold).state == "released"


# What a region asks of checkers besides


def ask(region, *points):
    RegionSetting.replace(
        region, "newsroom.checklist", list(points), source="SE Diskominfo 7/2026", edition="2", since=timezone.localdate()
    )


def test_a_region_asks_more_of_a_kind_and_never_less(cast):
    before = [point.name for point in story_in("submitted", cast).points()]
    ask(cast.region, "panduan: Dibaca bidan", "Nomor darurat dicoba ditelepon", "berita: Foto dari kejadian ini")
    points = story_in("submitted", cast).points()
    assert [point.name for point in points][: len(before)] == before
    assert [point.label for point in points][len(before) :] == ["Nomor darurat dicoba ditelepon", "Foto dari kejadian ini"]


def test_what_it_asked_is_kept_as_it_was_worded_with_its_rule(cast):
    ask(cast.region, "Nomor darurat dicoba ditelepon")
    story = story_in("submitted", cast)
    with pytest.raises(NotNow, match="Nomor darurat dicoba ditelepon"):
        actions.verify(story, notes=NOTES, by=cast.pemeriksa)
    story = actions.verify(again(story), notes=NOTES | {"wilayah_0": "Tidak berlaku: tidak ada nomor."}, by=cast.pemeriksa)
    ask(cast.region, "Kalimat lain sama sekali")
    check = story.checks.get(item="region")
    assert (check.label, check.note) == ("Nomor darurat dicoba ditelepon", "Tidak berlaku: tidak ada nomor.")
    assert (check.rule.source, check.rule.edition) == ("SE Diskominfo 7/2026", "2")
    actions.publish(again(story), by=cast.redaktur)
    assert "Nomor darurat dicoba ditelepon: Tidak berlaku" in browser_for(None).get(again(story).get_absolute_url()).text


def test_the_checker_is_told_who_asks(cast):
    ask(cast.region, "Nomor darurat dicoba ditelepon")
    page = browser_for(cast.pemeriksa).get(f"/meja/kabar/{story_in('submitted', cast).pk}/pemeriksaan/").text
    assert "Nomor darurat dicoba ditelepon" in page and "SE Diskominfo 7/2026" in page


def test_the_checker_reads_beside_the_checklist_what_is_held(cast):
    story = held(cast)
    page = browser_for(cast.pemeriksa).get(f"/meja/kabar/{story.pk}/pemeriksaan/").text
    assert "https://situs.id/slot-gacor-77" in page and f"/meja/kabar/{story.pk}/#tahanan-{story.holds.get().pk}" in page
    actions.release_hold(story.holds.get(), note=LOOKED, by=cast.redaktur)
    assert "Perlu dilihat orang kedua" not in browser_for(cast.pemeriksa).get(f"/meja/kabar/{story.pk}/pemeriksaan/").text


def test_a_region_cannot_bury_checkers_in_points(cast):
    with pytest.raises(ValueError, match="Paling banyak 8 butir"):
        ask(cast.region, *(f"Butir nomor {n}" for n in range(9)))


def test_who_writes_about_their_own_affair_says_so_and_readers_read_it(cast):
    story = story_in("written", cast)
    actions.write(again(story), **WORDS, **FACTS, interest_note="Penulis pengurus BUMDes yang diberitakan.", by=cast.anggota)
    actions.read_along(again(story), by=cast.anggota2)
    actions.submit(again(story), by=cast.anggota)
    actions.verify(again(story), notes=NOTES, by=cast.pemeriksa)
    actions.publish(again(story), by=cast.redaktur)
    page = browser_for(None).get(again(story).get_absolute_url()).text
    assert "Kepentingan penulis:" in page and "Penulis pengurus BUMDes yang diberitakan." in page
    assert 'name="interest_note"' in browser_for(cast.anggota).get(f"/meja/kabar/{story_in('written', cast).pk}/tulis/").text
