"""The radars of a report: one by section, or on a scale of maturity one by clause and one by theme."""

from __future__ import annotations

from collections.abc import Iterator

from reports.charts_radar import FEWEST, MOST
from reports.phrases import both
from reports.readiness import SectionRow
from reports.standing_types import RadarRow, SpokeRow
from scoring.results import Result
from surveys.questionnaire import Section
from surveys.scales import ScaleKind
from surveys.text import Text


def radar_rows(it: Result, rows: tuple[SectionRow, ...]) -> tuple[RadarRow, ...]:
    """Give the radars that can be drawn: with three axes at least, and twelve at most."""
    known = {each.id: each for each in it.target.questionnaire.sections}
    sections = [(known[name], row) for (name, _), row in zip(it.sections, rows, strict=True) if row.items]
    return tuple(each for each in _radars(it, sections) if FEWEST <= len(each.spokes) <= MOST)


def _radars(it: Result, sections: list[tuple[Section, SectionRow]]) -> Iterator[RadarRow]:
    if it.target.questionnaire.scale.kind is not ScaleKind.MATURITY:
        legend = (both("supported"), both("claimed"), both("true"))
        yield RadarRow(both("Radar by section"), legend, tuple(_spoke(row) for _, row in sections))
        return
    controls = [(section, row) for section, row in sections if _may_exclude(it, section)]
    clauses = [each for each in sections if each not in controls]
    yield _maturity(both("By clause: step and target"), clauses)
    yield _maturity(both("By theme: step and target"), controls)


def _may_exclude(it: Result, section: Section) -> bool:
    """Say whether a section has controls, which may be excluded, rather than clauses."""
    return all(each.may_exclude for each in it.target.questionnaire.items_of(section))


def _maturity(title: Text, sections: list[tuple[Section, SectionRow]]) -> RadarRow:
    legend = (both("supported"), both("present step"), both("target step"))
    return RadarRow(title, legend, tuple(_spoke(row) for _, row in sections))


def _spoke(it: SectionRow) -> SpokeRow:
    return SpokeRow(it.short, it.claimed_share, it.supported_share, it.step or it.supported or "–")
