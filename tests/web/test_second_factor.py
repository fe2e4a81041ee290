"""Two-step sign-in: switching it on, being asked for it, recovery codes, switching it off, being made to have it."""

from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from argon2 import PasswordHasher
from itsdangerous import TimestampSigner
from werkzeug.test import TestResponse

import store.accounts
import web.second_factor
from people import passwords
from store.tables import OrganizationRow
from tests.support.world import PASSWORD, TOTP_SECRET, Visitor, World, csrf_token, hidden

NOW = datetime(2026, 3, 1, 12, 0, 10, tzinfo=UTC)
ON = "/account/two-step/on"
CODES = "/account/two-step/codes"
OFF = "/account/two-step/off"


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hold the time still: a code lasts thirty seconds."""
    for module in (store.accounts, web.second_factor):
        monkeypatch.setattr(module, "now", lambda: NOW)


def code(steps_later: int = 0) -> str:
    return pyotp.TOTP(TOTP_SECRET).at(NOW + timedelta(seconds=30 * steps_later))


def switch_on(visitor: Visitor, **fields: str) -> TestResponse:
    return visitor.send(ON, {"shared_secret": TOTP_SECRET, "password": PASSWORD, "code": code(), **fields})


def send_code(visitor: Visitor, page: str, typed: str, **more: str) -> TestResponse:
    fields = {name: hidden(page, name) for name in ("ticket", "next", "kept", "csrf_token")}
    return visitor.client.post("/sign-in/code", data={**fields, "code": typed, **more})


def is_in(visitor: Visitor) -> bool:
    return visitor.get("/account").status_code == 200


def test_a_right_code_switches_it_on_and_ten_codes_are_shown_once(world: World):
    visitor = world.visitor("member")

    answer = switch_on(visitor)

    assert answer.text.count("<li><code>") == 10
    assert TOTP_SECRET in "".join(world.everything()["users"])
    assert "Recovery codes left</dt><dd>10<" in visitor.get("/account/two-step").text


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"code": "000000"}, "This code is not right"),
        ({"code": ""}, "Enter the six digits the app shows"),
        ({"code": "abc"}, "This code is not right"),
        ({"password": "not my password"}, "This is not your current password"),
        ({"password": ""}, "Enter your current password"),
    ],
)
def test_it_stays_off_for_a_wrong_code_or_password_and_the_picture_stays(
    world: World, fields: dict[str, str], told: str
):
    answer = switch_on(world.visitor("member"), **fields)

    assert told in answer.text
    assert hidden(answer.text, "shared_secret") == TOTP_SECRET
    assert TOTP_SECRET not in "".join(world.everything()["users"])


@pytest.mark.parametrize("secret", ["", "short", "a" * 32, TOTP_SECRET + "A", '"><script>alert(1)</script>'])
def test_a_secret_that_is_none_is_replaced_by_a_new_one(world: World, secret: str):
    answer = switch_on(world.visitor("member"), shared_secret=secret)

    assert len(hidden(answer.text, "shared_secret")) == 32
    assert "<script>alert" not in answer.text
    assert "<li><code>" not in answer.text


def test_who_has_it_is_not_led_to_set_up_another_phone(world: World):
    world.enrol("member")
    before = world.everything()
    visitor = world.visitor("member")

    assert visitor.get(ON).location == "/account/two-step"
    assert visitor.send(ON, {"shared_secret": "A" * 32, "password": PASSWORD}, page=OFF).status_code == 302
    assert world.everything()["users"] == before["users"]


def test_signing_in_asks_for_the_code_and_opens_nothing_before(world: World):
    world.enrol("member")
    visitor = world.visitor()

    page = visitor.sign_in("member", next="/account/password")

    assert page.status_code == 200
    assert not is_in(visitor)
    assert send_code(visitor, page.text, code()).location == "/account/password"
    assert is_in(visitor)


def test_a_password_hashed_anew_at_sign_in_does_not_spoil_the_code(world: World, monkeypatch: pytest.MonkeyPatch):
    world.enrol("member")
    monkeypatch.setattr(passwords, "hasher", PasswordHasher(time_cost=2, memory_cost=8, parallelism=1))
    visitor = world.visitor()

    page = visitor.sign_in("member")

    assert send_code(visitor, page.text, code()).location == "/"


@pytest.mark.parametrize("typed", ["{0} {1}", "{0}-{1}", "\u3000{0}{1} "])
def test_a_code_is_read_as_people_type_it(world: World, typed: str):
    world.enrol("member")
    visitor = world.visitor()
    page = visitor.sign_in("member")

    assert send_code(visitor, page.text, typed.format(code()[:3], code()[3:])).location == "/"


def test_a_code_works_once_also_the_one_that_switched_it_on(world: World):
    switch_on(world.visitor("member"))
    visitor = world.visitor()
    page = visitor.sign_in("member").text

    replayed = send_code(visitor, page, code())
    earlier = send_code(visitor, page, code(-1))
    fresh = send_code(visitor, page, code(1))

    assert ["This code is not right or was used" in answer.text for answer in (replayed, earlier)] == [True, True]
    assert fresh.location == "/"


def test_a_code_that_let_one_browser_in_lets_no_other_in(world: World):
    world.enrol("member")
    first, second = world.visitor(), world.visitor()
    pages = [visitor.sign_in("member").text for visitor in (first, second)]

    assert send_code(first, pages[0], code()).location == "/"
    assert "was used" in send_code(second, pages[1], code()).text
    assert not is_in(second)


def test_a_code_of_two_steps_ago_or_ahead_is_too_old_or_too_early(world: World):
    world.enrol("member")
    visitor = world.visitor()
    page = visitor.sign_in("member").text

    answers = [send_code(visitor, page, code(steps)).status_code for steps in (-2, 2, -1)]

    assert answers == [200, 200, 302]


@pytest.mark.parametrize("ticket", ["", "forged", "WyJhIiwiYiJd.aaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbb"])
def test_a_forged_ticket_leads_back_to_the_password(world: World, ticket: str):
    world.enrol("member")
    visitor = world.visitor()
    page = visitor.sign_in("member", next="/account").text

    assert send_code(visitor, page, code(), ticket=ticket).location == "/sign-in?next=/account"
    assert not is_in(visitor)


def test_a_ticket_ends_after_five_minutes(world: World, monkeypatch: pytest.MonkeyPatch):
    world.enrol("member")
    visitor = world.visitor()
    page = visitor.sign_in("member").text
    moment = TimestampSigner.get_timestamp

    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda self: moment(self) + 302)

    assert send_code(visitor, page, code()).location.startswith("/sign-in")
    assert not is_in(visitor)


def test_what_was_sealed_for_a_form_is_no_ticket(world: World):
    """Both are signed with the same key: one must not pass for the other."""
    world.enrol("member")
    visitor = world.visitor()
    kept = visitor.client.post("/account", data={"name": "x"}, headers={"Sec-Fetch-Site": "same-origin"}).text
    page = visitor.sign_in("member").text

    assert hidden(kept, "kept")
    assert send_code(visitor, page, code(), ticket=hidden(kept, "kept")).location.startswith("/sign-in")


def test_a_recovery_code_lets_in_once(world: World):
    world.enrol("member", "abcde-23456", "fghjk-23456")
    first, second = world.visitor(), world.visitor()

    assert send_code(first, first.sign_in("member").text, "ABCDE 23456").location == "/"
    assert send_code(second, second.sign_in("member").text, "abcde-23456").status_code == 200
    assert "Recovery codes left</dt><dd>1<" in first.get("/account/two-step").text


def test_a_recovery_code_of_somebody_else_is_none(world: World):
    world.enrol("viewer", "abcde-23456")
    world.enrol("member")
    visitor = world.visitor()

    assert send_code(visitor, visitor.sign_in("member").text, "abcde-23456").status_code == 200


def test_new_recovery_codes_replace_the_old_ones(world: World):
    world.enrol("member", "abcde-23456")
    visitor, other = world.visitor("member"), world.visitor()
    refused = visitor.send(CODES, {"password": "not my password"})
    answer = visitor.send(CODES, {"password": PASSWORD})

    assert "<li><code>" not in refused.text
    assert answer.text.count("<li><code>") == 10
    assert send_code(other, other.sign_in("member").text, "abcde-23456").status_code == 200


def test_switching_it_off_needs_the_password(world: World):
    world.enrol("member", "abcde-23456")
    visitor = world.visitor("member")

    refused = visitor.send(OFF, {"password": "not my password"})
    assert "This is not your current password" in refused.text
    assert TOTP_SECRET in "".join(world.everything()["users"])

    assert visitor.send(OFF, {"password": PASSWORD}).location == "/account/two-step"
    assert TOTP_SECRET not in "".join(world.everything()["users"])
    assert world.everything()["recovery_codes"] == []
    assert world.visitor().sign_in("member").location == "/"


def test_an_organisation_that_asks_for_it_shows_nothing_before(world: World):
    world.change(OrganizationRow, requires_second_factor=True)
    visitor = world.visitor("owner")
    home = f"/o/{world.applicant.slug}/"

    led = {visitor.get(home + page).location for page in ("", "people", "settings", "log", "people/invite")}
    page = visitor.get(led.copy().pop())

    assert led == {f"/account/two-step?needed={world.applicant.slug}"}
    assert "Chenghu Data asks every member for two-step sign-in" in page.text
    switch_on(visitor)
    assert visitor.get(home).status_code == 200


def test_a_form_of_such_an_organisation_is_not_taken_either(world: World):
    visitor = world.visitor("owner")
    settings = f"/o/{world.applicant.slug}/settings"
    fields = {"name_en": "Changed", "version": "1", "csrf_token": csrf_token(visitor.get(settings))}
    world.change(OrganizationRow, requires_second_factor=True)

    assert visitor.client.post(settings, data=fields).location.startswith("/account/two-step")
    assert "Changed" not in "".join(world.everything()["organizations"])


def test_who_does_not_belong_learns_nothing_of_what_an_organisation_asks(world: World):
    world.change(OrganizationRow, requires_second_factor=True)

    page = world.visitor("stranger-owner").get(f"/account/two-step?needed={world.applicant.slug}")

    assert world.applicant.name_en not in page.text
