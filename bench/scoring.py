"""How fast scoring is, as ratios to a plain loop over the same answers. Run: python -m bench.scoring"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from time import process_time_ns

from files.library import shipped
from scoring.answers import Answer, LineAnswer, Mark
from scoring.assessment import Assessment, Assessors, Organization
from scoring.judging import Circumstances, figures, find_gaps, stand_sections
from scoring.results import assess
from scoring.targets import Target, aim
from surveys.questionnaire import Questionnaire
from surveys.text import Text

ROUNDS, REPEATS = 40, 20
WORTH = {Mark.HAVE: 1.0, Mark.PARTIAL: 0.5, Mark.MISSING: 0.0}


def controls() -> Questionnaire:
    """The 114 controls of the 2013 edition as a questionnaire of their own."""
    it = shipped().questionnaire("isms-2013@1")
    sections = tuple(section for section in it.sections if section.id.startswith("a-"))
    inside = {item for section in sections for item in section.items}
    return replace(it, sections=sections, items=tuple(item for item in it.items if item.id in inside))


def half_way(it: Questionnaire) -> dict[str, Answer]:
    """Four items in five met; of the fifth, one step or one line is short."""
    answers = {}
    for place, item in enumerate(it.in_order()):
        short = place % 5 == 0
        marks = {
            line.id: LineAnswer(Mark.MISSING if short and not n else Mark.HAVE) for n, line in enumerate(item.countable)
        }
        full = "conform" if "conform" in it.scale.values else "4"
        less = "nonconform" if "conform" in it.scale.values else "2"
        answers[item.id] = Answer(less if place % 10 == 0 else full, marks)
    return answers


def plain_loop(it: Questionnaire, answers: Mapping[str, Answer]) -> float:
    """What anybody would write first: the mean of marks, in floating point, nothing else."""
    total = 0.0
    for item in it.items:
        answer = answers[item.id]
        shown = count = 0.0
        for line in item.evidence:
            held = answer.evidence.get(line.id)
            if held is not None and held.state is not None:
                shown += WORTH[held.state]
            count += 1
        total += min(shown / count if count else 1.0, 1.0 if answer.conclusion in {"conform", "4"} else 0.0)
    return total / len(it.items)


def figures_and_gaps(target: Target, answers: Mapping[str, Answer]) -> object:
    """What is promised: the figures and gaps of one target."""
    sections = stand_sections(target, answers)
    standings = tuple(each for _, items in sections for each in items)
    return figures(sections), find_gaps(standings, Circumstances(3))


def microseconds(work: Callable[[], object]) -> float:
    """Return the best of several rounds, in the processor's time."""
    rounds = []
    for _ in range(ROUNDS):
        start = process_time_ns()
        for _ in range(REPEATS):
            work()
        rounds.append(process_time_ns() - start)
    return min(rounds) / REPEATS / 1000


def stated(it: Questionnaire, answers: Mapping[str, Answer]) -> Assessment:
    """The answers as an assessment with a full header."""
    who = Organization(Text("示例公司", "Example Co."))
    return Assessment(
        it.name,
        organization=who,
        level=it.ladder.default,
        assessed_on=date(2026, 11, 21),
        assessed_by=Assessors("质量部"),
        answers=answers,
        follow_ups=(),
    )


def main() -> None:
    """Print the table."""
    it, form = controls(), shipped().questionnaire("om-services@trial-1")
    answers, of_form = half_way(it), half_way(form)
    target, rules = aim(it), shipped().rule_set("initial-audit")
    loop = microseconds(lambda: plain_loop(it, answers))
    rows = [
        ("plain loop, 114 items", loop, ""),
        (
            "figures and gaps of one target, 114 items",
            microseconds(lambda: figures_and_gaps(target, answers)),
            "200 µs",
        ),
        ("whole result, 114 items", microseconds(lambda: assess(it, stated(it, answers), rules)), "5000 µs"),
        (
            "whole result with ladder, 71 items",
            microseconds(lambda: assess(form, stated(form, of_form), rules)),
            "5000 µs",
        ),
    ]
    for name, taken, promised in rows:
        print(f"{name:<44}{taken:>9.0f} µs{taken / loop:>8.1f} ×  {promised}")


if __name__ == "__main__":
    main()
