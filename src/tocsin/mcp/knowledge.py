"""What the codes mean and how a search is written, as texts that assistants can read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tocsin.base.errors import InputError
from tocsin.explain.event import LEVELS
from tocsin.mcp.shapes import STANDINGS
from tocsin.ontology.model import EventType, Example, Ontology, Term
from tocsin.records.query import FIELDS, Form

ORIGINS = (
    "Reports are counted apart from origins: copies have one origin, the informant that they go "
    "back to. Numbers that differ are never averaged; each stands with the claims that give it."
)
SEARCH = """# Searching

Every part must hold. Words find texts of sentences and articles; fields are `name:value`.

- `drone attack` both words; `"drone attack"` one after the other; `milit*` a beginning;
  `drone OR rocket`; `-drill` everything without it; `(drone OR rocket) base` brackets.
- `type:THREATEN,REQUEST` one of several values; values with spaces in quotes: `place:"El Fasher"`.
- Countries are ISO 3166-1 alpha-3: `actor:ISR`, `country:SDN`. Also ids and names.
- `dyad:ISR-IRQ` who to whom, `dyad:ISR~IRQ` either way.
- Numbers: `killed:>10`, `killed:5..20`, `confidence:>=0.6`.
- Days: `date:2024-11-21`, `date:2024-11`, `date:2024-11-01..2024-11-30`, `since:7d`,
  `before:2024-12-01`, `reported_after:2024-11`.
"""


def codebook(types: Ontology) -> str:
    """Return what types, modalities, levels and standings mean."""
    return "\n".join(_codebook(types))


def of_type(types: Ontology, name: str) -> str:
    """Return one type with its modes, rules and examples; raise InputError where there is none."""
    found = types.types.get(name.upper())
    if found is None:
        raise InputError(f"{name}: there is no such type; there are {', '.join(types)}")
    return "\n".join(_whole(found))


def searching() -> str:
    """Return how a search is written, with all fields."""
    rows = (f"- `{name}`: {form.about}{_choices(form)}" for name, form in FIELDS.items())
    return SEARCH + "\n## Fields\n\n" + "\n".join(rows) + "\n"


def _choices(form: Form) -> str:
    return f" ({', '.join(form.choices)})" if form.choices else ""


def _codebook(types: Ontology) -> Iterator[str]:
    yield f"# Codebook, version {types.version}\n"
    yield "A claim is that one article says this happened, or was threatened, denied, planned, on "
    yield "somebody's word. An event is the claims that are judged to be about one thing.\n"
    yield "## Types\n"
    for kind in types.values():
        yield f"- **{kind.id}** ({kind.label}): {kind.definition}"
    yield "\n## Modality: whether it is told as having happened\n"
    yield from _terms(types.modality)
    yield "\n## How well an event is borne out\n"
    yield from (f"- **{level}**: {means}" for level, means in LEVELS.items())
    yield f"\n{ORIGINS}\n"
    yield "## Standing: whether a person has looked at a claim\n"
    yield from (f"- {one}" for one in STANDINGS.values())
    yield "\n## Sectors\n"
    yield from _terms(types.sectors)
    yield "\n## Contexts\n"
    yield from _terms(types.contexts)


def _terms(terms: Mapping[str, Term]) -> Iterator[str]:
    yield from (f"- **{one.id}**: {one.definition}" for one in terms.values())


def _whole(kind: EventType) -> Iterator[str]:
    yield f"# {kind.id}: {kind.label}\n"
    yield f"{kind.definition}\n"
    yield f"- actor: {kind.actor}"
    yield f"- recipient: {kind.recipient or 'none: whoever takes part is an actor'}"
    if kind.modes:
        yield "\n## Modes\n"
        yield from (f"- **{one.id}**: {one.definition}" for one in kind.modes.values())
    if kind.rules:
        yield "\n## What decides hard cases\n"
        yield from (f"- {one.text} {_example(one.example)}" for one in kind.rules)
    yield "\n## Examples\n"
    yield from (f"- {_example(one)}" for one in (*kind.examples, *kind.contrasts))


def _example(one: Example) -> str:
    coded = " ".join((one.type, *one.modes)) if one.type else "no claim"
    return f"“{one.sentence}” (`{one.trigger}`: {coded})"
