"""What scores are worth: the chance that a field is right, as measured on text held back."""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from msgspec import structs

from tocsin.base.errors import ArtefactError
from tocsin.coding.votes import ROLES
from tocsin.records.claim import Claim
from tocsin.records.evidence import Hand, Reason

# Beside the files of the model that it was measured with; `make calibrate` writes it.
FILE = "calibration.toml"
VOTED = frozenset({"type", "modality", *ROLES})
Knots = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Calibration:
    """For each field the chance of being right at some scores, between which it is even.

    A field without knots keeps its score. `version` tells one calibration of a model from another.
    """

    knots: Mapping[str, Knots] = field(default_factory=dict)
    version: str = ""

    def chance(self, name: str, score: float) -> float:
        """Return the chance that a field with a score is right, to three digits."""
        knots = self.knots.get(name)
        return round(between(knots, score) if knots else score, 3)

    def applied(self, claim: Claim) -> Claim:
        """Return a claim whose confidence, and whose reasons' scores, are chances.

        What the hands voted on is one already.
        """
        hand = claim.reasons[0].hand if claim.reasons else "model"
        return structs.replace(
            claim,
            confidence=self.chance(field_name("type", hand), claim.confidence),
            reasons=tuple(self._judged(reason) for reason in claim.reasons),
        )

    def _judged(self, reason: Reason) -> Reason:
        if reason.score is None or reason.field in VOTED:
            return reason
        score = self.chance(field_name(reason.field, reason.hand), reason.score)
        return structs.replace(reason, score=score)


def field_name(name: str, hand: Hand) -> str:
    """Return the name that a field goes by: what a rule fills is worth something else."""
    return name if hand == "model" else f"{name} by rule"


def between(knots: Knots, score: float) -> float:
    """Return the value at a score: on the line between two knots, level beyond the outer ones."""
    at = bisect_right(knots, score, key=lambda knot: knot[0])
    if at in (0, len(knots)):
        return knots[min(at, len(knots) - 1)][1]
    (a, low), (b, high) = knots[at - 1], knots[at]
    return low + (high - low) * (score - a) / (b - a)


def load(folder: Path, digest: str) -> Calibration:
    """Return the calibration of a model; scores stay as they are where none was measured with it.

    Scores of one model say nothing about another's, so a file of another digest is left alone.
    """
    path = folder / FILE
    if not path.exists():
        return Calibration()
    try:
        content = path.read_bytes()
        rows = tomllib.loads(content.decode())
        knots = {name: tuple((x, y) for x, y in row) for name, row in rows["knots"].items()}
        model = rows["model"]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ArtefactError(f"{path}: no calibration ({error!r}); run `make calibrate`") from error
    if model != digest:
        return Calibration()
    return Calibration(knots, sha256(content).hexdigest()[:8])
