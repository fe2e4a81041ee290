"""Which items belong to a level. Level 1 is the highest, so levels are never compared by size but by rank."""

import re
from dataclasses import dataclass
from enum import StrEnum

from surveys.text import Text

ALL = "all"
LABEL = re.compile(r"all|level[1-9]-only")


class Reading(StrEnum):
    """Whether a level takes over what is marked for the levels below it, or stands alone."""

    CUMULATIVE = "cumulative"
    EXCLUSIVE = "exclusive"


class UnknownLevel(ValueError):
    """A target names a level or a reading that the questionnaire does not offer."""


@dataclass(frozen=True, slots=True)
class Level:
    """A level one can apply for."""

    id: int
    name: Text


@dataclass(frozen=True, slots=True)
class Ladder:
    """The levels from the highest to the lowest, the readings on offer (the first is the default)."""

    levels: tuple[Level, ...] = ()
    readings: tuple[Reading, ...] = ()
    default: int | None = None

    def labels_at(self, level: int, reading: Reading) -> frozenset[str]:
        """Return the labels that apply at a level."""
        if level not in self.ids or reading not in self.readings:
            raise UnknownLevel(f"level {level}, reading {reading}")
        below = self.ids[self.ids.index(level) :] if reading is Reading.CUMULATIVE else (level,)
        return frozenset({ALL, *map(label_of, below)})

    @property
    def ids(self) -> tuple[int, ...]:
        """The level numbers, highest level first."""
        return tuple(level.id for level in self.levels)

    @property
    def labels(self) -> frozenset[str]:
        """Every label an item of this questionnaire may carry."""
        return frozenset({ALL, *map(label_of, self.ids)})


def label_of(level: int) -> str:
    """Return the label of an item asked of one level only."""
    return f"level{level}-only"
