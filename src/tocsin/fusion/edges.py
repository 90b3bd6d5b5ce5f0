"""How the claims of an event stand to each other, so that both sides can be put side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tocsin.fusion import numbers, spots
from tocsin.fusion.case import Case
from tocsin.fusion.stances import cue
from tocsin.fusion.told import Told
from tocsin.fusion.words import folded, words
from tocsin.records.event import TOLLS, Dispute, Edge
from tocsin.records.origin import Origin

# Acts that one can be held to account for.
_DEEDS = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "PROTEST"})


def edges(
    whole: Case, disputes: Iterable[Dispute] = ()
) -> tuple[Edge, ...]:  # fmt: skip
    """Return the edges between claims of one event, and those that lead to claims of others.

    A claim that denies points to the first assertion of each origin but its own; one that is
    gainsaid, updated or refined to the first claim of the other side.
    """
    found = [
        *_nested(whole), *_denials(whole), *_retractions(whole), *_confirmations(whole),
        *_contradictions(disputes), *_updates(whole), *_refined(whole), *_responsible(whole),
    ]  # fmt: skip
    kept = {
        (one.claim, one.kind, one.other, one.slot): one for one in found if one.claim != one.other
    }
    return tuple(kept.values())


def _nested(whole: Case) -> Iterator[Edge]:
    """Yield what the coder has linked: contents of utterances, and answers."""
    for row in whole.rows:
        if row.claim.content_of is not None:
            yield Edge(claim=row.claim.id, kind="content_of", other=row.claim.content_of)
        if row.claim.response_to is not None:
            yield Edge(claim=row.claim.id, kind="answers", other=row.claim.response_to)


def _firsts(whole: Case, stance: str = "asserts") -> dict[str, Told]:
    """Return the first claim of each origin that takes a stance."""
    out: dict[str, Told] = {}
    for row in whole.rows:
        report = whole.report[row.claim.id]
        if report.stance == stance:
            out.setdefault(report.origin, row)
    return out


def _denials(whole: Case) -> Iterator[Edge]:
    asserting = _firsts(whole)
    for row in whole.rows:
        report = whole.report[row.claim.id]
        if report.stance != "denies":
            continue
        name = whole.origin[report.origin].name
        for origin, other in asserting.items():
            if origin != report.origin:
                because = f"{name} denies what {whole.origin[origin].name} says"
                yield Edge(claim=row.claim.id, kind="denies", other=other.claim.id, because=because)


def _retractions(whole: Case) -> Iterator[Edge]:
    """Yield what an outlet takes back: its own earlier assertions."""
    said: dict[str | None, list[Told]] = {}
    for row in whole.rows:
        report = whole.report[row.claim.id]
        if report.stance == "asserts":
            said.setdefault(row.byline.outlet, []).append(row)
        elif report.stance == "retracts":
            for other in said.get(row.byline.outlet, ()):
                if other.byline.article != row.byline.article:
                    because = f"{row.byline.outlet} takes back its report"
                    yield Edge(
                        claim=row.claim.id, kind="retracts", other=other.claim.id, because=because
                    )


def _confirmations(whole: Case) -> Iterator[Edge]:
    """Yield claims whose speaker confirms what another origin asserted before."""
    first: Told | None = None
    for row in whole.rows:
        report = whole.report[row.claim.id]
        if report.stance != "asserts":
            continue
        said = row.claim.attribution
        confirms = said is not None and said.cue is not None and cue(row.claim, words().confirming)
        if first is not None and confirms and whole.apart([first], [row]):
            because = f"{whole.origin[report.origin].name} confirms it"
            yield Edge(claim=row.claim.id, kind="confirms", other=first.claim.id, because=because)
        first = first or row


def _contradictions(disputes: Iterable[Dispute]) -> Iterator[Edge]:
    """Yield the later side of each dispute against the first one."""
    for one in disputes:
        if one.kind != "occurrence" and one.slot != "responsibility":
            for side in one.sides[1:]:
                yield Edge(
                    claim=side.claims[0], kind="contradicts", other=one.sides[0].claims[0],
                    slot=one.slot, because=one.because,
                )  # fmt: skip


def _updates(whole: Case) -> Iterator[Edge]:
    for kind in TOLLS:
        for row, other in numbers.updates(whole, kind):
            because = f"{kind}: {numbers.shown(row, kind)} after {numbers.shown(other, kind)}"
            yield Edge(
                claim=row.claim.id, kind="updates", other=other.claim.id, slot=kind,
                because=because,
            )  # fmt: skip


def _refined(whole: Case) -> Iterator[Edge]:
    """Yield claims that give a finer place than the first claim did that gave one."""
    rows = [row for row in whole.standing if row.claim.place is not None]
    places = {row.claim.id: row.claim.place for row in rows}
    for row in rows[1:]:
        first, mine = places[rows[0].claim.id], places[row.claim.id]
        if first is None or mine is None or mine.precision is None or first.precision is None:
            continue
        if spots.FINE.index(mine.precision) < spots.FINE.index(first.precision):
            because = f"{mine.name} is finer than {first.name}"
            yield Edge(
                claim=row.claim.id, kind="refines", other=rows[0].claim.id, slot="place",
                because=because,
            )  # fmt: skip
            return


def _responsible(whole: Case) -> Iterator[Edge]:
    """Yield the first claims of who says to have done it himself, or that another did."""
    standing = whole.standing
    for row in _firsts(whole).values():
        origin = whole.origin[whole.report[row.claim.id].origin]
        other = next((one for one in standing if one is not row), None)
        if other is None or row.claim.type not in _DEEDS or origin.kind != "named":
            continue
        if own(origin, row):
            because = f"{origin.name} says that it did it"
            yield Edge(
                claim=row.claim.id, kind="takes_responsibility", other=other.claim.id,
                slot="actor", because=because,
            )  # fmt: skip
        elif (name := _accused(origin, row)) is not None:
            yield Edge(
                claim=row.claim.id, kind="blames", other=other.claim.id, slot="actor",
                because=f"{origin.name} names {name}",
            )  # fmt: skip


def own(origin: Origin, row: Told) -> bool:
    """Return whether an origin speaks of its own act."""
    return any(
        (one.entity is not None and one.entity == origin.entity)
        or (origin.entity is None and folded(one.name) == folded(origin.name))
        for one in row.claim.actors
    )


def _accused(origin: Origin, row: Told) -> str | None:
    """Return whom an origin names: somebody known, neither itself nor a country it speaks for."""
    known = (one for one in row.claim.actors if one.entity not in {None, origin.entity})
    return next((one.name for one in known if one.entity != origin.country), None)
