"""The tables of a report as a spreadsheet has them: one row a thing, one column a kind of value. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from surveys.text import Text


@dataclass(frozen=True, slots=True)
class Percent:
    """A percentage as it is printed, with one decimal."""

    printed: str

    @property
    def share(self) -> float:
        return float(Decimal(self.printed) / 100)


# A text of ours in both languages, one a person typed, a number, a percentage, a day, or nothing
Value = Text | str | int | Percent | date | None


@dataclass(frozen=True, slots=True)
class Field:
    """A column; one of our texts is printed in a column for each language."""

    head: Text
    width: float
    is_ours: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table."""

    name: Text
    fields: tuple[Field, ...]
    rows: tuple[tuple[Value, ...], ...]


def ours(head: Text, width: float) -> Field:
    return Field(head, width, is_ours=True)


def percent(printed: str | None) -> Percent | None:
    return Percent(printed) if printed is not None else None


def day_of(printed: str) -> date | str | None:
    """Read a day back that the model has written out; a dash is nothing."""
    try:
        return date.fromisoformat(printed)
    except ValueError:
        return None if printed in {"", "—"} else printed


def numbered(number: str) -> int | str:
    """Give the number of an item as a number where it is one, so that it sorts as one."""
    return int(number) if number.isascii() and number.isdigit() else number


def joined(texts: Iterable[Text]) -> Text:
    """Set texts under one another in one cell."""
    found = list(texts)
    return Text("\n".join(each.zh for each in found), "\n".join(each.en for each in found))


def labelled(labels_and_texts: Iterable[tuple[Text, Text]]) -> Text:
    return joined(Text(f"{label.zh}：{text.zh}", f"{label.en}: {text.en}") for label, text in labels_and_texts)
