"""A page of every measure with its bar and interval, what is behind it, and what is bad.

Usage: python -m evaluation.report [--gold GOLD --scorer PATH] [--data DATA] [--rows FILE]
           [--model DIR] [--out FILE]

The corpora are those of `evaluation.sets`. The page, and a diagram beside it, hold numbers alone:
no sentence of any corpus.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from evaluation import bars, diagram, sets
from evaluation.align import Tally
from evaluation.bars import Height
from evaluation.calibrate import Sample, applied, bins, brier, crossed, ece, samples
from evaluation.claims import NOTHING, Pair, confused, confusion, paired, tables
from evaluation.measure import Corpus, Measure, interval, ratio
from evaluation.sets import Annotated, Found
from tocsin.base.errors import TocsinError
from tocsin.pipeline.run import Coder

OUT = Path(__file__).with_name("results") / "report.md"
# A class of fewer gold items is too small for a line among the worst.
FEWEST = 15
WORST = 12
ARTICLE = 500  # words


def write(path: Path, found: Found, coder: Coder) -> None:
    """Write the page and its diagram of what a run found."""
    path.parent.mkdir(parents=True, exist_ok=True)
    curves = _curves(found, coder)
    types = {name: [s for s in rows if s.field == "type"] for name, rows in curves.items()}
    shown = {name: bins(rows) for name, rows in types.items() if rows}
    path.with_suffix(".svg").write_text(diagram.render(shown), "utf8")
    model = f"{coder.reader.artefact.name} ({coder.stamp.model})"
    lines = page(found, model, curves, path.with_suffix(".svg").name)
    path.write_text("\n".join(lines) + "\n", "utf8")


def page(
    found: Found, model: str, curves: Mapping[str, Sequence[Sample]], drawing: str
) -> Iterator[str]:
    """Yield the lines of the page."""
    corpora = [*found.corpora, *_speed(found)]
    heights = [h for h in bars.heights(bars.load(), corpora) if h.measure is not None]
    absent = sorted({b.corpus for b in bars.load()} - {c.name for c in corpora})
    yield from ("# How well Tocsin does", "")
    yield f"Written by `python -m evaluation.report`; never by hand. Model {model}."
    yield "Intervals hold 95 % of 1,000 seeded bootstrap draws over articles or sentences."
    yield "The development articles were read while the rules were written; their figures flatter."
    yield "Speed is that of this run, beside whatever else the machine did; see `benchmarks/`."
    if absent:
        yield f"Absent, so not measured: {', '.join(absent)}."
    yield from ("", "## Bars", "", *barred(heights))
    yield from ("", "## What is bad", "", *bad(heights, found.annotated))
    yield from ("", "## Every measure", "")
    for corpus in corpora:
        yield from every(corpus)
    for one in found.annotated:
        yield from classes(one)
    yield from ("## Calibration", "", *calibration(curves, drawing))


def _speed(found: Found) -> Iterator[Corpus]:
    """Yield how fast texts were coded, as it was on this machine with whatever else it did."""
    if found.seconds:
        rate = ratio(
            "articles of 500 words a second", [(found.words / ARTICLE, found.seconds)], found.words
        )
        yield Corpus("speed", (), (rate,))


def barred(heights: Iterable[Height]) -> Iterator[str]:
    """Yield the table of the measures that have a bar, with the figures of others as theirs."""
    yield "| corpus | measure | value | 95 % | items | bar | reached | others, their figures |"
    yield "|---|---|---|---|---|---|---|---|"
    for h in heights:
        if h.measure is not None:
            reached = "no" if h.gap else "yes"
            yield (
                f"| {h.bar.corpus} | {h.bar.measure} | {_cells(h.measure)} | {h.bar.value:.2f} "
                f"| {reached} | {h.bar.others} |"
            )


def _cells(measure: Measure) -> str:
    """Return value, interval and number of items as cells."""
    ends = interval(measure)
    between = f"{ends[0]:.3f} to {ends[1]:.3f}" if ends else ""
    return f"{measure.value:.3f} | {between} | {measure.of}"


def bad(heights: Iterable[Height], annotated: Sequence[Annotated]) -> Iterator[str]:
    """Yield what misses its bar by most, the classes done worst, and the commonest confusions."""
    missed = sorted((h for h in heights if h.gap), key=lambda h: -h.gap)
    yield "Furthest below their bars:"
    yield ""
    for h in missed[:WORST]:
        if h.measure is not None:
            yield f"- {h.bar.corpus}, {h.bar.measure}: {h.measure.value:.3f} of {h.bar.value:.2f}"
    if not missed:
        yield "- nothing"
    for one in annotated:
        pairs = _pairs(one)
        rows = [
            (tally.f1, f"{table} {name}", tally)
            for table, classes_ in tables(pairs).items()
            for name, tally in classes_.items()
            if tally.gold >= FEWEST
        ]
        yield from ("", f"Done worst on {one.name} (F1, gold items):", "")
        yield from (f"- {name}: {value:.3f}, {t.gold}" for value, name, t in sorted(rows)[:WORST])
        yield from ("", f"Most often taken for another on {one.name}:", "")
        for number, gold, said in list(confused(confusion(pairs)))[:WORST]:
            if gold == NOTHING:
                yield f"- {number} times {said} where there is no claim"
            elif said == NOTHING:
                yield f"- {number} times {gold} was missed"
            else:
                yield f"- {number} times {gold} taken for {said}"


def every(corpus: Corpus) -> Iterator[str]:
    """Yield the table of all measures of a corpus."""
    yield from (f"### {corpus.name}", "", "| measure | value | 95 % | items |", "|---|---|---|---|")
    yield from (f"| {m.name} | {_cells(m)} |" for m in corpus.measures if m.of)
    yield ""


def classes(one: Annotated) -> Iterator[str]:
    """Yield precision, recall and F1 of each class of the claims, and which types are confused."""
    pairs = _pairs(one)
    yield from (f"## Class by class: {one.name}", "")
    yield "A claim is found where its trigger shares a word with a gold one; modality, modes, roles"
    yield "(a shared word) and chains are counted over claims found and typed."
    for table, rows in tables(pairs).items():
        yield from ("", f"### {one.name}: {table}", "")
        yield from (
            "| class | gold | said | precision | recall | F1 |",
            "|---|---|---|---|---|---|",
        )
        yield from (_class(name, t) for name, t in rows.items() if t.gold or t.said)
    yield from ("", f"### {one.name}: types, gold in rows, said in columns", "")
    yield from _square(pairs)
    yield ""


def _class(name: str, t: Tally) -> str:
    return f"| {name} | {t.gold} | {t.said} | {t.precision:.3f} | {t.recall:.3f} | {t.f1:.3f} |"


def _square(pairs: Iterable[Pair]) -> Iterator[str]:
    table = confusion(pairs)
    names = sorted({*table, *(said for row in table.values() for said in row)} - {NOTHING})
    names.append(NOTHING)
    yield "| | " + " | ".join(name[:4] for name in names) + " |"
    yield "|---" * (len(names) + 1) + "|"
    for gold in names:
        row = table.get(gold, Counter())
        yield f"| {gold} | " + " | ".join(str(row.get(said, "") or "") for said in names) + " |"


def _pairs(one: Annotated) -> list[Pair]:
    empty = {"claims": ()}
    return [p for gold in one.gold for p in paired(gold, one.said.get(gold["doc"], empty))]


def _curves(found: Found, coder: Coder) -> dict[str, list[Sample]]:
    """Return the fields' scores raw and calibrated: the rows' by maps fitted without them."""
    maps = coder.guide.calibration.knots
    out: dict[str, list[Sample]] = {}
    for one in found.annotated:
        kept = [g for g in one.gold if g["doc"] in one.said]
        rows = [s for gold in kept for s in samples(gold, one.said[gold["doc"]])]
        held = one.name.startswith("rows")
        out[f"{one.name}, raw"] = rows
        out[f"{one.name}, calibrated"] = crossed(rows) if held else applied(rows, maps)
    return out


def calibration(curves: Mapping[str, Sequence[Sample]], drawing: str) -> Iterator[str]:
    """Yield how far a claim's confidence, and its fields' scores, are from what they promise."""
    yield f"![Share right by confidence]({drawing})"
    yield ""
    yield "ECE is the expected calibration error over ten bins. Rows held back are calibrated by"
    yield "maps fitted on the other four fifths of their articles; gold articles by the map that"
    yield "ships, which no gold article had a part in. A field counts where its type is right."
    for name, rows in curves.items():
        kept = [s for s in rows if s.field == "type"]
        yield from ("", f"### confidence, {name}: ECE {ece(kept):.3f}, Brier {brier(kept):.3f}", "")
        yield from ("| claims | mean confidence | share right | |", "|---|---|---|---|")
        for b in bins(kept):
            yield f"| {b.number} | {b.score:.3f} | {b.right:.3f} | `{'#' * round(20 * b.right)}` |"
    yield from ("", "### ECE of each field, raw and calibrated", "")
    names = list(curves)
    yield "| field | " + " | ".join(f"samples | {name}" for name in names) + " |"
    yield "|---" * (2 * len(names) + 1) + "|"
    for field in sorted({s.field for rows in curves.values() for s in rows}):
        kept_ = [[s for s in curves[name] if s.field == field] for name in names]
        cells = (f"{len(rows)} | {ece(rows):.3f}" if rows else "0 | " for rows in kept_)
        yield f"| {field} | " + " | ".join(cells) + " |"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what is there and write the page."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    sets.arguments(parser)
    parser.add_argument("--out", type=Path, default=OUT, help="where the page is written")
    options = parser.parse_args(arguments)
    try:
        coder = sets.opened(options)
        found = sets.measure(coder, sets.located(options))
    except TocsinError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    write(options.out, found, coder)
    print(f"written to {options.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
