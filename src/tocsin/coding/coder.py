"""From a reading to everything coded out of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import cast

from msgspec.structs import replace

from tocsin.base.settings import Coding
from tocsin.coding import (
    context,
    dating,
    entities,
    modality,
    participants,
    places,
    relations,
    statements,
    tolls,
    triggers,
)
from tocsin.coding.calibration import Calibration, field_name
from tocsin.coding.edges import acting, believed
from tocsin.coding.scene import Scene
from tocsin.coding.statements import Said
from tocsin.coding.syntax import span_at
from tocsin.coding.triggers import Candidate
from tocsin.ontology.actors import Knowledge
from tocsin.ontology.gazetteer import Gazetteer
from tocsin.ontology.lexicon import Lexicon
from tocsin.ontology.model import Ontology
from tocsin.records.article import Article
from tocsin.records.claim import (
    Attribution,
    Claim,
    Condition,
    Modality,
    Outcome,
    Participant,
    Place,
    claim_id,
)
from tocsin.records.coded import Coded, Stamp
from tocsin.records.evidence import Hand, Reason, Span
from tocsin.records.reading import Edge, Reading
from tocsin.records.statement import Statement, statement_id

# How words hang that only say who somebody is: behind his name, and before it.
APPOSED = frozenset({"appos", "flat"})
BEFORE = frozenset({"amod", "compound"})
# What a field set by rule is worth until it is measured.
RULED = 0.5


@dataclass(frozen=True, slots=True)
class Guide:
    """What a coder goes by: types, words, actors, places, thresholds, what scores are worth."""

    ontology: Ontology
    lexicon: Lexicon
    knowledge: Knowledge
    gazetteer: Gazetteer
    settings: Coding
    learned: frozenset[str]
    calibration: Calibration = field(default_factory=Calibration)


def code(article: Article, reading: Reading, guide: Guide, stamp: Stamp) -> Coded:
    """Return the claims, statements, relations and entities of an article, in text order."""
    scene = Scene(article, reading, guide.lexicon, guide.knowledge, guide.gazetteer)
    participants.survey(scene)
    said = statements.find(scene)
    found = triggers.find(scene, guide.learned, guide.settings)
    claims = [_claim(scene, guide, c, said) for c in found]
    claims = tolls.settle(scene, claims, found, guide.settings)
    claims = context.settle(scene, _linked(claims, found, scene, guide))
    told = tuple(_statement(scene, s) for s in said)
    stands = relations.find(scene)
    return Coded(
        article=article,
        claims=tuple(claims),
        statements=told,
        relations=stands,
        entities=entities.gather(scene),
        stamp=stamp,
    )


def _claim(scene: Scene, guide: Guide, found: Candidate, said: Sequence[Said]) -> Claim:
    tree = scene.trees[found.sentence]
    edges = believed(scene, found, guide.settings)
    place = _place(scene, edges)
    mood, reasons = _modality(scene, found, guide)
    when = dating.date(scene, edges, mood)
    trigger = span_at(scene.article.text, tree.s, found.start, found.end)
    where = place.country if place else None
    actors = _people(scene, acting(scene, edges), "actor", where)
    recipients = tuple(
        r
        for r in _people(scene, edges, "recipient", where)
        if not any(r.span.overlaps(a.span) for a in actors)
    )
    modes = _modes(found, guide)
    sure = guide.calibration.chance(field_name("type", found.hand), found.score)
    return Claim(
        id=claim_id(scene.article.id, found.type, trigger),
        article=scene.article.id,
        type=found.type,
        modes=modes,
        trigger=trigger,
        sentence=span_at(scene.article.text, tree.s, 0, len(tree.s)),
        actors=actors,
        recipients=recipients,
        modality=mood,
        condition=_condition(scene, edges),
        attribution=_attribution(scene, found, edges, said),
        denied_by=_people(scene, edges, "denier", None),
        outcome=_outcome(found, guide),
        date=when[0] if when else None,
        place=place,
        deadline=dating.deadline(scene, edges, found.type),
        confidence=sure,
        reasons=(
            Reason(field="type", hand=found.hand, because=found.because, span=trigger, score=sure),
            *reasons,
            *_modes_because(found, modes, guide),
            *(_reason(scene, edge, guide) for edge in edges),
            *((Reason(field="date", hand="lexicon", because=when[1]),) if when else ()),
        ),
    )


def _people(
    scene: Scene, edges: Iterable[Edge], role: str, place: str | None
) -> tuple[Participant, ...]:
    """Return the participants of one role, in text order; an apposition is nobody else."""
    own = [e for e in edges if e.role == role]
    return participants.joint(
        participants.resolve(scene, e.sentence, e.start, e.end, place=place)
        for e in own
        if not any(_apposed(scene, e, other) for other in own)
    )


def _apposed(scene: Scene, edge: Edge, other: Edge) -> bool:
    """Return whether an edge's phrase only says who another's is."""
    tree = scene.trees[edge.sentence]
    head = tree.head(edge.start, edge.end)
    # "Saudi-owned" before a channel's name is no link of the chain beside it.
    ways = APPOSED | BEFORE if edge.role in ("relay", "speaker") else APPOSED
    named = tree.s.rels[head] in ways and edge.sentence == other.sentence
    return named and edge != other and other.start <= tree.s.heads[head] < other.end


def _modality(scene: Scene, found: Candidate, guide: Guide) -> tuple[Modality, tuple[Reason, ...]]:
    """Return the network's modality, or that of a cue where the network is not sure of "actual"."""
    names = found.proposal.modality if found.proposal else (("actual", 0.0),)
    name, score = names[0]
    if name == "actual" and score < guide.settings.actual:
        ruled = modality.by_rule(scene, found.sentence, found.start, found.end)
        if ruled is not None:
            because = f"governed by “{ruled[1]}”"
            sure = guide.calibration.chance(field_name("modality", "lexicon"), RULED)
            reason = Reason(field="modality", hand="lexicon", because=because, score=sure)
            return ruled[0], (reason,)
    if found.proposal is None:
        return "actual", ()
    because = f"network {score:.2f} for {name}"
    sure = guide.calibration.chance("modality", score)
    reason = Reason(field="modality", hand="model", because=because, score=sure)
    return cast("Modality", name), (reason,)


def _modes(found: Candidate, guide: Guide) -> tuple[str, ...]:
    """Return the modes the network is sure of, else the one that the lexicon gives."""
    proposal = found.proposal
    named = [
        m.partition(":")[2]
        for m, score in (proposal.modes if proposal else ())
        if m.startswith(found.type + ":") and score >= guide.settings.mode
    ]
    if (
        not named
        and found.entry is not None
        and found.entry.mode
        and found.entry.type == found.type
    ):
        named = [found.entry.mode]
    return tuple(sorted(named))


def _modes_because(found: Candidate, modes: Iterable[str], guide: Guide) -> Iterator[Reason]:
    """Yield why each mode is given: the network's chance of it, or the word that means it."""
    scores = dict(found.proposal.modes if found.proposal else ())
    for mode in modes:
        score = scores.get(f"{found.type}:{mode}", 0.0)
        if score >= guide.settings.mode:
            because = f"network {score:.2f} for {mode}"
            sure = guide.calibration.chance("mode", score)
            yield Reason(field="mode", hand="model", because=because, score=sure)
        elif found.entry is not None:
            because = f"lexicon: “{found.entry.lemma}” means {mode}"
            sure = guide.calibration.chance(field_name("mode", "lexicon"), RULED)
            yield Reason(field="mode", hand="lexicon", because=because, score=sure)


def _outcome(found: Candidate, guide: Guide) -> Outcome | None:
    for name, score in found.proposal.outcome if found.proposal else ():
        if name != "none" and score >= guide.settings.outcome and found.type == "ASSAULT":
            return cast("Outcome", name)
    return None


def _spans(scene: Scene, edges: Iterable[Edge], role: str) -> list[Span]:
    return [
        span_at(scene.article.text, scene.trees[e.sentence].s, e.start, e.end)
        for e in edges
        if e.role == role
    ]


def _condition(scene: Scene, edges: Sequence[Edge]) -> Condition | None:
    for span in _spans(scene, edges, "condition"):
        return Condition(
            span, "unless" if span.quote.lower().startswith(("unless", "until")) else "if"
        )
    return None


def _place(scene: Scene, edges: Sequence[Edge]) -> Place | None:
    """Return where a claim happens: the first words that the gazetteer settles, else the first."""
    found = [places.resolve(scene, e.sentence, e.start, e.end) for e in edges if e.role == "place"]
    settled = (place for place in found if place.precision is not None)
    return next(settled, next(iter(found), None))


def _reason(scene: Scene, edge: Edge, guide: Guide) -> Reason:
    hand: Hand = "lexicon" if edge.because else "model"
    return Reason(
        field=edge.role,
        hand=hand,
        because=edge.because or f"network {edge.score:.2f} for this role",
        score=guide.calibration.chance(field_name(edge.role, hand), edge.score),
        span=span_at(scene.article.text, scene.trees[edge.sentence].s, edge.start, edge.end),
    )


def _attribution(
    scene: Scene, found: Candidate, edges: Sequence[Edge], said: Sequence[Said]
) -> Attribution | None:
    """Return the chain of speakers: the network's, else that of the statement around it."""
    relays, speakers = _people(scene, edges, "relay", None), _people(scene, edges, "speaker", None)
    holding = [
        s
        for s in said
        if s.content_sentence == found.sentence and s.content[0] <= found.start < s.content[1]
    ]
    inner = min(holding, key=lambda s: s.content[1] - s.content[0], default=None)
    links = {who.entity or who.name: who for who in (*speakers[::-1], *relays[::-1])}
    chain = tuple(links.values())[::-1]
    if not chain and inner is not None and inner.source is not None:
        chain = (participants.resolve(scene, inner.source_sentence, *inner.source),)
    if not chain:
        return None
    cue = None
    if inner is not None and inner.cue is not None:
        cue = span_at(scene.article.text, scene.trees[inner.sentence].s, *inner.cue)
    return Attribution(chain=chain, cue=cue, style=inner.style if inner else "indirect")


def _linked(
    claims: list[Claim], found: Sequence[Candidate], scene: Scene, guide: Guide
) -> list[Claim]:
    """Return the claims with the links from contents to the claims whose contents they are."""
    place = {id(c.proposal): k for k, c in enumerate(found) if c.proposal is not None}
    out = []
    for claim, candidate in zip(claims, found, strict=True):
        proposal = candidate.proposal
        parent = None
        if (
            proposal is not None
            and proposal.parent is not None
            and proposal.parent_score >= guide.settings.link
        ):
            parent = place.get(id(scene.reading.proposals[proposal.parent]))
        if parent is not None and guide.ontology[claims[parent].type].content:
            out.append(replace(claim, content_of=claims[parent].id))
        else:
            out.append(claim)
    return out


def _statement(scene: Scene, said: Said) -> Statement:
    text = scene.article.text
    content = span_at(text, scene.trees[said.content_sentence].s, *said.content)
    cue = span_at(text, scene.trees[said.sentence].s, *said.cue) if said.cue else None
    source = (
        span_at(text, scene.trees[said.source_sentence].s, *said.source) if said.source else None
    )
    speaker = (
        participants.resolve(scene, said.source_sentence, *said.source) if said.source else None
    )
    return Statement(
        id=statement_id(scene.article.id, content, cue),
        article=scene.article.id,
        content=content,
        cue=cue,
        source=source,
        speaker=speaker,
        style=said.style,
        polarity=said.polarity,
    )
