"""The informant a claim goes back to, after copies and relays are collapsed."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

from tocsin.base.ids import digest

# A `named` speaker or organisation; an `unnamed` class of speakers, of which two may be the same;
# an `agency` or `outlet` that speaks for itself.
OriginKind = Literal["named", "unnamed", "agency", "outlet"]
Stance = Literal["asserts", "denies", "questions", "retracts"]
# STANAG 2511, as in `records.source`; the digit says how credible the information is.
Credibility = Literal[1, 2, 3, 4, 5, 6]


class Origin(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """One informant.

    `via` is the outlet that an unnamed one spoke to and `day` when; `party` marks a side of the
    conflict it speaks of.
    """

    id: str
    kind: OriginKind
    name: str
    entity: str | None = None
    country: str | None = None
    sectors: tuple[str, ...] = ()
    via: str | None = None
    day: date | None = None
    party: bool = False


class Report(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """One claim as a report of its event: from which origin, by which way, in whose copy.

    `path` names everybody between the outlet, which comes first, and the origin. `copy_of` is the
    article that its words were copied from. `grade` is the source's letter, set by a person.
    """

    claim: str
    article: str
    outlet: str | None
    origin: str
    stance: Stance = "asserts"
    path: tuple[str, ...] = ()
    copy_of: str | None = None
    day: date | None = None
    grade: str = "F"
    credibility: Credibility = 6


def origin_id(kind: str, *parts: str) -> str:
    """Return the name of an origin: its kind and what tells it from others."""
    return digest("origin", kind, *parts)
