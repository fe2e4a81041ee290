"""Text set into lines that lie ready to be drawn, in one language or in both. No page, no canvas.

In both languages Chinese comes first and in ink, English behind it on the same baseline where both fit, or under it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from reports import languages as tongues
from reports.faces import Weight, advance, face_of, is_invisible
from reports.lines import break_lines, width_of
from reports.styles import Role, Style
from surveys.text import Text

POINT = 25.4 / 72
Languages = tongues.Languages
_GAP = 1.6
_STRAIGHT = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "…": "..."})


@dataclass(frozen=True, slots=True)
class Run:
    """One string at a distance from the left edge of its block, in millimetres."""

    at: float
    text: str
    style: Style


@dataclass(frozen=True, slots=True)
class Shape:
    """A drawn mark at a distance from the left edge, on the line's baseline."""

    at: float
    name: str
    size: float = 2.6


@dataclass(frozen=True, slots=True)
class Line:
    """What stands on one baseline, and how far down the next one is, in millimetres."""

    runs: tuple[Run, ...]
    height: float
    shapes: tuple[Shape, ...] = ()


Block = tuple[Line, ...]
EMPTY: Block = ()


def height(block: Iterable[Line]) -> float:
    return sum(line.height for line in block)


def moved(block: Block, by: float) -> Block:
    """Give a block indented."""
    return tuple(
        Line(
            tuple(Run(run.at + by, run.text, run.style) for run in line.runs),
            line.height,
            tuple(Shape(shape.at + by, shape.name, shape.size) for shape in line.shapes),
        )
        for line in block
    )


def with_shape(block: Block, name: str, size: float = 2.6, gap: float = 1.6) -> Block:
    """Put a mark before the first line and indent the rest to where its text begins."""
    indented = moved(block, size + gap)
    first = indented[0]
    return (Line(first.runs, first.height, (Shape(0, name, size), *first.shapes)), *indented[1:])


def space(millimetres: float) -> Block:
    return (Line((), millimetres),)


def typed(text: str, style: Style, width: float) -> Block:
    """Set what a person typed, once, as typed."""
    return tuple(_line(each, style) for each in _lines(text, style, width))


def plain(text: str, style: Style) -> Block:
    """Set a string that is known to be short on one line."""
    return (_line(text, style),)


def said(text: Text, role: Role, width: float, languages: Languages, *, inline: bool = True) -> Block:
    """Set a text of ours in the languages of the report."""
    text = Text(text.zh, straightened(text.en)) if text.zh != text.en else text
    if languages is not Languages.BOTH:
        language = languages.value
        style = role.alone(language)
        return tuple(_line(each, style) for each in _set_lines(getattr(text, language), style, width))
    if text.zh == text.en:
        return tuple(_line(each, role.zh) for each in _set_lines(text.zh, role.zh, width))
    if inline and (both := _on_one_line(text, role, width)):
        return both
    chinese = tuple(_line(each, role.zh) for each in _set_lines(text.zh, role.zh, width))
    return chinese + tuple(_line(each, role.en) for each in _set_lines(text.en, role.en, width))


@lru_cache(maxsize=4_000)
def straightened(text: str) -> str:
    """Set quotation marks straight in English: in this font the curved ones are as wide as a Chinese character."""
    return text.translate(_STRAIGHT)


def _on_one_line(text: Text, role: Role, width: float) -> Block | None:
    first, second = reach(text.zh, role.zh), reach(text.en, role.en)
    if first + _GAP + second > width:
        return None
    return (Line((Run(0, text.zh, role.zh), Run(first + _GAP, text.en, role.en)), role.zh.leading * POINT),)


def end_of(block: Block) -> float:
    """Say how far the longest line of a block reaches."""
    return max((run.at + reach(run.text, run.style) for line in block for run in line.runs), default=0)


def beside(first: Block, second: Block, gap: float, width: float) -> Block | None:
    """Set one line behind the last line of a block, if there is room for it."""
    end = end_of(first[-1:]) + gap
    if len(second) != 1 or end + end_of(second) > width:
        return None
    (line,), (added,) = first[-1:], moved(second, end)
    return (*first[:-1], Line((*line.runs, *added.runs), line.height, (*line.shapes, *added.shapes)))


def stacked(blocks: Iterable[Block]) -> Block:
    return tuple(line for block in blocks for line in block)


def aligned_right(block: Block, width: float) -> Block:
    """Move each line so that it ends at the right edge."""
    return tuple(
        moved((line,), width - max((run.at + reach(run.text, run.style) for run in line.runs), default=0))[0]
        for line in block
    )


@lru_cache(maxsize=8_000)
def reach(text: str, style: Style) -> float:
    """Say how far a text reaches, in millimetres."""
    return width_of(text, advance_of(style.weight)) * style.size / 1000 * POINT


def printable(text: str) -> str:
    """Leave out what has no shape of its own: controls, joiners, and how the character before is drawn."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").replace("\u00a0", " ")
    return "".join(each for each in text if each == "\n" or not (_is_control(each) or is_invisible(each)))


def unprintable(texts: Iterable[str]) -> frozenset[str]:
    """Find the characters that no face has: they are drawn as an empty box, and the build says so."""
    found = {character for text in texts for character in printable(text) if character != "\n"}
    return frozenset(each for each in found if face_of(each, Weight.REGULAR) is None)


def _is_control(character: str) -> bool:
    code = ord(character)
    return (
        code < 0x20
        or 0x7F <= code < 0xA0
        or 0x200E <= code <= 0x200F
        or 0x2028 <= code <= 0x202E
        or 0x2066 <= code <= 0x2069
    )


def _lines(text: str, style: Style, width: float) -> Sequence[str]:
    measure = int(width / POINT / style.size * 1000)
    return break_lines(printable(text), measure, advance_of(style.weight))


@lru_cache(maxsize=8_000)
def _set_lines(text: str, style: Style, width: float) -> Sequence[str]:
    """Break a text of ours, which comes again in every report, once a process."""
    return _lines(text, style, width)


def _line(text: str, style: Style) -> Line:
    return Line((Run(0, text, style),), style.leading * POINT)


@cache
def advance_of(weight: Weight) -> Callable[[str], int]:
    """Give the advances of a weight, each looked up once a process."""
    widths: dict[str, int] = {}

    def look_up(character: str) -> int:
        found = widths.get(character)
        if found is None:
            found = widths[character] = advance(character, weight)
        return found

    return look_up
