"""JSON lines: whole records as docs/schema.json has them, one a line, nothing left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from msgspec import Struct

from tocsin.export.forms import TABLES, WRITTEN, Form, Of, Stock, Wrote
from tocsin.records import wire


def write(stock: Stock, of: Of, out: BinaryIO) -> Wrote:
    """Write the records of a table as they are; `tocsin.records.wire.load` reads them again."""
    wrote = Wrote()
    for record in _records(stock, of):
        out.write(wire.dump(record) + b"\n")
        wrote[WRITTEN] += 1
    return wrote


def _records(stock: Stock, of: Of) -> Iterator[Struct]:
    if of == "claims":
        return (told.claim for told in stock.claims())
    if of == "events":
        return stock.events()
    if of == "threats":
        return stock.threats()
    return stock.articles() if of == "articles" else stock.series()


FORM = Form("jsonl", ".jsonl", "whole records, one a line, as docs/schema.json", TABLES, write)
