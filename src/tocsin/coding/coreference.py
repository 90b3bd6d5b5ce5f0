"""Who was mentioned before: pronouns, surnames, and nouns that take up somebody named earlier."""

from __future__ import annotations

from bisect import bisect_left, insort

from msgspec.structs import replace

from tocsin.coding import surnames
from tocsin.coding.scene import Mention, Scene
from tocsin.coding.syntax import PRONOUNS, Tree
from tocsin.ontology import packs
from tocsin.ontology.actors import BEYOND
from tocsin.ontology.words import groups
from tocsin.records.claim import Participant

# Whom "the group" may mean: no government, no firm.
BANDS = frozenset({"CRM", "CVL", "OPP", "PRM", "PTY", "REB", "SOC"})
# All outlets together.
PRESS = frozenset({"media", "press"})
DEFINITE = frozenset({"that", "the", "this"})
# How many words a phrase has that only takes up: "the Islamist militant group", "Kurdish militias".
LONG, SHORT = 4, 2
# Offices that one person holds; others are those of many.
OFFICES = frozenset(
    {"defence-minister", "foreign-minister", "head-of-government", "head-of-state"}
    | {"interior-minister", "secretary-general", "speaker", "mayor", "crown-prince"}
)
# Among how many of those met last a noun takes one up; what was met before them is forgotten.
MEMORY = 500
# Nouns that may take up somebody.
TAKING = ("bands", "bodies", "firms", "leagues", "outlets")
# How a name hangs on the title before it.
NAMED = ("flat", "appos", "compound")


def person(scene: Scene, tree: Tree, start: int, end: int) -> Participant | None:
    """Return the person met before under the same last name, where a phrase names a person."""
    last = next((i for i in range(end - 1, start - 1, -1) if tree.s.upos[i] == "PROPN"), None)
    head = tree.head(start, end)
    if last is None:
        return None
    # "Minister Doe" is Doe, but "Doe's forces" are not.
    if tree.s.upos[head] != "PROPN" and (tree.s.rels[last] not in NAMED or last < head):
        return None
    form = tree.s.forms[last]
    met = scene.people.get(form) or scene.people.get(form.lower())
    firsts = surnames.first_names(tree.s, last, scene.title_words)
    return None if met is None or surnames.strange(firsts, _called(scene, met, form)) else met


def _called(scene: Scene, met: Participant, surname: str) -> frozenset[str]:
    """Return the words that somebody is called by beside a surname, in small letters."""
    actor = scene.knowledge.actors.get(met.entity or "")
    names = (met.name, met.span.quote, *((actor.name, *actor.aliases) if actor else ()))
    return surnames.called(names) - {surname.lower()}


def abbreviate(scene: Scene, number: int, end: int, who: Participant) -> None:
    """Keep a short form that stands in brackets after a name: "British Airways (BA)"."""
    forms = scene.trees[number].s.forms[end : end + 3]
    if len(forms) == len("(X)") and forms[0] == "(" and forms[2] == ")":
        # A known name is English; a text in another language shortens what it calls him.
        names = (who.name,) if packs.spoken().english else (who.name, who.span.quote)
        if forms[1].isupper() and any(forms[1] == _letters(name) for name in names):
            scene.people[forms[1]] = who


def _letters(name: str) -> str | None:
    """Return the first letters of a name's words, of two at least."""
    letters = [word[0] for word in name.replace("-", " ").split() if word[:1].isupper()]
    return "".join(letters) if len(letters) > 1 else None


def taken_up(
    scene: Scene, number: int, head: int, phrase: tuple[int, int], office: str | None
) -> Participant | None:
    """Return whom "the group", "the ministry", "the company" or "the premier" met last means."""
    tree = scene.trees[number]
    noun, first = tree.s.lemmas[head].lower(), tree.lower[phrase[0]]
    if phrase[1] - phrase[0] > (LONG if first in DEFINITE else SHORT):
        return None
    many = "Number=Plur" in tree.s.feats[head]
    if many and first not in DEFINITE:
        return None
    if office not in OFFICES and not any(noun in groups()[name] for name in TAKING):
        return None
    before = bisect_left(scene.mentions, (number, head), key=_place)
    for k in range(before - 1, max(0, before - MEMORY) - 1, -1):
        if _answers(scene, scene.mentions[k], noun, office, many=many):
            return scene.mentions[k].who
    return None


def _answers(scene: Scene, mention: Mention, noun: str, office: str | None, *, many: bool) -> bool:
    """Return whether somebody met before is what a noun may take up."""
    met, words = mention.who, groups()
    actor = scene.knowledge.actors.get(met.entity or "")
    if mention.person:
        role = scene.knowledge.role_on(actor, scene.day) if actor else None
        return office in OFFICES and role is not None and role.office == office
    if noun in words["bodies"] and noun in f"{met.name} {met.span.quote}".lower().split():
        return True
    if actor is None or actor.kind == "person":
        return False
    if noun in words["bands"] and BANDS & set(met.sectors):
        return True
    # "Companies" are others than the company met before.
    return not many and (
        (noun in words["leagues"] and met.country in BEYOND)
        or (noun in words["outlets"] and noun not in PRESS and actor.kind == "outlet")
        or (noun in words["firms"] and "BUS" in met.sectors)
    )


def pronoun(scene: Scene, number: int, word: int, base: Participant) -> Participant:
    """Return whom a pronoun takes up: a subject before it of the right sort, else the nearest."""
    sort = PRONOUNS[scene.trees[number].lower[word]]
    reach = 0 if sort == "relative" else 3
    said = _speaker(scene, number, word, sort)
    if said is not None:
        return replace(said.who, span=base.span)
    for at in range(number, max(-1, number - reach - 1), -1):
        fit = [m for m in _within(scene, at) if _can_mean(m, sort, number, word)]
        subjects = [m for m in fit if m.subject]
        near = fit[-1:] if sort == "relative" else (subjects[:1] or fit[-1:])
        if near:
            return replace(near[0].who, span=base.span)
    return replace(base, unknown="a pronoun, and nobody before it that it can mean")


def _speaker(scene: Scene, number: int, word: int, sort: str) -> Mention | None:
    """Return the subject of the nearest clause whose content a pronoun is in: "X said it hit"."""
    tree = scene.trees[number]
    met = {m.word: m for m in _within(scene, number)}
    for verb in tree.up(word):
        if tree.s.rels[verb] != "ccomp":
            continue
        subject = tree.child(tree.s.heads[verb], "nsubj")
        mention = met.get(subject) if subject is not None else None
        if mention is not None and sort != "relative" and _can_mean(mention, sort, number, word):
            return mention
    return None


def _place(mention: Mention) -> tuple[int, int]:
    return mention.sentence, mention.word


def _within(scene: Scene, number: int) -> list[Mention]:
    """Return the mentions in a sentence; all of them stand in the order of their places."""
    first = bisect_left(scene.mentions, (number, 0), key=_place)
    return scene.mentions[first : bisect_left(scene.mentions, (number + 1, 0), first, key=_place)]


def _can_mean(mention: Mention, sort: str, number: int, word: int) -> bool:
    if mention.sentence == number and mention.word >= word:
        return False
    if sort == "many":
        return not mention.person
    return sort in ("any", "relative") or (sort == "person") == mention.person


def remember(scene: Scene, number: int, who: Participant, head: int, *, person: bool) -> None:
    """Keep a mention for the pronouns, surnames and nouns that take it up."""
    tree = scene.trees[number]
    subject = tree.s.rels[head].startswith("nsubj")
    mention = Mention(number, head, who, person, subject)
    if mention not in _within(scene, number):
        insort(scene.mentions, mention, key=_place)
    if person and (last := _surname(scene, number, who)) is not None:
        name = tree.s.forms[last].lower()
        known = scene.people.get(name)
        # A name may stand in the headline before anything is said of its bearer.
        if known is None or not (known.entity or known.sectors) or _other(scene, tree, last, known):
            scene.people[name] = who


def _other(scene: Scene, tree: Tree, last: int, known: Participant) -> bool:
    """Return whether a name is no known person's and its first names are another's than before."""
    firsts = surnames.first_names(tree.s, last, scene.title_words)
    return known.entity is None and surnames.strange(
        firsts, _called(scene, known, tree.s.forms[last])
    )


def _surname(scene: Scene, number: int, who: Participant) -> int | None:
    """Return which word is the last of a person's name; titles and nouns are no names."""
    tree = scene.trees[number]
    named = [(n.start, n.end) for n in tree.s.names if n.kind == "PER"]
    if who.entity in scene.knowledge.actors:
        named += [(k.start, k.end) for k in scene.known[number] if k.match.id == who.entity]
    span = (who.span.start, who.span.end)
    ends = [
        b for a, b in named if tree.s.offsets[a][0] < span[1] and span[0] < tree.s.offsets[b - 1][1]
    ]
    if not ends:
        return None
    return next((w for w in range(max(ends) - 1, -1, -1) if tree.s.forms[w][:1].isupper()), None)
