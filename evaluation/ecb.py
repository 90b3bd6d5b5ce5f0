"""Measure which mentions of events are of one event, on ECB+, with no topic given.

Usage: python -m evaluation.ecb FOLDER [--topics 1-35] [--mentions gold|own] [--errors N]

All articles of a part are fused together, as fusion does it. Scored are the mentions of actions in
the selected sentences; mentions that are of no chain are events of their own. Topics 1 to 35 are
those that the packaged weights were learnt from: for them weights are learnt anew from the other
folds (`--folds`, with `--meantime` and `--examples` beside), so that no topic is scored by weights
that know it. Other topics are scored by the packaged weights. Beside stands the baseline, the same
lemma, with no topics and with gold ones. With `--mentions own` our own claims are fused, and those
scored that share words with a gold mention.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from pathlib import Path

from evaluation import marked, mentions
from evaluation.marked import Marked, Token
from evaluation.matching import Pairs, mistakes, pairs, shown
from tocsin.fusion import match
from tocsin.fusion.match import Weights
from tocsin.pipeline.run import open_coder
from tocsin.records.article import Article, Moment

ACTIONS = ("ACTION", "NEG")
RELATIONS = ("CROSS_DOC_COREF", "INTRA_DOC_COREF")
# The topics that may be learnt from; the test part of the corpus has the others.
TRAIN = range(1, 36)
MONTHS = (
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
)  # fmt: skip
DAYS = (
    re.compile(r"(?P<year>(?:19|20)\d\d)[/-](?P<month>\d\d?|[a-z]{3})[/-](?P<day>\d\d?)(?!\d)"),
    re.compile(r"(?<!\d)(?P<year>20[01]\d)(?P<month>[01]\d)(?P<day>[0-3]\d)(?!\d)"),
)


def load(folder: Path, topics: Collection[int] | None = None) -> list[Marked]:
    """Return the articles of ECB+ with their event mentions in the selected sentences."""
    selected = _selected(folder / "ECBplus_coreference_sentences.csv")
    found = []
    for path in sorted(folder.glob("*/*.xml")):
        topic = int(path.parent.name)
        if path.stem in selected and (topics is None or topic in topics):
            found.append(_article(path, selected[path.stem]))
    return found


def _selected(path: Path) -> dict[str, set[int]]:
    rows: dict[str, set[int]] = defaultdict(set)
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            rows[f"{row['Topic']}_{row['File']}"].add(int(row["Sentence Number"]))
    return rows


def _article(path: Path, sentences: Collection[int]) -> Marked:
    file = marked.read(path)
    first = 1 if path.stem.endswith("ecbplus") else 0
    url = _joined(t for t in file.tokens.values() if t.sentence < first)
    kept = [(name, token) for name, token in file.tokens.items() if token.sentence >= first]
    text, spans = marked.spelled(kept)
    chosen = {name: spans[name] for name, token in kept if token.sentence in sentences}
    day = published(url)
    article = Article(
        id=f"ecb-{path.stem}", doc=path.stem, title=text.partition("\n")[0], text=text,
        published=Moment(day) if day else None, url=url or None,
    )  # fmt: skip
    of = marked.events(file, ACTIONS, RELATIONS)
    return Marked(article, path.parent.name, marked.marks(file, of, chosen))


def _joined(tokens: Iterable[Token]) -> str:
    return "".join(token.form for token in tokens)


def published(url: str) -> date | None:
    """Return the day that an address names, as many outlets' do; None where it names none."""
    for pattern in DAYS:
        for found in pattern.finditer(url.lower()):
            month = found["month"]
            number = MONTHS.index(month) + 1 if month in MONTHS else month
            try:
                return date(int(found["year"]), int(number), int(found["day"]))
            except ValueError:
                continue
    return None


def parts(options: argparse.Namespace) -> list[tuple[Pairs, Weights]]:
    """Return the parts to score, each with weights that were not learnt from it."""
    coder = open_coder(threads=options.threads)
    items = load(options.folder, options.topics)
    own = options.mentions == "own"
    found = pairs(mentions.corpus("ecb", coder, items, cache=options.cache, own=own))
    if not set(options.topics) & set(TRAIN):
        return [(found, match.load())]
    from training import fusion  # noqa: PLC0415 - it reads this corpus through this module

    beside = argparse.Namespace(
        ecb=options.folder if own else None, meantime=options.meantime, examples=options.examples,
        cache=options.cache, threads=options.threads,
    )  # fmt: skip
    known = {name: pairs(corpus) for name, corpus in fusion.gathered(beside).items()}
    if not own:
        known["ecb"] = found
    trials = (
        trial
        for turn in range(options.turns)
        for trial in fusion.crossed(known, options.folds, turn)
        if trial.corpus == "ecb"
    )
    return [(found.of(set(trial.unseen.topics.tolist())), trial.weights) for trial in trials]


def _topics(text: str) -> range:
    first, _, last = text.partition("-")
    return range(int(first), int(last or first) + 1)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the scores beside the baselines, and the worst pairs where they are asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, help="ECB+ as its authors publish it")
    parser.add_argument("--topics", type=_topics, default=TRAIN, help="first and last, as 1-35")
    parser.add_argument("--mentions", choices=("gold", "own"), default="gold")
    parser.add_argument("--meantime", type=Path, help="folder of MEANTIME, to learn from as well")
    parser.add_argument("--examples", type=Path, help="folder of the example world, likewise")
    parser.add_argument("--cache", type=Path, help="folder outside the repository for readings")
    parser.add_argument("--folds", type=int, default=3, help="parts of topics, each unseen once")
    parser.add_argument("--turns", type=int, default=1, help="deal the topics anew so many times")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="show N wrong pairs")
    parser.add_argument("--threads", type=int, default=0, help="threads of the network")
    options = parser.parse_args(arguments)
    if not options.folder.is_dir():
        sys.stderr.write(f"{options.folder} is absent, skipped\n")
        return 0
    found = parts(options)
    print("\n".join(shown(found)))
    for part, weights in found:
        for line in mistakes(part, weights, options.errors):
            print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
