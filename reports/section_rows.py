"""The figures of a report, section by section and as a whole, with the fractions behind them."""

from __future__ import annotations

from reports.names import section_name, titled
from reports.phrases import both
from reports.readiness import SectionRow
from scoring.answers import Grade
from scoring.ratio import Ratio, show
from scoring.results import Result
from scoring.targets import USUAL_STEP
from scoring.totals import Figures
from surveys.scales import ScaleKind
from surveys.text import Text


def of_items(ratio: Ratio | None, count_: int) -> str:
    """Write a mean as the sum of its items over their number, two decimals, half up."""
    if ratio is None:
        return ""
    hundredths = (200 * ratio.part * count_ + ratio.whole) // (2 * ratio.whole)
    whole, rest = divmod(hundredths, 100)
    return f"{whole}{f'.{rest:02}' if rest else ''} / {count_}"


def halves(halves: int) -> str:
    return f"{halves // 2}{'.5' if halves % 2 else ''}"


def section_row(it: Result, name: str, part: Figures) -> SectionRow:
    questionnaire = it.target.questionnaire
    title = next(section.title for section in questionnaire.sections if section.id == name)
    return _row(
        it,
        titled(title),
        part,
        {item for item in questionnaire.section_of if questionnaire.section_of[item].id == name},
    )


def total_row(it: Result) -> SectionRow:
    return _row(it, both("All"), it.total, set(it.target.questionnaire.by_id))


def _row(it: Result, title: Text, part: Figures, items: set[str]) -> SectionRow:
    marks = _marks(it, items)
    gaps = [gap for gap in it.gaps if gap.item in items]
    return SectionRow(
        title=title,
        short=section_name(title),
        items=part.applicable,
        claimed=show(part.claimed),
        supported=show(part.supported),
        coverage=show(part.coverage),
        claimed_share=float(part.claimed.exact) if part.claimed else 0.0,
        supported_share=float(part.supported.exact) if part.supported else 0.0,
        claimed_sum=of_items(part.claimed, part.applicable),
        supported_sum=of_items(part.supported, part.applicable),
        coverage_sum=f"{halves(part.shown)} / {halves(part.counted)}",
        have=marks["have"],
        partial=marks["partial"],
        missing=marks["missing"],
        unmarked=marks["unmarked"],
        majors=sum(gap.grade is Grade.MAJOR for gap in gaps),
        minors=sum(gap.grade is Grade.MINOR for gap in gaps),
        open=sum(gap.grade is None for gap in gaps),
        step=_step(it, items),
    )


def _step(it: Result, items: set[str]) -> str:
    """Write the mean step of some items, one without a conclusion at 0, beside the mean target step."""
    questionnaire = it.target.questionnaire
    if questionnaire.scale.kind is not ScaleKind.MATURITY:
        return ""
    standings = [each for each in it.judged.standings if each.asked.id in items]
    if not standings:
        return ""
    usual = questionnaire.scale.target or USUAL_STEP
    steps = sum(int(each.answer.conclusion or 0) for each in standings)
    targets = sum(questionnaire.item(each.asked.id).target or usual for each in standings)
    return f"{_tenths(steps, len(standings))} / {_tenths(targets, len(standings))}"


def _tenths(total: int, count: int) -> str:
    """Write a mean with one decimal, half up, and a whole one without."""
    whole, rest = divmod((20 * total + count) // (2 * count), 10)
    return f"{whole}.{rest}" if rest or total % count else str(whole)


def _marks(it: Result, items: set[str]) -> dict[str, int]:
    """Count the counted lines of some items by their mark, a shared cell once."""
    found = {"have": 0, "partial": 0, "missing": 0, "unmarked": 0}
    seen: set[str] = set()
    for standing in it.judged.standings:
        if standing.asked.id not in items or standing.asked.cell in seen:
            continue
        seen.add(standing.asked.cell)
        for line in standing.lines:
            if line in standing.missing:
                found["missing"] += 1
            elif line in standing.partial:
                found["partial"] += 1
            elif line in standing.unmarked:
                found["unmarked"] += 1
            else:
                found["have"] += 1
    return found
