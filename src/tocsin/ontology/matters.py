"""What an event is about, by the words that tell it: PLOVER's contexts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import chain

from tocsin.base.errors import OntologyError
from tocsin.ontology.cache import kept
from tocsin.ontology.packs import Pack, spoken
from tocsin.ontology.phrases import fold
from tocsin.ontology.rows import parse

# Phrases by their first word: the words that follow it, and the context.
Phrases = dict[str, list[tuple[tuple[str, ...], str]]]


def contexts(lemmas: Iterable[str]) -> tuple[str, ...]:
    """Return the contexts whose words or phrases stand among a sentence's lemmas, sorted."""
    words = tuple(chain.from_iterable(map(fold, lemmas)))
    known = _phrases(spoken())
    return tuple(
        sorted(
            {
                context
                for at, word in enumerate(words)
                for rest, context in known.get(word, ())
                if words[at + 1 : at + 1 + len(rest)] == rest
            }
        )
    )


@cache
def _phrases(pack: Pack) -> Mapping[str, list[tuple[tuple[str, ...], str]]]:
    """Return a pack's phrases; a pack may have none."""
    file = pack.folder / "contexts.yml"
    if not pack.english and not file.is_file():
        return {}
    name = "contexts" if pack.english else f"{pack.code}-contexts"
    return kept(name, [file], Phrases, lambda: _read(file.read_text(encoding="utf-8")))


def _read(text: str) -> Phrases:
    """Return the phrases of the file; one without lists of words is an error."""
    value = parse(text)
    listed = value.get("contexts") if isinstance(value, dict) else None
    if not isinstance(listed, dict):
        raise OntologyError("contexts.yml holds no contexts; list words under `contexts:`")
    out: Phrases = defaultdict(list)
    for context, phrases in listed.items():
        if not isinstance(phrases, list) or not phrases:
            raise OntologyError(f"contexts.yml, {context}: expected words, found {phrases!r}")
        for phrase in phrases:
            first, *rest = fold(str(phrase))
            out[first].append((tuple(rest), str(context)))
    return dict(out)
