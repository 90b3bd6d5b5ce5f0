"""Time a newcomer's path: clone, `make run`, the first own article coded.

Usage: python packaging/newcomer.py [--cold]

The home folder is empty, so that no cache of Tocsin's is there; pip and npm find what they have
downloaded before, unless --cold. The bar is five minutes. On a busy machine the seconds of a
processor say more.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from time import perf_counter

ROOT = Path(__file__).resolve().parents[1]
BAR = 300.0
OWN = "Rebels shelled the town of Tarvos on Monday, killing at least 12 people, the army said.\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Walk the path; return 1 where it takes longer than the bar."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--cold", action="store_true", help="without what was downloaded before")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        home, clone = Path(name) / "home", Path(name) / "tocsin"
        home.mkdir()
        environment = {n: v for n, v in os.environ.items() if not n.startswith(("XDG_", "TOCSIN_"))}
        environment |= {"HOME": str(home)} | ({} if options.cold else _caches())
        steps = {
            "clone": ["git", "clone", "--quiet", str(ROOT), str(clone)],
            "make run": ["make", "-C", str(clone), "run", f"PYTHON={sys.executable}"],
            "code own.txt": [str(clone / ".venv/bin/tocsin"), "code", "own.txt",
                             "--published", "2024-11-20", "--format", "table"],
        }  # fmt: skip
        (Path(name) / "own.txt").write_text(OWN, "utf8")
        total, before = 0.0, processor()
        for what, command in steps.items():
            begun = perf_counter()
            done = subprocess.run(
                command, cwd=name, env=environment, capture_output=True, text=True, check=False
            )
            spent = perf_counter() - begun
            total += spent
            own, before = processor() - before, processor()
            print(f"{what:14}{spent:8.1f} s{own:8.1f} s of a processor", flush=True)
            if done.returncode:
                raise SystemExit((done.stdout + done.stderr)[-3000:])
        if "ASSAULT" not in done.stdout:
            raise SystemExit(f"the article was not coded:\n{done.stdout}")
    print(f"{'together':14}{total:8.1f} s   bar < {BAR:.0f}")
    return int(total > BAR)


def processor() -> float:
    """Return the seconds of a processor that the steps took so far."""
    spent = getrusage(RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def _caches() -> dict[str, str]:
    """Return where pip and npm keep what they have downloaded."""
    home = Path.home()
    kept = {"PIP_CACHE_DIR": home / ".cache" / "pip", "NPM_CONFIG_CACHE": home / ".npm"}
    return {name: os.environ.get(name, str(folder)) for name, folder in kept.items()}


if __name__ == "__main__":
    sys.exit(main())
