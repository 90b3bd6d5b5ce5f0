"""The registry: read, checked, written, added to without losing a remark, summed up on a page."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.base.errors import InputError
from tocsin.ontology.form import packaged
from tocsin.records.source import Feed, Filter, Source
from tocsin.sources.catalog import Catalog, add, load, remove, save
from tocsin.sources.coverage import coverage
from tocsin.sources.opml import dump
from tocsin.sources.opml import load as subscriptions
from tocsin.sources.vetting import check

FILE = """\
# Our sources.

- id: one   # the first
  name: NO
  country: NOR
  feeds:
    - https://one.example/feed.xml
    - {url: https://one.example/map.xml, kind: sitemap, minutes: 60}
  daily: [5, 40]
  active: false

# About two.
- id: two
  name: Two
  reliability: B
  reviewer: J. Roe
  reviewed: 2024-11-21
"""
ONE = Source(
    id="one",
    name="NO",
    country="NOR",
    feeds=(
        Feed(url="https://one.example/feed.xml"),
        Feed(url="https://one.example/map.xml", kind="sitemap", minutes=60),
    ),
    daily=(5, 40),
    active=False,
)
TWO = Source(id="two", name="Two", reliability="B", reviewer="J. Roe", reviewed=date(2024, 11, 21))
THREE = Source(id="three", name="null", feeds=(Feed(url="https://three.example/f"),))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a registry of two sources."""
    place = tmp_path / "sources.yml"
    place.write_text(FILE, "utf8")
    return place


def test_load(path: Path) -> None:
    """Sources come in order, with values of their types."""
    found = load(path)
    assert found == Catalog(str(path), (ONE, TWO))
    assert found.get("two") == TWO
    assert found.get("four") is None


def test_the_example_world() -> None:
    """The registry that is shipped is sound, and its feeds survive OPML."""
    found = load(packaged("sources") / "example.yml")
    assert len(found.sources) == 19
    assert check(found) == ()
    feeds = {feed.url for source in found.sources for feed in source.feeds}
    back = subscriptions(dump(found.sources))
    assert {feed.url for source in back for feed in source.feeds} == feeds
    assert {source.name for source in back} == {source.name for source in found.sources}


def test_errors_are_named(path: Path) -> None:
    """Every fault of every entry is named with file, source and key; the others are read."""
    path.write_text(
        FILE
        + "- id: bad\n  nmae: x\n  type: paper\n  feeds: [{url: http://a.example, minutes: 0}]\n"
        "- words\n",
        "utf8",
    )
    found = load(path)
    assert found.sources == (ONE, TWO)
    shown = [str(finding) for finding in found.findings]
    assert [finding.key for finding in found.findings] == [
        "bad.name",
        "bad.nmae",
        "bad.type",
        "bad.feeds",
        "entry 4",
    ]
    assert all(line.startswith(str(path)) for line in shown)
    assert "minutes" in shown[3]


def test_characters_that_nothing_can_hold(path: Path) -> None:
    """NUL in a name, an address or a key is a finding that says so, and can be shown itself."""
    path.write_text(
        '- id: nul\n  name: "a\\0b"\n  feeds: [{url: "http://a.example/\\0"}]\n  "no\\0te": x\n'
        "- {id: plain, name: Plain}\n",
        "utf8",
    )
    found = load(path)
    assert [source.id for source in found.sources] == ["plain"]
    assert [f.key for f in found.findings] == ["nul.name", "nul.feeds", "nul.no\ufffdte"]
    assert "found 'a\\x00b', expected characters that can be kept, no NUL" in str(found.findings[0])
    assert "\0" not in "".join(map(str, found.findings))


@pytest.mark.parametrize(
    "text", ["a: 1", "- [", "- id: a\n  id: b\n", "- &a {id: x}\n- *a\n", "\t"]
)
def test_what_is_no_registry(path: Path, text: str) -> None:
    """A file that is no list is refused with its name."""
    path.write_text(text, "utf8")
    with pytest.raises(InputError, match=r"sources\.yml"):
        load(path)


def test_check(path: Path) -> None:
    """What nobody knows and what cannot hold is found, each under its key."""
    sources = (
        ONE,
        ONE,
        Source(
            id="Bad id",
            name=" ",
            country="XX",
            languages=("english",),
            actor="nobody",
            reliability="A",
            daily=(40, 5),
            feeds=(Feed(url="ftp://x"),),
            filters=(Filter(part="title", matches="("), Filter(part="title", matches="(a|aa)+$")),
        ),
    )
    keys = [finding.key for finding in check(Catalog(str(path), sources))]
    assert keys == [
        "one.id",
        "one.feeds[0].url",
        "one.feeds[1].url",
        "Bad id.country",
        "Bad id.actor",
        "Bad id.id",
        "Bad id.name",
        "Bad id.languages",
        "Bad id.feeds[0].url",
        "Bad id.filters[0].matches",
        "Bad id.filters[1].matches",
        "Bad id.reliability",
        "Bad id.daily",
    ]


def test_add_keeps_remarks(path: Path) -> None:
    """What was written stays as it was, and the new source stands at the end."""
    path.chmod(0o640)
    found = add(path, [THREE])
    assert found.sources == (ONE, TWO, THREE)
    assert path.read_text("utf8").startswith(FILE)
    assert load(path) == found
    assert path.stat().st_mode & 0o777 == 0o640
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("text", ["", "[]\n", "# Ours.\n\n[]\n", "---\n# Ours.\n"])
def test_add_to_nothing(path: Path, text: str) -> None:
    """An empty registry takes sources, remarks kept; so does none at all."""
    path.write_text(text, "utf8")
    assert add(path, [THREE]).sources == (THREE,)
    assert ("# Ours." in path.read_text("utf8")) == ("# Ours." in text)
    path.unlink()
    assert add(path, [THREE]).sources == (THREE,)


def test_add_to_an_indented_list(path: Path) -> None:
    """The dash stands where the others stand."""
    path.write_text("  - id: one\n    name: One\n  - id: two\n    name: Two", "utf8")
    assert len(add(path, [THREE]).sources) == 3


@pytest.mark.parametrize("more", [TWO, Source(id="x", name="X", feeds=ONE.feeds)])
def test_nothing_twice(path: Path, more: Source) -> None:
    """An id or feed that is there already is refused, and nothing is written."""
    with pytest.raises(InputError, match="already"):
        add(path, [THREE, more])
    assert path.read_text("utf8") == FILE


def test_what_cannot_be_appended_to(path: Path) -> None:
    """A list in flow style is left alone, with what to do."""
    flow = "[{id: one, name: One}]\n"
    path.write_text(flow, "utf8")
    with pytest.raises(InputError, match="begin each source"):
        add(path, [THREE])
    assert path.read_text("utf8") == flow


def test_remove(path: Path) -> None:
    """A source goes with its lines, the remark about the next one stays."""
    assert remove(path, "one").sources == (TWO,)
    assert path.read_text("utf8") == "# Our sources.\n\n" + FILE[FILE.index("\n# About two") :]
    assert remove(path, "two").sources == ()
    assert load(path).sources == ()
    with pytest.raises(InputError, match="no source `two`"):
        remove(path, "two")


def test_remove_the_last(path: Path) -> None:
    """The last source goes with what stands under it alone."""
    remove(path, "two")
    assert path.read_text("utf8") == FILE[: FILE.index("- id: two")]


def test_a_folder_that_takes_nothing(tmp_path: Path) -> None:
    """Where nothing can be written the error says so."""
    with pytest.raises(InputError, match="cannot be written"):
        save(Catalog("x", (ONE,)), tmp_path / "none" / "sources.yml")


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30)
SOURCES = st.lists(
    st.builds(
        Source,
        id=st.from_regex(r"[a-z0-9][a-z0-9-]{0,10}", fullmatch=True),
        name=TEXT,
        country=st.none() | st.sampled_from(["NOR", "IRQ", "NO"]),
        languages=st.lists(st.sampled_from(["no", "en"]), max_size=2).map(tuple),
        note=st.none() | TEXT,
        filters=st.lists(
            st.builds(Filter, part=st.just("title"), matches=TEXT, exclude=st.booleans()),
            max_size=1,
        ).map(tuple),
        reviewed=st.none() | st.dates(),
        daily=st.none() | st.tuples(st.integers(0, 9), st.integers(0, 99)),
        columns=st.dictionaries(TEXT, TEXT, max_size=2),
        active=st.booleans(),
    ),
    max_size=3,
    unique_by=lambda source: source.id,
)


@given(SOURCES)
def test_whatever_is_saved_is_read(
    tmp_path_factory: pytest.TempPathFactory, found: list[Source]
) -> None:
    """Any source comes back as it was saved, words that YAML reads otherwise included."""
    place = tmp_path_factory.mktemp("registry") / "sources.yml"
    save(Catalog(str(place), tuple(found)), place)
    assert load(place) == Catalog(str(place), tuple(found))


def test_coverage() -> None:
    """The page counts by country, type, language and panel, and unknown stays unknown."""
    odd = Source(id="odd", name="A | <b>B", languages=("en", "fr"), panels=("core",))
    page = coverage(Catalog("x", (ONE, TWO, odd)))
    assert "3 sources, 2 of them active, 2 feeds" in page
    assert "| Norway (NOR) | 1 | 2 |\n| unknown | 2 | 0 |" in page
    assert "| en | 1 | 0 |\n| fr | 1 | 0 |\n| unknown | 2 | 2 |" in page
    assert "| core | 1 | 0 |" in page
    assert "| country | 2 | Two, A \\| &lt;b&gt;B |" in page
    assert "<b>" not in page
