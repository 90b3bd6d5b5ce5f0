"""What each database's text index is asked for, and what PostgreSQL's holds."""

from __future__ import annotations

import pytest

from tocsin.records.query import Phrase, Prefix, Words
from tocsin.store import text
from tocsin.store.match import Leaf, fts5, tsquery

ASKED = [
    (Words(("Drone",)), '"drone"', "('drone')"),
    (Words(("drone", "Al-Hadath")), '"drone" AND "al hadath"', "('drone') & ('al' <-> 'hadath')"),
    (Words(("é", "!?", "B")), '"e" AND "b"', "('e') & ('b')"),
    (Phrase(("air", "strikes")), '"air strikes"', "'air' <-> 'strikes'"),
    (Phrase(("U.S.", "forces")), '"u s forces"', "'u' <-> 's' <-> 'forces'"),
    (Phrase(("a", "b"), 3), 'NEAR("a" "b", 3)', "'a' & 'b'"),
    (Phrase(("a", "b", "c"), 1), 'NEAR("a" "b" "c", 2)', "'a' & 'b' & 'c'"),
    (Phrase(("a", "a"), 3), '"a a"', "'a' <-> 'a'"),
    (Phrase(("a",), 3), '"a"', "'a'"),
    (Prefix("Milit"), '"milit" *', "'milit':*"),
    (Prefix("al-had"), '"al had" *', "'al' <-> 'had':*"),
]


@pytest.mark.parametrize(("node", "sqlite", "postgresql"), ASKED)
def test_asked(node: Leaf, sqlite: str, postgresql: str) -> None:
    """Words, phrases and beginnings are asked for in each database's own way."""
    assert (fts5(node), tsquery(node)) == (sqlite, postgresql)


@pytest.mark.parametrize(
    "node", [Words(("!", "😀")), Phrase(("—",)), Phrase(("",), 2), Prefix("*")]
)
def test_nothing_asked(node: Leaf) -> None:
    """Marks alone ask for nothing."""
    assert (fts5(node), tsquery(node)) == ("", "")


@pytest.mark.parametrize("sign", ['"', "'", "*", ":", "(", "&", "|", "!", "\\", "^", "<->", "\0"])
def test_no_sign_is_an_operator(sign: str) -> None:
    """What is an operator to a database only parts words."""
    assert fts5(Words((f"a{sign}b{sign}",))) == '"a b"'
    assert tsquery(Phrase((f"a{sign}b{sign}",))) == "'a' <-> 'b'"
    assert tsquery(Prefix(f"{sign}a")) == "'a':*"


def test_a_vector() -> None:
    """Words stand with their places; between title and text lies more than a phrase can bridge."""
    assert text.tsvector("Guns, guns!", "Fall.") == f"'guns':1,2 'fall':{3 + text.GAP}"
    assert text.tsvector("", " — ") == ""


def test_a_long_vector() -> None:
    """Far words are held without places, too long ones not at all, and no vector is too large."""
    words = ["far"] * 300 + ["x" * 3000, *["near"] * 20_000, "last"]
    vector = text.tsvector(" ".join(words))
    far = ",".join(map(str, range(1, text.OFTEN + 1)))
    assert vector.startswith(f"'far':{far} 'near':302,303,")
    assert vector.endswith(" 'last'")
    assert "xx" not in vector
    many = text.tsvector(" ".join(f"w{number}" for number in range(300_000)))
    assert many.startswith("'w0':1 ")
    assert len(many) < 2_000_000
