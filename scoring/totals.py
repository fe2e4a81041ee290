"""The figures of sections and of the whole, computed from items and never as a mean of sections."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from scoring import ratio
from scoring.ratio import Ratio
from scoring.standing import Standing
from scoring.targets import FULL


class Figures(NamedTuple):
    """What a section or the whole comes to; a section with no applicable item has no figure."""

    applicable: int
    answered: int
    claim: int
    support: tuple[int, int]
    shown: int
    counted: int

    @property
    def claimed(self) -> Ratio | None:
        """Mean claim; on a two-valued scale the conformity rate."""
        return ratio.of(self.claim, FULL * self.applicable)

    @property
    def supported(self) -> Ratio | None:
        """Mean supported."""
        part, whole = self.support
        return ratio.of(part, whole * self.applicable)

    @property
    def coverage(self) -> Ratio | None:
        """The counted lines shown, shared ones once; no figure where no line is counted."""
        return ratio.of(self.shown, self.counted)


NO_FIGURES = Figures(0, 0, 0, (0, 1), 0, 0)


def tally(standings: Collection[Standing], counted_cells: set[str]) -> Figures:
    """Count some items; `counted_cells` remembers the shared cells that were counted before."""
    answered = claims = sixtieths = shown = counted = 0
    support: dict[int, int] = {}
    for asked, answer, claim, lines, _, halves in standings:
        whole = 2 * len(lines)
        answered += answer.conclusion is not None
        claims += claim
        if claim * whole <= FULL * halves:
            sixtieths += claim
        else:
            support[whole] = support.get(whole, 0) + halves
        if not asked.in_company or is_counted_first(asked.cell, counted_cells):
            shown += halves
            counted += whole
    support[FULL] = support.get(FULL, 0) + sixtieths
    return Figures(len(standings), answered, claims, ratio.add(support), shown, counted)


def is_counted_first(cell: str, counted_cells: set[str]) -> bool:
    """Say whether a shared cell was not counted before, and remember it."""
    if cell in counted_cells:
        return False
    counted_cells.add(cell)
    return True


def add_up(parts: Iterable[Figures]) -> Figures:
    """Add up the figures of sections."""
    every = [part for part in parts if part.applicable]
    if not every:
        return NO_FIGURES
    applicable, answered, claims, support, shown, counted = zip(*every, strict=True)
    together = ratio.add(ratio.gather(support))
    return Figures(sum(applicable), sum(answered), sum(claims), together, sum(shown), sum(counted))
