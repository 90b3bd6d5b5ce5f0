"""CSV that spreadsheets open as it is: no cell of it is taken for a formula.

A text that a spreadsheet would calculate, and one that begins with an apostrophe, has an apostrophe
before it, which spreadsheets take for "this is text"; `plain` takes it off again. Parts of a list
stand with "; " between; a semicolon or backslash within a part has a backslash before it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, BinaryIO

from tocsin.export.forms import TABLES, WRITTEN, Form, Of, Stock, Wrote
from tocsin.export.table import TABLES as KNOWN
from tocsin.export.table import Row, Value

BETWEEN, ALONE = "; ", ";"
# What spreadsheets calculate, by its first character, in their wide forms too; tabs and line
# breaks lead to it. An apostrophe is there so that `plain` can tell.
_LEADS = frozenset("=+-@\t\r\n'＝＋－＠")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def write(stock: Stock, of: Of, out: BinaryIO) -> Wrote:
    """Write a table, a header and then a row a record."""
    table = KNOWN[of]
    return lines(table.names, table.rows(stock), out)


def lines(names: Sequence[str], rows: Iterable[Row], out: BinaryIO, *, tabs: bool = False) -> Wrote:
    """Write rows under a header; with `tabs`, as files without quotes that are read by columns.

    Those have their names as they are: an apostrophe that begins one has no other before it.
    """
    wrote = Wrote()
    with _Text(out) as text:
        form = csv.writer(text, **(_TABS if tabs else {"lineterminator": "\r\n"}))
        form.writerow(names)
        for row in rows:
            cells = [cell(row[name]) for name in names]
            form.writerow(map(_column, cells) if tabs else cells)
            wrote[WRITTEN] += 1
    return wrote


def chosen(
    names: Sequence[str],
    rows: Callable[[Stock, Wrote], Iterable[Row]],
    stock: Stock,
    out: BinaryIO,
    *,
    tabs: bool = False,
) -> Wrote:
    """Write the rows that something makes of a store; what it left out is counted with them."""
    left = Wrote()
    return lines(names, rows(stock, left), out, tabs=tabs) + left


# Nothing is quoted: line breaks and tabs are spaces, and a quote is a letter like others.
_TABS: Mapping[str, Any] = {
    "delimiter": "\t", "lineterminator": "\n", "quoting": csv.QUOTE_NONE, "quotechar": None,
}  # fmt: skip


def _column(text: str) -> str:
    """Return a cell as one that is read by columns."""
    return " ".join((plain(text) if text.startswith("''") else text).split())


def cell(value: Value) -> str:
    """Return a value as a cell that a spreadsheet calculates nothing of."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, tuple):
        return guarded(joined(value))
    return guarded(str(value))


def guarded(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    clean = text.replace("\0", "\ufffd")
    return f"'{clean}" if clean[:1] in _LEADS else clean


def plain(text: str) -> str:
    """Return the text of a cell that `guarded` made."""
    return text.removeprefix("'")


def joined(parts: Sequence[str]) -> str:
    """Return the parts of a list as one text; a single empty part is ";"."""
    if tuple(parts) == ("",):
        return ALONE
    return BETWEEN.join(re.sub(r"([\\;])", r"\\\1", part) for part in parts)


def parts(text: str) -> tuple[str, ...]:
    r"""Return the parts of a list that `joined` made of it: "a; b\; c" is "a" and "b; c"."""
    if text in ("", ALONE):
        return ("",) if text else ()
    found = re.split(r"(?<!\\)((?:\\\\)*); ", text)
    # What was split at keeps its even number of backslashes.
    whole = [a + b for a, b in zip(found[::2], [*found[1::2], ""], strict=True)]
    return tuple(_ESCAPED.sub(r"\1", part) for part in whole)


class _Text(io.TextIOWrapper):
    """Text over bytes that stay open when the text is closed; half characters are marked."""

    def __init__(self, out: BinaryIO) -> None:
        super().__init__(out, encoding="utf8", errors="replace", newline="", write_through=True)

    def __exit__(self, *_: object) -> None:
        self.flush()
        self.detach()


FORM = Form(
    "csv", ".csv", "a table for spreadsheets; no cell is taken for a formula", TABLES, write,
    marked=True,
)  # fmt: skip
