"""Fixed panels: what they publish by week, and where they break."""

from __future__ import annotations

from datetime import timedelta

from tests.counted import ON
from tocsin.watch.panels import Document, panel

MONDAY = (ON - timedelta(days=6)).toordinal()


def _weekly(source: str, numbers: list[int]) -> list[Document]:
    """Return the documents of a source by week, the last one the week that is over."""
    first = MONDAY - 7 * (len(numbers) - 1)
    return [Document(source, first + 7 * at + 3, n) for at, n in enumerate(numbers) if n]


def _breaks(*numbers: list[int]) -> list[int]:
    names = [f"s{at}" for at in range(len(numbers))]
    some = [one for name, row in zip(names, numbers, strict=True) for one in _weekly(name, row)]
    found = panel(some, names, ON, len(numbers[0]))
    assert found is not None
    return [at for at, broken in enumerate(found.breaks) if broken]


def test_documents_of_members() -> None:
    """Only members count, and days after the last week that is over do not."""
    some = [*_weekly("a", [1, 2]), *_weekly("b", [5, 5]), Document("a", MONDAY + 7, 9)]
    found = panel(some, {"a"}, ON, 2)
    assert found is not None
    assert (found.total.tolist(), found.start.toordinal()) == ([1, 2], MONDAY - 7)
    assert panel(some, set(), ON, 2) is None
    assert panel(some, {"c"}, ON, 2) is None


def test_steady_panels_do_not_break() -> None:
    """Twice as much, or half, as usual is not a break yet, nor are the first weeks."""
    assert _breaks([10] * 12 + [20, 5]) == []
    assert _breaks([10, 90, 1, 10]) == []


def test_more_and_less_break() -> None:
    """More than twice the median of twelve weeks is a break, and so is less than half."""
    assert _breaks([10] * 12 + [21]) == [12]
    assert _breaks([10] * 12 + [4]) == [12]


def test_a_silent_source_breaks() -> None:
    """A source that had a quarter of all documents and falls silent breaks the panel."""
    assert _breaks([30] * 13, [10] * 12 + [0]) == [12]
    assert _breaks([31] * 13, [10] * 12 + [0]) == []
