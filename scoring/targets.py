"""What is asked of a target (a level and a reading), laid out for counting."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from surveys.items import Item
from surveys.levels import Reading
from surveys.questionnaire import Questionnaire
from surveys.scales import ScaleKind

FULL = 60
USUAL_STEP = 4
CLAIMS: Mapping[ScaleKind, Mapping[str, int]] = {
    ScaleKind.TWO_VALUED: {"conform": FULL, "nonconform": 0},
    ScaleKind.THREE_VALUED: {"conform": FULL, "partial": FULL // 2, "nonconform": 0},
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One item of a target: which lines can count, whose cell they stand in, what a conclusion is worth."""

    id: str
    section: str
    area: str
    key: bool
    after: tuple[str, ...]
    cell: str
    has_own_cell: bool
    in_company: bool
    required: tuple[str, ...]
    conditional: frozenset[str]
    claims: Mapping[str, int]


@dataclass(frozen=True)
class Target:
    """The items of a level and a reading, by section, in the form's order."""

    questionnaire: Questionnaire
    level: int | None
    reading: Reading | None
    sections: tuple[tuple[str, tuple[Asked, ...]], ...]

    @cached_property
    def items(self) -> tuple[Asked, ...]:
        """Every item of the target in the form's order."""
        return tuple(asked for _, items in self.sections for asked in items)

    @cached_property
    def by_id(self) -> dict[str, Asked]:
        """The items of the target by their id."""
        return {asked.id: asked for asked in self.items}

    @cached_property
    def outside(self) -> tuple[str, ...]:
        """The items that this target does not ask for, in the form's order."""
        return tuple(item.id for item in self.questionnaire.in_order() if item.id not in self.by_id)


def aim(questionnaire: Questionnaire, level: int | None = None, reading: Reading | None = None) -> Target:
    """Lay out the items of a target; without a level, the questionnaire's default."""
    if questionnaire.ladder.levels:
        level = questionnaire.ladder.default if level is None else level
        reading = reading or questionnaire.default_reading
    else:
        reading = None
    inside = frozenset(item.id for item in questionnaire.items_at(level, reading))
    cells = Counter(cell_of(item) for item in questionnaire.items if item.id in inside)
    sections = tuple(
        (
            section.id,
            tuple(
                lay_out(questionnaire, section.id, questionnaire.by_id[each], cells)
                for each in section.items
                if each in inside
            ),
        )
        for section in questionnaire.sections
    )
    return Target(questionnaire, level, reading, sections)


def lay_out(questionnaire: Questionnaire, section: str, item: Item, cells: Mapping[str, int]) -> Asked:
    """Lay out one item."""
    countable = questionnaire.by_id[cell_of(item)].countable
    return Asked(
        id=item.id,
        section=section,
        area=item.area or section,
        key=item.key,
        after=item.after,
        cell=cell_of(item),
        has_own_cell=item.shares is None,
        in_company=cells[cell_of(item)] > 1,
        required=tuple(line.id for line in countable),
        conditional=frozenset(line.id for line in countable if line.when),
        claims=claims_of(questionnaire, item),
    )


def cell_of(item: Item) -> str:
    """Return the item whose evidence cell an item uses: its own, or the one it shares."""
    return item.shares or item.id


def claims_of(questionnaire: Questionnaire, item: Item) -> Mapping[str, int]:
    """Return what each conclusion of an item is worth, in 60ths."""
    scale = questionnaire.scale
    if scale.kind is not ScaleKind.MATURITY:
        return CLAIMS[scale.kind]
    return maturity_claims(item.target or scale.target or USUAL_STEP)


def maturity_claims(target: int) -> dict[str, int]:
    """Claim on a maturity scale: min(1, step / target step), exact in 60ths for every target from 1 to 5."""
    return {str(step): min(FULL, FULL * step // target) for step in range(6)}
