"""Web pages: the visible article, its title, day, outlet and authors.

Trafilatura takes half a second to import, so it is imported when the first page comes.
"""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Protocol

from tocsin.base.errors import InputError
from tocsin.sources.xml import UNSEEN

if TYPE_CHECKING:
    from collections.abc import Iterator

_CHARSET = re.compile(
    rb"""(?:charset|<\?xml[^>]{0,100}encoding)\s*=\s*["']?\s*([\w-]{2,40})""", re.IGNORECASE
)
# Days in them are of other articles, or of the page's last tidying.
_AROUND = frozenset({"footer", "nav"})
_UNSEEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|font-size\s*:\s*0+(?:px|em|%|\s|;|$)"
    r"|(?:left|top|right|text-indent)\s*:\s*-\d{3,}|clip\s*:\s*rect\(\s*[01]",
    re.IGNORECASE,
)
# Rules of one class or id alone: what depends on where or when it applies is left to the browser.
_SIMPLE = re.compile(r"[a-z0-9]*([.#][\w-]+)", re.IGNORECASE)
_REMARK = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
# A page of more elements, or more of them in one place, is no article and takes long to search.
_MOST, _MOST_TOGETHER = 50_000, 5_000
_SENTENCE = 8  # words in a row that no menu and no form has


class _Node(Protocol):
    """What this module needs of an element of a page."""

    tag: object
    text: str | None

    def __len__(self) -> int: ...
    def get(self, key: str) -> str | None: ...
    def iter(self) -> Iterator[_Node]: ...
    def getparent(self) -> _Node | None: ...
    def drop_tree(self) -> None: ...


def declared(data: bytes) -> str | None:
    """Return the encoding that a page says it is in."""
    match = _CHARSET.search(data[:4096])
    return match[1].decode("ascii", "replace") if match else None


def page(source: str) -> dict[str, object]:
    """Return the fields of the article that a page shows; raise InputError if it shows none."""
    for name in ("trafilatura", "htmldate", "courlan", "justext"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        fields, body = _extract(source)
    except InputError:
        raise
    except Exception as error:  # whatever a stranger's page does to the parsers, the run goes on
        raise InputError(f"the page cannot be read ({type(error).__name__})") from error
    title = str(fields["title"] or "")
    paragraphs = [line.strip() for line in body.split("\n") if line.strip()]
    while paragraphs and paragraphs[0].casefold() == title.casefold():
        paragraphs.pop(0)
    if not any(len(paragraph.split()) >= _SENTENCE for paragraph in paragraphs):
        raise InputError("no article found: the page shows no running text")
    whole = [title, *paragraphs] if title else paragraphs
    return {**fields, "title": title, "text": "\n\n".join(whole)}


def _extract(source: str) -> tuple[dict[str, object], str]:
    """Return what the page says about its article, and the article's lines."""
    from trafilatura import bare_extraction, extract_metadata  # noqa: PLC0415
    from trafilatura.utils import load_html  # noqa: PLC0415

    tree = load_html(source)
    if tree is None:
        raise InputError("the page is empty")
    _bound(tree)
    _drop(tree, _hidden(tree))
    _drop(tree, [node for node in tree.iter() if node.tag in _AROUND])
    about = extract_metadata(tree, date_config={"original_date": True, "extensive_search": False})
    _drop(tree, [node for node in tree.iter() if node.tag in UNSEEN])
    found = bare_extraction(tree, include_comments=False, include_tables=False)
    fields: dict[str, object] = {
        "title": about.title,
        "outlet": about.sitename,
        "published": about.date,
        "url": about.url,
        "authors": [name.strip() for name in (about.author or "").split(";") if name.strip()],
    }
    return fields, str(getattr(found, "text", None) or "")


def _bound(tree: _Node) -> None:
    """Refuse a page that is tangled beyond what any article needs."""
    sizes = [len(node) for node in tree.iter()]
    if len(sizes) > _MOST or max(sizes) > _MOST_TOGETHER:
        raise InputError(f"the page has {len(sizes):,} elements, too many for an article")


def _hidden(tree: _Node) -> list[_Node]:
    """Return the elements that a browser would not show."""
    nodes = [node for node in tree.iter() if isinstance(node.tag, str)]
    names = {name for node in nodes if node.tag == "style" for name in _unseen(node.text or "")}
    kept = ("html", "body", "head", "meta")
    return [node for node in nodes if node.tag not in kept and _shut(node, names)]


def _unseen(sheet: str) -> set[str]:
    """Return the classes (.x) and ids (#x) that a style sheet hides whatever the window."""
    hidden = [
        part.strip() for names, style in _rules(sheet) if _UNSEEN.search(style)
        for part in names.split(",")
    ]  # fmt: skip
    return {match[1] for part in hidden if (match := _SIMPLE.fullmatch(part))}


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Yield the selectors and the style of each rule that stands in no `@` block."""
    pieces = re.split(r"([{}])", _REMARK.sub("", sheet))
    depth, names = 0, ""
    for part, brace in zip(pieces[::2], pieces[1::2], strict=False):
        if brace == "{":
            names = part.rpartition(";")[2].strip() if depth == 0 else names
            depth += 1
            continue
        if depth == 1 and not names.startswith("@"):
            yield names, part
        depth = max(0, depth - 1)


def _shut(node: _Node, names: set[str]) -> bool:
    if node.get("hidden") is not None or node.get("aria-hidden") == "true":
        return True
    mine = {f".{name}" for name in (node.get("class") or "").split()} | {f"#{node.get('id')}"}
    return bool(mine & names) or bool(_UNSEEN.search(node.get("style") or ""))


def _drop(tree: _Node, nodes: list[_Node]) -> None:
    for node in nodes:
        if node is not tree and node.getparent() is not None:
            node.drop_tree()
