"""Claims in copied words, and the claims that they are copies of.

A copy says nothing of its own there, so its claim goes where its parent's does, and has no say in
what belongs together: a text printed ten times is no stronger than printed once.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from tocsin.fusion.mention import Mention
from tocsin.records.lineage import Copy, Run

# Characters by which spaces and quotation marks may shift words within a run.
SLIP = 40


def twins(
    mentions: Mapping[str, Sequence[Mention]], copies: Mapping[str, Copy]
) -> dict[str, str]:  # fmt: skip
    """Return the claims of parents by the claims that copy them, given mentions by article."""
    return {
        one: other
        for copy in copies.values()
        if copy.article in mentions and copy.parent in mentions
        for one, other in aligned(copy.runs, mentions[copy.article], mentions[copy.parent])
    }


def aligned(
    runs: Sequence[Run], mine: Sequence[Mention], theirs: Sequence[Mention]
) -> Iterator[tuple[str, str]]:
    """Yield mentions that stand on the same words of two articles and say the same of them."""
    starts = [run.start for run in runs]
    free = {one.id: one for one in theirs}
    for one in sorted(mine, key=lambda one: (one.at, one.id)):
        at = bisect_right(starts, one.at[0]) - 1
        if at < 0 or one.at[1] > runs[at].end:
            continue
        place = runs[at].at + one.at[0] - runs[at].start
        near = [
            (abs(other.at[0] - place), other.id)
            for other in free.values()
            if (other.lemma, other.type, other.modality) == (one.lemma, one.type, one.modality)
            and abs(other.at[0] - place) <= SLIP
        ]
        if near:
            _, name = min(near)
            del free[name]
            yield one.id, name


def first(name: str, of: Mapping[str, str]) -> str:
    """Return the claim that a claim goes back to, by whichever copies."""
    while name in of:
        name = of[name]
    return name
