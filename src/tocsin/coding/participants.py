"""Who a phrase means: a known entity, a description put together, or unknown with a reason.

The parts are composed: title + nationality = an office of that country; nationality + noun = that
country's body of that kind; a noun alone = a kind of people. What a phrase leaves open, earlier
mentions settle, then the place of the claim, then what the article is about; nothing else does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from msgspec.structs import replace

from tocsin.coding import coreference
from tocsin.coding.scene import Known, Scene
from tocsin.coding.syntax import Tree, is_pronoun, span_at
from tocsin.ontology.actors import Actor
from tocsin.ontology.lexicon import Agent, Title
from tocsin.ontology.words import groups
from tocsin.records.claim import Participant
from tocsin.records.evidence import Span

# Kinds of people that belong to the place where they are; bodies and officials need more.
LOCAL = frozenset({"CVL", "UAF", "COP", "MED", "REL", "CRM", "EDU", "LAB", "OPP"})
# Journalists work where they are not at home, and refugees are by their name from elsewhere.
STRANGERS = frozenset({"JRN", "REF"})

# Words of a phrase that is still "the US-led coalition" and no clause.
LED = 6
# Why the fighters of a movement that is at home in no one country have none.
NOWHERE = "of a group that belongs to no one country"


@dataclass(frozen=True, slots=True)
class Noun:
    """What the head noun of a phrase says about sort and sectors."""

    kind: str
    sectors: tuple[str, ...] | None
    office: str | None = None
    country: str | None = None


def resolve(
    scene: Scene, number: int, start: int, end: int, *, place: str | None = None
) -> Participant:
    """Return the participant that words of a sentence name; `place` is the claim's country."""
    tree = scene.trees[number]
    start, end = tidy(tree, start, end)
    head = tree.head(start, end)
    base = Participant(
        span=span_at(scene.article.text, tree.s, start, end), name=_name(tree, start, end)
    )
    if end - start <= 2 and is_pronoun(tree, head):
        return coreference.pronoun(scene, number, head, base)
    found = _named(scene, number, start, end, head) or _described(scene, number, start, end, head)
    out = replace(found, span=base.span, name=found.name or base.name)
    abroad = _plural(tree, head) and tree.s.lemmas[head].lower() in groups()["states"]
    if out.country is None and out.entity is None and not abroad:
        out = _from_context(scene, out, place, ground=_is_ground(tree, head))
    if out.country or out.sectors or out.entity:
        person = _is_person(scene, tree, out, head)
        coreference.remember(scene, number, out, head, person=person)
    return out


def tidy(tree: Tree, start: int, end: int) -> tuple[int, int]:
    """Return a phrase without the marks, case endings and prepositions at its edges."""
    forms = [form.lower() for form in tree.s.forms]
    while (
        end - start > 1
        and forms[start : start + 2] != ["at", "least"]
        and (tree.s.upos[start] in ("PUNCT", "ADP", "CCONJ") or forms[start] in ("'s", "’s"))
    ):
        start += 1
    while end - start > 1 and (
        tree.s.upos[end - 1] in ("PUNCT", "CCONJ", "ADP", "DET")
        or forms[end - 1] in ("'s", "’s", "'", "’")
    ):
        end -= 1
    return start, end


def _name(tree: Tree, start: int, end: int) -> str:
    """Return a phrase without its article, in one line."""
    first = start + (tree.s.upos[start] == "DET" and end - start > 1)
    gaps = [tree.s.offsets[i + 1][0] > tree.s.offsets[i][1] for i in range(first, end - 1)]
    parts = [
        tree.s.forms[i] + " " * gap
        for i, gap in zip(range(first, end), [*gaps, False], strict=True)
    ]
    return "".join(parts)


def _named(scene: Scene, number: int, start: int, end: int, head: int) -> Participant | None:
    """Return the known actor or country that is the head of a phrase, or whose name it is."""
    tree = scene.trees[number]
    inside = [k for k in scene.known[number] if k.start < end and start < k.end]
    for known in inside:
        if known.start <= head < known.end or _is_name(tree, known, head):
            return _entity(scene, tree, known)
    return None


def _is_name(tree: Tree, known: Known, head: int) -> bool:
    """Return whether a known name is the name of the one whom the head's title announces."""
    top = tree.head(known.start, known.end)
    return tree.s.heads[top] == head and tree.s.rels[top] in ("flat", "appos")


def _entity(scene: Scene, tree: Tree, known: Known) -> Participant:
    """Return a known name as a participant; a nationality alone is its government."""
    match = known.match
    span = span_at(scene.article.text, tree.s, known.start, known.end)
    head = tree.head(known.start, known.end)
    if match.kind == "actor":
        actor = scene.knowledge.actors[match.id]
        country = scene.knowledge.country_on(actor, scene.day)
        sectors = sectors_of(scene, actor)
        return Participant(
            span=span, name=actor.name, entity=actor.id, country=country, sectors=sectors
        )
    country = scene.country(match)
    sectors = match.sectors or ("GOV",)
    if match.kind == "people" and (_plural(tree, head) or _counted(tree, head)):
        sectors = ("CVL",)
    return Participant(
        span=span, name=match.name, entity=match.id, country=country, sectors=sectors
    )


def sectors_of(scene: Scene, actor: Actor) -> tuple[str, ...]:
    """Return what an actor counted as on the article's day.

    A minister who also leads a party acts as minister. Groups outside the days that are known of
    them are what they were when last known; people are not, since offices end.
    """
    held = scene.knowledge.sectors_on(actor, scene.day)
    if not held and actor.kind != "person":
        held = scene.knowledge.sectors_on(actor, None)
    if actor.kind == "person" and "GOV" in held:
        return tuple(s for s in held if s in ("GOV", "PRE"))
    return held


def _plural(tree: Tree, word: int) -> bool:
    return "Number=Plur" in tree.s.feats[word] and tree.s.upos[word] in ("NOUN", "PROPN")


def _counted(tree: Tree, word: int) -> bool:
    return tree.child(word, "nummod") is not None or tree.s.forms[max(0, word - 1)].lower() in (
        "a",
        "an",
    )


def _described(scene: Scene, number: int, start: int, end: int, head: int) -> Participant:
    """Return a description put together from the head noun and what stands around it."""
    tree = scene.trees[number]
    span = span_at(scene.article.text, tree.s, start, end)
    person = coreference.person(scene, tree, start, end)
    if person is not None:
        return person
    noun = _noun(scene, tree, start, end, head)
    # An ally of Iran is not Iran's.
    relational = tree.s.lemmas[head].lower() in groups()["relational"]
    owner = None if relational else _owner(scene, number, start, end, head)
    if noun is None and owner is None and (beside := _beside(tree, head)) is not None:
        return replace(_described(scene, number, *beside, tree.head(*beside)), span=span, name="")
    if _is_ground(tree, head):
        return Participant(span=span, name="", country=owner.country if owner else None)
    if noun is None and tree.s.upos[head] == "NUM":
        noun = Noun("person", ("CVL",))
    country = (noun.country if noun else None) or (owner.country if owner else None)
    sectors = ("ELI",) if _former(tree, start, head) else _sectors(tree, head, noun, owner)
    found = _holder(scene, noun, country, span) if sectors != ("ELI",) else None
    if found is None and country is None:
        found = coreference.taken_up(scene, number, head, start, end)
    if found is not None:
        return replace(found, span=span)
    unknown = None if country or sectors else "no known name, noun or nationality in the phrase"
    if relational:
        return Participant(span=span, name="", unknown="named by its relation to another")
    if owner is not None and owner.entity and owner.country is None and _of_group(owner):
        unknown = NOWHERE
    return Participant(span=span, name="", country=country, sectors=sectors, unknown=unknown)


def _sectors(
    tree: Tree, head: int, noun: Noun | None, owner: Participant | None
) -> tuple[str, ...]:
    """Return the sectors of a noun and of whom it belongs to, put together."""
    own = (noun.sectors or ()) if noun else ()
    if owner is None:
        return own
    # A spokesman takes the sector of the body; a fighter of a group, the group's.
    if noun is None or noun.sectors is None or _of_group(owner):
        own = owner.sectors or own
    if own == ("GOV",) and tree.s.lemmas[head].lower() in groups()["forces"]:
        return ("MIL",)
    return own


def _beside(tree: Tree, head: int) -> tuple[int, int] | None:
    """Return the phrase that says what a name is: "Jeff Doe, the ministry's spokesman"."""
    child = tree.child(head, "appos")
    if child is None or child == head:
        return None
    words = [w for w in tree.down(child) if w != head]
    return min(words), max(words) + 1


def _former(tree: Tree, start: int, head: int) -> bool:
    """Return whether a phrase speaks of somebody who no longer is what it calls him."""
    return any(
        tree.s.forms[i].lower() in groups()["former"] for i in range(max(0, start - 1), head)
    )


def _of_group(owner: Participant) -> bool:
    return bool({"REB", "PRM"} & set(owner.sectors))


def _noun(scene: Scene, tree: Tree, start: int, end: int, head: int) -> Noun | None:
    """Return what the lexicon knows of the head noun, by the longest phrase that holds it."""
    best: tuple[int, Agent | Title] | None = None
    for at in range(max(0, start - 3), end):
        for index in (scene.lexicon.titles, scene.lexicon.agents):
            for entry, stop in index.at(tree.s.lemmas, tree.s.upos, at):
                if at <= head < stop and (best is None or stop - at > best[0]):
                    best = (stop - at, entry)
    if best is None:
        return _any_noun(scene, tree, start, end)
    entry = best[1]
    if isinstance(entry, Title):
        return Noun("person", entry.sectors, entry.office, entry.country)
    return Noun(entry.kind, entry.sectors, None, entry.country)


def _any_noun(scene: Scene, tree: Tree, start: int, end: int) -> Noun | None:
    """Return what a title or kind of people anywhere in the phrase says, last first.

    Word classes do not count here: "rebel" and "military" often stand as adjectives.
    """
    tags = ["NOUN" if tag in ("NOUN", "PROPN", "ADJ") else tag for tag in tree.s.upos]
    words = [
        form.lower() if tag == "ADJ" else lemma
        for form, tag, lemma in zip(tree.s.forms, tree.s.upos, tree.s.lemmas, strict=True)
    ]
    for at in range(end - 1, start - 1, -1):
        for title, _ in scene.lexicon.titles.at(words, tags, at):
            return Noun("person", title.sectors, title.office, title.country)
        for agent, _ in scene.lexicon.agents.at(words, tags, at):
            return Noun(agent.kind, agent.sectors, None, agent.country)
    return None


def _owner(scene: Scene, number: int, start: int, end: int, head: int) -> Participant | None:
    """Return whom somebody belongs to: a nationality, a possessor, a group before the noun."""
    tree = scene.trees[number]
    below = set(tree.down(head)) | set(range(start, end))
    cut = {
        w
        for c in tree.children[head]
        if tree.s.rels[c].startswith(("acl", "conj", "appos"))
        for w in tree.down(c)
    }
    kept = [
        k
        for k in scene.known[number]
        if k.start in below and (k.start not in cut or start <= k.start < end)
    ]
    near = sorted(kept, key=lambda k: (not start <= k.start < end, abs(k.start - head)))
    for known in near:
        if known.start <= head < known.end or _opposed(tree, known):
            continue
        return _entity(scene, tree, known)
    led = next(
        (k for k in near if _leads(tree, k) and start <= k.start and end - start <= LED), None
    )
    if led is not None:
        return _entity(scene, tree, led)
    for word in below - cut:
        if tree.s.rels[word] == "nmod:poss" and is_pronoun(tree, word):
            span = span_at(scene.article.text, tree.s, word, word + 1)
            return coreference.pronoun(
                scene, number, word, Participant(span=span, name=tree.s.forms[word])
            )
    return None


def _opposed(tree: Tree, known: Known) -> bool:
    """Return whether a name only tells what somebody is for or against: "pro-Iran militias"."""
    before = [tree.s.forms[i].lower() for i in range(max(0, known.start - 2), known.start)]
    after = [tree.s.forms[i].lower() for i in range(known.end, min(len(tree.s), known.end + 2))]
    first = tree.s.forms[known.start].lower()
    joined = after[:1] == ["-"] or (bool(after) and after[0] in ("aligned", "backed", "led"))
    return (
        joined
        or first.startswith(("pro", "anti"))
        or any(b.startswith(("pro", "anti")) for b in before)
    )


def _leads(tree: Tree, known: Known) -> bool:
    """Return whether a name leads what follows: "a US-led strike" is a strike of the US."""
    return "led" in [f.lower() for f in tree.s.forms[known.end : known.end + 2]]


def _holder(scene: Scene, noun: Noun | None, country: str | None, span: Span) -> Participant | None:
    """Return who held an office on the article's day, where the office and country are named."""
    where = country or (noun.country if noun else None)
    if noun is None or noun.office is None or where is None or scene.day is None:
        return None
    actor = scene.knowledge.holder(where, noun.office, scene.day)
    if actor is None:
        return None
    sectors = sectors_of(scene, actor)
    return Participant(span=span, name=actor.name, entity=actor.id, country=where, sectors=sectors)


def names_somebody(scene: Scene, number: int, word: int) -> bool:
    """Return whether a word before a noun names a country, a known actor or a kind of people."""
    if any(k.start <= word < k.end for k in scene.known[number]):
        return True
    return _any_noun(scene, scene.trees[number], word, word + 1) is not None


def _from_context(
    scene: Scene, found: Participant, place: str | None, *, ground: bool
) -> Participant:
    """Return a description with the country that the claim's place or the article settles."""
    apart = bool(STRANGERS & set(found.sectors)) or found.unknown == NOWHERE
    if not (found.sectors or ground) or apart:
        return found
    local = ground or bool(LOCAL & set(found.sectors))
    country = (place or scene.setting) if local else (scene.focus or place)
    unknown = None if country else "no nationality in the phrase, and no country leads the article"
    return replace(found, country=country, unknown=unknown)


def _is_ground(tree: Tree, head: int) -> bool:
    """Return whether a phrase names a place rather than people."""
    named = any(n.kind == "LOC" and n.start <= head < n.end for n in tree.s.names)
    return named or tree.s.lemmas[head].lower() in groups()["ground"]


def survey(scene: Scene) -> None:
    """Note every name of the article in order, so that what takes it up can find it."""
    for number, tree in enumerate(scene.trees):
        people = [(n.start, n.end) for n in tree.s.names if n.kind == "PER"]
        named = [
            (k.start, k.end)
            for k in scene.known[number]
            if k.match.kind != "adjective" and not any(a <= k.start < b for a, b in people)
        ]
        for start, end in sorted(people + named):
            first, last = _with_title(tree, start, end)
            resolve(scene, number, first, last)


def _with_title(tree: Tree, start: int, end: int) -> tuple[int, int]:
    """Return a name with the titles and nationalities that stand right before it."""
    head = tree.head(start, end)
    joined = ("compound", "flat", "amod")
    while start > 0 and tree.s.rels[start - 1] in joined:
        if tree.s.heads[start - 1] not in range(start - 1, end):
            break
        start -= 1
    top = tree.s.heads[head]
    if tree.s.rels[head] in ("flat", "appos") and 0 <= top < start and start - top <= 2:
        start = min(tree.down(top)) if start - min(tree.down(top)) <= 6 else top
    return start, end


def _is_person(scene: Scene, tree: Tree, who: Participant, head: int) -> bool:
    """Return whether a participant is one person: by what is known, by name, by noun."""
    actor = scene.knowledge.actors.get(who.entity or "")
    if actor is not None:
        return actor.kind == "person"
    if any(n.kind == "PER" and n.start <= head < n.end for n in tree.s.names):
        return True
    noun = _noun(scene, tree, head, head + 1, head)
    return noun is not None and noun.kind == "person" and not _plural(tree, head)


def joint(items: Iterable[Participant]) -> tuple[Participant, ...]:
    """Return participants in text order, each of them once."""
    kept: list[Participant] = []
    for item in sorted(items, key=lambda p: (p.span.start, -p.span.end)):
        same = any(
            k.span.covers(item.span)
            or (item.entity and k.entity == item.entity)
            or k.span.quote.lower() == item.span.quote.lower()
            for k in kept
        )
        if not same:
            kept.append(item)
    return tuple(kept)
