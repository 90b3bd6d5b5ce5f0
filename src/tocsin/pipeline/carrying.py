"""The chance that open threats are carried out in time, by what came of the others."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy.engine import Connection

import tocsin
from tocsin.base.ids import digest
from tocsin.fusion import rates
from tocsin.fusion.lifecycle import GRACE, closed
from tocsin.pipeline import threats
from tocsin.pipeline.forecasting import WAIT, Issued
from tocsin.records.forecast import Forecast, Interval, Question, forecast_id, question_id
from tocsin.records.threat import Threat
from tocsin.watch import hazard

RESOLVER = "tocsin: the ledger as known on the deadline"
# Days in which a threat without a deadline is looked at.
OPEN = 30
# What settles that an issuer did not do what it threatened.
_UNDONE = frozenset({"not carried out", "withdrew"})


def carried(connection: Connection, on: date, wait: int = WAIT) -> Issued:
    """Return for each open threat that binds its issuer the chance that it is carried out in time.

    Where fewer than five are settled there is none.
    """
    held = threats.ledger(connection, on).threats
    bound = [one for one in held if one.kind in rates.BINDING and one.issued is not None]
    learnt = hazard.learn([waited for one in bound if (waited := waits(one, on)) is not None])
    data = digest("data", on.isoformat(), *(one.id for one in held))
    pairs = [
        pair
        for one in bound
        if not closed(one) and (pair := _answer(one, on, learnt, data, wait)) is not None
    ]
    return Issued(tuple(asked for asked, _ in pairs), tuple(said for _, said in pairs), ())


def waits(one: Threat, on: date) -> hazard.Wait | None:
    """Return how long a threat had waited by a day; None where nobody says when it was made."""
    if one.issued is None:
        return None
    acted = rates.acted_on(one)
    end = one.last_reported if closed(one) and one.last_reported else on
    days = max(((acted or end) - one.issued).days, 0)
    return hazard.Wait(one.kind, days, acted is not None, one.outcome.issuer in _UNDONE)


def _answer(
    one: Threat, on: date, learnt: hazard.Hazard, data: str, wait: int
) -> tuple[Question, Forecast] | None:
    """Return the question about a threat and its answer; None where nothing can be said."""
    if one.issued is None:
        return None
    # An issuer acts when a deadline is over; so long afterwards it is still the outcome.
    last = one.deadline.end + timedelta(days=GRACE) if one.deadline else None
    end = last or on + timedelta(days=OPEN)
    odds = hazard.odds(learnt, one.kind, (on - one.issued).days, (end - one.issued).days)
    if odds.chance is None or odds.low is None or odds.high is None or end <= on:
        return None
    start = on + timedelta(days=1)
    name = question_id("carried", one.id, "", start, end)
    asked = Question(
        id=name, text=f"Carried out by {end}: {one.title}?", rule="carried", start=start, end=end,
        deadline=end + timedelta(days=wait), resolver=RESOLVER, threat=one.id,
    )  # fmt: skip
    said = Forecast(
        id=forecast_id(name, on), question=name, issued=on, lead=(end - on).days, data=data,
        stamp=f"tocsin {tocsin.__version__} hazard", stratum=one.kind, chance=round(odds.chance, 6),
        intervals=(Interval(0.95, odds.low, odds.high),), because=odds.because,
    )  # fmt: skip
    return asked, said
