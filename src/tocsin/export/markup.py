"""HTML built out of elements, in which every character of text is escaped."""

from __future__ import annotations

from html import escape

# Elements that have no end tag.
VOID = frozenset({"input", "meta"})
# A page can hold neither half characters nor control characters other than white space.
UNPRINTABLE = dict.fromkeys(
    {*range(0x09), 0x0B, *range(0x0E, 0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000)}, "\ufffd"
)


class Markup(str):
    """Characters that are HTML already; those of any other string are text."""

    __slots__ = ()


def text(words: str) -> Markup:
    """Return text as HTML, as long as it was: what cannot be printed is one sign each."""
    return Markup(escape(words.translate(UNPRINTABLE)))


def element(name: str, /, *body: str, **attributes: str | int | None) -> Markup:
    """Return an element; text in its body is escaped, attributes without a value are left out.

    A name that Python keeps for itself ends in `_`; other underscores stand for hyphens.
    """
    start = opened(name, **attributes)
    return start if name in VOID else Markup(f"{start}{inside(*body)}</{name}>")


def opened(name: str, /, **attributes: str | int | None) -> Markup:
    """Return the start tag of an element."""
    held = (
        f' {key.rstrip("_").replace("_", "-")}="{text(str(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Markup(f"<{name}{''.join(held)}>")


def inside(*body: str) -> Markup:
    """Return parts in one piece, text escaped and HTML as it is."""
    return Markup("".join(part if isinstance(part, Markup) else text(part) for part in body))
