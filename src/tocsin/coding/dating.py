"""When a claim happens: its time expression, read in the tense of the verb that governs it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from tocsin.coding import times
from tocsin.coding.days import Period, Tense
from tocsin.coding.scene import Scene
from tocsin.coding.syntax import span_at
from tocsin.coding.tense import governing
from tocsin.coding.times import Meaning
from tocsin.records.claim import Interval
from tocsin.records.reading import Edge

# Types whose dates may be deadlines.
DATED = frozenset({"THREATEN", "REQUEST", "AGREE", "REJECT"})
HAPPENED = frozenset({"actual", "negated"})
AHEAD = frozenset({"future", "requested", "conditional"})
# A weekday whose apostrophe was lost: "Thursdays attack"; "on Thursdays" is a habit.
LOST = re.compile(r"(?<!\bon )\b((?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)s$")
# How many words an expression that was cut short may go on.
CUT = 3


def date(scene: Scene, edges: Sequence[Edge], mood: str) -> tuple[Interval, str] | None:
    """Return the days of a claim and why; an interval without days where none can be told.

    Of several expressions the first that means days counts; one that was cut short is tried with
    its next words.
    """
    lost = None
    for edge in edges:
        if edge.role != "date":
            continue
        sentence = scene.trees[edge.sentence].s
        for end in range(edge.end, min(edge.end + CUT, len(sentence) + 1)):
            meaning = _meaning(scene, edge, end, mood)
            span = span_at(scene.article.text, sentence, edge.start, end)
            if meaning.start or meaning.end:
                days = Interval(meaning.start, meaning.end, span, meaning.precision)
                return days, meaning.because
            lost = lost or (Interval(None, None, span), meaning.because)
    return lost


def deadline(scene: Scene, edges: Sequence[Edge], kind: str) -> Interval | None:
    """Return the interval in which a threat or demand wants to be met, where one is stated."""
    if kind not in DATED:
        return None
    for edge in edges:
        if edge.role == "date":
            span = span_at(scene.article.text, scene.trees[edge.sentence].s, edge.start, edge.end)
            found = times.deadline(span.quote, scene.anchor)
            if found is not None:
                return Interval(found[0], found[1], span)
    return None


def _meaning(scene: Scene, edge: Edge, end: int, mood: str) -> Meaning:
    """Return what words mean, told times of the text brought in only where they hang on one."""
    tree = scene.trees[edge.sentence]
    words = LOST.sub(r"\1", times.joined(tree.s.forms[edge.start : end]))
    side, sure = _side(governing(tree, edge.start), mood)
    alone = times.read(words, scene.anchor, tense=side, sure=sure)
    if alone.start or alone.end or not _told(scene, edge):
        return alone
    return times.read(words, scene.anchor, tense=side, told=_told(scene, edge), sure=sure)


def _side(tense: Tense, mood: str) -> tuple[Tense, bool]:
    """Return which way an expression looks, and whether that is sure.

    What happened lies behind though its verb looks ahead: "failed to attend on March 15".
    """
    if mood in AHEAD:
        return "future", True
    if mood in HAPPENED:
        return "past", tense == "past"
    return ("future", False) if tense == "near" else (tense, True)


def _told(scene: Scene, edge: Edge) -> tuple[Period, ...]:
    """Return the times told before an expression, the nearest last."""
    if scene.times is None:
        forms = [tree.s.forms for tree in scene.trees]
        found = times.scan(forms, scene.anchor)
        scene.times = [(n, start, m.period) for n, start, _, m in found if m.period]
    before = bisect_left(scene.times, (edge.sentence, edge.start), key=_where)
    return tuple(period for *_, period in scene.times[max(0, before - times.KEPT) : before])


def _where(told: tuple[int, int, Period]) -> tuple[int, int]:
    return told[:2]
