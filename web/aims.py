"""The targets one can choose: each level under each reading, with its count and what choosing it would change."""

from collections.abc import Mapping
from dataclasses import dataclass

from scoring.targets import Target
from surveys.counts import count
from surveys.levels import ALL, Level, Reading, label_of
from web.language import ngettext
from web.reading import targets
from web.shelf import Version
from words import N_

READINGS: Mapping[Reading, str] = {
    Reading.CUMULATIVE: N_("A level takes over what is marked for the levels below it"),
    Reading.EXCLUSIVE: N_("A level has only what is marked for every level or for itself"),
}


@dataclass(frozen=True)
class Aim:
    """One target on offer; what comes in and falls out is told from the present one."""

    level: Level
    reading: Reading
    items: int
    comes_in: int = 0
    falls_out: int = 0
    is_present: bool = False

    @property
    def value(self) -> str:
        return value_of(self.level.id, self.reading)


@dataclass(frozen=True)
class Rung:
    """A level in one sentence, and its targets, one a reading."""

    level: Level
    told: str
    aims: tuple[Aim, ...]


def rungs(version: Version, present: Target | None = None) -> tuple[Rung, ...]:
    """Lay out the targets of a version, the lowest level first; a questionnaire without levels has none to choose."""
    return tuple(
        Rung(each.level, _told(version, each.level), tuple(_aim(version, each.level, r, present) for r in each.counts))
        for each in targets(version)
    )


def value_of(level: int | None, reading: Reading | None) -> str:
    """Name a target as forms do."""
    return f"{level}-{reading}"


def chosen_in(value: str) -> tuple[int, Reading]:
    """Read what `value_of` wrote."""
    level, _dash, reading = value.partition("-")
    return int(level), Reading(reading)


def _aim(version: Version, level: Level, reading: Reading, present: Target | None) -> Aim:
    wanted = {item.id for item in version.it.items_at(level.id, reading)}
    if present is None:
        return Aim(level, reading, len(wanted))
    is_present = (present.level, present.reading) == (level.id, reading)
    asked = set(present.by_id)
    return Aim(level, reading, len(wanted), len(wanted - asked), len(asked - wanted), is_present)


def _told(version: Version, level: Level) -> str:
    """Say in one sentence what a level adds to what every level has."""
    labels = count(version.it).labels
    shared = ngettext("%(num)s item for every level", "%(num)s items for every level", labels.get(ALL, 0))
    own = labels.get(label_of(level.id), 0)
    if not own:
        return shared
    return ngettext("%(shared)s, %(num)s for this level only", "%(shared)s, %(num)s for this level only", own,
                    shared=shared)  # fmt: skip
