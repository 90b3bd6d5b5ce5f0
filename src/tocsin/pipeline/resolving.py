"""Questions settled by their rules, on what was known on their deadlines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

import numpy as np
from msgspec import structs
from sqlalchemy.engine import Connection

from tocsin.fusion import rates
from tocsin.pipeline import threats
from tocsin.records.forecast import Question, Rule
from tocsin.records.series import DAYS, Key, Step
from tocsin.records.threat import Threat
from tocsin.watch import indicators
from tocsin.watch.columns import Columns, Ints
from tocsin.watch.series import counted

# Weeks that the rule of a new high looks back on.
YEAR = 52
_UNTOLD = frozenset({"cannot tell", "extended"})


def settled(
    connection: Connection, of: Columns, due: Iterable[Question], today: date
) -> list[Question]:
    """Return questions as they are settled: with what came, or why nobody can say."""
    groups: dict[tuple[date, Step | None], list[Question]] = defaultdict(list)
    for one in due:
        groups[one.deadline, one.step].append(one)
    out: list[Question] = []
    for (deadline, step), some in sorted(groups.items(), key=lambda one: (one[0][0], str(one[0]))):
        if step is None:
            held = {one.id: one for one in threats.ledger(connection, deadline).threats}
            out += [_threat(one, held, today) for one in some]
        else:
            out += _counts(of, deadline, step, some, today)
    return out


def outcome(rule: Rule, counts: Ints) -> float:
    """Return what a rule says of a series whose last step is the one asked about."""
    now = int(counts[-1])
    if rule == "count":
        return float(now)
    if rule == "some":
        return float(now >= 1)
    if rule == "surge":
        return float(indicators.surge(counts[None, :])[0, -1])
    return float(now > counts[-1 - YEAR : -1].max(initial=0))


def _counts(
    of: Columns, deadline: date, step: Step, asked: list[Question], today: date
) -> list[Question]:
    width = DAYS[step]
    first = min(one.start for one in asked) - timedelta(days=width * YEAR)
    steps = (deadline - first).days // width + 1
    held = counted(of, deadline, step=step, steps=steps)
    rows = {key: held.counts[at] for at, key in enumerate(held.keys)}
    return [_count(one, rows, held.start, width, of, today) for one in asked]


def _count(  # noqa: PLR0917 - what a question is settled by
    one: Question, rows: Mapping[Key, Ints], start: date, width: int, of: Columns, today: date
) -> Question:
    why = _void(of, one)
    if why is not None or one.key is None:
        return structs.replace(one, state="void", void=why or "no series", settled=today)
    row = rows.get(one.key)
    stop = ((one.end - start).days + 1) // width
    counts = np.zeros(stop, np.int64) if row is None else row[:stop]
    return structs.replace(one, state="resolved", outcome=outcome(one.rule, counts), settled=today)


def _void(of: Columns, one: Question) -> str | None:
    """Return why a count says nothing about its days; None where it does.

    Zeros of days in which nothing at all was reported are no zeros.
    """
    within = (of.seen >= one.start.toordinal()) & (of.seen <= one.deadline.toordinal())
    if not within.any():
        return f"no event at all was first reported from {one.start} to {one.deadline}"
    return None


def _threat(one: Question, held: Mapping[str, Threat], today: date) -> Question:
    found = held.get(one.threat or "")
    if found is None:
        why = "the threat is no longer in the ledger: merged, or taken back"
        return structs.replace(one, state="void", void=why, settled=today)
    acted = rates.acted_on(found)
    if acted is None and found.outcome.issuer in _UNTOLD:
        why = "nobody has settled what came of it"
        return structs.replace(one, state="void", void=why, settled=today)
    done = acted is not None and one.start <= acted <= one.end
    return structs.replace(one, state="resolved", outcome=float(done), settled=today)
