"""Sessions: a file that is no network is refused in our words."""

from __future__ import annotations

from pathlib import Path

import pytest

from tocsin.base.errors import ArtefactError
from tocsin.neural.session import Session


def test_no_network(tmp_path: Path) -> None:
    """A file that ONNX Runtime cannot open is an artefact's error with the file's path."""
    path = tmp_path / "reader.onnx"
    path.write_bytes(b"not a graph")
    with pytest.raises(ArtefactError, match=r"reader\.onnx: ONNX Runtime cannot open it"):
        Session(path)
