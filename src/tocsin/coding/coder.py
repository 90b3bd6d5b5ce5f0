"""From a reading to everything coded out of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from sys import intern
from typing import cast

from msgspec.structs import replace

from tocsin.base.settings import Coding
from tocsin.coding import (
    context,
    dating,
    entities,
    links,
    modality,
    outcomes,
    participants,
    places,
    plain,
    reasons,
    relations,
    relays,
    statements,
    tolls,
    triggers,
    votes,
)
from tocsin.coding.calibration import Calibration
from tocsin.coding.edges import acting, believed
from tocsin.coding.said import Said
from tocsin.coding.scene import Scene
from tocsin.coding.spread import Spread
from tocsin.coding.syntax import span_at
from tocsin.coding.triggers import Candidate
from tocsin.coding.weights import Weights
from tocsin.ontology.actors import Knowledge
from tocsin.ontology.gazetteer import Gazetteer
from tocsin.ontology.lexicon import Lexicon
from tocsin.ontology.matters import contexts
from tocsin.ontology.model import Ontology
from tocsin.records.article import Article
from tocsin.records.claim import (
    Attribution,
    Claim,
    Condition,
    Modality,
    Outcome,
    Participant,
    claim_id,
)
from tocsin.records.coded import Coded, Stamp
from tocsin.records.evidence import Reason, Span, span_of
from tocsin.records.reading import Edge, Reading
from tocsin.records.statement import Polarity, Statement, statement_id

# What is said to somebody, who has a country or a sector.
SPOKEN = frozenset(
    {"ACCUSE", "AGREE", "CONCEDE", "REJECT", "REQUEST", "SANCTION", "SUPPORT", "THREATEN"}
)
# How words hang that only say who somebody is: behind his name, and before it.
APPOSED = frozenset({"appos", "flat"})
BEFORE = frozenset({"amod", "compound"})


@dataclass(frozen=True, slots=True)
class Guide:
    """What a coder goes by: types, words, actors, places, thresholds, votes, calibration."""

    ontology: Ontology
    lexicon: Lexicon
    knowledge: Knowledge
    gazetteer: Gazetteer
    settings: Coding
    learned: frozenset[str]
    votes: Weights = field(default_factory=dict)
    calibration: Calibration = field(default_factory=Calibration)


def code(article: Article, reading: Reading, guide: Guide, stamp: Stamp) -> Coded:
    """Return the claims, statements, relations and entities of an article, in text order."""
    scene = Scene(article, reading, guide.lexicon, guide.knowledge, guide.gazetteer)
    participants.survey(scene)
    said = statements.find(scene, guide.votes)
    found = context.settle(scene, claims(scene, guide, said))
    found = links.settle(scene, found)
    told = _nested([_statement(scene, s) for s in said])
    stands = relations.find(scene)
    return Coded(
        article=article,
        claims=tuple(map(guide.calibration.applied, found)),
        statements=told,
        relations=stands,
        entities=entities.gather(scene),
        stamp=stamp,
    )


def claims(scene: Scene, guide: Guide, said: Sequence[Said]) -> list[Claim]:
    """Return the claims of a scene as their own sentences tell them, in text order."""
    found = triggers.find(scene, guide.learned, guide.settings, guide.votes)
    found = sorted((*found, *relays.find(scene, found, said)), key=lambda c: (c.sentence, c.start))
    contents: Spread[Said] = Spread()
    for statement in said:
        contents.add(*statement.content, statement)
    told = relays.settle([_claim(scene, guide, c, contents) for c in found], found)
    return _linked(tolls.settle(scene, told, found, guide.settings), found, scene, guide)


def _claim(scene: Scene, guide: Guide, found: Candidate, contents: Spread[Said]) -> Claim:
    tree = scene.trees[found.sentence]
    around = votes.telling(scene, found, contents.at(tree.s.offsets[found.start][0]))
    edges = believed(scene, found, around, guide.settings, guide.votes)
    place = places.told(scene, found.sentence, range(found.start, found.end), edges)
    mood, governed = _modality(scene, found, guide)
    when = dating.date(scene, edges, mood)
    trigger = span_at(scene.article.text, tree.s, found.start, found.end)
    actors, recipients = _parties(scene, found, edges, place.country if place else None)
    said = _attribution(scene, edges, around)
    actors = _doing(actors, said) or _threatening(found, said)
    modes, means = _modes(found, guide)
    outcome, ended = _outcome(scene, found, guide)
    deadline = dating.deadline(scene, edges, found.type) or plain.deadline(scene, found)
    return Claim(
        id=claim_id(scene.article.id, found.type, trigger),
        article=scene.article.id,
        type=found.type,
        modes=modes,
        contexts=contexts(tree.s.lemmas),
        trigger=trigger,
        sentence=span_at(scene.article.text, tree.s, 0, len(tree.s)),
        actors=actors,
        recipients=recipients,
        modality=mood,
        condition=_condition(scene, edges) or plain.condition(scene, found),
        attribution=said,
        denied_by=_people(scene, edges, "denier", None),
        outcome=outcome,
        date=when[0] if when else None,
        place=place,
        deadline=deadline,
        confidence=round(found.score, 3),
        reasons=(
            *reasons.of_type(found, trigger),
            *means,
            *governed,
            *(reasons.of_edge(scene, edge) for edge in edges),
            *reasons.of_days(when[1] if when else None, deadline),
            *ended,
        ),
    )


def _parties(
    scene: Scene, found: Candidate, edges: Sequence[Edge], where: str | None
) -> tuple[tuple[Participant, ...], tuple[Participant, ...]]:
    """Return the actors and recipients of a claim; who stops an attack is not who makes it."""
    actors = _people(scene, acting(scene, edges), "actor", where)
    tree, attack = scene.trees[found.sentence], found.type == "ASSAULT"
    stopped = outcomes.defence(tree, found.start, found.end) if attack else None
    if stopped is not None:
        ends = _resolved(scene, found.sentence, stopped.who, stopped.weapon)
        senders = _resolved(scene, found.sentence, stopped.sender)
        actors = tuple(a for a in actors if not any(participants.same(a, end) for end in ends))
        actors = actors or senders
        edges = [
            e for e in edges if (e.start, e.end) != stopped.weapon or e.sentence != found.sentence
        ]
    recipients = _people(scene, edges, "recipient", where)
    if found.proposal is None and found.type in SPOKEN:
        # Words are spoken to somebody; what they are about is no party to them.
        recipients = tuple(r for r in recipients if r.country or r.sectors or r.entity)
    return actors, tuple(r for r in recipients if not any(r.span.overlaps(a.span) for a in actors))


def _resolved(
    scene: Scene, sentence: int, *phrases: tuple[int, int] | None
) -> tuple[Participant, ...]:  # fmt: skip
    """Return whom the phrases that are there mean."""
    return tuple(participants.resolve(scene, sentence, *words) for words in phrases if words)


def _doing(
    actors: tuple[Participant, ...], said: Attribution | None
) -> tuple[Participant, ...]:  # fmt: skip
    """Return the actors but for those who only say what others do, by the same words."""
    speaking = {one.span for one in said.chain} if said else set()
    others = tuple(one for one in actors if one.span not in speaking)
    return others or actors


def _threatening(found: Candidate, said: Attribution | None) -> tuple[Participant, ...]:
    """Return who threatens by saying what another will suffer: "they will pay dearly", he said."""
    if said is None or found.proposal is not None or found.type != "THREATEN":
        return ()
    suffered = found.entry is not None and "nsubj" in found.entry.frame.recipient
    return said.chain[-1:] if suffered else ()


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
    """Return the modality that the hands vote for, with the cue behind it where one governs."""
    proposal = found.proposal
    if proposal is None:
        mood, cue = modality.by_form(
            scene, found.sentence, found.start, found.end, threat=found.type == "THREATEN"
        )
        because = f"governed by the cue “{cue}”"
        return mood, (Reason(field="modality", hand="lexicon", because=because),) if cue else ()
    if proposal.hand != "model":
        name, score = proposal.modality[0]
        return cast("Modality", name), (reasons.seen("modality", name, score, proposal.hand),)
    ruled = modality.by_rule(scene, found.sentence, found.start, found.end)
    mood, score = modality.vote(scene, found, ruled, guide.votes)
    if ruled is not None and ruled[0] == mood:
        because = f"governed by the cue “{ruled[1]}”"
        return mood, (Reason(field="modality", hand="lexicon", because=because, score=score),)
    return mood, (reasons.voted("modality", mood, score),)


def _modes(found: Candidate, guide: Guide) -> tuple[tuple[str, ...], tuple[Reason, ...]]:
    """Return the modes the network is sure of, else the one that the lexicon gives, and why.

    A second mode needs more than the first: most words have one.
    """
    settings, proposal, entry = guide.settings, found.proposal, found.entry
    own = [
        (mode.partition(":")[2], score)
        for mode, score in (proposal.modes if proposal else ())
        if mode.startswith(found.type + ":")
    ]
    first = max((score for _, score in own), default=0.0)
    sure = sorted(
        (mode, score)
        for mode, score in own
        if score >= (settings.mode if score == first else settings.further)
    )
    if sure:
        named = tuple(mode for mode, _ in sure)
        return named, tuple(reasons.seen("modes", mode, score) for mode, score in sure)
    if entry is None or not entry.mode or entry.type != found.type:
        return (), ()
    because = f"“{entry.lemma}” in the lexicon"
    return (entry.mode,), (Reason(field="modes", hand="lexicon", because=because),)


def _outcome(
    scene: Scene, found: Candidate, guide: Guide
) -> tuple[Outcome | None, tuple[Reason, ...]]:
    """Return how an attack ended where it did not succeed, as the words or the network say."""
    if found.type != "ASSAULT":
        return None, ()
    ruled = outcomes.find(scene.trees[found.sentence], found.start, found.end)
    if ruled is not None:
        because = f"“{ruled[1]}” says how it ended"
        return ruled[0], (Reason(field="outcome", hand="lexicon", because=because),)
    for name, score in found.proposal.outcome if found.proposal else ():
        if name != "none" and score >= guide.settings.outcome:
            return cast("Outcome", name), (reasons.seen("outcome", name, score),)
    return None, ()


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


def _attribution(scene: Scene, edges: Sequence[Edge], around: Sequence[Said]) -> Attribution | None:
    """Return the chain of speakers, with the cue of the statement around it."""
    heard = [e for e in edges if e.role in ("relay", "speaker")]
    heard = [e for e in heard if not any(_names(scene, other, e) for other in heard)]
    relays, speakers = _people(scene, heard, "relay", None), _people(scene, heard, "speaker", None)
    inner = next(iter(around), None)
    links = {who.entity or who.name: who for who in (*speakers[::-1], *relays[::-1])}
    chain = tuple(links.values())[::-1]
    if not chain:
        return None
    cue = None
    if inner is not None and inner.cue is not None:
        cue = span_at(scene.article.text, scene.trees[inner.sentence].s, *inner.cue)
    return Attribution(chain=chain, cue=cue, style=inner.style if inner else "indirect")


def _names(scene: Scene, edge: Edge, other: Edge) -> bool:
    """Return whether an edge is the name right beside another's words: "Iraqi website | Alpha"."""
    if edge.sentence != other.sentence or edge.start != other.end:
        return False
    tree = scene.trees[edge.sentence]
    tags = tree.s.upos[tree.head(edge.start, edge.end)], tree.s.upos[other.end - 1]
    return tags == ("PROPN", "NOUN")


def _linked(
    told: list[Claim], found: Sequence[Candidate], scene: Scene, guide: Guide
) -> list[Claim]:
    """Return the claims with the links from contents to the claims whose contents they are."""
    place = {id(c.proposal): k for k, c in enumerate(found) if c.proposal is not None}
    ruled = {id(p): k for k, c in enumerate(found) for p in c.contents}
    above = plain.contents(scene, found)
    out = []
    for k, (claim, candidate) in enumerate(zip(told, found, strict=True)):
        proposal, parent = candidate.proposal, None
        if (
            proposal is not None
            and proposal.parent is not None
            and proposal.parent_score >= guide.settings.link
        ):
            parent = place.get(id(scene.reading.proposals[proposal.parent]))
        score = proposal.parent_score if proposal else 0.0
        if parent is None and proposal is not None and id(proposal) in ruled:
            parent = ruled[id(proposal)]
            score = found[parent].score
        ruling = parent is None and k in above
        if ruling:
            parent = above[k]
        if parent is not None and guide.ontology[told[parent].type].content:
            why = (*claim.reasons, reasons.of_link(told[parent], score, ruled=ruling))
            out.append(replace(claim, content_of=told[parent].id, reasons=why))
        else:
            out.append(claim)
    return out


def _statement(scene: Scene, said: Said) -> Statement:
    text = scene.article.text
    content = span_of(text, *said.content)
    cue = span_at(text, scene.trees[said.sentence].s, *said.cue) if said.cue else None
    source = span_at(text, scene.trees[said.source_sentence].s, *said.whole) if said.whole else None
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
        # A default is left out of records where it is the very same string.
        polarity=cast("Polarity", intern(said.polarity)),
    )


def _nested(told: Sequence[Statement]) -> tuple[Statement, ...]:
    """Return the statements, each with the one in whose content it is made, the innermost."""
    out = []
    contents: Spread[Statement] = Spread()
    for statement in told:
        contents.add(statement.content.start, statement.content.end, statement)
    for own in told:
        around = contents.at(own.cue.start) if own.cue else ()
        outer = [o for o in around if o.id != own.id and _holds(o, own)]
        within = min(outer, key=lambda o: o.content.end - o.content.start, default=None)
        out.append(replace(own, within=within and within.id))
    return tuple(out)


def _holds(outer: Statement, inner: Statement) -> bool:
    """Return whether a statement is made in another's content: its cue and what it says."""
    if inner.cue is None or not outer.content.covers(inner.cue):
        return False
    return outer.content.covers(inner.content) and outer.content != inner.content
