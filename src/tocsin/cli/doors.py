"""What the desk asks of the pipeline, put together for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from sqlalchemy.engine import Connection

from tocsin.base.settings import Signalling
from tocsin.cli.bench import bench
from tocsin.cli.foresight import foresight
from tocsin.cli.lookout import confirm, lookout
from tocsin.desk.doors import Doors
from tocsin.explain import why as reasons
from tocsin.explain.event import numbered
from tocsin.explain.lines import Part
from tocsin.pipeline import history, why
from tocsin.pipeline.corrected import Corrected
from tocsin.pipeline.history import Seen
from tocsin.records.event import Event
from tocsin.sources import versions
from tocsin.store import codings
from tocsin.store.open import Store
from tocsin.views.version import Step
from tocsin.watch.rules import Rule

# Words shown on either side of a change.
BESIDE = 12


def doors(chosen: Signalling | None = None, own: Sequence[Rule] = ()) -> Doors:
    """Return the questions that the desk passes on, each to who knows.

    Signals go by settings, the packaged ones by default, and by analysts' own rules.
    """
    return Doors(
        versions=_versions, corrected=Corrected(), why=_why, lookout=lookout(), bench=bench(),
        by=_by, foresight=foresight(chosen, own),
    )  # fmt: skip


def _by(held: Doors, author: str) -> Doors:
    """Return the same doors in somebody's name; what they keep in memory stays shared."""
    own = replace(held.lookout, confirm=partial(confirm, author))
    return replace(held, bench=bench(author), lookout=own)


def _versions(store: Store, name: str) -> Sequence[Sequence[Step]]:
    return [[_step(seen) for seen in chain] for chain in history.history(store, name)]


def _step(seen: Seen) -> Step:
    changes = versions.changes(seen.found, BESIDE) if seen.found else ()
    return Step(
        version=seen.version, title=seen.stored.article.title, state=seen.stored.state,
        came=seen.came, like=seen.like, changes=tuple(tuple(one) for one in changes),
    )  # fmt: skip


def _why(connection: Connection, one: Event) -> Sequence[Part]:
    found = why.why(connection, one)
    near = codings.claims(connection, [apart.nearest.claim for apart in found.apart])
    return reasons.parts(found.merged, found.apart, numbered(one), near)
