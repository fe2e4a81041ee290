"""Threads that serve one request after the other, and side by side only where one takes long.

A process runs the Python of one thread at a time. Threads that are all at work at once only wake each other up, each
with its own things to fetch into the processor's caches: eight people saving at once got a quarter less done.
"""

from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor, Future
from functools import partial
from threading import Condition, Thread, get_ident
from time import monotonic
from typing import Any, NamedTuple, ParamSpec, TypeVar

# After so many seconds at one request nobody waits for its end any more
PATIENCE = 0.02
P = ParamSpec("P")
T = TypeVar("T")


class _Task(NamedTuple):
    """A request that waits for its turn."""

    future: Future[Any]
    serve: Callable[[], Any]

    def run(self) -> None:
        if not self.future.set_running_or_notify_cancel():
            return
        try:
            result = self.serve()
        except BaseException as error:  # noqa: BLE001 - whoever asked for it is told, whatever it is
            self.future.set_exception(error)
        else:
            self.future.set_result(result)


class TakingTurns(Executor):
    """The next request begins when the one before is done, or has been at it for longer than one waits."""

    def __init__(self, threads: int, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._changed = Condition()
        self._waiting: deque[_Task] = deque()
        self._begun: dict[int, float] = {}  # when each thread that is at a request began it
        self._is_watched = False
        self._has_ended = False
        self._threads = [Thread(target=self._work, daemon=True) for _thread in range(threads)]
        for each in self._threads:
            each.start()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        future: Future[T] = Future()
        with self._changed:
            if self._has_ended:
                raise RuntimeError("no request is taken after the end")
            self._waiting.append(_Task(future, partial(fn, *args, **kwargs)))
            if not self._is_watched or self._seconds_to_wait() <= 0:
                self._changed.notify()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - an Executor's
        """Let the threads end once nobody waits for a turn any more."""
        with self._changed:
            self._has_ended = True
            while cancel_futures and self._waiting:
                self._waiting.popleft().future.cancel()
            self._changed.notify_all()
        for each in self._threads if wait else ():
            each.join()

    def _work(self) -> None:
        while task := self._next():
            task.run()

    def _next(self) -> _Task | None:
        """Take the next request when it is its turn; nothing at the end."""
        with self._changed:
            self._begun.pop(get_ident(), None)
            while not self._waiting or self._seconds_to_wait() > 0:
                if self._has_ended and not self._waiting:
                    self._changed.notify()  # whoever rests has nothing to wait for either
                    return None
                self._rest()
            self._begun[get_ident()] = monotonic()
            task = self._waiting.popleft()
            if self._waiting and not self._is_watched:
                self._changed.notify()
            return task

    def _rest(self) -> None:
        """Wait to be called; where somebody waits, one thread watches whether the one at work takes long."""
        if not self._waiting or self._is_watched:
            self._changed.wait()
            return
        self._is_watched = True
        self._changed.wait(self._seconds_to_wait())
        self._is_watched = False

    def _seconds_to_wait(self) -> float:
        """Say how long whoever is at a request still has before the next one begins all the same."""
        return max(self._begun.values(), default=0.0) + self._patience - monotonic()
