"""GEXF 1.2 with time: who acted on whom on which days, for Gephi's timeline.

An edge is there from the first day of its event to the last. One whose day nobody gives is there
always, as GEXF has it; its `first_reported` says when it was heard of.
"""

from __future__ import annotations

from typing import Any, BinaryIO

from lxml import etree  # type: ignore[import-untyped]

from tocsin.export.forms import WRITTEN, Form, Of, Stock, Wrote
from tocsin.export.graph import EDGES, NODES, Cell, clean, edges, nodes
from tocsin.export.heard import heard

SPACE = "http://www.gexf.net/1.2draft"
_KINDS = {"text": "string", "number": "long"}


def write(stock: Stock, _of: Of, out: BinaryIO) -> Wrote:
    """Write nodes first and then edges, one by one."""
    left, said = Wrote(), heard(stock)
    with etree.xmlfile(out, encoding="utf-8") as file:
        file.write_declaration()
        graph = {"defaultedgetype": "directed", "mode": "dynamic", "timeformat": "date"}
        with (
            file.element("gexf", nsmap={None: SPACE}, version="1.2"),
            file.element("graph", **graph),
        ):
            _attributes(file, "node", NODES)
            _attributes(file, "edge", EDGES)
            with file.element("nodes"):
                for node in nodes(stock, said):
                    with file.element("node", id=clean(node.id), label=clean(node.label)):
                        _values(file, node.bears)
            with file.element("edges"):
                for edge in edges(stock, said, left):
                    ends = {"source": clean(edge.source), "target": clean(edge.target)}
                    spell = {n: str(edge.bears[n]) for n in ("start", "end") if edge.bears[n]}
                    if edge.bears["mutual"] == "yes":
                        ends["type"] = "mutual"
                    with file.element("edge", id=edge.id, **ends, **spell):
                        _values(file, edge.bears)
                    left[WRITTEN] += 1
    return left


def _attributes(file: Any, of: str, bears: dict[str, str]) -> None:  # noqa: ANN401 - as above
    with file.element("attributes", **{"class": of, "mode": "static"}):
        for name, kind in bears.items():
            file.write(etree.Element("attribute", id=name, title=name, type=_KINDS[kind]))


def _values(file: Any, bears: dict[str, Cell]) -> None:  # noqa: ANN401 - as above
    with file.element("attvalues"):
        for name, value in bears.items():
            if value is not None:
                file.write(etree.Element("attvalue", {"for": name, "value": clean(value)}))


FORM = Form("gexf", ".gexf", "who acted on whom on which days, for Gephi", ("events",), write)
