"""The two first pages say the same in both languages."""

import re

import pytest

from settings import ROOT

ENGLISH, CHINESE = "README.md", "README.zh.md"
FENCED = re.compile(r"^```\w*\n(.*?)^```", re.MULTILINE | re.DOTALL)


def test_there_is_something_to_compare():
    assert commands(ENGLISH)
    assert len(headings(ENGLISH)) > 2


def test_both_pages_have_the_same_outline():
    assert headings(CHINESE) == headings(ENGLISH)


def test_both_pages_give_the_same_commands():
    assert commands(CHINESE) == commands(ENGLISH)


@pytest.mark.parametrize("page", [ENGLISH, CHINESE])
def test_every_make_target_a_page_names_exists(page: str):
    named = set(re.findall(r"\bmake ([a-z][a-z-]*)", "\n".join([*commands(page), *quoted(page)])))

    assert named <= set(re.findall(r"^([a-z-]+):", text("Makefile"), re.MULTILINE))


def headings(page: str) -> list[str]:
    """The levels of a page's headings, in order; remarks in commands are none."""
    return re.findall(r"^(#+) ", FENCED.sub("", text(page)), re.MULTILINE)


def commands(page: str) -> list[str]:
    """Every line of every fenced block, without its remark."""
    lines = "\n".join(FENCED.findall(text(page))).splitlines()
    return [line.partition(" #")[0].rstrip() for line in lines if line.strip()]


def quoted(page: str) -> list[str]:
    return re.findall(r"`([^`\n]+)`", text(page))


def text(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")
