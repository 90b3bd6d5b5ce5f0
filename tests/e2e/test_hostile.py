"""Two thousand damaged and hostile inputs: none crashes, hangs, or goes by without a word."""

from __future__ import annotations

from tests import hostile
from tests.ordeal import ordeal

LEAST = 2000


def test_every_input_ends_in_an_article_or_an_issue() -> None:
    """Each within ten seconds and a gigabyte; one that fails can be made again by its number.

    What fails is tried once more by itself: processors that share a core take longer.
    """
    tasks = [(kind, number) for kind, count in hostile.kinds().items() for number in range(count)]
    assert len(tasks) >= LEAST
    trials = list(ordeal(tasks))
    assert len(trials) == len(tasks)
    failed = [(trial.kind, trial.number) for trial in trials if trial.faults]
    again = list(ordeal(failed, workers=1)) if failed else []
    assert [str(trial) for trial in again if trial.faults] == []
