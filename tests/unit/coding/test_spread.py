"""Spread: things are found by the characters that they lie over."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tocsin.coding.spread import Spread

RANGES = st.tuples(st.integers(0, 3_000), st.integers(1, 2_000)).map(lambda x: (x[0], sum(x)))


@given(st.lists(RANGES, max_size=20), RANGES)
def test_what_lies_over_characters(laid: list[tuple[int, int]], asked: tuple[int, int]) -> None:
    """Exactly what shares a character is found, once each; at one place in the order laid."""
    spread: Spread[int] = Spread()
    for k, span in enumerate(laid):
        spread.add(*span, k)
    over = [k for k, (a, b) in enumerate(laid) if a < asked[1] and asked[0] < b]
    assert sorted(spread.over(*asked)) == over
    at = [k for k, (a, b) in enumerate(laid) if a <= asked[0] < b]
    assert spread.at(asked[0]) == at


def test_nothing_lies_over_nothing() -> None:
    """A thing without characters is never found."""
    spread: Spread[str] = Spread()
    spread.add(5, 5, "empty")
    assert (spread.at(5), list(spread.over(0, 9))) == ([], [])
