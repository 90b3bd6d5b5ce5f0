"""The scorers that come with corpora: run as they are, on everything or on one article at a time.

A scorer prints rates; those of a single article, times its counts, are what it adds to a measure.
"""

from __future__ import annotations

import io
import json
import re
import runpy
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from typing import Any

from evaluation.align import Tally
from evaluation.measure import Measure, f1, ratio

Row = Mapping[str, Any]
WHOLE = (
    "claim found",
    "claim found and typed",
    "who did what to whom",
    "who did what to whom, said by whom",
)
SPANS = ("source", "cue", "content", "all")


def run(scorer: Path, *arguments: str | Path) -> tuple[str, dict[str, Any]]:
    """Return what a scorer prints and the names that it leaves behind, run in this process.

    A process each would cost more than the scoring, hundreds of times over.
    """
    kept, printed = sys.argv, io.StringIO()
    sys.argv = [str(scorer), *map(str, arguments)]
    try:
        with redirect_stdout(printed):
            left = runpy.run_path(str(scorer), run_name="__main__")
    finally:
        sys.argv = kept
    return printed.getvalue(), left


@contextmanager
def written(rows: Iterable[Row]) -> Iterator[Path]:
    """Give the path of a passing file with a row a line."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.jsonl"
        lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        path.write_text("".join(lines), "utf8")
        yield path


def scorable(scorer: Path, gold: Row, said: Row) -> Row:
    """Return a coded article that a scorer which reads a gold condition unasked can score.

    Such a scorer stops at a coded condition where gold has none. Conditions count only where gold
    has one, so those of the other claims can go without changing any measure.
    """
    pairs = runpy.run_path(str(scorer))["match"](gold["claims"], said["claims"])
    asked = {id(b) for a, b in pairs if a.get("condition")}
    claims = [
        claim if id(claim) in asked else {k: v for k, v in claim.items() if k != "condition"}
        for claim in said["claims"]
    ]
    return {**said, "claims": claims}


def claims(scorer: Path, gold: Iterable[Row], said: Mapping[str, Row]) -> list[Measure]:
    """Return what the scorer of gold articles measures, and the F1 of each type."""
    scored = []
    for article in gold:
        coded = said.get(str(article["doc"]), {"doc": article["doc"], "claims": []})
        with written([article]) as one, written([scorable(scorer, article, coded)]) as other:
            scored.append(json.loads(run(scorer, one, other, "--json")[0]))
    out = [f1(f"{name} F1", [_whole(row, name) for row in scored]) for name in WHOLE]
    for name in dict.fromkeys(field for row in scored for field in row["fields"]):
        fields = [row["fields"].get(name, {"accuracy": 0.0, "of": 0}) for row in scored]
        units = [(round(f["accuracy"] * f["of"]), f["of"]) for f in fields]
        out.append(ratio(name, units))
    for name in sorted({kind for row in scored for kind in row["types"]}):
        counts = [row["types"].get(name, {}) for row in scored]
        tallies = [Tally(c.get("gold", 0), c.get("system", 0), c.get("typed", 0)) for c in counts]
        out.append(f1(f"{name} F1", tallies))
    return out


def _whole(row: Row, name: str) -> Tally:
    gold, said = row["gold claims"], row["system claims"]
    return Tally(gold, said, round(row[name]["precision"] * max(1, said)))


def statements(scorer: Path, folder: Path, said: Mapping[str, Row]) -> list[Measure]:
    """Return the F1 of source, cue, content and all three, exact and with any overlap."""
    tallies: dict[str, list[Tally]] = {}
    for text in sorted((folder / "text").glob("*.txt")):
        with tempfile.TemporaryDirectory() as name:
            alone = _alone(folder, text, Path(name))
            with written([said[text.stem]] if text.stem in said else []) as coded:
                printed = run(scorer, alone, coded)[0]
        for measure, tally in _told(printed):
            tallies.setdefault(measure, []).append(tally)
    order = [f"{span}, {how}" for how in ("exact", "overlap") for span in SPANS]
    return [f1(f"{m} F1", tallies[m]) for m in order if m in tallies]


def _alone(folder: Path, text: Path, out: Path) -> Path:
    """Return a folder that holds one text and its attributions, as links."""
    names = [text, *(p for p in folder.glob("attributions/*.ann") if p.name.startswith(text.stem))]
    for path in names:
        (out / path.parent.name).mkdir(exist_ok=True)
        (out / path.parent.name / path.name).symlink_to(path.resolve())
    return out


def _told(printed: str) -> Iterator[tuple[str, Tally]]:
    """Yield what lies behind lines like "cue exact F1 0.5 overlap F1 1.0 (2 system, 2 gold)"."""
    line = re.compile(r"(\w+)\s+exact F1 ([\d.]+)\s+overlap F1 ([\d.]+)\s+\((\d+) \w+, (\d+) \w+\)")
    for span, *rates, system, gold in line.findall(printed):
        both = int(system) + int(gold)
        for how, rate in zip(("exact", "overlap"), rates, strict=True):
            right = round(float(rate) * both / 2)
            yield f"{span}, {how}", Tally(int(gold), int(system), right)


def roots(scorer: Path, gold: Iterable[Row], said: Mapping[str, Row]) -> list[Measure]:
    """Return accuracy and macro-F1 of the type between a given source and target, and each F1."""
    counts: list[dict[str, Tally]] = []
    for pair in gold:
        coded = [said[str(pair["id"])]] if str(pair["id"]) in said else []
        with written([pair]) as one, written(coded) as other:
            left = run(scorer, one, other)[1]
        tp, fp, fn = left["tp"], left["fp"], left["fn"]
        counts.append({r: Tally(tp[r] + fn[r], tp[r] + fp[r], tp[r]) for r in {*tp, *fp, *fn}})
    names = sorted({r for row in counts for r, tally in row.items() if tally.gold})
    tables = {r: [row.get(r, Tally()) for row in counts] for r in names}
    pairs = [(sum(t.right for t in row.values()), 1) for row in counts]
    units = tuple(
        tuple((2 * t.right, t.gold + t.said) for t in row)
        for row in zip(*tables.values(), strict=True)
    )
    macro = Measure("root macro-F1", units, len(counts))
    return [ratio("accuracy", pairs), macro, *(f1(f"{r} F1", tables[r]) for r in names)]


def events(scorer: Path, convert: Path, gold: Iterable[Row], said: Iterable[Row]) -> list[Measure]:
    """Return how often a sentence's one event is found, with type, and with both countries.

    Sentences of the same text go together: any of their types is right for either.
    """
    with written(said) as coded:
        events_ = {row["id"]: row for row in map(json.loads, run(convert, coded)[0].splitlines())}
    texts: dict[str, list[Row]] = {}
    for row in gold:
        texts.setdefault(row["text"], []).append(row)
    scored = []
    for rows in texts.values():
        mine = [events_[row["id"]] for row in rows if row["id"] in events_]
        with written(rows) as one, written(mine) as other:
            scored.append(json.loads(run(scorer, other, "--gold", one, "--json")[0]))
    rates = {
        "type recall": ("type_recall", "sentences"),
        "type precision": ("type_precision", "events"),
        "type and actor country": ("type_src", "type_src_den"),
        "type and both countries": ("type_src_tgt", "type_src_tgt_den"),
    }
    return [
        ratio(name, [(round(row[rate] * row[of]), row[of]) for row in scored])
        for name, (rate, of) in rates.items()
    ]
