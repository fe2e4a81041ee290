"""The charts of the HTML report, laid out by the same geometry as on paper and on the web."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reports.charts import ROW, Box, Strip, section_bars, strip
from reports.charts_radar import Radar, Spoke, folded, radar
from reports.languages import Languages
from reports.phrases import both, listed
from reports.readiness import Readiness, SectionRow
from reports.standing_types import SpokeRow
from surveys.text import Text

_LEFT, _WIDTH = 250.0, 460.0
_FOLD = {"zh": 12, "en": 24}
_BEYOND = 30.0


@dataclass(frozen=True)
class BarRow:
    """A section's bars with its name."""

    first: str
    second: str
    figure: str
    middle: float
    supported: Box | None
    claimed: Box | None


@dataclass(frozen=True)
class BarChart:
    """Claimed behind supported, section by section."""

    rows: tuple[BarRow, ...]
    grid: tuple[float, ...]
    left: float
    right: float
    end: float
    height: float
    supported: str
    claimed: str


@dataclass(frozen=True)
class Charts:
    """Every chart, and what it says to somebody who does not see it."""

    sections: BarChart
    radars: tuple[tuple[str, Radar], ...]
    evidence: Strip
    told: str
    evidence_told: str


def charts_of(it: Readiness, languages: Languages) -> Charts:
    total = it.total
    counts = [
        ("have", total.have),
        ("partial", total.partial),
        ("missing", total.missing),
        ("unmarked", total.unmarked),
    ]
    return Charts(
        sections=_bars(it, languages),
        radars=tuple(_radars(it, languages)),
        evidence=strip(counts, width=640.0),
        told=languages.line(_told(it)),
        evidence_told=languages.line(
            both(
                "%(have)s have, %(partial)s partial, %(missing)s missing, %(unmarked)s not marked",
                have=total.have,
                partial=total.partial,
                missing=total.missing,
                unmarked=total.unmarked,
            )
        ),
    )


def _told(it: Readiness) -> Text:
    known = [each for each in it.sections if each.supported is not None]
    return listed(
        both("%(section)s %(supported)s %% of %(claimed)s %%", section=each.short, supported=each.supported,
             claimed=each.claimed)
        for each in known
    )  # fmt: skip


def _bars(it: Readiness, languages: Languages) -> BarChart:
    shares = [
        (each.claimed_share, each.supported_share) if each.supported is not None else (None, None)
        for each in it.sections
    ]
    laid = section_bars(shares, _WIDTH)
    rows = tuple(_bar(each, bar.supported, bar.claimed, bar.row, languages)
                 for each, bar in zip(it.sections, laid.bars, strict=True))  # fmt: skip
    return BarChart(
        rows=rows,
        grid=tuple(_LEFT + _WIDTH * share for share in (0, 0.25, 0.5, 0.75)),
        left=_LEFT,
        right=_LEFT + _WIDTH,
        end=laid.frame.height,
        height=laid.frame.height + _BEYOND,
        supported=languages.line(both("supported")),
        claimed=languages.line(both("claimed only")),
    )


def _bar(it: SectionRow, supported: Box | None, claimed: Box | None, row: Box, languages: Languages) -> BarRow:
    wordings = [wording for _, wording in languages.said(it.short)]
    return BarRow(
        first=_short(wordings[0], 17 if languages is not Languages.EN else 34),
        second=_short(wordings[1], 40) if len(wordings) > 1 else "",
        figure=it.supported or "–",
        middle=row.y + ROW / 2,
        supported=_moved(supported),
        claimed=_moved(claimed),
    )


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _moved(it: Box | None) -> Box | None:
    return Box(it.x + _LEFT, it.y, it.width, it.height) if it else None


def _radars(it: Readiness, languages: Languages) -> Iterator[tuple[str, Radar]]:
    """Lay each radar out, with its title."""
    for each in it.radars:
        laid = radar([_spoke(spoke, languages) for spoke in each.spokes], width=640.0, radius=125.0)
        if laid:
            yield languages.line(each.title), laid


def _spoke(it: SpokeRow, languages: Languages) -> Spoke:
    lines = [line for language, wording in languages.said(it.name) for line in folded(wording, _FOLD[language or "zh"])]
    return Spoke((*lines, it.figure), it.claimed, it.supported)
