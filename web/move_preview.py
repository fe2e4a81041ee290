"""The preview of a move: what becomes of each answer, item by item."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from answering.carrying import Carriage, Carried, Fate, Left
from answering.differences import fields_of
from scoring.answers import Answers
from scoring.assessment import Action, Document
from store.heads import Head, Header
from surveys.items import Item
from surveys.questionnaire import Questionnaire
from surveys.text import Text
from web.change_words import ChangeWords, titles
from web.language import _
from words import N_

FATES = {
    Fate.SAME: N_("carried over as it is"),
    Fate.REWORDED: N_("reworded: check again"),
    Fate.MAPPED: N_("by the map: check again"),
    Fate.MERGED: N_("from several items, the worst of them: check again"),
    Fate.NEW: N_("new, begins empty"),
}


@dataclass(frozen=True)
class Shown:
    """An item of the new version with what arrives."""

    item: Item
    fate: Fate
    sources: tuple[Item, ...]
    conclusion: str
    is_answered: bool
    left: tuple[str, ...]


@dataclass(frozen=True)
class ShownSection:
    title: Text
    items: tuple[Shown, ...]


@dataclass(frozen=True)
class MovePreview:
    """Everything that moving makes."""

    sections: tuple[ShownSection, ...]
    counts: Mapping[Fate, int]
    without_counterpart: tuple[Item, ...]
    arriving: int
    to_check: int


def preview(
    old: Questionnaire, new: Questionnaire, answers: Answers, carriage: Carriage, documents: Mapping[str, Document]
) -> MovePreview:
    """Lay out what is carried, in the order of the new form."""
    by_item = {each.item: each for each in carriage.items}
    named = titles(documents)
    words, old_words = ChangeWords(new, named), ChangeWords(old, named)
    sections = tuple(
        ShownSection(
            section.title,
            tuple(_shown(by_item[item.id], item, old, answers, (words, old_words)) for item in new.items_of(section)),
        )
        for section in new.sections
    )
    return MovePreview(
        sections,
        Counter(each.fate for each in carriage.items),
        tuple(old.item(each) for each in carriage.without_counterpart),
        len(carriage.answers),
        len(carriage.to_check),
    )


def _shown(
    it: Carried, item: Item, old: Questionnaire, answers: Answers, words: tuple[ChangeWords, ChangeWords]
) -> Shown:
    new_words, old_words = words
    conclusion = new_words.conclusion(it.answer.conclusion) if it.answer.conclusion else ""
    stated = any(source in answers and fields_of(answers[source]) for source in it.sources)
    left = tuple(_left(each, old, old_words) for each in it.left)
    return Shown(item, it.fate, tuple(map(old.item, it.sources)), conclusion, stated, left)


def _left(it: Left, old: Questionnaire, words: ChangeWords) -> str:
    """Say what of an old answer has no place any more."""
    item = old.item(it.item)
    parts = [item.number, words.line(item, it.field), words.field(it.field)]
    named = " ".join(filter(None, parts))
    return _(N_("%(what)s: %(value)s"), what=named, value=words.value(it.field, it.value))


def header_for(head: Head, old: Questionnaire, new: Questionnaire, carriage: Carriage, title: str) -> Header:
    """State the head of the new assessment: as the old one, as far as the new version knows it."""
    same_family = old.id == new.id
    areas = {new.area_of(item) for item in new.items}
    sections = {section.id for section in new.sections}
    kept: dict[str, Any] = {name: getattr(head, name) for name in _CARRIED}
    level = head.level if head.level in new.ladder.ids else new.ladder.default
    reading = head.reading if head.reading in new.ladder.readings else None
    return Header(
        title=title,
        questionnaire=new.name,
        rules=head.rules if same_family else new.rules,
        level=level,
        reading=reading or (new.ladder.readings[0] if new.ladder.readings else None),
        declared=tuple(
            each if same_family and each.section in sections else replace(each, section=None) for each in head.declared
        ),
        proposals={area: word for area, word in head.proposals.items() if same_family and area in areas},
        actions=tuple(_actions(head.actions, carriage)),
        moved_from_id=head.id,
        **kept,
    )


_CARRIED = (
    "audit", "size", "name_zh", "name_en", "assessed_on", "department", "people", "follow_ups_stated", "previous_id",
)  # fmt: skip


def _actions(actions: tuple[Action, ...], carriage: Carriage) -> list[Action]:
    """Let each corrective action close the gap of what its item became; the first where it became several."""
    becomes: dict[str, str] = {}
    for each in carriage.items:
        for source in each.sources:
            becomes.setdefault(source, each.item)
    return [replace(each, item=becomes[each.item]) for each in actions if each.item in becomes]
