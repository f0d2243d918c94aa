"""How long a poster, a bulletin and a share image take, asked of the application as a reader would.

Needs: nothing but `make setup`; makes a database of its own with the demo in it, writes one story as long as stories may be with a photo
from a phone, and takes everything away. Each file is made TIMES times with the page store left out; the slowest counts.
Repeat: .venv/bin/python benchmarks/papers.py [folder to keep the files in]
Yardstick (issue 3): poster < 1 s, bulletin < 3 s, share image < 300 ms.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from io import BytesIO
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks._machine import BASE, machine, verdict

TIMES = 12
LIMITS = {"poster.pdf": 1.0, "bagikan.png": 0.3, "bulletin": 3.0, "papan/": 1.0, "radio/": 1.0}


def phone_photo() -> bytes:
    """Twelve million points with some grain in them, as a JPEG: harder to draw than any drawing of the demo."""
    from PIL import Image

    grain = Image.frombytes("L", (500, 375), os.urandom(500 * 375)).resize((4000, 3000), Image.Resampling.BICUBIC)
    file = BytesIO()
    Image.merge("RGB", (grain, grain.rotate(180), grain)).save(file, "JPEG", quality=85)
    return file.getvalue()


def longest_story() -> str:
    """Publish a story as long as the rules allow in a group of the demo; its address."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.utils import timezone

    from kentongan.media.jobs import render
    from kentongan.media.models import Photo
    from kentongan.newsroom.models import Story

    story = Story.objects.published().order_by("-published_at").first()
    assert story is not None
    photo = Photo.receive(SimpleUploadedFile("foto.jpg", phone_photo()))
    render(photo=photo.pk)
    photo.refresh_from_db()
    photo.make_public()
    picture = story.pictures.create(photo=photo, alt="Foto", credit="Warga", position=90 + story.pictures.count())
    body = "Warga bekerja sejak pagi di tikungan bawah, lalu mencoba airnya pukul 14.05 WIB dengan iuran Rp1.250.000.\n\n" * 190
    headline = "Musyawarah desa menyepakati pembangunan dinding penahan tanah di tikungan bawah setelah longsor ketiga tahun ini"
    Story.objects.filter(pk=story.pk).update(
        headline=headline, summary="Ringkasan " * 27, body=body[:20_000], cover=picture, published_at=timezone.now()
    )
    return Story.objects.get(pk=story.pk).get_absolute_url()


def measure(keep: str) -> bool:
    """In a process of its own, on the benchmark's database."""
    import django

    django.setup()
    from django.conf import settings
    from django.test import Client

    from kentongan.newsroom.models import Story
    from kentongan.portal.reading.bulletin import weeks

    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.ALLOWED_HOSTS.append("testserver")
    story = longest_story()
    group = Story.objects.get(pk=int(story.split("/kabar/")[1].split("-")[0])).group
    addresses = {name: f"{story}{name}" for name in ("poster.pdf", "bagikan.png", "papan/", "radio/")}
    addresses["bulletin"] = weeks(group).rows[0][0].address
    client = Client()
    passed = []
    for name, address in addresses.items():
        took, worked = [], []
        for _turn in range(TIMES):
            begun, working = time.perf_counter(), time.process_time()
            answer = client.get(address)
            took.append(time.perf_counter() - begun)
            worked.append(time.process_time() - working)
            assert answer.status_code == 200, (address, answer.status_code)
        if keep:
            Path(keep, name.strip("/").replace("bulletin", "bulletin.pdf")).write_bytes(answer.content)
        median, slowest, work = statistics.median(took) * 1000, max(took) * 1000, statistics.median(worked) * 1000
        figure = f"median {median:.0f} ms ({work:.0f} ms of processor), slowest {slowest:.0f} ms, {len(answer.content) / 1000:.0f} kB"
        passed.append(verdict(name, figure, f"{LIMITS[name] * 1000:.0f} ms", max(took) < LIMITS[name]))
    memory = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    print(f"  most memory of the process: {int(memory.split()[1]) // 1024} MB")
    return all(passed)


def main(keep: str) -> int:
    """Make the database, load places and demo, and measure."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "KENTONGAN_DATA", "KENTONGAN_ENV")}
    print(machine())
    with tempfile.TemporaryDirectory(prefix="kentongan-papers-") as folder:
        Path(folder).chmod(0o755)
        environment = kept | {"KENTONGAN_DATA": folder}
        for words in (("migrate", "-v0"), ("load_regions",), ("load_demo",)):
            subprocess.run([sys.executable, "manage.py", *words], cwd=BASE, env=environment, check=True)
        inside = ["-m", "kentongan.config.database", "run", "--", sys.executable, __file__, "--measure", keep]
        return subprocess.run([sys.executable, *inside], cwd=BASE, env=environment, check=False).returncode


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        sys.exit(0 if measure(sys.argv[2]) else 1)
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
