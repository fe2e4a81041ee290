"""Two results set against each other: what got better, worse, new, gone, and why the totals moved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from scoring.results import Result
from scoring.sentences import sentence
from scoring.totals import Figures
from surveys.item_maps import ItemMap
from surveys.text import Text


class Movement(StrEnum):
    """What became of an item from one result to the next."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    NEW = "new"
    GONE = "gone"


REFUSALS = {
    "other-questionnaire": sentence(
        "{before}和{after}是不同的问卷或版本，没有条款对照表，不能比较。",
        "{before} and {after} are different questionnaires or versions without an item map: they cannot be compared.",
    ),
    "other-map": sentence(
        "对照表是从{old}到{new}的，与{before}和{after}不符，不能比较。",
        "The item map leads from {old} to {new}, not from {before} to {after}: they cannot be compared.",
    ),
}
WHY_MOVED = sentence(
    "有据合计：原为{before}，现为{after}。变好{better}条（{gain}），变差{worse}条（{loss}），"
    "新增{new}条（{came}），去掉{gone}条（{went}），条款合并拆分{regrouped}。",
    "Supported: it was {before} and is now {after}. Better: {better} items ({gain}); worse: {worse} ({loss}); "
    "new: {new} ({came}); gone: {gone} ({went}); merging and splitting of items: {regrouped}.",
)
SUM = sentence("{total} ÷ {of}条 = {percent}%", "{total} ÷ {of} items = {percent}%")


class CannotCompare(ValueError):
    """Two results that do not belong together; `why` says so in both languages."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.en)
        self.why = why


@dataclass(frozen=True, slots=True)
class Moved:
    """One item: how far it was supported before and is now; nothing where it was not asked."""

    item: str
    movement: Movement
    before: Fraction | None
    after: Fraction | None
    was: tuple[str, ...] = ()

    @property
    def change(self) -> Fraction:
        """By how much it moved, in items."""
        return (self.after or Fraction()) - (self.before or Fraction())


@dataclass(frozen=True)
class Comparison:
    """What moved between two results."""

    items: tuple[Moved, ...]
    before: Figures
    after: Figures

    def by(self, movement: Movement) -> tuple[Moved, ...]:
        """Return the items that moved in one way."""
        return tuple(each for each in self.items if each.movement is movement)

    def change(self, movement: Movement) -> Fraction:
        """Add up what the items that moved in one way bring or take."""
        return sum((each.change for each in self.by(movement)), Fraction())

    @property
    def regrouped(self) -> Fraction:
        """What items that were merged or split bring or take: the rest of the change."""
        moved = sum((self.change(each) for each in Movement), Fraction())
        return total(self.after) - total(self.before) - moved

    @property
    def why(self) -> Text:
        """Why the totals moved, checkable by hand."""
        counts = {str(each): len(self.by(each)) for each in Movement}
        changes = {word: signed(self.change(each)) for each, word in WORDS.items()}
        ends = {"before": told(self.before), "after": told(self.after), "regrouped": signed(self.regrouped)}
        return WHY_MOVED.fill(**ends, **changes, **counts)


WORDS = {Movement.BETTER: "gain", Movement.WORSE: "loss", Movement.NEW: "came", Movement.GONE: "went"}


def total(figures: Figures) -> Fraction:
    """Return the sum behind the supported total."""
    return figures.supported.exact * figures.applicable if figures.supported else Fraction()


def signed(value: Fraction) -> str:
    """Write a change with its sign."""
    return f"{'+' if value > 0 else ''}{value}"


def told(figures: Figures) -> Text:
    """Write a total as sum, count and percentage."""
    if not figures.supported:
        return Text("–", "–")
    return SUM.fill(total=total(figures), of=figures.applicable, percent=figures.supported.percent)


def compare(before: Result, after: Result, item_map: ItemMap | None = None) -> Comparison:
    """Compare two results of one questionnaire version, or of two through their item map."""
    refuse(before.assessment.questionnaire, after.assessment.questionnaire, item_map)
    was, now = supported(before), supported(after)
    origins = {item: origins_of(item, item_map) for item in now}
    moved = [move(item, origins[item], was, now[item]) for item in now]
    carried = {each for several in origins.values() for each in several}
    gone = [Moved(item, Movement.GONE, was[item], None) for item in was if item not in carried]
    return Comparison((*moved, *gone), before.total, after.total)


def refuse(before: str, after: str, item_map: ItemMap | None) -> None:
    """Refuse what cannot be compared, saying why."""
    if item_map is None and before != after:
        raise CannotCompare(REFUSALS["other-questionnaire"].fill(before=before, after=after))
    if item_map and (item_map.old, item_map.new) != (before, after):
        ends = {"old": item_map.old, "new": item_map.new}
        raise CannotCompare(REFUSALS["other-map"].fill(before=before, after=after, **ends))


def supported(it: Result) -> dict[str, Fraction]:
    """Return how far each item is supported."""
    return {item: each.supported.exact for item, each in it.standings.items()}


def origins_of(item: str, item_map: ItemMap | None) -> tuple[str, ...]:
    """Return the earlier items that an item continues."""
    if item_map is None:
        return (item,)
    return tuple(dict.fromkeys(pair.old for pair in item_map.leading_to(item) if pair.old))


def move(item: str, origins: Iterable[str], was: Mapping[str, Fraction], now: Fraction) -> Moved:
    """Say how an item moved; one that continues several is held against their mean."""
    known = tuple(each for each in origins if each in was)
    if not known:
        return Moved(item, Movement.NEW, None, now)
    before = sum((was[each] for each in known), Fraction()) / len(known)
    return Moved(item, direction(before, now), before, now, known)


def direction(before: Fraction, now: Fraction) -> Movement:
    """Better, worse or the same."""
    if before == now:
        return Movement.SAME
    return Movement.BETTER if now > before else Movement.WORSE
