"""A map between the items of two questionnaires: which answers may be carried over, and how far."""

from dataclasses import dataclass
from enum import StrEnum

from surveys.problems import Problem
from surveys.questionnaire import Questionnaire
from surveys.text import Text


class Relation(StrEnum):
    """How an item of the one lives on in the other."""

    SAME = "same"
    RENUMBERED = "renumbered"
    MERGED = "merged"
    SPLIT = "split"
    NEW = "new"
    REMOVED = "removed"


class Prefill(StrEnum):
    """How far an answer may be carried over: as it is, to be checked again, or not at all."""

    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Pair:
    """An item of the one and its counterpart; new items have no old one, removed items no new one."""

    old: str | None
    new: str | None
    relation: Relation
    prefill: Prefill
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class ItemMap:
    """The map from one questionnaire version to another."""

    old: str
    new: str
    title: Text
    pairs: tuple[Pair, ...]

    def leading_to(self, item: str) -> tuple[Pair, ...]:
        """Return the pairs whose answers feed a new item."""
        return tuple(pair for pair in self.pairs if pair.new == item and pair.old is not None)

    def leading_from(self, item: str) -> tuple[Pair, ...]:
        """Return the pairs in which an old item lives on."""
        return tuple(pair for pair in self.pairs if pair.old == item and pair.new is not None)


def check_map(item_map: ItemMap, old: Questionnaire, new: Questionnaire) -> tuple[Problem, ...]:
    """Return the pairs that lead to an item its questionnaire does not have."""
    ends = (("from", old), ("to", new))
    return tuple(
        Problem("map-end-unknown", ("pairs", index, key), {"id": end, "name": questionnaire.name})
        for index, pair in enumerate(item_map.pairs)
        for (key, questionnaire), end in zip(ends, (pair.old, pair.new), strict=True)
        if end is not None and end not in questionnaire.by_id
    )
