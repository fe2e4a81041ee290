"""The cells of a workbook that came back: where each stands and what somebody wrote there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from itertools import chain
from typing import Any

from answering.arriving import Unread
from files import workbook_guide as guide
from files import workbook_stamp as stamps
from files.archives import Refused, check_archive
from files.workbook_dialect import unescaped
from files.workbook_notes import tell_notes
from files.workbook_stamp import Stamp, stamp_from
from files.workbook_words import BOTH, COLUMNS, DOCUMENT_COLUMNS, KEY, said
from surveys.problems import MOST_PROBLEMS, Problem
from surveys.text import Language

MOST_ROWS = 3_000
MOST_COLUMNS = 40
MOST_SHEETS = 60
MOST_STAMP_ROWS = 20_000
MOST_UNREAD = 12
# People hide a sheet; hidden so that no menu brings it back, a program keeps something there for itself
OF_A_PROGRAM = "veryHidden"


# What headers say over the columns of a name, in one language or in both
TITLES: Mapping[str, frozenset[str]] = {
    wanted.id: frozenset(
        said(each.title, languages)
        for each in (*COLUMNS, *DOCUMENT_COLUMNS)
        for languages in ((Language.ZH,), (Language.EN,), BOTH)
        if each.id == wanted.id
    )
    for wanted in (*COLUMNS, *DOCUMENT_COLUMNS)
}


@dataclass(frozen=True, slots=True)
class Place:
    """A cell as people name it: `Answers!D12`."""

    sheet: str
    row: int
    column: int = 0

    def __str__(self) -> str:
        from openpyxl.utils import get_column_letter

        cell = f"{get_column_letter(self.column)}{self.row}" if self.column else str(self.row)
        return f"{self.sheet}!{cell}"


@dataclass(frozen=True, slots=True)
class Found:
    """What stands in a cell; `trouble` where it is no value that somebody wrote."""

    place: Place
    text: str = ""
    trouble: str | None = None


@dataclass(frozen=True)
class FoundRow:
    """A row of a sheet of ours, by the keys of its columns."""

    key: str
    place: Place
    cells: Mapping[str, Found]


@dataclass
class Cells:
    """Everything found, what is wrong with the sheets themselves, and what stands where nothing is read."""

    stamp: Stamp
    rows: list[FoundRow] = field(default_factory=list)
    documents: list[FoundRow] = field(default_factory=list)
    problems: list[tuple[Place | None, Problem]] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    unread_count: int = 0

    def complain(self, place: Place | None, code: str, **words: str) -> None:
        """Note a problem; nobody reads on after so many."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append((place, Problem(code, (), words)))

    def pass_over(self, cell: Found) -> None:
        """Note what stands in a cell that is not read."""
        if cell.text.strip():
            self.leave_out(Unread(str(cell.place), cell.text))

    def leave_out(self, text: Unread) -> None:
        """Note a text that is not read; of very many only the first are named."""
        self.unread_count += 1
        if len(self.unread) < MOST_UNREAD:
            self.unread.append(text)


def cells_of(data: bytes) -> Cells:
    """Read the cells of a workbook. Raise Refused where it cannot be read at all."""
    check_archive(data)
    try:
        return read(data)
    except Refused:
        raise
    except Exception as error:  # whatever a damaged file brings a parser to raise, the answer is the same
        raise Refused("workbook-unreadable") from error


def read(data: bytes) -> Cells:
    """Read the stamp, then every sheet that has our keys above it, and look at what else there is."""
    from openpyxl import load_workbook  # 8 MB, which a worker that reads no workbook does without

    book = load_workbook(BytesIO(data), read_only=True, data_only=False)
    try:
        found = Cells(stamp_of(book))
        for sheet in book.worksheets[:MOST_SHEETS]:
            if sheet.title != stamps.SHEET:
                read_sheet(sheet, found)
        for sheet in book.worksheets[MOST_SHEETS:]:
            found.leave_out(Unread(sheet.title, "…"))
        tell_notes(data, found.leave_out)
        return found
    finally:
        book.close()


def stamp_of(book: Any) -> Stamp:
    """Read the hidden sheet, or refuse a workbook that has none or a newer one."""
    if stamps.SHEET not in book.sheetnames:
        raise Refused("workbook-not-ours", sheet=stamps.SHEET)
    rows = book[stamps.SHEET].iter_rows(max_row=MOST_STAMP_ROWS, max_col=3, values_only=True)
    texts = ([text_of(each) for each in (*row, None, None, None)] for row in rows)
    stamp = stamp_from((kind, key, value) for kind, key, value, *_ in texts)
    name, _, version = stamp.format.partition("@")
    if name != stamps.FORMAT.partition("@")[0] or not version.isdecimal():
        raise Refused("workbook-not-ours", sheet=stamps.SHEET)
    if stamp.format != stamps.FORMAT:
        raise Refused("workbook-newer", found=stamp.format, known=stamps.FORMAT)
    return stamp


def read_sheet(sheet: Any, found: Cells) -> None:
    """Read one sheet; what has no keys in its first row is none of ours."""
    rows = sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS)
    first = next(rows, ())
    keys = {index: text_of(cell.value) for index, cell in enumerate(first, 1)}
    kind = kind_of(set(filter(None, keys.values())))
    if kind is None:
        if sheet.sheet_state != OF_A_PROGRAM:
            pass_over_sheet(sheet.title, chain([first], rows), found)
        return
    known = {column.id for column in kind}
    keys = {index: key for index, key in keys.items() if key in known}
    pass_over_beside(sheet.title, 1, keys, first, found)
    lost = [column.title for column in kind if column.id not in keys.values()]
    if lost:
        columns = ", ".join(f"{each.zh} {each.en}" for each in lost)
        found.complain(Place(sheet.title, 1), "columns-changed", columns=columns)
        return
    into = found.rows if kind is COLUMNS else found.documents
    for number, row in enumerate(rows, 2):
        if number > MOST_ROWS:
            if any(cell.value is not None for cell in row):
                found.complain(Place(sheet.title, number), "too-many-rows", limit=str(MOST_ROWS))
            return
        into += found_rows(sheet.title, number, keys, row, found)


def kind_of(keys: set[str]) -> Any:
    """Say whether a sheet holds answers or documents, by the greater part of its keys."""
    for columns in (COLUMNS, DOCUMENT_COLUMNS):
        own = {column.id for column in columns} - {KEY, "number"}
        if len(keys & own) * 2 > len(own):
            return columns
    return None


def found_rows(sheet: str, number: int, keys: Mapping[int, str], row: Any, found: Cells) -> Iterator[FoundRow]:
    """Yield a row with a key; what stands in one without a key, or beside the columns, is passed over."""
    cells = {
        keys[index]: found_cell(Place(sheet, number, index), cell) for index, cell in enumerate(row, 1) if index in keys
    }
    key = cells[KEY].text if KEY in cells else ""
    if key:
        yield FoundRow(key, Place(sheet, number), cells)
    else:
        for name, cell in cells.items():
            if cell.text not in TITLES[name]:
                found.pass_over(cell)
    pass_over_beside(sheet, number, keys, row, found)


def pass_over_beside(sheet: str, number: int, keys: Mapping[int, str], row: Any, found: Cells) -> None:
    """Note what a row holds beside the columns of ours."""
    for index, cell in enumerate(row, 1):
        if index not in keys and cell.value is not None:
            found.pass_over(found_cell(Place(sheet, number, index), cell))


def pass_over_sheet(sheet: str, rows: Iterable[Any], found: Cells) -> None:
    """Note what stands on a sheet that is none of ours; what the first sheet says of itself is ours."""
    for number, row in enumerate(rows, 1):
        written = [(index, cell) for index, cell in enumerate(row, 1) if cell.value is not None]
        texts = {index: text_of(cell.value) for index, cell in written}
        is_own = guide.is_own(texts.get(1, ""), texts.get(2, ""))
        for index, cell in written:
            if not (is_own and index <= guide.WIDTH):
                found.pass_over(found_cell(Place(sheet, number, index), cell))


def found_cell(place: Place, cell: Any) -> Found:
    """Say what stands in a cell."""
    value, kind = cell.value, cell.data_type
    if kind == "f":
        return Found(place, text_of(value), "formula")
    if kind == "e":
        return Found(place, text_of(value), "error-value")
    return Found(place, text_of(value))


def text_of(value: Any) -> str:
    """Write whatever a cell holds as the text somebody meant: 3.0 is 3, a date is its day."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat(" ", "minutes")
    return value.isoformat() if isinstance(value, date) else unescaped(str(value))
