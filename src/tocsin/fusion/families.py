"""What else one event may be called: types and words that name one thing."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tocsin.base.errors import OntologyError
from tocsin.fusion.sheet import root
from tocsin.ontology.form import packaged
from tocsin.ontology.rows import parse


class Families(NamedTuple):
    """Types by place, the share of one event told as each pair of them, sets of words by root.

    Place 0 stands for types that are not listed, and those are kin to nothing but themselves.
    """

    places: dict[str, int]
    shares: NDArray[np.float32]
    words: dict[str, int]


def kind(type_: str) -> int:
    """Return the place of a type among those listed, or 0."""
    return families().places.get(type_, 0)


def kin(lemma: str) -> int:
    """Return the sets of words that a lemma is in, as bits."""
    return families().words.get(lemma, 0)


@cache
def families() -> Families:
    """Return the packaged families."""
    data = parse((packaged("fusion") / "families.yml").read_text(encoding="utf-8"))
    if not isinstance(data, dict):
        raise OntologyError("families.yml should be a mapping of `types` and `words`")
    pairs, sets = data.get("types"), data.get("words")
    if not isinstance(pairs, list) or not isinstance(sets, list) or len(sets) > 64:
        raise OntologyError("families.yml should list `types` and at most 64 sets of `words`")
    listed: list[tuple[str, str, float]] = []
    for pair in pairs:
        names = pair.get("types") if isinstance(pair, dict) else None
        if not isinstance(pair, dict) or not isinstance(names, list) or len(names) != 2:
            raise OntologyError(f"families.yml: expected two `types` and a `share`, found {pair!r}")
        listed.append((str(names[0]), str(names[1]), float(str(pair.get("share")))))
    places = {
        name: place for place, name in enumerate(sorted({n for p in listed for n in p[:2]}), 1)
    }
    shares = np.zeros((len(places) + 1, len(places) + 1), np.float32)
    for one, other, share in listed:
        shares[places[one], places[other]] = shares[places[other], places[one]] = share
    words: dict[str, int] = {}
    for place, members in enumerate(sets):
        for word in members if isinstance(members, list) else ():
            words[root(str(word))] = words.get(root(str(word)), 0) | 1 << place
    return Families(places, shares, words)
