"""Who a phrase means: an entity that is known, a description put together, or unknown with a reason.

The parts are composed: title + nationality = an office of that country; nationality + noun = that
country's body of that kind; a noun alone = a kind of people. What a phrase leaves open, earlier
mentions settle, then the place of the claim, then what the article is about; nothing else does.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable
from dataclasses import dataclass

from msgspec.structs import replace

from tocsin.coding.scene import Known, Mention, Scene
from tocsin.coding.syntax import PRONOUNS, Tree, span_at
from tocsin.ontology.actors import Actor
from tocsin.ontology.lexicon import Agent, Title
from tocsin.records.claim import Participant
from tocsin.records.evidence import Span

# Nouns that take up an armed group or party named before, and those that take up a body whose
# name holds the same noun.
GROUPS = frozenset(
    {"group", "movement", "militia", "organisation", "organization", "faction", "insurgency"}
)
BODIES = frozenset(
    {
        "agency",
        "alliance",
        "assembly",
        "bloc",
        "channel",
        "coalition",
        "commission",
        "committee",
        "company",
    }
    | {"council", "court", "department", "ministry", "observatory", "parliament", "party", "union"}
)
FORMER = frozenset({"former", "ex", "retired", "ousted", "deposed", "late", "onetime"})
# Ground is nobody's sector; who lives or rules there is not said by its name.
GROUND = frozenset(
    {
        "area",
        "border",
        "building",
        "camp",
        "city",
        "district",
        "enclave",
        "field",
        "frontier",
        "governorate",
    }
    | {
        "home",
        "house",
        "hospital",
        "island",
        "land",
        "neighbourhood",
        "neighborhood",
        "place",
        "port",
        "province",
    }
    | {
        "region",
        "road",
        "school",
        "site",
        "soil",
        "street",
        "suburb",
        "target",
        "territory",
        "town",
        "village",
        "zone",
    }
)
# Kinds of people that belong to the place where they are; bodies and officials need more.
LOCAL = frozenset({"CVL", "UAF", "COP", "MED", "REL", "JRN", "REF", "CRM", "EDU", "LAB", "OPP"})


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
        return _pronoun(scene, number, head, base)
    found = _named(scene, number, start, end, head) or _described(scene, number, start, end, head)
    out = replace(found, span=base.span, name=found.name or base.name)
    if out.country is None and out.entity is None:
        out = _from_context(scene, out, place)
    _remember(scene, number, tree, out, head)
    return out


def tidy(tree: Tree, start: int, end: int) -> tuple[int, int]:
    """Return a phrase without the marks, case endings and prepositions at its edges."""
    while end - start > 1 and (
        tree.s.upos[start] in ("PUNCT", "ADP", "CCONJ")
        or tree.s.forms[start].lower() in ("'s", "’s")
    ):
        start += 1
    while end - start > 1 and (
        tree.s.upos[end - 1] == "PUNCT" or tree.s.forms[end - 1].lower() in ("'s", "’s", "'", "’")
    ):
        end -= 1
    return start, end


def is_pronoun(tree: Tree, word: int) -> bool:
    """Return whether a word is a personal, possessive or relative pronoun; "US" is none."""
    return tree.s.forms[word].lower() in PRONOUNS and not (
        len(tree.s.forms[word]) > 1 and tree.s.forms[word].isupper()
    )


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
            return _entity(scene, tree, known, start, end, head)
    return None


def _is_name(tree: Tree, known: Known, head: int) -> bool:
    """Return whether a known name is the name of the one whom the head's title announces."""
    top = tree.head(known.start, known.end)
    return tree.s.heads[top] == head and tree.s.rels[top] in ("flat", "appos")


def _entity(scene: Scene, tree: Tree, known: Known, start: int, end: int, head: int) -> Participant:
    match, span = known.match, span_at(scene.article.text, tree.s, start, end)
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
    person = _person(scene, tree, start, end, head)
    if person is not None:
        return person
    noun = _noun(scene, tree, start, end, head)
    owner = _owner(scene, number, start, end, head)
    if noun is None and owner is None and (beside := _beside(tree, head)) is not None:
        return replace(_described(scene, number, *beside, tree.head(*beside)), span=span, name="")
    if tree.s.lemmas[head].lower() in GROUND:
        where = owner.country if owner else None
        return Participant(
            span=span,
            name="",
            country=where,
            unknown=None if where else "a place that nothing names",
        )
    country = noun.country if noun else None
    sectors: tuple[str, ...] = (noun.sectors or ()) if noun else ()
    if owner is not None:
        country = country or owner.country
        # A spokesman takes the sector of the body; a fighter of a group, the group's.
        if noun is None or noun.sectors is None or _of_group(owner):
            sectors = owner.sectors or sectors
    if _former(tree, start, head):
        sectors = ("ELI",)
    holder = _holder(scene, noun, country, span) if sectors != ("ELI",) else None
    if holder is not None:
        return holder
    taken = _taken_up(scene, number, head, start, end) if country is None else None
    if taken is not None:
        return replace(taken, span=span)
    unknown = None if country or sectors else "no known name, noun or nationality in the phrase"
    return Participant(span=span, name="", country=country, sectors=sectors, unknown=unknown)


def _beside(tree: Tree, head: int) -> tuple[int, int] | None:
    """Return the phrase that says what a name is: "Jeff Doe, the ministry's spokesman"."""
    child = tree.child(head, "appos")
    if child is None or child == head:
        return None
    words = [w for w in tree.down(child) if w != head]
    return min(words), max(words) + 1


def _former(tree: Tree, start: int, head: int) -> bool:
    """Return whether a phrase speaks of somebody who no longer is what it calls him."""
    return any(tree.s.forms[i].lower() in FORMER for i in range(max(0, start - 1), head))


def _of_group(owner: Participant) -> bool:
    return bool({"REB", "PRM"} & set(owner.sectors))


def _person(scene: Scene, tree: Tree, start: int, end: int, head: int) -> Participant | None:
    """Return the person met before under the same last name."""
    last = next((i for i in range(end - 1, start - 1, -1) if tree.s.upos[i] == "PROPN"), None)
    if last is None:
        return None
    return scene.people.get(tree.s.forms[last].lower())


def _noun(scene: Scene, tree: Tree, start: int, end: int, head: int) -> Noun | None:
    """Return what the lexicon knows of the head noun, the longest phrase that ends in or holds it."""
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
    tags = ["NOUN"] * len(tree.s)
    for at in range(end - 1, start - 1, -1):
        for title, _ in scene.lexicon.titles.at(tree.s.lemmas, tags, at):
            return Noun("person", title.sectors, title.office, title.country)
        for agent, _ in scene.lexicon.agents.at(tree.s.lemmas, tags, at):
            return Noun(agent.kind, agent.sectors, None, agent.country)
    return None


def _owner(scene: Scene, number: int, start: int, end: int, head: int) -> Participant | None:
    """Return whom a body or person belongs to: a nationality, a possessor, a group before the noun."""
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
        return _entity(
            scene, tree, known, known.start, known.end, tree.head(known.start, known.end)
        )
    for word in below - cut:
        if tree.s.rels[word] == "nmod:poss" and is_pronoun(tree, word):
            span = span_at(scene.article.text, tree.s, word, word + 1)
            return _pronoun(scene, number, word, Participant(span=span, name=tree.s.forms[word]))
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


def _taken_up(scene: Scene, number: int, head: int, start: int, end: int) -> Participant | None:
    """Return the group or body met last, for "the group", "the ministry" and their like."""
    tree = scene.trees[number]
    noun = tree.s.lemmas[head].lower()
    if end - start > 2 or noun not in GROUPS | BODIES:
        return None
    for mention in reversed(scene.mentions):
        met = mention.who
        if (mention.sentence, mention.word) >= (number, head) or mention.person:
            continue
        if noun in BODIES and noun in f"{met.name} {met.span.quote}".lower().split():
            return met
        if noun in GROUPS and met.entity and {"REB", "PRM", "PTY"} & set(met.sectors):
            return met
    return None


def names_somebody(scene: Scene, number: int, word: int) -> bool:
    """Return whether a word before a noun names a country, a known actor or a kind of people."""
    if any(k.start <= word < k.end for k in scene.known[number]):
        return True
    return _any_noun(scene, scene.trees[number], word, word + 1) is not None


def _pronoun(scene: Scene, number: int, word: int, base: Participant) -> Participant:
    """Return whom a pronoun takes up: a subject before it of the right sort, else the nearest."""
    sort = PRONOUNS[scene.trees[number].s.forms[word].lower()]
    reach = 0 if sort == "relative" else 3
    for at in range(number, max(-1, number - reach - 1), -1):
        fit = [m for m in scene.mentions if m.sentence == at and _can_mean(m, sort, number, word)]
        subjects = [m for m in fit if m.subject]
        near = fit[-1:] if sort == "relative" else (subjects[:1] or fit[-1:])
        if near:
            return replace(near[0].who, span=base.span)
    return replace(base, unknown="a pronoun, and nobody before it that it can mean")


def _can_mean(mention: Mention, sort: str, number: int, word: int) -> bool:
    if mention.sentence == number and mention.word >= word:
        return False
    return sort in ("any", "relative") or (sort == "person") == mention.person


def _from_context(scene: Scene, found: Participant, place: str | None) -> Participant:
    """Return a description with the country that the claim's place or the article settles."""
    if not found.sectors or "JRN" in found.sectors:
        return found
    local = bool(LOCAL & set(found.sectors))
    country = (
        (place if local else None) or scene.focus or place or (scene.leading if local else None)
    )
    if country is None:
        return replace(
            found, unknown="no nationality in the phrase, and the article is of several countries"
        )
    return replace(found, country=country)


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
    while start > 0 and tree.s.heads[start - 1] in range(start - 1, end) and tree.s.rels[start - 1] in (
        "compound", "flat", "amod",
    ):  # fmt: skip
        start -= 1
    top = tree.s.heads[head]
    if tree.s.rels[head] in ("flat", "appos") and 0 <= top < start and start - top <= 2:
        start = min(tree.down(top)) if start - min(tree.down(top)) <= 6 else top
    return start, end


def _remember(scene: Scene, number: int, tree: Tree, who: Participant, head: int) -> None:
    """Keep a mention for the pronouns, surnames and nouns that take it up."""
    if not (who.country or who.sectors or who.entity):
        return
    actor = scene.knowledge.actors.get(who.entity or "")
    person = (actor.kind == "person") if actor else _looks_person(scene, tree, who, head)
    subject = tree.s.rels[head].startswith("nsubj")
    mention = Mention(number, head, who, person, subject)
    if mention not in scene.mentions:
        insort(scene.mentions, mention, key=lambda m: (m.sentence, m.word))
    last = who.span.quote.split()[-1].lower().removesuffix("’s").removesuffix("'s")
    if (person and tree.s.upos[head] == "PROPN") or (person and len(who.span.quote.split()) > 1):
        scene.people.setdefault(last, who)


def _looks_person(scene: Scene, tree: Tree, who: Participant, head: int) -> bool:
    if any(n.kind == "PER" and n.start <= head < n.end for n in tree.s.names):
        return True
    noun = _noun(scene, tree, head, head + 1, head)
    return noun is not None and noun.kind == "person" and not _plural(tree, head)


def joint(items: Iterable[Participant]) -> tuple[Participant, ...]:
    """Return participants in text order, each of them once."""
    seen: dict[object, Participant] = {}
    for item in sorted(items, key=lambda p: (p.span.start, p.span.end)):
        seen.setdefault(item.entity or (item.span.start, item.span.end), item)
    return tuple(seen.values())
