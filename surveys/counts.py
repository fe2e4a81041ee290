"""The figures of a questionnaire: how many items, lines and keys, for a target."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from surveys.items import Item
from surveys.levels import Reading
from surveys.questionnaire import Questionnaire


@dataclass(frozen=True, slots=True)
class LineCounts:
    """Evidence lines: those of the source form, how they count, and the optional ones we added."""

    form: int
    required: int
    conditional: int
    optional: int
    tied: int
    added: int


@dataclass(frozen=True, slots=True)
class Counts:
    """The figures of the items of one target."""

    items: int
    labels: dict[str, int]
    key: int
    may_exclude: int
    sharing: int
    lines: LineCounts
    sections: dict[str, int]


def count(it: Questionnaire, level: int | None = None, reading: Reading | None = None) -> Counts:
    """Count the items of a target; without a level, those of the whole questionnaire."""
    items = it.in_order() if level is None else it.items_at(level, reading)
    inside = Counter(it.section_of[item.id].id for item in items)
    return Counts(
        items=len(items),
        labels=dict(sorted(Counter(item.label for item in items).items())),
        key=sum(item.key for item in items),
        may_exclude=sum(item.may_exclude for item in items),
        sharing=sum(item.shares is not None for item in items),
        lines=count_lines(items),
        sections={section.id: inside[section.id] for section in it.sections},
    )


def count_lines(items: Iterable[Item]) -> LineCounts:
    """Count the evidence lines of some items."""
    every = [line for item in items for line in item.evidence]
    form = [line for line in every if not line.added]
    return LineCounts(
        form=len(form),
        required=sum(not line.optional and line.when is None for line in form),
        conditional=sum(line.when is not None for line in form),
        optional=sum(line.optional for line in form),
        tied=sum(line.same_as is not None for line in form),
        added=len(every) - len(form),
    )
