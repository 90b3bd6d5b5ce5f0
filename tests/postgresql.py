"""A real PostgreSQL server of the tests' own, on a socket and a loopback port, gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psycopg
from psycopg import sql

ROLE = "tocsin"
# Set in CI, where the server must be there.
REQUIRED = ("CI", "TOCSIN_REQUIRE_POSTGRESQL")
STARTS = 5  # times, since another process may take the free port first
PATIENCE = 60  # seconds until the server answers
# Nothing here outlives the tests, so nothing needs to reach the disk. The plain locale knows no
# letters but English ones, so that nothing Tocsin finds is due to the server's.
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "32MB",
    "max_connections": "50",
    "autovacuum": "off",
    "listen_addresses": "127.0.0.1",
}


def programs() -> Path | None:
    """Return the folder of the server's programs, of the newest version found; None without one."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    installed = Path("/usr/lib/postgresql").glob("*/bin")
    folders += sorted(installed, key=lambda f: f.parent.name.zfill(4), reverse=True)
    return next((f for f in folders if (f / "initdb").exists() and (f / "postgres").exists()), None)


def required() -> bool:
    """Return whether tests must fail rather than be skipped where there is no server."""
    return any(os.environ.get(name, "").lower() not in {"", "0", "false"} for name in REQUIRED)


@contextmanager
def serving(binaries: Path) -> Iterator[Server]:
    """Yield a running server over an empty cluster; stop it and remove the cluster in the end."""
    # A socket's path has at most 107 bytes, so the folder stands high up.
    folder = Path(tempfile.mkdtemp(prefix="tocsin-pg-"))
    user = _user()
    try:
        if user is not None:
            os.chown(folder, user.pw_uid, user.pw_gid)
        _initialise(binaries, folder, user)
        process, port = _start(binaries, folder, user)
        try:
            yield Server(folder, port, count(1))
        finally:
            process.send_signal(signal.SIGQUIT)  # at once: nothing of it is needed any more
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: its folder, which holds its socket, and its port."""

    folder: Path
    port: int
    _numbers: Iterator[int]

    def url(self, database: str) -> str:
        """Return a database's URL, over the socket."""
        return f"postgresql://{ROLE}@/{database}?host={self.folder}&port={self.port}"

    def create(self) -> str:
        """Return the name of a new database that holds nothing."""
        name = f"tocsin_{next(self._numbers)}"
        text = "CREATE DATABASE {} TEMPLATE template0"
        with self.connect() as connection:
            if connection.info.server_version >= 150_000:  # the only way before, and the fast one
                text += " STRATEGY FILE_COPY"
            connection.execute(sql.SQL(text).format(sql.Identifier(name)))
        return name

    def clear(self, database: str, tables: Sequence[str]) -> None:
        """Delete every row of some tables of a database, in that order."""
        statements = [sql.SQL("DELETE FROM {}").format(sql.Identifier(name)) for name in tables]
        with self.connect(database) as connection:
            # A replica runs no triggers, such as the one that keeps the log of deeds.
            connection.execute("SET session_replication_role = replica")
            connection.execute(sql.SQL("; ").join(statements))

    def drop(self, database: str) -> None:
        """Remove a database, whoever is connected to it."""
        text = "DROP DATABASE {} WITH (FORCE)"
        with self.connect() as connection:
            connection.execute(sql.SQL(text).format(sql.Identifier(database)))

    def limit(self, process: int, size: int) -> None:
        """Let a process of the server write no file beyond some bytes, as a full disk would."""
        program = shutil.which("prlimit")
        assert program is not None
        # Its owner may do so, while a confined root may not.
        _launch([program, "--pid", str(process), f"--fsize={size}:"], self.folder, _user()).wait()

    def connect(self, database: str = "postgres") -> psycopg.Connection[tuple[object, ...]]:
        """Return a connection past Tocsin that commits at once."""
        return psycopg.connect(
            host=str(self.folder), port=self.port, user=ROLE, dbname=database, autocommit=True
        )


def _user() -> pwd.struct_passwd | None:
    """Return the user that the server runs as: another if we are root, which it refuses."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise RuntimeError("root may not run PostgreSQL; expected a user `postgres` or `nobody`")


def _initialise(binaries: Path, folder: Path, user: pwd.struct_passwd | None) -> None:
    command = [
        str(binaries / "initdb"), "--pgdata", str(folder / "data"), "--username", ROLE,
        "--auth", "trust", "--encoding", "UTF8", "--no-locale", "--no-sync",
    ]  # fmt: skip
    done = _launch(command, folder, user)
    if done.wait() != 0:
        raise RuntimeError(f"initdb failed:\n{_log(folder)}")


def _start(
    binaries: Path, folder: Path, user: pwd.struct_passwd | None
) -> tuple[subprocess.Popen[bytes], int]:
    for _ in range(STARTS):
        port = _free_port()
        settings = SETTINGS | {"port": str(port), "unix_socket_directories": str(folder)}
        command = [str(binaries / "postgres"), "-D", str(folder / "data")]
        command += [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        process = _launch(command, folder, user)
        if _answers(process, folder, port):
            return process, port
    raise RuntimeError(f"PostgreSQL did not start:\n{_log(folder)}")


def _answers(process: subprocess.Popen[bytes], folder: Path, port: int) -> bool:
    end = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < end:
        try:
            psycopg.connect(host=str(folder), port=port, user=ROLE, dbname="postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return True
    process.kill()
    process.wait()
    return False


def _launch(
    command: list[str], folder: Path, user: pwd.struct_passwd | None
) -> subprocess.Popen[bytes]:
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(  # noqa: S603 - programs that were just looked for
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"},
            user=user.pw_uid if user else None,
            group=user.pw_gid if user else None,
            extra_groups=[] if user else None,
        )


def _log(folder: Path) -> str:
    return (folder / "log").read_text("utf8", "replace")[-2000:]


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
