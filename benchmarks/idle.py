"""Idle memory of everything, and how long a first and a second start take.

Needs: nothing but `make setup`. Repeat: .venv/bin/python benchmarks/idle.py
Yardsticks (issue 2): first start < 180 s with .venv made before, second <= 5 s, idle <= 400 MB in all.
"""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SETTLE = 20  # seconds after the first page
QUIET = {"KENTONGAN_PG_BIN", "DATABASE_URL", "PORT", "KENTONGAN_DATA"}


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def start(data: Path) -> tuple[subprocess.Popen[bytes], int, float]:
    """Start everything; the process, its port, and the seconds until the first page."""
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if name not in QUIET}
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "kentongan.config.supervisor"],
        cwd=ROOT,
        env=environment | {"PORT": str(port), "KENTONGAN_DATA": str(data)},
        stdout=subprocess.DEVNULL,
    )
    while process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as page:
                page.read()
            return process, port, time.monotonic() - began
        except urllib.error.HTTPError as error:
            print(f"the home page answered {error.code}")
            return process, port, time.monotonic() - began
        except OSError:
            time.sleep(0.05)
    sys.exit("it did not start")


def stop(process: subprocess.Popen[bytes]) -> float:
    began = time.monotonic()
    process.send_signal(signal.SIGINT)
    process.wait()
    return time.monotonic() - began


def parents() -> dict[int, int]:
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            found[int(stat.parent.name)] = int(stat.read_text().rsplit(")", 1)[1].split()[1])
    return found


def family(roots: set[int]) -> set[int]:
    """These processes and everything below them."""
    known, tree = set(roots), parents()
    while more := {pid for pid, parent in tree.items() if parent in known} - known:
        known |= more
    return known


def proportional_mb(pid: int) -> float:
    """Memory of one process with what it shares counted once over all sharers (PSS), in MB."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0


def name(pid: int) -> str:
    words = Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ").split()
    for part in ("granian", "procrastinate", "supervisor", "postgres"):
        if any(part in word for word in words[:4]):
            return part
    return words[0] if words else "?"


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="kentongan-idle-") as folder:
        data = Path(folder)
        data.chmod(0o755)
        process, _, first = start(data)
        stop(process)
        process, _, second = start(data)
        time.sleep(SETTLE)
        server = int(next(data.glob("pg/*/postmaster.pid")).read_text().split()[0])
        parts: dict[str, float] = {}
        for pid in family({process.pid, server}):
            with contextlib.suppress(OSError):
                parts[name(pid)] = parts.get(name(pid), 0.0) + proportional_mb(pid)
        stopping = stop(process)
    print(f"first start   {first:6.1f} s   (yardstick 180)")
    print(f"second start  {second:6.1f} s   (yardstick 5)")
    print(f"stopping      {stopping:6.1f} s")
    print(f"idle memory   {sum(parts.values()):6.0f} MB  (yardstick 400)")
    for part, size in sorted(parts.items(), key=lambda pair: -pair[1]):
        print(f"    {part:<14}{size:6.0f} MB")


if __name__ == "__main__":
    main()
