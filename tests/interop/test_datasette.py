"""A store in the real Datasette: every canned query answers, and nothing else can be asked."""

from __future__ import annotations

import asyncio
import gc
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from tests.command import tocsin
from tests.stored import a_coded, a_report, keep, put
from tocsin.base.errors import StoreError
from tocsin.pipeline import project
from tocsin.store import events, listing
from tocsin.store.open import open_store

# Its own use of what Python will take away one day.
pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning:datasette"),
    pytest.mark.filterwarnings("ignore:unclosed database:ResourceWarning"),
]


def ask(file: Path, asking: Callable[[Any], Awaitable[None]]) -> None:
    """Open Datasette over a store as the command says, and ask it."""
    from datasette.app import Datasette  # noqa: PLC0415 - it may warn while it is imported

    out = file.with_name("metadata.json")
    code, _, err = tocsin("datasette", out, "--store", file)
    assert code == 0
    assert f"--metadata {out} --immutable" in err

    async def main() -> None:
        datasette = Datasette([], immutables=[str(file)], metadata=json.loads(out.read_text()))
        await datasette.invoke_startup()
        try:
            await asking(datasette.client)
        finally:
            for database in datasette.databases.values():
                database.close()

    asyncio.run(main())
    # What its threads left open is let go here, and not in somebody else's test.
    gc.collect()


def test_every_query_answers(world: Path) -> None:
    """Each has rows over the example world, and leads to events and claims that are there."""
    with open_store(world, readonly=True) as store, store.read() as connection:
        event = listing.lines(connection, by="reports", limit=1).lines[0]
        held = events.load(connection, [event.id])[event.id]
    name = held.origins[0].name.split()[0]

    async def asking(client: Any) -> None:  # noqa: ANN401 - Datasette has no types
        listed = (await client.get("/world.json")).json()
        queries = [one["name"] for one in listed["queries"]]
        assert len(queries) == 11
        for query in queries:
            asked = {"event": event.id, "name": name, "day": "", "_shape": "array"}
            answer = await client.get(f"/world/{query}.json", params=asked)
            assert answer.status_code == 200, answer.text
            rows = answer.json()
            assert rows or query == "decisions", query
            page = await client.get(f"/world/{query}", params=asked)
            assert page.status_code == 200
        found = await client.get(
            "/world/claims_of_event.json", params={"event": event.id, "_shape": "array"}
        )
        assert {row["id"] for row in found.json()} == set(held.claims)

    ask(world, asking)


def test_nothing_else_can_be_asked(tmp_path: Path) -> None:
    """SQL of one's own, and tables about users, sessions and tokens, are refused."""
    file = tmp_path / "team.db"
    with open_store(file) as store:
        parcel, coded = a_report(1)
        put(store, parcel)
        keep(store, a_coded(parcel.article, *coded.claims))
        project.fuse(store)

    async def asking(client: Any) -> None:  # noqa: ANN401 - the same
        assert (await client.get("/team/event.json")).status_code == 200
        for table in ("person", "session", "token", "deed", "raw"):
            assert (await client.get(f"/team/{table}.json")).status_code == 403, table
        answer = await client.get("/team.json", params={"sql": "select hash from person"})
        assert answer.status_code == 403

    ask(file, asking)


def test_a_store_must_be_there(tmp_path: Path) -> None:
    """Without a store there is nothing to describe."""
    with pytest.raises(StoreError, match="there is no store"):
        tocsin("datasette", "--store", tmp_path / "none.db")
