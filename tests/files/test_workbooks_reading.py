"""What comes back: values however they are written, and every error named by its cell."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from answering.differences import Change, Field, changes
from files.archives import LARGEST_UNPACKED
from files.library import shipped
from files.placing import BadFile
from files.workbook_layout import Wish
from files.workbooks_reading import Returned, read_workbook
from files.workbooks_writing import write_workbook
from scoring.answers import NOT_APPLICABLE, UNANSWERED, Answer, Grade, LineAnswer, Mark, PersonGrade
from scoring.assessment import Assessment, Document
from surveys.questionnaire import Questionnaire
from surveys.scales import ScaleKind
from surveys.text import Language
from tests.files.test_workbooks_writing import ANSWERS, ASSESSMENT, DOCUMENTS, IT
from tests.support.answers import TIDY_ANSWERS
from tests.support.assessments import scale
from tests.support.workbooks import cell, closed, filled, listed, opened

BLANK = write_workbook(IT, Assessment(IT.name))
FILLED = write_workbook(IT, ASSESSMENT, Wish(assessment="one", versions={"q-1": 3}))


def read(data: bytes, **more: Any) -> Returned:
    return read_workbook(data, IT, **more)


def answer(values: Mapping[tuple[str, str], Any], data: bytes = BLANK, base: Answer = UNANSWERED) -> Answer:
    return read(filled(data, values)).answer("q-1", base)


def unread(found: Returned) -> dict[str, str]:
    assert len(found.unread) == found.unread_count
    return {str(each.place): each.text for each in found.unread}


def saved_again(data: bytes) -> bytes:
    return closed(opened(data))


def problems(data: bytes, **more: Any) -> list[tuple[str, str]]:
    with pytest.raises(BadFile) as bad:
        read_workbook(data, more.pop("it", IT), name="answers.xlsx", **more)
    for each in bad.value.problems:
        for language in Language:
            assert "{" not in each.says(language)
    return [(each.place, each.problem.code) for each in bad.value.problems]


def test_what_went_out_comes_back_as_it_was():
    found = read(FILLED, assessment="one")
    assert found.answer("q-1", ANSWERS["q-1"]) == ANSWERS["q-1"]
    assert found.answer("q-2", UNANSWERED) == UNANSWERED
    assert found.stamp.versions == {"q-1": 3, "q-2": 0}
    assert found.documents == {}


def test_a_blank_workbook_states_nothing():
    assert read(BLANK).answer("q-1", UNANSWERED) == UNANSWERED


def test_changed_and_emptied_cells_are_changes():
    data = filled(FILLED, {("q-1", "note"): None, ("q-1/a", "judged"): "缺", ("q-1", "observation"): " 见 第3章 "})
    assert changes(ANSWERS["q-1"], read(data).answer("q-1", ANSWERS["q-1"])) == (
        Change(Field("state", "a"), Mark.HAVE, Mark.MISSING),
        Change(Field("note"), "=1+1", None),
        Change(Field("observation"), None, "见 第3章"),
    )


def test_what_a_workbook_has_no_cell_for_stays():
    base = Answer("nonconform", grade=PersonGrade(Grade.MAJOR, "多次"))
    data = write_workbook(IT, Assessment(IT.name, answers={"q-1": base}))
    assert read(filled(data, {("q-1", "note"): "好"})).answer("q-1", base) == Answer(
        "nonconform", note="好", grade=PersonGrade(Grade.MAJOR, "多次")
    )


@pytest.mark.parametrize("written", ["有 have", "有", "have", " HAVE ", "ｈａｖｅ", "是", "√", "have 有", "Yes"])
def test_a_mark_however_it_is_written(written: str):
    assert answer({("q-1/a", "judged"): written}).evidence == {"a": LineAnswer(Mark.HAVE)}


@pytest.mark.parametrize(
    ("written", "value"),
    [("conform", "conform"), ("符合", "conform"), ("否", "nonconform"), ("叫法nonconform", "nonconform"),
     ("不适用", NOT_APPLICABLE), ("N／A", NOT_APPLICABLE), ("not  applicable", NOT_APPLICABLE)],
)  # fmt: skip
def test_a_conclusion_however_it_is_written(written: str, value: str):
    assert answer({("q-1", "judged"): written}).conclusion == value


@cache
def maturity() -> tuple[Questionnaire, bytes]:
    """A questionnaire that is judged by steps, and a blank workbook of it."""
    it = shipped().questionnaire("isms-2022@1")
    return it, write_workbook(it, Assessment(it.name))


@pytest.mark.parametrize("written", [3, "３", "3.0 ", "{both}", "{zh}", "{en}", "3 {zh}", "{EN}"], ids=repr)
def test_a_step_of_maturity_however_it_is_written(written: object):
    it, blank = maturity()
    name = {step.value: step.name for step in it.scale.steps}["3"]
    words = {"both": f"3 {name.zh} {name.en}", "zh": name.zh, "en": name.en, "EN": name.en.upper()}
    value = {"3.0 ": 3.0}.get(written, written.format_map(words)) if isinstance(written, str) else written
    assert read_workbook(filled(blank, {("c-4.1", "judged"): value}), it).answer("c-4.1", UNANSWERED) == Answer("3")


CONDITIONS = [("是 yes", True), ("适用", True), (True, True), ("否", False), (False, False)]


@pytest.mark.parametrize(("written", "applies"), CONDITIONS)
def test_a_condition_however_it_is_written(written: object, applies: bool):
    assert answer({("q-1/b", "applies"): written}).evidence == {"b": LineAnswer(applies=applies)}


HALF_PAST_NINE = datetime(2026, 5, 1, 9, 30)  # noqa: DTZ001 - a spreadsheet knows no time zones


@pytest.mark.parametrize(
    ("written", "text"),
    [(12, "12"), (0.1, "0.1"), (2.0, "2"), (date(2026, 5, 1), "2026-05-01"),
     (HALF_PAST_NINE, "2026-05-01 09:30"),
     ("  ", None), ("=1+1", "=1+1"), ("a\r\nb", "a\nb"), ("a_x000D_\nb", "a\nb"), ("_x005F_x0041_", "_x0041_")],
)  # fmt: skip
def test_whatever_a_text_cell_holds(written: object, text: str | None):
    book = opened(BLANK)
    note = cell(book, "q-1", "note")
    note.value = written
    if isinstance(written, str):
        note.data_type = "s"
    assert read(closed(book)).answer("q-1", UNANSWERED).note == text


def test_documents_are_known_by_number_title_or_both():
    library = DOCUMENTS | {"D3": Document("应急预案", "QP-09")}
    written = "qp-07；会议纪要 初稿; 应急预案\nQP-09 应急预案\n新制度；新制度"
    found = read(filled(FILLED, {("q-1/a", "documents"): written}), documents=library)
    assert found.answer("q-1", ANSWERS["q-1"]).evidence["a"].documents == ("D1", "D2", "D3", "new-1")
    assert found.documents == {"new-1": Document("新制度")}


def test_new_documents_are_listed_on_their_sheet():
    data = listed(
        filled(BLANK, {("q-1/a", "documents"): "QP-12"}),
        {
            "number": "QP-12",
            "title": "备份制度",
            "version": "V2",
            "dated": "2026/3/1",
            "valid_until": date(2027, 3, 1),
        },
    )
    found = read(data)
    assert found.documents == {
        "new-1": Document("备份制度", "QP-12", "V2", dated=date(2026, 3, 1), valid_until=date(2027, 3, 1))
    }
    assert found.answer("q-1", UNANSWERED).evidence["a"].documents == ("new-1",)


def test_a_document_that_the_organisation_has_already_is_not_new():
    data = listed(BLANK, {"number": "QP-07", "title": "调查报告", "version": "V1"})
    assert read(data, documents=DOCUMENTS).documents == {}


def test_two_documents_of_one_name_are_asked_about():
    twins = {"D4": Document("月报", "R-1"), "D5": Document("月报", "R-2")}
    data = filled(BLANK, {("q-1/a", "documents"): "月报"})
    assert problems(data, documents=twins) == [("填写 Answers!F5", "document-ambiguous")]


WRONG: list[tuple[tuple[str, str], object, str]] = [
    (("q-1/a", "judged"), "maybe", "not-a-choice"),
    (("q-2", "judged"), "不适用", "not-a-choice"),
    (("q-1/b", "applies"), "大概", "not-a-choice"),
    (("q-1", "note"), "=SUM(A1:A2)", "formula"),
    (("q-1/a", "documents"), "=HYPERLINK(1)", "formula"),
    (("q-1", "judged"), "#REF!", "error-value"),
    (("q-1", "note"), "字" * 10_001, "text-too-long"),
    (("q-1/a", "pointer"), "字" * 301, "text-too-long"),
]


@pytest.mark.parametrize(("place", "written", "code"), WRONG)
def test_a_wrong_cell_is_named(place: tuple[str, str], written: object, code: str):
    data = filled(BLANK, {place: written})
    there = cell(opened(data), *place).coordinate
    assert problems(data) == [(f"填写 Answers!{there}", code)]


def test_the_longest_texts_are_taken():
    data = filled(BLANK, {("q-1", "note"): "字" * 10_000, ("q-1/a", "pointer"): "字" * 300})
    found = read(data).answer("q-1", UNANSWERED)
    assert (len(found.note or ""), len(found.evidence["a"].pointer or "")) == (10_000, 300)


def test_every_wrong_cell_is_told_at_once():
    data = filled(BLANK, {("q-1", "judged"): "?", ("q-1/a", "judged"): "?", ("q-2", "note"): "=A1"})
    assert [code for _, code in problems(data)] == ["not-a-choice", "not-a-choice", "formula"]


def test_new_documents_need_a_title_and_real_days():
    data = listed(BLANK, {"number": "QP-1"}, {"title": "制度", "dated": "明年"}, {"title": "=A1"})
    assert problems(data) == [
        ("文件 Documents!C3", "document-without-title"),
        ("文件 Documents!F4", "not-a-date-cell"),
        ("文件 Documents!C5", "formula"),
    ]


def test_a_merged_header_is_refused():
    book = opened(BLANK)
    book.worksheets[1].merge_cells("D1:F1")
    assert problems(closed(book)) == [("填写 Answers!1", "columns-changed")]


def test_a_row_that_was_deleted_is_missed():
    book = opened(BLANK)
    book.worksheets[1].delete_rows(5)
    assert problems(closed(book)) == [("", "rows-missing")]


def test_a_sheet_that_was_deleted_is_missed():
    book = opened(write_workbook(IT, Assessment(IT.name), Wish(by_section=True)))
    del book[book.sheetnames[1]]
    with pytest.raises(BadFile, match=r"Rows are missing \(4: q-1, q-1/a, q-1/b, q-1/c\)"):
        read(closed(book))


def test_rows_may_be_sorted_and_columns_moved():
    data = filled(BLANK, {("q-1", "note"): "好", ("q-1/a", "judged"): "有"})
    book = opened(data)
    sheet = book.worksheets[1]
    rows = [[each.value for each in row] for row in sheet.iter_rows(min_row=1)]
    shuffled = [rows[0], rows[1], *reversed(rows[2:])]
    for number, row in enumerate(shuffled, 1):
        for index, value in enumerate(reversed(row), 1):
            sheet.cell(number, index).value = value
    assert read(closed(book)).answer("q-1", UNANSWERED) == Answer(note="好", evidence={"a": LineAnswer(Mark.HAVE)})


def test_rows_of_nobody_and_rows_twice_are_refused():
    book = opened(BLANK)
    sheet = book.worksheets[1]
    last = sheet.max_row
    for offset, key in enumerate(["q-9", "q-1/z", "q-2"], 1):
        sheet.cell(last + offset, 1).value = key
    assert problems(closed(book)) == [
        (f"填写 Answers!A{last + 1}", "row-unknown"),
        (f"填写 Answers!A{last + 2}", "row-unknown"),
        (f"填写 Answers!A{last + 3}", "row-twice"),
    ]


def test_a_sheet_of_a_hundred_thousand_rows_is_not_read_to_its_end():
    book = opened(BLANK)
    for index in range(1, 100_001, 1_000):
        book.worksheets[1].cell(index + 100, 12).value = "x"
    book.worksheets[1].cell(3_001, 2).value = "x"
    assert problems(closed(book)) == [("填写 Answers!3001", "too-many-rows")]


def test_a_cell_in_the_farthest_corner_costs_nothing():
    book = opened(BLANK)
    book.worksheets[1].cell(1_048_576, 16_384).value = "x"
    assert read(closed(book)).answer("q-1", UNANSWERED) == UNANSWERED


def test_other_sheets_are_left_alone_and_said_to_be():
    book = opened(BLANK)
    book.create_sheet("草稿")["A1"] = "=1+1"
    book.create_sheet("收起来的")["B3"] = "hidden by a person"
    book["收起来的"].sheet_state = "hidden"
    book.create_sheet("列表")["A1"] = "what a program keeps for itself"
    book["列表"].sheet_state = "veryHidden"

    found = read(closed(book))

    assert found.answer("q-1", UNANSWERED) == UNANSWERED
    assert unread(found) == {"草稿!A1": "=1+1", "收起来的!B3": "hidden by a person"}


def test_hidden_rows_and_columns_are_read_and_named_like_all_others():
    book = opened(filled(BLANK, {("q-1", "note"): "in a hidden row"}))
    answers = book.worksheets[1]
    answers.cell(answers.max_row + 1, 12).value = "beside, in a hidden column"
    answers.row_dimensions[cell(book, "q-1", "note").row].hidden = True
    answers.row_dimensions[answers.max_row].hidden = True
    answers.column_dimensions["L"].hidden = True

    found = read(closed(book))

    assert found.answer("q-1", UNANSWERED) == Answer(note="in a hidden row")
    assert unread(found) == {f"填写 Answers!L{answers.max_row}": "beside, in a hidden column"}


def test_a_sheet_too_many_is_named():
    book = opened(BLANK)
    for number in range(1, 62):
        book.create_sheet(f"草稿{number}")["A1"] = None
    names = [each.title for each in book.worksheets]

    assert unread(read(closed(book))) == dict.fromkeys(names[60:], "…")


@pytest.mark.parametrize("by_section", [False, True])
@pytest.mark.parametrize("languages", [(Language.ZH,), (Language.EN,), (Language.ZH, Language.EN)])
def test_what_went_out_has_nothing_that_is_not_read(languages: tuple[Language, ...], by_section: bool):
    wish = Wish(languages=languages, by_section=by_section, title="2026")
    for data in (FILLED, write_workbook(IT, ASSESSMENT, wish), saved_again(write_workbook(IT, ASSESSMENT, wish))):
        assert unread(read(data)) == {}


def test_text_outside_the_table_is_named_by_its_cell():
    book = opened(BLANK)
    answers, last = book.worksheets[1], book.worksheets[1].max_row
    answers.cell(last + 2, 4).value = "见附页"
    answers.cell(1, 13).value = "beside the keys"
    answers.cell(2, 12).value = "beside the header"
    answers.cell(4, 40).value = 3.0
    answers.cell(5, 12).value = " "
    documents = next(each for each in book.worksheets if each.cell(1, 3).value == "title")
    documents.cell(documents.max_row + 1, 3).value = "a document below the last row"
    book.worksheets[0]["B40"] = "a remark on the first sheet"
    book.worksheets[0]["C3"] = "and beside it"

    found = read(closed(book))

    assert unread(found) == {
        "说明 Read me!C3": "and beside it",
        "说明 Read me!B40": "a remark on the first sheet",
        "填写 Answers!M1": "beside the keys",
        "填写 Answers!L2": "beside the header",
        "填写 Answers!AN4": "3",
        f"填写 Answers!D{last + 2}": "见附页",
        f"文件 Documents!C{documents.max_row}": "a document below the last row",
    }
    assert found.answer("q-1", UNANSWERED) == UNANSWERED


def test_text_in_a_cell_that_states_nothing_is_named_too():
    values = {("q-1", "pointer"): "第3章", ("q-1/a", "note"): "在共享盘", ("q-1", "note"): "read"}
    data = filled(BLANK, values)
    book = opened(data)
    heading = next(index for index in range(1, 9) if book.worksheets[1].cell(index, 1).value == "section")
    book.worksheets[1].cell(heading, 5).value = "a remark on the section"

    found = read(closed(book))

    assert sorted(unread(found).values()) == ["a remark on the section", "在共享盘", "第3章"]
    assert found.answer("q-1", UNANSWERED) == Answer(note="read")


def test_of_very_many_texts_the_first_are_named_and_all_are_counted():
    book = opened(BLANK)
    for number in range(1, 101):
        book.worksheets[1].cell(200 + number, 4).value = f"text {number}"

    found = read(closed(book))

    assert (len(found.unread), found.unread_count) == (12, 100)
    assert found.unread[0].text == "text 1"


def test_a_workbook_belongs_to_its_questionnaire_and_assessment():
    other = shipped().questionnaire("certification-readiness@1")
    assert problems(BLANK, it=other) == [("", "workbook-other-questionnaire")]
    assert problems(FILLED, assessment="two") == [("", "workbook-other-assessment")]
    assert read(BLANK, assessment="two").stamp.assessment == ""


def stamped(value: str) -> bytes:
    book = opened(BLANK)
    book["plumbline"]["C1"] = value
    return closed(book)


def test_formats_of_later_and_of_others():
    assert problems(stamped("plumbline/workbook@2")) == [("", "workbook-newer")]
    assert problems(stamped("else/workbook@1")) == [("", "workbook-not-ours")]
    assert problems(closed(Workbook())) == [("", "workbook-not-ours")]


def packed(**members: bytes) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


TYPES = {"[Content_Types].xml": b"<Types/>"}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not-a-workbook"),
        (b"format: plumbline/assessment@1\n", "not-a-workbook"),
        (packed(x=b"1"), "not-a-workbook"),
        (packed(**TYPES), "workbook-unreadable"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000), "workbook-old-format"),
        (BLANK[: len(BLANK) // 2], "not-a-workbook"),
        (packed(**TYPES, **{"xl/a.xml": bytes(LARGEST_UNPACKED)}), "workbook-too-large"),
        (packed(**TYPES, **{f"{n}.xml": b"" for n in range(300)}), "workbook-too-large"),
        (
            packed(**TYPES, **{"a.xml": b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'b'>]><x/>"}),
            "workbook-unreadable",
        ),
    ],
)
def test_files_that_are_no_workbook_of_anybody(data: bytes, code: str):
    assert problems(data) == [("", code)]


@settings(max_examples=30)
@given(st.integers(0, len(BLANK) - 1), st.binary(min_size=1, max_size=40))
def test_a_damaged_workbook_is_refused_or_read_and_never_raises_anything_else(at: int, noise: bytes):
    with suppress(BadFile):
        read(BLANK[:at] + noise + BLANK[at + len(noise) :])


THREE_VALUED = replace(IT, scale=scale(ScaleKind.THREE_VALUED))


@settings(max_examples=30)
@given(TIDY_ANSWERS)
def test_any_answer_goes_out_and_comes_back(given_answer: Answer):
    documents = {key: Document(title=f"文件 {key}") for key in ("D1", "D2", "D3", "D4")}
    stated = Assessment(IT.name, answers={"q-1": given_answer}, documents=documents)
    found = read_workbook(write_workbook(THREE_VALUED, stated), THREE_VALUED, documents=documents)
    assert found.answer("q-1", given_answer) == given_answer
