"""Articles whose events are annotated, spelled out from the tokens that corpora keep them in."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluation.align import Span
from tocsin.records.article import Article

# Tokens that stand close to the word before them, and to the one behind them.
CLOSE = frozenset({
    ".", ",", ";", ":", "?", "!", ")", "]", "}", "%", "''", "'s", "’s", "n't", "'", "’",
    "'re", "'ve", "'ll", "'d", "'m",
})  # fmt: skip
OPEN = frozenset({"(", "[", "{", "$", "``", "#"})
SPELLED = {"``": '"', "''": '"', "-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]"}


@dataclass(frozen=True, slots=True)
class Mark:
    """An annotated mention: its characters, the event it is of, the class that annotators gave."""

    span: Span
    event: str
    kind: str


@dataclass(frozen=True, slots=True)
class Marked:
    """An article with its annotated mentions in text order, and the topic that it belongs to."""

    article: Article
    topic: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Token:
    """A token of a corpus file: its sentence there and its characters."""

    sentence: int
    form: str


@dataclass(frozen=True, slots=True)
class File:
    """What a CAT file holds: tokens, markables with tag and attributes, links to their targets.

    `anchors` are the tokens of a markable; one without is an instance, `source` to `target`.
    """

    name: str
    tokens: dict[str, Token]
    markables: dict[str, tuple[str, dict[str, str], tuple[str, ...]]]
    links: tuple[tuple[str, str, str, tuple[str, ...]], ...]


def read(path: Path) -> File:
    """Return a file in the format of the tools CAT and CROMER."""
    root = ET.parse(path).getroot()  # noqa: S314 - corpora are local and trusted
    tokens = {
        node.get("t_id", ""): Token(int(node.get("sentence", "0")), node.text or "")
        for node in root.iter("token")
    }
    markables = {
        node.get("m_id", ""): (
            node.tag,
            dict(node.attrib),
            tuple(a.get("t_id", "") for a in node.iter("token_anchor")),
        )
        for node in root.iterfind("Markables/*")
    }
    links = tuple(
        (
            node.tag,
            node.get("r_id", ""),
            next((t.get("m_id", "") for t in node.iter("target")), ""),
            tuple(s.get("m_id", "") for s in node.iter("source")),
        )
        for node in root.iterfind("Relations/*")
    )
    return File(path.stem, tokens, markables, links)


def spelled(tokens: Iterable[tuple[str, Token]]) -> tuple[str, dict[str, Span]]:
    """Return tokens as text, a line a sentence, and the characters of each by its name."""
    text, spans, sentence, before = "", {}, None, ""
    for name, token in tokens:
        form = SPELLED.get(token.form, token.form)
        if sentence is not None and token.sentence != sentence:
            text += "\n"
        elif text and token.form not in CLOSE and before not in OPEN:
            text += " "
        spans[name] = len(text), len(text) + len(form)
        text, sentence, before = text + form, token.sentence, token.form
    return text, spans


def events(file: File, tags: Iterable[str], relations: Sequence[str]) -> dict[str, str]:
    """Return the event that each mention with one of the tags is of, by the mention's name.

    An instance is named as the corpus names it, where it does; what is linked to none is an event
    of its own.
    """
    wanted = tuple(tags)
    found: dict[str, str] = {}
    for relation, name, target, sources in file.links:
        if relation not in relations:
            continue
        known = file.markables.get(target, ("", {}, ()))[1].get("instance_id")
        for source in sources:
            found[source] = known or f"{file.name}/{relation}/{name}"
    return {
        name: found.get(name, f"{file.name}/{name}")
        for name, (tag, _, anchors) in file.markables.items()
        if anchors and tag.startswith(wanted)
    }


def marks(file: File, of: dict[str, str], spans: dict[str, Span]) -> tuple[Mark, ...]:
    """Return the mentions whose tokens are all spelled, in text order; the same words count once.

    Where the same words are marked twice, the mark that shares its event with others stays.
    """
    shared: dict[str, int] = defaultdict(int)
    for event in of.values():
        shared[event] += 1
    best: dict[Span, tuple[bool, Mark]] = {}
    for name, event in sorted(of.items()):
        tag, _, anchors = file.markables[name]
        if not all(a in spans for a in anchors):
            continue
        places = [spans[a] for a in anchors]
        span = min(places)[0], max(end for _, end in places)
        own = not event.startswith(file.name), Mark(span, event, tag)
        if span not in best or own[0] > best[span][0]:
            best[span] = own
    return tuple(mark for _, (_, mark) in sorted(best.items()))
