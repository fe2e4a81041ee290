"""The Word report opens without a repair, holds every word, and says nothing of who made it when."""

import io
import zipfile
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

import docx
import pytest
from docx.document import Document

from reports.docx import docx_bytes
from reports.languages import Languages
from reports.options import Edition
from tests.support.reports import CASES, EXAMPLES, FEW, bare, opened, readiness, told, typed, worked

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@cache
def made(name: str, languages: Languages = Languages.BOTH, edition: Edition = Edition.FULL) -> bytes:
    return docx_bytes(told(name, edition), languages)


def reopened(data: bytes) -> Document:
    return docx.Document(io.BytesIO(data))


@cache
def text_of(data: bytes, part: str = "word/document.xml") -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return bare("".join(ET.fromstring(archive.read(part)).itertext()))


@pytest.mark.parametrize("name", CASES)
def test_every_text_that_was_typed_is_in_it(name: str):
    found = text_of(made(name))

    assert [each for each in typed(CASES[name]()) if bare(each) not in found] == []


@pytest.mark.parametrize("languages", Languages)
@pytest.mark.parametrize("name", FEW)
def test_every_question_and_line_is_in_it_in_the_languages_asked_for(name: str, languages: Languages):
    result, found = CASES[name](), text_of(made(name, languages))
    items = result.target.questionnaire.items
    asked = [item.ask for item in items] + [
        line.text for item in items if item.id in result.target.by_id for line in item.evidence
    ]
    wanted = [wording for text in asked for _, wording in languages.said(text)]

    assert [each for each in wanted if bare(each) not in found] == []


def test_one_language_has_no_word_of_the_other():
    assert "Readiness report" not in text_of(made("no gap", Languages.ZH))
    assert "准备度" not in text_of(made("no gap", Languages.EN))


@pytest.mark.parametrize("name", CASES)
def test_what_makes_word_repair_a_file_is_not_in_it(name: str):
    with zipfile.ZipFile(io.BytesIO(made(name))) as archive:
        names = archive.namelist()
        parts = {each: archive.read(each) for each in names if not each.endswith(".png")}
    trees = {each: ET.fromstring(data) for each, data in parts.items()}
    relations = trees["word/_rels/document.xml.rels"]
    ids = [each.get("Id") for each in relations]
    used = {value for each in trees["word/document.xml"].iter() for key, value in each.items()
            if key.endswith(("relationships}id", "relationships}embed"))}  # fmt: skip
    overridden = {each.get("PartName") for each in trees["[Content_Types].xml"] if each.get("PartName")}

    assert len(names) == len(set(names))
    assert len(ids) == len(set(ids))
    assert used <= set(ids)
    assert {f"word/{each.get('Target')}" for each in relations} <= set(names)
    assert overridden == {f"/{each}" for each in names if not each.endswith((".rels", ".png")) and each[0] != "["}


@pytest.mark.parametrize("name", FEW)
def test_every_row_of_a_table_fills_its_grid_and_every_cell_ends_in_a_paragraph(name: str):
    body = reopened(made(name)).element.body

    for table in body.iter(f"{W}tbl"):
        columns = len(table.find(f"{W}tblGrid"))
        for row in table.findall(f"{W}tr"):
            spans = [each.find(f"{W}tcPr/{W}gridSpan") for each in row.findall(f"{W}tc")]
            assert sum(1 if each is None else int(each.get(f"{W}val", "1")) for each in spans) == columns
            assert all(cell[-1].tag == f"{W}p" for cell in row.findall(f"{W}tc"))


def test_a_style_that_is_used_is_there():
    document = reopened(made("worked example"))
    known = {each.style_id for each in document.styles}
    used = {each.get(f"{W}val") for each in document.element.iter(f"{W}pStyle", f"{W}rStyle")}

    assert used <= known


def test_headings_are_headings_and_heads_repeat_on_rows_that_stay_whole():
    document = reopened(made("worked example"))
    headings = [each.text for each in document.paragraphs if each.style and each.style.name == "Heading 1"]
    long_tables = [each for each in document.element.iter(f"{W}tbl") if len(each.findall(f"{W}tr")) > 10]

    assert [each.split()[0] for each in headings] == [str(number) for number in range(2, 10)]
    assert len(long_tables) >= 3
    for table in long_tables:
        assert table.findall(f"{W}tr/{W}trPr/{W}tblHeader")
        assert len(table.findall(f"{W}tr/{W}trPr/{W}cantSplit")) >= len(table.findall(f"{W}tr")) - 3


def test_the_foot_counts_the_pages_as_fields_in_both_languages():
    with zipfile.ZipFile(io.BytesIO(made("worked example"))) as archive:
        foot = ET.fromstring(archive.read("word/footer1.xml"))
    counted = [each.get(f"{W}instr") for each in foot.iter(f"{W}fldSimple")]

    assert counted == ["PAGE", "NUMPAGES", "PAGE", "NUMPAGES"]
    assert bare("".join(foot.itertext())).endswith("第1页，共1页Page1of1")


def test_the_fonts_name_a_chinese_one_and_each_language_is_marked():
    data = made("worked example")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        styles, text = archive.read("word/styles.xml").decode(), archive.read("word/document.xml").decode()

    assert 'w:eastAsia="Microsoft YaHei"' in styles
    assert '<w:lang w:val="en-GB" w:eastAsia="zh-CN"/>' in text
    assert '<w:lang w:val="en-GB"/>' in text


def test_its_properties_name_nobody_and_are_of_the_day_of_the_report():
    properties = reopened(made("hostile")).core_properties

    assert properties.author == "Plumbline"
    assert properties.last_modified_by == ""
    assert properties.created is not None
    assert f"{properties.created:%Y-%m-%d}" == "2026-11-21"
    assert "人" not in properties.title


@pytest.mark.parametrize("name", FEW)
def test_the_same_report_gives_the_same_bytes(name: str):
    assert made(name) == docx_bytes(readiness(CASES[name]()), Languages.BOTH)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_body_is_told_no_remedy(path: Path):
    result, found = opened(path), text_of(made(path.stem, Languages.BOTH, Edition.BODY))
    remedies = [answer.improvement for answer in result.assessment.answers.values() if answer.improvement]
    remedies += [each.action for each in result.assessment.actions if each.action]

    assert [each for each in remedies if bare(each) in found] == []
    assert "Nextbeststeps" not in found


def test_the_figures_are_those_of_the_result():
    found, result = text_of(docx_bytes(readiness(worked()), Languages.EN)), worked()

    assert result.total.supported is not None
    for part in (result.total, *(part for _, part in result.sections)):
        assert part.supported is None or part.supported.percent in found
    assert "40.29/50" in found
    assert "183/210" in found
