"""Lines break as Chinese and English are set: marks where they may stand, words whole, nothing lost."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.lines import NOT_FIRST, NOT_LAST, break_lines, width_of
from reports.spacing import HAIR, HALF, between, places


def square(character: str) -> int:
    """A face in which Chinese is as wide as it is high, and everything else half as wide."""
    return 1000 if ord(character) >= 0x2E80 or character in "“”‘’…—" else 500


def lines(text: str, squares: float) -> tuple[str, ...]:
    return break_lines(text, round(squares * 1000), square)


@pytest.mark.parametrize(
    ("text", "squares", "expected"),
    [
        ("安全运维服务资质", 4, ("安全运维", "服务资质")),
        # The comma hangs half outside rather than begin a line
        ("安全运维，服务资质", 4.5, ("安全运维，", "服务资质")),
        # Two closing marks stay with their character
        ("服务（已签）。下一步工作", 5, ("服务（已", "签）。下", "一步工作")),
        # An opening mark never ends a line
        ("服务协议（草案）", 5, ("服务协议", "（草案）")),
        # A Latin word is not cut, and no space is put between it and Chinese
        ("所有IT资产清单", 4, ("所有IT", "资产清单")),
        # A number and its measure stay together
        ("共计五十及59条", 6, ("共计五十及", "59条")),
        ("audit records", 4, ("audit", "records")),
        # A hyphen and a slash may break before a letter, not before a figure
        ("internal-audit", 5, ("internal-", "audit")),
        ("2026-11-21", 5, ("2026-11-21",)),
        # What is longer than a line is cut, for it must stand somewhere
        ("aaaaaaaaaa", 2, ("aaaa", "aaaa", "aa")),
        # A dash of two is one mark, and begins no line
        ("甲乙丙——丁戊己庚", 4, ("甲乙", "丙——丁", "戊己庚")),
        ("first\nsecond", 10, ("first", "second")),
        ("", 5, ("",)),
    ],
)
def test_lines_break_where_they_should(text: str, squares: float, expected: tuple[str, ...]):
    assert lines(text, squares) == expected


def test_a_lonely_last_line_is_mended_by_narrowing_while_the_number_of_lines_stays():
    assert lines("一二三四五六七八九十一二三四五六七八九十一", 20) == (
        "一二三四五六七八九十一二三四五六七",
        "八九十一",
    )


@pytest.mark.parametrize(
    ("left", "right", "added"),
    [("条", "5", HAIR), ("T", "资", HAIR), ("条", "款", 0), ("a", "b", 0), ("）", "。", -HALF), ("“", "（", -HALF)],
)
def test_what_stands_between_two_characters(left: str, right: str, added: int):
    assert between(left, right) == added


def test_a_text_is_as_wide_as_its_characters_and_what_stands_between():
    assert width_of("共50条（一）。", square) == 5 * 1000 + 2 * 500 + 1000 + 2 * HAIR - HALF
    assert places("共50条（一）。") == [(1, HAIR), (3, HAIR), (7, -HALF)]


OFTEN = st.sampled_from("安全运维服务资质，。、；：！？（）《》“”…—·条59 abcXYZ-/,.%$([])")
typed = st.text(OFTEN | st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=120)


@given(typed, st.integers(3, 40))
def test_nothing_is_lost_and_nothing_added_but_line_ends(text: str, squares: int):
    assert "".join("".join(lines(text, squares)).split()) == "".join(text.split())


@given(typed, st.integers(6, 40))
def test_no_line_begins_or_ends_with_a_mark_that_must_not(text: str, squares: int):
    broken = lines(text, squares)
    for before, after in pairwise(broken):
        # Only what is longer than a whole line may be cut anywhere
        joined = before.split(" ")[-1] + after.split(" ")[0]
        if width_of(joined, square) <= squares * 1000 and "\n" not in text:
            assert after[0] not in NOT_FIRST
            assert before[-1] not in NOT_LAST
