"""An assessment as an Excel workbook to be filled in by hand. The same input gives the same bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.cell import MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.workbook.protection import WorkbookProtection
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from files import workbook_guide as guide
from files import workbook_stamp as stamps
from files.workbook_dialect import Dialect, escaped, labels_of
from files.workbook_layout import Layout, Look, Row, Sheet, Wish, asked_items
from files.workbook_stamp import Stamp
from files.workbook_styles import add_styles, height_of, protect, set_up_paper, style_name
from files.workbook_words import KEY, said
from scoring.assessment import Assessment
from surveys.questionnaire import Questionnaire
from surveys.text import Text

KEYS_ROW, HEADER_ROW = 1, 2
HEADER_HEIGHT = 32
GUIDE_WIDTH = 84
WRAPPED = frozenset({Look.ITEM, Look.LINE, Look.OPEN})
FIXED = datetime(2000, 1, 1)  # noqa: DTZ001 - the date of no day: a workbook holds no clock
ZIP_FIXED = (1980, 1, 1, 0, 0, 0)
MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
AnyCell = SheetCell | MergedCell
REFUSED = Text("请从下拉列表里选。", "Choose from the list.")


def write_workbook(it: Questionnaire, assessment: Assessment, wish: Wish | None = None) -> bytes:
    """Write the items of an assessment's target, with what is stated so far."""
    wish = wish or Wish()
    items = asked_items(it, assessment, wish)
    stamp = Stamp(
        questionnaire=it.name,
        assessment=wish.assessment,
        languages=wish.languages,
        versions={item.id: wish.versions.get(item.id, 0) for item in items},
        labels=labels_of(assessment.documents),
    )
    layout = Layout(it, assessment, wish, Dialect(wish.languages, it.scale, stamp.labels))
    book = Workbook()
    add_styles(book)
    write_guide(book.active, guide.facts(it, assessment, wish, len(items)))  # type: ignore[arg-type]
    lists = Lists(book)
    for sheet in layout.sheets():
        SheetWriter(book.create_sheet(sheet.name), sheet, lists, wish).write()
    lists.finish(stamp)
    book.security = WorkbookProtection(lockStructure=True)
    book.properties.creator, book.properties.title = "Plumbline", it.name
    book.properties.created = FIXED
    return fixed(book)


class Lists:
    """The hidden sheet: the stamp in its first columns, a column for each drop-down after them."""

    FIRST = 5

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.found: dict[tuple[str, ...], str] = {}

    def reference(self, choices: tuple[str, ...]) -> str:
        """Return where a drop-down is kept."""
        if choices not in self.found:
            letter = get_column_letter(self.FIRST + len(self.found))
            self.found[choices] = f"{stamps.SHEET}!${letter}$1:${letter}${len(choices)}"
        return self.found[choices]

    def finish(self, stamp: Stamp) -> None:
        """Write the hidden sheet."""
        sheet = self.book.create_sheet(stamps.SHEET)
        for number, row in enumerate(stamp.rows(), 1):
            for column, text in enumerate(row, 1):
                put(sheet.cell(number, column), text)
        for index, choices in enumerate(self.found):
            for number, text in enumerate(choices, 1):
                put(sheet.cell(number, self.FIRST + index), text)
        sheet.sheet_state = "veryHidden"
        protect(sheet)


class SheetWriter:
    """Writes one sheet."""

    def __init__(self, sheet: Worksheet, plan: Sheet, lists: Lists, wish: Wish) -> None:
        self.sheet = sheet
        self.plan = plan
        self.lists = lists
        self.wish = wish
        self.choosing: dict[tuple[str, ...], DataValidation] = {}

    def write(self) -> None:
        """Write keys, header and rows; hide the keys, keep the header in view."""
        for index, column in enumerate(self.plan.columns, 1):
            self.cell(KEYS_ROW, index, column.id, Look.HIDDEN)
            title = "" if column.id == KEY else said(column.title, self.wish.languages)
            self.cell(HEADER_ROW, index, title, Look.HEADER)
            self.sheet.column_dimensions[get_column_letter(index)].width = column.width
        for number, row in enumerate(self.plan.rows, HEADER_ROW + 1):
            self.row(number, row)
        self.sheet.row_dimensions[HEADER_ROW].height = HEADER_HEIGHT
        self.sheet.row_dimensions[KEYS_ROW].hidden = True
        self.sheet.column_dimensions["A"].hidden = True
        self.sheet.freeze_panes = f"D{HEADER_ROW + 1}"
        self.sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
        set_up_paper(self.sheet, landscape=True)
        protect(self.sheet)

    def row(self, number: int, row: Row) -> None:
        """Write one row."""
        wrapped = ((row[each.id].text, each.width) for each in self.plan.columns if row[each.id].look in WRAPPED)
        self.sheet.row_dimensions[number].height = height_of(wrapped)
        for index, column in enumerate(self.plan.columns, 1):
            cell = row[column.id]
            written = self.cell(number, index, cell.text, cell.look)
            if cell.choices:
                self.offer(written, cell.choices)

    def cell(self, row: int, column: int, text: str, look: Look) -> AnyCell:
        """Write one cell."""
        cell = self.sheet.cell(row, column)
        cell.style = style_name(look)
        put(cell, text)
        return cell

    def offer(self, cell: AnyCell, choices: tuple[str, ...]) -> None:
        """Give a cell its drop-down."""
        if choices not in self.choosing:
            found = DataValidation(type="list", formula1=self.lists.reference(choices), allow_blank=True)
            found.showErrorMessage = True
            found.error = said(REFUSED, self.wish.languages)
            self.sheet.add_data_validation(found)
            self.choosing[choices] = found
        self.choosing[choices].add(cell)


def put(cell: AnyCell, text: str) -> None:
    """Write a text that stays a text, whatever it looks like."""
    if text:
        cell.value = escaped(text)
        cell.data_type = "s"


def write_guide(sheet: Worksheet, facts: Iterable[tuple[str, str]]) -> None:
    """Write the first sheet."""
    sheet.title = guide.NAME
    sheet.sheet_view.showGridLines = False
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 26, GUIDE_WIDTH
    put(sheet["A1"], guide.TITLE)
    sheet["A1"].style = style_name(Look.SECTION)
    sheet["B1"].style = style_name(Look.SECTION)
    number = 2
    for label, value in facts:
        write_pair(sheet, number, label, value)
        number += 1
    for step, text in enumerate(guide.HOW, 1):
        write_pair(sheet, number, str(step), f"{text.zh}\n{text.en}")
        number += 1
    set_up_paper(sheet, landscape=False)
    protect(sheet)


def write_pair(sheet: Worksheet, number: int, label: str, value: str) -> None:
    """Write a label and what it stands for."""
    left, right = sheet.cell(number, 1), sheet.cell(number, 2)
    left.style, right.style = style_name(Look.ITEM), style_name(Look.LINE)
    sheet.row_dimensions[number].height = height_of([(value, GUIDE_WIDTH)])
    put(left, label)
    put(right, value)


def fixed(book: Workbook) -> bytes:
    """Save a workbook without the moment at which it was saved."""
    saved, result = BytesIO(), BytesIO()
    book.save(saved)
    with ZipFile(saved) as source, ZipFile(result, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "docProps/core.xml":
                data = MODIFIED.sub(rb"\g<1>2000-01-01T00:00:00Z", data)
            info = ZipInfo(name, ZIP_FIXED)
            info.compress_type = ZIP_DEFLATED
            target.writestr(info, data)
    return result.getvalue()
