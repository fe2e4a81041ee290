"""Several workers share out who comes, or all but one would be idle."""

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from gunicorn.workers.gthread import ThreadWorker

from bench.measuring import Browser
from commands import serving
from settings import Settings
from tests.support.site import PATIENCE, Site, running

VISITORS = 8


def test_visitors_who_come_one_after_the_other_are_shared_out(tmp_path: Path):
    with running(tmp_path) as site:
        workers = _workers(site)
        with ExitStack() as open_ones:
            for _ in range(VISITORS):
                open_ones.enter_context(_visitor(site))
            shares = [_visitors_of(each) for each in workers]

    assert sum(shares) == VISITORS
    assert min(shares) >= 2, "one of eight may be unlucky, but not six"


@pytest.mark.parametrize(("address", "takes_turns"), [("sqlite:////tmp/x.db", True), ("postgresql://x@y/z", False)])
def test_threads_take_turns_where_there_is_no_server_to_wait_for(address: str, takes_turns: bool, settings: Settings):
    with socket.socket() as door:
        worker = serving.options(replace(settings, database_url=address), door)["worker_class"]

    assert (worker.get_thread_pool is not ThreadWorker.get_thread_pool) is takes_turns


@contextmanager
def _visitor(site: Site) -> Iterator[None]:
    visitor = Browser(site.url)
    visitor.get("/healthz")
    yield
    visitor.close()


def _workers(site: Site) -> list[psutil.Process]:
    """Wait until both of them have been asked something: until then there is nobody to share with."""
    found: list[psutil.Process] = []
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        found = psutil.Process(site.process.pid).children()
        with ExitStack() as first_ones:
            for _ in range(VISITORS):
                first_ones.enter_context(_visitor(site))
            if len(found) == 2 and all(_visitors_of(each) for each in found):
                return found
    raise AssertionError(f"there are {len(found)} workers, or one of them never answered")


def _visitors_of(worker: psutil.Process) -> int:
    return sum(each.status == psutil.CONN_ESTABLISHED for each in worker.net_connections("inet"))
