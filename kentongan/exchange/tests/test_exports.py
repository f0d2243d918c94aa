"""A group's whole export: only its board asks and fetches, whatever befell the group; and what the zip holds and does not hold."""

import json
import re
from datetime import timedelta
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any
from zipfile import ZipFile

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from kentongan.accounts.models import Person
from kentongan.core.actors import CLOCK
from kentongan.core.errors import NotAllowed, NotNow
from kentongan.core.jobs import run_pending
from kentongan.discussions.tests.factories import say, topic_in
from kentongan.exchange import actions
from kentongan.exchange.jobs import drop_lapsed, pack
from kentongan.exchange.models import Export
from kentongan.exchange.packing import book
from kentongan.groups.models import Deed, Group, Membership
from kentongan.newsroom import actions as newsroom
from kentongan.newsroom.models import Source, Story, Tip
from kentongan.newsroom.tests.factories import story_in, tip_in
from kentongan.vault.sealing import seal
from tests.pictures import photo_file


def made(cast: Any) -> Export:
    """An export as the board gets it."""
    export = actions.ask(cast.group, by=cast.ketua)
    run_pending()
    return Export.objects.get(pk=export.pk)


def opened(export: Export) -> ZipFile:
    return ZipFile(BytesIO(export.file.read_bytes()))


def read(file: ZipFile, end: str) -> str:
    return file.read(next(name for name in file.namelist() if name.endswith(end))).decode()


def dissolve(group: Group) -> None:
    """As two officers do it."""
    group.note_step("dissolve", None, note="Desa digabung.")
    group.unseat_everyone("KIM dibubarkan")
    Group.objects.filter(pk=group.pk).update(state="dissolved", dissolution_reason="Desa digabung.")


@pytest.fixture
def full(cast: Any) -> Any:
    """A group with a bit of everything, some of it hostile, some of it secret."""
    cast.draft = story_in("written", cast)
    for number in range(2):
        newsroom.illustrate(
            Story.objects.get(pk=cast.draft.pk), upload=photo_file(), alt=f"Pipa {number}", credit="Joko P.", shows_vulnerable=False,
            consent=False, by=cast.anggota,
        )  # fmt: skip
    run_pending()
    cast.told = story_in("published", cast)
    Story.objects.filter(pk=cast.told.pk).update(
        headline="../../../etc/passwd", body="Baca [ini](https://contoh.id).\n\n<script>x()</script>"
    )
    Source.objects.filter(story=cast.told).update(who="Mbah Rahasia", how="ditemui di sawah", unnamed=True)
    topic = topic_in(cast, subject="CON")
    say(topic, cast.anggota2, "Saya setuju.")
    tip_in("received", cast)
    Tip.objects.update(text="Lampu mati", name="Pelapor Rahasia", contact=seal("0857-1111-2222"))
    cast.foreign = story_in("published", cast)
    Story.objects.filter(pk=cast.foreign.pk).update(group=cast.other_group, headline="Kabar tetangga yang lain")
    return cast


@pytest.mark.parametrize("part", ["ketua", "sekretaris", "bendahara"])
def test_the_board_asks_for_its_groups_export(cast: Any, part: str) -> None:
    assert actions.ask(cast.group, by=getattr(cast, part)).state == "asked"


OTHERS = "anggota redaktur pemeriksa pembina kades dinas kementerian operator warga tetangga"


@pytest.mark.parametrize("part", OTHERS.split())
def test_nobody_else_does(cast: Any, part: str) -> None:
    with pytest.raises(NotAllowed):
        actions.ask(cast.group, by=getattr(cast, part))


def test_a_seat_nobody_said_yes_to_or_that_has_ended_gives_nothing(cast: Any) -> None:
    Membership.objects.filter(person=cast.ketua).update(agreed_at=None)
    Membership.objects.filter(person=cast.sekretaris).update(ends=timezone.localdate() - timedelta(days=1))
    for part in ("ketua", "sekretaris"):
        with pytest.raises(NotAllowed):
            actions.ask(cast.group, by=getattr(cast, part))


@pytest.mark.parametrize("state", ["decreed", "suspended", "minuted"])
def test_no_state_of_the_group_takes_its_export_from_it(cast: Any, state: str) -> None:
    Group.objects.filter(pk=cast.group.pk).update(state=state, asleep_since=timezone.now(), suspended_reason="Dilaporkan")
    cast.group.refresh_from_db()
    assert made(cast).state == "ready"


def test_the_last_board_of_a_dissolved_group_still_gets_it(cast: Any, client_of: Any) -> None:
    dissolve(cast.group)
    cast.group = Group.objects.get(pk=cast.group.pk)
    export = made(cast)
    page = client_of(cast.ketua).get(reverse("exchange:exports", args=[cast.group.pk]))
    assert page.status_code == 200 and "Unduh berkas ZIP" in page.content.decode()
    assert client_of(cast.ketua).get(reverse("exchange:export", args=[cast.group.pk, export.pk])).status_code == 200
    assert client_of(cast.anggota).get(reverse("exchange:export", args=[cast.group.pk, export.pk])).status_code == 404


def test_one_is_made_at_a_time(cast: Any) -> None:
    actions.ask(cast.group, by=cast.ketua)
    with pytest.raises(NotNow, match="sedang disiapkan"):
        actions.ask(cast.group, by=cast.sekretaris)


def test_who_left_the_board_cannot_fetch_what_they_asked_for(cast: Any, client_of: Any) -> None:
    export, browser = made(cast), client_of(cast.ketua)
    address = reverse("exchange:export", args=[cast.group.pk, export.pk])
    answer = browser.get(address)
    assert answer.status_code == 200 and answer["Cache-Control"] == "no-store" and "attachment" in answer["Content-Disposition"]
    Membership.objects.filter(person=cast.ketua).update(state="ended", ends=timezone.localdate())
    assert browser.get(address).status_code == 404


def test_another_groups_board_gets_nothing(cast: Any, client_of: Any) -> None:
    export = made(cast)
    Membership.objects.filter(person=cast.tetangga).update(role="ketua")
    browser = client_of(cast.tetangga)
    assert browser.get(reverse("exchange:export", args=[cast.group.pk, export.pk])).status_code == 404
    assert browser.get(reverse("exchange:export", args=[cast.other_group.pk, export.pk])).status_code == 404
    assert browser.get(reverse("exchange:exports", args=[cast.group.pk])).status_code == 403


def test_asked_at_the_desk_waited_for_and_fetched(full: Any, client_of: Any) -> None:
    browser, address = client_of(full.sekretaris), reverse("exchange:exports", args=[full.group.pk])
    assert "Siapkan ekspor lengkap" in browser.get(address).content.decode()
    sent = browser.post(address, {"kunci": "k" * 22})
    assert sent.status_code == 302 and "Sedang disiapkan" in browser.get(address).content.decode()
    run_pending()
    page = browser.get(address).content.decode()
    assert "Unduh berkas ZIP" in page and "2 foto" in page
    body = b"".join(browser.get(re.search(rf'href="({address}\d+/)"', page)[1]).streaming_content)
    assert ZipFile(BytesIO(body)).testzip() is None


def test_it_is_kept_a_week_and_a_newer_one_takes_its_place(cast: Any, client_of: Any) -> None:
    first, second = made(cast), made(cast)
    assert Export.objects.get(pk=first.pk).state == "gone" and not first.file.exists()
    Export.objects.filter(pk=second.pk).update(kept_until=timezone.now())
    assert client_of(cast.ketua).get(reverse("exchange:export", args=[cast.group.pk, second.pk])).status_code == 404
    drop_lapsed()
    assert Export.objects.get(pk=second.pk).state == "gone" and not second.file.exists()


def test_the_board_takes_the_file_away(cast: Any, client_of: Any) -> None:
    export = made(cast)
    address = reverse("exchange:removal", args=[cast.group.pk, export.pk])
    assert client_of(cast.bendahara).post(address, {"version": export.version, "kunci": "h" * 22}).status_code == 302
    assert not export.file.exists()


def test_what_cannot_be_made_says_so_and_leaves_nothing(cast: Any, client_of: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("kentongan.exchange.jobs.FLOOR", 1 << 62)
    export = made(cast)
    assert export.state == "failed" and not export.draft.exists() and not export.file.exists()
    assert "belum bisa dibuat" in client_of(cast.ketua).get(reverse("exchange:exports", args=[cast.group.pk])).content.decode()
    assert actions.ask(cast.group, by=cast.ketua).state == "asked"


def test_the_job_is_safe_to_run_twice(cast: Any) -> None:
    export = made(cast)
    before = export.file.read_bytes()
    pack(export.pk)
    assert export.file.read_bytes() == before and Export.objects.get(pk=export.pk).sha256 == export.sha256


def test_only_the_clock_finishes(cast: Any) -> None:
    export = made(cast)
    actions.drop(export, by=CLOCK)
    with pytest.raises(NotNow):
        actions.drop(Export.objects.get(pk=export.pk), by=CLOCK)


def test_the_zip_opens_from_a_folder_and_every_link_leads_somewhere(full: Any) -> None:
    file = opened(made(full))
    names = set(file.namelist())
    assert {"kim-gulangpongge/index.html", "kim-gulangpongge/README.txt", "kim-gulangpongge/register.xlsx"} <= names
    for name in names:
        if not name.endswith(".html"):
            continue
        page = file.read(name).decode()
        for link in re.findall(r'(?:href|src)="([^"#]+)"', page):
            if link.startswith("http"):
                assert "<a href" in page, "nothing is loaded from a network"
                continue
            parts: list[str] = []
            for part in (PurePosixPath(name).parent / link).parts:
                _ = parts.pop() if part == ".." else parts.append(part)
            assert "/".join(parts) in names, f"{name} → {link}"
        assert not re.search(r"<script|<link[^>]+http|<img[^>]+http|url\(", page)


def test_nothing_anybody_wrote_leads_out_of_the_folder_or_is_a_reserved_name(full: Any) -> None:
    for name in opened(made(full)).namelist():
        assert re.fullmatch(r"kim-gulangpongge/(?:[a-z]+/)?[A-Za-z0-9-]+\.[a-z]+", name), name
        assert PurePosixPath(name).stem.split("-")[0] not in {"con", "nul", "aux", "prn", "com1"}


def test_its_stories_with_versions_photos_and_what_was_checked(full: Any) -> None:
    file = opened(made(full))
    draft = json.loads(read(file, f"kabar/{full.draft.pk}-{_slug(full.draft)}.json"))
    assert draft["state"] == "written" and draft["versions"]
    photos = [name for photo in draft["photos"] for name in photo["files"]]
    assert len(draft["photos"]) == 2 and all(f"kim-gulangpongge/{name}" in file.namelist() for name in photos)
    assert any(name.endswith(".avif") for name in file.namelist())
    told = json.loads(read(file, f"kabar/{full.told.pk}-etcpasswd.json"))
    assert told["checks"] and told["verifier"] == "Siti Rahayu" and "<script>" in told["body"]
    assert "<script>" not in read(file, f"kabar/{full.told.pk}-etcpasswd.html")


def _slug(story: Story) -> str:
    return slugify(story.title)[: book.TITLE_MOST].strip("-")


def test_discussions_members_decrees_and_the_register_are_in_it(full: Any) -> None:
    file = opened(made(full))
    topic = json.loads(next(file.read(name) for name in file.namelist() if "/pembahasan/" in name and name.endswith(".json")))
    assert [one["text"] for one in topic["contributions"]] == ["Saya setuju."]
    group = json.loads(read(file, "kelompok.json"))
    assert {"Sugeng Riyadi", "Sri Hartati"} <= {one["name"] for one in group["members"]}
    assert [one["number"] for one in group["decrees"]] == ["141/07/2024"]
    assert "IZIN PAKAI" in read(file, "README.txt")


def test_its_own_papers_are_in_it(full: Any) -> None:
    deed = Deed(group=full.group, kind="rapat", title="Rapat Mei", on=timezone.localdate(), written_by=full.sekretaris, state="confirmed")
    deed.decisions = "Papan pengumuman dipindah ke gardu."
    deed.save()
    file = opened(made(full))
    assert [one["decisions"] for one in json.loads(read(file, "kelompok.json"))["deeds"]] == ["Papan pengumuman dipindah ke gardu."]
    assert "Papan pengumuman dipindah ke gardu." in read(file, "kelompok.html")


def test_stories_name_no_minor(full: Any) -> None:
    Person.objects.filter(pk=full.anggota.pk).update(young=True)
    file = opened(made(full))
    told = json.loads(read(file, f"kabar/{full.told.pk}-etcpasswd.json"))
    assert "Joko Prasetyo" not in str(told) and told["author"]


def test_no_secret_and_nothing_of_another_group_is_in_it(full: Any) -> None:
    file = opened(made(full))
    for name in file.namelist():
        text = file.read(name).decode("utf-8", "ignore")
        for secret in ("Mbah Rahasia", "Pelapor Rahasia", "0857-1111-2222", "+62812", "62812000", "Kabar tetangga yang lain", "Bermi"):
            assert secret not in text, f"{secret} in {name}"


def test_what_another_member_only_began_is_not_in_it(full: Any) -> None:
    Story.objects.filter(pk=full.draft.pk).update(state="begun")
    assert not [name for name in opened(made(full)).namelist() if name.startswith(f"kim-gulangpongge/kabar/{full.draft.pk}-")]


def test_photos_pass_in_pieces(full: Any, monkeypatch: Any) -> None:
    """Neither a photo nor the zip is ever whole in memory: it is copied 64 kB at a time, into a file."""
    sizes: list[int] = []
    copy = book.shutil.copyfileobj

    def watched(source: Any, target: Any, length: int) -> None:
        sizes.append(length)
        copy(source, target, length)

    monkeypatch.setattr(book.shutil, "copyfileobj", watched)
    export = made(full)
    assert sizes and max(sizes) <= 1 << 16
    assert export.contents["foto"] == 2 and export.size == export.file.stat().st_size
