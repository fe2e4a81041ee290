"""Ids keep their meaning from version to version."""

import difflib
from collections.abc import Iterator

from surveys.items import Item
from surveys.problems import Problem
from surveys.questionnaire import Questionnaire

UNLIKE = 0.25


def check_stability(new: Questionnaire, old: Questionnaire) -> Iterator[Problem]:
    """Compare a version with an earlier one: no item under a new id, no id for another item."""
    asked = {item.ask.zh: item.id for item in old.items} | {item.ask.en: item.id for item in old.items}
    for index, item in enumerate(new.items):
        path = ("items", index, "id")
        before = old.by_id.get(item.id)
        was = asked.get(item.ask.zh) or asked.get(item.ask.en)
        if before is None and was is not None and was not in new.by_id:
            yield Problem("id-renamed", path, {"id": item.id, "old": was, "version": old.name})
        if before is not None and is_another(item, before):
            yield Problem("id-reused", path, {"id": item.id, "version": old.name})


def is_another(new: Item, old: Item) -> bool:
    """Say whether an item has neither question nor name nor evidence in common with the one that had its id."""
    questions = max(alike(new.ask.zh, old.ask.zh), alike(new.ask.en, old.ask.en) - UNLIKE)
    kept = {line.text.zh for line in new.evidence} & {line.text.zh for line in old.evidence}
    return questions < UNLIKE and not kept and new.name != old.name


def alike(one: str, other: str) -> float:
    """Return how much two texts have in common, from 0 to 1."""
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()
