"""Measure answering: a save, a page, a list, many at once, and what ten thousand assessments change.

Through gunicorn with two workers, on SQLite with durable commits and on PostgreSQL, beside bare handlers.
"""

import json
import re
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection, create_engine, event, text

from bench.measuring import ROUNDS, Browser, Comparison, Fields, bare_server, compare
from tests.support import postgres
from tests.support.site import Site, running

# A page of the list shows twenty: with ten, twice as many lines would be taken for growth
FEW, MANY = 20, 10_000
CONNECTIONS, SECONDS = 8, 1.0
SAVES_A_SECOND = 0.4
GROWTH = 1.2
OWNER = {
    "name": "Bench",
    "email": "bench@example.org",
    "password": "seven quiet herons at dawn",
    "name_en": "Bench",
    "kind": "applicant",
}
_ID = re.compile(rb"/o/bench/answers/([0-9a-f-]{36})")
_NEW_IDS_ON_SQLITE = """CREATE TEMPORARY TABLE copies AS
WITH RECURSIVE numbers(number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM numbers WHERE number < :number)
SELECT lower(hex(randomblob(16))) AS id FROM numbers"""
_NEW_IDS = "CREATE TEMPORARY TABLE copies AS SELECT gen_random_uuid() AS id FROM generate_series(1, :number)"
_TABLES = ("assessments", "answers", "answer_versions")


@dataclass
class Desk:
    """An assessment somebody is answering through the real program."""

    site: Site
    browser: Browser
    assessment: str
    token: str

    def page(self) -> bytes:
        return self.browser.get(f"/o/bench/assessments/{self.assessment}/design")

    def overview(self) -> bytes:
        return self.browser.get(f"/o/bench/assessments/{self.assessment}")

    def home(self) -> bytes:
        return self.browser.get("/o/bench/")


class Saver:
    """Saves one item again and again as a page does: all its fields, each time on the version it got back."""

    def __init__(self, desk: Desk, item: str = "om-13", browser: Browser | None = None) -> None:
        self.browser = browser or desk.browser
        self.path = f"/o/bench/answers/{desk.assessment}/items/{item}"
        self.item, self.token = item, desk.token
        self.version, self.numbers = 0, count()
        self.shown: Fields = {}

    def __call__(self) -> None:
        told = json.loads(self.browser.post(self.path, self.fields(next(self.numbers))))
        self.version = told["version"]
        self.shown = {name: values or [""] for name, values in told["fields"].items()}

    def fields(self, number: int) -> Fields:
        return {
            **self.shown,
            "csrf_token": self.token,
            f"{self.item}-version": str(self.version),
            f"{self.item}-conclusion": "conform",
            f"{self.item}-a-state": ("have", "partial", "missing")[number % 3],
            f"{self.item}-note": f"{number}",
        }


class BareSaver:
    """Sends what a saver sends to the bare handler, which keeps one value of it."""

    def __init__(self, saver: Saver, bare: str) -> None:
        self.saver, self.browser, self.numbers = saver, Browser(bare), count()

    def __call__(self) -> None:
        number = next(self.numbers)
        self.browser.post("/save", {**self.saver.fields(number), "note": f"{number}"})


def main() -> int:
    """Print the tables; 1 when a target is missed."""
    postgres.reserve()
    try:
        missed = [_measured("SQLite", ["", ""], "")]
        with postgres.shared(is_durable=True) as cluster:
            addresses = [cluster.create(f"bench-{number}") for number in (FEW, MANY)]
            missed.append(_measured("PostgreSQL", addresses, cluster.create("bare")))
    finally:
        postgres.release()
    return int(any(missed))


def _measured(name: str, addresses: Sequence[str], bare_database: str) -> bool:
    """Measure a program with few assessments beside the bare handler, and one with many beside it."""
    with TemporaryDirectory() as folder, ExitStack() as stack:
        few, many = (
            stack.enter_context(_filled(Path(folder) / str(number), url, number))
            for number, url in zip((FEW, MANY), addresses, strict=True)
        )
        bare = stack.enter_context(bare_server(bare_database or f"{folder}/bare.db"))
        times = _beside_the_floor(few, bare)
        rate = _rate(few, bare)
        grown = _grown(many, few)
    print(f"\n{name:<46}{'ours ms':>9}{'bare ms':>9}{'ratio':>8}{'target':>8}")
    for each in times:
        print(each.row())
    ours, theirs, errors = rate
    print(f"{'saves a second, 8 connections':<46}{ours:9.0f}{theirs:9.0f}{ours / theirs:8.2f}{SAVES_A_SECOND:8.1f}")
    print(f"{'errors among them':<46}{errors:9}")
    print(f"{'':<46}{'many ms':>9}{'few ms':>9}")
    for each in grown:
        print(each.row())
    return any(each.is_missed for each in (*times, *grown)) or ours / theirs < SAVES_A_SECOND or bool(errors)


def _beside_the_floor(desk: Desk, bare: str) -> list[Comparison]:
    floor, saver = Browser(bare), _saver(desk)
    return [
        compare("save one answer", saver, BareSaver(saver, bare), target=3),
        compare("section page", desk.page, lambda: floor.get("/items"), target=2),
        compare("overview", desk.overview, lambda: floor.get("/items"), target=8),
        compare("list of assessments", desk.home, lambda: floor.get("/page"), target=8),
    ]


def _grown(many: Desk, few: Desk) -> list[Comparison]:
    told = f", {MANY} over {FEW}"
    return [
        compare("save one answer" + told, _saver(many), _saver(few), target=GROWTH),
        compare("section page" + told, many.page, few.page, target=GROWTH),
        compare("overview" + told, many.overview, few.overview, target=GROWTH),
        compare("list of assessments" + told, many.home, few.home, target=GROWTH),
    ]


def _saver(desk: Desk) -> Saver:
    saver = Saver(desk)
    saver.version = _version_at(desk)
    saver()
    return saver


def _version_at(desk: Desk) -> int:
    found = re.search(rb'name="om-13-version" value="(\d+)"', desk.page())
    assert found
    return int(found[1])


def _rate(desk: Desk, bare: str) -> tuple[float, float, int]:
    """Count the saves of eight connections, each on an item of its own, ours and the bare handler's in turn."""
    errors: list[BaseException] = []
    savers = [_own_saver(desk, number) for number in range(CONNECTIONS)]
    for each in savers:
        each()
    floors = [BareSaver(each, bare) for each in savers]
    rounds = [(_many_at_once(floors, errors), _many_at_once(savers, errors)) for _round in range(ROUNDS)]
    return max(ours for _, ours in rounds), max(theirs for theirs, _ in rounds), len(errors)


def _own_saver(desk: Desk, number: int) -> Saver:
    browser = Browser(desk.site.url)
    browser.cookie = desk.browser.cookie
    return Saver(desk, f"om-{number + 27:02}", browser)


def _many_at_once(acts: Sequence[Callable[[], object]], errors: list[BaseException]) -> float:
    done = [0] * len(acts)
    ends = time.perf_counter() + SECONDS

    def work(place: int) -> None:
        try:
            while time.perf_counter() < ends:
                acts[place]()
                done[place] += 1
        except BaseException as error:  # noqa: BLE001 - counted, whatever it is
            errors.append(error)

    threads = [threading.Thread(target=work, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done) / SECONDS


@contextmanager
def _filled(folder: Path, url: str, number: int) -> Iterator[Desk]:
    """Serve a program that holds so many assessments."""
    folder.mkdir()
    with _answering(folder, {"PLUMBLINE_DATABASE_URL": url} if url else {}) as desk:
        copy_assessments(url or f"sqlite:///{folder / 'data' / 'plumbline.db'}", number - 1)
        yield desk


@contextmanager
def _answering(folder: Path, settings: dict[str, str]) -> Iterator[Desk]:
    with running(folder, port=None, **settings) as site:
        browser = Browser(site.url)
        browser.headers = {"Accept-Language": "en"}
        link = site.sign_in_link.removeprefix(site.url)
        browser.post(link, {**OWNER, "csrf_token": browser.csrf_token(link)})
        new = "/o/bench/assessments/new/om-services/trial-1"
        fields = {"title": "2026", "target": "1-cumulative", "start": "empty", "size": "small",
                  "audit": "initial", "rules": "initial-audit@1"}  # fmt: skip
        token = browser.csrf_token(new)
        browser.post(new, {**fields, "csrf_token": token})
        found = _ID.search(browser.get("/o/bench/"))
        assert found, "no assessment was begun"
        desk = Desk(site, browser, found[1].decode(), token)
        for number in range(1, 72):
            Saver(desk, f"om-{number:02}")()
        yield desk


def copy_assessments(url: str, number: int) -> None:
    """Copy the answered assessment so often, with all its answers, straight in the database."""
    is_sqlite = url.startswith("sqlite")
    engine = create_engine(url)
    if is_sqlite:
        event.listen(engine, "connect", _hurry)
    with engine.begin() as connection:
        connection.execute(text(_NEW_IDS_ON_SQLITE if is_sqlite else _NEW_IDS), {"number": number})
        first = connection.execute(text("SELECT id FROM assessments ORDER BY created_at LIMIT 1")).scalar()
        for table in _TABLES:
            connection.execute(text(_copying(connection, table)), {"first": first})
        connection.execute(text("DROP TABLE copies"))
    if not is_sqlite:
        # What years of use would have had done by autovacuum, and a minute of copying has not
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM (ANALYZE)"))
            connection.execute(text("CHECKPOINT"))
    engine.dispose()


def _hurry(connection: Any, _record: object) -> None:
    """Copy without waiting for the disk; the program measured has settings of its own."""
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("PRAGMA cache_size=-400000")


def _copying(connection: Connection, table: str) -> str:
    key = "id" if table == "assessments" else "assessment_id"
    names = list(connection.execute(text(f"SELECT * FROM {table} LIMIT 0")).keys())
    chosen = ", ".join("copies.id" if name == key else f"it.{name}" for name in names)
    return (
        f"INSERT INTO {table} ({', '.join(names)}) SELECT {chosen} FROM {table} AS it, copies WHERE it.{key} = :first"
    )


if __name__ == "__main__":
    sys.exit(main())
