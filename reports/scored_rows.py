"""How a report was scored: each figure worked through in the assessment's own numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from reports.arithmetic import decimal, in_halves, listed_numbers, plus, steps, weighed
from reports.names import short_of
from reports.phrases import READINGS, SIZES, both, counted, listed, same, sentences
from reports.scored_lines import lines_row
from reports.scored_shares import example, losses, lost, section_shares, total_shares
from reports.scored_types import Scored, ScoredRow, Stated, Sum
from scoring.answers import NOT_APPLICABLE, Grade
from scoring.results import Result
from scoring.standing import Standing
from scoring.targets import FULL, USUAL_STEP, aim
from surveys.levels import ALL, label_of
from surveys.scales import ScaleKind
from surveys.text import Text


@dataclass(frozen=True)
class Words:
    """What other parts of a report say too: the reasons, the proposals, how far the verdict may move."""

    verdict: Text
    reasons: tuple[Text, ...]
    proposals: tuple[Text, ...]
    range_note: Text | None


def scored_of(it: Result, words: Words) -> Scored:
    """Work every figure through."""
    rows = (
        _applicable(it), _not_counted(it), lines_row(it), _coverage(it), _claimed(it), _supported(it),
        _verdict(it, words),
    )  # fmt: skip
    return Scored(rows, losses(it), str(lost(it)), section_shares(it), total_shares(it))


def _applicable(it: Result) -> ScoredRow:
    by_label = it.target.questionnaire.ladder.levels
    parts = _by_label(it) if by_label else _by_section(it)
    working = plus((number for number, _ in parts), [len(it.excluded)])
    reading = [both(READINGS[it.target.reading])] if it.target.reading else []
    said = [listed([*(text for _, text in parts), *reading])]
    if it.excluded:
        number = len(it.excluded)
        said.append(counted("%(num)s excluded item counts in no figure", "%(num)s excluded items count in no figure",
                            number))  # fmt: skip
    if len(it.target.questionnaire.ladder.readings) > 1:
        said.append(_readings(it))
    outcome = Sum(steps(working), str(it.total.applicable), both("items"))
    return ScoredRow(both("Items that apply"), outcome, (sentences(said),))


def _by_label(it: Result) -> list[tuple[int, Text]]:
    """Count the items by the level they are marked for: unmarked ones first, then from the lowest level upwards."""
    questionnaire = it.target.questionnaire
    labels = [questionnaire.item(asked.id).label for asked in it.target.items]
    found = [(labels.count(ALL), counted("%(num)s unmarked item", "%(num)s unmarked items", labels.count(ALL)))]
    for level in reversed(questionnaire.ladder.levels):
        number = labels.count(label_of(level.id))
        words = counted("%(num)s for %(level)s only", "%(num)s for %(level)s only", number, level=short_of(level.name))
        found.append((number, words))
    return [(number, words) for number, words in found if number]


def _by_section(it: Result) -> list[tuple[int, Text]]:
    titles = {each.id: each.title for each in it.target.questionnaire.sections}
    sized = [(len(items), titles[name]) for name, items in it.target.sections if items]
    return [(number, Text(f"{title.zh}{number}", f"{title.en} {number}")) for number, title in sized]


def _readings(it: Result) -> Text:
    """Say how many items each level would have in either reading."""
    questionnaire = it.target.questionnaire
    levels = tuple(reversed(questionnaire.ladder.levels))
    said = []
    for reading in questionnaire.ladder.readings:
        counts = [str(len(aim(questionnaire, level.id, reading).items)) for level in levels]
        words = both(READINGS[reading])
        said.append(Text(f"{words.zh}{'、'.join(counts)}", f"{', '.join(counts)} in {words.en}"))
    return both(
        "Items at %(levels)s: %(counts)s",
        levels=listed(short_of(level.name) for level in levels),
        counts=Text("，".join(each.zh for each in said), "; ".join(each.en for each in said)),
    )


def _not_counted(it: Result) -> ScoredRow:
    every = len(it.target.questionnaire.items)
    left_out = every - it.total.applicable
    outcome = Sum(steps(f"{every} − {it.total.applicable}") if left_out else "", str(left_out), both("items"))
    return ScoredRow(both("Items not counted"), outcome, tuple(_left_out(it)))


def _left_out(it: Result) -> Iterator[Text]:
    """Say what lies outside the level, and what is excluded and why, each reason as it was typed."""
    said = []
    if it.outside:
        items = listed_numbers(_number(it, each) for each in it.outside)
        said.append(both("Outside the level: %(items)s; their answers are kept", items=items))
    if it.excluded:
        items = listed_numbers(_number(it, each.item) for each in it.excluded)
        said.append(both("Excluded with a reason: %(items)s", items=items))
    elif any(each.may_exclude for each in it.target.questionnaire.items):
        said.append(both("No item is excluded"))
    yield sentences(said or [both("Every item of the questionnaire counts")])
    yield from (same(f"{_number(it, each.item)}  {each.text}") for each in it.excluded)


def _coverage(it: Result) -> ScoredRow:
    label, total, marks = both("Evidence coverage"), it.total, it.evidence
    if total.coverage is None:
        return ScoredRow(label, None, (sentences([both("No evidence line counts, so there is no figure")]),))
    over, exact = marks.required, total.coverage.exact
    working = steps(
        f"{in_halves(marks.have, marks.partial)}÷{over}", f"{_plain(Fraction(total.shown, 2))}÷{over}", decimal(exact)
    )
    said = [both("Have counts 1, partial ½; missing and not marked count 0")]
    if expired := _expired(it):
        said.append(both("Marked as had, but the document has expired, so partial: %(lines)s", lines=expired))
    return ScoredRow(label, Sum(working, f"{total.coverage.percent}%"), (sentences(said),))


def _plain(it: Fraction) -> str:
    """Write a count of halves."""
    return f"{it.numerator // it.denominator}.5" if it.denominator == 2 else str(it)


def _expired(it: Result) -> Text | None:
    """Name the lines whose document is past its date, with the day it ended on."""
    known = it.assessment.documents
    found = []
    for cell, line in dict.fromkeys((each.asked.cell, line) for each in it.judged.standings for line in each.expired):
        held = it.standings[cell].evidence[line] if cell in it.standings else None
        ends = [known[name].valid_until for name in (held.documents if held else ()) if name in known]
        days = sorted(day.isoformat() for day in ends if day)
        found.append(f"{_number(it, cell)}{line} {days[0]}" if days else f"{_number(it, cell)}{line}")
    return Text("、".join(found), ", ".join(found)) if found else None


def _claimed(it: Result) -> ScoredRow:
    label, total = both("Claimed"), it.total
    if total.claimed is None:
        return ScoredRow(label, None, (_no_figure(),))
    shares = [Fraction(each.claim, FULL) for each in it.judged.standings]
    working = steps(f"{weighed(shares)}÷{total.applicable}", f"{decimal(sum(shares, Fraction()))}÷{total.applicable}")
    return ScoredRow(label, Sum(working, f"{total.claimed.percent}%"), (sentences(_conclusions(it)),))


def _no_figure() -> Text:
    return sentences([both("No item applies, so there is no figure")])


def _conclusions(it: Result) -> Iterator[Text]:
    """Say how many items are concluded how; the items that claim less than all are named."""
    names = {each.value: each.name for each in it.target.questionnaire.scale.steps}
    ordered = sorted(it.judged.standings, key=lambda each: _place(it, each))
    for conclusion, group in groupby(ordered, key=lambda each: each.answer.conclusion):
        standings = list(group)
        number = len(standings)
        if conclusion is None:
            said = counted("%(num)s item without a conclusion counts 0", "%(num)s items without a conclusion count 0",
                           number)  # fmt: skip
        else:
            name = names.get(conclusion, same(conclusion))
            said = counted("%(num)s item concluded “%(name)s”", "%(num)s items concluded “%(name)s”", number, name=name)
        yield _with_items(it, said, [each for each in standings if each.claim < FULL])
    yield from _scale(it)


def _place(it: Result, standing: Standing) -> int:
    """Order by worth, the best conclusion first, unanswered ones last."""
    values = it.target.questionnaire.scale.values
    conclusion = standing.answer.conclusion
    if conclusion not in values:
        return len(values) + (conclusion != NOT_APPLICABLE)
    place = values.index(conclusion)
    return -place if it.target.questionnaire.scale.kind is ScaleKind.MATURITY else place


def _with_items(it: Result, said: Text, standings: list[Standing]) -> Text:
    if not standings:
        return said
    numbers = listed_numbers(_number(it, each.asked.id) for each in standings)
    return Text(f"{said.zh}：{numbers.zh}", f"{said.en}: {numbers.en}")


def _scale(it: Result) -> Iterator[Text]:
    scale = it.target.questionnaire.scale
    if scale.kind is ScaleKind.MATURITY:
        yield both("A step counts as its share of the target step %(target)s, at most 1",
                   target=scale.target or USUAL_STEP)  # fmt: skip
    elif scale.kind is ScaleKind.THREE_VALUED:
        yield both("A conclusion in part counts ½")


def _supported(it: Result) -> ScoredRow:
    label, total = both("Supported"), it.total
    if total.supported is None:
        return ScoredRow(label, None, (_no_figure(),))
    count, gone, share = total.applicable, lost(it), total.supported.exact
    first = f"({count} − {gone})÷{count}" if gone else f"{count}÷{count}"
    working = steps(first, f"{decimal(share * count)}÷{count}" if gone else "", decimal(share))
    said = [both("Each item gives the smaller of its claim and its evidence coverage"), *example(it)]
    said.append(both("All sums are worked in fractions and rounded once, where they are shown"))
    has_losses = bool(losses(it))
    return ScoredRow(label, Sum(working, f"{total.supported.percent}%"), (sentences(said),), has_losses=has_losses)


def _verdict(it: Result, words: Words) -> ScoredRow:
    """Say how many gaps there are of each grade, and by which rules the verdict came about."""
    majors, minors = it.judged.count(Grade.MAJOR), it.judged.count(Grade.MINOR)
    found = [
        Stated("major", counted("%(num)s expected major gap", "%(num)s expected major gaps", majors)),
        Stated("minor", counted("%(num)s expected minor gap", "%(num)s expected minor gaps", minors)),
    ]
    questions = sum(gap.grade is None for gap in it.gaps)
    if questions:
        found.append(Stated("question", counted("%(num)s open question", "%(num)s open questions", questions)))
    found.append(Stated(str(it.verdict), words.verdict))
    size = it.assessment.organization.size
    threshold = both(
        "In an organisation of size “%(size)s”, %(threshold)s expected minor gaps in one area are proposed as systemic",
        size=both(SIZES[size]),
        threshold=it.rules.systemic[size],
    )
    moved = words.range_note or both("At best and at worst the verdict is the same")
    lines = tuple(sentences([each]) for each in (*words.reasons, *words.proposals, threshold, moved))
    return ScoredRow(both("Grades and verdict"), None, lines, tuple(found))


def _number(it: Result, item: str) -> str:
    return it.target.questionnaire.item(item).number
