"""What comes out: upright, in widths, without a word about who, where or with what."""

import os
import time

import pytest
from django.db import connection
from django.test import TestCase
from PIL import Image, ImageCms

from kentongan.core.jobs import run_pending
from kentongan.media import cleaning, jobs
from kentongan.media.models import Photo, folder
from kentongan.media.tests.pictures import MAKER, bomb, encoded, halves, jpeg, upload

pytestmark = pytest.mark.django_db
ENDINGS = ("avif", "jpg")


def rendered(content: bytes) -> Photo:
    photo = Photo.receive(upload(content))
    run_pending()
    photo.refresh_from_db()
    return photo


def pictures_of(photo: Photo):
    for width in photo.widths:
        for ending in ENDINGS:
            with photo.open(width, ending) as file:
                yield width, ending, file.read(), Image.open(folder("private") / photo.name(width, ending))


def test_nothing_but_pixels_is_left():
    photo = rendered(jpeg())
    assert photo.ready
    for _width, _ending, content, image in pictures_of(photo):
        assert not image.getexif() and not image.getexif().get_ifd(0x8825)
        assert not set(image.info) & {"exif", "xmp", "comment", "icc_profile"}
        for secret in (MAKER.encode(), b"rahasia", b"Exif", b"xmpmeta"):
            assert secret not in content


def test_there_are_three_widths_in_two_kinds_and_the_original_is_gone():
    photo = rendered(jpeg(2000, 1500))
    assert (photo.widths, photo.width, photo.height) == ([480, 960, 1600], 1600, 1200)
    assert {(width, ending, image.format) for width, ending, _content, image in pictures_of(photo)} == {
        (width, ending, kind) for width in (480, 960, 1600) for ending, kind in (("avif", "AVIF"), ("jpg", "JPEG"))
    }
    assert not photo.original.exists()
    assert not [path for path in folder("private").iterdir() if path.name.endswith(".part")]


SMALL = [(300, [300]), (480, [480]), (700, [480, 700]), (1600, [480, 960, 1600]), (1700, [480, 960, 1600])]


@pytest.mark.parametrize(("width", "expected"), SMALL)
def test_a_small_photo_is_not_made_larger(width: int, expected: list[int]):
    assert rendered(jpeg(width, 200)).widths == expected


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_stands_as_it_was_taken(orientation: int):
    turns = {3: 180, 4: 180, 5: 90, 6: 90, 7: 270, 8: 270}
    held = halves(800, 600).rotate(turns.get(orientation, 0), expand=True)
    if orientation in (2, 4, 5, 7):
        held = held.transpose(Image.Transpose.FLIP_TOP_BOTTOM if orientation == 5 or orientation == 7 else Image.Transpose.FLIP_LEFT_RIGHT)
    exif = Image.Exif()
    exif[0x0112] = orientation
    photo = rendered(encoded(held, "JPEG", exif=exif))
    assert (photo.width, photo.height) == (800, 600)
    for _width, _ending, _content, image in pictures_of(photo):
        red, _green, blue = image.convert("RGB").getpixel((20, 20))
        assert red > 200 > 60 > blue


def test_camera_data_that_makes_no_sense_does_not_matter():
    assert rendered(encoded(halves(600, 400), "JPEG", exif=b"Exif\0\0" + b"\xff" * 40)).ready


def test_a_transparent_picture_stands_on_white():
    photo = rendered(encoded(Image.new("RGBA", (500, 300), (0, 0, 0, 0)), "PNG"))
    assert all(min(image.convert("RGB").getpixel((9, 9))) > 250 for *_rest, image in pictures_of(photo))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16", "CMYK"])
def test_every_way_of_keeping_colours_is_read(mode: str):
    kind = "JPEG" if mode == "CMYK" else "PNG"
    image = Image.new("I;16", (500, 300), 40_000) if mode == "I;16" else Image.new("RGB", (500, 300), "gray").convert(mode)
    assert rendered(encoded(image, kind)).ready


def test_colours_of_a_camera_profile_are_kept_and_the_profile_is_not():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    photo = rendered(encoded(halves(600, 400), "JPEG", icc_profile=profile))
    assert photo.ready and all("icc_profile" not in image.info for *_rest, image in pictures_of(photo))


def test_a_photo_cut_off_on_the_way_is_refused_with_a_reason_and_leaves_nothing():
    photo = rendered(jpeg()[:9000])
    assert photo.state == Photo.State.REFUSED
    assert "rusak" in photo.refusal
    assert not photo.original.exists() and not list(folder("private").iterdir())


def test_a_bomb_that_came_past_the_door_is_refused_by_the_job():
    photo = Photo.receive(upload(jpeg()))
    photo.original.write_bytes(bomb())
    run_pending()
    photo.refresh_from_db()
    assert photo.state == Photo.State.REFUSED and "50 juta" in photo.refusal


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_still_carries_a_place_is_never_stored(ending: str, monkeypatch, tmp_path):
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "S", 2: (6.0, 38.0, 1.0)})
    monkeypatch.setitem(cleaning.SAVES, ending, cleaning.SAVES[ending] | {"exif": exif.tobytes()})
    photo = rendered(jpeg(600, 400))
    assert photo.state == Photo.State.REFUSED and "lokasi" in photo.refusal
    assert not list(folder("private").iterdir())


def test_running_twice_changes_nothing():
    photo = rendered(jpeg(600, 400))
    before = {path.name: path.stat().st_mtime_ns for path in folder("private").iterdir()}
    jobs.render(photo.pk)
    assert {path.name: path.stat().st_mtime_ns for path in folder("private").iterdir()} == before


def test_a_worker_killed_half_way_leaves_no_half_file_and_the_next_one_finishes(monkeypatch):
    photo = Photo.receive(upload(jpeg()))
    written, write = [], cleaning.write

    def killed(picture, ending, path):
        if len(written) == 3:
            raise KeyboardInterrupt
        written.append(path)
        write(picture, ending, path)

    monkeypatch.setattr(cleaning, "write", killed)
    with pytest.raises(KeyboardInterrupt):
        jobs.render(photo.pk)
    monkeypatch.undo()
    assert photo.original.exists() and set(folder("private").iterdir()) == set(written)
    jobs.render(photo.pk)
    photo.refresh_from_db()
    assert photo.ready and len(list(folder("private").iterdir())) == 6


def test_a_lost_original_is_said_and_does_not_wait_for_ever():
    photo = Photo.receive(upload(jpeg()))
    photo.original.unlink()
    run_pending()
    photo.refresh_from_db()
    assert "hilang" in photo.refusal


def test_sweeping_asks_again_for_what_was_lost_and_drops_what_never_became_a_row():
    photo = Photo.receive(upload(jpeg(600, 400)))
    with connection.cursor() as cursor:
        cursor.execute("delete from procrastinate_jobs")
    Photo.objects.filter(pk=photo.pk).update(received_at=photo.received_at.replace(year=2020))
    orphan = folder("incoming") / "yatim"
    orphan.write_bytes(b"x")
    old = time.time() - 2 * jobs.DAY
    os.utime(orphan, (old, old))
    os.utime(photo.original, (old, old))
    jobs.sweep()
    assert not orphan.exists() and photo.original.exists()
    run_pending()
    photo.refresh_from_db()
    assert photo.ready


def old(path):
    """As if it had lain there for two days."""
    then = time.time() - 2 * jobs.DAY
    os.utime(path, (then, then))
    return path


def stray(place: str, name: str):
    path = folder(place) / name
    path.write_bytes(b"x")
    return path


def test_files_that_belong_to_no_photo_are_dropped_after_a_day_and_no_others():
    photo = rendered(jpeg(600, 400))
    kept = [old(path) for path in folder("private").iterdir()]
    gone = [old(stray(place, f"{'a' * 32}-480.jpg")) for place in ("private", "public")] + [
        old(stray("private", f".{'b' * 32}-480.avif.part"))
    ]
    fresh = stray("private", f"{'c' * 32}-480.jpg")
    jobs.sweep()
    assert [path.exists() for path in gone] == [False] * 3
    assert fresh.exists() and all(path.exists() for path in kept) and Photo.objects.get() == photo


def test_where_most_files_belong_to_no_photo_none_is_dropped():
    """The database was just made anew, or is still being restored: the files must outlive that."""
    files = [old(stray("private", f"{number:032x}-480.jpg")) for number in range(jobs.FEW + 1)]
    jobs.sweep()
    assert all(path.exists() for path in files)


def test_a_photo_that_nothing_shows_any_more_goes_with_its_files_after_a_day():
    photo, fresh = rendered(jpeg(600, 400)), rendered(jpeg(600, 400))
    Photo.objects.filter(pk=photo.pk).update(received_at=photo.received_at.replace(year=2020))
    with TestCase.captureOnCommitCallbacks(execute=True):
        jobs.sweep()
    assert Photo.objects.get() == fresh
    assert {path.name.partition("-")[0] for path in folder("private").iterdir()} == {fresh.key}


def test_a_photo_some_story_shows_stays(cast):
    from kentongan.newsroom.tests.factories import story_in

    story = story_in("verified", cast, upload=upload(jpeg(600, 400)))
    Photo.objects.update(received_at=story.picture.photo.received_at.replace(year=2020))
    jobs.sweep()
    assert Photo.objects.get() == story.picture.photo
