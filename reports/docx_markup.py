"""WordprocessingML as strings: paragraphs, runs, tables. The one place where a text becomes Word's mark-up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from reports.cleaning import clean

# Latin words in a Chinese text keep a Latin language, or some programs break them anywhere
LANGUAGES = {"zh": '<w:lang w:val="en-GB" w:eastAsia="zh-CN"/>', "en": '<w:lang w:val="en-GB"/>'}
# Word sets quotation marks and signs that Latin fonts have too in the Chinese font only where it is told to
_CHINESE = '<w:rFonts w:hint="eastAsia"/>'
_HAN = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u2500-\u26ff]")
_TWIPS = 1440 / 25.4


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: how many columns it spans, and whether it goes on with the one above."""

    body: str
    spans: int = 1
    shade: str = ""
    starts_down: bool = False
    goes_on: bool = False
    middle: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table."""

    cells: tuple[Cell, ...]
    is_head: bool = False
    may_split: bool = False
    height: float = 0
    top: str = ""


@dataclass(frozen=True, slots=True)
class Rules:
    """The lines of a table: outside top and bottom, between rows, and whether it is a full grid."""

    top: str = "7,17191E"
    bottom: str = "3,17191E"
    inside: str = "2,C9C6BD"
    is_grid: bool = False


def twips(millimetres: float) -> int:
    return round(millimetres * _TWIPS)


def run(text: str, *, language: str = "", style: str = "") -> str:
    """Set a text; a line break in it is one in Word."""
    named = f"<w:rStyle w:val={quoteattr(style)}/>" if style else ""
    properties = named + (_CHINESE if _HAN.search(text) else "") + LANGUAGES.get(language, "")
    head = f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}"
    lines = clean(text).split("\n")
    return f"{head}{'<w:br/>'.join(map(_text, lines))}</w:r>"


def _text(line: str) -> str:
    return "<w:tab/>".join(f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in line.split("\t"))


def break_line() -> str:
    return "<w:r><w:br/></w:r>"


def field(instruction: str, style: str = "") -> str:
    """Set what Word counts itself."""
    properties = f"<w:rPr><w:rStyle w:val={quoteattr(style)}/></w:rPr>" if style else ""
    return f"<w:fldSimple w:instr={quoteattr(instruction)}><w:r>{properties}<w:t>1</w:t></w:r></w:fldSimple>"


def paragraph(*runs: str, style: str = "", properties: str = "") -> str:
    """Set a paragraph; properties stand in the order that the format asks for."""
    named = f"<w:pStyle w:val={quoteattr(style)}/>" if style else ""
    head = f"<w:pPr>{named}{properties}</w:pPr>" if named or properties else ""
    return f"<w:p>{head}{''.join(runs)}</w:p>"


def table(name: str, widths: Sequence[float], lines: Iterable[Line], rules: Rules = Rules()) -> str:
    """Set a table with fixed columns, in millimetres; its name is heard before it."""
    columns = [twips(width) for width in widths]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in columns)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(columns)}" w:type="dxa"/>{_borders(rules)}<w:tblLayout w:type="fixed"/>'
        f"{_MARGINS[rules.is_grid]}"
        '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" '
        f'w:noVBand="1"/><w:tblCaption w:val={quoteattr(clean(name))}/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"{''.join(_line(each, columns) for each in lines)}</w:tbl>"
    )


_MARGINS = {
    False: '<w:tblCellMar><w:top w:w="57" w:type="dxa"/><w:left w:w="0" w:type="dxa"/>'
    '<w:bottom w:w="57" w:type="dxa"/><w:right w:w="113" w:type="dxa"/></w:tblCellMar>',
    True: '<w:tblCellMar><w:top w:w="45" w:type="dxa"/><w:left w:w="68" w:type="dxa"/>'
    '<w:bottom w:w="45" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar>',
}


def _borders(it: Rules) -> str:
    sides = [("top", it.top), ("bottom", it.bottom), ("insideH", it.inside)]
    if it.is_grid:
        sides = [("top", it.top), ("left", it.top), ("bottom", it.bottom), ("right", it.top)]
        sides += [("insideH", it.inside), ("insideV", it.inside)]
    return f"<w:tblBorders>{''.join(_border(side, rule) for side, rule in sides)}</w:tblBorders>"


def _border(side: str, rule: str) -> str:
    """Write a border of so many eighths of a point in a colour, dashed where it says so."""
    if not rule:
        return f'<w:{side} w:val="nil"/>'
    size, colour, *dashed = rule.split(",")
    return f'<w:{side} w:val="{dashed[0] if dashed else "single"}" w:sz="{size}" w:space="0" w:color="{colour}"/>'


def _line(it: Line, columns: Sequence[int]) -> str:
    properties = "" if it.may_split else "<w:cantSplit/>"
    if it.height:
        properties += f'<w:trHeight w:val="{twips(it.height)}" w:hRule="atLeast"/>'
    properties += "<w:tblHeader/>" if it.is_head else ""
    cells, place = [], 0
    for each in it.cells:
        cells.append(_cell(each, sum(columns[place : place + each.spans]), it.top))
        place += each.spans
    head = f"<w:trPr>{properties}</w:trPr>" if properties else ""
    return f"<w:tr>{head}{''.join(cells)}</w:tr>"


def _cell(it: Cell, width: int, top: str) -> str:
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    properties += f'<w:gridSpan w:val="{it.spans}"/>' if it.spans > 1 else ""
    properties += '<w:vMerge w:val="restart"/>' if it.starts_down else ("<w:vMerge/>" if it.goes_on else "")
    properties += f"<w:tcBorders>{_border('top', top)}</w:tcBorders>" if top else ""
    properties += f'<w:shd w:val="clear" w:color="auto" w:fill="{it.shade}"/>' if it.shade else ""
    properties += '<w:vAlign w:val="center"/>' if it.middle else ""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{it.body or '<w:p/>'}</w:tc>"
