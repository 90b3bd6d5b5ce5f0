"""Hold the measures above their floors, each floor pinned beside the hash of its corpus.

Usage: python -m evaluation.gate [--gold GOLD --scorer PATH] [--data DATA] [--rows FILE]
           [--model DIR] [--floors FILE] [--report FILE] [--update] [--allow-drop WHY]

GOLD is a folder of annotated articles or one .jsonl file, scored by the scorer; DATA holds the
public sets that `evaluation.sets` names, FILE rows annotated with claims. What is absent is skipped
with a message. `--report` writes the page of `evaluation.report` from the same run.
`--update` raises floors and pins a corpus not yet known. A floor is lowered, dropped, or pinned to
a changed corpus only with `--allow-drop WHY`, which is kept beside the floors.
Exit status: 0 all passed, 1 a measure fell, 2 a corpus is not the one the floors were measured on.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from evaluation import report, sets
from evaluation.measure import Corpus
from tocsin.base.errors import TocsinError

# Quantised kernels round differently from one processor to the next; a fall by less is none.
SLACK = 0.002
# An accuracy over fewer items says more about the items than about the coder.
FEWEST = 30
FLOORS = Path(__file__).with_name("floors.toml")


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


def pinned(corpus: Corpus) -> Measured:
    """Return the values of a corpus that can have a floor, those of few items left out."""
    values = {m.name: m.value for m in corpus.measures if m.of >= FEWEST}
    return Measured(corpus.name, corpus_hash(p.read_bytes() for p in corpus.files), values)


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
        coder = sets.opened(options)
        run = sets.measure(coder, sets.located(options))
    except TocsinError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    found = [pinned(corpus) for corpus in run.corpora]
    if not found:
        print("nothing measured: no corpus is there")
        return 0
    if options.update:
        known |= {m.corpus: raised(m, known.get(m.corpus), options.allow_drop) for m in found}
        path.write_text(render(known), "utf8")
    status = verdict(found, known)
    if options.report:
        report.write(options.report, run, coder)
    return status


def verdict(found: Iterable[Measured], known: Mapping[str, Floors]) -> int:
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
    sets.arguments(parser)
    parser.add_argument("--floors", type=Path, default=FLOORS, help="the floors file")
    parser.add_argument("--report", type=Path, help="write the report of this run there, too")
    parser.add_argument("--update", action="store_true", help="raise floors, pin new corpora")
    parser.add_argument("--allow-drop", metavar="WHY", help="let --update lower floors, saying why")
    options = parser.parse_args(arguments)
    if options.allow_drop is not None and not (options.update and options.allow_drop.strip()):
        parser.error("--allow-drop goes with --update and needs a reason")
    return options


if __name__ == "__main__":
    sys.exit(main())
