"""Score the coded articles of several coders against the same gold, side by side.

Usage: python -m evaluation.compare GOLD --scorer PATH NAME=FILE...

Each FILE holds one coder's articles in the gold form; NAME heads its column. The columns after the
first show, in brackets, the difference from it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from evaluation import scorer as scoring
from evaluation import texts
from evaluation.gate import FEWEST


def table(columns: Mapping[str, Mapping[str, float]]) -> Iterator[str]:
    """Yield the lines of a table: a measure a line, a coder a column."""
    base = next(iter(columns.values()))
    measures = dict.fromkeys(m for values in columns.values() for m in values)
    width = max([17, *(len(name) + 2 for name in columns)])
    yield " " * 44 + "".join(f"{name:>{width}}" for name in columns)
    for measure in measures:
        cells = (_cell(v.get(measure), base.get(measure), v is base) for v in columns.values())
        yield f"{measure:44}" + "".join(f"{cell:>{width}}" for cell in cells)


def _cell(value: float | None, base: float | None, first: bool) -> str:  # noqa: FBT001
    if value is None:
        return "-"
    if first or base is None:
        return f"{value:.3f}"
    return f"{value:.3f} ({value - base:+.3f})"


def _named(argument: str) -> tuple[str, Path]:
    name, sign, path = argument.partition("=")
    if not sign:
        raise argparse.ArgumentTypeError(f"{argument!r}: expected NAME=FILE")
    return name, Path(path)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table of the coders whose files are there."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("gold", type=Path, help="annotated articles: a folder or a .jsonl file")
    parser.add_argument("coders", type=_named, nargs="+", metavar="NAME=FILE")
    parser.add_argument("--scorer", type=Path, help="the scorer; else score.py beside GOLD")
    options = parser.parse_args(arguments)
    scorer = options.scorer or options.gold.parent / "score.py"
    absent = [p for p in (options.gold, scorer) if not p.exists()]
    if absent:
        print(f"{absent[0]} is absent, skipped")
        return 0
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
    return 0


if __name__ == "__main__":
    sys.exit(main())
