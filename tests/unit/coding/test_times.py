"""Times: which days an expression means, seen from a Wednesday in the middle of a month."""

from __future__ import annotations

from datetime import date

import pytest

from tocsin.coding.days import Tense
from tocsin.coding.times import deadline, joined, read, resolve, scan

ANCHOR = date(2014, 10, 15)  # a Wednesday


def day(text: str | None) -> date | None:
    """Return the day that ISO figures give, or None."""
    return date.fromisoformat(text) if text else None


ABSOLUTE = [
    ("2011-03-15", "2011-03-15", "2011-03-15"),
    ("31/12/2011", "2011-12-31", "2011-12-31"),
    ("October 17, 2022", "2022-10-17", "2022-10-17"),
    ("on Oct. 17 , 2022", "2022-10-17", "2022-10-17"),
    ("17 Oct. 2022", "2022-10-17", "2022-10-17"),
    ("the 17th of October 2022", "2022-10-17", "2022-10-17"),
    ("Monday, October 17th, 2022", "2022-10-17", "2022-10-17"),
    ("in 2003", "2003-01-01", "2003-12-31"),
    ("in early 2003", "2003-01-01", "2003-04-30"),
    ("late 2003", "2003-09-01", "2003-12-31"),
    ("the first half of 2003", "2003-01-01", "2003-06-30"),
    ("in May 2017", "2017-05-01", "2017-05-31"),
    ("in February of 2012", "2012-02-01", "2012-02-29"),
    ("mid-May 2017", "2017-05-11", "2017-05-20"),
    ("late in May 2017", "2017-05-21", "2017-05-31"),
    ("in the 1990s", "1990-01-01", "1999-12-31"),
    ("the 20th century", "1901-01-01", "2000-12-31"),
    ("in the summer of 2012", "2012-06-01", "2012-08-31"),
    ("the third quarter of 2013", "2013-07-01", "2013-09-30"),
    ("Q1 2013", "2013-01-01", "2013-03-31"),
    ("in late 2003 and early 2004", "2003-09-01", "2004-04-30"),
    ("2003-2005", "2003-01-01", "2005-12-31"),
    ("between 2003 and 2005", "2003-01-01", "2005-12-31"),
    ("between 3 and 5 May 2011", "2011-05-03", "2011-05-05"),
    ("May 3-5, 2011", "2011-05-03", "2011-05-05"),
    ("from 28 April to 5 May 2011", "2011-04-28", "2011-05-05"),
    ("Christmas Day 2011", "2011-12-25", "2011-12-25"),
    ("on the eve of 5 May 2011", "2011-05-04", "2011-05-04"),
    ("20111231", "2011-12-31", "2011-12-31"),
    ("nineteen ninety-six", "1996-01-01", "1996-12-31"),
    ("the year two thousand", "2000-01-01", "2000-12-31"),
    ("nineteen oh five", "1905-01-01", "1905-12-31"),
    ("March eighth, 2011", "2011-03-08", "2011-03-08"),
    ("mid-2012", "2012-05-01", "2012-08-31"),
    ("mid - 2012", "2012-05-01", "2012-08-31"),
    ("the nineties", "1990-01-01", "1999-12-31"),
    ("the mid-1990s", "1993-05-01", "1996-08-31"),
    ("the last half of 1989", "1989-07-01", "1989-12-31"),
    ("the third quarter of fiscal 2013", "2013-07-01", "2013-09-30"),
    ("fiscal 2013", "2013-01-01", "2013-12-31"),
    ("the first week of March 2011", "2011-03-01", "2011-03-07"),
    ("the last Friday of March 2011", "2011-03-25", "2011-03-25"),
    ("the day after Christmas 2011", "2011-12-26", "2011-12-26"),
    ("three days before 5 May 2011", "2011-05-02", "2011-05-02"),
    ("Good Friday 2011", "2011-04-22", "2011-04-22"),
    ("Thanksgiving 2011", "2011-11-24", "2011-11-24"),
    ("Easter week of 2011", "2011-04-18", "2011-04-24"),
    ("Ramadan 2011", "2011-08-01", "2011-08-30"),
    ("Eid al-Fitr 2011", "2011-08-31", "2011-09-02"),
    ("Yom Kippur 2013", "2013-09-14", "2013-09-14"),
    ("the first ten days of May 2011", "2011-05-01", "2011-05-10"),
    ("the end of the 1990s", "1996-09-01", "1999-12-31"),
    ("the end of Ramadan 2011", "2011-08-21", "2011-08-30"),
    ("the first day of Ramadan 2011", "2011-08-01", "2011-08-01"),
    ("the winter of 2010-11", "2010-12-01", "2011-02-28"),
    ("the fourth fiscal quarter of 2012", "2012-10-01", "2012-12-31"),
]

PAST = [
    ("on Tuesday", "2014-10-14", "2014-10-14"),
    ("Tuesday", "2014-10-14", "2014-10-14"),
    ("late on Tuesday", "2014-10-14", "2014-10-14"),
    ("early Tuesday", "2014-10-14", "2014-10-14"),
    ("Tuesday's", "2014-10-14", "2014-10-14"),
    ("on Tuesday morning", "2014-10-14", "2014-10-14"),
    ("on the morning of 9 October", "2014-10-09", "2014-10-09"),
    ("Sunday night", "2014-10-12", "2014-10-12"),
    ("in the early hours of Sunday", "2014-10-12", "2014-10-12"),
    ("at 3:30 p.m. on Sunday", "2014-10-12", "2014-10-12"),
    ("Wednesday", "2014-10-15", "2014-10-15"),
    ("last Wednesday", "2014-10-08", "2014-10-08"),
    ("Thursday", "2014-10-09", "2014-10-09"),
    ("Tuesday last week", "2014-10-07", "2014-10-07"),
    ("today", "2014-10-15", "2014-10-15"),
    ("tonight", "2014-10-15", "2014-10-15"),
    ("this morning", "2014-10-15", "2014-10-15"),
    ("yesterday", "2014-10-14", "2014-10-14"),
    ("yesterday evening", "2014-10-14", "2014-10-14"),
    ("last night", "2014-10-14", "2014-10-14"),
    ("overnight", "2014-10-14", "2014-10-15"),
    ("the day before yesterday", "2014-10-13", "2014-10-13"),
    ("three days ago", "2014-10-12", "2014-10-12"),
    ("a few days ago", "2014-10-10", "2014-10-13"),
    ("two weeks ago", "2014-09-29", "2014-10-05"),
    ("two months ago", "2014-08-01", "2014-08-31"),
    ("ten years ago", "2004-01-01", "2004-12-31"),
    ("six hours ago", "2014-10-14", "2014-10-15"),
    ("last week", "2014-10-06", "2014-10-12"),
    ("last month", "2014-09-01", "2014-09-30"),
    ("late last month", "2014-09-21", "2014-09-30"),
    ("last year", "2013-01-01", "2013-12-31"),
    ("this week", "2014-10-13", "2014-10-15"),
    ("this year", "2014-01-01", "2014-10-15"),
    ("earlier this month", "2014-10-01", "2014-10-15"),
    ("earlier in the year", "2014-01-01", "2014-10-15"),
    ("over the past week", "2014-10-08", "2014-10-15"),
    ("in the past 24 hours", "2014-10-14", "2014-10-15"),
    ("the last three months", "2014-07-15", "2014-10-15"),
    ("in recent weeks", "2014-09-17", "2014-10-15"),
    ("in recent months", "2014-04-15", "2014-10-15"),
    ("since 2011", "2011-01-01", "2014-10-15"),
    ("since Monday", "2014-10-13", "2014-10-15"),
    ("since last March", "2014-03-01", "2014-10-15"),
    ("for two weeks", "2014-10-01", "2014-10-15"),
    ("in early October", "2014-10-01", "2014-10-10"),
    ("in early November", "2013-11-01", "2013-11-10"),
    ("mid-September", "2014-09-11", "2014-09-20"),
    ("late October", "2013-10-21", "2013-10-31"),
    ("in February", "2014-02-01", "2014-02-28"),
    ("in October", "2014-10-01", "2014-10-15"),
    ("last October", "2013-10-01", "2013-10-31"),
    ("in October last year", "2013-10-01", "2013-10-31"),
    ("Oct. 17", "2014-10-17", "2014-10-17"),
    ("Dec. 20", "2013-12-20", "2013-12-20"),
    ("Oct. 15", "2014-10-15", "2014-10-15"),
    ("the weekend", "2014-10-11", "2014-10-12"),
    ("last weekend", "2014-10-11", "2014-10-12"),
    ("last summer", "2014-06-01", "2014-08-31"),
    ("Monday and Tuesday", "2014-10-13", "2014-10-14"),
    ("on Friday and one on Saturday", "2014-10-10", "2014-10-11"),
    ("the last one month", "2014-09-15", "2014-10-15"),
    ("from Friday to Tuesday", "2014-10-10", "2014-10-14"),
    ("between 3 and 5 May", "2014-05-03", "2014-05-05"),
    ("half a century ago", "1964-01-01", "1964-12-31"),
    ("two and a half years ago", "2012-04-01", "2012-04-30"),
    ("the 2nd of last month", "2014-09-02", "2014-09-02"),
    ("from 2 September", "2014-09-02", None),
    ("two or three days ago", "2014-10-12", "2014-10-13"),
    ("a decade ago", "2004-01-01", "2004-12-31"),
    ("a week ago Friday", "2014-10-03", "2014-10-03"),
    ("this past spring", "2014-03-01", "2014-05-31"),
    ("last quarter", "2014-07-01", "2014-09-30"),
    ("the current quarter", "2014-10-01", "2014-10-15"),
    ("the first quarter", "2014-01-01", "2014-03-31"),
    ("in less than two weeks", "2014-10-01", "2014-10-15"),
    ("Eid", "2014-10-05", "2014-10-08"),
    ("last Easter", "2014-04-20", "2014-04-20"),
    ("5 p.m. EST Tuesday", "2014-10-14", "2014-10-14"),
    ("Tuesday at 14:30 GMT", "2014-10-14", "2014-10-14"),
    ("since late on Friday", "2014-10-10", "2014-10-15"),
    ("03/10/2014", "2014-10-03", "2014-10-03"),
    ("the week of Sept. 8", "2014-09-08", "2014-09-14"),
    ("'13", "2013-01-01", "2013-12-31"),
]

FUTURE = [
    ("on Tuesday", "2014-10-21", "2014-10-21"),
    ("next Friday", "2014-10-17", "2014-10-17"),
    ("tomorrow", "2014-10-16", "2014-10-16"),
    ("tomorrow morning", "2014-10-16", "2014-10-16"),
    ("next week", "2014-10-20", "2014-10-26"),
    ("next month", "2014-11-01", "2014-11-30"),
    ("Tuesday next week", "2014-10-21", "2014-10-21"),
    ("later this month", "2014-10-15", "2014-10-31"),
    ("this week", "2014-10-15", "2014-10-19"),
    ("the next three days", "2014-10-15", "2014-10-18"),
    ("the coming week", "2014-10-15", "2014-10-22"),
    ("in three days", "2014-10-18", "2014-10-18"),
    ("within 48 hours", "2014-10-15", "2014-10-17"),
    ("by Friday", "2014-10-15", "2014-10-17"),
    ("until Friday", "2014-10-15", "2014-10-17"),
    ("for two weeks", "2014-10-15", "2014-10-29"),
    ("in November", "2014-11-01", "2014-11-30"),
    ("17 October", "2014-10-17", "2014-10-17"),
    ("3 May", "2015-05-03", "2015-05-03"),
    ("from Monday to Wednesday", "2014-10-20", "2014-10-22"),
    ("the weekend", "2014-10-18", "2014-10-19"),
    ("Wednesday", "2014-10-15", "2014-10-15"),
    ("next Wednesday", "2014-10-22", "2014-10-22"),
    ("overnight", "2014-10-15", "2014-10-16"),
    ("two weeks from now", "2014-10-29", "2014-10-29"),
    ("in two or three days", "2014-10-17", "2014-10-18"),
    ("the third quarter", "2014-07-01", "2014-09-30"),
    ("year-end", "2014-12-31", "2014-12-31"),
    ("Oct. 13", "2014-10-13", "2014-10-13"),
    ("early next year", "2015-01-01", "2015-04-30"),
]

NEAR = [
    ("Oct. 20", "2014-10-20"),
    ("Oct. 10", "2014-10-10"),
    ("November", "2014-11-01"),
    ("August", "2014-08-01"),
    ("Friday", "2014-10-10"),
]

PRECISIONS = [
    ("on Friday", "day"),
    ("last week", "week"),
    ("last weekend", "weekend"),
    ("in May", "month"),
    ("last summer", "season"),
    ("Q1 2013", "quarter"),
    ("the first half of 2013", "half"),
    ("since 2011", "year"),
    ("the 1990s", "decade"),
    ("the 20th century", "century"),
    ("from 3 to 5 May", "days"),
    ("recently", "past"),
    ("in recent weeks", "past"),
    ("now", "present"),
    ("soon", "future"),
]

REASONS = [
    ("on Friday", "rule “weekday”, from 2014-10-15, looking back"),
    ("in 1948", "rule “year”, by itself"),
    ("since 2011", "rule “since of year”, from 2014-10-15"),
    ("recently", "past, but it names no days"),
    ("two days later", "it hangs on another time, and the text has told none before"),
    ("04/05/2011", "day and month could stand in either order"),
    ("in two weeks", "it looks ahead of a time that the text does not name"),
    ("soldiers", "no rule reads it as days"),
]

SILENT = [
    "",
    "the same day",
    "the year-long uprising",
    "three days later",
    "after Monday's attack",
    "every Friday",
    "the day",
    "30 February 2011",
    "04/05/2011",
    "in two weeks",
    "the winter of 2012",
    "soldiers",
    "two",
    "then",
]

TERMS = [
    ("by Friday", "2014-10-15", "2014-10-17"),
    ("The rebels have until Friday to leave", "2014-10-15", "2014-10-17"),
    ("before 1 November", "2014-10-15", "2014-10-31"),
    ("no later than Oct. 20", "2014-10-15", "2014-10-20"),
    ("by the end of the month", "2014-10-15", "2014-10-31"),
    ("by the end of October", "2014-10-15", "2014-10-31"),
    ("within seventy-two hours", "2014-10-15", "2014-10-18"),
    ("within a week", "2014-10-15", "2014-10-22"),
    ("in the next ten days", "2014-10-15", "2014-10-25"),
    ("a 48-hour ultimatum", "2014-10-15", "2014-10-17"),
    ("gave them three days to surrender", "2014-10-15", "2014-10-18"),
    ("until 2012", None, "2012-12-31"),
]


@pytest.mark.parametrize(("text", "start", "end"), ABSOLUTE)
@pytest.mark.parametrize("anchor", [None, ANCHOR])
@pytest.mark.parametrize("tense", ["past", "future", "none"])
def test_absolute(text: str, start: str, end: str, anchor: date | None, tense: Tense) -> None:
    """An expression with its year means the same days whoever writes it, and when."""
    assert resolve(text, anchor, tense=tense) == (day(start), day(end))


@pytest.mark.parametrize(("text", "start", "end"), PAST)
def test_past(text: str, start: str, end: str | None) -> None:
    """In the past, an expression means the latest days up to the anchor."""
    assert resolve(text, ANCHOR) == (day(start), day(end))


@pytest.mark.parametrize(("text", "start", "end"), FUTURE)
def test_future(text: str, start: str, end: str) -> None:
    """Looking ahead, an expression means the next days after the anchor."""
    assert resolve(text, ANCHOR, tense="future") == (day(start), day(end))


@pytest.mark.parametrize("text", SILENT)
def test_nothing_told(text: str) -> None:
    """What names no day by itself, or could be two, gives no date."""
    assert resolve(text, ANCHOR) is None


@pytest.mark.parametrize(
    "text", ["on Tuesday", "last week", "today", "in May", "Oct. 17", "by Friday"]
)
def test_relative_needs_an_anchor(text: str) -> None:
    """Without a publication date a relative expression gives no date."""
    assert resolve(text, None) is None


@pytest.mark.parametrize("text", ["Tuesday", "in May", "17 October", "the weekend"])
def test_no_tense_no_side(text: str) -> None:
    """Without a tense, an expression that could be either side of the anchor gives no date."""
    assert resolve(text, ANCHOR, tense="none") is None


def test_open_since() -> None:
    """Without an anchor "since" has a start and no end."""
    assert resolve("since 2011", None) == (date(2011, 1, 1), None)


@pytest.mark.parametrize(("text", "start", "end"), TERMS)
def test_deadline(text: str, start: str | None, end: str) -> None:
    """A term runs from the anchor to its last day; one that is over has no start."""
    assert deadline(text, ANCHOR) == (day(start), day(end))


@pytest.mark.parametrize("text", ["by the river", "on Friday", "in 2003", "within the party", ""])
def test_no_deadline(text: str) -> None:
    """Words of a term without a day, and days without one, set no deadline."""
    assert deadline(text, ANCHOR) is None


@pytest.mark.parametrize(("text", "start"), NEAR)
def test_near(text: str, start: str) -> None:
    """Without a verb the closer day or month is meant, and the last weekday."""
    found = resolve(text, ANCHOR, tense="near")
    assert found is not None
    assert found[0] == day(start)


@pytest.mark.parametrize(("text", "precision"), PRECISIONS)
def test_precision(text: str, precision: str) -> None:
    """Every meaning says how exact it is."""
    assert read(text, ANCHOR).precision == precision


@pytest.mark.parametrize(("text", "because"), REASONS)
def test_reason(text: str, because: str) -> None:
    """Every meaning, and every lack of one, has its reason."""
    assert read(text, ANCHOR).because == because


def test_reason_without_a_day_of_publication() -> None:
    """A relative expression without an anchor says what it lacks."""
    found = read("last week", None)
    assert found.because == "it hangs on the day of publication, which is not known"


def test_an_unsure_tense_gives_way() -> None:
    """A month that an unsure tense would take a year away is the close one."""
    assert read("in November", ANCHOR).start == date(2013, 11, 1)
    assert read("in November", ANCHOR, sure=False).start == date(2014, 11, 1)


def test_scan() -> None:
    """The verbs near decide the side, and later times hang on earlier ones."""
    sentences = [
        ["They", "met", "on", "Friday", "and", "will", "meet", "on", "Monday", "."],
        ["By", "Saturday", "they", "will", "eat", "."],
        ["Two", "days", "later", "they", "will", "leave", "."],
    ]
    found = [(number, meaning.start) for number, _, _, meaning in scan(sentences, ANCHOR)]
    assert found == [
        (0, date(2014, 10, 10)),
        (0, date(2014, 10, 20)),
        (1, date(2014, 10, 15)),
        (2, date(2014, 10, 22)),
    ]


def test_joined() -> None:
    """A genitive and a comma stand against the word before them."""
    assert joined(["Friday", "'s", "5", ",", "2011"]) == "Friday's 5, 2011"


def test_weekday_of_the_week_is_never_ahead_of_the_anchor() -> None:
    """Each weekday in the past lies within the week that ends at the anchor."""
    for name in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"):
        days = resolve(name, ANCHOR)
        assert days is not None
        assert days[0] is not None
        assert 0 <= (ANCHOR - days[0]).days < 7
