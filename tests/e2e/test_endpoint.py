"""The second reader and the adjudicator, from the command line to claims, over a real server."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple, TypeVar

import pytest
from typer.testing import CliRunner

from tests.endpoint import (
    Answer,
    Asked,
    Reply,
    a_role,
    a_said,
    a_verdict,
    claims,
    nobody,
    serving,
    verdicts,
)
from tests.packaged import true_spans
from tocsin.cli.app import app
from tocsin.records.claim import Claim
from tocsin.records.coded import Coded
from tocsin.records.issue import Issue
from tocsin.records.wire import dump, load

ROOT = Path(__file__).parents[2]
STORY = "Rebels raid Tarvos\n\nRebels flummoxed Tarvos on Monday, the ministry said.\n"
VARIABLE = "TOCSIN_TEST_KEY"
R = TypeVar("R", Coded, Issue)
KEY = "s3cret-key"
FLUMMOXED = a_said(
    "flummoxed",
    sentence=2,
    modes=("beat",),
    roles=(
        a_role("actor", "Rebels", sentence=2),
        a_role("recipient", "Tarvos", sentence=2),
        a_role("date", "on Monday,", sentence=2),
        a_role("speaker", "the ministry", sentence=2),
    ),
)


class Ran(NamedTuple):
    """What a run left behind."""

    status: int
    err: str
    coded: list[Coded]
    issues: list[Issue]
    asked: list[Asked]

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims of the one article."""
        (coded,) = self.coded
        return coded.claims


def run(folder: Path, *arguments: str, url: str | None, stories: tuple[str, ...] = (STORY,)) -> Ran:
    """Return what coding stories left behind, an endpoint asked where an address is given."""
    paths = []
    for number, story in enumerate(stories):
        paths.append(folder / f"{number}.txt")
        paths[-1].write_text(story, "utf8")
    out, issues = folder / "out.jsonl", folder / "issues.jsonl"
    given = ["--endpoint", url, "--endpoint-model", "small"] if url else []
    files = [*map(str, paths), "--out", str(out), "--issues", str(issues)]
    done = CliRunner().invoke(
        app,
        ["code", *files, "--published", "2024-03-05", *given, *arguments],
        env={VARIABLE: KEY, "NO_PROXY": "127.0.0.1"},
    )
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return Ran(done.exit_code, done.stderr, _lines(out, Coded), _lines(issues, Issue), [])


def _lines(path: Path, kind: type[R]) -> list[R]:
    return (
        [load(line, kind) for line in path.read_text("utf8").splitlines()] if path.exists() else []
    )


def over(folder: Path, *arguments: str, replies: tuple[Answer, ...], **more: object) -> Ran:
    """Return what coding stories left behind with a server that gives these replies."""
    with serving(*replies) as service:
        done = run(folder, *arguments, url=service.url, **more)  # type: ignore[arg-type]
    return done._replace(asked=service.asked)


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """Return a run with a good answer, one false quote in it."""
    row = FLUMMOXED | {"roles": [*FLUMMOXED["roles"], a_role("place", "Paris", sentence=2)]}  # type: ignore[misc]
    arguments = ("--reader", "llm", "--endpoint-key-env", VARIABLE)
    return over(tmp_path_factory.mktemp("good"), *arguments, replies=(claims(row),))


def test_an_endpoint_s_claim_is_coded(good: Ran) -> None:
    """A good answer becomes a claim, people, day and speaker resolved as for the network's."""
    (claim,) = good.claims
    assert (claim.type, claim.modes, claim.trigger.quote) == ("ASSAULT", ("beat",), "flummoxed")
    assert [a.sectors for a in claim.actors] == [("REB",)]
    assert [r.span.quote for r in claim.recipients] == ["Tarvos"]
    assert claim.date is not None
    assert str(claim.date.start) == "2024-03-04"
    assert claim.attribution is not None
    assert [s.span.quote for s in claim.attribution.chain] == ["the ministry"]
    assert good.status == 0


def test_its_spans_are_true(good: Ran) -> None:
    """Every span is cut out of the text; a quote that is not there is an issue and no span."""
    assert true_spans(good.coded[0])
    (issue,) = good.issues
    assert (issue.code, issue.place) == ("endpoint-dropped", "sentence 2")
    assert "'Paris' as place of 'flummoxed'" in issue.message
    assert "endpoint-dropped" in good.err


def test_its_reasons_name_it(good: Ran) -> None:
    """Reasons say that the endpoint gave type, modality and people; the stamp names the model."""
    hands = {r.field: r.hand for r in good.claims[0].reasons if r.field != "date"}
    fields = ("type", "modality", "actor", "recipient", "speaker")
    assert {field: hands[field] for field in fields} == dict.fromkeys(fields, "endpoint")
    assert good.coded[0].stamp.endpoint is not None
    assert good.coded[0].stamp.endpoint.startswith("read small prompt-")


def test_its_key_is_sent_and_never_written(good: Ran) -> None:
    """The key goes to the endpoint, and into no record and no message."""
    assert good.asked[0].headers["Authorization"] == f"Bearer {KEY}"
    assert KEY not in good.err + "".join(repr(r) for r in (*good.coded, *good.issues))


def test_only_sentences_are_sent(good: Ran) -> None:
    """A request holds the article's sentences and no name, day or path of it."""
    (asked,) = good.asked
    assert asked.data == {
        "from": 1,
        "to": 2,
        "sentences": [
            {"number": 1, "text": "Rebels raid Tarvos"},
            {"number": 2, "text": "Rebels flummoxed Tarvos on Monday, the ministry said."},
        ],
    }
    assert "2024-03-05" not in json.dumps(asked.body)


def test_types_of_ones_own_are_read(tmp_path: Path) -> None:
    """A type of a user's own folder is found on words that no lexicon lists."""
    own = ("--reader", "llm", "--ontology", str(ROOT / "examples" / "ontology"))
    row = a_said("flummoxed", code="DESECRATE", sentence=2, modes=("destroy",))
    done = over(tmp_path, *own, replies=(claims(row),))
    assert [(c.type, c.modes) for c in done.claims] == [("DESECRATE", ("destroy",))]


def test_one_article_s_failure_is_its_own(tmp_path: Path) -> None:
    """An article whose request fails is read by the network with a warning; the run goes on."""
    stories = (STORY, STORY.replace("Tarvos", "Vesk"), STORY.replace("Tarvos", "Ilvane"))
    own = tmp_path / "own.toml"
    own.write_text("[endpoint]\nretries = 0\n", "utf8")
    replies = (claims(FLUMMOXED), Reply(status=500), claims())
    arguments = ("--reader", "llm", "--config", str(own))
    done = over(tmp_path, *arguments, replies=replies, stories=stories)
    assert done.status == 0
    assert [bool(c.stamp.endpoint) for c in done.coded] == [True, False, True]
    (issue,) = done.issues
    assert (issue.code, issue.severity) == ("endpoint-failed", "warning")
    assert issue.file.endswith("1.txt") or "1" in issue.file


@pytest.mark.parametrize("status", [401, 404])
def test_refusal_is_one_line(tmp_path: Path, status: int) -> None:
    """A refused key or model ends the run with one line and exit code 2, and no output."""
    with serving(Reply(b"no", status=status)) as service:
        done = process(tmp_path, service.url)
    assert len(service.asked) == 1
    assert f"status {status}" in done


def test_nobody_there_is_one_line(tmp_path: Path) -> None:
    """An endpoint that is not there ends the run with one line and exit code 2, and no output."""
    assert "no connection" in process(tmp_path, nobody())


def process(folder: Path, url: str) -> str:
    """Return the one line in which a run of its own ends, its exit code checked."""
    own, out = folder / "own.toml", folder / "out.jsonl"
    own.write_text("[endpoint]\nretries = 1\npause = 0.0\n", "utf8")
    arguments = ["--reader", "llm", "--endpoint", url, "--endpoint-model", "small"]
    arguments += ["--endpoint-key-env", VARIABLE, "--config", str(own), "--out", str(out)]
    done = subprocess.run(  # noqa: S603 - our own interpreter, our own words
        [sys.executable, "-m", "tocsin.cli.app", "code", "-", *arguments],
        input=STORY,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src"), VARIABLE: KEY, "NO_PROXY": "127.0.0.1"},
        capture_output=True,
        check=False,
        text=True,
    )
    assert (done.returncode, done.stdout, out.exists()) == (2, "", False)
    assert done.stderr.startswith("tocsin: http://127.0.0.1:")
    assert done.stderr.count("\n") == 1
    assert KEY not in done.stderr
    return done.stderr


def everything(*, claim: bool) -> Answer:
    """Return an answer that settles every question alike."""

    def answer(asked: Asked) -> Reply:
        known = (
            {"code": "AID", "modality": "possible"} if claim else {"code": None, "modality": None}
        )
        numbers = [q["number"] for q in asked.data["questions"]]
        return verdicts(*(a_verdict(n, claim=claim, **known) for n in numbers))

    return answer


def band(folder: Path, lowest: float, highest: float) -> tuple[str, str, str]:
    """Return the options under which proposals in a band are adjudicated."""
    own = folder / "band.toml"
    own.write_text(f"[endpoint]\nlowest = {lowest}\nhighest = {highest}\n", "utf8")
    return ("--adjudicate", "--config", str(own))


ATTACK = "Rebels attacked soldiers in Baghdad on Monday, killing twelve, the ministry said.\n"


def test_adjudicated_claims_say_so(tmp_path: Path) -> None:
    """What is in the band takes the endpoint's type and modality, and the network's people."""
    arguments = band(tmp_path, 0.0, 1.0)
    done = over(tmp_path, *arguments, replies=(everything(claim=True),), stories=(ATTACK,))
    (asked,) = done.asked
    assert "attacked" in [q["words"] for q in asked.data["questions"]]
    assert {(c.type, c.modality) for c in done.claims} == {("AID", "possible")}
    hands = {(r.field, r.hand) for c in done.claims for r in c.reasons}
    assert {("type", "endpoint"), ("modality", "endpoint"), ("actor", "model")} <= hands
    assert str(done.coded[0].stamp.endpoint).startswith("adjudicate small prompt-")


def test_adjudicated_away(tmp_path: Path) -> None:
    """Where the endpoint sees no claim there is none, whatever the lexicon says."""
    arguments = band(tmp_path, 0.0, 1.0)
    done = over(tmp_path, *arguments, replies=(everything(claim=False),), stories=(ATTACK,))
    assert done.claims == ()


def test_nothing_uncertain_nothing_asked(tmp_path: Path) -> None:
    """Outside the band nothing is asked, and the bytes are those of a run without an endpoint."""
    arguments = band(tmp_path, 0.0, 0.0)
    done = over(tmp_path, *arguments, replies=(everything(claim=False),), stories=(ATTACK,))
    alone = run(tmp_path, url=None, stories=(ATTACK,))
    assert done.asked == []
    assert [dump(c) for c in done.coded] == [dump(c) for c in alone.coded]


def test_explain_names_the_endpoint(tmp_path: Path) -> None:
    """`tocsin explain` gives the endpoint as the hand behind what it said."""
    path = tmp_path / "story.txt"
    path.write_text(STORY, "utf8")
    with serving(claims(FLUMMOXED)) as service:
        arguments = [
            "--reader",
            "llm",
            "--endpoint",
            service.url,
            "--endpoint-model",
            "small",
            "--reasons",
        ]
        done = CliRunner().invoke(
            app, ["explain", str(path), *arguments], env={"NO_PROXY": "127.0.0.1"}
        )
    assert done.exit_code == 0, done.output
    assert "type (endpoint): “flummoxed”: the endpoint gives ASSAULT" in done.stdout
    assert "actor (endpoint): “Rebels”: the endpoint gives this role" in done.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["--endpoint-model", "small"],
        ["--endpoint-key-env", "HOME"],
        ["--reader", "llm"],
        ["--reader", "llm", "--endpoint-model", "small"],
        ["--adjudicate", "--reader", "llm", "--endpoint-model", "small"],
        ["--adjudicate", "--endpoint-model", "small", "--endpoint-key-env", "s3cret-key"],
    ],
)
def test_options_that_do_not_fit_are_refused(arguments: list[str]) -> None:
    """Half an endpoint, or one that nobody asked for, is refused before anything is sent."""
    with serving(claims()) as service:
        given = (
            [] if arguments == ["--reader", "llm", "--endpoint-model", "small"] else [service.url]
        )
        address = ["--endpoint", *given] if given else []
        done = CliRunner().invoke(app, ["code", "-", *arguments, *address], input=STORY)
    assert (done.exit_code, done.stdout, service.asked) == (2, "", [])
    assert KEY not in done.stderr


def test_without_the_options_nothing_can_be_sent() -> None:
    """Coding without an endpoint does not so much as load the HTTP client."""
    script = "import sys, tocsin; tocsin.code('Rebels attacked.'); print('httpx' in sys.modules)"
    done = subprocess.run(  # noqa: S603 - our own interpreter, our own words
        [sys.executable, "-c", script],
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        check=True,
        text=True,
    )
    assert done.stdout.strip() == "False"
