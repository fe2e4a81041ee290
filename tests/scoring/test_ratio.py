"""Exact shares and their one rounding, half up."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.ratio import Ratio, add, of, show


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [
        (0, 1, "0.0"), (1, 1, "100.0"), (1, 2, "50.0"), (1, 3, "33.3"), (2, 3, "66.7"), (1, 8, "12.5"),
        (1, 2000, "0.1"),  # 0.05 goes up
        (9, 20000, "0.0"),  # 0.045 does not
        (1249, 2000, "62.5"),  # 62.45 goes up
        (1999, 2000, "100.0"),  # 99.95 goes up: the percentage never decides anything
        (19989, 20000, "99.9"),
        (67687, 84000, "80.6"),
    ],
)  # fmt: skip
def test_a_percentage_has_one_decimal_rounded_half_up(part: int, whole: int, percent: str):
    assert Ratio(part, whole).percent == percent


def test_there_is_no_share_of_nothing():
    assert of(0, 0) is None
    assert show(None) is None


@given(st.dictionaries(st.integers(1, 60), st.integers(0, 500), max_size=6))
def test_fractions_are_added_exactly(parts: dict[int, int]):
    part, whole = add(parts)

    assert Fraction(part, whole) == sum((Fraction(each, under) for under, each in parts.items()), Fraction())
