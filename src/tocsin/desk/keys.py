"""The keyboard: every key the desk knows, in one table.

The help sheet shows it and `web/src/keys.ts` reads it there, so that neither can say otherwise. A
key's `does` names what happens: `go` follows `href`, others name an action that a script registers
with `act`. Two keys one after the other are written with a space. Keys count outside of fields.
Readers may have keys of their own, which a cookie keeps by the keys' names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple
from urllib.parse import parse_qsl, urlencode

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
    Key("g l", "go", "signals", href="/signals"),
    Key("g d", "go", "series", href="/series"),
    Key("g f", "go", "forecasts", href="/forecasts"),
    Key("g b", "go", "scores", href="/scores"),
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
    Key("w", "follow", "follow", "evidence"),
    Key("a", "accept", "accept", "review"),
    Key("x", "reject", "reject", "review"),
    Key("u", "unsure", "unsure", "review"),
    Key("c", "correct", "correct", "review"),
    Key("m", "merge", "merge", "review"),
    Key("p", "split", "split", "review"),
    Key("d", "dispute", "dispute", "review"),
    Key("n", "note", "note", "review"),
    Key("l", "label", "label", "review"),
    Key("z", "undo", "undo", "review"),
    Key("Z", "redo", "redo", "review"),
    Key(".", "repeat", "repeat", "review"),
)
# Where several people share the desk.
SHARED: tuple[Key, ...] = (Key("g u", "go", "account", href="/account"),)

COOKIE = "tocsin_keys"
# One key, two one after the other, or one with Control or Alt; figures choose in review.
_PRESS = re.compile(r"(?:Control\+|Alt\+)[a-z]|[^\s\d](?: \S)?|Enter|Escape|Backspace|Tab")
_WITH = re.compile(r"(ctrl|control|strg|alt)\s*[+ ]\s*(\w)", re.IGNORECASE)
_SAID = {"ctrl": "Control", "control": "Control", "strg": "Control", "alt": "Alt"}
_LONG = {"enter": "Enter", "return": "Enter", "esc": "Escape", "escape": "Escape",
         "backspace": "Backspace", "tab": "Tab"}  # fmt: skip


def pressed(words: str) -> str | None:
    """Return a key or two as the table writes them, however they are put; None for what is none."""
    held = _WITH.fullmatch(words.strip())
    if held is not None:
        found = f"{_SAID[held[1].lower()]}+{held[2].lower()}"
    else:
        found = " ".join(_LONG.get(part.lower(), part) for part in words.split())
    return found if found.isprintable() and _PRESS.fullmatch(found) else None


def changed(keys: Iterable[Key], own: Mapping[str, str]) -> tuple[Key, ...]:
    """Return keys with those that somebody chose, by the keys' names."""
    return tuple(key._replace(press=own.get(key.name, key.press)) for key in keys)


def clashes(keys: Iterable[Key]) -> dict[str, str]:
    """Return the names of keys that cannot be told apart, each with another's that it meets.

    Those are equal, or one begins the other.
    """
    held = list(keys)
    return {
        one.name: other.name
        for one in held
        for other in held
        if one is not other
        and (
            one.press == other.press
            or f"{one.press} ".startswith(f"{other.press} ")
            or f"{other.press} ".startswith(f"{one.press} ")
        )
    }  # fmt: skip


def keyed(cookie: str | None, keys: tuple[Key, ...] = KEYS) -> tuple[Key, ...]:
    """Return keys as a cookie has them; as they come where it makes no sense or they would meet."""
    said = {name: pressed(press) for name, press in parse_qsl(cookie or "", max_num_fields=200)}
    own = {name: press for name, press in said.items() if press is not None}
    made = changed(keys, own)
    return keys if clashes(made) else made


def cookie(keys: Iterable[Key]) -> str:
    """Return what keeps keys that are not as they come."""
    plain = {key.name: key.press for key in (*KEYS, *SHARED)}
    return urlencode({key.name: key.press for key in keys if plain.get(key.name) != key.press})
