"""Answers carried to another questionnaire version, item by item, with what must be looked at again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from answering.combining import Stated, combine
from answering.differences import Field, Value, answer_of, fields_of
from answering.saving import CheckAgain
from scoring.answers import NOT_APPLICABLE, UNANSWERED, Answer, Answers
from surveys.item_maps import ItemMap, Prefill
from surveys.items import Evidence, Item
from surveys.questionnaire import Questionnaire


class Fate(StrEnum):
    """Where the answer of an item comes from."""

    SAME = "same"
    REWORDED = "reworded"
    MAPPED = "mapped"
    MERGED = "merged"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Left:
    """A part of an old answer that has no place in the new one; it stays readable where it is."""

    item: str
    field: Field
    value: Value


@dataclass(frozen=True, slots=True)
class Carried:
    """What an item of the new version begins with, and the old items it comes from."""

    item: str
    fate: Fate
    sources: tuple[str, ...] = ()
    answer: Answer = UNANSWERED
    check_again: CheckAgain | None = None
    left: tuple[Left, ...] = ()


@dataclass(frozen=True, slots=True)
class Carriage:
    """Every item of the new version in its order, and the answered old items without a counterpart."""

    items: tuple[Carried, ...]
    without_counterpart: tuple[str, ...] = ()

    @property
    def answers(self) -> dict[str, Answer]:
        """The answers that arrive."""
        return {each.item: each.answer for each in self.items if each.answer != UNANSWERED}

    @property
    def to_check(self) -> dict[str, CheckAgain]:
        """Why answers that arrive must be looked at again, by item."""
        return {each.item: each.check_again for each in self.items if each.check_again}


AGAIN = {
    Fate.REWORDED: CheckAgain.REWORDED,
    Fate.MAPPED: CheckAgain.MAPPED,
    Fate.MERGED: CheckAgain.MERGED,
}


def carry(
    old: Questionnaire,
    new: Questionnaire,
    answers: Answers,
    *,
    item_map: ItemMap | None = None,
    unsettled: Mapping[str, CheckAgain] | None = None,
) -> Carriage:
    """Carry answers over: by the map where there is one, else to the items of the same id.

    `unsettled` are the items that had to be looked at again before, and still have to be.
    """
    carrier = Carrier(old, new, answers, item_map, unsettled or {})
    items = tuple(carrier.carried(item) for item in new.in_order())
    used = {source for each in items for source in each.sources}
    stated = (item.id for item in old.in_order() if fields_of(answers.get(item.id, UNANSWERED)))
    return Carriage(items, tuple(each for each in stated if each not in used))


def as_last_period(carriage: Carriage) -> Carriage:
    """Take what is carried for answers of the last period: all to be looked at again, without its judgements."""
    return replace(carriage, items=tuple(of_last_period(each) for each in carriage.items))


def of_last_period(it: Carried) -> Carried:
    """Take one answer for an answer of the last period: a gap's grade and a declared major belonged to that one."""
    answer = replace(it.answer, grade=None, declared=None)
    if not fields_of(answer):
        return replace(it, answer=UNANSWERED, check_again=None)
    return replace(it, answer=answer, check_again=it.check_again or CheckAgain.LAST_PERIOD)


@dataclass(frozen=True)
class Carrier:
    """What carrying one answer needs to know of both sides."""

    old: Questionnaire
    new: Questionnaire
    answers: Answers
    item_map: ItemMap | None
    unsettled: Mapping[str, CheckAgain]

    def carried(self, item: Item) -> Carried:
        """Carry what the sources of an item state."""
        sources = tuple(self.sources(item))
        stated: list[tuple[str, Stated]] = []
        left: list[Left] = []
        for source in sources:
            fitting, rest = self.divide(source, item)
            stated += [(source.number, fitting)] if fitting else []
            left += rest
        answer = consistent(combine(stated, self.new.scale)) if stated else UNANSWERED
        fate = self.fate(item, sources)
        again = self.again(fate, sources, is_whole=not left) if fields_of(answer) else None
        return Carried(item.id, fate, tuple(each.id for each in sources), answer, again, tuple(left))

    def sources(self, item: Item) -> Iterator[Item]:
        """Yield the old items whose answers feed a new one."""
        if self.item_map is None:
            yield from (each for each in [self.old.by_id.get(item.id)] if each)
            return
        for pair in self.item_map.leading_to(item.id):
            if pair.prefill is not Prefill.NONE and pair.old in self.old.by_id:
                yield self.old.by_id[pair.old]

    def fate(self, item: Item, sources: tuple[Item, ...]) -> Fate:
        """Say where the answer of an item comes from."""
        if not sources:
            return Fate.NEW
        if len(sources) > 1:
            return Fate.MERGED
        if self.item_map is None:
            return Fate.SAME if asks_the_same(sources[0], item) else Fate.REWORDED
        in_full = all(pair.prefill is Prefill.FULL for pair in self.item_map.leading_to(item.id))
        return Fate.SAME if in_full and asks_the_same(sources[0], item) else Fate.MAPPED

    def again(self, fate: Fate, sources: tuple[Item, ...], *, is_whole: bool) -> CheckAgain | None:
        """Say why an answer must be looked at again, if it must."""
        before = next((self.unsettled[each.id] for each in sources if each.id in self.unsettled), None)
        return AGAIN.get(fate) or before or (None if is_whole else CheckAgain.REWORDED)

    def divide(self, source: Item, item: Item) -> tuple[Stated, list[Left]]:
        """Divide what is stated into what has a place in the new item, named as there, and what has none."""
        fitting: Stated = {}
        left: list[Left] = []
        for field, value in fields_of(self.answers.get(source.id, UNANSWERED)).items():
            place = self.place(field, value, source, item)
            if place and value is not None:
                fitting[place] = value
            elif value is not None:
                left.append(Left(source.id, field, value))
        return fitting, left

    def place(self, field: Field, value: Value | None, source: Item, item: Item) -> Field | None:
        """Return the field of the new item that a value belongs to, or nothing."""
        if field.line:
            return self.place_in_line(field, source, item)
        if field.name == "conclusion":
            return field if value in self.conclusions(item) else None
        if field.name in {"grade", "declared"} and self.is_beside_the_point(field, source, item):
            return None
        return field

    def conclusions(self, item: Item) -> tuple[str, ...]:
        """Return the conclusions that an item of the new version takes."""
        return (*self.new.scale.values, *([NOT_APPLICABLE] if item.may_exclude else []))

    def is_beside_the_point(self, field: Field, source: Item, item: Item) -> bool:
        """Nothing excluded is graded or declared, and no item is graded without its conclusion."""
        stated = self.answers[source.id].conclusion
        if stated == NOT_APPLICABLE:
            return True
        return field.name == "grade" and stated not in self.conclusions(item)

    def place_in_line(self, field: Field, source: Item, item: Item) -> Field | None:
        """A mark is carried only to a line that reads the same; its documents also to a reworded one."""
        before = source.line(field.line or "")
        after = self.line_after(before, item) if before else None
        if before is None or after is None:
            return None
        if field.name == "state" and after.text != before.text:
            return None
        if field.name == "applies" and (after.when is None or after.when != before.when):
            return None
        return Field(field.name, after.id)

    def line_after(self, before: Evidence, item: Item) -> Evidence | None:
        """Find a line again: by its id within a questionnaire, by its text between two."""
        same_id = item.line(before.id)
        same_text = [line for line in item.evidence if line.text == before.text]
        if same_id in same_text or (self.item_map is None and not same_text):
            return same_id
        return next(iter(same_text), None)


def asks_the_same(old: Item, new: Item) -> bool:
    """Say whether two items ask the same question for the same evidence, word for word."""
    return old.ask == new.ask and old.shares == new.shares and wanted(old) == wanted(new)


def wanted(item: Item) -> list[tuple[object, ...]]:
    """Return what the lines of an item ask for."""
    return [(line.text, line.optional, line.when) for line in item.evidence]


def consistent(stated: Stated) -> Answer:
    """Make an answer; where one source marks a line, its condition holds, whatever another says."""
    answer = answer_of(stated)
    evidence = {
        line: replace(each, applies=None) if each.applies is False and each.state else each
        for line, each in answer.evidence.items()
    }
    return replace(answer, evidence=evidence)
