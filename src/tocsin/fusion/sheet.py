"""What fusion keeps of a coded article: its mentions, and the words that tell it from others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from tocsin.base.errors import OntologyError
from tocsin.base.text import bare, fold
from tocsin.fusion import shingles
from tocsin.fusion.mention import MODALITIES, Mention, Sheet, Where, ordinal, tolls, who
from tocsin.fusion.rarity import terms, weight
from tocsin.ontology.form import packaged
from tocsin.ontology.phrases import fold_word
from tocsin.ontology.rows import parse

if TYPE_CHECKING:
    from Stemmer import Stemmer

    from tocsin.records.claim import Claim, Place
    from tocsin.records.coded import Coded

# A lighter word tells nothing: it stands in every fifth article or more (`rarity.weight`).
LIGHT = 0.2
# Content words of a sentence that are kept, the weightiest first; few sentences have more.
MOST = 32
# What stands inside a word and is no part of it: "Assad's", "U.S.", "1,000".
_MARKS = re.compile(r"['’ʼ`]s\b|['’ʼ`.,]")


def sheet(coded: Coded, *, sketch: tuple[int, ...] = ()) -> Sheet:
    """Return what fusion keeps of a coded article; `sketch` comes from `shingles.sketch`."""
    article = coded.article
    return Sheet(
        article=article.id,
        day=ordinal(article.day),
        outlet=article.outlet,
        sketch=sketch,
        terms=terms(_roots(article.text)),
        mentions=tuple(mention(claim) for claim in coded.claims),
    )


def mention(claim: Claim) -> Mention:
    """Return a claim as matching sees it."""
    day, chain = claim.date, claim.attribution.chain if claim.attribution else ()
    return Mention(
        id=claim.id,
        article=claim.article,
        type=claim.type,
        lemma=head(claim.trigger.quote),
        at=(claim.trigger.start, claim.trigger.end),
        modality=MODALITIES.index(claim.modality),
        modes=claim.modes,
        actors=tuple(map(who, claim.actors)),
        recipients=tuple(map(who, claim.recipients)),
        speakers=tuple(map(who, chain[-1:])),
        start=ordinal(day.start) if day else None,
        end=ordinal(day.end) if day else None,
        where=_where(claim.place) if claim.place else None,
        tolls=tolls(claim),
        outcome=claim.outcome,
        words=content(claim.sentence.quote),
        same_as=claim.same_as,
        content_of=claim.content_of,
    )


@lru_cache(maxsize=65_536)
def head(trigger: str) -> str:
    """Return the root of the word that tells of the event: of "drone strikes" it is "strike".

    That is the last word before the first preposition or particle, unless it is a verb like "carry"
    that leaves the telling to a noun.
    """
    parts: list[list[str]] = [[]]
    for word in words(trigger):
        if word in _forms().particles:
            parts.append([])
        else:
            parts[-1].append(word)
    heads = [root(part[-1]) for part in parts if part]
    heads = heads or [root(word) for word in words(trigger)] or [fold(trigger)]
    return next((h for h in heads if h not in _forms().light), heads[0])


def words(text: str) -> Iterator[str]:
    """Return the words of a text in small letters, numbers in digits."""
    return map(_word, shingles.written(text))


@lru_cache(maxsize=65_536)
def _word(word: str) -> str:
    folded = shingles.folded(word)
    return folded if folded.isdigit() else _MARKS.sub("", bare(word).casefold())


@lru_cache(maxsize=65_536)
def root(word: str) -> str:
    """Return what the forms of a word and those derived from it share: "struck" is "strike"."""
    folded = " ".join(words(word))
    stem = _stem(folded)
    return _forms().roots.get(folded) or _forms().roots.get(stem) or stem


@lru_cache(maxsize=1_024)
def content(text: str) -> tuple[str, ...]:
    """Return the roots of the words of a sentence that say something, each once, in text order.

    Names of days and months are left out; numbers stay. Of more than 32 the weightiest stay.
    """
    found = dict.fromkeys(_roots(text))
    if len(found) > MOST:
        best = set(sorted(found, key=lambda word: (-weight(word), word))[:MOST])
        return tuple(word for word in found if word in best)
    return tuple(found)


def _roots(text: str) -> Iterator[str]:
    """Return the root of every word of a text that says something."""
    return filter(None, map(_telling, shingles.written(text)))


@lru_cache(maxsize=65_536)
def _telling(word: str) -> str:
    """Return the root of a word, or nothing where it says nothing."""
    plain = _word(word)
    found = "" if plain in _forms().dates else root(plain)
    return found if weight(found) >= LIGHT else ""


def _where(place: Place) -> Where:
    return Where(
        name=fold(place.name), country=place.country, geonames=place.geonames,
        latitude=place.latitude, longitude=place.longitude, precision=place.precision,
    )  # fmt: skip


class Forms:
    """The packaged forms of words: roots by form or stem, particles, light verbs, names of days."""

    def __init__(self) -> None:
        data = parse((packaged("fusion") / "forms.yml").read_text(encoding="utf-8"))
        if not isinstance(data, dict):
            raise OntologyError("forms.yml should be a mapping of `irregular`, `derived` and more")
        self.particles = frozenset(_texts(data.get("particles")))
        self.dates = frozenset(_texts(data.get("dates")))
        self.light = frozenset(map(_stem, _texts(data.get("light"))))
        self.roots: dict[str, str] = {}
        for part in ("derived", "irregular"):
            listed = data.get(part)
            for base, forms in (listed if isinstance(listed, dict) else {}).items():
                meant = self.roots.get(_stem(base), _stem(base))
                for form in _texts(forms):
                    self.roots[form if part == "irregular" else _stem(form)] = meant


@cache
def _forms() -> Forms:
    return Forms()


@cache
def _stemmer() -> Stemmer:
    from Stemmer import Stemmer  # noqa: PLC0415

    return Stemmer("english")


def _stem(word: str) -> str:
    """Return the stem of a word in American spelling."""
    return str(_stemmer().stemWord(fold_word(word)))


def _texts(value: object) -> Iterable[str]:
    return (str(item) for item in value) if isinstance(value, list) else ()
