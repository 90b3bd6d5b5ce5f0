"""GraphML: who acted on whom, with days, for networkx, igraph, yEd and Gephi."""

from __future__ import annotations

from typing import Any, BinaryIO

from lxml import etree  # type: ignore[import-untyped]

from tocsin.export.forms import WRITTEN, Form, Of, Stock, Wrote
from tocsin.export.graph import EDGES, NODES, Cell, clean, edges, nodes
from tocsin.export.heard import heard

SPACE = "http://graphml.graphdrawing.org/xmlns"
_KINDS = {"text": "string", "number": "long"}


def write(stock: Stock, _of: Of, out: BinaryIO) -> Wrote:
    """Write nodes first and then edges, one by one."""
    left, said = Wrote(), heard(stock)
    with etree.xmlfile(out, encoding="utf-8") as file:
        file.write_declaration()
        with file.element("graphml", nsmap={None: SPACE}):
            for of, bears in (("node", {"label": "text", **NODES}), ("edge", EDGES)):
                for name, kind in bears.items():
                    key = {"id": f"{of}-{name}", "for": of, "attr.name": name}
                    file.write(etree.Element("key", key | {"attr.type": _KINDS[kind]}))
            with file.element("graph", edgedefault="directed", id="events"):
                for node in nodes(stock, said):
                    with file.element("node", id=clean(node.id)):
                        _data(file, "node", {"label": node.label, **node.bears})
                for edge in edges(stock, said, left):
                    ends = {"source": clean(edge.source), "target": clean(edge.target)}
                    with file.element("edge", id=edge.id, **ends):
                        _data(file, "edge", edge.bears)
                    left[WRITTEN] += 1
    return left


def _data(file: Any, of: str, bears: dict[str, Cell]) -> None:  # noqa: ANN401 - lxml has no types
    for name, value in bears.items():
        if value is not None:
            with file.element("data", key=f"{of}-{name}"):
                file.write(clean(value))


FORM = Form("graphml", ".graphml", "who acted on whom, with days, as a graph", ("events",), write)
