"""Hold the measures above their floors, each floor pinned beside the hash of its corpus.

Usage: python -m evaluation.gate [--gold GOLD --scorer PATH] [--data DATA [--rows FILE]]
           [--model DIR] [--floors FILE] [--update] [--allow-drop WHY]

GOLD is a folder of annotated articles or one .jsonl file; they are coded by `tocsin code`, without
their annotation, and scored by the scorer. DATA and FILE are those of `evaluation.reader`.
`--update` raises floors and pins a corpus not yet known. A floor is lowered, dropped, or pinned to
a changed corpus only with `--allow-drop WHY`, which is kept beside the floors.
Exit status: 0 all passed, 1 a measure fell, 2 a corpus is not the one the floors were measured on.
"""

from __future__ import annotations

import argparse
import json
import math
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from evaluation import reader
from tocsin.base.errors import TocsinError
from tocsin.language.read import Reader
from tocsin.neural.artefact import load

# Quantised kernels round differently from one processor to the next; a fall by less is none.
SLACK = 0.002
# An accuracy over fewer items says more about the items than about the coder.
FEWEST = 30
FLOORS = Path(__file__).with_name("floors.toml")
# What an outlet gives with an article; the rest of a gold article is annotation.
GIVEN = ("doc", "title", "outlet", "published", "url", "language", "text")


@dataclass(frozen=True, slots=True)
class Measured:
    """The values measured on one corpus."""

    corpus: str
    sha256: str
    values: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Drop:
    """A floor that was lowered, or dropped where `after` is empty, and why."""

    measure: str
    before: float
    after: float | None
    why: str


@dataclass(frozen=True, slots=True)
class Floors:
    """The floors of one corpus, and every one that was ever lowered."""

    sha256: str
    floors: Mapping[str, float]
    drops: tuple[Drop, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Verdict:
    """One measure beside its floor; either is empty where there is none."""

    corpus: str
    measure: str
    value: float | None
    floor: float | None

    @property
    def passed(self) -> bool:
        """Whether the measure holds: it has no floor, or it did not fall under it."""
        if self.floor is None:
            return True
        return self.value is not None and self.value >= self.floor - SLACK


def corpus_hash(contents: Iterable[bytes]) -> str:
    """Return one hash of files' contents, whatever their names and order."""
    digests = sorted(sha256(content).hexdigest() for content in contents)
    return sha256("\n".join(digests).encode()).hexdigest()


def flatten(scored: Mapping[str, object]) -> dict[str, float]:
    """Return the F1s and accuracies of a scorer's JSON by name, without those of few items."""
    out: dict[str, float] = {}
    for name, value in scored.items():
        if name == "types" or not isinstance(value, dict):
            continue
        if "f1" in value:
            out[f"{name} F1"] = float(value["f1"])
        elif "accuracy" in value:
            out |= {name: float(value["accuracy"])} if value.get("of", 0) >= FEWEST else {}
        else:
            out |= flatten(value)
    return out


def judge(measured: Measured, known: Floors | None) -> list[Verdict]:
    """Return a verdict for every measure that has a value or a floor."""
    floors = known.floors if known else {}
    names = [*measured.values, *(m for m in floors if m not in measured.values)]
    return [Verdict(measured.corpus, m, measured.values.get(m), floors.get(m)) for m in names]


def stranger(measured: Measured, known: Floors | None) -> str | None:
    """Return why a corpus cannot be judged by these floors; nothing where it can."""
    if known is None:
        return f"{measured.corpus}: no floors for this corpus; pin some with --update"
    if known.sha256 != measured.sha256:
        return (
            f"{measured.corpus}: this corpus has sha256 {measured.sha256[:12]}…, its floors were "
            f"measured on {known.sha256[:12]}…; bring that corpus, or pin this one with "
            '--update --allow-drop "why"'
        )
    return None


def raised(measured: Measured, known: Floors | None, why: str | None) -> Floors:
    """Return the floors after an update: raised, and lowered only where there is a reason why."""
    if known is None:
        return Floors(measured.sha256, {m: _down(v) for m, v in measured.values.items()})
    if known.sha256 != measured.sha256 and not why:
        return known
    floors: dict[str, float] = {}
    drops = list(known.drops)
    for verdict in judge(measured, known):
        value, floor = verdict.value, verdict.floor
        new = None if value is None else _down(value)
        if floor is not None and (new is None or new < floor):
            if why and not verdict.passed:
                drops.append(Drop(verdict.measure, floor, new, why))
            else:
                new = floor
        if new is not None:
            floors[verdict.measure] = new
    return replace(known, sha256=measured.sha256, floors=floors, drops=tuple(drops))


def _down(value: float) -> float:
    # The nudge keeps 0.57 from becoming 0.569 for want of a binary digit.
    return math.floor(value * 1000 + 1e-6) / 1000


def parse(text: str) -> dict[str, Floors]:
    """Return the floors of each corpus that a floors file holds."""
    out = {}
    for corpus, row in tomllib.loads(text).items():
        drops = (Drop(d["measure"], d["from"], d.get("to"), d["why"]) for d in row.get("drops", ()))
        out[corpus] = Floors(row["sha256"], row["floors"], tuple(drops))
    return out


def render(floors: Mapping[str, Floors]) -> str:
    """Return the text of a floors file."""
    lines = ["# Written by `python -m evaluation.gate --update`; never by hand."]
    for corpus, known in sorted(floors.items()):
        name = _quoted(corpus)
        lines += ["", f"[{name}]", f'sha256 = "{known.sha256}"', "", f"[{name}.floors]"]
        lines += [f"{_quoted(m)} = {v:.3f}" for m, v in known.floors.items()]
        for drop in known.drops:
            lines += ["", f"[[{name}.drops]]", f"measure = {_quoted(drop.measure)}"]
            lines += [f"from = {drop.before:.3f}"]
            lines += [f"to = {drop.after:.3f}"] if drop.after is not None else []
            lines += [f"why = {_quoted(drop.why)}"]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def articles(gold: Path) -> list[dict[str, Any]]:
    """Return the articles of a gold folder or file, annotation and all."""
    if gold.is_dir():
        return [json.loads(p.read_text("utf8")) for p in sorted(gold.glob("*.json"))]
    return [json.loads(line) for line in gold.read_text("utf8").splitlines() if line.strip()]


def code(rows: Iterable[Mapping[str, object]], out: Path, model: Path | None = None) -> None:
    """Code articles into a file in the gold form, showing the coder nothing of their annotation."""
    with tempfile.TemporaryDirectory() as folder:
        for k, row in enumerate(rows):
            given = {key: row[key] for key in GIVEN if row.get(key) is not None}
            text = json.dumps(given, ensure_ascii=False)
            (Path(folder) / f"{k:04}.json").write_text(text, "utf8")
        chosen = ("--model", str(model)) if model else ()
        command = ("tocsin.cli.app", "code", folder, "--format", "gold", "--out", str(out))
        _run(*command, *chosen, module=True)


def scorable(gold: Iterable[Mapping[str, Any]], said: Path) -> None:
    """Rewrite coded articles so that a scorer which reads a gold condition unasked can score them.

    Such a scorer stops at a coded condition where gold has none. Conditions count only where gold
    has one, so those of articles' other claims can go without changing any measure.
    """
    known = {str(a["doc"]): [c for c in a["claims"] if c.get("condition")] for a in gold}
    rows = [json.loads(line) for line in said.read_text("utf8").splitlines()]
    for row in rows:
        for claim in row["claims"]:
            spans = [c["trigger"] for c in known.get(row["doc"], ())]
            start, end = claim["trigger"][:2]
            if not any(a < end and start < b for a, b, *_ in spans):
                claim.pop("condition", None)
    said.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), "utf8")


def score(scorer: Path, gold: Path, said: Path) -> dict[str, float]:
    """Return the F1s and accuracies that a scorer gives a file of coded articles."""
    return flatten(json.loads(_run(str(scorer), str(gold), str(said), "--json")))


def _run(*arguments: str, module: bool = False) -> str:
    """Return what a Python program prints; leave with its last words where it fails."""
    command = [sys.executable, *(["-m"] if module else []), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stderr[-2000:]}")
    return done.stdout


def coded(gold: Path | None, scorer: Path | None, model: Path | None) -> Iterator[Measured]:
    """Yield what the scorer finds in the gold articles as coded now; skip what is absent."""
    if gold is None or scorer is None:
        return
    for path in (gold, scorer):
        if not path.exists():
            sys.stderr.write(f"coder: {path} is absent, skipped\n")
            return
    files = sorted(gold.glob("*.json")) if gold.is_dir() else [gold]
    with tempfile.TemporaryDirectory() as folder:
        said = Path(folder) / "said.jsonl"
        code(articles(gold), said, model)
        scorable(articles(gold), said)
        values = score(scorer, gold, said)
    yield Measured(f"coder on {gold.name}", _hash(files), values)


def read(
    data: Path | None, rows: Path | None, model: Path | None, threads: int
) -> Iterator[Measured]:
    """Yield what the reader gets right on each corpus that is there."""
    if data is None:
        return
    opened = Reader(load(model), threads=threads)
    for corpus in reader.corpora(opened, data, rows):
        values = {f"{x.setting}, {x.measure}": x.value for x in corpus.lines if x.of >= FEWEST}
        yield Measured(f"reader on {corpus.name}", _hash(corpus.files), values)


def _hash(files: Iterable[Path]) -> str:
    return corpus_hash(path.read_bytes() for path in files)


def table(verdicts: Iterable[Verdict]) -> Iterator[str]:
    """Yield the lines of a table, a measure a line."""
    corpus = ""
    for v in verdicts:
        if v.corpus != corpus:
            corpus = v.corpus
            yield f"{corpus:52}{'value':>8}{'floor':>8}"
        value, floor = ("-" if x is None else f"{x:.3f}" for x in (v.value, v.floor))
        state = "new" if v.floor is None else "pass" if v.passed else "FAIL"
        yield f"  {v.measure:50}{value:>8}{floor:>8}  {state}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, compare, print; return the exit status."""
    options = _options(arguments)
    path: Path = options.floors
    known = parse(path.read_text("utf8")) if path.exists() else {}
    try:
        found = [
            *coded(options.gold, options.scorer, options.model),
            *read(options.data, options.rows, options.model, options.threads),
        ]
    except TocsinError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    if not found:
        print("nothing measured: no corpus is there")
        return 0
    if options.update:
        known |= {m.corpus: raised(m, known.get(m.corpus), options.allow_drop) for m in found}
        path.write_text(render(known), "utf8")
    return report(found, known)


def report(found: Iterable[Measured], known: Mapping[str, Floors]) -> int:
    """Print a verdict on every measure and return the exit status."""
    status = 0
    for measured in found:
        floors = known.get(measured.corpus)
        refusal = stranger(measured, floors)
        verdicts = judge(measured, None if refusal else floors)
        print("\n".join(table(verdicts)))
        if refusal:
            sys.stderr.write(f"{refusal}\n")
            status = 2
        elif not all(v.passed for v in verdicts):
            status = max(status, 1)
    return status


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--gold", type=Path, help="annotated articles: a folder or a .jsonl file")
    parser.add_argument("--scorer", type=Path, help="the scorer; else score.py beside GOLD")
    parser.add_argument("--data", type=Path, help="the folder that holds treebank/")
    parser.add_argument("--rows", type=Path, help="a file of rows annotated with claims")
    parser.add_argument("--model", type=Path, help="a folder with model.toml, else ours")
    parser.add_argument("--floors", type=Path, default=FLOORS, help="the floors file")
    parser.add_argument("--threads", type=int, default=0, help="threads of the network, 0 for all")
    parser.add_argument("--update", action="store_true", help="raise floors, pin new corpora")
    parser.add_argument("--allow-drop", metavar="WHY", help="let --update lower floors, saying why")
    options = parser.parse_args(arguments)
    if options.allow_drop is not None and not (options.update and options.allow_drop.strip()):
        parser.error("--allow-drop goes with --update and needs a reason")
    if options.gold and not options.scorer:
        options.scorer = options.gold.parent / "score.py"
    return options


if __name__ == "__main__":
    sys.exit(main())
