"""What the network's numbers mean; pure functions of arrays, so every floor can be tested."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tocsin.neural.artefact import Artefact

Floats = NDArray[np.float32]

# Below this chance of being a trigger a word is not proposed; the lexicon may still find it.
PROPOSE = 0.08
# The same for reporting cues.
TELL = 0.2
TYPES_KEPT = 4
# Modes are rare and their chances low; the coder keeps those above its own floor.
MODE = 0.1
# A word with this chance of a role is marked for it; the coder's vote drops most of them.
MARK = 0.1


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that may express a claim, in window positions, with the scores of each reading."""

    start: int
    end: int
    types: tuple[tuple[str, float], ...]
    modality: tuple[tuple[str, float], ...]
    modes: tuple[tuple[str, float], ...]
    outcome: tuple[tuple[str, float], ...]
    edges: tuple[tuple[str, int, int, float], ...]
    parent: int | None
    parent_score: float


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that may put others in somebody's mouth, in window positions, with source, content."""

    start: int
    end: int
    score: float
    edges: tuple[tuple[str, int, int, float], ...]


def softmax(x: Floats) -> Floats:
    """Return probabilities along the last axis."""
    e = np.exp(x - x.max(-1, keepdims=True))
    out: Floats = e / e.sum(-1, keepdims=True)
    return out


def sigmoid(x: Floats) -> Floats:
    """Return probabilities, one by one."""
    # By way of tanh: exp overflows, with a warning, below -88.
    out: Floats = 0.5 * (1.0 + np.tanh(0.5 * x))
    return out


def part(art: Artefact, outputs: Floats, name: str) -> Floats:
    """Return the columns of the outputs [N, K] that a head owns."""
    start, end = art.layout[name]
    return outputs[:, start:end]


def arcs(art: Artefact, outputs: Floats) -> Floats:
    """Return [word, head] scores; the diagonal scores being the root."""
    dep, head = part(art, outputs, "arc_dep"), part(art, outputs, "arc_head")
    out: Floats = np.matmul(dep @ art.pairs["arc"] + art.pairs["arc_bias"], head.T)
    return out


def relations(art: Artefact, outputs: Floats, heads: Sequence[int]) -> list[str]:
    """Return each word's relation to its head; the root is its own head here."""
    dep = _one(part(art, outputs, "rel_dep"))
    head = _one(part(art, outputs, "rel_head"))[np.asarray(heads)]
    weight = art.pairs["rel"]
    d, r, e = weight.shape
    half = (dep @ weight.reshape(d, r * e)).reshape(len(dep), r, e)
    best = np.matmul(half, head[:, :, None])[:, :, 0].argmax(1)
    names = art.labels["rel"]
    return [names[k] for k in best]


def choices(art: Artefact, outputs: Floats, name: str) -> list[str]:
    """Return each word's most likely label of one head."""
    names = art.labels[name]
    return [names[k] for k in part(art, outputs, name).argmax(1)]


def spans(tags: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, label) of BIO tags; a stray I begins a span of its own."""
    start, label = -1, ""
    for i, tag in enumerate([*tags, "O"]):
        if start >= 0 and tag != f"I-{label}":
            yield start, i, label
            start = -1
        if tag != "O" and start < 0:
            start, label = i, tag[2:]


def triggers(art: Artefact, outputs: Floats) -> list[Trigger]:
    """Return every proposed trigger of a window, in order, with all its scores."""
    chances = softmax(part(art, outputs, "type"))
    inside, begins = chances[:, 1], chances[:, 2:].sum(1)
    starts = [int(i) for i in np.flatnonzero(begins >= PROPOSE) if begins[i] >= inside[i] * 0.5]
    found = [(i, _end(i, inside, begins)) for i in starts]
    if not found:
        return []
    event = part(art, outputs, "event")
    vectors = np.stack([event[a:b].mean(0) for a, b in found])
    modality = softmax(_linear(art, vectors, "modality"))
    outcome = softmax(_linear(art, vectors, "outcome"))
    modes = sigmoid(_linear(art, vectors, "mode"))
    roles = _bilinear(vectors, art.pairs["role"], part(art, outputs, "word"))
    links = sigmoid(_bilinear(vectors, art.pairs["parent"], event)[..., 0])
    parents = [_parent(row, [a for a, _ in found], t) for t, row in enumerate(links)]
    return [
        Trigger(
            start=a,
            end=b,
            types=_top(chances[a, 2:], art.labels["type"][2:], TYPES_KEPT),
            modality=_top(modality[t], art.labels["modality"], 3),
            modes=tuple(x for x in _top(modes[t], art.labels["mode"], 6) if x[1] >= MODE),
            outcome=_top(outcome[t], art.labels["outcome"], 1),
            edges=tuple(_edges(roles[t], art.labels["role"])),
            parent=parents[t][0],
            parent_score=parents[t][1],
        )
        for t, (a, b) in enumerate(found)
    ]


def cues(art: Artefact, outputs: Floats) -> list[Cue]:
    """Return every proposed reporting cue of a window, in order, with its source and content."""
    chances = softmax(part(art, outputs, "cue"))
    begins, inside = chances[:, 1], chances[:, 2]
    starts = [int(i) for i in np.flatnonzero(begins >= TELL) if begins[i] >= inside[i] * 0.5]
    found = [(i, _end(i, inside, begins)) for i in starts]
    if not found:
        return []
    event = part(art, outputs, "event")
    vectors = np.stack([event[a:b].mean(0) for a, b in found])
    roles = _bilinear(vectors, art.pairs["telling"], part(art, outputs, "word"))
    return [
        Cue(a, b, round(float(begins[a]), 4), tuple(_edges(roles[t], art.labels["telling"])))
        for t, (a, b) in enumerate(found)
    ]


def _end(start: int, inside: Floats, begins: Floats) -> int:
    end = start + 1
    while end < len(inside) and inside[end] > max(0.5, begins[end]):
        end += 1
    return end


def _parent(links: Floats, starts: Sequence[int], own: int) -> tuple[int | None, float]:
    """Return the other trigger that holds this one as its content, if one may, and the score."""
    others = [k for k in range(len(starts)) if k != own]
    best = max(others, key=lambda k: float(links[starts[k]]), default=None)
    score = float(links[starts[best]]) if best is not None else 0.0
    return best if score >= 0.3 else None, round(score, 4)


def _edges(logits: Floats, roles: Sequence[str]) -> Iterator[tuple[str, int, int, float]]:
    """Yield (role, start, end, score) of the word runs that each role's tags mark."""
    table = softmax(logits.reshape(len(logits), len(roles), 3))
    inside = table[:, :, 0] < 1 - MARK
    begins = table[:, :, 1] > table[:, :, 2]
    for k, role in enumerate(roles):
        if not inside[:, k].any():
            continue
        marks = [
            ("B-x" if first else "I-x") if there else "O"
            for there, first in zip(inside[:, k].tolist(), begins[:, k].tolist(), strict=True)
        ]
        for start, end, _ in spans(marks):
            yield role, start, end, round(float(1 - table[start:end, k, 0].mean()), 4)


def _top(row: Floats, names: Sequence[str], most: int) -> tuple[tuple[str, float], ...]:
    order = np.argsort(-row, kind="stable")[:most]
    return tuple((names[k], round(float(row[k]), 4)) for k in order)


def _linear(art: Artefact, vectors: Floats, name: str) -> Floats:
    out: Floats = np.matmul(vectors, art.pairs[f"{name}.weight"].T)
    return out + art.pairs[f"{name}.bias"]


def _bilinear(left: Floats, weight: Floats, right: Floats) -> Floats:
    """Return [T, N, R] for left [T, d], right [N, e] under weight [d+1, R, e+1]."""
    d, r, e = weight.shape
    half = (_one(left) @ weight.reshape(d, r * e)).reshape(-1, e)
    out: Floats = np.matmul(half, _one(right).T)
    return out.reshape(len(left), r, len(right)).transpose(0, 2, 1)


def _one(x: Floats) -> Floats:
    return np.concatenate([x, np.ones((len(x), 1), dtype=np.float32)], axis=1)
