"""`tocsin doctor`: whether this installation is whole."""

from __future__ import annotations

import platform
import time
from collections.abc import Callable
from functools import partial
from importlib.metadata import version
from typing import Annotated

import typer
from rich.console import Console

import tocsin
from tocsin.base.errors import TocsinError

NEEDED = (
    "alembic", "fastwarc", "feedparser", "httpx", "msgspec", "numpy", "onnxruntime", "protego",
    "py3langid", "pypdfium2", "python-docx", "PyYAML", "SQLAlchemy", "tokenizers", "trafilatura",
)  # fmt: skip
TRIAL = "Two soldiers were killed when rebels attacked a base near the capital, the army said."


def command(
    store: Annotated[
        str | None,
        typer.Option("--store", "-s", metavar="FILE|URL", help="Check this store as well."),
    ] = None,
) -> None:
    """Check libraries, model and knowledge, and code one sentence; exit code 1 if one fails."""
    console = Console(highlight=False)
    system = f"{platform.system()} {platform.machine()}"
    console.print(f"Tocsin {tocsin.__version__}, Python {platform.python_version()}, {system}")
    checks: dict[str, Callable[[], str]] = {
        "libraries": _libraries,
        "model": _model,
        "ontology": _ontology,
        "actors": _actors,
        "coding": _coding,
    }
    if store is not None:
        checks["store"] = partial(_store, store)
    failed = False
    for name, check in checks.items():
        begun = time.perf_counter()
        word, said = _try(check)
        failed = failed or word != "ok"
        console.print(
            f"{word:>6}  {name:10} {said}  ({time.perf_counter() - begun:.2f} s)", markup=False
        )
    if failed:
        raise typer.Exit(1)


def _try(check: Callable[[], str]) -> tuple[str, str]:
    try:
        return "ok", check()
    except (TocsinError, ImportError, OSError) as error:
        return "FAILED", str(error)


def _libraries() -> str:
    return ", ".join(f"{name} {version(name)}" for name in NEEDED)


def _model() -> str:
    from tocsin.coding import calibration
    from tocsin.neural import artefact

    found = artefact.load()
    known = calibration.load(found.folder, found.digest).knots
    worth = f"{len(known)} fields calibrated" if known else "confidence not calibrated"
    return f"{found.name}, {found.digest}, hashes agree, {worth}"


def _ontology() -> str:
    from tocsin.ontology.check import check
    from tocsin.ontology.load import load

    findings = check(None)
    if findings:
        raise TocsinError(str(findings[0]))
    types = load()
    return f"{len(types)} types, fingerprint {types.fingerprint[:16]}"


def _actors() -> str:
    from tocsin.ontology.actors import load

    known = load()
    return f"{len(known.countries)} countries, {len(known.actors)} actors"


def _store(where: str) -> str:
    from tocsin.store import overview
    from tocsin.store.open import newest, open_store

    with open_store(where, create=False, readonly=True) as opened, opened.read() as connection:
        faults = overview.faults(connection)
        if faults:
            raise TocsinError(f"{faults[0]}; restore a backup (`tocsin restore`)")
        held = overview.tally(connection)
    return f"tables {newest()}, sound, {held['articles']:,} articles, {held['waiting']:,} waiting"


def _coding() -> str:
    coded = tocsin.code(TRIAL, title="")
    if not coded.claims:
        raise TocsinError("the trial sentence was coded into no claim; reinstall")
    claim = coded.claims[0]
    return f"“{claim.trigger.quote}” is {claim.type}, {claim.confidence:.2f}"
