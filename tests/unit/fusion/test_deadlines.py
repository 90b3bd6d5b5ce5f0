"""Deadlines: the days that words set, as intervals, with what they rest on."""

from __future__ import annotations

from datetime import date

import pytest

from tests.build import a_span
from tests.threats import DAY, told
from tocsin.fusion import deadlines
from tocsin.records.claim import Interval


def days(text: str, trigger: str = "told", day: date = DAY) -> tuple[date, date] | None:
    """Return the days that a sentence sets as a deadline."""
    due = deadlines.find(told(text, trigger, day=day))
    return (due.start, due.end) if due else None


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("They were told to leave within 48 hours", 6, 7),
        ("They were told they had three days to leave", 7, 8),
        ("They were told today to leave within two days", 7, 7),
        ("They were told on Monday to leave within two days", 6, 6),
        ("They were told to leave by Friday evening", 8, 8),
        ("They were told to leave before noon on Thursday", 7, 7),
        ("They were told to leave by 12 March", 12, 12),
        ("They were told to leave by March 12, 2024", 12, 12),
        ("They were told to leave by 2024-03-20", 20, 20),
        ("They were told to leave by tomorrow", 6, 6),
        ("They were told to leave by the end of March", 31, 31),
        ("They were told to leave by midnight", 5, 5),
        ("They were told of a Friday deadline", 8, 8),
        ("They were told of a 12-hour deadline on Monday", 4, 5),
        ("They were told that the ceasefire expires on Sunday", 10, 10),
        ("They were told that the deadline had been moved to March 18", 18, 18),
    ],
)
def test_days(words: str, start: int, end: int) -> None:
    """Lengths count from the words, or from the report and the day before; days are ahead."""
    assert days(words) == (date(2024, 3, start), date(2024, 3, end))


@pytest.mark.parametrize(
    "words",
    [
        "They were told on Friday that he had died",
        "They were told that it took a week to arrive",
        "They were told that he was killed within hearing of the town",
        "They were told that the killings lasted a 20 day period",
        "They were told that a 48-hour ultimatum had expired",
        "They were told in June",
    ],
)
def test_no_deadline(words: str) -> None:
    """Days of other things, lengths that passed and ultimatums that ran out set none."""
    assert days(words) is None


def test_past_day() -> None:
    """What expired did so on the last such day, not on the next."""
    assert days("They were told that the ultimatum expired on Sunday") == (
        date(2024, 3, 3), date(2024, 3, 3),
    )  # fmt: skip


def test_year_turns() -> None:
    """A month before the present one is of the next year."""
    assert days("They were told to leave by 10 January") == (date(2025, 1, 10), date(2025, 1, 10))


def test_basis() -> None:
    """A day is explicit, a length relative, "days, not weeks" implicit, each with its words."""
    for words, basis, quote in (
        ("told to go by Friday", "explicit", "by Friday"),
        ("told to go within two weeks", "relative", "within two weeks"),
        ("told that they had days, not weeks", "implicit", "days, not weeks"),
    ):
        due = deadlines.find(told(words, "told"))
        assert due is not None
        assert (due.basis, due.quote.quote) == (basis, quote)


def test_coded() -> None:
    """A deadline that the coder or an analyst gave counts where its words set a limit."""
    text = "They were told to go by the feast, as in June."
    feast = Interval(date(2024, 4, 1), date(2024, 4, 1), a_span(text, "the feast"))
    june = Interval(date(2024, 6, 1), date(2024, 6, 30), a_span(text, "in June"))
    due = deadlines.find(told(text, "told", deadline=feast))
    assert due is not None
    assert (due.start, due.basis) == (date(2024, 4, 1), "explicit")
    assert deadlines.find(told(text, "told", deadline=june)) is None


def test_undated() -> None:
    """Without a day of publication nothing can be counted from."""
    assert deadlines.find(told("told to go within two days", "told", day=None)) is None


def test_spoken() -> None:
    """Words are of the claim's day, else of a past one in the sentence, else of about now."""
    given = told("They vowed to go", "vowed", when=(date(2024, 3, 1), date(2024, 3, 2)))
    named = told("They vowed on 27 February to go", "vowed")
    bare = told("They vowed to go", "vowed")
    assert deadlines.uttered(given) == (date(2024, 3, 1), date(2024, 3, 2))
    assert deadlines.uttered(named) == (date(2024, 2, 27), date(2024, 2, 27))
    assert deadlines.uttered(bare) == (date(2024, 3, 4), DAY)
