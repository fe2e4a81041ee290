"""The next best steps: what to bring and what to change, in the order of effect, until 100.0."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from math import lcm

from scoring.answers import Grade
from scoring.gaps import Gap
from scoring.ratio import Ratio
from scoring.standing import Standing
from scoring.targets import FULL
from surveys.items import LineRef
from surveys.questionnaire import Questionnaire


@dataclass(frozen=True, slots=True)
class Step:
    """The lines to bring and the conclusions to change of items that belong together."""

    items: tuple[str, ...]
    lines: tuple[LineRef, ...]
    conclude: tuple[str, ...]
    is_major: bool
    supported_after: Ratio


@dataclass(frozen=True, slots=True)
class Bundle:
    """Items that belong together, before their place in the order is known."""

    standings: tuple[Standing, ...]
    documents: int
    gain: int
    is_major: bool

    @property
    def rank(self) -> tuple[bool, Fraction]:
        """Majors first, then the largest gain per line that is not there (at least one)."""
        return not self.is_major, -Fraction(self.gain, max(1, self.documents))


def next_steps(
    questionnaire: Questionnaire, standings: tuple[Standing, ...], gaps: Iterable[Gap], supported: Ratio | None
) -> tuple[Step, ...]:
    """Return every step in order, each with the supported total after it and all before it."""
    if supported is None:
        return ()
    short = [each for each in standings if each.falls_short]
    unit = lcm(supported.whole, *(each.supported.whole * len(standings) for each in short))
    majors = major_items(gaps)
    bundles = [bundle(questionnaire, each, unit // len(standings), majors) for each in joined(questionnaire, short)]
    bundles.sort(key=lambda each: each.rank)
    start = supported.part * (unit // supported.whole)
    totals = list(accumulate((each.gain for each in bundles), initial=start))[1:]
    return tuple(step(each, Ratio(total, unit)) for each, total in zip(bundles, totals, strict=True))


def major_items(gaps: Iterable[Gap]) -> frozenset[str]:
    """Return the items with a major of their own, or in a systemic major."""
    majors = [gap for gap in gaps if gap.grade is Grade.MAJOR]
    return frozenset(item for gap in majors for item in (*gap.items, gap.item) if item)


def joined(questionnaire: Questionnaire, standings: Iterable[Standing]) -> Iterator[tuple[Standing, ...]]:
    """Put items together that share a cell or ask for the same document, in the form's order."""
    groups: list[tuple[set[LineRef], list[Standing]]] = []
    for standing in standings:
        documents = documents_of(questionnaire, standing.asked.cell)
        touching = [group for group in groups if group[0] & documents]
        groups = [group for group in groups if group not in touching]
        together = [each for _, members in touching for each in members]
        groups.append((documents.union(*(names for names, _ in touching)), [*together, standing]))
    order = {each.asked.id: place for place, each in enumerate(standings)}
    members = [sorted(group, key=lambda each: order[each.asked.id]) for _, group in groups]
    yield from map(tuple, sorted(members, key=lambda group: order[group[0].asked.id]))


def documents_of(questionnaire: Questionnaire, cell: str) -> set[LineRef]:
    """Return the lines of a cell, each as the line that first asks for the same document."""
    return {line.same_as or LineRef(cell, line.id) for line in questionnaire.by_id[cell].evidence} or {
        LineRef(cell, "")
    }


def bundle(questionnaire: Questionnaire, standings: tuple[Standing, ...], unit: int, majors: frozenset[str]) -> Bundle:
    """Work out what a bundle brings; tied lines are one document."""
    documents = {document(questionnaire, each) for each in lines_of(standings)}
    gain = sum(unit - each.supported.part * (unit // each.supported.whole) for each in standings)
    return Bundle(standings, len(documents), gain, any(each.asked.id in majors for each in standings))


def lines_of(standings: Iterable[Standing]) -> tuple[LineRef, ...]:
    """Return the lines to bring, those of a shared cell once."""
    return tuple(dict.fromkeys(LineRef(each.asked.cell, line) for each in standings for line in each.to_bring))


def document(questionnaire: Questionnaire, line: LineRef) -> LineRef:
    """Return the line that first asks for the same document."""
    found = questionnaire.by_id[line.item].line(line.line)
    return found.same_as or line if found else line


def step(it: Bundle, supported_after: Ratio) -> Step:
    """Write a bundle down as a step."""
    return Step(
        items=tuple(each.asked.id for each in it.standings),
        lines=lines_of(it.standings),
        conclude=tuple(each.asked.id for each in it.standings if each.claim < FULL),
        is_major=it.is_major,
        supported_after=supported_after,
    )


def by_item(steps: Iterable[Step]) -> Mapping[str, Step]:
    """Return the step of each item."""
    return {item: each for each in steps for item in each.items}
