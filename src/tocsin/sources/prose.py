"""Plain text and Markdown: where the title is, and what is mark-up."""

from __future__ import annotations

import re
from collections.abc import Mapping

import yaml

from tocsin.base.errors import InputError

_LONGEST = 200  # characters of a first line that can be a title
# A stop after a longer word ends a sentence; after a shorter one it may be an abbreviation.
_STOP = re.compile(r"\w{5,}[.!?]\s")
_FRONT = re.compile(
    r"\A---[ \t]*\n(.{0,20000}?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)
_LINE_END = re.compile(r"\r\n?")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
# In order: what a pattern matches becomes what stands beside it. None of them looks further than a
# line or the next mark of its kind, so that no text takes long.
_MARKUP = (
    (re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL), ""),
    (re.compile(r"^[ \t]*(?:```|~~~).*\n?", re.MULTILINE), ""),
    (re.compile(r"^[ \t]{0,3}#{1,6}[ \t]+", re.MULTILINE), ""),
    (re.compile(r"^[ \t]{0,3}(?:={2,}|-{3,}|\*{3,}|_{3,})[ \t]*(?:\n|\Z)", re.MULTILINE), ""),
    (re.compile(r"^[ \t]{0,3}(?:>[ \t]?)+", re.MULTILINE), ""),
    (re.compile(r"^([ \t]*)[-*+][ \t]+(?=\S)", re.MULTILINE), r"\1"),
    (re.compile(r"^\[[^\]\n]{1,200}\]:[ \t]+\S.*\n?", re.MULTILINE), ""),
    (re.compile(r"!?\[([^\[\]\n]{0,1000})\](?:\([^()\n]{0,2000}\)|\[[^\]\n]{0,200}\])"), r"\1"),
    (re.compile(r"<(https?://[^<>\s]{1,2000})>"), r"\1"),
    (re.compile(r"(\*\*|__)(?=\S)([^*_\n]{1,1000}?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=\S)([^*\n]{1,1000}?)(?<=\S)\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<![\w_])_(?=\S)([^_\n]{1,1000}?)(?<=\S)_(?![\w_])"), r"\1"),
    (re.compile(r"`([^`\n]{1,1000})`"), r"\1"),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!>-])"), r"\1"),
)


def clean(text: str) -> tuple[str, int]:
    """Return the text with spaces for control characters, and how many there were."""
    return _CONTROL.subn(" ", _LINE_END.sub("\n", text))


def headline(text: str) -> str:
    """Return the first line where it reads like a title: short, and no sentence; else nothing."""
    first = text.strip().partition("\n")[0].strip()
    if len(first) > _LONGEST or first.endswith((".", ",", ";", ":")) or _STOP.search(first):
        return ""
    return first


def plain(text: str) -> dict[str, object]:
    """Return the fields of an article in plain text."""
    return {"text": text, "title": headline(text)}


def markdown(text: str) -> dict[str, object]:
    """Return the fields of an article in Markdown, front matter first among them.

    Raises InputError when the front matter is not YAML with keys.
    """
    match = _FRONT.match(text)
    fields = _front(match[1]) if match else {}
    body = _bare(text[match.end() :] if match else text).strip()
    given = fields.get("title")
    title = given if isinstance(given, str) and given else headline(body)
    if title and not body.startswith(title):
        body = f"{title}\n\n{body}".rstrip()
    return {**fields, "text": body, "title": title}


def _front(block: str) -> dict[str, object]:
    try:
        # The base loader makes strings of everything, so a day stays as it was written.
        found = yaml.load(block, Loader=yaml.BaseLoader)  # noqa: S506
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise InputError(f"front matter is not YAML ({type(error).__name__})") from error
    if not isinstance(found, Mapping):
        raise InputError(f"front matter is {type(found).__name__}; expected `key: value` lines")
    return {str(key): value for key, value in found.items()}


def _bare(text: str) -> str:
    for pattern, instead in _MARKUP:
        text = pattern.sub(instead, text)
    return text
