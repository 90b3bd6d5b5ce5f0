"""Every corpus at hand, measured: what is absent is named on the error stream and left out.

DATA holds `attribution/`, `plv/`, `gsr/`, `places/`, `times/` and `treebank/`, as far as they are
there. Texts are coded once; sets of coded articles are scored by the scorer that comes with them.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any

from evaluation import actors, places, reader, scorer, texts, times
from evaluation.calibrate import raw
from evaluation.measure import Corpus, Measure, ratio
from evaluation.texts import Row
from tocsin.pipeline.run import Coder, open_coder
from training.corpora import held_back

# What rows show without countries, days and numbers, which nobody wrote into them.
OF_ROWS = (
    "claim found F1", "claim found and typed F1", "trigger overlap", "actor identity",
    "recipient identity", "modality", "attribution chain", "mode", "modality, where not actual",
    "attribution chain, where there is one", "condition", "content_of",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Where:
    """Where corpora lie; what is not given is not looked for."""

    data: Path | None = None
    rows: Path | None = None
    gold: Path | None = None
    scorer: Path | None = None


@dataclass(frozen=True, slots=True)
class Annotated:
    """A corpus of articles with gold claims beside the articles as coded, by name."""

    name: str
    gold: list[Row]
    said: dict[str, Row]


@dataclass(slots=True)
class Found:
    """All that a run found: measures, claims beside gold ones, and how long coding took."""

    corpora: list[Corpus] = field(default_factory=list)
    annotated: list[Annotated] = field(default_factory=list)
    words: int = 0
    seconds: float = 0.0

    def code(self, coder: Coder, rows: Sequence[Row]) -> dict[str, Row]:
        """Return coded articles, and count their words and the time they took."""
        begun = perf_counter()
        out = texts.code(coder, rows)
        spent = perf_counter() - begun
        self.seconds += spent
        self.words += sum(len(str(row["text"]).split()) for row in rows)
        sys.stderr.write(f"{len(out)} of {len(rows)} texts coded in {spent:.0f} s\n")
        return out

    def measured(self, name: str, files: Sequence[Path], measures: Iterable[Measure]) -> None:
        """Keep what was measured on a corpus."""
        self.corpora.append(Corpus(name, tuple(files), tuple(measures)))


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options that say where corpora and model lie."""
    parser.add_argument("--gold", type=Path, help="annotated articles: a folder or a .jsonl file")
    parser.add_argument("--scorer", type=Path, help="the scorer; else score.py beside GOLD")
    parser.add_argument("--data", type=Path, help="the folder that holds the public sets")
    parser.add_argument("--rows", type=Path, help="a file of rows annotated with claims")
    parser.add_argument("--model", type=Path, help="a folder with model.toml, else ours")
    parser.add_argument("--threads", type=int, default=0, help="threads of the network, 0 for all")


def located(options: argparse.Namespace) -> Where:
    """Return where the options say that corpora lie."""
    beside = options.gold.parent / "score.py" if options.gold else None
    return Where(options.data, options.rows, options.gold, options.scorer or beside)


def opened(options: argparse.Namespace) -> Coder:
    """Return a coder over the model of the options."""
    return open_coder(model=options.model, threads=options.threads)


def measure(coder: Coder, where: Where) -> Found:
    """Return everything that can be measured on the corpora that are there.

    Claims are coded with raw scores, from which the report shows what calibrating does.
    """
    found, coder = Found(), raw(coder)
    _claims(found, coder, where)
    if where.data is not None:
        _statements(found, coder, where.data / "attribution")
        _roots(found, coder, where.data / "plv", where.rows)
        _events(found, coder, where.data / "gsr")
        _people(found, coder, where)
        _toponyms(found, where.data / "places")
        _days(found, where.data / "times")
        found.corpora += reader.corpora(coder.reader, where.data, where.rows)
    return found


def _there(name: str, *paths: Path) -> bool:
    """Return whether all paths are there, having said so where one is not."""
    absent = next((path for path in paths if not path.exists()), None)
    if absent is not None:
        sys.stderr.write(f"{name}: {absent} is absent, skipped\n")
    return absent is None


def _claims(found: Found, coder: Coder, where: Where) -> None:
    """Measure claims on gold articles, and on the rows held back as far as they tell."""
    if where.gold is None or where.scorer is None or not _there("scorer", where.scorer):
        return
    for path, load, kept in ((where.gold, texts.gold, ()), (where.rows, texts.held, OF_ROWS)):
        if path is None or not _there("claims", path):
            continue
        name = "rows held back" if kept else path.name
        gold = load(path)
        said = found.code(coder, gold)
        measures = [m for m in scorer.claims(where.scorer, gold, said) if _kept(m, kept)]
        files = sorted(path.glob("*.json")) if path.is_dir() else [path]
        found.annotated.append(Annotated(name, gold, said))
        found.measured(f"coder on {name}", files, measures)


def _kept(measure: Measure, names: Sequence[str]) -> bool:
    # The types are written large.
    return not names or measure.name in names or measure.name.split()[0].isupper()


def _statements(found: Found, coder: Coder, folder: Path) -> None:
    script, corpus = folder / "score.py", folder / "polnear-dev"
    if _there("PolNeAR", script, corpus / "text"):
        said = found.code(coder, texts.polnear(corpus))
        files = sorted(p for p in corpus.rglob("*.*") if p.is_file())
        measures = scorer.statements(script, corpus, said)
        found.measured("statements on PolNeAR", files, measures)


def _roots(found: Found, coder: Coder, folder: Path, rows: Path | None) -> None:
    """Measure types between given sides, on all sentences and on those never trained on."""
    script, path = folder / "score.py", folder / "train.jsonl"
    if not _there("PLV", script, path):
        return
    gold = texts.lines(path)
    said = found.code(coder, texts.plv(path))
    found.measured("coder on PLV", [path], scorer.roots(script, gold, said))
    if rows is not None and rows.exists():
        kept = {r["text"] for r in texts.lines(rows) if held_back(r["doc"])}
        part = [row for row in gold if row["text"] in kept]
        found.measured("coder on PLV held back", [path, rows], scorer.roots(script, part, said))


def _events(found: Found, coder: Coder, folder: Path) -> None:
    scripts, path = (folder / "score.py", folder / "from_claims.py"), folder / "dev.jsonl"
    if _there("GSR", *scripts, path):
        said = found.code(coder, texts.gsr(path)).values()
        measures = scorer.events(*scripts, texts.lines(path), said)
        found.measured("coder on GSR", [path], measures)


def _people(found: Found, coder: Coder, where: Where) -> None:
    """Measure whom given phrases mean."""
    dyads = where.data / "gsr" / "dev.jsonl" if where.data else None
    options = argparse.Namespace(gold=where.gold, dyads=dyads, rows=None)
    for name, articles in actors.corpora(options):
        held = [list(actors.answers(coder, article, asked)) for article, asked in articles]
        path: Path = getattr(options, name)
        files = sorted(path.glob("*.json")) if path.is_dir() else [path]
        found.measured(f"actors on {name}", files, actors.shares(held))


def _toponyms(found: Found, folder: Path) -> None:
    tests: dict[str, Callable[[places.Case], bool | None]] = {
        "within 161 km": lambda c: c.near if c.gold.spot else None,
        "exact GeoNames id": lambda c: c.exact if c.gold.spot and c.gold.identity else None,
        "country": lambda c: c.same_country if c.gold.spot and c.gold.country else None,
        "no coordinates, unresolved": lambda c: None if c.gold.spot else c.said.spot is None,
    }
    for name in ("lgl", "GeoVirus"):
        path = folder / f"{name}.xml"
        if _there(name, path):
            held = [list(places.cases([article])) for article in places.articles(path)]
            measures = [_share(label, held, test) for label, test in tests.items()]
            found.measured(f"places on {name}", [path], measures)


def _days(found: Found, folder: Path) -> None:
    tests: dict[str, Callable[[times.Case], bool | None]] = {
        "DATE, value": lambda c: c.right if c.timex.kind == "DATE" else None,
        "TIME, by its day": lambda c: c.right if c.timex.kind == "TIME" else None,
    }
    paths = sorted(folder.rglob("*.tml"))
    if _there("TimeML", *(paths or [folder / "*.tml"])):
        held = [list(times.cases(item)) for item in map(times.document, paths) if item]
        measures = [_share(label, held, test) for label, test in tests.items()]
        found.measured("times on TimeML", paths, measures)


def _share(
    name: str, articles: Iterable[Iterable[Any]], test: Callable[[Any], bool | None]
) -> Measure:
    """Return the share of cases that pass a test, those that it says None of left out."""
    units = []
    for cases in articles:
        told = [ok for ok in map(test, cases) if ok is not None]
        units.append((float(sum(told)), float(len(told))))
    return ratio(name, units)
