"""Features that speak for and against a reading, and the logistic models that weigh them.

The weights are fitted on sentences that the network was not trained on and travel with it; see
`training/votes.py`. Each model is named for what it decides: a role, a modality, a claim.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

Features = Mapping[str, float]
Weights = Mapping[str, Mapping[str, float]]


def weigh(features: Features, weights: Mapping[str, float]) -> float:
    """Return the chance that a logistic model gives features; what it does not know is nothing."""
    total = sum(weights.get(name, 0.0) * value for name, value in features.items())
    return round(sigmoid(total), 4)


def sigmoid(x: float) -> float:
    """Return the chance of log odds, which are cut off where it can no longer be told from 1."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, x))))


def logit(p: float, least: float = 1e-3) -> float:
    """Return the log odds of a chance, kept `least` away from 0 and 1."""
    p = min(max(p, least), 1 - least)
    return math.log(p / (1 - p))
