"""Plug-ins: the example package, installed for real and used by the command line, and broken ones.

These cost only themselves, and are named.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.command import tocsin
from tests.happened import Said, an_event
from tocsin.base import plugins
from tocsin.base.errors import PluginError, SettingsError
from tocsin.export import forms
from tocsin.records.coded import Coded
from tocsin.records.wire import load
from tocsin.sources import added
from tocsin.store import events
from tocsin.store.open import open_store

EXAMPLE = Path(__file__).parents[2] / "examples" / "plugin"
DISPATCHES = """Title: Rebels shell polling station
Outlet: The Courier
Published: 2024-03-05

Rebels shelled a polling station in Khartoum on Monday, killing three voters, officials said.
%%
Title: Army retakes bridge
Published: 2024-03-06

The army attacked rebels in Omdurman on Tuesday.
"""


def forgotten() -> None:
    """Forget what was found of plug-ins."""
    for one in (plugins.listed, plugins.hidden, added._known):
        one.cache_clear()


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that pip has installed the example into, without any network."""
    target = tmp_path_factory.mktemp("site")
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [
            sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps",
            "--no-build-isolation", "--no-cache-dir", "--target", str(target), str(EXAMPLE),
        ],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return target


@pytest.fixture
def plugged(installed: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Yield the folder while its packages are found."""
    monkeypatch.syspath_prepend(str(installed))
    forgotten()
    yield installed
    forgotten()


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Yield a folder with a package whose plug-ins are all broken, while it is found."""
    site = tmp_path / "site"
    info = site / "wreck-0.3.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: wreck\nVersion: 0.3\n")
    (info / "entry_points.txt").write_text(
        "[tocsin.sources]\ngone = wreck_gone:reader\nodd = wreck:nothing\nbad = wreck:Bad\n"
        "[tocsin.coders]\nliar = wreck:liar\nbomb = wreck:bomb\nodd = wreck:nothing\n"
        "[tocsin.exporters]\nodd = wreck:nothing\ncsv = wreck:nothing\n"
        "[tocsin.notifiers]\nbomb = wreck:bomb\n"
    )
    (site / "wreck.py").write_text(
        "from msgspec.structs import replace\n"
        "nothing = 7\n"
        "def bomb(*_):\n    raise RuntimeError('it blew up')\n"
        "def liar(coded, _):\n"
        "    one = coded.claims[0]\n"
        "    span = replace(one.trigger, quote='ATTACKED')\n"
        "    return replace(coded, claims=(replace(one, trigger=span),"
        " *coded.claims[1:]))\n"
        "class Bad:\n"
        "    suffixes = ('.bad',)\n"
        "    def read(data):\n"
        "        yield {'text': 'Rebels attacked Northfield.', 'title': 'One'}\n"
        "        yield 5\n"
        "        raise RuntimeError('it blew up')\n"
    )
    monkeypatch.syspath_prepend(str(site))
    forgotten()
    yield site
    forgotten()


def config(tmp_path: Path, *coders: str, more: str = "") -> Path:
    """Return a settings file with these coders."""
    file = tmp_path / f"settings-{'-'.join(coders)}.toml"
    named = ", ".join(f'"{one}"' for one in coders)
    file.write_text(f"[plugins]\ncoders = [{named}]\n{more}")
    return file


def test_they_are_listed(installed: Path) -> None:
    """`tocsin plugins`, run by itself, names what each installed package offers."""
    script = "from tocsin.cli.app import main; main()"
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", script, "plugins"], capture_output=True, text=True, check=True,
        env=os.environ | {"PYTHONPATH": str(installed)},
    )  # fmt: skip
    lines = [line for line in done.stdout.splitlines() if "tocsin-tidings 0.1.0" in line]
    assert [line.split()[:2] for line in lines] == [
        ["sources", "dispatches"], ["coders", "ballots"], ["exporters", "calendar"],
        ["notifiers", "spool"],
    ]  # fmt: skip


def test_source_and_coder_work_together(plugged: Path, tmp_path: Path) -> None:
    """A file of a form of the package's own is read and coded, its coder has its say, in stamps."""
    file = tmp_path / "monday.dispatches"
    file.write_text(DISPATCHES)
    code, out, err = tocsin(
        "code", file, "--format", "jsonl", "--config", config(tmp_path, "ballots"), "--workers", "1"
    )
    assert code == 0, err
    first, second = (load(line, Coded) for line in out.splitlines())
    assert (first.article.outlet, second.article.title) == ("The Courier", "Army retakes bridge")
    assert any("election" in claim.contexts for claim in first.claims)
    assert not any("election" in claim.contexts for claim in second.claims)
    assert first.stamp.model.endswith("+tocsin-tidings-0.1.0")


def test_a_store_takes_such_files(plugged: Path, tmp_path: Path) -> None:
    """`tocsin add` puts its articles into a store; the form is named where they came in."""
    file = tmp_path / "monday.dispatches"
    file.write_text(DISPATCHES + "%%\nno head\n\nText.")
    code, _, err = tocsin("add", file, "--store", tmp_path / "some.db")
    assert code == 1, err
    assert "2 new" in err
    _, out, _ = tocsin("report", "--all", "--store", tmp_path / "some.db")
    assert "article 3" in out
    assert "tocsin-tidings 0.1.0" in " ".join(out.split())


def test_the_exporter_writes(plugged: Path, example_world: Path, tmp_path: Path) -> None:
    """`tocsin export calendar` writes the deadlines of a store."""
    out = tmp_path / "due.ics"
    code, _, err = tocsin(
        "export", "calendar", "--out", out, "--store", example_world, "--on", "2025-01-21"
    )
    assert code == 0, err
    text = out.read_bytes().decode()
    assert text.startswith("BEGIN:VCALENDAR\r\n")
    assert text.count("BEGIN:VEVENT") == text.count("END:VEVENT") == 1
    assert "DTSTART;VALUE=DATE:20250122\r\nDTEND;VALUE=DATE:20250123\r\n" in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


def test_the_notifier_sends(plugged: Path, tmp_path: Path) -> None:
    """`tocsin watch --deliver` hands its messages to a channel of kind `plugin`, once each."""
    store, folder = tmp_path / "watch.db", tmp_path / "spool"
    days = [0, 3, 7, 10, 14, 17, 21, 24, *[30] * 8]
    made = [an_event(f"e{at}", [Said(day, of=day, country="LBN")]) for at, day in enumerate(days)]
    with open_store(store) as opened, opened.write() as connection:
        events.add(connection, made, [])
    channel = '[deliver.channels.out]\nkind = "plugin"\nplugin = "spool"\nmode = "live"\n'
    channel = f"[deliver]\nfresh = 36500\n{channel}"
    settings = config(tmp_path, more=f'{channel}options = {{folder = "{folder}"}}\n')
    asked = ("watch", "--on", "2024-02-04", "--deliver", "--config", settings, "--store", store)
    _, _, err = tocsin(*asked)
    files = list(folder.glob("*.txt"))
    assert files, err
    assert f"deliveries: {len(files)} sent" in err
    assert "Lebanon" in "".join(file.read_text("utf8") for file in files)
    tocsin(*asked)
    assert list(folder.glob("*.txt")) == files


def test_broken_ones_are_named(broken: Path) -> None:
    """Each fault names its package; what can be imported is still listed."""
    code, out, _ = tocsin("plugins")
    assert code == 1
    told = " ".join(out.split())
    assert "plug-in 'gone' of the package wreck 0.3 cannot be imported" in told
    assert "coders bomb wreck 0.3 wreck:bomb" in told
    found, faults = plugins.every("sources")
    assert {"odd", "bad"} <= set(found)
    assert [str(one).partition(" cannot")[0] for one in faults] == [
        "the plug-in 'gone' of the package wreck 0.3"
    ]
    with pytest.raises(PluginError, match="no installed package offers it"):
        plugins.get("coders", "nobody")


def test_a_broken_source_costs_its_files_alone(broken: Path, tmp_path: Path) -> None:
    """Other files are read, its own as far as it goes, and the issues name the package."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.bad").write_text("x")
    (tmp_path / "in" / "b.txt").write_text("The army attacked Southport.")
    (tmp_path / "in" / "c.unknown").write_text("x")
    code, _, err = tocsin("add", tmp_path / "in", "--store", tmp_path / "some.db")
    assert code == 1
    assert "2 new" in err
    _, out, _ = tocsin("report", "--all", "--store", tmp_path / "some.db")
    told = " ".join(out.split())
    assert "gave 5; expected fields by name" in told
    assert "wreck 0.3 failed on this file (RuntimeError: it blew up)" in told
    assert "'odd' of the package wreck 0.3 is no reader of files" in told


def test_a_broken_coder_costs_its_say_alone(broken: Path, tmp_path: Path) -> None:
    """What Tocsin coded stands, with an issue; a quote that the article lacks is found out."""
    file = tmp_path / "a.txt"
    file.write_text("Rebels attacked Northfield on Monday.")
    _, plain, _ = tocsin("code", file, "--format", "jsonl", "--workers", "1")
    settings = config(tmp_path, "bomb", "liar")
    code, out, err = tocsin(
        "code", file, "--format", "jsonl", "--config", settings, "--workers", "1"
    )
    assert code == 0
    claims = [load(words, Coded).claims for words in (plain, out)]
    assert claims[0] == claims[1]
    told = " ".join(err.split())
    assert "'bomb' of the package wreck 0.3 failed on this article (RuntimeError: it blew" in told
    assert "the article has no 'ATTACKED' at 7" in told


def test_what_is_named_must_be_there(broken: Path, tmp_path: Path) -> None:
    """Coders and formats that are missing or none stop a command before it begins."""
    file = tmp_path / "a.txt"
    file.write_text("Rebels attacked Northfield on Monday.")
    for name, words in (("nobody", "no installed package"), ("odd", "is no coder")):
        with pytest.raises(PluginError, match=words):
            tocsin("code", file, "--config", config(tmp_path, name))
    with pytest.raises(PluginError, match="is no Form"):
        forms.form("odd")
    assert forms.form("csv").ending == ".csv"
    with pytest.raises(SettingsError, match="plugins"):
        tocsin("code", file, "--config", _wrong(tmp_path))


def _wrong(tmp_path: Path) -> Path:
    file = tmp_path / "wrong.toml"
    file.write_text("[plugins]\nsources = []\n")
    return file
