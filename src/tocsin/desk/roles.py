"""Who may ask for what at a team's desk: one row a route, and no route without a row.

A role may do what those before it may (`records.team`). `ANYONE` need not have signed in. A route
that is not here is refused to everybody, and a test fails. Where there is no team the table counts
for nothing.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from tocsin.records.team import Role, enough

Method = Literal["GET", "HEAD", "POST"]
ANYONE: Literal["anyone"] = "anyone"


class Row(NamedTuple):
    """A route, the role that is needed for it, and whether the log says that it was asked for."""

    method: Method
    path: str
    role: Role | Literal["anyone"]
    export: bool = False


TABLE: tuple[Row, ...] = (
    # The frame.
    Row("GET", "/static/{file_path:path}", ANYONE),
    Row("HEAD", "/static/{file_path:path}", ANYONE),
    Row("GET", "/signin", ANYONE),
    Row("POST", "/signin", ANYONE),
    Row("POST", "/look", ANYONE),
    Row("GET", "/keys", "viewer"),
    Row("GET", "/guide", "viewer"),
    Row("POST", "/keys", "viewer"),
    Row("GET", "/", "viewer"),
    # What is read.
    Row("GET", "/watch", "viewer"),
    Row("GET", "/events", "viewer"),
    Row("GET", "/events/{name:str}", "viewer"),
    Row("GET", "/events/{name:str}/why", "viewer"),
    Row("GET", "/events/{name:str}/history", "viewer"),
    Row("GET", "/claims", "viewer"),
    Row("GET", "/claims/{name:str}", "viewer"),
    Row("GET", "/claims/{name:str}/card", "viewer"),
    Row("GET", "/claims/{name:str}/cite", "viewer"),
    Row("GET", "/claims/{name:str}/history", "viewer"),
    Row("GET", "/articles", "viewer"),
    Row("GET", "/articles/{name:str}", "viewer"),
    Row("GET", "/articles/{name:str}/versions", "viewer"),
    Row("GET", "/search", "viewer"),
    Row("GET", "/threats", "viewer"),
    Row("GET", "/threats/{name:str}", "viewer"),
    Row("GET", "/signals", "viewer"),
    Row("GET", "/signals/{name:str}", "viewer"),
    Row("GET", "/series", "viewer"),
    Row("GET", "/unit", "viewer"),
    Row("GET", "/forecasts", "viewer"),
    Row("GET", "/scores", "viewer"),
    Row("GET", "/map", "viewer"),
    Row("GET", "/map/shapes", "viewer"),
    Row("GET", "/network", "viewer"),
    Row("GET", "/entity", "viewer"),
    Row("GET", "/dyad", "viewer"),
    Row("GET", "/place", "viewer"),
    Row("GET", "/sources", "viewer"),
    Row("GET", "/coverage", "viewer"),
    Row("GET", "/saved", "viewer"),
    Row("GET", "/remarks", "viewer"),
    Row("GET", "/report", "viewer"),
    # What is kept for all, and taken along.
    Row("POST", "/saved/search", "analyst"),
    Row("POST", "/saved/watch", "analyst"),
    Row("POST", "/saved/drop", "analyst"),
    Row("POST", "/remarks/add", "analyst"),
    Row("POST", "/report/add", "analyst"),
    Row("POST", "/report/remove", "analyst"),
    Row("POST", "/report/keep", "analyst"),
    Row("POST", "/report/drop", "analyst"),
    Row("GET", "/report/file/{kind:str}", "analyst", export=True),
    Row("GET", "/review/judgements.jsonl", "analyst", export=True),
    # What is judged.
    Row("GET", "/review", "reviewer"),
    Row("POST", "/review/decide", "reviewer"),
    Row("POST", "/review/undo", "reviewer"),
    Row("POST", "/review/redo", "reviewer"),
    Row("GET", "/claims/{name:str}/correct", "reviewer"),
    Row("GET", "/events/{name:str}/split", "reviewer"),
    Row("GET", "/events/{name:str}/merge", "reviewer"),
    Row("POST", "/threats/{name:str}/outcome", "reviewer"),
    # One's own account, and the others'.
    Row("POST", "/signout", "viewer"),
    Row("GET", "/account", "viewer"),
    Row("POST", "/account/password", "viewer"),
    Row("POST", "/account/token", "viewer"),
    Row("POST", "/account/revoke", "viewer"),
    Row("GET", "/users", "admin"),
    Row("POST", "/users/add", "admin"),
    Row("POST", "/users/role", "admin"),
    Row("POST", "/users/disable", "admin"),
    Row("POST", "/users/enable", "admin"),
    Row("POST", "/users/password", "admin"),
    Row("POST", "/users/revoke", "admin"),
    Row("GET", "/audit", "admin"),
    # What programs ask.
    Row("GET", "/api/v1", "viewer"),
    Row("GET", "/api/v1/openapi.json", "viewer"),
    Row("GET", "/api/v1/articles", "viewer"),
    Row("GET", "/api/v1/articles/{name:str}", "viewer"),
    Row("GET", "/api/v1/articles/{name:str}/versions", "viewer"),
    Row("GET", "/api/v1/claims", "viewer"),
    Row("GET", "/api/v1/claims/{name:str}", "viewer"),
    Row("GET", "/api/v1/events", "viewer"),
    Row("GET", "/api/v1/events/{name:str}", "viewer"),
    Row("GET", "/api/v1/events/{name:str}/why", "viewer"),
    Row("GET", "/api/v1/threats", "viewer"),
    Row("GET", "/api/v1/threats/{name:str}", "viewer"),
    Row("GET", "/api/v1/statements", "viewer"),
    Row("GET", "/api/v1/sources", "viewer"),
    Row("GET", "/api/v1/search", "viewer"),
    Row("GET", "/api/v1/changes", "viewer"),
    Row("GET", "/api/v1/changes/stream", "viewer"),
    Row("GET", "/api/v1/searches", "viewer"),
    Row("GET", "/api/v1/watched", "viewer"),
    Row("GET", "/api/v1/reports", "viewer"),
    Row("GET", "/api/v1/remarks", "viewer"),
    Row("GET", "/api/v1/watch", "viewer"),
    Row("GET", "/api/v1/map", "viewer"),
    Row("GET", "/api/v1/ledger", "viewer"),
    Row("GET", "/api/v1/threats/{name:str}/thread", "viewer"),
    Row("GET", "/api/v1/actors", "viewer"),
    Row("GET", "/api/v1/actor", "viewer"),
    Row("GET", "/api/v1/dyad", "viewer"),
    Row("GET", "/api/v1/place", "viewer"),
    Row("GET", "/api/v1/outlets", "viewer"),
    Row("GET", "/api/v1/signals", "viewer"),
    Row("GET", "/api/v1/signals/{name:str}", "viewer"),
    Row("GET", "/api/v1/series", "viewer"),
    Row("GET", "/api/v1/unit", "viewer"),
    Row("GET", "/api/v1/forecasts", "viewer"),
    Row("GET", "/api/v1/scores", "viewer"),
    Row("GET", "/api/v1/claims/{name:str}/history", "viewer"),
    Row("GET", "/api/v1/events/{name:str}/history", "viewer"),
    Row("GET", "/api/v1/reports/{name:str}", "viewer"),
    Row("GET", "/api/v1/review", "reviewer"),
    Row("POST", "/api/v1/searches", "analyst"),
    Row("POST", "/api/v1/watched", "analyst"),
    Row("POST", "/api/v1/reports", "analyst"),
    Row("POST", "/api/v1/remarks", "analyst"),
    Row("POST", "/api/v1/drop", "analyst"),
    Row("POST", "/api/v1/judgements/undo", "reviewer"),
    Row("POST", "/api/v1/judgements/redo", "reviewer"),
    Row("GET", "/api/v1/judgements", "viewer"),
    Row("POST", "/api/v1/judgements", "reviewer"),
)
# What somebody may ask for who must change the password first.
FIRST = frozenset({"/account", "/account/password", "/signout", "/look"})
_KINDS = re.compile(r":\w+(?=\})")
_ROWS: dict[tuple[str, str], Row] = {(row.method, _KINDS.sub("", row.path)): row for row in TABLE}


def row(method: str, path: str) -> Row | None:
    """Return the row of a route by its path, whether it says the kinds of its parts or not."""
    return _ROWS.get((method, _KINDS.sub("", path)))


def may(role: Role | None, method: str, path: str) -> bool:
    """Return whether a role, or somebody without one, may ask for a route."""
    found = row(method, path)
    if found is None:
        return False
    if found.role == ANYONE:
        return True
    return role is not None and enough(role, found.role)
