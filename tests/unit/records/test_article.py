"""Articles: what their day is, and what their name depends on."""

from __future__ import annotations

from datetime import date

import pytest

from tests.build import DAY, an_article
from tocsin.records.article import Article, Moment, Precision, article_id


@pytest.mark.parametrize(
    ("precision", "day"), [("minute", DAY), ("day", DAY), ("month", None), ("year", None)]
)
def test_day(precision: Precision, day: date | None) -> None:
    """A publication known to the month or the year has no day."""
    article = Article(id="a", doc="d", title="", text="", published=Moment(DAY, precision))
    assert article.day == day


def test_undated() -> None:
    """An undated article has no day."""
    assert an_article(published=None).day is None


def test_id_ignores_reading_time() -> None:
    """The same article fetched on another day has the same id."""
    assert an_article(fetched=date(2024, 3, 6)).id == an_article(fetched=date(2025, 1, 1)).id


def test_id_ignores_the_hour() -> None:
    """An article stamped to the minute is the one that is stamped to the day."""
    minute = Moment(DAY, "minute", "08:15")
    assert article_id("t", "x", "o", minute) == article_id("t", "x", "o", Moment(DAY))


def test_id_is_content() -> None:
    """Another title, text, outlet or day makes another article."""
    base = ("title", "text", "outlet", Moment(DAY))
    others = [
        ("Title", "text", "outlet", Moment(DAY)),
        ("title", "text ", "outlet", Moment(DAY)),
        ("title", "text", None, Moment(DAY)),
        ("title", "text", "outlet", Moment(date(2024, 3, 6))),
        ("title", "text", "outlet", None),
    ]
    assert len({article_id(*x) for x in [base, *others]}) == 6


def test_frozen() -> None:
    """An article's text never changes."""
    with pytest.raises(AttributeError):
        an_article().text = "other"  # type: ignore[misc]
