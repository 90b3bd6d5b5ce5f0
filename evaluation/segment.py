"""Measure sentence and word segmentation on CoNLL-U files, span by exact span.

Usage: python evaluation/segment.py PATH...

A path is a file or a folder of files. The text of a document is put together again from its
tokens; its sentences are joined by spaces, its paragraphs (`# newpar`) by newlines. Where a block
such as a caption states how many sentences it holds (`# newpar_block = caption (1 s)`),
a newline ends it too.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tocsin.language.segment import sentences, words

Span = tuple[int, int]


@dataclass(slots=True)
class Document:
    """A text with the spans of its words and sentences."""

    name: str = ""
    text: str = ""
    words: list[Span] = field(default_factory=list)
    sentences: list[Span] = field(default_factory=list)


@dataclass(slots=True)
class Score:
    """Counts of spans expected, found and right."""

    expected: int = 0
    found: int = 0
    right: int = 0

    def add(self, expected: list[Span], found: list[Span]) -> None:
        """Count the spans of one document."""
        self.expected += len(expected)
        self.found += len(found)
        self.right += len(set(expected) & set(found))

    def row(self) -> str:
        """Precision, recall and F1 in per cent."""
        precision = self.right / self.found if self.found else 0.0
        recall = self.right / self.expected if self.expected else 0.0
        total = self.found + self.expected
        f1 = 2 * self.right / total if total else 0.0
        return f"{100 * precision:7.2f}{100 * recall:7.2f}{100 * f1:7.2f}"


def blocks(path: Path) -> Iterator[list[str]]:
    """The sentences of a file, each as its lines."""
    block: list[str] = []
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                block.append(line.rstrip("\n"))
            elif block:
                yield block
                block = []
    if block:
        yield block


def documents(path: Path) -> Iterator[Document]:
    """The documents of a file; `# newdoc` starts one."""
    document = Document()
    left: list[int] = []
    for block in blocks(path):
        newdoc = [line for line in block if line.startswith("# newdoc")]
        if newdoc:
            if document.text:
                yield document
            document, left = Document(newdoc[0].rpartition(" ")[2]), []
        if document.text:
            newpar = any(line.startswith("# newpar") for line in block)
            document.text += "\n" if newpar or 0 in left else " "
        left = [count - 1 for count in left if count] + [
            int(count) - 1
            for line in block
            if line.startswith("# newpar_block")
            for count in re.findall(r"\((\d+) s\)", line)
        ]
        append(document, block)
    if document.text:
        yield document


def append(document: Document, block: list[str]) -> None:
    """Add one sentence to the document."""
    begin = len(document.text)
    rows = [line.split("\t") for line in block if line[:1].isdigit()]
    at = 0
    while at < len(rows):
        number, form, misc = rows[at][0], rows[at][1], rows[at][9]
        if "." in number:
            at += 1
            continue
        parts = [form]
        if "-" in number:
            first, last = number.split("-")
            size = int(last) - int(first) + 1
            parts = [row[1] for row in rows[at + 1 : at + 1 + size]]
            at += size
        place(document, form, parts)
        document.text += "" if "SpaceAfter=No" in misc else " "
        at += 1
    document.text = document.text.rstrip()
    document.sentences.append((begin, len(document.text)))


def place(document: Document, form: str, parts: list[str]) -> None:
    """Add one token: its syntactic words where they spell it, else the token."""
    at = len(document.text)
    document.text += form
    for part in parts if "".join(parts) == form else [form]:
        document.words.append((at, at + len(part)))
        at += len(part)


def group(path: Path, document: Document) -> str:
    """The row a document is counted in: its folder and, as its name tells, its genre."""
    genre = re.match(r"(?:GUM_)?([a-z]+)", document.name)
    return f"{path.parent.name}/{path.stem.split('_')[0]} {genre[1] if genre else ''}".rstrip()


def measure(paths: list[Path]) -> dict[str, tuple[Score, Score]]:
    """The word and the sentence score of each group of documents, and of all."""
    scores: dict[str, tuple[Score, Score]] = defaultdict(lambda: (Score(), Score()))
    for path in paths:
        for document in documents(path):
            found = words(document.text), sentences(document.text)
            for name in (group(path, document), "~ all"):
                scores[name][0].add(document.words, found[0])
                scores[name][1].add(document.sentences, found[1])
    return scores


def main(arguments: list[str]) -> int:
    """Print a table for the paths; a path that is absent is skipped with a message."""
    if not arguments:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    paths: list[Path] = []
    for path in map(Path, arguments):
        if not path.exists():
            sys.stdout.write(f"{path}: absent, skipped\n")
        paths += sorted(path.rglob("*.conllu")) if path.is_dir() else [path] * path.exists()
    sys.stdout.write(f"{'':24}{'words':>8}{'P':>7}{'R':>7}{'F1':>7}")
    sys.stdout.write(f"{'sents':>8}{'P':>7}{'R':>7}{'F1':>7}\n")
    for name, (by_word, by_sentence) in sorted(measure(paths).items()):
        sys.stdout.write(f"{name:24}{by_word.expected:8}{by_word.row()}")
        sys.stdout.write(f"{by_sentence.expected:8}{by_sentence.row()}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
