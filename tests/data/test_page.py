"""The style of an explained page: colours that can be told apart from what they stand on."""

from __future__ import annotations

import re
from importlib import resources

import pytest

STYLE = (resources.files("tocsin") / "data" / "page.css").read_text("utf8")
# What WCAG 2.2 AA asks of text and of lines that mean something.
TEXT, LINE = 4.5, 3.0
BLOCKS = re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)
ROLES = (
    "actor", "recipient", "speaker", "cue", "denier", "condition", "deadline",
    "date", "place", "count", "counted", "source", "content",
)  # fmt: skip


def colours(block: str) -> dict[str, str]:
    """Return the colours that a block of the style names."""
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour, as WCAG defines it."""
    parts = (int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("block", BLOCKS, ids=["light", "dark"])
def test_text_can_be_read(block: str) -> None:
    """Text stands out from the page, the cards, and the tint of every role."""
    named = colours(block)
    for ground in ("page", "card"):
        for ink in ("ink", "muted", "link", "accent"):
            assert contrast(named[ink], named[ground]) >= TEXT, (ink, ground)
    assert contrast(named["on-trigger"], named["trigger"]) >= TEXT
    for role in ROLES:
        assert contrast(named["ink"], named[role]) >= TEXT, role


@pytest.mark.parametrize("block", BLOCKS, ids=["light", "dark"])
def test_signs_can_be_read(block: str) -> None:
    """The letter of a role stands out from its tint, and its line from the page."""
    named = colours(block)
    for role in ROLES:
        assert contrast(named[f"{role}-line"], named[role]) >= TEXT, role
        assert contrast(named[f"{role}-line"], named["page"]) >= LINE, role


def test_roles_differ_without_colour() -> None:
    """Within a layer every role has a letter of its own."""
    signs = dict(re.findall(r'^\.(\w+) \{[^}]*--sign: "(\w)"', STYLE, re.MULTILINE))
    assert set(signs) == set(ROLES)
    claims = [signs[role] for role in ROLES if role not in ("source", "content")]
    assert len(set(claims)) == len(claims)
    assert len({signs[role] for role in ("source", "cue", "content")}) == 3


def test_nothing_is_fetched() -> None:
    """The style asks for nothing outside the page."""
    assert not re.search(r"url\(|@import|@font-face|https?:", STYLE)
