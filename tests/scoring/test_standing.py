"""Claim, coverage and supported of one item, and which lines count: worked out by hand."""

from fractions import Fraction

import pytest

from scoring.answers import Answer, LineAnswer, Mark
from scoring.standing import Standing, stand
from scoring.targets import aim, maturity_claims
from surveys.items import Evidence
from surveys.scales import ScaleKind
from tests.support.assessments import answered, marks, scale
from tests.support.questionnaires import item, said, survey

THREE = tuple(Evidence(letter, said()) for letter in "abc")


def weighed(answer: Answer, /, lines: tuple[Evidence, ...] = THREE, **parts: object) -> Standing:
    (asked,) = aim(survey(item("q-1", evidence=lines, **parts))).items
    return stand(asked, answer, {"q-1": answer})


@pytest.mark.parametrize(
    ("conclusion", "written", "supported", "coverage"),
    [
        ("conform", "+++", "1", "1"),
        ("conform", "++/", "5/6", "5/6"),
        ("conform", "+--", "1/3", "1/3"),
        ("conform", "---", "0", "0"),
        ("conform", "++.", "2/3", "2/3"),  # an unmarked line shows nothing
        ("nonconform", "+++", "0", "1"),
        ("nonconform", "+/-", "0", "1/2"),
        (None, "+++", "0", "1"),  # marks without a conclusion count in coverage and nowhere else
    ],
)
def test_supported_is_the_smaller_of_claim_and_coverage(
    conclusion: str | None, written: str, supported: str, coverage: str
):
    found = weighed(answered(conclusion, written))

    assert found.supported.exact == Fraction(supported)
    assert found.coverage.exact == Fraction(coverage)


@pytest.mark.parametrize(("conclusion", "claim"), [("conform", 60), ("partial", 30), ("nonconform", 0)])
def test_a_three_valued_scale_adds_a_half(conclusion: str, claim: int):
    (asked,) = aim(survey(item("q-1", evidence=()), scale=scale(ScaleKind.THREE_VALUED))).items

    assert stand(asked, Answer(conclusion), {}).claim == claim


@pytest.mark.parametrize(
    ("target", "claims"),
    [
        (1, [0, 60, 60, 60, 60, 60]), (2, [0, 30, 60, 60, 60, 60]), (3, [0, 20, 40, 60, 60, 60]),
        (4, [0, 15, 30, 45, 60, 60]), (5, [0, 12, 24, 36, 48, 60]),
    ],
)  # fmt: skip
def test_maturity_claims_step_over_target_at_most_one(target: int, claims: list[int]):
    assert list(maturity_claims(target).values()) == claims


@pytest.mark.parametrize(("own", "of_scale", "claim"), [(None, 4, 45), (5, 4, 36), (3, 4, 60), (None, None, 45)])
def test_an_items_own_target_step_goes_before_the_scales(own: int | None, of_scale: int | None, claim: int):
    survey_of = survey(item("q-1", target=own, evidence=()), scale=scale(ScaleKind.MATURITY, of_scale))
    (asked,) = aim(survey_of).items

    assert stand(asked, Answer("3"), {}).claim == claim


def test_an_item_without_counted_lines_is_covered():
    assert weighed(Answer("conform"), lines=()).supported.exact == 1
    assert weighed(Answer("conform"), lines=(Evidence("a", said(), optional=True),)).coverage.exact == 1


@pytest.mark.parametrize(
    ("line", "counted"),
    [
        (None, False),
        (LineAnswer(), False),
        (LineAnswer(applies=True), True),
        (LineAnswer(applies=False), False),
        (LineAnswer(Mark.HAVE, applies=False), False),
        (LineAnswer(Mark.MISSING), True),
        (LineAnswer(Mark.HAVE), True),
    ],
)
def test_a_conditional_line_counts_if_the_answer_says_so_or_marks_it(line: LineAnswer | None, counted: bool):
    lines = (Evidence("a", said()), Evidence("b", said("另一份"), when=said("外包时")))
    evidence = marks("+") | ({"b": line} if line else {})

    assert weighed(Answer("conform", evidence), lines=lines).lines == (("a", "b") if counted else ("a",))


def test_an_optional_line_is_in_no_figure_and_never_missing():
    lines = (Evidence("a", said()), Evidence("b", said("另一份"), optional=True))
    found = weighed(answered("conform", "+-"), lines=lines)

    assert found.supported.exact == 1
    assert found.missing == ()


def test_an_unmarked_line_is_an_open_question_where_claimed_and_missing_where_refused():
    claimed, refused, unanswered = (weighed(answered(each, "+")) for each in ("conform", "nonconform", None))

    assert (claimed.open_questions, claimed.missing) == (("b", "c"), ())
    assert (refused.open_questions, refused.unmarked, refused.missing) == ((), (), ("b", "c"))
    assert (unanswered.open_questions, unanswered.unmarked, unanswered.missing) == ((), ("b", "c"), ())
