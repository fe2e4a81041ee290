"""Several old answers that feed one new item, combined into a proposal: the worst of what they state."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from answering.differences import Field, Value
from scoring.answers import NOT_APPLICABLE, Applicability, Declaration, Grade, Mark, PersonGrade
from surveys.scales import Scale, ScaleKind

Stated = dict[Field, Value]
Named = tuple[str, Any]
WORST_MARKS = (Mark.MISSING, Mark.PARTIAL, Mark.HAVE)
WORST_STATES = ("planned", "partly", "implemented", "excluded")


def combine(sources: Sequence[tuple[str, Stated]], scale: Scale) -> Stated:
    """Combine what each numbered source states into one; a single source stays as it is."""
    if len(sources) == 1:
        return dict(sources[0][1])
    fields = dict.fromkeys(field for _, stated in sources for field in stated)
    combined: Stated = {}
    for field in fields:
        values = [(number, stated[field]) for number, stated in sources if field in stated]
        combined[field] = COMBINED.get(field.name, join)(values, scale)
    return combined


def worst_conclusion(values: Sequence[Named], scale: Scale) -> str:
    """Return the worst conclusion; an exclusion counts only where everything is excluded."""
    stated = {value for _, value in values if value != NOT_APPLICABLE}
    best_first = scale.values if scale.kind is not ScaleKind.MATURITY else scale.values[::-1]
    return max(stated, key=best_first.index) if stated else NOT_APPLICABLE


def worst_mark(values: Sequence[Named], _scale: Scale) -> Mark:
    """Return the worst mark."""
    found: Mark = min((value for _, value in values), key=WORST_MARKS.index)
    return found


def any_holds(values: Sequence[Named], _scale: Scale) -> bool:
    """Say whether any of the conditions holds."""
    return any(value for _, value in values)


def all_documents(values: Sequence[Named], _scale: Scale) -> tuple[str, ...]:
    """Return every document once."""
    return tuple(dict.fromkeys(each for _, value in values for each in value))


def join(values: Sequence[Named], _scale: Scale) -> str:
    """Join texts, each below the number of the item it comes from; the same text stands once."""
    texts: dict[str, list[str]] = {}
    for number, value in values:
        texts.setdefault(value, []).append(number)
    if len(texts) == 1:
        return next(iter(texts))
    return "\n".join(f"{', '.join(numbers)}: {text}" for text, numbers in texts.items())


def join_pointers(values: Sequence[Named], _scale: Scale) -> str:
    """Join pointers in one line."""
    return " / ".join(dict.fromkeys(value for _, value in values))


def worst_grade(values: Sequence[Named], scale: Scale) -> PersonGrade:
    """Return the more serious grade with every reason."""
    grades = [value.grade for _, value in values]
    reasons = join([(number, value.reason) for number, value in values], scale)
    return PersonGrade(Grade.MAJOR if Grade.MAJOR in grades else Grade.MINOR, reasons)


def first_declaration(values: Sequence[Named], scale: Scale) -> Declaration:
    """Return the first ground with every reason."""
    reasons = join([(number, value.reason) for number, value in values], scale)
    return Declaration(values[0][1].ground, reasons, values[0][1].section)


def worst_applicability(values: Sequence[Named], _scale: Scale) -> Applicability:
    """Return the entry of the control that is least far; what is excluded counts last."""
    found: Applicability = min((value for _, value in values), key=lambda each: WORST_STATES.index(each.state))
    return found


COMBINED: dict[str, Callable[[Sequence[Named], Scale], Any]] = {
    "conclusion": worst_conclusion,
    "state": worst_mark,
    "applies": any_holds,
    "documents": all_documents,
    "pointer": join_pointers,
    "grade": worst_grade,
    "declared": first_declaration,
    "soa": worst_applicability,
}
