"""A coder: claims whose sentence speaks of votes are about an election."""

from __future__ import annotations

import re

from msgspec.structs import replace

from tocsin.records.claim import Claim
from tocsin.records.coded import Coded
from tocsin.records.evidence import Reason
from tocsin.records.reading import Reading

WORDS = re.compile(r"\b(?:ballots?|polling stations?|run-?off|voters?)\b", re.IGNORECASE)


def amend(coded: Coded, _reading: Reading) -> Coded:
    """Return what was coded with the context `election` where a sentence speaks of one."""
    return replace(coded, claims=tuple(_about(claim) for claim in coded.claims))


def _about(claim: Claim) -> Claim:
    found = WORDS.search(claim.sentence.quote)
    if found is None or "election" in claim.contexts:
        return claim
    because = Reason(field="contexts", hand="rule", because=f"“{found[0]}” is a word of elections")
    return replace(
        claim,
        contexts=tuple(sorted({*claim.contexts, "election"})),
        reasons=(*claim.reasons, because),
    )
