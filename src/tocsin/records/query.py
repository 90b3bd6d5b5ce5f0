"""What a search asks for, whatever it was written in and whatever answers it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Literal, get_args

from msgspec import Struct

from tocsin.base.errors import QueryError
from tocsin.records.claim import Modality, Outcome

MOST = 10_000  # hits on one page; more are reached page by page

Op = Literal["in", "within", "pair", "is", "=", "<", "<=", ">", ">="]
Order = Literal["newest", "oldest", "added"]
Review = Literal["accepted", "rejected", "corrected", "none"]
Edition = Literal["live", "old", "retracted", "all"]

# What may stand behind a field's colon: `name` a code, an id or words; `code` one without spaces;
# `choice` one of a few words; `share` 0 to 1; `count` a number of people; the others are days.
Kind = Literal[
    "name", "code", "choice", "pair", "flag", "share", "count", "days", "after", "before", "since",
]  # fmt: skip


class Form(Struct, frozen=True):
    """How a field is written: what its values are, and in which case its codes are kept.

    `of` is the field that a parsed search has in its place: `before` limits `date`.
    """

    kind: Kind
    about: str
    case: Literal["upper", "lower"] | None = None
    choices: tuple[str, ...] = ()
    of: str | None = None


FIELDS: Mapping[str, Form] = MappingProxyType(
    {
        "type": Form("code", "type of event", case="upper"),
        "mode": Form("code", "mode of the type", case="lower"),
        "context": Form("code", "context of the claim", case="lower"),
        "modality": Form("choice", "whether it happened", choices=get_args(Modality)),
        "outcome": Form("choice", "how an attempt fell short", choices=get_args(Outcome)),
        "actor": Form("name", "who did it"),
        "recipient": Form("name", "to whom"),
        "about": Form("name", "actor or recipient"),
        "said_by": Form("name", "a speaker of the chain"),
        "country": Form("code", "country of a participant or of the place", case="upper"),
        "place": Form("name", "where it happened"),
        "dyad": Form("pair", "who to whom"),
        "sector": Form("code", "sector of actor or recipient", case="upper"),
        "date": Form("days", "days of the event"),
        "on": Form("days", "days of the event", of="date"),
        "after": Form("after", "the event is later", of="date"),
        "before": Form("before", "the event is earlier", of="date"),
        "reported": Form("days", "day of publication"),
        "reported_after": Form("after", "published later", of="reported"),
        "reported_before": Form("before", "published earlier", of="reported"),
        "since": Form("since", "came into the store on that day or later"),
        "source": Form("name", "source in the registry"),
        "outlet": Form("name", "outlet of the article"),
        "language": Form("code", "language of the article", case="lower"),
        "confidence": Form("share", "confidence of the claim"),
        "killed": Form("count", "lowest number killed"),
        "injured": Form("count", "lowest number injured"),
        "condition": Form("flag", "stands under a condition"),
        "deadline": Form("flag", "sets a deadline"),
        "denied": Form("flag", "somebody denies it"),
        "review": Form("choice", "what an analyst decided", choices=get_args(Review)),
        "version": Form("choice", "version of the article", choices=get_args(Edition)),
        "id": Form("name", "one record by its id"),
        "article": Form("name", "one article by its id"),
        "chain": Form("name", "all versions of an article"),
    }
)


class Days(Struct, frozen=True, forbid_unknown_fields=True, tag=True):
    """Days from start to end, both included; None where that side is open.

    A claim that takes several days lies within them as soon as one of its days does.
    """

    start: date | None
    end: date | None


class Dyad(Struct, frozen=True, forbid_unknown_fields=True, tag=True):
    """Two parties: the first acts on the second if `directed`, else either acts on the other."""

    first: str
    second: str
    directed: bool = True


class Words(Struct, frozen=True, forbid_unknown_fields=True, tag=True):
    """All these words, in any order and place."""

    words: tuple[str, ...]


class Phrase(Struct, frozen=True, forbid_unknown_fields=True, tag=True):
    """These words one after the other; with slop, in any order with at most so many between."""

    words: tuple[str, ...]
    slop: int = 0


class Prefix(Struct, frozen=True, forbid_unknown_fields=True, tag=True):
    """A word that begins so."""

    start: str


class Field(Struct, frozen=True, forbid_unknown_fields=True, tag=True):
    """A field of a record, by its name among `FIELDS`, against a value.

    | op | value | true when |
    |---|---|---|
    | in | texts | the field holds one of them |
    | within | Days | see `Days`; the name is `date`, `reported` or `since` |
    | pair | Dyad | see `Dyad` |
    | is | True or False | the record has such a thing, or has not |
    | = < <= > >= | a number | so compared; an empty field compares with nothing |

    `version` limits nothing where it holds `all`.
    """

    name: str
    op: Op
    value: tuple[str, ...] | Days | Dyad | bool | int | float


class All(Struct, frozen=True, forbid_unknown_fields=True, tag=True):
    """Every part holds; without parts, every record is found."""

    parts: tuple[Node, ...] = ()


class Any(Struct, frozen=True, forbid_unknown_fields=True, tag=True):
    """One part holds, or several."""

    parts: tuple[Node, ...]


class Not(Struct, frozen=True, forbid_unknown_fields=True, tag=True):
    """The part does not hold: every other record is found, those with an empty field too."""

    part: Node


Node = All | Any | Not | Words | Phrase | Prefix | Field


class Query(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """A search and the page of its hits that is wanted.

    `after` is the cursor that the page before ended with, None for the first page. `newest` and
    `oldest` go by day of publication, `added` by when the record came into the store, last first.
    Where no part of `where` names `version`, only live versions are meant.
    """

    where: Node = All()
    kind: Literal["claims", "articles"] = "claims"
    order: Order = "newest"
    limit: int = 50
    after: str | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.limit <= MOST:
            raise QueryError(f"limit {self.limit}: expected 1 to {MOST:,} hits on a page")


def leaves(node: Node) -> Iterator[Words | Phrase | Prefix | Field]:
    """Yield the parts of a search that have no parts themselves, in order."""
    if isinstance(node, All | Any):
        for part in node.parts:
            yield from leaves(part)
    elif isinstance(node, Not):
        yield from leaves(node.part)
    else:
        yield node


def names(node: Node) -> frozenset[str]:
    """Return the names of all fields that a search limits, wherever they stand in it."""
    return frozenset(leaf.name for leaf in leaves(node) if isinstance(leaf, Field))


def every(*parts: Node) -> Node:
    """Return a search for what all parts find, flat, without doubles, its words in one bag."""
    flat = list(_flat(parts, All))
    words = [word for part in flat if isinstance(part, Words) for word in part.words]
    bag = Words(tuple(dict.fromkeys(words)))
    merged = dict.fromkeys(bag if isinstance(part, Words) else part for part in flat)
    return next(iter(merged)) if len(merged) == 1 else All(tuple(merged))


def either(*parts: Node) -> Node:
    """Return a search for what any part finds, flat and without doubles; one part at least."""
    flat = dict.fromkeys(_flat(parts, Any))
    return next(iter(flat)) if len(flat) == 1 else Any(tuple(flat))


def without(part: Node) -> Node:
    """Return a search for all that a part does not find."""
    return part.part if isinstance(part, Not) else Not(part)


def _flat(parts: tuple[Node, ...], kind: type[All | Any]) -> Iterator[Node]:
    for part in parts:
        if isinstance(part, All | Any) and isinstance(part, kind):
            yield from _flat(part.parts, kind)
        else:
            yield part
