"""The figures of sections and of the whole, computed from items and never as a mean of sections."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from scoring import ratio
from scoring.ratio import Ratio
from scoring.standing import Standing
from scoring.targets import FULL


@dataclass(frozen=True, slots=True)
class Figures:
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


def tally(standings: Iterable[Standing], counted_cells: set[str]) -> Figures:
    """Count some items; `counted_cells` remembers the shared cells that were counted before."""
    applicable = answered = claims = shown = counted = 0
    support: dict[int, int] = {}
    for asked, answer, claim, lines, _, halves in standings:
        applicable += 1
        answered += answer.conclusion is not None
        claims += claim
        whole = 2 * len(lines)
        if claim * whole <= FULL * halves:
            support[FULL] = support.get(FULL, 0) + claim
        else:
            support[whole] = support.get(whole, 0) + halves
        if is_counted_first(asked.cell, counted_cells) if asked.in_company else True:
            shown += halves
            counted += whole
    return Figures(applicable, answered, claims, ratio.add(support), shown, counted)


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
    return Figures(
        applicable=sum(part.applicable for part in every),
        answered=sum(part.answered for part in every),
        claim=sum(part.claim for part in every),
        support=ratio.add(ratio.gather(part.support for part in every)),
        shown=sum(part.shown for part in every),
        counted=sum(part.counted for part in every),
    )
