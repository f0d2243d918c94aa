import io
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kentongan.pages import wsgi


def test_the_second_reader_does_not_wake_the_application(village, reader):
    assert [reader.read("/"), reader.read("/")] == ["satu", "satu"]
    assert village.calls == 1


def test_after_a_change_everyone_reads_the_new_page(village, reader):
    reader.read("/")
    village.text = "dua"
    reader.store.bump("nasional")
    assert reader.read("/") == "dua"


def test_a_change_makes_a_page_new_in_both_languages(village, reader):
    here, there = "/kim/gulangpongge/", "/en/kim/gulangpongge/"
    assert [reader.read(path) for path in (here, there, here, there)] == ["satu"] * 4
    assert village.calls == 2
    village.text = "dua"
    reader.store.bump("kim/gulangpongge")
    assert [reader.read(path) for path in (here, there)] == ["dua"] * 2


def test_a_change_while_a_page_is_rendered_is_not_lost(village, reader):
    village.gate.clear()
    with ThreadPoolExecutor() as pool:
        first = pool.submit(reader.read, "/")
        village.entered.acquire()
        village.text = "dua"
        reader.store.bump("nasional")
        village.gate.set()
        assert first.result() == "satu"
    assert reader.read("/") == "dua"


def test_many_readers_of_a_new_page_cause_one_rendering(village, reader):
    village.gate.clear()
    with ThreadPoolExecutor(5) as pool:
        pages = [pool.submit(reader.read, "/") for _reader in range(5)]
        village.entered.acquire()
        village.gate.set()
        assert {page.result() for page in pages} == {"satu"}
    assert village.calls == 1


def test_while_one_thread_renders_anew_the_others_read_the_kept_copy(village, reader):
    reader.read("/")
    village.text = "dua"
    reader.store.bump("nasional")
    village.entered.acquire()
    village.gate.clear()
    with ThreadPoolExecutor() as pool:
        first = pool.submit(reader.read, "/")
        village.entered.acquire()
        assert reader.read("/") == "satu"
        village.gate.set()
        assert first.result() == "dua"


def test_with_the_database_down_the_kept_copy_is_read(village, reader):
    reader.read("/")
    village.down = True
    reader.store.bump("nasional")
    assert reader.read("/") == "satu"


def test_after_a_take_down_not_even_a_broken_database_shows_it(village, reader):
    reader.read("/")
    village.down = True
    reader.store.bump("nasional", hard=True)
    status, _headers, body = reader.ask("/")
    assert status.startswith("500")
    assert body == b"satu"  # the application's own page about the error


def test_what_is_not_marked_is_rendered_for_each_alone(village, reader):
    village.extra = []
    village.gate.clear()
    with ThreadPoolExecutor(4) as pool:
        pages = [pool.submit(reader.read, "/kim/a/bahan/") for _reader in range(4)]
        village.entered.acquire()
        village.gate.set()
        assert [page.result() for page in pages] == ["satu"] * 4
    assert village.calls == 4


def test_a_page_that_sets_a_cookie_is_never_stored(village, reader):
    village.extra = [("X-Page-Store", "1"), ("Set-Cookie", "meja=1")]
    reader.read("/")
    reader.read("/")
    assert village.calls == 2


def test_a_renderer_sees_nothing_of_its_visitor(village, reader):
    seen = {
        "HTTP_COOKIE": "meja=rahasia",
        "HTTP_ACCEPT_LANGUAGE": "en",
        "HTTP_HOST": "evil.test",
        "HTTP_USER_AGENT": "x",
        "REMOTE_ADDR": "10.0.0.9",
    }
    reader.ask("/", **seen)
    got = village.seen[0]
    assert {name for name in got if name.startswith("HTTP_")} == {"HTTP_HOST", "HTTP_X_FORWARDED_PROTO"}
    assert (got["HTTP_HOST"], got["wsgi.url_scheme"], got["REMOTE_ADDR"]) == ("kim.test", "https", "")


def test_a_search_comes_without_cookies_and_the_desk_with_them(village, reader):
    reader.ask("/cari/", "q=air", HTTP_COOKIE="meja=1")
    reader.ask("/meja/", HTTP_COOKIE="meja=1", HTTP_HOST="meja.test")
    assert "HTTP_COOKIE" not in village.seen[0]
    assert (village.seen[1]["HTTP_COOKIE"], village.seen[1]["HTTP_HOST"]) == ("meja=1", "meja.test")


def test_the_desk_is_never_stored_even_when_marked(village, reader):
    reader.read("/meja/")
    reader.read("/meja/")
    assert village.calls == 2


def test_the_mark_and_hop_headers_do_not_leave_the_house(village, reader):
    village.extra = [("X-Page-Store", "1"), ("Keep-Alive", "5")]
    assert not {"x-page-store", "keep-alive"} & set(reader.ask("/meja/")[1])
    assert not {"x-page-store", "keep-alive"} & set(reader.ask("/")[1])


def test_a_reader_who_has_the_page_is_told_so(village, reader):
    _status, headers, body = reader.ask("/", HTTP_ACCEPT_ENCODING="gzip")
    assert headers["content-encoding"] == "gzip"
    assert headers["content-length"] == str(len(body))
    status, headers, body = reader.ask("/", HTTP_IF_NONE_MATCH=headers["etag"])
    assert (status, body) == ("304 Not Modified", b"")
    assert headers["cache-control"] == "public, max-age=0, must-revalidate"


def test_a_head_request_has_the_headers_alone(village, reader):
    status, headers, body = reader.ask("/", method="HEAD")
    assert (status, headers["content-length"], body) == ("200 OK", "4", b"")
    assert reader.ask("/meja/", method="HEAD")[2] == b""


def test_a_body_arrives_whole(village, reader):
    body = b"x" * 100_000
    assert reader.ask("/meja/kabar/", method="POST", CONTENT_LENGTH="100000", **{"wsgi.input": io.BytesIO(body)})[2] == b"100000"


def test_a_body_beyond_twenty_megabytes_is_refused_with_a_sentence(village, reader):
    status, _headers, body = reader.ask("/meja/kabar/", method="POST", CONTENT_LENGTH=str(wsgi.BODY_MOST + 1))
    assert status.startswith("413")
    assert "20 MB" in body.decode()
    assert village.calls == 0


def test_hits_are_answered_while_every_slot_is_taken(village, reader):
    reader.read("/")
    village.entered.acquire()
    village.gate.clear()
    with ThreadPoolExecutor(wsgi.PUBLIC_LINE) as pool:
        waiting = [pool.submit(reader.ask, f"/kabar/{number}/") for number in range(wsgi.PUBLIC_LINE)]
        village.entered.acquire()
        village.entered.acquire()
        assert wait_until_full(reader.layer.public)
        assert reader.read("/") == "satu"
        status, headers, body = reader.ask("/kabar/99/")
        assert status.startswith("503")
        assert headers["retry-after"]
        assert "sibuk" in body.decode()
        with ThreadPoolExecutor(1) as alone:  # the desk stands in a line of its own
            asked = alone.submit(reader.ask, "/meja/")
            village.entered.acquire()
            village.gate.set()
            assert asked.result()[0] == "200 OK"
        assert {page.result()[0] for page in waiting} == {"200 OK"}


def wait_until_full(line: wsgi.Line) -> bool:
    for _turn in range(500):
        if line._places._value == 0:
            return True
        threading.Event().wait(0.01)
    return False


def test_an_application_that_raises_is_a_sentence(village, reader):
    village.extra = None
    status, _headers, body = reader.ask("/meja/")
    assert status.startswith("500")
    assert "Kami mencatat" in body.decode()


def test_a_long_answer_arrives_whole(village, reader):
    village.text = "x" * 3_000_000
    assert len(reader.ask("/meja/unduh/")[2]) == 3_000_000


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_only_reading_touches_the_store(method, village, reader):
    reader.read("/")
    reader.ask("/", method=method, CONTENT_LENGTH="0")
    assert village.calls == 2


def test_a_public_photo_is_read_from_its_file(village, reader):
    Path(reader.store.root).with_name("abc0-480.jpg").write_bytes(b"foto")
    _status, headers, body = reader.ask("/foto/abc0-480.jpg")
    assert (headers["content-type"], body, village.calls) == ("image/jpeg", b"foto", 0)


@pytest.mark.parametrize(
    "path", ["/foto/abc0-960.jpg", "/foto/../pages/abc0-480.jpg", "/foto/pages/x-1.jpg", "/foto/abc0-480.png", "/foto/"]
)
def test_any_other_photo_is_asked_of_the_application(path, village, reader):
    reader.ask(path)
    assert village.calls == 1
