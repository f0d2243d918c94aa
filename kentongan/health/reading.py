"""How the server is: each thing with its figure, whether that is good, and a sentence on what to do when it is not."""

import json
import os
import shutil
import socket
import ssl
import time
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import Error, connection
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from kentongan.groups.models import Recount

GOOD, LOOK, BAD, UNSET = "good", "warn", "bad", ""
STATES = {BAD: gettext_noop("Rusak"), LOOK: gettext_noop("Perhatikan"), UNSET: gettext_noop("Belum diatur"), GOOD: gettext_noop("Baik")}
"""Worst first."""


@dataclass(frozen=True)
class Limit:
    """From where on a figure asks to be looked at, and from where on it is bad. `less`: a smaller figure is worse."""

    look: float
    bad: float
    less: bool = False

    def of(self, figure: float) -> str:
        """The state of this figure."""
        sign = -1 if self.less else 1
        return BAD if sign * figure >= sign * self.bad else LOOK if sign * figure >= sign * self.look else GOOD


MINUTE, HOUR, DAY = 60, 3600, 86400
LIMITS = {
    "free": Limit(0.15, 0.05, less=True),  # share of the disk
    "waiting": Limit(5 * MINUTE, 30 * MINUTE),  # seconds the oldest job has been due
    "failed": Limit(1, 20),  # jobs given up
    "heartbeat": Limit(MINUTE, 5 * MINUTE),  # seconds since a worker was last heard
    "lag": Limit(30, 5 * MINUTE),  # seconds the page store stands behind the database
    "stream": Limit(2 * MINUTE, 10 * MINUTE),  # seconds that would be lost now
    "base": Limit(26 * HOUR, 50 * HOUR),  # age of the whole copy
    "recount": Limit(26 * HOUR, 50 * HOUR),  # age of the nightly count of all groups
    "drill": Limit(10 * DAY, 40 * DAY),
    "hook": Limit(5 * MINUTE, HOUR),  # age of the copy on another machine
    "certificate": Limit(14 * DAY, 3 * DAY, less=True),  # seconds it is still valid
}
"""Every threshold of the page."""


@dataclass(frozen=True)
class Finding:
    """One line: a key for machines, its name, the figure in words, the state, and what to do."""

    key: str
    label: str
    shown: str
    state: str
    advice: str = ""

    @property
    def state_label(self) -> str:
        """The state in a word."""
        return _(STATES[self.state])


def findings() -> list[Finding]:
    """Everything, the worst first; what cannot be asked is bad and says so."""
    order = list(STATES)
    found = [finding for check in CHECKS for finding in _asked(check)]
    return sorted(found, key=lambda finding: order.index(finding.state))


def worst(found: Iterable[Finding]) -> str:
    """The state of the whole."""
    order = list(STATES)
    return min((finding.state for finding in found if finding.state != UNSET), key=order.index, default=GOOD)


def _asked(check: Callable[[], Iterable[Finding]]) -> list[Finding]:
    try:
        return list(check())
    except (Error, OSError, ValueError, KeyError) as failed:
        advice = _("Tidak bisa ditanyakan (%(why)s). Bila basis data mati, semua yang bertanya kepadanya ikut begini.")
        return [Finding(check.__name__, _(LABELS[check.__name__]), _("tidak terjawab"), BAD, advice % {"why": type(failed).__name__})]


def database() -> Iterable[Finding]:
    """Whether it answers, how fast, how large."""
    began = time.monotonic()
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('server_version'), pg_database_size(current_database())")
        version, size = cursor.fetchone()
    shown = f"PostgreSQL {version.split()[0]}, {size >> 20} MB, {round((time.monotonic() - began) * 1000)} ms"
    yield Finding("database", _(LABELS["database"]), shown, GOOD)


def disk() -> Iterable[Finding]:
    """Room for what is written next, where the data lie and where the backup lies."""
    advice = _("Kosongkan: journalctl --vacuum-time=7d, folder before-… sisa pemulihan; atau besarkan disknya. Di bawah 5% semua berhenti.")
    places = [("disk", Path(settings.DATA), _(LABELS["disk"]))]
    if settings.BACKUP:
        places.append(("backup_disk", Path(settings.BACKUP), _("Ruang simpan cadangan")))
    for key, place, label in places:
        usage = shutil.disk_usage(place)
        state = LIMITS["free"].of(usage.free / usage.total)
        shown = _("%(free)s GB kosong dari %(total)s GB") % {"free": _gb(usage.free), "total": _gb(usage.total)}
        yield Finding(key, label, shown, state, advice if state != GOOD else "")


def jobs() -> Iterable[Finding]:
    """Background work: what waits, what was given up, who works."""
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        waiting, oldest, failed = cursor.fetchone()
        cursor.execute("select count(*), extract(epoch from now() - max(last_heartbeat)) from procrastinate_workers")
        workers, heard = cursor.fetchone()
    age = float(oldest or 0)
    shown = _("%(n)s menunggu") % {"n": waiting} + (_(", tertua %(age)s") % {"age": _span(age)} if waiting else "")
    state = LIMITS["waiting"].of(age)
    advice = _("Pekerja latar tertinggal. Lihat journalctl -u kentongan; bila perlu systemctl restart kentongan. Tidak ada yang hilang.")
    yield Finding("jobs", _(LABELS["jobs"]), shown, state, advice if state != GOOD else "")
    state = LIMITS["failed"].of(failed)
    advice = _("Pekerjaan yang lima kali gagal. Sebabnya di journalctl -u kentongan dengan kata «error»; laporkan kepada pengembang.")
    yield Finding("failed_jobs", _("Pekerjaan gagal"), str(failed), state, advice if state != GOOD else "")
    state = LIMITS["heartbeat"].of(float(heard)) if heard is not None else BAD
    advice = _("Tidak ada pekerja yang terdengar. systemctl restart kentongan, lalu muat ulang halaman ini sesudah satu menit.")
    shown = _("%(n)s bekerja, terdengar %(age)s lalu") % {"n": workers, "age": _span(float(heard))} if heard is not None else _("tidak ada")
    yield Finding("workers", _("Pekerja latar"), shown, state, advice if state != GOOD else "")


def pages() -> Iterable[Finding]:
    """How far this node's stored pages stand behind the database."""
    root = Path(settings.PAGES_ROOT) / "_pages"
    try:
        at = json.loads((root / "followed").read_text())["at"]
    except FileNotFoundError:
        yield Finding("pages", _(LABELS["pages"]), _("belum ada"), LOOK, _("Halaman jadi belum disimpan: server web ini baru dijalankan?"))
        return
    lag = max(0.0, time.time() - at)
    state = LIMITS["lag"].of(lag)
    advice = _("Server web tidak mengikuti perubahan: pembaca melihat halaman lama. systemctl restart kentongan.")
    yield Finding(
        "pages", _(LABELS["pages"]), _("tertinggal paling lama %(age)s") % {"age": _span(lag)}, state, advice if state != GOOD else ""
    )


def backup() -> Iterable[Finding]:
    """How much would be lost now, and whether the backup is worth anything."""
    if not settings.BACKUP:
        advice = _("Isi KENTONGAN_BACKUP di /etc/kentongan.env dengan folder di disk lain, lalu systemctl restart kentongan.")
        yield Finding("backup", _(LABELS["backup"]), _("tidak ada"), BAD if settings.PRODUCTION else UNSET, advice)
        return
    state = json.loads((Path(settings.BACKUP) / "state.json").read_text())
    trouble = "; ".join(state.get("trouble", []))
    rows = (
        (
            "backup",
            "stream",
            _(LABELS["backup"]),
            _("Lihat journalctl -u kentongan, cari kata Cadangan. Yang hilang bila mesin rusak sekarang: sebanyak ini."),
        ),
        ("backup_base", "base", _("Salinan utuh yang diperiksa"), _("Jalankan deploy/backup base dan baca kalimatnya.")),
        (
            "drill",
            "drill",
            _("Latihan pemulihan"),
            _("Jalankan deploy/backup drill. Cadangan yang belum pernah dipulihkan belum tentu cadangan."),
        ),
    )
    for key, part, label, advice in rows:
        yield _aged(key, label, state.get(part, {}), advice, limit=LIMITS[part], trouble=trouble if key == "backup" else "")
    if os.environ.get("KENTONGAN_BACKUP_THEN"):
        advice = _("Perintah KENTONGAN_BACKUP_THEN gagal: %(said)s") % {"said": state.get("hook", {}).get("said", "")[-120:]}
        yield _aged("backup_copy", _("Salinan di mesin lain"), state.get("hook", {}), advice, limit=LIMITS["hook"])
    elif Path(settings.BACKUP).stat().st_dev == Path(settings.DATA).stat().st_dev:
        advice = _(
            "Cadangan ada di disk yang sama dengan datanya: rusak disknya, hilang keduanya. Pindahkan, atau isi KENTONGAN_BACKUP_THEN."
        )
        yield Finding("backup_copy", _("Salinan di mesin lain"), _("tidak ada"), LOOK, advice)


def address() -> Iterable[Finding]:
    """Whether the installation is set up to be used by people, and how long its certificate still serves."""
    wrong = [
        sentence
        for is_wrong, sentence in (
            (not settings.PRODUCTION, _("KENTONGAN_ENV belum production: kesalahan dan data contoh bisa terlihat.")),
            (not settings.SITE_URL.startswith("https:"), _("KENTONGAN_URL tanpa https: kuki dan kata sandi bisa disadap.")),
            (not settings.DESK_URL, _("KENTONGAN_DESK_HOST kosong: meja kerja dan situs umum berbagi satu alamat.")),
        )
        if is_wrong
    ]
    yield Finding("settings", _(LABELS["address"]), settings.SITE_URL, LOOK if wrong else GOOD, " ".join(wrong))
    for url in filter(None, (settings.SITE_URL, settings.DESK_URL)):
        if url.startswith("https:"):
            yield _certificate(urlsplit(url).hostname or "", urlsplit(url).port or 443)


def counts() -> Iterable[Finding]:
    """Whether the nightly count of all groups ran, and found what the actions had counted."""
    last = Recount.objects.order_by("-at").first()
    if last is None:
        yield Finding("counts", _(LABELS["counts"]), _("belum pernah"), UNSET, _("Dihitung ulang tiap malam pukul 02.10 WIB."))
        return
    state = max(LIMITS["recount"].of((timezone.now() - last.at).total_seconds()), LOOK if last.found else GOOD, key=[GOOD, LOOK, BAD].index)
    shown = _("%(n)s selisih di antara %(groups)s KIM, %(at)s")
    words = {"n": last.found, "groups": last.groups, "at": timezone.localtime(last.at).strftime("%d-%m-%Y %H.%M")}
    first = "; ".join(last.differences[:3])
    advice = _("Selisih sudah dibetulkan, tetapi tidak boleh terjadi. Laporkan kepada pengembang: %(first)s") % {"first": first}
    late = _("Penghitungan malam tidak jalan. Periksa pekerja latar; angka wilayah mungkin tertinggal.")
    yield Finding("counts", _(LABELS["counts"]), shown % words, state, "" if state == GOOD else advice if last.found else late)


def version() -> Iterable[Finding]:
    """What runs."""
    yield Finding("version", _(LABELS["version"]), running_version(), GOOD)


def running_version() -> str:
    """The version, with the first letters of its commit where it runs from a checkout."""
    number = tomllib.loads((Path(settings.BASE) / "pyproject.toml").read_text())["project"]["version"]
    git = Path(settings.BASE) / ".git"
    try:
        head = (git / "HEAD").read_text().strip()
        commit = (git / head.removeprefix("ref: ")).read_text() if head.startswith("ref: ") else head
    except OSError:
        return str(number)
    return f"{number} ({commit[:9]})"


LABELS = {
    "database": gettext_noop("Basis data"),
    "disk": gettext_noop("Ruang simpan"),
    "jobs": gettext_noop("Pekerjaan latar"),
    "pages": gettext_noop("Halaman jadi"),
    "backup": gettext_noop("Cadangan"),
    "counts": gettext_noop("Hitungan wilayah"),
    "address": gettext_noop("Alamat dan pengaturan"),
    "version": gettext_noop("Versi"),
}
CHECKS: tuple[Callable[[], Iterable[Finding]], ...] = (database, disk, jobs, pages, counts, backup, address, version)
WAITING = """
    select count(*) filter (where due), extract(epoch from now() - min(since) filter (where due)), count(*) filter (where status = 'failed')
    from (select status, coalesce(scheduled_at, (select min(at) from procrastinate_events e where e.job_id = j.id)) as since,
                 status = 'todo' and (scheduled_at is null or scheduled_at <= now()) as due
          from procrastinate_jobs j where status in ('todo', 'failed')) as rows
"""


def _aged(key: str, label: str, part: dict[str, Any], advice: str, *, limit: Limit, trouble: str = "") -> Finding:
    """Something that happened at a moment and should not be long ago."""
    if not part.get("at"):
        return Finding(key, label, _("belum pernah"), BAD, trouble or str(part.get("trouble") or part.get("said") or advice))
    at = datetime.fromisoformat(part["at"])
    age = (timezone.now() - at).total_seconds()
    state = BAD if part.get("ok") is False else limit.of(age)
    state = LOOK if trouble and state == GOOD else state
    shown = _("%(age)s lalu, %(at)s") % {"age": _span(age), "at": timezone.localtime(at).strftime("%d-%m-%Y %H.%M")}
    return Finding(key, label, shown, state, (trouble or str(part.get("trouble") or part.get("said") or advice)) if state != GOOD else "")


def _certificate(host: str, port: int) -> Finding:
    label = _("Sertifikat %(host)s") % {"host": host}
    try:
        with (
            socket.create_connection((host, port), timeout=2) as plain,
            ssl.create_default_context().wrap_socket(plain, server_hostname=host) as safe,
        ):
            until = ssl.cert_time_to_seconds(str((safe.getpeercert() or {})["notAfter"]))
    except (OSError, ValueError, KeyError) as refused:
        advice = _("nginx tidak menjawab dengan sertifikat yang sah (%(why)s). Periksa: nginx -t, certbot renew, systemctl reload nginx.")
        return Finding("certificate", label, _("tidak sah"), BAD, advice % {"why": type(refused).__name__})
    left = until - time.time()
    state = LIMITS["certificate"].of(left)
    advice = _("Sebentar lagi habis. certbot renew, lalu systemctl reload nginx; periksa systemctl list-timers certbot.timer.")
    return Finding("certificate", label, _("masih %(age)s") % {"age": _span(left)}, state, advice if state != GOOD else "")


def _span(seconds: float) -> str:
    if seconds < 2 * MINUTE:
        return _("%(n)s detik") % {"n": round(seconds)}
    at = timezone.now()
    return timesince(at - timedelta(seconds=seconds), at, depth=1).replace("\xa0", " ")


def _gb(size: int) -> str:
    return f"{size / (1 << 30):.1f}".replace(".", ",")
