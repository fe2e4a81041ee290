"""What each item gives and loses, and the exact fractions behind the figures of the sections."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from reports.arithmetic import in_halves, mean, ranged, times
from reports.names import reference, section_name
from reports.phrases import both
from reports.scored_types import LossRow, SectionShares, Share
from reports.section_rows import halves
from scoring.answers import Mark
from scoring.ratio import Ratio, show
from scoring.results import Result
from scoring.standing import Standing, mark_of
from scoring.totals import Figures
from surveys.text import Text


def lost(it: Result) -> Fraction:
    """Add up what the items lose."""
    return sum((1 - each.supported.exact for each in it.judged.standings), Fraction())


def losses(it: Result) -> tuple[LossRow, ...]:
    """Gather the items that lose something by what they give: nothing first, then as the form has them."""
    found: dict[Fraction, list[str]] = {}
    for each in it.judged.standings:
        if each.supported.exact < 1:
            number = it.target.questionnaire.item(each.asked.id).number
            found.setdefault(each.supported.exact, []).append(number)
    ordered = sorted(found.items(), key=lambda each: each[0] != 0)
    return tuple(
        LossRow(ranged(numbers), times(len(numbers), share), times(len(numbers), 1 - share))
        for share, numbers in ordered
    )


def example(it: Result) -> Iterator[Text]:
    """Work one item through: one held back by its evidence, if there is one, and by lines that are there in part."""
    short = [each for each in it.judged.standings if 0 < each.supported.exact < each.claimed.exact]
    if not short:
        return
    chosen = max(short, key=lambda each: (bool(each.partial), 1 - each.supported.exact))
    share = chosen.supported.exact
    yield both(
        "Example, %(item)s: claim %(claim)s, evidence %(evidence)s, so it gives %(gives)s and loses %(loses)s",
        item=reference(it.target.questionnaire.item(chosen.asked.id).number),
        claim=chosen.claimed.exact,
        evidence=_evidence(chosen),
        gives=share,
        loses=1 - share,
    )


def _evidence(it: Standing) -> str:
    marks = [mark_of(it.evidence, line) for line in it.lines]
    sum_ = in_halves(marks.count(Mark.HAVE), marks.count(Mark.PARTIAL)).replace(" ", "")
    return f"{sum_}÷{len(marks)}={it.coverage.exact}"


def section_shares(it: Result) -> tuple[SectionShares, ...]:
    titles = {each.id: each.title for each in it.target.questionnaire.sections}
    return tuple(_shares(section_name(titles[name]), part) for name, part in it.sections)


def total_shares(it: Result) -> SectionShares:
    return _shares(both("All"), it.total)


def _shares(title: Text, part: Figures) -> SectionShares:
    coverage = f"{halves(part.shown)}/{halves(part.counted)}" if part.coverage else ""
    return SectionShares(
        title,
        part.applicable,
        claimed=_share(part.claimed, part.applicable),
        supported=_share(part.supported, part.applicable),
        coverage=Share(coverage, show(part.coverage)),
    )


def _share(ratio: Ratio | None, count: int) -> Share:
    return Share(mean(ratio.exact, count), ratio.percent) if ratio else Share("", None)
