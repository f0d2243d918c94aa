"""The product as it is served: static files, the page store following the database, Django; and a phone to visit it with."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page

from kentongan.accounts.models import Person
from kentongan.pages.follow import Follower, release
from kentongan.pages.store import Store
from kentongan.pages.wsgi import PageStore, listening
from tests.cast import PASSPHRASE, Cast
from tests.tools import need

PHONE = {"width": 360, "height": 740}


class Server(ThreadingMixIn, WSGIServer):
    """One thread a request, as in production. Whoever closes it waits for those that still work: a test leaves nobody behind who writes."""

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Each thread takes its connection to the database with it when it ends: a hundred left open are all there are."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            connections.close_all()


class Silent(WSGIRequestHandler):
    """No line per request."""

    timeout = 5  # seconds a connection may say nothing: a browser opens some before it needs them

    def log_message(self, *words: Any) -> None:
        return


@pytest.fixture
def address(transactional_cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a running site with the cast's village in it."""
    need("chromium")
    store = Store(tmp_path / "pages" / "untrusted", settings.PAGES_HEADERS)
    follower = Follower(store, tmp_path / "pages", connect=listening, release=release())
    follower.start()
    django = StaticFilesHandler(get_wsgi_application())
    with make_server("127.0.0.1", 0, django, Server, Silent) as server:
        url = f"http://127.0.0.1:{server.server_port}"
        monkeypatch.setattr(settings, "SITE_URL", url)
        server.set_app(PageStore(django, store, origin=url, photos=Path(settings.MEDIA_ROOT) / "public"))
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield url
        server.shutdown()
        thread.join()
    follower.stop()


@pytest.fixture
def visit(browser: Browser, address: str, tmp_path: Path) -> Callable[..., Any]:
    """`with visit(person) as page`: a phone of 360 px in which this person has signed in by hand; nobody when None."""

    @contextmanager
    def phone(person: Person | None = None) -> Iterator[Page]:
        context: BrowserContext = browser.new_context(viewport=PHONE, base_url=address, locale="id-ID", java_script_enabled=False)  # type: ignore[arg-type]
        page = context.new_page()
        page.set_default_timeout(10_000)
        if person is not None:
            sign_in(page, person)
        try:
            yield page
        except BaseException:
            page.screenshot(path=tmp_path / "where-it-stopped.png", full_page=True)
            print(f"stopped at {page.url}; picture in {tmp_path}")
            raise
        finally:
            context.close()

    return phone


def sign_in(page: Page, person: Person) -> None:
    """Through the door, as a person does."""
    page.goto("/meja/masuk/")
    page.locator("[name=credential]").fill(person.account.username or "")
    page.locator("[name=passphrase]").fill(PASSPHRASE)
    page.get_by_role("button", name="Masuk").click()
    page.wait_for_url(lambda address: "/meja/masuk/" not in address)
