"""Participants: whom a phrase means, from its words, from what came before, from the day."""

from __future__ import annotations

from datetime import date

import pytest

from tests.packaged import a_scene, where, who
from tests.phrases import a_subject, read, seen
from tocsin.coding import participants
from tocsin.coding.syntax import Tree, is_pronoun

SOLDIERS = """
Iraqi     Iraqi     ADJ   2 amod
soldiers  soldier   NOUN  3 nsubj Number=Plur
attacked  attack    VERB  0 root  Tense=Past
Tarvos    Tarvos    PROPN 3 obj   Number=Sing
.         .         PUNCT 3 punct
"""
STRIKES = """
Israeli   israeli   ADJ   2 amod
strikes   strike    NOUN  3 nsubj Number=Plur
hit       hit       VERB  0 root  Tense=Past
the       the       DET   5 det
town      town      NOUN  3 obj   Number=Sing
.         .         PUNCT 3 punct
"""
MINISTER = """
The       the       DET   4 det
Iraqi     iraqi     ADJ   4 amod
prime     prime     ADJ   4 amod
minister  minister  NOUN  5 nsubj Number=Sing
arrived   arrive    VERB  0 root  Tense=Past
.         .         PUNCT 5 punct

He        he        PRON  2 nsubj Number=Sing
met       meet      VERB  0 root  Tense=Past
envoys    envoy     NOUN  2 obj   Number=Plur
.         .         PUNCT 2 punct
"""
FORMER = """
The       the       DET   5 det
former    former    ADJ   5 amod
Iraqi     iraqi     ADJ   5 amod
prime     prime     ADJ   5 amod
minister  minister  NOUN  6 nsubj Number=Sing
spoke     speak     VERB  0 root  Tense=Past
.         .         PUNCT 6 punct
"""
GROUP = """
Hamas     Hamas     PROPN 2 nsubj Number=Sing
attacked  attack    VERB  0 root  Tense=Past
Tarvos    Tarvos    PROPN 2 obj   Number=Sing
.         .         PUNCT 2 punct

The       the       DET   2 det
group     group     NOUN  3 nsubj Number=Sing
withdrew  withdraw  VERB  0 root  Tense=Past
.         .         PUNCT 3 punct
"""
AMERICA = """
The       the       DET   2 det
US        US        PROPN 3 nsubj Number=Sing
told      tell      VERB  0 root  Tense=Past
us        we        PRON  3 iobj  Number=Plur
.         .         PUNCT 3 punct
"""
ACTIVIST = """
Syrian    syrian    ADJ   2 amod
activist  activist  NOUN  5 nsubj Number=Sing
Omar      Omar      PROPN 2 flat  Number=Sing
Dello     Dello     PROPN 3 flat  Number=Sing
spoke     speak     VERB  0 root  Tense=Past
.         .         PUNCT 5 punct

Dello     Dello     PROPN 2 nsubj Number=Sing
left      leave     VERB  0 root  Tense=Past
.         .         PUNCT 2 punct
"""


def test_nationality_alone_is_the_government() -> None:
    """A bare nationality acts for its government."""
    assert seen(read(STRIKES, "Israeli")) == ("ISR", ("GOV",))


def test_nationality_with_soldiers_is_the_military() -> None:
    """A nationality with a noun is that country's body of that kind."""
    assert seen(read(SOLDIERS, "Iraqi soldiers")) == ("IRQ", ("MIL",))


@pytest.mark.parametrize(
    ("noun", "sectors"),
    [
        ("police", ("COP",)),
        ("army", ("MIL",)),
        ("court", ("JUD",)),
        ("parliament", ("LEG",)),
        ("villagers", ("CVL",)),
        ("journalists", ("JRN",)),
        ("refugees", ("REF",)),
    ],
)
def test_noun_gives_the_sector(noun: str, sectors: tuple[str, ...]) -> None:
    """The sector comes from the noun, the country from the nationality."""
    assert seen(read(a_subject("Iraqi", noun), f"Iraqi {noun}")) == ("IRQ", sectors)


def test_office_holder_depends_on_the_day() -> None:
    """A title with a nationality is whoever held that office on the article's day."""
    days = (date(2019, 3, 1), date(2024, 3, 1))
    found = [who(a_scene(MINISTER, day=day), "The Iraqi prime minister") for day in days]
    assert [p.entity for p in found] == ["irq-abdul-mahdi", "irq-sudani"]
    assert {seen(p) for p in found} == {("IRQ", ("GOV",))}
    assert {p.span.quote for p in found} == {"The Iraqi prime minister"}


def test_no_day_names_no_holder() -> None:
    """Without a day a title stays a description of its country's government."""
    found = who(a_scene(MINISTER, day=None), "The Iraqi prime minister")
    assert (found.entity, *seen(found)) == (None, "IRQ", ("GOV",))


def test_name_leaves_out_the_article() -> None:
    """A description is named by its words without "the"; its span keeps them all."""
    found = who(a_scene(MINISTER, day=None), "The Iraqi prime minister")
    assert (found.name, found.span.quote) == ("Iraqi prime minister", "The Iraqi prime minister")


def test_former_holds_no_office() -> None:
    """Somebody former is ELI and not the one in office."""
    found = read(FORMER, "The former Iraqi prime minister")
    assert (found.entity, *seen(found)) == (None, "IRQ", ("ELI",))


def test_pronoun_takes_the_subject_before() -> None:
    """A pronoun is whom the subject before it is, and keeps its own span."""
    scene = a_scene(MINISTER, day=date(2024, 3, 1))
    participants.survey(scene)
    subject = who(scene, "The Iraqi prime minister")
    found = who(scene, "He", sentence=1)
    assert (found.entity, found.name) == (subject.entity, subject.name)
    assert (found.span.quote, found.span.start) == ("He", scene.reading.sentences[1].start)


def test_pronoun_with_nobody_before_it_is_unknown() -> None:
    """A pronoun that nothing precedes stays unknown, with the reason."""
    found = read("He he PRON 2 nsubj\nleft leave VERB 0 root\n. . PUNCT 2 punct", "He")
    assert seen(found) == (None, ())
    assert found.unknown


def test_person_is_no_thing() -> None:
    """A "he" passes over a country, which is no person."""
    rows = AMERICA + "\nHe he PRON 2 nsubj\nleft leave VERB 0 root\n. . PUNCT 2 punct\n"
    scene = a_scene(rows)
    participants.survey(scene)
    assert who(scene, "He", sentence=1).country is None


def test_country_in_capitals_is_no_pronoun() -> None:
    """The word "US" is the United States, "us" is not."""
    scene = a_scene(AMERICA)
    participants.survey(scene)
    assert seen(who(scene, "US")) == ("USA", ("GOV",))
    sentence = scene.reading.sentences[0]
    pronouns = [is_pronoun(Tree(sentence), k) for k in range(len(sentence))]
    assert pronouns == [False, False, False, True, False]


def test_last_name_takes_up_the_full_one() -> None:
    """A surname alone is the person who was named in full before."""
    scene = a_scene(ACTIVIST, people=("Omar Dello", "Dello"))
    participants.survey(scene)
    found = who(scene, "Dello", sentence=1)
    assert seen(found) == ("SYR", ("CVL",))
    assert found.span.quote == "Dello"
    assert found.span.start > scene.reading.sentences[0].end


def test_title_is_no_last_name() -> None:
    """A title in capitals does not take up somebody who bore the same title."""
    rows = MINISTER + "\n" + a_subject("Syrian", "Defence", "Minister").replace("NOUN", "PROPN")
    scene = a_scene(rows, day=date(2024, 3, 1))
    participants.survey(scene)
    who(scene, "The Iraqi prime minister")
    assert who(scene, "Syrian Defence Minister", sentence=2).country == "SYR"


def test_group_takes_up_the_armed_group() -> None:
    """Where it says "the group", that is the armed group that was named last."""
    scene = a_scene(GROUP)
    participants.survey(scene)
    found = who(scene, "The group", sentence=1)
    assert found.entity == "pse-hamas"
    assert found.span.quote == "The group"


def test_group_before_any_name_takes_up_nobody() -> None:
    """Without an armed group named before it "the group" is nobody."""
    found = read(a_subject("The", "group"), "The group")
    assert found.entity is None


def test_members_take_the_sector_of_their_group() -> None:
    """Fighters of an armed group are of its sector and country."""
    rows = a_subject("Hamas", "fighters", tag="PROPN").replace("amod", "compound")
    found, group = read(rows, "Hamas fighters"), read(GROUP, "Hamas")
    assert seen(found) == seen(group)
    assert found.sectors


@pytest.mark.parametrize(
    ("body", "sectors"),
    [("army", ("MIL",)), ("police", ("COP",)), ("government", ("GOV",)), ("rebel", ("REB",))],
)
def test_spokesman_takes_the_sector_of_his_body(body: str, sectors: tuple[str, ...]) -> None:
    """A spokesman is of the sector of the body he speaks for."""
    rows = a_subject("Iraqi", body, "spokesman", tag="NOUN").replace("amod", "compound")
    assert seen(read(rows, f"Iraqi {body} spokesman")) == ("IRQ", sectors)


@pytest.mark.parametrize("noun", ["town", "district", "border", "province", "territory"])
def test_ground_has_no_sector(noun: str) -> None:
    """Ground is nobody's sector; its nationality stays, and without one it is unknown."""
    assert seen(read(a_subject("The", "Iraqi", noun), f"The Iraqi {noun}")) == ("IRQ", ())
    bare = read(a_subject("The", noun), f"The {noun}")
    assert seen(bare) == (None, ())
    assert bare.unknown


def test_unknown_says_why() -> None:
    """What no name, noun or nationality settles stays unknown, with the reason."""
    found = read(a_subject("The", "glimmer"), "The glimmer")
    assert (found.entity, *seen(found)) == (None, None, ())
    assert found.unknown


@pytest.mark.parametrize(
    ("words", "sectors"), [(("Israelis",), ("CVL",)), (("Two", "Israelis"), ("CVL",))]
)
def test_people_of_a_country_are_civilians(
    words: tuple[str, ...], sectors: tuple[str, ...]
) -> None:
    """The word for a people in the plural means civilians, not the government."""
    rows = (
        a_subject(*words, tag="NUM")
        .replace("amod", "nummod")
        .replace("Israelis Israeli", "Israelis Israelis")
    )
    assert seen(read(rows, " ".join(words))) == ("ISR", sectors)


def test_place_settles_local_people() -> None:
    """Villagers are of the country where the claim takes place; a ministry needs more than that."""
    assert seen(read(a_subject("The", "villagers"), "The villagers", place="MLI"))[0] == "MLI"
    assert read(a_subject("The", "villagers"), "The villagers").country is None


def test_focus_settles_what_the_phrase_leaves_open() -> None:
    """Soldiers without a nationality are of the country that the article is about."""
    rows = SOLDIERS + "\n" + a_subject("The", "soldiers")
    scene = a_scene(rows)
    participants.survey(scene)
    assert seen(who(scene, "The soldiers", sentence=1)) == ("IRQ", ("MIL",))


def test_whom_a_government_accuses_is_not_its_own_country() -> None:
    """The only country that an article names is no home of whoever stands against it."""
    rows = """
The         the         DET   2 det
government  government  NOUN  3 nsubj
{form}      {lemma}     VERB  0 root
Rwanda      Rwanda      PROPN 3 {rel}
"""
    accused = a_scene(rows.format(form="accused", lemma="accuse", rel="obj"))
    assert who(accused, "The government").country is None
    left = a_scene(rows.format(form="left", lemma="leave", rel="obl"))
    assert who(left, "The government").country == "RWA"


def test_where_a_report_comes_from_is_no_party_to_it() -> None:
    """The police of a dateline's country stand behind it as its subject does."""
    rows = """
NIAMEY  Niamey  PROPN 4 nsubj
-       -       PUNCT 1 punct
Police  police  NOUN  4 nsubj
fled    flee    VERB  0 root
"""
    assert who(a_scene(rows), "Police", place="NER").country == "NER"


def test_two_countries_settle_nothing() -> None:
    """Where an article names two countries alike, soldiers of neither stay without one, and why."""
    rows = "\n\n".join([SOLDIERS, STRIKES, a_subject("The", "soldiers")])
    scene = a_scene(rows)
    participants.survey(scene)
    found = who(scene, "The soldiers", sentence=2)
    assert seen(found) == (None, ("MIL",))
    assert found.unknown


def test_edges_are_tidied() -> None:
    """Prepositions, marks and case endings at the edges of a phrase are no part of it."""
    rows = """
by by ADP 2 case
Iraq Iraq PROPN 5 nmod:poss Number=Sing
's 's PART 2 case
army army NOUN 6 nsubj Number=Sing
, , PUNCT 4 punct
left leave VERB 0 root
"""
    scene = a_scene(rows)
    tree = scene.trees[0]
    assert participants.tidy(tree, 0, 3) == (1, 2)
    assert participants.tidy(tree, 0, 5) == (1, 4)
    assert participants.tidy(tree, 3, 4) == (3, 4)
    assert who(scene, "by Iraq 's army ,").span.quote == "Iraq 's army"


def test_possessor_gives_the_country() -> None:
    """A body belongs to the country whose name stands before it."""
    rows = """
Iraq Iraq PROPN 3 nmod:poss Number=Sing
's 's PART 1 case
army army NOUN 4 nsubj Number=Sing
left leave VERB 0 root
"""
    assert seen(read(rows, "Iraq 's army")) == ("IRQ", ("MIL",))


def test_backer_is_no_owner() -> None:
    """Militias that a country backs are not of that country by that word alone."""
    rows = """
Iran Iran PROPN 3 compound Number=Sing
- - PUNCT 3 punct
backed back VERB 4 amod
militias militia NOUN 5 nsubj Number=Plur
left leave VERB 0 root

Iraqi iraqi ADJ 2 amod
soldiers soldier NOUN 3 nsubj Number=Plur
left leave VERB 0 root

Iraq Iraq PROPN 2 nsubj
agreed agree VERB 0 root
"""
    scene = a_scene(rows)
    assert where(scene.reading.sentences[0], "militias") == (3, 4)
    found = who(scene, "Iran - backed militias")
    assert seen(found) == ("IRQ", ("PRM",))


def test_joint_keeps_each_once() -> None:
    """Participants stand in text order, an entity once however often it is named."""
    scene = a_scene(GROUP)
    participants.survey(scene)
    first, again = who(scene, "Hamas"), who(scene, "The group", sentence=1)
    town = who(scene, "Tarvos")
    assert participants.joint([town, again, first]) == (first, town)


def test_sectors_follow_the_day() -> None:
    """An office holder is ELI once the office is over, and a party leader in office acts as GOV."""
    actor = a_scene(MINISTER).knowledge.actors["irq-abdul-mahdi"]
    in_office, later = (
        a_scene(MINISTER, day=date(2019, 3, 1)),
        a_scene(MINISTER, day=date(2024, 3, 1)),
    )
    assert participants.sectors_of(in_office, actor) == ("GOV",)
    assert participants.sectors_of(later, actor) == ("ELI",)
