"""One indicator of one unit, in natural units."""

from __future__ import annotations

from typing import NamedTuple


class Value(NamedTuple):
    """What an indicator comes to; `kind`, `unit` and `family` are empty where it is of all.

    `kind` is a unit's, or "source" or "panel".
    """

    indicator: str
    kind: str
    unit: str
    family: str
    value: int | float | str
