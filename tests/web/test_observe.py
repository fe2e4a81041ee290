"""The log: a line of JSON a request, without anything that people typed, are called, or hold; and health."""

import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO
from unittest.mock import patch

import pytest
from flask import Flask
from sqlalchemy import text

from settings import Settings
from store.database import writing
from tests.support.listening import Heard, listening
from tests.support.world import PASSWORD, World
from web.logs import JsonLines


@pytest.fixture
def log() -> Iterator[Heard]:
    with listening() as heard:
        yield heard


def test_no_line_holds_an_address_a_name_a_password_or_a_token(world: World, log: Heard):
    token, _id = world.invitation("secret-guest@example.com")
    owner, stranger = world.visitor("owner"), world.visitor()
    owner.send(f"/o/{world.applicant.slug}/people/invite", {"email": "secret-guest@example.com", "role": "viewer"})
    stranger.get(f"/link/{token}?x=secret-query")
    stranger.sign_in("member", "wrong-secret-password")
    stranger.sign_in("member", next="/account?secret-next")
    stranger.get("/secret-path")
    stranger.get("/account", Referer=f"http://localhost/link/{token}", **{"User-Agent": "secret-agent"})

    logged = log.text()
    held = [stranger.token, owner.token, token, PASSWORD, "secret", "example.com", "Member", world.applicant.slug]
    assert [what for what in held if what and what in logged] == []
    assert "/link/<token>" in logged


def test_a_request_is_one_line_that_says_when_what_and_how_long(world: World, log: Heard):
    visitor = world.visitor("owner")
    log.text()

    answer = visitor.get(f"/o/{world.applicant.slug}/people")

    (line,) = log.lines()
    assert {key: line[key] for key in ("level", "event", "method", "route", "status")} == {
        "level": "info",
        "event": "request",
        "method": "GET",
        "route": "/o/<org>/people",
        "status": 200,
    }
    assert line["id"] == answer.headers["X-Request-ID"]
    assert isinstance(line["ms"], float)
    assert str(line["at"]).endswith("+00:00")


FORGED = '{"level": "info", "event": "forged"}'


def test_nobody_forges_a_line(app: Flask, log: Heard):
    client = app.test_client()
    for value in ("%0a" + FORGED, "%0d%0a" + FORGED, "%e2%80%a8" + FORGED):
        client.get(f"/{value}")
        client.get(f"/link/{value}")
        client.get(f"/sign-in?next={value}")
    client.get("/sign-in", headers={"X-Request-ID": FORGED, "User-Agent": FORGED, "Referer": FORGED})
    client.open("/sign-in", method="G\n" + FORGED)

    found = log.lines()
    assert len(found) == 11
    assert {line["event"] for line in found} == {"request"}


def test_what_the_database_driver_complains_of_is_a_line_too_and_quotes_nothing(app: Flask):
    driver = logging.getLogger("psycopg")
    record = driver.makeRecord(
        driver.name, logging.WARNING, "", 0, "error ignored terminating %r: %s", ("it", "a secret"), None
    )

    stream = StringIO()
    handler = next(each for each in driver.handlers if isinstance(each.formatter, JsonLines))
    assert isinstance(handler, logging.StreamHandler)
    with patch.object(handler, "stream", stream):
        driver.handle(record)

    assert not driver.propagate
    line = json.loads(stream.getvalue())
    assert (line["level"], line["event"]) == ("warning", "error ignored terminating %r: %s")


def test_a_number_told_by_a_stranger_is_not_taken(app: Flask):
    given = "abcdef-0123456789"

    assert app.test_client().get("/sign-in", headers={"X-Request-ID": given}).headers["X-Request-ID"] != given


class TestBehindAProxy:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return replace(settings, proxies=1)

    @pytest.mark.parametrize(
        ("given", "taken"),
        [
            ("abcdef-0123456789", True),
            ("short", False),
            ("x" * 65, False),
            ("with space 12", False),
            ("a\u00e9" * 6, False),
        ],
    )
    def test_the_proxys_number_is_taken_if_it_is_one(self, app: Flask, given: str, *, taken: bool):
        told = app.test_client().get("/sign-in", headers={"X-Request-ID": given}).headers["X-Request-ID"]

        assert (told == given) == taken


def test_who_only_asks_whether_it_lives_fills_no_log(app: Flask, log: Heard):
    client = app.test_client()

    assert (client.get("/healthz").text, client.get("/readyz").text) == ("ok\n", "ready\n")
    client.get("/static/plumbline.css", buffered=True)
    assert log.lines() == []


@pytest.mark.parametrize(
    "change",
    ["DROP TABLE alembic_version", "UPDATE alembic_version SET version_num = 'newer'", "DELETE FROM alembic_version"],
)
def test_it_is_not_ready_while_the_tables_are_not_its_own(app: Flask, change: str):
    with app.app_context(), writing() as database:
        database.execute(text(change))
    client = app.test_client()

    assert (client.get("/readyz").status_code, client.get("/readyz").text) == (503, "not ready\n")
    assert client.get("/healthz").status_code == 200


def test_it_is_ready_again_by_itself(app: Flask):
    client = app.test_client()
    with app.app_context(), writing() as database:
        kept = database.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
        database.execute(text("UPDATE alembic_version SET version_num = 'newer'"))
    before = client.get("/readyz").status_code
    with app.app_context(), writing() as database:
        database.execute(text("UPDATE alembic_version SET version_num = :kept"), {"kept": kept})

    assert (before, client.get("/readyz").status_code) == (503, 200)


def test_there_are_no_counters_unless_switched_on(world: World):
    assert world.visitor().get("/metrics").status_code == 404
    assert world.visitor("operator").get("/metrics").status_code == 404


class TestWithCounters:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return replace(settings, metrics=True)

    def test_requests_are_counted_by_route_and_status_and_not_by_path(self, app: Flask):
        client = app.test_client()
        client.get("/link/a-very-secret-token")
        client.get("/a-path-of-a-stranger")

        answer = client.get("/metrics")

        assert answer.mimetype == "text/plain"
        assert 'plumbline_requests_total{route="/link/<token>",status="404"}' in answer.text
        assert 'plumbline_request_seconds_count{route="-"}' in answer.text
        assert "secret" not in answer.text
        assert "stranger" not in answer.text
