"""In what two mentions agree and differ about when and where."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tocsin.fusion.pairs import (
    ACTUAL,
    FUTURE,
    LATE,
    SLACK,
    WORLDS,
    Pairs,
    Truths,
    holds,
    reals,
    truths,
)
from tocsin.fusion.rows import NEVER, Reals, Rows

# The ordinal of the day that numpy counts days from.
EPOCH = 719_163
SHORT = 2  # days of an event that is told to the day


def same_day(p: Pairs) -> Truths:
    """Both are told to the day, and the days meet."""
    return _meeting(p) & _short(p.a) & _short(p.b)


def days_overlap(p: Pairs) -> Truths:
    """Both are dated, one of them to a longer time, and the times overlap."""
    return _meeting(p) & ~(_short(p.a) & _short(p.b))


def days_apart(p: Pairs) -> Reals:
    """How often the days between two dated events double: 1 day is 1, 3 days are 2."""
    return reals(np.log2(1.0 + p.gap) * (p.dated[0] & p.dated[1]))


def once_dated(p: Pairs) -> Truths:
    """One alone gives a day."""
    return truths(p.dated[0] ^ p.dated[1])


def never_dated(p: Pairs) -> Truths:
    """Neither gives a day."""
    return truths(~p.dated[0] & ~p.dated[1])


def reports_apart(p: Pairs) -> Reals:
    """How often the days between the reports double, where neither gives a day."""
    days = np.abs(p.a.day.astype(np.int64) - p.b.day)
    return reals(np.log2(1.0 + days * (p.reported & never_dated(p))))


def day_and_report(p: Pairs) -> Reals:
    """How often the days double between a dated event and the time another report is about."""
    one = np.where(p.dated[0], _off(p.a, p.b), _off(p.b, p.a))
    known = once_dated(p) & (np.where(p.dated[0], p.b.day, p.a.day) != NEVER)
    return reals(np.log2(1.0 + one * known))


def told_before(p: Pairs) -> Truths:
    """One tells as done, a day or more ahead, what the other one dates later."""
    return truths((_ahead(p.a, p.b) | _ahead(p.b, p.a)) & p.reported)


def years_apart(p: Pairs) -> Truths:
    """The sentence of one undated event names a year that the other one is not of."""
    one, two = _year_of(p.a), _year_of(p.b)
    named = (p.a.year != 0) | (p.b.year != 0)
    return truths(named & (one != two) & (one != 0) & (two != 0))


def same_place(p: Pairs) -> Truths:
    """Both are in one place, finer than a country, or near one of the same name."""
    fine = (p.a.level != 1) & (p.b.level != 1)
    named = (p.a.toponym == p.b.toponym) & (p.a.toponym != 0) & ~(p.a.known & p.b.known)
    return truths(fine & (((p.a.place == p.b.place) & (p.a.place != 0)) | named))


def same_country(p: Pairs) -> Truths:
    """Both are in one country, and one of them says no more, or they are places without degrees."""
    lands = (p.a.country == p.b.country) & (p.a.country != 0)
    return truths(lands & ~same_place(p) & np.isnan(_apart(p)))


def kilometres(p: Pairs) -> Reals:
    """How often the distance between two places doubles: 10 km are 1, 30 km are 2."""
    return reals(np.log2(1.0 + np.nan_to_num(_apart(p)) / 10.0) * ~same_place(p))


def abroad(p: Pairs) -> Truths:
    """They are in two countries."""
    return truths((p.a.country != p.b.country) & (p.a.country != 0) & (p.b.country != 0))


def places_differ(p: Pairs) -> Truths:
    """Both name a place, not the same, and it is unknown how far apart they are."""
    given = (p.a.place != 0) & (p.b.place != 0) & (p.a.level != 1) & (p.b.level != 1)
    return truths(given & ~same_place(p) & ~abroad(p) & np.isnan(_apart(p)))


def place_told(p: Pairs) -> Truths:
    """The sentence of one has the name of the other one's place, which it does not claim itself."""
    said = holds(p.b.words, p.a.toponym) | holds(p.a.words, p.b.toponym)
    return truths(said & ((p.a.place == 0) | (p.b.place == 0)))


def _meeting(p: Pairs) -> Truths:
    return truths(p.dated[0] & p.dated[1] & (p.gap == 0))


def _short(rows: Rows) -> Truths:
    return truths(rows.end.astype(np.int64) - rows.start < SHORT)


def _off(dated: Rows, other: Rows) -> NDArray[np.int64]:
    """Return the days from a dated event to the days that a report without one is about."""
    day = other.day.astype(np.int64)
    ahead = WORLDS[other.modality] == WORLDS[FUTURE]
    first = np.where(ahead, day, day - LATE)
    last = np.where(ahead, day + LATE, day)
    return np.maximum(np.maximum(dated.start - last, first - dated.end), 0)


def _ahead(teller: Rows, dated: Rows) -> Truths:
    """Return where one tells as done what the other one dates to a later day."""
    done = (teller.modality == ACTUAL) & (dated.start != NEVER)
    return truths(done & (dated.start.astype(np.int64) > teller.day.astype(np.int64) + SLACK))


def _year_of(rows: Rows) -> NDArray[np.int64]:
    """Return the year of an event: the one that is named, else that of its day or its report."""
    day = np.where(rows.start != NEVER, rows.start, rows.day).astype(np.int64)
    of_day = (day - EPOCH).astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
    return np.where(rows.year != 0, rows.year, np.where(day != NEVER, of_day, 0))


def _apart(p: Pairs) -> Reals:
    """Return the kilometres between places that are finer than a country, NaN elsewhere."""
    fine = (p.a.level > 1) & (p.b.level > 1)
    return reals(np.where(fine, p.kilometres, np.float32(np.nan)))
