"""Comparing: every coder has a column, every measure a row, and each is read by the same rules."""

from __future__ import annotations

import json
import tomllib
from importlib.resources import files
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from evaluation.compare import patterns, people, petrarch
from evaluation.compare.__main__ import main
from evaluation.compare.page import EVERYTHING, System, lines
from evaluation.compare.sides import gap, table
from evaluation.measure import ratio
from tocsin.ontology.crosswalk import load
from tocsin.records.reading import Reading, Sentence

TEXT = "Iran threatened Israel. Rebels fled."
ARTICLE = {"doc": "a_1", "published": "2016-03-04", "text": TEXT}


def a_sentence(start: int, words: str, *heads: int) -> Sentence:
    """Return a sentence of three or fewer words and a stop."""
    forms = tuple(words.split())
    at, offsets = start, []
    for form in forms:
        at = TEXT.index(form, at)
        offsets.append((at, at + len(form)))
    rels = (*("nsubj", "root", "obj", "punct")[: len(forms) - 1], "punct")
    return Sentence(
        start=start, end=at + 1, forms=forms, offsets=tuple(offsets), lemmas=forms,
        upos=("NOUN",) * len(forms), feats=("",) * len(forms), heads=heads, rels=rels,
    )  # fmt: skip


def a_reading() -> Reading:
    """Return the reading of the article."""
    first = a_sentence(0, "Iran threatened Israel .", 1, -1, 1, 1)
    return Reading(article_id="a_1", sentences=(first, a_sentence(24, "Rebels fled .", 1, -1, 1)))


def test_columns_stand_beside_the_first() -> None:
    """Later columns show their difference from the first; a missing value shows a dash."""
    columns = {"lexicon": {"typed F1": 0.5}, "network": {"typed F1": 0.75, "place": 0.25}}
    head, typed, place = table(columns)
    assert head.split() == ["lexicon", "network"]
    assert typed.split()[-3:] == ["0.500", "0.750", "(+0.250)"]
    assert place.split() == ["place", "-", "0.250"]


def test_a_lead_draws_the_same_articles_for_both() -> None:
    """A coder better by the same on every article leads by that, without doubt."""
    one = ratio("F1", [(9, 10), (3, 10), (6, 10)])
    other = ratio("F1", [(7, 10), (1, 10), (4, 10)])
    found = gap(one, other)
    assert found is not None
    assert [round(part, 6) for part in found] == [0.2, 0.2, 0.2]
    assert gap(one, ratio("F1", [(7, 10)])) is None


def test_petrarch_gets_a_sentence_an_element() -> None:
    """Each carries its day, an id that ends in its number, its text and a tree in ten columns."""
    root = ET.fromstring(petrarch.written([(ARTICLE, a_reading())]))  # noqa: S314
    first, second = root.findall("Sentence")
    assert (first.get("date"), first.get("id"), first.get("sentence")) == (
        "20160304", "a_1_0", "True",
    )  # fmt: skip
    assert (second.findtext("Text") or "").strip() == "Rebels fled."
    rows = (first.findtext("Parse") or "").strip().split("\n")
    assert rows[0].split("\t") == ["1", "Iran", "Iran", "NOUN", "_", "_", "2", "nsubj", "_", "_"]
    assert rows[1].split("\t")[6:8] == ["0", "root"]


def test_petrarchs_rows_become_claims() -> None:
    """Codes become types, sides countries and sectors; comments and strays are left out."""
    rows = [
        "20160304\tIRNGOV\tISR\t130\t\ta_1_0\tgold\tIran\tIsrael\tTHREATENED",
        "20160304\tREB\t---\t084\t\ta_1_1;a_1_0\tgold\t---\t---\t---",
        "20160304\tIRN\tISR\t010\t\ta_1_0\tgold\tIran\tIsrael\tSAID",
        "20160304\tIRN\tISR\t130\t\tb_0\tgold",
        "broken",
    ]
    ((said),) = petrarch.claims(rows, [(ARTICLE, a_reading())], load())
    threat, other = said["claims"]
    assert threat["type"] == "THREATEN"
    assert threat["trigger"] == [5, 15, "threatened"]
    assert threat["actors"] == [
        {"span": [0, 4, "Iran"], "name": "Iran", "country": "IRN", "sectors": ["GOV"]}
    ]
    assert threat["recipients"][0]["country"] == "ISR"
    assert other["trigger"] == [24, 36, "Rebels fled."]
    assert (other["actors"][0]["country"], other["actors"][0]["sectors"]) == (None, ["REB"])
    assert other["recipients"] == []


def test_patterns_read_a_tree() -> None:
    """A warning with a speaker: type, both sides, the content as future, the day, the speaker."""
    import spacy  # noqa: PLC0415
    from spacy.tokens import Doc  # noqa: PLC0415

    text = "Iran threatened on Monday to attack Israel , Reuters reported ."
    nlp = spacy.blank("en")
    document = Doc(
        nlp.vocab, words=text.split(), heads=[1, 9, 1, 2, 5, 1, 5, 9, 9, 9, 9],
        deps=["nsubj", "ccomp", "prep", "pobj", "aux", "xcomp", "dobj", "punct", "nsubj", "ROOT",
              "punct"],
        pos=["PROPN", "VERB", "ADP", "PROPN", "PART", "VERB", "PROPN", "PUNCT", "PROPN", "VERB",
             "PUNCT"],
        tags=["NNP", "VBD", "IN", "NNP", "TO", "VB", "NNP", ",", "NNP", "VBD", "."],
        lemmas=["Iran", "threaten", "on", "Monday", "to", "attack", "Israel", ",", "Reuters",
                "report", "."],
        ents=["B-GPE", "O", "O", "B-DATE", "O", "O", "B-GPE", "O", "B-ORG", "O", "O"],
    )  # fmt: skip

    class Ready:
        """A pipeline whose one document is read already."""

        vocab = nlp.vocab

        def __call__(self, _: str) -> object:
            return document

    words = tomllib.loads(patterns.WORDS.read_text("utf8"))
    countries = Path(str(files("tocsin") / "data" / "countries.yml"))
    coder = patterns.Coder(Ready(), words, people.read(words, countries))
    said = coder.code({"doc": "1", "published": "2016-03-04", "text": text})
    threat, attack = said["claims"]
    assert (threat["type"], attack["type"]) == ("THREATEN", "ASSAULT")
    assert [one["country"] for one in threat["actors"]] == ["IRN"]
    assert [one["country"] for one in threat["recipients"]] == ["ISR"]
    assert [one["country"] for one in attack["actors"]] == ["IRN"]
    assert (attack["modality"], attack["content_of"]) == ("future", threat["id"])
    assert threat["date"]["start"] == "2016-02-29"
    assert [one["name"] for one in threat["attribution"]] == ["Reuters"]


def test_a_page_says_who_did_not_run_and_what_a_coder_lacks() -> None:
    """What a coder has no field for is a dash, not a nought; who did not run is named."""
    names = ("claim found F1", "actor country", "modality", "date")
    measures = [ratio(name, [(8, 10), (9, 10)]) for name in names]
    systems = [
        System("ours", "1", measures={"gold": measures}),
        System("theirs", "2", EVERYTHING - {"days"}, measures={"gold": measures}),
    ]
    page = list(lines(systems, {"third": "no checkout"}, "command"))
    assert "| third | **not run** | no checkout |" in page
    (dated,) = [line for line in page if line.startswith("| date |")]
    assert [cell.strip() for cell in dated.strip("|").split("|")][2:] == ["–", "–"]
    (found,) = [line for line in page if line.startswith("| claim found F1 |")]
    assert "+0.000 [+0.00, +0.00]" in found


def test_files_alone_are_scored_for_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Absent files are named and skipped; so is a gold that is not there."""
    gold = tmp_path / "gold.jsonl"
    assert main([str(gold), f"one={gold}"]) == 0
    assert "is absent, skipped" in capsys.readouterr().out
    gold.write_text(json.dumps({"doc": "1", "text": "", "claims": []}) + "\n", "utf8")
    (tmp_path / "score.py").write_text("", "utf8")
    assert main([str(gold), f"one={tmp_path / 'none'}"]) == 0
    assert "one: " in capsys.readouterr().err
