"""Text broken into lines as Chinese and English are set: no mark stands where it must not, no word is cut. Pure.

ReportLab's own breaking of Chinese cuts Latin words, lets marks begin a line and never looks at a line's end.
Widths are in thousandths of the size, so that a text broken once holds for every size of the same proportion.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from reports.spacing import CLOSING, HALF, OPENING, between, is_han

NOT_FIRST = frozenset("，。、；：！？）》」』】〕”’％…—·,.;:!?)]}%")
NOT_LAST = frozenset("（《「『【〔“‘([{￥$@#№")
_HANGING = frozenset(CLOSING)
_INDENTED = frozenset(OPENING)
_MEASURES = frozenset("条项件个天日月年级页处次份人家种类行章节款步期")
_WIDE = r"\u2e80-\U0003ffff“”‘’…—"
_PIECE = re.compile(rf"\s+|—+|…+|[{_WIDE}]|[^\s{_WIDE}]+")
_WITHIN_WORD = re.compile(r"(?<=[-/])(?=[A-Za-z])")
_NARROWER = 0.02
_NARROWEST = 0.24
_FEWEST_HAN = 4
_FEWEST_LATIN = 12

Advance = Callable[[str], int]


@dataclass(frozen=True, slots=True)
class Piece:
    """What stays together on a line, how far it reaches, and the space before it."""

    text: str
    width: int
    space: str = ""
    space_width: int = 0


def break_lines(text: str, measure: int, advance: Advance) -> tuple[str, ...]:
    """Break a text into lines of at most `measure`; line ends that were typed are kept."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines += _break_paragraph(paragraph, measure, advance)
    return tuple(lines)


def width_of(text: str, advance: Advance) -> int:
    """Say how far a text reaches when it is drawn."""
    return sum(map(advance, text)) + sum(between(left, right) for left, right in pairwise(text))


def _break_paragraph(text: str, measure: int, advance: Advance) -> list[str]:
    pieces = list(_pieces(text, measure, advance))
    lines = _fill(pieces, measure)
    if len(lines) < 2 or not _is_lonely(lines[-1]):
        return lines
    share = _NARROWER
    while share <= _NARROWEST:
        narrower = _fill(pieces, int(measure * (1 - share)))
        if len(narrower) != len(lines):
            break
        if not _is_lonely(narrower[-1]):
            return narrower
        share += _NARROWER
    return lines


def _is_lonely(line: str) -> bool:
    """Say whether so little stands on a last line that it looks forgotten."""
    han = sum(map(is_han, line))
    return han < _FEWEST_HAN and len(line) - han < _FEWEST_LATIN - 3 * han


def _fill(pieces: list[Piece], measure: int) -> list[str]:
    """Put as many pieces on each line as fit; a closing mark may stand half outside."""
    lines: list[str] = []
    line, width = "", 0
    for piece in pieces:
        first = not line
        joined = width if first else width + piece.space_width
        kern = 0 if first or piece.space else between(line[-1], piece.text[0])
        reach = joined + kern + piece.width - (HALF if first and piece.text[0] in _INDENTED else 0)
        if first or reach - _hang(piece.text) <= measure:
            line = piece.text if first else line + piece.space + piece.text
            width = reach
            continue
        lines.append(line)
        line = piece.text
        width = piece.width - (HALF if piece.text[0] in _INDENTED else 0)
    return [*lines, line]


def _hang(text: str) -> int:
    return HALF if text[-1] in _HANGING else 0


def _pieces(text: str, measure: int, advance: Advance) -> Iterator[Piece]:
    """Take a text apart into what must stay together."""
    together, space, waiting = "", "", ""
    for part in _parts(text):
        if part.isspace():
            waiting = " "
            continue
        if together and _sticks(together, part, spaced=bool(waiting)):
            together += waiting + part
        else:
            if together:
                yield from _fitting(together, space, measure, advance)
            together, space = part, waiting if together else ""
        waiting = ""
    if together:
        yield from _fitting(together, space, measure, advance)


def _parts(text: str) -> Iterator[str]:
    for found in _PIECE.finditer(text):
        if found[0][0] in "—…" or found[0].isspace() or is_han(found[0][0]):
            yield found[0]
        else:
            yield from (part for part in _WITHIN_WORD.split(found[0]) if part)


def _sticks(before: str, part: str, *, spaced: bool) -> bool:
    """Say whether a line may not end between these two."""
    if spaced:
        return part[0] in NOT_FIRST or before[-1] in NOT_LAST
    if part[0] in NOT_FIRST or before[-1] in NOT_LAST:
        return True
    return before[-1].isdigit() and part[0] in _MEASURES


def _fitting(text: str, space: str, measure: int, advance: Advance) -> Iterator[Piece]:
    """Give a piece, or several where not even an empty line would hold it."""
    width = width_of(text, advance)
    if width - _hang(text) <= measure:
        yield Piece(text, width, space, advance(" ") if space else 0)
        return
    start, reach = 0, 0
    for index, character in enumerate(text):
        step = advance(character)
        if reach + step > measure and index > start:
            yield _cut(text[start:index], space if start == 0 else "", advance)
            start, reach = index, 0
        reach += step
    yield _cut(text[start:], space if start == 0 else "", advance)


def _cut(text: str, space: str, advance: Advance) -> Piece:
    return Piece(text, width_of(text, advance), space, advance(" ") if space else 0)
