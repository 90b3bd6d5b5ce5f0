"""Artefacts: whole, of the right hash, or refused with the file's name."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from tocsin.base.errors import ArtefactError
from tocsin.neural.artefact import FILES, load


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with the files of a reader and their hashes."""
    labels = {"upos": ["NOUN", "VERB"], "layout": {"upos": [0, 2]}}
    (tmp_path / "labels.json").write_text(json.dumps(labels), "utf8")
    (tmp_path / "reader.onnx").write_bytes(b"graph")
    (tmp_path / "lemmas.json").write_text(json.dumps({"men NOUN": "man"}), "utf8")
    (tmp_path / "tokenizer.json").write_text("{}", "utf8")
    (tmp_path / "votes.json").write_text(json.dumps({"actor": {"bias": 0.5}}), "utf8")
    np.savez(tmp_path / "pairs.npz", arc=np.eye(2, dtype=np.float16))
    hashes = [f'"{f}" = "{sha256((tmp_path / f).read_bytes()).hexdigest()}"' for f in FILES]
    (tmp_path / "model.toml").write_text("\n".join(['name = "tiny"', "[sha256]", *hashes]), "utf8")
    return tmp_path


def test_whole(folder: Path) -> None:
    """A whole folder opens: labels and layout apart, weights in single precision."""
    found = load(folder)
    assert (found.name, found.folder) == ("tiny", folder)
    assert found.labels == {"upos": ("NOUN", "VERB")}
    assert found.layout == {"upos": (0, 2)}
    assert found.lemmas == {"men NOUN": "man"}
    assert found.votes == {"actor": {"bias": 0.5}}
    assert found.pairs["arc"].dtype == np.float32


def test_digest_is_the_files(folder: Path) -> None:
    """The digest changes with a file's hash and not with where the folder lies."""
    before = load(folder).digest
    (folder / "tokenizer.json").write_text("{ }", "utf8")
    manifest = (folder / "model.toml").read_text("utf8")
    old, new = sha256(b"{}").hexdigest(), sha256(b"{ }").hexdigest()
    (folder / "model.toml").write_text(manifest.replace(old, new), "utf8")
    assert load(folder).digest != before


@pytest.mark.parametrize("name", FILES)
def test_another_hash_is_refused(folder: Path, name: str) -> None:
    """A file that was changed by a byte is refused by name, before it is opened."""
    with (folder / name).open("ab") as file:
        file.write(b" ")
    with pytest.raises(ArtefactError, match=rf"{name} has sha256"):
        load(folder)


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_refused(folder: Path, name: str) -> None:
    """A folder that lacks a file is refused by the file's name."""
    (folder / name).unlink()
    with pytest.raises(ArtefactError, match=rf"{name} is missing"):
        load(folder)


@pytest.mark.parametrize("manifest", [None, "name = "])
def test_no_manifest(folder: Path, manifest: str | None) -> None:
    """A folder without a readable manifest is no artefact."""
    (folder / "model.toml").unlink()
    if manifest is not None:
        (folder / "model.toml").write_text(manifest, "utf8")
    with pytest.raises(ArtefactError, match=r"no readable model\.toml"):
        load(folder)
