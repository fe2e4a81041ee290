"""What stands where in a workbook: its sheets, their rows and cells. Knows nothing of any spreadsheet program."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from answering.differences import Field, Value, fields_of
from files.workbook_dialect import Dialect, clean
from files.workbook_words import (
    BOTH,
    COLUMNS,
    DOCUMENT_COLUMNS,
    KEY,
    Column,
    Languages,
    said,
    shared_with,
    told,
)
from scoring.answers import UNANSWERED
from scoring.assessment import Assessment, Document
from surveys.items import Evidence, Item
from surveys.questionnaire import Questionnaire, Section
from surveys.text import Text

NEW_DOCUMENTS = 60
LONGEST_SHEET_NAME = 31
NOT_IN_A_SHEET_NAME = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
ANSWERS = Text("填写", "Answers")
DOCUMENTS = Text("文件", "Documents")
OPTIONAL = Text("可选", "optional")
SECTION_ROW = "section"
NEW_ROW = "new"


class Look(StrEnum):
    """How a cell looks."""

    HEADER = "header"
    SECTION = "section"
    ITEM = "item"
    LINE = "line"
    OPEN = "open"
    SHUT = "shut"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Cell:
    """A text, how it looks, and the drop-down it is chosen from."""

    text: str
    look: Look
    choices: tuple[str, ...] = ()


Row = Mapping[str, Cell]


@dataclass(frozen=True)
class Sheet:
    """A sheet: its columns, the row of keys, the header, and what follows."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Wish:
    """What kind of workbook somebody wants, and of which state of the answers."""

    languages: Languages = BOTH
    by_section: bool = False
    items: Collection[str] | None = None
    title: str = ""
    assessment: str = ""
    versions: Mapping[str, int] = field(default_factory=dict)


def asked_items(it: Questionnaire, assessment: Assessment, wish: Wish) -> tuple[Item, ...]:
    """Return the items of the target that the workbook is to hold, in the form's order."""
    target = it.items_at(assessment.level, assessment.reading)
    return tuple(item for item in target if wish.items is None or item.id in wish.items)


class Layout:
    """Lays out one workbook."""

    def __init__(self, it: Questionnaire, assessment: Assessment, wish: Wish, dialect: Dialect) -> None:
        self.it = it
        self.assessment = assessment
        self.wish = wish
        self.dialect = dialect
        self.asked = frozenset(item.id for item in asked_items(it, assessment, wish))

    def sheets(self) -> Iterator[Sheet]:
        """Yield the sheets to fill in: one, or one a section; then the documents."""
        sections = [section for section in self.it.sections if self.asked.intersection(section.items)]
        parts = [[each] for each in sections] if self.wish.by_section else [sections]
        for index, part in enumerate(parts, 1):
            title = f"{index} {said(part[0].title, self.languages)}" if self.wish.by_section else self.say(ANSWERS)
            yield Sheet(sheet_name(title), COLUMNS, tuple(row for each in part for row in self.section(each)))
        yield Sheet(self.say(DOCUMENTS), DOCUMENT_COLUMNS, tuple(self.documents()))

    @property
    def languages(self) -> Languages:
        """The languages of the workbook."""
        return self.wish.languages

    def say(self, text: Text) -> str:
        """Write a word in the languages of the workbook."""
        return said(text, self.languages)

    def section(self, section: Section) -> Iterator[Row]:
        """Yield a section's heading, its items and their lines."""
        heading = {column.id: Cell("", Look.SECTION) for column in COLUMNS}
        yield heading | {KEY: Cell(SECTION_ROW, Look.HIDDEN), "number": Cell(self.say(section.title), Look.SECTION)}
        for item in self.it.items_of(section):
            if item.id in self.asked:
                stated = fields_of(self.assessment.answers.get(item.id, UNANSWERED))
                yield self.item(item, stated)
                yield from (self.line(item, line, stated) for line in item.evidence)

    def item(self, item: Item, stated: Mapping[Field, Value | None]) -> Row:
        """Lay out the row of an item."""
        other = self.it.by_id.get(item.shares or "")
        lacks = shared_with(item, other.number) if other else None
        asked = [told(item.ask, self.languages), *([told(lacks, self.languages)] if lacks else [])]
        row = {column.id: self.cell(column.of_item, None, item, stated) for column in COLUMNS}
        return row | {
            KEY: Cell(item.id, Look.HIDDEN),
            "number": Cell(item.number, Look.ITEM),
            "asked": Cell("\n".join(asked), Look.ITEM),
        }

    def line(self, item: Item, line: Evidence, stated: Mapping[Field, Value | None]) -> Row:
        """Lay out the row of an evidence line."""
        row = {column.id: self.cell(self.of_line(column, line), line.id, item, stated) for column in COLUMNS}
        nature = OPTIONAL if line.optional else line.when
        wanted = [told(line.text, self.languages), *([f"({self.say(nature)})"] if nature else [])]
        return row | {
            KEY: Cell(f"{item.id}/{line.id}", Look.HIDDEN),
            "number": Cell("", Look.LINE),
            "asked": Cell("\n".join(wanted), Look.LINE),
        }

    @staticmethod
    def of_line(column: Column, line: Evidence) -> str | None:
        """Return what a column states of a line; only a conditional one may not apply."""
        return None if column.of_line == "applies" and line.when is None else column.of_line

    def cell(self, name: str | None, line: str | None, item: Item, stated: Mapping[Field, Value | None]) -> Cell:
        """Lay out a cell to fill in, or one that is shut."""
        if name is None:
            return Cell("", Look.SHUT)
        part = Field(name, line)
        offered = self.dialect.choices(part, item)
        choices = offered.all_written(self.languages) if offered else ()
        return Cell(self.dialect.written(part, stated.get(part), item), Look.OPEN, choices)

    def documents(self) -> Iterator[Row]:
        """Yield the documents there are, then empty rows for new ones."""
        for key, each in self.assessment.documents.items():
            yield document_row(key, each)
        for _ in range(NEW_DOCUMENTS):
            new = {column.id: Cell("", Look.OPEN) for column in DOCUMENT_COLUMNS}
            yield new | {KEY: Cell(NEW_ROW, Look.HIDDEN)}


def document_row(key: str, document: Document) -> Row:
    """Lay out a document that is there already."""
    texts = {column.id: getattr(document, column.id, None) for column in DOCUMENT_COLUMNS}
    row = {name: Cell(clean(str(value)) if value else "", Look.LINE) for name, value in texts.items()}
    return row | {KEY: Cell(key, Look.HIDDEN)}


def sheet_name(title: str) -> str:
    """Make a name that every program takes for a sheet."""
    return NOT_IN_A_SHEET_NAME.sub(" ", title)[:LONGEST_SHEET_NAME].strip()
