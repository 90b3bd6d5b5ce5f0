"""XML and fragments of HTML from strangers, parsed without entities, network or recursion."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any

from tocsin.base.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

# Entities stay as they are written, so that none grows and none is fetched.
_SAFE: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "recover": True,
    "remove_comments": True,
    "remove_pis": True,
}
# Elements whose text nobody is shown.
UNSEEN = frozenset({"script", "style", "noscript", "template", "iframe", "object", "svg"})
_INLINE = frozenset(
    {"a", "abbr", "b", "big", "cite", "code", "em", "font", "i", "ins", "mark", "q", "small"}
    | {"span", "strong", "sub", "sup", "time", "u"}
)
_MARKED = re.compile(r"<[a-zA-Z/!]|&(?:#|[a-zA-Z])")
# A tag so long has no words in it, but its attributes may take the parser for ever.
_LONG = re.compile(r"<[^<>]{4000,}")
_WRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def elements(data: bytes, names: Collection[str], doubts: list[str]) -> Iterator[Any]:
    """Yield the elements of these names, whatever their namespace, and forget each afterwards.

    What is left of broken XML is read as far as it goes, and a doubt added; raises InputError where
    nothing can be. To be run in a process without threads: what lxml reads piece by piece is freed
    by whichever thread collects garbage, and if the thread that read it reads on meanwhile, the
    process may end ("free(): invalid pointer").
    """
    from lxml import etree  # type: ignore[import-untyped]  # noqa: PLC0415

    wanted = tuple(f"{{*}}{name}" for name in names)
    try:
        parser = etree.iterparse(BytesIO(data), events=("end",), tag=wanted, **_SAFE)
        for _, element in parser:
            yield element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
        doubts += _doubts(parser)
    except etree.XMLSyntaxError as error:
        raise InputError(f"no XML ({error.msg}); expected a document of XML") from error


def tree(data: bytes, doubts: list[str] | None = None) -> Any:  # noqa: ANN401 - an element of lxml
    """Return the first element of a document; raise InputError where there is none.

    Where it is broken and only a part of it is there, a doubt is added.
    """
    from lxml import etree  # noqa: PLC0415

    parser = etree.XMLParser(**_SAFE)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputError(f"no XML ({error}); expected a document of XML") from error
    if root is None:
        raise InputError("no element; expected a document of XML")
    if doubts is not None:
        doubts += _doubts(parser)
    return root


def _doubts(parser: Any) -> list[str]:  # noqa: ANN401 - of lxml
    """Return what a parser says of a document that it has read in spite of its faults."""
    if not parser.error_log:
        return []
    why = " ".join(parser.error_log[0].message.split())[:100]
    return [f"it is not well formed ({why}); what could be read was read"]


def shed(text: str) -> str:
    """Return a document without its declarations, so that no entity in it means anything."""
    from lxml import etree  # noqa: PLC0415

    root = tree(text.encode("utf8", "replace"))
    return str(etree.tostring(root, encoding="unicode", with_tail=False))


def local(element: Any) -> str:  # noqa: ANN401 - an element of lxml
    """Return an element's name without its namespace."""
    name = element.tag
    return name.rpartition("}")[2] if isinstance(name, str) else ""


def written(root: Any) -> bytes:  # noqa: ANN401 - an element of lxml
    """Return a document as bytes in UTF-8, indented."""
    from lxml import etree  # noqa: PLC0415

    etree.indent(root)
    data = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return bytes(data)


def element(name: str, parent: Any = None, **attributes: str | None) -> Any:  # noqa: ANN401
    """Return a new element with the attributes that have a value, under a parent if one is given.

    Characters that XML cannot carry become U+FFFD.
    """
    from lxml import etree  # noqa: PLC0415

    given = {k: _WRITABLE.sub("\ufffd", v) for k, v in attributes.items() if v}
    return etree.Element(name, given) if parent is None else etree.SubElement(parent, name, given)


def words(fragment: str) -> str:
    """Return the words of a piece of HTML, or of plain text, one paragraph a line."""
    if not _MARKED.search(fragment):
        return _tidy(fragment)
    from lxml import etree  # noqa: PLC0415

    parser = etree.HTMLParser(encoding="utf8", no_network=True, huge_tree=False)
    try:
        whole = f"<div>{_LONG.sub('<span', fragment)}</div>"
        root = etree.fromstring(whole.encode("utf8", "replace"), parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return _tidy(fragment)
    return _tidy("".join(_pieces(root, etree))) if root is not None else ""


def _pieces(root: Any, etree: Any) -> Iterator[str]:  # noqa: ANN401 - lxml and an element of it
    """Yield the text of a tree in its order, with line ends around what is set apart."""
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, node in walker:
        unseen = not isinstance(node.tag, str) or node.tag in UNSEEN
        if event == "start":
            if unseen:
                walker.skip_subtree()
                continue
            yield "" if node.tag in _INLINE else "\n"
            yield " ".join((node.text or "").split("\n"))
        else:
            yield "" if unseen or node.tag in _INLINE else "\n"
            yield " ".join((node.tail or "").split("\n"))


def _tidy(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)
