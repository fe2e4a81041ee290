"""Guessing is slowed down: per account, per address, by itself over after a while."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from store import attempts, database
from tests.support.world import PASSWORD, TOTP_SECRET, Visitor, World, csrf_token, hidden

Later = Callable[[float], None]
WRONG = "not my password"


class Guesser:
    """Somebody who sends the sign-in form again and again, without loading it each time."""

    def __init__(self, world: World, address: str = "192.0.2.1") -> None:
        self.client = world.app.test_client()
        self.address = address
        self.token = csrf_token(self.client.get("/sign-in"))

    def guess(self, name: str, password: str = WRONG) -> str:
        fields = {"email": f"{name}@example.com", "password": password, "csrf_token": self.token}
        answer = self.client.post("/sign-in", data=fields, environ_overrides={"REMOTE_ADDR": self.address})
        return "in" if answer.status_code == 302 else "wait" if "Too many attempts" in answer.text else "wrong"


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Later:
    """Move the clock of the throttle forward."""

    def move(minutes: float) -> None:
        monkeypatch.setattr(attempts, "now", lambda: database.now() + timedelta(minutes=minutes))

    return move


@pytest.mark.parametrize("name", ["member", "nobody-at-all"])
def test_after_ten_wrong_tries_the_right_password_waits_too(world: World, name: str):
    guesser = Guesser(world)

    assert [guesser.guess(name) for _ in range(10)] == ["wrong"] * 10
    assert [guesser.guess(name, PASSWORD), guesser.guess(name)] == ["wait", "wait"]


def test_the_page_says_how_many_minutes_to_wait(world: World, later: Later):
    guesser = Guesser(world)
    for _ in range(10):
        guesser.guess("member")

    told = []
    for minutes in (0, 4.5, 14.5):
        later(minutes)
        told.append(world.visitor().sign_in("member").text)

    assert "Try again in 15 minutes" in told[0]
    assert "Try again in 11 minutes" in told[1]
    assert "Try again in 1 minute<" in told[2]


def test_another_account_gets_in_from_the_same_address(world: World):
    guesser = Guesser(world)
    for _ in range(11):
        guesser.guess("member")

    assert guesser.guess("viewer", PASSWORD) == "in"


def test_an_address_gets_sixty_tries_whoever_they_are_for(world: World):
    guesser = Guesser(world)
    for number in range(60):
        assert guesser.guess(f"nobody-{number}") == "wrong"

    assert guesser.guess("viewer", PASSWORD) == "wait"
    assert Guesser(world, "192.0.2.2").guess("viewer", PASSWORD) == "in"


def test_an_address_that_has_to_wait_can_no_longer_use_up_other_peoples_tries(world: World):
    guesser = Guesser(world)
    for number in range(60):
        guesser.guess(f"nobody-{number}")
    counted = len(world.everything()["attempts"])

    for _ in range(11):
        guesser.guess("member")
    guesser.guess("one-more-nobody")

    assert Guesser(world, "192.0.2.2").guess("member", PASSWORD) == "in"
    assert len(world.everything()["attempts"]) <= counted + 1


@pytest.mark.parametrize(
    ("first", "second", "shared"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("192.0.2.1", "192.0.2.2", False),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
    ],
)
def test_neighbours_in_one_ipv6_network_count_as_one_address(
    world: World, monkeypatch: pytest.MonkeyPatch, first: str, second: str, *, shared: bool
):
    monkeypatch.setattr(attempts, "PER_ADDRESS", attempts.Limit("address", 3))
    for number in range(3):
        Guesser(world, first).guess(f"nobody-{number}")

    assert Guesser(world, second).guess("nobody-4") == ("wait" if shared else "wrong")


def test_the_wait_ends_by_itself_after_a_quarter_of_an_hour(world: World, later: Later):
    guesser = Guesser(world)
    for _ in range(12):
        guesser.guess("member")

    later(14.9)
    before = guesser.guess("member", PASSWORD)
    later(15.1)

    assert (before, guesser.guess("member", PASSWORD)) == ("wait", "in")


def test_a_success_makes_the_account_begin_anew(world: World):
    guesser = Guesser(world)
    for _ in range(9):
        guesser.guess("member")

    assert guesser.guess("member", PASSWORD) == "in"
    other = Guesser(world)
    assert [other.guess("member") for _ in range(10)] == ["wrong"] * 10
    assert other.guess("member") == "wait"


def test_capitals_and_full_width_letters_are_the_same_account(world: World):
    guesser = Guesser(world)
    for name in ["Member", "MEMBER", "ｍｅｍｂｅｒ", "meMBer", "member"] * 2:
        guesser.guess(name)

    assert guesser.guess("member", PASSWORD) == "wait"


def test_the_right_password_does_not_buy_more_guesses_of_the_second_factor(world: World):
    world.enrol("member")
    answers = []
    for _ in range(6):
        visitor = world.visitor()
        page = visitor.sign_in("member")
        answers.append(_send_code(visitor, page.text, "000000") if "ticket" in page.text else page.text)

    assert "This code is not right" in answers[4]
    assert "Too many attempts" in answers[5]


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/account/password", {"current_password": WRONG, "new_password": "a quiet heron at the lake"}),
        ("/account/two-step/on", {"shared_secret": TOTP_SECRET, "password": WRONG, "code": "000000"}),
    ],
)
def test_asking_for_the_password_again_is_slowed_down_alike(world: World, path: str, fields: dict[str, str]):
    visitor = world.visitor("member")

    told = [visitor.send(path, fields).text for _ in range(11)]

    assert ["This is not your current password" in text for text in told] == [True] * 10 + [False]
    assert "Too many attempts" in told[10]


def test_no_e_mail_and_no_address_is_kept_in_the_counters(world: World):
    Guesser(world).guess("member")
    kept = "".join(world.everything()["attempts"])

    assert "member" not in kept
    assert "192.0.2" not in kept


def _send_code(visitor: Visitor, text: str, code: str) -> str:
    fields = {"ticket": hidden(text, "ticket"), "csrf_token": hidden(text, "csrf_token"), "code": code}
    return visitor.client.post("/sign-in/code", data=fields).text


def test_an_office_behind_one_address_signs_in_all_day(world: World):
    for _ in range(70):
        answer = world.visitor().send("/sign-in", {"email": "owner@example.com", "password": PASSWORD})
        assert answer.status_code == 302
