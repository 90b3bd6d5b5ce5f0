"""The files of a trained reader, found, checked against their hashes, and opened."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass, field
from hashlib import sha256
from importlib import resources
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tocsin.base.errors import ArtefactError

Weights = dict[str, NDArray[np.float32]]
FILES = ("reader.onnx", "pairs.npz", "labels.json", "lemmas.json", "tokenizer.json", "votes.json")


@dataclass(frozen=True, slots=True)
class Artefact:
    """A reader's files, with what its heads can say and where their outputs lie.

    `votes` weighs, by role, what speaks for words that the network or another hand gives it.
    """

    name: str
    folder: Path
    digest: str
    labels: dict[str, tuple[str, ...]]
    layout: dict[str, tuple[int, int]]
    pairs: Weights
    lemmas: dict[str, str]
    votes: dict[str, dict[str, float]] = field(default_factory=dict)


def packaged() -> Path:
    """Return the folder of the reader that ships with Tocsin."""
    models = Path(str(resources.files("tocsin"))) / "data" / "models"
    folders = sorted(p.parent for p in models.glob("*/model.toml"))
    if not folders:
        raise ArtefactError(
            f"no model under {models}; expected a folder with model.toml: reinstall"
        )
    return folders[-1]


def load(folder: Path | None = None) -> Artefact:
    """Return a folder's artefact, by default the packaged one; refuse files of other hashes."""
    folder = folder or packaged()
    try:
        manifest = tomllib.loads((folder / "model.toml").read_text("utf8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise ArtefactError(f"{folder}: no readable model.toml ({error})") from error
    for name in FILES:
        _verify(folder / name, manifest["sha256"].get(name))
    labels = json.loads((folder / "labels.json").read_text("utf8"))
    layout = {k: (int(a), int(b)) for k, (a, b) in labels.pop("layout").items()}
    with np.load(folder / "pairs.npz", allow_pickle=False) as pairs:
        weights = {k: pairs[k].astype(np.float32) for k in pairs.files}
    return Artefact(
        name=manifest["name"],
        folder=folder,
        digest=sha256(repr(sorted(manifest["sha256"].items())).encode()).hexdigest()[:16],
        labels={k: tuple(v) for k, v in labels.items()},
        layout=layout,
        pairs=weights,
        lemmas=json.loads((folder / "lemmas.json").read_text("utf8")),
        votes=json.loads((folder / "votes.json").read_text("utf8")),
    )


def manifest(folder: Path, name: str | None = None) -> None:
    """Write `model.toml`: the reader's name, by default as it was, and a hash of each file."""
    path = folder / "model.toml"
    name = name or tomllib.loads(path.read_text("utf8"))["name"]
    hashes = [f'"{f}" = "{sha256((folder / f).read_bytes()).hexdigest()}"' for f in FILES]
    path.write_text("\n".join([f'name = "{name}"', "", "[sha256]", *hashes]) + "\n", "utf8")


def _verify(path: Path, expected: str | None) -> None:
    if not path.exists():
        raise ArtefactError(f"{path} is missing; reinstall Tocsin or train again")
    found = sha256(path.read_bytes()).hexdigest()
    if found != expected:
        raise ArtefactError(
            f"{path} has sha256 {found[:12]}…, its model.toml says {str(expected)[:12]}…; reinstall"
        )
