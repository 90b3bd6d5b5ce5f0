"""Try the lexicon's entries on their test sentences: `python -m evaluation.lexicon [--errors N]`.

Every entry has a sentence in which its words must trigger a claim of its type, and one in which
the same words must not (`training/data/lexicon`). Three measures: how often the entry itself is
found in its own sentence, how often the coder finds a claim of the type there, and how often it
finds none where there is none. The coder's two are also given for the sentences that training
held back.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from evaluation import gold
from tocsin.coding import triggers
from tocsin.coding.scene import Scene
from tocsin.pipeline import run
from tocsin.pipeline.run import Coder
from tocsin.records.article import Article
from training import corpora
from training.corpora import Sentence, held_back


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of one sentence: its entry's type, whether meant, listed, found."""

    type: str
    meant: bool
    listed: bool
    found: bool
    held: bool
    text: str


def trials(path: Path, coder: Coder) -> Iterator[Trial]:
    """Yield a trial for each sentence of a type's file."""
    kind = path.stem.upper()
    for sentence in corpora.listed(path):
        text, spans = gold.joined([sentence.words])
        scene = _scene(sentence, text, coder, spans)
        guide = coder.guide
        claim = next(iter(sentence.claims or ()), None)
        meant = claim is not None and claim.type == kind
        found = triggers.find(scene, guide.learned, guide.settings, guide.votes)
        entries = (e for e, _, _ in triggers.entries(scene, 0) if e.type == kind)
        listed = next(entries, None) is not None
        typed = any(c.type == kind for c in found)
        yield Trial(kind, meant, listed, typed, held_back(sentence.doc), text)


def _scene(
    sentence: Sentence, text: str, coder: Coder, spans: list[list[tuple[int, int]]]
) -> Scene:
    article = Article(id=sentence.doc, doc=sentence.doc, title="", text=text)
    reading = coder.reader.read_words(sentence.doc, text, spans)
    guide = coder.guide
    return Scene(article, reading, guide.lexicon, guide.knowledge, guide.gazetteer)


def main() -> None:
    """Print the measures by type and in all, and some sentences that went wrong."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--errors", type=int, default=0, help="wrong sentences shown for each type")
    parser.add_argument("--model", type=Path, help="a folder with model.toml, else ours")
    options = parser.parse_args()
    coder = run.open_coder(model=options.model)
    total: Counter[str] = Counter()
    for path in sorted(corpora.OWN.glob("lexicon/*.txt")):
        counts: Counter[str] = Counter()
        wrong = []
        for trial in trials(path, coder):
            _count(trial, counts)
            if trial.found != trial.meant:
                wrong.append(trial)
        print(_line(path.stem.upper(), counts))
        for trial in wrong[: options.errors]:
            print(f"    {'missed' if trial.meant else 'wrong'}: {trial.text}")
        total.update(counts)
    print(_line("all", total))
    held = Counter({k.removeprefix("held "): n for k, n in total.items() if k.startswith("held ")})
    print(_line("held back", held))


def _count(trial: Trial, counts: Counter[str]) -> None:
    for prefix in ("", "held ") if trial.held else ("",):
        side = "meant" if trial.meant else "unmeant"
        counts[prefix + side] += 1
        counts[prefix + "listed"] += trial.meant and trial.listed
        counts[prefix + side + " right"] += trial.found == trial.meant


def _line(name: str, counts: Counter[str]) -> str:
    meant, unmeant = max(1, counts["meant"]), max(1, counts["unmeant"])
    return (
        f"{name:10} {counts['meant']:5} meant: listed {counts['listed'] / meant:.3f}, "
        f"found {counts['meant right'] / meant:.3f};  {counts['unmeant']:5} unmeant: "
        f"left alone {counts['unmeant right'] / unmeant:.3f}"
    )


if __name__ == "__main__":
    main()
