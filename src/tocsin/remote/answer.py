"""What is whole of an answer, and how what is wrong with it is told."""

from __future__ import annotations

import json
import re

from tocsin.records.article import Article
from tocsin.records.issue import Issue, Severity
from tocsin.remote.client import BadAnswerError

SHOWN = 80  # characters of something said that a message repeats
# No passage has so many claims: a model that runs on is cut here.
MOST = 500
_DECODER = json.JSONDecoder()
_BETWEEN = re.compile(r"[\s,]*")


def rows(content: str, key: str) -> tuple[list[object], bool]:
    """Return what is whole in the one list of an answer, and whether the list is whole.

    Models that go by no schema put fences or thoughts around it, which are passed over. Thoughts
    come first and may try the answer out, so the last list is the one.
    """
    begins = list(re.finditer(rf'\{{\s*"{key}"\s*:\s*\[', content))
    if not begins:
        raise BadAnswerError(f"no object with a list of {key}: {shown(content)}")
    found: list[object] = []
    at = begins[-1].end()
    while len(found) < MOST:
        gap = _BETWEEN.match(content, at)
        at = gap.end() if gap else at
        if content.startswith("]", at):
            return found, True
        try:
            row, at = _DECODER.raw_decode(content, at)
        except (ValueError, RecursionError):
            break
        found.append(row)
    return found, False


def issue(
    article: Article,
    message: str,
    *,
    code: str = "endpoint-dropped",
    severity: Severity = "note",
    sentence: int | None = None,
) -> Issue:
    """Return a record of what went wrong, the sentence counted from 1."""
    return Issue(
        code=code,
        stage="remote",
        severity=severity,
        file=article.doc,
        article=article.id,
        place=None if sentence is None else f"sentence {sentence}",
        message=message,
    )


def shown(said: object) -> str:
    """Return something said as a message repeats it: short, and harmless to a terminal."""
    text = said if isinstance(said, str) else str(said)
    return repr(text[:SHOWN]) + ("…" if len(text) > SHOWN else "")
