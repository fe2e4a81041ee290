"""What last period leaves: open findings, observations, and gaps with a grade; each once, observations first."""

from datetime import date

from answering.follow_ups import is_listed, left_over, mark_of
from files.library import shipped
from scoring.answers import Answer, Declaration, Grade, Ground, LineAnswer, Mark
from scoring.assessment import Assessment, FindingKind, FollowUp, Verification
from scoring.gaps import Gap
from scoring.results import Remark, assess

LIBRARY = shipped()
OM = LIBRARY.questionnaire("om-services@trial-1")
RULES = LIBRARY.rule_set("initial-audit@1")
CLOSED = FollowUp(
    kind=FindingKind.NONCONFORMITY, text="关闭了的", grade=Grade.MINOR, closed=True, evidence="QR-1",
    result=Verification.EFFECTIVE,
)  # fmt: skip
STILL = FollowUp(
    kind=FindingKind.NONCONFORMITY, text="未做应急演练", grade=Grade.MAJOR, clause="53", action="补做",
    result=Verification.NOT_EFFECTIVE, verified_by="李岚", verified_on=date(2025, 3, 1),
)  # fmt: skip
SEEN = FollowUp(kind=FindingKind.OBSERVATION, text="签到表缺日期", clause="7.2")


def told(gap: Gap) -> tuple[str, str]:
    return (OM.item(gap.item).number, f"gap {gap.item}") if gap.item else ("", f"gap of {gap.kind}")


def remarked(remark: Remark) -> tuple[str, str]:
    return OM.item(remark.item).number, remark.text


def left(**more: object) -> list[tuple[str, str, str, Grade | None]]:
    result = assess(OM, Assessment(questionnaire=OM.name, level=2, **more), RULES)  # type: ignore[arg-type]  # as given
    return [(each.kind, each.clause, each.text, each.grade) for each in left_over(result, told, remarked)]


def all_here(item: str) -> dict[str, LineAnswer]:
    return {line.id: LineAnswer(Mark.HAVE) for line in OM.item(item).evidence}


def test_what_is_open_comes_along_and_what_was_closed_does_not():
    assert left(follow_ups=(CLOSED, STILL, SEEN)) == [
        ("observation", "7.2", "签到表缺日期", None),
        ("nonconformity", "53", "未做应急演练", Grade.MAJOR),
    ]


def test_how_it_was_verified_then_says_nothing_of_now():
    result = assess(OM, Assessment(questionnaire=OM.name, level=2, follow_ups=(STILL,)), RULES)

    [finding] = left_over(result, told, remarked)

    assert finding == FollowUp(
        kind=FindingKind.NONCONFORMITY, text="未做应急演练", grade=Grade.MAJOR, clause="53", action="补做"
    )


def test_gaps_with_a_grade_become_nonconformities_and_observations_stay_observations():
    answers = {
        "om-01": Answer("conform", all_here("om-01"), observation="没有注明依据"),
        "om-02": Answer("nonconform"),
        "om-03": Answer("conform"),
    }
    assert left(answers=answers, follow_ups=()) == [
        ("observation", "1", "没有注明依据", None),
        ("nonconformity", "2", "gap om-02", Grade.MINOR),
    ], "item 3 is an open question and has no grade; the other 47 are unanswered"


def test_a_declared_major_without_an_item_comes_along():
    declared = (Declaration(Ground.LAW, "未依法备案"),)

    assert left(declared=declared) == [("nonconformity", "", "gap of declared", Grade.MAJOR)]


def test_the_same_finding_is_taken_once():
    answers = {"om-01": Answer("conform", all_here("om-01"), observation="签到表缺日期")}
    same = FollowUp(kind=FindingKind.OBSERVATION, text="签到表缺日期", clause="1")

    assert left(answers=answers, follow_ups=(same,)) == [("observation", "1", "签到表缺日期", None)]


def test_what_is_on_the_list_is_known_by_kind_clause_and_text():
    verified = FollowUp(kind=FindingKind.OBSERVATION, text="签到表缺日期", clause="7.2", closed=True, evidence="x")

    assert is_listed(SEEN, [STILL, verified])
    assert not is_listed(SEEN, [STILL])
    assert len({mark_of(each) for each in (CLOSED, STILL, SEEN)}) == 3
