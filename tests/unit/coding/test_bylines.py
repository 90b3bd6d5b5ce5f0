"""Bylines: where an article names its own makers."""

from __future__ import annotations

import pytest

from tocsin.coding import bylines


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("By the Globe Wire Staff NEW: The mayor says no", ["By the Globe Wire Staff"]),
        ("By Ann Lee\nThe troops left.", ["By Ann Lee"]),
        ("By Jo Smith, Associated Press Writer TARVOS", ["By Jo Smith, Associated Press Writer"]),
        ("TARVOS (Reuters) - Troops left.", ["TARVOS (Reuters) -"]),
        ("TARVOS, Oct 3 (AFP) - Troops left.", ["TARVOS, Oct 3 (AFP) -"]),
        ("Rain fell. Tarvos, Northland (CNN) -- Troops left.", ["(CNN) --"]),
        ("The Peace Party (PP) - which lost - said no.", []),
        ("By Friday the army had left.", []),
    ],
)
def test_own_makers(text: str, own: list[str]) -> None:
    """Staff, writers and a heading agency are found; deadlines and parties are no bylines."""
    assert [text[a:b] for a, b in bylines.find(text)] == own
