"""What stands between two characters: a hair between Chinese and Latin, less where two marks meet."""

from __future__ import annotations

import re

# In thousandths of the size. From 100 on, programs that copy text out of a PDF take the gap for a typed space
HAIR = 90
HALF = 500
CLOSING = "，。、；：！？）》」』】〕”’"
OPENING = "（《「『【〔“‘"
_MARKS = frozenset(CLOSING + OPENING)
_HAN = r"\u2e80-\u2fdf\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_LATIN = r"A-Za-z0-9\u00c0-\u024f\u0370-\u052f%"
_BORDER = re.compile(f"[{_HAN}][{_LATIN}]|[{_LATIN}][{_HAN}]")
_MEETING = re.compile(f"[{CLOSING}][{CLOSING}{OPENING}]|[{OPENING}][{OPENING}]")
_SPECIAL = re.compile(f"(?=({_BORDER.pattern}|{_MEETING.pattern}))")
_IS_HAN = re.compile(f"[{_HAN}]")


def between(left: str, right: str) -> int:
    """Give what is added to the advance of `left` before `right`."""
    if left in _MARKS and right in _MARKS:
        return -HALF if _MEETING.match(left + right) else 0
    return HAIR if _BORDER.match(left + right) else 0


def places(text: str) -> list[tuple[int, int]]:
    """Find where something is added or taken within a text: the index of the character after it, and how much."""
    found = []
    for match in _SPECIAL.finditer(text):
        pair = match[1]
        found.append((match.start() + 1, -HALF if pair[0] in _MARKS else HAIR))
    return found


def is_han(character: str) -> bool:
    return bool(_IS_HAN.match(character))
