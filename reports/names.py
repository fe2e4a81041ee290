"""Items as a report refers to them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reports.phrases import both, capital, same
from surveys.items import Item
from surveys.questionnaire import Questionnaire
from surveys.text import Text


@dataclass(frozen=True, slots=True)
class ItemName:
    """An item as people refer to it."""

    id: str
    number: str
    reference: Text
    name: Text
    ask: Text


def name_of(item: Item) -> ItemName:
    return ItemName(item.id, item.number, reference(item.number), item.name, item.ask)


def names_of(questionnaire: Questionnaire) -> dict[str, ItemName]:
    return {item.id: name_of(item) for item in questionnaire.items}


def reference(number: str) -> Text:
    """Refer to an item by its number: a plain one needs a word beside it, a clause says what it is."""
    return both("item %(number)s", number=number) if number.isdigit() else same(number)


def references(items: Iterable[ItemName]) -> Text:
    """Refer to several items at once."""
    found = [each.number for each in items]
    numbers = Text("、".join(found), ", ".join(found))
    if not found or not all(number.isdigit() for number in found):
        return numbers
    return both("items %(numbers)s", numbers=numbers) if len(found) > 1 else reference(found[0])


def titled(text: Text) -> Text:
    """Begin a name as a heading begins."""
    return Text(text.zh, capital(text.en))


def short_of(name: Text) -> Text:
    """Leave out the remark in brackets behind a level's name."""
    return Text(name.zh.split("（")[0], name.en.split(" (")[0])


def section_name(title: Text) -> Text:
    """Leave out the phase that a section belongs to."""
    return titled(Text(title.zh.split("—")[-1], title.en.split(": ")[-1]))
