from pathlib import Path

import pytest

from kentongan.pages.store import Store, disk

NAME = "_index.html"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    (tmp_path / "root").mkdir()
    return Store(tmp_path / "root", recheck=0)


def shown(store: Store, site: str = "nasional", name: str = NAME) -> bytes | None:
    page = store.get(store.where(site), name)
    return page and page.answer(None, None)[2]


def test_what_was_rendered_once_is_shown_until_the_site_changes(store):
    store.put(store.where("nasional"), NAME, b"satu")
    assert shown(store) == b"satu"
    store.bump("nasional")
    assert shown(store) is None


def test_a_page_rendered_across_a_change_never_shows(store):
    store.put(store.where("nasional"), NAME, b"satu")
    place = store.where("nasional")
    store.bump("nasional")
    store.put(place, NAME, b"lama")
    assert shown(store) is None
    assert store.kept(store.where("nasional"), NAME).answer(None, None)[2] == b"satu"


def test_the_very_first_page_rendered_across_a_change_never_shows(store):
    place = store.where("kim/gulangpongge")
    store.bump("kim/gulangpongge")
    store.put(place, NAME, b"lama")
    assert shown(store, "kim/gulangpongge") is None


def test_a_change_of_one_site_leaves_the_others(store):
    store.put(store.where("kim/a"), NAME, b"a")
    store.bump("kim/b")
    assert shown(store, "kim/a") == b"a"


def test_the_last_good_copy_outlives_a_change_but_not_a_take_down(store):
    store.put(store.where("nasional"), NAME, b"satu")
    store.bump("nasional")
    assert store.kept(store.where("nasional"), NAME) is not None
    store.bump("nasional", hard=True)
    assert store.kept(store.where("nasional"), NAME) is None


def test_a_page_rendered_across_a_take_down_is_not_kept_either(store):
    store.put(store.where("nasional"), NAME, b"satu")
    place = store.where("nasional")
    store.bump("nasional", hard=True)
    store.put(place, NAME, b"ditarik")
    assert store.kept(store.where("nasional"), NAME) is None


def test_a_second_node_process_sees_the_same_links(store):
    other = Store(store.root, recheck=0)
    store.put(store.where("nasional"), NAME, b"satu")
    assert shown(other) == b"satu"
    other.bump("nasional")
    assert shown(store) is None


def test_generations_only_grow_even_after_collecting(store):
    numbers = []
    for _turn in range(4):
        store.bump("nasional")
        store.collect("nasional")
        numbers.append(int(store.where("nasional").fresh.rsplit("-", 1)[1]))
    assert numbers == sorted(set(numbers))


def test_collecting_removes_what_no_link_points_at(store):
    store.put(store.where("nasional"), NAME, b"satu")
    store.bump("nasional", hard=True)
    store.put(store.where("nasional"), NAME, b"dua")
    store.collect("nasional")
    assert sorted(found.name for found in Path(store.root, "nasional").glob("*-*")) == ["gen-1", "keep-1"]
    assert shown(store) == b"dua"


def test_a_full_disk_means_answered_but_not_kept(store, monkeypatch):
    monkeypatch.setattr(disk, "FLOOR", 1 << 62)
    assert store.put(store.where("nasional"), NAME, b"satu").answer(None, None)[2] == b"satu"
    assert shown(store) is None


def test_a_disk_that_takes_no_new_generation_shows_nothing_old(store, monkeypatch):
    store.put(store.where("nasional"), NAME, b"satu")

    def full(*_args: object, **_more: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(disk, "_forward", full)
        with pytest.raises(OSError, match="space"):
            store.bump("nasional")
    assert shown(store) is None
    assert not Path(store.root, "nasional/current").exists()
    store.bump("nasional")
    store.put(store.where("nasional"), NAME, b"dua")
    assert shown(store) == b"dua"


def test_memory_is_bounded_and_the_disk_still_answers(tmp_path):
    store = Store(tmp_path, memory=5000, recheck=0)
    names = [f"kabar/{number}/_index.html" for number in range(20)]
    for name in names:
        store.put(store.where("nasional"), name, name.encode())
        assert shown(store, name=name) == name.encode()
    assert store._used <= 5000
    assert all(shown(store, name=name) == name.encode() for name in names)


def test_made_up_older_pages_do_not_fill_the_disk(store, monkeypatch):
    monkeypatch.setattr(disk, "CURSORS", 3)
    for number in range(5):
        store.put(store.where("nasional"), f"_index.sebelum-{number}.html", b"x")
    assert len(list(Path(store.root, "nasional/current").iterdir())) == 3


def test_a_site_nobody_has_shown_takes_no_directory(store):
    assert shown(store, "kim/karangan") is None
    assert list(Path(store.root).iterdir()) == []


def test_a_name_that_is_no_site_is_not_bumped(store):
    store.bump("../../x")
    assert list(Path(store.root).iterdir()) == []


@pytest.mark.parametrize(
    ("accepts", "zipped"),
    [
        ("gzip", True),
        ("gzip, br", True),
        ("br;q=1, gzip;q=0.5", True),
        ("*", True),
        ("gzip;q=0", False),
        ("gzip; q=0.0", False),
        ("br", False),
        ("", False),
    ],
)
def test_a_reader_says_whether_compressed_is_welcome(accepts, zipped):
    assert disk.takes_gzip(accepts) is zipped
