"""A store of three claims and spreadsheets in which somebody coded them by hand."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from tests.build import a_claim, a_participant, a_span
from tests.stored import a_coded, a_parcel, keep, put
from tocsin.pipeline import project
from tocsin.records.claim import Claim, Count, Interval, Place
from tocsin.records.coded import Coded
from tocsin.records.judgement import Judgement
from tocsin.sources.parcel import Parcel
from tocsin.store import judgements
from tocsin.store.open import open_store

URL = "https://teller.example/strike"
TEXT = (
    "Rebels shelled Northfield on Monday, killing 12. The army attacked Southport on Monday. "
    "The army attacked again at night."
)
DAY = date(2024, 3, 4)


def claims() -> tuple[tuple[Parcel, Coded], list[Claim]]:
    """Return an article as it comes and as it is coded, and its three claims."""
    parcel = a_parcel(TEXT, url=URL)
    when = Interval(DAY, DAY, a_span(TEXT, "Monday"), "day")

    def sentence(first: str, last: str) -> tuple[int, int]:
        return TEXT.index(first), TEXT.index(last) + len(last)

    def made(trigger: str, who: str, where: str | None, nth: int = 1) -> Claim:
        span = a_span(TEXT, trigger, nth=nth)
        actor = a_participant(a_span(TEXT, who), country="SDN", sectors=("REB",))
        place = a_span(TEXT, where) if where else None
        return a_claim(
            parcel.article, span, actors=(actor,), when=when,
            place=Place(span=place, name=place.quote, country="SDN") if place else None,
        )  # fmt: skip

    first = replace(
        made("shelled", "Rebels", "Northfield"), killed=Count(12, 12, a_span(TEXT, "12"))
    )
    three = [
        first,
        made("attacked", "The army", "Southport"),
        made("attacked", "The army", None, 2),
    ]
    return (parcel, a_coded(parcel.article, *three)), three


def stored(file: Path) -> Path:
    """Make a store with one article of three claims, fused; return its file."""
    (parcel, coded), _ = claims()
    with open_store(file) as opened:
        put(opened, parcel)
        keep(opened, coded)
        project.fuse(opened)
    return file


def table(folder: Path, *rows: dict[str, str], name: str = "coded.csv") -> Path:
    """Return a file with rows under all their headings."""
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    file = folder / name
    with file.open("w", newline="", encoding="utf8") as stream:
        writer = csv.DictWriter(stream, headings, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return file


def standing(file: Path) -> list[Judgement]:
    """Return the judgements that a store holds."""
    with open_store(file, readonly=True) as opened, opened.read() as connection:
        return judgements.standing(connection)
