"""Values of fields: each kind in each of its forms, and those that are refused."""

from __future__ import annotations

import re
from datetime import date

import pytest

from tocsin.base.errors import QueryError
from tocsin.records.query import All, Any, Days, Dyad, Field, Node, Op, names
from tocsin.store.syntax import parse

TODAY = date(2024, 3, 31)


def read(text: str) -> Node:
    """Return the search that a text asks for on the day of the tests."""
    return parse(text, today=TODAY)


def one(name: str, *values: str) -> Field:
    """Return a field that holds one of some values."""
    return Field(name, "in", values)


def days(start: date | None, end: date | None, name: str = "date") -> Field:
    """Return a field of days."""
    return Field(name, "within", Days(start, end))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("type:threaten,REQUEST,Threaten", one("type", "THREATEN", "REQUEST")),
        ("TYPE:AID", one("type", "AID")),
        ("mode:Heavy-Weapons", one("mode", "heavy-weapons")),
        ("country:isr", one("country", "ISR")),
        ('said_by:"Al  Hadath",Reuters', one("said_by", "Al Hadath", "Reuters")),
        ("place:“Deir ez-Zor”", one("place", "Deir ez-Zor")),
        ('actor:"a,b"', one("actor", "a,b")),
        ("modality:ACTUAL", one("modality", "actual")),
        ("version:all", one("version", "all")),
        ("condition:yes", Field("condition", "is", value=True)),
        ("denied:No", Field("denied", "is", value=False)),
        ("dyad:ISR-IRQ", Field("dyad", "pair", Dyad("ISR", "IRQ"))),
        ("dyad:ISR~IRQ", Field("dyad", "pair", Dyad("IRQ", "ISR", directed=False))),
        ('dyad:"al-Nusra"-SYR', Field("dyad", "pair", Dyad("al-Nusra", "SYR"))),
        ("dyad:isr-katz~IRN", Field("dyad", "pair", Dyad("IRN", "isr-katz", directed=False))),
        (
            "dyad:ISR-IRQ,IRQ-ISR",
            Any(tuple(Field("dyad", "pair", Dyad(*d)) for d in (("ISR", "IRQ"), ("IRQ", "ISR")))),
        ),
    ],
)
def test_fields(text: str, found: Node) -> None:
    """A field takes one value or several, quoted or not, in the case that records have."""
    assert read(text) == found


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("confidence:>=0.6", [(">=", 0.6)]),
        ("confidence:<.25", [("<", 0.25)]),
        ("confidence:0.5..1", [(">=", 0.5), ("<=", 1.0)]),
        ("killed:>10", [(">", 10)]),
        ("killed:10", [("=", 10)]),
        ("injured:5..", [(">=", 5)]),
        ("injured:..5", [("<=", 5)]),
    ],
)
def test_numbers(text: str, limits: list[tuple[Op, float]]) -> None:
    """A number is compared, or lies in a range with both its ends."""
    name = text.partition(":")[0]
    found = read(text)
    assert found == read(" ".join(f"{name}:{'' if op == '=' else op}{n}" for op, n in limits))
    assert (found.parts if isinstance(found, All) else (found,)) == tuple(
        Field(name, op, number) for op, number in limits
    )


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("date:2024-11-01..2024-11-30", "2024-11-01", "2024-11-30"),
        ("date:2024-02", "2024-02-01", "2024-02-29"),
        ("date:2024", "2024-01-01", "2024-12-31"),
        ("date:2023-12..2024-01", "2023-12-01", "2024-01-31"),
        ("date:2024-11..", "2024-11-01", None),
        ("date:..2024-11", None, "2024-11-30"),
        ("on:2024-11-05", "2024-11-05", "2024-11-05"),
        ("after:2024-11", "2024-12-01", None),
        ("after:2024-11-05", "2024-11-06", None),
        ("before:2024-11", None, "2024-10-31"),
        ("date:>2024-11-05", "2024-11-06", None),
        ("date:>=2024", "2024-01-01", None),
        ("date:<2024", None, "2023-12-31"),
        ("date:<=2024", None, "2024-12-31"),
        ("date:today", "2024-03-31", "2024-03-31"),
        ("on:yesterday", "2024-03-30", "2024-03-30"),
        ("on:7d", "2024-03-24", "2024-03-24"),
        ("date:2w..today", "2024-03-17", "2024-03-31"),
        ("date:1m..", "2024-02-29", None),
        ("date:13m..", "2023-02-28", None),
        ("date:3M..Today", "2023-12-31", "2024-03-31"),
    ],
)
def test_days(text: str, start: str | None, end: str | None) -> None:
    """Days are named, ranged or counted back; a month stands for all its days."""
    first, last = (date.fromisoformat(day) if day else None for day in (start, end))
    assert read(text) == days(first, last)


def test_clocks_are_kept_apart() -> None:
    """Days of the event, of publication and of the store go by different names."""
    first = date(2024, 3, 29)
    assert read("since:2d") == days(first, None, "since")
    assert read("since:2024-11") == days(date(2024, 11, 1), None, "since")
    assert read("reported:2d..") == days(first, None, "reported")
    assert read("reported_after:2024-03-28") == days(first, None, "reported")
    assert read("reported_before:2024-03-30") == days(None, first, "reported")
    assert names(read("-(a1 since:2d) OR before:2024")) == {"since", "date"}


@pytest.mark.parametrize(
    ("text", "at", "message"),
    [
        ('place:"Deir', 6, "no second one"),
        ('place:""', 6, "an empty value of `place`"),
        ('place:Deir" ez-Zor"', 6, "expected quotes around the whole value"),
        ("place:Deir*", 6, "`*` stands for endings of words of the text"),
        ("modality:actul", 9, "is no modality; did you mean `actual`?"),
        ("review:xyz", 7, "expected accepted, corrected, none, rejected"),
        ("denied:maybe", 7, "expected `yes` or `no`"),
        ("dyad:ISR", 5, "`ISR` is no dyad; expected `ISR-IRQ`"),
        ("dyad:a-b-c", 5, "quotes around names with a hyphen"),
        ("confidence:0.6", 11, "expected a comparison such as `>=0.6`"),
        ("confidence:>1.5", 11, "from 0 to 1"),
        ("confidence:>nan", 11, "from 0 to 1"),
        ("killed:many", 7, "expected a number of people"),
        ("killed:>0.5", 7, "expected a number of people"),
        ("killed:>9999999999", 7, "expected a number of people"),
        ("killed:..", 7, "expected a number of people"),
        ("killed:9..2", 7, "ends before it begins"),
        ("date:2024-13", 5, "`2024-13` is no day; expected a day such as `2024-11-21`"),
        ("date:2024-00", 5, "is no day"),
        ("date:2023-02-29", 5, "is no day"),
        ("date:5/6/2024", 5, "is no day"),
        ("date:..", 5, "is no day"),
        ("date:7d", 5, "alone is one day; write `date:7d..` for all since"),
        ("date:2024-02..2024-01", 5, "ends before it begins"),
        ("before:0001-01-01", 7, "is no day"),
        ("before:1000-01-01", 7, "expected days from 1000-01-01 to 2999-12-31"),
    ],
)
def test_what_is_refused(text: str, at: int, message: str) -> None:
    """An error gives the place of the value, what it is and what was expected."""
    with pytest.raises(QueryError, match=re.escape(message)) as caught:
        read(text)
    assert caught.value.at == at


def test_days_need_a_day() -> None:
    """Nothing is counted from a day that nobody gave."""
    with pytest.raises(QueryError, match="no day is given as today"):
        parse("since:2d")


def test_known_values() -> None:
    """Values that the caller knows are spelt its way; others are refused with the nearest."""
    known = {"type": ("THREATEN", "AID"), "mode": ("Heavy",)}
    assert parse("type:aid mode:heavy actor:any", known=known) == All(
        (one("type", "AID"), one("mode", "Heavy"), one("actor", "any"))
    )
    with pytest.raises(QueryError, match="`THREATN` is no type; did you mean `THREATEN`") as caught:
        parse("type:AID,THREATN", known=known)
    assert caught.value.at == 9
