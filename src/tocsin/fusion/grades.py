"""STANAG 2511: how credible each report is, beside the source's letter and never mixed with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from tocsin.fusion.case import Case
from tocsin.fusion.houses import different, independent
from tocsin.fusion.levels import backers, serious
from tocsin.records.event import Dispute, Level
from tocsin.records.origin import Credibility, Report

# Modalities that tell of nothing that has happened yet or is said to have.
_UNTRIED = frozenset({"future", "conditional", "requested"})
_LETTERS = "ABCDE"


def graded(case: Case, level: Level, disputes: Iterable[Dispute]) -> tuple[Report, ...]:
    """Return the reports with their digits.

    1: asserted by two origins or more that are known to be different, and not disputed. 2: by
    several whose independence is unknown, or by different ones but disputed. 3: by one. 4: denied
    or gainsaid by a report of a better-graded source. 5: taken back. 6 cannot be judged: the report
    only asks, or tells of what is planned, threatened or demanded, which nobody can have seen.
    """
    serious_ones = [one for one in disputes if serious(one)]
    against, borne = _against(case, serious_ones), _borne(case, disputed=bool(serious_ones))
    return tuple(
        replace(report, credibility=_digit(case, report, level, against, borne))
        for report in case.traced.reports
    )


def best(reports: Iterable[Report], level: Level) -> Credibility:
    """Return the digit of the event: the best among the reports that assert it, 6 where none do."""
    if level == "retracted":
        return 5
    return min((r.credibility for r in reports if r.stance == "asserts"), default=6)


def _digit(
    case: Case,
    report: Report,
    level: Level,
    against: Mapping[str, set[str]],
    borne: Credibility,
) -> Credibility:
    claim = case.claims[report.claim]
    taken = report.stance == "asserts" and (level == "retracted" or report.article in case.fallen)
    if report.stance == "retracts" or taken:
        return 5
    if report.stance == "questions" or claim.modality in _UNTRIED:
        return 6
    if _better(against.get(report.claim, set()), report.grade):
        return 4
    if report.stance == "denies":
        deniers = {r.origin for r in case.traced.reports if r.stance == "denies"}
        return 3 if len(deniers) == 1 else 2
    return borne


def _borne(case: Case, *, disputed: bool) -> Credibility:
    """Return the digit of a report that nothing speaks against, by how many others bear it out."""
    origins = backers(case)
    if independent(origins) < 2:
        return 3
    return 1 if different(origins) and not disputed else 2


def _better(letters: set[str], own: str) -> bool:
    """Return whether one of the letters is better than one's own; F, unjudged, is no letter."""
    judged = [letter for letter in letters if letter in _LETTERS]
    return own in _LETTERS and any(letter < own for letter in judged)


def _against(case: Case, disputes: Iterable[Dispute]) -> dict[str, set[str]]:
    """Return for each claim the letters of the reports on the other sides of its disputes."""
    out: dict[str, set[str]] = {}
    for one in disputes:
        for side in one.sides:
            others = {c for other in one.sides if other is not side for c in other.claims}
            letters = {case.report[c].grade for c in others}
            for claim in side.claims:
                out.setdefault(claim, set()).update(letters)
    return out
