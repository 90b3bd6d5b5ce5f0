"""Weigh the hands that make a claim: `python -m training.votes MODEL ROWS`.

Fits logistic models (Newton's method, ridge 3) on articles that the reader was not trained on, of
ROWS and of our own: one for whether a proposed trigger is a claim of its likeliest type, one for
each role's candidates, one for each modality. Writes `votes.json` into MODEL, whose manifest then
names it. With `--folds` it also prints how good each is beside the network alone, by five-fold
cross-validation over articles.
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evaluation import gold
from tocsin.base.settings import Coding
from tocsin.coding import (
    edges,
    hearing,
    modality,
    participants,
    quotes,
    statements,
    triggers,
    votes,
)
from tocsin.coding.coder import Guide
from tocsin.coding.said import Said
from tocsin.coding.scene import Scene
from tocsin.coding.triggers import Candidate
from tocsin.coding.votes import Ballot
from tocsin.coding.weights import Features, Weights, weigh
from tocsin.language.read import Reader
from tocsin.neural.artefact import manifest
from tocsin.pipeline import run
from tocsin.records.article import Article
from tocsin.records.reading import Edge
from training import corpora
from training.corpora import Frame, Sentence, held_back

Floats = NDArray[np.float64]
RIDGE = 3.0
# A feature seen less often than this says more about its sentences than about roles.
SELDOM = 12
FOLDS = 5
# Four acts in five are actual, so a fitted model says so too often: taking this much off its log
# odds finds a tenth more of the others and leaves as many right in all (swept 0 to 3).
LEAN = 2.0


@dataclass(frozen=True, slots=True)
class Case:
    """One trigger's candidates for a role, which of the gold words each hits, and how many are."""

    doc: str
    ballots: tuple[Ballot, ...]
    hits: tuple[frozenset[int], ...]
    wanted: int


@dataclass(frozen=True, slots=True)
class Row:
    """Features of one reading, whether it is right, and what the network alone makes of it."""

    doc: str
    features: Features
    right: bool
    plain: bool


@dataclass(slots=True)
class Heard:
    """What the models of statements are fitted on: cues, and who may say what each tells."""

    cues: list[Row] = field(default_factory=list)
    sources: list[Row] = field(default_factory=list)
    missed: int = 0


@dataclass(slots=True)
class Found:
    """All that the models are fitted on; a moment has a row for each modality."""

    claims: list[Row] = field(default_factory=list)
    cases: dict[str, list[Case]] = field(default_factory=lambda: {r: [] for r in votes.ROLES})
    moments: list[dict[str, Row]] = field(default_factory=list)
    missed: int = 0


def heard(sentences: Iterable[Sentence], reader: Reader, guide: Guide) -> Heard:
    """Return every proposed cue of sentences whose statements are annotated, and its voices."""
    out = Heard()
    for group in gold.stretches(s for s in sentences if s.tellings is not None):
        scene = _scene(group, reader, guide)
        stretches = quotes.find(scene.article.text)
        met = set()
        for telling, backing in statements.proposed(scene):
            told = group[telling.sentence].tellings or ()
            wanted = next(
                (t for t in told if t.start < telling.end and telling.start < t.end), None
            )
            features = statements.weighed(scene, telling, backing, stretches)
            plain = telling.score >= (0.75 if backing is None else 0.4)
            out.cues.append(Row(group[0].doc, features, wanted is not None, plain))
            if wanted is None:
                continue
            met.add((telling.sentence, wanted.start))
            ruled = statements.ruled_source(backing)
            for voice in hearing.voices(scene, telling, ruled):
                hit = _speaks(group, telling.sentence, wanted, voice.edge)
                best = voice.features["behind the best"] == 0
                out.sources.append(Row(group[0].doc, voice.features, hit, best))
        out.missed += sum(len(s.tellings or ()) for s in group) - len(met)
    return out


def _speaks(group: Sequence[Sentence], number: int, wanted: Frame, edge: Edge) -> bool:
    """Return whether words share one with the source of an annotated statement."""
    if edge.sentence == number:
        return any(r == "source" and a < edge.end and edge.start < b for r, a, b in wanted.roles)
    words = set(group[edge.sentence].words[edge.start : edge.end])
    return any(r == "source" and words & set(name.split()[-1:]) for r, name in wanted.elsewhere)


def gather(sentences: Iterable[Sentence], reader: Reader, guide: Guide) -> Found:
    """Return every proposal, role candidate and modality in sentences, with what is right."""
    out = Found()
    for group in gold.stretches(sentences):
        scene = _scene(group, reader, guide)
        said = statements.find(scene, guide.votes)
        met = set()
        listed = [list(triggers.entries(scene, k)) for k in range(len(scene.trees))]
        for proposal in scene.reading.proposals:
            weighed = triggers.best(scene, proposal, listed[proposal.sentence], guide.settings)
            claim = _at(group, weighed.candidate)
            met.add(id(claim))
            typed = claim is not None and claim.type == weighed.candidate.type
            out.claims.append(Row(group[0].doc, weighed.features, typed, weighed.plain))
            if claim is not None and not claim.bare and weighed.plain:
                _take(out, scene, group, claim, weighed.candidate, said)
        out.missed += sum(id(c) not in met for s in group for c in s.claims or ())
    return out


def _at(group: Sequence[Sentence], found: Candidate) -> Frame | None:
    claims = group[found.sentence].claims or ()
    return next((c for c in claims if c.start < found.end and found.start < c.end), None)


def _take(  # noqa: PLR0917 - one loop's state
    out: Found,
    scene: Scene,
    group: Sequence[Sentence],
    claim: Frame,
    found: Candidate,
    said: Sequence[Said],
) -> None:
    seen = found.proposal.edges if found.proposal else ()
    around = votes.telling(scene, found, said)
    ballots = votes.ballots(scene, found, [edges.mended(scene, e) for e in seen], around)
    for role in votes.ROLES:
        out.cases[role].append(_case(group, claim, found.sentence, role, ballots))
    ruled = modality.by_rule(scene, found.sentence, found.start, found.end)
    plain = found.proposal.modality[0][0] if found.proposal else "actual"
    out.moments.append(
        {
            name: Row(group[0].doc, features, name == claim.modality, name == plain)
            for name, features in modality.ballots(scene, found, ruled).items()
        }
    )


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


def _scene(group: Sequence[Sentence], reader: Reader, guide: Guide) -> Scene:
    """Return the scene of sentences that are read together, in the words they are given in."""
    text, spans = gold.joined(s.words for s in group)
    reading = reader.read_words(group[0].doc, text, spans)
    article = Article(id=group[0].doc, doc=group[0].doc, title="", text=text)
    scene = Scene(article, reading, guide.lexicon, guide.knowledge, guide.gazetteer)
    participants.survey(scene)
    return scene


def rows(found: Iterable[Case]) -> list[Row]:
    """Return the candidates of cases one by one."""
    return [
        Row(c.doc, b.features, bool(h), plain=False)
        for c in found
        for b, h in zip(c.ballots, c.hits, strict=True)
    ]


def fit(found: Sequence[Row]) -> dict[str, float]:
    """Return the weights of the features that are seen often enough."""
    counts = Counter(name for row in found for name, value in row.features.items() if value)
    names = sorted(name for name, n in counts.items() if n >= SELDOM)
    place = {name: k for k, name in enumerate(names)}
    x = np.zeros((len(found), len(names)))
    for k, row in enumerate(found):
        for name, value in row.features.items():
            if name in place:
                x[k, place[name]] = value
    y = np.array([float(row.right) for row in found])
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


def right(case: Case, weights: Weights, floor: float) -> bool:
    """Return whether the words voted for are all and only the annotated ones."""
    chosen = [
        hit
        for ballot, hit in zip(case.ballots, case.hits, strict=True)
        if votes.chance(ballot, weights) >= floor
    ]
    return all(chosen) and len(frozenset().union(*chosen)) == case.wanted


def _fold(doc: str) -> int:
    return zlib.crc32(doc.encode()) // 10 % FOLDS


def validated(found: Found, settings: Coding) -> Iterator[str]:
    """Yield a line for each model: how good the network alone is, and the vote, cross-validated."""
    inside = [[r for r in found.claims if _fold(r.doc) != k] for k in range(FOLDS)]
    weights = [fit(some) for some in inside]
    said = [
        r.right for r in found.claims if weigh(r.features, weights[_fold(r.doc)]) >= settings.vote
    ]
    plain = [r.right for r in found.claims if r.plain]
    gold_ = sum(r.right for r in found.claims) + found.missed
    yield f"claim: F1 {_f1(plain, gold_):.3f}, by vote {_f1(said, gold_):.3f} (upper bounds)"
    for role, cases in found.cases.items():
        weights = [fit(rows(c for c in cases if _fold(c.doc) != k)) for k in range(FOLDS)]
        voted = sum(right(c, {role: weights[_fold(c.doc)]}, settings.edge) for c in cases)
        before = sum(right(c, {}, settings.edge) for c in cases)
        n = len(cases)
        yield f"{role}: {n} cases, right {before / n:.3f}, by vote {voted / n:.3f}"
    table = {
        name: [
            fit([m[name] for m in found.moments if _fold(m[name].doc) != k]) for k in range(FOLDS)
        ]
        for name in modality.MODALITIES
    }
    voted, before, other = 0, 0, Counter[str]()
    for moment in found.moments:
        chances = {n: weigh(r.features, table[n][_fold(r.doc)]) for n, r in moment.items()}
        good = moment[max(chances, key=lambda n: chances[n])].right
        plain_ = any(r.right and r.plain for r in moment.values())
        voted, before = voted + good, before + plain_
        if not moment["actual"].right:
            other.update(all=1, voted=good, before=plain_)
    yield f"modality: {before / len(found.moments):.3f}, by vote {voted / len(found.moments):.3f}"
    yield (
        f"  where not actual: {other['before'] / other['all']:.3f}, "
        f"by vote {other['voted'] / other['all']:.3f}"
    )


def told_apart(found: Heard) -> Iterator[str]:
    """Yield how well cues are told from other words, and candidates for sources from each other."""
    for name, some, floor in (
        ("cue", found.cues, hearing.CUE),
        ("source", found.sources, hearing.SOURCE),
    ):
        weights = [fit([r for r in some if _fold(r.doc) != k]) for k in range(FOLDS)]
        said = [r.right for r in some if weigh(r.features, weights[_fold(r.doc)]) >= floor]
        plain = [r.right for r in some if r.plain]
        wanted = sum(r.right for r in some) + (found.missed if name == "cue" else 0)
        yield f"{name}: F1 {_f1(plain, wanted):.3f}, by vote {_f1(said, wanted):.3f}"


def _f1(said: Sequence[bool], wanted: int) -> float:
    return 2 * sum(said) / max(1, len(said) + wanted)


def main() -> None:
    """Fit, write, and say how much it helps."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("model", type=Path)
    parser.add_argument("rows", type=Path)
    parser.add_argument("--own", type=Path, default=corpora.OWN, help="articles of our own")
    parser.add_argument(
        "--fresh", type=Path, nargs="*", default=(), help="articles that the reader never saw"
    )
    parser.add_argument("--folds", action="store_true", help="cross-validate as well")
    options = parser.parse_args()
    if not options.rows.exists():
        print(f"skipped: {options.rows} not found; give the rows by path")
        return
    opened = run.open_coder(model=options.model)
    ontology = opened.guide.ontology
    ours = [
        s for path in sorted(options.own.glob("en/*.txt")) for s in corpora.noted(path, ontology)
    ]
    ours = [s for s in ours if held_back(s.doc)]
    ours += [s for path in options.fresh for s in corpora.noted(path, ontology)]
    held = [s for s in corpora.news(options.rows) if held_back(s.doc)] + ours
    told = heard(ours, opened.reader, opened.guide)
    weights = {"cue": fit(told.cues), "source": fit(told.sources)}
    found = gather(held, opened.reader, replace(opened.guide, votes=weights))
    weights["claim"] = fit(found.claims)
    weights |= {role: fit(rows(cases)) for role, cases in found.cases.items()}
    weights |= {
        f"modality {name}": fit([m[name] for m in found.moments]) for name in modality.MODALITIES
    }
    weights["modality actual"]["bias"] -= LEAN
    if options.folds:
        lines = *validated(found, opened.guide.settings), *told_apart(told)
        print(*lines, sep="\n")
    text = json.dumps(weights, indent=0, sort_keys=True, ensure_ascii=False)
    (options.model / "votes.json").write_text(text, "utf8")
    manifest(options.model)


if __name__ == "__main__":
    main()
