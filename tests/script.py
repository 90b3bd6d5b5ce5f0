"""The stories of the small world, and what befalls each of them in the week."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from tocsin.records.version import Change

START = datetime(2024, 12, 2, tzinfo=UTC)  # a Monday
WEEK = timedelta(days=7)
FENCED = "/subscribers"
# What robots.txt forbids: a section, also in its other form, and a feed.
BARRED = (FENCED, f"/amp{FENCED}", "/barred.xml")
# What a server says of pages that cannot be had.
OUT = {"gone": 410, "lost": 404, "down": 503}
WALL = "Subscribe to continue reading this article and all the others that we have."
CORRECTION = "Correction: An earlier version of this article gave a wrong number of vehicles."
RETRACTION = "This article has been retracted because its main source could not be confirmed."
WITHDRAWN = "This article has been withdrawn while the editors look into what its sources said."
TOWNS = ("Basra", "Goma", "Kidal", "Homs", "Aden", "Mopti", "Beni", "Marib", "Zuwara", "Wau")

_PLAIN = ("plain",) * 8
_ANYWHERE = (
    "edited", "edited", "corrected", "corrected", "followed", "retracted", "reopened", "withdrawn",
    "reverted", "epoch", "coming", "numeric", "undated", "redated", "sport",
)  # fmt: skip
_PAGES = (
    "silent", "silent", "late", "twice", "retitled", "gone", "lost", "walled", "shut", "down",
    "down", "swapped", "dateless", "misdated", "redirected", "secret", "latin", "claimed", "copied",
)  # fmt: skip
# What makes two articles of one where several feeds list it.
_ALONE = ("renamed", "renamed")


@dataclass(frozen=True, slots=True)
class Stage:
    """How a story stands from a moment on; `said` is whether feeds say so too."""

    since: datetime
    title: str
    paragraphs: tuple[str, ...]
    said: bool = True
    notice: tuple[Change, str] | None = None
    shown: Literal["whole", "part", "gone", "lost", "down"] = "whole"

    @property
    def text(self) -> str:
        """The article as readers see it."""
        return "\n\n".join([self.title, *self.paragraphs])


@dataclass(frozen=True, slots=True)
class Story:
    """A story with its stages; `again` is when it gets another address, or another day."""

    site: str
    section: str
    number: int
    town: str
    fate: str
    born: datetime
    stages: tuple[Stage, ...]
    again: datetime | None = None

    def stage(self, now: datetime) -> Stage:
        """Return how its page stands."""
        return [stage for stage in self.stages if stage.since <= now][-1]

    def said(self, now: datetime) -> Stage:
        """Return how feeds have it."""
        return [stage for stage in self.stages if stage.since <= now and stage.said][-1]

    def path(self, now: datetime) -> str:
        """Return its own path."""
        folder = FENCED if self.fate == "secret" else f"/{self.section}"
        new = "-in-full" if self.fate == "renamed" and self._is_again(now) else ""
        return f"{folder}/{self.number}-{self.town.lower()}{new}"

    @property
    def paths(self) -> list[str]:
        """Every address at which it ever is."""
        own = {self.path(self.born), self.path(START + WEEK)}
        every = [*own, *(f"/amp{path}" for path in own), f"/go/{self.number}"]
        return [f"http://{self.site}.example{path}" for path in every]

    def day(self, now: datetime) -> date | None:
        """Return the day that its page prints."""
        if self.fate in ("dateless", "coming"):
            return None
        if self.fate == "misdated":
            return date(2024, 12, 25)
        redated = self.fate == "redated" and self._is_again(now)
        return (self.again if redated and self.again else self.born).date()

    def printed(self, now: datetime) -> datetime | str | None:
        """Return the day that feeds print, right or wrong."""
        if self.fate == "redated" and self._is_again(now):
            return self.again
        wrong: dict[str, datetime | str | None] = {
            "epoch": datetime(1970, 1, 1, tzinfo=UTC),
            "coming": self.born + timedelta(days=365),
            "numeric": f"{self.born:%d/%m/%Y %H:%M}",
            "swapped": self.born.replace(month=self.born.day, day=self.born.month),
            "undated": None,
            "dateless": None,
        }
        return wrong.get(self.fate, self.born)

    def updated(self, now: datetime) -> datetime | None:
        """Return the moment of the last change, as feeds print it."""
        if self.fate in ("undated", "dateless"):
            return None
        if self.fate == "redated" and self._is_again(now):
            return self.again
        return self.said(now).since

    def _is_again(self, now: datetime) -> bool:
        return self.again is not None and now >= self.again


def stories(
    site: str,
    section: str,
    count: int,
    first: int,
    chance: random.Random,
    *,
    whole: bool,
    alone: bool,
) -> list[Story]:
    """Return the stories of a section; `whole` ones stand in the feed, `alone` ones in one feed."""
    made: list[Story] = []
    deck: list[str] = []
    for number in range(first, first + count):
        if not deck:
            more = () if whole else (*_PAGES, *(_ALONE if alone else ()))
            deck = [*_PLAIN, *_ANYWHERE, *more]
            chance.shuffle(deck)
        born = START + timedelta(minutes=chance.randint(-600, 150 * 60))
        made.append(_story((site, section), number, deck.pop(), born, chance, said=whole))
    copies = [
        _copy(story, first + 50 + n) for n, story in enumerate(made) if story.fate == "copied"
    ]
    return [*made, *copies]


def _story(
    place: tuple[str, str],
    number: int,
    fate: str,
    born: datetime,
    chance: random.Random,
    *,
    said: bool,
) -> Story:
    town = chance.choice(TOWNS)
    title = f"Rebels leave {town} after talks, report {number}"
    title = f"Sport: {title}" if fate == "sport" else title
    first = Stage(born, title, _paragraphs(number, town, chance.randint(3, 40), fate))
    some, more = (timedelta(minutes=chance.randint(40, 40 * 60)) for _ in range(2))
    stages = (first, *_later(first, fate, some, more, chance, said=said))
    if fate == "down":  # until it can be had, soon or late
        hours = timedelta(minutes=chance.randint(10, 30 * 60))
        stages = (replace(first, shown="down"), replace(first, since=born + hours, said=False))
    if fate == "walled":
        part = (first.paragraphs[0], WALL)
        stages = (replace(first, paragraphs=part, shown="part"),)
    again = {"renamed": some, "redated": timedelta(hours=26) + some}.get(fate)
    return Story(*place, number, town, fate, born, stages, born + again if again else None)


def _later(
    first: Stage, fate: str, some: timedelta, more: timedelta, chance: random.Random, *, said: bool
) -> list[Stage]:
    """Return how a story stands later; `said` is whether feeds must say so for it to be seen."""
    lead, second, third, *rest = first.paragraphs
    soon, later = first.since + some, first.since + some + more

    def stage(since: datetime, *paragraphs: str, **more: object) -> Stage:
        return replace(first, since=since, paragraphs=paragraphs, said=said, **more)  # type: ignore[arg-type]

    new = third.replace("two nights", "three nights")
    edit = stage(soon, lead, second, new, *rest)
    mended = stage(soon, lead, second, new, *rest, CORRECTION, notice=("correction", CORRECTION))
    pulled = stage(soon, RETRACTION, *first.paragraphs, notice=("retraction", RETRACTION))
    told = bool(chance.getrandbits(1)) or said
    told_lead = lead.replace("after", "after no more than")
    return {
        "edited": [replace(edit, said=True, paragraphs=(told_lead, second, third, *rest))],
        "silent": [edit],
        "retitled": [replace(edit, title=f"{first.title}, again")],
        "late": [replace(edit, since=first.since + timedelta(hours=85))],
        "twice": [
            edit,
            stage(soon + timedelta(minutes=1), lead, second.replace("road", "river"), new, *rest),
        ],
        "corrected": [replace(mended, said=told)],
        "followed": [
            mended,
            replace(mended, since=later, paragraphs=(*mended.paragraphs, "The talks go on.")),
        ],
        "retracted": [pulled],
        "reopened": [
            pulled,
            replace(pulled, since=later, paragraphs=(*pulled.paragraphs, "Write to the editors.")),
        ],
        "withdrawn": [stage(soon, WITHDRAWN, notice=("retraction", WITHDRAWN))],
        "reverted": [edit, stage(later, *first.paragraphs)],
        "gone": [replace(first, since=soon, said=False, shown="gone")],
        "lost": [replace(first, since=soon, said=False, shown="lost")],
        "shut": [replace(first, since=soon, said=False, paragraphs=(lead, WALL), shown="part")],
        "renamed": [replace(edit, since=later)],
    }.get(fate, [])


def _copy(story: Story, number: int) -> Story:
    """Return a story once more, on a later day and at another address."""
    born = story.born + timedelta(hours=30)
    stages = (replace(story.stages[0], since=born),)
    return replace(story, number=number, fate="plain", born=born, stages=stages)


def _paragraphs(number: int, town: str, days: int, fate: str) -> tuple[str, ...]:
    """Return a text of some eighty words that no other story has."""
    name = "Félix Núñez" if fate in ("latin", "claimed") else "Felix Nunes"
    lead = (
        f"Rebels left {town} on Monday after {days} days of fighting, said {name} of the council. "
        f"Nobody could tell in the evening of report {number} where their column had gone."
    )
    gate = (
        f"Soldiers took the northern gate of {town} and the road to the river, where {days + 7} "
        "vehicles stood burnt out, and a mayor asked both sides to let the wounded pass."
    )
    envoy = (
        f"The envoy, who had waited for two nights in {town}, said that the talks would go on for "
        f"{days + 2} more days and that a list of {number + 30} prisoners had been handed over."
    )
    calm = f"It was the first calm day in {town} since the market was shelled, the council said."
    return lead, gate, envoy, calm
