"""The commands `export` and `release`, plug-in formats, and the examples of docs/exports.md."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from tests.command import tocsin
from tests.stocked import stocked, world
from tocsin.base import plugins
from tocsin.base.errors import InputError, PluginError, TocsinError
from tocsin.export import forms
from tocsin.export.forms import WRITTEN

DOCS = Path(__file__).parents[2] / "docs" / "exports.md"
BLOCKS = re.findall(r"```python\n(.*?)```", DOCS.read_text("utf8"), re.DOTALL)
MODULE = """
from tocsin.export.forms import WRITTEN, Form, Wrote


def write(stock, of, out):
    out.write(b"here\\n")
    return Wrote({WRITTEN: 1})


FORM = Form("almanac", ".txt", "an almanac", ("threats",), write)
"""


def refused(*arguments: str | Path) -> str:
    """Return the message with which a command ends in an error."""
    with pytest.raises(TocsinError) as caught:
        tocsin(*arguments)
    return str(caught.value)


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return the folder of an installed package that offers a format, and one that is none."""
    folder = tmp_path / "site"
    told = folder / "almanacs-1.0.dist-info"
    told.mkdir(parents=True)
    (folder / "almanacs.py").write_text(MODULE, "utf8")
    (told / "METADATA").write_text("Metadata-Version: 2.1\nName: almanacs\nVersion: 1.0\n", "utf8")
    (told / "entry_points.txt").write_text(
        "[tocsin.exporters]\nalmanac = almanacs:FORM\nwrong = almanacs:write\n", "utf8"
    )
    monkeypatch.syspath_prepend(folder)
    plugins.listed.cache_clear()
    yield folder
    plugins.listed.cache_clear()
    sys.modules.pop("almanacs", None)


def test_list_of_formats() -> None:
    """Without a format, all are listed with what they hold."""
    code, out, _ = tocsin("export")
    assert code == 0
    assert all(name in out for name in forms.names())


def test_own_formats_are_what_they_say() -> None:
    """Each module's form bears the name that it is asked for by."""
    assert [forms.form(name).name for name in forms.OWN] == list(forms.OWN)


def test_file_and_what_is_left_out(tmp_path: Path) -> None:
    """A file is written whole, and what is left out is counted by why."""
    file = tmp_path / "new" / "a.csv"
    code, _, told = tocsin("export", "acled", "--out", file, "--store", world())
    assert code == 0
    assert file.read_bytes().startswith(b"event_id_cnty,")
    assert "left out: planned, threatened" in told
    assert [one.name for one in file.parent.iterdir()] == ["a.csv"]


def test_mark_for_excel(tmp_path: Path) -> None:
    """--bom puts a byte order mark before CSV and before nothing else."""
    file = tmp_path / "a.csv"
    tocsin("export", "csv", "--of", "articles", "--bom", "--out", file, "--store", world())
    assert file.read_bytes().startswith(b"\xef\xbb\xbfarticle,")
    code, _, told = tocsin("export", "jsonl", "--bom", "--store", world())
    assert code == typer.BadParameter.exit_code
    assert "--bom is for CSV" in told


def test_errors_say_what_there_is() -> None:
    """Unknown formats and tables are named with those that are known."""
    assert "'word' is no format; expected one of csv, parquet" in refused("export", "word")
    assert "geojson holds no claims; expected one of events" in refused(
        "export", "geojson", "--of", "claims"
    )
    assert "give --out FILE.parquet" in refused("export", "parquet", "--store", world())


def test_nothing_half_written(tmp_path: Path) -> None:
    """A format that fails leaves the file as it was."""
    file = tmp_path / "a.txt"
    file.write_text("before", "utf8")
    with pytest.raises(ZeroDivisionError):
        forms.put(file, lambda out: forms.Wrote({WRITTEN: out.write(b"half") // 0}))
    assert [one.name for one in tmp_path.iterdir()] == ["a.txt"]
    assert file.read_text("utf8") == "before"
    with pytest.raises(InputError, match="cannot be written"):
        forms.put(file / "below.txt", lambda _: forms.Wrote())


def test_formats_of_other_packages(package: Path, tmp_path: Path) -> None:
    """A package's format is used like Tocsin's own; one that is none is told of by its package."""
    file = tmp_path / "a.txt"
    code, _, told = tocsin("export", "almanac", "--out", file, "--store", world())
    assert (code, file.read_text("utf8")) == (0, "here\n")
    assert "almanac of threats: 1 record" in told
    with pytest.raises(PluginError, match=r"package almanacs 1\.0 is no Form"):
        forms.form("wrong")
    assert "is no Form" in " ".join(tocsin("export")[1].split())
    assert package.exists()


def test_release(tmp_path: Path) -> None:
    """The version is the last report's day unless it is given; a store without events is told."""
    code, _, told = tocsin("release", tmp_path / "out", "--store", world())
    assert code == 0
    assert "version 2025.01.27" in told
    assert (tmp_path / "out" / "datapackage.json").exists()


def test_examples_of_the_documentation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    """The examples run over a store, and the format of the last one writes."""
    shutil.copy(world(), tmp_path / "iraq.db")
    monkeypatch.chdir(tmp_path)
    found: dict[str, object] = {}
    for block in BLOCKS:
        exec(block, found)  # noqa: S102 - our own documentation
    assert len(BLOCKS) == 3
    assert found["deaths"].sum() > 0  # type: ignore[attr-defined]
    assert len(found["due"]) + len(found["weeks"]) > 0  # type: ignore[arg-type]
    form = found["FORM"]
    assert isinstance(form, forms.Form)
    with stocked() as stock:
        wrote = forms.put(tmp_path / "a.txt", lambda out: form.write(stock, "threats", out))
    assert wrote[WRITTEN] > 0
