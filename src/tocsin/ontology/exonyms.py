"""What a language calls countries and actors, laid over the names that serve every language.

A pack's `names.yml` holds countries and the rules by which persons' names are respelled; it and the
files of `actors/` beside it hold names of actors by id. docs/languages.md tells how to write them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from tocsin.base.errors import OntologyError
from tocsin.ontology.names import Match, Names
from tocsin.ontology.packs import Pack, content
from tocsin.ontology.rows import Row, Value

if TYPE_CHECKING:
    from tocsin.ontology.actors import Actor
    from tocsin.ontology.countries import Country

FILE = "names.yml"
KINDS = {"names": "country", "adjectives": "adjective", "metonyms": "metonym"}
# A respelled word that stands alone may be a word of the language where it is shorter.
SHORT = 5

Turns = tuple[tuple[re.Pattern[str], str], ...]


@dataclass(frozen=True, slots=True)
class Respelling:
    """How a language writes the persons' names of some countries: ways, each patterns in order."""

    countries: frozenset[str]
    ways: tuple[Turns, ...]

    def forms(self, name: str) -> Iterator[str]:
        """Yield how the language may write a name; nothing where it writes it as it stands.

        Each word may keep its spelling: "Mahmud Abbas", "Mahmud Abas".
        """
        for turns in self.ways:
            turned = name
            for pattern, put in turns:
                turned = pattern.sub(put, turned)
            old, new = name.split(), turned.split()
            if len(old) != len(new):
                yield turned
                continue
            for words in product(*(dict.fromkeys(pair) for pair in zip(old, new, strict=True))):
                if words != tuple(old) and (len(words) > 1 or len(words[0]) >= SHORT):
                    yield " ".join(words)


def spoken(
    names: Names,
    countries: Mapping[str, Country],
    actors: Sequence[Actor],
    places: Iterable[Path],
) -> tuple[Actor, ...]:
    """Put what folders of a language say into an index, and return the actors with those names.

    They come first in the index: what a word means in a language outranks what it means elsewhere.
    """
    own: dict[str, list[str]] = {}
    rules: list[Respelling] = []
    known = {actor.id: actor for actor in actors}
    for path in [file for place in places for file in _files(place)]:
        data = Row(content(path), path.name)
        for code, row in data.named("countries"):
            _country(names, countries, code, row)
        rules += [_respelling(row, countries) for row in data.rows("respellings")]
        for key, texts in data.lists("actors"):
            if key not in known:
                raise OntologyError(f"{path}: there is no actor {key} under data/actors")
            own.setdefault(key, []).extend(texts)
            for text in texts:
                names.add(text, Match(0, "actor", key, known[key].name))
        data.done()
    return tuple(_called(actor, own.get(actor.id, ()), rules) for actor in actors)


def folders(pack: Pack, folder: Path | None) -> tuple[Path, ...]:
    """Return where a language's names lie: in its pack, and in a user's folder that adds to it."""
    added = folder / "lexicon" / pack.code if folder else pack.folder
    return tuple(dict.fromkeys((pack.folder, added)))


def _files(place: Path) -> Iterator[Path]:
    if (place / FILE).is_file():
        yield place / FILE
    yield from sorted((place / "actors").glob("*.yml"))


def _country(names: Names, countries: Mapping[str, Country], code: str, row: Row) -> None:
    """Put a language's names of a country into an index."""
    country = countries.get(code)
    if country is None:
        raise OntologyError(f"{row.where}: the country {code} is not in countries.yml")
    for field, kind in KINDS.items():
        for text in row.texts(field):
            named = text if kind == "metonym" else country.name
            sectors = ("GOV",) if kind == "metonym" else ()
            names.add(text, Match(0, kind, code, named, sectors))
    capital = row.maybe("capital")
    if capital:
        names.add(capital, Match(0, "capital", code, country.name))
    row.done()


def _respelling(row: Row, countries: Mapping[str, Country]) -> Respelling:
    """Return a rule as it is read; one without countries or patterns is an error."""
    found = row.choices("countries", frozenset(countries))
    always = _turns(row.table("turns"), row.where)
    first = [_turns(one.fields.items(), one.where) for one in row.rows("sometimes")]
    row.done()
    if not found or not always:
        raise OntologyError(f"{row.where}: a respelling has countries and turns")
    return Respelling(frozenset(found), (always, *(turns + always for turns in first)))


def _turns(table: Iterable[tuple[str, Value]], where: str) -> Turns:
    turns = []
    for pattern, put in table:
        try:
            turns.append((re.compile(pattern), str(put)))
        except re.error as error:
            raise OntologyError(f"{where}: {pattern!r} is no pattern: {error}") from error
    return tuple(turns)


def _called(actor: Actor, own: Sequence[str], rules: Sequence[Respelling]) -> Actor:
    """Return an actor who is also called what a language calls it."""
    fitting = [r for r in rules if actor.kind == "person" and actor.country in r.countries]
    spelled = [
        form
        for rule in fitting
        for name in (actor.name, *actor.aliases)
        for form in rule.forms(name)
    ]
    if not own and not spelled:
        return actor
    return replace(actor, aliases=tuple(dict.fromkeys((*actor.aliases, *own, *spelled))))
