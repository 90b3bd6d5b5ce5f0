"""When nothing is foretold, and why: a history, a panel or reports that do not allow it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

# Steps of history, and the share of the last step's events that must be in (WATCH, 4).
WEEKS = 26
COMPLETE = 0.6


def refused(
    weeks: int, complete: float | None, breaks: NDArray[np.bool_] | None, window: int = WEEKS
) -> str | None:
    """Return why a series cannot be forecast; None where it can.

    `weeks` is the length of its history, `complete` the expected share of the last week's events
    that is in, `breaks` the weeks in which its panel broke with those before.
    """
    if weeks < WEEKS:
        return f"{weeks} weeks of history, expected {WEEKS} at least"
    if complete is not None and complete < COMPLETE:
        return f"only {complete:.0%} of the last week is reported so far, expected {COMPLETE:.0%}"
    if breaks is not None and breaks[-window:].any():
        back = int(np.flatnonzero(breaks[-window:][::-1])[0])
        return (
            f"the panel of sources broke {back} weeks ago, within the {window} that are looked at"
        )
    return None
