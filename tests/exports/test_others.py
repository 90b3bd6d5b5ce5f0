"""Formats of other data sets and of other tools, read by the tool where there is one."""

from __future__ import annotations

import io
import json
from collections import Counter
from typing import Any

import pandas as pd
import pytest
import stix2
from followthemoney import model

from tests.stocked import NASTY, stocked
from tocsin.export import acled, forms, gdelt, ged, plover, stix
from tocsin.export.forms import WRITTEN, Of, Wrote
from tocsin.records.event import Held


def written(name: str, of: Of = "events") -> tuple[bytes, Wrote]:
    """Return what a format makes of the store, and what it counted."""
    out = io.BytesIO()
    with stocked() as stock:
        wrote = forms.form(name).write(stock, of, out)
    return out.getvalue(), wrote


def read(name: str, of: Of = "events", *, tabs: bool = False) -> pd.DataFrame:
    """Return the rows of a table as pandas reads them, every cell a text."""
    body = io.BytesIO(written(name, of)[0])
    how: dict[str, Any] = {"sep": "\t", "quoting": 3} if tabs else {}
    return pd.read_csv(body, dtype=str, keep_default_na=False, **how)


def test_stix_is_valid() -> None:
    """The reference library takes the bundle, and every reference leads to an object of it."""
    body, wrote = written("stix")
    bundle = stix2.parse(body.decode(), version="2.1")
    stands = [one for one in bundle.objects if not one.get("revoked")]
    kinds = Counter(one.type for one in stands)
    with stocked() as stock:
        events = {one.id: one for one in stock.events()}
        claims = {told.claim.id: told.claim for told in stock.claims()}
    assert kinds["report"] == wrote[WRITTEN] == len(events)
    assert kinds["note"] == len(claims)
    ids = {one.id for one in bundle.objects}
    assert len(ids) == len(bundle.objects)
    refs = [ref for one in bundle.objects for ref in one.get("object_refs", ())]
    assert set(refs) <= ids
    assert Counter(one.type for one in bundle.objects)["note"] == len(claims) + 1
    for one in stands:
        if one.type == "report":
            event = events[one.external_references[0].external_id]
            (kept,) = one.extensions.values()
            assert (one.name, kept["level"], kept["reports"], kept["modality"]) == (
                event.title, event.level, len(event.reports), event.modality,
            )  # fmt: skip
            assert one.published.date() == event.first_reported
        if one.type == "note":
            claim = claims[one.external_references[0].external_id]
            assert (one.content, one.confidence) == (
                claim.sentence.quote, round(100 * claim.confidence),
            )  # fmt: skip


def test_stix_stays() -> None:
    """The same store gives the same bundle, ids included."""
    assert written("stix")[0] == written("stix")[0]


def test_followthemoney() -> None:
    """Every entity is of a known schema, and cleaning takes none of its values away."""
    rows = [json.loads(line) for line in written("ftm")[0].splitlines()]
    assert len({row["id"] for row in rows}) == len(rows)
    names = Counter(row["schema"] for row in rows)
    assert min(names[name] for name in ("Article", "Event", "Mention", "Person")) > 0
    assert names["PublicBody"] > 0
    schemas = {row["id"]: row["schema"] for row in rows}
    for row in rows:
        entity = model.get_proxy({"id": row["id"], "schema": row["schema"], "properties": {}})
        for name, values in row["properties"].items():
            for value in values:
                entity.add(name, value)
            assert len(entity.get(name)) == len(values), (row["schema"], name, values)
            if entity.schema.get(name).type.name == "entity":
                goal = entity.schema.get(name).range
                assert all(model.get(schemas[v]).is_a(goal) for v in values)
    events = {row["id"]: row["properties"] for row in rows if row["schema"] == "Event"}
    with stocked() as stock:
        for one in stock.events():
            told = events[one.id]
            assert told.get("startDate", [None])[0] == (one.start and one.start.isoformat())
            assert set(told["proof"]) == {report.article for report in one.reports}


def test_polecat() -> None:
    """Only what happened, each claim in as many rows as it has pairs, under POLECAT's header."""
    rows = read("plover", "claims", tabs=True)
    assert tuple(rows.columns) == plover.COLUMNS
    with stocked() as stock:
        wanted = {
            told.claim.id: len(plover.parties(told.claim))
            for told in stock.claims()
            if told.claim.modality == "actual" and told.claim.content_of is None
            and not told.byline.retracted
        }  # fmt: skip
        dated = {told.claim.id: told.claim.date for told in stock.claims()}
    found = Counter("-".join(name.split("-")[:2]) for name in rows["Event ID"])
    assert found == wanted
    for name, day in zip(rows["Event ID"], rows["Event Date"], strict=True):
        when = dated["-".join(name.split("-")[:2])]
        known = when is not None and when.start == when.end and when.start is not None
        assert day == (str(when.start) if known and when else "")


def test_gdelt() -> None:
    """GDELT's 61 columns; nothing in those that Tocsin cannot know."""
    rows = read("gdelt", tabs=True)
    assert tuple(rows.columns) == gdelt.COLUMNS
    assert len(gdelt.COLUMNS) == 61
    for column in ("AvgTone", "IsRootEvent", "Actor1EthnicCode"):
        assert set(rows[column]) == {""}
    assert rows["GLOBALEVENTID"].is_unique
    assert {-10.0, -5.0} < set(rows["GoldsteinScale"].astype(float))
    assert rows["EventCode"].str.fullmatch(r"\d{2,4}").all()
    quads = {"04": "1", "07": "2", "12": "3", "19": "4"}
    for root, quad in zip(rows["EventRootCode"], rows["QuadClass"], strict=True):
        assert quads.get(root, quad) == quad
    niger = rows[rows["ActionGeo_FullName"] == "Niamey"]
    assert set(niger["ActionGeo_CountryCode"]) == {"NG"}  # FIPS, not ISO
    assert (rows["GLOBALEVENTID"].astype("int64") > 0).all()


def test_acled() -> None:
    """Violence and protests with days, their types ACLED's, nothing of it made up."""
    rows = read("acled")
    assert tuple(rows.columns) == acled.COLUMNS
    assert (rows["event_date"] != "").all()
    assert set(rows["event_type"]) <= {
        "Battles", "Explosions/Remote violence", "Violence against civilians", "Protests", "Riots",
        "Strategic developments",
    }  # fmt: skip
    assert set(rows[rows["country"] == "Sudan"]["iso"]) == {"729"}
    for column in ("region", "source_scale", "timestamp"):
        assert set(rows[column]) == {""}
    shelled = rows[rows["sub_event_type"] == "Shelling/artillery/missile attack"]
    assert "Rapid Support Forces" in set(shelled["actor1"])
    assert set(rows["time_precision"]) <= {"1", "2", "3"}


def test_ged() -> None:
    """Attacks with deaths: best between low and high, sides and cells where they are known."""
    rows = read("ged")
    assert tuple(rows.columns) == ged.COLUMNS
    assert (rows["best"].astype(int) > 0).all()
    for low, best, high in zip(rows["low"], rows["best"], rows["high"], strict=True):
        assert int(low) <= int(best) <= (int(high) if high else int(best))
    for column in ("conflict_new_id", "dyad_new_id", "deaths_a", "deaths_b", "region"):
        assert set(rows[column]) == {""}
    fasher = rows[rows["where_coordinates"] == "El Fasher"]
    assert set(fasher["adm_1"]) == {"North Darfur"}
    assert set(fasher["country_id"]) == {"625"}


@pytest.mark.parametrize(
    ("latitude", "longitude", "cell"),
    [(-90, -180, 1), (-89.9, -179.4, 2), (-89.4, -180, 721), (90, 180, 259_200)],
)
def test_cells_of_prio_grid(latitude: float, longitude: float, cell: int) -> None:
    """Cells are counted from the south-west, 720 in a row, 259,200 in all."""
    assert ged.cell(latitude, longitude) == cell


@pytest.mark.parametrize(
    ("a", "b", "kind"),
    [("MIL", "REB", 1), ("REB", "GOV", 1), ("REB", "PRM", 2), ("REB", "CVL", 3), ("MIL", "CVL", 3),
     ("CVL", "MIL", None), ("REB", "UNK", None)],
)  # fmt: skip
def test_kinds_of_violence(a: str, b: str, kind: int | None) -> None:
    """States and rebels, rebels among themselves, one against civilians; else it stays open."""
    one, two = (Held(value=side, name=side, claims=(), sectors=(side,)) for side in (a, b))
    assert ged.violence(one, two) == kind


@pytest.mark.parametrize("name", ["plover", "gdelt"])
def test_nasty_names_keep_to_their_cells(name: str) -> None:
    """Line breaks and tabs in names break no row."""
    of: Of = "claims" if name == "plover" else "events"
    column = "Actor Name" if name == "plover" else "Actor1Name"
    found = set(read(name, of, tabs=True)[column].str.lower())
    assert " ".join(NASTY[3].split()) in found


def test_stix_of_half_a_character() -> None:
    """Half characters, which JSON in UTF-8 cannot hold, are marked."""
    assert stix.whole("a\ud800b") == "a?b"
