"""Typed text in one form, in a time that a stranger cannot choose."""

import time
from collections.abc import Callable

import pytest

from people import passwords
from people.passwords import Weakness
from people.texts import composed
from store.accounts import plain_email
from web.forms import tidy


def test_one_text_however_it_is_typed():
    assert composed("NFC", "e\u0301") == "é"
    assert composed("NFKC", "Ｐａｓｓ１") == "Pass1"


@pytest.mark.parametrize("read", [tidy, plain_email, passwords.weakness])
def test_a_flood_of_combining_marks_costs_nothing(read: Callable[[str], object]):
    flood = "a" + "\u0301\u0323" * 100_000

    began = time.process_time()
    read(flood)

    assert time.process_time() - began < 1  # composing it takes minutes


def test_a_password_too_long_to_be_composed_is_too_long():
    assert passwords.weakness("e\u0301" * 1500) is Weakness.TOO_LONG
