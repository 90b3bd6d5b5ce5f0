"""Who stands against whom, and what an event is, in the rows of ACLED and UCDP GED."""

from __future__ import annotations

import pytest

from tests.held import a_party, a_report, few, rows, written
from tocsin.export.acled import UNDONE
from tocsin.export.heard import fight
from tocsin.records.claim import Outcome, Participant, PlacePrecision
from tocsin.records.event import Spot

ARMY = a_party("the army", "MIL", "SYR")
REBELS = a_party("rebels", "REB", "SYR")
VILLAGERS = a_party("four villagers", "CVL", "SYR")
HERE = Spot(name="Ostry", claims=(), country="SYR", precision="place")


def a_state(name: str, code: str) -> Participant:
    """Return a state that goes by its name."""
    return a_party(name, "GOV", code, code)


def test_a_fight_is_between_those_who_fight() -> None:
    """Whoever is named as killed in a fight is no side of it, in any of the formats."""
    guards, party = a_party("guards", "MIL", "ISR"), a_party("the Party", "PRM PTY", "LBN")
    stock = few(
        [a_report("Guards clashed with the Party, killing four villagers.", "clashed",
                  [guards, party], [VILLAGERS], killed=4)],
        place=HERE,
    )  # fmt: skip
    (ged,) = rows("ged", stock)
    assert (ged["type_of_violence"], ged["dyad_name"]) == ("1", "guards - the Party")
    assert (ged["deaths_civilians"], ged["deaths_unknown"]) == ("", "4")
    (acled,) = rows("acled", stock)
    assert (acled["event_type"], acled["sub_event_type"]) == ("Battles", "Armed clash")
    assert (acled["actor1"], acled["actor2"]) == ("guards", "the Party")
    assert acled["civilian_targeting"] == ""


def test_who_attack_together_are_no_fight() -> None:
    """Two that kill villagers together are one side, whatever they are."""
    militia = a_party("a militia", "PRM", "LBN")
    stock = few(
        [a_report("The army and a militia killed four villagers.", "killed", [ARMY, militia],
                  [VILLAGERS], killed=4)],
        place=HERE,
    )  # fmt: skip
    (ged,) = rows("ged", stock)
    assert (ged["type_of_violence"], ged["dyad_name"]) == ("3", "the army - four villagers")
    (acled,) = rows("acled", stock)
    assert (acled["sub_event_type"], acled["assoc_actor_1"]) == ("Attack", "a militia")


@pytest.mark.parametrize(
    ("words", "fought"),
    [
        ("exchanged fire", True), ("Heavy clashes", True), ("fighting", True),
        ("se enfrentaron", True), ("combates", True), ("warplanes struck", False),
        ("fighter jets hit", False), ("batería disparó", False), ("killed", False),
    ],
)  # fmt: skip
def test_words_of_a_fight(words: str, fought: bool) -> None:  # noqa: FBT001 - a case of the table
    """Words tell of a fight where they do so by themselves, and not by how they begin."""
    assert fight(a_report(f"{words} there.", words, [ARMY, REBELS], [VILLAGERS])) == fought
    assert not fight(a_report(f"{words} there.", words, [ARMY], [VILLAGERS]))
    assert not fight(a_report(f"{words} there.", words, [ARMY, VILLAGERS], [REBELS]))


def test_camps_of_a_fight() -> None:
    """A state's army and the state itself are one side of a fight."""
    state = a_state("Syria", "SYR")
    claims = [
        a_report("The army clashed with rebels in Ostry.", "clashed", [ARMY, REBELS]),
        a_report("Syria clashed with rebels in Ostry.", "clashed", [state, REBELS]),
    ]
    (row,) = rows("acled", few(claims, place=HERE))
    sides = {row["actor1"], row["assoc_actor_1"]}, {row["actor2"], row["assoc_actor_2"]}
    assert sorted(map(sorted, sides)) == [["", "rebels"], ["Syria", "the army"]]


def test_who_no_claim_names_together_met_nobody() -> None:
    """Two that attack in claims of their own are no clash."""
    claims = [
        a_report("The army launched an offensive.", "offensive", [ARMY], killed=3),
        a_report("Rebels launched an offensive.", "offensive", [REBELS]),
    ]
    stock = few(claims, place=HERE)
    assert rows("acled", stock) == []
    (row,) = rows("ged", stock)
    assert (row["side_a"], row["side_b"], row["type_of_violence"]) == ("the army", "", "")


def test_states_by_their_names() -> None:
    """A state that uses force is armed, and abroad it is another's."""
    claim = a_report("Arland and Bern exchanged fire.", "exchanged fire",
                     [a_state("Arland", "IND"), a_state("Bern", "PAK")])  # fmt: skip
    (row,) = rows("acled", few([claim], place=Spot(name="Ostry", claims=(), country="IND")))
    assert (row["event_type"], row["inter1"], row["inter2"], row["interaction"], row["iso"]) == (
        "Battles", "State forces", "External/Other forces",
        "State forces-External/Other forces", "356",
    )  # fmt: skip


def test_an_official_is_no_force() -> None:
    """Somebody of the government who is attacked is not armed for that."""
    mayor = a_party("the mayor", "GOV", "SYR")
    claim = a_report("Rebels stabbed the mayor.", "stabbed", [REBELS], [mayor])
    assert rows("acled", few([claim], place=HERE)) == []


def test_long_range_fire_that_is_exchanged() -> None:
    """Artillery of both sides is a clash; that of one is shelling."""
    both = a_report("The army and rebels traded shells.", "traded shells", [ARMY, REBELS],
                    modes=("heavy-weapons",))  # fmt: skip
    one = a_report("The army shelled rebels.", "shelled", [ARMY], [REBELS],
                   modes=("heavy-weapons",))  # fmt: skip
    found = [row["sub_event_type"] for row in rows("acled", few([both], [one], place=HERE))]
    assert found == ["Armed clash", "Shelling/artillery/missile attack"]


@pytest.mark.parametrize(
    ("modes", "killed", "kind"),
    [
        (("crowd-control",), None, "Protest with intervention"),
        (("crowd-control", "firearms"), None, ""),
        (("crowd-control", "firearms"), 2, "Excessive force against protesters"),
    ],
)
def test_force_against_protesters(modes: tuple[str, ...], killed: int | None, kind: str) -> None:
    """Force against a crowd is a protest; deaths make it excessive, other arms leave it open."""
    police, crowd = a_party("police", "COP", "SYR"), a_party("marchers", "CVL", "SYR")
    claim = a_report("Police fired at marchers.", "fired", [police], [crowd], modes=modes,
                     killed=killed)  # fmt: skip
    (row,) = rows("acled", few([claim], place=HERE))
    assert (row["event_type"], row["sub_event_type"], row["inter2"], row["interaction"]) == (
        "Protests", kind, "Protesters", "State forces-Protesters",
    )  # fmt: skip
    assert bool(row["civilian_targeting"]) == (killed is not None)
    assert ("Political violence" in row["disorder_type"]) == (killed is not None)


@pytest.mark.parametrize(
    ("modes", "outcome", "killed", "kind"),
    [
        (("heavy-weapons",), "intercepted", None, "Disrupted weapons use"),
        (("explosives",), "foiled", None, "Disrupted weapons use"),
        (("heavy-weapons",), "intercepted", 3, "Shelling/artillery/missile attack"),
        (("abduct",), "failed", None, ""), (("abduct",), "foiled", None, None),
        ((), "failed", None, "Attack"),
    ],
)  # fmt: skip
def test_what_fell_short_in_acled(
    modes: tuple[str, ...], outcome: Outcome, killed: int | None, kind: str | None
) -> None:
    """Weapons that were stopped are disrupted; attempts are violence; what never began is none."""
    claim = a_report("Rebels went for four villagers.", "went", [REBELS], [VILLAGERS],
                     modes=modes, outcome=outcome, killed=killed)  # fmt: skip
    stock = few([claim], place=HERE)
    assert [row["sub_event_type"] for row in rows("acled", stock)] == (
        [] if kind is None else [kind]
    )
    assert written("acled", stock)[1][UNDONE] == (kind is None)


def test_means_of_the_side_that_is_named() -> None:
    """What another did in the same event is not what the first side did."""
    claims = [
        a_report("Rebels shelled four villagers.", "shelled", [REBELS], [VILLAGERS],
                 modes=("heavy-weapons",)),
        a_report("Four villagers were bombed.", "bombed", (), [VILLAGERS], modes=("aerial",)),
    ]  # fmt: skip
    (row,) = rows("acled", few(claims, place=HERE))
    assert row["sub_event_type"] == "Shelling/artillery/missile attack"


def test_the_country_of_the_place_is_no_target() -> None:
    """Of those who are hit the country that it happened in stands last."""
    coalition = a_party("the coalition", "MIL", "USA")
    claim = a_report(
        "The coalition struck Syria, four villagers and rebels.", "struck", [coalition],
        [a_state("Syria", "SYR"), REBELS, VILLAGERS], modes=("aerial",), killed=4,
    )  # fmt: skip
    stock = few([claim], place=HERE)
    assert rows("ged", stock)[0]["dyad_name"] == "the coalition - rebels"
    (row,) = rows("acled", stock)
    assert (row["actor2"], row["assoc_actor_2"]) == ("rebels", "four villagers; Syria")


def test_nobody_is_on_both_sides() -> None:
    """Whoever acts is not whom the act hit, where another is named."""
    claims = [
        a_report("Rebels shot four villagers.", "shot", [REBELS], [VILLAGERS], killed=4),
        a_report("Rebels were shot.", "shot", (), [REBELS]),
    ]
    (row,) = rows("acled", few(claims, place=HERE))
    assert (row["actor1"], row["actor2"], row["assoc_actor_2"]) == (
        "rebels", "four villagers", "",
    )  # fmt: skip


def test_civilians_who_died() -> None:
    """Where one-sided violence hit civilians alone, the dead are civilians."""
    claim = a_report("Rebels killed four villagers.", "killed", [REBELS], [VILLAGERS], killed=4)
    (row,) = rows("ged", few([claim], place=HERE))
    assert (row["type_of_violence"], row["deaths_civilians"], row["deaths_unknown"]) == (
        "3", "4", "",
    )  # fmt: skip


def test_sources_of_ged() -> None:
    """Articles are cited by outlet, day and title."""
    claim = a_report("Rebels killed four villagers, police say.", "killed", [REBELS], [VILLAGERS],
                     killed=4)  # fmt: skip
    (row,) = rows("ged", few([claim]))
    assert row["source_headline"] == "Rebels killed four villagers"
    assert row["source_article"] == "The Teller,2024-06-10,Rebels killed four villagers"


@pytest.mark.parametrize(
    ("name", "geonames", "precision", "codes", "division"),
    [
        ("the north", 408666, "region", ("4", "3"), "North Darfur"),
        ("the east", 1816969, "region", ("4", "2"), "Hebei"),
        ("the north", 99999999, "region", ("5", "3"), ""),
        ("northern Sudan", None, "region", ("5", "3"), ""),
        ("El Fasher", None, "region", ("2", "2"), ""),
        ("Ostry", None, "place", ("1", "1"), ""),
        ("Sudan", None, "country", ("6", "3"), ""),
    ],
)
def test_precision_of_regions(
    name: str,
    geonames: int | None,
    precision: PlacePrecision,
    codes: tuple[str, str],
    division: str,
) -> None:
    """A region is a first-order division, a part of one, near a town, or wide."""
    place = Spot(name=name, claims=(), country="SDN", geonames=geonames, precision=precision)
    claim = a_report("Rebels killed four villagers.", "killed", [REBELS], [VILLAGERS], killed=4)
    stock = few([claim], place=place)
    (one,), (two,) = rows("ged", stock), rows("acled", stock)
    assert (one["where_prec"], two["geo_precision"]) == codes
    assert one["adm_1"] == two["admin1"] == division
