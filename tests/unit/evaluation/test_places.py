"""Measuring places: corpora are read as they are, gold spans resolved, distances counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluation.places import Article, articles, cases, kilometres, main, misses, report

LGL = """<?xml version="1.0" encoding="utf-8"?>
<articles>
  <article docid="1">
    <title>Fair & foul</title>
    <text><![CDATA[Smith & Sons <b>left</b> Baghdad for Tripoli, Lebanon, and Qwxtarvos.]]></text>
    <toponyms count="4">
      <toponym>
        <start>25</start>
        <end>32</end>
        <phrase>Baghdad</phrase>
        <gaztag geonameid="98182">
          <name>Baghdad</name>
          <lat>33.34</lat>
          <lon>44.40</lon>
          <country geonameid="99237">Iraq</country>
          <admin1 geonameid="98180">Baghdad</admin1>
        </gaztag>
      </toponym>
      <toponym>
        <start>33</start>
        <end>40</end>
        <phrase>Tripoli</phrase>
        <gaztag geonameid="2210247">
          <name>Tripoli</name>
          <lat>32.89</lat>
          <lon>13.18</lon>
          <country geonameid="2215636">Libya</country>
        </gaztag>
      </toponym>
      <toponym>
        <start>59</start>
        <end>68</end>
        <phrase>Qwxtarvos</phrase>
      </toponym>
      <toponym>
        <start>0</start>
        <end>5</end>
        <phrase>Nowhere</phrase>
      </toponym>
    </toponyms>
  </article>
</articles>
"""
VIRUS = """<articles>
    <article>
        <source>here</source>
        <text>Cases &amp; deaths rose in Baghdad & Basra.</text>
        <locations>
            <location>
                <name>Baghdad</name>
                <start>23</start>
                <end>30</end>
                <lat>33.34</lat>
                <lon>44.40</lon>
                <altName>Bagdad</altName>
            </location>
        </locations>
    </article>
</articles>
"""


@pytest.fixture
def lgl(tmp_path: Path) -> Path:
    """Return a corpus in the form of LGL."""
    path = tmp_path / "lgl.xml"
    path.write_text(LGL, "utf-8")
    return path


@pytest.fixture
def virus(tmp_path: Path) -> Path:
    """Return a corpus in the form of GeoVirus."""
    path = tmp_path / "virus.xml"
    path.write_text(VIRUS, "utf-8")
    return path


def only(path: Path) -> Article:
    """Return the one article of a corpus."""
    (item,) = articles(path)
    return item


def test_lgl(lgl: Path) -> None:
    """Ids are attributes, countries elements, and the text may hold markup and ampersands."""
    item = only(lgl)
    assert [(t.phrase, t.identity, t.country) for t in item.toponyms] == [
        ("Baghdad", 98182, "IRQ"),
        ("Tripoli", 2210247, "LBY"),
        ("Qwxtarvos", None, None),
    ]
    assert item.toponyms[0].spot == (33.34, 44.40)
    assert item.toponyms[2].spot is None


@pytest.mark.parametrize("name", ["lgl", "virus"])
def test_spans_stand_where_their_words_are(name: str, request: pytest.FixtureRequest) -> None:
    """Offsets that slipped move to their words nearby; a toponym without its words is left out."""
    item = only(request.getfixturevalue(name))
    assert all(item.text[slice(*t.span)] == t.phrase for t in item.toponyms)
    assert "Nowhere" not in {t.phrase for t in item.toponyms}


def test_geovirus(virus: Path) -> None:
    """Its names are called so, it has neither ids nor countries, and entities are read."""
    item = only(virus)
    assert item.text == "Cases & deaths rose in Baghdad & Basra."
    (found,) = item.toponyms
    assert (found.phrase, found.spot) == ("Baghdad", (33.34, 44.40))
    assert (found.identity, found.country) == (None, None)


def test_offsets_slip_only_so_far(tmp_path: Path) -> None:
    """A name that stands only in another part of the text is not the one that was meant."""
    path = tmp_path / "far.xml"
    text = "Cases rose there." + " Nobody knew." * 30 + " Baghdad"
    path.write_text(VIRUS.replace("Cases &amp; deaths rose in Baghdad & Basra.", text), "utf-8")
    assert only(path).toponyms == ()


def test_kilometres() -> None:
    """A degree along the equator is 111 kilometres, and no place lies off itself."""
    assert kilometres((0, 0), (0, 1)) == pytest.approx(111.2, abs=0.1)
    assert kilometres((33.34, 44.40), (33.34, 44.40)) == 0
    assert kilometres((0, 0), (0, 180)) == pytest.approx(20015, abs=1)


def test_cases(lgl: Path) -> None:
    """Gold toponyms of an article are resolved together, and compared in place, id and country."""
    baghdad, tripoli, unknown = cases(articles(lgl))
    assert (baghdad.near, baghdad.exact, baghdad.same_country) == (True, True, True)
    assert tripoli.said.spot is not None
    assert tripoli.said.spot.country == "LBN"
    assert (tripoli.near, tripoli.exact, tripoli.same_country) == (False, False, False)
    assert 1000 < tripoli.off < 3000
    assert unknown.said.spot is None


def test_report(lgl: Path) -> None:
    """Each measure stands with its count, unresolved toponyms apart."""
    lines = dict(line.split("  ", 1) for line in report(list(cases(articles(lgl)))))
    said = {name.strip(): " ".join(value.split()) for name, value in lines.items()}
    assert said["toponyms"] == "3"
    assert said["within 161 km"] == "0.500 1 of 2"
    assert said["exact GeoNames id"] == "0.500 1 of 2"
    assert said["country"] == said["country, of the resolved"] == "0.500 1 of 2"
    assert said["no coordinates, unresolved"] == "1.000 1 of 1"


def test_nothing_to_report() -> None:
    """A share of nothing is not printed as a number."""
    assert [line for line in report([]) if "0." in line] == []


@pytest.mark.parametrize("number", [0, 1, 2, 3, 9])
def test_misses_are_spread(lgl: Path, number: int) -> None:
    """Misses are taken evenly from first to last, no more than there are."""
    found = [case for case in cases(articles(lgl)) if not case.near] * 5
    wrong = [case for case in found if case.gold.spot]
    assert len(misses(found, number)) == min(number, len(wrong))


def test_main(lgl: Path, virus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A table is printed for each file, with misses where asked for."""
    assert main([str(lgl), str(virus), "--errors", "2"]) == 0
    said = capsys.readouterr().out
    assert "lgl.xml: 1 articles" in said
    assert "virus.xml: 1 articles" in said
    assert said.count("seconds") == 2
    (line,) = [line for line in said.splitlines() if line.startswith("  '")]
    assert line.startswith("  'Tripoli': gold 32.89 13.18 LBY, ours Tripoli 34.4")
    assert "(score " in line


def test_absent_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is absent is skipped with a message."""
    assert main([str(tmp_path / "gone.xml")]) == 0
    assert "absent, skipped" in capsys.readouterr().out
