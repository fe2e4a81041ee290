"""The chapters behind page one as Word sets them: headings, sentences, tables whose heads repeat."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from reports.contents.parts import (
    Cell,
    Chapter,
    Chart,
    Column,
    Form,
    Heading,
    Part,
    Proposal,
    Prose,
    Row,
    Sealed,
    Table,
    Tally,
)
from reports.docx_markup import Cell as Boxed
from reports.docx_markup import Line, Rules, paragraph, run, table
from reports.docx_package import CODE
from reports.docx_pictures import picture
from reports.docx_styles import TINT
from reports.docx_voices import SIGNS, both_runs, paragraphs, stacked, tally
from reports.languages import Languages
from reports.phrases import both

WIDTH = 170.0
# So many characters in one cell may be taller than half a page
_TALL = 900
_CODE_SIZE = 36.0
_SUM = "7,17191E"
_NEW_PAGE = "<w:pageBreakBefore/>"
_AFTER = paragraph(properties='<w:spacing w:before="0" w:after="0" w:line="120" w:lineRule="exact"/>')


def chapter(it: Chapter, number: int, languages: Languages) -> str:
    """Set a chapter with its number."""
    title = run(f"{number}  ", style="Label") + both_runs(it.title, languages, "Heading1")
    heading = paragraph(title, style="Heading1", properties=_NEW_PAGE if it.starts_page else "")
    return heading + "".join(_SETTERS[type(each)](each, languages) for each in it.parts)


def _prose(it: Prose, languages: Languages) -> str:
    return paragraphs(it.said, languages, WIDTH, style="Lead")


def _tally(it: Tally, languages: Languages) -> str:
    return tally(it.counts, languages, "Lead")


def _heading(it: Heading, languages: Languages) -> str:
    return paragraph(both_runs(it.text, languages, "Heading2"), style="Heading2")


def _chart(_: Chart, __: Languages) -> str:
    """A chart's figures stand in the table beside it, which is what can be edited."""
    return ""


def _table(it: Table, languages: Languages) -> str:
    head = Line(tuple(Boxed(_head(column, languages)) for column in it.columns), is_head=True)
    lines = [head, *(_row(each, it, languages) for each in it.rows)]
    return table(languages.line(it.name), [column.width for column in it.columns], lines) + _AFTER


def _head(it: Column, languages: Languages) -> str:
    style = "TableHeadRight" if it.is_figure else "TableHead"
    return stacked(it.head, languages, style)


def _row(it: Row, within: Table, languages: Languages) -> Line:
    columns = within.columns
    if it.is_title:
        return Line((Boxed(_title(it.cells[0], languages), spans=len(columns), shade=TINT),))
    cells = tuple(
        Boxed(_cell(cell, column, languages), middle=False) for cell, column in zip(it.cells, columns, strict=True)
    )
    return Line(cells, may_split=_is_tall(it.cells), height=within.row_height, top=_SUM if it.is_total else "")


def _title(it: Cell, languages: Languages) -> str:
    """Set a section's row on one line: its name, and its counts behind."""
    first, *rest = it
    runs = [both_runs(first.text, languages, "TableName")]
    runs += [run(f"    {_signed(each.shape)}{each.text.zh}") for each in rest]
    return paragraph(*runs, style="TableName", properties="<w:keepNext/>")


def _signed(shape: str) -> str:
    return f"{SIGNS[shape]} " if shape else ""


def _cell(it: Cell, column: Column, languages: Languages) -> str:
    return "".join(paragraphs(each, languages, column.width, is_figure=column.is_figure) for each in it)


def _is_tall(cells: tuple[Cell, ...]) -> bool:
    return any(sum(len(each.text.zh) + len(each.text.en) / 3 for each in cell) > _TALL for cell in cells)


def _proposal(it: Proposal, languages: Languages) -> str:
    body = "".join(paragraphs(each, languages, WIDTH - 8) for each in it.lines)
    rules = Rules("4,17191E", "4,17191E", "4,17191E", is_grid=True)
    name = languages.line(it.lines[0].text)
    return table(name, [WIDTH], [Line((Boxed(body, shade=TINT),))], rules) + _AFTER


def _form(it: Form, languages: Languages) -> str:
    """Set a form on a page of its own, as it is signed and filed by itself."""
    above = _NEW_PAGE if it.starts_page else ""
    heading = paragraph(both_runs(it.name, languages, "Heading2"), style="Heading2", properties=above)
    lines = []
    for each in it.blocks:
        cells = (Boxed(stacked(each.label, languages, "TableHead")), Boxed(_body(each.cell, languages)))
        lines.append(Line(cells, height=each.height))
    return heading + table(languages.line(it.name), [41, 129], lines) + _AFTER


def _body(cell: Cell, languages: Languages) -> str:
    return "".join(paragraphs(each, languages, 129) for each in cell)


def _sealed(it: Sealed, languages: Languages) -> str:
    """Set the seal with its code; the two stay on one page."""
    name = languages.line(both("QR code of the report’s number and digest"))
    code = paragraph(picture(CODE, name, _CODE_SIZE, _CODE_SIZE))
    said = "".join(
        paragraph(both_runs(label, languages, "TableNote"), style="TableNote") + paragraphs(each, languages, 124)
        for label, each in it.facts
    )
    return table(name, [42, 128], [Line((Boxed(code), Boxed(said)))], Rules("", "", "")) + _AFTER


_SETTERS: dict[type[Part], Callable[[Any, Languages], str]] = {
    Prose: _prose,
    Tally: _tally,
    Heading: _heading,
    Chart: _chart,
    Table: _table,
    Proposal: _proposal,
    Form: _form,
    Sealed: _sealed,
}
