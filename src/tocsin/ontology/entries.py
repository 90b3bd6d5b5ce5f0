"""Entries of the lexicon, each kind with the fields it must have and may have.

Relations in a frame are Universal Dependencies relations read in the active voice: `nsubj` is the
by-phrase of a passive and `obj` its subject. `obl:on` is an oblique with that preposition,
`nmod:of` the same under a noun, `ccomp>nsubj` the subject of a content clause. Earlier ones win.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tocsin.base.errors import OntologyError
from tocsin.ontology.phrases import Key, Phrase, find_head, fold, fold_word
from tocsin.ontology.rows import Row, Value

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

Roles = Mapping[str, tuple[str, ...]]
Frames = Mapping[str, Roles]


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a trigger's actor, recipient and content stand: relations in order of preference."""

    actor: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    content: tuple[str, ...] = ()


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
        near = {piece for lemma in nearby for piece in fold(lemma)}
        if any(near.issuperset(fold(word)) for word in self.bars):
            return False
        return not self.needs or any(near.issuperset(fold(word)) for word in self.needs)


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


Make = Callable[[Row, str, Frames], Phrase]


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


MAKERS: Mapping[str, Make] = {
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
    words = fold(lemma)
    if not words:
        raise OntologyError(f"{row.where}: lemma holds no word")
    head = row.maybe("head")
    if head is None:
        return lemma, words, find_head(lemma, pos)
    bare = fold_word(head.casefold())
    if bare not in words:
        raise OntologyError(f"{row.where}: head is {head}, which the lemma does not hold")
    return lemma, words, words.index(bare)


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


def read_entries(
    make: Make, name: str, data: Mapping[str, Value], frames: Frames
) -> dict[Key, Phrase]:
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


def read_frames(found: Iterable[tuple[str, Mapping[str, Value]]]) -> Frames:
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
