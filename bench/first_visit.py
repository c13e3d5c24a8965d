"""What the reading page costs on a first visit with a slow phone: bytes, requests, time to the text, layout shift.

The real server (gunicorn, as `flask serve` starts it) on loopback; headless Chromium as a phone of 360 x 740
pixels with an empty cache, its processor slowed four times and its line held at 1.6 Mbit/s down, 750 kbit/s up,
150 ms of latency (the slow phone of Lighthouse). Each page is visited in fresh browser contexts in turn;
medians. Bytes are those on the wire, headers and compression included. Fails when the longest draft of the
demonstration is over a budget; the large act beside it is printed for comparison.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parent))

# First, because it makes the program and its tests known to the imports below.
from reading_page import ROOT, fill  # noqa: I001
from loopback import chromium, free_port, serving
from participation.web.serving import server_command

ROUNDS = 9
# A reader's browser stands open before the page is asked for.
SETTLING_MS = 1000
CPU_SLOWDOWN = 4
DOWN, UP, LATENCY_MS = 1_600_000 / 8, 750_000 / 8, 150
MOST_BYTES, MOST_MS, MOST_SHIFT = 150_000, 1000, 0.05
# Asked of the page at rest: every layout shift that nobody asked for, and when the first words stood.
ASK = """() => new Promise(answer => {
  const [words] = performance.getEntriesByName('first-contentful-paint');
  let shift = 0;
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) shift += entry.value;
  }).observe({type: 'layout-shift', buffered: true});
  setTimeout(() => answer([words.startTime, shift]), 300);
})"""


@dataclass
class Weight:
    """What came over the wire: bytes of each address, headers and compression included; the hosts that were asked."""

    sizes: dict[str, float] = field(default_factory=dict)
    hosts: set[str] = field(default_factory=set)


@dataclass
class Visit:
    """Milliseconds until words were painted, cumulative layout shift."""

    words_ms: float
    shift: float


def slow_phone(browser: Any) -> tuple[Any, Any]:
    """A page in a context of its own, and the line to its developer's tools."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, is_mobile=True, device_scale_factor=2)
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.setCacheDisabled", {"cacheDisabled": True})
    line.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": LATENCY_MS, "downloadThroughput": DOWN, "uploadThroughput": UP},
    )
    line.send("Emulation.setCPUThrottlingRate", {"rate": CPU_SLOWDOWN})
    return page, line


def weigh(browser: Any, address: str) -> Weight:
    page, line = slow_phone(browser)
    weight = Weight()
    names: dict[str, str] = {}

    def asked(event: dict[str, Any]) -> None:
        url = urlsplit(event["request"]["url"])
        if url.scheme in ("http", "https"):
            names[event["requestId"]] = url.path
            weight.hosts.add(url.netloc)

    def loaded(event: dict[str, Any]) -> None:
        name = names.get(event["requestId"])
        if name is not None:
            weight.sizes[name] = weight.sizes.get(name, 0) + event["encodedDataLength"]

    line.on("Network.requestWillBeSent", asked)
    line.on("Network.loadingFinished", loaded)
    page.goto(address, wait_until="networkidle")
    page.evaluate("document.fonts.ready")
    page.context.close()
    return weight


def time(browser: Any, address: str) -> Visit:
    """Nobody listens meanwhile: who watches takes the processor from the phone that is watched."""
    page, _line = slow_phone(browser)
    page.wait_for_timeout(SETTLING_MS)
    page.goto(address, wait_until="networkidle")
    page.evaluate("document.fonts.ready")
    words_ms, shift = page.evaluate(ASK)
    page.context.close()
    return Visit(words_ms, shift)


def longest_draft(folder: Path) -> str:
    """Live through the demonstration network in `folder`; gives the path of its longest draft's page."""
    environment = {**os.environ, "SOGLASJE_INSTANCE": str(folder), "SOGLASJE_DEMONSTRATION": "1"}
    flask = [sys.executable, "-m", "flask", "--app", "app"]
    subprocess.run([*flask, "db", "upgrade", "-d", "participation/migrations"], cwd=ROOT, env=environment, check=True,
                   capture_output=True)  # fmt: skip
    subprocess.run([*flask, "demo", "load"], cwd=ROOT, env=environment, check=True, capture_output=True)
    from sqlalchemy import func, select

    from participation import create_app
    from participation.consultations.models import Consultation, Provision, TextVersion
    from participation.foundation.database import session

    with create_app(folder).app_context():
        slug = session.scalars(
            select(Consultation.slug)
            .join(TextVersion, TextVersion.consultation_id == Consultation.id)
            .join(Provision, Provision.version_id == TextVersion.id)
            .group_by(Consultation.id)
            .order_by(func.sum(func.length(Provision.text)).desc())
            .limit(1)
        ).one()
    return f"/consultations/{slug}"


def measure(browser: Any, folder: Path, path: str) -> tuple[Weight, list[Visit]]:
    port = free_port()
    with serving(server_command("127.0.0.1", port), port, {"SOGLASJE_INSTANCE": str(folder)}):
        address = f"http://127.0.0.1:{port}{path}"
        weight = weigh(browser, address)
        return weight, [time(browser, address) for _round in range(ROUNDS)]


def tell(what: str, weight: Weight, visits: list[Visit]) -> bool:
    size = sum(weight.sizes.values())
    words = statistics.median(one.words_ms for one in visits)
    shift = max(one.shift for one in visits)
    quickest, slowest = min(one.words_ms for one in visits), max(one.words_ms for one in visits)
    print(f"{what}: median of {len(visits)} first visits, {CPU_SLOWDOWN}x CPU, 1.6 Mbit/s, {LATENCY_MS} ms latency:")
    print(f"  {size / 1000:.1f} kB in {len(weight.sizes)} requests to {len(weight.hosts)} host; "
          f"words after {words:.0f} ms "
          f"({quickest:.0f} to {slowest:.0f}); largest layout shift {shift:.4f}")  # fmt: skip
    for name, bytes_ in sorted(weight.sizes.items(), key=lambda item: -item[1]):
        print(f"    {bytes_ / 1000:6.1f} kB  {name}")
    return size <= MOST_BYTES and words <= MOST_MS and shift <= MOST_SHIFT and len(weight.hosts) == 1


def main() -> int:
    from playwright.sync_api import sync_playwright

    launch = chromium()
    if launch is None:
        print("NOT RUN: no chromium on this machine")
        return 0
    with tempfile.TemporaryDirectory() as small, tempfile.TemporaryDirectory() as large, sync_playwright() as driver:
        browser = driver.chromium.launch(**launch)
        is_good = tell(
            "The longest draft of the demonstration", *measure(browser, Path(small), longest_draft(Path(small)))
        )
        tell("An act of 460 provisions with 1,000 comments", *measure(browser, Path(large), fill(Path(large))))
        browser.close()
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
