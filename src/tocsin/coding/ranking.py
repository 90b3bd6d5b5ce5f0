"""Which place each name of a text means: all names of the text are weighed together.

A candidate speaks for itself by its size and by how exactly its name stands there, and is spoken
for by the other names: by one beside it that holds it ("Tripoli, Lebanon"), and by all others as
far as they lie near it, in its district, division or country. What the others mean is as open as
the name itself, so their candidates vote with the chances they have so far, in a few rounds
(relaxation labelling: Rosenfeld, Hummel and Zucker 1976). A name no candidate of which is likely
stays unresolved. The weights were set by hand and by a short random search on news of towns and of
epidemics (evaluation/LOG.md).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from tocsin.coding.toponyms import AREAS, FORM, Characters, Toponym, countries, gathered, holds
from tocsin.ontology.gazetteer import MAIN, NEWS, OTHER, PEOPLE, SHORT, Gazetteer, Spot
from tocsin.ontology.spelling import name_key

Floats = NDArray[np.float64]
# Which name it is of, what it may be, how it is named so, and what it weighs by itself.
Weighty = tuple[int, Spot, int, float]

# What a candidate weighs by itself: the tenfold of people is the unit.
COUNTRY, ADM1, CAPITAL, ADM2, AREA = 8.5, 1.9, 1.0, 3.4, 4.6
PENALTY = {NEWS: -1.0, MAIN: 0.0, OTHER: 0.3, SHORT: 1.5, PEOPLE: 0.0}
NOTED = 4.2  # a village of the supplement, which is there since news names it
EXACT = 2.0  # a district named with what it is: "Henry County"
STRANGE = 2.0  # another name that is no spelling of the main one
SPELLING = 0.5  # the share of letter pairs from which it is one
SEAT = 3.0  # what a division loses to a town of its name that has a fair share of its people
SHARE = 0.1
ARTICLES = frozenset({"ad", "al", "an", "ar", "as", "ash", "at", "az", "el", "ez", "the"})
# What the other names add at most: for nearness, a common district, division, country.
NEAR, DISTRICT, DIVISION, SAME = 3.0, 2.0, 3.5, 2.5
SAID = 3.0  # and the share of a country in what the text says of countries
TWICE = 0.5  # the share of it that is left for one place under two names
REACH = 190.0  # kilometres over which nearness falls to a third
ABROAD, FAR = 2.5, 900.0  # the same for countries, from their middle
HELD, OUTSIDE = 6.0, -4.0  # in the area that is told, or outside it
LIKELY = 4.1  # below this a name stays unresolved
DOUBT = 0.5  # how many names that say nothing stand beside those that do
ROUNDS = 4
MOST = 40  # candidates of a name, the weightiest first
TOGETHER = 1000  # candidates that are weighed against each other; of a book, those of a chapter
RADIUS = 6371.0


@dataclass(frozen=True, slots=True)
class Option:
    """A place that a name may mean, what it weighs, and why."""

    spot: Spot
    score: float
    because: str


@dataclass(frozen=True, slots=True)
class Choice:
    """What a name means: the likeliest option, or none with a reason; `options` best first.

    `part` tells that the words name a part of the place: "northern Iraq".
    """

    spot: Spot | None
    options: tuple[Option, ...]
    because: str
    part: bool = False


def locate(text: str, spans: Sequence[Characters], gazetteer: Gazetteer) -> list[Choice]:
    """Return what each span of a text means, in the order of the spans."""
    names = gathered(text, spans, gazetteer)
    weighed = _weighed(names, countries(text, gazetteer))
    chosen = {
        span: _choice(options, part=name.part)
        for name, options in zip(names, weighed, strict=True)
        for span in name.at
    }
    return [chosen[span] for span in spans]


def _choice(options: Sequence[Option], *, part: bool) -> Choice:
    if not options:
        return Choice(None, (), "no place of this name is known")
    best = options[0]
    if best.score < LIKELY:
        because = f"no place of this name is likely here ({best.score:.1f} of {LIKELY} needed)"
        return Choice(None, tuple(options), because)
    return Choice(best.spot, tuple(options), best.because, part)


def _weighed(names: Sequence[Toponym], lands: Counter[str]) -> list[list[Option]]:
    """Return the options of each name, likeliest first."""
    options: list[list[Option]] = []
    part: list[Weighty] = []
    held: list[Toponym] = []
    for name in names:
        alone = _alone(name, lands)
        if len(part) + len(alone) > TOGETHER:
            options += _elected(held, part)
            part, held = [], []
        part += [(len(held), *weighty) for weighty in alone]
        held.append(name)
    return options + _elected(held, part)


def _elected(names: Sequence[Toponym], flat: Sequence[Weighty]) -> list[list[Option]]:
    """Return the options of each name by what it weighs and by the votes of the others."""
    options: list[list[Option]] = [[] for _ in names]
    if not flat:
        return options
    owner = np.array([k for k, *_ in flat])
    own = np.array([weight for *_, weight in flat])
    affinity = _affinity([spot for _, spot, _, _ in flat])
    affinity[owner[:, None] == owner[None, :]] = 0
    mentions = np.array([1 + math.log(len(names[k].at)) for k in owner])
    others = sum(1 + math.log(len(name.at)) for name in names) - mentions
    score = own
    for _ in range(ROUNDS):
        votes = _chances(score, owner, len(names)) * mentions
        score = own + affinity @ votes / (DOUBT + others)
    for (k, spot, how, alone), final in zip(flat, score, strict=True):
        options[k].append(Option(spot, float(final), _because(spot, how, float(final - alone))))
    for row in options:
        row.sort(key=lambda option: (-option.score, option.spot.row))
    return options


def _alone(name: Toponym, lands: Counter[str]) -> list[tuple[Spot, int, float]]:
    """Return the weightiest candidates of a name with what each weighs without other names."""
    seats = _seats(name)
    # What lies in a country and is called like it stands back: "Mexico" is hardly Mexico City.
    own = [s for s, how in name.candidates if s.precision == "country" and how != PEOPLE]
    weighed = [
        (
            spot,
            how,
            _weight(name.key, spot, how)
            + _held(name, spot)
            - SEAT * (spot.row in seats)
            - SEAT * any(holds(country, spot) for country in own)
            + SAID * _said(name, spot, how, lands),
        )
        for spot, how in name.candidates
    ]
    return sorted(weighed, key=lambda x: (-x[2], x[0].row))[:MOST]


def _weight(key: str, spot: Spot, how: int) -> float:
    """Return what a candidate weighs by its size and by how it is named."""
    people = math.log10(spot.population + 10)
    if spot.precision == "country":
        own = COUNTRY
    elif spot.kind == "ADM1":
        own = ADM1 + 0.8 * people
    elif spot.kind == "ADM2":
        own = ADM2 + people / 4 + (EXACT if FORM.search(key) else 0)
    elif spot.kind.startswith("PPL"):
        known = people if spot.id else max(people, NOTED)
        own = known + (CAPITAL if spot.kind == "PPLC" else 0)
    else:
        own = AREA
    return own - PENALTY[how] - (STRANGE if how == OTHER and _strange(key, spot) else 0)


def _strange(key: str, spot: Spot) -> bool:
    """Return whether a name is no spelling of a place's main name.

    They share few letter pairs, and their consonants differ: "Deir Ezzor" is Dayr az Zawr.
    """
    main = name_key(spot.name)
    if spot.precision in AREAS or _skeleton(key) == _skeleton(main):
        return False
    pairs, others = ({a + b for a, b in pairwise(text)} for text in (key, main))
    return 2 * len(pairs & others) < SPELLING * (len(pairs) + len(others))


@lru_cache(maxsize=8192)
def _skeleton(key: str) -> str:
    """Return the consonants of a name without doubles and without an Arabic article."""
    letters = "".join(_core(key))
    bare = [c for c in letters if c not in "aeiouwyh'"]
    return "".join(c for k, c in enumerate(bare) if k == 0 or c != bare[k - 1])


def _seats(name: Toponym) -> set[int]:
    """Return the divisions that stand back behind a town of their name: "Idlib" is the town.

    A town with more words to its name takes nothing: "Oklahoma" is not Oklahoma City. A capital
    comes before every division of its country: "Washington".
    """
    size = _size(name.key)
    towns = [
        spot
        for spot, _ in name.candidates
        if spot.kind.startswith("PPL") and _size(name_key(spot.name)) == size
    ]
    return {
        area.row
        for area, _ in name.candidates
        if area.kind in ("ADM1", "ADM2")
        and any(
            (t.kind == "PPLC" and t.country == area.country)
            or (holds(area, t) and t.population > SHARE * area.population)
            for t in towns
        )
    }


def _size(key: str) -> int:
    return len(_core(key))


def _core(key: str) -> list[str]:
    """Return the words of a name that are no article."""
    return [word for word in key.split() if word not in ARTICLES] or [key]


def _held(name: Toponym, spot: Spot) -> float:
    """Return what the area beside a name says of a candidate; an ocean may be of any country."""
    if any(holds(area, spot) for area in name.holders):
        return HELD
    return OUTSIDE if name.holders and spot.country else 0.0


def _said(name: Toponym, spot: Spot, how: int, lands: Counter[str]) -> float:
    """Return the share of a place's country among those the text names, its own name left out."""
    own = len(name.at) if spot.precision == "country" or how == PEOPLE else 0
    said = max(0, lands[spot.country or ""] - own)
    return said / (max(0, lands.total() - own) + 2)


def _chances(score: Floats, owner: NDArray[np.int64], names: int) -> Floats:
    """Return each candidate's chance among those of its name."""
    top = np.full(names, -np.inf)
    np.maximum.at(top, owner, score)
    odds = np.exp(score - top[owner])
    return np.asarray(odds / np.bincount(owner, odds, names)[owner])


def _affinity(spots: Sequence[Spot]) -> Floats:
    """Return how much each two places speak for each other."""
    wide = np.array([s.precision == "country" for s in spots])
    either = wide[:, None] | wide[None, :]
    apart = _kilometres(spots)
    near = np.where(either, ABROAD * np.exp(-apart / FAR), NEAR * np.exp(-apart / REACH))
    country = _alike([s.country for s in spots])
    division = _alike([s.row if s.kind == "ADM1" else s.division for s in spots])
    district = _alike([s.row if s.kind == "ADM2" else s.district for s in spots])
    once = np.where(_alike([s.row for s in spots]), TWICE, 1.0)
    return np.asarray(once * (near + DISTRICT * district + DIVISION * division + SAME * country))


def _alike(labels: Sequence[object]) -> NDArray[np.bool_]:
    """Return where two places have the same label; those without one are alike to none."""
    known: dict[object, int] = {}
    ids = np.array([-1 - k if x is None else known.setdefault(x, k) for k, x in enumerate(labels)])
    return np.asarray(ids[:, None] == ids[None, :])


def _kilometres(spots: Sequence[Spot]) -> Floats:
    """Return the great-circle distance between each two places (haversine)."""
    lat, lon = np.radians([s.lat for s in spots]), np.radians([s.lon for s in spots])
    across = np.cos(lat)[:, None] * np.cos(lat) * np.sin((lon[:, None] - lon) / 2) ** 2
    half = np.sin((lat[:, None] - lat) / 2) ** 2 + across
    return np.asarray(2 * RADIUS * np.arcsin(np.sqrt(np.clip(half, 0, 1))))


def _because(spot: Spot, how: int, support: float) -> str:
    named = {
        NEWS: "its name in news",
        MAIN: "its name",
        OTHER: "another name of it",
        SHORT: "its name in short",
        PEOPLE: "its people's name",
    }[how]
    people = f", {spot.population:,} people" if spot.population else ""
    return f"{named}{people}; the other names add {support:.1f}"
