"""The level ladder: the highest level on top, one rail through all nodes, solid up to the highest one that is ready."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from reports.charts import Box, Line, Point
from scoring.verdicts import Verdict

ROW, WIDTH = 62.0, 24.0


class Node(StrEnum):
    """The shape of a node."""

    FILLED = "filled"
    HALF = "half"
    CROSS = "cross"
    DASHED = "dashed"


NODES = {
    Verdict.READY: Node.FILLED,
    Verdict.READY_AFTER_IMPROVEMENT: Node.HALF,
    Verdict.NOT_READY: Node.CROSS,
    Verdict.INCOMPLETE: Node.DASHED,
}


@dataclass(frozen=True, slots=True)
class Rail:
    """A piece of the rail between a node and the edge of its row."""

    line: Line
    is_solid: bool


@dataclass(frozen=True, slots=True)
class Rung:
    """A level: its row, its node and the rail above and below."""

    level: int
    row: Box
    node: Node
    place: Point
    above: Rail | None
    below: Rail | None


def ladder(levels: Sequence[tuple[int, Verdict]]) -> tuple[Rung, ...]:
    """Lay out the levels, given in any order; level 1 is the highest."""
    ordered = sorted(levels)
    ready = min((level for level, verdict in ordered if verdict is Verdict.READY), default=None)
    rows = [Box(0.0, index * ROW, WIDTH, ROW) for index in range(len(ordered))]
    return tuple(
        rung(row, level, verdict, ready, is_last=row is rows[-1])
        for row, (level, verdict) in zip(rows, ordered, strict=True)
    )


def rung(row: Box, level: int, verdict: Verdict, ready: int | None, *, is_last: bool) -> Rung:
    """Lay out one level. Below the lowest one the rail goes on only where it is solid."""
    place = Point(row.x + row.width / 2, row.y + row.height / 2)
    stands = ready is not None and level >= ready
    above = Rail(Line(Point(place.x, row.y), place), is_solid=stands and level != ready)
    below = Rail(Line(place, Point(place.x, row.bottom)), is_solid=stands)
    return Rung(
        level,
        row,
        NODES[verdict],
        place,
        above if row.y > 0 else None,
        below if stands or not is_last else None,
    )
