"""What people typed, without what no document can hold: controls, and marks that turn the reading direction round."""

from __future__ import annotations

import re

# Controls, half characters, non-characters; and overrides, which would let a text show another order than it has
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_LINE_ENDS = re.compile("\r\n?|\u2028|\u2029|\u0085")


def clean(text: str) -> str:
    """Give a text as every writer may print it: lines end in one way, and nothing is left that is not a character."""
    return _UNPRINTABLE.sub("", _LINE_ENDS.sub("\n", text))


def clean_line(text: str) -> str:
    """Give a text that stands on one line."""
    return " ".join(clean(text).split())
