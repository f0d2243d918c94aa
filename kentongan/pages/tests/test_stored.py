import pytest
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.test import RequestFactory

from kentongan.pages.store import stored
from kentongan.pages.store.opt_in import Personal

ask = RequestFactory()


@stored
def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("satu")


def test_a_stored_page_says_so_and_carries_the_fixed_headers(settings):
    answer = page(ask.get("/kim/gulangpongge/"))
    assert answer["X-Page-Store"] == "1"
    assert all(answer[name] == text for name, text in settings.PAGES_HEADERS)


@pytest.mark.parametrize("request_", [ask.post("/"), ask.get("/?q=air"), ask.get("/meja/"), ask.get("/cari/?sebelum=%2F")])
def test_only_reading_an_address_of_the_store_is_marked(request_):
    assert "X-Page-Store" not in page(request_)


def test_an_error_is_never_stored():
    assert "X-Page-Store" not in stored(lambda request: HttpResponse(status=404))(ask.get("/"))


def reads_cookie(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.COOKIES.get("meja", ""))


def sets_cookie(request: HttpRequest) -> HttpResponse:
    answer = HttpResponse()
    answer.set_cookie("meja", "1")
    return answer


def reads_session(request: HttpRequest) -> HttpResponse:
    request.session = SessionStore()
    return HttpResponse(request.session.get("siapa", ""))


def holds_token(request: HttpRequest) -> HttpResponse:
    return HttpResponse(get_token(request))


def varies(request: HttpRequest) -> HttpResponse:
    return HttpResponse(headers={"Vary": "Cookie"})


@pytest.mark.parametrize("view", [reads_cookie, sets_cookie, reads_session, holds_token, varies])
def test_a_page_about_one_person_cannot_be_marked(view):
    with pytest.raises(Personal):
        stored(view)(ask.get("/"))


def test_in_production_such_a_page_is_simply_not_kept(settings):
    settings.GUARD_GETS = False
    answer = stored(sets_cookie)(ask.get("/"))
    assert "X-Page-Store" not in answer
    assert answer["Cache-Control"] == "no-store"


def test_a_visitors_cookie_is_not_there_to_be_read(settings):
    settings.GUARD_GETS = False
    request = ask.get("/")
    request.COOKIES["meja"] = "rahasia"
    assert b"rahasia" not in stored(reads_cookie)(request).content


def test_a_database_that_is_away_is_said_as_busy():
    from django.db import OperationalError

    def away(request: HttpRequest) -> HttpResponse:
        raise OperationalError("server closed the connection unexpectedly")

    answer = stored(away)(ask.get("/"))
    assert answer.status_code == 503
    assert answer["Retry-After"]
