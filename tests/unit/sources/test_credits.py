"""Credits: agencies that an outlet names as makers of an article, never those it quotes."""

from __future__ import annotations

import re
import time
from importlib import resources

import pytest

from tocsin.sources.credits import agencies, wire

BODY = (
    "The army took the town of Nyala on Monday after three days of fighting, officials said. "
    "Thousands of people left their homes in the night and walked towards the border, where aid "
    "groups put up tents. The governor said that the road to the airport was open again.\n\n"
)
LONG = BODY * 4


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("AMMAN (Reuters) - Syrian forces killed 23 people.", ("Reuters",)),
        ("Army takes town\n\nAMMAN, Nov 21 (Reuters) - Syrian forces", ("Reuters",)),
        ("(AP) — Syrian forces", ("AP",)),
        ("BEIRUT (AP) — Syrian forces", ("AP",)),
        ("TRIPOLI, Libya (AP/AFP) -- Forces", ("AP", "AFP")),
        ("BEIJING, Nov. 21 (Xinhua) -- China", ("Xinhua",)),
        ("New Delhi [India], November 21 (ANI): The army", ("ANI",)),
        ("Amman, Nov. 21 (Petra) -- His Majesty", ("Petra",)),
        ("Rabat (MAP) - The king", ("MAP",)),
        ("Title\n\nBy Reuters\n\nThe army", ("Reuters",)),
        ("Title\nBy The Associated Press\nThe army", ("AP",)),
        ("Title\n\nBy Associated Press\n\nThe army", ("AP",)),
        ("Title\n\nBY AFP\n\nThe army", ("AFP",)),
        ("By Ann Lee, Associated Press Writer\n\nThe army", ("AP",)),
        ("By Ann Lee and Bo Li | Reuters\n\nThe army", ("Reuters",)),
        ("By ANN LEE The Associated Press\n\nThe army", ("AP",)),
        ("By Reuters Staff\n\nThe army", ("Reuters",)),
        ("Title\n\nReuters\n\nThe army", ("Reuters",)),
        ("Title\n\nReuters in Amman\n\nThe army", ("Reuters",)),
        ("Title\nAFP, Beirut\n\nThe army", ("AFP",)),
        ("Title\n\nReuters | November 21, 2024\n\nThe army", ("Reuters",)),
        ("Xinhua/Li Ming\n\nThe army", ("Xinhua",)),
        ("Source: Anadolu Agency\n\nThe army", ("Anadolu",)),
        ("Title\n\nREUTERS\n\nThe army", ("Reuters",)),
    ],
)
def test_the_head_credits(head: str, expected: tuple[str, ...]) -> None:
    """Datelines, bylines and lines of their own credit the agencies that they name."""
    assert wire(f"{head}\n\n{LONG}", (), None) == expected


@pytest.mark.parametrize(
    ("tail", "expected"),
    [
        ("AFP contributed to this report.", ("AFP",)),
        ("The Associated Press contributed to this article", ("AP",)),
        ("Reuters and AFP contributed to this report.", ("Reuters", "AFP")),
        ("Ann Lee of The Associated Press contributed to this story.", ("AP",)),
        (
            "Associated Press writers Ann Lee in Amman and Bo Li in Rome contributed to this story",
            ("AP",),
        ),
        ("— With AP", ("AP",)),
        ("- With Reuters and AFP", ("Reuters", "AFP")),
        ("(with inputs from PTI)", ("PTI",)),
        ("(With inputs from agencies, PTI and ANI)", ("PTI", "ANI")),
        ("With files from The Canadian Press", ("Canadian Press",)),
        ("Additional reporting by Reuters.", ("Reuters",)),
        ("Additional reporting by Ann Lee, Reuters", ("Reuters",)),
        ("Reporting by AFP; editing by Ann Lee", ("AFP",)),
        ("Reuters", ("Reuters",)),
        ("– Reuters", ("Reuters",)),
        ("— AFP", ("AFP",)),
        ("-- BERNAMA", ("Bernama",)),
        ("--IANS\nabc/def", ("IANS",)),
        ("--IANS abc/def", ("IANS",)),
        ("PTI ABC DEF DEF", ("PTI",)),
        ("AP/Reuters", ("AP", "Reuters")),
        ("Source: Anadolu", ("Anadolu",)),
        ("(Source: WAFA)", ("WAFA",)),
        ("(Petra)", ("Petra",)),
        ("via AP", ("AP",)),
        ("© 2024 AFP", ("AFP",)),
        ("Copyright 2024 The Associated Press. All rights reserved.", ("AP",)),
        ("This article was originally published by Reuters.", ("Reuters",)),
        ("Information from the Associated Press was used in this report.", ("AP",)),
        ("(Avec AFP)", ("AFP",)),
        ("Mit Material von dpa", ("dpa",)),
        ("Con información de EFE", ("EFE",)),
    ],
)
def test_the_end_credits(tail: str, expected: tuple[str, ...]) -> None:
    """Closing lines credit the agencies that they name."""
    assert wire(f"{LONG}{tail}", (), None) == expected


@pytest.mark.parametrize("tail", [" – Reuters", " — AFP", " (AFP)", " (PTI)"])
def test_a_signature_may_close_the_last_sentence(tail: str) -> None:
    """A name after a dash or in brackets at the very end is a credit."""
    assert len(wire(f"{LONG.rstrip()}{tail}", (), None)) == 1


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ("Associated Press", ("AP",)),
        ("By AFP", ("AFP",)),
        ("Reuters Staff", ("Reuters",)),
        ("Ann Lee, Associated Press", ("AP",)),
        ("Ann Lee (Reuters)", ("Reuters",)),
        ("Ann Lee for AFP", ("AFP",)),
        ("Ann Lee The Associated Press", ("AP",)),
        ("AFP/Reuters", ("AFP", "Reuters")),
        ("Xinhua/Li Ming", ("Xinhua",)),
        ("Reuters in Amman", ("Reuters",)),
        ("Ann Lee", ()),
        ("Anna Efe", ()),
        ("Petra Mehr", ()),
        ("Saba", ()),
        ("Ann Lee, author of Reuters Reports", ()),
    ],
)
def test_authors_credit(author: str, expected: tuple[str, ...]) -> None:
    """An agency among the authors is credited, a person who is called like one is not."""
    assert wire(LONG, (author,), None) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "A spokesman told Reuters that the road was open.",
        "Reuters reported that the road was open.",
        "The road was open, according to AFP.",
        "The road was open, a witness told AFP.",
        "“We left at night,” a resident told the Associated Press.",
        "The Associated Press (AP) reported that the road was open.",
        "The agency Agence France-Presse (AFP) - which has an office there - closed it.",
        "A Reuters reporter saw smoke over the town.",
        "Reuters could not verify the report on its own.",
        "Reuters, which has an office in Amman, closed it.",
        "An AFP journalist was hurt, with AFP saying that he was safe.",
        "The Turkish broadcaster has worked with Anadolu for years.",
        "He was quoted by Xinhua as saying so.",
        "The source: Reuters said nothing of it.",
        "AP contributed five million dollars to the campaign.",
        "Photo: AFP",
        "A man walks in the street. [File: Reuters]",
        "Smoke over the town (AP Photo/Ann Lee)",
        "The AP-led group and Anadolu-based teams met.",
        "Read more at reuters.com and Reuters.com/world.",
        "The MAP of the town and the TAP of water were old.",
        "By Monday Reuters had counted 23 dead.",
        "With AFP unable to reach the town, little is known.",
        "She works for\nReuters\nand lives in the town.",
        "The statement was carried by\nReuters.",
    ],
)
def test_a_mention_is_no_credit(sentence: str) -> None:
    """Running text may name an agency at the beginning, in the middle and at the end."""
    assert wire(f"{sentence}\n\n{LONG}", (), None) == ()
    assert wire(f"Army takes town\n\n{sentence} {LONG}", (), None) == ()
    assert wire(f"{LONG}{sentence} {LONG}", (), None) == ()
    assert wire(f"{LONG}{sentence}", (), None) == ()


@pytest.mark.parametrize(
    "outlet", ["Reuters", "reuters.com", "Reuters UK", "Thomson Reuters", "REUTERS", "Reuters News"]
)
def test_the_outlet_itself_is_no_credit(outlet: str) -> None:
    """An agency's own article credits others alone."""
    text = f"AMMAN (Reuters) - {LONG}AFP contributed to this report."
    assert wire(text, ("Reuters Staff",), outlet) == ("AFP",)


def test_another_outlet_credits() -> None:
    """An outlet with an agency's name within its own is another one."""
    assert wire(f"AMMAN (Reuters) - {LONG}", (), "Reuters Daily Tribune") == ("Reuters",)


def test_a_cut_makes_no_line() -> None:
    """A name at the edge of the window stands in its line, not on one of its own."""
    head = "x" * 292 + "\nReuters said that the road was open. " + LONG
    assert wire(head, (), None) == ()
    tail = "told\nReuters" + " y" * 197 + " zz"
    assert wire(f"{LONG}{tail}", (), None) == ()


def test_names_come_once_in_order() -> None:
    """An agency that is credited several times is named once."""
    text = f"AMMAN (AP) — {LONG}Reuters and AP contributed to this report."
    assert wire(text, ("AFP",), None) == ("AFP", "AP", "Reuters")


def test_private_signs_in_a_text_are_no_agencies() -> None:
    """Characters that stand for agencies inside mean nothing in a text."""
    assert wire(f"({chr(0xE000)}) - {LONG}{chr(0xE001)}", (), None) == ()


def test_long_odd_texts_are_quick() -> None:
    """No text makes the patterns try without end."""
    begun = time.process_time()
    for text in ("AP ", "A, ", "(", "By A ", "with AP, ", "\n", "AP/", "Xinhua, "):
        wire(text * 3000 + "(Reuters", (text * 1000,), None)
    assert time.process_time() - begun < 20


def test_agencies_are_known_outlets() -> None:
    """Agencies stand in the list once, and the outlets that they name are there."""
    found = agencies()
    assert len(found) >= 60
    assert len({agency.name for agency in found}) == len(found)
    outlets = (resources.files("tocsin") / "data" / "actors" / "outlets.yml").read_text("utf8")
    named = {agency.actor for agency in found if agency.actor}
    assert len(named) >= 60
    assert named <= set(re.findall(r"(?m)^- id: (\S+)$", outlets))
