"""The codebook of a release: what each column holds, and what each code means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from tocsin.explain.event import LEVELS
from tocsin.export.table import Kind, Table
from tocsin.ontology.model import EventType, Ontology, Term

KINDS: Mapping[Kind, str] = {
    "text": "text", "number": "whole number", "share": "number", "day": "ISO date",
    "flag": "true or false", "texts": "list",
}  # fmt: skip


def codebook(tables: Sequence[Table], ontology: Ontology) -> str:
    """Return the codebook in Markdown."""
    return "\n".join([*_tables(tables), *_codes(ontology)]).rstrip() + "\n"


def _tables(tables: Sequence[Table]) -> Iterator[str]:
    yield from (
        "# Codebook",
        "",
        "An empty cell says that no report says it, never that it is zero or did not happen.",
        (
            "In CSV the parts of a list have `; ` between them, and a `;` or `\\` within a part "
            "has a "
            "`\\` before it; a text that a spreadsheet would calculate has an apostrophe before "
            "it. "
            "Parquet has lists and types."
        ),
        (
            "Lists of participants run beside each other: the second of `actor_countries` is of "
            "the "
            "second of `actors`, and empty where it is not known."
        ),
        "",
    )
    for table in tables:
        rows = ((f"`{one.name}`", KINDS[one.kind], one.about) for one in table.columns)
        yield from (f"## {table.name}", "", table.about, "")
        yield from grid(("column", "kind", "what it holds"), rows)


def _codes(ontology: Ontology) -> Iterator[str]:
    yield from (f"## Types and modes ({ontology.version})", "")
    yield from grid(
        ("type", "quad", "score", "what it is", "modes"),
        (
            (f"`{name}`", kind.quad, f"{kind.score:g}", kind.definition, _modes(kind))
            for name, kind in ontology.items()
        ),
    )
    for title, terms in (
        ("Corners (quad)", ontology.quads), ("Modality", ontology.modality),
        ("Sectors", ontology.sectors), ("Contexts", ontology.contexts),
        ("Outcomes", ontology.outcomes),
    ):  # fmt: skip
        yield from (f"## {title}", "")
        yield from grid(("code", "label", "what it is"), map(_term, terms.values()))
    yield from ("## How well an event is borne out (level)", "")
    yield from grid(("level", "what it is"), ((f"`{one}`", told) for one, told in LEVELS.items()))


def _modes(kind: EventType) -> str:
    return "; ".join(f"`{mode.id}`: {mode.definition.rstrip('.')}" for mode in kind.modes.values())


def _term(term: Term) -> tuple[str, ...]:
    return f"`{term.id}`", term.label, term.definition


def grid(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield a table in Markdown and an empty line; bars within cells are marked."""
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        cells = (" ".join(cell.split()).replace("|", "\\|") for cell in row)
        yield f"| {' | '.join(cells)} |"
    yield ""
