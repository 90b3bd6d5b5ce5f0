"""Whom a known name in a phrase means, on the article's day and with the words around it."""

from __future__ import annotations

from msgspec.structs import replace

from tocsin.coding import nouns, surnames
from tocsin.coding.nouns import Noun
from tocsin.coding.scene import Known, Scene
from tocsin.coding.syntax import Tree, span_at
from tocsin.ontology.actors import BEYOND, Actor
from tocsin.ontology.words import groups
from tocsin.records.claim import Participant
from tocsin.records.evidence import Span

# How many words on a surname may begin: "Khaleda el-Doe".
REACH = 3
PLACES = ("country", "capital", "adjective", "people")


def named(scene: Scene, number: int, start: int, end: int, head: int) -> Participant | None:
    """Return the known actor or country that is the head of a phrase, or whose name it is."""
    tree = scene.trees[number]
    inside = [k for k in scene.known[number] if k.start < end and start < k.end]
    for known in inside:
        if known.start <= head < known.end or _is_name(tree, known, head):
            if _is_firm(tree, known):
                country, span = scene.country(known.match), _span(scene, tree, known)
                return Participant(span=span, name="", country=country, sectors=("BUS",))
            if (part := _country_in(scene, number, start, end, known)) is not None:
                return part
            if _in_longer(scene, tree, known) and not _owned(scene, number, known):
                continue
            if not _is_part(scene, tree, known):
                found = entity(scene, tree, known)
                if _unborn(scene, known):
                    said = nouns.noun(scene, number, known.start, known.end, head)
                    sectors = (said.sectors if said else None) or found.sectors
                    return replace(found, name="", entity=None, sectors=sectors)
                return _as_called(scene, number, (start, end), known, found)
    return None


def _country_in(
    scene: Scene, number: int, start: int, end: int, known: Known
) -> Participant | None:
    """Return the country whose name opens a longer one, where a phrase is no more than that."""
    tree = scene.trees[number]
    whole = known.start <= start and end < known.end and known.match.kind == "actor"
    if not whole:
        return None
    for match in scene.knowledge.find(tree.s.forms[start:end], 0):
        if match.end == end - start and match.kind in PLACES:
            return entity(scene, tree, Known(start, end, match))
    return None


def _owned(scene: Scene, number: int, known: Known) -> bool:
    """Return whether the word before a known name is a known name, too: "U.S. Congress"."""
    return any(k.start <= known.start - 1 < k.end for k in scene.known[number])


def _span(scene: Scene, tree: Tree, known: Known) -> Span:
    return span_at(scene.article.text, tree.s, known.start, known.end)


def _is_name(tree: Tree, known: Known, head: int) -> bool:
    """Return whether a known name is the name of the one whom the head's title announces."""
    top = tree.head(known.start, known.end)
    return tree.s.heads[top] == head < known.start and tree.s.rels[top] in ("flat", "appos")


def _is_part(scene: Scene, tree: Tree, known: Known) -> bool:
    """Return whether a known name is a part of another person's: "Khaleda el-Doe"."""
    if known.match.kind in PLACES:
        return _is_first_name(tree, known)
    actor = scene.knowledge.actors.get(known.match.id)
    if actor is None or actor.kind != "person":
        return False
    own = surnames.called((actor.name, *actor.aliases))
    top = tree.head(known.start, known.end)
    after = [c for c in tree.children[top] if known.end <= c <= known.end + REACH]
    beside = [w for w in (known.start - 1, *after) if w >= 0]
    one = {top, tree.s.heads[top]} if tree.s.rels[top] == "flat" else {top}
    return any(
        tree.s.upos[w] == "PROPN"
        and tree.s.forms[w][:1].isupper()
        and (w in one or (tree.s.rels[w] == "flat" and tree.s.heads[w] in one))
        and tree.lower[w] not in own | scene.title_words
        for w in beside
    )


def _is_first_name(tree: Tree, known: Known) -> bool:
    """Return whether a country's name is a person's: "Jordan Doe"."""
    after = known.end
    return (
        after < len(tree.s)
        and tree.s.rels[after] == "flat"
        and known.start <= tree.s.heads[after] < known.end
        and any(n.kind == "PER" and n.start <= known.start and after < n.end for n in tree.s.names)
    )


def _in_longer(scene: Scene, tree: Tree, known: Known) -> bool:
    """Return whether a house or council is a part of another's name: "Pan Africanist Congress"."""
    actor = scene.knowledge.actors.get(known.match.id)
    international = actor is not None and actor.kind != "person" and actor.country == "IGO"
    if known.match.kind != "metonym" and not international:
        return False
    before, top = known.start - 1, tree.head(known.start, known.end)
    return (
        before >= 0
        and tree.s.heads[before] == top
        and tree.s.rels[before] in ("amod", "compound")
        and tree.s.forms[before][:1].isupper()
        and tree.lower[known.start] != "the"
    )


def _unborn(scene: Scene, known: Known) -> bool:
    """Return whether a body was not yet founded on the article's day, so that others are meant."""
    actor = scene.knowledge.actors.get(known.match.id)
    if actor is None or actor.kind == "person" or scene.day is None or not actor.roles:
        return False
    return actor.roles[0].first > scene.day


def _is_firm(tree: Tree, known: Known) -> bool:
    """Return whether a place's name is a part of a firm's: "Air Zimbabwe"."""
    before = known.start - 1
    return (
        known.match.kind in PLACES
        and before >= 0
        and tree.s.rels[before] == "compound"
        and known.start <= tree.s.heads[before] < known.end
        and tree.lower[before] in groups()["enterprises"]
        and tree.s.forms[before][:1].isupper()
    )


def entity(scene: Scene, tree: Tree, known: Known) -> Participant:
    """Return a known name as a participant; a nationality alone is its government."""
    match = known.match
    span = _span(scene, tree, known)
    head = tree.head(known.start, known.end)
    if match.kind == "actor":
        actor = scene.knowledge.actors[match.id]
        country = scene.knowledge.country_on(actor, scene.day)
        sectors = sectors_of(scene, actor)
        return Participant(
            span=span, name=actor.name, entity=actor.id, country=country, sectors=sectors
        )
    if match.kind in ("people", "adjective") and _ethnic(tree, known):
        return Participant(span=span, name=match.name, sectors=("CVL",))
    country = scene.country(match)
    sectors = match.sectors or ("GOV",)
    peopled = plural(tree, head) or _counted(tree, head)
    if (match.kind == "people" and peopled) or (match.kind == "adjective" and _one(tree, head)):
        sectors = ("CVL",)
    return Participant(
        span=span, name=match.name, entity=match.id, country=country, sectors=sectors
    )


def _ethnic(tree: Tree, known: Known) -> bool:
    """Return whether a word for a people is said not to mean a nationality: "ethnic Albanians"."""
    return known.start > 0 and tree.s.lemmas[known.start - 1].lower() == "ethnic"


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


def _as_called(
    scene: Scene, number: int, phrase: tuple[int, int], known: Known, found: Participant
) -> Participant:
    """Return a known person as the words before the name call him, where knowledge is unsure.

    Without a day, or outside every term that is known, title and nationality tell what he was.
    """
    actor = scene.knowledge.actors.get(found.entity or "")
    if actor is None or actor.kind != "person":
        return found
    sure = scene.day is not None and scene.knowledge.role_on(actor, scene.day) is not None
    if sure:
        return found
    tree, first = scene.trees[number], min(phrase[0], known.start)
    title = nouns.anywhere(scene, number, first, known.start)
    if nouns.former(tree, first, known.start):
        return replace(found, sectors=("ELI",))
    if title is not None and title.sectors:
        found = replace(found, sectors=title.sectors)
    said = next(
        (
            scene.country(k.match)
            for k in scene.known[number]
            if first <= k.start < known.start and k.match.kind in PLACES
        ),
        None,
    )
    said = said or _country_of_office(actor, title)
    # One who also heads an international body is the president of his country where so called.
    return replace(found, country=said) if said and found.country in BEYOND else found


def _country_of_office(actor: Actor, title: Noun | None) -> str | None:
    if title is None or title.office is None:
        return None
    return next((r.country or actor.country for r in actor.roles if r.office == title.office), None)


def plural(tree: Tree, word: int) -> bool:
    """Return whether a noun stands in the plural."""
    return "Number=Plur" in tree.s.feats[word] and tree.s.upos[word] in ("NOUN", "PROPN")


def _one(tree: Tree, word: int) -> bool:
    """Return whether a nationality stands for one of its people: "a Libyan"."""
    joined = tree.s.rels[word] in ("amod", "compound", "nmod:poss")
    return tree.s.upos[word] in ("NOUN", "PROPN") and not joined and _counted(tree, word)


def _counted(tree: Tree, word: int) -> bool:
    return tree.child(word, "nummod") is not None or tree.lower[max(0, word - 1)] in (
        "a",
        "an",
    )
