"""How a report was scored: the sums of the worked example, and sums that come out for every assessment there is."""

import ast
import operator
import re
from dataclasses import replace
from fractions import Fraction

import pytest

from reports.arithmetic import decimal, in_halves, mean, plus, ranged, steps, weighed
from reports.options import Edition
from reports.readiness import Readiness
from reports.scored_types import Scored, ScoredRow
from scoring.answers import Answer
from surveys.text import Text
from tests.support.reports import CASES, empty, readiness, scored, told, worked

SIGNS = str.maketrans({"−": "-", "×": "*", "÷": "/"})
OPERATIONS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}


@pytest.fixture(scope="module")
def example() -> Scored:
    return told("worked example").scored


def row(it: Scored, label: str) -> ScoredRow:
    return next(each for each in it.rows if each.label.en == label)


def worked_out(it: Scored, label: str) -> str:
    found = row(it, label).sum
    assert found is not None
    return f"{found.working} {found.outcome}".strip()


def words(it: Scored) -> list[Text]:
    losses = [each.items for each in it.losses]
    return [text for each in it.rows for text in (*each.lines, *(found.text for found in each.found))] + losses


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Items that apply", "28 + 22 = 50"),
        ("Items not counted", "71 − 50 = 21"),
        ("Counted lines", "130 + 95 − 14 − 1 = 210"),
        ("Evidence coverage", "(181 + 4×½)÷210 = 183÷210 = 0.87142… = 87.1%"),
        ("Claimed", "44÷50 = 88.0%"),
        ("Supported", "(50 − 16313/1680)÷50 = 40.28988…÷50 = 0.80579… = 80.6%"),
    ],
)
def test_the_sums_are_those_of_the_worked_example(example: Scored, label: str, expected: str):
    assert worked_out(example, label) == expected


def test_what_is_lost_adds_up_as_in_the_worked_example(example: Scored):
    assert [(each.items.en, each.gives, each.loses) for each in example.losses] == [
        ("6–7 48 51 59 67", "6×0", "6×1"),
        ("13", "13/20", "7/20"),
        ("20 37", "2×1/3", "2×2/3"),
        ("52", "5/16", "11/16"),
        ("53", "11/14", "3/14"),
        ("64–65", "2×7/16", "2×9/16"),
    ]
    assert example.lost == "16313/1680"
    assert "item 52: claim 1, evidence (2+½)÷8=5/16, so it gives 5/16 and loses 11/16" in str(words(example))


def test_what_is_left_out_is_named_in_ranges(example: Scored):
    (said,) = row(example, "Items not counted").lines

    assert said.zh == "级别外：8–11、24–26、32–33、39–42、54–55、61–63、69–71，其答案保留。"
    assert "Items 64–65 share one cell" in row(example, "Counted lines").lines[0].en
    assert "53c 2026-09-30" in row(example, "Evidence coverage").lines[0].en


def test_the_fractions_of_the_sections_are_those_of_the_worked_example(example: Scored):
    assert [
        (each.claimed.fraction, each.supported.fraction, each.coverage.fraction)
        for each in (*example.sections, example.total)
    ] == [
        ("5/7", "5/7", "24/25"),
        ("12/12", "659/720", "51.5/57"),
        ("5/5", "5/5", "18/18"),
        ("5/5", "13/15", "14/16"),
        ("9/11", "907/1232", "42/51"),
        ("4/5", "4/5", "22/24"),
        ("4/5", "23/40", "11.5/19"),
        ("44/50", "67687/84000", "183/210"),
    ]


def value_of(sum_: str) -> Fraction:
    """Work a sum out with fractions; a decimal that goes on is cut, and so a little too small."""
    spelt = sum_.translate(SIGNS).replace("…", "").replace("½", "(1/2)")
    return _worth(ast.parse(spelt.strip(), mode="eval").body)


def _worth(node: ast.AST) -> Fraction:
    if isinstance(node, ast.BinOp):
        return Fraction(OPERATIONS[type(node.op)](_worth(node.left), _worth(node.right)))
    assert isinstance(node, ast.Constant), ast.dump(node)
    return Fraction(str(node.value))


@pytest.mark.parametrize("name", CASES)
def test_every_step_of_every_sum_comes_to_its_outcome(name: str):
    for each in told(name).scored.rows:
        if each.sum is None:
            continue
        outcome = value_of(each.sum.outcome.rstrip("%")) / (100 if each.sum.outcome.endswith("%") else 1)
        for step in filter(None, (part.strip() for part in each.sum.working.split(" ="))):
            assert abs(value_of(step) - outcome) <= Fraction(6, 10_000), (each.label.en, step)


@pytest.mark.parametrize("name", CASES)
def test_items_are_named_by_their_numbers_and_nothing_is_said_to_be_none(name: str):
    said = str(words(told(name).scored))

    assert re.findall(r"\b(?:om|cr|c|a)-\d", said) == []
    assert [each for each in ("部分无", "缺少无", "partial none", ": none", "{", "%(") if each in said] == []


@pytest.mark.parametrize("name", CASES)
def test_the_figures_are_those_of_page_one_and_of_the_sections(name: str):
    it = told(name)
    by_label = {each.label.en: each for each in it.scored.rows}
    for figure in it.figures[:3]:
        found = by_label[figure.label.en].sum
        assert (found.outcome.rstrip("%") if found else None) == figure.percent
    assert [(each.claimed.percent, each.supported.percent, each.coverage.percent) for each in it.scored.sections] == [
        (each.claimed, each.supported, each.coverage) for each in it.sections
    ]


def test_an_excluded_control_is_named_with_its_reason():
    found = row(told("isms-2022-gap-analysis").scored, "Items not counted")

    assert found.sum is not None
    assert (found.sum.working, found.sum.outcome) == ("123 − 119 =", "4")
    assert "A.8.4、A.8.25、A.8.28、A.8.30" in found.lines[0].zh
    assert found.lines[2].zh.startswith("A.8.25  不自行开发软件")


def test_a_step_of_maturity_counts_as_its_share_of_the_target():
    found = told("isms-2022-gap-analysis").scored

    assert worked_out(found, "Claimed") == "(24 + 20×3/4 + 9×1/2 + 4×1/4)÷119 = 44.5÷119 = 37.4%"
    assert "目标步级4" in row(found, "Claimed").lines[0].zh


def test_nothing_lost_needs_no_table_of_losses():
    found = told("no gap").scored

    assert found.losses == ()
    assert worked_out(found, "Supported") == "50÷50 = 1 = 100.0%"


def excluding_everything() -> Readiness:
    it = empty("isms-2022@1").assessment
    controls = [each.id for each in scored(it).target.questionnaire.items if each.may_exclude]
    answers = {each: Answer("not-applicable", reason=f"理由{each}") for each in controls}
    return readiness(scored(replace(it, answers=answers)), Edition.BODY)


def test_a_section_of_which_all_is_excluded_has_no_figure():
    last = excluding_everything().scored.sections[-1]

    assert (last.items, last.supported.fraction, last.supported.percent) == (0, "", None)


def test_the_reasons_name_their_rule():
    lines = row(readiness(worked()).scored, "Grades and verdict").lines

    assert lines[0].zh == "M4：由人员声明或定为严重：59。"
    assert lines[1].en.startswith("M3: Service implementation, 4 expected minor gaps (48, 51–53)")


def test_numbers_are_written_as_one_does():
    assert ranged(["1", "2", "3", "5", "A.5.1", "A.5.2", "A.6.1", "6.1.1", "6.1.2"]) == (
        "1–3", "5", "A.5.1–A.5.2", "A.6.1", "6.1.1–6.1.2",
    )  # fmt: skip
    assert (decimal(Fraction(1, 3)), decimal(Fraction(7, 4)), decimal(Fraction(0))) == ("0.33333…", "1.75", "0")
    assert (plus([28, 22]), plus([16]), plus([16], [2])) == ("28 + 22", "", "16 − 2")
    assert (in_halves(2, 0), in_halves(2, 1), in_halves(0, 3)) == ("2", "(2 + ½)", "(3×½)")
    assert (mean(Fraction(5, 7), 7), mean(Fraction(659, 720), 12)) == ("5/7", "659/720")
    assert steps("", "a", "a", "b") == "a = b ="
    assert (weighed([]), weighed([Fraction(1)] * 2), weighed([Fraction(1, 2)])) == ("0", "2", "(1/2)")
