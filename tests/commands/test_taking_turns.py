"""Requests of one worker: one after the other, unless one takes long; each is served exactly once, whatever happens."""

import random
import time
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from threading import Event, Lock, Thread, active_count

import pytest

from commands.taking_turns import TakingTurns

LONG = 20.0  # seconds; no test waits so long, but for one that fails


@contextmanager
def turns(threads: int = 4, *, patience: float = LONG) -> Iterator[TakingTurns]:
    found = TakingTurns(threads, patience)
    yield found
    found.shutdown()


class Guests:
    """Requests that count how many of them are at the table at once."""

    def __init__(self) -> None:
        self.lock, self.now, self.most, self.served = Lock(), 0, 0, list[int]()

    def dine(self, number: int, seconds: float = 0.001) -> int:
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
        time.sleep(seconds)
        with self.lock:
            self.now -= 1
            self.served.append(number)
        return number


def test_quick_requests_are_served_one_after_the_other_in_the_order_they_came():
    guests = Guests()
    with turns() as them:
        asked = [them.submit(guests.dine, number) for number in range(40)]
        assert [each.result(LONG) for each in asked] == list(range(40))

    assert (guests.most, guests.served) == (1, list(range(40)))


def test_one_that_takes_long_is_overtaken():
    free = Event()
    with turns(2, patience=0.02) as them:
        slow = them.submit(free.wait, LONG)
        assert them.submit(str, 7).result(LONG) == "7"
        assert not slow.done()
        free.set()
        assert slow.result(LONG)


def test_one_that_takes_long_holds_up_the_others_once_and_not_each_of_them():
    guests, free = Guests(), Event()
    with turns(patience=0.5) as them:
        them.submit(free.wait, LONG)
        began = time.monotonic()
        for number in range(20):
            them.submit(guests.dine, number).result(LONG)
        took = time.monotonic() - began
        free.set()

    assert 0.4 < took < 5, "half a second for the long one, not for each of twenty"
    assert guests.most == 1


def test_as_many_take_long_as_there_are_threads_and_the_next_waits_for_one_of_them():
    free = [Event() for _ in range(3)]
    with turns(3, patience=0.001) as them:
        slow = [them.submit(each.wait, LONG) for each in free]
        next_one = them.submit(str, 7)
        time.sleep(0.1)
        assert not next_one.done()
        free[1].set()
        assert next_one.result(LONG) == "7"
        assert [each.done() for each in slow] == [False, True, False]
        for each in free:
            each.set()


def test_whoever_comes_while_nobody_is_served_is_served_at_once():
    """Also where a thread still watches over somebody who has left meanwhile."""
    with turns(patience=5) as them:
        first, second = them.submit(time.sleep, 0.1), them.submit(time.sleep, 0.01)
        second.result(LONG)
        assert first.done()

        began = time.monotonic()
        assert them.submit(str, 7).result(LONG) == "7"
        assert time.monotonic() - began < 2


def test_what_goes_wrong_is_told_to_whoever_asked_and_the_next_is_served():
    def fail() -> None:
        raise SystemExit("told")

    with turns(1) as them:
        wrong, right = them.submit(fail), them.submit(str, 7)
        with pytest.raises(SystemExit, match="told"):
            wrong.result(LONG)
        assert right.result(LONG) == "7"


def test_one_taken_back_before_its_turn_is_not_served():
    guests, free = Guests(), Event()
    with turns() as them:
        them.submit(free.wait, LONG)
        taken_back = them.submit(guests.dine, 1)
        assert taken_back.cancel()
        free.set()
        them.submit(guests.dine, 2).result(LONG)

    assert guests.served == [2]


def test_at_the_end_who_waits_is_still_served_and_nobody_else():
    guests, before = Guests(), active_count()
    them = TakingTurns(3)
    asked = [them.submit(guests.dine, number) for number in range(10)]
    them.shutdown()

    assert [each.result(LONG) for each in asked] == list(range(10))
    with pytest.raises(RuntimeError):
        them.submit(guests.dine, 11)
    assert active_count() == before


def test_at_the_end_who_waits_can_be_sent_away():
    free = Event()
    them = TakingTurns(1)
    served, waiting = them.submit(free.wait, LONG), them.submit(str, 7)
    while not served.running():
        time.sleep(0.001)
    them.shutdown(wait=False, cancel_futures=True)
    free.set()

    assert served.result(LONG)
    assert waiting.cancelled()


@pytest.mark.parametrize("seed", range(4))
def test_however_long_each_takes_each_is_served_exactly_once(seed: int):
    chance, guests = random.Random(seed), Guests()
    seconds = [chance.choice([0, 0, 0.0005, 0.002, 0.01]) for _ in range(400)]
    asked: list[Future[int]] = []

    def come(them: TakingTurns, first: int) -> None:
        for number in range(first, 400, 4):
            asked.append(them.submit(guests.dine, number, seconds[number]))
            time.sleep(seconds[-number - 1] / 10)

    with turns(patience=0.001) as them:
        crowd = [Thread(target=come, args=(them, first)) for first in range(4)]
        for each in crowd:
            each.start()
        for each in crowd:
            each.join(LONG)
        found = sorted(each.result(LONG) for each in asked)

    assert found == sorted(guests.served) == list(range(400))
    assert guests.most <= 4
