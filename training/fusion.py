"""Weigh the features of matching: `python -m training.fusion --ecb … --meantime … --examples …`.

Learns one logistic model from pairs of annotated mentions (ECB+, MEANTIME) and of claims with a
planned event (the example world), chooses where clusters stop, and writes both as the packaged
weights. With `--folds N` it learns N times instead, each time from the topics of the other folds,
and prints how that does on those it left out; `--ablate` does so without each feature in turn.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from evaluation import ecb, meantime, mentions, planned
from evaluation.coref import Score
from evaluation.matching import Corpus, Pairs, folds, fused, pairs, scored
from tocsin.fusion import features
from tocsin.fusion.match import Weights
from tocsin.pipeline.run import open_coder
from training.logistic import Model, fit
from training.sense import BOUNDS, FIRM, SENSE

OUT = Path(__file__).parents[1] / "src" / "tocsin" / "data" / "fusion" / "weights.yml"
NAMES = features.NAMES[:-1]
# What the pairs of each corpus count for together. Pairs of one event say much the same, so that a
# corpus counts for fewer than it has.
SHARES = {"ecb": 10_000.0, "meantime": 3_000.0, "world": 10_000.0}
# How hard weights are drawn to sense, and how much harder where the corpora have little to say.
RIDGE, FIRMER = 10.0, 30.0
# Clusters merge from one of these mean chances on. Lower ones score better on these corpora, but in
# news of one war, read by hand, fewer than half of the merges below 0.4 were right.
THRESHOLDS = (0.45, 0.5, 0.55)
# What a pair that is no candidate counts as: in half of the pairs of one event nothing is shared.
ABSENT = 0.1
# How much the score on each corpus counts when the threshold is chosen.
VOICES = {"ecb": 1.0, "meantime": 0.5, "world": 1.0}
CORPORA = {
    "ecb": "ECB+ 1.0, topics 1 to 35 (CC BY 3.0)",
    "meantime": "NewsReader MEANTIME, English (CC BY 4.0)",
    "world": "the example world of this repository (Apache-2.0)",
}


@dataclass(frozen=True, slots=True)
class Trial:
    """How weights did on a part of a corpus that they were not learnt from."""

    corpus: str
    unseen: Pairs
    weights: Weights
    score: Score


def learn(corpora: Mapping[str, Pairs], without: Collection[str] = ()) -> Model:
    """Return the weights that the pairs of the corpora are likeliest under."""
    # Vetoed pairs are no events whatever the weights.
    parts = {n: np.flatnonzero(f.known & (f.matrix[:, -1] == 0)) for n, f in corpora.items()}
    parts = {name: rows for name, rows in parts.items() if len(rows)}
    worth = [np.full(len(r), SHARES[n] / len(r)) for n, r in parts.items()]
    matrix = np.concatenate([corpora[n].matrix[r, :-1] for n, r in parts.items()])
    for name in without:
        matrix[:, NAMES.index(name)] = 0.0
    right = np.concatenate([corpora[n].same[r] for n, r in parts.items()])
    sense = {name: value for name, value in SENSE.items() if name not in without}
    return fit(
        matrix, right, np.concatenate(worth), NAMES, sense=sense, bounds=BOUNDS, ridge=_ridge()
    )


def _ridge() -> dict[str, float]:
    return {name: RIDGE * (FIRMER if name in FIRM else 1.0) for name in NAMES}


def halting(model: Model, corpora: Mapping[str, Pairs]) -> Weights:
    """Return the model with the threshold at which the corpora score best together."""
    tried = [Weights(model.bias, model.weights, t, ABSENT) for t in THRESHOLDS]
    return max(tried, key=lambda w: sum(
        VOICES[name] * scored(found, fused(found, w)).conll for name, found in corpora.items()
    ))  # fmt: skip


def crossed(
    corpora: Mapping[str, Pairs], number: int, turn: int = 0, without: Collection[str] = ()
) -> Iterator[Trial]:
    """Yield how weights learnt from the other topics do on each fold of each corpus."""
    split = {
        name: list(folds(sorted(set(found.topics.tolist())), number, turn))
        for name, found in corpora.items()
    }
    for k in range(number):
        known = {n: f.of(split[n][k][0]) for n, f in corpora.items()}
        weights = halting(learn(known, without), known)
        for name, found in corpora.items():
            unseen = found.of(split[name][k][1])
            if len(unseen.mentions):
                yield Trial(name, unseen, weights, scored(unseen, fused(unseen, weights)))


def lines(trials: Iterable[Trial]) -> Iterator[str]:
    """Yield the mean and the spread of the scores on each corpus, in points."""
    by: dict[str, list[Score]] = {}
    for trial in trials:
        by.setdefault(trial.corpus, []).append(trial.score)
    for name, found in by.items():
        values = 100 * np.array([[s.conll, s.muc.f1, s.b3.f1, s.ceafe.f1] for s in found])
        mean, low, high = values.mean(0), values[:, 0].min(), values[:, 0].max()
        yield (
            f"{name:9} CoNLL {mean[0]:5.1f}  {len(found)} folds from {low:.1f} to {high:.1f}   "
            f"MUC {mean[1]:.1f}  B3 {mean[2]:.1f}  CEAF-e {mean[3]:.1f}"
        )


def ablated(corpora: Mapping[str, Pairs], number: int) -> Iterator[str]:
    """Yield what each corpus loses without each feature, in points of the mean over folds."""
    whole = _means(crossed(corpora, number))
    yield f"{'nothing left out':20} " + "  ".join(f"{n} {v:6.2f}" for n, v in whole.items())
    for name in NAMES:
        left = _means(crossed(corpora, number, without=(name,)))
        yield f"{name:20} " + "  ".join(f"{n} {left[n] - v:+6.2f}" for n, v in whole.items())


def _means(trials: Iterable[Trial]) -> dict[str, float]:
    by: dict[str, list[float]] = {}
    for trial in trials:
        by.setdefault(trial.corpus, []).append(100 * trial.score.conll)
    return {name: sum(values) / len(values) for name, values in by.items()}


def written(weights: Weights, corpora: Iterable[str]) -> str:
    """Return weights as the packaged file has them; what weighs nothing is left out."""
    kept = {name: round(value, 3) for name, value in weights.weights.items()}
    return "\n".join((
        "# How much each feature of `tocsin.fusion.features` says for or against one event, in",
        "# units of log odds, as `python -m training.fusion` learnt it (docs/fusion-weights.md).",
        "# Clusters merge while the mean chance of their pairs is at least `threshold`; pairs that",
        "# were never compared have the chance `absent`.",
        "corpora:",
        *(f"  - {name}" for name in corpora),
        f"bias: {weights.bias:.3f}",
        f"threshold: {weights.threshold}",
        f"absent: {weights.absent}",
        "weights:",
        *(f"  {name}: {value}" for name, value in kept.items() if value),
        "",
    ))  # fmt: skip


def gathered(options: argparse.Namespace) -> dict[str, Corpus]:
    """Return the corpora that are given."""
    coder = open_coder(threads=options.threads)
    found: dict[str, Corpus] = {}
    if options.ecb:
        items = ecb.load(options.ecb, ecb.TRAIN)
        found["ecb"] = mentions.corpus("ecb", coder, items, cache=options.cache)
    if options.meantime:
        items = meantime.load(options.meantime)
        found["meantime"] = mentions.corpus("meantime", coder, items, cache=options.cache)
    if options.examples:
        found["world"] = planned.corpus(coder, options.examples)
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the packaged weights, or print how well such weights do on what they did not see."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--ecb", type=Path, help="folder of ECB+")
    parser.add_argument("--meantime", type=Path, help="folder of MEANTIME")
    parser.add_argument("--examples", type=Path, help="folder of the example world")
    parser.add_argument("--cache", type=Path, help="folder outside the repository for readings")
    parser.add_argument("--folds", type=int, default=0, help="learn and score on this many parts")
    parser.add_argument("--turns", type=int, default=1, help="deal the topics anew so many times")
    parser.add_argument("--ablate", action="store_true", help="leave out each feature in turn")
    parser.add_argument("--threads", type=int, default=0, help="threads of the network")
    parser.add_argument("--out", type=Path, default=OUT, help="where weights are written")
    options = parser.parse_args(arguments)
    found = {name: pairs(corpus) for name, corpus in gathered(options).items()}
    if not found:
        parser.error("no corpus is given; name at least one of --ecb, --meantime, --examples")
    if options.ablate:
        for line in ablated(found, options.folds or 3):
            print(line, flush=True)
    elif options.folds:
        trials = (t for turn in range(options.turns) for t in crossed(found, options.folds, turn))
        print("\n".join(lines(trials)))
    else:
        text = written(halting(learn(found), found), (CORPORA[name] for name in found))
        options.out.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
