"""What an article makes known: its names, whose country it is about, who was mentioned when."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from tocsin.coding import bylines, surnames
from tocsin.coding.datelines import dateline, openings
from tocsin.coding.days import Period
from tocsin.coding.ranking import Choice, locate
from tocsin.coding.surnames import PARTICLES, Surnames
from tocsin.coding.syntax import Tree
from tocsin.coding.toponyms import as_written, candidates
from tocsin.ontology.actors import Knowledge, Match
from tocsin.ontology.gazetteer import Gazetteer
from tocsin.ontology.lexicon import Lexicon
from tocsin.records.article import Article
from tocsin.records.claim import Participant
from tocsin.records.reading import Edge, Reading, Sentence

# Known names that are places as well.
LANDS = ("capital", "country", "metonym")
# What a name may end in that is a part of the place it begins with.
BUILDINGS = frozenset(
    {"airport", "arena", "barracks", "base", "bridge", "cathedral", "church", "coast", "court"}
    | {"district", "embassy", "enclave", "frontline", "harbor", "harbour", "hospital", "hotel"}
    | {"market", "mosque", "offensive", "outskirts", "palace", "park", "port", "prison", "school"}
    | {"square", "stadium", "station", "street", "suburb", "suburbs", "university", "waterfront"}
)
# What an article is about: a country with this share of its mentions, well ahead of the next.
FOCUS, AHEAD = 0.25, 1.3
# Without case, shorter words are no names.
SHORT = 4
# How many words on a name may lose its apostrophe.
REACH = 4
# Headline and lead say it more often than the rest.
LEAD = 3


Raw = tuple[int, int, tuple[Match, ...]]
Key = tuple[int, int, int]  # the sentence and the words of a name


@dataclass(frozen=True, slots=True)
class Known:
    """A known name in a sentence: where it stands and what it most likely means."""

    start: int
    end: int
    match: Match


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody mentioned: where, who it is, whether one person, whether as a subject."""

    sentence: int
    word: int
    who: Participant
    person: bool
    subject: bool


@dataclass(slots=True)
class Scene:
    """One article, its reading, the knowledge to read it with, and what was met so far.

    `places` has what each place name means, by sentence and words, and `named` those names by
    sentence; `anchor` is the day that time expressions count from; `times` those told, once
    somebody asks; `bylines` the characters in which the article names its own makers, `openings`
    those before the first word of a report.
    """

    article: Article
    reading: Reading
    lexicon: Lexicon
    knowledge: Knowledge
    gazetteer: Gazetteer
    title_words: frozenset[str] = field(init=False)
    surnames: Surnames = field(init=False)
    trees: list[Tree] = field(init=False)
    known: list[list[Known]] = field(init=False)
    focus: str | None = field(init=False)
    leading: str | None = field(init=False)
    setting: str | None = field(init=False)
    places: Mapping[Key, Choice] = field(init=False)
    named: Mapping[int, list[Key]] = field(init=False)
    anchor: date | None = field(init=False)
    bylines: list[tuple[int, int]] = field(init=False)
    openings: list[tuple[int, int]] = field(init=False)
    times: list[tuple[int, int, Period]] | None = None
    people: dict[str, Participant] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.anchor = dateline(self.article.text, self.day) or self.day
        self.bylines = bylines.find(self.article.text)
        self.openings = openings(self.article.text)
        titles = self.lexicon.titles.entries
        self.title_words = frozenset(word for title in titles for word in title.words)
        self.trees = [Tree(s) for s in self.reading.sentences]
        self.surnames = surnames.gather(self.reading.sentences, self.title_words)
        raw = [list(_names(self, k)) for k in range(len(self.trees))]
        counts: Counter[str] = Counter()
        for number, row in enumerate(raw):
            for _, _, matches in row:
                country = self.country(matches[0])
                if country and country not in ("IGO", "NGO"):
                    counts[country] += 2 if number < LEAD else 1
        self.focus = _focus(counts)
        self.leading = _most(counts)
        self.known = [[Known(a, b, self._likeliest(ms, counts)) for a, b, ms in row] for row in raw]
        edges = _place_edges(self.reading)
        self.places = _places(self, edges)
        self.named = _rows(self.places)
        self.setting = _setting(self.places, edges) or self.leading

    @property
    def day(self) -> date | None:
        """The day that knowledge is asked about."""
        return self.article.day

    def sentence(self, at: int) -> int:
        """Return which sentence holds a character or is the next after it; else how many are."""
        return bisect_right(self.trees, at, key=_end)

    def country(self, match: Match) -> str | None:
        """Return the country code of a known name."""
        if match.kind == "actor":
            return self.knowledge.country_on(self.knowledge.actors[match.id], self.day)
        return self.knowledge.countries[match.id].code

    def _likeliest(self, matches: tuple[Match, ...], counts: Counter[str]) -> Match:
        """Return the meaning that was in office on the day, of a country that the article names."""

        def weight(match: Match) -> tuple[bool, int]:
            country = self.country(match)
            if match.kind != "actor":
                return True, counts[country or ""] + 1
            actor = self.knowledge.actors[match.id]
            in_office = self.day is None or self.knowledge.role_on(actor, self.day) is not None
            return in_office, counts[country or ""]

        return max(matches, key=weight)


def _end(tree: Tree) -> int:
    return tree.s.end


def _rows(places: Iterable[Key]) -> Mapping[int, list[Key]]:
    """Return the place names by sentence, in order."""
    rows: dict[int, list[Key]] = defaultdict(list)
    for key in sorted(places):
        rows[key[0]].append(key)
    return MappingProxyType(rows)


def _place_edges(reading: Reading) -> Mapping[int, list[Edge]]:
    """Return where the network sees things happen, by sentence, each once, in order."""
    edges = {e for p in reading.proposals for e in p.edges if e.role == "place"}
    rows: dict[int, list[Edge]] = defaultdict(list)
    for edge in sorted(edges, key=lambda e: (e.start, e.end)):
        rows[edge.sentence].append(edge)
    return MappingProxyType(rows)


def _places(scene: Scene, edges: Mapping[int, list[Edge]]) -> Mapping[Key, Choice]:
    """Return what the place names mean, by sentence and words."""
    words = []
    for number, tree in enumerate(scene.trees):
        names: list[tuple[int, int]] = []
        for read in _place_names(tree, scene.known[number], edges.get(number, ())):
            start, end = _widened(scene, number, *read)
            if not any(start < last and first < end for first, last in names):
                names.append((start, end))
        words += [(number, start, end) for start, end in sorted(names)]
    spans = [_characters(scene, *key) for key in words]
    found = locate(scene.article.text, spans, scene.gazetteer)
    return MappingProxyType(dict(zip(words, found, strict=True)))


def _place_names(
    tree: Tree, known: Iterable[Known], edges: Iterable[Edge]
) -> Iterator[tuple[int, int]]:
    """Yield the names that may be places: those read as such, those known, those where it happens.

    The network sees some names that its name head does not as the place of an event.
    """
    for read in tree.s.names:
        if read.kind == "LOC":
            yield _whole(tree, read.start, read.end)
    for name in known:
        if name.match.kind in LANDS:
            yield name.start, name.end
    for edge in edges:
        proper = [i for i in range(edge.start, edge.end) if tree.s.upos[i] == "PROPN"]
        if proper and len(proper) == proper[-1] + 1 - proper[0]:
            yield _whole(tree, proper[0], proper[-1] + 1)


def _widened(scene: Scene, number: int, start: int, end: int) -> tuple[int, int]:
    """Return a name with the proper names beside it, where together they name a place.

    Readers cut names whose first word is an article elsewhere: "El | Fasher".
    """
    tree = scene.trees[number]
    for first, last in ((start, end + 1), (start - 1, end)):
        beside = last - 1 if last > end else first
        if not 0 <= beside < len(tree.s) or not _is_name(tree, beside):
            continue
        own = range(start, end)
        if tree.s.heads[beside] in own or beside in (tree.s.heads[word] for word in own):
            words = scene.article.text[slice(*_characters(scene, number, first, last))]
            if as_written(words, scene.gazetteer):
                return first, last
    return start, end


def _is_name(tree: Tree, word: int) -> bool:
    return tree.s.upos[word] == "PROPN" and tree.s.forms[word][0].isalpha()


def _whole(tree: Tree, start: int, end: int) -> tuple[int, int]:
    """Return the words of a name with those that a hyphen joins to it: "Al" of "Al-Jinah"."""
    offsets = tree.s.offsets
    while end < len(tree.s) and offsets[end][0] == offsets[end - 1][1] and _joint(tree, end):
        end += 1
    return start, end


def _joint(tree: Tree, word: int) -> bool:
    """Return whether a word is a hyphen or stands right after one."""
    return "-" in (tree.s.forms[word], tree.s.forms[word - 1])


def _characters(scene: Scene, number: int, start: int, end: int) -> tuple[int, int]:
    """Return where a place name stands; of a building's, the place it is in: "Kabul airport"."""
    offsets, forms = scene.trees[number].s.offsets, scene.trees[number].s.forms
    text = scene.article.text
    whole = offsets[start][0], offsets[end - 1][1]
    while end - start > 1 and forms[end - 1].lower() in BUILDINGS:
        if candidates(text[slice(*whole)], scene.gazetteer):
            break
        end -= 1
        whole = offsets[start][0], offsets[end - 1][1]
    return whole


def _most(counts: Counter[str]) -> str | None:
    """Return the country counted most, unless another is counted as often."""
    (first, best), (_, second) = [*counts.most_common(2), (None, 0), (None, 0)][:2]
    return first if best > second else None


def _focus(counts: Counter[str]) -> str | None:
    """Return the country an article is about, where one is clearly ahead."""
    order = sorted(counts, key=lambda c: (-counts[c], c))
    if not order or counts[order[0]] < FOCUS * sum(counts.values()):
        return None
    if len(order) > 1 and counts[order[0]] < AHEAD * counts[order[1]]:
        return None
    return order[0]


def _setting(places: Mapping[Key, Choice], edges: Mapping[int, list[Edge]]) -> str | None:
    """Return the country where most of what the network sees happening takes place."""
    counts: Counter[str] = Counter()
    for (number, start, end), choice in places.items():
        if choice.spot is not None and choice.spot.country is not None:
            over = [e for e in edges.get(number, ()) if start < e.end and e.start < end]
            counts[choice.spot.country] += len(over)
    return _most(counts)


def _names(scene: Scene, number: int) -> Iterator[tuple[int, int, tuple[Match, ...]]]:
    """Yield the known names of a sentence, left to right, longest first, none twice."""
    sentence = scene.reading.sentences[number]
    letters = [c for form in sentence.forms for c in form if c.isalpha()]
    # A sentence without case, or all in capitals, cannot tell names by it.
    cased = any(c.islower() for c in letters) and any(c.isupper() for c in letters)
    at = 0
    owning = [
        _without_s(form, tag) for form, tag in zip(sentence.forms, sentence.upos, strict=True)
    ]
    while at < len(sentence):
        found = scene.knowledge.find(sentence.forms, at, cased=cased)
        lost = owning[at : at + REACH] != list(sentence.forms[at : at + REACH])
        owned = scene.knowledge.find(owning, at, cased=cased) if lost else ()
        if owned and (not found or owned[0].end > found[0].end):
            found = owned
        matches = tuple(m for m in found if _plausible(scene, sentence, at, m, cased=cased))
        if matches and not _small(sentence, at):
            yield at, matches[0].end, matches
            at = matches[0].end
        else:
            at += 1


def _small(sentence: Sentence, at: int) -> bool:
    """Return whether a word is a pronoun, auxiliary or preposition, and not a name read as one."""
    name = at > 0 and sentence.forms[at].istitle() and len(sentence.forms[at]) >= SHORT
    return sentence.upos[at] in ("PRON", "AUX", "ADP") and not name


def _without_s(form: str, tag: str) -> str:
    """Return a name without the "s" of a lost apostrophe: "Syrias", "Assads"."""
    long = len(form) > SHORT and form[0].isupper() and form.endswith("s")
    return form[:-1] if long and tag in ("PROPN", "NOUN") and not form.endswith("ss") else form


def _plausible(scene: Scene, sentence: Sentence, at: int, match: Match, *, cased: bool) -> bool:
    """Return whether a known name can be what stands here: "Ahmed Karzai" is not Hamid Karzai."""
    words = [i for i in range(at, match.end) if sentence.forms[i].lower() not in PARTICLES]
    if match.kind != "actor" or len(words) > 1:
        return True
    if not cased and (sentence.upos[at] != "PROPN" or len(sentence.forms[at]) < SHORT):
        return False
    actor, last = scene.knowledge.actors[match.id], match.end - 1
    if actor.kind != "person":
        return True
    if surnames.memorial(sentence, last):
        return False
    own = {word.lower() for name in (actor.name, *actor.aliases) for word in name.split()}
    own |= {part for word in own for part in word.split("-")}
    around = next((n for n in sentence.names if n.kind == "PER" and n.start <= at < n.end), None)
    beside = range(around.start, around.end) if around else ()
    others = [
        sentence.forms[i].lower()
        for i in beside
        if not at <= i < match.end and sentence.forms[i][0].isupper()
    ]
    if others or (at > 0 and sentence.forms[at - 1].lower() in scene.title_words):
        return all(word in own or word.rstrip(".") in scene.title_words for word in others)
    surname = sentence.forms[last].lower()
    called = own - {surname}
    here = surnames.first_names(sentence, last, scene.title_words)
    mentions = scene.surnames.get(surname, ())
    return not (surnames.strange(here, called) or surnames.another(mentions, called))
