"""Throttling: so many attempts a window and no more, counted however many workers count, and over by itself."""

from datetime import timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from store import attempts
from store.attempts import PER_ACCOUNT, PER_ADDRESS, Limit
from store.database import reading, writing
from store.tables import AttemptsRow
from tests.store.world import MOMENT, Clock, at_once, forgetting

MINUTE = timedelta(minutes=1)
THREE = Limit("test", 3)
MANY = Limit("test", 10_000)


def tried(times: int = 1, limit: Limit = THREE, name: str = "li@example.org") -> timedelta | None:
    """Try so often; tell what the last attempt was answered."""
    answer = None
    for _ in range(times):
        with writing() as session:
            answer = attempts.count(session, limit, name)
    return answer


def names_counted() -> set[str]:
    with reading() as session:
        return set(session.scalars(select(AttemptsRow.bucket)))


@pytest.mark.parametrize("limit", [PER_ACCOUNT, THREE, Limit("test", 1)])
def test_the_limit_is_allowed_and_one_more_is_not(clock: Clock, limit: Limit):
    assert tried(limit.most, limit) is None
    assert tried(1, limit) == 15 * MINUTE


def test_an_account_allows_ten_attempts_and_an_address_sixty():
    assert (PER_ACCOUNT.most, PER_ADDRESS.most) == (10, 60)


def test_the_wait_gets_shorter_and_does_not_start_again_with_each_attempt(clock: Clock):
    tried(3)
    clock.pass_by(5 * MINUTE)
    assert tried() == 10 * MINUTE
    clock.pass_by(9 * MINUTE)
    assert tried() == MINUTE


@pytest.mark.parametrize(("after", "wait"), [(15 * MINUTE - MOMENT, MOMENT), (15 * MINUTE, None), (16 * MINUTE, None)])
def test_the_window_ends_by_itself(clock: Clock, after: timedelta, wait: timedelta | None):
    tried(4)
    clock.pass_by(after)

    assert tried() == wait


def test_a_new_window_counts_from_one(clock: Clock):
    tried(4)
    clock.pass_by(15 * MINUTE)

    assert tried(3) is None
    assert tried() == 15 * MINUTE


def test_a_clock_that_is_put_back_locks_nobody_out(clock: Clock):
    tried(4)
    clock.pass_by(-60 * MINUTE)

    assert tried(3) is None
    assert tried() == 15 * MINUTE


@pytest.mark.parametrize("back", [MOMENT, MINUTE])
def test_clocks_that_differ_a_little_start_no_new_window(clock: Clock, back: timedelta):
    tried(4)
    clock.pass_by(-back)

    assert tried() == 15 * MINUTE + back


def test_each_name_and_each_kind_is_counted_for_itself(clock: Clock):
    tried(4)

    assert tried(name="other@example.org") is None
    assert tried(limit=Limit("else", 3)) is None
    assert tried() is not None


def test_a_success_starts_anew_for_this_name_only(clock: Clock):
    tried(4)
    tried(4, name="other")
    with writing() as session:
        attempts.forget(session, THREE, "li@example.org")

    assert tried() is None
    assert tried(name="other") is not None


@pytest.mark.parametrize(("after", "is_left"), [(30 * MINUTE - MOMENT, True), (30 * MINUTE, False)])
def test_windows_that_are_long_over_are_cleared_away(clock: Clock, after: timedelta, is_left: bool):
    tried(name="old")
    clock.pass_by(after)
    with writing() as session:
        attempts.forget(session, THREE, "somebody else")

    assert (names_counted() == {attempts.bucket(THREE, "old")}) is is_left


def test_attempts_made_at_the_same_moment_are_all_counted(program: Flask):
    allowed = at_once(program, 16, lambda _: [tried(1, Limit("test", 20)) for _ in range(4)])

    assert sum(wait is None for waits in allowed for wait in waits) == 20


def test_an_attempt_that_failed_otherwise_is_counted_only_if_it_was_saved(clock: Clock):
    with forgetting() as session:
        attempts.count(session, MANY, "li")

    assert names_counted() == set()


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=400))
def test_a_counter_fits_its_column_and_does_not_tell_the_name(name: str):
    counter = attempts.bucket(PER_ACCOUNT, name)

    assert len(counter) <= 80
    assert len(name) < 10 or name not in counter
