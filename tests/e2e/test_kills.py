"""A run that is killed at any moment and begun again ends like one that was left alone."""

from __future__ import annotations

import math
import os
import random
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import corpus
from tocsin.base.text import fold
from tocsin.store.text import FOLD

KILLS = 50
ARTICLES = 150
# Seconds of processor time after which a process is killed, so that a busy machine changes nothing:
# opening a coder takes most of two.
EARLIEST, LATEST = 0.4, 4.0
LOOKED = 0.01  # seconds between two looks at how much it has had
TICKS = os.sysconf("SC_CLK_TCK")
# What differs between two runs that did the same: moments, and which run it was.
PASSING = {"added", "coded", "run", "key", "fetched", "started", "ended"}
TABLES = (
    "article", "version", "capture", "raw", "coding", "sentence", "claim", "party", "who", "label",
    "statement", "relation", "entity", "issue", "shard",
)  # fmt: skip
TOWNS = (*corpus.TOWNS, "Djibo", "Sévaré")


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of many short articles: lines, single files, and a few that are broken."""
    folder = tmp_path_factory.mktemp("articles")
    chance = random.Random(7)  # noqa: S311 - the same articles every time
    rows = []
    for number in range(ARTICLES):
        acts = chance.sample(corpus.ACTS, 2)
        text = " ".join(a.format(town=chance.choice(TOWNS), n=chance.randint(2, 40)) for a in acts)
        rows.append(f'{{"id": "a-{number}", "published": "2024-03-05", "text": "{text}"}}')
    rows[40] = "{broken"
    rows[90] = '{"id": "empty", "text": " "}'
    (folder / "many.jsonl").write_text("\n".join(rows), "utf8")
    for number in range(10):
        text = corpus.ACTS[number % 5].format(town=TOWNS[number % 8], n=number + 2)
        (folder / f"one-{number}.txt").write_text(f"{text}\n\nNumber {number} of ten.", "utf8")
    (folder / "foreign.txt").write_text(
        "Das Ministerium teilte am Montag mit, dass die Verhandlungen mit der Regierung in Kiew "
        "fortgesetzt werden sollen, sobald beide Seiten zustimmen.", "utf8",
    )  # fmt: skip
    return folder


def commands(articles: Path, store: Path) -> list[list[str]]:
    """Return what puts the articles into a store and codes them."""
    tocsin = [sys.executable, "-m", "tocsin.cli.app"]
    return [
        [*tocsin, "add", str(articles), "--store", str(store)],
        [*tocsin, "run", "--store", str(store), "--workers", "1", "--threads", "2"],
    ]


def rows(store: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return what a store holds, by table, keys resolved to names, in order."""
    connection = sqlite3.connect(store)
    connection.row_factory = sqlite3.Row
    assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    named = _names(connection)
    out = {}
    for table in TABLES:
        found = connection.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608 - ours
        out[table] = sorted(
            (tuple(_plain(named, name, row[name]) for name in row.keys() if name not in PASSING))  # noqa: SIM118
            for row in found
        )
    connection.close()
    return out


def _names(connection: sqlite3.Connection) -> dict[tuple[str, int], str]:
    """Return what keys stand for: records have ids, sentences their words."""
    pairs = {"article": "id", "claim": "id", "who": "id", "sentence": "words"}
    return {
        (table, key): name
        for table, column in pairs.items()
        for key, name in connection.execute(f"SELECT key, {column} FROM {table}")  # noqa: S608
    }


def _plain(named: dict[tuple[str, int], str], column: str, value: object) -> str:
    return named.get((column, value), "") if isinstance(value, int) else repr(value) + column


def finished(arguments: list[str], seconds: float) -> bool:
    """Run a command, killed after some seconds; return whether it came to its end before."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
    with subprocess.Popen(arguments, **quiet) as process:  # noqa: S603 - ours
        while True:
            try:
                _, said = process.communicate(timeout=LOOKED)
            except subprocess.TimeoutExpired:
                if _spent(process.pid) >= seconds:
                    process.send_signal(signal.SIGKILL)
                    process.communicate()
                    return False
            else:
                break
    # Adding says by 1 that something was left out this time.
    assert process.returncode in ((0, 1) if "add" in arguments else (0,)), said.decode()
    assert b"Traceback" not in said
    return True


def _spent(process: int) -> float:
    """Return the seconds of processor time that a process has had."""
    fields = Path(f"/proc/{process}/stat").read_text("utf8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def moments() -> Iterator[float]:
    """Yield when to kill, the same moments in every run of the test."""
    chance = random.Random(11)  # noqa: S311 - no secret
    while True:
        yield chance.uniform(EARLIEST, LATEST)


def test_killed_fifty_times_ends_like_one_left_alone(articles: Path, tmp_path: Path) -> None:
    """The same rows, none missing, none twice, and the file sound after every kill."""
    calm, torn = tmp_path / "calm.db", tmp_path / "torn.db"
    for arguments in commands(articles, calm):
        assert finished(arguments, math.inf)
    kills, moment = 0, moments()
    while kills < KILLS:
        for arguments in commands(articles, torn):
            while kills < KILLS and not finished(arguments, next(moment)):
                kills += 1
        _forget_some(torn)
    for arguments in commands(articles, torn):
        assert finished(arguments, math.inf)
    assert rows(torn) == rows(calm)


def _forget_some(store: Path) -> None:
    """Take the codings of most articles out, so that there is work left to be killed in."""
    connection = sqlite3.connect(store)
    connection.create_function(FOLD, 1, fold, deterministic=True)
    connection.execute("PRAGMA foreign_keys=ON")
    gone = "SELECT key FROM article WHERE key % 3 > 0"
    for table in ("coding", "claim", "sentence", "statement", "relation", "entity"):
        connection.execute(f"DELETE FROM {table} WHERE article IN ({gone})")  # noqa: S608 - ours
    connection.execute("DELETE FROM issue WHERE stage = 'language'")
    connection.commit()
    connection.close()
