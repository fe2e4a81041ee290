"""Measure answering: a save, a page, a list, many at once, and what ten thousand assessments change.

Through gunicorn with two workers, on SQLite with durable commits and on PostgreSQL, beside bare handlers.
"""

import json
import re
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, create_engine, text

from bench.measuring import ROUNDS, Browser, Comparison, Fields, bare_server, compare
from tests.support import postgres
from tests.support.site import Site, running

FEW, MANY = 10, 10_000
CONNECTIONS, SECONDS = 8, 2.0
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
        missed = [_measured("SQLite", {}, "")]
        with postgres.shared() as cluster:
            url, bare = cluster.create("bench"), cluster.create("bare")
        missed.append(_measured("PostgreSQL", {"PLUMBLINE_DATABASE_URL": url}, bare))
    finally:
        postgres.release()
    return int(any(missed))


def _measured(name: str, settings: dict[str, str], database: str) -> bool:
    with (
        TemporaryDirectory() as folder,
        _answering(Path(folder), settings) as desk,
        bare_server(database or f"{folder}/bare.db") as bare,
    ):
        floor = Browser(bare)
        url = settings.get("PLUMBLINE_DATABASE_URL", f"sqlite:///{Path(folder) / 'data' / 'plumbline.db'}")
        copy_assessments(url, FEW)
        few = _timed(desk, floor)
        rate = _rate(desk, bare)
        copy_assessments(url, MANY - FEW)
        many = _timed(desk, floor)
    print(f"\n{name:<46}{'ours ms':>9}{'bare ms':>9}{'ratio':>8}{'target':>8}")
    for each in few:
        print(each.row())
    ours, theirs, errors = rate
    print(f"{'saves a second, 8 connections':<46}{ours:9.0f}{theirs:9.0f}{ours / theirs:8.2f}{SAVES_A_SECOND:8.1f}")
    print(f"{'errors among them':<46}{errors:9}")
    grown = [(old.what, new.ours_ms / old.ours_ms) for old, new in zip(few, many, strict=True)]
    for what, growth in grown:
        print(f"{what + f', {MANY} over {FEW}':<46}{'':18}{growth:8.2f}{GROWTH:8.1f}")
    return (
        any(each.is_missed for each in few)
        or ours / theirs < SAVES_A_SECOND
        or bool(errors)
        or any(growth > GROWTH for _, growth in grown)
    )


def _timed(desk: Desk, floor: Browser) -> list[Comparison]:
    saver = Saver(desk)
    saver.version = _version_at(desk)
    saver()
    return [
        compare("save one answer", saver, BareSaver(saver, f"http://{floor.host}"), target=3),
        compare("section page", desk.page, lambda: floor.get("/items"), target=2),
        compare("overview", desk.overview, lambda: floor.get("/items"), target=8),
        compare("list of assessments", desk.home, lambda: floor.get("/page"), target=8),
    ]


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


def _copying(connection: Connection, table: str) -> str:
    key = "id" if table == "assessments" else "assessment_id"
    names = list(connection.execute(text(f"SELECT * FROM {table} LIMIT 0")).keys())
    chosen = ", ".join("copies.id" if name == key else f"it.{name}" for name in names)
    return (
        f"INSERT INTO {table} ({', '.join(names)}) SELECT {chosen} FROM {table} AS it, copies WHERE it.{key} = :first"
    )


if __name__ == "__main__":
    sys.exit(main())
