"""What the claims of an event give for each of its values, with the claims that give it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tocsin.explain.lines import Line, Numbers, claims, counted, days, labelled, number
from tocsin.explain.sentence import EXTENT, TOLD
from tocsin.explain.wording import bracket
from tocsin.records.event import Event, Held, Spot, Tally, Toll
from tocsin.records.origin import Origin


def values(event: Event, numbers: Numbers) -> Iterator[Line]:
    """Yield what an event is, who takes part, where, when, what came of it, how many."""
    yield Line(f"{' '.join((event.type, *event.modes))}, told {TOLD[event.modality]}", "type")
    if event.contexts:
        yield Line(", ".join(event.contexts), "context")
    yield from labelled("who", [_held(one, numbers) for one in event.actors])
    yield from labelled("whom", [_held(one, numbers) for one in event.recipients])
    yield from labelled("where", [_spot(one, numbers) for one in event.places])
    given = [f"{days(one.start, one.end)}{_by(one.claims, numbers)}" for one in event.days]
    yield from labelled("when", given)
    yield from labelled("outcome", [_held(one, numbers) for one in event.outcomes])
    origins = {origin.id: origin for origin in event.origins}
    for tally in event.tallies:
        yield from _tally(tally, numbers, origins)


def who(name: str, country: str | None, sectors: Sequence[str]) -> str:
    """Return somebody with country and sectors, as far as they are known."""
    tags = " ".join(filter(None, [country, *sectors]))
    return f"{name} [{tags}]" if tags else name


def _held(one: Held, numbers: Numbers) -> str:
    name = who(one.name, one.country, one.sectors)
    more = counted(len(one.origins), "origin") if len(one.origins) > 1 else ""
    return name + bracket(claims(one.claims, numbers), more)


def _spot(spot: Spot, numbers: Numbers) -> str:
    extent = EXTENT[spot.precision] if spot.precision else "not on the map"
    return who(spot.name, spot.country, ()) + bracket(extent, claims(spot.claims, numbers))


def _by(ids: Sequence[str], numbers: Numbers) -> str:
    return bracket(claims(ids, numbers))


def _tally(tally: Tally, numbers: Numbers, origins: Mapping[str, Origin]) -> Iterator[Line]:
    """Yield the number that is taken with its bounds, then each that is given."""
    top = "up" if tally.high is None else f"to {tally.high:,}"
    spread = "" if tally.low == tally.high else f"; from {tally.low:,} {top}"
    as_of = f", as of {tally.as_of}" if tally.as_of else ""
    yield Line(f"{tally.best:,}{as_of}{spread}", tally.kind)
    groups: dict[tuple[str, str, bool], list[Toll]] = {}
    for toll in tally.given:
        shown = number(toll.low, toll.high)
        groups.setdefault((shown, toll.origin, toll.cumulative), []).append(toll)
    if len(groups) > 1 or spread:
        for (shown, origin, cumulative), tolls in groups.items():
            yield Line(_toll(shown, tolls, origins.get(origin), numbers, cumulative=cumulative))


def _toll(
    shown: str, tolls: Sequence[Toll], origin: Origin | None, numbers: Numbers, *, cumulative: bool
) -> str:
    total = " as a running total" if cumulative else ""
    name = f" by {origin.name}" if origin else ""
    seen = sorted({toll.as_of for toll in tolls if toll.as_of})
    when = days(seen[0], seen[-1]) if seen else ""
    return f"{shown}{total}{name}{bracket(claims([t.claim for t in tolls], numbers), when)}"
