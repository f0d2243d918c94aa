"""Government material: sent to groups in the office's area, taken up or not by each of them, saying for good whose words it is."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kentongan.core.actions import may
from kentongan.core.actors import CLOCK
from kentongan.core.errors import NotAllowed, NotNow
from kentongan.core.jobs import run_pending
from kentongan.core.models import Entry, Step
from kentongan.groups.models import Group
from kentongan.newsroom import actions, jobs
from kentongan.newsroom.models import Material, Offer, Story
from kentongan.newsroom.tests.material import SAID, again, later, material_in, offer_in, published_from
from kentongan.pages.models import Change, Moment
from kentongan.regions.models import Region
from tests.cast import group_in

pytestmark = pytest.mark.django_db
OUTSIDERS = ["kades", "camat", "provinsi", "kementerian", "operator", "warga", "redaktur", "ketua"]


def at(moment):
    """As if it were that moment, for whoever asks the clock."""
    return patch("django.utils.timezone.now", return_value=moment)


# The office


@pytest.mark.parametrize("who", OUTSIDERS)
def test_only_officers_of_the_office_make_its_material(cast, who):
    with pytest.raises(NotAllowed):
        actions.draft_material(cast.offices["dinas"], **SAID, valid_until=later(), by=getattr(cast, who))
    material = material_in("drafted", cast)
    for action in ("edit_material", "choose_receivers", "send_material", "withdraw_material"):
        assert not may(getattr(cast, who), f"newsroom.{action}", material).ok


def test_a_second_officer_of_the_same_office_sends_what_the_first_one_prepared(cast):
    actions.send_material(material_in("drafted", cast), by=cast.dinas2)
    assert Material.objects.get().state == "sent"


def test_what_was_sent_is_changed_by_nobody(cast):
    material = material_in("sent", cast)
    with pytest.raises(NotNow):
        actions.edit_material(material, **SAID | {"title": "Lain"}, valid_until=later(), by=cast.dinas)
    with pytest.raises(NotNow):
        actions.choose_receivers(material, region=None, field="", by=cast.dinas)


def test_a_material_without_a_day_ahead_is_not_sent(cast):
    material = material_in("drafted", cast, valid_until=later(-1))
    answer = may(cast.dinas, "newsroom.send_material", material)
    assert not answer.ok and "sudah lewat" in answer.sentence and answer.yours == ("newsroom.edit_material",)


def test_the_database_refuses_a_sent_material_that_is_over(cast):
    with pytest.raises(IntegrityError, match="sent_material_still_holds"), transaction.atomic():
        Material.objects.filter(pk=material_in("sent", cast).pk).update(expires_at=timezone.now() - timedelta(days=90))


def test_the_last_day_counts_whole_on_the_clock_of_the_office(cast):
    material = material_in("sent", cast)
    assert material.expires_at == material.end_of(later()) and material.expires_at.astimezone(material.tz).hour == 0
    assert material.expires_at.astimezone(material.tz).date() == later(31)


# Receivers


def test_it_goes_to_the_groups_of_the_offices_area_only(cast):
    elsewhere = group_in(region_of("11.01.01.2001"), "KIM Aceh", "aceh")
    material = material_in("sent", cast)
    assert set(material.offers.values_list("group__slug", flat=True)) == {"gulangpongge", "bermi"}
    assert not material.receivers().filter(pk=elsewhere.pk)
    assert set(material_in("sent", cast, by=cast.kementerian).offers.values_list("group__slug", flat=True)) == {
        "gulangpongge",
        "bermi",
        "aceh",
    }
    assert set(material_in("sent", cast, by=cast.camat).offers.values_list("group__slug", flat=True)) == {"gulangpongge"}


def test_receivers_are_chosen_by_region_by_field_and_by_list(cast):
    material = material_in("drafted", cast)
    district = Region.objects.get(code="33.18.17")
    actions.choose_receivers(again(material), region=district, field="", by=cast.dinas)
    assert [group.slug for group in again(material).receivers()] == ["gulangpongge"]
    Group.objects.filter(slug="bermi").update(fields=["pertanian"])
    actions.choose_receivers(again(material), region=None, field="pertanian", by=cast.dinas)
    assert [group.slug for group in again(material).receivers()] == ["bermi"]
    actions.choose_receivers(again(material), region=None, field="", groups=[cast.group], by=cast.dinas)
    assert [group.slug for group in again(material).receivers()] == ["gulangpongge"]


def test_a_region_outside_the_office_is_refused_and_a_list_never_leaves_it(cast):
    elsewhere = group_in(region_of("11.01.01.2001"), "KIM Aceh", "aceh")
    material = material_in("drafted", cast)
    with pytest.raises(NotNow, match="di luar wilayah"):
        actions.choose_receivers(again(material), region=elsewhere.region, field="", by=cast.dinas)
    actions.choose_receivers(again(material), region=None, field="", groups=[elsewhere], by=cast.dinas)
    assert not again(material).receivers().exists()
    assert "Belum ada KIM" in may(cast.dinas, "newsroom.send_material", again(material)).sentence


def test_suspended_and_dissolved_groups_are_left_out_and_named(cast):
    Group.objects.filter(slug="bermi").update(state="suspended")
    material = material_in("sent", cast)
    assert list(material.offers.values_list("group__slug", flat=True)) == ["gulangpongge"]
    assert [group.slug for group in material.left_out()] == ["bermi"]


def test_sending_runs_in_batches_and_twice_without_a_second_offer(cast, monkeypatch):
    monkeypatch.setattr(actions.materials, "BATCH", 3)
    for number in range(8):
        group_in(cast.region, f"KIM Contoh {number}", f"contoh-{number}")
    material = material_in("sent", cast, deliver=False)
    run_pending()
    assert material.offers.count() == 10 and again(material).delivered_at
    jobs.deliver_material(material.pk)
    assert material.offers.count() == 10
    assert Entry.of(material).filter(action="newsroom.deliver_material", by_kind="clock").exists()


def test_what_a_batch_costs_does_not_grow_with_the_groups(cast):
    def cost() -> int:
        material = material_in("sent", cast, deliver=False)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            jobs.deliver_material(material.pk)
        return len(queries)

    few = cost()
    for number in range(40):
        group_in(cast.region, f"KIM Contoh {number}", f"contoh-{number}")
    assert cost() == few


def test_a_withdrawn_material_is_delivered_to_nobody_else(cast):
    material = material_in("withdrawn", cast, deliver=False)
    run_pending()
    assert not material.offers.exists()


# The group's answer


def test_adopting_makes_a_labelled_draft_with_the_office_as_its_source_and_publishes_nothing(cast):
    offer = offer_in("adopted", cast)
    story = offer.story
    assert (story.state, story.author, story.material) == ("gathered", cast.anggota, offer.material)
    assert story.origin_label() == "Bahan dari Diskominfo Kab. Pati"
    assert (story.headline, story.summary) == (SAID["title"], SAID["summary"]) and "Apakah harus ber-BPJS?" in story.body
    assert [source.who for source in story.sources.all()] == ["Diskominfo Kab. Pati"]
    assert Step.into(story) == [offer.material]
    assert offer.read_at and offer.answered_by == cast.anggota


def test_an_adopted_story_goes_the_whole_checked_way(cast):
    story = again(offer_in("adopted", cast).story)
    with pytest.raises(NotNow):
        actions.publish(story, by=cast.redaktur)
    assert not may(cast.anggota, "newsroom.submit", story).ok
    assert published_from(story.offer, cast).verifier == cast.pemeriksa


@pytest.mark.parametrize(
    "who", ["dinas", "dinas2", "kades", "camat", "provinsi", "kementerian", "operator", "warga", "tetangga", "pembina"]
)
def test_nobody_from_outside_answers_for_the_group(cast, who):
    offer = offer_in("sent", cast)
    for action in ("read_offer", "adopt", "decline_offer", "comment_on_offer"):
        assert not may(getattr(cast, who), f"newsroom.{action}", offer).ok


def test_an_offer_is_adopted_once(cast):
    offer = offer_in("adopted", cast)
    with pytest.raises(NotNow):
        actions.adopt(offer, region=cast.region, kind="berita", by=cast.redaktur)
    assert Story.objects.filter(material=offer.material).count() == 1


def test_a_decline_says_why_and_may_be_thought_over(cast):
    offer = offer_in("sent", cast)
    with pytest.raises(NotNow, match="Sebutkan mengapa"):
        actions.decline_offer(again(offer), reason=" ", by=cast.redaktur)
    actions.decline_offer(again(offer), reason="Desa kami punya jadwal sendiri.", by=cast.redaktur)
    assert again(offer).state == "declined" and again(offer).read_at
    actions.adopt(again(offer), region=cast.region, kind="pengumuman", by=cast.anggota)
    assert again(offer).state == "adopted"


def test_a_comment_goes_back_to_the_office_and_leaves_the_choice_open(cast):
    offer = offer_in("commented", cast)
    assert offer.comment and offer.commented_by == cast.redaktur and not offer.answered_at
    with pytest.raises(NotNow, match="sudah menanggapi"):
        actions.comment_on_offer(offer, comment="Lagi.", by=cast.ketua)
    actions.adopt(again(offer), region=cast.region, kind="pengumuman", by=cast.anggota)
    assert again(offer).comment


def test_the_photo_of_an_adopted_story_is_its_own(cast):
    from kentongan.media.jobs import render
    from kentongan.newsroom.tests.test_pages import jpeg

    drafted = actions.draft_material(
        cast.offices["dinas"], **SAID, valid_until=later(), upload=jpeg(), alt="Antre di balai desa", credit="Dinas", by=cast.dinas
    )
    assert "Fotonya" in may(cast.dinas, "newsroom.send_material", again(drafted)).sentence
    render(photo=drafted.photo_id)
    actions.send_material(again(drafted), by=cast.dinas)
    run_pending()
    offer = again(drafted).offers.get(group=cast.group)
    story = published_from_adoption(offer, cast)
    picture = story.picture
    assert picture.photo_id != again(drafted).photo_id and picture.photo.public and not again(drafted).photo.public
    actions.retract(again(story), reason="Keliru.", by=cast.redaktur)
    assert not again(story).picture.photo.public and again(drafted).photo.open(picture.photo.widths[0], "jpg")


def published_from_adoption(offer, cast):
    actions.adopt(offer, region=cast.region, kind="pengumuman", by=cast.anggota)
    return published_from(again(offer), cast)


# Time, and taking back


def test_a_page_made_from_it_says_until_when_and_then_since_when_no_more(cast):
    offer = offer_in("adopted", cast, valid_until=later(3))
    story = published_from(offer, cast)
    assert story.origin_note().startswith("Bahan ini berlaku sampai ")
    expires = again(offer.material).expires_at
    assert set(story.sites()) <= set(Moment.objects.filter(at=expires).values_list("site", flat=True))
    with at(expires - timedelta(microseconds=1)):
        assert "berlaku sampai" in story.origin_note()
    with at(expires):
        assert story.origin_note().startswith("Sudah lewat masa berlaku sejak ")


def test_adopting_in_the_second_it_expires_is_refused_with_what_to_do(cast):
    offer = offer_in("sent", cast)
    expires = offer.material.expires_at
    with at(expires):
        answer = may(cast.anggota, "newsroom.adopt", again(offer))
        assert not answer.ok and "Minta yang baru kepada Diskominfo Kab. Pati" in answer.sentence
        with pytest.raises(NotNow, match="Masa berlaku"):
            actions.adopt(again(offer), region=cast.region, kind="berita", by=cast.anggota)
    with at(expires - timedelta(microseconds=1)):
        actions.adopt(again(offer), region=cast.region, kind="berita", by=cast.anggota)
    assert again(offer).state == "adopted"


def test_the_clock_marks_what_is_over_once(cast):
    material = material_in("sent", cast)
    jobs.expire_materials()
    assert again(material).state == "sent"
    with at(material.expires_at):
        jobs.expire_materials()
        jobs.expire_materials()
    assert again(material).state == "expired"
    assert Entry.of(material).filter(action="newsroom.expire_material").count() == 1
    with pytest.raises(NotNow):
        actions.withdraw_material(again(material), reason="Terlambat.", by=cast.dinas)


def test_withdrawing_says_why_on_every_story_made_of_it_and_changes_no_word(cast):
    story = published_from(offer_in("adopted", cast), cast)
    before = (story.headline, story.summary, story.body, story.version)
    Change.objects.all().delete()
    with pytest.raises(NotNow, match="Sebutkan mengapa"):
        actions.withdraw_material(again(story.material), reason="", by=cast.dinas)
    actions.withdraw_material(again(story.material), reason="Jadwalnya berubah.", by=cast.dinas)
    story = again(story)
    assert "ditarik Diskominfo Kab. Pati" in story.origin_note() and "Jadwalnya berubah." in story.origin_note()
    assert (story.headline, story.summary, story.body, story.version) == before
    assert set(Change.objects.values_list("site", flat=True)) == set(story.sites())


def test_an_offer_of_a_withdrawn_material_cannot_be_adopted(cast):
    offer = offer_in("read", cast)
    actions.withdraw_material(again(offer.material), reason="Jadwalnya berubah.", by=cast.dinas)
    assert "Jadwalnya berubah." in may(cast.anggota, "newsroom.adopt", again(offer)).sentence


def test_who_may_read_what(cast):
    drafted, sent = material_in("drafted", cast), material_in("sent", cast, by=cast.camat)

    def sees(who):
        return set(Material.objects.visible_to(getattr(cast, who)).values_list("pk", flat=True))

    assert sees("dinas") == {drafted.pk} and sees("camat") == {sent.pk}
    assert sees("anggota") == {sent.pk} and sees("pembina") == {sent.pk}
    assert sees("tetangga") == sees("warga") == sees("kades") == sees("operator") == set()
    assert not Material.objects.visible_to(None) and not Offer.objects.visible_to(None)


def test_a_story_is_never_both_material_and_repost(cast):
    story = again(offer_in("adopted", cast).story)
    with pytest.raises(IntegrityError, match="story_has_one_origin"), transaction.atomic():
        Story.objects.filter(pk=story.pk).update(
            repost_of=Story.objects.create(
                group=cast.other_group, region=cast.other_group.region, author=cast.tetangga, state="gathered", place="Bermi"
            )
        )


def region_of(code):
    from kentongan.regions.tests.factories import region_chain

    return region_chain(code)


def test_delivering_and_expiring_are_the_clocks(cast):
    material = material_in("sent", cast)
    for action in ("deliver_material", "expire_material"):
        assert not may(cast.dinas, f"newsroom.{action}", material).ok
    with at(material.expires_at):
        assert may(CLOCK, "newsroom.expire_material", material).ok
