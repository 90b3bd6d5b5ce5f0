"""Build wheel and sdist, and try what came out where no source is: `make dist`.

Usage: python packaging/dist.py [--keep FOLDER] [--python PYTHON ...]

The sdist is built, the wheel out of the sdist, both from a copy of the working tree. The wheel is
installed into a fresh environment elsewhere, and `tocsin` codes an article, shows the desk over the
example world, the manual and its completions there. It asks the registries (PyPI, npm).
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
import venv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TEXT = "Rebels shelled the town of Tarvos on Monday, killing at least 12 people, the army said.\n"
# Seconds: the example world is coded before the desk answers.
PATIENCE = 600
PORTS = {"desk": 8551, "docs": 8552}
# What may be on the disk of a built tree and must not be in an sdist.
STRAY = ("node_modules", "__pycache__", ".venv")


def build(folder: Path) -> tuple[Path, Path]:
    """Return the wheel, built out of the sdist, and the sdist, both in a folder."""
    tree = folder / "tree"
    names = _said("git", "ls-files", "--cached", "--others", "--exclude-standard", cwd=ROOT)
    for name in names.splitlines():
        if (ROOT / name).is_file():
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, tree / name)
    out = folder / "dist"
    _said(sys.executable, "-m", "build", "--outdir", str(out), str(tree))
    # What is tried below must not find the source.
    shutil.rmtree(tree)
    return next(out.glob("*.whl")), next(out.glob("*.tar.gz"))


def installed(wheel: Path, folder: Path, python: str = sys.executable) -> Path:
    """Return the folder of programs of a fresh environment that has a wheel."""
    if python == sys.executable:
        venv.EnvBuilder(with_pip=True).create(folder)
    else:
        _said(python, "-m", "venv", str(folder))
    _said(str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", str(wheel))
    return folder / "bin"


def tried(programs: Path, folder: Path) -> Iterator[str]:
    """Yield what worked of an installation, in a folder of its own; raise SystemExit else."""
    tocsin = str(programs / "tocsin")
    home = folder / "home"
    home.mkdir(parents=True)
    article = folder / "own.txt"
    article.write_text(TEXT, "utf8")
    _expect(_said(tocsin, "--version", cwd=folder), "Tocsin 0.1")
    yield "version"
    coded = _said(
        tocsin, "code", str(article), "--published", "2024-11-20", "--format", "table", cwd=folder
    )
    _expect(coded, "ASSAULT heavy-weapons")
    yield "code"
    _expect(_said(tocsin, "doctor", cwd=folder), "coding")
    yield "doctor"
    for shell in ("bash", "zsh", "fish"):
        asked = {"_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"}
        _expect(_said(tocsin, "--show-completion", shell, cwd=folder, more=asked), "_TOCSIN")
    yield "completion"
    with serving(tocsin, "docs", folder, home) as address:
        _expect(_page(address), "Tocsin")
        _expect(_page(f"{address}/reference/commands.html"), "tocsin threats")
    yield "docs"
    with serving(tocsin, "desk", folder, home, "--example") as address:
        _expect(_page(address), "Watch")
        _expect(_page(f"{address}/events"), "El Fasher")
    yield "desk"


@contextmanager
def serving(tocsin: str, command: str, folder: Path, home: Path, *more: str) -> Iterator[str]:
    """Hold a server of the command line, started with an empty home; yield its address."""
    port = PORTS[command]
    environment = os.environ | {"HOME": str(home), "XDG_CACHE_HOME": str(home / "cache")}
    words = [tocsin, command, *more, "--port", str(port)]
    server = subprocess.Popen(words, cwd=folder, env=environment)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(60)


def _page(address: str) -> str:
    """Return what is answered at an address, as soon as it is."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            with urllib.request.urlopen(address, timeout=60) as answer:  # noqa: S310 - loopback
                return str(answer.read().decode("utf8"))
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.5)


def _expect(found: str, wanted: str) -> None:
    if wanted not in found:
        raise SystemExit(f"expected {wanted!r} in:\n{found[-2000:]}")


def _said(*command: str, cwd: Path | None = None, more: dict[str, str] | None = None) -> str:
    """Return what a command prints; raise SystemExit with its last words where it fails."""
    left = {n: v for n, v in os.environ.items() if n not in {"PYTHONPATH", "TOCSIN_STORE"}}
    done = subprocess.run(
        command, cwd=cwd, env=left | (more or {}), capture_output=True, text=True, check=False
    )
    if done.returncode:
        words = (done.stdout + done.stderr)[-3000:]
        raise SystemExit(f"{' '.join(command)} failed ({done.returncode}):\n{words}")
    return done.stdout


def _stray(sdist: Path) -> None:
    names = _said("tar", "-tzf", str(sdist))
    found = [name for name in names.splitlines() if set(STRAY) & set(Path(name).parts)]
    if found:
        raise SystemExit(f"{sdist.name} holds what it must not: {', '.join(found[:5])}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Build, install, try, say the sizes."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--keep", type=Path, default=ROOT / "dist", help="where they are put")
    parser.add_argument(
        "--python", nargs="*", default=[sys.executable], help="interpreters to try it with"
    )
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        wheel, sdist = build(folder)
        _stray(sdist)
        options.keep.mkdir(parents=True, exist_ok=True)
        for built in (wheel, sdist):
            shutil.copy2(built, options.keep)
            print(f"{built.name}: {built.stat().st_size / 1e6:.1f} MB", flush=True)
        for number, python in enumerate(options.python):
            programs = installed(wheel, folder / f"clean-{number}", python)
            print(f"{_said(python, '--version').strip()}: ", end="", flush=True)
            print(", ".join(tried(programs, folder / f"elsewhere-{number}")), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
