"""Small groups of words that rules speak of by name."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from tocsin.base.errors import OntologyError
from tocsin.ontology.packs import ENGLISH, Pack, spoken
from tocsin.ontology.rows import parse

if TYPE_CHECKING:
    from collections.abc import Mapping


def groups() -> Mapping[str, frozenset[str]]:
    """Return every group of words by its name, in the language that is spoken."""
    return _groups(spoken())


@cache
def _groups(pack: Pack) -> Mapping[str, frozenset[str]]:
    """Return a pack's groups; those that are English alone are empty elsewhere."""
    own = _listed(pack)
    if pack.english:
        return MappingProxyType(own)
    known = _groups(ENGLISH)
    strange = sorted(own.keys() - known.keys())
    if strange:
        raise OntologyError(
            f"{pack.folder / 'words.yml'}: no rule speaks of the group {strange[0]!r}; "
            f"there are {', '.join(sorted(known))}"
        )
    return MappingProxyType({name: own.get(name, frozenset()) for name in known})


def _listed(pack: Pack) -> dict[str, frozenset[str]]:
    """Return the groups that a pack's file lists; an empty one is an error."""
    value = parse((pack.folder / "words.yml").read_text(encoding="utf-8"))
    listed = value.get("groups") if isinstance(value, dict) else None
    if not isinstance(listed, dict):
        raise OntologyError("words.yml holds no groups; list them under `groups:`")
    out = {}
    for name, words in listed.items():
        if not isinstance(words, list) or not words:
            raise OntologyError(f"words.yml, {name}: expected a list of words, found {words!r}")
        out[name] = frozenset(str(word) for word in words)
    return out
