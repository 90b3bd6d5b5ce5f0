"""Situation reports: footnotes behind every sentence, merges followed, no format can be broken."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from io import BytesIO
from zipfile import ZipFile

import httpx
import msgspec
import pypdfium2
import pytest
from docx import Document

from tests.snares import CLOSING, IMAGE, LINK, SCRIPT
from tests.stored import REPORTS
from tocsin.records.event import Days, Event, Held, Spot, Tally, Toll
from tocsin.records.origin import Origin, Report
from tocsin.store import events, listing
from tocsin.store.open import Store
from tocsin.views import report
from tocsin.views.telling import lead, tell, unknown

FORMATS = ("md", "html", "docx", "pdf")


def an_event(**changed: object) -> Event:
    """Return an event of two origins that do not agree on how many were killed."""
    held = {"claims": ("claim-1",)}
    values: dict[str, object] = {
        "id": "event-1", "type": "ASSAULT", "modality": "actual", "level": "disputed",
        "reports": (
            Report(claim="claim-1", article="a", outlet="The Teller", origin="o1"),
            Report(claim="claim-2", article="b", outlet="The Crier", origin="o2"),
        ),
        "origins": (
            Origin(id="o1", kind="named", name="ministry"),
            Origin(id="o2", kind="named", name="rebels", party=True),
        ),
        "independent": 2, "copies": 0, "articles": 2,
        "actors": (Held(value="army", name="the army", **held),),
        "recipients": (Held(value="rebels", name="rebels", **held),),
        "places": (Spot(name="Northfield", claims=("claim-1",), best=True),),
        "days": (Days(start=None, end=None, claims=("claim-1",)),),
        "tallies": (
            Tally(kind="killed", low=12, best=12, high=40, as_of=None, given=(
                Toll(low=12, high=12, claim="claim-1", origin="o1"),
                Toll(low=40, high=40, claim="claim-2", origin="o2"),
            )),
        ),
    }  # fmt: skip
    return msgspec.convert(values | changed, Event, from_attributes=True)


def test_a_range_and_who_says_so() -> None:
    """Numbers that differ are a range with every side's own, never a mean."""
    texts = {one.text: one.claims for one in tell(an_event())}
    (killed,) = [text for text in texts if "killed" in text]
    assert killed == "12 to 40 killed (12 by ministry; 40 by rebels)."
    assert texts[killed] == ("claim-1", "claim-2")
    assert any("rebels through The Crier (a side of the conflict)" in text for text in texts)


@pytest.mark.parametrize(
    ("modality", "words"),
    [
        ("actual", "the army carried out an attack on rebels"),
        ("negated", "the army did not carry out an attack on rebels"),
        ("future", "it is planned or announced that the army will carry out an attack on rebels"),
        ("requested", "it is asked that the army carry out an attack on rebels"),
    ],
)
def test_only_what_is_real_is_told_as_real(modality: str, words: str) -> None:
    """What did not happen, or not yet, is not told as having happened."""
    assert words in lead(an_event(modality=modality)).replace("It is", "it is")


def test_what_is_not_known() -> None:
    """Slots that no report fills are said to be open."""
    bare = an_event(actors=(), places=(), days=(), independent=1)
    assert [one.text for one in unknown(bare)] == [
        "No report names who did it.", "No report says where.", "No report says on which day.",
        "It rests on one origin alone: ministry.",
    ]  # fmt: skip
    assert all(one.claims for one in [*tell(bare), *unknown(bare)])


def test_every_sentence_has_a_footnote(store: Store) -> None:
    """No sentence stands without one, and each leads to a claim that is in the store."""
    with store.read() as connection:
        ids = [line.id for line in listing.lines(connection, limit=20).lines]
        made = report.report(connection, "All", ids, (), listing.date(2024, 3, 6))
        known = {one.claim for name in ids for one in events.load(connection, [name])[name].reports}
    told = [one for item in made.items for one in (*item.sentences, *item.unknown)]
    assert told
    assert all(one.notes for one in told)
    assert [note.number for note in made.notes] == list(range(1, len(made.notes) + 1))
    assert {note.claim for note in made.notes} <= known


def test_a_merged_event_is_found_again(store: Store) -> None:
    """A pick is a claim: it leads to whatever event the claim is in now, twice to one is once."""
    with store.read() as connection:
        name = next(
            line.id for line in listing.lines(connection, by="reports", limit=1).lines
        )  # fmt: skip
        claims = events.load(connection, [name])[name].claims
        assert report.lasting(connection, [name]) == (claims[0],)
        picks = [*claims, "claim-0123456789abcdef"]
        made = report.report(connection, "One", picks, (), listing.date(2024, 3, 6))
    assert [item.event for item in made.items] == [name]
    assert made.missing == ("claim-0123456789abcdef",)


def _token(pages: httpx.Client) -> dict[str, str]:
    pages.get("/report")
    value = next(value for key, value in pages.cookies.items() if key.startswith("csrf"))
    return {"_csrf_token": value}


def test_a_draft(pages: httpx.Client, address: str) -> None:
    """An event is added, the draft named, taken along in every format, and put away."""
    own = {"origin": address}
    name = pages.get("/api/v1/events").json()["items"][0]["id"]
    token = _token(pages)
    added = pages.post("/report/add", data=token | {"pick": name}, headers=own)
    assert added.status_code == 303
    (draft,) = pages.get("/api/v1/reports").json()
    assert draft["picks"][0].startswith("claim-")
    kept = {"title": "The <b>week</b>", "picks": " ".join(draft["picks"]), "draft": draft["id"]}
    place = pages.post("/report/keep", data=token | kept, headers=own).headers["location"]
    shown = pages.get(place)
    assert "The &lt;b&gt;week&lt;/b&gt;" in shown.text
    (draft,) = pages.get("/api/v1/reports").json()
    for kind in FORMATS:
        answer = pages.get(f"/report/file/{kind}", params={"draft": draft["id"]})
        assert answer.status_code == 200, answer.text
        day = re.escape(answer.headers["content-disposition"])
        assert re.search(r'filename="report\\-\d{4}', day)
    pages.post("/report/drop", data=token | {"title": "x", "draft": draft["id"]}, headers=own)
    assert pages.get("/api/v1/reports").json() == []
    assert pages.get(place).status_code == 404


def test_saved_searches_and_watch_lists(pages: httpx.Client, address: str) -> None:
    """They are kept under names, shown beside searches, refused where they cannot be read."""
    own, token = {"origin": address}, _token(pages)
    search = {"name": "<i>Raids</i>", "q": "type:ASSAULT", "kind": "claims"}
    assert pages.post("/saved/search", data=token | search, headers=own).status_code == 303
    bad = token | {"name": "Bad", "q": "actr:x"}
    assert pages.post("/saved/search", data=bad, headers=own).status_code == 400
    dyad = {"kind": "dyad", "value": "ISR", "other": "IRN"}
    assert pages.post("/saved/watch", data=token | dyad, headers=own).status_code == 303
    alone = token | {"kind": "dyad", "value": "ISR"}
    assert pages.post("/saved/watch", data=alone, headers=own).status_code == 400
    assert pages.post("/saved/watch", data=token | dyad).status_code == 403
    assert "&lt;i&gt;Raids&lt;/i&gt;" in pages.get("/events").text
    shown = pages.get("/saved").text
    assert "&lt;i&gt;Raids&lt;/i&gt;" in shown
    assert "dyad%3A%22ISR%22~%22IRN%22" in shown
    for one in (*pages.get("/api/v1/searches").json(), *pages.get("/api/v1/watched").json()):
        pages.post("/saved/drop", data=token | {"id": one["id"]}, headers=own)
    assert pages.get("/api/v1/searches").json() == pages.get("/api/v1/watched").json() == []


class _Tags(HTMLParser):
    """Every tag of a page with its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.found.append((tag, dict(attrs)))


@pytest.fixture
def taken(trap: str) -> dict[str, bytes]:
    """Return a report of hostile words under a hostile title, in every format."""
    with httpx.Client(base_url=trap, timeout=60) as client:
        ids = [one["id"] for one in client.get("/api/v1/events").json()["items"]]
        asked = {"pick": ids, "title": f"{SCRIPT}{IMAGE}\x00\x1b"}
        answers = {kind: client.get(f"/report/file/{kind}", params=asked) for kind in FORMATS}
    assert {one.status_code for one in answers.values()} == {200}
    return {kind: one.content for kind, one in answers.items()}


def test_hostile_words_in_html(taken: dict[str, bytes]) -> None:
    """A report as HTML has no tag, link or handler but its own."""
    tags = _Tags()
    tags.feed(taken["html"].decode())
    names = {tag for tag, _ in tags.found}
    assert not names & {"script", "img", "svg", "iframe", "form"}
    assert not [name for _, held in tags.found for name in held if name.startswith("on")]
    links = [held["href"] or "" for tag, held in tags.found if tag == "a"]
    assert links
    assert all(link.startswith(("#", "https://", "http://")) for link in links)


def test_hostile_words_in_markdown(taken: dict[str, bytes]) -> None:
    """A report as Markdown has neither raw HTML nor links that run."""
    text = taken["md"].decode()
    for words in (SCRIPT, IMAGE, CLOSING, LINK):
        assert words not in text
    bare = re.sub(r"\\[^\w\s]", "", re.sub(r"<https?://[^<>\s\"]*>", "", text))
    assert "<" not in bare
    assert "](" not in bare


def test_hostile_words_in_documents(taken: dict[str, bytes]) -> None:
    """A report as Word opens, leads to web pages alone, and shows words as they were written."""
    found = Document(BytesIO(taken["docx"]))
    assert SCRIPT in "\n".join(one.text for one in found.paragraphs)
    with ZipFile(BytesIO(taken["docx"])) as parts:
        relations = parts.read("word/_rels/document.xml.rels").decode()
    outside = re.findall(r'Target="([^"]*)" TargetMode="External"', relations)
    outside += re.findall(r'TargetMode="External" Target="([^"]*)"', relations)
    assert all(one.startswith(("https://", "http://")) for one in outside)
    page = pypdfium2.PdfDocument(taken["pdf"])
    assert len(page) >= 1
    assert b"/JavaScript" not in taken["pdf"]


def test_formats_that_are_none(pages: httpx.Client) -> None:
    """A format that is none, a path for one, a day that is none and a draft that is none."""
    for path, status in (
        ("/report/file/exe", 404), ("/report/file/..%2f..%2fapp", 404), ("/report?on=soon", 400),
        ("/report?draft=report-1", 404), ("/claims/claim-xyz/cite", 404),
    ):  # fmt: skip
        assert pages.get(path).status_code == status


def test_a_citation(pages: httpx.Client) -> None:
    """A claim's sentence comes with outlet, day and id."""
    name = pages.get("/api/v1/claims").json()["items"][0]["claim"]["id"]
    text = pages.get(f"/claims/{name}/cite").text
    assert text.startswith("“Rebels shelled")
    assert "The Teller" in text
    assert text.endswith(f"{name})")
    assert REPORTS > 1
