"""The example world as exports have it: coded, fused, some of it judged, one article of traps."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from msgspec.structs import astuple

from tests.build import a_claim, a_participant, a_span
from tests.once import once
from tests.packaged import examples
from tests.stored import a_coded, a_parcel, keep, put
from tocsin.pipeline import judging, project
from tocsin.pipeline.stock import Stock
from tocsin.records.capture import Capture, capture_id
from tocsin.sources.parcel import Parcel
from tocsin.store.open import Store, open_store

# The last day that an article of the world is of.
ON = date(2025, 1, 27)
# What an analyst corrects a number to.
KILLED = 999
NOW = datetime(2025, 1, 28, 9, 0, tzinfo=UTC)
# What formats trip over: formulas, separators, quotes, line breaks, marks of other formats.
NASTY = (
    '=HYPERLINK("http://x.example";"a; b\\")', "+1; -2", "'quoted'", "a\tb\r\nc", "<b>&amp;]]>",
    "\u202eright to left", "\x0bbell", "NA", '@name, "x"',
)  # fmt: skip


def world() -> Path:
    """Return the file of the store, which nobody may write to."""
    return once("exports.db", _make)


@contextmanager
def stocked(on: date = ON) -> Iterator[Stock]:
    """Yield what the store holds."""
    with open_store(world(), create=False) as store, store.read() as connection:
        yield Stock(connection, on)


def _make(file: Path) -> None:
    with open_store(file) as store:
        coded = examples()
        put(store, *(Parcel(one.article, _seen(one.article.id, one.article.doc)) for one in coded))
        keep(store, *coded)
        _snares(store)
        project.fuse(store)
        _judge(store)


def _seen(article: str, place: str) -> Capture:
    name = capture_id(article, place, None, None)
    return Capture(id=name, article=article, place=place, form="json")


def _snares(store: Store) -> None:
    """Put in an article whose parties, titles and words are all of the nasty kind."""
    text = "Rebels attacked Northfield; " + " ".join(NASTY) + " it ended."
    parcel = a_parcel(text, title=NASTY[0], outlet=NASTY[4], place="snares.txt")
    people = [a_participant(a_span(text, "Rebels"), name, sectors=("REB",)) for name in NASTY]
    claim = a_claim(
        parcel.article, "attacked", actors=tuple(people), recipients=tuple(people[:2]),
        speakers=tuple(people[2:4]),
    )  # fmt: skip
    put(store, parcel)
    keep(store, a_coded(parcel.article, claim))


def _judge(store: Store) -> None:
    """Reject a claim, accept one and correct the number of killed of another."""
    with store.read() as connection:
        claims = [told.claim for told in Stock(connection, ON).claims()]
        counted = next(one for one in claims if one.killed is not None)
        refused, accepted = [one for one in claims if one.id != counted.id][3:5]
        killed = {"low": KILLED, "high": KILLED, "span": list(astuple(counted.trigger))}
        made = [
            judging.made(connection, "reject", refused.id, "ann", NOW),
            judging.made(connection, "accept", accepted.id, "ann", NOW),
            judging.made(
                connection, "correct", counted.id, "ann", NOW, field="killed", after=killed
            ),
        ]
    for one in made:
        judging.keep(store, one, {})
