"""A versioned data set in a folder: tables, codebook, README, licence notes, hashes.

The same store gives the same bytes: nothing in it says when it was made, threats and series are as
of the last report, and rows come in the order in which the store has them.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec

from tocsin.base.errors import InputError
from tocsin.base.files import sha256
from tocsin.export import csv, parquet, table
from tocsin.export.codebook import codebook
from tocsin.export.forms import Stock, Wrote
from tocsin.export.quotes import Quotes, threatened
from tocsin.export.readme import Facts, Terms, citation, licences, readme
from tocsin.export.table import Column, Row, Table
from tocsin.ontology.load import load

TEXT = Column("text", "text", "the article's text; offsets of claims are into it")
# Kinds of columns as Frictionless calls them.
KINDS = {"text": "string", "number": "integer", "share": "number", "day": "date",
         "flag": "boolean", "texts": "string"}  # fmt: skip
KEYS = {"articles": "article", "claims": "claim", "events": "event", "threats": "threat"}
ABROAD = {"claims": (("article", "articles"), ("event", "events"))}
MEDIA = {".csv": "text/csv", ".parquet": "application/vnd.apache.parquet"}
SUMS = "SHA256SUMS"


def release(folder: Path, stock: Stock, terms: Terms) -> Wrote:
    """Write a release into a folder that is empty or not there; return rows by table.

    Raises InputError where the folder holds something. It is there whole or not at all.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(f"{folder} holds something already; give a folder that is not there yet")
    part = folder.with_name(folder.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    try:
        (part / "data").mkdir(parents=True)
        facts = _write(part, stock, terms)
        if folder.exists():
            folder.rmdir()
        part.replace(folder)
    except OSError as error:
        raise InputError(f"{folder}: cannot be written ({error}); give another path") from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return Wrote(facts.rows)


def _write(folder: Path, stock: Stock, terms: Terms) -> Facts:
    lengths = {one.id: len(one.text) for one in stock.texts()}
    quotes = Quotes(lengths, {} if terms.texts else threatened(stock.threats()))
    facts = Facts()
    tables = [_of(one, terms, stock, quotes) for one in table.TABLES.values()]
    files: dict[str, int] = {}
    for one in tables:
        for ending in MEDIA:
            name = f"data/{one.name}{ending}"
            with (folder / name).open("wb") as out:
                if ending == ".csv":
                    csv.lines(one.names, _counted(one, stock, facts), out)
                else:
                    parquet.groups(one.columns, one.rows(stock), out)
            files[name] = facts.rows[one.name]
    written = {
        "README.md": readme(terms, facts, stock.stamps(), files, quotes.shown),
        "codebook.md": codebook(tables, load()),
        "LICENCES.md": licences(terms, quotes.shown),
        "CITATION.cff": citation(terms, stock.on),
    }
    for name, text in written.items():
        (folder / name).write_text(text, "utf8", newline="\n")
    package = msgspec.json.format(msgspec.json.encode(_package(folder, tables, terms)), indent=2)
    (folder / "datapackage.json").write_bytes(package + b"\n")
    (folder / SUMS).write_text("".join(_sums(folder)), "utf8", newline="\n")
    return facts


def _of(one: Table, terms: Terms, stock: Stock, quotes: Quotes) -> Table:
    """Return a table as a release has it: quotes cut, or articles with their texts."""
    if one.name == "claims" and not terms.texts:
        return replace(one, rows=lambda _: map(table.claim, quotes.cut(stock.claims())))
    if one.name == "articles" and terms.texts:
        return replace(one, columns=(*one.columns, TEXT), rows=_texts)
    return one


def _texts(stock: Stock) -> Iterator[Row]:
    pairs = zip(stock.articles(), stock.texts(), strict=True)
    return (table.article(byline) | {"text": one.text} for byline, one in pairs)


def _counted(one: Table, stock: Stock, facts: Facts) -> Iterator[Row]:
    for row in one.rows(stock):
        facts.count(one.name, row)
        yield row


def _package(folder: Path, tables: list[Table], terms: Terms) -> dict[str, Any]:
    """Return the description of a data package, as Frictionless has them."""
    made: dict[str, Any] = {
        "profile": "data-package", "name": terms.name, "title": terms.title,
        "version": terms.version, "description": "Claims of news articles and events; README.md.",
        "resources": [
            _resource(folder / f"data/{one.name}{ending}", one, ending)
            for one in tables for ending in MEDIA
        ],
    }  # fmt: skip
    if terms.authors:
        made["contributors"] = [{"title": name, "role": "author"} for name in terms.authors]
    if terms.licence:
        made["licenses"] = [{"name": terms.licence}]
    return made


def _resource(file: Path, one: Table, ending: str) -> dict[str, Any]:
    plain = ending == ".csv"
    made: dict[str, Any] = {
        "name": one.name if plain else f"{one.name}-parquet", "path": f"data/{file.name}",
        "title": one.about, "format": ending[1:], "mediatype": MEDIA[ending],
        "bytes": file.stat().st_size, "hash": f"sha256:{sha256(file)}",
    }  # fmt: skip
    if not plain:
        # Types and lists stand in the file itself; readers of tables would hold it to texts.
        return made | {"profile": "data-resource", "type": "file"}
    fields = [{"name": c.name, "type": KINDS[c.kind], "description": c.about}
              for c in one.columns]  # fmt: skip
    schema: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    if one.name in KEYS:
        schema["primaryKey"] = [KEYS[one.name]]
    if one.name in ABROAD:
        schema["foreignKeys"] = [
            {"fields": [own], "reference": {"resource": other, "fields": [own]}}
            for own, other in ABROAD[one.name]
        ]
    return made | {
        "profile": "tabular-data-resource", "encoding": "utf-8", "schema": schema,
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "doubleQuote": True},
    }  # fmt: skip


def _sums(folder: Path) -> Iterator[str]:
    """Yield the hash and name of every file, as `sha256sum` reads them."""
    for file in sorted(folder.rglob("*")):
        if file.is_file() and file.name != SUMS:
            yield f"{sha256(file)}  {file.relative_to(folder).as_posix()}\n"
