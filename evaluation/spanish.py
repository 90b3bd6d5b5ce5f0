"""The Spanish pack on its own short articles: claims found, typed, and their fields.

    python -m evaluation.spanish [FILE] [--part tried|kept|fresh]

The articles are the project's own, written in the manner of agencies and annotated by the codebook.
The lexicon was mended on those called `tried`; those called `kept` were written after that and
measured before anything was changed for them; for those called `fresh` nothing has been changed.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from evaluation.claims import Pair, paired
from evaluation.texts import code, gold
from tocsin.pipeline.run import open_coder

Row = Mapping[str, Any]
ARTICLES = Path(__file__).parent / "spanish.jsonl"
PARTS = ("tried", "kept", "fresh")


def measured(rows: Sequence[Row], said: Mapping[str, Row]) -> dict[str, float]:
    """Return the measures of coded articles against gold ones, each from 0 to 1.

    Fields are counted over the claims that were found with their type.
    """
    pairs = [pair for row in rows for pair in paired(row, said.get(row["doc"], {"claims": []}))]
    ours, theirs = sum(p.said is not None for p in pairs), sum(p.gold is not None for p in pairs)
    met, typed = [p for p in pairs if p.gold and p.said], [p for p in pairs if p.typed]
    out = {
        "found": 2 * len(met) / max(1, ours + theirs),
        "found and typed": 2 * len(typed) / max(1, ours + theirs),
    }
    return out | {name: _share(typed, name) for name in ("modality", "actors", "recipients")}


def _share(pairs: Iterable[Pair], field: str) -> float:
    """Return the share of claims whose field agrees; of people, by their countries."""
    held = [(p.gold or {}, p.said or {}) for p in pairs]
    same = [_plain(gold.get(field)) == _plain(said.get(field)) for gold, said in held]
    return sum(same) / max(1, len(same))


def _plain(value: object) -> object:
    if isinstance(value, list):
        return {one.get("country") for one in value if isinstance(one, Mapping)} - {None}
    return value


def told(measures: Mapping[str, float]) -> Iterator[str]:
    """Yield a line for each measure."""
    for name, value in measures.items():
        yield f"{name:18} {value:.3f}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; return the exit status."""
    parser = argparse.ArgumentParser(prog="evaluation.spanish", description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, default=ARTICLES)
    parser.add_argument("--part", choices=PARTS, help="only these articles; by default each part")
    options = parser.parse_args(arguments)
    rows = gold(options.file)
    said = code(open_coder(threads=1), rows)
    for part in [options.part] if options.part else PARTS:
        own = [row for row in rows if row.get("part", PARTS[0]) == part]
        claims = sum(len(row["claims"]) for row in own)
        sys.stdout.write(f"{part}: {len(own)} articles, {claims} claims\n")
        sys.stdout.writelines(f"  {line}\n" for line in told(measured(own, said)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
