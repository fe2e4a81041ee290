"""Pages as lists of what is drawn on them, in millimetres from the top left corner. Drawn onto a canvas later.

So a page knows how many there are before its foot is drawn, and a test can look at where everything stands.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from reports.blocks import Block, Line, height
from reports.styles import INK, Style

WIDTH, HEIGHT = 210.0, 297.0
LEFT, RIGHT = 20.0, 190.0
TOP, BOTTOM = 28.0, 274.0
# From the top of a line to its baseline, as a share of its height
_BASELINE = 0.74


@dataclass(frozen=True, slots=True)
class Written:
    x: float
    y: float
    text: str
    style: Style


@dataclass(frozen=True, slots=True)
class Ruled:
    x1: float
    y1: float
    x2: float
    y2: float
    weight: float
    colour: str
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Filled:
    """A box: filled, outlined, or both."""

    x: float
    y: float
    width: float
    height: float
    fill: str | None = None
    edge: str | None = None
    weight: float = 0.4
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Traced:
    """A closed or open path."""

    points: tuple[tuple[float, float], ...]
    fill: str | None = None
    edge: str | None = None
    weight: float = 0.4
    dash: tuple[float, ...] = ()
    closed: bool = True


@dataclass(frozen=True, slots=True)
class Marked:
    """A shape of the shape table, its centre at x, y."""

    x: float
    y: float
    name: str
    size: float


@dataclass(frozen=True, slots=True)
class Hatched:
    """A box filled with slanted lines."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Pictured:
    """A picture of the organisation's own, fitted into a box."""

    x: float
    y: float
    width: float
    height: float
    data: bytes


Drawn = Written | Ruled | Filled | Traced | Marked | Hatched | Pictured


@dataclass
class Sheet:
    """One page."""

    drawn: list[Drawn] = field(default_factory=list)

    def write(self, x: float, y: float, text: str, style: Style) -> None:
        """Write one string with its baseline at y."""
        if text:
            self.drawn.append(Written(x, y, text, style))

    def rule(self, x1: float, x2: float, y: float, weight: float = 0.4, colour: str = INK) -> None:
        self.drawn.append(Ruled(x1, y, x2, y, weight, colour))

    def line(self, it: Ruled) -> None:
        self.drawn.append(it)

    def add(self, it: Drawn) -> None:
        self.drawn.append(it)

    def set(self, block: Block, x: float, y: float) -> float:
        """Set a block with its top at y; give the y below it."""
        for line in block:
            baseline = y + line.height * _BASELINE
            self._set_line(line, x, baseline)
            y += line.height
        return y

    def _set_line(self, line: Line, x: float, baseline: float) -> None:
        for run in line.runs:
            self.write(x + run.at, baseline, run.text, run.style)
        for shape in line.shapes:
            middle = baseline - line.height * 0.24
            self.drawn.append(Marked(x + shape.at + shape.size / 2, middle, shape.name, shape.size))


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the outline: its text, how deep it lies, and where it leads."""

    title: str
    depth: int
    page: int
    y: float


@dataclass
class Paper:
    """Sheets filled from top to bottom; a new one is begun when what comes does not fit."""

    bottom: float = BOTTOM
    sheets: list[Sheet] = field(default_factory=list)
    bookmarks: list[Bookmark] = field(default_factory=list)
    y: float = TOP
    on_new_page: Callable[[], None] | None = None
    on_full_page: Callable[[], None] | None = None

    @property
    def sheet(self) -> Sheet:
        return self.sheets[-1]

    @property
    def room(self) -> float:
        return self.bottom - self.y

    def turn(self) -> None:
        """Begin a new page: a table is closed on the old one, and its head repeated on the new one."""
        if self.on_full_page:
            self.on_full_page()
        self.sheets.append(Sheet())
        self.y = TOP
        if self.on_new_page:
            self.on_new_page()

    def need(self, millimetres: float) -> None:
        """Go to the next page unless so much fits on this one."""
        if not self.sheets or (self.room < millimetres and self.y > TOP):
            self.turn()

    def put(self, block: Block, x: float = LEFT, after: float = 0) -> None:
        """Set a block, going on to the next page where it does not fit."""
        for line in block:
            self.need(line.height)
            self.y = self.sheet.set((line,), x, self.y)
        self.y += after

    def mark(self, title: str, depth: int = 0) -> None:
        self.bookmarks.append(Bookmark(title, depth, len(self.sheets) - 1, self.y))


@dataclass(frozen=True, slots=True)
class Cell:
    """A block in a column."""

    x: float
    block: Block


Row = Sequence[Cell]


def row_height(row: Row) -> float:
    return max((height(cell.block) for cell in row), default=0)
