"""Sentences packed into windows, and windows into batches of tensors."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import torch
from torch import Tensor

from tocsin.language.segment import words as split_words
from tocsin.neural.tokenizer import SHAPES, Pieces, shape
from training.corpora import FRAME_ROLES, TELLING_ROLES, Frame, Sentence
from training.labels import Labels

IGNORE = -100
LOWER, UPPER = SHAPES.index("lower"), SHAPES.index("upper")
PER_WORD = ("upos", "feats", "lemma", "name", "type", "cue", "head", "rel")


@dataclass(slots=True)
class Window:
    """Consecutive sentences of one article, as numbers."""

    ids: list[int] = field(default_factory=list)
    shapes: list[int] = field(default_factory=list)
    first: list[int] = field(default_factory=list)
    sentence: list[int] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    tags: dict[str, list[int]] = field(default_factory=lambda: {k: [] for k in PER_WORD})
    claims: list[Frame] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)
    tellings: list[Frame] = field(default_factory=list)
    annotated: list[bool] = field(default_factory=list)


class Packer:
    """Packs sentences into windows of at most so many pieces."""

    def __init__(self, pieces: Pieces, labels: Labels) -> None:
        self.pieces, self.labels = pieces, labels

    def windows(
        self, sentences: Iterable[Sentence], *, most: int, chance: random.Random | None = None
    ) -> Iterator[Window]:
        """Yield windows; with `chance`, of varied size, and now and then without their case."""
        window, doc, room = Window(), None, most
        for sentence in sentences:
            size = sum(len(p) for p in self.pieces.ids(sentence.words)) + 1
            full = len(window.ids) + size > room
            if window.words and (full or sentence.doc != doc or sentence.lone):
                yield _settled(window)
                window = Window()
                room = chance.randint(8, most) if chance and chance.random() < 0.5 else most
            self._add(window, sentence, chance)
            doc = sentence.doc
        if window.words:
            yield _settled(window)

    def _add(self, window: Window, sentence: Sentence, chance: random.Random | None) -> None:
        base, number = len(window.words), max(window.sentence, default=-1) + 1
        if not window.ids:
            window.ids.append(self.pieces.start)
            window.shapes.append(0)
        shapes = [shape(w) for w in sentence.words]
        if chance and (roll := chance.random()) < 0.08:
            case = LOWER if roll < 0.04 else UPPER
            shapes = [case if s in range(1, 6) else s for s in shapes]
        for ids, form in zip(self.pieces.ids(sentence.words), shapes, strict=True):
            window.first.append(len(window.ids))
            window.ids.extend(ids)
            window.shapes.extend([form] * len(ids))
        window.ids.append(self.pieces.stop)
        window.shapes.append(0)
        window.words.extend(sentence.words)
        window.sentence.extend([number] * len(sentence.words))
        window.annotated.extend([sentence.claims is not None] * len(sentence.words))
        self._tag(window, sentence, base)

    def _tag(self, window: Window, sentence: Sentence, base: int) -> None:
        blank = [IGNORE] * len(sentence.words)
        for name, values in (
            ("upos", sentence.upos), ("feats", sentence.feats), ("lemma", sentence.lemmas),
            ("name", sentence.names), ("rel", sentence.rels),
        ):  # fmt: skip
            window.tags[name] += self.labels.index(name, values) if values else blank
        heads = sentence.heads
        window.tags["head"] += [h + base for h in heads] if heads else blank
        window.tags["type"] += (
            _trigger_tags(sentence, self.labels) if sentence.claims is not None else blank
        )
        told = sentence.tellings
        window.tags["cue"] += _cue_tags(sentence, self.labels) if told is not None else blank
        first = len(window.claims)
        window.claims += [_moved(c, base, first) for c in sentence.claims or ()]
        window.frames += [_moved(f, base, 0) for f in sentence.frames or ()]
        window.tellings += [_moved(t, base, 0) for t in told or ()]


def _trigger_tags(sentence: Sentence, labels: Labels) -> list[int]:
    tags = ["O"] * len(sentence.words)
    for claim in sorted(sentence.claims or (), key=lambda c: c.start):
        if all(t == "O" for t in tags[claim.start : claim.end]):
            tags[claim.start : claim.end] = [str(claim.type)] + ["I"] * (
                claim.end - claim.start - 1
            )
    return labels.index("type", tags)


def _cue_tags(sentence: Sentence, labels: Labels) -> list[int]:
    tags = ["O"] * len(sentence.words)
    for cue in sentence.tellings or ():
        tags[cue.start : cue.end] = ["B"] + ["I"] * (cue.end - cue.start - 1)
    return labels.index("cue", tags)


def _moved(frame: Frame, base: int, first: int) -> Frame:
    """Return a frame in window positions."""
    return replace(
        frame,
        start=frame.start + base,
        end=frame.end + base,
        roles=tuple((r, a + base, b + base) for r, a, b in frame.roles),
        content_of=None if frame.content_of is None else frame.content_of + first,
    )


def _settled(window: Window) -> Window:
    """Return a whole window, people named elsewhere looked for in its other sentences."""
    window.claims = [_found(claim, window) if claim.elsewhere else claim for claim in window.claims]
    window.tellings = [_found(t, window) if t.elsewhere else t for t in window.tellings]
    return window


def _found(claim: Frame, window: Window) -> Frame:
    """Return a frame with the roles of words that other sentences of its window have."""
    own = window.sentence[claim.start]
    begin = window.sentence.index(own)
    end = begin + window.sentence.count(own)
    roles, missing = list(claim.roles), []
    for role, name in claim.elsewhere:
        before = _occurrences(name, window.words[:begin])
        after = _occurrences(name, window.words[end:])
        if before:
            roles.append((role, *before[-1]))
        elif after:
            roles.append((role, after[0][0] + end, after[0][1] + end))
        else:
            missing.append((role, name))
    return replace(claim, roles=tuple(roles), elsewhere=tuple(missing))


def _occurrences(name: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Return where a name stands whole, else where its last word does."""
    parts = [name[a:b] for a, b in split_words(name)]
    for want in (parts, parts[-1:]):
        size = len(want)
        found = [k for k in range(len(words) - size + 1) if list(words[k : k + size]) == want]
        if found:
            return [(k, k + size) for k in found]
    return []


@dataclass(frozen=True, slots=True)
class Batch:
    """Tensors of several windows; word labels are [B, N], role labels [T, N, R]."""

    windows: Sequence[Window]
    ids: Tensor
    shapes: Tensor
    first: Tensor
    sentence: Tensor
    tags: dict[str, Tensor]
    claim_span: Tensor
    claim_roles: Tensor
    claim_parent: Tensor
    modality: Tensor
    modes: Tensor
    outcome: Tensor
    frame_span: Tensor
    frame_roles: Tensor
    telling_span: Tensor
    telling_roles: Tensor


def batches(
    windows: list[Window], labels: Labels, *, size: int, chance: random.Random
) -> Iterator[Batch]:
    """Yield batches of about `size` pieces, windows of like length together, in random order."""
    order = sorted(windows, key=lambda w: len(w.ids) + chance.randint(0, 8))
    groups: list[list[Window]] = [[]]
    for window in order:
        if groups[-1] and (len(groups[-1]) + 1) * len(window.ids) > size:
            groups.append([])
        groups[-1].append(window)
    chance.shuffle(groups)
    for group in groups:
        yield collate(group, labels)


def collate(windows: Sequence[Window], labels: Labels) -> Batch:
    """Return one batch of the windows, padded to the longest."""
    length = max(len(w.ids) for w in windows)
    count = max(len(w.words) for w in windows)

    def pad(rows: Iterable[list[int]], size: int, fill: int) -> Tensor:
        return torch.tensor([r + [fill] * (size - len(r)) for r in rows])

    claims = [(b, c) for b, w in enumerate(windows) for c in w.claims]
    frames = [(b, f) for b, w in enumerate(windows) for f in w.frames]
    tellings = [(b, f) for b, w in enumerate(windows) for f in w.tellings]
    return Batch(
        windows=windows,
        ids=pad((w.ids for w in windows), length, 0),
        shapes=pad((w.shapes for w in windows), length, 0),
        first=pad((w.first for w in windows), count, 0),
        sentence=pad((w.sentence for w in windows), count, -1),
        tags={k: pad((w.tags[k] for w in windows), count, IGNORE) for k in PER_WORD},
        claim_span=torch.tensor([[b, c.start, c.end] for b, c in claims]).view(-1, 3),
        claim_roles=_role_tensor(claims, windows, count, labels.role),
        claim_parent=_parents(claims, windows, count),
        modality=torch.tensor(labels.index("modality", [str(c.modality) for _, c in claims])),
        modes=_modes(claims, labels),
        outcome=torch.tensor(labels.index("outcome", [c.outcome or "none" for _, c in claims])),
        frame_span=torch.tensor([[b, f.start, f.end] for b, f in frames]).view(-1, 3),
        frame_roles=_role_tensor(frames, windows, count, FRAME_ROLES),
        telling_span=torch.tensor([[b, f.start, f.end] for b, f in tellings]).view(-1, 3),
        telling_roles=_role_tensor(tellings, windows, count, TELLING_ROLES),
    )


def _role_tensor(
    frames: Sequence[tuple[int, Frame]], windows: Sequence[Window], count: int, roles: Sequence[str]
) -> Tensor:
    """Return [T, N, R] of 0 outside, 1 begins, 2 inside, -100 where nothing is known."""
    out = torch.zeros(len(frames), count, len(roles), dtype=torch.long)
    for t, (b, frame) in enumerate(frames):
        out[t, len(windows[b].words) :] = IGNORE
        if frame.bare:
            out[t] = IGNORE
            continue
        for role, _ in frame.elsewhere:
            out[t, :, roles.index(role)] = IGNORE
        for role, start, end in frame.roles:
            out[t, start, roles.index(role)] = 1
            out[t, start + 1 : end, roles.index(role)] = 2
    return out


def _parents(claims: Sequence[tuple[int, Frame]], windows: Sequence[Window], count: int) -> Tensor:
    """Return [T, N]: 1 at the trigger of the claim it is the content of, 0 at others, else -100."""
    out = torch.full((len(claims), count), float(IGNORE))
    for t, (b, claim) in enumerate(claims):
        for k, other in enumerate(windows[b].claims):
            if other is not claim:
                out[t, other.start] = float(k == claim.content_of)
    return out


def _modes(claims: Sequence[tuple[int, Frame]], labels: Labels) -> Tensor:
    out = torch.zeros(len(claims), len(labels.mode))
    for t, (_, claim) in enumerate(claims):
        if claim.bare:
            out[t] = IGNORE
        for k in labels.index("mode", [f"{claim.type}:{m}" for m in claim.modes]):
            if k >= 0:
                out[t, k] = 1.0
    return out
