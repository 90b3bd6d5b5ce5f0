"""Counts: which numbers of people a phrase states."""

from __future__ import annotations

import pytest

from tocsin.coding.counts import numerals, parse

EXACT = [
    ("12", 12),
    ("12 farmers", 12),
    ("1,200 marchers", 1200),
    ("1.5 million people", 1_500_000),
    ("3m people", 3_000_000),
    ("two soldiers", 2),
    ("Seventeen sailors", 17),
    ("twenty-five miners", 25),
    ("a hundred and twenty villagers", 120),
    ("two hundred thousand people", 200_000),
    ("one thousand five hundred dockers", 1500),
    ("a dozen", 12),
    ("a dozen gunmen", 12),
    ("two dozen rebels", 24),
    ("half a dozen", 6),
    ("half a million marchers", 500_000),
    ("a quarter of a million people", 250_000),
    ("three quarters of a million", 750_000),
    ("a score of dockers", 20),
    ("eight pupils between 7 and 12 years old", 8),
    ("14-05-2016 five miners", 5),
    ("one and a half million people", 1_500_000),
    ("about 50 miners", 50),
    ("nearly 50", 50),
    ("some 300", 300),
    ("just under 70 people", 70),
    ("an estimated 4,000 strikers", 4000),
    ("a total of 31 people", 31),
    ("another 14 villagers", 14),
    ("14 others", 14),
    ("the three", 3),
    ("his two brothers", 2),
    ("three of them", 3),
    ("one of her bodyguards", 1),
    ("12 of the 30 passengers", 12),
    ("a couple of guards", 2),
    ("both men", 2),
    ("a pair of snipers", 2),
    ("a family of five", 5),
    ("a group of 40 students", 40),
    ("a crowd of 5,000", 5000),
    ("the bodies of 12 men", 12),
    ("a 300-strong crowd", 300),
    ("2,000 dead", 2000),
    ("2000 protesters", 2000),
    ("none", 0),
    ("no one", 0),
    ("nobody", 0),
    ("no casualties", 0),
    ("zero", 0),
]

SINGLE = [
    "a civilian",
    "Civilian",
    "an elderly woman",
    "one man",
    "another worker",
    "another",
    "someone",
    "his son",
    "their daughter",
    "the second fighter",
    "the mayor of the town",
    "the minister's brother",
    "Belmarkian fisherman",
    "a 12-year-old boy",
    "a twelve-year-old boy",
    "a 12-year-old",
    "a boy aged nine",
    "a man, 45",
    "a man, 45, from the coast",
    "a guard at one of the three gates",
    "the commander of two brigades",
]

BOUNDED = [
    ("at least 12", (12, None)),
    ("At least a dozen people", (12, None)),
    ("more than 580", (580, None)),
    ("well over 90 prisoners", (90, None)),
    ("no fewer than six", (6, None)),
    ("upwards of 1,000", (1000, None)),
    ("30 or more", (30, None)),
    ("40+ miners", (40, None)),
    ("at least dozens", (24, None)),
    ("up to 30", (1, 30)),
    ("as many as 400 people", (1, 400)),
    ("fewer than ten", (1, 10)),
    ("no more than five officers", (1, 5)),
    ("between 20 and 30", (20, 30)),
    ("between two and three hundred", (200, 300)),
    ("from 20 to 30 men", (20, 30)),
    ("20 to 30", (20, 30)),
    ("20-30", (20, 30)),
    ("20–30 people", (20, 30)),
    ("two or three masked men", (2, 3)),
    ("20 to 30 thousand people", (20_000, 30_000)),
    ("dozens or even hundreds", (24, 999)),
]

VAGUE = [
    ("dozens", (24, 99)),
    ("dozens of villagers", (24, 99)),
    ("scores", (40, 99)),
    ("hundreds", (200, 999)),
    ("hundreds more", (200, 999)),
    ("thousands", (2000, 9999)),
    ("Thousands of people", (2000, 9999)),
    ("tens of thousands", (20_000, 99_999)),
    ("hundreds of thousands of strikers", (200_000, 999_999)),
    ("millions", (2_000_000, 9_999_999)),
    ("several", (3, 9)),
    ("several people", (3, 9)),
    ("a few officers", (3, 9)),
    ("several hundred", (300, 999)),
    ("a few dozen miners", (36, 99)),
]

TOGETHER = [
    ("two soldiers and a policeman", (3, 3)),
    ("an army officer and four soldiers", (5, 5)),
    ("two brothers and their mother", (3, 3)),
    ("two soldiers, three clerks and a nurse", (6, 6)),
    ("a woman and her two children", (3, 3)),
    ("at least two guards and a driver", (3, None)),
    ("two soldiers and civilians", (2, None)),
    ("a family of four and a passer-by", (5, 5)),
    ("12 people, including two children", (12, 12)),
    ("12 people, seven of them children", (12, 12)),
    ("12 people, most of them dockers", (12, 12)),
    ("12 people in three villages and two towns", (12, 12)),
    ("two guards in the north and a nurse", (3, 3)),
    ("12 dead and 30 wounded", (12, 12)),
    ("a boy, 9, and a girl, 11", (2, 2)),
]

SILENT = [
    "both civilians and soldiers",
    "",
    "civilians",
    "soldiers",
    "the children",
    "his sons",
    "many people",
    "some civilians",
    "the army",
    "a group of protesters",
    "a convoy",
    "soldiers from three countries",
    "members of two parties",
    "2011",
    "the 2003 invasion",
    "12 days",
    "three-day strike",
    "12% of voters",
    "two-thirds of the passengers",
    "$12",
    "the 82nd battalion",
    "Flight 17",
    "Ana Moro",
    "the first of May",
]


@pytest.mark.parametrize(("text", "number"), EXACT)
def test_number_as_stated(text: str, number: int) -> None:
    """A number in words or digits, exact or nearly so, stands as it is stated."""
    assert parse(text) == (number, number)


@pytest.mark.parametrize("text", SINGLE)
def test_one_person(text: str) -> None:
    """A singular noun for a person is one, whatever age or rank is told of them."""
    assert parse(text) == (1, 1)


@pytest.mark.parametrize(("text", "bounds"), BOUNDED)
def test_bounds(text: str, bounds: tuple[int, int | None]) -> None:
    """Bounds and ranges give the lowest and highest number, an open end none."""
    assert parse(text) == bounds


@pytest.mark.parametrize(("text", "bounds"), VAGUE)
def test_vague_plurals(text: str, bounds: tuple[int, int]) -> None:
    """A plural of a number has the bounds of its order of magnitude."""
    assert parse(text) == bounds


@pytest.mark.parametrize(("text", "bounds"), TOGETHER)
def test_coordination(text: str, bounds: tuple[int, int | None]) -> None:
    """Joined people are added up; those told of again or in another state are not."""
    assert parse(text) == bounds


@pytest.mark.parametrize("text", SILENT)
def test_no_number(text: str) -> None:
    """A phrase that states no number of people gives none."""
    assert parse(text) is None


def test_numerals_keeps_other_words() -> None:
    """Spelled numbers become digits and every other word stays."""
    assert numerals("in seventy-two hours or two weeks") == "in 72 hours or 2 weeks"
