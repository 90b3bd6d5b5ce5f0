"""Days in other people's spreadsheets, by the order in which these have day and month."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from tocsin.base.errors import InputError
from tocsin.sources.dates import moment

_NUMBERS = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})")
# Two days with a slash between.
_SPAN = re.compile(r"(\d{4}-\d\d-\d\d)\s*/\s*(\d{4}-\d\d-\d\d)")
_MONTHS = 12


class Order(StrEnum):
    """Whether days such as 05/03/2024 begin with the day or with the month."""

    day = "day-first"
    month = "month-first"


def order(cells: Iterable[str]) -> Order | None:
    """Return the only order in which all days of a table are days; None where it cannot be told."""
    found = (_NUMBERS.fullmatch(cell.strip()) for cell in cells)
    pairs = {(int(one[1]), int(one[3])) for one in found if one}
    fit = [
        way for way in Order if all(pair[way is Order.day] <= _MONTHS for pair in pairs)
    ]  # fmt: skip
    return fit[0] if len(fit) == 1 else None


def read(words: str, way: Order | None) -> date | None:
    """Return the day that words name, None for none; raise InputError where they may mean two."""
    said = words.strip()
    if not said:
        return None
    found = _NUMBERS.fullmatch(said)
    if found is not None:
        return _numbered(said, found, way)
    known = moment(said)
    if known is None or known.precision != "day":
        raise InputError(f"{said!r} is no day; expected one such as 2024-11-21")
    return known.day


def span(words: str) -> tuple[str, str] | None:
    """Return the two days of `2024-11-21/2024-11-22`; None where words are no such."""
    found = _SPAN.fullmatch(words.strip())
    return (found[1], found[2]) if found else None


def _numbered(said: str, found: re.Match[str], way: Order | None) -> date:
    one, two, year = int(found[1]), int(found[3]), int(found[4])
    way = way or order([said])
    if way is None and one != two:
        raise InputError(f"{said!r} may mean two days; --days day-first or month-first says which")
    day, month = (two, one) if way is Order.month else (one, two)
    try:
        return date(year, month, day)
    except ValueError as error:
        how = f" {way}" if way else ""
        raise InputError(f"{said!r} is no day{how}; expected one such as 2024-11-21") from error
