"""Events and sightings in a few words: who did what to whom, when, and when it was reported."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from tocsin.base.ids import digest
from tocsin.records.claim import Modality
from tocsin.records.event import Days, Event, Held, Spot, Toll, event_id
from tocsin.records.event import Tally as Numbers
from tocsin.records.origin import Origin, Report, Stance
from tocsin.records.series import Family
from tocsin.records.sighting import Sighting
from tocsin.watch.sightings import Seen, Side, Site, sighting

FIRST = date(2024, 1, 1)


class Said(NamedTuple):
    """One report of an event: on which day after the first of 2024, by whom, of what day."""

    day: int
    origin: str = "ministry"
    stance: Stance = "asserts"
    of: int | None = None
    killed: int | None = None
    country: str | None = None


def after(days: int) -> date:
    """Return a day by its number, the first of 2024 being 0."""
    return FIRST + timedelta(days=days)


def an_event(
    name: str,
    said: Sequence[Said],
    *,
    code: str = "ASSAULT",
    modes: tuple[str, ...] = (),
    modality: Modality = "actual",
    actor: str | None = "ISR",
    recipient: str | None = "LBN",
) -> Event:
    """Return an event as fusion would leave it with these reports, the oldest first."""
    rows = sorted(said, key=lambda one: one.day)
    claims = [digest("claim", name, str(at)) for at in range(len(rows))]
    told = tuple(claims)
    reports = tuple(
        Report(
            claim=claim, article=digest("article", name, claim), outlet=f"Outlet of {row.origin}",
            origin=digest("origin", row.origin), stance=row.stance, day=after(row.day),
        )
        for claim, row in zip(claims, rows, strict=True)
    )  # fmt: skip
    pairs = list(zip(claims, rows, strict=True))
    spots = {row.country: [c for c, r in pairs if r.country == row.country] for row in rows}
    days = {row.of: [c for c, r in pairs if r.of == row.of] for row in rows}
    dated = [Days(start=after(of), end=after(of), claims=tuple(c))
             for of, c in days.items() if of is not None]  # fmt: skip
    tolls = tuple(
        Toll(low=row.killed, high=row.killed, claim=claim, origin="o", as_of=after(row.day))
        for claim, row in pairs if row.killed is not None
    )  # fmt: skip
    return Event(
        id=event_id(name), type=code, modes=modes, modality=modality, level="single origin",
        reports=reports,
        origins=tuple(
            Origin(id=digest("origin", who), kind="named", name=who, entity=f"xxx-{who}")
            for who in sorted({row.origin for row in rows})
        ),
        independent=len({row.origin for row in rows}), copies=0, articles=len(rows),
        actors=(Held(value=actor.lower(), name=actor, claims=told, country=actor),)
        if actor else (),
        recipients=(Held(value=recipient.lower(), name=recipient, claims=told, country=recipient),)
        if recipient else (),
        places=tuple(
            Spot(name=country, claims=tuple(c), country=country, precision="country", best=not at)
            for at, (country, c) in enumerate(spots.items()) if country
        ),
        days=tuple(dated), start=dated[0].start if dated else None,
        end=dated[0].end if dated else None, first_reported=after(rows[0].day),
        last_reported=after(rows[-1].day), title=f"{code} {name}",
        tallies=(
            Numbers(kind="killed", low=min(t.low for t in tolls), best=tolls[-1].low,
                    high=max(t.low for t in tolls), as_of=None, given=tolls),
        ) if tolls else (),
    )  # fmt: skip


def a_sighting(
    name: str,
    day: int,
    reported: int | None = None,
    *,
    code: str = "ASSAULT",
    modes: tuple[str, ...] = (),
    country: str = "LBN",
    actor: str | None = None,
    recipient: str | None = None,
) -> Sighting:
    """Return an event as it counts, on a day and reported on a day, of a country."""
    return sighting(
        Seen(
            id=event_id(name), type=code, modality="actual", level="single origin",
            first_reported=after(day if reported is None else reported), independent=1, modes=modes,
            actors=(Side(actor.lower(), actor),) if actor else (),
            recipients=(Side(recipient.lower(), recipient),) if recipient else (),
            places=(Site(country, None, "country", True),), start=after(day), end=after(day),  # noqa: FBT003 - the best
        ),
        {}, {},
    )  # fmt: skip


FAMILY: Family = "material conflict"
