"""The workers that serve: gunicorn's, but that visitors are shared out among them, and take turns within one."""

import time
from socket import socket

from gunicorn.workers.gthread import ThreadWorker

from commands.taking_turns import TakingTurns

_HESITATION = 0.0003  # seconds for each visitor a worker has
_MOST = 5


class Worker(ThreadWorker):
    """A worker that leaves a new visitor to whichever has fewer.

    All of them hear of one, the first to answer keeps them for as long as their connection is open, and without
    hesitation that is always the same one: the others would be idle however many come.
    """

    def accept(self, listener: socket) -> None:
        time.sleep(min(self.nr_conns, _MOST) * _HESITATION)
        super().accept(listener)


class TurnTaker(Worker):
    """The same for a database within the process: its threads have nothing to wait for but each other.

    With a database elsewhere one serves while the other waits for an answer.
    """

    def get_thread_pool(self) -> TakingTurns:
        return TakingTurns(self.cfg.threads)
