"""Who acts on whom, in a row or an edge: what no claim says of two parties no format does."""

from __future__ import annotations

from typing import cast

import pytest
from lxml import etree

from tests.held import Few, a_party, a_report, few, rows, written
from tocsin.export import graph
from tocsin.export.forms import Stock, Wrote
from tocsin.export.gdelt import UNDONE
from tocsin.export.heard import heard
from tocsin.records.claim import Claim, Outcome

REBELS = a_party("Rebels", "REB", "SYR")
ARMY = a_party("the army", "MIL", "SYR")
MARKET = a_party("the market", "BUS", "SYR")
NURSE = a_party("a nurse", "MED", "SYR")


def two_attacks() -> list[Claim]:
    """Return claims of one event: rebels shelled a market; a nurse was killed from the air."""
    return [
        a_report("Rebels shelled the market of Ostry.", "shelled", [REBELS], [MARKET],
                 modes=("heavy-weapons",), killed=2),
        a_report("A nurse was bombed in Ostry.", "bombed", (), [NURSE], modes=("aerial",)),
        a_report("Shells of rebels hit the market in Ostry.", "hit", [REBELS], [MARKET],
                 modes=("heavy-weapons",)),
    ]  # fmt: skip


def test_no_claim_no_pair_in_gdelt() -> None:
    """Each pair has the code and the numbers of its own claims; one alone has an empty side."""
    found = {
        (row["Actor1Name"], row["Actor2Name"]): row for row in rows("gdelt", few(two_attacks()))
    }
    assert set(found) == {("REBELS", "THE MARKET"), ("", "A NURSE")}
    shelled, bombed = found["REBELS", "THE MARKET"], found["", "A NURSE"]
    assert (shelled["EventCode"], shelled["NumMentions"], shelled["NumArticles"]) == (
        "194",
        "2",
        "2",
    )
    assert (bombed["EventCode"], bombed["NumMentions"], bombed["NumSources"]) == ("195", "1", "1")
    assert shelled["SOURCEURL"] != bombed["SOURCEURL"] != ""


def test_no_claim_no_edge() -> None:
    """An edge bears what its own claims say, the number of killed too."""
    claims = two_attacks()
    claims.append(a_report("The army bombed a nurse.", "bombed", [ARMY], [NURSE]))
    stock = cast("Stock", few(claims))
    edges = {
        (edge.bears["actor"], edge.bears["recipient"]): edge.bears
        for edge in graph.edges(stock, heard(stock), Wrote())
    }
    assert set(edges) == {("Rebels", "the market"), ("the army", "a nurse")}
    told = [edges["Rebels", "the market"], edges["the army", "a nurse"]]
    assert [(one["reports"], one["independent"], one["killed"]) for one in told] == [
        (2, 2, 2), (1, 1, None),
    ]  # fmt: skip
    assert [one["modes"] for one in told] == ["heavy-weapons", ""]


def fight() -> list[Claim]:
    """Return a claim of a fight that names two sides and who was killed in it."""
    words = "The army exchanged fire with rebels near Ostry, and two shepherds died."
    shepherds = a_party("two shepherds", "AGR", "SYR")
    return [a_report(words, "exchanged fire", [ARMY, REBELS], [shepherds], killed=2)]


def test_who_fights_in_pairs() -> None:
    """Both sides of a fight are a pair; whoever was hit in it was hit by nobody in particular."""
    found = {(row["Actor1Name"], row["Actor2Name"]) for row in rows("gdelt", few(fight()))}
    assert found == {("THE ARMY", "REBELS"), ("", "TWO SHEPHERDS")}


def test_polecat_has_both_ways() -> None:
    """All who meet, and both sides of a fight, stand in rows of each on the other."""
    talks = a_report(
        "Arvania and Belmark met.", "met", [a_party("Arvania"), a_party("Belmark")], code="CONSULT"
    )
    found = rows("plover", few([talks], fight()), "claims")
    pairs = [(row["Actor Name"], row["Recipient Name"]) for row in found]
    assert pairs == [
        ("Arvania", "Belmark"), ("Belmark", "Arvania"),
        ("the army", "Rebels"), ("Rebels", "the army"), ("", "two shepherds"),
    ]  # fmt: skip
    assert len({row["Event ID"] for row in found}) == len(found)


def test_ids_of_gdelt_rows() -> None:
    """Each row has an id of its own, which stays when a later report adds another row."""
    first, *others = two_attacks()
    before = rows("gdelt", few([first]))
    after = rows("gdelt", few([first, *others]))
    ids = [row["GLOBALEVENTID"] for row in after]
    assert len(set(ids)) == len(ids) == 2
    assert before[0]["GLOBALEVENTID"] in ids


@pytest.mark.parametrize(
    ("mode", "outcome", "code", "scale"),
    [
        ("targeted", None, "186", "-10.0"), ("targeted", "failed", "185", "-8.0"),
        ("targeted", "foiled", "185", "-8.0"), ("abduct", "failed", None, None),
        ("suicide-attack", "foiled", None, None), ("heavy-weapons", "intercepted", "194", "-10.0"),
        ("heavy-weapons", "failed", "194", "-10.0"), ("drone", None, "1952", "-10.0"),
    ],
)  # fmt: skip
def test_what_fell_short_in_gdelt(
    mode: str, outcome: Outcome | None, code: str | None, scale: str | None
) -> None:
    """An attempt at a life has its own code; an attack that never was is left out and counted."""
    claim = a_report("Rebels attacked a nurse.", "attacked", [REBELS], [NURSE], modes=(mode,),
                     outcome=outcome)  # fmt: skip
    found = rows("gdelt", few([claim]))
    assert [(row["EventCode"], row["GoldsteinScale"]) for row in found] == (
        [(code, scale)] if code else []
    )
    assert written("gdelt", few([claim]))[1][UNDONE] == (code is None)


def test_telling_mode() -> None:
    """Of several modes all formats have the same: a drone that its flyer calls a suicide drone."""
    claim = a_report("A suicide drone hit a nurse.", "hit", (), [NURSE],
                     modes=("drone", "suicide-attack"))  # fmt: skip
    stock = few([claim])
    assert rows("plover", stock, "claims")[0]["Event Mode"] == "drone"
    assert rows("gdelt", stock)[0]["EventCode"] == "1952"
    assert rows("acled", stock)[0]["sub_event_type"] == "Air/drone strike"


def test_mutual_edges_in_gexf() -> None:
    """An edge of which neither end acts on the other alone is of GEXF's own kind."""
    body = written("gexf", few(fight(), two_attacks()))[0]
    edges = etree.fromstring(body).findall(".//{*}edge")
    kinds = {edge.get("type") for edge in edges}
    assert len(edges) == 2
    assert kinds == {"mutual", None}


@pytest.mark.parametrize("name", ["plover", "gdelt"])
def test_names_as_they_are(name: str) -> None:
    """Files that are read by columns have names as they stand, quotes and apostrophes in them."""
    claim = a_report("Men of \"the Owl\" shot 'Big' Tam.", "shot", [a_party('Men of "the Owl"')],
                     [a_party("'Big' Tam")])  # fmt: skip
    body = written(name, few([claim]), "claims" if name == "plover" else "events")[0].decode()
    cells = body.lower().splitlines()[1].split("\t")
    assert 'men of "the owl"' in cells
    assert "'big' tam" in cells


def test_formulas_stay_words() -> None:
    """A name that a spreadsheet would calculate has an apostrophe before it in every format."""
    claim = a_report("=1+1 shot Tam.", "shot", [a_party("=1+1")], [a_party("Tam")])
    assert rows("gdelt", few([claim]))[0]["Actor1Name"] == "'=1+1"


def test_nothing_of_nobody() -> None:
    """An event that names nobody is one row of nobody, with all its reports."""
    claims = [a_report("A blast shook Ostry.", "blast"), a_report("Blast in Ostry.", "Blast")]
    (row,) = rows("gdelt", Few(claims, few(claims).found))
    assert (row["Actor1Name"], row["Actor2Name"], row["NumMentions"]) == ("", "", "2")
