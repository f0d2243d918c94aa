"""nginx with the file that `deploy/nginx` prints: two hosts, https for good, a log without people."""

import json
import os
import shutil
import socket
import ssl
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
pytestmark = pytest.mark.skipif(not (NGINX and shutil.which("openssl")), reason="nginx not installed: apt install nginx openssl")


class App(BaseHTTPRequestHandler):
    """The web server behind: says which host and address it was asked."""

    def do_GET(self) -> None:
        body = f"{self.headers['Host']} {self.path} {self.headers.get('Cookie', '')}".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET

    def log_message(self, *_words: object) -> None:
        """Nothing."""


def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@contextmanager
def front(here: Path, secure: bool) -> Iterator[int]:
    """nginx on 127.0.0.1 with the printed file; its port."""
    app = ThreadingHTTPServer(("127.0.0.1", 0), App)
    threading.Thread(target=app.serve_forever, daemon=True).start()
    listen = port()
    settings = {
        "KENTONGAN_URL": "https://kim.contoh.id", "KENTONGAN_DESK_HOST": "meja.contoh.id", "KENTONGAN_DATA": str(here),
        "PORT": str(app.server_port),
        "KENTONGAN_NGINX_LOG": f"{here}/log", "KENTONGAN_NGINX_ERRORS": f"{here}/errors", "PATH": os.environ["PATH"],
    }  # fmt: skip
    certificate = [str(here / "tls")] if secure else []
    text = subprocess.run([ROOT / "deploy/nginx", *certificate], env=settings, check=True, capture_output=True, text=True).stdout
    text = text.replace("listen 443 ssl", f"listen 127.0.0.1:{listen} ssl").replace(
        "listen 80;", f"listen 127.0.0.1:{port() if secure else listen};"
    )
    kinds = "".join(f"{kind}_temp_path {here}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    own = "user root;" if os.geteuid() == 0 else ""
    (here / "nginx.conf").write_text(f"{own}daemon off;pid {here}/pid;error_log {here}/start;events{{}}http{{{kinds}\n{text}\n}}\n")
    assert "@" not in text.replace("= @", "").replace(" @", ""), "a word was not filled in"
    subprocess.run([NGINX, "-t", "-q", "-c", here / "nginx.conf", "-p", here], check=True)
    started = subprocess.Popen([NGINX, "-c", here / "nginx.conf", "-p", here])
    try:
        for _turn in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", listen)) == 0:
                    break
            time.sleep(0.05)
        yield listen
    finally:
        started.terminate()
        started.wait()
        app.shutdown()


@pytest.fixture(scope="module")
def here() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="kentongan-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "tls").mkdir()
        make = [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=kim",
        ]
        files = ["-keyout", folder / "tls/privkey.pem", "-out", folder / "tls/fullchain.pem"]
        subprocess.run([*make, *files], check=True, capture_output=True)
        yield folder


@pytest.fixture(scope="module")
def secure(here: Path) -> Iterator[int]:
    with front(here, secure=True) as listen:
        yield listen


def ask(listen: int, host: str, path: str, method: str = "GET", **headers: str) -> HTTPResponse:
    connection = HTTPSConnection("127.0.0.1", listen, context=ssl._create_unverified_context(), timeout=10)
    connection.request(method, path, headers={"Host": host} | headers)
    answer = connection.getresponse()
    answer.body = answer.read().decode()  # type: ignore[attr-defined]
    return answer


def test_each_host_serves_its_own_and_sends_the_rest_to_the_other(secure: int) -> None:
    assert ask(secure, "kim.contoh.id", "/tentang/").status == 200
    assert ask(secure, "meja.contoh.id", "/meja/", Cookie="meja=1").body == "meja.contoh.id /meja/ meja=1"  # type: ignore[attr-defined]
    assert ask(secure, "kim.contoh.id", "/meja/kabar/?a=1").headers["Location"] == "https://meja.contoh.id/meja/kabar/?a=1"
    assert ask(secure, "meja.contoh.id", "/kim/gulangpongge/").headers["Location"] == "https://kim.contoh.id/kim/gulangpongge/"
    assert ask(secure, "kim.contoh.id", "/meja/masuk/", "POST").status == 404
    assert ask(secure, "meja.contoh.id", "/kim/gulangpongge/bahan/", "POST").status == 404


def test_no_cookie_passes_to_a_public_page_and_the_monitor_is_not_for_outside(secure: int) -> None:
    assert "rahasia" not in ask(secure, "kim.contoh.id", "/cari/?q=air", Cookie="meja=rahasia").body  # type: ignore[attr-defined]
    assert ask(secure, "kim.contoh.id", "/sehat").status == 404


@pytest.mark.parametrize("path", ["/", "/meja/", "/kim/gulangpongge/", "/static/ui/x.css"])
def test_https_is_for_good(secure: int, path: str) -> None:
    host = "meja.contoh.id" if path == "/meja/" else "kim.contoh.id"
    assert ask(secure, host, path).headers.get_all("Strict-Transport-Security") == ["max-age=31536000"]


def test_the_log_knows_no_address_no_query_and_no_person(secure: int, here: Path) -> None:
    ask(
        secure,
        "kim.contoh.id",
        "/kim/kenari-gunung/?q=kenari&nomor=081299977701",
        **{"User-Agent": "kenari", "Referer": "https://kenari.id/"},
    )
    ask(secure, "meja.contoh.id", "/meja/kenari/")
    for _turn in range(100):
        if (written := (here / "log").read_text()).count("\n") >= 2:
            break
        time.sleep(0.05)
    assert "kenari" not in written + (here / "errors").read_text()
    assert "127.0.0.1" not in written
    lines = [json.loads(line) for line in written.splitlines()]
    assert {"kim", "meja"} <= {line["part"] for line in lines}
    assert {line["network"] for line in lines} == {"127.0.0.0"}


def test_without_a_certificate_it_serves_plainly_until_there_is_one(here: Path, tmp_path: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="kentongan-") as name, front(Path(name), secure=False) as listen:
        connection = HTTPConnection("127.0.0.1", listen, timeout=10)
        connection.request("GET", "/tentang/", headers={"Host": "kim.contoh.id"})
        answer = connection.getresponse()
        assert answer.status == 200
        assert answer.headers["Strict-Transport-Security"] is None


def test_a_web_server_that_is_away_is_a_page_that_looks_like_us(here: Path) -> None:
    text = (ROOT / "deploy/nginx.conf").read_text()
    assert text.count('href="/static/ui/kentongan.css"') == 4
    assert "style=" not in text
