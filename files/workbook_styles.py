"""How a workbook looks: one typeface that every computer has, white cells to fill in, and paper in A4."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from math import ceil

from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side
from openpyxl.workbook import Workbook
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from files.workbook_layout import Look

FACE = "Arial"
INK, SOFT_INK, LINE = "17191E", "474B54", "D3D1C8"
SUNK, CARD, ACCENT, ACCENT_SOFT = "F0EEE8", "F7F6F2", "2A4393", "E9EDF8"
A4 = 9
THIN = Side(style="thin", color=LINE)
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
# Excel would make numbers, dates and formulas of what somebody types; `@` keeps it text
AS_TEXT = "@"
LINE_HEIGHT, ROOM, TALLEST = 13.5, 4.5, 400.0
WIDE, NARROW = 1.8, 0.95


def styles() -> list[NamedStyle]:
    """Return the styles of a workbook, by the names of the looks."""
    return [
        style(Look.HEADER, Font(name=FACE, size=10, bold=True, color="FFFFFF"), ACCENT),
        style(Look.SECTION, Font(name=FACE, size=11, bold=True, color=ACCENT), ACCENT_SOFT, wraps=False),
        style(Look.ITEM, Font(name=FACE, size=10, bold=True, color=INK), CARD),
        style(Look.LINE, Font(name=FACE, size=10, color=SOFT_INK), CARD, indent=1),
        style(Look.OPEN, Font(name=FACE, size=10, color=INK), "FFFFFF"),
        style(Look.SHUT, Font(name=FACE, size=10, color=SOFT_INK), SUNK),
        style(Look.HIDDEN, Font(name=FACE, size=8, color=SOFT_INK), CARD),
    ]


def style(look: Look, font: Font, fill: str, *, indent: int = 0, wraps: bool = True) -> NamedStyle:
    """Make one style."""
    return NamedStyle(
        name=style_name(look),
        font=font,
        fill=PatternFill("solid", start_color=fill),
        border=BOX,
        alignment=Alignment(vertical="top", wrap_text=wraps, indent=indent),
        protection=Protection(locked=look is not Look.OPEN),
        number_format=AS_TEXT,
    )


def height_of(texts: Iterable[tuple[str, int]]) -> float:
    """Return a height in which every text fits its width: no program works it out by itself when it opens a file."""
    lines = max((lines_of(text, width) for text, width in texts if text), default=1)
    return min(lines * LINE_HEIGHT + ROOM, TALLEST)


def lines_of(text: str, width: int) -> int:
    """Estimate how many lines a text takes; Chinese characters are twice as wide as others."""
    across = (sum(map(width_of, part)) for part in text.split("\n"))
    return sum(max(1, ceil(each / (width - 2))) for each in across)


def width_of(character: str) -> float:
    """Return how wide a character is, in the units of a column."""
    return WIDE if unicodedata.east_asian_width(character) in "WF" else NARROW


def style_name(look: Look) -> str:
    """Return what a style is called in the workbook."""
    return f"plumbline {look}"


def set_up_paper(sheet: Worksheet, *, landscape: bool) -> None:
    """Print on A4, one page wide, with page numbers."""
    sheet.page_setup.paperSize = A4
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom = 0.5, 0.6
    if sheet.oddFooter:
        sheet.oddFooter.center.text = "&P / &N"


def protect(sheet: Worksheet) -> None:
    """Lock what is not to be filled in, without a password; rows and columns may be resized."""
    sheet.protection.sheet = True
    sheet.protection.formatRows = False
    sheet.protection.formatColumns = False


def add_styles(book: Workbook) -> None:
    """Make the styles known to a workbook."""
    for each in styles():
        book.add_named_style(each)
