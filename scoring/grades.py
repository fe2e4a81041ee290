"""How serious a gap is expected to be: one small function a rule, named as the rules are."""

from __future__ import annotations

from scoring.answers import Grade
from scoring.kinds import Kind
from scoring.sentences import sentence
from scoring.standing import Standing

M1, M2, M3, M4, M5, MINOR = "M1", "M2", "M3", "M4", "M5", "minor"

Graded = tuple[Grade | None, str | None]
UNGRADED: Graded = (None, None)
# Open questions, not findings
QUESTIONS = (Kind.UNANSWERED, Kind.OPEN)

RULES = {
    M1: sentence(
        "关键条款结论为不具备，或所需材料全部缺少（规则M1）",
        "a key item is not met, or all its evidence is missing (rule M1)",
    ),
    M2: sentence("整个范围的条款全部未做到（规则M2）", "no item of the whole area is met (rule M2)"),
    M3: sentence(
        "同一范围内轻微差距达到界限，已由人员确认为系统性（规则M3）",
        "an area reaches the threshold of minor gaps, and a person confirmed it as systemic (rule M3)",
    ),
    M4: sentence("由人员说明理由后声明或定级（规则M4）", "declared or graded by a person, with a reason (rule M4)"),
    M5: sentence("上一年度严重不符合未关闭（规则M5）", "a major finding of the last period is not closed (rule M5)"),
    MINOR: sentence("其他已答差距项，按轻微计", "every other answered gap is minor"),
}


def grade(standing: Standing, kind: Kind) -> Graded:
    """Return the expected grade of an item's gap, and the rule that gives it."""
    answer = standing.answer
    if answer.declared is not None:
        return Grade.MAJOR, M4
    if answer.grade is not None and answer.conclusion is not None:
        return answer.grade.grade, M4
    if kind in QUESTIONS:
        return UNGRADED
    return (Grade.MAJOR, M1) if is_key_failure(standing) else (Grade.MINOR, MINOR)


def is_key_failure(standing: Standing) -> bool:
    """M1: an item marked key has failed."""
    return standing.asked.key and has_failed(standing)


def has_failed(standing: Standing) -> bool:
    """Answered, and either the claim is 0 or all counted lines are marked missing."""
    return standing.is_answered and (standing.claim == 0 or standing.all_lines_marked_missing)
