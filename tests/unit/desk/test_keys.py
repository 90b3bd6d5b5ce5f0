"""The keyboard: one meaning a key, and somebody who gives it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tocsin.desk.keys import KEYS, SHARED, changed, clashes, keyed, pressed
from tocsin.desk.keys import cookie as keys_cookie
from tocsin.desk.look import Look, cookie, look
from tocsin.desk.render import address, printable, web

SCRIPTS = Path(__file__).parents[3] / "web" / "src"


def test_a_key_does_one_thing() -> None:
    """No key stands twice, and none begins another."""
    presses = [key.press for key in KEYS]
    assert len(presses) == len(set(presses))
    assert not [a for a in presses for b in presses if b.startswith(f"{a} ")]


def test_every_action_is_there() -> None:
    """Scripts say what every action does, and `go` knows where to."""
    scripts = "\n".join(file.read_text("utf8") for file in SCRIPTS.glob("*.ts"))
    told = set(re.findall(r'\bact\("([\w-]+)"', scripts))
    assert {key.does for key in KEYS} - {"go"} <= told
    assert all((key.does == "go") == (key.href is not None) for key in KEYS)


@pytest.mark.parametrize("held", [None, "", "nonsense", "dark", "compact.ru", "light.compact.ar"])
def test_look_survives_its_cookie(held: str | None) -> None:
    """A look reads the same again; what is not known in a cookie is left out."""
    found = look(held)
    assert look(cookie(found)) == found
    assert look("light.compact.ar") == Look("light", "compact", "ar")


@pytest.mark.parametrize(
    ("url", "shown"),
    [("https://a.example/", True), ("http://a.example", True), ("javascript:alert(1)", False),
     (" javascript:alert(1)", False), ("data:text/html,x", False), ("//a.example", False),
     ("", False), (None, False)],
)  # fmt: skip
def test_addresses_that_may_be_followed(url: str | None, shown: bool) -> None:  # noqa: FBT001
    """Only pages of the web are links."""
    assert (web(url) == url) is (shown or url is None)


def test_addresses_of_the_desk() -> None:
    """Searches come whole through an address, empty values not at all."""
    assert address("/events", q='a "b"&c', level=None, after="") == "/events?q=a+%22b%22%26c"


def test_what_a_page_cannot_hold() -> None:
    """Half characters and control characters are one sign each; the length stays."""
    assert printable("a\x00b\ud800c\td\n") == "a\ufffdb\ufffdc\td\n"


@pytest.mark.parametrize(
    ("said", "press"),
    [
        ("x", "x"), (" g  x ", "g x"), ("Ctrl K", "Control+k"), ("ctrl+K", "Control+k"),
        ("esc", "Escape"), ("+", "+"), ("g +", "g +"), ("ж", "ж"), ("1", None), ("abc", None),
        ("", None), ("g x y", None), ("\x00", None), ("<b>", None),
    ],
)  # fmt: skip
def test_keys_that_somebody_names(said: str, press: str | None) -> None:
    """A key is understood however it is written; figures stay for choosing."""
    assert pressed(said) == press


def test_keys_of_ones_own() -> None:
    """Own keys come back from their cookie; those that would meet leave all as it came."""
    mine = changed(KEYS, {"accept": "Q", "events": "g e"})
    assert keyed(keys_cookie(mine)) == mine
    assert keyed(None) == keyed("") == keyed("nonsense&&=") == KEYS
    assert keyed("accept=x") == keyed("accept=g") == keyed("accept=%3Cb%3E") == KEYS
    assert set(clashes(changed(KEYS, {"accept": "x"}))) == {"accept", "reject"}
    assert set(clashes(changed(KEYS, {"accept": "g"}))) >= {"accept", "watch", "events"}


def test_names_of_keys_are_their_own() -> None:
    """No two keys are kept under one name."""
    names = [key.name for key in (*KEYS, *SHARED)]
    assert len(names) == len(set(names))
