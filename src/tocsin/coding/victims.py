"""The numbers of people in one sentence that its words for casualties speak of.

A word such as "killed", "dead", "deaths", "arrest" leads over the tree to whom it befell; what
those words state is a toll. Whose claim it belongs to is decided in `tolls`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from tocsin.coding import counts, fates, numbered
from tocsin.coding.counts import Range
from tocsin.coding.numbered import cased
from tocsin.coding.syntax import Tree
from tocsin.ontology.words import groups

RELATIVE = ("who", "which", "that")
SUPPOSING = frozenset({"can", "could", "may", "might", "will", "would"})
ONE = frozenset({"a", "an", "another", "one"})


@dataclass(frozen=True, slots=True)
class Toll:
    """A number of people, the words that state it, and the word that says what befell them."""

    field: str
    word: int
    start: int
    end: int
    head: int
    low: int
    high: int | None
    cumulative: bool = False
    supposed: bool = False


def tolls(tree: Tree) -> list[Toll]:
    """Return the tolls of a sentence in text order, no number of people twice for one field."""
    found: list[Toll] = []
    for word in range(len(tree.s)):
        for field, way in fates.senses(tree, word):
            if not fates.denied(tree, word) and not fates.joint(tree, word, field):
                found += _new(_told_by(tree, word, field, way), found)
    return sorted(found, key=lambda t: (t.start, t.field))


def _new(tolls_: Iterable[Toll], found: list[Toll]) -> list[Toll]:
    """Return the tolls that none found before overlaps."""

    def same(one: Toll, other: Toll) -> bool:
        return one.field == other.field and one.start < other.end and other.start < one.end

    return [t for t in tolls_ if not any(same(t, other) for other in found)]


def _told_by(tree: Tree, word: int, field: str, way: str) -> list[Toll]:
    """Return the tolls that one word tells: by the tree, or of the number right beside it."""
    heads = list(dict.fromkeys(_whom(tree, word, way)))
    direct = way in ("object", "state", "subject")
    more = direct and fates.further(tree, word)
    if more:
        close = numbered.after(tree, word, fates.ends(tree))
        heads = [] if close is None else [close]
    elif direct and _past(tree, word) and not any(tree.s.rels[h] == "obj" for h in heads):
        # "Seven dead, 20 wounded": what stands right before a participle is surer than the tree.
        close = numbered.before(tree, word, fates.ends(tree), across=())
        heads = heads if close is None or fates.beyond(tree, word) else [close]
    own = [h for h in heads if not fates.parted(tree, word, h)]
    out = [t for h in own if (t := _toll(tree, field, word, h)) is not None]
    if not out and direct and not more:
        head = _beside(tree, word, way)
        toll = None if head is None else _toll(tree, field, word, head)
        out = [toll] if toll is not None else []
    return _joined(tree, sorted(out, key=lambda t: t.start))


def _joined(tree: Tree, tolls_: list[Toll]) -> list[Toll]:
    """Return the tolls of one word, those that "and" joins as one."""
    out: list[Toll] = []
    for toll in tolls_:
        if out and toll.start < out[-1].end:
            # Two words of one phrase led to it: the wider reading stands.
            out[-1] = max(out[-1], toll, key=lambda t: t.end - t.start)
            continue
        between = tree.s.forms[out[-1].end : toll.start] if out else ("",)
        if out and all(form.lower() in ("and", ",", "as", "well") for form in between):
            low, high = numbered.added((out[-1].low, out[-1].high), (toll.low, toll.high))
            out[-1] = replace(out[-1], end=toll.end, low=low, high=high)
        else:
            out.append(toll)
    return out


def _whom(tree: Tree, word: int, way: str) -> Iterator[int]:
    """Yield the words that head whom a casualty word befell."""
    over = tree.s.heads[word]
    if way == "noun":
        yield from _of(tree, word)
    elif way == "toll":
        yield from _total(tree, word)
    elif way == "lives":
        yield from _lives(tree, word)
    elif way == "none" and any(tree.lower[c] == "no" for c in tree.children[word]):
        yield word
    elif way == "by verb" and over >= 0 and tree.s.upos[over] == "VERB":
        yield from list(_patients(tree, over)) or _subjects(tree, over)
    elif way == "suffered" and not numbered.numbered(tree, word):
        yield from _subjects(tree, over)
    elif way == "subject":
        yield from _subjects(tree, word)
    elif way == "object":
        yield from _patients(tree, word)
    elif way == "state":
        yield from _stated(tree, word)


def _of(tree: Tree, word: int) -> Iterator[int]:
    """Yield who died by a noun: "12 deaths", "the deaths of 12 people", "dozens of deaths"."""
    owned = [c for c in tree.children[word] if cased(tree, c, "of")]
    over = tree.s.heads[word]
    if not owned and word + 1 < len(tree.s) and tree.lower[word + 1] == "of":
        head = numbered.after(tree, word + 1, fates.ends(tree))
        owned = [] if head is None else [head]
    yield from owned
    if not owned and over >= 0 and cased(tree, word, "of") and numbered.is_number(tree, over):
        yield over
    elif not owned and numbered.numbered(tree, word):
        yield word


def _total(tree: Tree, word: int) -> Iterator[int]:
    """Yield the number that a toll has reached: "a toll of 41", "the toll rose to 41"."""
    yield from (c for c in tree.children[word] if cased(tree, c, "of", "at", "to"))
    over = tree.s.heads[word]
    if over < 0:
        return
    subject = tree.s.rels[word].startswith("nsubj")
    if subject and tree.s.upos[over] != "VERB":
        yield over
    beside = [c for c in tree.children[over] if c != word]
    yield from (c for c in beside if cased(tree, c, "to", "at", "past", "above", "beyond"))
    if subject:
        yield from (c for c in beside if tree.s.rels[c] == "obj")


def _lives(tree: Tree, word: int) -> Iterator[int]:
    """Yield whose lives were lost: "claimed 12 lives", "12 people lost their lives"."""
    over = tree.s.heads[word]
    if numbered.numbered(tree, word):
        yield word
    elif numbered.is_number(tree, over):
        yield over
    elif tree.s.lemmas[over].lower() == "lose":
        yield from _subjects(tree, over)
    else:
        beside = (*tree.children[word], *tree.children[over])
        yield from (c for c in beside if cased(tree, c, "of"))


def _subjects(tree: Tree, word: int) -> Iterator[int]:
    """Yield the subjects of a verb, also those that it shares or stands in a clause of."""
    own = [c for c in tree.children[word] if tree.s.rels[c].startswith("nsubj")]
    solid = [c for c in own if tree.lower[c] not in RELATIVE]
    yield from solid
    over, relation = tree.s.heads[word], tree.s.rels[word].split(":")[0]
    if over < 0 or solid:
        return
    if relation == "acl":
        yield over
    elif relation in ("conj", "xcomp") and tree.s.upos[over] in ("VERB", "ADJ"):
        yield from _subjects(tree, over)


def _patients(tree: Tree, word: int) -> Iterator[int]:
    """Yield whom an act befell: its object, or the subject of its passive."""
    children, rels = tree.children[word], tree.s.rels
    objects = [c for c in children if rels[c] in ("obj", "iobj") and not _bare_bound(tree, c)]
    subjects = [c for c in children if rels[c].startswith("nsubj")]
    passive = any(rels[c] == "nsubj:pass" for c in subjects)
    if not objects and not _past(tree, word):
        objects = [c for c in children if cased(tree, c, "of")]
    if objects and not passive:
        yield from objects
        return
    own = [c for c in subjects if tree.lower[c] not in RELATIVE]
    if not _past(tree, word) or (_aux(tree, word) == {"have"} and not passive):
        # The tree may take what follows a verb without an object for its subject.
        yield from (c for c in own if c > word)
        return
    yield from own
    if not own:
        yield from _governed(tree, word)


def _governed(tree: Tree, word: int) -> Iterator[int]:
    """Yield whom a participle befell by what it hangs on: "12 people killed", "left 12 wounded"."""
    over, relation = tree.s.heads[word], tree.s.rels[word].split(":")[0]
    if over < 0:
        return
    if relation in ("amod", "acl"):
        yield over
    elif relation in ("xcomp", "advmod", "ccomp"):
        objects = [c for c in tree.children[over] if tree.s.rels[c] == "obj"]
        yield from objects or _subjects(tree, over)
    elif relation == "conj" and {f for f, _ in fates.senses(tree, word)} & {
        f for f, _ in fates.senses(tree, over)
    }:
        yield from _patients(tree, over)


def _stated(tree: Tree, word: int) -> Iterator[int]:
    """Yield who is in a state: "12 dead", "12 were wounded", "dozens of injured"."""
    if numbered.before(tree, word, fates.ends(tree), across=()) is not None:
        yield word
    elif cased(tree, word, "of") and word > 1 and numbered.is_number(tree, word - 2):
        yield word - 2
    else:
        yield from _patients(tree, word)


def _past(tree: Tree, word: int) -> bool:
    return not numbered.ongoing(tree, word)


def _aux(tree: Tree, word: int) -> set[str]:
    return {tree.s.lemmas[c].lower() for c in tree.children[word] if tree.s.upos[c] == "AUX"}


def _bare_bound(tree: Tree, word: int) -> bool:
    """Return whether a word is only part of a bound, cut off from its number by the tree."""
    return not tree.children[word] and counts.part_of_bound(tree.lower[word])


def _beside(tree: Tree, word: int, way: str) -> int | None:
    """Return the head of a numbered phrase right beside a casualty word, if there is one."""
    form, aux = tree.lower[word], _aux(tree, word)
    ends = fates.ends(tree)
    head = None
    if not form.endswith(("ing", "s")) and aux != {"have"}:
        head = numbered.before(tree, word, ends)
    if head is None and form != "dead" and way != "subject" and "be" not in aux:
        head = numbered.after(tree, word, ends)
    return head


def _toll(tree: Tree, field: str, word: int, head: int) -> Toll | None:
    """Return what the words around a head state of people, or None where they state no number."""
    ends = fates.ends(tree)
    start, end = numbered.phrase(tree, head, ends, word)
    whole = _whole(tree, start)
    if whole is not None and whole != head:
        return _toll(tree, field, word, whole)
    found = _stated_by(tree, head, start, end)
    if found is None or numbered.shared(tree, start):
        return None
    for other in _further(tree, word):
        begin, stop = numbered.phrase(tree, other, ends, word)
        more = _stated_by(tree, other, begin, stop)
        if more is not None and begin >= end:
            found, end = numbered.added(found, more), stop
    if not _people(tree, head, found):
        return None
    if any(_among(tree, i) for i in range(end, word)):
        # "Five children were among the dead" leaves open how many died.
        found = found[0], None
    cumulative, supposed = _cumulative(tree, word), bool(_aux(tree, word) & SUPPOSING)
    return Toll(field, word, start, end, head, *found, cumulative, supposed)


def _among(tree: Tree, word: int) -> bool:
    """Return whether those told of before are only some: "among the dead", not "among them"."""
    following = tree.lower[word + 1]
    return tree.lower[word] == "among" and following in ("the", "those")


def _whole(tree: Tree, start: int) -> int | None:
    """Return the head of the whole that a phrase is only held in: "15 men, among them 11 boys"."""
    at = start - 1
    while at > 0 and tree.lower[at] in ("them", "whom", ","):
        at -= 1
    if at < 1 or not numbered.includes(tree, at):
        return None
    at -= tree.s.forms[at - 1] == ","
    return numbered.before(tree, at, fates.ends(tree), across=())


def _stated_by(tree: Tree, head: int, start: int, end: int) -> Range | None:
    """Return the number that a phrase states, or how many people a row of them is."""
    found = counts.parse(numbered.words(tree, start, end))
    if found is not None and any(numbered.is_number(tree, i) for i in range(start, end)):
        return found
    row = [head, *(c for c in tree.children[head] if tree.s.rels[c] == "conj" and c < end)]
    if all(_by_name(tree, h) for h in row):
        return len(row), len(row)
    # "A soldier and a policeman" are two; "the founder and leader" is one.
    own = sum(any(tree.s.upos[c] in ("DET", "PRON") for c in tree.children[h]) for h in row)
    return (own, own) if found is not None and own and found[0] > 1 else found


def _by_name(tree: Tree, word: int) -> bool:
    return any(n.kind == "PER" and n.start <= word < n.end for n in tree.s.names)


def _further(tree: Tree, word: int) -> list[int]:
    """Return the heads of others whom the same word befell: "along with ...", "four in Homs"."""
    along = [c for c in tree.children[word] if cased(tree, c, "along", "together")]
    shares = tree.s.upos[word] == "VERB" or tree.s.lemmas[word].lower() == "life"
    gaps = numbered.gapped(tree, word) if shares else []
    return [*along, *gaps]


def _people(tree: Tree, head: int, found: Range) -> bool:
    """Return whether people are counted, and one person only where the words count him."""
    lemma = tree.s.lemmas[head].lower()
    if lemma in groups()["ground"] or lemma in groups()["arms"]:
        return False
    if found == (0, 0):
        return tree.s.upos[head] == "PRON" or counts.people(lemma) or fates.tells(tree, head)
    if found != (1, 1):
        return True
    if tree.s.upos[head] in ("NUM", "PRON"):
        return not any(tree.lower[c] in ("them", "whom") for c in tree.down(head))
    said = {tree.lower[c] for c in tree.children[head]}
    return bool(said & ONE) and counts.person(lemma)


def group(tree: Tree, toll: Toll) -> tuple[int, int] | None:
    """Return the range of the words that say who is counted; None where only a number stands."""
    inside = range(toll.start, toll.end)
    numbers = [i for i in inside if numbered.is_number(tree, i)]
    named = [i for i in inside if tree.s.upos[i] in ("NOUN", "PROPN") and i not in numbers]
    if not any(
        not fates.tells(tree, i) and not counts.part_of_bound(tree.s.forms[i]) for i in named
    ):
        return None
    if not numbers or numbers[-1] > named[0]:
        # Of several numbers each has its own people.
        return toll.start, toll.end
    begin = numbers[-1] + 1
    return begin + (tree.lower[begin] == "of"), toll.end


def _cumulative(tree: Tree, word: int) -> bool:
    """Return whether a toll is a running total: "bringing the toll to 41", "so far"."""
    if tree.s.lemmas[word].lower() in groups()["tolls"] | {"number"}:
        return True
    return counts.running(" ".join(tree.s.forms[i] for i in sorted(tree.down(word))))
