"""The report as a workbook: one sheet a table, filters on, real numbers and days. No text is ever a formula."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from reports import sheets_record, sheets_standing
from reports.cleaning import clean
from reports.languages import Languages
from reports.packing import packed, unpacked
from reports.phrases import both
from reports.readiness import Readiness
from reports.selection import ChapterName
from reports.sheets import Field, Percent, Sheet, Value
from surveys.text import Text

_LONGEST = 32_767
_LONGEST_NAME = 31
_LOOKS_LIKE_A_FORMULA = frozenset("=+-@\t")
_ORDER: tuple[tuple[ChapterName | None, Callable[[Readiness], Sheet]], ...] = (
    (None, sheets_standing.summary),
    (ChapterName.STANDING, sheets_standing.sections),
    (ChapterName.STANDING, sheets_standing.levels),
    (ChapterName.GAPS, sheets_standing.gaps),
    (ChapterName.GAPS, sheets_standing.proposals),
    (ChapterName.GAPS, sheets_standing.contradictions),
    (ChapterName.STEPS, sheets_standing.steps),
    (ChapterName.EVIDENCE, sheets_record.evidence),
    (ChapterName.EVIDENCE, sheets_record.documents),
    (ChapterName.RECORD, sheets_record.record),
    (ChapterName.FOLLOW_UPS, sheets_record.follow_ups),
    (ChapterName.ACTIONS, sheets_record.actions),
    (ChapterName.APPLICABILITY, sheets_record.applicability),
    (ChapterName.SCORED, sheets_record.scored),
    (ChapterName.SCORED, sheets_record.losses),
    (ChapterName.SCORED, sheets_record.shares),
)
# Left out where a report has none of them; the others say by an empty table that there is nothing
_IF_ANY = {
    sheets_standing.levels, sheets_standing.steps, sheets_standing.proposals, sheets_standing.contradictions,
    sheets_record.actions, sheets_record.applicability, sheets_record.losses,
}  # fmt: skip
_NO_DAY = datetime(2000, 1, 1)  # noqa: DTZ001 - a report without a day: the same input gives the same bytes
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_FONT = "Microsoft YaHei"
_LINE_HEIGHT, _HIGHEST = 14.5, 400.0


def xlsx_bytes(it: Readiness, languages: Languages) -> bytes:
    """Write the workbook. The same report gives the same bytes."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for style in _styles():
        book.add_named_style(style)
    for chapter, make in _ORDER:
        if chapter in it.options.left_out:
            continue
        sheet = make(it)
        if sheet.rows or make not in _IF_ANY:
            _write(book, sheet, languages)
    on = it.options.on or it.result.assessment.assessed_on
    made = datetime(on.year, on.month, on.day) if on else _NO_DAY  # noqa: DTZ001 - a day has no zone
    book.properties.creator = "Plumbline"
    book.properties.title = languages.line(it.title)
    book.properties.created = made
    target = BytesIO()
    book.save(target)
    return packed(_dated(unpacked(target.getvalue()), made))


def _styles() -> Iterable[NamedStyle]:
    """The looks of a cell, by what stands in it."""
    plain, right = Alignment(vertical="top", wrap_text=True), Alignment("right", "top", indent=1)
    look: dict[str, Any] = {
        "font": Font(_FONT, 10, color="17191E"),
        "border": Border(bottom=Side("hair", color="C9C6BD")),
    }
    yield NamedStyle("words", alignment=plain, **look)
    yield NamedStyle("number", alignment=right, **look)
    yield NamedStyle("percentage", alignment=right, number_format="0.0%", **look)
    yield NamedStyle("day", alignment=right, number_format="yyyy-mm-dd", **look)
    tint, under = PatternFill("solid", fgColor="F0EEE8"), Border(bottom=Side("thin", color="17191E"))
    yield NamedStyle(
        "head", Font(_FONT, 10, bold=True, color="17191E"), tint, under, Alignment("left", "top", wrap_text=True)
    )


def _dated(members: Iterable[tuple[str, bytes]], made: datetime) -> Iterable[tuple[str, bytes]]:
    """Take the clock out of what the library writes."""
    stamp = f"{made:%Y-%m-%dT%H:%M:%SZ}".encode()
    for name, data in members:
        yield name, _MODIFIED.sub(rb"\g<1>" + stamp, data) if name == "docProps/core.xml" else data


def _write(book: Workbook, it: Sheet, languages: Languages) -> None:
    sheet = book.create_sheet(_name(it.name, languages))
    columns = list(_columns(it.fields, languages))
    for place, (_, _, head, width) in enumerate(columns, 1):
        _set_text(sheet.cell(1, place), head, "head")
        sheet.column_dimensions[get_column_letter(place)].width = width
    for number, row in enumerate(it.rows, 2):
        for place, (index, language, _, _) in enumerate(columns, 1):
            _set(sheet.cell(number, place), row[index], language)
        sheet.row_dimensions[number].height = _height(sheet, number, [width for *_, width in columns])
    _finish(sheet, len(columns), len(it.rows) + 1)


def _columns(fields: tuple[Field, ...], languages: Languages) -> Iterable[tuple[int, str, str, float]]:
    """Give each column its field, its language, its head and its width; a text of ours has one for each language."""
    for index, field in enumerate(fields):
        if not field.is_ours or languages is not Languages.BOTH:
            head = "\n".join(wording for _, wording in languages.said(field.head))
            yield index, "en" if languages is Languages.EN else "zh", head, field.width
            continue
        yield index, "zh", field.head.zh, field.width
        yield index, "en", field.head.en, field.width


def _set(cell: Cell, value: Value, language: str) -> None:
    if isinstance(value, Text):
        _set_text(cell, value.en if language == "en" else value.zh)
    elif isinstance(value, str):
        _set_text(cell, value)
    elif isinstance(value, Percent):
        cell.value, cell.style = value.share, "percentage"
    elif isinstance(value, date):
        cell.value, cell.style = value, "day"
    else:
        cell.value, cell.style = value, "words" if value is None else "number"


def _set_text(cell: Cell, text: str, style: str = "words") -> None:
    """Write text as text, whatever it begins with; one too long for a cell says that it is cut."""
    kept = clean(text)
    if len(kept) > _LONGEST:
        cut = both("… (cut; the other formats have the whole text)").zh
        kept = kept[: _LONGEST - len(cut)] + cut
    cell.style = style
    if kept:
        cell.value, cell.data_type = kept, "s"
        cell.quotePrefix = kept[0] in _LOOKS_LIKE_A_FORMULA


def _height(sheet: Worksheet, row: int, widths: Sequence[float]) -> float:
    """Say how tall a row is, as not every program that opens a workbook works it out."""
    cells = (sheet.cell(row, place).value for place in range(1, len(widths) + 1))
    most = max(_lines(str(value), width) for value, width in zip(cells, widths, strict=True))
    return min(_HIGHEST, _LINE_HEIGHT * most + 4)


def _lines(text: str, width: float) -> int:
    """Say how many lines a text takes in a column so many digits wide."""
    return sum(1 + int(sum(2 if ord(each) > 0x2E7F else 1 for each in line) / width) for line in text.split("\n"))


def _finish(sheet: Worksheet, columns: int, rows: int) -> None:
    """Freeze the head, put the filter on, and set up the paper."""
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(columns)}{rows}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"
    foot = sheet.HeaderFooter.oddFooter
    if foot:
        foot.right.text = "&P / &N"


def _name(it: Text, languages: Languages) -> str:
    """Name a sheet within the 31 characters that a workbook allows."""
    shorter = it.en if languages is Languages.EN else it.zh
    name = languages.line(it)
    return _NOT_IN_NAMES.sub(" ", name if len(name) <= _LONGEST_NAME else shorter)[:_LONGEST_NAME]
