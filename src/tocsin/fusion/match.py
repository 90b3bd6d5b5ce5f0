"""How likely two mentions tell of one event, and why."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tocsin.base.errors import OntologyError
from tocsin.fusion import features
from tocsin.fusion.rows import Numbers
from tocsin.fusion.saying import say
from tocsin.fusion.table import Table
from tocsin.ontology.form import packaged
from tocsin.ontology.rows import parse

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

# Chunks of pairs that are compared side by side: numpy lets go of the interpreter meanwhile.
HANDS = 2


class Weights(NamedTuple):
    """A logistic model: the bias, a weight by name of a feature, and where clusters stop.

    `threshold` is the mean chance from which on clusters merge; `absent` is the chance of a pair
    that was never compared.
    """

    bias: float
    weights: dict[str, float]
    threshold: float
    absent: float


class Reason(NamedTuple):
    """What one feature says of a pair, in log odds and in words."""

    feature: str
    value: float
    weight: float
    words: str


class Verdict(NamedTuple):
    """The chance that two mentions tell of one event, with the reasons that weigh most first."""

    probability: float
    reasons: tuple[Reason, ...]


def load(path: Path | None = None) -> Weights:
    """Return the packaged weights, or those of a file."""
    return _packaged() if path is None else _read(path)


def probability(matrix: NDArray[np.float32], weights: Weights | None = None) -> NDArray[np.float32]:
    """Return the chance of each pair; 0 where a veto stands."""
    known = weights or load()
    column = np.array([known.weights.get(name, 0.0) for name in features.NAMES], np.float32)
    # Summed row by row: a product of matrices rounds a row by where it stands.
    odds = (matrix * column).sum(axis=1, dtype=np.float64) + known.bias
    chance = 1.0 / (1.0 + np.exp(-np.clip(odds, -30.0, 30.0)))
    return np.where(matrix[:, -1] > 0, 0.0, chance).astype(np.float32)


def chances(
    table: Table, i: Numbers, j: Numbers, weights: Weights | None = None
) -> NDArray[np.float32]:
    """Return the chance of each pair of rows, without keeping what the features say of them."""
    out: NDArray[np.float32] = np.zeros(len(i), np.float32)

    def fill(start: int) -> None:
        rows = slice(start, start + features.CHUNK)
        out[rows] = probability(features.matrix(table, i[rows], j[rows]), weights)

    starts = range(0, len(i), features.CHUNK)
    for start in starts[:1]:
        fill(start)  # what the table makes of itself is made once, before several ask for it
    with ThreadPoolExecutor(HANDS) as hands:
        list(hands.map(fill, starts[1:]))
    return out


def explain(table: Table, i: int, j: int, weights: Weights | None = None) -> Verdict:
    """Return why two mentions are of one event, or are not: what weighs most comes first.

    A veto alone decides where there is one.
    """
    known = weights or load()
    one, two = np.array([i], np.int32), np.array([j], np.int32)
    row = features.matrix(table, one, two)
    chance = float(probability(row, known)[0])
    a, b = table.mentions[i], table.mentions[j]
    reasons = [
        Reason(name, float(value), known.weights.get(name, 0.0), say(name, float(value), a, b))
        for name, value in zip(features.NAMES, row[0], strict=True)
        if value and (name in known.weights or name == features.NAMES[-1])
    ]
    vetoes = [reason for reason in reasons if reason.feature == features.NAMES[-1]]
    order = sorted(reasons, key=lambda reason: -abs(reason.value * reason.weight))
    return Verdict(chance, tuple(vetoes or order))


@cache
def _packaged() -> Weights:
    return _read(packaged("fusion") / "weights.yml")


def _read(file: Path | Traversable) -> Weights:
    """Return the weights of a file; a weight that no feature has is an error."""
    data = parse(file.read_text(encoding="utf-8"))
    listed = data.get("weights") if isinstance(data, dict) else None
    if not isinstance(data, dict) or not isinstance(listed, dict):
        raise OntologyError(f"{file.name} should hold `bias`, `threshold`, `absent` and `weights`")
    strange = sorted(listed.keys() - set(features.NAMES[:-1]))
    if strange:
        raise OntologyError(f"{file.name} weighs {', '.join(strange)}, which no feature is called")
    try:
        bias, threshold, absent = (
            float(str(data[name])) for name in ("bias", "threshold", "absent")
        )
        weights = {name: float(str(value)) for name, value in listed.items()}
    except (KeyError, ValueError) as error:
        raise OntologyError(f"{file.name}: expected numbers everywhere, found {error}") from error
    return Weights(bias, weights, threshold, absent)
