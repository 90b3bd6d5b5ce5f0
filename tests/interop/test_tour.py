"""The tour for Jupyter: run as a reader runs it, it prints what is stored in it."""

from __future__ import annotations

import os
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

EXAMPLES = Path(__file__).parents[2] / "examples"
# Set to 1, the tour is written anew with what it prints now, for who changed what is coded.
ANEW = "TOCSIN_TOUR"

# Jupyter's own use of what will change one day, and kernels that are slow to close their sockets.
pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


def printed(tour: nbformat.NotebookNode) -> list[str]:
    """Return what the cells of a notebook print."""
    return [
        "".join(out.get("text", "") for out in cell.outputs)
        for cell in tour.cells
        if cell.cell_type == "code"
    ]


def test_the_tour_prints_what_it_holds() -> None:
    """Every cell runs, and its stored output is true."""
    file = EXAMPLES / "tour.ipynb"
    held = nbformat.read(file, 4)
    fresh = nbformat.read(file, 4)
    client = NotebookClient(
        fresh, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(EXAMPLES)}}
    )
    client.execute()
    if os.environ.get(ANEW):
        for cell in fresh.cells:
            cell.metadata.pop("execution", None)
        nbformat.write(fresh, file)
        return
    for cell in fresh.cells:
        outputs = cell.get("outputs", ())
        assert all(out.output_type == "stream" and out.name == "stdout" for out in outputs)
    assert printed(fresh) == printed(held)
