"""What is computed and how, with the numbers as they stand in the configuration and the code."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from importlib import resources
from itertools import pairwise
from pathlib import Path

import tocsin
from manual.markdown import code, made, plain, table
from manual.settings import rows
from tocsin.fusion.features import FEATURES
from tocsin.fusion.match import load as weights

PACKAGE = Path(tocsin.__file__).parent
FOLDERS = ("coding", "fusion", "watch")
NUMBER = re.compile(r"^([A-Z][A-Z_]*)(?::[^=]+)? = (-?[0-9][0-9_.e*<+ -]*?)\s*(?:#:? ?(.*))?$")
# Notes of design that are no part of the manual.
REFERENCE = re.compile(r" \(WATCH[^)]*\)")


def page() -> str:
    """Return the page of methods."""
    return made(
        "Methods", "settings, weights and constants",
        _lead(), *_coding(), *_fusion(), *_watch(), *_constants(),
    )  # fmt: skip


def _data(*names: str) -> str:
    return resources.files("tocsin").joinpath("data", *names).read_text("utf8")


def _lead() -> str:
    return (
        "What each stage computes, by which numbers, and where these come from. The numbers below "
        "are read from the files that Tocsin itself reads; results with intervals stand in "
        "[How well it codes](results/coding.md), [Forecasts](results/forecasts.md) and "
        "[False alarms](results/alarms.md)."
    )


def _settings(section: str) -> str:
    found = rows(_data("defaults.toml"), section)
    return table(("setting", "value", "is"), ((code(k), code(v), plain(w)) for k, v, w in found))


def _coding() -> Iterator[str]:
    yield "## Coding: from sentences to claims"
    yield (
        "A small network reads each sentence once ([model card](card.md)); the lexicon and the "
        "tree of the sentence vote with it ([two hands](decisions/003-two-hands.md), "
        "[votes](decisions/006-votes.md)). From which chance on something is kept:"
    )
    yield _settings("coding")
    yield (
        "What scores are worth is fitted on rows held back from training, by isotonic regression, "
        "and lies beside the model. A claim's confidence is the chance that it is there and of its "
        "type. Each row says what a raw score becomes:"
    )
    yield table(("field", "lowest score seen", "middle", "highest"), _knots())


def _knots() -> Iterator[tuple[str, str, str, str]]:
    folder = next((PACKAGE / "data" / "models").glob("*/calibration.toml"))
    held = tomllib.loads(folder.read_text("utf8"))["knots"]
    for field, knots in sorted(held.items()):
        shown = [knots[0], knots[len(knots) // 2], knots[-1]]
        low, middle, high = (f"{score:.2f} → {chance:.2f}" for score, chance in shown)
        yield field, low, middle, high


def _fusion() -> Iterator[str]:
    held = weights()
    yield "## Fusion: from claims to events"
    yield (
        "Candidate pairs of claims are compared by the features below. Their weighted sum is the "
        f"log odds that both tell of one event (bias {held.bias:g}). Groups merge while the mean "
        f"chance of their pairs is at least {held.threshold:g}; a pair that was never compared "
        f"counts {held.absent:g}. [What the weights were learnt from, and what to distrust]"
        "(fusion-weights.md), [why clusters are made so](decisions/009-fusion.md)."
    )
    by = held.weights
    found = sorted(
        ((f.__name__, by.get(f.__name__, 0.0), f.__doc__ or "") for f in FEATURES),
        key=lambda row: (-abs(row[1]), row[0]),
    )
    yield table(
        ("feature", "weight", "is"),
        ((code(name), f"{weight:+.2f}", plain(what)) for name, weight, what in found if weight),
    )
    yield (
        "Copies, origins, levels and grades are told in [Fusion](fusion.md); the ledger of "
        "threats goes by `src/tocsin/data/fusion/threats.yml`."
    )


def _watch() -> Iterator[str]:
    yield "## Watch: series, signals, forecasts"
    yield (
        "[Series](watch.md) says what counts and gives the fourteen indicators, "
        "[Signals](signals.md) the rules, [Forecasts](forecasts.md) the models and their scores. "
        "Surge, rising threat and the volatility classes are ACLED's published rules; change is "
        "Bayesian online change point detection (Adams and MacKay 2007)."
    )
    yield _settings("signals")
    yield "The ladder of escalation, after the order of PLOVER's scores:"
    ladder = tomllib.loads(_data("watch", "ladder.toml"))
    words = tomllib.loads(_data("watch", "rungs.toml"))["words"]
    rungs: dict[int, list[str]] = {}
    for what, rung in ladder["rungs"].items():
        rungs.setdefault(rung, []).append(what)
    yield table(
        ("rung", "in words", "types and modes"),
        (
            (str(rung), words[rung - 1] if rung <= len(words) else "", ", ".join(sorted(names)))
            for rung, names in sorted(rungs.items())
        ),
    )


def _constants() -> Iterator[str]:
    yield "## Constants"
    yield (
        "Numbers that stand in the code, with what the code says of them. They are chosen by "
        "reading and trial unless their text says otherwise (`evaluation/LOG.md`)."
    )
    for folder in FOLDERS:
        yield f"### In {folder}"
        yield table(
            ("constant", "value", "is"),
            (row for file in sorted((PACKAGE / folder).glob("*.py")) for row in constants(file)),
        )


def constants(file: Path) -> Iterator[tuple[str, str, str]]:
    """Yield the public numbers of a module that say what they are, by a comment or a text."""
    lines = file.read_text("utf8").splitlines()
    texts = _texts("\n".join(lines))
    for at, line in enumerate(lines):
        if held := NUMBER.match(line):
            said = held[3] or texts.get(held[1]) or _above(lines, at)
            said = REFERENCE.sub("", said)
            if said:
                yield code(f"{file.stem}.{held[1]}"), code(held[2].strip()), plain(said)


def _texts(source: str) -> dict[str, str]:
    """Return the text that stands under each name of a module."""
    body = ast.parse(source).body
    found: dict[str, str] = {}
    for one, after in pairwise(body):
        target = one.targets[0] if isinstance(one, ast.Assign) else getattr(one, "target", None)
        value = after.value if isinstance(after, ast.Expr) else None
        if isinstance(target, ast.Name) and isinstance(value, ast.Constant):
            found[target.id] = str(value.value)
    return found


def _above(lines: list[str], at: int) -> str:
    found: list[str] = []
    while at and lines[at - 1].startswith("#"):
        at -= 1
        found.insert(0, lines[at].lstrip("#: "))
    return " ".join(found)
