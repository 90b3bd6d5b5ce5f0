"""Who takes part in a claim: what the readers see, mended by the tree, and what is plain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from tocsin.base.settings import Coding
from tocsin.coding import frames, participants, sites
from tocsin.coding.scene import Scene
from tocsin.coding.triggers import Candidate
from tocsin.ontology.words import groups
from tocsin.records.reading import Edge

# Roles for which a weaker edge will do.
DETAILS = ("recipient", "place", "date", "condition", "killed", "injured", "weapon")
# What an edge that the network did not give is worth.
FRAMED = 0.5


def believed(scene: Scene, found: Candidate, settings: Coding) -> tuple[Edge, ...]:
    """Return the edges of a trigger that score high enough, and those that are plain."""
    floors = dict.fromkeys(DETAILS, settings.detail)
    seen = found.proposal.edges if found.proposal else ()
    edges = tuple(_mended(scene, e) for e in seen if e.score >= floors.get(e.role, settings.edge))
    ruled = (*_evident(scene, found, edges), *_sited(scene, found, edges), *_framed(scene, found))
    return (*edges, *ruled)


def _mended(scene: Scene, edge: Edge) -> Edge:
    start, end = frames.mended(scene.trees[edge.sentence], edge.start, edge.end)
    return replace(edge, start=start, end=end)


def _evident(scene: Scene, found: Candidate, edges: Sequence[Edge]) -> Iterator[Edge]:
    """Yield who plainly acts where the network sees none: a claimant, protesters."""
    if any(e.role == "actor" for e in edges):
        return
    tree, who = scene.trees[found.sentence], None
    if found.type == "ASSAULT":
        who = frames.claimant(tree, found.start, found.end)
    elif found.type == "PROTEST":
        who = frames.protesters(tree)
    if who is not None:
        yield Edge("actor", found.sentence, *who, FRAMED, "plain from the words around the trigger")


def _sited(scene: Scene, found: Candidate, edges: Sequence[Edge]) -> Iterator[Edge]:
    """Yield where and when the trigger's own clause says it happens, after what the network sees.

    They count where the network sees nothing, or nothing that can be resolved.
    """
    trigger = (found.sentence, found.start, found.end)
    for role, words, because in (
        ("place", sites.site(scene, *trigger, found.type), "a place name in the trigger's clause"),
        ("date", sites.day(scene, *trigger), "a time expression in the trigger's clause"),
    ):
        given = [(e.sentence, e.start, e.end) for e in edges if e.role == role]
        if words is not None and (found.sentence, *words) not in given:
            yield Edge(role, found.sentence, *words, FRAMED, because)


def _framed(scene: Scene, found: Candidate) -> Iterator[Edge]:
    """Yield the participants that the lexicon's frame finds, for triggers the network never saw."""
    if found.proposal is not None or found.entry is None:
        return
    tree = scene.trees[found.sentence]

    def likely(word: int) -> bool:
        return participants.names_somebody(scene, found.sentence, word)

    frame = found.entry.frame
    for role, places_ in (("actor", frame.actor), ("recipient", frame.recipient)):
        for start, end in frames.arguments(tree, found.start, found.end, places_, likely):
            yield Edge(role, found.sentence, start, end, FRAMED, "by its word's frame")


def acting(scene: Scene, edges: Iterable[Edge]) -> list[Edge]:
    """Return the edges whose ends can act: rockets and bombs are nobody."""
    kept = []
    for edge in edges:
        tree = scene.trees[edge.sentence]
        head = tree.head(edge.start, edge.end)
        if edge.role != "actor" or tree.s.lemmas[head].lower() not in groups()["arms"]:
            kept.append(edge)
    return kept
