"""Claims as analysts corrected them, kept as long as the corrections and the codings are the same.

Pages ask for them at every request, so that only articles that were judged or coded again since
are read again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from threading import Lock
from typing import NamedTuple

from sqlalchemy.engine import Connection

from tocsin.fusion.judgements import settle
from tocsin.records.claim import Claim
from tocsin.store import codings, decisions


class _Held(NamedTuple):
    """The corrected claims of an article, and what they were made of."""

    made_of: tuple[object, ...]
    claims: Mapping[str, Claim]


class Corrected:
    """The corrected claims of one store or several; call it with a connection of one."""

    def __init__(self) -> None:
        """Hold nothing yet."""
        self._held: dict[str, dict[str, _Held]] = {}
        self._whole: dict[str, tuple[tuple[object, ...], Mapping[str, Claim]]] = {}
        self._lock = Lock()

    def __call__(self, connection: Connection) -> Mapping[str, Claim]:
        """Return the claims that an analyst corrected, as they read now, by their ids."""
        made = decisions.corrections(connection)
        mark, store = tuple(made), str(connection.engine.url)
        with self._lock:
            had = self._whole.get(store)
            if had is None or had[0] != mark:
                had = self._whole[store] = mark, self._read(connection, store, made)
            return had[1]

    def _read(
        self, connection: Connection, store: str, made: list[decisions.Correction]
    ) -> Mapping[str, Claim]:  # fmt: skip
        by: dict[str, list[decisions.Correction]] = defaultdict(list)
        for one in made:
            by[one.article].append(one)
        held = {
            name: old
            for name, old in self._held.get(store, {}).items()
            if old.made_of == tuple(by.get(name, ()))
        }
        fresh = by.keys() - held.keys()
        told = decisions.load(connection, [one.id for name in fresh for one in by[name]])
        coded = {one.article.id: one.claims for one in codings.load(connection, sorted(fresh))}
        for name in fresh:
            own = [one for one in told if one.article == name]
            held[name] = _Held(tuple(by[name]), settle(own, coded).claims)
        self._held[store] = held
        return {name: claim for one in held.values() for name, claim in one.claims.items()}
