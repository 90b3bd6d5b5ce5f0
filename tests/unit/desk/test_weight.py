"""How much a browser has to read before it shows a page: bytes of scripts as they lie, minified."""

from __future__ import annotations

import re
from pathlib import Path

from tocsin.desk.render import BUILT

PAGE, MAP = 250_000, 1_200_000
_IMPORTED = re.compile(r"""from ?["']\./([\w-]+\.js)["']|import ?["']\./([\w-]+\.js)["']""")


def _with_imports(name: str) -> set[Path]:
    """Return a script and all that it imports."""
    found: set[Path] = set()
    left = [BUILT / name]
    while left:
        file = left.pop()
        found.add(file)
        names = {one or other for one, other in _IMPORTED.findall(file.read_text("utf8"))}
        left += [BUILT / one for one in names if BUILT / one not in found]
    return found


def test_pages_are_light() -> None:
    """What every page loads stays far below what a map weighs."""
    size = sum(file.stat().st_size for file in _with_imports("desk.js"))
    assert size < PAGE


def test_the_map_is_within_bounds() -> None:
    """The desk, its map and the map's worker, which share what both need."""
    found = [_with_imports(name) for name in ("desk.js", "map.js", "map-worker.js")]
    assert found[1] & found[2]
    assert sum(file.stat().st_size for file in set.union(*found)) < MAP
