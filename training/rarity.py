"""Count in how many documents a word stands, for `tocsin.fusion.rarity`.

Usage: python -m training.rarity CORPORA

CORPORA holds `treebank/ewt`, `treebank/gum`, `muc` and `re3d` as their authors publish them.
Corpora of many documents on one event (ECB+, MEANTIME) are left out: their names would count as
common.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tocsin.fusion.sheet import root, words

OUT = Path(__file__).parents[1] / "src" / "tocsin" / "data" / "fusion" / "rarity.tsv"
# A word that stands in fewer documents may be a slip; to matching it is as rare as one unseen.
LEAST = 3


def documents(corpora: Path) -> Iterator[str]:
    """Return the text of every document."""
    for path in sorted((corpora / "treebank").rglob("*.conllu")):
        yield from _treebank(path)
    for name in ("train.json", "dev.json"):
        for line in (corpora / "muc" / name).read_text(encoding="utf-8").splitlines():
            yield json.loads(line)["doctext"]
    for path in sorted((corpora / "re3d").glob("*/documents.json")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                yield json.loads(line)["text"]


def _treebank(path: Path) -> Iterator[str]:
    sentences: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# newdoc") and sentences:
            yield " ".join(sentences)
            sentences = []
        elif line.startswith("# text = "):
            sentences.append(line.removeprefix("# text = "))
    yield " ".join(sentences)


def count(texts: Iterable[str]) -> tuple[int, Counter[str]]:
    """Return the number of texts, and in how many each root stands."""
    held: Counter[str] = Counter()
    number = 0
    for text in texts:
        number += 1
        held.update({root(word) for word in words(text) if not word.isdigit()})
    return number, held


def main(arguments: Sequence[str] | None = None) -> int:
    """Count, and write the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args(arguments)
    number, held = count(documents(options.corpora))
    rows = sorted((root, times) for root, times in held.items() if times >= LEAST)
    lines = [f"\t{number}", *(f"{root}\t{times}" for root, times in rows)]
    options.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{number} documents, {len(rows)} words in {options.out}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
