"""The one door to ONNX Runtime."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from tocsin.base.errors import ArtefactError

Ints = NDArray[np.int64]


class Session:
    """An open network: numbers in, numbers out."""

    def __init__(self, path: Path, *, threads: int = 0) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        # Shapes differ from window to window; patterns remembered for each would only grow.
        options.enable_mem_pattern = False
        options.log_severity_level = 3
        # Threads that spin between windows would take the cores from decoding.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        try:
            self._session = onnxruntime.InferenceSession(
                str(path), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:
            raise ArtefactError(
                f"{path}: ONNX Runtime cannot open it ({error}); reinstall"
            ) from error

    def run(self, ids: Ints, shapes: Ints, first: Ints) -> NDArray[np.float32]:
        """Return [B, N, K] outputs for pieces and shapes [B, L] and words' first pieces [B, N]."""
        (outputs,) = self._session.run(None, {"ids": ids, "shapes": shapes, "first": first})
        result: NDArray[np.float32] = outputs
        return result
