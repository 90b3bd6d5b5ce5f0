"""Outlets: whose minister is "the minister"."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.packaged import a_scene, who
from tests.phrases import a_subject
from tocsin.coding.outlets import home
from tocsin.coding.scene import Scene

ROWS = a_subject("The", "minister")


def told_by(outlet: str | None) -> Scene:
    """Return the scene of an article that an outlet published."""
    scene = a_scene(ROWS)
    article = replace(scene.article, outlet=outlet)
    return Scene(article, scene.reading, scene.lexicon, scene.knowledge, scene.gazetteer)


@pytest.mark.parametrize(
    ("outlet", "country"),
    [
        ("www.teller.co.tt", "TTO"),
        ("https://teller.com.cn/a/b", "CHN"),
        ("teller.co.uk", "GBR"),
        ("teller.io", None),
        ("teller.com", None),
        ("The Guardian", "GBR"),
        ("Reuters", None),
        ("The Unknown Teller", None),
        (None, None),
    ],
)
def test_home(outlet: str | None, country: str | None) -> None:
    """An outlet is at home where its address ends, or where it is known to be; agencies nowhere."""
    assert home(told_by(outlet)) == country


def test_the_minister_is_ours() -> None:
    """An official without a country is of the outlet's where no country leads the article."""
    assert who(told_by("www.teller.co.tt"), "The minister").country == "TTO"
    assert who(told_by(None), "The minister").country is None
