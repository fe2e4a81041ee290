"""The order of next steps, worked out by hand."""

from scoring.plain import plain
from surveys.items import Evidence, LineRef
from surveys.questionnaire import Questionnaire
from tests.support.assessments import answered, result
from tests.support.questionnaires import item, said, survey

TWO = (Evidence("a", said()), Evidence("b", said("另一份")))
TIED = tuple(Evidence(each.id, each.text, same_as=LineRef("q-1", each.id)) for each in TWO)


def steps(it: Questionnaire, **written: str) -> list[tuple[str, str]]:
    """Items and total of each step; marks beginning with `x` refuse the item."""
    answers = {
        name.replace("_", "-"): answered("nonconform" if marks[:1] == "x" else "conform", marks.lstrip("x"))
        for name, marks in written.items()
    }
    return [("+".join(each["items"]), each["supported_after"]) for each in plain(result(it, answers))["next"]]


def test_tied_lines_are_brought_once():
    questionnaire = survey(item("q-1", evidence=TWO), item("q-2", evidence=TIED), item("q-3", evidence=TWO))

    # two documents gain 2 of 3 items: 1 a line, as much as q-3 gains with no line at all, and first in the form
    assert steps(questionnaire, q_1="--", q_2="--", q_3="x++") == [("q-1+q-2", "66.7"), ("q-3", "100.0")]


def test_items_tied_to_a_third_belong_together_though_that_one_is_met():
    questionnaire = survey(item("q-1", evidence=TWO), item("q-2", evidence=TIED), item("q-3", evidence=TIED))

    assert steps(questionnaire, q_1="++", q_2="+-", q_3="+-") == [("q-2+q-3", "100.0")]


def test_majors_go_first_then_the_largest_gain_a_line_then_the_order_of_the_form():
    questionnaire = survey(
        item("q-1", evidence=TWO),
        item("q-2", evidence=TWO),
        item("q-3", evidence=TWO),
        item("q-4", evidence=TWO, key=True),
        item("q-5", evidence=()),
    )

    assert steps(questionnaire, q_1="+-", q_2="x+-", q_3="x++", q_4="--", q_5="") == [
        ("q-4", "50.0"), ("q-2", "70.0"), ("q-3", "90.0"), ("q-1", "100.0")]  # fmt: skip


def test_the_items_of_a_systemic_major_go_first():
    questionnaire = survey(
        item("q-1", evidence=()), item("q-2", evidence=TWO, area="x"), item("q-3", evidence=TWO, area="x")
    )

    assert [items for items, _ in steps(questionnaire, q_1="x", q_2="x--", q_3="x+-")] == ["q-3", "q-2", "q-1"]


def test_nothing_to_bring_leaves_no_step():
    assert steps(survey(item("q-1", evidence=TWO)), q_1="++") == []
