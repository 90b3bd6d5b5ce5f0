"""The packaged lexicon as data: every entry fits the ontology, and no list is thin or unsorted."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tocsin.ontology.form import packaged
from tocsin.ontology.lexicon import RELATIONS, STANCES, TAGS, Trigger, load
from tocsin.ontology.load import load as load_types
from tocsin.ontology.rows import parse

LEXICON = load()
TYPES = load_types()
TRIGGERS = LEXICON.triggers.entries
EN = packaged("lexicon") / "en"
FILES = sorted((EN / "triggers").iterdir(), key=lambda file: file.name)
LISTS = [EN / f"{name}.yml" for name in ("agents", "cues", "modality", "qualifiers", "titles")]
FLOORS = {
    "ACCUSE": 450,
    "AGREE": 150,
    "AID": 250,
    "ASSAULT": 800,
    "COERCE": 600,
    "CONCEDE": 180,
    "CONSULT": 200,
    "COOPERATE": 180,
    "MOBILIZE": 250,
    "PROTEST": 200,
    "REJECT": 160,
    "REQUEST": 220,
    "RETREAT": 280,
    "SANCTION": 200,
    "SUPPORT": 200,
    "THREATEN": 150,
}
OFFICES = {
    "ambassador",
    "army-chief",
    "defence-minister",
    "finance-minister",
    "foreign-minister",
    "head-of-government",
    "head-of-state",
    "interior-minister",
    "military-officer",
    "speaker",
    "spokesperson",
}
BASES = ("acl", "advcl", "amod", "ccomp", "compound", "nmod", "nsubj", "obj", "obl", "iobj")
CLAUSES = ("xcomp", "parataxis", "csubj", "head", "main", "clause")


def known(relation: str) -> bool:
    """Return whether a relation, or each step of a path, is one that frames may name."""
    steps = relation.split(">")
    return all(step.split(":")[0] in (*BASES, *CLAUSES) for step in steps)


def lemmas(file: str) -> list[str]:
    """Return the lemmas of a list as the file has them."""
    value = parse((EN / file).read_text(encoding="utf-8"))
    assert isinstance(value, dict)
    entries = value["entries"]
    assert isinstance(entries, list)
    return [str(entry["lemma"]) for entry in entries if isinstance(entry, dict)]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_each_type_has_its_file(file: object) -> None:
    """A file of triggers is named for a type of the ontology, and states that type."""
    name = getattr(file, "name", "")
    value = parse((EN / "triggers" / name).read_text(encoding="utf-8"))
    assert isinstance(value, dict)
    assert value["type"] == name.removesuffix(".yml").upper()
    assert value["type"] in TYPES


def test_every_type_is_covered() -> None:
    """The sixteen types have a file each, with entries above their floor."""
    counts = Counter(trigger.type for trigger in TRIGGERS)
    assert counts.keys() == TYPES.keys() == FLOORS.keys()
    assert {key for key in FLOORS if counts[key] < FLOORS[key]} == set()


def test_the_lists_are_long_enough() -> None:
    """Each list is above the size below which it leaves common words out."""
    assert len(TRIGGERS) >= 4000
    assert len(LEXICON.cues.entries) >= 500
    assert len(LEXICON.modality.entries) >= 500
    assert len(LEXICON.agents.entries) >= 1200
    assert len(LEXICON.titles.entries) >= 600
    assert len(LEXICON.qualifiers) >= 250


def test_modes_are_those_of_the_type() -> None:
    """An entry's mode is one that its type has."""
    strange = [t.lemma for t in TRIGGERS if t.mode and t.mode not in TYPES[t.type].modes]
    assert strange == []


def test_every_mode_has_a_word_or_follows_its_content() -> None:
    """Modes that words alone can tell have some; what is threatened or asked stands elsewhere."""
    told = {(trigger.type, trigger.mode) for trigger in TRIGGERS}
    silent = {
        (event.id, mode)
        for event in TYPES.values()
        for mode in event.modes
        if (event.id, mode) not in told
    }
    assert {key for key, _ in silent} <= {"REJECT", "REQUEST", "THREATEN"}


def test_frames_name_known_relations() -> None:
    """Every relation of every frame is one of Universal Dependencies."""
    used = {
        relation
        for trigger in TRIGGERS
        for role in (trigger.frame.actor, trigger.frame.recipient, trigger.frame.content)
        for relation in role
    }
    assert {relation for relation in used if not known(relation)} == set()


def test_every_named_frame_is_used() -> None:
    """A frame that no entry names would be a misspelling of one that some entry does."""
    frames = parse((EN / "frames.yml").read_text(encoding="utf-8"))
    assert isinstance(frames, dict)
    named = frames["frames"]
    assert isinstance(named, dict)
    text = "".join((EN / "triggers" / file.name).read_text(encoding="utf-8") for file in FILES)
    defaults = {"verb", "noun", "adj"} | {name for name in named if name.endswith("-cue")}
    assert {name for name in named.keys() - defaults if f"frame: {name}" not in text} == set()


def test_light_verbs_name_a_noun_of_their_type() -> None:
    """A light verb lends its arguments to a noun that is itself a trigger of the type."""
    nouns = [trigger for trigger in TRIGGERS if trigger.pos == "NOUN"]

    def lends(verb: Trigger) -> bool:
        return any(verb.fits(n.lemma.split()) for n in nouns if n.type == verb.type)

    assert [t.lemma for t in TRIGGERS if t.light and not (t.needs and lends(t))] == []


def test_only_assault_is_intercepted() -> None:
    """Outcomes of triggers belong to attacks: what else fails is told by another word."""
    assert {trigger.type for trigger in TRIGGERS if trigger.outcome} == {"ASSAULT"}


def test_exclusions_do_not_hit_the_entry_itself() -> None:
    """A word that excludes a sense is not part of the entry, nor one it needs."""
    clash = [
        trigger.lemma
        for trigger in TRIGGERS
        if set(trigger.bars) & {*trigger.needs, *trigger.lemma.split()}
    ]
    assert clash == []


@pytest.mark.parametrize("file", [*FILES, *LISTS], ids=lambda file: file.name)
def test_lists_are_sorted(file: object) -> None:
    """Entries stand in order of lemma, so that a change touches one line."""
    name = getattr(file, "name", "")
    found = lemmas(name if (EN / name).is_file() else f"triggers/{name}")
    assert found == sorted(found, key=str.lower)


def test_cues_are_complete() -> None:
    """Each stance has words, each cue's word class is known, and its relations exist."""
    cues = LEXICON.cues.entries
    assert {cue.stance for cue in cues} == STANCES
    assert {cue.pos for cue in cues} <= {*TAGS, ""}
    relations = {r for cue in cues for r in (*cue.agent, *cue.hearer, *cue.chain, *cue.content)}
    assert {relation for relation in relations if not known(relation)} == set()


def test_the_commonest_cues_are_told_apart() -> None:
    """Saying asserts, denying denies, doubting questions; a quotation names two speakers."""
    cues = {(cue.lemma, cue.pos): cue for cue in LEXICON.cues.entries}
    assert cues["say", "VERB"].stance == "asserts"
    assert cues["say", "VERB"].agent == ("nsubj",)
    assert cues["deny", "VERB"].stance == "denies"
    assert cues["doubt", "VERB"].stance == "questions"
    assert cues["tell", "VERB"].hearer == ("obj", "iobj")
    assert cues["quote", "VERB"].chain == ("nsubj", "obj")
    assert cues["accuse", "VERB"].event
    assert not cues["say", "VERB"].event
    assert cues["reportedly", "ADV"].agent == ()


def test_modality_says_where_the_act_stands() -> None:
    """Each word of modality points at an act, and conditional words say if or unless."""
    words = LEXICON.modality.entries
    assert [word.lemma for word in words if not word.over] == []
    assert {relation for word in words for relation in word.over if not known(relation)} == set()
    main = [word for word in words if word.sets == "conditional" and "main" in word.over]
    assert [word.lemma for word in main if word.condition is None] == []


def test_modality_knows_the_constructions() -> None:
    """Plans are future, fears possible, refusals negated, demands requested."""
    sets = {
        (word.lemma, word.pos, relation): word.sets
        for word in LEXICON.modality.entries
        for relation in word.over
    }
    assert sets["plan", "VERB", "xcomp"] == "future"
    assert sets["fear", "VERB", "ccomp"] == "possible"
    assert sets["refuse", "VERB", "xcomp"] == "negated"
    assert sets["demand", "NOUN", "nmod:for"] == "requested"
    assert sets["if", "SCONJ", "main"] == "conditional"
    assert sets["if", "SCONJ", "clause"] == "possible"


def test_sectors_are_those_of_the_ontology() -> None:
    """Agents, titles and qualifiers speak of sectors that exist."""
    named = {sector for agent in LEXICON.agents.entries for sector in agent.sectors or ()}
    named |= {sector for title in LEXICON.titles.entries for sector in title.sectors or ()}
    named |= {word.sector for word in LEXICON.qualifiers if word.sector}
    assert named - set(TYPES.sectors) == set()


def test_every_sector_has_agents() -> None:
    """No sector is left without a noun, but those that only a history or a dispute gives."""
    named = {sector for agent in LEXICON.agents.entries for sector in agent.sectors or ()}
    assert set(TYPES.sectors) - named <= {"PRE"}


def test_offices_are_covered() -> None:
    """The offices that news names most have titles."""
    assert {title.office for title in LEXICON.titles.entries}.issuperset(OFFICES)


def test_the_example_folder_is_laid_over() -> None:
    """The words of the example ontology stand beside the packaged ones."""
    mixed = load(Path(__file__).parents[2] / "examples" / "ontology")
    assert len(mixed.triggers.entries) > len(TRIGGERS)


def test_qualifiers_relate_or_place() -> None:
    """A qualifier states a relation to X or a sector, never neither and never both."""
    for word in LEXICON.qualifiers:
        assert (word.relation is None) != (word.sector is None), word.lemma
        assert word.relation is None or "X" in word.lemma, word.lemma
    assert {word.relation for word in LEXICON.qualifiers if word.relation} == RELATIONS
