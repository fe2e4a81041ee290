"""The real program as people run it: a process of its own, with its own data folder and port."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

PLUMBLINE = Path(sys.executable).with_name("plumbline")
PATIENCE = 30  # seconds


@dataclass(frozen=True)
class Site:
    url: str
    folder: Path
    process: subprocess.Popen[bytes]

    @property
    def output(self) -> str:
        return (self.folder / "output.log").read_text(encoding="utf-8")

    @property
    def environment(self) -> dict[str, str]:
        """What another command on the same data is started with."""
        return _settings(self.folder, int(self.url.rpartition(":")[2]))

    @property
    def sign_in_link(self) -> str:
        """The one-time link for the owner that the program printed at its first start."""
        found = re.search(rf"{re.escape(self.url)}/\S+", self.output)
        if not found:
            raise AssertionError(f"The program printed no sign-in link:\n{self.output}")
        return found[0]

    def plumbline(self, *arguments: str) -> str:
        """Run another command on the same data, as its owner would."""
        command = [str(PLUMBLINE), *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True, env=self.environment).stdout


@contextmanager
def running(folder: Path, *, port: int | None = None, **more: str) -> Iterator[Site]:
    """Serve from `folder` until the block ends; `more` are further settings."""
    port = port or _free_port()
    environment = {**_settings(folder, port), **more}
    with (folder / "output.log").open("ab") as output:
        command = [str(PLUMBLINE), "serve", "--link"]
        process = subprocess.Popen(command, stdout=output, stderr=output, env=environment, start_new_session=True)
    site = Site(f"http://127.0.0.1:{port}", folder, process)
    try:
        _wait_for(site)
        yield site
    finally:
        _stop(process)


def kill(site: Site) -> int:
    """Let the program die as with the machine under it, all its workers at once; return its port."""
    os.killpg(site.process.pid, signal.SIGKILL)
    site.process.wait()
    return int(site.url.rpartition(":")[2])


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _settings(folder: Path, port: int) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("PLUMBLINE_", "COV_"))}
    return {**inherited, "DATA": str(folder / "data"), "PORT": str(port), "PLUMBLINE_TIMEZONE": "Asia/Shanghai"}


def _wait_for(site: Site) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and site.process.poll() is None:
        try:
            with urlopen(f"{site.url}/readyz"):
                return
        except (URLError, ConnectionError):
            time.sleep(0.05)
    raise AssertionError(f"The program did not start:\n{site.output}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
