"""Data sets: the same content for any shards and workers, on this machine and on Ray.

The cluster is a real one, of two nodes with a core each, in a folder of its own.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests import corpus
from tests.command import tocsin
from tests.packaged import coder
from tocsin.base.errors import PlanError
from tocsin.base.log import Log
from tocsin.pipeline import dataset, duck, gathered, ray, run
from tocsin.pipeline.columns import TABLES
from tocsin.pipeline.dataset import Order, Outcome
from tocsin.pipeline.shift import Task, content, do
from tocsin.records.claim import Claim
from tocsin.records.coded import Coded, Stamp
from tocsin.records.wire import load
from tocsin.sources import files

pytestmark = [
    # Ray's own processes outlive the handles it has on them.
    pytest.mark.filterwarnings("ignore:subprocess [0-9]+ is still running:ResourceWarning"),
    pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning:ray"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning:ray"),
]
ROOT = Path(__file__).parents[2]
COUNT = 22


class Watching(Log):
    """A log that remembers what was said, and kills whoever begins some shards."""

    def __init__(self, *killed: int, times: int = 1) -> None:
        super().__init__(None)
        self.said: list[tuple[str, int]] = []
        self._killed = dict.fromkeys(killed, times)

    def say(self, event: str, **fields: Any) -> None:  # noqa: ANN401 - as it is
        """Note an event."""
        number = fields.get("shard", -1)
        self.said.append((event, number))
        if event == "shard begun" and self._killed.get(number):
            self._killed[number] -= 1
            os.kill(fields["process"], signal.SIGKILL)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the same articles in one, three and seven files, a broken line last."""
    folder = tmp_path_factory.mktemp("shelf")
    rows = corpus.rows(COUNT)
    foreign = f'{{"text": "{corpus.FOREIGN}"}}'
    for count in (1, 3, 7):
        (folder / str(count)).mkdir()
        for n in range(count):
            some = rows[COUNT * n // count : COUNT * (n + 1) // count]
            place = folder / str(count) / f"{n}"
            if n == count - 1:
                corpus.lines(place.with_suffix(".jsonl"), some, "{broken", foreign)
            elif n % 2:
                corpus.table(place.with_suffix(".parquet"), some)
            else:
                corpus.lines(place.with_suffix(".jsonl"), some)
    return folder


def made(shelf: Path, out: Path, **more: Any) -> Outcome:  # noqa: ANN401 - an order's fields
    """Return a data set of the articles, by default of one file, one shard and one worker."""
    given = {"paths": [str(shelf / "1")], "workers": 1, "shards": 1, **more}
    log = given.pop("log", None)
    return dataset.make(Order(out=out, **given), log=log)


@pytest.fixture(scope="module")
def alone(shelf: Path) -> Outcome:
    """Return the data set that one worker makes of one shard."""
    return made(shelf, shelf / "alone")


@pytest.fixture(scope="module")
def cluster() -> Iterator[None]:
    """Run a cluster of two nodes, and let `--on ray` find it."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (*ray.QUIET.items(), ("RAY_AUTH_TOKEN", "tests")):
            patch.setenv(name, value)  # with a token given, none is written to anybody's home
        from ray.cluster_utils import Cluster  # noqa: PLC0415 - heavy

        folder = tempfile.mkdtemp(prefix="tocsin-")  # the names of sockets in it must be short
        # Where a cluster notes its address, and makes no folder for that.
        patch.setenv("RAY_TMPDIR", folder)
        Path(folder, "ray").mkdir()
        node = {
            "num_cpus": 1, "object_store_memory": 80_000_000, "include_dashboard": False,
            "temp_dir": f"{folder}/ray",
        }  # fmt: skip
        found = Cluster()
        try:
            for _ in range(2):
                # Ray gives each half a minute to come up, which a busy machine may not.
                with suppress(TimeoutError):
                    found.add_node(**node)
            found.wait_for_nodes(timeout=120)
            patch.setenv("RAY_ADDRESS", found.address)
            yield
        finally:
            found.shutdown()
            shutil.rmtree(folder, ignore_errors=True)


def test_holds_what_is_coded_one_by_one(alone: Outcome, shelf: Path) -> None:
    """Every claim is there as the coder gives it, its reasons aside; the digest is of them all."""
    coded = {
        one.article.id: one
        for one in run.run(files.read([shelf / "1"]), coder())
        if isinstance(one, Coded)
    }
    with duck.opened(shelf / "alone") as ducks:
        held = [
            load(line, Claim) for (line,) in ducks.execute("SELECT record FROM claims").fetchall()
        ]
        counts = {table: len(ducks.table(table)) for table in TABLES}
    every = {claim.id: claim for one in coded.values() for claim in one.claims}
    assert {c.id: (c.type, c.trigger, c.sentence, c.confidence) for c in held} == {
        name: (c.type, c.trigger, c.sentence, c.confidence) for name, c in every.items()
    }
    found = alone.manifest
    assert (found.counts["articles"], found.counts["duplicates"]) == (COUNT - 1, 1)
    assert counts == {table: found.counts[table] for table in TABLES}
    assert found.issues == {"bad-json": 1, "foreign-language": 1, "undated": 1}
    total = sum(int(content(one), 16) for one in coded.values()) % (1 << 256)
    assert found.content == gathered.whole_digest(found.stamp, total, len(coded))


def test_partitioned_by_month(alone: Outcome, shelf: Path) -> None:
    """Parts stand in the month of publication; an empty table has its columns all the same."""
    folders = {path.name for path in (shelf / "alone" / "claims").iterdir()}
    assert folders == {f"published={month}" for month in corpus.MONTHS}
    assert set(alone.manifest.months) == set(corpus.MONTHS)
    assert [p.name for p in (shelf / "alone").rglob("_work")] == []


# Files that the articles come in, shards that they are cut into, and workers.
@pytest.mark.parametrize("how", [(3, 3, 2), (7, 0, 1), (1, 7, 2)])
def test_any_shards_and_workers(
    alone: Outcome, shelf: Path, tmp_path: Path, how: tuple[int, int, int]
) -> None:
    """Files, slices and processes change nothing of the content, nor of what is counted."""
    number, shards, workers = how
    paths = [str(path) for path in sorted((shelf / str(number)).iterdir())]
    found = made(shelf, tmp_path / "out", paths=paths, shards=shards, workers=workers).manifest
    assert found.content == alone.manifest.content
    assert {**found.counts, "issues": 0} == {**alone.manifest.counts, "issues": 0}
    assert len(found.shards) in ((shards - 1, shards) if shards else (1,))


@pytest.mark.parametrize("how", [(3, 3, 1), (1, 7, 2)])
def test_on_ray_as_on_this_machine(
    cluster: None, alone: Outcome, shelf: Path, tmp_path: Path, how: tuple[int, int, int]
) -> None:
    """Two nodes give the same content."""
    number, shards, workers = how
    order = {"paths": [str(shelf / str(number))], "shards": shards, "workers": workers}
    found = made(shelf, tmp_path / "out", on="ray", **order).manifest
    assert found.content == alone.manifest.content
    assert found.counts["claims"] == alone.manifest.counts["claims"]


def test_a_node_loses_its_worker(
    cluster: None, alone: Outcome, shelf: Path, tmp_path: Path
) -> None:
    """An actor that is killed costs its shard, which another does; no other is done again."""
    log = Watching(2)
    found = made(shelf, tmp_path / "out", shards=4, workers=2, on="ray", log=log)
    assert found.manifest.content == alone.manifest.content
    assert log.said.count(("shard lost", 2)) == 1
    begun = [number for event, number in log.said if event == "shard begun"]
    assert sorted(begun) == [0, 1, 2, 2, 3]


def test_more_workers_than_cores(cluster: None, shelf: Path, tmp_path: Path) -> None:
    """Nobody waits for workers that will never come."""
    with pytest.raises(PlanError, match="9 workers asked for, and the cluster has 2 cores"):
        made(shelf, tmp_path / "out", workers=9, on="ray")


def test_a_shard_that_kills_is_left_for_later(alone: Outcome, shelf: Path, tmp_path: Path) -> None:
    """The others are done; begun again, the missing one alone is, and all is as if nothing was."""
    out, log = tmp_path / "out", Watching(1, times=3)
    torn = made(shelf, out, shards=3, workers=2, log=log)
    assert torn.manifest.state == "partial"
    assert "SIGKILL" in (torn.manifest.shards[1].failed or "")
    assert [n for n, s in enumerate(torn.manifest.shards) if s.failed] == [1]
    before = {path: path.stat().st_mtime_ns for path in out.glob("claims/*/part-000000*")}
    log = Watching()
    again = made(shelf, out, shards=3, workers=1, log=log)
    assert again.manifest.content == alone.manifest.content
    assert [number for event, number in log.said if event == "shard begun"] == [1]
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert made(shelf, out).done == 0


def test_a_run_that_is_killed_goes_on(alone: Outcome, shelf: Path, tmp_path: Path) -> None:
    """What had a receipt is not done again; half-written files are not kept."""
    out = tmp_path / "out"
    command = [
        sys.executable, "-m", "tocsin.cli.app", "run", "--on", "local", "--input",
        str(shelf / "1"), "--out", str(out), "--shards", "8", "--workers", "1",
    ]  # fmt: skip
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as running:  # noqa: S603 - ours
        while running.poll() is None and not list(out.glob("_work/*.npy")):
            time.sleep(0.02)
        running.kill()
    assert not (out / gathered.MANIFEST).exists()
    stray = out / "claims" / "published=1999-01" / "part-000099-00.parquet-x"
    stray.parent.mkdir(parents=True)
    stray.write_bytes(b"half")
    done = {int(path.stem) for path in out.glob("_work/0*.json")}
    log = Watching()
    again = made(shelf, out, log=log)
    assert again.manifest.content == alone.manifest.content
    # A worker may have ended its shard after its parent was gone.
    begun = {number for event, number in log.said if event == "shard begun"}
    assert begun
    assert begun <= set(range(8)) - done
    assert not stray.exists()


def test_a_web_archive(cluster: None, tmp_path: Path) -> None:
    """One archive is several shards, here and on two nodes, with the content of one pass."""
    path = corpus.archive(tmp_path / "news.warc.gz", corpus.rows(COUNT), weight=900_000)
    coded = [one for one in run.run(files.read([path]), coder()) if isinstance(one, Coded)]
    assert (len(coded), sum(len(one.claims) for one in coded) > COUNT) == (COUNT - 1, True)
    total = sum(int(content(one), 16) for one in coded) % (1 << 256)
    expected = gathered.whole_digest(coder().stamp, total, len(coded))
    issues = []
    for on, workers, shards in (("local", 1, 1), ("local", 2, 3), ("ray", 2, 3)):
        out = tmp_path / f"{on}-{shards}"
        code, _, said = tocsin(
            "run", "--on", on, "--input", path, "--out", out,
            "--workers", workers, "--shards", shards,
        )  # fmt: skip
        assert (code, f"content {expected}" in said) == (0, True), said
        held = gathered.manifest(out)
        assert [len(one.slices) for one in held.shards] == ([3] if shards == 1 else [1, 1, 1])
        assert held.counts["duplicates"] == 1
        issues.append(held.issues)
    assert issues == [{"other-records": 3}] * 3


def test_from_the_command_line(
    cluster: None, alone: Outcome, shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`tocsin run --on ray` begins a cluster of its own; what is there already is only told.

    It comes last: a process that has ended a cluster of its own is not let into another.
    """
    monkeypatch.delenv("RAY_ADDRESS")
    out = tmp_path / "out"
    given = ("run", "--on", "ray", "--workers", "1", "--input", shelf / "1", "--out", out)
    for _ in range(2):
        code, _, said = tocsin(*given)
        assert code == 0
        assert f"content {alone.manifest.content}" in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--input", "a.jsonl"), "--out FOLDER"),
        (("--on", "ray"), "--out FOLDER"),
        (("--out", "x", "--watch"), "leave them out"),
        (("--out", "x", "--input", "nowhere"), "nothing to code"),
        (("--out", "x", "--on", "mars", "--input", "EXAMPLE"), "expected local, ray or ray://"),
    ],
)
def test_what_cannot_be_asked(
    arguments: tuple[str, ...], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Errors say what was found and what to do."""
    monkeypatch.chdir(tmp_path)
    example = ROOT / "examples" / "articles" / "iraq01-letter-tessaly.json"
    with pytest.raises(Exception, match=re.escape(said)):
        tocsin("run", *(str(example) if a == "EXAMPLE" else a for a in arguments))


def test_workers_of_another_version(tmp_path: Path) -> None:
    """A worker that would code otherwise refuses its shard."""
    task = Task(0, (), str(tmp_path), Stamp("0.0.1", "o", "m", "g"))
    with pytest.raises(PlanError, match="same version of Tocsin on every machine"):
        do(task, coder())


def test_folders_that_hold_something_else(alone: Outcome, shelf: Path, tmp_path: Path) -> None:
    """Nothing is written over: neither another data set nor anybody's files."""
    (tmp_path / "mine.txt").write_text("mine", "utf8")
    with pytest.raises(PlanError, match="something else"):
        made(shelf, tmp_path)
    with pytest.raises(PlanError, match="other inputs"):
        made(shelf, shelf / "alone", paths=[str(shelf / "3")])


def test_the_examples_of_the_documentation(alone: Outcome, shelf: Path) -> None:
    """Every query in docs/scale.md runs over a data set."""
    blocks = re.findall(
        r"```sql\n(.*?)```", (ROOT / "docs" / "scale.md").read_text("utf8"), re.DOTALL
    )
    assert len(blocks) >= 4
    with duck.opened(shelf / "alone") as ducks:
        for block in blocks:
            ducks.execute(block).fetchall()
        for view in duck.VIEWS:
            ducks.table(view).fetchall()
        assert all(len(ducks.table(view)) for view in ("acts", "months", "tolls", "voices"))
