"""Who is served what."""

import pytest
from django.db import transaction
from django.http import Http404
from django.test import Client

from kentongan.core.jobs import run_pending
from kentongan.media.models import Photo, folder
from kentongan.media.tests.pictures import jpeg, upload
from kentongan.media.views import photo_response

pytestmark = pytest.mark.django_db


@pytest.fixture
def photo() -> Photo:
    photo = Photo.receive(upload(jpeg(600, 400)))
    run_pending()
    photo.refresh_from_db()
    return photo


def address(photo: Photo, width: int = 480, ending: str = "jpg") -> str:
    return f"/foto/{photo.name(width, ending)}"


def test_a_photo_is_not_public_until_what_shows_it_is(client: Client, photo: Photo):
    assert client.get(address(photo)).status_code == 404
    assert photo_response(photo, 480, "jpg")["Cache-Control"] == "private, max-age=3600"


def test_a_public_photo_is_served_to_everyone_for_ever(client: Client, photo: Photo, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        photo.make_public()
    for ending, kind in (("jpg", "image/jpeg"), ("avif", "image/avif")):
        answer = client.get(address(photo, ending=ending))
        assert (answer.status_code, answer["Content-Type"]) == (200, kind)
        assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert not answer.cookies and len(b"".join(answer.streaming_content)) > 500
    assert len(list(folder("public").iterdir())) == 4 and not list(folder("private").iterdir())
    assert client.head(address(photo)).status_code == 200


def test_a_photo_stops_being_served_with_its_story(client: Client, photo: Photo, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        photo.make_public()
    photo.make_private()
    assert client.get(address(photo)).status_code == 404
    assert not list(folder("public").iterdir()) and len(list(folder("private").iterdir())) == 4


def test_a_publication_that_fails_shows_no_photo(client: Client, photo: Photo, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(RuntimeError), transaction.atomic():
        photo.make_public()
        raise RuntimeError
    assert client.get(address(photo)).status_code == 404
    assert not list(folder("public").iterdir())


def test_a_withdrawal_that_fails_leaves_the_photo_readable(client: Client, photo: Photo, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        photo.make_public()
    with pytest.raises(RuntimeError), transaction.atomic():
        photo.make_private()
        raise RuntimeError
    assert client.get(address(photo)).status_code == 200


@pytest.mark.parametrize("name", ["{0}-481.jpg", "{0}-480.png", "{0}-480.exe", "0000-480.jpg", "..%2f..%2fetc-480.jpg", "{0}.jpg"])
def test_any_other_name_is_not_found(client: Client, photo: Photo, name: str):
    Photo.objects.update(public=True)
    assert client.get("/foto/" + name.format(photo.key)).status_code == 404


def test_nothing_can_be_sent_to_a_photo(client: Client, photo: Photo):
    assert client.post(address(photo)).status_code == 405


def test_what_is_not_there_is_not_found(photo: Photo):
    with pytest.raises(Http404):
        photo_response(photo, 960, "jpg")


def test_the_component_gets_what_it_needs(photo: Photo):
    public, private = photo.shown(), photo.shown(private=True)
    assert public.avif == f"/foto/{photo.key}-480.avif 480w, /foto/{photo.key}-600.avif 600w"
    assert (public.src, public.width, public.height) == (f"/foto/{photo.key}-480.jpg", 600, 400)
    assert private.src == f"/meja/foto/{photo.key}-480.jpg"
    assert photo.shown(under="/meja/kim/7/foto/").src == f"/meja/kim/7/foto/{photo.key}-480.jpg"
