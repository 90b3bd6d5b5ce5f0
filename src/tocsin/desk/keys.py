"""The keyboard: every key the desk knows, in one table.

The help sheet shows it and `web/src/keys.ts` reads it there, so that neither can say otherwise. A
key's `does` names what happens: `go` follows `href`, others name an action that a script registers
with `act`. Two keys one after the other are written with a space. Keys count outside of fields.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

# Where a key counts, as the sheet groups them.
Scope = Literal["everywhere", "lists", "evidence", "review"]


class Key(NamedTuple):
    """A key or two: what it does, and the text that says so (`keys.NAME`)."""

    press: str
    does: str
    name: str
    scope: Scope = "everywhere"
    href: str | None = None


KEYS: tuple[Key, ...] = (
    Key("/", "search", "search"),
    Key("Control+k", "palette", "palette"),
    Key("?", "help", "help"),
    Key("Escape", "back", "back"),
    Key("g w", "go", "watch", href="/watch"),
    Key("g i", "go", "events", href="/events"),
    Key("g t", "go", "threats", href="/threats"),
    Key("g c", "go", "claims", href="/claims"),
    Key("g a", "go", "articles", href="/articles"),
    Key("g m", "go", "map", href="/map"),
    Key("g n", "go", "network", href="/network"),
    Key("g s", "go", "sources", href="/sources"),
    Key("g r", "go", "review", href="/review"),
    Key("v", "compact", "compact"),
    Key("j", "next", "next", "lists"),
    Key("k", "previous", "previous", "lists"),
    Key("Enter", "open", "open", "lists"),
    Key("]", "span-next", "span-next", "evidence"),
    Key("[", "span-previous", "span-previous", "evidence"),
    Key("e", "evidence", "evidence", "evidence"),
    Key("o", "source", "source", "evidence"),
    Key("y", "cite", "cite", "evidence"),
    Key("a", "accept", "accept", "review"),
    Key("x", "reject", "reject", "review"),
    Key("u", "unsure", "unsure", "review"),
    Key("c", "correct", "correct", "review"),
    Key("m", "merge", "merge", "review"),
    Key("p", "split", "split", "review"),
    Key("z", "undo", "undo", "review"),
    Key("Z", "redo", "redo", "review"),
    Key(".", "repeat", "repeat", "review"),
)
