"""Measure what an installation weighs and takes: the wheel, without extras, in a clean environment.

Usage: python benchmarks/install.py [WHEEL]

Without WHEEL the newest of dist/ is taken, else one is built.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import sysconfig
import tempfile
import venv
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).parents[1]
# What DESIGN promises, in megabytes.
BAR = 400.0
LARGEST = 10


def wheel(folder: Path) -> Path:
    """Return the newest built wheel, or one built into a folder."""
    built = sorted((ROOT / "dist").glob("tocsin-*.whl"), key=lambda p: p.stat().st_mtime)
    if built:
        return built[-1]
    _run(sys.executable, "-m", "pip", "wheel", "--no-deps", "--wheel-dir", str(folder), str(ROOT))
    return next(folder.glob("tocsin-*.whl"))


def environment(folder: Path) -> tuple[Path, Path]:
    """Return the Python and the site-packages of a fresh environment."""
    venv.EnvBuilder(with_pip=True).create(folder)
    scripts = folder / ("Scripts" if sys.platform == "win32" else "bin")
    base = {"base": str(folder), "platbase": str(folder)}
    return scripts / "python", Path(sysconfig.get_path("purelib", "venv", base))


def sizes(site: Path) -> Counter[str]:
    """Return the bytes on disk of each folder and file of site-packages."""
    out: Counter[str] = Counter()
    for path in site.rglob("*"):
        if path.is_file() and not path.is_symlink():
            out[path.relative_to(site).parts[0]] += _on_disk(path)
    return out


def _on_disk(path: Path) -> int:
    found = path.stat()
    return getattr(found, "st_blocks", 0) * 512 or found.st_size


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stderr[-2000:]}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Install, weigh, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("wheel", type=Path, nargs="?", help="the wheel to install")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        chosen = options.wheel or wheel(Path(folder))
        python, site = environment(Path(folder) / "clean")
        before = sizes(site)
        begun = perf_counter()
        _run(str(python), "-m", "pip", "install", "--quiet", str(chosen))
        spent = perf_counter() - begun
        after = sizes(site) - before
        print(f"{chosen.name}: {chosen.stat().st_size / 1e6:.1f} MB as a wheel")
    total = sum(after.values()) / 1e6
    print(f"installed {total:10.1f} MB   bar < {BAR:.0f}")
    print(f"time      {spent:10.1f} s    pip's cache as it was")
    for name, size in after.most_common(LARGEST):
        print(f"  {name:30}{size / 1e6:10.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
