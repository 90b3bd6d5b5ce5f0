"""The shape of the source: small files, plain names, a quiet library, a light import."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tocsin.base import errors

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "tocsin"
FOLDERS = ("src", "tests", "training", "evaluation", "benchmarks", "manual", "packaging")
LONGEST = 420
FORBIDDEN = {
    stem + ending
    for stem in ("util", "common", "helper", "core", "manager")
    for ending in ("", "s", "es")
} | {"utilities"}
HEAVY = {
    "alembic", "docx", "duckdb", "fastwarc", "feedparser", "httpx", "numpy", "onnxruntime",
    "pyarrow", "pypdfium2", "ray", "sqlalchemy", "tokenizers", "trafilatura", "torch",
}  # fmt: skip


def _files(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from sorted((ROOT / folder).rglob("*.py"))


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


SOURCES = [pytest.param(path, id=_name(path)) for path in _files("src")]


@pytest.mark.parametrize("path", list(_files(*FOLDERS)), ids=_name)
def test_files_are_short(path: Path) -> None:
    """A file fits on a few screens."""
    assert len(path.read_text("utf8").splitlines()) < LONGEST


@pytest.mark.parametrize("path", SOURCES)
def test_modules_are_one_word(path: Path) -> None:
    """A module is named by one lower-case word, and stands in one folder of the package.

    Alembic wants the migrations of the store in folders of their own.
    """
    assert re.fullmatch(r"[a-z]+|__init__|__main__", path.stem)
    within = path.relative_to(PACKAGE).parts
    assert len(within) <= (4 if "migrations" in within else 2)


def test_no_place_for_anything() -> None:
    """No folder or module has a name that would take in anything."""
    names = {part for path in _files(*FOLDERS) for part in Path(_name(path)).with_suffix("").parts}
    assert not names & FORBIDDEN


@pytest.mark.parametrize("path", SOURCES)
def test_only_the_command_line_prints(path: Path) -> None:
    """Nothing outside `cli` writes to the terminal."""
    if path.relative_to(PACKAGE).parts[0] == "cli":
        return
    calls = [n.func for n in ast.walk(_tree(path)) if isinstance(n, ast.Call)]
    assert "print" not in {f.id for f in calls if isinstance(f, ast.Name)}


@pytest.mark.parametrize("path", SOURCES)
def test_private_names_stay_at_home(path: Path) -> None:
    """No module imports a private name of another."""
    imports = [n for n in ast.walk(_tree(path)) if isinstance(n, ast.ImportFrom)]
    names = [a.name for n in imports if n.module != "__future__" for a in n.names]
    assert [name for name in names if re.match(r"_[^_]", name)] == []


@pytest.mark.parametrize("path", SOURCES)
def test_public_names_are_explained(path: Path) -> None:
    """Every public module, class, function and method says in a sentence what it is."""
    assert list(_silent(_tree(path))) == []


def _silent(node: ast.Module | ast.ClassDef) -> Iterator[str]:
    if not ast.get_docstring(node):
        yield getattr(node, "name", "module")
    for part in node.body:
        if not isinstance(part, ast.ClassDef | ast.FunctionDef) or part.name.startswith("_"):
            continue
        if isinstance(part, ast.ClassDef):
            yield from _silent(part)
        elif not ast.get_docstring(part) and not _overload(part):
            yield part.name


def _overload(function: ast.FunctionDef) -> bool:
    return any(isinstance(d, ast.Name) and d.id == "overload" for d in function.decorator_list)


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf8"))


def _loaded(statement: str) -> set[str]:
    """Return the top names of all modules that a fresh interpreter holds after a statement."""
    script = f"import sys, json\n{statement}\nprint(json.dumps(sorted(sys.modules)))"
    environment = os.environ | {"PYTHONPATH": str(PACKAGE.parent)}
    done = subprocess.run(  # noqa: S603 - our own interpreter, our own words
        [sys.executable, "-c", script], env=environment, capture_output=True, check=True, text=True
    )
    return {name.partition(".")[0] for name in json.loads(done.stdout)}


@pytest.mark.parametrize("module", ["tocsin", "tocsin.base.errors", "tocsin.records.wire"])
def test_import_is_light(module: str) -> None:
    """Importing the package or its records opens no heavy library."""
    assert not _loaded(f"import {module}") & HEAVY


def test_commands_are_imported_when_they_are_asked_for() -> None:
    """Whoever asks for one command does not wait for the libraries of the others."""
    assert not _loaded("import tocsin.cli.app") & HEAVY


def test_the_help_does_without_scipy() -> None:
    """Whoever asks what commands there are does not wait for what only some days' work needs."""
    script = (
        "from tocsin.cli.app import COMMANDS, Commands\n"
        "for name in COMMANDS: Commands().get_command(None, name)"
    )
    assert not _loaded(script) & {"scipy", "spacy", "torch", "ray", "duckdb", "trafilatura"}


def test_errors_are_listed() -> None:
    """The tree in the docstring of `base/errors.py` is the tree of its classes, in its order."""
    documented = re.findall(r"^(?:\+ )?([A-Z]\w*Error)\b", errors.__doc__ or "", re.MULTILINE)
    root = errors.TocsinError
    defined = [k for k in vars(errors).values() if isinstance(k, type) and issubclass(k, root)]
    assert documented == [kind.__name__ for kind in defined]
    assert all(kind.__bases__ == (root,) for kind in defined if kind is not root)
