"""What the overview shows of a result: sections with bars, evidence, levels, the first steps, what does not fit."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from reports.charts import Bar, Bars, Strip, section_bars, strip
from reports.charts_ladder import Rung as Drawn
from reports.charts_ladder import ladder
from reports.charts_radar import Radar, Spoke, folded, radar
from scoring.contradictions import Contradicted, Contradiction
from scoring.ladder import Rung
from scoring.steps import Step
from scoring.totals import Figures
from scoring.verdicts import HEADER
from surveys.questionnaire import Section
from web.reading import capital
from web.scored import Scored, Since
from web.wording import Reader

FIRST_STEPS = 5
_LETTERS, _CHARACTERS = 14, 7
_SIGNS = re.compile(r": |：|—|–")


@dataclass(frozen=True)
class SectionRow:
    """A section with its figures, its bar and the number of its gaps."""

    section: Section
    name: str
    figures: Figures
    bar: Bar
    gaps: int


@dataclass(frozen=True)
class LevelRow:
    """A level with its place on the drawn ladder."""

    rung: Rung
    drawn: Drawn
    is_target: bool


@dataclass(frozen=True)
class Overview:
    """The result of an assessment, laid out for its first page."""

    at: Scored
    words: Reader
    since: Since | None

    @cached_property
    def bars(self) -> Bars:
        return section_bars([shares(figures) for _, figures in self.at.result.sections])

    @cached_property
    def sections(self) -> list[SectionRow]:
        """The sections of the questionnaire, each with what belongs to it."""
        gaps = Counter(gap.section for gap in self.at.result.gaps)
        known = {each.id: each for each in self.at.it.sections}
        return [
            SectionRow(known[id_], tail(self.words.say(known[id_].title)), figures, bar, gaps[id_])
            for (id_, figures), bar in zip(self.at.result.sections, self.bars.bars, strict=True)
        ]

    @cached_property
    def radar(self) -> Radar | None:
        """The sections that have a figure, around a centre."""
        most = _CHARACTERS if self.words.own == "zh" else _LETTERS
        return radar(
            [
                Spoke(
                    (*folded(row.name, most), figures.supported.percent), figures.claimed.exact, figures.supported.exact
                )
                for row in self.sections
                if (figures := row.figures).claimed and figures.supported
            ]
        )

    @cached_property
    def evidence(self) -> Strip:
        found = self.at.result.evidence
        kinds = ("have", "partial", "missing", "unmarked")
        return strip([(kind, getattr(found, kind)) for kind in kinds])

    @cached_property
    def levels(self) -> list[LevelRow]:
        """The ladder, the highest level on top."""
        rungs = {each.level: each for each in self.at.result.levels}
        drawn = ladder([(each.level, each.verdict) for each in rungs.values()])
        return [LevelRow(rungs[each.level], each, each.level == self.at.target.level) for each in drawn]

    @property
    def first_steps(self) -> Sequence[Step]:
        return self.at.result.steps[:FIRST_STEPS]

    @cached_property
    def contradictions(self) -> dict[Contradiction, list[Contradicted]]:
        """What does not go together, kind by kind."""
        found: dict[Contradiction, list[Contradicted]] = {}
        for each in self.at.result.contradictions:
            found.setdefault(each.kind, []).append(each)
        return found

    @property
    def empty_fields(self) -> tuple[str, ...]:
        """The fields of the form's head that are still empty."""
        return next((each.fields for each in self.at.result.reasons if each.rule == HEADER), ())


def shares(figures: Figures) -> tuple[Fraction | None, Fraction | None]:
    """Give claimed and supported exactly, or nothing where no item is asked."""
    claimed, supported = figures.claimed, figures.supported
    return claimed and claimed.exact, supported and supported.exact


def tail(name: str) -> str:
    """Leave out the part of the form that a section's name begins with, where it names its own part after a sign."""
    return capital(_SIGNS.split(name)[-1].strip() or name)
