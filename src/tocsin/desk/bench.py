"""What the desk asks of the pipeline to judge by; whoever opens the desk hands these in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tocsin.explain.why import Joined
from tocsin.store.open import Store
from tocsin.views.decision import Effect, Wish
from tocsin.views.entity import Known
from tocsin.views.review import Near


@dataclass(frozen=True, slots=True)
class Bench:
    """Judging and its questions, by whom.

    `fields` can be corrected in a claim, each with the words that are known for it, if only some
    are. `decide` keeps what somebody wishes, `effect` says what it would change, `undo` and `redo`
    take judgements back and make them again, by their ids. `near` returns events that nearly are
    one, `reasons` why two of them are; `known` what is known of an actor on a
    day, `corners` which corner each type of event is of.
    """

    author: str
    fields: Callable[[], Sequence[tuple[str, Sequence[str]]]]
    decide: Callable[[Store, Wish], None]
    effect: Callable[[Store, Wish], Effect]
    undo: Callable[[Store, Sequence[str]], None]
    redo: Callable[[Store, Sequence[str]], None]
    near: Callable[[Store], Sequence[Near]]
    reasons: Callable[[Store, str, str], Joined | None]
    known: Callable[[str, date], Known | None]
    corners: Callable[[], Mapping[str, str]]
