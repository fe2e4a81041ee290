"""How the values of an answer are written in the cells of one workbook."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from answering.differences import Field, Value
from files.workbook_words import CONDITIONS, MARKS, Choices, Languages, conclusions
from scoring.assessment import Document
from surveys.items import Item
from surveys.scales import Scale

LONGEST_CELL = 32_767
# What XML cannot hold; spreadsheets write such characters as _x0007_, so that form is escaped where it stands as text
FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
SEPARATORS = re.compile(r"[;；\n]+")


@dataclass(frozen=True)
class Dialect:
    """The languages of a workbook, its scale, and how it calls the documents."""

    languages: Languages
    scale: Scale
    labels: Mapping[str, str]

    @cached_property
    def marks(self) -> Choices:
        """The states of an evidence line."""
        return Choices(MARKS)

    @cached_property
    def conditions(self) -> Choices:
        """Whether the condition of a line holds."""
        return Choices(CONDITIONS)

    @cached_property
    def usual(self) -> Choices:
        """The conclusions of an item that always applies."""
        return conclusions(self.scale, may_exclude=False)

    @cached_property
    def excluding(self) -> Choices:
        """The conclusions of an item that may be excluded."""
        return conclusions(self.scale, may_exclude=True)

    def choices(self, field: Field, item: Item) -> Choices | None:
        """Return the drop-down of a field, if it has one."""
        if field.name == "conclusion":
            return self.excluding if item.may_exclude else self.usual
        return {"state": self.marks, "applies": self.conditions}.get(field.name)

    def written(self, field: Field, value: Value | None, item: Item) -> str:
        """Write a value as its cell shows it; nothing stays an empty cell."""
        if value is None:
            return ""
        offered = self.choices(field, item)
        if offered is not None and value in offered.options:
            return offered.written(value, self.languages)
        if isinstance(value, tuple):
            return "\n".join(clean(self.labels.get(each, each)) for each in value)
        return clean(str(value))


def clean(text: str) -> str:
    """Leave out what a cell cannot hold, and cut what is longer than any cell."""
    tidy = FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    return tidy if len(tidy) <= LONGEST_CELL else tidy[: LONGEST_CELL - 1] + "…"


def escaped(text: str) -> str:
    """Write a text so that a spreadsheet reads it as it stands."""
    return LOOKS_ESCAPED.sub("_x005F_", text)[:LONGEST_CELL]


def unescaped(text: str) -> str:
    """Read a text as a spreadsheet means it."""
    return clean(ESCAPED.sub(lambda found: chr(int(found[1], 16)), text))


def labels_of(documents: Mapping[str, Document]) -> dict[str, str]:
    """Call each document by its number and title, the same for no two of them."""
    labels: dict[str, str] = {}
    for key, each in documents.items():
        said = [each.number, each.title]
        label = label_of(*said) or key
        if label in labels.values():
            label = label_of(*said, each.version or key)
        labels[key] = label if label not in labels.values() else label_of(label, key)
    return labels


def label_of(*parts: str) -> str:
    """Join what names a document; what separates documents in a cell does not occur within a name."""
    return " ".join(filter(None, (SEPARATORS.sub(" ", clean(part)).strip() for part in parts)))
