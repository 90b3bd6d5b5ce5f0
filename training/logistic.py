"""Logistic regression with a ridge and signs that sense demands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

Floats = NDArray[np.float64]
Bounds = tuple[float | None, float | None]


@dataclass(frozen=True, slots=True)
class Model:
    """What a fitted model weighs features with, in their own units."""

    bias: float
    weights: dict[str, float]

    def chances(self, matrix: NDArray[np.float32], names: Sequence[str]) -> Floats:
        """Return the chance of each row."""
        weights = np.array([self.weights.get(name, 0.0) for name in names])
        return np.asarray(1.0 / (1.0 + np.exp(-(matrix @ weights + self.bias))))


def fit(
    matrix: NDArray[np.float32],
    right: NDArray[np.bool_],
    worth: Floats,
    names: Sequence[str],
    *,
    sense: Mapping[str, float],
    bounds: Mapping[str, Bounds],
    ridge: Mapping[str, float],
) -> Model:
    """Return the weights under which rows are likeliest, each row counted `worth` times.

    A ridge of its own draws each weight to what `sense` gives for it, 0 where it gives nothing, so
    that weights of which rows say little stay there. `bounds` are what weights may not leave; those
    that are not in it are free, and so is the bias.
    """
    rows = np.asarray(matrix, dtype=np.float64)
    truth = right.astype(np.float64)
    start = np.array([sense.get(name, 0.0) for name in names])
    pull = np.array([ridge[name] for name in names])

    def loss(at: Floats) -> tuple[float, Floats]:
        odds = rows @ at[1:] + at[0]
        away = at[1:] - start
        value = worth @ (np.logaddexp(0.0, odds) - truth * odds) + 0.5 * (pull * away) @ away
        wrong = worth * (1.0 / (1.0 + np.exp(-odds)) - truth)
        return float(value), np.concatenate(([wrong.sum()], wrong @ rows + pull * away))

    free: Bounds = (None, None)
    limits = [free, *(bounds.get(name, free) for name in names)]
    found = minimize(
        loss, np.concatenate(([-3.0], start)), jac=True, method="L-BFGS-B", bounds=limits,
        options={"maxiter": 1000},
    )  # fmt: skip
    return Model(float(found.x[0]), dict(zip(names, map(float, found.x[1:]), strict=True)))
