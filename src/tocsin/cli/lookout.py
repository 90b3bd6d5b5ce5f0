"""Keeping watch for the desk: the pipeline's ledger in the views' words, and outcomes confirmed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import partial
from typing import get_args

import tocsin
from tocsin.base.errors import JudgementError
from tocsin.cli import ledgers
from tocsin.cli.bench import corners
from tocsin.cli.hand import user
from tocsin.desk.lookout import Lookout
from tocsin.fusion import rates
from tocsin.fusion.told import registry
from tocsin.ontology import cache
from tocsin.pipeline import judging, threats
from tocsin.records.threat import IssuerDid, TargetDid, Threat
from tocsin.store import letters
from tocsin.store.open import Store
from tocsin.views.index import Shelf
from tocsin.views.threats import Ledger, Rates, Share

_AXES = {"issuer": get_args(IssuerDid), "target": get_args(TargetDid)}


def lookout() -> Lookout:
    """Return how the desk keeps watch, in the name of who is logged in."""
    return Lookout(
        make=_ledger,
        confirm=partial(confirm, user()),
        shelf=Shelf(corners, cache.folder(), tocsin.__version__),
    )


def _kept(store: Store, on: date) -> Ledger:
    return ledgers.kept(store, on, _ledger)


def _ledger(store: Store, on: date) -> Ledger:
    with store.read() as connection:
        made = threats.ledger(connection, on)
    pointed = {
        name
        for one in made.threats
        for name in (*one.signals, *one.outcome.evidence, *(c.event for c in one.candidates))
    }
    titles = {name: made.events[name].title for name in pointed if name in made.events}
    return Ledger(made.threats, titles, _rates(made.threats, on))


def _rates(made: tuple[Threat, ...], on: date) -> Rates:
    found = rates.rates(made, on)
    return Rates(
        followed=_share("", found.followed),
        by=tuple(_share(name, one) for name, one in found.followed_by.items()),
        extended=_share("", found.extended), slippage=found.slippage, fewest=rates.FEWEST,
    )  # fmt: skip


def _share(name: str, one: rates.Share) -> Share:
    return Share(name, one.count, one.n, one.value, one.low, one.high)


def confirm(
    author: str, store: Store, on: date, threat: str, event: str, axis: str, did: str, reason: str
) -> str:
    """Keep in somebody's name what came of a threat; return the judgement's id."""
    known = _AXES.get(axis)
    if known is None or did not in known:
        raise JudgementError(
            f"{axis} {did!r}: expected issuer or target, and one of {', '.join(known or _AXES)}"
        )
    with store.read() as connection:
        held = threats.ledger(connection, on).threats
        row = next((one for one in held if one.id == threat), None)
        if row is None:
            raise JudgementError(f"{threat}: the ledger of {on} has no such threat")
        made = threats.confirmed(
            connection, row, event, author, datetime.now(UTC), axis=axis, did=did, reason=reason
        )
        sources = registry(letters.kept(connection))
    judging.keep(store, made, sources)
    return made.id
