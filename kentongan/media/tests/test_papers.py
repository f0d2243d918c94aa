"""PDFs: drawn page by page in a process of their own, cleaned as photos are, or refused with a sentence."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from kentongan.core.errors import BadRequest
from kentongan.core.jobs import run_pending
from kentongan.media import drawing, jobs, papers
from kentongan.media.models import Paper, Photo
from kentongan.media.tests import paper
from kentongan.media.tests.pictures import jpeg, upload

pytestmark = pytest.mark.django_db
ONE = paper.scanned(1)


def received(content: bytes) -> Paper:
    """A paper after the jobs have done their work."""
    row = Paper.receive(upload(content, "sk.pdf"))
    run_pending()
    return Paper.objects.with_pages().get(pk=row.pk)


def test_a_pdf_becomes_one_clean_photo_a_page_and_is_itself_gone(settings):
    row = received(paper.scanned(3))
    assert (row.state, row.pdf, [photo.state for photo in row.pages]) == ("ready", True, ["ready"] * 3)
    assert {photo.width for photo in row.pages} == {1600}
    left = [file for file in settings.MEDIA_ROOT.rglob("*") if file.is_file()]
    assert left and not [file for file in left if file.read_bytes().startswith(b"%PDF") or b"Rahasia" in file.read_bytes()]


def test_the_pages_keep_their_order():
    row = received(paper.scanned(2))
    assert [leaf.number for leaf in row.leaves.all()] == [1, 2]


def test_a_photo_is_a_paper_of_one_page():
    row = received(jpeg())
    assert (row.state, row.pdf, len(row.ready_pages)) == ("ready", False, 1)


def test_a_paper_is_in_preparation_until_its_pages_are():
    row = Paper.receive(upload(ONE, "sk.pdf"))
    assert row.in_preparation and not row.pages
    run_pending()
    assert not Paper.objects.get(pk=row.pk).in_preparation


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (paper.locked(), "dikunci dengan sandi"),
        (paper.restricted(), "dikunci dengan sandi"),
        (paper.with_script(), "memuat program"),
        (paper.with_hidden_script(), "memuat program"),
        (paper.with_attachment(), "memuat program"),
        (ONE[: len(ONE) // 2], "rusak"),
        (b"%PDF-1.7\n%%EOF", "rusak"),
        (b"%PDF-1.7\n" + b"\xff" * 4000 + b"\n%%EOF\n", "rusak"),
        (b"%PDF-wah\n%%EOF", "bukan PDF yang kami kenal"),
        (ONE + b"<script>alert(1)</script>", "ada isi lain"),
        (ONE + b"PK\x03\x04 isi PK\x05\x06" + b"\0" * 18, "ada isi lain"),
        (ONE.replace(b"%%EOF", b"PK\x05\x06" + b"\0" * 18 + b"\n%%EOF"), "ada isi lain"),
        (paper.written(pages=21), "21 halaman"),
        (paper.written(pages=0), "tidak punya halaman|rusak"),
    ],
)
def test_what_is_more_or_less_than_paper_is_refused_with_a_sentence_and_leaves_nothing(content: bytes, words: str, settings):
    with pytest.raises(BadRequest, match=words):
        Paper.vet(upload(content, "sk.pdf"))
    with pytest.raises(BadRequest, match=words):
        Paper.receive(upload(content, "sk.pdf"))
    assert not Paper.objects.exists()
    assert not [file for file in settings.MEDIA_ROOT.rglob("*") if file.is_file()]


def test_ten_thousand_pages_are_refused_before_one_is_drawn():
    with pytest.raises(BadRequest, match=r"10000 halaman\. Paling banyak 20"):
        Paper.receive(upload(paper.with_endless_pages(), "sk.pdf"))


def test_a_pdf_behind_a_picture_is_only_the_picture():
    row = received(jpeg() + ONE)
    assert (row.pdf, len(row.ready_pages)) == (False, 1)


def test_a_link_makes_no_program_of_a_pdf():
    assert received(paper.with_link()).state == "ready"


@pytest.mark.parametrize("size", [(14_400, 14_400), (1_000_000, 2), (3, 900)])
def test_a_page_of_any_size_stays_within_four_megapixels_or_is_refused(size: tuple[float, float]):
    row = received(paper.written(size=size))
    if row.state == "ready":
        assert all((photo.width or 0) * (photo.height or 0) <= drawing.WIDE * drawing.TALL for photo in row.pages)
    else:
        assert "rusak" in row.refused_because


def test_a_page_that_never_ends_being_drawn_is_given_up(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(papers, "SECONDS", 2)
    row = received(paper.heavy())
    assert (row.state, row.pages) == ("refused", [])
    assert "terlalu berat" in row.refused_because


def test_the_drawing_process_has_little_memory_and_knows_no_secret(tmp_path: Path):
    probe = tmp_path / "probe.py"
    probe.write_text(
        f"import runpy, os, resource\nplace = runpy.run_path({str(papers.SCRIPT)!r})\nplace['confine']()\n"
        "print(resource.getrlimit(resource.RLIMIT_AS)[0], resource.getrlimit(resource.RLIMIT_CPU)[0], dict(os.environ))\n"
        "try:\n    bytearray(2 << 30)\nexcept MemoryError:\n    print('small')"
    )
    import subprocess
    import sys

    said = subprocess.run([sys.executable, "-I", str(probe)], capture_output=True, text=True, check=True, env={"RAHASIA": "1"}).stdout
    assert said.split() == [str(1 << 30), "30", "{}", "small"]


def test_drawing_twice_makes_no_second_pages():
    row = received(ONE)
    jobs.draw(row.pk)
    assert row.leaves.count() == 1


def test_a_pdf_whose_worker_was_lost_is_drawn_later_and_a_lost_file_is_said():
    row = Paper.receive(upload(ONE, "sk.pdf"))
    Paper.objects.filter(pk=row.pk).update(received_at=timezone.now() - timedelta(hours=2))
    row.original.unlink()
    jobs.sweep()
    run_pending()
    assert "hilang" in Paper.objects.get(pk=row.pk).refused_because


def test_what_nothing_shows_is_forgotten_after_a_day_with_its_pages():
    row = received(ONE)
    long_ago = timezone.now() - timedelta(days=2)
    Paper.objects.update(received_at=long_ago)
    Photo.objects.update(received_at=long_ago)
    jobs.sweep()
    jobs.sweep()
    assert not Paper.objects.filter(pk=row.pk).exists() and not Photo.objects.exists()
