"""Which passwords are taken, and that one password stays one however it is typed."""

import unicodedata

import pytest
from argon2 import PasswordHasher
from hypothesis import given
from hypothesis import strategies as st

from people import passwords
from people.passwords import Weakness, hashed, is_outdated, matches, nobodys_hash, weakness

HERONS = "seven quiet herons at dawn"
MANY_HERONS = " ".join(f"heron {number}" for number in range(40))
typed = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
wide = st.text(st.sampled_from("abcdefghij １２３ＡＢＣ㎏ﬁé准绳"), min_size=1, max_size=30)


@pytest.mark.parametrize(
    ("password", "expected"),
    [
        # Length, counted in characters after normalising
        ("", Weakness.TOO_SHORT),
        ("k7#mQ2!vX9p", Weakness.TOO_SHORT),
        ("k7#mQ2!vX9pW", None),
        (HERONS, None),
        (MANY_HERONS[:256], None),
        (MANY_HERONS[:257], Weakness.TOO_LONG),
        ("山高月小水落石出千里", Weakness.TOO_SHORT),
        ("山高月小水落石出千里江陵", None),
        ("我家的猫每天早上六点叫我起床", None),
        # What everybody knows
        ("password2026!", Weakness.COMMON),
        ("!!PassWord1234!!", Weakness.COMMON),
        ("ｐａｓｓｗｏｒｄ２０２６！", Weakness.COMMON),
        # What follows a pattern
        ("abcdefghijkl", Weakness.PREDICTABLE),
        ("lkjihgfedcba", Weakness.PREDICTABLE),
        ("234567890123", Weakness.PREDICTABLE),
        ("２３４５６７８９０１２３", Weakness.PREDICTABLE),
        ("aaaaaaaaaaaa", Weakness.PREDICTABLE),
        ("abababababab", Weakness.PREDICTABLE),
        ("abcdabcdabcd", Weakness.PREDICTABLE),
        ("xkq7!xkq7!xkq7!", Weakness.PREDICTABLE),
        ("xkq7!xkq7!xkq7!xk", Weakness.PREDICTABLE),
        ("天地天地天地天地天地天地", Weakness.PREDICTABLE),
        # No rule about kinds of character
        ("thistlefernbarley", None),
        ("604271839582", None),
    ],
)
def test_a_password_is_weak_for_the_first_reason_against_it(password: str, expected: Weakness | None):
    assert weakness(password) is expected


@pytest.mark.parametrize(
    ("password", "expected"),
    [
        ("OuyangXiu2026", Weakness.ABOUT_YOU),
        ("ouyang-xiu-2026!", Weakness.ABOUT_YOU),
        ("Xiu (Ouyang) 1072", Weakness.ABOUT_YOU),
        ("ouyang@plumbline", Weakness.ABOUT_YOU),
        ("2026 Plumbline!", Weakness.ABOUT_YOU),
        ("example123456!", Weakness.ABOUT_YOU),
        ("13900001111!!", Weakness.ABOUT_YOU),
        ("蓝天质量认证2026！！", Weakness.ABOUT_YOU),
        ("ouyang keeps herons", None),
        ("ouyang xiu 四月", Weakness.ABOUT_YOU),
        ("ouyang xiu 四月踏青", None),
    ],
)
def test_a_password_may_hold_a_name_but_not_be_little_more_than_one(password: str, expected: Weakness | None):
    about = ["Ouyang Xiu", "ouyang.xiu@example.org", "13900001111", "蓝天质量认证"]

    assert weakness(password, about) is expected


def test_what_is_about_one_person_is_fine_for_another():
    assert weakness("OuyangXiu2026", ["Li Lan"]) is None


@given(wide)
def test_a_password_is_judged_alike_however_it_is_typed(password: str):
    assert weakness(password) is weakness(unicodedata.normalize("NFKC", password))


@given(typed)
def test_a_password_opens_however_it_is_composed(password: str):
    stored = hashed(unicodedata.normalize("NFD", password))

    assert matches(stored, unicodedata.normalize("NFC", password))
    assert matches(stored, unicodedata.normalize("NFKC", password))


@given(typed, typed)
def test_two_passwords_are_one_exactly_if_they_are_equal_in_plain_characters(one: str, other: str):
    equal = unicodedata.normalize("NFKC", one) == unicodedata.normalize("NFKC", other)

    assert matches(hashed(one), other) is equal


def test_full_width_digits_and_letters_are_the_plain_ones():
    assert matches(hashed("Ｈｅｒｏｎｓ ２０２６"), "Herons 2026")


def test_capitals_and_spaces_count():
    stored = hashed(HERONS)

    assert not matches(stored, HERONS.upper())
    assert not matches(stored, f" {HERONS}")


def test_equal_passwords_are_stored_differently():
    assert hashed(HERONS) != hashed(HERONS)


@pytest.mark.parametrize("stored", ["", "plain text", "$argon2id$broken"])
def test_what_is_no_hash_matches_nothing(stored: str):
    assert not matches(stored, stored)


def test_the_hash_of_nobody_costs_as_much_as_a_real_one_and_is_made_once():
    assert nobodys_hash() is nobodys_hash()
    assert nobodys_hash().rpartition("$")[0].rpartition("$")[0] == hashed(HERONS).rpartition("$")[0].rpartition("$")[0]


def test_a_hash_made_at_a_lower_cost_is_outdated(monkeypatch: pytest.MonkeyPatch):
    cheap = hashed(HERONS)
    assert not is_outdated(cheap)

    monkeypatch.setattr(passwords, "hasher", PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))

    assert is_outdated(cheap)
    assert matches(cheap, HERONS)
