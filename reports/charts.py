"""Where the marks of charts lie: pure geometry in abstract units, for whoever draws it, a page or a sheet of paper.

Shares go from 0 to 1 and are never cut: the full width of a frame is 100 %.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate

ROW, BAR, STRIP = 38.0, 14.0, 14.0
NARROWEST = 3.0
APART = 2.0
Share = Fraction | float


@dataclass(frozen=True, slots=True)
class Point:
    """A place: to the right and down from the corner of the frame."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Where it ends below."""
        return self.y + self.height


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line."""

    start: Point
    end: Point


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: what is supported, what is claimed beyond it, and what is left to the line. Without a figure, none."""

    row: Box
    supported: Box | None = None
    claimed: Box | None = None
    rest: Line | None = None


@dataclass(frozen=True, slots=True)
class Bars:
    """Claimed behind supported, row by row, with the one line at 100 % and the weight below the last row."""

    frame: Box
    bars: tuple[Bar, ...]
    true: Line
    weight: Point


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a strip."""

    name: str
    count: int
    box: Box


@dataclass(frozen=True, slots=True)
class Strip:
    """Counts laid side by side; what there is none of has no part."""

    frame: Box
    parts: tuple[Part, ...]


def section_bars(shares: Sequence[tuple[Share | None, Share | None]], width: float = 240.0) -> Bars:
    """Lay out claimed and supported of every section."""
    rows = tuple(
        bar(Box(0.0, index * ROW, width, ROW), claimed, supported) for index, (claimed, supported) in enumerate(shares)
    )
    frame = Box(0.0, 0.0, width, len(rows) * ROW)
    return Bars(frame, rows, Line(Point(width, 0.0), Point(width, frame.height)), Point(width, frame.height))


def bar(row: Box, claimed: Share | None, supported: Share | None) -> Bar:
    """Lay out one row. A part that is there at all is wide enough to be seen."""
    if claimed is None or supported is None:
        return Bar(row)
    first = max(NARROWEST, float(supported) * row.width) if supported > 0 else 0.0
    last = float(claimed) * row.width
    if claimed > supported:
        last = min(row.width, max(last, first + NARROWEST))
        first = min(first, last - NARROWEST)
    last = max(first, last)
    top, middle = row.y + (row.height - BAR) / 2, row.y + row.height / 2
    return Bar(
        row,
        Box(row.x, top, first, BAR) if first else None,
        Box(row.x + first, top, last - first, BAR) if last > first else None,
        Line(Point(row.x + last, middle), Point(row.right, middle)) if last < row.width else None,
    )


def strip(counts: Sequence[tuple[str, int]], width: float = 320.0) -> Strip:
    """Lay counts side by side, each part wide enough to be seen, with a little space between them."""
    there = [(name, count) for name, count in counts if count > 0]
    widths = shared_out([count for _, count in there], width - APART * max(0, len(there) - 1))
    starts = accumulate((each + APART for each in widths), initial=0.0)
    parts = (
        Part(name, count, Box(start, 0.0, each, STRIP))
        for (name, count), start, each in zip(there, starts, widths, strict=False)
    )
    return Strip(Box(0.0, 0.0, width, STRIP), tuple(parts))


def shared_out(counts: Sequence[int], width: float) -> list[float]:
    """Share a width out by counts, nobody getting less than the narrowest part."""
    small: set[int] = set()
    while True:
        rest = [index for index in range(len(counts)) if index not in small]
        total, left = sum(counts[index] for index in rest), width - NARROWEST * len(small)
        widths = [NARROWEST if index in small else left * count / total for index, count in enumerate(counts)]
        squeezed = {index for index in rest if widths[index] < NARROWEST}
        if not squeezed:
            return widths
        small |= squeezed
