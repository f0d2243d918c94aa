"""The follower on real PostgreSQL: what one transaction commits, every node sees, whatever the order."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from django.db import connection, transaction
from django.utils import timezone

from kentongan.pages.follow import Follower, release
from kentongan.pages.models import Change, Moment
from kentongan.pages.store import Store, changed, changes_at, taken_down
from kentongan.pages.wsgi import listening

pytestmark = pytest.mark.django_db(transaction=True)
NAME = "_index.html"


class Node:
    """One web node with its own directory, followed by hand: `follow()` is one sweep."""

    def __init__(self, base: Path, release: str = "rilis 1") -> None:
        self.store = Store(base / "untrusted", recheck=0)
        self.follower = Follower(self.store, base, connect=listening, release=release)
        self.connection = self.follower._connected()

    def follow(self) -> int:
        return self.follower.sweep(self.connection)

    def show(self, site: str = "nasional") -> bytes | None:
        page = self.store.get(self.store.where(site), NAME)
        return page and page.answer(None, None)[2]

    def keep(self, text: bytes, site: str = "nasional") -> None:
        self.store.put(self.store.where(site), NAME, text)


@pytest.fixture
def node(tmp_path: Path) -> Iterator[Node]:
    node = Node(tmp_path / "node")
    yield node
    node.connection.close()


@pytest.fixture
def slow() -> Iterator[psycopg.Connection]:
    """A second session of somebody whose transaction takes long."""
    with listening() as session:
        session.autocommit = False
        yield session


def insert(session: psycopg.Connection, site: str) -> int:
    return session.execute("insert into pages_change (site, hard) values (%s, false) returning id", [site]).fetchone()[0]


def test_a_change_moves_the_sites_it_names_and_no_other(node):
    for site in ("nasional", "kim/a", "kim/b"):
        node.keep(b"satu", site)
    changed("nasional", "kim/a")
    assert node.follow() == 2
    assert [node.show(site) for site in ("nasional", "kim/a", "kim/b")] == [None, None, b"satu"]
    assert node.follow() == 0


def test_what_is_rolled_back_was_never_told(node):
    node.keep(b"satu")
    with transaction.atomic():
        changed("nasional")
        transaction.set_rollback(True)
    assert node.follow() == 0
    assert node.show() == b"satu"


def test_a_lower_number_committed_after_a_higher_one_is_seen(node, slow):
    node.keep(b"a", "kim/a")
    lower = insert(slow, "kim/a")
    changed("kim/b")
    assert Change.objects.get(site="kim/b").pk > lower
    assert node.follow() == 1
    assert node.show("kim/a") == b"a"
    slow.commit()
    assert node.follow() == 1
    assert node.show("kim/a") is None
    assert node.follow() == 0


def test_a_transaction_open_across_many_sweeps_is_seen_once(node, slow):
    insert(slow, "kim/a")
    for _turn in range(5):
        changed("kim/b")
        assert node.follow() == 1
    slow.commit()
    assert [node.follow(), node.follow()] == [1, 0]


def test_a_node_restarted_across_an_open_transaction_still_sees_it(tmp_path, slow):
    first = Node(tmp_path)
    first.keep(b"a", "kim/a")
    insert(slow, "kim/a")
    changed("kim/b")
    first.follow()
    first.connection.close()
    slow.commit()
    second = Node(tmp_path)
    assert second.store.root == first.store.root
    assert second.show("kim/a") is None
    second.connection.close()


def test_a_take_down_drops_the_kept_copy_on_every_node(tmp_path):
    nodes = [Node(tmp_path / name) for name in ("satu", "dua")]
    for node in nodes:
        node.keep(b"ditarik")
    taken_down("nasional")
    for node in nodes:
        node.follow()
        assert node.store.kept(node.store.where("nasional"), NAME) is None
        node.connection.close()


def test_a_restart_keeps_what_did_not_change_and_follows_what_did(tmp_path):
    first = Node(tmp_path)
    first.keep(b"a", "kim/a")
    first.keep(b"b", "kim/b")
    first.connection.close()
    changed("kim/a")
    second = Node(tmp_path)
    assert [second.show("kim/a"), second.show("kim/b")] == [None, b"b"]
    second.connection.close()


def test_a_new_release_starts_a_new_root(tmp_path):
    first = Node(tmp_path)
    first.keep(b"lama")
    first.connection.close()
    second = Node(tmp_path, release="rilis 2")
    assert second.show() is None
    assert (tmp_path / "_pages").resolve() == Path(second.store.root)
    assert "release" in Path(second.store.root, "why").read_text()
    second.connection.close()


@pytest.mark.parametrize(
    ("fact", "value", "why"),
    [("at", -3601.0, "away longer"), ("xmax", 1 << 40, "restored")],
)
def test_a_node_that_cannot_know_what_it_missed_starts_a_new_root(tmp_path, fact, value, why):
    first = Node(tmp_path)
    first.keep(b"lama")
    position = first.follower._position
    first.follower._write(position._replace(**{fact: getattr(position, fact) + value}))
    first.connection.close()
    second = Node(tmp_path)
    assert second.show() is None
    assert why in Path(second.store.root, "why").read_text()
    second.connection.close()


def test_a_table_restored_from_a_dump_starts_a_new_root(tmp_path):
    first = Node(tmp_path)
    first.keep(b"lama")
    first.connection.close()
    with connection.cursor() as cursor:
        cursor.execute("truncate pages_change")
    second = Node(tmp_path)
    assert second.show() is None
    second.connection.close()


def test_with_the_database_down_a_starting_node_shows_what_it_kept(tmp_path):
    first = Node(tmp_path)
    first.keep(b"satu")
    first.connection.close()

    def nobody() -> psycopg.Connection:
        raise psycopg.OperationalError("nobody listens")

    store = Store(tmp_path / "untrusted", recheck=0)
    Follower(store, tmp_path, connect=nobody, release="rilis 1")
    assert store.get(store.where("nasional"), NAME) is not None


def test_a_node_survives_losing_the_database_and_follows_what_it_missed(tmp_path):
    node = Node(tmp_path)
    node.connection.close()
    moved = {site: threading.Event() for site in ("nasional", "kim/a")}
    bump = node.store.bump
    node.store.bump = lambda site, hard=False: (bump(site, hard=hard), moved[site].set())  # type: ignore[method-assign]
    node.follower.start()
    try:
        changed("nasional")
        assert moved["nasional"].wait(20)
        with connection.cursor() as cursor:
            ours = "application_name = 'kentongan-pages' and datname = current_database()"
            cursor.execute(f"select pg_terminate_backend(pid) from pg_stat_activity where {ours}")
        node.keep(b"satu", "kim/a")
        changed("kim/a")
        assert moved["kim/a"].wait(20)
        assert node.show("kim/a") is None
    finally:
        node.follower.stop()


def test_a_site_that_does_not_exist_is_refused_in_the_action():
    with pytest.raises(ValueError, match="no public site"):
        changed("nasional", "../kim")
    assert not Change.objects.exists()


def test_a_moment_that_has_passed_changes_its_site_once():
    from kentongan.pages.jobs import moments_passed

    soon, past = timezone.now() + timedelta(days=1), timezone.now() - timedelta(seconds=1)
    changes_at(past, "kim/a", "nasional")
    changes_at(past, "kim/a")
    changes_at(soon, "kim/b")
    moments_passed()
    moments_passed()
    assert sorted(Change.objects.values_list("site", flat=True)) == ["kim/a", "nasional"]
    assert Moment.objects.get().site == "kim/b"


def test_rows_are_kept_an_hour():
    from kentongan.pages.jobs import forget_changes

    changed("kim/a", "kim/b")
    Change.objects.filter(site="kim/a").update(at=timezone.now() - timedelta(minutes=71))
    forget_changes()
    assert Change.objects.get().site == "kim/b"


def test_another_template_is_another_release(tmp_path):
    (tmp_path / "a.html").write_text("satu")
    before = release(tmp_path)
    assert release(tmp_path) == before
    (tmp_path / "a.html").write_text("dua puluh")
    assert release(tmp_path) != before
