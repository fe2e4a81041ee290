"""Tables with rules and no boxes: a head that repeats, rows that stay whole unless taller than half a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Self

from reports.blocks import Block, Line, aligned_right, height
from reports.paper import BOTTOM, LEFT, RIGHT, TOP, Filled, Paper, Row, row_height
from reports.styles import HAIRLINE, INK, RULE, TINT

_HALF_A_PAGE = (BOTTOM - TOP) / 2
_PADDING = 1.4
TITLE_HEIGHT = 6.2
_MOST_KEPT, _LEAST_KEPT = 70.0, 24.0


@dataclass
class Table:
    """A table that is being filled on paper."""

    paper: Paper
    head: Row
    left: float = LEFT
    right: float = RIGHT
    padding: float = _PADDING
    reserve: float = 22.0
    follows: Callable[[], Block] | None = None
    _around: tuple[Callable[[], None] | None, ...] = (None, None)

    def __enter__(self) -> Self:
        self.paper.need(row_height(self.head) + self.reserve)
        self._draw_head()
        self._around = self.paper.on_new_page, self.paper.on_full_page
        self.paper.on_new_page, self.paper.on_full_page = self._draw_head, self._break
        return self

    def __exit__(self, *_error: object) -> None:
        self.paper.on_new_page, self.paper.on_full_page = self._around
        self._rule(0.4, INK)

    def row(self, row: Row, *, weight: float = 0.3, colour: str = RULE, rule: bool = True) -> None:
        """Set a row; one taller than half a page is split between its lines."""
        tall = row_height(row) + 2 * self.padding
        if tall > _HALF_A_PAGE:
            self._set_split(row)
        else:
            self.paper.need(tall)
            self.paper.y += self.padding
            for cell in row:
                self.paper.sheet.set(cell.block, cell.x, self.paper.y)
            self.paper.y += tall - self.padding
        if rule:
            self._rule(weight, colour)

    def end_row(self) -> None:
        """Draw the rule below a row that something was set under."""
        self._rule(0.3, RULE)

    def thin_from(self, left: float) -> None:
        """Draw the hairline between the lines of one item."""
        self.paper.sheet.rule(left, self.right, self.paper.y, 0.25, HAIRLINE)

    def keeping(self, rows: Sequence[Row]) -> float:
        """Say how much stays with what stands above rows: two of them, or the first where they are tall."""
        tall = [row_height(each) + 2 * self.padding for each in rows[:2]]
        return next((each for each in (sum(tall), *tall[:1]) if each <= _MOST_KEPT), _LEAST_KEPT)

    def title(self, cells: Row, *, keep: float) -> None:
        """Set a section's row on tint, with so much of what follows below it on the same page."""
        self.paper.need(TITLE_HEIGHT + keep)
        self.paper.sheet.add(Filled(self.left, self.paper.y, self.right - self.left, TITLE_HEIGHT, fill=TINT))
        for cell in cells:
            top = self.paper.y + (TITLE_HEIGHT - height(cell.block)) / 2
            self.paper.sheet.set(cell.block, cell.x, top)
        self.paper.y += TITLE_HEIGHT

    def sum(self, row: Row) -> None:
        """Set the row of totals under a heavy rule."""
        self.paper.need(row_height(row) + 2 * self.padding)
        self._rule(0.9, INK)
        self.row(row, rule=False)

    def _break(self) -> None:
        """Close the table at the end of a page, and say what follows on the next one where that is known."""
        self._rule(0.4, INK)
        if self.follows:
            note = aligned_right(self.follows(), self.right - self.left)
            self.paper.sheet.set(note, self.left, self.paper.y + 1)

    def _draw_head(self) -> None:
        self._rule(0.9, INK)
        tall = row_height(self.head)
        self.paper.y += 1.3
        for cell in self.head:
            self.paper.sheet.set(cell.block, cell.x, self.paper.y)
        self.paper.y += tall + 1.1
        self._rule(0.4, INK)

    def _rule(self, weight: float, colour: str) -> None:
        self.paper.sheet.rule(self.left, self.right, self.paper.y, weight, colour)

    def _set_split(self, row: Row) -> None:
        """Set a tall row line by line: every column goes on where the page before ended."""
        waiting = {index: list(cell.block) for index, cell in enumerate(row)}
        self.paper.y += self.padding
        while any(waiting.values()):
            self.paper.need(8)
            top, lowest = self.paper.y, self.paper.y
            for index, cell in enumerate(row):
                fitting = self._fitting(waiting[index], self.paper.bottom - top)
                lowest = max(lowest, self.paper.sheet.set(fitting, cell.x, top))
                del waiting[index][: len(fitting)]
            self.paper.y = lowest
            if any(waiting.values()):
                self.paper.turn()
                self.paper.y += self.padding
        self.paper.y += self.padding

    @staticmethod
    def _fitting(lines: list[Line], room: float) -> Block:
        taken: list[Line] = []
        for line in lines:
            room -= line.height
            if room < 0 and taken:
                break
            taken.append(line)
        return tuple(taken)
