"""The radars of a report, ready to be drawn. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from surveys.text import Text


@dataclass(frozen=True, slots=True)
class SpokeRow:
    """An axis: its name, how far claim and support reach, and the figure that stands at its tip."""

    name: Text
    claimed: float
    supported: float
    figure: str


@dataclass(frozen=True, slots=True)
class RadarRow:
    """A radar: what its lines are called, the outer ring last, and its axes."""

    title: Text
    legend: tuple[Text, Text, Text]
    spokes: tuple[SpokeRow, ...]
