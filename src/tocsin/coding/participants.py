"""Who a phrase means: a known entity, a description put together, or unknown with a reason.

The parts are composed: title + nationality = an office of that country; nationality + noun = that
country's body of that kind; a noun alone = a kind of people. What a phrase leaves open, earlier
mentions settle, then the place of the claim, then what the article is about; nothing else does.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from tocsin.coding import coreference, nouns, offices, opposite
from tocsin.coding.named import named, plural, sectors_of
from tocsin.coding.nouns import Noun
from tocsin.coding.outlets import home
from tocsin.coding.owners import UNNAMED, owner_of
from tocsin.coding.scene import Scene
from tocsin.coding.syntax import Tree, is_pronoun, span_at
from tocsin.ontology import glosses
from tocsin.ontology.words import groups
from tocsin.records.claim import Participant

__all__ = ["joint", "names_somebody", "resolve", "sectors_of", "survey", "tidy"]

# Kinds of people that belong to the place where they are; bodies and officials need more.
LOCAL = frozenset({"CVL", "UAF", "COP", "MED", "REL", "CRM", "EDU", "LAB", "OPP"})
# Officials are of the country that is spoken of; armed men, of the country where they are.
OFFICIAL = frozenset({"GOV", "LEG", "JUD", "ELI", "PTY"})
# Who once was one of these is a former official.
SERVANTS = OFFICIAL | {"COP", "MIL", "SPY"}
# People who do not fight, whosever they are.
CIVIL = frozenset({"BUS", "CVL", "EDU", "JRN", "LAB", "MED", "REF", "REL"})
# Journalists work where they are not at home, and refugees are by their name from elsewhere.
STRANGERS = frozenset({"JRN", "REF"})

# "The Islam Army" fights no state's wars.
ARMIES = frozenset({"army", "front"})
# Offices of a country that firms, clubs and chambers have by the same name.
RULERS = frozenset({"head-of-government", "head-of-state"})
# Why the fighters of a movement that is at home in no one country have none.
NOWHERE = "of a group that belongs to no one country"


def resolve(
    scene: Scene, number: int, start: int, end: int, *, place: str | None = None
) -> Participant:
    """Return the participant that words of a sentence name; `place` is the claim's country."""
    tree = scene.trees[number]
    start, end = tidy(tree, start, end)
    head = nouns.whole(tree, start, end, nouns.solid(tree, start, end))
    base = Participant(
        span=span_at(scene.article.text, tree.s, start, end), name=_name(tree, start, end)
    )
    if end - start <= 2 and is_pronoun(tree, head):
        return coreference.pronoun(scene, number, head, base)
    found = named(scene, number, start, end, head) or _described(scene, number, start, end, head)
    out = replace(found, span=base.span, name=found.name or base.name)
    states = tree.s.lemmas[head].lower() in groups()["states"] and set(out.sectors) <= {"GOV"}
    abroad = states and plural(tree, head)
    if out.country is None and out.entity is None and not abroad and out.unknown != UNNAMED:
        out = _from_context(scene, out, place, number, head)
        out = _incumbent(scene, number, (start, end), head, out)
    if out.country or out.sectors or out.entity:
        person = _is_person(scene, number, out, head)
        coreference.remember(scene, number, out, head, person=person)
    return out


def tidy(tree: Tree, start: int, end: int) -> tuple[int, int]:
    """Return a phrase without the marks, case endings and prepositions at its edges."""
    forms = [form.lower() for form in tree.s.forms]
    while (
        end - start > 1
        and glosses.counted(" ".join(forms[start : start + 2])) != "at least"
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


def _described(
    scene: Scene, number: int, start: int, end: int, head: int, *, aside: bool = True
) -> Participant:
    """Return a description put together from the head noun and what stands around it.

    Where those say nothing, the phrase beside it may, if `aside` lets it be asked.
    """
    tree = scene.trees[number]
    span = span_at(scene.article.text, tree.s, start, end)
    person = coreference.person(scene, tree, start, end)
    if person is not None:
        return person
    noun = nouns.noun(scene, number, start, end, head)
    if tree.s.lemmas[head].lower() in groups()["relational"]:
        # An ally of Iran is not Iran's.
        return Participant(span=span, name="", unknown="named by its relation to another")
    owner = owner_of(scene, number, start, end, head)
    if noun is not None and noun.office in RULERS:
        noun = _presiding(scene, number, head, noun, owner)
    beside = _beside(tree, head) if aside and noun is None and owner is None else None
    if beside is not None:
        top = tree.head(*beside)
        return replace(_described(scene, number, *beside, top, aside=False), span=span, name="")
    if _is_ground(tree, head):
        country, sectors = owner.country if owner else None, nouns.ground(scene, number, head)
        country = country or _land(scene, number, start, end)
        return Participant(span=span, name="", country=country, sectors=sectors)
    named_other = not aside or _bears_name(scene, number, start, end, head)
    found = _composed(scene, number, (start, end), head, noun=noun, owner=owner)
    known = _met(scene, number, (start, end), head, noun=noun, found=found, named_other=named_other)
    return replace(known, span=span) if known is not None else found


def _land(scene: Scene, number: int, start: int, end: int) -> str | None:
    """Return the country of the place that a phrase names, as the gazetteer has it."""
    spots = (
        scene.places[key].spot
        for key in scene.named.get(number, ())
        if start <= key[1] and key[2] <= end
    )
    return next((spot.country for spot in spots if spot is not None), None)


def _composed(
    scene: Scene,
    number: int,
    phrase: tuple[int, int],
    head: int,
    *,
    noun: Noun | None,
    owner: Participant | None,
) -> Participant:
    """Return the description that a noun and its owner make."""
    tree = scene.trees[number]
    if noun is None and tree.s.upos[head] == "NUM":
        noun = nouns.PEOPLE
    country = (noun.country if noun else None) or (owner.country if owner else None)
    sectors = _sectors(scene, number, head, noun, owner)
    if owner is None and sectors == ("MIL",) and _titled(tree, head):
        sectors = ("REB",)
    once = noun is None or (noun.kind == "person" and SERVANTS & set(sectors))
    if once and nouns.former(tree, phrase[0], head):
        sectors = ("ELI",)
    unknown = None if country or sectors else "no known name, noun or nationality in the phrase"
    if owner is not None and owner.unknown == UNNAMED:
        unknown = UNNAMED
    if owner is not None and owner.entity and owner.country is None and _of_group(owner):
        unknown = NOWHERE
    span = span_at(scene.article.text, tree.s, *phrase)
    return Participant(span=span, name="", country=country, sectors=sectors, unknown=unknown)


def _met(
    scene: Scene,
    number: int,
    phrase: tuple[int, int],
    head: int,
    *,
    noun: Noun | None,
    found: Participant,
    named_other: bool,
) -> Participant | None:
    """Return whom a description means: the holder of its office, or somebody met before."""
    if found.unknown == UNNAMED:
        return None
    if found.sectors != ("ELI",) and not named_other:
        single = not plural(scene.trees[number], head)
        body = offices.of_body(scene, number, phrase, noun, found.span) if single else None
        holder = body or offices.of_country(scene, noun, found.country, found.span)
        if holder is not None:
            return holder
    if found.country is not None:
        return None
    return coreference.taken_up(scene, number, head, phrase, noun.office if noun else None)


def _sectors(
    scene: Scene, number: int, head: int, noun: Noun | None, owner: Participant | None
) -> tuple[str, ...]:
    """Return the sectors of a noun and of whom it belongs to, put together."""
    tree, own = scene.trees[number], nouns.sectors(scene, number, head, noun) if noun else ()
    if owner is None:
        return own
    lemma, whose = tree.s.lemmas[head].lower(), owner.sectors
    if owner.country == "IGO":
        # Committees and officials of an international body have no sector of a state's.
        kept = ("MIL", "COP", "JUD", "REF") if lemma not in groups()["states"] else ("GOV",)
        return tuple(dict.fromkeys(s for s in (*whose, *own) if s in kept))
    served = _body(scene, number, head)
    if served and noun is not None and noun.sectors is None:
        return served
    if noun is None:
        return () if whose == ("GOV",) and _in_person(tree, head) else whose
    # A spokesman takes the sector of the body; a fighter of a group, the group's.
    fighters = _of_group(owner) and not CIVIL & set(own)
    if noun.sectors is None or fighters or _serves(scene, lemma, own, owner):
        own = (whose or own) if whose != ("GOV",) else (own or whose)
    if own == ("GOV",) and lemma in groups()["forces"]:
        return ("MIL",)
    return own


def _body(scene: Scene, number: int, head: int) -> tuple[str, ...]:
    """Return the sectors of the known body that a noun takes with "of": "an affiliate of ISIS"."""
    below = nouns.complement(scene.trees[number], head)
    known = (k for k in scene.known[number] if below is not None and k.start <= below < k.end)
    actors = (scene.knowledge.actors.get(k.match.id) for k in known)
    return next((sectors_of(scene, a) for a in actors if a and a.kind != "person"), ())


def _serves(scene: Scene, lemma: str, own: tuple[str, ...], owner: Participant) -> bool:
    """Return whether an official is one of a body that is no government: "a FMLN delegation"."""
    actor = scene.knowledge.actors.get(owner.entity or "")
    body = actor is not None and actor.kind != "person" and "GOV" not in owner.sectors
    return body and own == ("GOV",) and lemma not in groups()["states"]


def _in_person(tree: Tree, word: int) -> bool:
    return any(n.kind == "PER" and n.start <= word < n.end for n in tree.s.names)


def _beside(tree: Tree, head: int) -> tuple[int, int] | None:
    """Return the phrase that says what a name is: "Jeff Doe, the ministry's spokesman".

    It stands after the name or before it: "the ministry's spokesman, Jeff Doe".
    """
    child, above = tree.child(head, "appos"), tree.s.heads[head]
    if child is not None:
        words = [w for w in tree.down(child) if w != head]
    elif tree.s.rels[head] in ("appos", "flat") and tree.s.upos[above] == "NOUN":
        own = set(tree.down(head))
        words = [w for w in tree.down(above) if w not in own and w < head]
    else:
        return None
    # The noun that a name is set to may itself stand behind it.
    return (min(words), max(words) + 1) if words else None


def _presiding(scene: Scene, number: int, head: int, noun: Noun, owner: Participant | None) -> Noun:
    """Return a president's sort as that of the body he presides over, where it is no country."""
    below = nouns.complement(scene.trees[number], head)
    if below is None or any(
        k.start <= below < k.end for k in scene.known[number] if k.match.kind != "actor"
    ):
        return noun
    body = nouns.noun(scene, number, below, below + 1, below)
    sectors = (owner.sectors if owner and owner.entity and "GOV" not in owner.sectors else ()) or (
        (body.sectors or body.usual) if body else ()
    )
    return Noun("person", sectors or noun.sectors) if sectors or body else noun


def _bears_name(scene: Scene, number: int, start: int, end: int, head: int) -> bool:
    """Return whether a phrase or its apposition names a person: then it is nobody else.

    A country or a title that is read as a person's name names nobody.
    """
    tree = scene.trees[number]
    words = {
        w for c in tree.children[head] if tree.s.rels[c] in ("appos", "flat") for w in tree.down(c)
    }
    lands = {
        i for k in scene.known[number] if k.match.kind != "actor" for i in range(k.start, k.end)
    }
    own = {i for i in range(len(tree.s)) if i not in lands and _own(scene, tree, i)}
    return any(
        n.kind == "PER"
        and any((i in words or start <= i < end) and i in own for i in range(n.start, n.end))
        for n in tree.s.names
    )


def _own(scene: Scene, tree: Tree, word: int) -> bool:
    """Return whether a word can be part of a person's own name: no title, and no "of"."""
    return tree.s.forms[word][0].isupper() and tree.lower[word] not in scene.title_words


def _of_group(owner: Participant) -> bool:
    return bool({"REB", "PRM"} & set(owner.sectors))


def names_somebody(scene: Scene, number: int, word: int) -> bool:
    """Return whether a word before a noun names a country, a known actor or a kind of people."""
    if any(k.start <= word < k.end for k in scene.known[number]):
        return True
    return nouns.anywhere(scene, number, word, word + 1) is not None


def _incumbent(
    scene: Scene, number: int, phrase: tuple[int, int], head: int, found: Participant
) -> Participant:
    """Return who "the president" is, where the article settles of which country."""
    tree = scene.trees[number]
    if found.sectors == ("ELI",) or plural(tree, head) or _bears_name(scene, number, *phrase, head):
        return found
    noun = nouns.noun(scene, number, *phrase, head)
    if noun is None or noun.office not in coreference.OFFICES:
        return found
    return offices.of_country(scene, noun, found.country, found.span) or found


def _from_context(
    scene: Scene, found: Participant, place: str | None, number: int, head: int
) -> Participant:
    """Return a description with the country that the claim's place or the article settles."""
    tree = scene.trees[number]
    ground, lemma = _is_ground(tree, head), tree.s.lemmas[head].lower()
    stranger = STRANGERS & set(found.sectors) and lemma not in groups()["outlets"]
    apart = stranger or found.unknown == NOWHERE
    if not (found.sectors or ground) or apart:
        return found
    if ground or LOCAL & set(found.sectors):
        order: tuple[str | None, ...] = (place, scene.setting)
    elif OFFICIAL & set(found.sectors):
        # "The minister" is a minister of the country that the article is for.
        order = (scene.focus, home(scene), place)
    else:
        order = (place, scene.focus)
    others = opposite.countries(scene, number, head) if SERVANTS & set(found.sectors) else ()
    country = next((land for land in order if land and land not in others), None)
    unknown = None if country else "no nationality in the phrase, and no country leads the article"
    return replace(found, country=country, unknown=unknown)


def _titled(tree: Tree, head: int) -> bool:
    """Return whether an army bears a name that is no country's: it is none of a state's."""
    return tree.s.lemmas[head].lower() in ARMIES and any(
        tree.s.rels[c] == "compound" and tree.s.upos[c] == "PROPN" for c in tree.children[head]
    )


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
            who = resolve(scene, number, first, last)
            coreference.abbreviate(scene, number, end, who)


def _with_title(tree: Tree, start: int, end: int) -> tuple[int, int]:
    """Return a name with the titles and nationalities that stand right before it."""
    head = tree.head(start, end)
    joined = ("compound", "flat", "amod", "nmod:desc")
    while start > 0 and tree.s.rels[start - 1] in joined:
        if tree.s.heads[start - 1] not in range(start - 1, end):
            break
        start -= 1
    top = tree.s.heads[head]
    if tree.s.rels[head] in ("flat", "appos") and 0 <= top < start and start - top <= 2:
        start = min(tree.down(top)) if start - min(tree.down(top)) <= 6 else top
    return start, end


def _is_person(scene: Scene, number: int, who: Participant, head: int) -> bool:
    """Return whether a participant is one person: by what is known, by name, by noun."""
    tree = scene.trees[number]
    actor = scene.knowledge.actors.get(who.entity or "")
    if actor is not None:
        return actor.kind == "person"
    if any(n.kind == "PER" and n.start <= head < n.end for n in tree.s.names):
        return True
    noun = nouns.noun(scene, number, head, head + 1, head)
    return noun is not None and noun.kind == "person" and not plural(tree, head)


def same(one: Participant, other: Participant) -> bool:
    """Return whether two participants of a claim are one: the same entity, or the same words."""
    if one.entity and other.entity:
        return one.entity == other.entity
    return one.span == other.span


def joint(items: Iterable[Participant]) -> tuple[Participant, ...]:
    """Return participants in text order, each of them once."""
    kept: list[Participant] = []
    for item in sorted(items, key=lambda p: (p.span.start, -p.span.end)):
        same = any(
            k.span.covers(item.span)
            or (item.entity and k.entity == item.entity)
            or k.span.quote.lower() == item.span.quote.lower()
            # A pronoun has the name of whom it takes up.
            or (item.name != item.span.quote and (k.name, k.country) == (item.name, item.country))
            for k in kept
        )
        if not same:
            kept.append(item)
    return tuple(kept)
