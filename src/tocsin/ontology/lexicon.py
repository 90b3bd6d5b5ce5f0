"""The lexicon: words that tell of events, report, colour and name actors, checked as they load.

Relations in a frame are Universal Dependencies relations read in the active voice: `nsubj` is the
by-phrase of a passive and `obj` its subject. `obl:on` is an oblique with that preposition,
`nmod:of` the same under a noun, `ccomp>nsubj` the subject of a content clause. Earlier ones win.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Generic, TypeVar

import yaml

from tocsin.base.errors import OntologyError
from tocsin.ontology.form import packaged
from tocsin.ontology.rows import Row, Value, parse

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable
    from pathlib import Path

SENSES = frozenset({"always", "often", "sometimes"})
STANCES = frozenset({"asserts", "denies", "questions"})
MODALITIES = frozenset({"possible", "future", "negated", "conditional", "requested"})
CONDITIONS = frozenset({"if", "unless"})
OUTCOMES = frozenset({"intercepted", "foiled", "failed"})
KINDS = frozenset({"person", "group", "organisation"})
RELATIONS = frozenset(
    {
        "allied_with",
        "backed_by",
        "based_in",
        "controls",
        "leads",
        "member_of",
        "opposes",
        "part_of",
        "speaks_for",
    }
)

# Which tags of the reader a word class of the lexicon accepts. Taggers part ways on conjunctions
# that were participles ("provided"), on negation, and on names made of common nouns.
TAGS: Mapping[str, frozenset[str]] = {
    "VERB": frozenset({"VERB"}),
    "NOUN": frozenset({"NOUN", "PROPN"}),
    "ADJ": frozenset({"ADJ", "VERB"}),
    "ADV": frozenset({"ADV", "ADJ", "ADP"}),
    "ADP": frozenset({"ADP", "SCONJ", "VERB", "ADV"}),
    "AUX": frozenset({"AUX", "VERB"}),
    "DET": frozenset({"DET", "PRON"}),
    "PART": frozenset({"PART", "ADV"}),
    "SCONJ": frozenset({"SCONJ", "ADP", "VERB", "ADV", "AUX"}),
}
_ANY: frozenset[str] = frozenset()
_EVENT_WORDS = frozenset({"VERB", "NOUN", "ADJ"})
_PREPOSITIONS = frozenset(
    {"against", "at", "between", "by", "for", "from", "in", "of", "on", "over"}
)
_PREPOSITIONS |= {"to", "under", "with", "without"}
_HYPHENS = str.maketrans(dict.fromkeys("-\u2010\u2011", " "))
_SHORT = 4  # letters of a word too short to have an ending folded: "gas", "hour", "wise"
_AMERICAN = (
    ("isation", "ization"),
    ("oeuvre", "euver"),
    ("ogramme", "ogram"),
    ("centre", "center"),
    ("oured", "ored"),
    ("ourer", "orer"),
    ("ising", "izing"),
    ("ised", "ized"),
    ("iser", "izer"),
    ("ence", "ense"),
    ("ise", "ize"),
    ("yse", "yze"),
    ("our", "or"),
)
_BRITISH = tuple(british for british, _ in _AMERICAN)

Key = tuple[object, ...]
Roles = Mapping[str, tuple[str, ...]]
Frames = Mapping[str, Roles]


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a trigger's actor, recipient and content stand: relations in order of preference."""

    actor: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    content: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """One word or several in dictionary form, and the word class that their head has in text."""

    lemma: str
    pos: str
    words: tuple[str, ...]  # folded, as `_pieces` does it
    head: int  # place in words
    tags: frozenset[str]  # what the reader may call the head; empty: anything

    @property
    def key(self) -> Key:
        """What no two entries of a list share."""
        return (self.words, self.pos)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger(Phrase):
    """A word that tells of an event of one type, in the sense that its company allows."""

    type: str
    mode: str | None
    sense: str
    frame: Frame
    needs: tuple[str, ...] = ()
    bars: tuple[str, ...] = ()
    light: bool = False  # the noun in `needs` is the trigger; this verb lends it its arguments
    outcome: str | None = None
    gloss: str | None = None

    @property
    def key(self) -> Key:
        """What no two entries share: one lemma may have a mode for each kind of company."""
        return (self.words, self.pos, self.type, self.mode, self.light)

    def fits(self, nearby: Iterable[str]) -> bool:
        """Return whether the lemmas nearby (in its subtree) allow this sense."""
        if not self.needs and not self.bars:
            return True
        near = {piece for lemma in nearby for piece in _pieces(lemma)}
        if any(near.issuperset(_pieces(word)) for word in self.bars):
            return False
        return not self.needs or any(near.issuperset(_pieces(word)) for word in self.needs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue(Phrase):
    """A word that puts words in somebody's mouth, and where that somebody stands."""

    stance: str
    sense: str
    agent: tuple[str, ...]
    hearer: tuple[str, ...]
    chain: tuple[str, ...]  # speakers, outermost first: "AFP quoted the minister"
    content: tuple[str, ...]
    event: bool  # the word may be a claim as well: accuse, warn, call for


@dataclass(frozen=True, slots=True, kw_only=True)
class ModalityCue(Phrase):
    """A word that settles whether the act it governs happened, or how an attempt at it ended."""

    sets: str | None
    over: tuple[str, ...]  # where the act stands, seen from the word
    sense: str
    condition: str | None
    outcome: str | None

    @property
    def key(self) -> Key:
        """What no two entries share: one word may set different things over different acts."""
        sets = self.sets or self.outcome
        return (self.words, self.pos, sets, self.sense, self.condition)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent(Phrase):
    """A noun for people or a body; sectors None means those of what it belongs to."""

    kind: str
    sectors: tuple[str, ...] | None
    country: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Title(Phrase):
    """A title beside a name, and the office it stands for."""

    office: str
    sectors: tuple[str, ...] | None
    country: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Qualifier(Phrase):
    """A modifier that relates a group to X, or settles a sector: "X-backed", "pro-X", "former"."""

    relation: str | None
    inverse: bool  # X stands in the relation to the group
    sector: str | None

    @property
    def key(self) -> Key:
        """What no two entries share."""
        return (self.lemma.casefold(),)


P = TypeVar("P", bound=Phrase)
Make = Callable[[Row, str, Frames], Phrase]


@dataclass(frozen=True, slots=True)
class Index(Generic[P]):
    """Entries by their first word, so that a sentence is matched in one pass."""

    entries: tuple[P, ...] = field(repr=False)
    first: Mapping[str, tuple[P, ...]] = field(repr=False)

    def at(self, lemmas: Sequence[str], upos: Sequence[str], i: int) -> tuple[tuple[P, int], ...]:
        """Return the entries whose words start at token i, each with its end, longest first."""
        pieces = _pieces(lemmas[i])
        candidates = self.first.get(pieces[0], ()) if pieces else ()
        ends = ((entry, _end(entry, lemmas, upos, i)) for entry in candidates)
        found = [(entry, end) for entry, end in ends if end]
        return tuple(sorted(found, key=lambda match: -match[1]))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The word lists of one language: `entries` to read, `at` to match."""

    triggers: Index[Trigger]
    cues: Index[Cue]
    modality: Index[ModalityCue]
    agents: Index[Agent]
    titles: Index[Title]
    qualifiers: tuple[Qualifier, ...]

    def triggers_at(
        self, lemmas: Sequence[str], upos: Sequence[str], i: int
    ) -> tuple[tuple[Trigger, int], ...]:
        """Return the triggers whose words start at token i, each with its end, longest first."""
        return self.triggers.at(lemmas, upos, i)


def load(folder: Path | None = None) -> Lexicon:
    """Return the packaged lexicon, with a user's folder laid over it where one is given."""
    parts = _packaged()
    if folder is not None:
        own = _layer(folder / "lexicon" / "en", parts.frames)
        parts = _Layer(own.frames, {name: parts.lists[name] | own.lists[name] for name in _MAKERS})
    return Lexicon(
        triggers=_index(parts.lists["triggers"], Trigger),
        cues=_index(parts.lists["cues"], Cue),
        modality=_index(parts.lists["modality"], ModalityCue),
        agents=_index(parts.lists["agents"], Agent),
        titles=_index(parts.lists["titles"], Title),
        qualifiers=_index(parts.lists["qualifiers"], Qualifier).entries,
    )


@dataclass(frozen=True, slots=True)
class _Layer:
    """One folder's frames, and its entries by list and by what makes each unique."""

    frames: Frames
    lists: Mapping[str, dict[Key, Phrase]]


@lru_cache(maxsize=1)
def _packaged() -> _Layer:
    """Return what the package ships, read once: it is the most of every lexicon."""
    return _layer(packaged("lexicon") / "en", {})


def _layer(folder: Traversable, frames: Frames) -> _Layer:
    """Return one folder's entries; its own frames outrank those it is given."""
    found = [(file.name, _content(file)) for file in _files(folder)]
    frames = {**frames, **_frames(found)}
    lists: dict[str, dict[Key, Phrase]] = {name: {} for name in _MAKERS}
    for name, data in found:
        part = "triggers" if "type" in data else name.removesuffix(".yml")
        if part in lists:  # other readers keep their files in the same folder
            lists[part] |= _entries(_MAKERS[part], name, data, frames)
    return _Layer(frames, lists)


# Matching


@lru_cache(maxsize=65536)
def _pieces(lemma: str) -> tuple[str, ...]:
    """Return the words of a lemma without case, hyphens, plural endings and British spelling.

    Readers part ways on "cease-fire" (one word or three) and on "arms" and "talks" (singular or
    not), writers on "defence". Both sides of a comparison are folded alike, so what the fold makes
    of a word ("violense") need not be English.
    """
    return tuple(_folded(word) for word in lemma.casefold().translate(_HYPHENS).split())


@lru_cache(maxsize=65536)
def _folded(word: str) -> str:
    if len(word) >= _SHORT and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-3] + "y" if word.endswith("ies") else word[:-1]
    if len(word) <= _SHORT or not word.endswith(_BRITISH):
        return word
    for british, american in _AMERICAN:
        if word.endswith(british):
            return word.removesuffix(british) + american
    return word


def _end(entry: Phrase, lemmas: Sequence[str], upos: Sequence[str], start: int) -> int | None:
    """Return the end of an entry that starts at a token, or None where it does not."""
    words, done, token = entry.words, 0, start
    while done < len(words):
        pieces = _pieces(lemmas[token]) if token < len(lemmas) else None
        if pieces is None or words[done : done + len(pieces)] != pieces:
            return None
        holds_head = done <= entry.head < done + len(pieces)
        if holds_head and entry.tags and upos[token] not in entry.tags:
            return None
        done += len(pieces)
        token += 1
    return token


def _head(lemma: str, pos: str) -> int:
    """Return which word of a phrase has its word class: a verb's first, a noun's last.

    A noun's last word before a preposition counts ("use of force"), and of words joined by a
    hyphen the last ("to dive-bomb").
    """
    words = lemma.split()
    if len(words) == 1:
        return len(_pieces(lemma)) - 1
    at = 0 if pos == "VERB" else _before_preposition(words)
    return sum(len(_pieces(word)) for word in words[: at + 1]) - 1


def _before_preposition(words: Sequence[str]) -> int:
    for place, word in enumerate(words[1:], start=1):
        if word in _PREPOSITIONS and words[0] not in _PREPOSITIONS:
            return place - 1
    return len(words) - 1


# Files


def _files(folder: Traversable) -> Iterator[Traversable]:
    """Return the .yml files of a language and of its triggers, in order of name."""
    for place in (folder, folder / "triggers"):
        if place.is_dir():
            for file in sorted(place.iterdir(), key=lambda file: file.name):
                if file.name.endswith(".yml"):
                    yield file


def _content(file: Traversable) -> dict[str, Value]:
    """Return the mapping that a file holds."""
    try:
        value = parse(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, OntologyError) as error:
        raise OntologyError(f"{file.name} cannot be read: {error}") from error
    if not isinstance(value, dict):
        raise OntologyError(f"{file.name} should be a mapping with `entries:`, not {value!r}")
    return value


def _entries(make: Make, name: str, data: Mapping[str, Value], frames: Frames) -> dict[Key, Phrase]:
    """Return the entries of one file by what makes each unique; a second spelling adds nothing."""
    listed = data.get("entries")
    if not isinstance(listed, list) or not listed:
        raise OntologyError(f"{name} holds no entries; list them under `entries:` or remove it")
    kind = str(data.get("type"))
    entries: dict[Key, Phrase] = {}
    for item in listed:
        if not isinstance(item, dict):
            raise OntologyError(f"{name}: an entry is a mapping with a lemma, not {item!r}")
        row = Row(item, f"{name}, {item.get('lemma')}")
        entry = make(row, kind, frames)
        row.done()
        twin = entries.setdefault(entry.key, entry)
        if twin is not entry and twin.lemma.casefold() == entry.lemma.casefold():
            raise OntologyError(f"{row.where} stands twice in one file; keep one of the two")
    return entries


def _index(entries: Mapping[Key, Phrase], kind: type[P]) -> Index[P]:
    """Return the entries of one kind, ready for matching."""
    kept = tuple(entry for entry in entries.values() if isinstance(entry, kind))
    if not kept:
        raise OntologyError(f"the lexicon holds no entry for a {kind.__name__}")
    first: dict[str, list[P]] = {}
    for entry in kept:
        first.setdefault(entry.words[0], []).append(entry)
    return Index(kept, {word: tuple(group) for word, group in first.items()})


def _frames(found: Iterable[tuple[str, Mapping[str, Value]]]) -> Frames:
    """Return the named frames, each as the roles that it states."""
    frames: dict[str, Roles] = {}
    for name, data in found:
        if name == "frames.yml":
            stated = data.get("frames")
            if not isinstance(stated, dict) or not stated:
                raise OntologyError(f"{name} holds no frames; name them under `frames:`")
            for key, roles in stated.items():
                frames[key] = _roles(Row({"frame": roles}, f"{name}, {key}"), {})
    return frames


def _roles(row: Row, frames: Frames) -> Roles:
    """Return the roles that an entry states, itself or by the name of a frame."""
    stated = row.fields.pop("frame", None)
    if isinstance(stated, str):
        if stated not in frames:
            raise OntologyError(f"{row.where}: frames.yml has no frame {stated}")
        return frames[stated]
    if stated is None:
        return {}
    if not isinstance(stated, dict):
        raise OntologyError(f"{row.where}: frame is a name or a mapping of roles, not {stated!r}")
    inner = Row(dict(stated), f"{row.where}, frame")
    roles = {role: inner.texts(role) for role in stated if role in Frame.__slots__}
    inner.done()
    return roles


# Entries


def _trigger(row: Row, kind: str, frames: Frames) -> Trigger:
    pos = row.choice("pos", _EVENT_WORDS)
    lemma, words, head = _phrase(row, pos)
    roles = {**frames.get(pos.lower(), {}), **_roles(row, frames)}
    return Trigger(
        lemma=lemma,
        pos=pos,
        words=words,
        head=head,
        tags=_tags(pos, words),
        type=kind,
        mode=row.maybe("mode"),
        sense=row.choice("sense", SENSES),
        frame=_frame(tuple(roles.items())),
        needs=row.texts("with"),
        bars=row.texts("not"),
        light=row.flag("light"),
        outcome=_choice(row, "outcome", OUTCOMES),
        gloss=row.maybe("gloss"),
    )


@lru_cache(maxsize=1024)
def _frame(roles: tuple[tuple[str, tuple[str, ...]], ...]) -> Frame:
    """Return one frame for all the entries that share it."""
    return Frame(**dict(roles))


def _cue(row: Row, _kind: str, frames: Frames) -> Cue:
    pos = row.choice("pos", frozenset(TAGS))
    lemma, words, head = _phrase(row, pos)
    default = frames.get(f"{pos.lower()}-cue", {})
    return Cue(
        lemma=lemma,
        pos=pos,
        words=words,
        head=head,
        tags=_tags(pos, words),
        stance=row.choice("stance", STANCES),
        sense=_choice(row, "sense", SENSES) or "often",
        agent=row.texts("agent") if "agent" in row.fields else default.get("actor", ()),
        hearer=row.texts("hearer"),
        chain=row.texts("chain"),
        content=row.texts("content") or default.get("content", ()),
        event=row.flag("event"),
    )


def _modality(row: Row, _kind: str, _frames: Frames) -> ModalityCue:
    pos = row.choice("pos", frozenset(TAGS))
    lemma, words, head = _phrase(row, pos)
    sets, outcome = _choice(row, "sets", MODALITIES), _choice(row, "outcome", OUTCOMES)
    if sets is None and outcome is None:
        raise OntologyError(f"{row.where}: needs sets or outcome; without either it says nothing")
    return ModalityCue(
        lemma=lemma,
        pos=pos,
        words=words,
        head=head,
        tags=_tags(pos, words),
        sets=sets,
        over=row.texts("over"),
        sense=_choice(row, "sense", SENSES) or "often",
        condition=_choice(row, "condition", CONDITIONS),
        outcome=outcome,
    )


def _agent(row: Row, _kind: str, _frames: Frames) -> Agent:
    lemma, words, head = _phrase(row, "NOUN")
    return Agent(
        lemma=lemma,
        pos="NOUN",
        words=words,
        head=head,
        tags=TAGS["NOUN"],
        kind=row.choice("kind", KINDS),
        sectors=_sectors(row),
        country=row.maybe("country"),
    )


def _title(row: Row, _kind: str, _frames: Frames) -> Title:
    lemma, words, head = _phrase(row, "NOUN")
    return Title(
        lemma=lemma,
        pos="NOUN",
        words=words,
        head=head,
        tags=_ANY,
        office=row.text("office"),
        sectors=_sectors(row),
        country=row.maybe("country"),
    )


def _qualifier(row: Row, _kind: str, _frames: Frames) -> Qualifier:
    lemma, words, head = _phrase(row, "")
    return Qualifier(
        lemma=lemma,
        pos="",
        words=words,
        head=head,
        tags=_ANY,
        relation=_choice(row, "relation", RELATIONS),
        inverse=row.flag("inverse"),
        sector=row.maybe("sector"),
    )


_MAKERS: Mapping[str, Make] = {
    "triggers": _trigger,
    "cues": _cue,
    "modality": _modality,
    "agents": _agent,
    "titles": _title,
    "qualifiers": _qualifier,
}


def _phrase(row: Row, pos: str) -> tuple[str, tuple[str, ...], int]:
    """Return an entry's lemma, its folded words, and which of them is the head."""
    lemma = row.text("lemma")
    words = _pieces(lemma)
    if not words:
        raise OntologyError(f"{row.where}: lemma holds no word")
    head = row.maybe("head")
    if head is None:
        return lemma, words, _head(lemma, pos)
    folded = _folded(head.casefold())
    if folded not in words:
        raise OntologyError(f"{row.where}: head is {head}, which the lemma does not hold")
    return lemma, words, words.index(folded)


def _tags(pos: str, words: Sequence[str]) -> frozenset[str]:
    """Return the tags to hold a reader to; set phrases ("under arrest") get too various ones."""
    return TAGS[pos] if len(words) == 1 or pos in {"VERB", "NOUN"} else _ANY


def _choice(row: Row, name: str, known: frozenset[str]) -> str | None:
    """Return a code that must be known, or None where the field is left out."""
    return row.choice(name, known) if row.fields.get(name) is not None else None


def _sectors(row: Row) -> tuple[str, ...] | None:
    """Return an entry's sectors; null is said, never left out by mistake."""
    if "sectors" not in row.fields:
        raise OntologyError(f"{row.where}: sectors is missing; null takes those of what it serves")
    said = row.fields["sectors"] is not None
    sectors = row.texts("sectors")
    return sectors if said else None
