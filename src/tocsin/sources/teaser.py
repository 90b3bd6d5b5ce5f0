"""Whether a text is the whole article or only its beginning, shown to make readers pay or click."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from tocsin.base.errors import OntologyError
from tocsin.ontology.form import packaged
from tocsin.ontology.rows import parse

SHORT = 30  # words; the shortest flash that says who did what, where and on whose word has as many
CUT = 120  # words; a longer text that ends in an ellipsis may do so for effect
CLICKED = 250  # words; a longer text may offer another article at its end
CREDIT = 50  # words of the longest line that only says where an article appeared
_TAIL = 400  # characters at the end of a long text in which a wall stands
_WALLED = 1500  # characters of a text that a wall anywhere in it makes a teaser
# Scripts that are written without spaces; two of their letters are about a word.
_SPACELESS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_ELLIPSIS = re.compile(r"(?:\.\s?\.\s?\.|…|\[\s*(?:…|\.{3})\s*\])[\s\"'”’»)\]]*$")
_AFTER = re.compile(r"[\s.…:>»›→&#;\[\]()!]+$")
_STOPS = '.…!?:;»”")]>|-–—。！？؟'
_QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'", "“": '"', "”": '"', "\u00a0": " "})


@dataclass(frozen=True, slots=True)
class _Phrases:
    walls: tuple[str, ...]
    more: tuple[str, ...]
    credits: tuple[str, ...]


def is_teaser(text: str, title: str) -> str | None:
    """Return why a text is only a part of its article, None where it seems whole.

    `text` may begin with the title, as texts of articles do.
    """
    why = signs(text, title)
    count = length(_body(text, title, _phrases()))
    return why or (f"it has only {count} words" if count < SHORT else None)


def signs(text: str, title: str) -> str | None:
    """Return by which words or marks a text shows that it is only a part, None where by none."""
    known = _phrases()
    body = _body(text, title, known)
    if not body:
        return "there is nothing but the title"
    plain = _plain(body)
    where = plain if len(plain) <= _WALLED else plain[-_TAIL:]
    wall = next((phrase for phrase in known.walls if phrase in where), None)
    if wall:
        return f"it says “{wall}”"
    count = length(body)
    if count < CLICKED:
        last = _AFTER.sub("", _plain(body.rpartition("\n")[2]))
        click = next((phrase for phrase in known.more if _closes(last, phrase)), None)
        if click:
            return f"it ends in “{click}”"
    if _ELLIPSIS.search(body) and count < CUT:
        return f"it breaks off after {count} words"
    return None


def length(text: str) -> int:
    """Return how many words a text has; where there are no spaces, half as many as letters."""
    letters = len(_SPACELESS.findall(text))
    return len(_SPACELESS.sub(" ", text).split()) + (letters + 1) // 2


def _closes(last: str, phrase: str) -> bool:
    """Return whether a line ends in a link: words by themselves, not the end of a sentence."""
    if not last.endswith(phrase):
        return False
    before = last.removesuffix(phrase)
    return not before or before.rstrip()[-1] in _STOPS or (" " in phrase and before.endswith(" "))


def _body(text: str, title: str, known: _Phrases) -> str:
    """Return a text without its title and without the lines that feeds add under an article."""
    body = text.strip()
    if title.strip() and body.casefold().startswith(title.strip().casefold()):
        body = body[len(title.strip()) :]
    lines = [line for line in body.split("\n") if line.strip()]
    while (
        lines
        and length(lines[-1]) < CREDIT
        and any(phrase in _plain(lines[-1]) for phrase in known.credits)
    ):
        lines.pop()
    return "\n".join(lines).strip()


def _plain(text: str) -> str:
    return " ".join(text.translate(_QUOTES).casefold().split())


@cache
def _phrases() -> _Phrases:
    value = parse((packaged("sources") / "teasers.yml").read_text(encoding="utf-8"))
    found = {}
    for name in ("walls", "more", "credits"):
        languages = value.get(name) if isinstance(value, dict) else None
        if not isinstance(languages, dict):
            raise OntologyError(f"teasers.yml: {name} should list phrases by language")
        lists = [lst for lst in languages.values() if isinstance(lst, list)]
        found[name] = tuple(_plain(str(phrase)) for phrases in lists for phrase in phrases)
    return _Phrases(**found)
