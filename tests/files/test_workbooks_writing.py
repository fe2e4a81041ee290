"""What goes out: sheets, cells, drop-downs, protection, texts that stay texts."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from files.library import shipped
from files.workbook_layout import Wish
from files.workbook_words import BOTH
from files.workbooks_writing import write_workbook
from scoring.answers import Answer, LineAnswer, Mark
from scoring.assessment import Assessment, Document, Organization
from surveys.items import Evidence
from surveys.questionnaire import Section
from surveys.scales import ScaleKind
from surveys.text import Language, Text
from tests.support.assessments import scale
from tests.support.questionnaires import item, said, survey
from tests.support.workbooks import cell, opened

LINES = (
    Evidence("a", Text("记录", "records")),
    Evidence("b", Text("合同", "contract"), when=Text("外包时", "when outsourced")),
    Evidence("c", Text("图", "drawing"), optional=True),
)
IT = survey(
    item("q-1", number="1", ask=Text("有没有？", "Is there any?"), evidence=LINES, may_exclude=True),
    item("q-2", number="2", evidence=(), shares="q-1"),
    sections=(
        Section("s1", Text("需求: 调研/分析", "needs"), ("q-1",)),
        Section("s2", Text("设计", "design"), ("q-2",)),
    ),
)
ANSWERS = {
    "q-1": Answer(
        "conform",
        {"a": LineAnswer(Mark.HAVE, ("D1", "D2"), "第3章"), "b": LineAnswer(applies=False)},
        note="=1+1",
        improvement="_x0041_\x07",
    )
}
DOCUMENTS = {"D1": Document("调查报告", "QP-07", "V1", dated=date(2026, 3, 1)), "D2": Document("会议纪要；初稿")}
ASSESSMENT = Assessment(IT.name, Organization(Text("示例公司", "Example Co.")), answers=ANSWERS, documents=DOCUMENTS)


def test_the_first_sheet_explains_in_both_languages():
    book = opened(write_workbook(IT, ASSESSMENT, Wish(title="二级自评估", languages=(Language.ZH,))))
    said_there = "\n".join(str(each.value) for row in book.worksheets[0].rows for each in row if each.value)
    assert book.worksheets[0].title == "说明 Read me"
    for words in ("只填白底的格子", "Fill in the white cells only", "二级自评估", "示例公司 · Example Co.", IT.name):
        assert words in said_there


def test_items_and_lines_stand_with_what_is_stated():
    book = opened(write_workbook(IT, ASSESSMENT))
    assert [sheet.title for sheet in book] == ["说明 Read me", "填写 Answers", "文件 Documents", "plumbline"]
    assert cell(book, "q-1", "asked").value == "有没有？\nIs there any?"
    assert cell(book, "q-1/b", "asked").value == "合同\ncontract\n(外包时 when outsourced)"
    assert cell(book, "q-1/c", "asked").value == "图\ndrawing\n(可选 optional)"
    assert cell(book, "q-2", "asked").value.endswith("Shares the evidence of 1: fill it in there.")
    assert cell(book, "q-1", "judged").value == "叫法conform something like e58fabe6b395636f6e666f726d"
    assert cell(book, "q-1/a", "judged").value == "有 have"
    assert cell(book, "q-1/b", "applies").value == "否 no"
    assert cell(book, "q-1/a", "documents").value == "QP-07 调查报告\n会议纪要 初稿"
    assert cell(book, "q-1/a", "pointer").value == "第3章"


@pytest.mark.parametrize(
    ("languages", "header", "mark"),
    [(BOTH, "备注 Note", "有 have"), ((Language.ZH,), "备注", "有"), ((Language.EN,), "Note", "have")],
)
def test_the_languages_are_chosen(languages: tuple[Language, ...], header: str, mark: str):
    book = opened(write_workbook(IT, ASSESSMENT, Wish(languages=languages)))
    assert book.worksheets[1]["H2"].value == header
    assert cell(book, "q-1/a", "judged").value == mark


def test_a_sheet_a_section_is_named_after_it():
    book = opened(write_workbook(IT, ASSESSMENT, Wish(by_section=True)))
    assert [sheet.title for sheet in book][1:3] == ["1 需求  调研 分析 needs", "2 设计 design"]


def test_only_the_items_of_a_department():
    book = opened(write_workbook(IT, ASSESSMENT, Wish(items={"q-2"}, by_section=True)))
    assert [sheet.title for sheet in book][1:2] == ["1 设计 design"]
    with pytest.raises(KeyError):
        cell(book, "q-1", "note")


def test_texts_stay_texts_whatever_they_look_like():
    book = opened(write_workbook(IT, ASSESSMENT))
    note = cell(book, "q-1", "note")
    assert (note.value, note.data_type, note.number_format) == ("=1+1", "s", "@")
    assert cell(book, "q-1", "improvement").value == "_x005F_x0041_"


def test_a_text_longer_than_a_cell_is_cut_visibly():
    long = Assessment(IT.name, answers={"q-1": Answer(note="字" * 40_000)})
    written = cell(opened(write_workbook(IT, long)), "q-1", "note").value
    assert len(written) == 32_767
    assert written.endswith("字…")


def test_only_the_cells_to_fill_in_are_open():
    book = opened(write_workbook(IT, ASSESSMENT))
    open_cells = {
        (sheet.cell(row, 1).value, sheet.cell(1, column).value)
        for sheet in book.worksheets[1:2]
        for row in range(1, sheet.max_row + 1)
        for column in range(1, sheet.max_column + 1)
        if not sheet.cell(row, column).protection.locked
    }
    texts = {("q-1", each) for each in ("judged", "note", "reason", "improvement", "observation")}
    lines = {(f"q-1/{line}", each) for line in "abc" for each in ("judged", "documents", "pointer")}
    assert open_cells == texts | {("q-2", each) for _, each in texts} | lines | {("q-1/b", "applies")}
    assert all(sheet.protection.sheet and sheet.protection.password is None for sheet in book)
    assert book.security.lockStructure


def test_drop_downs_offer_the_words_of_the_workbook():
    book = opened(write_workbook(IT, ASSESSMENT))
    sheet = book.worksheets[1]
    offered: dict[str, list[str]] = {}
    for each in sheet.data_validations.dataValidation:
        name, place = each.formula1.split("!")
        words = [row[0].value for row in book[name][place.replace("$", "")]]
        offered |= {str(reference): words for reference in each.sqref.ranges}
    by_row = {sheet[place.split(":")[0]].row: words for place, words in offered.items()}
    conclusion = by_row[cell(book, "q-1", "judged").row]
    assert [words.split()[0] for words in conclusion] == ["叫法conform", "叫法nonconform", "不适用"]
    assert len(by_row[cell(book, "q-2", "judged").row]) == 2
    assert ["有 have", "部分 partial", "缺 missing"] in offered.values()
    assert ["是 yes", "否 no"] in offered.values()


def test_maturity_steps_are_offered_with_their_number():
    it = survey(item("q-1"), scale=scale(ScaleKind.MATURITY, 4))
    book = opened(write_workbook(it, Assessment(it.name, answers={"q-1": Answer("3")})))
    assert cell(book, "q-1", "judged").value == f"3 {said().zh} {said().en}"


def test_it_prints_on_a4_and_keeps_the_header_in_view():
    sheet = opened(write_workbook(IT, ASSESSMENT)).worksheets[1]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == (
        9, "landscape", 0,
    )  # fmt: skip
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("D3", "$2:$2")
    assert sheet.row_dimensions[1].hidden
    assert sheet.column_dimensions["A"].hidden


def test_the_same_input_makes_the_same_bytes():
    first, second = write_workbook(IT, ASSESSMENT), write_workbook(IT, ASSESSMENT)
    assert first == second
    assert b"2000-01-01T00:00:00Z" in ZipFile(BytesIO(first)).read("docProps/core.xml")


@pytest.mark.parametrize(("name", "level", "items"), [("om-services@trial-1", 1, 71), ("isms-2022@1", None, 123)])
def test_whole_questionnaires(name: str, level: int | None, items: int):
    it = shipped().questionnaire(name)
    data = write_workbook(it, Assessment(it.name, level=level), Wish(by_section=True))
    book = load_workbook(BytesIO(data), read_only=True)
    keys = [row[0] for sheet in book.worksheets[1:-2] for row in sheet.iter_rows(min_row=3, values_only=True)]
    assert len([key for key in keys if key in it.by_id]) == items
    assert len(data) < 100_000
