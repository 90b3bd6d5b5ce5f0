"""`tocsin explain`: why each claim was coded."""

from __future__ import annotations

import json
from datetime import date
from io import StringIO
from pathlib import Path

from msgspec.structs import replace
from rich.console import Console
from typer.testing import CliRunner, Result

from tests.build import TEXT, a_claim, a_participant, a_span, an_article
from tocsin.cli import explain, table
from tocsin.cli.app import app
from tocsin.explain.sentence import sentence
from tocsin.records.claim import Claim, Count, Interval, Place
from tocsin.records.coded import Coded, Stamp
from tocsin.records.evidence import Reason

EXAMPLE = Path(__file__).parents[2] / "examples" / "articles" / "iraq12-intercept-tessaly.json"
REASON = Reason(field="type", hand="model", because="0.80", span=a_span(TEXT, "attacked"))


def full_claim() -> Claim:
    """Return a claim that has something in every part of its headline."""
    claim = a_claim(
        modality="possible",
        actors=(a_participant(sectors=("REB",), unknown="nobody says whose"),),
        recipients=(a_participant(a_span(TEXT, "Northfield"), country="TRN", entity="TRN"),),
        speakers=(a_participant(a_span(TEXT, "the ministry"), country="TRN", sectors=("GOV",)),),
        when=Interval(date(2024, 3, 4), date(2024, 3, 4), a_span(TEXT, "Monday")),
        place=Place(span=a_span(TEXT, "Northfield"), name="Northfield", country="TRN"),
        outcome="foiled",
    )
    killed = Count(2, 4, a_span(TEXT, "no victims"))
    return replace(claim, killed=killed, reasons=(REASON,))


def test_reasons_are_told() -> None:
    """Every reason is a line with its field, hand, words and score."""
    assert "type (model): “attacked”: 0.80" in explain.because(full_claim())


def test_participants_are_told() -> None:
    """Each participant is told with the entity it is, or the reason why it is none."""
    said = "\n".join(explain.because(full_claim()))
    assert "“Rebels” is Rebels [? REB]: nobody says whose" in said
    assert "known as TRN" in said


def test_unknown_parts_are_told() -> None:
    """A date that no day came of and a place without a country say so."""
    monday, field = a_span(TEXT, "Monday"), a_span(TEXT, "Northfield")
    claim = a_claim(
        when=Interval(None, None, monday), place=Place(span=field, name="Northfield", unknown="why")
    )
    said = explain.because(claim)
    assert "date: “Monday” stays unresolved" in said
    assert "place: why" in said


def test_headline_says_who_did_what_to_whom() -> None:
    """The headline has type, modality, parties, speakers, toll, day, place and outcome."""
    claim = full_claim()
    line = table.headline(1, claim, {claim.id: 1}).plain
    for part in ("ASSAULT", "possible", "Rebels [? REB] → Northfield [TRN]", "the ministry", "2–4"):
        assert part in line
    for part in ("2024-03-04", "in Northfield (TRN)", "foiled", "0.80"):
        assert part in line


def test_headline_names_what_it_is_content_of() -> None:
    """A content is shown with the number of the claim whose content it is."""
    claim = a_claim(content_of="claim-x")
    assert "content of 3" in table.headline(4, claim, {"claim-x": 3, claim.id: 4}).plain
    assert "content of" not in table.headline(4, claim, {claim.id: 4}).plain


def test_evidence_is_the_sentence() -> None:
    """The evidence is the claim's sentence with its spans in colour."""
    claim = full_claim()
    shown = table.evidence(claim)
    assert shown.plain.strip() == TEXT
    coloured = {shown.plain[s.start : s.end] for s in shown.spans}
    assert {"attacked", "Rebels", "Northfield", "Monday", "the ministry"} <= coloured


def invoke(*words: str, piped: str | None = None) -> Result:
    """Return what the command says to options; a pipe has no width."""
    return CliRunner().invoke(app, ["explain", *words], input=piped)


def test_article_is_explained() -> None:
    """An article's claims are told in a sentence each; exit code 0."""
    done = invoke(str(EXAMPLE))
    assert done.exit_code == 0
    assert "→" in done.stdout
    assert "      Coded ASSAULT" in done.stdout
    assert "type (model)" not in done.stdout


def test_reasons_are_listed() -> None:
    """With --reasons every reason has its line, and there is no sentence."""
    done = invoke(str(EXAMPLE), "--reasons")
    assert "type (model)" in done.stdout
    assert "Coded" not in done.stdout


def test_pipe_is_not_wrapped() -> None:
    """What is piped has a line for the headline, the evidence and the sentence of each claim."""
    done = invoke(str(EXAMPLE))
    lines = done.stdout.splitlines()
    assert len(lines) % 3 == 0
    assert all(line.startswith("      Coded ") for line in lines[2::3])
    assert max(map(len, lines)) > 200


def test_terminal_is_wrapped() -> None:
    """On a terminal a sentence is wrapped under its beginning."""
    stream = StringIO()
    claim = full_claim()
    coded = Coded(article=an_article(), claims=(claim,), stamp=Stamp("0", "o", "m", "g"))
    console = Console(file=stream, force_terminal=True, width=60, color_system=None)
    explain.show(coded, console)
    lines = stream.getvalue().splitlines()
    assert max(map(len, lines)) <= 60
    assert " ".join(" ".join(lines).split()).endswith(sentence(claim))


def test_page(tmp_path: Path) -> None:
    """With --html there is a page, on standard output or in a file."""
    out = tmp_path / "page.html"
    done = invoke(str(EXAMPLE), "--html", "-o", str(out))
    assert (done.exit_code, done.stdout) == (0, "")
    page = out.read_text("utf8")
    assert page.startswith("<!DOCTYPE html>")
    assert invoke(str(EXAMPLE), "--html").stdout == page


def test_one_of_several(tmp_path: Path) -> None:
    """Of a file with several articles the one called for is explained; a page is of one only."""
    path = tmp_path / "two.jsonl"
    rows = [
        {"doc": d, "title": d, "text": f"Rebels {d} the town on Monday."}
        for d in ("shelled", "hit")
    ]
    path.write_text("\n".join(json.dumps(row) for row in rows), "utf8")
    assert "<h1><bdi>hit" in invoke(str(path), "--html", "--doc", "hit").stdout
    several, nobody = invoke(str(path), "--html"), invoke(str(path), "--doc", "x")
    assert "several articles" in str(several.exception)
    assert "'x'" in str(nobody.exception)


def test_bad_file_is_an_exit_code(tmp_path: Path) -> None:
    """A file that cannot be read is told on standard error, with exit code 1."""
    path = tmp_path / "bad.json"
    path.write_text(json.dumps({"title": "x"}), "utf8")
    done = CliRunner().invoke(app, ["explain", str(path)])
    assert (done.exit_code, done.stdout) == (1, "")
    assert "no-text" in done.stderr
