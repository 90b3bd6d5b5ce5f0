"""Direct speech: which quotes belong to which statement, however long they run."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tocsin.coding.quotes import Quote, holding
from tocsin.coding.said import Said, Words
from tocsin.coding.scene import Scene

# Whoever speaks in a quote says so of himself: "I think" there is no report.
OWN = frozenset({"i", "we", "you"})
# Between a quote and who says it stand at most a comma, a dash and blanks.
BESIDE = " ,—–-―\u00a0\n:;."


def own_thought(scene: Scene, said: Said, stretches: Sequence[Quote]) -> bool:
    """Return whether a statement in a quote is the quoted one's own: “I think”, “we know”."""
    if said.cue is None or said.source is None:
        return False
    tree = scene.trees[said.sentence]
    at = tree.s.offsets[said.cue[0]][0]
    first = scene.trees[said.source_sentence].lower[said.source[0]]
    return first in OWN and holding(stretches, at) is not None


def quoted(scene: Scene, told: Sequence[Said], stretches: Sequence[Quote]) -> Iterator[Said]:
    """Yield the statements, those of direct speech with all that is quoted, however long."""
    frames = [_frame(scene, said) for said in told]
    before = {k: _beside(scene, frame, stretches) for k, frame in enumerate(frames) if frame}
    claimed = {q for q in before.values() if q is not None}
    for k, said in enumerate(told):
        frame = frames[k]
        inside = frame is not None and holding(stretches, frame[0]) is not None
        if frame is None or inside:
            yield said
            continue
        ahead = list(_ahead(scene, said, frame, stretches))
        left = before[k]
        run = [left, *ahead] if left is not None else ahead
        run += _following(scene, run, frame, stretches, claimed)
        # What stands before a quote that a cue follows is no part of what it says.
        yield _widened(said, run, alone=left is not None) if run else said


def _frame(scene: Scene, said: Said) -> Words | None:
    """Return the characters from the first to the last of cue and source in one sentence."""
    if said.cue is None:
        return None
    offsets = scene.trees[said.sentence].s.offsets
    spans = [said.cue]
    if said.source is not None and said.source_sentence == said.sentence:
        spans.append(said.source)
    return min(offsets[a][0] for a, _ in spans), max(offsets[b - 1][1] for _, b in spans)


def _beside(scene: Scene, frame: Words, stretches: Sequence[Quote]) -> Quote | None:
    """Return the quote that ends right before a cue and its source."""
    text = scene.article.text
    ended = bisect_right(stretches, frame[0], key=_end)
    if not ended:
        return None
    quote = stretches[ended - 1]
    if text[quote.end : frame[0]].strip(BESIDE):
        return None
    # A quote that ends with a stop is over; a comma, a question leave room for who says it.
    if text[quote.start : quote.end].rstrip("\"”»'").endswith("."):
        return None
    return quote


def _start(quote: Quote) -> int:
    return quote.start


def _end(quote: Quote) -> int:
    return quote.end


def _ahead(scene: Scene, said: Said, frame: Words, stretches: Sequence[Quote]) -> Iterator[Quote]:
    """Yield the quote that a cue leads up to in its own sentence."""
    end = scene.trees[said.sentence].s.end
    first = bisect_left(stretches, frame[1], key=_start)
    for quote in stretches[first : bisect_left(stretches, end, first, key=_start)]:
        touched = quote.start < said.content[1] and said.content[0] < quote.end
        if touched or scene.article.text[frame[1] : quote.start].rstrip()[-1:] in (":", ","):
            yield quote
            return


def _following(
    scene: Scene,
    run: Sequence[Quote],
    frame: Words,
    stretches: Sequence[Quote],
    claimed: set[Quote],
) -> Iterator[Quote]:
    """Yield the quotes that go on after a quote's sentence with nobody else to say them."""
    if not run:
        return
    text = scene.article.text
    at = max(frame[1], run[-1].end)
    stop = _sentence_end(scene, at)
    for k in range(bisect_left(stretches, at, key=_start), len(stretches)):
        quote = stretches[k]
        own = quote.start <= stop
        gap = text[stop : quote.start] if not own else ""
        if (not own and gap.strip()) or quote in claimed:
            return
        if "\n" in gap and not _whole_paragraph(text, quote):
            return
        yield quote
        stop = max(_sentence_end(scene, quote.end - 1), quote.end)
        if text[quote.end : stop].strip(" .,!?”\"'’"):
            return


def _sentence_end(scene: Scene, at: int) -> int:
    """Return where the sentence ends that holds a character or ends right before it."""
    after = scene.sentence(at - 1)
    return scene.trees[after].s.end if after < len(scene.trees) else at


def _whole_paragraph(text: str, quote: Quote) -> bool:
    end = text.find("\n", quote.end)
    return not text[quote.end : end if end >= 0 else len(text)].strip(" .,")


def _widened(said: Said, run: Sequence[Quote], *, alone: bool) -> Said:
    """Return a statement whose content holds the quotes it leads to, or is those alone."""
    if alone:
        content = run[0].start, max(q.end for q in run)
        return replace(said, content=content, style="direct")
    touching = [q for q in run if q.start < said.content[1] and said.content[0] < q.end]
    inner = said.content if touching else (run[0].start, run[0].end)
    start = min(inner[0], *(q.start for q in run))
    end = max(inner[1], *(q.end for q in run))
    whole = start >= min(q.start for q in run)
    return replace(said, content=(start, end), style="direct" if whole else "mixed")
