"""When something is wrong: a sentence in the reader's language, a number that is in the log, and nothing else."""

import json
import re
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from people.access import Action
from store import organizations, sessions
from tests.support.databases import PostgreSQLDatabases
from tests.support.listening import Heard, listening
from tests.support.world import World
from web.rules import allow

SECRET = "the-secret-in-the-message"


@pytest.fixture
def app(app: Flask) -> Flask:
    """With three pages that break, each in its own way and each saying too much."""

    @allow(Action.VISIT)
    def broken() -> str:
        raise RuntimeError(SECRET)

    @allow(Action.VISIT)
    def nested() -> str:
        try:
            raise KeyError(SECRET)
        except KeyError as error:
            raise ValueError(f"{SECRET}\n{{}}") from error

    @allow(Action.VISIT)
    def away() -> str:
        raise OperationalError(f"SELECT '{SECRET}'", {"name": SECRET}, Exception(SECRET))

    for view in (broken, nested, away):
        app.add_url_rule(f"/{view.__name__}", view.__name__, view)
    return app


@pytest.fixture
def log() -> Iterator[Heard]:
    with listening() as heard:
        yield heard


@pytest.mark.parametrize(
    ("request_line", "status", "english", "chinese"),
    [
        ("GET /no-such-page", 404, "There is no such page here", "这里没有这一页"),
        ("GET /static/none.css", 404, "There is no such page here", "这里没有这一页"),
        ("POST /healthz", 405, "This address does not take that", "这个地址不接受这样的操作"),
        ("POST /sign-in", 400, "This request cannot be understood", "无法理解这次请求"),
        ("GET /broken", 500, "Something went wrong on our side", "程序出了问题"),
        ("GET /nested", 500, "Something went wrong on our side", "程序出了问题"),
        ("GET /away", 503, "The database cannot be reached", "连不上数据库"),
    ],
)
def test_an_error_page_says_what_to_do_and_a_number_that_is_in_the_log(
    app: Flask, log: Heard, *, request_line: str, status: int, english: str, chinese: str
):
    method, path = request_line.split()
    for language, title in (("en", english), ("zh", chinese)):
        answer = app.test_client().open(path, method=method, headers={"Accept-Language": language})
        logged = log.text()

        assert answer.status_code == status
        assert title in answer.text
        assert (english in answer.text) == (language == "en")
        number = answer.headers["X-Request-ID"]
        assert re.fullmatch("[0-9a-f]{10}", number)
        assert number in re.sub("<[^>]*>", "", answer.text)
        assert {line["id"] for line in map(json.loads, logged.splitlines())} == {number}
        for told in (answer.text, logged, str(answer.headers)):
            assert SECRET not in told
        assert "Traceback" not in answer.text
        assert "Error" not in answer.text


def test_the_log_tells_the_kind_of_error_and_where_it_came_from(app: Flask, log: Heard):
    app.test_client().get("/broken")

    failure, request = log.lines()
    assert (failure["event"], failure["error"], failure["level"]) == ("failure", "RuntimeError", "error")
    assert re.search(r"test_errors\.py:\d+ broken", failure["trace"][-1])
    assert (request["event"], request["status"], request["route"]) == ("request", 500, "/broken")


def test_a_database_that_goes_away_in_the_middle_of_a_page_is_not_asked_for_the_menu(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    visitor = world.visitor("owner")

    def fail(*_arguments: object) -> None:
        raise OperationalError(SECRET, {}, Exception(SECRET))

    monkeypatch.setattr(organizations, "places_of", fail)

    assert visitor.get("/account").status_code == 503


@pytest.mark.parametrize(("name", "value"), [("sqlite_errorname", "SQLITE_FULL"), ("sqlstate", "53100")])
def test_a_database_without_room_is_not_said_to_be_away(
    world: World, monkeypatch: pytest.MonkeyPatch, name: str, value: str
):
    visitor, full = world.visitor("owner"), Exception(SECRET)
    setattr(full, name, value)

    def fail(*_arguments: object) -> None:
        raise OperationalError(SECRET, {}, full)

    monkeypatch.setattr(sessions, "recognise", fail)

    answer = visitor.get("/account")
    assert answer.status_code == 503
    assert "There is no room left" in answer.text


def test_a_database_that_is_away_is_said_on_pages_of_people_too(world: World, monkeypatch: pytest.MonkeyPatch):
    visitor = world.visitor("owner")

    def fail(*_arguments: object) -> None:
        raise OperationalError(SECRET, {}, Exception(SECRET))

    monkeypatch.setattr(sessions, "recognise", fail)

    answer = visitor.get("/account")
    assert answer.status_code == 503
    assert SECRET not in answer.text


def test_after_a_failed_change_nothing_of_it_is_kept_and_the_next_goes_through(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    visitor = world.visitor("member")
    before = world.everything()
    with monkeypatch.context() as patch:
        patch.setattr(Session, "commit", lambda _session: (_ for _ in ()).throw(RuntimeError(SECRET)))
        failed = visitor.send("/account", {"name": "Not kept", "theme": "auto"})

    assert failed.status_code == 500
    assert world.everything() == before
    assert visitor.send("/account", {"name": "Kept", "theme": "auto"}).status_code == 302
    assert "Kept" in "".join(world.everything()["users"])


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_a_405_names_the_methods_that_are_answered(app: Flask, accept: str):
    refused = app.test_client().post("/healthz", headers={"Accept": accept})

    assert refused.mimetype == accept
    assert set(refused.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


def test_an_error_page_of_a_member_keeps_their_menu_and_shows_no_other_organisation(world: World):
    page = world.visitor("member").get(f"/o/{world.elsewhere.slug}/people")

    assert page.status_code == 404
    assert "member" in page.text.lower()
    assert world.elsewhere.name_en not in page.text


def test_what_exists_elsewhere_and_what_exists_nowhere_look_the_same(world: World):
    visitor = world.visitor("member")
    pages = [visitor.get(f"/o/{slug}/people").text for slug in (world.elsewhere.slug, "yuanshan-consultinX")]

    foreign, unknown = (re.sub(r"value=\"[^\"]*\"|>Reference number [^<]*|[0-9a-f]{10}", "", page) for page in pages)
    assert foreign == unknown


class TestADatabaseThatWasRestarted:
    @pytest.fixture
    def database_url(self) -> Iterator[str]:
        with PostgreSQLDatabases().migrated() as url:
            yield url

    def cut(self, url: str) -> None:
        """End the server's side of every connection, as a restart does."""
        other = create_engine(make_url(url))
        with other.connect() as connection:
            connection.execute(text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            ))  # fmt: skip
        other.dispose()

    @pytest.mark.postgresql
    @pytest.mark.parametrize("path", ["/account", "/o/chenghu-data/documents"])
    def test_is_said_on_a_page_of_ours_and_then_no_more(self, app: Flask, database_url: str, path: str):
        visitor = World(app).visitor("owner")
        before = visitor.get(path).status_code
        self.cut(database_url)

        answer = visitor.get(path)
        assert (answer.status_code, "The database cannot be reached" in answer.text) == (503, True)
        assert visitor.get(path).status_code == before
