"""The desk has a host of its own: nothing else is served there, and it is served nowhere else."""

from typing import Any

import pytest

from kentongan.config.hosts import two_hosts

PUBLIC, DESK = "https://kim.contoh.id", "https://meja.contoh.id"


def ask(host: str, path: str, method: str = "GET", query: str = "", desk: str = DESK) -> tuple[str, str]:
    """The status, and where to; "200 OK" when the application was asked."""
    seen: list[Any] = []

    def app(environ: dict[str, Any], start: Any) -> list[bytes]:
        start("200 OK", [])
        return []

    environ = {"HTTP_HOST": host, "PATH_INFO": path, "REQUEST_METHOD": method, "QUERY_STRING": query}
    list(two_hosts(app, PUBLIC, desk)(environ, lambda status, headers: seen.append((status, dict(headers).get("Location", "")))))
    return seen[0]


@pytest.mark.parametrize(
    ("host", "path"),
    [
        ("kim.contoh.id", "/"), ("kim.contoh.id", "/kim/gulangpongge/"), ("kim.contoh.id", "/static/ui/kentongan.css"),
        ("meja.contoh.id", "/meja/"), ("MEJA.contoh.id", "/meja/kabar/7/"), ("meja.contoh.id", "/foto/a-480.avif"), ("localhost", "/meja/"),
        ("localhost", "/"), ("meja.contoh.id", "/static/ui/kentongan.css"),
    ],
)  # fmt: skip
def test_each_host_serves_its_own(host: str, path: str) -> None:
    assert ask(host, path)[0] == "200 OK"


@pytest.mark.parametrize(
    ("host", "path", "query", "there"),
    [
        ("kim.contoh.id", "/meja/", "", f"{DESK}/meja/"),
        ("kim.contoh.id", "/meja/kabar/7/", "a=1", f"{DESK}/meja/kabar/7/?a=1"),
        ("meja.contoh.id", "/", "", f"{PUBLIC}/"),
        ("meja.contoh.id", "/kim/gulangpongge/", "", f"{PUBLIC}/kim/gulangpongge/"),
        ("meja.contoh.id", "//jahat.id/", "", f"{PUBLIC}//jahat.id/"),
        ("kim.contoh.id", "/meja/\r\nSet-Cookie: a", "", f"{DESK}/meja/%0D%0ASet-Cookie:%20a"),
    ],
)
def test_who_asks_the_wrong_host_is_sent_to_the_right_one(host: str, path: str, query: str, there: str) -> None:
    assert ask(host, path, query=query) == ("302 Found", there)


@pytest.mark.parametrize(("host", "path"), [("kim.contoh.id", "/meja/masuk/"), ("meja.contoh.id", "/kim/gulangpongge/bahan/")])
def test_a_form_is_never_passed_to_the_other_host(host: str, path: str) -> None:
    assert ask(host, path, "POST")[0] == "404 Not Found"


def test_without_a_desk_host_all_is_one() -> None:
    assert ask("kim.contoh.id", "/meja/", desk="")[0] == "200 OK"


@pytest.mark.django_db
@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_form_from_another_host_does_nothing_at_the_desk(site: str, client_of: Any, cast: Any) -> None:
    """Fetch Metadata: the public host is "same-site" to the desk, and is refused like any other."""
    answer = client_of(cast.ketua).post("/meja/keluar/", headers={"sec-fetch-site": site})
    assert answer.status_code == 403
    assert client_of(cast.ketua).get("/meja/").status_code == 200


def test_cookies_belong_to_one_host_and_the_desks_part_of_it(settings: Any) -> None:
    assert settings.SESSION_COOKIE_DOMAIN is None
    assert settings.CSRF_COOKIE_DOMAIN is None
    assert settings.SESSION_COOKIE_PATH == settings.CSRF_COOKIE_PATH == "/meja/"
