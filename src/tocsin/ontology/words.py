"""Small groups of words that rules speak of by name."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from tocsin.base.errors import OntologyError
from tocsin.ontology.form import packaged
from tocsin.ontology.rows import parse

if TYPE_CHECKING:
    from collections.abc import Mapping


@cache
def groups() -> Mapping[str, frozenset[str]]:
    """Return every group of words by its name; an empty one is an error."""
    value = parse((packaged("lexicon") / "en" / "words.yml").read_text(encoding="utf-8"))
    listed = value.get("groups") if isinstance(value, dict) else None
    if not isinstance(listed, dict):
        raise OntologyError("words.yml holds no groups; list them under `groups:`")
    out = {}
    for name, words in listed.items():
        if not isinstance(words, list) or not words:
            raise OntologyError(f"words.yml, {name}: expected a list of words, found {words!r}")
        out[name] = frozenset(str(word) for word in words)
    return MappingProxyType(out)
