"""A questionnaire version: what is asked, in which order, and by which evidence an answer is shown."""

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from surveys.items import Item
from surveys.levels import Ladder, Reading
from surveys.scales import Scale
from surveys.text import Named, Text


class Status(StrEnum):
    """Where a version is in its life. A published one never changes."""

    DRAFT = "draft"
    PUBLISHED = "published"
    RETIRED = "retired"


class UnknownItem(KeyError):
    """An item id that the questionnaire does not have."""


@dataclass(frozen=True, slots=True)
class Source:
    """What a questionnaire was made from, in which edition, and what the reader must know about that."""

    title: Text
    edition: Text
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Standard:
    """A standard that items refer to; its code names the edition."""

    id: str
    code: str
    title: Text


@dataclass(frozen=True, slots=True)
class Attribute:
    """A property of items to filter by, and the values it takes."""

    id: str
    name: Text
    values: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class FollowUps:
    """A block of the form in which last year's findings are tracked and verified."""

    kind: str
    number: str
    lines: int
    title: Text


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the items under it, in the order they are asked."""

    id: str
    title: Text
    items: tuple[str, ...]


@dataclass(frozen=True)
class Questionnaire:
    """One version of a questionnaire, frozen."""

    id: str
    version: str
    status: Status
    title: Text
    summary: Text
    audience: Text
    minutes: int
    source: Source
    scale: Scale
    rules: str
    sections: tuple[Section, ...]
    items: tuple[Item, ...]
    ladder: Ladder = field(default_factory=Ladder)
    retired_because: Text | None = None
    replaced_by: str | None = None
    header: tuple[Named, ...] = ()
    follow_ups: tuple[FollowUps, ...] = ()
    standards: tuple[Standard, ...] = ()
    owners: tuple[Named, ...] = ()
    areas: tuple[Named, ...] = ()
    attributes: tuple[Attribute, ...] = ()

    @property
    def name(self) -> str:
        """The id and version as people write them, `om-services@trial-1`."""
        return f"{self.id}@{self.version}"

    @cached_property
    def by_id(self) -> dict[str, Item]:
        """The items by their id."""
        return {item.id: item for item in self.items}

    @cached_property
    def section_of(self) -> dict[str, Section]:
        """The section of each item, by the item's id."""
        return {item: section for section in self.sections for item in section.items}

    def item(self, item_id: str) -> Item:
        """Return one item."""
        if item_id not in self.by_id:
            raise UnknownItem(item_id)
        return self.by_id[item_id]

    def area_of(self, item: Item) -> str:
        """Return the area in which an item's gaps are counted: its own, or else its section."""
        return item.area or self.section_of[item.id].id

    def items_of(self, section: Section) -> tuple[Item, ...]:
        """Return a section's items in the form's order."""
        return tuple(self.by_id[item] for item in section.items)

    def in_order(self) -> tuple[Item, ...]:
        """Return every item in the form's order."""
        return tuple(item for section in self.sections for item in self.items_of(section))

    def items_at(self, level: int | None = None, reading: Reading | None = None) -> tuple[Item, ...]:
        """Return the items of a target in the form's order; a questionnaire without levels has one target."""
        if not self.ladder.levels and level is None:
            return self.in_order()
        chosen = level if level is not None else self.ladder.default
        labels = self.ladder.labels_at(chosen or 0, reading or self.default_reading)
        return tuple(item for item in self.in_order() if item.label in labels)

    @property
    def default_reading(self) -> Reading:
        """The reading used where nobody chose one."""
        return self.ladder.readings[0] if self.ladder.readings else Reading.CUMULATIVE
