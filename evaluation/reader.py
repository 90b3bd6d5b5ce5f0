"""Measure the reader that ships: parts of speech, features, lemmas, trees, names, triggers, roles.

Usage: python -m evaluation.reader DATA [--rows FILE] [--model DIR] [--threads N] [--json]

DATA holds `treebank/ewt/test.conllu`, `treebank/gum/test` and `treebank/gum/train`; FILE holds rows
annotated with claims. Names and claims are measured on the tenth that is never trained on.
What is absent is skipped with a message.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from evaluation import gold
from evaluation.align import MEASURES, Mark, Span, Tally, Word, agreements, loosely, pair
from evaluation.measure import Corpus, Measure, f1, precision, recall
from tocsin.base.errors import TocsinError
from tocsin.language.read import Reader, cut
from tocsin.language.segment import words as split_words
from tocsin.neural.artefact import load
from tocsin.neural.heads import PROPOSE
from tocsin.neural.heads import spans as tagged
from tocsin.records.reading import Proposal, Reading
from training.corpora import CLAIM_ROLES, Sentence, held_back, news, treebank

# A proposal counts as said where "some claim" is likelier than "no claim".
SAID = 0.5
# And an edge from which it is counted.
EDGE = 0.3
Cutter = Callable[[gold.Tree], tuple[str, list[list[Span]]]]


def corpora(reader: Reader, data: Path, rows: Path | None) -> Iterator[Corpus]:
    """Yield each corpus that is there, measured; the others are named on the error stream."""
    treebanks = data / "treebank"
    yield from _corpus("EWT test", [treebanks / "ewt/test.conllu"], reader, parses)
    # GUM's test folder holds news alone.
    yield from _corpus("GUM news", _conllu(treebanks / "gum/test"), reader, parses)
    yield from _corpus("GUM held back", _kept(treebanks / "gum/train"), reader, names)
    if rows is not None:
        yield from _corpus("rows held back", [rows], reader, claims)


def _corpus(
    name: str,
    paths: Sequence[Path],
    reader: Reader,
    measure: Callable[[Reader, Sequence[Path]], Iterable[Measure]],
) -> Iterator[Corpus]:
    absent = [path for path in paths if not path.exists()]
    if absent:
        sys.stderr.write(f"{name}: {absent[0]} is absent, skipped\n")
        return
    yield Corpus(f"reader on {name}", tuple(paths), tuple(measure(reader, paths)))


def _conllu(folder: Path) -> list[Path]:
    """Return the files of a folder; the folder itself where it has none."""
    return sorted(folder.glob("*.conllu")) or [folder / "*.conllu"]


def _kept(folder: Path) -> list[Path]:
    """Return the files that are never trained on, by their names, which name their documents."""
    paths = _conllu(folder)
    return [p for p in paths if held_back(p.stem)] or paths[:1]


def parses(reader: Reader, paths: Sequence[Path]) -> Iterator[Measure]:
    """Yield the measures of CoNLL 2018, with gold words, with our words, and from the raw text."""
    documents = [tree for path in paths for tree in gold.trees(path)]
    settings: dict[str, Cutter] = {
        "gold words": lambda tree: gold.joined(tree.forms),
        "gold sentences": lambda t: (t.text, [split_words(t.text, a, b) for a, b in t.sentences]),
        "raw text": lambda tree: (tree.text, list(cut(tree.text))),
    }
    for setting, cutter in settings.items():
        tallies = _parse(reader, documents, cutter, spelled=setting == "gold words")
        # With gold words, all words agree by construction.
        for measure in MEASURES[1:] if setting == "gold words" else MEASURES:
            yield f1(f"{setting}, {measure}", tallies[measure])


def _parse(
    reader: Reader, documents: Iterable[gold.Tree], cutter: Cutter, *, spelled: bool
) -> dict[str, list[Tally]]:
    """Return each document's tally of each measure; `spelled` where its text is the gold words."""
    tallies: dict[str, list[Tally]] = defaultdict(list)
    for tree in documents:
        text, spans = cutter(tree)
        said = flat(reader.read_words(tree.name, text, [s for s in spans if s]))
        true = _respelled(tree.words, spans) if spelled else tree.words
        right = agreements(true, said)
        for measure in MEASURES:
            tallies[measure].append(Tally(len(true), len(said), right[measure]))
    return tallies


def _respelled(words: Sequence[Word], spans: Iterable[Sequence[Span]]) -> list[Word]:
    """Return gold words at their places in a text that was made of them."""
    places = [span for sentence in spans for span in sentence]
    return [
        Word(span, w.upos, w.feats, w.lemma, w.head, w.rel)
        for w, span in zip(words, places, strict=True)
    ]


def flat(reading: Reading) -> list[Word]:
    """Return the words of a reading, heads counted from its first word."""
    out: list[Word] = []
    for s in reading.sentences:
        base = len(out)
        out += [
            Word(span, upos, feats, lemma, head + base if head >= 0 else -1, rel)
            for span, upos, feats, lemma, head, rel in zip(
                s.offsets, s.upos, s.feats, s.lemmas, s.heads, s.rels, strict=True
            )
        ]
    return out


def names(reader: Reader, paths: Sequence[Path]) -> Iterator[Measure]:
    """Yield F1 of names, by span and kind and by span alone."""
    tallies: dict[str, list[Tally]] = defaultdict(list)
    sentences = (s for p in paths for s in treebank(p) if s.names is not None and held_back(s.doc))
    for group in gold.stretches(sentences):
        here: dict[str, Tally] = defaultdict(Tally)
        for sentence, read in zip(group, _read(reader, group).sentences, strict=True):
            true = set(tagged(sentence.names or ()))
            said = {(n.start, n.end, str(n.kind)) for n in read.names}
            here["names"].meet(true, said)
            here["names, any kind"].meet({x[:2] for x in true}, {x[:2] for x in said})
            for kind in ("PER", "ORG", "LOC", "OTH"):
                mine = [{x for x in side if x[2] == kind} for side in (true, said)]
                here[f"names {kind}"].meet(*mine)
        for measure, tally in here.items():
            tallies[measure].append(tally)
    for measure, counted in tallies.items():
        yield f1(f"gold words, {measure} F1", counted)


def claims(reader: Reader, paths: Sequence[Path]) -> Iterator[Measure]:
    """Yield how well triggers are found and typed, and, where found, modality and roles."""
    tallies: dict[str, list[Tally]] = defaultdict(list)
    sentences = (s for path in paths for s in news(path) if held_back(s.doc))
    for group in gold.stretches(sentences):
        true, proposals = gold.marks(group), _read(reader, group).proposals
        said = [_mark(p) for p in proposals if _chance(p) >= SAID]
        every = [_mark(p) for p in proposals]
        pairs = pair(true, said)
        right = [(a, b) for a, b in pairs if a.type == b.type]
        agreed = sum(a.modality == b.modality for a, b in right)
        tallies["proposed"].append(Tally(len(true), len(every), len(pair(true, every))))
        tallies["found"].append(Tally(len(true), len(said), len(pairs)))
        tallies["typed"].append(Tally(len(true), len(said), len(right)))
        tallies["modality"].append(Tally(len(right), len(right), agreed))
        for measure, tally in _roles(pairs).items():
            tallies[measure].append(tally)
    yield recall(f"triggers, proposed recall (from {PROPOSE})", tallies["proposed"])
    for name in ("found", "typed"):
        yield precision(f"triggers, {name} precision", tallies[name])
        yield recall(f"triggers, {name} recall", tallies[name])
        yield f1(f"triggers, {name} F1", tallies[name])
    yield f1("of those typed, modality", tallies["modality"])
    for role in CLAIM_ROLES:
        for measure in (f"{role} F1", f"{role} F1, overlap"):
            yield f1(f"of those found, {measure}", tallies[measure])


def _read(reader: Reader, sentences: Sequence[Sentence]) -> Reading:
    """Return the reading of sentences whose words are known."""
    text, spans = gold.joined(s.words for s in sentences)
    return reader.read_words(sentences[0].doc, text, spans)


def _chance(proposal: Proposal) -> float:
    return sum(chance for _, chance in proposal.types)


def _mark(proposal: Proposal) -> Mark:
    return Mark(
        proposal.sentence,
        proposal.start,
        proposal.end,
        proposal.types[0][0],
        proposal.modality[0][0],
        frozenset((e.role, e.sentence, e.start, e.end) for e in proposal.edges if e.score >= EDGE),
    )


def _roles(pairs: Iterable[tuple[Mark, Mark]]) -> dict[str, Tally]:
    """Return the role spans of paired triggers, leaving out roles that gold cannot judge."""
    out: dict[str, Tally] = defaultdict(Tally)
    for true, said in pairs:
        for role in set(CLAIM_ROLES) - true.unknown:
            a, b = ([x for x in m.roles if x[0] == role] for m in (true, said))
            out[f"{role} F1"].meet(a, b)
            # Words of another sentence overlap nothing here, but they still were said.
            near = [x[2:] for x in b if x[1] == true.sentence]
            right = loosely([x[2:] for x in a], near)
            out[f"{role} F1, overlap"].add(len(a), len(b), right)
    return out


def table(corpora: Iterable[Corpus]) -> Iterator[str]:
    """Yield the lines of a table, one value a line, under their corpus; values over nothing go."""
    for corpus in corpora:
        yield corpus.name
        for measure in (m for m in corpus.measures if m.of):
            yield f"  {measure.name:44} {100 * measure.value:6.2f}   of {measure.of}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print every measure whose data is there."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path, help="the folder that holds treebank/")
    parser.add_argument("--rows", type=Path, help="a file of rows annotated with claims")
    parser.add_argument("--model", type=Path, help="a folder with model.toml, else ours")
    parser.add_argument("--threads", type=int, default=0, help="threads of the network, 0 for all")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    options = parser.parse_args(arguments)
    try:
        reader = Reader(load(options.model), threads=options.threads)
    except TocsinError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    found = list(corpora(reader, options.data, options.rows))
    if options.json:
        out = {c.name: {m.name: round(m.value, 5) for m in c.measures if m.of} for c in found}
        print(json.dumps({"model": reader.artefact.name, "measures": out}, indent=1))
    else:
        print(f"model {reader.artefact.name} ({reader.artefact.digest})")
        print("\n".join(table(found)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
