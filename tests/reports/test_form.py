"""The official form: every row at every level, one mark or none, merged cells, blocks that grow."""

import io
from collections.abc import Callable
from dataclasses import replace

import docx
import pytest
from docx.table import Table

from files.library import shipped
from reports.form import Choice, FormRow, OfficialForm, has_form
from reports.form_docx import form_docx
from reports.form_evidence import ranges
from reports.form_filling import blank_form, filled_form
from scoring.assessment import FindingKind, FollowUp, Verification
from scoring.results import Result
from surveys.levels import Reading
from tests.support.reports import FORM, bare, hostile, scored, with_every_gap, worked

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def rows(it: OfficialForm) -> dict[str, FormRow]:
    return {row.number: row for section in it.sections for row in section.rows}


def followed(it: Result, *found: FollowUp) -> OfficialForm:
    return filled_form(scored(replace(it.assessment, follow_ups=found)))


def finding(kind: FindingKind, text: str) -> FollowUp:
    return FollowUp(kind, text)


def tables(it: OfficialForm) -> tuple[Table, Table]:
    header, rows = docx.Document(io.BytesIO(form_docx(it))).tables
    return header, rows


def cells(table: Table) -> list[list[str]]:
    """The text of every cell that a row has, a merged one where it begins."""
    return [["".join(cell.itertext(f"{W}t")) for cell in row.findall(f"{W}tc")] for row in table._tbl.tr_lst]  # noqa: SLF001


@pytest.mark.parametrize("reading", Reading)
@pytest.mark.parametrize("level", [1, 2, 3])
def test_all_71_rows_stand_at_every_level_and_their_numbers_never_shift(level: int, reading: Reading):
    it = filled_form(scored(replace(worked().assessment, level=level, reading=reading)))

    assert list(rows(it)) == [str(number) for number in range(1, 72)]


def test_a_row_outside_the_level_carries_a_dash_and_says_nothing_of_evidence():
    it = rows(filled_form(worked()))

    assert sum(row.is_outside for row in it.values()) == 21
    assert it["8"].choice is Choice.OUTSIDE
    assert it["8"].shown == ()


def test_a_conclusion_marks_exactly_one_cell_and_none_where_nobody_concluded():
    it = rows(filled_form(worked()))
    empty = rows(blank_form(shipped().questionnaire(FORM)))

    assert [number for number, row in it.items() if row.choice is Choice.CONFORMS_NOT] == [
        "6",
        "7",
        "48",
        "51",
        "59",
        "67",
    ]
    assert sum(row.choice is Choice.CONFORMS for row in it.values()) == 44
    assert {row.choice for row in empty.values()} == {Choice.OPEN}


def test_the_shared_cells_are_merged_and_the_row_below_refers_to_the_one_above():
    it = rows(filled_form(worked()))

    assert [number for number, row in it.items() if row.shares_above] == ["62", "65"]
    assert [each.zh for each in it["64"].shown] == ["服务目录", "部分g", "缺b、e–f、h"]
    assert [each.zh for each in it["65"].shown] == ["同第64条"]


def test_a_clause_says_for_which_level_alone_it_is_asked():
    it = rows(blank_form(shipped().questionnaire(FORM)))

    assert it["4"].clause.zh.startswith("仅二级要求：")
    assert it["8"].clause.zh.startswith("仅一级要求：")
    assert not it["1"].clause.zh.startswith("仅")
    assert it["1"].evidence[2].text.zh.endswith("（可选）")
    assert it["7"].evidence[3].text.zh.endswith("（适宜时）")


def test_a_line_that_we_added_is_not_on_the_form():
    questionnaire = shipped().questionnaire(FORM)
    added = [(item.number, line.id) for item in questionnaire.items for line in item.evidence if line.added]
    on_the_form = {
        (number, each.letter) for number, row in rows(blank_form(questionnaire)).items() for each in row.evidence
    }

    assert added
    assert not on_the_form & set(added)


def test_the_wording_of_the_body_takes_the_place_of_ours_row_by_row():
    it = rows(filled_form(worked(), {"1": "<官方措辞> & 1", "71": "官方措辞71"}))

    assert it["1"].clause.zh == "<官方措辞> & 1"
    assert it["2"].clause == rows(filled_form(worked()))["2"].clause


def test_four_fields_two_a_line_in_the_forms_order():
    header, _ = tables(filled_form(worked()))

    assert cells(header) == [
        ["申请组织名称", "示例公司", "申报级别", "二级"],
        ["评估时间", "2026-11-21", "评估部门/人员", "质量部"],
    ]


def test_the_columns_are_the_forms_and_the_head_has_two_lines_that_repeat():
    _, table = tables(filled_form(worked()))

    assert cells(table)[0] == ["序号", "要点", "条款", "需提供证明材料", "自评估结论", "证明材料清单"]
    assert cells(table)[1] == ["", "", "", "", "符合", "不符合", ""]
    repeated = [row for row in table._tbl.tr_lst if row.find(f"{W}trPr/{W}tblHeader") is not None]  # noqa: SLF001
    assert len(repeated) == 2


def test_the_merged_cells_are_merged_in_word():
    _, table = tables(filled_form(worked()))

    def merged(column: int) -> list[int]:
        """The rows that go on with the cell above."""
        body = table._tbl.tr_lst[2:73]  # noqa: SLF001
        found = [row.findall(f"{W}tc")[column].find(f"{W}tcPr/{W}vMerge") for row in body]
        return [number for number, each in enumerate(found, 1) if each is not None and each.get(f"{W}val") is None]

    assert merged(3) == [62, 65]
    assert set(range(1, 72)) - set(merged(1)) == {1, 12, 27, 34, 43, 56, 64}


def test_blocks_grow_and_the_numbers_run_on():
    observations = [finding(FindingKind.OBSERVATION, f"观察{number}") for number in range(5)]
    it = followed(worked(), *observations, finding(FindingKind.NONCONFORMITY, "不符合"))

    assert [block.number for block in it.blocks] == ["72", "78"]
    assert [[row.number for row in block.rows] for block in it.blocks] == [
        ["73", "74", "75", "76", "77"], ["79", "80"],
    ]  # fmt: skip
    assert [row.finding.zh for row in it.blocks[0].rows] == [f"观察{number}" for number in range(5)]


def test_no_findings_says_none_and_nobody_said_leaves_the_lines_blank():
    none = followed(worked())
    unsaid = filled_form(scored(replace(worked().assessment, follow_ups=None)))
    blank = blank_form(shipped().questionnaire(FORM))

    assert [row.finding.zh for row in none.blocks[0].rows] == ["无", "", ""]
    assert [row.finding.zh for row in none.blocks[1].rows] == ["无", ""]
    for it in (unsaid, blank):
        assert [[row.finding.zh for row in block.rows] for block in it.blocks] == [["", "", ""], ["", ""]]


@pytest.mark.parametrize(
    ("closed", "result", "choice"),
    [
        (True, Verification.EFFECTIVE, Choice.CONFORMS),
        (False, Verification.NOT_VERIFIED, Choice.OPEN),
        (False, Verification.NOT_EFFECTIVE, Choice.CONFORMS_NOT),
    ],
)
def test_a_finding_is_marked_by_what_became_of_it(closed: bool, result: Verification, choice: Choice):
    found = FollowUp(FindingKind.NONCONFORMITY, "备份没有演练", closed=closed, result=result, evidence="记录")

    assert followed(worked(), found).blocks[1].rows[0].choice is choice


def test_only_a_questionnaire_with_tracked_findings_has_a_form():
    assert [name for name in shipped().names() if has_form(shipped().questionnaire(name))] == [FORM]


@pytest.mark.parametrize("make", [worked, with_every_gap, hostile])
def test_the_same_form_gives_the_same_bytes(make: Callable[[], Result]):
    assert form_docx(filled_form(make())) == form_docx(filled_form(make()))


def test_what_was_typed_to_a_finding_stands_in_the_form():
    it = hostile()
    found = bare("".join(text for row in cells(tables(filled_form(it))[1]) for text in row))
    (wanted,) = it.assessment.follow_ups or ()

    for text in (wanted.text, wanted.clause, wanted.action, wanted.evidence, wanted.verified_by):
        assert bare(text) in found


@pytest.mark.parametrize(("letters", "written"), [("a", "a"), ("abc", "a–c"), ("acd", "a、c–d"), ("bdf", "b、d、f")])
def test_neighbouring_letters_are_written_as_a_range(letters: str, written: str):
    assert ranges(list(letters)).zh == written
