"""Codes from a phone: the figures of RFC 6238, one step of patience, each used once, read as people type them."""

import re
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.second_factor import enrolment_uri, matching_step, new_recovery_codes, new_secret, plain_code

# RFC 6238, appendix B (SHA-1): the secret "12345678901234567890" in base 32, and its codes' last six digits
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
VECTORS = [
    (59, "287082"),
    (1111111109, "081804"),
    (1111111111, "050471"),
    (1234567890, "005924"),
    (2000000000, "279037"),
    (20000000000, "353130"),
]
STEP = 41152263  # of the second 1234567890
AT = datetime.fromtimestamp(1234567890, UTC)


def code(step: int) -> str:
    return pyotp.TOTP(SECRET).generate_otp(step)


@pytest.mark.parametrize(("second", "expected"), VECTORS)
def test_the_codes_are_those_of_the_standard(second: int, expected: str):
    moment = datetime.fromtimestamp(second, UTC)

    assert matching_step(SECRET, expected, moment, used_step=None) == second // 30


@pytest.mark.parametrize(("late", "found"), [(-2, None), (-1, STEP - 1), (0, STEP), (1, STEP + 1), (2, None)])
def test_a_code_is_good_one_step_early_or_late_and_no_further(late: int, found: int | None):
    assert matching_step(SECRET, code(STEP + late), AT, used_step=None) == found


@pytest.mark.parametrize(("seconds", "is_good"), [(-1, True), (0, True), (59, True), (60, False)])
def test_a_code_ends_thirty_seconds_after_the_next_one_began(seconds: int, is_good: bool):
    began = datetime.fromtimestamp(STEP * 30, UTC)

    assert (matching_step(SECRET, code(STEP), began + timedelta(seconds=seconds), used_step=None) == STEP) is is_good


@given(st.integers(-1, 1), st.integers(-1, 1), st.integers(0, 29))
def test_a_code_is_used_once_and_makes_every_older_one_useless(first: int, second: int, seconds: int):
    now = datetime.fromtimestamp(STEP * 30 + seconds, UTC)
    used = matching_step(SECRET, code(STEP + first), now, used_step=None)

    again = matching_step(SECRET, code(STEP + second), now, used_step=used)

    assert again == (STEP + second if second > first else None)


@pytest.mark.parametrize("typed", ["005924", "005 924", " 005-924 ", "００５９２４", "００５　９２４", "0 0 5 9 2 4"])
def test_a_code_is_read_as_people_type_it(typed: str):
    assert matching_step(SECRET, typed, AT, used_step=None) == STEP


@pytest.mark.parametrize("typed", ["", "5924", "0059240", "005925", "零零五九二四", "x005924", "٠٠٥٩٢٤"])
def test_anything_else_is_refused(typed: str):
    assert matching_step(SECRET, typed, AT, used_step=None) is None


@given(st.text())
def test_a_plain_code_holds_nothing_but_small_letters_and_digits(typed: str):
    assert re.fullmatch("[a-z0-9]*", plain_code(typed))
    assert plain_code(plain_code(typed)) == plain_code(typed)


def test_there_are_ten_different_recovery_codes_without_letters_that_look_alike():
    codes = new_recovery_codes()

    assert len(set(codes)) == 10
    assert all(re.fullmatch("[a-hjkmnp-z2-9]{5}-[a-hjkmnp-z2-9]{5}", it) for it in codes)


def test_the_picture_for_the_phone_holds_secret_person_and_issuer():
    uri = enrolment_uri(SECRET, "li@example.org", "Plumbline")

    assert uri == f"otpauth://totp/Plumbline:li%40example.org?secret={SECRET}&issuer=Plumbline"


def test_a_new_secret_has_160_bits_and_is_new():
    assert re.fullmatch("[A-Z2-7]{32}", new_secret())
    assert new_secret() != new_secret()
