"""A workbook that came back filled in: what it states, or every problem named by its cell."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from answering.arriving import Unread
from answering.differences import Field, Value, answer_of, fields_of
from answering.limits import LONGEST_POINTER, LONGEST_TEXT
from files.archives import Refused
from files.placing import BadFile, Placed
from files.reading import refusal
from files.workbook_cells import Cells, Found, FoundRow, Place, cells_of
from files.workbook_dialect import SEPARATORS, Dialect, label_of
from files.workbook_layout import NEW_ROW, SECTION_ROW
from files.workbook_stamp import Stamp
from files.workbook_words import COLUMNS, KEY, Choices, plainly
from scoring.answers import Answer
from scoring.assessment import Document
from surveys.items import Item
from surveys.problems import Problem
from surveys.questionnaire import Questionnaire
from surveys.text import Language

LONGEST = {"pointer": LONGEST_POINTER}
NEW = "new-{}"
MOST_ROWS_NAMED = 12
# As `date` writes them, or with what people write between the numbers
DAY_SEPARATORS = str.maketrans({"/": "-", ".": "-", "年": "-", "月": "-", "日": None})


@dataclass(frozen=True)
class Returned:
    """What a workbook states: per item each field that has a cell, the documents it brings, and what was not read."""

    stamp: Stamp
    stated: Mapping[str, Mapping[Field, Value | None]]
    cells: Mapping[tuple[str, Field], Found]
    documents: Mapping[str, Document]
    dialect: Dialect
    questionnaire: Questionnaire
    unread: Sequence[Unread] = ()
    unread_count: int = 0

    def answer(self, item: str, base: Answer) -> Answer:
        """Return the answer as the workbook has it; a cell left as it was written keeps exactly what was there."""
        was = fields_of(base)
        asked = self.questionnaire.item(item)
        changed = {
            each: value
            for each, value in self.stated[item].items()
            if self.dialect.written(each, was.get(each), asked) != self.cells[item, each].text
        }
        return answer_of(was | changed)

    def place(self, item: str, part: Field) -> str:
        """Name the cell of a field, as far as it has one."""
        found = self.cells.get((item, part)) or self.cells.get((item, Field("conclusion")))
        return str(found.place) if found else ""


def read_workbook(
    data: bytes,
    it: Questionnaire,
    *,
    name: str = "",
    assessment: str = "",
    documents: Mapping[str, Document] | None = None,
) -> Returned:
    """Read a workbook of this questionnaire and assessment. Raise BadFile with every problem found.

    `documents` are those that cells may name besides the ones the workbook was made with.
    """
    try:
        found = cells_of(data)
    except Refused as refused:
        raise refusal(name, Problem(refused.code, (), refused.words)) from refused
    reader = Reader(found, it, documents or {})
    reader.check_stamp(assessment)
    if not found.problems:
        reader.read()
    if found.problems:
        raise BadFile(tuple(Placed(name, None, str(place or ""), None, problem) for place, problem in found.problems))
    return reader.returned()


@dataclass
class Reader:
    """Makes values of cells."""

    found: Cells
    it: Questionnaire
    documents: Mapping[str, Document]
    stated: dict[str, dict[Field, Value | None]] = field(default_factory=dict)
    cells: dict[tuple[str, Field], Found] = field(default_factory=dict)
    brought: dict[str, Document] = field(default_factory=dict)
    seen: dict[str, Place] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.dialect = Dialect(self.found.stamp.languages, self.it.scale, self.found.stamp.labels)
        self.names = Names(self.found.stamp.labels, self.documents)

    def returned(self) -> Returned:
        """Return what was read."""
        found = self.found
        return Returned(
            found.stamp, self.stated, self.cells, self.brought, self.dialect, self.it, found.unread, found.unread_count
        )

    def check_stamp(self, assessment: str) -> None:
        """The workbook belongs to this questionnaire version, and to this assessment if it says one."""
        stamp = self.found.stamp
        if stamp.questionnaire != self.it.name:
            self.found.complain(None, "workbook-other-questionnaire", found=stamp.questionnaire, name=self.it.name)
        elif stamp.assessment and assessment and stamp.assessment != assessment:
            self.found.complain(None, "workbook-other-assessment")

    def read(self) -> None:
        """Read documents, then answers, then look for what is missing."""
        for row in self.found.documents:
            self.document(row)
        for row in self.found.rows:
            self.row(row)
        for item in self.found.stamp.versions:
            if item not in self.it.by_id:
                self.found.complain(None, "row-unknown", name=self.it.name, row=item)
        self.check_rows()

    def check_rows(self) -> None:
        """Every row that went out has come back."""
        lost = [
            key
            for item in self.found.stamp.versions
            if item in self.it.by_id
            for key in (item, *(f"{item}/{line.id}" for line in self.it.item(item).evidence))
            if key not in self.seen
        ]
        if lost:
            named = ", ".join(lost[:MOST_ROWS_NAMED]) + (" …" if len(lost) > MOST_ROWS_NAMED else "")
            self.found.complain(None, "rows-missing", count=str(len(lost)), rows=named)

    def row(self, row: FoundRow) -> None:
        """Read the row of an item or of an evidence line."""
        if row.key == SECTION_ROW:
            self.pass_over(row, {KEY, "number"})
            return
        item_id, _, line_id = row.key.partition("/")
        item = self.it.by_id.get(item_id) if item_id in self.found.stamp.versions else None
        if item is None or (line_id and item.line(line_id) is None):
            self.found.complain(row.cells[KEY].place, "row-unknown", name=self.it.name, row=row.key)
        elif row.key in self.seen:
            self.found.complain(row.cells[KEY].place, "row-twice", row=row.key, first=str(self.seen[row.key]))
        else:
            self.seen[row.key] = row.place
            self.fields(row, item, line_id or None)

    def fields(self, row: FoundRow, item: Item, line_id: str | None) -> None:
        """Read every cell of a row that states something."""
        line = item.line(line_id) if line_id else None
        stated = self.stated.setdefault(item.id, {})
        read = {KEY, "number", "asked"}
        for column in COLUMNS:
            name = column.of_line if line else column.of_item
            if name and not (name == "applies" and line and line.when is None):
                part, cell = Field(name, line_id), row.cells[column.id]
                self.cells[item.id, part] = cell
                stated[part] = self.value(part, cell, item)
                read.add(column.id)
        self.pass_over(row, read)

    def pass_over(self, row: FoundRow, read: Collection[str]) -> None:
        """Note what stands in cells of a row that state nothing."""
        for name, cell in row.cells.items():
            if name not in read:
                self.found.pass_over(cell)

    def value(self, part: Field, cell: Found, item: Item) -> Value | None:
        """Read one cell."""
        if cell.trouble:
            self.found.complain(cell.place, cell.trouble, text=shortened(cell.text))
            return None
        if not cell.text:
            return None
        if offered := self.dialect.choices(part, item):
            return self.choice(cell, offered)
        if part.name == "documents":
            return self.cited(cell)
        limit = LONGEST.get(part.name, LONGEST_TEXT)
        if len(cell.text) > limit:
            self.found.complain(cell.place, "text-too-long", length=str(len(cell.text)), limit=str(limit))
        return cell.text

    def choice(self, cell: Found, offered: Choices) -> Value | None:
        """Read a value of a drop-down, however it is written."""
        value: Value | None = offered.find(cell.text)
        if value is None:
            allowed = {
                f"allowed_{language}": mark.join(offered.all_written((language,)))
                for language, mark in ((Language.ZH, "、"), (Language.EN, ", "))
            }
            self.found.complain(cell.place, "not-a-choice", text=shortened(cell.text), **allowed)
        return value

    def cited(self, cell: Found) -> tuple[str, ...]:
        """Read the documents a cell names; one that nobody knows is a new one."""
        keys = []
        for text in filter(None, map(str.strip, SEPARATORS.split(cell.text))):
            fitting = self.names.find(text)
            if len(fitting) > 1:
                self.found.complain(cell.place, "document-ambiguous", text=shortened(text))
            keys.append(fitting[0] if fitting else self.bring(Document(title=text)))
        return tuple(dict.fromkeys(keys))

    def document(self, row: FoundRow) -> None:
        """Read a row of the sheet of documents; those that were there already stay as they are."""
        cells = {name: cell for name, cell in row.cells.items() if name != KEY}
        if row.key != NEW_ROW or not any(cell.text for cell in cells.values()):
            return
        if troubled := [cell for cell in cells.values() if cell.trouble]:
            self.found.complain(troubled[0].place, troubled[0].trouble or "", text=shortened(troubled[0].text))
            return
        texts = {name: cell.text for name, cell in cells.items()}
        days = {name: self.day(cells[name]) for name in ("dated", "valid_until")}
        if not texts["title"]:
            self.found.complain(cells["title"].place, "document-without-title")
            return
        self.bring(Document(**(texts | days)))  # type: ignore[arg-type]  # the columns are the fields

    def day(self, cell: Found) -> date | None:
        """Read a day."""
        if not cell.text:
            return None
        parts = cell.text.translate(DAY_SEPARATORS).split("-")
        try:
            return date(*map(int, parts))
        except (ValueError, TypeError):
            self.found.complain(cell.place, "not-a-date-cell", text=shortened(cell.text))
            return None

    def bring(self, document: Document) -> str:
        """Note a new document; the same one brought twice is one."""
        for key, each in (*self.brought.items(), *self.documents.items()):
            if (each.number, each.title, each.version) == (document.number, document.title, document.version):
                return key
        key = NEW.format(len(self.brought) + 1)
        self.brought[key] = document
        self.names.add(key, document)
        return key


class Names:
    """Every way to name a document: as the workbook calls it, by number and title, by either alone."""

    def __init__(self, labels: Mapping[str, str], documents: Mapping[str, Document]) -> None:
        self.exact = {plainly(label): [key] for key, label in labels.items()}
        self.known: dict[str, list[str]] = {}
        for key, each in documents.items():
            self.add(key, each)

    def add(self, key: str, document: Document) -> None:
        """Learn the names of a document."""
        names = {label_of(document.number, document.title), label_of(document.number), label_of(document.title), key}
        for name in filter(None, map(plainly, names)):
            self.known.setdefault(name, []).append(key)

    def find(self, text: str) -> list[str]:
        """Return the documents somebody may mean."""
        name = plainly(text)
        return self.exact.get(name) or self.known.get(name, [])


def shortened(text: str) -> str:
    """Quote what somebody wrote, but no novel."""
    return text if len(text) <= 60 else text[:59] + "…"
