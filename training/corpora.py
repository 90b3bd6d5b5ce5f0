"""Annotated corpora as sentences of one form, whatever they were annotated for."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from tocsin.language.segment import words as split_words
from tocsin.neural.lemmas import script_of
from tocsin.ontology.load import load
from tocsin.ontology.model import Ontology
from training import notation

# The articles and sentences written for this project.
OWN = Path(__file__).with_name("data")
# The roles a claim's trigger may have on words, in the order of the network's output.
CLAIM_ROLES = (
    "actor", "recipient", "speaker", "relay", "place", "date",
    "condition", "killed", "injured", "weapon", "denier",
)  # fmt: skip
# PropBank arguments kept as a second, auxiliary set of roles.
FRAME_ROLES = ("ARG0", "ARG1", "ARG2", "ARGM-TMP", "ARGM-LOC", "ARGM-ADV")
# The roles that a reporting cue has on words.
TELLING_ROLES = ("source", "content")
NAME_KINDS = {"person": "PER", "organization": "ORG", "place": "LOC"}


@dataclass(frozen=True, slots=True)
class Frame:
    """One trigger or predicate with its labelled spans, all in word positions of its sentence.

    A bare one has its type alone; nothing else about it is known.
    """

    start: int
    end: int
    roles: tuple[tuple[str, int, int], ...]
    type: str | None = None
    modality: str | None = None
    modes: tuple[str, ...] = ()
    outcome: str | None = None
    content_of: int | None = None
    elsewhere: tuple[tuple[str, str], ...] = ()
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with whatever annotation its corpus has; None means not annotated for that."""

    doc: str
    words: tuple[str, ...]
    upos: tuple[str, ...] | None = None
    feats: tuple[str, ...] | None = None
    lemmas: tuple[str, ...] | None = None
    heads: tuple[int, ...] | None = None
    rels: tuple[str, ...] | None = None
    names: tuple[str, ...] | None = None
    claims: tuple[Frame, ...] | None = None
    frames: tuple[Frame, ...] | None = None
    tellings: tuple[Frame, ...] | None = None
    lone: bool = field(default=False)


def held_back(doc: str) -> bool:
    """Return whether an article belongs to the tenth that is never trained on."""
    return zlib.crc32(doc.encode()) % 10 == 0


def treebank(path: Path) -> Iterator[Sentence]:
    """Yield the sentences of a CoNLL-U file; names only where the file marks entities."""
    text = path.read_text("utf8")
    marked = "global.Entity" in text
    doc = path.stem
    for block in text.split("\n\n"):
        lines = block.splitlines()
        doc = next((x.split("= ", 1)[1] for x in lines if x.startswith("# newdoc id")), doc)
        rows = [x.split("\t") for x in lines if re.match(r"\d+\t", x)]
        if not rows:
            continue
        forms = tuple(row[1] for row in rows)
        yield Sentence(
            doc=doc,
            words=forms,
            upos=tuple(row[3] for row in rows),
            feats=tuple(row[5] for row in rows),
            lemmas=tuple(script_of(row[1], row[2]) for row in rows),
            heads=tuple(int(row[6]) - 1 if row[6] != "0" else i for i, row in enumerate(rows)),
            rels=tuple(row[7] for row in rows),
            names=_names(rows) if marked else None,
        )


def _names(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return BIO tags of proper names, cut out of the entity mentions that hold them."""
    upos = [row[3] for row in rows]
    heads = [int(row[6]) - 1 for row in rows]
    tags = ["O"] * len(rows)
    for start, end, kind in sorted(_mentions(rows), key=lambda m: m[0] - m[1]):
        head = next((i for i in range(start, end) if not start <= heads[i] < end), start)
        proper = [i for i in range(start, end) if upos[i] == "PROPN"]
        if upos[head] != "PROPN":
            continue
        first, last = _run(rows, proper, head)
        if any(tags[i] != "O" for i in range(first, last + 1)):
            continue
        label = NAME_KINDS.get(kind, "OTH")
        tags[first : last + 1] = [f"B-{label}"] + [f"I-{label}"] * (last - first)
    return tuple(tags)


def _run(rows: Sequence[Sequence[str]], proper: list[int], head: int) -> tuple[int, int]:
    """Widen a name from its head over proper nouns and the small words that join them."""
    joins = {"of", "the", "and", "for", "-", "'s", "de", "al", "in"}
    first = last = head
    for i in sorted((i for i in proper if i < head), reverse=True):
        if all(rows[k][1].lower() in joins for k in range(i + 1, first)):
            first = i
    for i in (i for i in proper if i > head):
        if all(rows[k][1].lower() in joins for k in range(last + 1, i)):
            last = i
    return first, last


def _mentions(rows: Sequence[Sequence[str]]) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, kind) of the entity mentions written in the MISC column."""
    open_: list[tuple[str, int, str]] = []
    for i, row in enumerate(rows):
        found = re.search(r"Entity=([^|]+)", row[9])
        for part in re.findall(r"\([^()]+\)?|[^()]+\)", found.group(1)) if found else ():
            bits = part.strip("()").split("-")
            if part.startswith("("):
                open_.append((bits[0], i, bits[1] if len(bits) > 1 else "abstract"))
            if part.endswith(")"):
                at = next((k for k in reversed(range(len(open_))) if open_[k][0] == bits[0]), None)
                if at is not None:
                    _, start, kind = open_.pop(at)
                    yield start, i + 1, kind


def propbank(path: Path) -> dict[tuple[str, ...], tuple[Frame, ...]]:
    """Return the frames of a PropBank file, keyed by the words of their sentence."""
    out = {}
    for line in path.open(encoding="utf8"):
        row = json.loads(line)
        out[tuple(row["words"])] = tuple(
            Frame(
                f["pred"],
                f["pred"] + 1,
                tuple((r, a, b) for a, b, r in f["args"] if r in FRAME_ROLES),
            )
            for f in row["frames"]
        )
    return out


def with_frames(
    sentences: Iterable[Sentence], frames: dict[tuple[str, ...], tuple[Frame, ...]]
) -> Iterator[Sentence]:
    """Yield the sentences, each with its PropBank frames where there are some."""
    for sentence in sentences:
        yield replace(sentence, frames=frames.get(sentence.words))


def news(path: Path) -> Iterator[Sentence]:
    """Yield the sentences of a file of rows annotated with claims (`text`, `doc`, `claims`)."""
    for line in path.open(encoding="utf8"):
        row = json.loads(line)
        spans = split_words(row["text"])
        if not spans:
            continue
        lone = "unrelated" in row.get("source", "")
        yield Sentence(
            doc=row["doc"],
            words=tuple(row["text"][a:b] for a, b in spans),
            claims=tuple(_claim(c, spans) for c in row["claims"]),
            lone=lone,
        )


def annotated(rows: Path, own: Path = OWN, *, lexicon: bool = True) -> Iterator[Sentence]:
    """Yield every sentence annotated with claims: of the rows, of our articles, of the lexicon."""
    yield from news(rows)
    ontology = load()
    for path in sorted(own.glob("en/*.txt")):
        yield from noted(path, ontology)
    for path in sorted(own.glob("lexicon/*.txt")) if lexicon else ():
        yield from listed(path)


def noted(path: Path, ontology: Ontology) -> Iterator[Sentence]:
    """Yield the sentences of a file in the line notation; a line it cannot read is an error."""
    articles, problems = notation.read(path, ontology)
    if problems:
        raise ValueError("; ".join(map(str, problems)))
    for article in articles:
        for text, notes, told in zip(
            article.sentences, article.notes, article.tellings, strict=True
        ):
            spans = split_words(text)
            yield Sentence(
                doc=article.name,
                words=tuple(text[a:b] for a, b in spans),
                claims=tuple(_noted(note, spans) for note in notes),
                tellings=tuple(_telling(t, spans) for t in told if t.cue) if article.told else None,
            )


def listed(path: Path) -> Iterator[Sentence]:
    """Yield the sentences of a file that shows each entry of the lexicon in use and out of it.

    A line `+ sentence` has its entry's words, in brackets, as a trigger of the type that the file
    is named for; a line `- sentence` has them as none, or as one of a type named before it.
    """
    own = path.stem.upper()
    for number, line in enumerate(path.read_text("utf8").splitlines()):
        found = re.match(r"([+-]) (?:([A-Z]+): )?(.*?)\[(.+?)\](.*)$", line.strip())
        if found is None:
            continue
        sign, other, before, trigger, after = found.groups()
        text = before + trigger + after
        spans = split_words(text)
        kind = other or (own if sign == "+" else None)
        start, end = _cover((len(before), len(before) + len(trigger)), spans)
        yield Sentence(
            doc=f"{path.stem}-{number}",
            words=tuple(text[a:b] for a, b in spans),
            claims=(Frame(start, end, (), type=kind, bare=True),) if kind else (),
            lone=True,
        )


def _noted(note: notation.Note, spans: Sequence[tuple[int, int]]) -> Frame:
    named = [
        ("relay" if role == "speaker" and k < len(people) - 1 else role, words)
        for role, people in note.roles.items()
        for k, words in enumerate(people)
    ]
    return replace(
        _framed(note.trigger, named, spans), type=note.type, modality=note.modality,
        modes=note.modes, outcome=note.outcome, content_of=note.content_of,
    )  # fmt: skip


def _telling(telling: notation.Telling, spans: Sequence[tuple[int, int]]) -> Frame:
    named = [("content", telling.content)]
    if telling.source is not None:
        named.append(("source", telling.source))
    return _framed(telling.cue or telling.content, named, spans)


def _framed(
    trigger: notation.Words,
    named: Sequence[tuple[str, notation.Words]],
    spans: Sequence[tuple[int, int]],
) -> Frame:
    start, end = _cover((trigger.start, trigger.end), spans)
    roles = [(r, *_cover((w.start, w.end), spans)) for r, w in named if not w.sentence]
    elsewhere = tuple((role, words.text) for role, words in named if words.sentence)
    return Frame(start, end, tuple(roles), elsewhere=elsewhere)


def _claim(row: dict, spans: Sequence[tuple[int, int]]) -> Frame:
    start, end = _cover(row["trigger"], spans)
    roles: list[tuple[str, int, int]] = []
    elsewhere: list[tuple[str, str]] = []

    def add(role: str, people: Iterable[dict] | None) -> None:
        for person in people or ():
            if person["span"] is None:
                elsewhere.append((role, person["name"]))
            else:
                roles.append((role, *_cover(person["span"], spans)))

    chain = row.get("attribution") or []
    add("actor", row.get("actors"))
    add("recipient", row.get("recipients"))
    # The innermost speaker is whose word it is; whoever passes it on is a relay.
    add("speaker", chain[-1:])
    add("relay", chain[:-1])
    add("denier", row.get("denied_by"))
    for role in ("place", "date", "condition", "killed", "injured", "weapon"):
        add(role, row.get(role))
    return Frame(
        start, end, tuple(roles), type=row["type"], modality=row["modality"],
        modes=tuple(row["modes"]), outcome=row.get("outcome"),
        content_of=row.get("content_of"), elsewhere=tuple(elsewhere),
    )  # fmt: skip


def _cover(span: Sequence, spans: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Return the half-open range of words that a character span touches."""
    hit = [i for i, (a, b) in enumerate(spans) if a < span[1] and span[0] < b]
    return (hit[0], hit[-1] + 1) if hit else (0, 1)
