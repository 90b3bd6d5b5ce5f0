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
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, total)))), 4)


def logit(p: float) -> float:
    """Return the log odds of a chance, kept within those that a network can mean."""
    p = min(max(p, 1e-3), 1 - 1e-3)
    return math.log(p / (1 - p))
