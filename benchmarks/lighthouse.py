"""Lighthouse for phones (4 × CPU slowdown, slow 4G, both simulated), of a story, a group, a portal, the home, and a page in English.

Needs: Debian's chromium, node and npm, and once the network: Lighthouse is 200 packages and 185 MB, so it stands in no lock file but
is fetched by name and version into `var/lighthouse`. Starts a whole Kentongan with the demo in a directory of its own (a minute and a
half), unless --at names one.
Repeat: .venv/bin/python benchmarks/lighthouse.py [--at http://127.0.0.1:8000]
Yardstick (issue 3): each of the four numbers >= 95 on each page.
"""

import argparse
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks._machine import BASE, free_port, machine, need, verdict

VERSION = "12.8.2"
TOOL = BASE / "var/lighthouse"
LEAST = 95
KINDS = ("performance", "accessibility", "best-practices", "seo")
GROUP, PORTAL = "/kim/gulangpongge/", "/wilayah/33.18/"
READY_SECONDS = 300


def lighthouse() -> Path:
    """The program, fetched on first use."""
    program = TOOL / "node_modules/lighthouse/cli/index.js"
    if not program.exists():
        TOOL.mkdir(parents=True, exist_ok=True)
        fetch = ["npm", "install", "--silent", "--ignore-scripts", "--no-save", "--prefix", str(TOOL), f"lighthouse@{VERSION}"]
        subprocess.run(fetch, check=True)
    return program


def browser() -> str:
    """Where Chromium is."""
    return os.environ.get("CHROME_PATH") or shutil.which("chromium") or sys.exit("This benchmark needs chromium: apt install chromium")


def read(address: str) -> str:
    """A page as text."""
    with urllib.request.urlopen(address, timeout=20) as answer:
        return str(answer.read().decode())


@contextmanager
def site() -> Iterator[str]:
    """A whole Kentongan with the demo, as `make run` starts it; its address."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="kentongan-lighthouse-") as data:
        Path(data).chmod(0o755)
        kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "KENTONGAN_ENV")}
        kept |= {"KENTONGAN_DATA": data, "PORT": str(port), "KENTONGAN_DEMO": "1"}
        with (Path(data) / "said").open("w") as said:
            started = subprocess.Popen([sys.executable, "-m", "kentongan.config.supervisor"], cwd=BASE, env=kept, stdout=said, stderr=said)
            try:
                yield ready(f"http://127.0.0.1:{port}", started)
            finally:
                started.send_signal(signal.SIGTERM)
                started.wait(60)


def ready(address: str, started: "subprocess.Popen[bytes]") -> str:
    """The address once it serves a story."""
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until and started.poll() is None:
        try:
            if story_of(address):
                return address
        except OSError:
            pass
        time.sleep(1)
    sys.exit("The site did not come up.")


def story_of(site: str) -> str:
    """The story with the most on it: one that was corrected where there is one, else the newest."""
    found = re.findall(r'href="(/kim/[a-z0-9-]+/kabar/\d+-[^"]+)"', read(f"{site}{GROUP}kabar/"))
    corrected = [path for path in found if 'id="ralat-' in read(site + path)]
    return next(iter(corrected or found), "")


def scores(program: Path, address: str) -> dict[str, int]:
    """The four numbers of a page."""
    flags = "--headless=new --disable-dev-shm-usage" + (" --no-sandbox" if os.geteuid() == 0 else "")
    with tempfile.TemporaryDirectory() as here:
        report = Path(here) / "report.json"
        command = ["node", str(program), address, "--quiet", "--output=json", f"--output-path={report}", f"--chrome-flags={flags}"]
        command.append(f"--only-categories={','.join(KINDS)}")
        for last in (False, False, True):  # on a busy machine the browser's trace now and then misses its own beginning
            if not subprocess.run(command, env=os.environ | {"CHROME_PATH": browser()}, check=last).returncode:
                break
        said = json.loads(report.read_text())["categories"]
    return {kind: round(100 * (said[kind]["score"] or 0)) for kind in KINDS}


def measure(at: str) -> bool:
    """Every page; whether all numbers reach the yardstick."""
    program, story = lighthouse(), story_of(at)
    pages = {"story": story, "group": GROUP, "portal": PORTAL, "home": "/", "story in English": f"/en{story}"}
    good = []
    for name, path in pages.items():
        read(at + path)  # so that the page store has it, as it has for all readers but the first
        found = scores(program, at + path)
        said = ", ".join(f"{kind} {number}" for kind, number in found.items())
        good.append(verdict(name, said, f">= {LEAST} each", min(found.values()) >= LEAST))
    return all(good)


def main() -> int:
    """Print the figures; 1 when one of them is below the yardstick."""
    need("node", "npm")
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("--at", help="the address of a running site with the demo")
    at = asked.parse_args().at
    version = subprocess.run([browser(), "--version"], capture_output=True, text=True, check=True).stdout.strip()
    print(f"  {machine()}\n  {version}, Lighthouse {VERSION}")
    if at:
        return 0 if measure(at.rstrip("/")) else 1
    with site() as address:
        return 0 if measure(address) else 1


if __name__ == "__main__":
    sys.exit(main())
