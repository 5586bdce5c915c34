"""How soon the capture page is ready on a phone with a poor connection.

    .venv/bin/python -m benchmarks.capture_page

A phone of 390 pixels, its processor slowed down four times, on a 3G connection of 400 ms there and
back and 400 kbit/s each way (Chromium's own emulation). The page is opened for the first time on
it, then again and again with what the first visit left on the device. It is ready when the question
stands there and keys are heard; the time is the browser's own, from the start of the navigation.
"""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import CDPSession, Page, sync_playwright

from tests.browser.interview import begin, plan
from tests.browser.launching import launch
from tests.browser.visitor import PHONE, open_visitor
from tests.house.running import running

TIMES = 7
ROUND_TRIP_MS = 400
BITS_A_SECOND = 400_000
SLOWER = 4
READY = "[data-capture][data-ready]"

#: Notes when the page was ready.
_WATCH = """
new MutationObserver((_, observer) => {
  if (!document.querySelector("[data-capture][data-ready]")) return;
  observer.disconnect();
  window.readyAfter = performance.now();
}).observe(document, { subtree: true, childList: true, attributes: true });
"""
_LOADED = """() => performance.getEntriesByType("resource")
  .concat(performance.getEntriesByType("navigation"))
  .reduce((sum, entry) => sum + entry.transferSize, 0)"""


def main() -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        running(Path(folder) / "instance", "--demo") as product,
        sync_playwright() as playwright,
    ):
        product.wait_for_answer(patience=120)
        browser = launch(playwright)
        visitor = open_visitor(browser, product.url, PHONE, "light")
        visitor.sign_in_as("Account manager")
        plan(visitor, "Halden Freight", "Ines Moreau")
        begin(visitor)
        visitor.page.locator(READY).wait_for(state="attached")
        address = visitor.page.url.partition("?")[0].partition("#")[0]
        cookies = visitor.page.context.storage_state()
        # A device that has never opened it, only signed in.
        context = browser.new_context(
            storage_state=cookies, viewport={"width": PHONE.width, "height": PHONE.height}
        )
        page = context.new_page()
        page.add_init_script(_WATCH)
        slow_down(context.new_cdp_session(page))
        first = opened(page, address)
        size = page.evaluate(_LOADED)
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        again = []
        for _ in range(TIMES):
            page.goto("about:blank")
            again.append(opened(page, address))
        browser.close()
    print(f"phone slowed down {SLOWER} times, {ROUND_TRIP_MS} ms, {BITS_A_SECOND // 1000} kbit/s")
    print(f"first visit: ready after {first:.0f} ms, {size / 1000:.0f} kB loaded")
    print(
        f"after it: median {statistics.median(again):.0f} ms, "
        f"from {min(again):.0f} to {max(again):.0f} ms of {TIMES}; at most 1000"
    )


def slow_down(session: CDPSession) -> None:
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": ROUND_TRIP_MS,
            "downloadThroughput": BITS_A_SECOND / 8,
            "uploadThroughput": BITS_A_SECOND / 8,
            "connectionType": "cellular3g",
        },
    )
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})


def opened(page: Page, address: str) -> float:
    """Milliseconds from the start of the navigation until it is ready."""
    page.goto(address, wait_until="commit", timeout=120_000)
    page.locator(READY).wait_for(state="attached", timeout=120_000)
    return float(page.evaluate("window.readyAfter"))


if __name__ == "__main__":
    main()
