"""Text with marks around some of its characters, where marks may lie across each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from tocsin.export.markup import Markup, opened, text

# Lines under marks further in than this coincide.
DEEPEST = 5


@dataclass(frozen=True, slots=True)
class Tag:
    """A mark from one character to another: its id, its classes, the layer it is shown in."""

    start: int
    end: int
    id: str
    classes: tuple[str, ...]
    layer: str


def weave(
    words: str, start: int, end: int, tags: Iterable[Tag], notes: Mapping[int, Markup]
) -> Markup:
    """Return a text's characters from start to end, marked, with notes behind some of them.

    Elements must nest and marks need not: of two that lie across each other the later one is
    closed where the earlier one ends, and goes on behind it without its id. The pieces share the
    id as their `data-mark`.
    """
    own = sorted(
        (t for t in tags if t.start < end and start < t.end), key=lambda t: (t.start, -t.end, t.id)
    )
    bounds = {start, end, *(t.start for t in own), *(t.end for t in own), *notes}
    out: list[str] = []
    held: Sequence[Tag] = ()
    for at, after in pairwise(sorted(b for b in bounds if start <= b <= end)):
        wanted = [t for t in own if t.start <= at and after <= t.end]
        kept = _shared(held, wanted)
        out += ["</mark>"] * (len(held) - kept)
        if at in notes:
            out.append(notes[at])
        out += [_opened(tag, wanted[:k], at) for k, tag in enumerate(wanted) if k >= kept]
        out.append(text(words[at:after]))
        held = wanted
    out += ["</mark>"] * len(held)
    if end in notes:
        out.append(notes[end])
    return Markup("".join(out))


def _shared(held: Sequence[Tag], wanted: Sequence[Tag]) -> int:
    """Return how many open marks, from the outermost on, stay open."""
    pairs = zip(held, wanted, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] is pair[1], pairs))


def _opened(tag: Tag, around: Sequence[Tag], at: int) -> Markup:
    depth = min(sum(t.layer == tag.layer for t in around), DEEPEST)
    first = at == tag.start
    more = () if first else ("more",)
    return opened(
        "mark",
        id=tag.id if first else None,
        class_=" ".join((tag.layer, *tag.classes, f"d{depth}", *more)),
        data_mark=tag.id,
    )
