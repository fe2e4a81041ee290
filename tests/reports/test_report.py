"""The printed report holds every word and figure of the assessment, whoever typed it, in every language asked for."""

import io
import json
import re
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from files.assessments import load_assessment
from files.assessments_writing import data_of
from reports.blocks import Languages, printable
from reports.form_filling import filled_form
from reports.options import Edition, Options
from reports.report import form_of, pages_of, pdf_of, read
from reports.sealing import FORMAT, digest_of, is_signed_by, private_key, public_key, seal
from reports.summary import summarise
from scoring.answers import Answer, LineAnswer, Mark
from scoring.assessment import Document
from scoring.plain import plain
from scoring.results import Result, assess
from settings import ROOT
from tests.support.assessments import worked_example
from tests.support.reports import CASES, readiness, told, typed
from tests.support.reports import scored as rescored

EXAMPLES = sorted((ROOT / "docs" / "examples").glob("*.yaml"))
ON = date(2026, 11, 21)
KEY = private_key(b"k" * 32)


@cache
def scored(path: Path) -> Result:
    opened = load_assessment(path)
    return assess(opened.questionnaire, opened.assessment, opened.rules)


@cache
def printed(path: Path, languages: Languages, edition: Edition = Edition.FULL) -> bytes:
    result = scored(path)
    data = {"format": FORMAT, "result": plain(result), "assessment": data_of(result.assessment)}
    options = Options(edition=edition, on=ON, seal=seal(data, ON))
    return pdf_of(summarise(result, options), languages, data, KEY)


@cache
def text_of(pdf: bytes) -> str:
    """Everything that can be copied out of a report, without the line ends and spaces that setting it made."""
    document = pypdfium2.PdfDocument(pdf)
    return bare("".join(page.get_textpage().get_text_bounded() for page in document))


def bare(text: str) -> str:
    """Leave out what setting a text may add; pdfium reads a hyphen at a line's end as one that was put there."""
    return "".join(printable(text).replace("-", "").replace("\ufffe", "").split())


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("languages", Languages)
def test_every_word_that_was_asked_and_typed_can_be_copied_out(path: Path, languages: Languages):
    result, found = scored(path), text_of(printed(path, languages))
    wanted = [item.ask for item in result.target.questionnaire.items]
    for answer in result.assessment.answers.values():
        typed = (answer.note, answer.reason, answer.improvement, answer.observation)
        assert [each for each in typed if each and bare(each) not in found] == []
        pointers = [line.pointer for line in answer.evidence.values() if line.pointer]
        assert [each for each in pointers if bare(each) not in found] == []
    for language in ("zh", "en") if languages is Languages.BOTH else (languages.value,):
        assert [each for each in wanted if bare(getattr(each, language)) not in found] == []


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_text_that_was_typed_can_be_copied_out(path: Path):
    found = text_of(printed(path, Languages.BOTH))

    assert [each for each in typed(scored(path)) if bare(each) not in found] == []


def test_a_text_that_goes_on_over_pages_is_whole():
    found = text_of(pdf_of(told("hostile"), Languages.BOTH))
    texts = [bare(each) for each in typed(CASES["hostile"]())]

    # The columns of a broken row come in turns out of a PDF: the beginnings are looked for, and all the rest counted
    assert [each for each in texts if each[:20] not in found] == []
    assert found.count("w") >= sum(each.count("w") for each in texts)


def test_a_body_reads_its_own_words_and_everything_of_a_document():
    found = text_of(pdf_of(told("hostile", Edition.BODY), Languages.EN))

    for label in ("Thebody'sview", "body'sdecision", "body'scomment", "approvedby", "place"):
        assert label in found
    held = Document("t", "n", "v", "o", date(2025, 1, 2), date(2031, 3, 4), "approver", "shelf")
    it = worked_example()
    model = readiness(rescored(replace(it, documents={**it.documents, "D1": held})))
    found = text_of(pdf_of(model, Languages.ZH))
    for text in ("ntv20250102", "责任人o", "批准人approver", "有效期至20310304", "存放处shelf"):
        assert text in found


def test_a_mark_on_an_item_outside_the_level_is_printed():
    it = worked_example()
    outside = Answer("conform", {"a": LineAnswer(Mark.HAVE, pointer="somewhere else")}, note="kept")
    model = readiness(rescored(replace(it, answers={**it.answers, "om-08": outside})))
    before, after = (text_of(pdf_of(each, Languages.ZH)) for each in (readiness(rescored(it)), model))

    assert "somewhereelse" in after
    assert after.count("符合") == before.count("符合") + 1


def test_a_table_of_gaps_that_breaks_says_what_follows():
    document = pypdfium2.PdfDocument(pdf_of(told("worked example"), Languages.BOTH))
    texts = [page.get_textpage().get_text_bounded() for page in document]
    broken = next(text for text in texts if "续下页" in text)
    minors = bare(broken).count("预计轻微expectedminor")
    follows = re.search(r"续下页：预计轻微(\d+)项、矛盾8项另列", bare(broken))

    # The words stand once in the counts above and once a gap; of twelve the others follow
    assert follows is not None
    assert int(follows[1]) == 12 - (minors - 1)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_figures_of_page_one_are_those_of_the_result(path: Path):
    result = plain(scored(path))
    first = "".join(pypdfium2.PdfDocument(printed(path, Languages.EN))[0].get_textpage().get_text_bounded().split())

    for name in ("supported", "claimed", "coverage"):
        assert f"{result[name]}%" in first
    assert f"{result['answered']}/{result['applicable']}" in first


@pytest.mark.parametrize("languages", Languages)
def test_every_font_is_embedded_as_a_subset_and_none_is_the_library_s_own(languages: Languages):
    for data in (printed(EXAMPLES[0], languages), form_of(filled_form(scored(EXAMPLES[-1])))):
        with pikepdf.open(io.BytesIO(data)) as pdf:
            fonts = [font for page in pdf.pages for font in page.resources.get("/Font", {}).values()]

            assert {re.sub(r"^/[A-Z]{6}\+(.*)-.*", r"\1", str(font.BaseFont)) for font in fonts} == {"NotoSansSC"}
            assert all("/FontFile2" in font.FontDescriptor and "/ToUnicode" in font for font in fonts)
            # A subset: no file of a font comes near the ten megabytes of the whole
            assert max(len(font.FontDescriptor.FontFile2.read_bytes()) for font in fonts) < 200_000


@pytest.mark.parametrize(
    ("languages", "expected"),
    [
        (Languages.ZH, ["准备度报告", "所处位置", "差距项", "接下来先做什么", "证明材料核对表"]),
        (Languages.EN, ["Readiness report", "Where you stand", "Gaps", "Next best steps", "Evidence checklist"]),
        (Languages.BOTH, ["准备度报告 Readiness report", "所处位置 Where you stand", "差距项 Gaps"]),
    ],
)
def test_the_outline_leads_to_every_chapter_in_the_report_s_language(languages: Languages, expected: list[str]):
    document = pypdfium2.PdfDocument(printed(EXAMPLES[0], languages))
    outline = list(document.get_toc())
    pages = [item.get_dest().get_index() for item in outline]

    assert [item.get_title() for item in outline][: len(expected)] == expected
    assert pages == sorted(pages)
    assert pages[0] == 0
    assert pages[-1] == len(document) - 1


def test_every_corrective_action_has_a_page_and_an_entry_of_its_own():
    document = pypdfium2.PdfDocument(printed(EXAMPLES[-1], Languages.EN))
    entries = [(item.get_title(), item.get_dest().get_index()) for item in document.get_toc() if item.level == 1]
    page = bare(document[entries[0][1]].get_textpage().get_text_bounded())

    assert [title for title, _ in entries] == ["20 problem management procedure", "59 internal audit"]
    assert entries[1][1] == entries[0][1] + 1
    assert page.index("Facts") < page.index("thereleaselistischeckedeverymonth") < page.index("Fortheorganisation")
    assert "2026-12-16".replace("-", "") in page


def test_pages_carry_the_numbers_that_are_printed_on_them():
    document = pypdfium2.PdfDocument(printed(EXAMPLES[0], Languages.EN))

    assert [document.get_page_label(index) for index in range(3)] == ["1", "2", "3"]


def test_the_same_answers_and_day_give_the_same_bytes():
    again = printed.__wrapped__(EXAMPLES[0], Languages.BOTH)

    assert again == printed(EXAMPLES[0], Languages.BOTH)


def test_a_body_s_edition_prints_no_remedies():
    full, body = (text_of(printed(EXAMPLES[-1], Languages.EN, each)) for each in (Edition.FULL, Edition.BODY))

    assert "Nextbeststeps" in full
    assert "Nextbeststeps" not in body
    assert "Nextstep" not in body


def test_what_a_report_says_is_attached_sealed_and_signed():
    data, found = read(printed(EXAMPLES[0], Languages.BOTH))

    assert data["result"] == json.loads(json.dumps(plain(scored(EXAMPLES[0]))))
    assert found.digest == digest_of(data)
    assert found.pages == pages_of(printed(EXAMPLES[0], Languages.BOTH))
    assert is_signed_by(found, KEY.public_key())
    assert not is_signed_by(found, private_key(b"x" * 32).public_key())
    assert public_key(found.key).public_bytes_raw() == KEY.public_key().public_bytes_raw()


def test_a_changed_page_is_found_and_named():
    with pikepdf.open(io.BytesIO(printed(EXAMPLES[0], Languages.EN))) as pdf:
        before = pages_of(printed(EXAMPLES[0], Languages.EN))
        page = pdf.pages[2]
        page.Contents = pdf.make_stream(page.Contents.read_bytes() + b" 0 0 10 10 re f")
        changed = io.BytesIO()
        pdf.save(changed)

    after = pages_of(changed.getvalue())
    assert [number for number, pair in enumerate(zip(before, after, strict=True), 1) if pair[0] != pair[1]] == [3]


HOSTILE = [
    "<b>bold</b> &amp; {{ 7*7 }} %s %(x)s",
    "a" * 500,
    "\u202egnp.exe\u202c",
    "nul\x00 and bell\x07",
    "表情😀和𠮷野家",
    "가나다 ไทย",
    "１２３４５ＡＢＣ",
    "https://example.org/" + "x" * 300,
    "、、、、、、、、、、、、、、、、、、、、、、、、、、、、、、、、、、、、、、、、、",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_is_typed_is_printed_as_it_is(text: str):
    found = text_of(with_note(text))

    for character in bare(text):
        assert character in found or "□" in found
    if text.isascii():
        assert bare(text) in found


@settings(max_examples=15, deadline=None)
@given(st.text(max_size=200))
def test_no_text_stops_a_report(text: str):
    assert with_note(text).startswith(b"%PDF")


def with_note(text: str) -> bytes:
    result = scored(EXAMPLES[0])
    changed = result.assessment.__class__(
        **{**vars(result.assessment), "answers": {result.target.items[0].id: Answer(note=text)}}
    )
    again = assess(result.target.questionnaire, changed, result.rules)
    return pdf_of(summarise(again, Options(on=ON)), Languages.ZH)
