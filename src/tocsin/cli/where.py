"""`tocsin where`: which place a name means, with the candidates and the reasons."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, BinaryIO

import msgspec
import typer
from rich.console import Console

from tocsin.base.errors import InputError
from tocsin.base.files import whole
from tocsin.coding import ranking, toponyms
from tocsin.coding.ranking import Choice
from tocsin.ontology import gazetteer
from tocsin.ontology.gazetteer import Gazetteer, Spot

SHOWN = 8


class Query(msgspec.Struct, forbid_unknown_fields=False):
    """A text with the spans of the places in it; other fields of its row are passed on."""

    text: str
    spans: list[tuple[int, int]]


def command(
    name: Annotated[str | None, typer.Argument(help="A place, as a text would name it.")] = None,
    context: Annotated[
        str, typer.Option(help="Text around it: other places and countries settle what it means.")
    ] = "",
    batch: Annotated[
        Path | None,
        typer.Option(
            exists=True, dir_okay=False, help="JSON lines with doc, text, published and spans."
        ),
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Where the rows go, with places.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
    index: Annotated[
        Path | None,
        typer.Option("--gazetteer", exists=True, file_okay=False, help="Another gazetteer."),
    ] = None,
) -> None:
    """Say which place a name means; with --batch, resolve given spans of many texts."""
    if (name is None) == (batch is None):
        raise InputError("expected a NAME or --batch FILE, one of them")
    held = gazetteer.load(index)
    if batch is not None:
        if out is None:
            raise InputError("--batch needs --out FILE for its rows")
        _resolve(batch, out, held)
        return
    choice = _one(name or "", context, held)
    if as_json:
        typer.echo(json.dumps(_report(name or "", choice, held), ensure_ascii=False))
    else:
        _show(name or "", choice, held)
    if choice.spot is None:
        raise typer.Exit(1)


def _one(name: str, context: str, held: Gazetteer) -> Choice:
    """Return what a name means before a text, in which every known place counts."""
    text = f"{name} . {context}"
    spans = [(0, len(name)), *toponyms.mentions(text, held, len(name))]
    return ranking.locate(text, spans, held)[0]


def _show(name: str, choice: Choice, held: Gazetteer) -> None:
    console = Console(highlight=False)
    said = where(choice.spot, held) if choice.spot else "unresolved"
    console.print(f"{name}: {said} ({choice.because})", markup=False, soft_wrap=True)
    for option in choice.options[:SHOWN]:
        spot = option.spot
        facts = f"{spot.kind} at {spot.lat:.2f} {spot.lon:.2f}, GeoNames {spot.id or 'has it not'}"
        line = f"  {option.score:4.1f}  {where(spot, held)}: {facts}; {option.because}"
        console.print(line, markup=False, soft_wrap=True)


def where(spot: Spot, held: Gazetteer) -> str:
    """Return a place with the division and country it lies in."""
    parts = [spot.name]
    if spot.division is not None and held[spot.division].name != spot.name:
        parts.append(held[spot.division].name)
    return ", ".join([*parts, *([spot.country] if spot.country else [])])


def _report(name: str, choice: Choice, held: Gazetteer) -> dict[str, object]:
    return {
        "text": name,
        "place": row(choice.spot),
        "because": choice.because,
        "candidates": [
            {**(row(o.spot) or {}), "kind": o.spot.kind, "score": round(o.score, 2),
             "where": where(o.spot, held), "because": o.because}
            for o in choice.options[:SHOWN]
        ],
    }  # fmt: skip


def row(spot: Spot | None) -> dict[str, object] | None:
    """Return a place as a row has it."""
    if spot is None:
        return None
    return {
        "geonameid": spot.id,
        "name": spot.name,
        "lat": spot.lat,
        "lon": spot.lon,
        "country": spot.country,
    }


def _resolve(batch: Path, out: Path, held: Gazetteer) -> None:
    """Resolve the rows of a file; one that cannot be read is reported and left out."""
    failed = 0
    with batch.open("rb") as lines, whole(out) as file:
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    _write(file, line, held)
                except (msgspec.MsgspecError, UnicodeDecodeError, InputError) as error:
                    failed += 1
                    typer.echo(f"error bad-row: {batch}:{number}: {error}", err=True)
    if failed:
        raise typer.Exit(1)


def _write(file: BinaryIO, line: bytes, held: Gazetteer) -> None:
    query = msgspec.json.decode(line, type=Query)
    outside = [s for s in query.spans if not 0 <= s[0] < s[1] <= len(query.text)]
    if outside:
        raise InputError(f"span {outside[0]} of a text of {len(query.text)} characters")
    rest: dict[str, object] = json.loads(line)
    choices = ranking.locate(query.text, query.spans, held)
    made = rest | {"places": [row(c.spot) for c in choices]}
    file.write(json.dumps(made, ensure_ascii=False).encode() + b"\n")
