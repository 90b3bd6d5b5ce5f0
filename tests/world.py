"""A small world of news: eight sites with forty feeds, and a week that goes by a script.

Everything that a site shows is a function of the moment, so that whoever knows the script knows
what a visitor could have seen; `tests/ledger.py` does. One real server answers for all the sites.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import format_datetime

from tests import press
from tests.channels import SITES, Channel, channels, plan
from tests.script import OUT, START, Story
from tests.server import Asked, Page, Server, moved, running

ROBOTS = b"User-agent: *\nDisallow: /*subscribers/\nDisallow: /barred.xml\n"
# The hours in which a whole site is down, its rules included, which visitors ask for once a day.
_DOWN = {"isles": (24, 27)}
_NUMBER = re.compile(r"/(\d+)(?:-[^/]*)?$")


def down(site: str, now: datetime) -> bool:
    """Return whether a whole site is down."""
    start, end = _DOWN.get(site, (0, 0))
    return START + timedelta(hours=start) <= now < START + timedelta(hours=end)


def numbered(url: str) -> int | None:
    """Return the number of the story at an address, if it is one."""
    match = _NUMBER.search(url.partition("?")[0])
    return int(match[1]) if match else None


@dataclass
class World:
    """The sites at a moment, `now`.

    `asked` counts requests by site and path, without queries; `read` those for stories by their
    number, redirects aside.
    """

    now: datetime = START
    asked: Counter[tuple[str, str]] = field(default_factory=Counter)
    read: Counter[int] = field(default_factory=Counter)
    _stamps: dict[str, tuple[str, datetime]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        told = (story for found in plan().stories.values() for story in found)
        self._pages = {path: story for story in told for path in story.paths}
        self._feeds = {c.url: c for c in channels()} | {c.new: c for c in channels()}

    def answer(self, asked: Asked) -> Page:
        """Return what a site sends."""
        path = asked.path.partition("?")[0]
        site = asked.host.removesuffix(".example")
        self.asked[site, path] += 1
        if down(site, self.now):
            return Page(status=503)
        if path == "/robots.txt":
            return Page(ROBOTS)
        url = f"http://{asked.host}{path}"
        if url in self._feeds:
            return self._feed(asked, self._feeds[url], url)
        return self._story(asked, self._pages[url]) if url in self._pages else Page(status=404)

    def _feed(self, asked: Asked, channel: Channel, url: str) -> Page:
        if channel.since("gone", self.now):
            return Page(status=410)
        if channel.within("down", self.now):
            return Page(status=500)
        if (url == channel.new) is not channel.since("moved", self.now):
            return Page(status=404) if url == channel.new else moved(channel.new)
        body, _ = plan().body(channel, self.now)
        if channel.within("reset", self.now):
            return Page(body, sent=len(body) // 2, reset=True)
        if channel.within("stalled", self.now):
            return Page(body, drip=60.0)
        return self._cached(asked, body, press.KINDS[channel.form], channel.cache)

    def _story(self, asked: Asked, story: Story) -> Page:
        stage, path = story.stage(self.now), asked.path.partition("?")[0]
        own = f"http://{story.site}.example{story.path(self.now)}"
        if path.startswith("/go/"):
            return moved(own, 302)
        if not path.endswith(story.path(self.now)):
            return moved(own)
        self.read[story.number] += 1
        if stage.shown in OUT:
            return Page(status=OUT[stage.shown])
        below = f"Page made at {self.now:%H:%M}" if SITES[story.site][1] == "none" else "Contact us"
        body = press.page(
            stage.title,
            stage.paragraphs,
            day=story.day(self.now),
            canonical=None
            if story.fate == "plain" and f"http://{asked.host}{path}" == own
            else own,
            below=below,
            encoding="latin" if story.fate == "latin" else "utf-8",
        )
        kind = {"claimed": "text/html; charset=iso-8859-1"}.get(
            story.fate, "text/html; charset=utf-8"
        )
        return self._cached(asked, body, kind, SITES[story.site][1])

    def _cached(self, asked: Asked, body: bytes, kind: str, way: str) -> Page:
        """Return a body, or the word that it is the one of last time."""
        name = hashlib.sha256(body).hexdigest()
        place = f"{asked.host}{asked.path}"
        if self._stamps.get(place, ("", self.now))[0] != name:
            self._stamps[place] = name, self.now
        stamp = format_datetime(self._stamps[place][1], usegmt=True)
        given, wanted, value = {
            "etag": ("ETag", "If-None-Match", f'"{name[:16]}"'),
            "modified": ("Last-Modified", "If-Modified-Since", stamp),
            "none": ("X-None", "X-None", ""),
        }[way]
        headers = {given: value} if value else {}
        if value and asked.headers.get(wanted) == value:
            return Page(status=304, headers=headers)
        return Page(body, headers=headers | {"Content-Type": kind})


class _Net(Server):
    """The server of all sites."""

    def __init__(self, world: World) -> None:
        super().__init__({})
        self.world = world

    def page(self, asked: Asked) -> Page:
        """Return the page for a request."""
        return self.world.answer(asked)


@contextmanager
def turning(world: World) -> Iterator[int]:
    """Yield the port at which a world answers."""
    server = _Net(world)
    with running(server, server.over):
        yield server.server_port
