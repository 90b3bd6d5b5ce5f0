"""What went wrong, where, and why; problems are records too."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Stage = Literal["sources", "language", "remote", "coding", "store", "export"]
Severity = Literal["note", "warning", "error"]


class Issue(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """A recorded problem: its code, the file and place, what was found, what to do."""

    code: str
    stage: Stage
    severity: Severity
    file: str
    message: str
    place: str | None = None
    article: str | None = None
