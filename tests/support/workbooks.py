"""Workbooks as somebody fills them in."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from openpyxl import Workbook, load_workbook

from files.workbook_words import COLUMNS, DOCUMENT_COLUMNS

INDEX = {column.id: index for index, column in enumerate(COLUMNS, 1)}
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DOCUMENT_INDEX = {column.id: index for index, column in enumerate(DOCUMENT_COLUMNS, 1)}


def opened(data: bytes) -> Workbook:
    """Open a workbook to change it."""
    return load_workbook(BytesIO(data))


def closed(book: Workbook) -> bytes:
    """Save a workbook."""
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def cell(book: Workbook, row: str, column: str) -> Any:
    """Find the cell of an item or line: `q-1`, `q-1/a`."""
    for sheet in book.worksheets[1:]:
        for index in range(1, sheet.max_row + 1):
            if sheet.cell(index, 1).value == row:
                return sheet.cell(index, INDEX[column])
    raise KeyError(row)


def filled(data: bytes, values: Mapping[tuple[str, str], Any]) -> bytes:
    """Fill in cells, by row and column."""
    book = opened(data)
    for (row, column), value in values.items():
        cell(book, row, column).value = value
    return closed(book)


def listed(data: bytes, *documents: Mapping[str, Any]) -> bytes:
    """List new documents on their sheet."""
    book = opened(data)
    sheet = next(each for each in book.worksheets if each.cell(1, 3).value == "title")
    free = [index for index in range(3, sheet.max_row + 1) if sheet.cell(index, 1).value == "new"]
    for index, document in zip(free, documents, strict=False):
        for name, value in document.items():
            sheet.cell(index, DOCUMENT_INDEX[name]).value = value
    return closed(book)


def attached(data: bytes, parts: Mapping[str, str | bytes], sheet: int = 2) -> bytes:
    """Hang parts onto a sheet as a spreadsheet program does: `{"comments1.xml": "<comments…"}`."""
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{RELATION}/{name.rstrip("0123456789.xml")}" Target="../{name}"/>'
        for number, name in enumerate(parts, 1)
    )
    saved = BytesIO(data)
    with ZipFile(saved, "a") as book:
        book.writestr(f"xl/worksheets/_rels/sheet{sheet}.xml.rels", f"<Relationships>{relations}</Relationships>")
        for name, text in parts.items():
            book.writestr(f"xl/{name}", text)
    return saved.getvalue()
