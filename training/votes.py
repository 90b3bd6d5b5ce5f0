"""Weigh the hands that say who takes part in a claim: `python -m training.votes MODEL ROWS`.

Fits one logistic model a role (Newton's method, ridge 3) on the sentences that the reader was not
trained on, those of ROWS and of our own articles, and writes `votes.json` into MODEL, whose
manifest then names it. With `--folds` it also prints how often a role's words are all right, before
and after, by five-fold cross-validation over articles.
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evaluation import gold
from tocsin.coding import edges, participants, triggers, votes
from tocsin.coding.coder import Guide
from tocsin.coding.scene import Scene
from tocsin.coding.votes import Ballot
from tocsin.language.read import Reader
from tocsin.neural.artefact import manifest
from tocsin.pipeline import run
from tocsin.records.article import Article
from training import corpora
from training.corpora import Frame, Sentence, held_back

Floats = NDArray[np.float64]
RIDGE = 3.0
# A feature seen less often than this says more about its sentences than about roles.
SELDOM = 12
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Case:
    """One trigger's candidates for a role, which of the gold words each hits, and how many are."""

    doc: str
    ballots: tuple[Ballot, ...]
    hits: tuple[frozenset[int], ...]
    wanted: int


def cases(
    sentences: Iterable[Sentence], reader: Reader, guide: Guide
) -> Iterator[tuple[str, Case]]:
    """Yield (role, case) for every trigger that is found where an annotated one stands."""
    for group in gold.stretches(sentences):
        text, spans = gold.joined(s.words for s in group)
        reading = reader.read_words(group[0].doc, text, spans)
        article = Article(id=group[0].doc, doc=group[0].doc, title="", text=text)
        scene = Scene(article, reading, guide.lexicon, guide.knowledge, guide.gazetteer)
        participants.survey(scene)
        for found in triggers.find(scene, guide.learned, guide.settings):
            claims = group[found.sentence].claims or ()
            claim = next((c for c in claims if c.start < found.end and found.start < c.end), None)
            if claim is None or claim.bare:
                continue
            seen = found.proposal.edges if found.proposal else ()
            ballots = votes.ballots(scene, found, [edges.mended(scene, e) for e in seen])
            for role in votes.ROLES:
                yield role, _case(group, claim, found.sentence, role, ballots)


def _case(
    group: Sequence[Sentence], claim: Frame, number: int, role: str, ballots: Iterable[Ballot]
) -> Case:
    own = tuple(b for b in ballots if b.edge.role == role)
    wanted = [(number, a, b) for r, a, b in claim.roles if r == role]
    names = [name.split() for r, name in claim.elsewhere if r == role]
    hits = []
    for ballot in own:
        edge = ballot.edge
        words = set(group[edge.sentence].words[edge.start : edge.end])
        here = {
            k for k, (s, a, b) in enumerate(wanted)
            if s == edge.sentence and a < edge.end and edge.start < b
        }  # fmt: skip
        there = {
            len(wanted) + k for k, name in enumerate(names)
            if edge.sentence != number and words.intersection(name[-1:])
        }  # fmt: skip
        hits.append(frozenset(here | there))
    return Case(group[0].doc, own, tuple(hits), len(wanted) + len(names))


def fit(found: Sequence[Case]) -> dict[str, float]:
    """Return the weights of the features of one role's candidates."""
    rows = [(b.features, bool(h)) for c in found for b, h in zip(c.ballots, c.hits, strict=True)]
    counts = Counter(name for features, _ in rows for name in features)
    names = sorted(name for name, n in counts.items() if n >= SELDOM)
    place = {name: k for k, name in enumerate(names)}
    x = np.zeros((len(rows), len(names)))
    for k, (features, _) in enumerate(rows):
        for name, value in features.items():
            if name in place:
                x[k, place[name]] = value
    y = np.array([float(right) for _, right in rows])
    return {n: round(float(w), 4) for n, w in zip(names, _newton(x, y), strict=True)}


def _newton(x: Floats, y: Floats) -> Floats:
    """Return the weights that minimise ridge-penalised log loss; convex, so few steps do."""
    w = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        gradient = x.T @ (p - y) + RIDGE * w
        hessian = (x * (p * (1 - p))[:, None]).T @ x + RIDGE * np.eye(len(w))
        step = np.linalg.solve(hessian, gradient)
        w -= step
        if np.abs(step).max() < 1e-6:
            break
    return w


def right(case: Case, weights: votes.Weights, floor: float) -> bool:
    """Return whether the words voted for are all and only the annotated ones."""
    chosen = [
        hit
        for ballot, hit in zip(case.ballots, case.hits, strict=True)
        if votes.chance(ballot, weights) >= floor
    ]
    return all(chosen) and len(frozenset().union(*chosen)) == case.wanted


def validated(role: str, found: Sequence[Case], floor: float) -> tuple[float, float]:
    """Return the share of cases right as the network has it, and by vote, cross-validated."""
    plain = sum(right(c, {}, floor) for c in found)
    voted = 0
    for fold in range(FOLDS):
        inside = [c for c in found if zlib.crc32(c.doc.encode()) // 10 % FOLDS != fold]
        weights = {role: fit(inside)}
        voted += sum(
            right(c, weights, floor)
            for c in found
            if zlib.crc32(c.doc.encode()) // 10 % FOLDS == fold
        )
    return plain / len(found), voted / len(found)


def main() -> None:
    """Fit, write, and say how much it helps."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("model", type=Path)
    parser.add_argument("rows", type=Path)
    parser.add_argument("--folds", action="store_true", help="cross-validate as well")
    options = parser.parse_args()
    if not options.rows.exists():
        print(f"skipped: {options.rows} not found; give the rows by path")
        return
    coder = run.open_coder(model=options.model)
    held = [s for s in corpora.annotated(options.rows) if held_back(s.doc)]
    found: dict[str, list[Case]] = {role: [] for role in votes.ROLES}
    for role, case in cases(held, coder.reader, coder.guide):
        found[role].append(case)
    if options.folds:
        for role, rows in found.items():
            before, after = validated(role, rows, coder.guide.settings.edge)
            print(f"{role}: {len(rows)} cases, right {before:.3f}, by vote {after:.3f}")
    weights = {role: fit(rows) for role, rows in found.items()}
    text = json.dumps(weights, indent=0, sort_keys=True, ensure_ascii=False)
    (options.model / "votes.json").write_text(text, "utf8")
    manifest(options.model)


if __name__ == "__main__":
    main()
