"""From a reading to everything coded out of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import cast

from msgspec.structs import replace

from tocsin.base.settings import Coding
from tocsin.coding import (
    context,
    counts,
    entities,
    modality,
    participants,
    places,
    relations,
    statements,
    times,
    triggers,
)
from tocsin.coding.edges import acting, believed
from tocsin.coding.scene import Scene
from tocsin.coding.statements import Said
from tocsin.coding.syntax import span_at
from tocsin.coding.triggers import Candidate
from tocsin.ontology.actors import Knowledge
from tocsin.ontology.lexicon import Lexicon
from tocsin.ontology.model import Ontology
from tocsin.ontology.words import groups
from tocsin.records.article import Article
from tocsin.records.claim import (
    Attribution,
    Claim,
    Condition,
    Count,
    Interval,
    Modality,
    Outcome,
    Participant,
    Place,
    claim_id,
)
from tocsin.records.coded import Coded, Stamp
from tocsin.records.evidence import Reason, Span
from tocsin.records.reading import Edge, Reading
from tocsin.records.statement import Statement, statement_id

# Types whose dates may be deadlines.
DATED = frozenset({"THREATEN", "REQUEST", "AGREE", "REJECT"})


@dataclass(frozen=True, slots=True)
class Guide:
    """What a coder goes by: types, words, actors, thresholds."""

    ontology: Ontology
    lexicon: Lexicon
    knowledge: Knowledge
    settings: Coding
    learned: frozenset[str]


def code(article: Article, reading: Reading, guide: Guide, stamp: Stamp) -> Coded:
    """Return the claims, statements, relations and entities of an article, in text order."""
    scene = Scene(article, reading, guide.lexicon, guide.knowledge)
    participants.survey(scene)
    said = statements.find(scene)
    found = triggers.find(scene, guide.learned, guide.settings)
    claims = [_claim(scene, guide, c, said) for c in found]
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
    trigger = span_at(scene.article.text, tree.s, found.start, found.end)
    where = place.country if place else None
    actors = _people(scene, acting(scene, edges), "actor", where)
    recipients = tuple(
        r
        for r in _people(scene, edges, "recipient", where)
        if not any(r.span.overlaps(a.span) for a in actors)
    )
    tolls = _tolls(scene, edges, found, actors, recipients)
    return Claim(
        id=claim_id(scene.article.id, found.type, trigger),
        article=scene.article.id,
        type=found.type,
        modes=_modes(found, guide),
        trigger=trigger,
        sentence=span_at(scene.article.text, tree.s, 0, len(tree.s)),
        actors=actors,
        recipients=recipients,
        modality=mood,
        condition=_condition(scene, edges),
        attribution=_attribution(scene, found, edges, said),
        denied_by=_people(scene, edges, "denier", None),
        outcome=_outcome(found, guide),
        date=_date(scene, edges, mood),
        place=place,
        deadline=_deadline(scene, edges, found.type),
        killed=tolls.get("killed"),
        injured=tolls.get("injured"),
        arrested=tolls.get("arrested"),
        crowd=tolls.get("crowd"),
        confidence=round(found.score, 3),
        reasons=(
            Reason(
                field="type",
                hand=found.hand,
                because=found.because,
                span=trigger,
                score=round(found.score, 3),
            ),
            *reasons,
            *_reasons(scene, edges),
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
    named = tree.s.rels[head] in ("appos", "flat") and edge.sentence == other.sentence
    return named and edge != other and other.start <= tree.s.heads[head] < other.end


def _modality(scene: Scene, found: Candidate, guide: Guide) -> tuple[Modality, tuple[Reason, ...]]:
    """Return the network's modality, or that of a cue where the network is not sure of "actual"."""
    names = found.proposal.modality if found.proposal else (("actual", 0.0),)
    name, score = names[0]
    if name == "actual" and score < guide.settings.actual:
        ruled = modality.by_rule(scene, found.sentence, found.start, found.end)
        if ruled is not None:
            because = f"governed by “{ruled[1]}”"
            return ruled[0], (Reason(field="modality", hand="lexicon", because=because),)
    if found.proposal is None:
        return "actual", ()
    because = f"network {score:.2f} for {name}"
    reason = Reason(field="modality", hand="model", because=because, score=score)
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


def _date(scene: Scene, edges: Sequence[Edge], mood: str) -> Interval | None:
    """Return the days of a claim; an expression that was cut short is tried with its next words."""
    for edge in edges:
        if edge.role != "date":
            continue
        sentence = scene.trees[edge.sentence].s
        past = mood in ("actual", "negated")
        for end in range(edge.end, min(edge.end + 3, len(sentence) + 1)):
            span = span_at(scene.article.text, sentence, edge.start, end)
            found = times.resolve(span.quote, scene.day, tense="past" if past else "future")
            if found is not None:
                return Interval(found[0], found[1], span)
        return Interval(None, None, span_at(scene.article.text, sentence, edge.start, edge.end))
    return None


def _place(scene: Scene, edges: Sequence[Edge]) -> Place | None:
    for edge in edges:
        if edge.role == "place":
            return places.resolve(scene, edge.sentence, edge.start, edge.end)
    return None


def _deadline(scene: Scene, edges: Sequence[Edge], kind: str) -> Interval | None:
    """Return the interval in which a threat or demand wants to be met, where one is stated."""
    if kind not in DATED:
        return None
    for span in _spans(scene, edges, "date"):
        found = times.deadline(span.quote, scene.day)
        if found is not None:
            return Interval(found[0], found[1], span)
    return None


def _tolls(
    scene: Scene, edges: Sequence[Edge], found: Candidate, actors: Sequence[Participant],
    recipients: Sequence[Participant],
) -> dict[str, Count | None]:  # fmt: skip
    """Return the numbers of people: those the network marks, else those of the participants."""
    lemma = scene.trees[found.sentence].s.lemmas[found.start].lower()
    out = {k: _count(scene, edges, k) for k in ("killed", "injured")}
    if found.type == "ASSAULT" and not any(out.values()):
        if lemma in groups()["killing"]:
            out["killed"] = _counted(recipients)
        elif lemma in groups()["wounding"]:
            out["injured"] = _counted(recipients)
    if found.type == "COERCE" and lemma in groups()["arresting"]:
        out["arrested"] = _counted(recipients)
    if found.type == "PROTEST":
        out["crowd"] = _counted(actors)
    return out


def _counted(people: Sequence[Participant]) -> Count | None:
    """Return the first number of people that a participant's own words give."""
    for who in people:
        found = counts.parse(who.span.quote)
        if found is not None and any(c.isdigit() for c in who.span.quote) | (found != (1, 1)):
            return Count(found[0], found[1], who.span)
    return None


def _count(scene: Scene, edges: Sequence[Edge], role: str) -> Count | None:
    for span in _spans(scene, edges, role):
        found = counts.parse(span.quote)
        if found is not None:
            return Count(found[0], found[1], span)
    return None


def _reasons(scene: Scene, edges: Iterable[Edge]) -> tuple[Reason, ...]:
    return tuple(_reason(scene, edge) for edge in edges)


def _reason(scene: Scene, edge: Edge) -> Reason:
    return Reason(
        field=edge.role,
        hand="lexicon" if edge.because else "model",
        because=edge.because or f"network {edge.score:.2f} for this role",
        score=edge.score,
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
    chain = (*relays, *(s for s in speakers if s not in relays))
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
