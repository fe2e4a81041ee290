"""Tokens: long, fit for an address, and stored only as their digest."""

import re

from hypothesis import given
from hypothesis import strategies as st

from people.tokens import digest, new_token


def test_a_token_has_256_bits_that_fit_an_address():
    assert re.fullmatch("[A-Za-z0-9_-]{43}", new_token())


def test_no_two_tokens_are_the_same():
    assert len({new_token() for _ in range(1000)}) == 1000


def test_the_digest_is_sha256_in_hexadecimal():
    # `printf abc | sha256sum`
    assert digest("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@given(st.text(st.characters(exclude_categories=["Cs"])), st.text(st.characters(exclude_categories=["Cs"])))
def test_digests_are_equal_exactly_if_tokens_are(one: str, other: str):
    assert (digest(one) == digest(other)) is (one == other)
