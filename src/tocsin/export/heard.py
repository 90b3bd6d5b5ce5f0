"""What claims say that an event does not hold: the modes of each, and which tell of a fight."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from tocsin.export.forms import Stock
from tocsin.export.known import facts_of, rebel, state
from tocsin.records.claim import Claim


class Heard(NamedTuple):
    """The modes that claims give, by the claim, and the ids of claims that tell of a fight."""

    modes: Mapping[str, tuple[str, ...]]
    fights: frozenset[str]


def heard(stock: Stock) -> Heard:
    """Return what all claims of a stock say."""
    modes: dict[str, tuple[str, ...]] = {}
    fights: set[str] = set()
    for told in stock.claims():
        if told.claim.modes:
            modes[told.claim.id] = told.claim.modes
        if fight(told.claim):
            fights.add(told.claim.id)
    return Heard(modes, frozenset(fights))


def fight(claim: Claim) -> bool:
    """Return whether a claim tells of a fight of its actors, in which others were hit at most."""
    if claim.type != "ASSAULT" or len(claim.actors) < 2:
        return False
    if any(state(one) or rebel(one) for one in claim.recipients):
        return False
    return _words().search(claim.trigger.quote.casefold()) is not None


@cache
def _words() -> re.Pattern[str]:
    listed = (str(word) for words in facts_of("fights").values() for word in words or ())
    forms = "|".join(re.escape(word).replace(r"\*", r"[\w-]*") for word in listed)
    return re.compile(rf"\b(?:{forms})\b")
