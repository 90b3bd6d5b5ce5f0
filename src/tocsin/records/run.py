"""One run of the pipeline: what was asked, how far it came, what it counted."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from msgspec import Struct

State = Literal["running", "done", "stopped", "failed"]


class Run(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """A run by its verb (`add`, `run`, `recode`), with counts that add up over its batches."""

    id: str
    verb: str
    started: datetime
    state: State = "running"
    ended: datetime | None = None
    counts: dict[str, int] = {}
    message: str | None = None
