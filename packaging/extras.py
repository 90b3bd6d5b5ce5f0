"""Install each extra alone, beside the wheel, in a fresh environment, and have it do its job.

Usage: python packaging/extras.py [NAME ...] [--wheel WHEEL]

Without names all but `train`, which is some gigabytes. It asks PyPI, and prints what each adds on
the disk.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import tomllib
import venv
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HEAVY = {"train"}
ARTICLE = "{'doc': ['a'], 'title': ['Rebels shell'], 'text': ['Rebels shell. ' * 9]}"
FRAME = """
from tocsin import frames
from tocsin.store.open import open_store
open_store("a.db").close()
assert len(frames.articles("a.db", kind="{0}")) == 0
"""
# What shows that an extra does its job, as Python run where nothing but it is installed.
JOBS = {
    "gazetteer": """
        from tocsin.ontology import geonames
        assert len(list(zip(range(1000), geonames.compact()))) == 1000""",
    "mcp": "import tocsin.mcp.server",
    "pandas": FRAME.format("pandas"),
    "parquet": f"""
        import pyarrow, pyarrow.parquet as parquet, subprocess, sys
        parquet.write_table(pyarrow.table({ARTICLE}), "a.parquet")
        program = sys.executable.replace("python", "tocsin")
        done = subprocess.run([program, "add", "a.parquet", "--store", "a.db"], text=True,
                              capture_output=True)
        assert "1 new" in done.stdout + done.stderr, done""",
    "pdf": "import tocsin.desk.pdf, fpdf, uharfbuzz",
    "polars": FRAME.format("polars"),
    "postgresql": """
        import psycopg, sqlalchemy
        engine = sqlalchemy.create_engine("postgresql+psycopg://a@127.0.0.1:1/a")
        try:
            engine.connect()
        except sqlalchemy.exc.OperationalError:
            pass""",
    "spanish": "import spacy; assert spacy.blank('es').lang == 'es'",
    "team": """
        import psycopg
        from tocsin.desk.passwords import Hasher
        hasher = Hasher()
        assert hasher.fits(hasher.hash("a long password"), "a long password")""",
}


def extras() -> dict[str, list[str]]:
    """Return the extras with what each asks for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf8"))["project"]
    return dict(project["optional-dependencies"])


def job(name: str) -> str:
    """Return what an extra is tried with: its job, else that what it asks for is installed."""
    lines = JOBS.get(name, "").strip("\n").splitlines()
    cut = min((len(line) - len(line.lstrip()) for line in lines), default=0)
    asked = [one.split("[")[0].split(">")[0].split("=")[0].strip() for one in extras()[name]]
    known = f"from importlib.metadata import version\nfor one in {asked!r}: version(one)\n"
    return known + "\n".join(line[cut:] for line in lines) + "\n"


def weight(folder: Path) -> int:
    """Return the bytes of all files of a folder."""
    return sum(f.stat().st_size for f in folder.rglob("*") if f.is_file() and not f.is_symlink())


def _run(folder: Path, *command: str) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(
            f"{' '.join(command)[:200]} failed:\n{(done.stdout + done.stderr)[-3000:]}"
        )


def tried(name: str, wheel: Path, folder: Path) -> int:
    """Return the bytes that an extra adds to an installation; raise SystemExit where it fails."""
    venv.EnvBuilder(with_pip=True).create(folder / "env")
    python = str(folder / "env" / "bin" / "python")
    _run(folder, python, "-m", "pip", "install", "--quiet", str(wheel))
    before = weight(folder / "env")
    _run(folder, python, "-m", "pip", "install", "--quiet", f"tocsin[{name}] @ {wheel.as_uri()}")
    _run(folder, python, "-m", "pip", "check")
    added = weight(folder / "env") - before
    _run(folder, python, "-c", job(name))
    return added


def main(arguments: Sequence[str] | None = None) -> int:
    """Try them; print what each adds."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("names", nargs="*", help="the extras to try")
    parser.add_argument("--wheel", type=Path, help="the wheel; the newest of dist/ else")
    options = parser.parse_args(arguments)
    built = sorted((ROOT / "dist").glob("*.whl"), key=lambda p: p.stat().st_mtime)
    wheel = (options.wheel or built[-1]).resolve()
    for name in options.names or sorted(set(extras()) - HEAVY):
        with tempfile.TemporaryDirectory() as folder:
            print(f"{name:12}{tried(name, wheel, Path(folder)) / 1e6:8.1f} MB", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
