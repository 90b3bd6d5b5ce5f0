"""How high events stand on the ladder of escalation, lately and before."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
NONE = 0  # the rung of what stands on none


@dataclass(frozen=True, slots=True)
class Climb:
    """The highest rung of the last days, and that of the days before them within a longer time."""

    now: int
    before: int

    @property
    def higher(self) -> bool:
        """Whether the last days stand higher than all before."""
        return self.now > self.before


@cache
def _words() -> tuple[str, ...]:
    file = resources.files("tocsin") / "data" / "watch" / "rungs.toml"
    return tuple(tomllib.loads(file.read_text("utf8"))["words"])


def named(rung: int) -> str:
    """Return what stands on a rung from 1 on, in words."""
    return _words()[rung - 1]


def climb(ages: Ints, rungs: Ints, *, recent: int, whole: int) -> Climb:
    """Return how high events stand whose days are so many days ago, 0 for today.

    `recent` and `whole` are days: the last ones, and all that are looked at.
    """
    late = (ages >= 0) & (ages < recent)
    early = (ages >= recent) & (ages < whole)
    return Climb(
        int(rungs[late].max(initial=NONE)), int(rungs[early].max(initial=NONE))
    )  # fmt: skip
