"""The workbook: real numbers and days, filters, frozen heads, and nothing a person typed is ever a formula."""

import io
import zipfile
from dataclasses import replace
from datetime import datetime
from functools import cache

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from reports.cleaning import clean
from reports.languages import Languages
from reports.options import Edition
from reports.xlsx import xlsx_bytes
from scoring.plain import plain
from tests.support.reports import CASES, FEW, bare, readiness, scored, told, typed, worked


@cache
def made(name: str, languages: Languages = Languages.BOTH, edition: Edition = Edition.FULL) -> bytes:
    return xlsx_bytes(told(name, edition), languages)


@cache
def reopened(name: str, languages: Languages = Languages.BOTH, edition: Edition = Edition.FULL) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(made(name, languages, edition)))


def values(book: Workbook) -> list[object]:
    return [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]


@pytest.mark.parametrize("name", CASES)
def test_every_text_that_was_typed_is_in_it(name: str):
    found = bare("\n".join(str(each) for each in values(reopened(name))))

    assert [each for each in typed(CASES[name]()) if bare(each) not in found] == []


@pytest.mark.parametrize("languages", Languages)
@pytest.mark.parametrize("name", ["worked example"])
def test_every_question_and_line_is_in_it_in_the_languages_asked_for(name: str, languages: Languages):
    items = CASES[name]().target.questionnaire.items
    asked = [text for item in items for text in (item.ask, *(line.text for line in item.evidence))]
    found = set(values(reopened(name, languages)))

    assert {clean(wording) for text in asked for _, wording in languages.said(text)} - found == set()


@pytest.mark.parametrize("name", FEW)
def test_no_cell_is_a_formula_and_none_is_too_long(name: str):
    cells = [cell for sheet in reopened(name) for row in sheet.iter_rows() for cell in row]

    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert max(len(str(cell.value)) for cell in cells) <= 32_767


def test_what_looks_like_a_formula_is_text_for_good():
    it = worked()
    answers = {**it.assessment.answers}
    answers["om-01"] = replace(answers["om-01"], note="=1+1")
    book = openpyxl.load_workbook(
        io.BytesIO(xlsx_bytes(readiness(scored(replace(it.assessment, answers=answers))), Languages.ZH))
    )
    (cell,) = [
        cell
        for row in book["全部条款"].iter_rows()
        for cell in row
        if isinstance(cell.value, str) and "=1+1" in cell.value
    ]

    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=1+1", "s", True)


def test_a_text_too_long_for_a_cell_says_that_it_is_cut():
    it = worked()
    answers = {**it.assessment.answers}
    answers["om-01"] = replace(answers["om-01"], note="长" * 40_000)
    book = openpyxl.load_workbook(
        io.BytesIO(xlsx_bytes(readiness(scored(replace(it.assessment, answers=answers))), Languages.ZH))
    )
    cut = next(each for each in values(book) if str(each).startswith("长长"))

    assert len(str(cut)) == 32_767
    assert str(cut).endswith("（已截断，全文见其他格式）")


@pytest.mark.parametrize("name", FEW)
def test_every_table_has_its_head_frozen_and_its_filter_on(name: str):
    for sheet in reopened(name):
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert len(sheet.title) <= 31
        assert all(cell.value for cell in sheet[1])


def test_figures_are_numbers_equal_to_those_of_the_result():
    sheet = reopened("worked example", Languages.EN)["Sections"]
    result = plain(worked())
    expected = [*result["sections"], result]
    rows = list(sheet.iter_rows(min_row=2))

    assert len(rows) == len(expected)
    for row, part in zip(rows, expected, strict=True):
        assert [cell.value for cell in row[1:5]] == [
            part["applicable"], *(round(float(part[each]) / 100, 3) for each in ("supported", "claimed", "coverage")),
        ]  # fmt: skip
        assert row[2].number_format == "0.0%"


def day(value: object) -> str:
    assert isinstance(value, datetime)
    return value.date().isoformat()


def test_days_are_days():
    book = reopened("worked example", Languages.EN)
    (expired,) = [day(row[9].value) for row in book["Evidence checklist"].iter_rows(min_row=2) if row[9].value]
    due = {day(row[11].value) for row in book["Gaps"].iter_rows(min_row=2)}

    assert expired == "2026-09-30"
    assert due == {"2026-12-21", "2027-01-20"}


def test_gaps_steps_and_lines_are_as_many_as_in_the_result():
    book, result = reopened("worked example", Languages.EN), worked()

    assert book["Gaps"].max_row - 1 == len(result.gaps)
    assert book["Next best steps"].max_row - 1 == len(result.steps)
    assert book["All clauses"].max_row - 1 == 71
    assert book["Evidence checklist"].max_row - 1 == sum(
        len(item.evidence) for item in result.target.questionnaire.items
    )


def test_a_body_is_told_no_remedy():
    book = reopened("isms-2022-gap-analysis", Languages.EN, Edition.BODY)

    assert "Next best steps" not in book.sheetnames
    assert "Next step" not in [cell.value for cell in book["Gaps"][1]]


def test_there_is_no_clock_in_it():
    with zipfile.ZipFile(io.BytesIO(made("worked example"))) as archive:
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.read("docProps/core.xml").count(b"2026-11-21T00:00:00Z") == 2


@pytest.mark.parametrize("name", FEW)
def test_the_same_report_gives_the_same_bytes(name: str):
    assert made(name) == xlsx_bytes(readiness(CASES[name]()), Languages.BOTH)
