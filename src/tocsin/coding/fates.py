"""Words for what befell people: killed, wounded, arrested, driven from home."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache, partial

from tocsin.coding import numbered
from tocsin.coding.numbered import cased
from tocsin.coding.syntax import Tree
from tocsin.ontology.packs import ENGLISH, spoken
from tocsin.ontology.words import groups

# The fields of a claim, each with the groups of words.yml that tell of it by what they are:
# verbs with an object, verbs whose subject it befalls, states, nouns.
WORDS = {
    "killed": ("killing", "dying", "dead", "deaths"),
    "injured": ("wounding", "", "wounded", "wounds"),
    "arrested": ("arresting", "", "held", "arrests"),
    "displaced": ("displacing", "fleeing", "uprooted", "displacements"),
}


@cache
def _forms(group: str, language: str) -> frozenset[str]:
    """Return the forms of a group's verbs: lemmas read off a text are wrong too often."""
    if language != ENGLISH.code:
        return frozenset()
    out = set()
    for verb in groups()[group] if group else ():
        stem = verb.removesuffix("e")
        ends = ("e", "es", "ed", "ing") if stem != verb else ("", "s", "es", "ed", "ing")
        out |= {stem + end for end in ends}
    return frozenset(out)


def senses(tree: Tree, word: int) -> Iterator[tuple[str, str]]:
    """Yield the fields that a word tells of, each with the way it leads to the people."""
    lemma, form = tree.s.lemmas[word].lower(), tree.lower[word]
    yield from _plain(lemma, form, tree.s.upos[word], spoken().code)
    yield from _turned(tree, word, lemma, form)


@lru_cache(maxsize=16384)
def _plain(lemma: str, form: str, upos: str, language: str) -> tuple[tuple[str, str], ...]:
    """Return what a word tells by itself."""
    single = {lemma, form, form.removesuffix("s"), form.removesuffix("ies") + "y"}
    verb, noun = upos == "VERB" or form.endswith("ing"), upos in ("NOUN", "PROPN")
    told = []
    for field, names in WORDS.items():
        acts, befalls, states, nouns = (groups()[n] if n else frozenset() for n in names)
        if noun and single & nouns:
            told.append((field, "noun"))
        elif verb and (lemma in acts or form in _forms(names[0], language)):
            told.append((field, "object"))
        elif verb and (lemma in befalls or form in _forms(names[1], language)):
            told.append((field, "subject"))
        elif form in states or (lemma in states and language != ENGLISH.code):
            told.append((field, "state"))
    return tuple(told)


def _turned(tree: Tree, word: int, lemma: str, form: str) -> Iterator[tuple[str, str]]:
    """Yield the same for words that tell it only in a turn of phrase."""
    over = _verb(tree, word)
    if lemma in groups()["tolls"]:
        yield _counting(tree, word), "toll"
    elif lemma == "number" and (counted := _number_of(tree, word)) is not None:
        yield counted, "toll"
    elif lemma in ("life", "live") and form in ("life", "lives") and over in groups()["taking"]:
        yield "killed", "lives"
    elif lemma in ("injury", "wound") and over in groups()["suffering"]:
        yield "injured", "suffered"
    elif lemma == "casualty":
        yield from (("killed", "none"), ("injured", "none"))
    elif form == "death" and cased(tree, word, "to"):
        yield "killed", "by verb"
    elif lemma == "home" and over in groups()["driving"] and cased(tree, word, "from"):
        yield "displaced", "by verb"


def _counting(tree: Tree, word: int) -> str:
    """Return the field that a toll counts: deaths, unless its words say otherwise."""
    near = {tree.s.lemmas[i].lower() for i in tree.children[word]}
    return "injured" if near & (groups()["wounds"] | groups()["wounded"]) else "killed"


def _number_of(tree: Tree, word: int) -> str | None:
    """Return the field that a number is of: "the number of dead", "of civilians killed"."""
    for child in tree.children[word]:
        if cased(tree, child, "of"):
            for below in (child, *tree.children[child]):
                found = _named(tree.lower[below], tree.s.lemmas[below].lower())
                if found is not None:
                    return found
    return None


def _named(form: str, lemma: str) -> str | None:
    """Return the field that a state or a noun names."""
    for field, (_, _, states, nouns) in WORDS.items():
        if form in groups()[states] or lemma in groups()[nouns]:
            return field
    return None


def _verb(tree: Tree, word: int) -> str:
    """Return the lemma of the verb whose object a word is, or of a number's between them."""
    over = tree.s.heads[word]
    if over >= 0 and numbered.is_number(tree, over):
        over = tree.s.heads[over]
    return tree.s.lemmas[over].lower() if over >= 0 else ""


def ends(tree: Tree) -> numbered.Ends:
    """Return what ends a phrase about people: a word that tells what befell some."""
    return partial(tells, tree)


def tells(tree: Tree, word: int) -> bool:
    """Return whether a word tells what befell people, other than as a mere epithet of some."""
    over = tree.s.heads[word]
    epithet = tree.s.rels[word] == "amod" and over > word and not numbered.is_number(tree, over)
    return not epithet and any(True for _ in senses(tree, word))


def parted(tree: Tree, word: int, head: int) -> bool:
    """Return whether another casualty word stands nearer to a phrase: it is that one's."""
    if head > word:
        near = range(word + 1, min(head + 2, len(tree.s)))
        return any(tells(tree, i) and not (i > head and further(tree, i)) for i in near)
    return head < word and tells(tree, head)


def further(tree: Tree, word: int) -> bool:
    """Return whether a word is a verb with people behind it, and those before it are another's.

    "Killed 12 people wounded 30", "killing 12 injuring 30". The words tell it: without a comma
    trees are wrong too often. "A child killed two wounded" are two states.
    """
    stop = ends(tree)
    head = numbered.before(tree, word, stop, across=())
    if head is None or not (numbered.ongoing(tree, word) or beyond(tree, word)):
        return False
    verb = numbered.phrase(tree, head, stop, word)[0] - 1
    if verb < 0 or tree.s.upos[verb] != "VERB" or not tells(tree, verb):
        return False
    passive = verb > 0 and tree.s.lemmas[verb - 1].lower() == "be"
    state = passive or numbered.before(tree, verb, stop, across=()) is not None
    return numbered.ongoing(tree, verb) or not state


def beyond(tree: Tree, word: int) -> bool:
    """Return whether a number stands right after a word: "the raid by 12 men killed 30"."""
    return numbered.after(tree, word, ends(tree)) is not None


def denied(tree: Tree, word: int) -> bool:
    """Return whether a casualty is denied: "did not kill 12 people"."""
    return any(tree.lower[c] in ("not", "n't", "never") for c in tree.children[word])


def joint(tree: Tree, word: int, field: str) -> bool:
    """Return whether one number counts two fates: "20 killed or wounded" says how many of none."""
    for first, second in ((word, word + 2), (word - 2, word)):
        if first < 0 or second >= len(tree.s):
            continue
        if tree.lower[first + 1] not in ("and", "or", "and/or", "/"):
            continue
        other = second if first == word else first
        fates = {f for f, way in senses(tree, other) if way in ("object", "state", "subject")}
        if fates and field not in fates and not _each(tree, first, second):
            return True
    return False


def _each(tree: Tree, first: int, second: int) -> bool:
    """Return whether each of two words has a number: "claimed two lives and injured three"."""
    return numbered.before(tree, first, ends(tree)) is not None and beyond(tree, second)
