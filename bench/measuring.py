"""Alternating rounds, medians, and ratios: what a shared machine does to one side it does to the other."""

import http.client
import os
import re
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from settings import ROOT

ROUNDS = 5
REQUESTS = 120
_GUNICORN = Path(sys.executable).with_name("gunicorn")
_LIKE_OURS = ["--workers=2", "--worker-class=gthread", "--threads=4", "--preload", "--no-control-socket"]
_CSRF = re.compile(rb'name="csrf_token"[^>]*value="([^"]+)"')


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
    """One kept connection with its cookie, as a browser has."""

    def __init__(self, url: str) -> None:
        self.connection = http.client.HTTPConnection(url.removeprefix("http://"))
        self.cookie = ""
        self.headers: dict[str, str] = {}

    def move_to(self, url: str) -> None:
        """Go on at another address, as somebody whose server was restarted."""
        self.connection.close()
        self.connection = http.client.HTTPConnection(url.removeprefix("http://"))

    def get(self, path: str) -> bytes:
        return self._send("GET", path)

    def post(self, path: str, fields: dict[str, str] | None = None) -> bytes:
        return self._send("POST", path, urlencode(fields or {}))

    def csrf_token(self, path: str) -> str:
        found = _CSRF.search(self.get(path))
        assert found, f"{path} holds no form"
        return found[1].decode()

    def _send(self, method: str, path: str, body: str | None = None) -> bytes:
        headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded", **self.headers}
        try:
            self.connection.request(method, path, body, headers)
            response = self.connection.getresponse()
        except http.client.RemoteDisconnected:  # kept open too long while the other side was measured
            self.connection.close()
            return self._send(method, path, body)
        content = response.read()
        assert response.status in {200, 302}, f"{method} {path} answered {response.status}"
        cookies = response.headers.get_all("Set-Cookie", [])
        self.cookie = next((it.partition(";")[0] for it in cookies if it.startswith("session=")), self.cookie)
        return content


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
