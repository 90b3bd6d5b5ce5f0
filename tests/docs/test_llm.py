"""What the page about a second reader shows is what comes of it, over a server of our own."""

from __future__ import annotations

from pathlib import Path

from manual.blocks import play
from manual.pages import DOCS
from tests.endpoint import Asked, Reply, a_role, a_said, a_verdict, claims, serving, verdicts

# The address that the page gives.
ADDRESS = "http://localhost:11434/v1"
SHELLED = a_said(
    "shelled",
    modes=("heavy-weapons",),
    roles=(
        a_role("actor", "Rebels"),
        a_role("recipient", "the town of Tarvos"),
        a_role("place", "the port of Tarvos"),
        a_role("date", "on Monday"),
        a_role("speaker", "the army"),
    ),
)


def answer(asked: Asked) -> Reply:
    """Return what the page's model says: a claim to the reader, a verdict to the adjudicator."""
    if "questions" in asked.data:
        return verdicts(a_verdict(code="THREATEN"))
    return claims(SHELLED)


def test_the_page_shows_what_comes_of_it(tmp_path: Path) -> None:
    """Every command of the page shows what the page says, where the model answers so."""
    text = (DOCS / "llm.md").read_text("utf8")
    with serving(answer) as service:
        played = play(text.replace(ADDRESS, service.url), tmp_path)
    assert len(service.asked) == 2
    assert played.replace(service.url, ADDRESS) == text
