"""From trained weights to the files that ship: quantised graph, pair weights, labels, hashes."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from tocsin.neural.artefact import manifest
from training import lemmas
from training.corpora import Sentence
from training.labels import Labels
from training.network import Reader


class SmallEmbedding(nn.Module):
    """An embedding table in int8, one scale a row: a quarter of the size, no loss to speak of."""

    def __init__(self, table: nn.Embedding) -> None:
        super().__init__()
        weight = table.weight.detach()
        scale = weight.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("rows", torch.round(weight / scale).to(torch.int8))
        self.register_buffer("scale", scale)

    def forward(self, ids: Tensor) -> Tensor:
        """Return the vectors of ids, as floats."""
        return self.rows[ids].float() * self.scale[ids]


def open_reader(run: Path) -> Reader:
    """Return the reader that a training run left in its folder."""
    labels = json.loads((run / "labels.json").read_text("utf8"))
    labels.pop("layout")
    reader = Reader(Labels(**{k: tuple(v) for k, v in labels.items()}))
    reader.load_state_dict(torch.load(run / "reader.pt"))
    return reader.eval()


def export(
    run: Path,
    encoder: Path,
    out: Path,
    *,
    name: str,
    trees: Iterable[Sentence],
    int8: bool = True,
) -> None:
    """Write the artefact of a run to `out`; refuse one whose outputs stray from the network's."""
    reader = open_reader(run)
    out.mkdir(parents=True, exist_ok=True)
    expected = _outputs(reader)
    _write_pairs(reader, out / "pairs.npz")
    labels = reader.labels.as_dict() | {"layout": reader.layout}
    (out / "labels.json").write_text(json.dumps(labels, ensure_ascii=False, indent=0), "utf8")
    shutil.copy(encoder / "tokenizer.json", out / "tokenizer.json")
    table = json.dumps(lemmas.table(trees), ensure_ascii=False, sort_keys=True, indent=0)
    (out / "lemmas.json").write_text(table, "utf8")
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "reader.onnx"
        _write_graph(reader, whole)
        if int8:
            quantize_dynamic(
                whole, out / "reader.onnx", weight_type=QuantType.QInt8, per_channel=True,
                op_types_to_quantize=["MatMul"], reduce_range=True,
            )  # fmt: skip
        else:
            shutil.copy(whole, out / "reader.onnx")
    worst = _compare(out / "reader.onnx", expected)
    print(f"{out}: {(out / 'reader.onnx').stat().st_size / 1e6:.1f} MB, largest drift {worst:.3f}")
    if worst > (6.0 if int8 else 0.01):
        raise SystemExit(
            f"outputs of {out} stray by {worst}; expected under {6.0 if int8 else 0.01}"
        )
    (out / "votes.json").write_text("{}", "utf8")
    manifest(out, name)


def _sample() -> tuple[Tensor, Tensor, Tensor]:
    chance = torch.Generator().manual_seed(1)
    ids = torch.randint(999, 20000, (2, 40), generator=chance)
    ids[1, 30:] = 0
    shapes = torch.randint(1, 6, (2, 40), generator=chance)
    return ids, shapes, torch.arange(1, 29).repeat(2, 1)


@torch.no_grad()
def _outputs(reader: Reader) -> Tensor:
    return reader(*_sample())


def _write_graph(reader: Reader, path: Path) -> None:
    reader.piece = SmallEmbedding(reader.piece)
    axes = {
        "ids": {0: "b", 1: "l"},
        "shapes": {0: "b", 1: "l"},
        "first": {0: "b", 1: "n"},
        "out": {0: "b", 1: "n"},
    }
    torch.onnx.export(
        reader, _sample(), str(path), input_names=["ids", "shapes", "first"], output_names=["out"],
        dynamic_axes=axes, opset_version=17, dynamo=False,
    )  # fmt: skip


def _write_pairs(reader: Reader, path: Path) -> None:
    """Write the pair scorers in half precision; the frame scorer only helped to train."""
    weights = {
        k: v.numpy().astype(np.float16)
        for k, v in reader.pairs.state_dict().items()
        if k != "frame"
    }
    np.savez(path, **weights)


def _compare(path: Path, expected: Tensor) -> float:
    """Return the largest difference between a graph's outputs and the network's."""
    ids, shapes, first = (x.numpy() for x in _sample())
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    (found,) = session.run(None, {"ids": ids, "shapes": shapes, "first": first})
    return float(np.abs(found - expected.numpy()).max())
