"""What may be sent, what is refused, and with which words."""

import errno
import os

import pytest
from PIL import Image

from kentongan.core.errors import BadRequest
from kentongan.core.jobs import run_pending
from kentongan.media.models import Photo, folder
from kentongan.media.tests.pictures import SVG, bomb, encoded, halves, jpeg, moving_gif, upload

pytestmark = pytest.mark.django_db
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 100


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"Rapat RT jam tujuh malam.\n" * 20, "bukan foto yang kami kenal"),
        (SVG, "bukan foto yang kami kenal"),
        (b"<html><script>alert(1)</script></html>", "bukan foto yang kami kenal"),
        (moving_gif(), "GIF belum bisa"),
        (HEIC, "HEIC belum bisa"),
        (bomb(), "50 juta titik"),
        (bomb(9_000, 9_000), "50 juta titik"),
        (bomb(11_600, 8_700), "50 juta titik"),
        (b"", "kosong"),
        (jpeg()[:15], "bukan foto|rusak"),
        (encoded(halves(40, 40), "PNG")[:20], "bukan foto|rusak"),
    ],
)
def test_what_is_no_photo_is_refused_with_a_sentence_and_leaves_nothing(content: bytes, words: str, settings):
    with pytest.raises(BadRequest, match=words):
        Photo.receive(upload(content))
    assert not Photo.objects.exists()
    assert not list(settings.MEDIA_ROOT.rglob("*.*"))


def test_a_photo_larger_than_the_limit_is_refused(settings):
    settings.UPLOAD_MAX_BYTES = 1 << 20
    with pytest.raises(BadRequest, match="lebih dari 1 MB"):
        Photo.receive(upload(jpeg() + b"\0" * (1 << 20)))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_the_three_kinds_telephones_send_are_received(kind: str):
    assert Photo.receive(upload(encoded(halves(800, 600), kind))).state == Photo.State.WAITING


def test_the_name_of_the_file_does_not_matter():
    assert Photo.receive(upload(jpeg(), "../../etc/passwd")).original.parent.name == "incoming"


def test_the_original_waits_for_our_own_eyes_only():
    photo = Photo.receive(upload(jpeg()))
    assert photo.original.stat().st_mode & 0o777 == 0o600
    assert photo.original.parent.stat().st_mode & 0o777 == 0o700
    assert photo.shown() is None


def test_the_key_cannot_be_guessed():
    keys = {Photo.receive(upload(encoded(Image.new("RGB", (9, 9)), "PNG"))).key for _i in range(3)}
    assert len(keys) == 3 and all(len(key) == 32 for key in keys)


@pytest.mark.parametrize("name", ["foto.txt", "foto.exe", "foto", "FOTO.JPG.heic"])
def test_a_photo_with_a_wrong_ending_is_a_photo(name: str):
    assert Photo.receive(upload(jpeg(600, 400), name)).state == Photo.State.WAITING


POLYGLOTS = (b"<script>alert(1)</script>", b"PK\x03\x04" + b"\0" * 26, b"%PDF-1.7\n", b"<?php system($_GET['c']); ?>", b"GIF89a")


@pytest.mark.parametrize("tail", POLYGLOTS)
def test_what_else_a_file_is_besides_a_photo_does_not_survive(tail: bytes):
    photo = Photo.receive(upload(jpeg(600, 400) + tail))
    run_pending()
    photo.refresh_from_db()
    assert photo.ready
    assert all(tail not in path.read_bytes() for path in folder("private").iterdir())


@pytest.mark.parametrize("head", [b"<!doctype html>", b"%PDF-1.7\n", b"PK\x03\x04"])
def test_a_photo_behind_something_else_is_refused(head: bytes):
    with pytest.raises(BadRequest, match="bukan foto yang kami kenal"):
        Photo.receive(upload(head + jpeg(600, 400)))


def test_when_the_disk_is_full_a_sentence_says_so_and_nothing_is_half_kept(settings, monkeypatch):
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(BadRequest, match="kehabisan ruang"):
        Photo.receive(upload(jpeg(600, 400)))
    assert not Photo.objects.exists() and not list(folder("incoming").iterdir())
