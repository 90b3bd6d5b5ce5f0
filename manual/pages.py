"""The pages that are made from code, and who makes each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from manual import commands, methods, ontology, python, records, routes, settings

DOCS = Path(__file__).parents[1] / "docs"
PAGES: dict[str, Callable[[], str]] = {
    "reference/commands.md": commands.page,
    "reference/settings.md": settings.page,
    "reference/records.md": records.page,
    "reference/types.md": ontology.page,
    "reference/api.md": routes.page,
    "openapi.json": routes.document,
    "reference/python.md": python.page,
    "methods.md": methods.page,
}
