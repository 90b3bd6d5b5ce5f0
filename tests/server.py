"""A real web server on this machine that behaves and misbehaves as it is told, for one test.

Each path has its pages, given in order, the last one for ever; a path without pages is not found.
Names of hosts lead here by `Here`, which judges addresses like any guard and then comes here.
"""

from __future__ import annotations

import socket
import struct
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

import pytest
from msgspec import structs

from tocsin.base.settings import Fetching, load
from tocsin.sources.fetch import Fetcher, Reply
from tocsin.sources.guard import Guard, NotFetchedError
from tocsin.sources.pace import Pace

PUBLIC = "93.184.215.14"  # of the public internet, never connected to
NOW = datetime(2024, 11, 21, 10, 0, tzinfo=UTC)
SMALL = structs.replace(
    load().fetch, rate=1000.0, connect=2.0, read=2.0, total=4.0, size=50_000, wire=50_000,
    header=8_000, redirects=3, retries=2, pause=2.0, patience=100.0,
)  # fmt: skip
HOST = "http://news.example"


@dataclass(frozen=True)
class Asked:
    """One request as it came in."""

    path: str
    headers: Mapping[str, str]

    @property
    def host(self) -> str:
        """The host that was asked for."""
        return self.headers["Host"]


@dataclass(frozen=True)
class Page:
    """What the server sends.

    `length` is what it claims, `sent` how much it sends of the body, `drip` the seconds between
    single bytes; `endless` repeats the body until the other side hangs up; `reset` breaks off hard
    after what was sent; `raw` is sent instead of everything else.
    """

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    length: int | None = None
    sent: int | None = None
    drip: float = 0.0
    endless: bool = False
    reset: bool = False
    raw: bytes | None = None

    def head(self) -> bytes:
        """The lines before the body."""
        length = len(self.body) if self.length is None else self.length
        rows = {} if self.endless else {"Content-Length": str(length)}
        lines = [f"{name}: {value}\r\n" for name, value in (rows | dict(self.headers)).items()]
        return f"HTTP/1.1 {self.status} Said\r\n{''.join(lines)}\r\n".encode("latin-1")


Answer = Page | Callable[[Asked], Page]
Pages = Mapping[str, Answer | list[Answer]]


@dataclass
class Site:
    """A running server: its address, its port, and what it was asked."""

    url: str
    port: int
    asked: list[Asked] = field(default_factory=list)

    @property
    def paths(self) -> list[str]:
        """What was asked for, rules aside."""
        return [asked.path for asked in self.asked if asked.path != "/robots.txt"]


class Handler(BaseHTTPRequestHandler):
    """Keeps what it is asked and answers as it was told."""

    server: Server

    def do_GET(self) -> None:
        """Answer with the next page of the path."""
        asked = Asked(self.path, dict(self.headers.items()))
        page = self.server.page(asked)
        whole = page.head() + page.body[: page.sent] if page.raw is None else page.raw
        if page.drip:
            self._drip(whole, page.drip)
        else:
            self.wfile.write(whole)
        while page.endless and not self.server.over.is_set():
            self.wfile.write(page.body)
        if page.reset:
            # Closing with a lingering time of nothing sends a reset.
            linger = struct.pack("ii", 1, 0)
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.close_connection = True

    def _drip(self, whole: bytes, pause: float) -> None:
        for byte in whole:
            self.wfile.write(bytes([byte]))
            if self.server.over.wait(pause):
                return

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """A server that takes it calmly when many come at once and when a client hangs up."""

    request_queue_size = 128

    def __init__(self, pages: Pages) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.pages = pages
        self.over = Event()
        self.site = Site(f"http://127.0.0.1:{self.server_port}", self.server_port)

    def page(self, asked: Asked) -> Page:
        """Return the page for a request, and keep the request."""
        self.site.asked.append(asked)
        found = self.pages.get(asked.path, Page(status=404))
        answers = found if isinstance(found, list) else [found]
        nth = sum(other.path == asked.path for other in self.site.asked)
        answer = answers[min(nth, len(answers)) - 1]
        return answer if isinstance(answer, Page) else answer(asked)

    def handle_error(self, *_: object) -> None:
        """Say nothing."""

    def shutdown_request(self, request: socket.socket | tuple[bytes, socket.socket]) -> None:
        """Close without a farewell, which would forestall a reset."""
        self.close_request(request)


@contextmanager
def running(server: ThreadingHTTPServer, over: Event) -> Iterator[None]:
    """Let a server answer from a thread of its own; in the end `over` hurries slow answers."""
    with server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield
        finally:
            over.set()
            server.shutdown()
            thread.join()


@contextmanager
def serving(pages: Pages) -> Iterator[Site]:
    """Yield a server with these pages."""
    server = Server(pages)
    with running(server, server.over):
        yield server.site


class Here(Guard):
    """A guard by which every public address is this machine's server; it judges as ever."""

    def __init__(self, port: int, hosts: Mapping[str, str] | None = None) -> None:
        names = hosts or {}
        super().__init__(resolve=lambda host, _: [names.get(host, PUBLIC)])
        object.__setattr__(self, "_port", port)

    def addresses(self, host: str, port: int) -> list[tuple[str, int]]:
        """Return this machine's server once the addresses have passed."""
        super().addresses(host, port)
        return [("127.0.0.1", int(getattr(self, "_port", 0)))]


@dataclass
class Clock:
    """Time that passes only by sleeping; `slept` are the seconds of each sleep."""

    time: float = 1000.0
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        """Return the time."""
        return self.time

    def sleep(self, pause: float) -> None:
        """Let time pass."""
        self.slept.append(pause)
        self.time += pause


@dataclass
class Visit:
    """A fetcher, the server that it asks under every name, and the clock that it sleeps by."""

    fetcher: Fetcher
    site: Site
    clock: Clock

    def get(self, path: str = "/story", host: str = HOST, **more: str) -> Reply:
        """Return what a path gives."""
        return self.fetcher.get(f"{host}{path}", **more)  # type: ignore[arg-type]

    def failure(self, path: str = "/story", host: str = HOST) -> NotFetchedError:
        """Return why a path gives nothing."""
        with pytest.raises(NotFetchedError) as caught:
            self.get(path, host)
        return caught.value


@contextmanager
def visiting(
    pages: Pages,
    settings: Fetching = SMALL,
    hosts: Mapping[str, str] | None = None,
    guard: Callable[[int], Guard] | None = None,
) -> Iterator[Visit]:
    """Yield a fetcher and a server with these pages; `hosts` have other addresses than public."""
    clock = Clock()
    pace = Pace(settings, clock=clock, sleep=clock.sleep, chance=lambda: 1.0)
    with serving(pages) as site:
        judge = guard(site.port) if guard else Here(site.port, hosts)
        with Fetcher(settings, guard=judge, pace=pace, now=lambda: NOW) as fetcher:
            yield Visit(fetcher, site, clock)


def failure(page: Answer | list[Answer], settings: Fetching = SMALL) -> NotFetchedError:
    """Return why a page gives nothing."""
    with visiting({"/story": page}, settings) as made:
        return made.failure()


def moved(target: str, status: int = 301) -> Page:
    """Return a page that sends elsewhere."""
    return Page(status=status, headers={"Location": target})
