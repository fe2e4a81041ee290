"""On the printed page itself: no line begins or ends with a mark that must not stand there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import pypdfium2
import pytest
from pypdfium2 import raw

from reports.form_filling import filled_form
from reports.languages import Languages
from reports.lines import NOT_FIRST, NOT_LAST
from reports.report import form_of, pdf_of
from tests.support.reports import CASES, told

SEVERAL = ("om-services-small-company", "isms-2022-gap-analysis", "certification-readiness-13-of-16", "worked example")
# Signs that stand by themselves in a cell: nothing there, a unit
ALONE = frozenset("—–%")
# Wider than the space between two words or two languages, narrower than that between two columns, in sizes
COLUMN_GAP = 1.1
SAME_LINE = 0.25


@dataclass(frozen=True)
class Letter:
    """A character where it is drawn, in points: its origin on the baseline, where it ends, and its size."""

    text: str
    x: float
    y: float
    end: float
    size: float


def letters(page: pypdfium2.PdfTextPage) -> Iterator[Letter]:
    """Give what is drawn on a page, without the spaces that reading it made up."""
    x, y = raw.c_double(), raw.c_double()
    for index in range(page.count_chars()):
        code = raw.FPDFText_GetUnicode(page, index)
        if code <= 0x20 or raw.FPDFText_IsGenerated(page, index) == 1:
            continue
        raw.FPDFText_GetCharOrigin(page, index, x, y)
        _, _, end, _ = page.get_charbox(index, loose=True)
        yield Letter(chr(code), x.value, y.value, end, raw.FPDFText_GetFontSize(page, index))


def lines(found: list[Letter]) -> Iterator[str]:
    """Gather characters into lines: on one baseline, and no further apart than words are."""
    line: list[Letter] = []
    for each in sorted(found, key=lambda each: (-round(each.y, 1), each.x)):
        if line and (abs(each.y - line[-1].y) > SAME_LINE or each.x - line[-1].end > COLUMN_GAP * each.size):
            yield "".join(letter.text for letter in line)
            line = []
        line.append(each)
    if line:
        yield "".join(letter.text for letter in line)


@cache
def printed(name: str, languages: Languages) -> tuple[str, ...]:
    document = pypdfium2.PdfDocument(pdf_of(told(name), languages))
    return tuple(line for page in document for line in lines(list(letters(page.get_textpage()))))


@pytest.mark.parametrize("languages", [Languages.ZH, Languages.BOTH])
@pytest.mark.parametrize("name", SEVERAL)
def test_no_drawn_line_begins_or_ends_with_a_mark_that_must_not(name: str, languages: Languages):
    found = [line for line in printed(name, languages) if line not in ALONE]

    assert len(found) > 500, "the lines were found at all"
    assert [line for line in found if line[0] in NOT_FIRST] == []
    assert [line for line in found if line[-1] in NOT_LAST] == []


def test_no_drawn_line_of_the_form_does_either():
    document = pypdfium2.PdfDocument(form_of(filled_form(CASES["worked example"]())))
    found = [line for page in document for line in lines(list(letters(page.get_textpage()))) if line not in ALONE]

    assert [line for line in found if line[0] in NOT_FIRST or line[-1] in NOT_LAST] == []


def test_a_line_that_begins_with_a_mark_would_be_found():
    assert list(lines([Letter("，", 0, 10, 9, 9), Letter("好", 9, 10, 18, 9), Letter("右", 40, 10, 49, 9)])) == [
        "，好",
        "右",
    ]
