"""The lexicon: words that tell of events, report, colour and name actors, checked as they load."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, TypeVar

import yaml

from tocsin.base.errors import OntologyError
from tocsin.ontology.cache import kept
from tocsin.ontology.entries import (
    MAKERS,
    RELATIONS,
    SENSES,
    STANCES,
    TAGS,
    Agent,
    Cue,
    Frame,
    Frames,
    ModalityCue,
    Qualifier,
    Title,
    Trigger,
    read_entries,
    read_frames,
)
from tocsin.ontology.packs import ENGLISH, Pack, speaking
from tocsin.ontology.phrases import Index, Key, Phrase, index
from tocsin.ontology.rows import Value, parse

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.resources.abc import Traversable
    from pathlib import Path

__all__ = [
    "RELATIONS",
    "SENSES",
    "STANCES",
    "TAGS",
    "Agent",
    "Cue",
    "Frame",
    "Index",
    "Lexicon",
    "ModalityCue",
    "Phrase",
    "Qualifier",
    "Title",
    "Trigger",
    "load",
]

P = TypeVar("P", bound=Phrase)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The word lists of one language: `entries` to read, `at` to match."""

    triggers: Index[Trigger]
    cues: Index[Cue]
    modality: Index[ModalityCue]
    agents: Index[Agent]
    titles: Index[Title]
    qualifiers: tuple[Qualifier, ...]

    def triggers_at(
        self, lemmas: Sequence[str], upos: Sequence[str], i: int
    ) -> tuple[tuple[Trigger, int], ...]:
        """Return the triggers whose words start at token i, each with its end, longest first."""
        return self.triggers.at(lemmas, upos, i)


@dataclass(frozen=True, slots=True)
class Layer:
    """What one folder holds: its frames, and its entries by list."""

    frames: Frames
    triggers: tuple[Trigger, ...]
    cues: tuple[Cue, ...]
    modality: tuple[ModalityCue, ...]
    agents: tuple[Agent, ...]
    titles: tuple[Title, ...]
    qualifiers: tuple[Qualifier, ...]


def load(folder: Path | None = None, pack: Pack = ENGLISH) -> Lexicon:
    """Return a language's lexicon, with a user's folder laid over it where one is given."""
    base = _shipped(pack)
    place = folder / "lexicon" / pack.code if folder else None
    with speaking(pack):
        own = _layer(_files(place), base.frames) if place and place != pack.folder else _NOTHING
    return Lexicon(
        triggers=index(_laid(base.triggers, own.triggers)),
        cues=index(_laid(base.cues, own.cues)),
        modality=index(_laid(base.modality, own.modality)),
        agents=index(_laid(base.agents, own.agents)),
        titles=index(_laid(base.titles, own.titles)),
        qualifiers=_laid(base.qualifiers, own.qualifiers),
    )


_NOTHING = Layer({}, (), (), (), (), (), ())


@cache
def _shipped(pack: Pack) -> Layer:
    """Return what a pack's folder holds, read once: it is the most of every lexicon.

    Frames are spoken of in relations and prepositions that all packs share (`glosses`), so those
    of English serve every language.
    """
    frames = {} if pack.english else _shipped(ENGLISH).frames
    files = list(_files(pack.folder))
    # Of one name only the newest is kept, so that each language needs its own.
    name = "lexicon" if pack.english else f"{pack.code}-lexicon"
    with speaking(pack):
        layer = kept(name, files, Layer, lambda: _layer(files, frames))
    for part in MAKERS:
        if pack.english and not getattr(layer, part):
            raise OntologyError(f"the packaged lexicon holds no {part}")
    return layer


def _laid(base: tuple[P, ...], own: tuple[P, ...]) -> tuple[P, ...]:
    """Return entries with a user's laid over them, which replace those with the same key."""
    if not own:
        return base
    return tuple({entry.key: entry for entry in (*base, *own)}.values())


def _layer(files: Iterable[Traversable], frames: Frames) -> Layer:
    """Return the entries of one folder's files; its own frames outrank those it is given."""
    found = [(file.name, _content(file)) for file in files]
    frames = {**frames, **read_frames(found)}
    lists: dict[str, dict[Key, Phrase]] = {name: {} for name in MAKERS}
    for name, data in found:
        part = "triggers" if "type" in data else name.removesuffix(".yml")
        if part in lists:  # other readers keep their files in the same folder
            lists[part] |= read_entries(MAKERS[part], name, data, frames)
    return Layer(
        frames=frames,
        triggers=_only(Trigger, lists["triggers"]),
        cues=_only(Cue, lists["cues"]),
        modality=_only(ModalityCue, lists["modality"]),
        agents=_only(Agent, lists["agents"]),
        titles=_only(Title, lists["titles"]),
        qualifiers=_only(Qualifier, lists["qualifiers"]),
    )


def _only(kind: type[P], entries: Mapping[Key, Phrase]) -> tuple[P, ...]:
    return tuple(entry for entry in entries.values() if isinstance(entry, kind))


def _files(folder: Traversable) -> Iterator[Traversable]:
    """Return the .yml files of a language and of its triggers, in order of name."""
    for place in (folder, folder / "triggers"):
        if place.is_dir():
            for file in sorted(place.iterdir(), key=lambda file: file.name):
                if file.name.endswith(".yml"):
                    yield file


def _content(file: Traversable) -> dict[str, Value]:
    """Return the mapping that a file holds."""
    try:
        value = parse(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, OntologyError) as error:
        raise OntologyError(f"{file.name} cannot be read: {error}") from error
    if not isinstance(value, dict):
        raise OntologyError(f"{file.name} should be a mapping with `entries:`, not {value!r}")
    return value
