"""The types of events and the vocabularies of claims, out of the packaged ontology."""

from __future__ import annotations

from collections.abc import Iterator

from manual.markdown import code, made, plain, table
from tocsin.ontology.load import load
from tocsin.ontology.model import EventType, Example, Ontology

LISTS = (
    ("Modality", "modality", "whether it happened, by what the text says"),
    ("Outcomes", "outcomes", "of attacks; most claims have none"),
    ("Sectors", "sectors", "what kind of actor somebody is, on the day of the article"),
    ("Contexts", "contexts", "what an event is about; a claim may have several"),
    ("Styles", "styles", "how a speaker's words are given"),
    ("Relations", "relations", "how two actors stand to each other"),
)


def page() -> str:
    """Return the page of all types, then of the vocabularies."""
    types = load()
    lead = (
        f"Ontology {types.version}, fingerprint `{types.fingerprint[:16]}`: the 16 types of PLOVER "
        "with definitions, rules and examples of our own. `tocsin ontology check` holds the "
        "examples and the lexicon against each other; [Add a type](../add/type.md) says how to "
        "extend them, [the codebook](../codebook.md) how the other fields are filled."
    )
    every = table(
        ("type", "corner", "score", "in a word"),
        (
            (f"[{one.id}](#{one.id.lower()})", one.quad, f"{one.score:g}", one.label)
            for one in types.values()
        ),
    )
    parts = [part for one in types.values() for part in _type(one, types)]
    lists = [part for title, name, what in LISTS for part in _terms(types, title, name, what)]
    return made("Types and terms", "src/tocsin/data/ontology", lead, every, *parts, *lists)


def _type(one: EventType, types: Ontology) -> Iterator[str]:
    yield f"## {one.id}"
    yield plain(one.definition)
    whom = plain(one.recipient) if one.recipient else "nobody: all who take part are actors"
    content = " It may have another claim as its content." if one.content else ""
    corner = types.quads[one.quad].label
    yield (f"{corner}, score {one.score:g}. Actor: {plain(one.actor)}. Recipient: {whom}.{content}")
    yield table(
        ("mode", "is"),
        ((code(mode.id), plain(mode.definition)) for mode in one.modes.values()),
    )
    for rule in one.rules:
        yield f"- **{plain(rule.id)}**: {plain(rule.text)} {_example(rule.example)}"
    yield "Coded so:"
    yield "\n".join(f"- {_example(found)}" for found in one.examples)
    yield "Not coded so:" if one.contrasts else ""
    yield "\n".join(
        f"- {_example(found)} is {code(found.type or 'no claim')}. {plain(found.why)}"
        for found in one.contrasts
    )


def _example(found: Example) -> str:
    terms = [*found.modes, *([] if found.modality == "actual" else [found.modality])]
    more = f", {', '.join(terms)}" if terms else ""
    return f"“{plain(found.sentence)}” (_{plain(found.trigger)}_{more})"


def _terms(types: Ontology, title: str, name: str, what: str) -> Iterator[str]:
    yield f"## {title}"
    yield f"{what[0].upper()}{what[1:]}."
    terms = getattr(types, name).values()
    yield table(("term", "name", "is"), ((code(t.id), t.label, plain(t.definition)) for t in terms))
