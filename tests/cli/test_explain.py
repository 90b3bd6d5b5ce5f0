"""`tocsin explain`: why each claim was coded."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from msgspec.structs import replace
from typer.testing import CliRunner

from tests.build import TEXT, a_claim, a_participant, a_span
from tocsin.cli import explain, table
from tocsin.cli.app import app
from tocsin.records.claim import Claim, Count, Interval, Place
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


def test_article_is_explained() -> None:
    """An article's claims are shown with the words that make them; exit code 0."""
    done = CliRunner().invoke(app, ["explain", str(EXAMPLE)], env={"COLUMNS": "200"})
    assert done.exit_code == 0
    if "→" in done.stdout:
        assert "type (" in done.stdout


def test_bad_file_is_an_exit_code(tmp_path: Path) -> None:
    """A file that cannot be read is told on standard error, with exit code 1."""
    path = tmp_path / "bad.json"
    path.write_text(json.dumps({"title": "x"}), "utf8")
    done = CliRunner().invoke(app, ["explain", str(path)])
    assert (done.exit_code, done.stdout) == (1, "")
    assert "no-text" in done.stderr
