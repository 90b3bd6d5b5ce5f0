"""How articles changed: the chains of versions in a store, and what parts each from the last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.engine import Connection

from tocsin.base.errors import InputError
from tocsin.records.version import Version
from tocsin.sources import versions
from tocsin.sources.fetch import canonical
from tocsin.sources.versions import Difference
from tocsin.store import articles
from tocsin.store.articles import Stored
from tocsin.store.open import Store


@dataclass(frozen=True, slots=True)
class Seen:
    """A version as a store has it, with what changed where both texts are there.

    `like` is the number of an earlier version that is the same article; when it came back nobody
    knows, so that `came` is empty.
    """

    version: Version
    stored: Stored
    came: datetime | None
    like: int | None
    found: Difference | None


def history(store: Store, name: str) -> list[list[Seen]]:
    """Return the chains that an article is in, by its id or address, or by its file without one.

    Raises InputError where the store has no such article.
    """
    with store.read() as connection:
        found = articles.chains(connection, name) or _places(connection, name)
        if not found:
            raise InputError(
                f"{name}: no article has that id or address; "
                "`tocsin search WORDS --kind articles` shows both"
            )
        chains = [articles.versions(connection, chain) for chain in sorted(found)]
        return [list(_seen(connection, chain)) for chain in chains]


def _places(connection: Connection, name: str) -> list[str]:
    places = (f"url {name}", f"url {canonical(name)}", f"file {name}")
    return list(articles.heads(connection, places))


def _seen(connection: Connection, chain: Sequence[Version]) -> Iterator[Seen]:
    ids = [step.article for step in chain]
    held = {one.article.id: one for one in articles.load(connection, ids)}
    came = articles.came(connection, ids)
    numbers: dict[str, int] = {}
    for step in chain:
        stored, like = held[step.article], numbers.get(step.article)
        numbers.setdefault(step.article, step.number)
        before = held.get(step.before or "")
        texts = before is not None and "forgotten" not in (before.state, stored.state)
        found = versions.between(before.article, stored.article) if before and texts else None
        yield Seen(step, stored, None if like else came[step.article], like, found)
