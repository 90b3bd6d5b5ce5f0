"""Corrections out of the words that somebody gives for them, on the command line or in the desk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from tocsin.cli import choices, values
from tocsin.ontology.model import Ontology
from tocsin.pipeline import fusing
from tocsin.store import articles, codings, events
from tocsin.store.open import Store

Pairs = Sequence[tuple[str, str]]


def read(store: Store, name: str, pairs: Pairs, types: Ontology) -> list[tuple[str, Any]]:
    """Return fields of a claim or event with the values that words put into them.

    Raises JudgementError where they cannot.
    """
    with store.read() as connection:
        event = events.load(connection, [name]).get(name)
    if event is not None:
        return [(slot, choices.chosen(event, slot, said, types)) for slot, said in pairs]
    return _read(_scene(store, name, types), pairs)


def _scene(store: Store, name: str, types: Ontology) -> values.Scene:
    """Return a claim as it stands, with the day of its article."""
    with store.read() as connection:
        coded = codings.claims(connection, [name])[name]
        claim = fusing.judges(connection).settled.claims.get(name, coded)
        (stored,) = articles.load(connection, [claim.article])
    published = stored.article.published
    return values.Scene(claim, published.day if published else date.max, types)


def _read(scene: values.Scene, pairs: Pairs) -> list[tuple[str, Any]]:
    """Return corrections as fields with their values; modes of another type go with the type."""
    made = []
    for field, words in pairs:
        after = values.value(field, words, scene)
        made.append((field, after))
        if field == "type":
            claim = scene.claim
            scene = scene.typed(after)
            if scene.claim.modes != claim.modes and "modes" not in dict(pairs):
                made.append(("modes", scene.claim.modes))
    return made
