"""Fit what scores are worth, on rows that the reader was never trained on, and write it down.

Usage: python -m evaluation.calibrate ROWS [--model DIR] [--out FILE] [--threads N]

The held-back rows are coded with raw scores. For each field a monotone map from its score to the
chance that it is right is fitted and written beside the model's files, tied to the model's digest;
the coder applies it. A type is right where a gold claim of that type shares a word with the
trigger; the other fields are judged where it is: a role where it shares a word with one that gold
has. Printed for each field: the expected calibration error (ECE) before and after, the latter with
each article judged by a map that was fitted on the others.
"""

from __future__ import annotations

import argparse
import sys
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any

from evaluation import texts
from evaluation.claims import ROLES, paired
from tocsin.base.errors import TocsinError
from tocsin.coding.calibration import FILE, Calibration, Knots, between, field_name
from tocsin.coding.weights import logit, sigmoid
from tocsin.neural import artefact
from tocsin.pipeline.run import Coder, open_coder

Row = Mapping[str, Any]
Point = tuple[float, bool]
# Fewer samples than FEW tell nothing; fewer than MANY are drawn through a logistic curve (Platt
# 1999), which has two parameters, where more show a shape of their own (Zadrozny and Elkan 2002).
FEW, MANY = 30, 200
# How many samples share a step, so that no step stands on a handful.
STEP = 25
BINS, FOLDS = 10, 5


@dataclass(frozen=True, slots=True)
class Sample:
    """A field of a coded claim: of which article, what it scored, and whether it is right."""

    doc: str
    field: str
    score: float
    right: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """Samples of like scores: how many, their mean score, the share that is right."""

    number: int
    score: float
    right: float


def raw(coder: Coder) -> Coder:
    """Return a coder whose scores are the network's own."""
    return replace(coder, guide=replace(coder.guide, calibration=Calibration()))


def samples(gold: Row, said: Row) -> Iterator[Sample]:
    """Yield the fields of an article's claims, the type of all and the rest where that is right."""
    doc = str(gold["doc"])
    for one in paired(gold, said):
        for reason in one.said["reasons"] if one.said else ():
            if "score" not in reason:
                continue
            name = field_name(reason["field"], reason["hand"])
            if reason["field"] == "type":
                if reason is one.said["reasons"][0]:
                    yield Sample(doc, name, one.said["confidence"], one.typed)
            elif one.typed and one.gold and one.said:
                right = _right(one.gold, one.said, reason)
                if right is not None:
                    yield Sample(doc, name, reason["score"], right)


def _right(gold: Row, said: Row, reason: Row) -> bool | None:
    """Return whether a field is right; None where gold cannot tell."""
    name = reason["field"]
    if name == "modality":
        return bool(gold["modality"] == said["modality"])
    if name == "modes":
        # The reason ends in the mode it is for.
        return reason["because"].rpartition(" ")[2] in (gold.get("modes") or ())
    if name == "relay":
        name = "speaker"
    if name not in ROLES or "span" not in reason:
        return None
    true = texts.spans(gold, ROLES[name])
    held = gold.get(ROLES[name]) or ()
    elsewhere = any(not p.get("span") for p in held if isinstance(p, Mapping))
    start, end = reason["span"][:2]
    right = any(a < end and start < b for a, b in true)
    # A speaker named in another sentence may be this one or not.
    return None if elsewhere and not right else right


def fit(found: Iterable[Sample]) -> dict[str, Knots]:
    """Return for each field with samples enough a monotone map of its scores."""
    rows: dict[str, list[Point]] = defaultdict(list)
    for sample in found:
        rows[sample.field].append((sample.score, sample.right))
    return {
        name: (isotonic if len(points) >= MANY else platt)(points)
        for name, points in sorted(rows.items())
        if len(points) >= FEW
    }


def isotonic(points: Iterable[Point]) -> Knots:
    """Return the best rising steps, by pool-adjacent-violators (Ayer and others 1955), as knots.

    A step begins as some samples of like scores, one right and one wrong added to each so that no
    chance is 0 or 1; steps that fall are pooled with the ones before.
    """
    steps: list[tuple[float, float, float]] = []  # mean score, chance, weight
    for group in _steps(sorted(points)):
        size = len(group)
        step = (
            sum(score for score, _ in group) / size,
            (sum(right for _, right in group) + 1) / (size + 2),
            float(size),
        )
        while steps and steps[-1][1] >= step[1]:
            step = _pooled(steps.pop(), step)
        steps.append(step)
    return tuple((round(score, 4), round(chance, 4)) for score, chance, _ in steps)


def _steps(points: Sequence[Point]) -> Iterator[list[Point]]:
    """Yield samples in groups of STEP or more, those of one score together."""
    held: list[Point] = []
    left = len(points)
    for _, same in groupby(points, key=lambda p: p[0]):
        group = list(same)
        held += group
        left -= len(group)
        if len(held) >= STEP and (left >= STEP or not left):
            yield held
            held = []
    if held:
        yield held


def _pooled(
    one: tuple[float, float, float], other: tuple[float, float, float]
) -> tuple[float, float, float]:
    weight = one[2] + other[2]
    score, chance = ((one[k] * one[2] + other[k] * other[2]) / weight for k in (0, 1))
    return score, chance, weight


def platt(points: Sequence[Point]) -> Knots:
    """Return a logistic curve over the log odds of the scores, as knots where the scores lie.

    Fitted by Newton's method with Platt's smoothed targets; a curve that falls is level instead.
    """
    xs = [logit(score) for score, _ in points]
    right = sum(r for _, r in points)
    high, low = (right + 1) / (right + 2), 1 / (len(points) - right + 2)
    ys = [high if r else low for _, r in points]
    slope, shift = _logistic(xs, ys) if len(set(xs)) > 1 else (0.0, 0.0)
    if slope <= 0:
        slope, shift = 0.0, logit((right + 1) / (len(points) + 2))
    scores = sorted({score for score, _ in points})
    kept = scores[:: max(1, len(scores) // 8)] + scores[-1:]
    return tuple((x, round(sigmoid(slope * logit(x) + shift), 4)) for x in dict.fromkeys(kept))


def _logistic(xs: Sequence[float], ys: Sequence[float]) -> tuple[float, float]:
    slope = shift = 0.0
    for _ in range(30):
        ps = [sigmoid(slope * x + shift) for x in xs]
        gaps = [y - p for y, p in zip(ys, ps, strict=True)]
        weights = [p * (1 - p) for p in ps]
        # A grain of ridge keeps the step finite where the classes part cleanly.
        a = sum(w * x * x for w, x in zip(weights, xs, strict=True)) + 1e-3
        b = sum(w * x for w, x in zip(weights, xs, strict=True))
        c = sum(weights) + 1e-3
        g = sum(d * x for d, x in zip(gaps, xs, strict=True)) - 1e-3 * slope
        h = sum(gaps)
        rest = a * c - b * b
        slope, shift = slope + (c * g - b * h) / rest, shift + (a * h - b * g) / rest
    return slope, shift


def applied(found: Iterable[Sample], maps: Mapping[str, Knots]) -> list[Sample]:
    """Return samples with calibrated scores."""
    return [
        replace(s, score=between(maps[s.field], s.score)) if s.field in maps else s for s in found
    ]


def crossed(found: Sequence[Sample]) -> list[Sample]:
    """Return samples calibrated by maps that were fitted without their articles."""
    out: list[Sample] = []
    for fold in range(FOLDS):
        rest = fit(s for s in found if _fold(s.doc) != fold)
        out += applied((s for s in found if _fold(s.doc) == fold), rest)
    return out


def _fold(doc: str) -> int:
    # The last digit of this number says that an article is held back.
    return zlib.crc32(doc.encode()) // 10 % FOLDS


def bins(found: Iterable[Sample]) -> list[Bin]:
    """Return the samples in bins of equal width by score, empty ones left out."""
    held: dict[int, list[Sample]] = defaultdict(list)
    for sample in found:
        held[min(int(sample.score * BINS), BINS - 1)].append(sample)
    return [
        Bin(
            len(rows),
            sum(s.score for s in rows) / len(rows),
            sum(s.right for s in rows) / len(rows),
        )
        for _, rows in sorted(held.items())
    ]


def ece(found: Sequence[Sample]) -> float:
    """Return the expected calibration error: how far score and share right lie apart, on average.

    Naeini and others 2015, with ten bins of equal width.
    """
    return sum(b.number * abs(b.score - b.right) for b in bins(found)) / max(1, len(found))


def brier(found: Sequence[Sample]) -> float:
    """Return the mean squared distance of the scores from what happened (Brier 1950)."""
    return sum((s.score - s.right) ** 2 for s in found) / max(1, len(found))


def table(found: Sequence[Sample], after: Sequence[Sample]) -> Iterator[str]:
    """Yield a line for each field: samples, share right, ECE and Brier score before and after."""
    yield f"{'field':22}{'samples':>8}{'right':>8}{'ECE':>8}{'after':>8}{'Brier':>8}{'after':>8}"
    for name in sorted({s.field for s in found}):
        old, new = ([s for s in side if s.field == name] for side in (found, after))
        right = sum(s.right for s in old) / len(old)
        values = (right, ece(old), ece(new), brier(old), brier(new))
        yield f"{name:22}{len(old):>8}" + "".join(f"{v:>8.3f}" for v in values)


def render(model: str, maps: Mapping[str, Knots]) -> str:
    """Return the text of a calibration file."""
    lines = ["# Written by `make calibrate`; never by hand. For each field: score, chance of being"]
    lines += ["# right. What a rule fills has a row of its own.", f'model = "{model}"']
    lines += ["", "[knots]"]
    for name, knots in maps.items():
        row = ", ".join(f"[{x:g}, {y:g}]" for x, y in knots)
        lines.append(f'"{name}" = [{row}]')
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit, show, write; a file of rows that is absent is skipped with a message."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("rows", type=Path, help="a file of rows annotated with claims")
    parser.add_argument("--model", type=Path, help="a folder with model.toml, else ours")
    parser.add_argument("--out", type=Path, help="where to write; else beside the model's files")
    parser.add_argument("--threads", type=int, default=0, help="threads of the network, 0 for all")
    options = parser.parse_args(arguments)
    if not options.rows.exists():
        sys.stderr.write(f"rows: {options.rows} is absent, skipped\n")
        return 0
    try:
        model = artefact.load(options.model)
        coder = raw(open_coder(model=options.model, threads=options.threads))
    except TocsinError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    gold = texts.held(options.rows)
    said = texts.code(coder, gold)
    found = [s for g in gold if g["doc"] in said for s in samples(g, said[g["doc"]])]
    print("\n".join(table(found, crossed(found))))
    out = options.out or model.folder / FILE
    out.write_text(render(model.digest, fit(found)), "utf8")
    print(f"written to {out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
