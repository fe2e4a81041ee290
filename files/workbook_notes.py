"""What stands on the sheets of a workbook beside their cells: comments, text boxes, pictures. It is told, not read."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Mapping
from io import BytesIO
from typing import NamedTuple, NoReturn
from xml.parsers import expat
from zipfile import ZipFile

from answering.arriving import Medium, Unread
from files.archives import STEP, Refused
from files.workbook_dialect import unescaped

PACKAGE, BOOK, THREADS, COMMENTS, DRAWING = "", "officeDocument", "threadedComment", "comments", "drawing"
COMMENT = frozenset({"comment", "threadedComment"})
ANCHOR = frozenset({"oneCellAnchor", "twoCellAnchor", "absoluteAnchor"})
DRAWN = frozenset({"pic", "graphicFrame", "contentPart"})
MOST_KEPT = 2_000
DEEPEST = 200
# What Excel writes in place of a thread for programs that know none: such a program hands on nothing else of it
STAND_IN = re.compile(r"\A.*linkid=870924\s+[^\s:：]+[:：]\s*", re.DOTALL)

Tell = Callable[[Unread], None]


class Relation(NamedTuple):
    """That a part hangs together with another, and as what."""

    id: str
    kind: str
    part: str


def tell_notes(data: bytes, tell: Tell) -> None:
    """Tell of all that stands on the sheets of a workbook and is no cell of theirs."""
    with ZipFile(BytesIO(data)) as archive:
        parts = Parts(archive)
        for book in related(parts.relations(PACKAGE), BOOK):
            names = SheetNames()
            parts.read(book, names)
            sheets = {each.id: each.part for each in parts.relations(book)}
            for relation, name in names.found.items():
                tell_sheet(parts, parts.relations(sheets.get(relation, "")), name, tell)


def tell_sheet(parts: Parts, relations: list[Relation], sheet: str, tell: Tell) -> None:
    """Tell of what stands on a sheet; where there is a thread, the comment beside it is its stand-in."""
    threads = Comments(sheet, tell)
    for part in related(relations, THREADS):
        parts.read(part, threads)
    for part in related(relations, COMMENTS):
        parts.read(part, Comments(sheet, tell, but=threads.cells))
    for part in related(relations, DRAWING):
        parts.read(part, Drawing(sheet, tell))


def related(relations: list[Relation], kind: str) -> list[str]:
    """Name the parts of a kind."""
    return [each.part for each in relations if each.kind == kind]


class Parts:
    """The parts of a workbook. None is read twice, however often it is named."""

    def __init__(self, archive: ZipFile) -> None:
        self.archive = archive
        self.left = set(archive.namelist())

    def relations(self, part: str) -> list[Relation]:
        """Find what a part hangs together with."""
        folder, name = posixpath.split(part)
        found = Relations(folder)
        self.read(posixpath.join(folder, "_rels", f"{name}.rels"), found)
        return found.found

    def read(self, part: str, walk: Walk) -> None:
        """Walk through a part, if it is there, without ever holding the whole of it."""
        if part not in self.left:
            return
        self.left.remove(part)
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = refuse
        parser.StartElementHandler = lambda name, attributes: walk.enter(local(name), attributes)
        parser.EndElementHandler = lambda name: walk.leave(local(name))
        parser.CharacterDataHandler = walk.hear
        with self.archive.open(part) as file:
            while step := file.read(STEP):
                parser.Parse(step)
        parser.Parse(b"", True)


def refuse(*_declared: object) -> NoReturn:
    """Read nothing that declares how it wants to be read."""
    raise Refused("workbook-unreadable")


def local(name: str) -> str:
    """Leave out the namespace of a name: it differs between programs, and what we look for does not."""
    return name.rpartition(" ")[2]


class Walk:
    """Goes through a part from its beginning to its end, hearing of each element and text once."""

    def enter(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""

    def leave(self, name: str) -> None:
        """An element ends."""

    def hear(self, text: str) -> None:
        """A piece of text, perhaps not the whole of it."""


class Relations(Walk):
    """What a part hangs together with."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.found: list[Relation] = []

    def enter(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            part = posixpath.normpath(posixpath.join("/", self.folder, attributes["Target"])).lstrip("/")
            self.found.append(Relation(attributes["Id"], attributes["Type"].rpartition("/")[2], part))


class SheetNames(Walk):
    """The names of sheets, by the relation that leads to each."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}

    def enter(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheet":
            relation = next(value for key, value in attributes.items() if local(key) == "id")
            self.found[relation] = attributes["name"]


class Heard(Walk):
    """A walk that gathers what is said in an element, up to a length, and tells of it."""

    def __init__(self, sheet: str, tell: Tell) -> None:
        self.sheet = sheet
        self.tell = tell
        self.cell = self.said = ""

    def hear(self, text: str) -> None:
        self.said += text[: MOST_KEPT - len(self.said)]

    def note(self, text: str, medium: Medium) -> None:
        """Tell what was said, if it was anything."""
        if text.strip():
            place = f"{self.sheet}!{self.cell}" if self.cell else self.sheet
            self.tell(Unread(place, " ".join(text.split()), medium))


class Comments(Heard):
    """Comments on cells, of either kind; every answer in a thread is one."""

    def __init__(self, sheet: str, tell: Tell, but: Collection[str] = ()) -> None:
        super().__init__(sheet, tell)
        self.but = but
        self.cells: set[str] = set()
        self.is_said = False

    def enter(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in COMMENT:
            self.cell, self.said = attributes["ref"], ""
        elif name == "text":
            self.is_said = True

    def hear(self, text: str) -> None:
        if self.is_said:
            super().hear(text)

    def leave(self, name: str) -> None:
        if name == "text":
            self.is_said = False
        elif name in COMMENT and self.cell not in self.but:
            self.cells.add(self.cell)
            self.note(STAND_IN.sub("", unescaped(self.said)), Medium.COMMENT)


class Drawing(Heard):
    """Shapes that say something, and pictures, each at the cell where its corner lies."""

    def __init__(self, sheet: str, tell: Tell) -> None:
        super().__init__(sheet, tell)
        self.title = ""
        self.column = 0
        self.within: list[str] = []
        self.passing = 0

    def enter(self, name: str, attributes: Mapping[str, str]) -> None:
        self.passing += self.passing > 0 or name == "Fallback"  # the same once more, for programs that know less
        self.within.append(name)
        if len(self.within) > DEEPEST:
            refuse()
        if name in ANCHOR:
            self.cell = ""
        elif name in {*DRAWN, "sp", "col", "row"}:
            self.said = self.title = ""
        elif name == "cNvPr":
            self.title = attributes.get("descr") or attributes.get("name", "")

    def hear(self, text: str) -> None:
        if self.within[-1] in {"t", "col", "row"}:
            super().hear(text)

    def leave(self, name: str) -> None:
        self.within.pop()
        self.passing -= self.passing > 0
        if self.passing:
            return
        if self.within[-1:] == ["from"]:
            self.move(name)
        elif name == "p":
            super().hear("\n")
        elif name == "sp":
            self.note(self.said, Medium.TEXT_BOX)
        elif name in DRAWN:
            self.note(self.title or "…", Medium.PICTURE)

    def move(self, name: str) -> None:
        """Note where the corner lies: the column comes first, both count from 0."""
        from openpyxl.utils import get_column_letter

        if name == "col":
            self.column = int(self.said) + 1
        elif name == "row":
            self.cell = f"{get_column_letter(self.column)}{int(self.said) + 1}"
