"""Who takes part in a claim: what the readers see, mended by the tree, and what is plain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from tocsin.base.settings import Coding
from tocsin.coding import frames, sites, votes
from tocsin.coding.said import Said
from tocsin.coding.scene import Scene
from tocsin.coding.triggers import Candidate
from tocsin.coding.weights import Weights
from tocsin.ontology.words import groups
from tocsin.records.reading import Edge

# What an edge that the network did not give is worth.
FRAMED = 0.5


def believed(
    scene: Scene, found: Candidate, around: Sequence[Said], settings: Coding, weights: Weights
) -> tuple[Edge, ...]:
    """Return the edges of a trigger that the hands vote for, those that are plain, and details."""
    seen = found.proposal.edges if found.proposal else ()
    edges = [mended(scene, e) for e in seen if not _own(scene, e)]
    # A second reader says who it is, without chances to weigh; a rule says it of some roles.
    told = [e for e in edges if e.role in votes.ROLES and e.hand != "model"]
    given = {e.role for e in told} if all(e.hand == "rule" for e in told) else set(votes.ROLES)
    ballots = votes.ballots(scene, found, edges, around) if given < set(votes.ROLES) else ()
    voted = [
        replace(edge, score=chance)
        for b in ballots
        if b.edge.role not in given
        and (edge := _started(scene, b.edge)) is not None
        and (chance := votes.chance(b, weights))
        >= (settings.actor if b.edge.role == "actor" else settings.edge)
    ]
    details = [e for e in edges if e.role not in votes.ROLES and e.score >= settings.detail]
    kept = _behind(scene, found, (*told, *voted, *details))
    return (*kept, *_evident(scene, found, kept), *_sited(scene, found, kept))


def _behind(scene: Scene, found: Candidate, edges: tuple[Edge, ...]) -> tuple[Edge, ...]:
    """Return the edges with the actor of an attack that the tree makes plain."""
    if found.type != "ASSAULT":
        return edges
    tree, where = scene.trees[found.sentence], (found.start, found.end)
    actor = frames.behind(tree, *where)
    if actor is not None:
        plain = Edge("actor", found.sentence, *actor, FRAMED, "said to be behind it")
        return (plain, *(e for e in edges if e.role != "actor"))
    return edges


def mended(scene: Scene, edge: Edge) -> Edge:
    """Return an edge whose small words or bare numbers are those of their noun."""
    start, end = frames.mended(scene.trees[edge.sentence], edge.start, edge.end)
    return replace(edge, start=start, end=end)


def _own(scene: Scene, edge: Edge) -> bool:
    """Return whether an edge gives the word to the article's own makers: "By the Wire Staff"."""
    return edge.role in ("speaker", "relay") and _within(scene, edge, scene.bylines)


def _started(scene: Scene, edge: Edge) -> Edge | None:
    """Return an edge without the words of an opening; None where it has no others."""
    offsets = scene.trees[edge.sentence].s.offsets
    first = max(
        (end for start, end in scene.openings if start <= offsets[edge.start][0]), default=0
    )
    inside = sum(start < first for start, _ in offsets[edge.start : edge.end])
    return replace(edge, start=edge.start + inside) if inside < edge.end - edge.start else None


def _within(scene: Scene, edge: Edge, spans: Iterable[tuple[int, int]]) -> bool:
    """Return whether an edge ends at words of some stretches of the text."""
    offsets = scene.trees[edge.sentence].s.offsets
    start, end = offsets[edge.start][0], offsets[edge.end - 1][1]
    return any(a < end and start < b for a, b in spans)


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


def acting(scene: Scene, edges: Iterable[Edge]) -> list[Edge]:
    """Return the edges whose ends can act: rockets and bombs are nobody, Russian ones Russia."""
    kept = []
    for edge in edges:
        tree = scene.trees[edge.sentence]
        head = tree.head(edge.start, edge.end)
        thing = edge.role == "actor" and tree.s.lemmas[head].lower() in groups()["arms"]
        if not thing or _owned(scene, edge, head):
            kept.append(edge)
    return kept


def _owned(scene: Scene, edge: Edge, head: int) -> bool:
    """Return whether a word for whose it is describes the head of a phrase."""
    tree = scene.trees[edge.sentence]
    return any(
        known.match.kind == "adjective" and tree.s.heads[tree.head(known.start, known.end)] == head
        for known in scene.known[edge.sentence]
        if edge.start <= known.start and known.end <= edge.end
    )
