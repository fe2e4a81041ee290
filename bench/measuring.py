"""Alternating rounds, medians, and ratios: what a shared machine does to one side it does to the other."""

import os
import re
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlencode

from settings import ROOT

# Many short rounds: on a shared machine the best of them is one that nobody disturbed
ROUNDS = 15
REQUESTS = 40
_GUNICORN = Path(sys.executable).with_name("gunicorn")
_LIKE_OURS = ["--workers=2", "--worker-class=gthread", "--threads=4", "--preload", "--no-control-socket"]
_HEAD = (
    re.compile(rb"HTTP/1\.1 (\d+)"),
    re.compile(rb"\r\ncontent-length: (\d+)", re.IGNORECASE),
    re.compile(rb"\r\nset-cookie: (session=[^;]+)", re.IGNORECASE),
)
_CSRF = re.compile(rb'name="csrf_token"[^>]*value="([^"]+)"')
Fields = Mapping[str, str | Sequence[str]]


@dataclass(frozen=True)
class Comparison:
    what: str
    ours_ms: float
    floor_ms: float
    target: float

    @property
    def ratio(self) -> float:
        return self.ours_ms / self.floor_ms

    @property
    def is_missed(self) -> bool:
        return self.ratio > self.target

    def row(self) -> str:
        verdict = "  missed" if self.is_missed else ""
        return f"{self.what:<46}{self.ours_ms:9.2f}{self.floor_ms:9.2f}{self.ratio:8.2f}{self.target:8.1f}{verdict}"


class Browser:
    """One kept connection with its cookie, as a browser has; it does no more than it must, for it is not measured."""

    def __init__(self, url: str) -> None:
        self.cookie = ""
        self.headers: dict[str, str] = {}
        self.move_to(url)

    def move_to(self, url: str) -> None:
        """Go on at another address, as somebody whose server was restarted."""
        self.host = url.removeprefix("http://")
        self.answers: BinaryIO | None = None

    def close(self) -> None:
        if self.answers is not None:
            self.answers.close()
            self.socket.close()

    def get(self, path: str) -> bytes:
        return self._send("GET", path)

    def post(self, path: str, fields: Fields | None = None) -> bytes:
        return self._send("POST", path, urlencode(fields or {}, doseq=True))

    def csrf_token(self, path: str) -> str:
        found = _CSRF.search(self.get(path))
        assert found, f"{path} holds no form"
        return found[1].decode()

    def _send(self, method: str, path: str, body: str = "") -> bytes:
        headers = {
            "Host": self.host,
            "Cookie": self.cookie,
            "Content-Type": "application/x-www-form-urlencoded",
            "Content-Length": str(len(body)),
            **self.headers,
        }
        lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items()), "", body]
        request = "\r\n".join(lines).encode()
        head = self._head(request) or self._head(request)  # kept open too long while the other side was measured
        status, length, cookie = (found[1] if (found := each.search(head)) else b"" for each in _HEAD)
        assert status in {b"200", b"302"}, f"{method} {path} answered {status.decode()}"
        assert self.answers
        self.cookie = cookie.decode() or self.cookie
        return self.answers.read(int(length))

    def _head(self, request: bytes) -> bytes:
        """Send a request and read the head of the answer; nothing where the connection was closed."""
        if self.answers is None:
            name, _, port = self.host.partition(":")
            self.socket = socket.create_connection((name, int(port)))
            self.answers = self.socket.makefile("rb")
        try:
            self.socket.sendall(request)
            head = b"".join(_until_blank(self.answers))
        except ConnectionError:
            head = b""
        if not head:
            self.answers = None
        return head


def _until_blank(lines: BinaryIO) -> Iterator[bytes]:
    while line := lines.readline().removesuffix(b"\r\n"):
        yield line + b"\r\n"


@contextmanager
def bare_server(database: str) -> Iterator[str]:
    """Serve the floor the way we serve ourselves, from the same kind of database."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{free.getsockname()[1]}"
    environment = {**os.environ, "BARE_DATABASE": database}
    command = [str(_GUNICORN), "bench.bare:create_app()", f"--bind={host}", "--log-level=warning", *_LIKE_OURS]
    process = subprocess.Popen(command, env=environment, cwd=ROOT)
    try:
        _wait_for(host)
        yield f"http://{host}"
    finally:
        process.terminate()
        process.wait()


def compare(what: str, ours: Callable[[], object], floor: Callable[[], object], *, target: float) -> Comparison:
    """Take the best round's median of each side, the sides in turn."""
    rounds = [(_median_ms(floor), _median_ms(ours)) for _round in range(ROUNDS)]
    return Comparison(what, min(ms for _, ms in rounds), min(ms for ms, _ in rounds), target)


def _median_ms(act: Callable[[], object]) -> float:
    times = []
    for _request in range(REQUESTS):
        began = time.perf_counter()
        act()
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


def _wait_for(host: str) -> None:
    name, _, port = host.partition(":")
    for _attempt in range(200):
        try:
            socket.create_connection((name, int(port)), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the bare server did not start")
