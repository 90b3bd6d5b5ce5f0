"""Files, folders and standard input: an article or an issue for everything, and never a crash."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tocsin.language.identify import identify
from tocsin.records.article import Article, Moment
from tocsin.records.issue import Issue
from tocsin.sources import files
from tocsin.sources.files import read

EXAMPLES = Path(__file__).parents[3] / "examples"
BAD = yaml.safe_load((EXAMPLES / "bad.yml").read_text("utf8"))
TEXT = "Army takes town\n\nThe army took the town on Monday, officials said."
ROW = {"doc": "a", "title": "Army takes town", "published": "2024-11-21", "text": TEXT}


def split(found: list[Article | Issue]) -> tuple[list[Article], list[Issue]]:
    """The articles and the issues of a stream."""
    articles = [item for item in found if isinstance(item, Article)]
    return articles, [item for item in found if isinstance(item, Issue)]


def write(folder: Path, name: str, content: object) -> Path:
    """A file with bytes, a text, or anything else as JSON."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if not isinstance(content, bytes):
        content = (content if isinstance(content, str) else json.dumps(content)).encode()
    path.write_bytes(content)
    return path


def codes(path: Path) -> list[str]:
    """The codes of the issues of a file that gives no article."""
    articles, issues = split(list(read([path])))
    assert not articles
    return [issue.code for issue in issues]


@pytest.mark.parametrize("name", sorted(BAD))
def test_bad_files_lead_to_what_they_must(name: str) -> None:
    """Every bad example gives as many articles, and the issue, that its entry names."""
    paths = [EXAMPLES / "bad" / name]
    if name == "duplicate.json":
        paths.insert(0, EXAMPLES / "articles" / "iraq12-intercept-tessaly.json")
    articles, issues = split(list(read(paths)))
    least, most = BAD[name]["articles"]
    assert least <= len(articles) <= most
    expected = BAD[name]["issue"]
    if expected == "foreign-language":
        assert identify(articles[0].text)[0] != "en"
    elif expected is None:
        assert {issue.code for issue in issues} <= {"undated"}
    else:
        assert expected in {issue.code for issue in issues}
    assert all("\0" not in item.text for item in articles)


def test_every_bad_file_has_an_entry() -> None:
    """No example under `bad/` is left without a test."""
    names = {path.name for path in (EXAMPLES / "bad").iterdir() if not path.name.startswith(".")}
    assert names == set(BAD)


def test_nothing_hidden_comes_out_of_a_page() -> None:
    """The page full of hidden words gives its visible ones, its outlet and its day."""
    (article,), _ = split(list(read([EXAMPLES / "bad" / "hidden.html"])))
    assert article.outlet == "Qadisha Tribune"
    assert article.published == Moment(date(2024, 12, 5))
    for word in ("executed", "bombed", "resigned", "cancelled", "SYSTEM", "Subscribe", "Hezbollah"):
        assert word not in article.text


def test_a_page_gives_its_article_alone() -> None:
    """Menus, advertisements, links and comments stay outside; author and address are kept."""
    (article,), issues = split(list(read([EXAMPLES / "bad" / "page.html"])))
    assert not issues
    assert article.authors == ("Dalal Fakhry",)
    assert article.url == "https://qadisha-tribune.example/2024/12/19/page-patrol"
    assert article.text.startswith(f"{article.title}\n\nBEIRUT: Israeli soldiers stopped")
    assert article.text.endswith("withdraw from the south.")
    for word in ("tyres", "Olive", "bomb them", "newsletter"):
        assert word not in article.text


def test_the_broken_line_is_named() -> None:
    """An issue about JSON lines names the line."""
    _, issues = split(list(read([EXAMPLES / "bad" / "broken.jsonl"])))
    assert [issue.place for issue in issues] == ["line 2"]


def test_accents_survive() -> None:
    """A text in Windows-1252 keeps its accents."""
    (article,), _ = split(list(read([EXAMPLES / "bad" / "latin1.txt"])))
    assert "lycée" in article.text
    assert "François" in article.text


def test_the_text_of_a_row_is_verbatim(tmp_path: Path) -> None:
    """A row's text is kept to the last character, whatever else the row holds."""
    text = " Odd\ttext \u00a0\r\nwith\x0c every \u200d kind of space \n\n"
    row = ROW | {"text": text, "title": "Elsewhere", "claims": [{"x": 1}], "demo": True}
    (article,), _ = split(list(read([write(tmp_path, "a.json", row)])))
    assert (article.text, article.title, article.doc) == (text, "Elsewhere", "a")


def test_a_nul_in_a_row_keeps_offsets(tmp_path: Path) -> None:
    """A NUL or half a surrogate pair becomes one space, so that no offset moves."""
    path = write(tmp_path, "a.json", '{"text": "It was \\u0000 here \\ud800 today"}')
    articles, issues = split(list(read([path])))
    assert articles[0].text == "It was   here   today"
    assert "control-characters" in {issue.code for issue in issues}


def test_lists_name_their_items(tmp_path: Path) -> None:
    """Items of a list are named after the file and their number; a bad one costs only itself."""
    rows = [{"text": TEXT}, 5, {"text": TEXT + " More."}]
    articles, issues = split(list(read([write(tmp_path, "many.json", rows)])))
    assert [article.doc for article in articles] == ["many#1", "many#3"]
    assert [(issue.code, issue.place) for issue in issues][1] == ("wrong-type", "item 2")


def test_wrong_fields_are_named_and_left_empty(tmp_path: Path) -> None:
    """A field of the wrong type is noted and empty; the article is read."""
    row = ROW | {
        "title": 5,
        "outlet": ["x"],
        "authors": 7,
        "language": "English language",
        "url": {},
    }
    (article,), issues = split(list(read([write(tmp_path, "a.json", row)])))
    assert article.title == "Army takes town"
    assert (article.outlet, article.authors, article.language, article.url) == (
        None,
        (),
        None,
        None,
    )
    assert [issue.code for issue in issues] == ["wrong-type"] * 5
    assert all(issue.article == article.id for issue in issues)


def test_the_caller_fills_what_is_missing(tmp_path: Path) -> None:
    """Outlet and day of the caller hold where the file is silent, and only there."""
    paths = [write(tmp_path, "a.txt", TEXT), write(tmp_path, "b.json", ROW | {"outlet": "Own"})]
    articles, issues = split(list(read(paths, outlet="Given", published=date(2020, 1, 2))))
    assert [article.outlet for article in articles] == ["Given", "Own"]
    assert [article.day for article in articles] == [date(2020, 1, 2), date(2024, 11, 21)]
    assert not issues


def test_a_bad_day_is_not_replaced(tmp_path: Path) -> None:
    """A day that cannot be read stays empty even where the caller gives one."""
    path = write(tmp_path, "a.json", ROW | {"published": "soon"})
    (article,), issues = split(list(read([path], published=date(2020, 1, 2))))
    assert article.published is None
    assert [issue.code for issue in issues] == ["bad-date"]


def test_folders_are_read_in_order(tmp_path: Path) -> None:
    """A folder is read to its depths in the order of names, without hidden and unknown files."""
    for name in ("b.txt", "a/z.txt", "a/c.md", ".hidden.txt", ".git/x.txt", "pic.bin"):
        write(tmp_path, name, f"{name} is here\n\nThe army took the town {name} on Monday.")
    articles, issues = split(list(read([tmp_path])))
    assert [article.doc for article in articles] == ["c", "z", "b"]
    assert [i.severity for i in issues if i.code == "unknown-format"] == ["note"]


def test_links_do_not_lead_out_of_a_folder(tmp_path: Path) -> None:
    """A link out of a named folder is not followed; a loop ends; a link inside is read once."""
    secret = write(tmp_path, "out/secret.txt", TEXT)
    inside = write(tmp_path, "in/own.txt", TEXT + " More.")
    (inside.parent / "leak.txt").symlink_to(secret)
    (inside.parent / "leaks").symlink_to(secret.parent, target_is_directory=True)
    (inside.parent / "loop").symlink_to(inside.parent, target_is_directory=True)
    (inside.parent / "same.txt").symlink_to(inside)
    (inside.parent / "self.txt").symlink_to(inside.parent / "self.txt")
    articles, issues = split(list(read([inside.parent])))
    assert [article.doc for article in articles] == ["own"]
    assert sorted(i.code for i in issues) == ["duplicate", *["outside-folder"] * 4, "undated"]


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.odt", "x", "unknown-format"),
        ("a.txt.gz", "x", "unknown-format"),
        ("a.docx", "x", "no-document"),
        ("a.pdf", "x", "no-document"),
        ("a.json", "5", "wrong-type"),
        ("a.json", "[]", "empty-file"),
        ("a.json", '{"text": " "}', "no-text"),
        ("a.json", "[" * 100_000, "bad-json"),
        ("a.json", '{"text": "x", "n": ' + "9" * 5000 + "}", "bad-json"),
        ("a.jsonl", "\n\n", "empty-file"),
        ("a.jsonl", "[1]", "wrong-type"),
        ("a.txt", "x" * 500_001, "too-large"),
        ("a.md", "x" * 500_001, "too-large"),
        ("a.html", "<p>x</p>", "no-article"),
    ],
)
def test_every_refusal_has_its_code(tmp_path: Path, name: str, content: str, expected: str) -> None:
    """What cannot be read gives one issue with the code for it."""
    assert codes(write(tmp_path, name, content)) == [expected]


def test_paths_that_are_no_files(tmp_path: Path) -> None:
    """A missing file, a name no file can have and an empty folder are issues."""
    (tmp_path / "empty").mkdir()
    found = read([tmp_path / "none.txt", "a\0b.txt", tmp_path / "empty"])
    _, issues = split(list(found))
    assert [issue.code for issue in issues] in (
        ["missing-file", "unreadable", "empty-folder"],
        ["missing-file", "missing-file", "empty-folder"],
    )


def test_large_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file over the limit is refused whole; of a file of lines, a line is."""
    monkeypatch.setattr(files, "LARGEST", 300)
    assert codes(write(tmp_path, "a.txt", "word " * 100)) == ["too-large"]
    lines = "\n".join(json.dumps(ROW | {"doc": str(k), "text": f"{TEXT} {k}"}) for k in range(9))
    articles, issues = split(list(read([write(tmp_path, "b.jsonl", lines)])))
    assert (len(articles), issues) == (9, [])


def test_wide_lines_are_read(tmp_path: Path) -> None:
    """JSON lines in UTF-16, as some shells write them, are read."""
    lines = (json.dumps(ROW) + "\r\n" + json.dumps(ROW | {"doc": "b", "text": TEXT + " b"})).encode(
        "utf-16"
    )
    articles, issues = split(list(read([write(tmp_path, "a.jsonl", lines)])))
    assert ([article.doc for article in articles], issues) == (["a", "b"], [])


@pytest.mark.parametrize(
    ("data", "docs"),
    [
        (json.dumps(ROW), ["a"]),
        (json.dumps([ROW, {"text": TEXT + " b"}]), ["a", "stdin#2"]),
        (json.dumps(ROW) + "\n" + json.dumps({"text": TEXT + " b"}), ["a", "stdin#2"]),
        (TEXT, ["stdin"]),
        ("[Editor's note: this is a text]\n\n" + TEXT, ["stdin"]),
        ("<!doctype html><html><body>" + f"<p>{TEXT}</p>" * 3 + "</body></html>", ["stdin"]),
    ],
)
def test_standard_input_is_sniffed(data: str, docs: list[str]) -> None:
    """Standard input may be JSON, JSON lines, a page or plain text."""
    articles, _ = split(list(read(["-"], stdin=io.BytesIO(data.encode()))))
    assert [article.doc for article in articles] == docs


def test_reading_is_lazy(tmp_path: Path) -> None:
    """The first article comes before the second path is looked at."""
    path = write(tmp_path, "a.json", ROW)

    def paths() -> object:
        yield path
        pytest.fail("the second path was asked for too early")

    assert isinstance(next(read(paths())), Article)  # type: ignore[arg-type]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    data=st.one_of(
        st.binary(max_size=300),
        st.text(max_size=100).map(lambda text: text.encode("utf8", "surrogatepass")),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(max_size=9),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(["text", "title", "doc", "published", "authors"]), inner
                )
            ),
            max_leaves=8,
        ).map(lambda value: json.dumps(value).encode()),
    ),
    suffix=st.sampled_from([".txt", ".md", ".json", ".jsonl", "-", ".html"]),
)
def test_any_bytes_give_an_article_or_an_issue(tmp_path: Path, data: bytes, suffix: str) -> None:
    """Whatever the bytes are, reading ends with an article or an issue that can be written."""
    path = tmp_path / f"a{suffix}"
    path.write_bytes(data)
    found = list(read(["-" if suffix == "-" else path], stdin=io.BytesIO(data)))
    assert found
    for item in found:
        if isinstance(item, Article):
            assert item.text.strip()
            item.text.encode()
            item.title.encode()
        else:
            item.message.encode()
