"""The manual, built once for all tests that look at it."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.once import once

ROOT = Path(__file__).parents[1]


def site() -> Path:
    """Return the folder of the manual, built anew; a warning would have failed it."""
    return once("manual", _make)


def _make(built: Path) -> None:
    assert written(ROOT, built)


def written(root: Path, built: Path) -> bool:
    """Return whether a tree's manual was built, since it was not built of the same files before."""
    sys.path.insert(0, str(ROOT))
    try:
        from hatch_build import write  # noqa: PLC0415 - it stands in the root
    finally:
        sys.path.remove(str(ROOT))
    return write(root, built, "-W", "--keep-going")
