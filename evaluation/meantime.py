"""Measure which mentions of events are of one event, on MEANTIME, with no topic given.

Usage: python -m evaluation.meantime FOLDER [--errors N]

Weights are learnt from the other three of the four corpora of MEANTIME, with `--ecb` and
`--examples` beside; the fourth is scored. Few events of it are in more than one article, so it
shows above all whether like events are kept apart.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from evaluation import marked
from evaluation.marked import File, Marked
from evaluation.matching import mistakes, pairs, shown
from tocsin.records.article import Article, Moment

# The corpora of MEANTIME, each unseen once.
FOLDS = 4


def load(folder: Path) -> list[Marked]:
    """Return the articles of MEANTIME with the event mentions of their annotated sentences."""
    paths = sorted(folder.glob("intra_cross-doc_annotation/corpus_*/*.xml"))
    return [_article(path) for path in paths]


def _article(path: Path) -> Marked:
    file = marked.read(path)
    text, spans = marked.spelled(file.tokens.items())
    of = marked.events(file, ("EVENT_MENTION",), ("REFERS_TO",))
    day = _day(file)
    article = Article(
        id=f"meantime-{path.stem}", doc=path.stem, title=text.partition("\n")[0], text=text,
        outlet="Wikinews", published=Moment(day) if day else None,
    )  # fmt: skip
    return Marked(article, path.parent.name, marked.marks(file, of, spans))


def _day(file: File) -> date | None:
    for tag, attributes, _ in file.markables.values():
        if tag == "TIMEX3" and attributes.get("functionInDocument") == "CREATION_TIME":
            try:
                return date.fromisoformat(attributes.get("value", "")[:10])
            except ValueError:
                return None
    return None


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the scores beside the baselines, and the worst pairs where they are asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("meantime", type=Path, help="MEANTIME as its authors publish it")
    parser.add_argument("--ecb", type=Path, help="folder of ECB+, to learn from as well")
    parser.add_argument("--examples", type=Path, help="folder of the example world, likewise")
    parser.add_argument("--cache", type=Path, help="folder outside the repository for readings")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="show N wrong pairs")
    parser.add_argument("--threads", type=int, default=0, help="threads of the network")
    options = parser.parse_args(arguments)
    if not options.meantime.is_dir():
        sys.stderr.write(f"{options.meantime} is absent, skipped\n")
        return 0
    from training import fusion  # noqa: PLC0415 - it reads this corpus through this module

    known = {name: pairs(corpus) for name, corpus in fusion.gathered(options).items()}
    trials = [t for t in fusion.crossed(known, FOLDS) if t.corpus == "meantime"]
    print("\n".join(shown([(trial.unseen, trial.weights) for trial in trials])))
    for trial in trials:
        for line in mistakes(trial.unseen, trial.weights, options.errors):
            print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
