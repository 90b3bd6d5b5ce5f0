"""Remarks: kept by whoever makes them, shown beside what they are about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct
from sqlalchemy.engine import Connection

from tocsin.base.errors import QueryError
from tocsin.records.remark import LABEL, LONGEST, Remark, RemarkKind, remark_id
from tocsin.store import codings, listing, remarks
from tocsin.store.listing import Line
from tocsin.views import report


class Shown(Struct, frozen=True):
    """A remark with the event that its claim is in; None where there is none any more."""

    remark: Remark
    event: Line | None


class View(Struct, frozen=True):
    """All remarks, the last one first, and how many there are under which label."""

    rows: tuple[Shown, ...]
    labels: tuple[tuple[str, int], ...]


def view(connection: Connection, label: str = "") -> View:
    """Return all remarks; or, under a label, those of the claims that bear it."""
    every = remarks.every(connection)
    labels = Counter(one.words for one in every if one.kind == "label")
    borne = {one.claim for one in every if one.kind == "label" and one.words == label}
    kept = [one for one in every if not label or one.claim in borne]
    of = listing.of_claims(connection, {one.claim for one in kept})
    ranked = sorted(labels.items(), key=lambda pair: (-pair[1], pair[0]))
    return View(tuple(Shown(one, of.get(one.claim)) for one in kept), tuple(ranked))


def about(connection: Connection, claims: Sequence[str]) -> list[Remark]:
    """Return the remarks of some claims, the first one first."""
    return remarks.about(connection, claims)


def remark(
    connection: Connection, kind: RemarkKind, target: str, words: str, *, author: str,
    now: datetime,
) -> Remark:  # fmt: skip
    """Keep a remark of a claim or an event; raise QueryError where it says nothing, or of nothing.

    What somebody remarked already is remarked once.
    """
    (claim,) = report.lasting(connection, [target])
    if claim not in codings.claims(connection, [claim]):
        raise QueryError(f"{target!r} is neither a claim nor an event of this store")
    said = "" if kind == "disputed" else words.strip()[:LONGEST]
    if kind == "label":
        said = " ".join(said.split())[:LABEL]
    if not said and kind != "disputed":
        raise QueryError(f"the {kind} is empty: write something")
    made = Remark(
        id=remark_id(kind, claim, said, author), kind=kind, claim=claim, words=said,
        author=author, time=now,
    )  # fmt: skip
    remarks.keep(connection, made)
    return made


def drop(connection: Connection, name: str, author: str) -> bool:
    """Put one's own remark away; return whether it was there, QueryError where it is another's."""
    found = remarks.find(connection, name)
    if found is None:
        return False
    if found.author != author:
        raise QueryError(f"the {found.kind} is {found.author}'s, who alone can put it away")
    return remarks.drop(connection, name)
