"""A real browser that looks at a desk, and fails where a page misbehaves.

The browser reaches this machine alone: it resolves no name, and whatever is not on loopback goes to
a proxy that is not there.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from time import monotonic, sleep
from typing import Any, Literal

from playwright.sync_api import Browser, Page, Request, expect, sync_playwright

from tocsin.desk import serve
from tocsin.desk.doors import Desk
from tocsin.desk.serve import LOCAL, Front

ROOT = Path(__file__).parents[1]
AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
# Set in CI, where the browser must be there.
REQUIRED = ("CI", "TOCSIN_REQUIRE_CHROMIUM")
SIZES = {"wide": (1366, 768), "tablet": (820, 1180), "phone": (390, 844)}
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1", "--proxy-server=127.0.0.1:9",
    # Small machines lend their browsers little memory to share.
    "--disable-dev-shm-usage",
)  # fmt: skip
# What a graphics driver in software says of its own speed, whatever a page does.
DRIVER = "GL Driver Message (OpenGL, Performance"
PATIENCE = 60  # seconds until a server answers, or a page shows what it should
expect.set_options(timeout=PATIENCE * 1000)

Size = Literal["wide", "tablet", "phone"]
Scheme = Literal["light", "dark"]
# What axe asks of a page's colours alone.
COLOURS = ("color-contrast", "link-in-text-block")


def program() -> str | None:
    """Return the machine's Chromium; None without one."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def required() -> bool:
    """Return whether tests must fail rather than be skipped where there is no browser."""
    return any(os.environ.get(name, "").lower() not in {"", "0", "false"} for name in REQUIRED)


@contextmanager
def browsing(path: str) -> Iterator[Browser]:
    """Yield a running browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def serving(desk: Desk, front: Front = LOCAL) -> Iterator[str]:
    """Yield the address of a desk that is served from a thread."""
    at = serve.bound("127.0.0.1", 0)
    server = serve.server(desk, front)
    thread = Thread(target=server.run, kwargs={"sockets": [at]}, daemon=True)
    thread.start()
    end = monotonic() + PATIENCE
    while not server.started:
        assert monotonic() < end, "the desk did not start"
        sleep(0.01)
    try:
        yield f"http://127.0.0.1:{at.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(PATIENCE)
        at.close()


@dataclass
class Screen:
    """One window at a size: what a page logs, and what it asks of other hosts, is kept."""

    page: Page
    address: str
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", lambda said: self._note(said.type, said.text))
        self.page.on("pageerror", lambda error: self._note("error", str(error)))
        self.page.on("request", self._asked)
        self.page.on("dialog", lambda dialog: self._note("error", f"dialog {dialog.message}"))

    def open(self, path: str) -> Page:
        """Return a page of the desk, loaded."""
        self.page.goto(self.address + path)
        return self.page

    def resize(self, size: Size) -> None:
        """Make the window another size."""
        width, height = SIZES[size]
        self.page.set_viewport_size({"width": width, "height": height})

    def wear(self, scheme: Scheme) -> None:
        """Say that the machine is light or dark, and wait until colours stand still."""
        self.page.emulate_media(color_scheme=scheme)
        self.page.wait_for_function("document.getAnimations().length === 0")

    def violations(self, rules: Sequence[str] = ()) -> list[str]:
        """Return what axe finds against the page by all rules or some: the rule, where, why."""
        if self.page.evaluate("typeof axe === 'undefined'"):
            self.page.evaluate(AXE.read_text("utf8"))
        wish: dict[str, Any] = {"resultTypes": ["violations"]}
        if rules:
            wish["runOnly"] = list(rules)
        found: dict[str, Any] = self.page.evaluate("(wish) => axe.run(document, wish)", wish)
        return [
            f"{one['id']} {node['target']} {node['failureSummary']}"
            for one in found["violations"]
            for node in one["nodes"]
        ]

    def overflow(self) -> int:
        """Return by how many pixels the page is wider than the window."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))

    def drawn(self) -> bool:
        """Return whether the page's map is drawn, having waited; False where the browser cannot."""
        self.page.wait_for_selector("#map[data-ready], #map.none", timeout=4 * PATIENCE * 1000)
        return self.page.locator("#map.none").count() == 0

    def settled(self) -> None:
        """Wait until the page's map is drawn, where it has one."""
        if self.page.locator("#map").count():
            self.drawn()

    def _note(self, kind: str, words: str) -> None:
        if kind in ("error", "warning") and DRIVER not in words:
            self.faults.append(f"{self.page.url} {kind}: {words}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.address + "/", "data:")):
            self.faults.append(f"a request to {request.url}")


@contextmanager
def looking(
    browser: Browser, address: str, *, size: Size = "wide", scheme: Scheme = "light",
    scripts: bool = True, locale: str = "en-GB",
) -> Iterator[Screen]:  # fmt: skip
    """Yield a window on a desk; nothing may be amiss with it in the end."""
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, locale=locale,
        java_script_enabled=scripts, reduced_motion="reduce",
    )  # fmt: skip
    try:
        context.set_default_timeout(PATIENCE * 1000)
        context.set_default_navigation_timeout(2 * PATIENCE * 1000)
        screen = Screen(context.new_page(), address)
        yield screen
        assert not screen.faults, "\n".join(screen.faults)
    finally:
        context.close()
