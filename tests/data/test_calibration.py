"""The calibration that ships was measured with the model that ships."""

from __future__ import annotations

from tocsin.coding import calibration
from tocsin.neural import artefact


def test_the_packaged_model_is_calibrated() -> None:
    """A new model needs a new calibration: `make calibrate` makes it."""
    model = artefact.load()
    assert {"type", "modality", "actor", "recipient", "speaker", "place", "date"} <= set(
        calibration.load(model.folder, model.digest).knots
    )
