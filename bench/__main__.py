"""Measure the frame: a page, a durable save, and the first start."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

from bench.measuring import Browser, Comparison, bare_server, compare
from tests.support.site import Site, running

START_CPU_SECONDS = 3.0
OWNER = {
    "name": "Bench",
    "email": "bench@example.org",
    "password": "seven quiet herons at dawn",
    "name_en": "Bench",
    "kind": "applicant",
}


def main() -> int:
    """Print the table; 1 when a target is missed."""
    with TemporaryDirectory() as folder, running(Path(folder)) as site:
        first_start = _cpu_seconds(site)
        with bare_server(f"{folder}/bare.db") as floor_url:
            comparisons = _compared(site, Browser(floor_url))
    print(f"{'':<46}{'ours ms':>9}{'bare ms':>9}{'ratio':>8}{'target':>8}")
    for comparison in comparisons:
        print(comparison.row())
    print(f"{'first start on an empty folder, CPU seconds':<46}{first_start:9.2f}{'':17}{START_CPU_SECONDS:8.1f}")
    return int(first_start > START_CPU_SECONDS or any(comparison.is_missed for comparison in comparisons))


def _compared(site: Site, floor: Browser) -> list[Comparison]:
    ours = Browser(site.url)
    link = site.sign_in_link.removeprefix(site.url)
    ours.post(link, {**OWNER, "csrf_token": ours.csrf_token(link)})
    save = {"csrf_token": ours.csrf_token("/o/bench/people"), "language": "en", "next": "/"}
    page = compare("page: who has access", lambda: ours.get("/o/bench/people"), lambda: floor.get("/page"), target=8)
    kept = compare(
        "save: one durable change", lambda: ours.post("/language", save), lambda: floor.post("/save"), target=3
    )
    long = compare(
        "page: a questionnaire of 71 items",
        lambda: ours.get("/o/bench/questionnaires/om-services/trial-1"),
        lambda: floor.get("/items"),
        target=8,
    )
    return [page, kept, long]


def _cpu_seconds(site: Site) -> float:
    """Add up what the server and its workers have used so far."""
    server = psutil.Process(site.process.pid)
    times = [process.cpu_times() for process in (server, *server.children(recursive=True))]
    return float(sum(time.user + time.system for time in times))


if __name__ == "__main__":
    sys.exit(main())
