"""Whose turn it is: so many reports are built at once on this machine, and whoever has to wait too long is told so."""

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

from flask import current_app

from settings import Settings
from web import heap

AT_ONCE = 2
PATIENCE = 5.0
_LOOK_AGAIN = 0.05
_here = threading.Lock()


class Busy(Exception):
    """All turns are taken, and stayed so for some seconds."""


@contextmanager
def turn() -> Iterator[None]:
    """Build one thing: one a worker and so many in all, as an address space and a machine bear it."""
    deadline = time.monotonic() + PATIENCE
    if not _here.acquire(timeout=PATIENCE):
        raise Busy
    with ExitStack() as held:
        held.callback(_here.release)
        held.callback(heap.give_back)
        held.enter_context(_seat(deadline))
        yield


def _seat(deadline: float) -> IO[bytes]:
    """Take one of the seats that all workers share; a worker that is killed leaves its seat by itself."""
    settings: Settings = current_app.extensions["settings"]
    paths = [settings.data / f".building-{number}" for number in range(AT_ONCE)]
    while True:
        for path in paths:
            if (found := _taken(path)) is not None:
                return found
        if time.monotonic() >= deadline:
            raise Busy
        time.sleep(_LOOK_AGAIN)


def _taken(path: Path) -> IO[bytes] | None:
    seat = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b")
    try:
        fcntl.flock(seat, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        seat.close()
        return None
    return seat
