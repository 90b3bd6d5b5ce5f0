"""Events that nearly became one: what an analyst may be asked about, and what speaks for it."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy.engine import Connection

from tocsin.explain.why import Joined
from tocsin.fusion import match
from tocsin.pipeline import why
from tocsin.pipeline.fusing import judges
from tocsin.store import events, fusing, queue
from tocsin.store.queue import Brush


class Question(NamedTuple):
    """Two events, the claims of them that are nearest, and how near the whole of them is.

    `mean` is the mean chance of all pairs of their claims; from `needed` on they would be one.
    """

    brush: Brush
    mean: float
    needed: float


def questions(connection: Connection) -> list[Question]:
    """Return the events that are two although a pair of their claims is likely enough to be of one.

    What somebody judged already is left out.
    """
    weights = match.load()
    different = {*judges(connection).settled.different}
    found = queue.brushes(connection, weights.threshold)
    held: dict[str, list[str]] = {}
    ends = {name for one in found for name in (one.one, one.other)}
    for at in events.members(connection, "event", ends):
        held.setdefault(at.event, []).append(at.claim)
    chances = fusing.pairs(connection, [name for claims in held.values() for name in claims])
    out = []
    for one in found:
        pairs = [(min(a, b), max(a, b)) for a in held[one.one] for b in held[one.other]]
        if different and any(pair in different for pair in pairs):
            continue
        mean = sum(chances.get(pair, weights.absent) for pair in pairs) / len(pairs)
        out.append(Question(one, mean, weights.threshold))
    return out


def reasons(connection: Connection, one: str, other: str) -> Joined | None:
    """Return why two events are nearly one: their nearest claims; None where they are not near."""
    found = events.load(connection, [one]).get(one)
    if found is None:
        return None
    apart = why.why(connection, found).apart
    return next((near.nearest for near in apart if near.event == other), None)
