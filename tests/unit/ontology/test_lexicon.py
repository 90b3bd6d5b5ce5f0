"""The lexicon's loader and matching: what a user's folder adds, what is refused, what is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tocsin.base.errors import OntologyError
from tocsin.ontology.lexicon import Frame, Lexicon, Trigger, load

if TYPE_CHECKING:
    from pathlib import Path

LOOT = """\
type: LOOT
entries:
  - {lemma: loot, pos: VERB, mode: site, sense: always, not: [bag]}
  - {lemma: "grave robbery", pos: NOUN, sense: often, frame: {recipient: ["nmod:in"]}}
"""
FRAMES = """\
frames:
  from-site: {recipient: ["obl:from"]}
"""
CUES = """\
entries:
  - {lemma: croak, pos: VERB, stance: asserts, hearer: ["obl:to"]}
"""


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    """Return the packaged lexicon, read once."""
    return load()


def folder(path: Path, **files: str) -> Path:
    """Return a user's folder with these files under lexicon/en."""
    place = path / "lexicon" / "en"
    place.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (place / f"{name}.yml").write_text(text, encoding="utf-8")
    return path


def message(path: Path) -> str:
    """Return what loading the folder complains about."""
    with pytest.raises(OntologyError) as caught:
        load(path)
    return str(caught.value)


def found(lexicon: Lexicon, sentence: str, tags: str, at: int) -> dict[str, int]:
    """Return the lemmas of the triggers that start at a word, each with its end."""
    matches = lexicon.triggers_at(sentence.split(), tags.split(), at)
    return {trigger.lemma: end for trigger, end in matches}


def one(lexicon: Lexicon, lemma: str, kind: str, pos: str) -> Trigger:
    """Return the only full trigger of a lemma, type and word class."""
    (trigger,) = (
        entry
        for entry in lexicon.triggers.entries
        if (entry.lemma, entry.type, entry.pos, entry.light) == (lemma, kind, pos, False)
    )
    return trigger


def test_longer_phrases_come_first(lexicon: Lexicon) -> None:
    """Of a phrase and its first word both are found, the longer one first."""
    matches = lexicon.triggers_at(["appeal", "for", "calm"], ["VERB", "ADP", "NOUN"], 0)
    ends = [(trigger.lemma, end) for trigger, end in matches]
    assert ends[0] == ("appeal for calm", 3)
    assert ("appeal", 1) in ends


@pytest.mark.parametrize(
    ("sentence", "tags", "end"),
    [
        ("ceasefire holds", "NOUN VERB", 1),
        ("cease-fire holds", "NOUN VERB", 1),
        ("cease - fire holds", "NOUN PUNCT NOUN VERB", 3),
        ("cease fire holds", "NOUN NOUN VERB", 2),
        ("cease\u2011fire holds", "NOUN VERB", 1),
        ("Ceasefire holds", "PROPN VERB", 1),
    ],
)
def test_hyphens_are_one_with_spaces(lexicon: Lexicon, sentence: str, tags: str, end: int) -> None:
    """However a reader cuts a word at its hyphen, the entry is found with the right end."""
    assert end in found(lexicon, sentence, tags, 0).values()


def test_a_dash_starts_nothing(lexicon: Lexicon) -> None:
    """A hyphen by itself begins no entry, and ends none."""
    assert found(lexicon, "- air - strike -", "PUNCT NOUN PUNCT NOUN PUNCT", 0) == {}
    assert found(lexicon, "- air - strike -", "PUNCT NOUN PUNCT NOUN PUNCT", 1) == {"air strike": 4}


def test_american_spelling_is_folded_in(lexicon: Lexicon) -> None:
    """An entry in British spelling is found in an American text, and the other way round."""
    verb = "VERB"
    assert found(lexicon, "criticize", verb, 0) == found(lexicon, "criticise", verb, 0) != {}
    american = found(lexicon, "mobilization", "NOUN", 0)
    assert american == found(lexicon, "mobilisation", "NOUN", 0) != {}


def test_plural_lemmas_are_folded_in(lexicon: Lexicon) -> None:
    """A reader that leaves "arms" in the plural finds what one finds that does not."""
    tags = "NOUN NOUN"
    assert found(lexicon, "arms deal", tags, 0) == found(lexicon, "arm deal", tags, 0) != {}


def test_the_head_carries_the_word_class(lexicon: Lexicon) -> None:
    """A verb's first word and a noun's last one have to be tagged as the entry says."""
    assert "call on" in found(lexicon, "call on", "VERB ADP", 0)
    assert "call on" not in found(lexicon, "call on", "NOUN ADP", 0)
    assert "use of force" in found(lexicon, "use of force", "NOUN ADP NOUN", 0)
    assert "use of force" not in found(lexicon, "use of force", "VERB ADP NOUN", 0)
    assert "air strike" not in found(lexicon, "air strike", "NOUN VERB", 0)


def test_set_phrases_are_found_however_tagged(lexicon: Lexicon) -> None:
    """An adjective made of several words asks no tag of them."""
    assert "under arrest" in found(lexicon, "under arrest", "ADP NOUN", 0)


def test_a_stated_head_outranks_the_rule(lexicon: Lexicon) -> None:
    """A verb phrase that opens with another word names its head."""
    assert "not accept" in found(lexicon, "not accept", "PART VERB", 0)


def test_the_end_of_a_sentence_ends_matching(lexicon: Lexicon) -> None:
    """A phrase that the sentence breaks off is not found."""
    assert "call on" not in found(lexicon, "call", "VERB", 0)


def test_company_decides_the_sense(lexicon: Lexicon) -> None:
    """Words under `not` exclude a sense, and words under `with` are needed for one."""
    strike = one(lexicon, "strike", "ASSAULT", "VERB")
    assert strike.fits(["base", "missile"])
    assert not strike.fits(["Deals"])
    drop = one(lexicon, "drop", "CONCEDE", "VERB")
    assert drop.fits(["charge", "court"])
    assert not drop.fits(["bomb"])


def test_company_of_several_words_has_to_be_complete(tmp_path: Path) -> None:
    """A need of two words is met by both of them, not by one."""
    text = "type: LOOT\nentries:\n  - {lemma: lift, pos: VERB, sense: often, with: [crown jewel]}\n"
    lift = one(load(folder(tmp_path, loot=text)), "lift", "LOOT", "VERB")
    assert lift.fits(["jewels", "crown"])
    assert not lift.fits(["crown"])


def test_frames_are_filled_from_the_word_class(lexicon: Lexicon) -> None:
    """A role that an entry leaves out is that of its word class."""
    kill = one(lexicon, "kill", "ASSAULT", "VERB")
    assert kill.frame == Frame(("nsubj",), ("obj",), ("xcomp", "ccomp"))
    call = one(lexicon, "call on", "REQUEST", "VERB")
    assert (call.frame.actor, call.frame.recipient[0]) == (("nsubj",), "obl:on")
    meet = one(lexicon, "meet with", "CONSULT", "VERB")
    assert meet.frame.recipient == ()


def test_a_folder_adds_types_and_words(tmp_path: Path, lexicon: Lexicon) -> None:
    """A user's type file and cue file stand beside the packaged ones."""
    mixed = load(folder(tmp_path, loot=LOOT, cues=CUES))
    assert found(mixed, "loot tombs", "VERB NOUN", 0)["loot"] == 1
    assert one(mixed, "grave robbery", "LOOT", "NOUN").frame.recipient == ("nmod:in",)
    assert len(mixed.cues.entries) == len(lexicon.cues.entries) + 1
    assert len(mixed.triggers.entries) == len(lexicon.triggers.entries) + 2


def test_a_folder_of_triggers_is_read(tmp_path: Path) -> None:
    """Type files may stand in the folder of triggers, as the packaged ones do."""
    place = tmp_path / "lexicon" / "en" / "triggers"
    place.mkdir(parents=True)
    (place / "loot.yml").write_text(LOOT, encoding="utf-8")
    assert one(load(tmp_path), "loot", "LOOT", "VERB").mode == "site"


def test_a_folder_outranks_the_package(tmp_path: Path) -> None:
    """An entry of the user's replaces the packaged one of the same word, class, type and mode."""
    text = "type: ASSAULT\nentries:\n  - {lemma: kill, pos: VERB, sense: sometimes, not: [joke]}\n"
    assert one(load(folder(tmp_path, mine=text)), "kill", "ASSAULT", "VERB").sense == "sometimes"


def test_a_folder_may_name_frames(tmp_path: Path) -> None:
    """A frame named in the user's frames.yml serves the user's entries."""
    text = "type: LOOT\nentries:\n  - {lemma: purloin, pos: VERB, sense: often, frame: from-site}\n"
    mixed = load(folder(tmp_path, loot=text, frames=FRAMES))
    assert one(mixed, "purloin", "LOOT", "VERB").frame.recipient == ("obl:from",)


def test_files_of_other_readers_are_left_alone(tmp_path: Path, lexicon: Lexicon) -> None:
    """A file that is none of the lexicon's is not read as one."""
    mixed = load(folder(tmp_path, abbreviations="before_name: [Adm]\n"))
    assert len(mixed.triggers.entries) == len(lexicon.triggers.entries)


@pytest.mark.parametrize("text", ["type: LOOT\n", "type: LOOT\nentries: []\n"])
def test_an_empty_group_is_refused(tmp_path: Path, text: str) -> None:
    """A group without entries would hide a typing error, so it stops the loading."""
    assert "loot.yml holds no entries" in message(folder(tmp_path, loot=text))


def test_an_empty_set_of_frames_is_refused(tmp_path: Path) -> None:
    """A frames file has to name a frame."""
    assert "frames.yml holds no frames" in message(folder(tmp_path, frames="frames: {}\n"))


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [
        ("{lemma: loot, pos: VERB}", "sense is missing"),
        ("{lemma: loot, pos: VERB, sense: never}", "sense is never"),
        ("{lemma: loot, pos: VERBS, sense: often}", "pos is VERBS"),
        ("{lemma: loot, pos: VERB, sense: often, mod: site}", "field mod"),
        ("{lemma: loot, pos: VERB, sense: often, frame: nowhere}", "no frame nowhere"),
        ("{lemma: loot, pos: VERB, sense: often, frame: [obj]}", "a name or a mapping"),
        ("{lemma: loot, pos: VERB, sense: often, frame: {victim: [obj]}}", "victim"),
        ("{lemma: loot, pos: VERB, sense: often, head: grave}", "head is grave"),
        ("{lemma: loot, pos: VERB, sense: often, outcome: won}", "outcome is won"),
        ('{lemma: "-", pos: VERB, sense: often}', "holds no word"),
        ("loot", "a mapping with a lemma"),
    ],
)
def test_a_wrong_entry_is_refused(tmp_path: Path, entry: str, complaint: str) -> None:
    """An entry with a missing, unknown or misspelt field is refused, and the message says which."""
    text = message(folder(tmp_path, loot=f"type: LOOT\nentries:\n  - {entry}\n"))
    assert "loot.yml" in text
    assert complaint in text


@pytest.mark.parametrize(
    ("name", "entry", "complaint"),
    [
        ("cues", "{lemma: croak, pos: VERB, stance: sings}", "stance is sings"),
        ("modality", "{lemma: croak, pos: VERB, over: [obj]}", "needs sets or outcome"),
        ("modality", "{lemma: croak, pos: VERB, sets: likely, over: [obj]}", "sets is likely"),
        ("agents", "{lemma: frog, sectors: [CVL], kind: beast}", "kind is beast"),
        ("agents", "{lemma: frog, kind: person}", "sectors is missing"),
        ("titles", "{lemma: frog, sectors: null}", "office is missing"),
        ("qualifiers", "{lemma: X-eaten, relation: eats}", "relation is eats"),
    ],
)
def test_each_kind_checks_its_fields(tmp_path: Path, name: str, entry: str, complaint: str) -> None:
    """Cues, modality, agents, titles and qualifiers each hold to their own closed lists."""
    assert complaint in message(folder(tmp_path, **{name: f"entries:\n  - {entry}\n"}))


def test_a_repeated_entry_is_refused(tmp_path: Path) -> None:
    """The same word twice in one file is one too many."""
    entries = "  - {lemma: loot, pos: VERB, sense: often}\n" * 2
    assert "stands twice" in message(folder(tmp_path, loot=f"type: LOOT\nentries:\n{entries}"))


def test_a_second_spelling_is_the_same_entry(tmp_path: Path) -> None:
    """An entry that a user gives in British and in American spelling counts once."""
    entries = "".join(
        f"  - {{lemma: {lemma}, pos: VERB, sense: often}}\n" for lemma in ("vandalise", "vandalize")
    )
    mixed = load(folder(tmp_path, loot=f"type: LOOT\nentries:\n{entries}"))
    assert list(found(mixed, "vandalize", "VERB", 0)).count("vandalise") == 1


@pytest.mark.parametrize("text", ["- a list\n", "type: [\n"])
def test_an_unreadable_file_is_named(tmp_path: Path, text: str) -> None:
    """A file that is no mapping, or no YAML, is refused by its name."""
    assert "loot.yml" in message(folder(tmp_path, loot=text))


def test_null_sectors_are_those_of_what_is_served(lexicon: Lexicon) -> None:
    """A spokesman has no sectors of his own; a soldier has."""
    agents = {agent.lemma: agent.sectors for agent in lexicon.agents.entries}
    assert agents["spokesman"] is None
    assert agents["soldier"] == ("MIL",)


def test_agents_and_titles_are_matched_like_triggers(lexicon: Lexicon) -> None:
    """The other lists answer the same question: what starts at this word."""
    words, tags = ["foreign", "minister", "Baker"], ["ADJ", "NOUN", "PROPN"]
    assert lexicon.titles.at(words, tags, 0)[0][0].office == "foreign-minister"
    assert lexicon.agents.at(["gunmen"], ["NOUN"], 0) == ()
    assert lexicon.agents.at(["gunman"], ["NOUN"], 0)[0][0].sectors == ("UAF",)
    cue, end = lexicon.cues.at(["according", "to", "AFP"], ["VERB", "ADP", "PROPN"], 0)[0]
    assert (cue.stance, end) == ("asserts", 2)
