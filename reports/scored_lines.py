"""Which evidence lines count, and why the others do not."""

from __future__ import annotations

from collections.abc import Iterator

from reports.arithmetic import listed_numbers, plus, steps
from reports.phrases import both, sentences
from reports.scored_types import ScoredRow, Sum
from scoring.results import Result
from scoring.standing import Standing
from surveys.items import Evidence
from surveys.levels import ALL
from surveys.text import Text


def lines_row(it: Result) -> ScoredRow:
    """Add the lines of all cells up, each cell once, and take away those that do not count."""
    cells = _cells(it)
    groups: dict[str, int] = {}
    for cell in cells.values():
        group = _group(it, cell)
        groups[group] = groups.get(group, 0) + len(_evidence(it, cell))
    optional, idle = _left_out(it, cells, is_optional=True), _left_out(it, cells, is_optional=False)
    working = plus(groups.values(), (len(optional), len(idle)))
    outcome = Sum(steps(working), str(it.evidence.required), both("lines"))
    return ScoredRow(both("Counted lines"), outcome, (sentences(_why(it, cells, optional, idle)),))


def _cells(it: Result) -> dict[str, Standing]:
    """Give the first item of each cell that counts."""
    found: dict[str, Standing] = {}
    for each in it.judged.standings:
        found.setdefault(each.asked.cell, each)
    return found


def _group(it: Result, first: Standing) -> str:
    """Group by what the first item of a cell is marked for, or by its section where there are no levels."""
    if it.target.questionnaire.ladder.levels:
        return it.target.questionnaire.item(first.asked.id).label
    return first.asked.section


def _evidence(it: Result, first: Standing) -> tuple[Evidence, ...]:
    return it.target.questionnaire.item(first.asked.cell).evidence


def _left_out(it: Result, cells: dict[str, Standing], *, is_optional: bool) -> list[str]:
    """Name the lines that do not count: optional ones, or those whose condition does not hold."""
    return [
        f"{it.target.questionnaire.item(cell).number}{line.id}"
        for cell, first in cells.items()
        for line in _evidence(it, first)
        if line.id not in first.lines and line.optional is is_optional
    ]


def _why(it: Result, cells: dict[str, Standing], optional: list[str], idle: list[str]) -> Iterator[Text]:
    labels = {_group(it, each) for each in cells.values()}
    if it.target.questionnaire.ladder.levels and len(labels - {ALL}) and len(labels) > 1:
        yield both("The lines of the unmarked items first, then those of the items for one level only")
    if optional:
        yield both("Optional, so not counted: %(lines)s", lines=_listed(optional))
    if idle:
        yield both("Asked for on a condition that does not hold, so not counted: %(lines)s", lines=_listed(idle))
    for items in _shared(it):
        yield both("Items %(items)s share one cell of evidence, which counts once", items=listed_numbers(items))
    if not cells:
        yield both("No item applies, so no line counts")
    elif not optional and not idle:
        yield both("Every line of these items counts")


def _shared(it: Result) -> Iterator[list[str]]:
    cells: dict[str, list[str]] = {}
    for each in it.judged.standings:
        cells.setdefault(each.asked.cell, []).append(it.target.questionnaire.item(each.asked.id).number)
    yield from (items for items in cells.values() if len(items) > 1)


def _listed(lines: list[str]) -> Text:
    return Text("、".join(lines), ", ".join(lines))
