"""Whatever a person types, no report fails, and what is a character is in it."""

import io
import zipfile
from dataclasses import replace
from html import unescape
from xml.etree import ElementTree as ET

import openpyxl
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reports.cleaning import clean, clean_line
from reports.docx import docx_bytes
from reports.html import html_bytes
from reports.languages import Languages
from reports.readiness import Readiness
from reports.xlsx import xlsx_bytes
from scoring.answers import Answer
from tests.support.reports import empty, readiness, scored

ANYTHING = st.text(min_size=1, max_size=60)


def told(note: str) -> Readiness:
    it = empty("certification-readiness@1")
    item = it.target.questionnaire.items[0].id
    return readiness(scored(replace(it.assessment, answers={item: Answer(note=f"始{note}终")})))


@settings(max_examples=20, deadline=None)
@given(ANYTHING)
@example("\x00 \x0b \ufffe \u202e ]]> <w:t> &lt; \r\n\t=cmd|' /C calc'!A0")
def test_any_text_reaches_word_html_and_excel(note: str):
    it, wanted = told(note), f"始{clean(note)}终"
    with zipfile.ZipFile(io.BytesIO(docx_bytes(it, Languages.ZH))) as archive:
        word = "".join(ET.fromstring(archive.read("word/document.xml")).itertext())
    html = unescape(html_bytes(it, Languages.ZH).decode())
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(it, Languages.ZH)))["全部条款"]

    assert flat(wanted) in flat(word)
    assert flat(wanted) in flat(html)
    assert flat(wanted) in {flat(str(cell.value)) for row in sheet for cell in row}


def flat(text: str) -> str:
    """Leave out white space, which mark-up may write as elements."""
    return "".join(text.split())


@given(ANYTHING)
def test_a_cleaned_text_is_clean_and_stays_so(text: str):
    assert clean(clean(text)) == clean(text)
    assert clean(text + "\ud800").encode() == clean(text).encode()
    assert "\n" not in clean_line(text)
