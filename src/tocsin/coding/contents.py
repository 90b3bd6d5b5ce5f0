"""How far a content reaches: what the network marks, mended by the tree and by who says it."""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.coding.said import Words
from tocsin.coding.syntax import Tree, trimmed

# What begins a clause that is said: before it stands at most who is told.
OPENING = frozenset({"that", "whether", "if", "how", "why"})


def mended(tree: Tree, content: Words, cue: Words, source: Words | None) -> Words:
    """Return a content of the cue's own sentence from its conjunction to the end of its phrase.

    Neither the cue nor its source nor who is told is a part of it, unless they interrupt it.
    """
    frame = [cue] if source is None else [cue, source]
    start, end = _apart(content, frame)
    if start >= cue[1]:
        start = _opened(tree, start, end, cue)
        end = _ended(tree, start, end, frame)
    return trimmed(tree, range(start, end)) or content


def _apart(content: Words, frame: Sequence[Words]) -> Words:
    """Return a content without the cue and source at its end or its beginning."""
    start, end = content
    first, last = min(a for a, _ in frame), max(b for _, b in frame)
    close = last - first <= sum(b - a for a, b in frame) + 2
    if close and start < first < end <= last:
        end = first
    elif close and first <= start < last < end:
        start = last
    return start, end


def _opened(tree: Tree, start: int, end: int, cue: Words) -> int:
    """Return where a clause begins: at its conjunction, behind who is told it."""
    if start > cue[1] and tree.lower[start - 1] in OPENING and tree.s.rels[start - 1] == "mark":
        return start - 1
    for child in tree.children[tree.head(*cue)]:
        if tree.s.rels[child] in ("iobj", "obj"):
            first, last = tree.reach(child)
            if first <= start < last < end and tree.lower[last] in OPENING:
                return last
    return start


def _ended(tree: Tree, start: int, end: int, frame: Sequence[Words]) -> int:
    """Return where a phrase ends that was broken off in its middle."""
    if end >= len(tree.s) or "PUNCT" in (tree.s.upos[end - 1], tree.s.upos[end]):
        return end
    reach = tree.reach(tree.head(start, end))[1]
    if reach <= end or any(a < reach and end < b for a, b in frame):
        return end
    # Whatever hangs on the phrase behind a comma is more than was broken off.
    return next((k for k in range(end, reach) if tree.s.upos[k] == "PUNCT"), reach)
