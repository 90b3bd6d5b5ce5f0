"""HTML read strictly: what is opened is closed, in turn."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from tocsin.explain.marks import marks
from tocsin.export import html
from tocsin.records.coded import Coded

VOID = {"input", "meta"}


@dataclass
class Element:
    """An element with its attributes and all the text in it."""

    name: str
    attributes: dict[str, str | None]
    text: str = ""
    inside: list[str] = field(default_factory=list)

    @property
    def classes(self) -> list[str]:
        """The classes of an element."""
        return (self.attributes.get("class") or "").split()


class Page(HTMLParser):
    """A page's elements in order, its text and ids; elements that do not nest are refused."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.text = ""
        self._open: list[Element] = []
        self.feed(source)
        self.close()
        assert self._open == []

    @property
    def ids(self) -> list[str]:
        """The ids of a page, in order."""
        found = (element.attributes.get("id") for element in self.elements)
        return [name for name in found if name is not None]

    def found(self, name: str, class_: str | None = None) -> Iterator[Element]:
        """Yield the elements of a name, those of a class if one is given."""
        for element in self.elements:
            if element.name == name and (class_ is None or class_ in element.classes):
                yield element

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element; an attribute stands once."""
        assert len({key for key, _ in attrs}) == len(attrs)
        element = Element(tag, dict(attrs), inside=[e.name for e in self._open])
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        """Close the element that was opened last."""
        assert self._open.pop().name == tag

    def handle_data(self, data: str) -> None:
        """Keep text for every element around it."""
        self.text += data
        for element in self._open:
            element.text += data


def held(page: Page) -> dict[str, str]:
    """Return the characters that each mark of a page holds, its pieces joined."""
    found: dict[str, str] = defaultdict(str)
    for mark in page.found("mark"):
        if "data-mark" in mark.attributes:
            found[mark.attributes["data-mark"] or ""] += mark.text
    return dict(found)


def whole(coded: Coded) -> Page:
    """Return an article's page, held against what was coded out of it."""
    page = Page(html.page(coded))
    assert "".join(p.text for p in page.found("p", "text")) == coded.article.text
    wanted = {
        f"{mark.role}-{mark.span.start}-{mark.span.end}": mark.span.quote
        for claim in coded.claims
        for mark in marks(claim)
    }
    for told in coded.statements:
        for part in ("source", "cue", "content"):
            if (span := getattr(told, part)) is not None:
                wanted[f"said-{part}-{span.start}-{span.end}"] = span.quote
    assert held(page) == wanted
    assert len(page.ids) == len(set(page.ids))
    links = [a.attributes["href"] or "" for a in page.found("a")]
    assert all(link.startswith("#") for link in links)
    assert {link[1:] for link in links} <= set(page.ids)
    assert not {e.name for e in page.elements} & {"script", "link", "img", "iframe", "base", "form"}
    for element in page.elements:
        for key, value in element.attributes.items():
            assert not key.startswith("on")
            assert key not in ("src", "style", "action")
            assert not re.match(r"(https?:|//|javascript:|data:)", value or "")
    return page
