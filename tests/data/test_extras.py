"""Every extra of the package is one that `packaging/extras.py` knows how to try."""

from __future__ import annotations

import ast
import importlib.util
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parents[2]


def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("extras", ROOT / "packaging" / "extras.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_jobs_are_of_extras() -> None:
    """No job is of an extra that is gone, and each can be read as Python."""
    script = _script()
    extras = script.extras()
    assert set(script.JOBS) <= set(extras)
    for name in extras:
        ast.parse(script.job(name))


def test_ranges_are_bounded() -> None:
    """What an extra asks for has a highest version, so that a later one cannot break it."""
    open_ended = [
        one for asked in _script().extras().values() for one in asked
        if "<" not in one and "==" not in one
    ]  # fmt: skip
    assert open_ended == []
