"""The first-order division that a place of the gazetteer lies in, by GeoNames ids."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from tocsin.ontology.gazetteer import NONE, load

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tocsin.ontology.gazetteer import Gazetteer

# A first-order division, in GeoNames' feature codes.
FIRST = "ADM1"


def divisions(places: Iterable[int], gazetteer: Gazetteer | None = None) -> dict[int, int]:
    """Return by the id of each place that of the division it lies in, or is.

    Places that the gazetteer does not have, and those in no division, are left out.
    """
    held = load() if gazetteer is None else gazetteer
    wanted = np.array(sorted(set(places)), np.int64)
    order, ids = _ordered(held)
    at = np.minimum(np.searchsorted(ids, wanted), max(len(ids) - 1, 0))
    found: dict[int, int] = {}
    for place, where in zip(wanted.tolist(), at.tolist(), strict=True):
        if len(ids) == 0 or int(ids[where]) != place:
            continue
        row = int(order[where])
        inside = int(held.rows["admin1"][row])
        division = held[row] if inside == NONE else held[inside]
        if division.kind == FIRST and division.id is not None:
            found[place] = division.id
    return found


def titled(areas: Iterable[int], gazetteer: Gazetteer | None = None) -> dict[int, tuple[str, str]]:
    """Return by the id of each division its name and its country's code."""
    held = load() if gazetteer is None else gazetteer
    order, ids = _ordered(held)
    found: dict[int, tuple[str, str]] = {}
    for area in sorted(set(areas)):
        where = int(np.searchsorted(ids, area))
        if where < len(ids) and int(ids[where]) == area:
            spot = held[int(order[where])]
            found[area] = (spot.name, spot.country or "")
    return found


@lru_cache(maxsize=4)
def _ordered(of: Gazetteer) -> tuple[np.ndarray, np.ndarray]:
    """Return the rows of a gazetteer by the ids of their places, and those ids."""
    ids = np.asarray(of.rows["id"], np.int64)
    order = np.argsort(ids, kind="stable")
    return order, ids[order]
