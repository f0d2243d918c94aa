"""Passing on another group's story: with credit, checked by one's own people, following what becomes of the original."""

import pytest
from django.db import IntegrityError, transaction

from kentongan.core.actions import may
from kentongan.core.errors import NotAllowed, NotNow
from kentongan.core.jobs import run_pending
from kentongan.core.models import Step
from kentongan.newsroom import actions, jobs
from kentongan.newsroom.models import Story
from kentongan.newsroom.tests.factories import FACTS, RETRACTED_BECAUSE, WORDS, correction_in, story_in
from kentongan.newsroom.tests.material import REPOST_NOTES, again, neighbours, offer_in, published_from, repost_in
from kentongan.pages.models import Change, Moment
from tests.cast import group_in, member, person

pytestmark = pytest.mark.django_db


def changes() -> dict[str, bool]:
    """Which sites were told since, and whether hard."""
    return {row.site: row.hard for row in Change.objects.order_by("id")}


def test_a_repost_names_its_original_as_label_source_and_trace(cast):
    original = story_in("published", cast)
    repost = repost_in("written", cast, original, introduction="Ini penting juga bagi kita.")
    assert repost.origin_label() == "Dikutip dari KIM Gulangpongge"
    assert (repost.headline, repost.summary, repost.body) == (original.headline, original.summary, "Ini penting juga bagi kita.")
    assert [source.who for source in repost.sources.all()] == ["KIM Gulangpongge"]
    assert Step.into(repost) == [original]


def test_a_repost_is_checked_by_another_one_before_it_is_published(cast):
    people = neighbours(cast)
    member(cast.other_group, people["writer"], "pemeriksa")
    repost = repost_in("submitted", cast, story_in("published", cast), people=people)
    with pytest.raises(NotAllowed):
        actions.verify(repost, notes=REPOST_NOTES, by=people["writer"])
    with pytest.raises(NotNow):
        actions.publish(again(repost), by=people["editor"])
    actions.verify(again(repost), notes=REPOST_NOTES, by=people["checker"])
    actions.publish(again(repost), by=people["editor"])
    assert again(repost).state == "published"


def test_a_repost_of_a_repost_names_the_original(cast):
    original = story_in("published", cast)
    repost = repost_in("published", cast, original)
    third = group_in(cast.region, "KIM Ketiga", "ketiga")
    writer = person("ketiga", "Rini Susanti", number=83)
    member(third, writer, "anggota")
    assert actions.repost(repost, group=third, by=writer).repost_of == original


def test_the_database_refuses_a_repost_of_a_repost_and_of_ones_own(cast):
    original = story_in("published", cast)
    repost = repost_in("written", cast, original)
    third = group_in(cast.region, "KIM Ketiga", "ketiga")
    row = {"region": cast.region, "author": cast.anggota, "state": "gathered", "place": "RT 02"}
    for group, of in ((third, repost), (cast.group, original)):
        with pytest.raises(IntegrityError, match="cannot pass on"), transaction.atomic():
            Story.objects.create(group=group, repost_of=of, **row)


def test_ones_own_story_is_not_reposted_and_one_story_only_once(cast):
    original = story_in("published", cast)
    assert not may(cast.anggota, "newsroom.repost", original).ok
    with pytest.raises(NotNow, match="bukan kabar sendiri"):
        actions.repost(original, group=cast.group, by=cast.anggota)
    repost = repost_in("written", cast, original)
    with pytest.raises(NotNow, match="sudah mengutip"):
        repost_in("written", cast, original)
    actions.withdraw(repost, by=cast.tetangga2)
    assert repost_in("written", cast, original).pk != repost.pk


def test_coming_back_to_ones_own_story_by_way_of_a_repost_is_refused(cast):
    repost = repost_in("published", cast, story_in("published", cast))
    assert not may(cast.anggota, "newsroom.repost", repost).ok


@pytest.mark.parametrize("who", ["dinas", "kades", "warga", "operator", "pembina"])
def test_only_members_of_another_group_pass_it_on(cast, who):
    original = story_in("published", cast)
    assert not may(getattr(cast, who), "newsroom.repost", original).ok
    with pytest.raises(NotAllowed):
        actions.repost(original, group=cast.other_group, by=getattr(cast, who))


@pytest.mark.parametrize("state", ["written", "verified", "retracted", "withheld"])
def test_only_what_is_published_is_passed_on(cast, state):
    original = story_in(state, cast)
    with pytest.raises(NotNow):
        actions.repost(original, group=cast.other_group, by=neighbours(cast)["writer"])


def test_the_words_of_the_original_are_nobodys_to_change_in_a_repost(cast):
    repost = repost_in("written", cast, story_in("published", cast))
    with pytest.raises(NotNow, match="Ini kutipan"):
        actions.write(repost, **WORDS | {"headline": "Lain"}, **FACTS, by=cast.tetangga2)
    actions.introduce(again(repost), introduction="Tetangga kita di utara.", by=cast.tetangga2)
    assert (again(repost).headline, again(repost).body) == (repost.headline, "Tetangga kita di utara.")


def test_an_introduction_changed_after_the_check_is_checked_again(cast):
    repost = repost_in("verified", cast, story_in("published", cast))
    actions.introduce(repost, introduction="Tambahan.", by=cast.tetangga)
    assert again(repost).state == "written" and not again(repost).verifier


def test_a_correction_of_the_original_shows_on_every_repost(cast):
    original = story_in("published", cast)
    repost = repost_in("published", cast, original)
    Change.objects.all().delete()
    correction_in("confirmed", again(original), cast)
    assert again(repost).summary == again(original).summary and "46" in again(repost).summary
    assert set(repost.sites()) <= set(changes())


def test_a_retracted_original_takes_its_reposts_with_it(cast):
    original = story_in("published", cast)
    repost = repost_in("published", cast, original)
    group = again(cast.other_group)
    Change.objects.all().delete()
    actions.retract(again(original), reason=RETRACTED_BECAUSE, by=cast.redaktur)
    assert all(changes()[site] for site in repost.sites())
    run_pending()
    repost = again(repost)
    assert repost.state == "retracted" and RETRACTED_BECAUSE in repost.retraction_reason
    assert "KIM Gulangpongge" in repost.retraction_reason
    assert again(group).story_count == group.story_count - 1
    jobs.follow_original(original.pk)
    assert again(group).story_count == group.story_count - 1


def test_a_withheld_original_hides_its_reposts_and_a_restored_one_shows_them_again(cast):
    original = story_in("published", cast)
    repost = repost_in("published", cast, original)
    actions.withhold(again(original), order="Penetapan PN Pati 12/Pid/2026", by=cast.operator)
    run_pending()
    assert (again(repost).state, again(repost).order_reference) == ("withheld", "Penetapan PN Pati 12/Pid/2026")
    actions.restore(again(original), by=cast.operator)
    run_pending()
    assert again(repost).state == "published"


def test_an_order_against_the_repost_alone_outlives_the_originals(cast):
    original = story_in("published", cast)
    repost = repost_in("published", cast, original)
    actions.withhold(repost, order="Penetapan PN Pati 99/Pid/2026", by=cast.operator)
    actions.withhold(again(original), order="Penetapan PN Pati 12/Pid/2026", by=cast.operator)
    actions.restore(again(original), by=cast.operator)
    run_pending()
    assert again(repost).state == "withheld"


@pytest.mark.parametrize("how", ["retract", "withhold"])
def test_a_draft_whose_original_was_taken_back_is_not_published(cast, how):
    original = story_in("published", cast)
    repost = repost_in("verified", cast, original)
    if how == "retract":
        actions.retract(again(original), reason=RETRACTED_BECAUSE, by=cast.redaktur)
    else:
        actions.withhold(again(original), order="Penetapan PN Pati 12/Pid/2026", by=cast.operator)
    run_pending()
    with pytest.raises(NotNow, match="Kabar asalnya"):
        actions.publish(again(repost), by=cast.tetangga)


def test_a_repost_published_while_its_original_was_being_taken_back_follows(cast):
    original = story_in("published", cast)
    repost = repost_in("published", cast, original)
    run_pending()
    Story.objects.filter(pk=original.pk).update(state="retracted", retraction_reason="Keliru.", retracted_at=original.published_at)
    Story.objects.filter(pk=repost.pk).update(state="verified")
    actions.inner.follow_later(again(repost))
    Story.objects.filter(pk=repost.pk).update(state="published")
    run_pending()
    assert again(repost).state == "retracted"


def test_a_group_that_took_its_repost_back_may_pass_the_story_on_again(cast):
    original = story_in("published", cast)
    repost = repost_in("published", cast, original)
    actions.retract(repost, reason="Pengantarnya keliru.", by=cast.tetangga)
    assert repost_in("written", cast, original).pk != repost.pk


def test_passing_on_what_was_made_from_material_hides_neither_the_office_nor_the_expiry(cast):
    repost = repost_in("published", cast, published_from(offer_in("adopted", cast), cast))
    material = repost.original.material
    assert repost.origin_label() == "Dikutip dari KIM Gulangpongge"
    assert repost.origin_note().startswith("Bahan dari Diskominfo Kab. Pati. Bahan ini berlaku sampai ")
    assert set(repost.sites()) <= set(Moment.objects.filter(at=material.expires_at).values_list("site", flat=True))
    Change.objects.all().delete()
    actions.withdraw_material(again(material), reason="Jadwalnya berubah.", by=cast.dinas)
    assert "Jadwalnya berubah." in again(repost).origin_note() and set(repost.sites()) <= set(changes())
