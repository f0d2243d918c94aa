"""Writing on a cheap phone with a weak signal: when the form can be used, and what a photo of 4 MB weighs when it leaves.

Needs Debian's chromium; starts a whole Kentongan with the demo in a directory of its own (a minute and a half), unless --at names one.
The browser is slowed down four times and its line to 400 kbit/s with 400 ms a way, through Chromium's own switches (CDP).
Repeat: .venv/bin/python benchmarks/pocket.py [--at http://127.0.0.1:8000]
Yardsticks (issue 3): the form can be used within 3 s of a first visit with nothing in memory; a photo of 4 MB leaves with less than 400 kB.
"""

import argparse
import io
import os
import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PIL import Image, ImageChops
from playwright.sync_api import BrowserContext, Page, sync_playwright

from benchmarks._machine import machine, verdict
from benchmarks.lighthouse import browser, site

PHONE = {"width": 360, "height": 740}
SLOWER, BYTES, DELAY = 4, 50_000, 400  # 400 kbit/s
VISITS, PHOTOS = 5, 3
USABLE, LIGHT = 3.0, 400_000
PASSPHRASE = "kentongan di gardu ronda"
WRITE = "/meja/kabar/tulis/"


def photo() -> bytes:
    """A photo of about 4 MB and 12 megapixels: coarse and fine structure as in nature, and the grain of a cheap lens."""
    grain = random.Random(45)
    picture = Image.new("L", (4000, 3000), 128)
    for cells, strength in ((8, 0.9), (32, 0.5), (128, 0.28), (512, 0.14), (4000, 0.07)):
        size = (cells, cells * 3 // 4)
        layer = Image.frombytes("L", size, grain.randbytes(size[0] * size[1])).resize(picture.size, Image.Resampling.BICUBIC)
        picture = ImageChops.add(picture, layer.point(lambda value, part=strength: int(value * part)), 1, int(-128 * strength))
    colours = Image.merge("RGB", (picture, picture.point(lambda value: value * 9 // 10), picture.point(lambda value: value * 7 // 10)))
    for quality in range(60, 98):
        file = io.BytesIO()
        colours.save(file, "JPEG", quality=quality)
        if file.tell() > 3_900_000:
            break
    return file.getvalue()


def slow(context: BrowserContext, page: Page) -> None:
    """This page from now on as on the phone of the yardstick."""
    switches = context.new_cdp_session(page)
    switches.send("Network.enable")
    line = {"offline": False, "latency": DELAY, "downloadThroughput": BYTES, "uploadThroughput": BYTES}
    switches.send("Network.emulateNetworkConditions", line)
    switches.send("Network.clearBrowserCache")
    switches.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})


def sign_in(page: Page) -> None:
    """A member of the demo's village."""
    page.goto("/meja/masuk/")
    page.locator("[name=credential]").fill("anggota")
    page.locator("[name=passphrase]").fill(PASSPHRASE)
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.wait_for_url("**/meja/")


def opened(page: Page) -> tuple[float, float]:
    """Seconds until something can be typed, and until it is kept on the phone too."""
    page.goto(WRITE)
    page.locator("html[data-siap]").wait_for(state="attached")
    kept = page.evaluate("performance.now()") / 1000
    shown = """() => Math.max(performance.getEntriesByType('navigation')[0].domInteractive,
        performance.getEntriesByName('first-contentful-paint')[0].startTime)"""
    return page.evaluate(shown) / 1000, kept


def weighed(page: Page, data: bytes) -> tuple[int, float]:
    """Bytes of the photo as it leaves, and seconds it took to make it light."""
    page.evaluate("""() => {
        globalThis.field = document.querySelector('[type=file]');
        field.addEventListener('change', () => { globalThis.start ??= performance.now(); }, { capture: true, once: true });
    }""")
    page.locator("[type=file]").first.set_input_files({"name": "IMG_2024.jpg", "mimeType": "image/jpeg", "buffer": data})
    page.get_by_text("Siap dikirim").wait_for(timeout=120_000)
    took = page.evaluate("(performance.now() - globalThis.start) / 1000")
    return page.evaluate("globalThis.field.files[0].size"), took


def measure(at: str) -> bool:
    """Every figure; whether they reach the yardsticks."""
    data = photo()
    usable, kept, again, weights = [], [], [], []
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=browser(), args=["--no-sandbox"] if os.geteuid() == 0 else [])
        print(f"  {machine()}\n  Chromium {chromium.version}")
        for visit in range(VISITS):
            context = chromium.new_context(base_url=at, viewport=PHONE, locale="id-ID", service_workers="block")  # type: ignore[arg-type]
            page = context.new_page()
            page.set_default_timeout(60_000)
            sign_in(page)
            page.goto("about:blank")
            slow(context, page)
            typed, safe = opened(page)
            usable.append(typed)
            kept.append(safe)
            again.append(opened(page)[1])
            if visit < PHOTOS:
                weights.append(weighed(page, data))
            context.close()
        chromium.close()
    middle = sorted(kept)[VISITS // 2]
    print(f"  form on a first visit, typing possible: {', '.join(f'{one:.2f}' for one in usable)} s")
    print(f"  kept on the phone too: {', '.join(f'{one:.2f}' for one in kept)} s; next visit {', '.join(f'{one:.2f}' for one in again)} s")
    print(f"  photo of {len(data):,} bytes: " + "; ".join(f"{size:,} bytes after {took:.1f} s" for size, took in weights))
    good = verdict(
        "the form can be used and keeps what is typed", f"{middle:.2f} s, at most {max(kept):.2f} s", f"{USABLE} s", max(kept) < USABLE
    )
    heaviest = max(size for size, _took in weights)
    return verdict("a photo of 4 MB leaves with", f"{heaviest:,} bytes", f"{LIGHT:,}", heaviest < LIGHT) and good


def main() -> int:
    """Print the figures; 1 when one of them misses its yardstick."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("--at", help="the address of a running site with the demo")
    at = asked.parse_args().at
    if at:
        return 0 if measure(at.rstrip("/")) else 1
    with site() as address:
        return 0 if measure(address) else 1


if __name__ == "__main__":
    sys.exit(main())
