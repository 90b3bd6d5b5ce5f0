"""STIX bundles one after the other: what somebody holds who takes each as it comes."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import stix2

from tests.build import DAY, a_claim, a_participant, a_span
from tests.stored import NOW, a_coded, a_parcel, keep, put
from tocsin.export import stix
from tocsin.pipeline import judging, project
from tocsin.pipeline.stock import Stock
from tocsin.records.claim import Claim, Place
from tocsin.records.judgement import Verdict
from tocsin.store.open import Store, open_store

Bundle = dict[tuple[str, str], dict[str, Any]]


def bundle(store: Store) -> Bundle:
    """Return the objects of a store's bundle by their ids and versions; all refer to each other."""
    out = io.BytesIO()
    with store.read() as connection:
        stix.write(Stock(connection, DAY), "events", out)
    stix2.parse(out.getvalue().decode(), version="2.1")
    found = json.loads(out.getvalue())["objects"]
    assert {ref for one in found for ref in one.get("object_refs", ())} <= {
        one["id"] for one in found
    }
    assert all(one["created"] <= one["modified"] for one in found)
    return {(one["id"], one["modified"]): one for one in found}


def of(kind: str, made: Bundle) -> list[dict[str, Any]]:
    """Return the objects of a kind that stand."""
    return [one for one in made.values() if one["type"] == kind and not one.get("revoked")]


def judged(store: Store, verdict: Verdict, claim: Claim, hour: int, **more: Any) -> str:  # noqa: ANN401 - as records have it
    """Judge a claim so many hours after the day that all was coded; return the judgement's id."""
    with store.read() as connection:
        at = NOW + timedelta(days=1, hours=hour)
        one = judging.made(connection, verdict, claim.id, "ann", at, **more)
    judging.keep(store, one, {})
    return one.id


def test_stix_tells_what_became_of_an_object(tmp_path: Path) -> None:
    """One id and `modified` is one content, whatever is judged; what was rejected is revoked."""
    with open_store(tmp_path / "some.db") as store:
        told = []
        for at, town in enumerate(("Northfield", "Northfield", "Southport")):
            text = f"Rebels attacked {town}, paper {at} has heard."
            parcel = a_parcel(text, place=f"{at}.txt", outlet=f"Paper {at}")
            who = a_participant(a_span(text, "Rebels"), sectors=("REB",))
            spot = Place(span=a_span(text, town), name=town, country="SDN")
            told.append(a_claim(parcel.article, actors=(who,), place=spot))
            put(store, parcel)
            keep(store, a_coded(parcel.article, told[-1]))
        project.fuse(store)
        first, second, alone = told
        made = [bundle(store)]
        assert len(of("report", made[0])) == 2
        judged(store, "correct", second, 1, field="modality", after="future")
        made.append(bundle(store))
        rejection = judged(store, "reject", second, 2)
        made.append(bundle(store))
        judged(store, "reject", alone, 3)
        made.append(bundle(store))
        assert len(of("report", made[-1])) == len(of("note", made[-1])) == 1
        judging.undo(store, rejection, NOW + timedelta(days=2), {})
        made.append(bundle(store))
        founding = judged(store, "reject", first, 49)
        made.append(bundle(store))
        judging.undo(store, founding, NOW + timedelta(days=4), {})
        made.append(bundle(store))
    held: Bundle = {}
    newest: dict[str, str] = {}
    for some in made:
        for (name, modified), one in some.items():
            assert held.setdefault((name, modified), one) == one
            assert newest.get(name, "") <= modified
            assert held[name, newest.get(name, modified)].get("revoked", False) <= one.get(
                "revoked", False
            )
            newest[name] = modified
    # Whoever took all of them has what the last one has, and nothing else that stands.
    standing = {one["id"] for one in made[-1].values() if not one.get("revoked")}
    assert {
        name for name, at in newest.items()
        if not held[name, at].get("revoked") and held[name, at]["type"] in ("report", "note")
    } <= standing  # fmt: skip
    assert len(of("note", made[-1])) == 2


def test_stix_of_nobody(tmp_path: Path) -> None:
    """The report of an event without parties and place refers to its notes, not to Tocsin."""
    with open_store(tmp_path / "some.db") as store:
        parcel = a_parcel("Attacked again, it was heard.")
        put(store, parcel)
        keep(store, a_coded(parcel.article, a_claim(parcel.article, "Attacked")))
        project.fuse(store)
        made = bundle(store)
    ((report,), (note,)) = of("report", made), of("note", made)
    assert report["object_refs"] == [note["id"]]
    assert note["object_refs"] == [report["id"]]
