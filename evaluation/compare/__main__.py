"""Score several coders on the same gold with the same scorer, side by side.

    python -m evaluation.compare GOLD [NAME=FILE...] [--scorer PATH] [--data DATA] [--rows ROWS]
        [--spacy PYTHON [--model NAME]] [--petrarch FOLDER [--python PYTHON]] [--report FILE]

NAME=FILE is a coder's articles in the gold form, coded before; without --report they alone are
scored, in a table for the terminal whose later columns show the difference from the first. With
--report Tocsin codes the texts, as do spaCy patterns under a PYTHON that holds what
`requirements.txt` beside this file names, and a checkout of UniversalPetrarch in FOLDER; the page
has them side by side with intervals. DATA and ROWS are as in `evaluation.gate`.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files as packaged
from pathlib import Path
from typing import Any

import tocsin
from evaluation import scorer as scoring
from evaluation import texts
from evaluation.compare import petrarch
from evaluation.compare.page import ASIDE, EVERYTHING, System, lines
from evaluation.compare.sides import table
from evaluation.gate import FEWEST
from evaluation.measure import Measure
from evaluation.sets import OF_ROWS
from evaluation.texts import Row
from tocsin.ontology.crosswalk import load
from tocsin.pipeline.run import Coder, open_coder
from tocsin.records.issue import Issue
from tocsin.sources import files
from training.corpora import held_back

ROOT = Path(__file__).parents[2]
PATTERNS = EVERYTHING
PETRARCH = frozenset({"modes"})
WHY = (
    "no package of it exists, and its repository, which holds its dictionaries, could not be "
    "fetched where this ran; `--petrarch FOLDER` runs a checkout (the adapter is tested on rows "
    "of the form that its source shows)"
)
Said = Mapping[str, Row]
Code = Callable[[Sequence[Row]], Said]


@dataclass(frozen=True, slots=True)
class Gold:
    """A corpus: its name, its texts as handed to coders, and the measures of what is said."""

    name: str
    texts: Sequence[Row]
    measures: Callable[[Said], list[Measure]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table of the coders whose files are there, or write the page."""
    options = _options(arguments)
    scorer = options.scorer or options.gold.parent / "score.py"
    absent = [p for p in (options.gold, scorer) if not p.exists()]
    if absent:
        print(f"{absent[0]} is absent, skipped")
        return 0
    if options.report is None:
        _printed(options, scorer)
        return 0
    golds = list(_golds(options, scorer))
    coders, lacking = _coders(options)
    systems = []
    for system, code in coders:
        held = {gold.name: gold.measures(code(gold.texts)) for gold in golds}
        systems.append(System(system.name, system.version, system.has, held))
    command = (
        "python -m evaluation.compare GOLD --data DATA --rows ROWS --spacy PYTHON --report FILE"
    )
    page = "\n".join(lines(systems, lacking, command))
    options.report.parent.mkdir(parents=True, exist_ok=True)
    options.report.write_text(page, "utf8")
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="evaluation.compare", description=_first(__doc__))
    parser.add_argument("gold", type=Path, help="annotated articles: a folder or a .jsonl file")
    parser.add_argument("coders", type=_named, nargs="*", metavar="NAME=FILE")
    parser.add_argument("--scorer", type=Path, help="the scorer; else score.py beside GOLD")
    parser.add_argument("--data", type=Path, help="the folder that holds the public sets")
    parser.add_argument("--rows", type=Path, help="a file of rows annotated with claims")
    parser.add_argument("--spacy", help="a Python that holds spaCy and an English model")
    parser.add_argument("--model", help="name or folder of the spaCy model, else as required")
    parser.add_argument("--petrarch", type=Path, help="a checkout of UniversalPetrarch")
    parser.add_argument("--python", default="python2", help="the Python that runs it")
    parser.add_argument("--report", type=Path, help="write the page there")
    return parser.parse_args(arguments)


def _first(text: str | None) -> str:
    return (text or "").splitlines()[0]


def _named(argument: str) -> tuple[str, Path]:
    name, sign, path = argument.partition("=")
    if not sign:
        raise argparse.ArgumentTypeError(f"{argument!r}: expected NAME=FILE")
    return name, Path(path)


def _printed(options: argparse.Namespace, scorer: Path) -> None:
    columns = {}
    for name, path in options.coders:
        if path.exists():
            said = {str(row["doc"]): row for row in texts.gold(path)}
            measures = scoring.claims(scorer, texts.gold(options.gold), said)
            columns[name] = {m.name: m.value for m in measures if m.of >= FEWEST}
        else:
            sys.stderr.write(f"{name}: {path} is absent, skipped\n")
    if columns:
        print("\n".join(table(columns)))


def _golds(options: argparse.Namespace, scorer: Path) -> Iterator[Gold]:
    """Yield the corpora that are there: gold articles, rows held back, PLOVER records, PLV."""
    gold = texts.gold(options.gold)
    yield Gold(
        f"Gold articles ({len(gold)}, {sum(len(row['claims']) for row in gold)} claims)", gold,
        lambda said: [*scoring.claims(scorer, gold, said), _aside(scorer, gold, said)],
    )  # fmt: skip
    if options.rows is not None and options.rows.exists():
        rows = texts.held(options.rows)
        yield Gold("Rows held back from training", rows, lambda said: [
            m for m in scoring.claims(scorer, rows, said)
            if m.name in OF_ROWS or m.name.split()[0].isupper()
        ])  # fmt: skip
    if options.data is None:
        return
    gsr = options.data / "gsr"
    if (gsr / "dev.jsonl").exists():
        records = texts.lines(gsr / "dev.jsonl")
        yield Gold(
            f"PLOVER gold standard records ({len(records)})", texts.gsr(gsr / "dev.jsonl"),
            lambda said: scoring.events(
                gsr / "score.py", gsr / "from_claims.py", records, said.values()
            ),
        )  # fmt: skip
    plv = options.data / "plv"
    if (plv / "train.jsonl").exists() and options.rows is not None and options.rows.exists():
        kept = {row["text"] for row in texts.lines(options.rows) if held_back(row["doc"])}
        part = [row for row in texts.lines(plv / "train.jsonl") if row["text"] in kept]
        names = {str(row["id"]) for row in part}
        asked = [row for row in texts.plv(plv / "train.jsonl") if row["doc"] in names]
        yield Gold(
            f"PLV, held back from training ({len(part)})", asked,
            lambda said: scoring.roots(plv / "score.py", part, said),
        )  # fmt: skip


def _aside(scorer: Path, gold: Sequence[Row], said: Said) -> Measure:
    """Return who did what to whom where gold and coder are both taken to speak of deeds."""
    measures = scoring.claims(
        scorer, [_actual(row) for row in gold], {doc: _actual(row) for doc, row in said.items()}
    )
    found = next(m for m in measures if m.name == "who did what to whom F1")
    return Measure(ASIDE, found.units, found.of)


def _actual(row: Row) -> dict[str, Any]:
    return {**row, "claims": [{**claim, "modality": "actual"} for claim in row["claims"]]}


def _coders(options: argparse.Namespace) -> tuple[list[tuple[System, Code]], dict[str, str]]:
    """Return the coders that can run, and why the others cannot."""
    coder = open_coder()
    mine = System("Tocsin", f"{tocsin.__version__}, {coder.reader.artefact.folder.name}")
    out: list[tuple[System, Code]] = [(mine, lambda rows: texts.code(coder, rows))]
    lacking = {}
    if options.spacy:
        version, code = _patterns(options.spacy, options.model)
        out.append((System("spaCy patterns", version, PATTERNS), code))
    else:
        lacking["spaCy patterns"] = "no --spacy was given"
    if options.petrarch:
        code = _petrarch(coder, options.petrarch, options.python)
        out.append((System("UniversalPetrarch", "checkout", PETRARCH), code))
    else:
        lacking["UniversalPetrarch"] = WHY
    for name, path in options.coders:
        held = {str(row["doc"]): row for row in texts.gold(path)}
        out.append((System(name, "coded before", EVERYTHING), _before(held)))
    return out, lacking


def _before(held: Said) -> Code:
    return lambda _: held


def _patterns(python: str, model: str | None) -> tuple[str, Code]:
    """Return the versions of a Python's spaCy and model, and a coder that runs there."""
    countries = str(packaged("tocsin") / "data" / "countries.yml")
    extra = ["--model", model] if model else []
    start = [python, "-m", "evaluation.compare.patterns"]

    def run(path: Path) -> subprocess.CompletedProcess[str]:
        command = [*start, str(path), countries, *extra]
        return subprocess.run(  # noqa: S603
            command, cwd=ROOT, check=True, capture_output=True, text=True
        )

    def code(rows: Sequence[Row]) -> Said:
        with scoring.written(rows) as path:
            said = map(json.loads, run(path).stdout.splitlines())
            return {str(row["doc"]): row for row in said}

    with scoring.written([]) as path:
        version = run(path).stderr.strip().splitlines()[-1]
    return version, code


def _petrarch(coder: Coder, folder: Path, python: str) -> Code:
    """Return a coder that runs a checkout of UniversalPetrarch over Tocsin's trees."""

    def code(rows: Sequence[Row]) -> Said:
        given = [{k: row[k] for k in texts.GIVEN if row.get(k) is not None} for row in rows]
        with scoring.written(given) as path, tempfile.TemporaryDirectory() as name:
            found = [a for a in files.read([path]) if not isinstance(a, Issue)]
            articles = [(a.doc, coder.read(a)) for a in found]
            by = {str(row["doc"]): row for row in rows}
            pairs = [(by[doc], reading) for doc, reading in articles]
            source, out = Path(name, "sentences.xml"), Path(name, "events.txt")
            source.write_bytes(petrarch.written(pairs))
            petrarch.run(folder, source, out, python)
            said = petrarch.claims(out.read_text("utf8").splitlines(), pairs, load())
            return {str(row["doc"]): row for row in said}

    return code


if __name__ == "__main__":
    sys.exit(main())
