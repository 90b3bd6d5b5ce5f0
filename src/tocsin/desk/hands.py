"""The desk in the hands of one of its team: judgements bear the name, and the log tells of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from tocsin.desk.doors import Desk
from tocsin.desk.render import Asked
from tocsin.desk.team import Team, Who, asker
from tocsin.records.team import Act
from tocsin.store import deeds
from tocsin.store.open import Store
from tocsin.views.decision import Wish


def provider(desk: Desk) -> Callable[[Asked], Desk]:
    """Return what hands routes their desk: in the name of who asks, where it has a team."""

    def held(request: Asked) -> Desk:
        who = asker(request.scope)
        return desk if desk.team is None or who is None else signed(desk, desk.team, who)

    return held


def signed(desk: Desk, team: Team, who: Who) -> Desk:
    """Return a desk that judges in somebody's name, and has it written down."""
    own = desk.doors.by(desk.doors, who.name)
    bench, lookout = own.bench, own.lookout

    def noting(store: Store, act: Act, about: str) -> Store:
        """Return the store for one change, which lands with its row of the log or not at all."""
        one = who.deed(team.clock(), act, about)
        return store.with_every_change(lambda connection: deeds.add(connection, one))

    def decide(store: Store, wish: Wish) -> None:
        about = " ".join((wish.verdict, wish.target, *wish.others))
        bench.decide(noting(store, "judgement", about), wish)

    def undo(store: Store, names: Sequence[str]) -> None:
        bench.undo(noting(store, "undo", " ".join(names)), names)

    def redo(store: Store, names: Sequence[str]) -> None:
        bench.redo(noting(store, "redo", " ".join(names)), names)

    def confirm(  # noqa: PLR0917 - as the lookout has it
        store: Store, on: date, threat: str, event: str, axis: str, did: str, reason: str
    ) -> str:
        about = f"outcome {threat} {event} {axis} {did}"
        kept = noting(store, "judgement", about)
        return lookout.confirm(kept, on, threat, event, axis, did, reason)

    return desk.through(
        replace(
            own, bench=replace(bench, decide=decide, undo=undo, redo=redo),
            lookout=replace(lookout, confirm=confirm),
        )
    )  # fmt: skip
