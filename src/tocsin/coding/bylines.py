"""Where an article names its own makers: bylines, and the agency that heads its first line."""

from __future__ import annotations

import re

# "By the CNN Wire Staff", "By Ann Lee, Associated Press Writer"; a byline on a line of its own.
_BYLINE = re.compile(
    r"^[^\S\n]*+By (?:(?:the )?(?:[A-Z][\w.’'-]*,? (?:and |of |in )?){0,7}"
    r"(?:Staff|Writers?|Correspondents?|Reporters?|Press|Service|Bureau|Desk)\b|[^\n.]{2,80}$)",
    re.MULTILINE,
)
# "AMMAN (Reuters) -", "TRIPOLI, Libya (CNN) --": a place heads the line, or an agency stands there.
_CREDIT = re.compile(
    r"^(?!The )(?:[A-Z][\w.’'-]*,? (?:\d{1,2},? )?){1,5}\([A-Z][\w. /-]{1,30}\) ?(?:--|[-–—])"
    r"|\((?:AFP|AP|CNN|Reuters|UPI|Xinhua|DPA|TASS)\) ?(?:--|[-–—])",
    re.MULTILINE,
)


def find(text: str) -> list[tuple[int, int]]:
    """Return the characters of a text's bylines and agency credits, in order."""
    found = [match.span() for pattern in (_BYLINE, _CREDIT) for match in pattern.finditer(text)]
    return sorted(found)
