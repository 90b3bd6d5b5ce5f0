"""The language of searches: what each form means, what is refused and where, and one way back."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.base.errors import QueryError
from tocsin.records.query import (
    FIELDS,
    All,
    Any,
    Days,
    Field,
    Node,
    Not,
    Phrase,
    Prefix,
    Query,
    Words,
)
from tocsin.store.syntax import DEEPEST, MOST, parse, render

TODAY = date(2024, 3, 31)
MANUAL = Path(__file__).parents[3] / "docs" / "search.md"


def read(text: str) -> Node:
    """Return the search that a text asks for on the day of the tests."""
    return parse(text, today=TODAY)


def words(*given: str) -> Words:
    """Return a bag of words."""
    return Words(given)


def one(name: str, *values: str) -> Field:
    """Return a field that holds one of some values."""
    return Field(name, "in", values)


def days(start: date | None, end: date | None, name: str = "date") -> Field:
    """Return a field of days."""
    return Field(name, "within", Days(start, end))


A, B, C = words("a1"), words("b1"), words("c1")


def test_a_sentence() -> None:
    """A search of many parts is one tree, its parts in order."""
    text = (
        "type:THREATEN actor:ISR recipient:IRQ said_by:Al-Hadath before:2024-12-01 "
        '"air strikes" -drill'
    )
    assert read(text) == All(
        (
            one("type", "THREATEN"),
            one("actor", "ISR"),
            one("recipient", "IRQ"),
            one("said_by", "Al-Hadath"),
            days(None, date(2024, 11, 30)),
            Phrase(("air", "strikes")),
            Not(words("drill")),
        )
    )
    assert render(read(text)) == text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", All()),
        ("  \n", All()),
        ("a1", A),
        ("a1 b1", words("a1", "b1")),
        ("a1 AND b1", words("a1", "b1")),
        ("a1 (b1 (a1))", words("a1", "b1")),
        ("a1 type:AID b1", All((words("a1", "b1"), one("type", "AID")))),
        ("a1 OR b1", Any((A, B))),
        ("a1 OR (b1 OR a1)", Any((A, B))),
        ("a1 b1 OR c1", Any((words("a1", "b1"), C))),
        ("a1 (b1 OR c1)", All((A, Any((B, C))))),
        ("or and not", words("or", "and", "not")),
        ("-a1 NOT b1", All((Not(A), Not(B)))),
        ("-(a1 b1)", Not(words("a1", "b1"))),
        ("--a1", A),
        ("NOT -a1", A),
        ("-type:AID", Not(one("type", "AID"))),
        ("Al-Hadath U.S. didn't 10:30", words("Al-Hadath", "U.S.", "didn't", "10:30")),
        ("milit*", Prefix("milit")),
        ('"air  strikes"', Phrase(("air", "strikes"))),
        ("“air strikes”", Phrase(("air", "strikes"))),
        ('"air strikes"~3', Phrase(("air", "strikes"), 3)),
        ('"air strikes"~0', Phrase(("air", "strikes"))),
        (r'"say \"no\" c:\\"', Phrase(("say", '"no"', "c:\\"))),
        ('"OR" "type:x" "-a"', All((Phrase(("OR",)), Phrase(("type:x",)), Phrase(("-a",))))),
        ("قوات القوات", words("قوات", "القوات")),
    ],
)
def test_words_and_signs(text: str, found: Node) -> None:
    """Words stand side by side for both, `OR` binds less, doubles and idle brackets go."""
    assert read(text) == found


@pytest.mark.parametrize(
    ("text", "at", "message"),
    [
        ("type:THREATEN actr:ISR", 14, "at 14: `actr:` is no field; did you mean `actor:`?"),
        ("said-by:x", 0, "did you mean `said_by:`?"),
        ("https://a.org", 0, "`https:` is no field"),
        ("zz:1", 0, "The fields are type, mode, "),
        ("a1 type:", 8, "no value right behind `:`"),
        ("type: AID", 5, "no value right behind `:`"),
        ("type:AID, actor:ISR", 9, "no value right behind `,`"),
        ("type:(AID OR REJECT)", 5, "several values go as in `type:one,two`"),
        ("a1 (b1", 3, "this bracket is not closed"),
        ("a1)", 2, "a closing bracket that none opens"),
        ("a1 ()", 4, "`)`; expected a word, a quotation, a field or a bracket"),
        ("a1 OR", 5, "the end; expected a word"),
        ("OR a1", 0, "`OR`; expected a word"),
        ("a1 OR AND b1", 6, "`AND`; expected a word"),
        ("a1 - b1", 3, "nothing right behind `-`"),
        ("a1 & b1", 3, "holds no letter or digit"),
        ("a*", 0, "2 characters or more before `*`"),
        ("mi*lit", 2, "`*` stands once, at the end of a word"),
        ('a1 "b1', 3, "this quotation mark has no second one"),
        ('a1 "" b1', 3, "quotes without a word"),
        ('"a1 b1"~x', 7, "stand behind quotes"),
        ("word~2", 0, "stand behind quotes"),
        ('"a1 b1"~101', 7, "at most 100 words between"),
        ("(" * (DEEPEST + 1) + "a1" + ")" * (DEEPEST + 1), DEEPEST + 1, "within one another"),
        ("-" * 5000 + "a1", DEEPEST + 1, "within one another"),
        (" ".join(f"w{n}" for n in range(MOST + 1)), 0, f"a search has at most {MOST}"),
    ],
)
def test_what_is_refused(text: str, at: int, message: str) -> None:
    """An error gives the place, what is there and what was expected."""
    with pytest.raises(QueryError, match=re.escape(message)) as caught:
        read(text)
    assert caught.value.at == at
    assert str(caught.value).startswith(f"at {at}: ")


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("a1 AND (b1 OR NOT c1)", "a1 (b1 OR -c1)"),
        ("(a1 b1) OR c1", "a1 b1 OR c1"),
        ("NOT (a1 b1)", "-(a1 b1)"),
        ("date:..2024-11", "before:2024-12-01"),
        ("reported:2024-11..", "reported_after:2024-10-31"),
        ("on:yesterday", "date:2024-03-30"),
        ("since:2d", "since:2024-03-29"),
        ("killed:5..9", "killed:>=5 killed:<=9"),
        ("confidence:>0.50", "confidence:>0.5"),
        ("dyad:ISR~IRQ", "dyad:IRQ~ISR"),
        ("“air strikes”~2", '"air strikes"~2'),
        ("said_by:“Al Hadath”", 'said_by:"Al Hadath"'),
    ],
)
def test_one_form(text: str, canonical: str) -> None:
    """A search has one form, whichever way it was written."""
    assert render(read(text)) == canonical
    assert read(canonical) == read(text)


def test_empty_parts_cannot_be_written() -> None:
    """A tree that no text says is refused, not written as something else."""
    for node in (Not(All()), Any(()), All((A, Any(())))):
        with pytest.raises(QueryError, match="expected parts"):
            render(node)


def test_words_that_look_like_signs() -> None:
    """Words that would be read as something else are written in quotes."""
    node = words("OR", "type:x", "-a1", "b1*")
    assert render(node) == '"OR" "type:x" "-a1" "b1*"'


DAY = st.sampled_from(["2024-11-21", "2024-02", "1999", "today", "yesterday"])
AGO = st.sampled_from(["7d", "2w", "3m"])
NAME = st.sampled_from(["ISR", "isr-katz", '"Al Hadath"', "“x-y”", r'"a\"b,c"', "قوات", "a:b", "é"])
SIDE = st.sampled_from(["ISR", '"isr-katz"', '"Al Hadath"', "“x~y”", r'"a\"b,c"', "قوات"])
WORD = st.sampled_from(["strike", "U.S.", "Al-Hadath", "or", "a~b", "10:30", "'x", "ß", "x,y"])


def _fields() -> st.SearchStrategy[str]:
    coded = sorted(name for name, form in FIELDS.items() if form.kind in {"name", "code"})
    chosen = [f"{n}:{v}" for n, form in FIELDS.items() for v in form.choices]
    limited = sorted(name for name, form in FIELDS.items() if form.kind in {"after", "before"})
    return st.one_of(
        st.builds("{}:{}".format, st.sampled_from(coded), NAME),
        st.builds("{}:{},{}".format, st.sampled_from(coded), NAME, NAME),
        st.sampled_from(chosen),
        st.builds("{}:{}".format, st.sampled_from([*limited, "since", "on"]), DAY | AGO),
        st.builds("{}:{},{}".format, st.sampled_from(["date", "reported", "on"]), DAY, DAY),
        st.builds("date:{}{}".format, st.sampled_from(["..", ">", "<", ">=", "<="]), DAY | AGO),
        st.builds("dyad:{}{}{}".format, SIDE, st.sampled_from("-~"), SIDE),
        st.builds(
            "confidence:{}{}".format,
            st.sampled_from(["<", ">=", ".."]),
            st.floats(0, 1).map("{:.4f}".format),
        ),
        st.builds("killed:{}{},7..8".format, st.sampled_from(["", ">"]), st.integers(0, 10**9 - 1)),
        st.sampled_from(["deadline:yes", "denied:no"]),
    )


LEAVES = st.one_of(
    WORD,
    _fields(),
    st.sampled_from(["milit*", '"air strikes"', '"a b"~3', "“NOT x”", r'"a\\ \" -("']),
)
SEARCHES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=4).map(" ".join),
        st.lists(inner, min_size=1, max_size=3).map(" OR ".join),
        inner.map("({})".format),
        inner.map("-({})".format),
        inner.map("NOT {}".format),
    ),
    max_leaves=12,
)
NOISE = st.lists(LEAVES | st.sampled_from(list('()-~*:,"“”\\. ')) | st.text(max_size=5)).map(
    "".join
)


def _returns(text: str) -> None:
    """Assert that what a text asks for is found again in the text rendered, and in JSON."""
    node = read(text)
    again = render(node)
    assert parse(again) == node
    assert render(parse(again)) == again
    assert msgspec.json.decode(msgspec.json.encode(Query(where=node)), type=Query).where == node


@given(SEARCHES)
def test_render_gives_the_same_search(text: str) -> None:
    """A rendered search asks for the same as the search."""
    _returns(text)


@given(NOISE)
def test_noise_is_read_or_refused(text: str) -> None:
    """Any text is a search that renders, or a QueryError at one of its characters."""
    try:
        read(text)
    except QueryError as error:
        at = error.at
    else:
        _returns(text)
        at = 0
    assert 0 <= at <= len(text)


@pytest.mark.parametrize("last", ["date:2024,2023 OR b2", "-(killed:1..2)", "a2 --b2"])
def test_the_deepest_search_returns(last: str) -> None:
    """Rendering adds no brackets to a search at the limit of them."""
    deep = next(n for n in range(DEEPEST, 0, -1) if _is_read(_nested(last, n)))
    assert deep > DEEPEST - 4
    _returns(_nested(last, deep))


def _nested(last: str, depth: int) -> str:
    return "a1 (b1 OR " * depth + last + ")" * depth


def _is_read(text: str) -> bool:
    try:
        read(text)
    except QueryError:
        return False
    return True


def test_the_page_has_a_size() -> None:
    """A page of no hits, or of more than fit, is refused."""
    assert Query(limit=1).where == All()
    for limit in (0, 10_001):
        with pytest.raises(QueryError, match=f"limit {limit}: expected 1 to 10,000"):
            Query(limit=limit)


def test_the_manual_is_complete() -> None:
    """The manual's table has every field once, and every search in it is one."""
    text = MANUAL.read_text("utf8")
    listed = [
        name
        for row in re.findall(r"^\| (`\w+`(?:, `\w+`)*) \|", text, re.MULTILINE)
        for name in re.findall(r"\w+", row)
    ]
    assert sorted(listed) == sorted(FIELDS)
    searches = [
        line
        for block in re.findall(r"```text\n(.*?)```", text, re.DOTALL)
        for line in block.splitlines()
    ]
    assert len(searches) > 10
    for search in searches:
        assert read(search)
