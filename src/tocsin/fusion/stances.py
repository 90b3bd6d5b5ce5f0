"""Whether a claim asserts, denies, questions or takes back what its event is about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tocsin.fusion.mention import tolls
from tocsin.fusion.speakers import key
from tocsin.fusion.told import Told, order
from tocsin.fusion.words import folded, words
from tocsin.records.claim import Attribution, Claim
from tocsin.records.origin import Stance

# What an outlet takes back, and how the headline of a correction begins.
_REPORT = re.compile(r"\b(?:report|story|article|account|claim)s?\b", re.IGNORECASE)
_CORRECTION = re.compile(r"^\W*(?:correction|corrected|retraction|retracted)\b", re.IGNORECASE)
_WORD = re.compile(r"[a-z]+")


def stances(told: Sequence[Told]) -> dict[str, Stance]:
    """Return the stance of each claim of one event."""
    rows = sorted(told, key=order)
    found = {row.claim.id: _stance(row) for row in rows}
    said: set[str] = set()
    whole: dict[str, Stance] = {}
    for row in rows:
        claim, outlet, article = row.claim, row.byline.outlet or "", row.byline.article
        if found[claim.id] == "denies" and corrects(row) and outlet in said:
            found[claim.id] = "retracts"
        elif unharmed(claim):
            found[claim.id] = "asserts"
        if claim.attribution is None:
            found[claim.id] = _led(whole.get(article), found[claim.id])
        whole.setdefault(article, found[claim.id])
        if found[claim.id] == "asserts":
            said.add(outlet)
    retracting = {row.byline.article for row in rows if found[row.claim.id] == "retracts"}
    for row in rows:
        if row.byline.article in retracting and found[row.claim.id] == "asserts":
            found[row.claim.id] = "retracts"
    return found


def _led(first: Stance | None, own: Stance) -> Stance:
    """Return the stance of what nobody is quoted for, in an article whose first claim has one.

    An article that opens with a denial gives the denier's account of what happened instead.
    """
    return "denies" if first == "denies" and own == "asserts" else own


def unharmed(claim: Claim) -> bool:
    """Return whether a claim is negated for its number alone: "no one was killed"."""
    counts = tolls(claim)
    return claim.modality == "negated" and any(high == 0 for _, high in counts.values())


def corrects(told: Told) -> bool:
    """Return whether an outlet speaks for itself in a correction."""
    return bool(_CORRECTION.match(told.byline.title)) and told.claim.attribution is None


def cue(claim: Claim, kinds: frozenset[str]) -> bool:
    """Return whether one of some verbs attributes the claim, or else stands in its sentence."""
    said = claim.attribution.cue if claim.attribution else None
    quote = (said or claim.sentence).quote.lower()
    return not kinds.isdisjoint(_WORD.findall(quote))


def _stance(told: Told) -> Stance:
    claim = told.claim
    if told.byline.retracted or retracts(told):
        return "retracts"
    if claim.modality == "negated":
        return "denies"
    said = claim.attribution
    if claim.denied_by and (said is None or _same(said, claim)):
        return "denies"
    return "asserts" if said is None or said.cue is None else _by_cue(claim)


def _by_cue(claim: Claim) -> Stance:
    """Return the stance of a claim whose speaker may deny or doubt it by the verb."""
    possible = claim.modality == "possible"
    if cue(claim, words().denying) and (possible or refuted(claim)):
        return "denies"
    return "questions" if possible and cue(claim, words().doubting) else "asserts"


def refuted(claim: Claim) -> bool:
    """Return whether the one who speaks denies what others report: "denied the news of a raid"."""
    chain = claim.attribution.chain if claim.attribution else ()
    return any(_passes(one.name, one.sectors) for one in chain[1:])


def _passes(name: str, sectors: tuple[str, ...]) -> bool:
    found = folded(name).split()
    return "JRN" in sectors or bool(found and words().vessel(found[-1]))


def _same(said: Attribution, claim: Claim) -> bool:
    """Return whether those who deny a claim are those that it is attributed to."""
    deniers = {(one.entity or folded(one.name)) for one in claim.denied_by}
    return (said.chain[-1].entity or folded(said.chain[-1].name)) in deniers


def retracts(told: Told) -> bool:
    """Return whether the sentence says that the article's own outlet takes back its report."""
    sentence = told.claim.sentence.quote
    if not _REPORT.search(sentence):
        return False
    lowered = set(_WORD.findall(sentence.lower()))
    if words().retracting.isdisjoint(lowered):
        return False
    own = told.byline.outlet
    named = own is not None and key(own) <= frozenset(folded(sentence).split())
    return named or not lowered.isdisjoint({"we", "our"})
