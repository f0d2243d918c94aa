"""The photo of a story: what must be said about it, and who may see it when."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from kentongan.core.errors import BadRequest, NotAllowed, NotNow
from kentongan.media.jobs import render
from kentongan.media.models import Photo
from kentongan.newsroom import actions
from kentongan.newsroom.models import Story, StoryPhoto
from kentongan.newsroom.tests.factories import NOTES, story_in
from kentongan.regions.models import RegionSetting

pytestmark = pytest.mark.django_db
SAID = {"alt": "Air keluar dari pipa ke ember", "credit": "Joko P.", "shows_vulnerable": False, "consent": False}


def upload():
    file = BytesIO()
    Image.new("RGB", (640, 480), "teal").save(file, "JPEG")
    return SimpleUploadedFile("pipa.jpg", file.getvalue(), "image/jpeg")


def again(story):
    return Story.objects.get(pk=story.pk)


def illustrated(cast, **said):
    story = story_in("written", cast)
    actions.read_along(again(story), by=cast.anggota2)
    actions.illustrate(again(story), upload=upload(), **SAID | said, by=cast.anggota)
    return again(story)


def test_a_photo_is_public_only_while_its_story_is(cast):
    story = story_in("verified", cast, upload=upload())
    assert not Photo.objects.get().public
    actions.publish(again(story), by=cast.redaktur)
    assert Photo.objects.get().public
    actions.withhold(again(story), order="Penetapan 1", by=cast.operator)
    assert not Photo.objects.get().public
    actions.restore(again(story), by=cast.operator)
    assert Photo.objects.get().public
    actions.retract(again(story), reason="Keliru.", by=cast.redaktur)
    assert not Photo.objects.get().public


def test_what_is_no_photo_is_refused_and_nothing_is_kept(cast):
    story = story_in("written", cast)
    with pytest.raises(BadRequest):
        actions.illustrate(story, upload=SimpleUploadedFile("x.jpg", b"bukan foto"), **SAID, by=cast.anggota)
    assert not StoryPhoto.objects.exists() and not Photo.objects.exists()


@pytest.mark.parametrize("lacking", [{"alt": ""}, {"credit": " "}, {"shows_vulnerable": True}])
def test_a_photo_is_described_before_the_story_is_submitted(cast, lacking):
    story = illustrated(cast, **lacking)
    with pytest.raises(NotNow, match="Keterangan foto"):
        actions.submit(story, by=cast.anggota)
    actions.describe_photo(again(story).picture, **SAID | {"shows_vulnerable": True, "consent": True}, by=cast.anggota)
    assert actions.submit(again(story), by=cast.anggota).state == "submitted"


def test_a_refused_photo_holds_the_story_up_until_it_is_removed(cast):
    story = illustrated(cast)
    Photo.objects.update(state=Photo.State.REFUSED)
    with pytest.raises(NotNow, match="tidak bisa dipakai"):
        actions.submit(story, by=cast.anggota)
    actions.remove_photo(again(story).picture, by=cast.anggota)
    assert actions.submit(again(story), by=cast.anggota).state == "submitted"


def test_nobody_verifies_a_photo_that_cannot_be_seen_yet(cast):
    story = actions.submit(illustrated(cast), by=cast.anggota)
    with pytest.raises(NotNow, match="masih disiapkan"):
        actions.verify(again(story), notes=NOTES, by=cast.pemeriksa)


def test_the_picture_is_on_the_checklist_only_where_there_is_one(cast):
    assert "picture" not in story_in("written", cast).checklist()
    story = story_in("submitted", cast, upload=upload())
    assert "picture" in story.checklist()
    with pytest.raises(NotNow, match="Foto dari kejadian ini"):
        actions.verify(story, notes=NOTES | {"picture": ""}, by=cast.pemeriksa)


@pytest.mark.parametrize("state", ["submitted", "verified", "scheduled"])
def test_a_change_of_the_photo_has_to_be_checked_again(cast, state):
    change = {
        "illustrate": lambda story: actions.illustrate(story, upload=upload(), **SAID, by=cast.anggota),
        "describe": lambda story: actions.describe_photo(story.picture, **SAID | {"alt": "Lain"}, by=cast.anggota),
        "remove": lambda story: actions.remove_photo(story.picture, by=cast.anggota),
    }
    for how in change.values():
        story = story_in(state, cast, upload=upload())
        how(story)
        assert (again(story).state, again(story).verifier, again(story).publish_at) == ("written", None, None)


def alts(story):
    return [picture.alt for picture in again(story).gallery()]


def hang_three(cast):
    story = illustrated(cast, alt="satu")
    for alt in ("dua", "tiga"):
        actions.illustrate(again(story), upload=upload(), **SAID | {"alt": alt}, by=cast.anggota2)
    return again(story)


def test_photos_stand_in_the_order_in_which_they_came_and_the_first_is_the_cover(cast):
    story = hang_three(cast)
    assert alts(story) == ["satu", "dua", "tiga"]
    assert story.picture.alt == "satu"


def test_any_photo_can_be_the_cover_and_change_its_place(cast):
    story = hang_three(cast)
    actions.put_first(again(story).pictures.get(alt="tiga"), by=cast.anggota)
    assert alts(story) == ["tiga", "satu", "dua"] and again(story).picture.alt == "tiga"
    actions.move_up(again(story).pictures.get(alt="dua"), by=cast.anggota)
    assert alts(story) == ["tiga", "dua", "satu"]
    actions.move_up(again(story).pictures.get(alt="tiga"), by=cast.anggota)  # the first one has nowhere to go
    assert alts(story) == ["tiga", "dua", "satu"]


def test_when_the_cover_goes_the_next_one_is_the_cover(cast):
    story = hang_three(cast)
    actions.remove_photo(story.picture, by=cast.anggota)
    assert alts(story) == ["dua", "tiga"] and again(story).picture.alt == "dua"


def test_a_photo_taken_away_meanwhile_is_said_to_be_gone(cast):
    picture = hang_three(cast).picture
    actions.remove_photo(picture.story.pictures.get(pk=picture.pk), by=cast.anggota)
    picture.story = again(picture.story)
    with pytest.raises(NotNow, match="sudah dihapus"):
        actions.describe_photo(picture, **SAID, by=cast.anggota)


def test_a_story_has_only_so_many_photos_as_its_region_allows(cast):
    RegionSetting.replace(cast.region, "newsroom.most_photos", 2, source="SE 5/2026", edition="1", since=timezone.localdate())
    story = illustrated(cast)
    actions.illustrate(again(story), upload=upload(), **SAID, by=cast.anggota)
    with pytest.raises(NotNow, match="paling banyak berisi 2 foto"):
        actions.illustrate(again(story), upload=upload(), **SAID, by=cast.anggota)
    assert Photo.objects.count() == 2


def test_every_photo_is_looked_at_before_a_story_goes_on(cast):
    story = illustrated(cast)
    actions.illustrate(again(story), upload=upload(), **SAID | {"alt": ""}, by=cast.anggota)
    with pytest.raises(NotNow, match="Keterangan foto"):
        actions.submit(again(story), by=cast.anggota)
    second = again(story).gallery()[1]
    actions.describe_photo(second, **SAID, by=cast.anggota)
    actions.submit(again(story), by=cast.anggota)
    render(photo=again(story).picture.photo_id)
    with pytest.raises(NotNow, match="masih disiapkan"):
        actions.verify(again(story), notes=NOTES, by=cast.pemeriksa)
    render(photo=second.photo_id)
    actions.verify(again(story), notes=NOTES, by=cast.pemeriksa)
    actions.publish(again(story), by=cast.redaktur)
    assert [photo.public for photo in Photo.objects.all()] == [True, True]


def test_the_photo_of_a_published_story_stays(cast):
    story = story_in("published", cast, upload=upload())
    for how in (
        lambda: actions.illustrate(story, upload=upload(), **SAID, by=cast.redaktur),
        lambda: actions.describe_photo(story.picture, **SAID, by=cast.redaktur),
        lambda: actions.put_first(story.picture, by=cast.redaktur),
        lambda: actions.remove_photo(story.picture, by=cast.redaktur),
    ):
        with pytest.raises(NotNow):
            how()


@pytest.mark.parametrize("person", ["dinas", "kades", "warga", "tetangga", "pembina", "operator"])
def test_only_members_touch_the_photo(cast, person):
    story, other = illustrated(cast), cast.people[person]
    for how in (
        lambda: actions.illustrate(story, upload=upload(), **SAID, by=other),
        lambda: actions.describe_photo(story.picture, **SAID, by=other),
        lambda: actions.move_up(story.picture, by=other),
        lambda: actions.remove_photo(story.picture, by=other),
    ):
        with pytest.raises(NotAllowed):
            how()
