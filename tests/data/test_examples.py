"""The example articles as data: well formed, true to their plan, and safe to show."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
import yaml

from tocsin.ontology.load import load

Row = Mapping[str, Any]  # one entry of the plan

FOLDER = Path(__file__).parents[2] / "examples"
PATHS = sorted((FOLDER / "articles").glob("*.json"))
ARTICLES = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in PATHS}
WORLD = yaml.safe_load((FOLDER / "world.yml").read_text(encoding="utf-8"))
BAD = yaml.safe_load((FOLDER / "bad.yml").read_text(encoding="utf-8"))
PLAN = {row["id"]: row for row in WORLD["articles"]}
EVENTS = {row["id"]: row for row in WORLD["events"]}
THREATS = {row["id"]: row for row in WORLD["threats"]}
OUTLETS = {row["name"]: row for row in WORLD["outlets"]}
COPIES = {row["id"]: row["copy_of"] for row in WORLD["articles"] if "copy_of" in row}
NEEDED = {"doc", "title", "outlet", "published", "language", "demo", "text"}
ALLOWED = NEEDED | {"url", "authors"}
LEAST_ARTICLES = 46
WORDS = range(120, 351)
COPIED = 0.3  # least share of a copy's three-word runs that its parent has
UNRELATED = 0.2  # above the boilerplate that a series of bulletins shares
STEP = {"withdraws", "corrects", "updates"}
OUTLET_TYPES = {"agency", "ngo", "party", "private", "state"}
LEVELS = {"single origin", "relayed", "independent", "disputed", "retracted"}


def runs(doc: str) -> set[tuple[str, ...]]:
    """Every three words in a row of an article."""
    words = re.findall(r"\w+", ARTICLES[doc]["text"].lower())
    return set(zip(words, words[1:], words[2:], strict=False))


RUNS = {doc: runs(doc) for doc in ARTICLES}


def share(copy: str, parent: str) -> float:
    """The share of one article's three-word runs that another has."""
    return len(RUNS[copy] & RUNS[parent]) / len(RUNS[copy])


def lineage(doc: str) -> str:
    """The article that a text goes back to."""
    return str(COPIES.get(doc, doc))


def quoted(row: Row) -> bool:
    """Whether the words a row of the plan quotes stand in the article it names."""
    return str(row["quote"]) in ARTICLES[str(row["article"])]["text"]


def moment(doc: str) -> str:
    """When an article was published, as text that sorts by time."""
    return f"{PLAN[doc]['published']} {PLAN[doc]['time']}"


def test_enough_articles() -> None:
    """There are at least 46 articles."""
    assert len(ARTICLES) >= LEAST_ARTICLES


@pytest.mark.parametrize("doc", ARTICLES)
def test_article_is_well_formed(doc: str) -> None:
    """An article has the agreed keys, its file's name, its title on top and a fair length."""
    article = ARTICLES[doc]
    assert set(article) >= NEEDED
    assert set(article) <= ALLOWED
    assert article["doc"] == doc
    assert article["text"].split("\n\n")[0] == article["title"]
    assert len(article["text"].split()) in WORDS
    assert article["demo"] is True
    assert article["language"] == "en"


@pytest.mark.parametrize("doc", ARTICLES)
def test_text_is_clean(doc: str) -> None:
    """Paragraphs are separated by one blank line, without stray spaces or curly quotes."""
    text = ARTICLES[doc]["text"]
    assert not re.search(r"\n\n\n|(?<!\n)\n(?!\n)|  | \n|\n |[\u2018-\u201f]", text)
    assert text == text.strip()
    assert text.count('"') % 2 == 0


@pytest.mark.parametrize("doc", ARTICLES)
def test_outlet_and_address_are_made_up(doc: str) -> None:
    """The outlet is declared, and the address is on its reserved domain."""
    outlet = OUTLETS[ARTICLES[doc]["outlet"]]
    assert outlet["domain"].endswith(".example")
    assert ARTICLES[doc]["url"].startswith(f"https://{outlet['domain']}/")


def test_ids_are_unique() -> None:
    """No id stands twice in a list of the plan."""
    for part in ("articles", "events", "threats", "figures"):
        assert [i for i, n in Counter(row["id"] for row in WORLD[part]).items() if n > 1] == []


def test_plan_and_files_agree() -> None:
    """The plan lists exactly the articles there are, with their outlets and days."""
    assert set(PLAN) == set(ARTICLES)
    for doc, row in PLAN.items():
        assert row["outlet"] == ARTICLES[doc]["outlet"]
        assert isinstance(row["published"], date)
        assert row["published"].isoformat() == ARTICLES[doc]["published"]
        assert re.fullmatch(r"([01]\d|2[0-3]):[0-5]\dZ", row["time"])


def test_every_outlet_publishes() -> None:
    """Every declared outlet has a known type and an article."""
    assert {row["type"] for row in OUTLETS.values()} <= OUTLET_TYPES
    assert {row["outlet"] for row in PLAN.values()} == set(OUTLETS)


@pytest.mark.parametrize(("copy", "parent"), COPIES.items())
def test_copies_share_text(copy: str, parent: str) -> None:
    """A planned copy is later than its parent, shares its words and credits its agency."""
    assert share(copy, parent) > COPIED
    assert moment(copy) > moment(parent)
    assert PLAN[parent]["outlet"] in ARTICLES[copy]["text"]


def test_nothing_else_is_a_copy() -> None:
    """Two articles without a common parent share few runs of words."""
    for one, other in permutations(ARTICLES, 2):
        if lineage(one) != lineage(other):
            assert share(one, other) < UNRELATED, (one, other)


@pytest.mark.parametrize("row", WORLD["relays"], ids=lambda row: row["article"])
def test_relays_stand_in_the_text(row: Row) -> None:
    """A relay's words are in its article, and it is later than what it relays."""
    assert quoted(row)
    assert row["event"] in EVENTS
    if "of" in row:
        assert moment(row["article"]) > moment(row["of"])


@pytest.mark.parametrize("row", WORLD["revisions"], ids=lambda row: row["article"])
def test_revisions_stand_in_the_text(row: Row) -> None:
    """An update, correction or withdrawal is later than the article it revises."""
    assert quoted(row)
    assert row["kind"] in STEP
    assert moment(row["article"]) > moment(row["of"])


@pytest.mark.parametrize("event", EVENTS.values(), ids=list(EVENTS))
def test_event_is_coded_in_the_ontology(event: Row) -> None:
    """An event has a type and modes that the ontology knows."""
    kinds = load()
    assert event["type"] in kinds
    assert set(event.get("modes", [])) <= {str(mode) for mode in kinds[event["type"]].modes}


@pytest.mark.parametrize("event", EVENTS.values(), ids=list(EVENTS))
def test_event_counts_add_up(event: Row) -> None:
    """Origins are the informants, copies are reports of a reported parent, all articles exist."""
    reports, recaps = event["reports"], event.get("recaps", [])
    assert set(reports) | set(recaps) <= set(ARTICLES)
    assert set(reports).isdisjoint(recaps)
    assert event["origins"] == len(event["informants"])
    assert event["copies"] == sum(COPIES.get(doc) in reports for doc in reports)


@pytest.mark.parametrize("event", EVENTS.values(), ids=list(EVENTS))
def test_event_level_follows(event: Row) -> None:
    """Without dispute the level follows from the origins and the outlets."""
    assert event["level"] in LEVELS
    outlets = {PLAN[doc]["outlet"] for doc in event["reports"]}
    if event["level"] in {"single origin", "relayed"}:
        assert event["origins"] == 1
        assert (event["level"] == "relayed") == (len(outlets) > 1)


@pytest.mark.parametrize("event", EVENTS.values(), ids=list(EVENTS))
def test_event_is_not_after_its_reports(event: Row) -> None:
    """An event starts on or before the day of its first report."""
    day = event["day"]
    start = day[0] if isinstance(day, list) else day
    first = min(PLAN[doc]["published"] for doc in event["reports"])
    assert start is None or start <= first


@pytest.mark.parametrize("event", EVENTS.values(), ids=list(EVENTS))
def test_event_evidence_stands_in_the_text(event: Row) -> None:
    """Tolls, denials and disputes quote articles that report the event or look back at it."""
    for part in ("tolls", "denials", "disputes"):
        for row in event.get(part, []):
            assert quoted(row), row
            assert row["article"] in [*event["reports"], *event.get("recaps", [])]


def test_all_types_occur() -> None:
    """The sixteen types are all in the plan."""
    assert {event["type"] for event in EVENTS.values()} == set(load())


@pytest.mark.parametrize("row", [v for f in WORLD["figures"] for v in f["values"]], ids=str)
def test_figures_stand_in_the_text(row: Row) -> None:
    """A figure quotes its article."""
    assert quoted(row)


@pytest.mark.parametrize("threat", THREATS.values(), ids=list(THREATS))
def test_threat_stands_in_the_text(threat: Row) -> None:
    """A threat's articles exist, and its condition and deadline are quoted from them."""
    assert set(threat["articles"]) | set(threat["evidence"]) <= set(ARTICLES)
    texts = [ARTICLES[doc]["text"] for doc in threat["articles"]]
    quotes = [threat["deadline_quote"]] if "deadline_quote" in threat else []
    if isinstance(threat["condition"], dict):
        quotes.append(threat["condition"]["quote"])
    for quote in quotes:
        assert any(quote in text for text in texts), quote


@pytest.mark.parametrize("threat", THREATS.values(), ids=list(THREATS))
def test_threat_dates_are_in_order(threat: Row) -> None:
    """A threat is issued before its deadline and before anyone reports it."""
    first = min(PLAN[doc]["published"] for doc in threat["articles"])
    assert threat["issued"] <= first
    if threat["deadline"]:
        assert threat["issued"] < threat["deadline"]


def test_outcomes_differ() -> None:
    """Deadlines pass in every way: met, met late, moved, ignored, undecided."""
    ends = {
        (row["outcome"]["target"], row["outcome"]["issuer"], row["outcome"]["timing"])
        for row in THREATS.values()
        if row["deadline"]
    }
    assert ends == {
        ("complied fully", "withdrew", "before"),
        ("complied fully", "lesser form", "after"),
        ("not", "extended", "after"),
        ("not", "not carried out", "after"),
        ("not", "cannot tell", "after"),
    }


@pytest.mark.parametrize("row", WORLD["traps"], ids=lambda row: row["article"])
def test_traps_stand_in_the_text(row: Row) -> None:
    """A trap quotes its article."""
    assert quoted(row)


def test_calendar_follows_the_deadlines() -> None:
    """What a calendar day has due in seven days, and what has passed, is what the ledger says."""
    for row in WORLD["calendar"]:
        dated = {
            name: (threat["deadline"] - row["day"]).days
            for name, threat in THREATS.items()
            if threat["deadline"] and threat["issued"] <= row["day"]
        }
        assert row["due"] == sorted(name for name, days in dated.items() if 0 <= days <= 7)
        gone = sorted([*row["passed"], *row["moved"], *row["closed"]])
        assert gone == sorted(name for name, days in dated.items() if days < 0)


def test_signals_point_at_the_plan() -> None:
    """A signal is about an event, a threat or a place of the plan."""
    for row in WORLD["signals"]:
        if row["kind"] != "surge":
            assert row["about"] in EVENTS or row["about"] in THREATS


def test_surge_is_one() -> None:
    """The last week of the surge has twice the mean of the four weeks before it."""
    surge = next(row for row in WORLD["signals"] if row["kind"] == "surge")
    *before, last = [len(week["events"]) for week in surge["weeks"]]
    assert sum(before) / len(before) >= 1
    assert last >= 2 * sum(before) / len(before)
    for week in surge["weeks"]:
        for name in week["events"]:
            day = EVENTS[name]["day"]
            start = day[0] if isinstance(day, list) else day
            assert 0 <= (week["ends"] - start).days <= 6, name


def test_invented_people_occur() -> None:
    """Every invented person and group is named in an article or signs one."""
    everything = json.dumps(list(ARTICLES.values()), ensure_ascii=False)
    names = [*WORLD["invented"]["people"], *WORLD["invented"]["groups"]]
    assert [name for name in names if name not in everything] == []


def test_bad_files_are_described() -> None:
    """Every bad file is in the table of expectations and in the README, and no other."""
    files = {path.name for path in (FOLDER / "bad").iterdir() if not path.name.startswith(".")}
    readme = (FOLDER / "README.md").read_text("utf-8")
    table = re.findall(r"^\| `([\w.]+)` \|", readme, re.MULTILINE)
    assert set(BAD) == files
    assert set(table) - {"bad.yml", "world.yml"} == files


def test_bad_files_are_bad() -> None:
    """The files that must fail to parse do, and the others are what their names say."""
    folder = FOLDER / "bad"
    for name in ("latin1.txt", "junk.txt"):
        with pytest.raises(UnicodeDecodeError):
            (folder / name).read_text("utf-8")
    for name in ("truncated.json", "empty.json"):
        with pytest.raises(json.JSONDecodeError):
            json.loads((folder / name).read_text("utf-8"))
    for name in ("nul.txt", "utf16.txt"):
        assert b"\0" in (folder / name).read_bytes()
    assert "\u202e" in (folder / "override.json").read_text("utf-8")
    assert (folder / "empty.json").stat().st_size == 0


def test_duplicate_is_one() -> None:
    """The duplicate has the bytes of an article."""
    data = (FOLDER / "bad" / "duplicate.json").read_bytes()
    assert data in [path.read_bytes() for path in PATHS]
