"""How long a group's whole export takes, how much memory it needs, and how fast the read API answers.

Needs: nothing but `make setup`; makes a database of its own with the test village, STORIES stories of one group with three versions and
a photo each, and takes everything away. The export is written in a process of its own, as the worker does; its memory is the highest it
ever had. The API is asked TIMES times a list, in the process; on a large directory (KENTONGAN_DATA of `make seed`) with --large.
Repeat: .venv/bin/python benchmarks/exchange.py [--large]
Yardstick (our own): 1,000 stories in 60 s within 300 MB; a list of the API p95 < 50 ms.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import quantiles

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks._machine import BASE, machine, verdict

STORIES, TIMES = 1000, 60
SECONDS, MEGABYTES, MILLISECONDS = 60.0, 300, 50.0
LISTS = (
    "groups",
    "groups?region=33",
    "stories",
    "stories?region=33",
    "decrees?region=33.18",
    "regions?parent=33",
    "figures",
    "figures?region=33",
)


def inside(large: bool) -> int:
    """Run in a process that has a database."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "kentongan.config.settings"
    import django

    django.setup()
    fine = large or export_measured()
    return 0 if api_measured() and fine else 1


def export_measured() -> bool:
    """Fill a group, then write its export in a fresh process."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    fill()
    done = subprocess.run([sys.executable, __file__, "--pack"], capture_output=True, text=True, check=False)
    print(done.stdout.rstrip() or done.stderr[-2000:])
    return done.returncode == 0


def fill() -> None:
    """STORIES published stories of the test village, each with three versions, a source and a photo of its own."""
    from django.conf import settings

    from kentongan.core.jobs import run_pending
    from kentongan.media.models import Photo
    from kentongan.newsroom.models import Revision, Source, Story, StoryPhoto
    from kentongan.newsroom.tests.factories import story_in
    from tests.cast import village
    from tests.pictures import photo_file

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cast = village()
    told, photo = story_in("published", cast), Photo.receive(photo_file())
    run_pending()
    photo.refresh_from_db()
    words = "Warga bergotong royong membersihkan saluran air sejak pagi. " * 40
    fields = {one.attname: getattr(told, one.attname) for one in Story._meta.concrete_fields if not one.primary_key}
    made = Story.objects.bulk_create(
        [Story(**fields | {"cover_id": None, "headline": f"Kabar {n}", "body": words}) for n in range(STORIES)]
    )
    Revision.objects.bulk_create(
        Revision(story=story, number=n, headline=story.headline, summary=story.summary, body=words, author=cast.anggota)
        for story in made
        for n in (1, 2, 3)
    )
    Source.objects.bulk_create(Source(story=story, who="Ketua RT", how="ditemui", state="named", added_by=cast.anggota) for story in made)
    StoryPhoto.objects.bulk_create(StoryPhoto(story=story, photo=photo.copied(), alt="Saluran", credit="Joko") for story in made)


def pack() -> int:
    """Write the export of the group and say what it took."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "kentongan.config.settings"
    import django

    django.setup()
    from kentongan.exchange.packing.book import pack as write
    from kentongan.groups.models import Group

    group = Group.objects.select_related("region").get(slug="gulangpongge")
    with tempfile.TemporaryDirectory() as folder:
        empty = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        before, began = time.process_time(), time.monotonic()
        packed = write(group, Path(folder) / "all.zip")
        seconds, cpu = time.monotonic() - began, time.process_time() - before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    size = f"{packed.size / 1e6:.0f} MB, {packed.contents['kabar']} stories, {packed.contents['foto']} photos"
    print(f"whole export of a group: {size}; {cpu:.1f} s of the processor; {empty} MB before anything was written")
    fast = verdict("seconds", f"{seconds:.1f}", f"{SECONDS:.0f}", seconds < SECONDS)
    small = verdict("peak memory of the process", f"{peak} MB", f"{MEGABYTES} MB", peak < MEGABYTES)
    return 0 if fast and small else 1


def api_measured() -> bool:
    """Ask every list TIMES times."""
    from django.test import Client

    from kentongan.groups.models import Group

    client, slowest = Client(headers={"host": "localhost"}), 0.0
    print(f"the read API over {Group.objects.count()} groups, {TIMES} times each, 50 items:")
    for address in LISTS:
        took = []
        for _time in range(TIMES):
            began = time.perf_counter()
            answer = client.get(f"/api/v1/{address}")
            took.append((time.perf_counter() - began) * 1000)
            assert answer.status_code in (200, 404), answer.content[:200]
        p95 = quantiles(took, n=20)[18]
        slowest = max(slowest, p95)
        print(f"  {address}: median {sorted(took)[TIMES // 2]:.1f} ms, p95 {p95:.1f} ms, {len(answer.content) / 1000:.0f} kB")
    return verdict("slowest p95", f"{slowest:.1f} ms", f"{MILLISECONDS:.0f} ms", slowest < MILLISECONDS)


def main() -> int:
    """In a database of its own, or in that of KENTONGAN_DATA with --large."""
    if "--pack" in sys.argv:
        return pack()
    if "--inside" in sys.argv:
        return inside("--large" in sys.argv)
    print(machine())
    again = [sys.executable, "-m", "kentongan.config.database", "run", "--", sys.executable, __file__, "--inside", *sys.argv[1:]]
    if "--large" in sys.argv:
        return subprocess.run(again, cwd=BASE, check=False).returncode
    with tempfile.TemporaryDirectory(prefix="exchange-") as folder:
        own = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | {"KENTONGAN_DATA": folder}
        return subprocess.run(again, cwd=BASE, env=own, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
