"""Records by what a person calls them: an id, or a beginning of it that is unique."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.engine import Connection

from tocsin.base.errors import StoreError
from tocsin.store import judgements, listing


def event(connection: Connection, name: str) -> str:
    """Return the event of an id, or the one that holds the claim of an id."""
    found = listing.events_called(connection, name)
    if not found and (claims := listing.claims_called(connection, name)):
        raise StoreError(
            f"{claims[0]} is in no event: it was rejected, or `tocsin fuse` has not run since it "
            "was coded"
        )
    return _one(name, found, "event", "`tocsin events` lists them")


def claim(connection: Connection, name: str) -> str:
    """Return the claim of an id."""
    found = listing.claims_called(connection, name)
    return _one(
        name, found, "claim", "`tocsin event ID` and `tocsin search WORDS --json` name them"
    )


def either(connection: Connection, name: str) -> str:
    """Return the claim or the event of an id; a claim where the id does not say."""
    if not name.startswith("event-") and listing.claims_called(connection, name):
        return claim(connection, name)
    return event(connection, name)


def threat(name: str, known: Sequence[str]) -> str:
    """Return the threat of an id, of those of a ledger."""
    found = _begun(name, "threat", known)
    return _one(name, found, "threat", "`tocsin threats` lists them")


def judgement(connection: Connection, name: str) -> str:
    """Return the judgement of an id, of those that stand."""
    found = _begun(name, "judgement", [made.id for made in judgements.standing(connection)])
    return _one(name, found, "judgement that stands", "`tocsin judge list` lists them")


def _begun(name: str, kind: str, known: Sequence[str]) -> list[str]:
    start = f"{kind}-{name.removeprefix(f'{kind}-')}"
    return [one for one in known if one.startswith(start)]


def _one(name: str, found: Sequence[str], kind: str, where: str) -> str:
    if not found:
        raise StoreError(f"{name}: there is no such {kind}; {where}")
    if len(found) > 1:
        raise StoreError(f"{name}: {', '.join(found)} begin so; give more of the id")
    return found[0]
