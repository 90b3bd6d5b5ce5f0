"""The forty feeds of the small world: where they are, what befalls them, what they list when."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache

from tests import press
from tests.press import Line
from tests.script import START, Story, stories
from tocsin.records.source import Feed, Filter, Source
from tocsin.sources.catalog import Catalog

SITES = {
    "sahel": ("Sahel Courier", "etag"), "levant": ("Levant Post", "modified"),
    "horn": ("Horn Radio", "none"), "andes": ("Andes Wire", "etag"),
    "delta": ("Delta Gazette", "modified"), "steppe": ("Steppe Herald", "etag"),
    "gulf": ("Gulf Mirror", "etag"), "isles": ("Isles Times", "modified"),
}  # fmt: skip
# Site, section, form, minutes between visits, what conditional requests are answered by, stories of
# its own, and what befalls it; hours count from the week's first.
_CHANNELS = """
sahel  front  rss     30   etag     6  gone:72
sahel  war    rss     360  etag     11 reordered
sahel  talks  atom    360  etag     11 down:20-44
sahel  aid    json    720  etag     9  -
sahel  all    rss     720  etag     0  also:war also:talks tracked short:20
levant front  atom    120  modified 4  doubled
levant war    rss     480  modified 11 reset:30-43
levant talks  json    720  modified 11 rekeyed:75
levant aid    sitemap 720  modified 9  -
levant all    atom    720  none     0  also:front also:aid
horn   front  json    720  none     9  cut:46-60
horn   war    rss     720  none     9  stalled:46-58
horn   talks  rss     720  none     7  cut:50-63
horn   aid    atom    1440 none     5  -
horn   old    rss     360  none     5  gone:80
andes  front  sitemap 360  etag     11 -
andes  war    sitemap 720  modified 11 -
andes  talks  sitemap 720  etag     8  moved:70
andes  aid    rss     480  etag     9  moved:40
andes  late   rss     360  etag     0  empty:0-200
delta  front  rss     120  etag     12 full
delta  war    atom    360  modified 11 full cut:30-37
delta  talks  json    480  none     11 full
delta  aid    rss     720  etag     9  full down:60-90
delta  all    atom    720  none     0  empty:0-72 also:front full
steppe front  rss     480  none     11 ticking
steppe war    rss     480  etag     11 amp
steppe talks  atom    720  etag     9  rekeyed:50 reordered
steppe aid    json    720  modified 8  tracked
steppe all    rss     720  etag     0  also:war tracked short:12
gulf   front  rss     360  etag     11 -
gulf   war    rss     480  modified 11 down:100-200
gulf   talks  atom    720  etag     9  -
gulf   barred rss     360  etag     5  -
gulf   dead   json    720  none     3  gone:0
isles  front  rss     360  modified 11 -
isles  war    atom    480  etag     11 cut:72-83
isles  talks  rss     720  etag     8  down:96-110
isles  aid    sitemap 720  none     6  -
isles  all    json    1440 etag     0  also:front also:war
"""
_WHOLE = 15  # stories that a feed lists


@dataclass(frozen=True, slots=True)
class Channel:
    """A feed of a site, and what befalls it."""

    site: str
    section: str
    form: str
    minutes: int
    cache: str
    count: int
    traits: tuple[str, ...]

    @property
    def url(self) -> str:
        """Where it is, as the registry knows."""
        return f"http://{self.site}.example/{self.section}.xml"

    @property
    def new(self) -> str:
        """Where it is once it has moved."""
        return f"http://{self.site}.example/new/{self.section}.xml"

    def has(self, trait: str) -> bool:
        """Return whether it is so at all times."""
        return trait in self.traits

    def since(self, trait: str, now: datetime) -> bool:
        """Return whether it has been so from some hour on."""
        (value,) = self._values(trait) or [""]
        return bool(value) and now >= START + timedelta(hours=int(value))

    def within(self, trait: str, now: datetime) -> bool:
        """Return whether it is so for some hours."""
        (value,) = self._values(trait) or ["0-0"]
        start, end = (START + timedelta(hours=int(hour)) for hour in value.split("-"))
        return start <= now < end

    @property
    def sections(self) -> tuple[str, ...]:
        """Whose stories it lists."""
        return self.section, *self._values("also")

    @property
    def length(self) -> int:
        """How many stories it lists."""
        return int((self._values("short") or [str(_WHOLE)])[0])

    def _values(self, trait: str) -> list[str]:
        return [t.partition(":")[2] for t in self.traits if t.startswith(f"{trait}:")]


@cache
def channels() -> tuple[Channel, ...]:
    """Return the forty feeds."""
    made = []
    for line in _CHANNELS.strip().splitlines():
        site, section, form, minutes, way, count, *traits = line.split()
        made.append(Channel(site, section, form, int(minutes), way, int(count), tuple(traits)))
    return tuple(made)


@cache
def registry() -> Catalog:
    """Return the sites as a person would describe them."""
    dull = Filter(part="title", matches="^Sport:", exclude=True)
    sources = tuple(
        Source(
            id=site, name=name, languages=("en",), filters=(dull,),
            feeds=tuple(
                Feed(
                    url=one.url, kind="sitemap" if one.form == "sitemap" else "feed",
                    full=one.has("full"), minutes=one.minutes,
                )
                for one in channels() if one.site == site
            ),
        )
        for site, (name, _) in SITES.items()
    )  # fmt: skip
    return Catalog("world.yml", sources)


@dataclass(frozen=True)
class Plan:
    """The stories of every section, by site and section; what feeds list follows from them."""

    stories: dict[tuple[str, str], list[Story]]
    _bodies: dict[tuple[str, datetime], tuple[bytes, list[Story]]] = field(default_factory=dict)

    def listed(self, channel: Channel, now: datetime) -> list[Story]:
        """Return the stories that a feed lists, the newest first."""
        if channel.within("empty", now):
            return []
        known = [s for name in channel.sections for s in self.stories[channel.site, name]]
        born = sorted((s for s in known if s.born <= now), key=lambda s: s.born, reverse=True)
        return born[: channel.length]

    def line(self, channel: Channel, story: Story, now: datetime) -> Line:
        """Return what a feed says of a story."""
        said = story.said(now)
        path = f"/amp{story.path(now)}" if channel.has("amp") else story.path(now)
        path = f"/go/{story.number}" if story.fate == "redirected" else path
        key = f"tag:{story.number}" if channel.since("rekeyed", now) else f"{story.number}.html"
        query = f"?utm_source=rss&utm_medium={channel.section}" if channel.has("tracked") else ""
        query = f"?utm_campaign={now:%d%H%M}" if channel.has("ticking") else query
        return Line(
            key=key,
            url=f"http://{story.site}.example{path}{query}",
            title=said.title,
            summary=f"{said.paragraphs[0].partition('. ')[0].removesuffix('.')}.",
            content=said.paragraphs if channel.has("full") else (),
            published=story.printed(now),
            updated=None if channel.form == "rss" else story.updated(now),
        )

    def body(self, channel: Channel, now: datetime) -> tuple[bytes, list[Story]]:
        """Return a feed's bytes, and the stories that can be read out of them."""
        place = channel.url, now
        if place not in self._bodies:
            self._bodies[place] = self._body(channel, now)
        return self._bodies[place]

    def _body(self, channel: Channel, now: datetime) -> tuple[bytes, list[Story]]:
        found = self.listed(channel, now)
        lines = [self.line(channel, story, now) for story in found]
        order = list(range(len(lines)))
        if channel.has("reordered"):
            random.Random(now.hour).shuffle(order)  # noqa: S311 - no secret
        shown = [lines[n] for n in order]
        if channel.has("doubled"):
            twins = [replace(line, key=f"{line.key}#again") for line in shown[::3]]
            shown += [*shown[:2], *twins]
        name = SITES[channel.site][0]
        whole = press.feed(channel.form, name, shown)
        if not channel.within("cut", now):
            return whole, found
        cut = whole[: len(whole) * 7 // 10]
        if channel.form == "json":
            return cut, []
        parts = (press.entry(channel.form, line).encode() for line in lines)
        return cut, [story for story, part in zip(found, parts, strict=True) if part in cut]


@cache
def plan() -> Plan:
    """Return the week's plan, the same every time."""
    chance = random.Random(5)  # noqa: S311 - no secret
    shared = {(c.site, s) for c in channels() for s in c.sections[1:]}
    made: dict[tuple[str, str], list[Story]] = {}
    for number, one in enumerate(channels(), 1):
        place = one.site, one.section
        alone = place not in shared
        # Feeds of whole articles print what others leave to pages, so their stories differ.
        made[place] = stories(
            *place, one.count, number * 100, chance, whole=one.has("full"), alone=alone
        )
    return Plan(made)
