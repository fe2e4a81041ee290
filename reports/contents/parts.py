"""The parts of a chapter. A text that is the same in both languages is printed once: figures, names, what was typed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from reports.phrases import same
from surveys.text import Text


class Voice(StrEnum):
    """How a text is set."""

    NAME = "name"
    TEXT = "text"
    QUIET = "quiet"
    FIGURE = "figure"
    TYPED = "typed"


@dataclass(frozen=True, slots=True)
class Said:
    """A text in a cell: the shape of its state and a letter before it, or its label; what shows a line is under it."""

    text: Text
    voice: Voice = Voice.TEXT
    shape: str = ""
    letter: str = ""
    label: Text | None = None
    is_under: bool = False


Cell = tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its head, and its width in millimetres of 170."""

    head: Text
    width: float
    is_figure: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; a title runs through all columns, a total stands under a heavy rule."""

    cells: tuple[Cell, ...]
    is_title: bool = False
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with the name that a reader hears before it."""

    name: Text
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    row_height: float = 0


@dataclass(frozen=True, slots=True)
class Prose:
    """A sentence of its own."""

    said: Said


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts side by side, each with its shape."""

    counts: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a chapter."""

    text: Text


@dataclass(frozen=True, slots=True)
class Proposal:
    """What changes nothing until somebody confirms it, in a box of its own."""

    lines: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A place for a chart; its figures stand in the table beside it."""

    name: str


@dataclass(frozen=True, slots=True)
class Block:
    """A labelled block of a form, and how high it is at least, in millimetres, so that it can be written on."""

    label: Text
    cell: Cell
    height: float = 9.0


@dataclass(frozen=True, slots=True)
class Form:
    """Labelled blocks one under another, as a form has them."""

    name: Text
    blocks: tuple[Block, ...]
    starts_page: bool = False


@dataclass(frozen=True, slots=True)
class Sealed:
    """The seal: its code as rows of modules, and what it says in words."""

    code: tuple[bytes, ...]
    facts: tuple[tuple[Text, Said], ...]


Part = Table | Prose | Tally | Heading | Proposal | Chart | Form | Sealed


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter; a short one goes on where the one before ended."""

    id: str
    title: Text
    parts: tuple[Part, ...]
    starts_page: bool = True


def said(text: Text, voice: Voice = Voice.TEXT, *, shape: str = "") -> Said:
    return Said(text, voice, shape)


def typed(text: str, label: Text | None = None) -> Said:
    """What a person typed, as typed."""
    return Said(same(text), Voice.TYPED, label=label)


def name(text: Text) -> Said:
    return Said(text, Voice.NAME)


def quiet(text: Text) -> Said:
    return Said(text, Voice.QUIET)


def figure(text: str | None, *, shape: str = "") -> Said:
    """A figure, or the dash that says there is none."""
    return Said(same("–" if text is None else text), Voice.FIGURE, shape)


def row(*cells: Said | Cell) -> Row:
    return Row(tuple(cell if isinstance(cell, tuple) else (cell,) for cell in cells))


def title_row(*lines: Said) -> Row:
    return Row((lines,), is_title=True)


def total_row(*cells: Said | Cell) -> Row:
    return Row(row(*cells).cells, is_total=True)


def cell(lines: Iterable[Said]) -> Cell:
    return tuple(lines)
