"""What every figure came from, in sentences that a person can check by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from scoring.answers import NOT_APPLICABLE
from scoring.explaining_words import (
    COVERAGE,
    EXCLUDED,
    FULL_SHARES,
    LINES,
    MARKS,
    MEAN,
    NO_CONCLUSION,
    NO_FIGURE,
    NO_LINES,
    NO_SHARES,
    NOT_COUNTED,
    OUTSIDE,
    PART_SHARES,
    SHARED,
    STEP,
    SUPPORTED,
    TITLES,
    VERDICT,
    WEIGHED,
)
from scoring.ratio import Ratio
from scoring.results import Result
from scoring.sentences import joined
from scoring.standing import WORTH, Standing, mark_of
from scoring.steps import by_item
from scoring.totals import Figures
from surveys.items import Evidence, Item
from surveys.text import Text


@dataclass(frozen=True, slots=True)
class Explanation:
    """A figure, or an item, and the sentences behind it."""

    about: str
    title: Text
    lines: tuple[Text, ...]


def explain(it: Result) -> tuple[Explanation, ...]:
    """Explain the verdict, the totals, every section and every gap."""
    whole = explain_figures(it.total, it.judged.standings)
    return (
        Explanation("verdict", TITLES["verdict"], tuple(explain_verdict(it))),
        Explanation("total", TITLES["total"], tuple(whole)),
        *(explain_section(it, section.id) for section in it.target.questionnaire.sections),
        *(explain_item(it, gap.item) for gap in it.gaps if gap.item),
    )


def explain_section(it: Result, section_id: str) -> Explanation:
    """Explain the figures of one section."""
    section = next(each for each in it.target.questionnaire.sections if each.id == section_id)
    standings = tuple(each for each in it.judged.standings if each.asked.section == section_id)
    return Explanation(section_id, section.title, tuple(explain_figures(dict(it.sections)[section_id], standings)))


def explain_verdict(it: Result) -> Iterator[Text]:
    """Say the verdict, its range and its reasons."""
    names = it.rules.verdicts
    yield VERDICT.fill(verdict=names[it.verdict], best=names[it.at_best], worst=names[it.at_worst], rules=it.rules.name)
    yield from (each.text for each in it.reasons)
    yield from (each.why for each in it.proposals)


def explain_figures(figures: Figures, standings: tuple[Standing, ...]) -> Iterator[Text]:
    """Say how the figures of a section or of the whole were worked out."""
    if figures.claimed is None or figures.supported is None:
        yield NO_FIGURE.fill()
        return
    for name, ratio in (("claimed", figures.claimed), ("supported", figures.supported)):
        shares = [(each.asked.id, getattr(each, name)) for each in standings]
        yield mean(TITLES[name], ratio, figures.applicable, shares)
    yield coverage_of(figures)


def mean(name: Text, ratio: Ratio, count: int, shares: Iterable[tuple[str, Ratio]]) -> Text:
    """Say which items count fully, which in part, and their mean."""
    exact = [(item, share.exact) for item, share in shares]
    full = sum(share == 1 for _, share in exact)
    partly = tuple(f"{item} {share}" for item, share in exact if share not in {0, 1})
    nothing = tuple(item for item, share in exact if share == 0)
    total = ratio.exact * count
    said = [FULL_SHARES.fill(full, name=name)]
    if partly:
        said.append(PART_SHARES.fill(partly=partly))
    if nothing:
        said.append(NO_SHARES.fill(nothing=nothing))
    return MEAN.fill(shares=joined(said), total=total, of=count, percent=ratio.percent)


def coverage_of(figures: Figures) -> Text:
    """Say how many lines are shown."""
    if figures.coverage is None:
        return NO_LINES.fill()
    shown, counted = halves(figures.shown), halves(figures.counted)
    return COVERAGE.fill(shown=shown, counted=counted, percent=figures.coverage.percent)


def halves(count: int) -> str:
    """Write a count of halves as a decimal."""
    return f"{count // 2}.5" if count % 2 else str(count // 2)


def explain_item(it: Result, item_id: str) -> Explanation:
    """Explain one item: conclusion, lines, coverage, supported, gap, contradictions, next step."""
    item = it.target.questionnaire.item(item_id)
    return Explanation(item_id, item.name, tuple(about_item(it, item)))


def about_item(it: Result, item: Item) -> Iterator[Text]:
    """Say what is behind an item, whatever its state."""
    standing = it.standings.get(item.id)
    if standing:
        yield from weighed(it, item, standing)
    elif item.id in it.outside:
        yield OUTSIDE.fill()
    else:
        yield EXCLUDED.fill(reason=it.assessment.answers[item.id].reason or "")


def weighed(it: Result, item: Item, standing: Standing) -> Iterator[Text]:
    """Say how an item was weighed, and what followed from it."""
    yield said_conclusion(it, standing)
    if item.shares:
        yield SHARED.fill(other=item.shares)
    yield from (said_line(line, standing) for line in it.target.questionnaire.item(standing.asked.cell).evidence)
    yield said_coverage(standing)
    pair = {"claim": standing.claimed.exact, "coverage": standing.coverage.exact}
    yield SUPPORTED.fill(supported=standing.supported.exact, percent=standing.supported.percent, **pair)
    yield from (gap.why for gap in it.gaps if gap.item == item.id)
    yield from (each.why for each in it.contradictions if each.item == item.id)
    step = by_item(it.steps).get(item.id)
    if step:
        yield STEP.fill(items=step.items, lines=step.lines, after=step.supported_after.percent)


def said_conclusion(it: Result, standing: Standing) -> Text:
    """Say what was concluded and what that claims."""
    if not standing.is_answered:
        return NO_CONCLUSION.fill()
    names = {step.value: step.name for step in it.target.questionnaire.scale.steps}
    conclusion = standing.answer.conclusion or NOT_APPLICABLE
    return WEIGHED.fill(conclusion=names.get(conclusion, Text(conclusion, conclusion)), claim=standing.claimed.exact)


def said_line(line: Evidence, standing: Standing) -> Text:
    """Say what a line counts."""
    mark = mark_of(standing.evidence, line.id)
    if line.id not in standing.lines:
        return NOT_COUNTED[line.optional].fill(line=line.id, text=line.text, when=line.when or "")
    key = "expired" if line.id in standing.expired else mark or "unmarked"
    return LINES.fill(line=line.id, text=line.text, mark=MARKS[key], worth=Fraction(WORTH[mark], 2))


def said_coverage(standing: Standing) -> Text:
    """Say how the coverage of an item was worked out."""
    if not standing.lines:
        return NO_LINES.fill()
    shown, counted = halves(standing.shown), halves(standing.counted)
    return COVERAGE.fill(shown=shown, counted=counted, percent=standing.coverage.percent)
