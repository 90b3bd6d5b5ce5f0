"""Measure how fast the desk is over many events: the example world, set into years before it.

Usage: python benchmarks/desk.py [--events 100000] [--store FILE] [--browser]

The store is made where FILE is missing, and kept: each copy of the example world has ids of its own
and stands some days before the last. Seconds of what is made ready are the processor's, since a
busy machine tells nothing by its clock; answers are timed by the clock, one after another. With
--browser Chromium is asked too: until the first paint, and from a press on a filter until the page
shows what it keeps.
"""

from __future__ import annotations

import argparse
import gc
import re
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from http import HTTPStatus
from http.client import HTTPConnection
from itertools import product
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any
from urllib.parse import urlencode

import sqlalchemy as sa
from sqlalchemy.engine import Connection

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.chromium import browsing, looking, program, serving
from tocsin.base.ids import digest, named, number
from tocsin.cli import example
from tocsin.cli.doors import doors
from tocsin.desk.doors import Desk
from tocsin.store import tables
from tocsin.store.open import Store, open_store
from tocsin.store.pack import expanded, squeezed
from tocsin.views import filter as filters

# Days between one copy of the example world and the next.
APART = 4
# Copied in this order, so that each row finds what it points at.
COPIED = ("article", "coding", "sentence", "claim", "party", "label", "pair", "event", "member")
# Columns with the key of a row of the same copy; those of `member` and `pair` are ids as numbers.
POINTERS = ("article", "sentence", "claim")
BITS = {"member", "pair"}
# A day that the desk does not stand on: what there was to know then is worked out when asked for.
FORMER = date(2024, 12, 31)
# Searches of lists: rare and common, by every kind of index and by none.
SEARCHES = (
    "attack",
    '"air strike"',
    "country:SDN",
    "country:ISR",
    "type:ASSAULT",
    "actor:ISR",
    "recipient:LBN",
    "killed:>10",
    "date:2024-01..2024-06",
    "country:SDN type:ASSAULT",
    "place:Khartoum",
    "dyad:ISR~LBN",
    "-type:ASSAULT",
    "said_by:USA",
    "modality:actual",
    "about:hezbollah",
    "sector:REB",
    "reported:2024",
)
_ID = re.compile(rb'"(article|claim|event)-([0-9a-f]{16})"')
_DAY = re.compile(rb'"(\d{4}-\d\d-\d\d)"')


def filled(store: Store, events: int) -> None:
    """Copy the example world in a store until it has so many events."""
    with store.read() as connection:
        held = {name: _rows(connection, tables.meta.tables[name]) for name in COPIED}
    step = max(row["key"] for name in ("article", "sentence", "claim") for row in held[name]) + 1
    for copy in range(1, -(-events // len(held["event"]))):
        with store.write() as connection:
            for name, rows in held.items():
                table = tables.meta.tables[name]
                moved = [_moved(name, row, copy, copy * step) for row in rows]
                connection.execute(sa.insert(table), moved)


def _rows(connection: Connection, table: sa.Table) -> list[dict[str, Any]]:
    return [dict(row) for row in connection.execute(sa.select(table)).mappings()]


def _moved(table: str, row: dict[str, Any], copy: int, by: int) -> dict[str, Any]:
    """Return a row as another copy has it: its ids, keys and days."""
    mask = number(digest("copy", str(copy)))
    earlier = timedelta(days=APART * copy)
    out: dict[str, Any] = {}
    for name, value in row.items():
        if table in BITS and isinstance(value, int):
            out[name] = value ^ mask
        elif isinstance(value, int) and (name in POINTERS or (name == "key" and table != "event")):
            out[name] = value + by
        elif name == "key":
            out[name] = value ^ mask
        elif isinstance(value, bytes):
            out[name] = squeezed(_told(expanded(value), mask, earlier))
        elif isinstance(value, date) and not isinstance(value, datetime) and value.year > 1:
            out[name] = value - earlier
        elif isinstance(value, str) and name in ("id", "chain", "content_of"):
            out[name] = _told(f'"{value}"'.encode(), mask, earlier).decode().strip('"')
        else:
            out[name] = value
    if table == "pair":
        ends = sorted(named("claim", out[name]) for name in ("one", "other"))
        out["one"], out["other"] = map(number, ends)
    return out


def _told(text: bytes, mask: int, earlier: timedelta) -> bytes:
    def other(found: re.Match[bytes]) -> bytes:
        kind, name = found[1].decode(), found[2].decode()
        return f'"{named(kind, number(f"{kind}-{name}") ^ mask)}"'.encode()

    def before(found: re.Match[bytes]) -> bytes:
        return f'"{date.fromisoformat(found[1].decode()) - earlier}"'.encode()

    return _DAY.sub(before, _ID.sub(other, text))


def timed(what: str, does: Callable[[], object]) -> None:
    """Do something and print what it took."""
    wall, cpu = perf_counter(), process_time()
    does()
    print(
        f"{what:28} {process_time() - cpu:6.2f} s of one processor, {perf_counter() - wall:.2f} s"
    )


def filters_tried(on: date) -> Iterator[dict[str, str]]:
    """Yield filters of the first screen on a day, as the queries of addresses."""
    days = (("", ""), (f"{on - timedelta(6)}", f"{on}"), (f"{on - timedelta(27)}", f"{on}"))
    for family, country, (start, end) in product(("", "MX", "VX"), ("", "SDN", "LBN", "IRQ"), days):
        held = {"family": family, "country": country, "from": start, "to": end}
        yield {"on": f"{on}"} | {name: value for name, value in held.items() if value}


def answered(address: str, on: date) -> None:
    """Print how long answers take, page by page, all of them with another filter."""
    with _client(address) as client:
        for path in ("/watch", "/map", "/map/shapes", "/events", "/claims", "/threats"):
            _got(client, path, {"on": f"{on}"})
            _asked(client, path, filters_tried(on))
        for path in ("/events", "/claims", "/articles"):
            _asked(client, path, ({"q": words} for words in SEARCHES), " with a search")


def former(address: str) -> None:
    """Print how long answers take while the ledger of another day is made beside them."""
    with _client(address) as client:
        for path in ("/watch", "/map", "/threats"):
            _asked(client, path, filters_tried(FORMER), " of a former day, its ledger being made")


def _client(address: str) -> closing[HTTPConnection]:
    """Return a connection, little else than a socket: it shares the processor with the desk."""
    return closing(HTTPConnection(address.removeprefix("http://"), timeout=300))


def _got(client: HTTPConnection, path: str, query: dict[str, str]) -> None:
    client.request("GET", f"{path}?{urlencode(query)}", headers={"Accept-Encoding": "gzip"})
    answer = client.getresponse()
    answer.read()
    if answer.status != HTTPStatus.OK:
        raise RuntimeError(f"{path} {query}: the desk answered {answer.status}")


def _asked(
    client: HTTPConnection, path: str, queries: Iterable[dict[str, str]], what: str = ""
) -> None:
    taken = []
    for query in queries:
        begun = perf_counter()
        _got(client, path, query)
        taken.append(perf_counter() - begun)
    _told_of(f"server {path}{what}", taken)


def seen(address: str, path: str, on: date) -> None:
    """Print how long Chromium takes to paint, and to show what a filter keeps."""
    paint = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"
    # From the press to the frame after the page was changed, as its reader sees it.
    press = """async (at) => {
        const link = document.querySelectorAll(".families a")[at];
        const begun = performance.now();
        const shown = new Promise((done) => document.addEventListener("htmx:afterSettle",
            () => requestAnimationFrame(() => setTimeout(done)), { once: true }));
        link.click();
        await shown;
        return performance.now() - begun;
    }"""
    with browsing(path) as browser:
        for start in ("/watch", "/map", "/events", "/claims", "/threats"):
            painted = []
            for _ in range(5):
                with looking(browser, address) as screen:
                    page = screen.open(f"{start}?on={on}")
                    while (at := page.evaluate(paint)) is None:
                        page.wait_for_timeout(10)
                    painted.append(at / 1000)
            _told_of(f"first paint of {start}", painted)
        with looking(browser, address) as screen:
            page = screen.open(f"/watch?on={on}")
            taken = []
            for turn in range(60):
                page.wait_for_selector("#map[data-ready], #map.none")
                count = page.locator(".families a").count()
                taken.append(page.evaluate(press, turn % count) / 1000)
            _told_of("filter change in Chromium", taken)


def _told_of(what: str, seconds: Sequence[float]) -> None:
    by = sorted(seconds)
    high = by[min(round(0.95 * len(by)), len(by) - 1)]
    print(f"{what:28} median {median(by) * 1000:5.0f} ms, 95th percentile {high * 1000:5.0f} ms")


def main() -> None:
    """Fill a store, make what the first screen needs ready, and ask for pages."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--browser", action="store_true")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = chosen.store or Path(folder) / "desk.db"
        if not file.exists():
            example.make(file)
            with open_store(file) as store:
                timed("filled", lambda: filled(store, chosen.events))
        with open_store(file) as store:
            _measured(store, browser=chosen.browser)


def _measured(store: Store, *, browser: bool) -> None:
    today = datetime.now(UTC).date()
    for again in ("", " again"):
        made = doors()
        lookout = made.lookout
        timed(f"index{again}", lambda: lookout.index(store))  # noqa: B023 - called at once
        on = filters.latest(lookout.index(store), today)
        timed(f"ledger{again}", lambda: lookout.ledger(store, on))  # noqa: B023 - the same
        timed(f"questions{again}", lambda: lookout.needs(store, on, made.bench.near))  # noqa: B023
        timed(f"signals{again}", lambda: made.foresight.signals_of(store, on))  # noqa: B023
    gc.freeze()  # as `tocsin desk` does once it is warm
    with serving(Desk(store, made)) as address:
        answered(address, on)
        path = program()
        if browser and path:
            seen(address, path, on)
        former(address)


if __name__ == "__main__":
    main()
