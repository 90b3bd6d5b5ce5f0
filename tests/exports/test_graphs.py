"""Graphs are read by networkx and compared edge by edge."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tests.stocked import NASTY, stocked
from tocsin.export import forms, graph
from tocsin.export.forms import WRITTEN
from tocsin.export.heard import heard


def read(name: str, file: Path) -> nx.MultiDiGraph:
    """Return what networkx makes of a format."""
    with stocked() as stock:
        forms.put(file, lambda out: forms.form(name).write(stock, "events", out))
    reader = nx.read_graphml if name == "graphml" else nx.read_gexf
    found = reader(file)
    return nx.MultiDiGraph(found)


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_edges_in_networkx(name: str, tmp_path: Path) -> None:
    """Every edge has its ends and all that it bears, days among it."""
    with stocked() as stock:
        edges = list(graph.edges(stock, heard(stock), forms.Wrote()))
        nodes = graph.nodes(stock, heard(stock))
    found = read(name, tmp_path / "a.xml")
    assert {node: found.nodes[node]["label"] for node in found} == {
        one.id: graph.clean(one.label) for one in nodes
    }
    held = {edge.id: (edge.source, edge.target, edge.bears) for edge in edges}
    # A mutual edge of GEXF is read as one there and one back.
    back = {
        (edge.id, edge.target, edge.source) for edge in edges
        if edge.bears["mutual"] == "yes" and name == "gexf" and edge.source != edge.target
    }  # fmt: skip
    assert len(held) == len(edges) == found.number_of_edges() - len(back)
    for source, target, key, bears in found.edges(keys=True, data=True):
        name_ = bears.get("id", key)
        told = {k: v if isinstance(v, int) else graph.clean(v) for k, v in held[name_][2].items()
                if v is not None}  # fmt: skip
        assert (source, target) == held[name_][:2] or (name_, source, target) in back
        assert {k: bears.get(k, "") for k in told} == told


def test_time_in_gexf(tmp_path: Path) -> None:
    """A dated edge has the days of its event, an undated one none."""
    file = tmp_path / "a.gexf"
    read("gexf", file)
    root = etree.parse(file).getroot()
    spaces = {"g": "http://www.gexf.net/1.2draft"}
    assert root.find("g:graph", spaces).attrib == {
        "defaultedgetype": "directed", "mode": "dynamic", "timeformat": "date",
    }  # fmt: skip
    with stocked() as stock:
        days = {one.id: (one.start, one.end) for one in stock.events()}
    edges = root.findall(".//g:edge", spaces)
    assert len([edge for edge in edges if "start" in edge.attrib]) > 20
    for edge in edges:
        shown = [date.fromisoformat(edge.get(n)) if n in edge.attrib else None
                 for n in ("start", "end")]  # fmt: skip
        assert tuple(shown) == days[edge.get("id").rpartition("-")[0]]


def test_whoever_is_nobody_is_no_node() -> None:
    """Words such as "he" are no party; unnamed forces of one country and kind are one node."""
    left = forms.Wrote()
    with stocked() as stock:
        nodes = {one.id: one for one in graph.nodes(stock, heard(stock))}
        edges = list(graph.edges(stock, heard(stock), left))
    assert "he" not in {one.label.lower() for one in nodes.values()}
    assert {one.bears["named"] for one in nodes.values()} == {"yes", "no"}
    assert nodes["LBN CVL"].bears["country"] == "LBN"
    assert left[graph.NOBODY] > 0
    assert left[graph.ALONE] > 0
    assert Counter(edge.bears["mutual"] for edge in edges)["yes"] > 0
    assert left[WRITTEN] == 0


@given(st.text())
def test_any_text_is_xml(text: str) -> None:
    """No text breaks a file."""
    element = etree.Element("a", b=graph.clean(text))
    element.text = graph.clean(text)
    assert etree.fromstring(etree.tostring(element)).tag == "a"


def test_nasty_names_are_in_the_graphs(tmp_path: Path) -> None:
    """Marks of XML in a party's name are its words on the edge, where it has a country."""
    found = read("graphml", tmp_path / "a.graphml")
    assert found.number_of_edges() > 0
    assert all(graph.clean(name) for name in NASTY)
